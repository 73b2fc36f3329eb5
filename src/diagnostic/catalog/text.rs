//! What is wrong with headings, footnotes, raw HTML and alerts.

use super::{maybe_help, nearest_is};
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Thing};

pub fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MarkdownTooDeep, place, "quotes or lists nest too deep here; the rest of the line is text")
        .help("nest fewer of them")
}

pub fn duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::HeadingDuplicateId, place, format!("the id `{id}` is given twice on this page"))
        .note(first, "first given here")
        .hides([Thing::Owner(id.to_owned()), Thing::All(Ids::Material)])
}

/// `inside` stands between the braces; `id` is one that it could be.
pub fn heading_braces(place: Place, inside: &str, id: Option<&str>) -> Diagnostic {
    let message = format!("`{{{inside}}}` at the end of a heading is taken for its id, and is not shown");
    Diagnostic::new(Code::HeadingBraces, place, message).help(match id {
        Some(id) => format!("an id is written {{#{id}}}"),
        None => format!("to show it, make it code, `{{{inside}}}`, or write \\{{{inside}\\}}; an id starts with #"),
    })
}

pub fn heading_braces_words(place: Place, words: &str, id: Option<&str>) -> Diagnostic {
    let message = format!("`{words}` is neither an id nor a class of this heading, and is not shown");
    Diagnostic::new(Code::HeadingBraces, place, message).help(match id {
        Some(id) => format!("an id has no spaces: {{#{id}}}"),
        None => "one id with #, and classes with a full stop: {#id .class}".to_owned(),
    })
}

pub fn footnote_undefined(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the footnote `{name}` is not defined, so this is shown as text");
    let meant = near.map(|near| Thing::Use(format!("footnote {near}")));
    maybe_help(Diagnostic::new(Code::FootnoteUndefined, place, message), nearest_is(near)).hides(meant)
}

pub fn footnote_unused(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::FootnoteUnused, place, format!("nothing refers to the footnote `{name}`, so it is not shown"))
        .lacks([Thing::Use(format!("footnote {name}"))])
}

pub fn footnote_duplicate(place: Place, name: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::FootnoteDuplicate, place, format!("the footnote `{name}` is defined twice"))
        .note(first, "first defined here")
}

pub fn html_raw(place: Place) -> Diagnostic {
    Diagnostic::new(Code::HtmlRaw, place, "raw HTML")
}

pub fn html_blocked(place: Place, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::HtmlBlocked, place, format!("the published page allows no {what}, so this has no effect"))
        .help(help)
}

pub fn html_too_many_attributes(place: Place, limit: usize) -> Diagnostic {
    let message = format!(
        "this tag has more than {limit} attributes; the links from here to the end of this HTML are not checked"
    );
    Diagnostic::new(Code::HtmlTooManyAttributes, place, message).help("split the element, or take it out")
}

pub fn unknown_alert(place: Place, name: &str, near: &str) -> Diagnostic {
    Diagnostic::new(Code::AlertUnknown, place, format!("there is no alert `{name}`, so this is a plain quote"))
        .help(format!("nearest is `[!{near}]`"))
}

/// `words` stand behind an alert's name on its line; none where only a sign does.
pub fn alert_behind(place: Place, name: &str, words: &str) -> Diagnostic {
    let message = format!("behind `[!{name}]` stands something on its line, so this is a plain quote");
    Diagnostic::new(Code::AlertUnknown, place, message).help(match words {
        "" => "take it out; what is folded is written :::details[Title]".to_owned(),
        _ => format!("put it on the line below; a box with a title of its own is :::{}[{words}]", name.to_lowercase()),
    })
}

pub fn mdbook_template(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MdbookTemplate, place, "mdBook's `{{#…}}` is not understood here, so this is shown as text")
        .help("an include stands alone: a page on a line of its own, code in a block of its own")
}
