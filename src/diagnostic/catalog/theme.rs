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
