//! What is superfluous or forgotten in a book as a whole, and what is written twice.

use crate::diagnostic::{Code, Diagnostic, Place};

pub fn duplicate_paragraph(place: Place, words: usize, first: Place) -> Diagnostic {
    let message = format!("this paragraph of {words} words is in the book already");
    Diagnostic::new(Code::ProseDuplicateParagraph, place, message)
        .note(first, "first written here")
        .help("keep one and link to it, or put it into a file of its own and include that")
}

pub fn orphan(place: Place) -> Diagnostic {
    Diagnostic::new(Code::PageOrphan, place, "no other page links to this one in its text")
        .help("link to it where a reader would want it; the contents alone do not say when to read it")
}

pub fn unused_file(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FileUnused, place, "nothing in the book refers to this file")
        .help("link to it, include it, or take it out of the source folder")
}

pub fn unused_reference(place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkUnusedReference, place, format!("no link uses the definition [{label}]: …"))
        .help("take it out, or link with it")
}

pub fn duplicate_reference(place: Place, label: &str, first: Place) -> Diagnostic {
    let message = format!("[{label}] is defined already, so this definition has no effect");
    Diagnostic::new(Code::LinkDuplicateReference, place, message)
        .note(first, "first defined here, which counts")
        .help("take one out, or give one another label")
}

pub fn summary_ignored_text(place: Place, is_entry: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::SummaryIgnoredText, place, "this text is no link, so it is ignored");
    diagnostic.help(if is_entry {
        "an entry is [Title](page.md), or [Title]() while the page is not there yet"
    } else {
        "SUMMARY.md holds links to pages, separators and headings as titles of parts"
    })
}

pub fn directive_given_twice(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveBadValue, place, format!("`{key}` is given twice")).help("take one of them out")
}

pub fn code_given_twice(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, format!("`{key}` is given twice")).help("take one of them out")
}
