//! What is wrong with structured data: book.toml and front matter.

use super::{maybe_help, nearest_is, nearest_or_all};
use crate::diagnostic::{Code, Diagnostic, Place, Thing};

pub fn config_syntax(place: Place, message: &str, help: Option<&str>) -> Diagnostic {
    maybe_help(Diagnostic::new(Code::ConfigSyntax, place, message), help.map(str::to_owned))
}

pub fn wrong_type(code: Code, place: Place, key: &str, wanted: &str, found: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(code, place, format!("`{key}` wants {wanted}, and this is {found}"));
    // YAML takes numbers and dates as texts.
    let quoted = wanted == "a text" && matches!(found, "true or false" | "a number" | "a date");
    if code == Code::ConfigWrongType && wanted.ends_with("number") && found == "a text" {
        return diagnostic.help("write a number, without quotes");
    }
    let boolean = wanted == "true or false" && found == "a text";
    if matches!(wanted, "a list" | "a list of texts") && found == "a text" {
        return diagnostic.help("write it in brackets, with commas between its entries: [one, another]");
    }
    if code == Code::FrontMatterWrongType && key == "[search]" {
        return diagnostic.help("to keep the page out of search, write `search: {exclude: true}`");
    }
    if code != Code::ConfigWrongType && wanted == "a text" && found == "a table" {
        return diagnostic.help("a text that starts with a brace, or has a colon and a space in it, needs quotes");
    }
    if code != Code::ConfigWrongType && wanted == "a text" && found == "a list" {
        return diagnostic.help("a text that starts with a bracket needs quotes");
    }
    match (quoted, boolean) {
        (true, _) => diagnostic.help("put it in quotes"),
        (_, true) if code == Code::FrontMatterWrongType => {
            diagnostic.help("write true or false, without quotes; `yes`, `no`, `on` and `off` are texts in YAML 1.2")
        }
        (_, true) => diagnostic.help("write true or false, without quotes"),
        _ => diagnostic,
    }
}

/// A file of data that is the list itself, without the key that it stands under.
pub fn data_list_without_key(place: Place, what: &str, key: &str) -> Diagnostic {
    Diagnostic::new(Code::DataWrongType, place, format!("{what} wants a table of keys and values, and this is a list"))
        .help(format!("write a line `{key}:` above the list"))
}

pub fn bad_value(code: Code, place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(code, place, format!("`{key}` cannot be `{found}`")).help(format!("it wants {wanted}"))
}

pub fn misspelt_key(code: Code, place: Place, key: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(code, place, format!("`{key}` is not a key")).help(format!("nearest is `{meant}`"))
}

pub fn unknown_key(code: Code, place: Place, key: &str, table: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let mut known = known.to_vec();
    known.sort_unstable();
    Diagnostic::new(code, place, format!("`{key}` means nothing in {table}"))
        .help(nearest_or_all(near, "its keys", &known))
}

pub fn key_elsewhere(code: Code, place: Place, key: &str, table: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(code, place, format!("`{key}` means nothing in {table}")).help(format!("write `{meant}`"))
}

pub fn ignored_key(place: Place, key: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::ConfigIgnoredKey, place, format!("`{key}` is mdBook's and has no effect here"));
    let is_404 = key.ends_with("input-404");
    maybe_help(diagnostic, is_404.then(|| "write that page as `404.md` in the source folder".to_owned()))
}

pub fn no_search_settings(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ConfigUnknownKey, place, "`search` means nothing in book.toml: every site is searched").help(
        "a page says `search: {exclude: true}` in its front matter; words that mean the same stand in synonyms.yaml",
    )
}

pub fn no_history(place: Place, why: &str) -> Diagnostic {
    let message = format!("no page shows when it was changed last: {why}");
    Diagnostic::new(Code::ConfigNoHistory, place, message).help(if why.contains("dubious ownership") {
        "the folder is another user's; `git config --global --add safe.directory FOLDER` says that you trust it"
    } else {
        "dates are taken from the whole history in git; in a CI job, have it fetched (fetch-depth: 0)"
    })
}

pub fn unknown_lint(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ConfigBadValue, place, format!("there is no lint `{name}`"));
    diagnostic.help(
        nearest_is(near).unwrap_or_else(|| "lints are named as in diagnostics, such as \"link/missing-anchor\"".into()),
    )
}

pub fn front_matter_syntax(place: Place, message: &str, help: Option<&str>) -> Diagnostic {
    let message = format!("the front matter is not valid YAML: {message}");
    maybe_help(Diagnostic::new(Code::FrontMatterSyntax, place, message), help.map(str::to_owned))
}

pub fn front_matter_toml(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FrontMatterSyntax, place, "this front matter is TOML, and prepbook reads YAML")
        .help("write `key: value` lines between two lines `---`")
}

pub fn front_matter_misplaced(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::FrontMatterMisplaced,
        place,
        "front matter starts on the first line; here it is shown as text",
    )
    .help("take out what stands above it")
}

pub fn front_matter_unclosed(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FrontMatterUnclosed, place, "the front matter opens here and never closes")
        .help("close it with a line `---`; for a horizontal line, leave a blank line below")
        .hides([Thing::AnyUse])
}
