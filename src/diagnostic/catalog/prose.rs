//! What the lints of one page find: headings, link texts, images, tables, phrases, secrets, hidden characters.

use crate::diagnostic::{Code, Diagnostic, Place};

pub fn heading_skipped_level(place: Place, level: u8, above: u8, before: Place) -> Diagnostic {
    let message = format!("this heading is of level {level}, and the one before it of level {above}");
    Diagnostic::new(Code::HeadingSkippedLevel, place, message).note(before, "the heading before it").help(format!(
        "make it one of level {}: who moves from heading to heading looks for what is missing",
        above + 1
    ))
}

pub fn heading_second_title(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::HeadingSecondTitle, place, "this page has another heading of level 1, its title")
        .note(first, "the title")
        .help("make it one of level 2, and those below it one deeper, or a page of its own")
}

pub fn image_missing_alt(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ImageMissingAlt, place, "this image has no alternative text")
        .help("say between the brackets what it shows; if it only decorates, write `<img src=\"…\" alt=\"\">`")
}

pub fn html_image_missing_alt(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ImageMissingAlt, place, "this image has no `alt`")
        .help("say in alt=\"…\" what it shows; if it only decorates, write alt=\"\"")
}

pub fn link_image_missing_alt(place: Place) -> Diagnostic {
    let message = "this image is all there is of a link and has no alternative text, so the link has no name";
    Diagnostic::new(Code::ImageMissingAlt, place, message).help("say in the alternative text where the link leads")
}

pub fn link_vague_text(place: Place, text: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkVagueText, place, format!("`{text}` does not say where this link leads"))
        .help("make the link of the words that name its target")
}

pub fn html_link_empty_text(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkEmptyText, place, "this link has no text, so nobody can see or press it")
        .help("write a text before `</a>`, or name it in aria-label=\"…\"")
}

pub fn table_no_header(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TableNoHeader, place, "this table has an empty header, so its columns have no names")
        .help("name the columns in its first row")
}

pub fn html_table_no_header(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TableNoHeader, place, "this table has no header cell, so its columns have no names").help(
        "write the cells that name columns or rows as <th>; if it only arranges things, add role=\"presentation\"",
    )
}

pub fn banned_phrase(place: Place, phrase: &str, instead: Option<&str>) -> Diagnostic {
    Diagnostic::new(Code::ProseBannedPhrase, place, format!("this book does not say `{phrase}`")).help(match instead {
        Some(instead) => format!("write `{instead}`"),
        None => "say it in other words, or take it out; `banned-phrases` in book.toml is the list".to_owned(),
    })
}

pub fn banned_phrase_missing(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ConfigBadValue, place, "this banned phrase has no `phrase`")
        .help("write { phrase = \"utilise\", use = \"use\" }")
}

/// `what` names the kind of secret and holds no character of it but its public prefix.
pub fn secret_live_looking(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::SecretLiveLooking, place, format!("this looks like a real {what}"))
        .help("if it is one, revoke it: it is in the history of this file; if it is an example, put EXAMPLE into it")
}

pub fn bidi_in_code(place: Place, name: &str, escape: &str) -> Diagnostic {
    let message = format!("{name} makes this code read in another order than it runs in");
    Diagnostic::new(Code::TextBidiControl, place, message)
        .help(format!("take it out; where the program needs it, write the escape of its language, such as {escape}"))
}

pub fn bidi_override(place: Place, name: &str) -> Diagnostic {
    let message = format!("{name} makes the letters behind it read backwards or out of order");
    Diagnostic::new(Code::TextBidiControl, place, message)
        .help("take it out; around text of another direction stand U+2068 and U+2069")
}

pub fn bidi_unclosed(place: Place, name: &str, closing: &str) -> Diagnostic {
    Diagnostic::new(Code::TextBidiControl, place, format!("{name} is not closed in this paragraph"))
        .help(format!("close it with {closing} behind the text it is for, or take it out"))
}

pub fn bidi_unopened(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::TextBidiControl, place, format!("{name} closes nothing in this paragraph"))
        .help("take it out")
}

pub fn text_invisible(place: Place, name: &str, count: usize, in_code: bool) -> Diagnostic {
    let message = match count {
        1 => format!("{name} stands here, and nobody can see it"),
        _ => format!("{count} characters stand here that nobody can see; the first is {name}"),
    };
    Diagnostic::new(Code::TextInvisible, place, message).help(match in_code {
        true => "take it out: whoever copies this code copies it too",
        false => "take it out: searching and copying stumble over it",
    })
}
