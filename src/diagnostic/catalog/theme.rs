//! What is wrong with a theme.

use super::{maybe_help, nearest_is};
use crate::diagnostic::{Code, Diagnostic, Place};

pub fn theme_bad_file(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::ThemeBadFile, place, message)
}

pub fn theme_unknown_file(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ThemeUnknownFile, place, "nothing uses this file of the theme")
        .help("name it in theme.toml, include it in a template, or move it away")
}

pub fn theme_unknown_property(place: Place, name: &str, near: &str) -> Diagnostic {
    let message = format!("the theme has no custom property `{name}`, so this has no effect");
    maybe_help(Diagnostic::new(Code::ThemeUnknownProperty, place, message), nearest_is(Some(near)))
}

pub fn theme_not_named(place: Place, theme: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ThemeUnknownFile,
        place,
        format!("the book's theme is `{theme}`, so nothing uses this folder"),
    )
    .help("name it as `theme` under [output.html] in book.toml, or rename the folder")
}

pub fn template(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, message)
}

pub fn template_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the theme has no template `{name}`");
    maybe_help(Diagnostic::new(Code::ThemeTemplate, place, message), nearest_is(near))
}

pub fn template_of_part(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, format!("`{name}` is a part of pages, and no template of one"))
        .help("name one that stands beside page.html")
}

/// How many names a message lists.
const LISTED: usize = 40;

pub fn template_unknown(place: Place, what: &str, name: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(Diagnostic::new(Code::ThemeTemplate, place, format!("there is no {what} `{name}`")), nearest_is(near))
}

pub fn template_undefined(place: Place, said: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let shown = known[..known.len().min(LISTED)].join(", ");
    let others = if known.len() > LISTED { format!(" and {} others", known.len() - LISTED) } else { String::new() };
    let near = nearest_is(near).map_or(String::new(), |near| near + "; ");
    Diagnostic::new(Code::ThemeTemplate, place, said).help(format!("{near}known here: {shown}{others}"))
}

pub fn template_no_text(place: Place, key: &str, table: Option<&str>, near: Option<&str>) -> Diagnostic {
    let message = format!("the theme's templates have no text `{key}`");
    let help = table.map(|table| format!("`{key}` is one of [{table}], which templates do not see"));
    maybe_help(Diagnostic::new(Code::ThemeTemplate, place, message), help.or_else(|| nearest_is(near)))
}

pub fn template_of_none(place: Place, said: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, format!("{said}: what stands before it is `none` here"))
        .help("ask with `{% if … %}` whether it is there")
}

pub fn template_unclosed(place: Place, tag: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, format!("this `{tag}` is never closed"))
        .help(format!("write {{% end{tag} %}} where it ends"))
}

pub fn theme_untranslated(place: Place, language: &str, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ThemeUntranslated,
        place,
        format!("the theme has no words in the language `{language}`; its own stay English"),
    )
    .help(format!("write them in {file}"))
}

pub fn theme_partly_translated(place: Place, missing: &[&str], all: usize) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    let (count, names) = (missing.len(), some(&names));
    Diagnostic::new(
        Code::ThemeUntranslated,
        place,
        format!("{count} of the theme's {all} texts are missing and stay English: {names}"),
    )
}

pub fn theme_missing_forms(place: Place, language: &str, missing: &[String]) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    let names = some(&names);
    Diagnostic::new(
        Code::ThemeUntranslated,
        place,
        format!("some numbers have forms of their own in `{language}` that the texts lack: {names}"),
    )
    .help("until they are there, `_other` stands for them")
}

pub fn theme_unneeded_form(place: Place, key: &str, language: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ThemeOddText,
        place,
        format!("no number has this form in `{language}`, so `{key}` is never shown"),
    )
}

pub fn theme_odd_text(place: Place, key: &str, what: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeOddText, place, format!("`{key}` {what}"))
}

/// Few are the last ones to do; of many, the first show what they look like.
fn some(names: &[String]) -> String {
    if names.len() > 20 { format!("{}, and others", names[..5].join(", ")) } else { names.join(", ") }
}
