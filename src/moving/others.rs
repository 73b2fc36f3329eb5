//! What moves to the files that may name it in a form which is not rewritten: `url()` in style sheets, paths in scripts,
//! attributes of raw HTML that are no links.

use std::collections::BTreeSet;

use super::Move;
use crate::base::files::Reader;
use crate::base::path::BookPath;
use crate::model::mention;
use crate::pipeline::Derived;

/// Files that are read by browsers, not by us.
const READ: &[&str] = &["css", "js", "mjs", "html", "svg"];

/// The files that stay where they are and have the name of a file that moves, with that name. Pages name each other by links.
#[must_use]
pub fn naming(derived: &Derived, step: &Move) -> Vec<(BookPath, String)> {
    let stays = |path: &&BookPath| !path.is_within(&step.from);
    let moving = derived.sources.files.iter().filter(|path| !stays(path));
    let wanted: BTreeSet<String> =
        moving.map(|path| mention::key(path.name()).to_owned()).filter(|key| !key.is_empty()).collect();
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for (source, parsed) in derived.sources.pages.iter().zip(&derived.parsed) {
        let names = parsed.mentions.iter().flat_map(|text| mention::names(text, None, &wanted));
        if stays(&&source.path) {
            found.extend(names.map(|name| (source.path.clone(), name)));
        }
    }
    let others = derived.sources.files.iter().chain(&derived.sources.named).filter(stays);
    for path in others.filter(|path| READ.contains(&path.extension())) {
        // What cannot be read was reported, or is no text.
        let text = Reader::AT_ONCE.read_text(&path.to_os(derived.root())).unwrap_or_default();
        found.extend(mention::names(&text, None, &wanted).into_iter().map(|name| (path.clone(), name)));
    }
    found.sort();
    found.dedup();
    found
}
