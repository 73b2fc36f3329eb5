//! What is wrong with a theme.

use super::{maybe_help, nearest_is};
use crate::diagnostic::{Code, Diagnostic, Place};

pub fn theme_bad_file(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::ThemeBadFile, place, message)
}

pub fn theme_unknown_file(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ThemeUnknownFile, place, "nothing uses this file of the theme")
        .help("name it in theme.toml, or move it away")
}

pub fn template(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, message)
}

pub fn template_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the theme has no template `{name}`");
    maybe_help(Diagnostic::new(Code::ThemeTemplate, place, message), nearest_is(near))
}

pub fn theme_untranslated(place: Place, language: &str, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ThemeUntranslated,
        place,
        format!("the theme has no words in the language `{language}`; its own stay English"),
    )
    .help(format!("write them in {file}"))
}

pub fn theme_partly_translated(place: Place, missing: &[&str]) -> Diagnostic {
    // Few are the last ones to do; of many, the first show what they look like.
    let shown = if missing.len() > 20 { 5 } else { missing.len() };
    let mut names: Vec<String> = missing[..shown].iter().map(|key| format!("`{key}`")).collect();
    if shown < missing.len() {
        names.push("and others".to_owned());
    }
    let names = names.join(", ");
    Diagnostic::new(
        Code::ThemeUntranslated,
        place,
        format!("some of the theme's texts are missing and stay English: {names}"),
    )
}
