//! What is wrong with links and images.

use super::{end, maybe_help, nearest_is};
use crate::diagnostic::{Code, Diagnostic, Place};

pub fn missing_page(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let end = end(&place);
    maybe_help(Diagnostic::new(Code::LinkMissingPage, place, format!("there is no page `{target}`")), nearest_is(near))
        .lacks(end)
}

pub fn missing_file(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let end = end(&place);
    maybe_help(Diagnostic::new(Code::LinkMissingFile, place, format!("there is no file `{target}`")), nearest_is(near))
        .lacks(end)
}

/// A file that `book.toml` names, and the source folder.
pub fn named_missing(place: Place, target: &str, near: Option<&str>, src: &str) -> Diagnostic {
    let folders = match src {
        "" => "the book's folder".to_owned(),
        src => format!("the book's folder and `{src}`"),
    };
    let near = nearest_is(near).map_or(String::new(), |near| format!("; {near}"));
    Diagnostic::new(Code::LinkMissingFile, place, format!("there is no file `{target}`"))
        .help(format!("it was looked for in {folders}{near}"))
}

pub fn named_outside(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkMissingFile, place, format!("`{target}` is outside the book"))
        .help("put the file into the book's folder, and name it from there")
}

pub fn missing_anchor(place: Place, page: &str, anchor: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no heading or id #{anchor} in {page}");
    maybe_help(Diagnostic::new(Code::LinkMissingAnchor, place, message), near.map(|near| format!("nearest is #{near}")))
}

pub fn missing_line(place: Place, file: &str, anchor: &str, lines: usize) -> Diagnostic {
    let message = format!("there is no line #{anchor} in {file}");
    let is_line = anchor.parse::<usize>().is_ok_and(|line| (1..=lines).contains(&line));
    Diagnostic::new(Code::LinkMissingAnchor, place, message).help(match is_line {
        true => format!("write #L{anchor}"),
        false => format!("its lines are #L1 to #L{lines}"),
    })
}

pub fn outside_book(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkOutsideBook, place, format!("`{target}` leads out of the book's source folder"))
        .help("only files in the source folder are published")
}

pub fn link_draft(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LinkDraft,
        place,
        format!("`{target}` is a draft, so this link leads nowhere in the published site"),
    )
    .help("publish the draft, or take the link out")
}

pub fn bad_scheme(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkBadScheme, place, "this link would run script in the reader's browser")
        .help("show the address as code instead")
}

pub fn published_path(place: Place, target: &str, source: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkPublishedPath, place, format!("`{target}` is the published path; links name the file"))
        .help(format!("write `{source}`, which also works on GitHub"))
}

pub fn empty_target(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkEmptyTarget, place, format!("this {what} leads nowhere"))
        .help("name a file or an address between the parentheses")
}

pub fn empty_text(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkEmptyText, place, "this link has no text, so nobody can see or press it")
        .help("write a text between the brackets")
}

pub fn undefined_reference(place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LinkUndefinedReference,
        place,
        format!("there is no definition [{label}]: …, so this is shown as text"),
    )
    .help("define it, or escape the bracket as \\[")
}

pub fn image_remote(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::ImageRemote,
        place,
        "this image is on another site, and a page loads images of its own site only",
    )
    .help("put the image into the book, or link to it")
}

pub fn image_unreadable(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::ImageUnreadable, place, format!("the width and height of `{target}` cannot be found out"))
        .help("without them the page jumps while it loads; is it really an image?")
}

pub fn wrong_case(place: Place, target: &str, file: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkWrongCase, place, format!("`{target}` differs from the file's name in case"))
        .help(format!("write `{file}`: GitHub and Linux tell them apart"))
}
