//! What is wrong with the shape of the book: addresses, numbers, redirects, SUMMARY.md.

use super::{maybe_help, nearest_is};
use crate::diagnostic::{Code, Diagnostic, Place};

pub fn duplicate_url(place: Place, url: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::PageDuplicateUrl, place, format!("this would be published at {url}, and so would another"))
        .note(first, "the other one")
        .help("rename one of them")
}

pub fn reserved_url(place: Place, url: &str) -> Diagnostic {
    Diagnostic::new(Code::PageReservedUrl, place, format!("{url} is an address that the site needs itself"))
        .help("rename the file")
}

pub fn duplicate_number(place: Place, number: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::PageDuplicateNumber, place, format!("two entries of this folder have the number {number}"))
        .note(first, "the other one")
        .help("give one another number; until then they are ordered by name")
}

pub fn redirect_bad(place: Place, from: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::RedirectBad, place, format!("the old address `{from}` cannot be used: {why}"))
}

pub fn summary_bad_entry(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`{target}` is not a Markdown file of the book");
    maybe_help(Diagnostic::new(Code::SummaryBadEntry, place, message), nearest_is(near))
}

pub fn summary_duplicate(place: Place, target: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::SummaryDuplicate, place, format!("`{target}` is listed twice"))
        .note(first, "first listed here")
}

pub fn summary_unlisted(place: Place) -> Diagnostic {
    Diagnostic::new(Code::SummaryUnlisted, place, "not listed in SUMMARY.md: published, but not in the contents")
}

pub fn missing_source(place: Place, src: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigMissingSource, place, format!("there is no source folder `{src}`"))
        .help("create it, or name another one as `src` under [book]; `src = \".\"` is the book's own folder")
}

pub fn bad_url(place: Place, url: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::PageBadUrl, place, format!("the address {url} cannot be used: {why}"))
        .help("rename the file or folder")
}

pub fn redirect_missing_target(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("this old address leads to `{target}`, which is not there");
    let near = near.map(|near| format!("/{near}"));
    maybe_help(Diagnostic::new(Code::RedirectMissingTarget, place, message), nearest_is(near.as_deref()))
}

/// The target names what is there in another way than by its address.
pub fn redirect_not_address(place: Place, target: &str, address: &str) -> Diagnostic {
    let message = format!("this old address leads to `{target}`, which is no address of the site");
    Diagnostic::new(Code::RedirectMissingTarget, place, message).help(format!("write `/{address}`"))
}

pub fn redirect_missing_anchor(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("this old address leads to `{target}`, and that page has no such heading or id");
    let near = near.map(|near| format!("#{near}"));
    let help = nearest_is(near.as_deref()).unwrap_or_else(|| "without `#` it leads to the page's beginning".to_owned());
    Diagnostic::new(Code::RedirectMissingTarget, place, message).help(help)
}
