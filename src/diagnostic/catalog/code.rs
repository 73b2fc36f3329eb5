//! What is wrong with code fences.

use super::{closing, maybe_help, nearest_is, nearest_or_all};
use crate::base::span::Span;
use crate::diagnostic::{Code, Diagnostic, Place};

pub fn unknown_language(place: Place, language: &str, near: Option<&str>) -> Diagnostic {
    let help = nearest_is(near).unwrap_or_else(|| "use `text` for code without a grammar".into());
    Diagnostic::new(Code::CodeUnknownLanguage, place, format!("no grammar is known for `{language}`")).help(help)
}

pub fn not_highlighted(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeNotHighlighted, place, format!("shown without highlighting: {why}"))
}

pub fn diagram(place: Place, language: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeDiagram, place, format!("`{language}` is not drawn: it is shown as code"))
        .help("for a picture, put an image into the book")
}

pub fn code_syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, message)
}

pub fn code_bad_attribute(place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        if found.is_empty() { format!("`{key}` has no value") } else { format!("`{key}` cannot be `{found}`") };
    Diagnostic::new(Code::CodeBadAttribute, place, message).help(format!("it wants {wanted}"))
}

pub fn code_needs_file(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, format!("`{key}` means nothing without `file`"))
        .help("name the file that the code comes from: file=path/to/file")
}

/// `length` is how many `mark`s open it. `to_end` is whether it goes on to the end of the page; otherwise what it stands
/// in ends it.
pub fn code_unclosed(place: Place, mark: char, length: usize, to_end: bool) -> Diagnostic {
    let end = if to_end { "the page" } else { "the list item or quote around it" };
    let marks = if mark == '~' { "tildes" } else { "backticks" };
    Diagnostic::new(Code::CodeUnclosed, place, format!("this code is never closed and goes on to the end of {end}"))
        .help(format!(
            "close it with a line of {length} {marks}; if it was to close a block, one above it is not closed"
        ))
}

/// The same where it takes the lines that close directives; `open` are their names, and where they open.
pub fn code_takes_lines(place: Place, mark: char, length: usize, open: &[(&str, Span)]) -> Diagnostic {
    let marks = if mark == '~' { "tildes" } else { "backticks" };
    let path = place.path.clone();
    let closing = open.iter().map(|(_, span)| closing(&path, *span));
    let innermost = open.last().map_or("", |(name, _)| *name);
    let message = format!("this code is never closed, and takes the line that closes `{innermost}`");
    Diagnostic::new(Code::DirectiveUnclosed, place, message)
        .help(format!("close it with a line of {length} {marks}"))
        .hides(closing.collect::<Vec<_>>())
}

/// The file is `base`; `part` was meant for some of its lines, or a region.
pub fn code_part_in_path(place: Place, written: &str, base: &str, part: &str) -> Diagnostic {
    let lines: String = part.chars().filter(|c| !matches!(c, 'L' | 'l')).collect();
    let is_lines = !lines.is_empty() && lines.chars().all(|c| c.is_ascii_digit() || c == '-');
    let part = if is_lines { format!("lines={lines}") } else { format!("region={part}") };
    Diagnostic::new(Code::CodeMissingFile, place, format!("there is no file `{written}` to include"))
        .help(format!("write file={base} {part}"))
}

pub fn code_unknown_attribute(place: Place, key: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::CodeUnknownAttribute, place, format!("a code fence has no attribute `{key}`"))
        .help(nearest_or_all(near, "its attributes", known))
}

/// As good as one of those that choose the part of a file; without it all of the file is published.
pub fn code_misspelt_part(place: Place, key: &str, near: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, format!("a code fence has no attribute `{key}`"))
        .help(format!("nearest is `{near}`; without it the whole file would be shown"))
}

pub fn code_title_cut(place: Place, title: &str, whole: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, format!("without quotes this title ends with `{title}`"))
        .help(format!("put it in quotes: title=\"{whole}\""))
}

pub fn code_marks_nothing(place: Place, key: &str, first: u32, last: u32) -> Diagnostic {
    Diagnostic::new(Code::CodeBadLines, place, format!("`{key}` names no line that is shown"))
        .help(format!("the lines that are shown are {first} to {last}"))
}

pub fn code_outside_book(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkOutsideBook, place, format!("`{target}` leads out of the book"))
        .help("code is included from files in the book's folder")
}

pub fn code_missing_file(place: Place, file: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::CodeMissingFile, place, format!("there is no file `{file}` to include")),
        nearest_is(near),
    )
}

pub fn code_missing_region(place: Place, region: &str, file: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::CodeMissingRegion, place, format!("{file} has no region `{region}`"));
    let mark = format!("mark it with comments `region {region}` and `endregion {region}`");
    diagnostic.help(nearest_is(near).unwrap_or_else(|| match all {
        [] => mark,
        [only] => format!("its only region is `{only}`; or {mark}"),
        // Of many, few are read.
        _ => format!("its regions are {}; or {mark}", all[..all.len().min(5)].join(", ")),
    }))
}

pub fn code_unclosed_region(place: Place, region: &str, file: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeMissingRegion, place, format!("the region `{region}` of {file} never ends"))
        .help(format!("end it with a comment `endregion {region}`"))
}

pub fn code_too_much(place: Place, file: &str, most: usize) -> Diagnostic {
    let most = most / (1024 * 1024);
    Diagnostic::new(
        Code::IncludeTooMuch,
        place,
        format!("`{file}` is not shown any more: a page shows at most {most} MiB of code from files"),
    )
    .help("show some of its lines with `lines` or `region`, and link to the file")
}

pub fn code_bad_lines(place: Place, key: &str, lines: usize) -> Diagnostic {
    let message = format!("`{key}` names a line behind the end of the code");
    Diagnostic::new(Code::CodeBadLines, place, message).help(format!("the last line is {lines}"))
}

pub fn code_lines_not_one_range(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CodeBadLines, place, "`lines` wants one range")
        .help("for several parts, write several blocks")
}
