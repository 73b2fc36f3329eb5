//! One constructor per message: the only folder that writes what an author reads. One file for each thing a
//! mistake can be in; the callers pass what they have at hand.

#![expect(missing_docs, reason = "a constructor's name and its message say what it is for")]

mod book;
mod code;
mod data;
mod directive;
mod file;
mod hygiene;
mod link;
mod material;
mod model;
mod practice;
mod prose;
mod test;
mod text;
mod theme;

pub use book::*;
pub use code::*;
pub use data::*;
pub use directive::*;
pub use file::*;
pub use hygiene::*;
pub use link::*;
pub use material::*;
pub use model::*;
pub use practice::*;
pub use prose::*;
pub use test::*;
pub use text::*;
pub use theme::*;

use super::{Diagnostic, Ids, Place, Thing};
use crate::base::path::BookPath;
use crate::base::span::Span;

/// What an unknown id lacks; one that is nearly a known one is misspelt, whatever else could not be read.
fn unknown(id: &str, near: Option<&str>, of: Ids) -> impl Iterator<Item = Thing> {
    std::iter::once(Thing::Id(id.to_owned())).chain(near.is_none().then_some(Thing::All(of)))
}

/// That a value ends where a place does.
fn end(place: &Place) -> Option<Thing> {
    place.span.map(|span| Thing::End(place.path.clone(), span.end))
}

/// Keys of what is named at a place, of which one is missing there.
fn missing<const N: usize>(place: &Place, keys: [&str; N]) -> [Thing; N] {
    let at = place.span.map_or(0, |span| span.start);
    keys.map(|key| Thing::Key(place.path.clone(), at, key.to_owned()))
}

/// The line that closes the directive whose opening line is at `span`.
fn closing(path: &BookPath, span: Span) -> Thing {
    Thing::Key(path.clone(), span.start, "its closing line".to_owned())
}

/// "nearest is x", where there is a nearest.
fn nearest_is(near: Option<&str>) -> Option<String> {
    near.map(|near| format!("nearest is `{near}`"))
}

/// "nearest is x", or all that would be possible.
fn nearest_or_all(near: Option<&str>, what: &str, all: &[&str]) -> String {
    nearest_is(near).unwrap_or_else(|| format!("{what} are {}", all.join(", ")))
}

fn maybe_help(diagnostic: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
