//! mdBook's book.toml to prepbook's: keys that both know are kept, the others are named.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Kind as Asks, Note};
use crate::base::error::{Error, Result};
use crate::base::path::BookPath;
use crate::data::{self, Kind, Value};
use crate::diagnostic::LineIndex;

/// Keys that mean the same in both, in the order in which they are written.
const KEPT: &[(&str, &[&str])] = &[
    ("book", &["title", "authors", "description", "language", "src"]),
    ("build", &["build-dir"]),
    (
        "output.html",
        &[
            "site-url",
            "git-repository-url",
            "edit-url-template",
            "default-theme",
            "smart-punctuation",
            "additional-css",
            "additional-js",
            "cname",
        ],
    ),
    ("output.html.print", &["enable"]),
];

/// What mdBook's themes are here.
const THEMES: &[(&str, &str)] =
    &[("light", "light"), ("rust", "light"), ("coal", "dark"), ("navy", "dark"), ("ayu", "dark"), ("auto", "system")];

/// Tables of keys without a meaning here, for which nothing is lost.
const NEEDLESS: &[(&str, &str)] = &[
    ("output.html.fold", "the contents fold by themselves"),
    ("output.html.search", "every book has its search"),
    ("output.html.playground", "code is shown, not run in the browser"),
    ("output.html.playpen", "code is shown, not run in the browser"),
    ("output.html.preferred-dark-theme", "readers have light, dark and their system's choice"),
    ("output.html.no-section-label", "the contents have no numbers"),
    ("output.html.hash-files", "files of the theme always carry a hash"),
    ("output.html.git-repository-icon", "the link to the repository has its own icon"),
    ("output.html.print.page-break", "each page starts on a sheet of its own"),
    ("output.html.copy-fonts", "the theme brings no fonts"),
    ("build.create-missing", "a missing file is an error"),
    ("build.use-default-preprocessors", "links and index pages are always understood"),
    ("build.extra-watch-dirs", "`prepbook serve` watches what the book is made of"),
    ("preprocessor.links", "always at work"),
    ("preprocessor.index", "always at work"),
    ("rust", "code is shown, not compiled"),
    ("book.multilingual", "mdBook has never used it"),
];

/// What the rest of the import needs to know, and the new text.
pub struct Config {
    /// The folder of the sources.
    pub src: BookPath,
    /// The folder of mdBook's theme.
    pub theme: BookPath,
    /// Files that it names.
    pub files: Vec<BookPath>,
    /// By language: what starts the lines that are hidden.
    pub hides: BTreeMap<String, String>,
    /// Whether formulas are typeset.
    pub mathjax: bool,
    kept: BTreeMap<String, String>,
    redirects: Vec<(String, String)>,
}

/// Reads the book.toml of an mdBook.
///
/// # Errors
///
/// It is no TOML, or its sources lie outside the book.
pub fn read(text: &str, notes: &mut Vec<Note>) -> Result<Config> {
    let (tree, errors) = data::parse_toml(text);
    let index = LineIndex::new(text);
    let line = |value: &Value| index.position(value.span.start as usize).0;
    if let Some(error) = errors.first() {
        let (line, column) = index.position(error.span.start as usize);
        return Err(Error::new(format!("book.toml:{line}:{column}: {}", error.message)));
    }
    let mut leaves = Vec::new();
    flatten(&tree, String::new(), &mut leaves);
    let mut config = Config {
        src: BookPath::new("src").expect("a plain name"),
        theme: BookPath::new("theme").expect("a plain name"),
        files: Vec::new(),
        hides: BTreeMap::new(),
        mathjax: false,
        kept: BTreeMap::new(),
        redirects: Vec::new(),
    };
    let path = BookPath::new("book.toml").expect("a plain name");
    let mut said: Vec<&str> = Vec::new();
    for (name, value) in &leaves {
        let mut note = |kind, text: String| notes.push(Note { path: path.clone(), line: line(value), kind, text });
        let name = name.as_str();
        if let (Some(from), Kind::Text(to)) = (name.strip_prefix("output.html.redirect."), &value.kind) {
            config.redirects.push((from.to_owned(), to.clone()));
        } else if let (Some(language), Kind::Text(prefix)) =
            (name.strip_prefix("output.html.code.hidelines."), &value.kind)
        {
            config.hides.insert(language.to_owned(), prefix.clone());
            note(Asks::Changed, format!("`{name}` left out: the lines that it hides are left out themselves"));
        } else if is_kept(name) || name == "output.html.curly-quotes" {
            keep(&mut config, name, value, &mut note)?;
        } else if name == "output.html.mathjax-support" {
            config.mathjax = matches!(value.kind, Kind::Bool(true));
            note(Asks::Changed, format!("`{name}` left out: formulas are shown as they are written"));
        } else if name == "output.html.theme" {
            if let Kind::Text(folder) = &value.kind {
                config.theme = BookPath::new(folder).unwrap_or(config.theme);
            }
            note(Asks::Changed, format!("`{name}` left out: it names mdBook's own templates"));
        } else if let Some((table, why)) = NEEDLESS.iter().find(|(table, _)| is_in(name, table)) {
            if !said.contains(table) {
                said.push(table);
                note(Asks::Changed, format!("`{table}` left out: {why}"));
            }
        } else {
            note(Asks::Look, format!("`{name}` left out: it means nothing here"));
        }
    }
    if text.lines().any(|line| line.trim_start().starts_with('#')) {
        let text = "book.toml is written anew, without its comments".to_owned();
        notes.push(Note { path, line: 0, kind: Asks::Changed, text });
    }
    Ok(config)
}

fn is_in(name: &str, table: &str) -> bool {
    name.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_kept(name: &str) -> bool {
    let split = name.rsplit_once('.');
    split.is_some_and(|(table, key)| KEPT.iter().any(|(known, keys)| *known == table && keys.contains(&key)))
}

/// Every value by its whole name, in the order of the file.
fn flatten<'a>(value: &'a Value, name: String, leaves: &mut Vec<(String, &'a Value)>) {
    match &value.kind {
        Kind::Map(entries) if !entries.is_empty() || name.is_empty() => {
            for (key, value) in entries {
                let name = if name.is_empty() { key.value.clone() } else { format!("{name}.{}", key.value) };
                flatten(value, name, leaves);
            }
        }
        _ => leaves.push((name, value)),
    }
}

fn keep(config: &mut Config, name: &str, value: &Value, note: &mut impl FnMut(Asks, String)) -> Result<()> {
    let outside = |path: &str| Error::new(format!("`{name} = \"{path}\"` leads out of the book"));
    let mut written = toml(value);
    match (name, &value.kind) {
        ("book.src", Kind::Text(src)) => config.src = BookPath::new(src).ok_or_else(|| outside(src))?,
        ("output.html.additional-css" | "output.html.additional-js", Kind::List(paths)) => {
            for path in paths {
                let Kind::Text(path) = &path.kind else { continue };
                config.files.push(BookPath::new(path).ok_or_else(|| outside(path))?);
            }
        }
        ("output.html.default-theme", Kind::Text(theme)) => {
            match THEMES.iter().find(|(known, _)| theme.eq_ignore_ascii_case(known)) {
                Some((_, scheme)) => {
                    written = Some(format!("\"{scheme}\""));
                    if *scheme != theme.as_str() {
                        note(Asks::Changed, format!("`{name}` is \"{scheme}\" now, for \"{theme}\""));
                    }
                }
                None => {
                    note(Asks::Look, format!("`{name}` left out: there is no \"{theme}\" here, but light and dark"));
                    return Ok(());
                }
            }
        }
        _ => {}
    }
    match written {
        Some(written) => {
            let name = if name == "output.html.curly-quotes" { "output.html.smart-punctuation" } else { name };
            config.kept.entry(name.to_owned()).or_insert(written);
        }
        None => note(Asks::Look, format!("`{name}` left out: it is {}", value.kind.describe())),
    }
    Ok(())
}

/// A value as TOML.
fn toml(value: &Value) -> Option<String> {
    Some(match &value.kind {
        Kind::Text(text) => text_of(text),
        Kind::Bool(flag) => flag.to_string(),
        Kind::Number(number) => number.clone(),
        Kind::List(items) => format!("[{}]", items.iter().map(toml).collect::<Option<Vec<_>>>()?.join(", ")),
        Kind::Null | Kind::Date(_) | Kind::Map(_) => return None,
    })
}

/// A text as TOML has it, which is as JSON has it.
fn text_of(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON").replace('\u{7f}', "\\u007f")
}

impl Config {
    /// The new book.toml; `favicon` is an icon in the book's folder.
    #[must_use]
    pub fn text(&self, favicon: Option<&str>) -> String {
        let mut text = String::new();
        for (table, keys) in KEPT {
            let mut lines = String::new();
            for key in *keys {
                if let Some(value) = self.kept.get(&format!("{table}.{key}")) {
                    let _ = writeln!(lines, "{key} = {value}");
                }
            }
            if let Some(icon) = favicon.filter(|_| *table == "output.html") {
                let _ = writeln!(lines, "favicon = {}", text_of(icon));
            }
            if !lines.is_empty() || *table == "book" {
                let space = if text.is_empty() { "" } else { "\n" };
                let _ = write!(text, "{space}[{table}]\n{lines}");
            }
        }
        if !self.redirects.is_empty() {
            text.push_str("\n[output.html.redirect]\n");
            for (from, to) in &self.redirects {
                let _ = writeln!(text, "{} = {}", text_of(from), text_of(to));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_know_is_kept_and_the_rest_is_named() {
        let text = "[book]\ntitle = \"A \\\"b\\\"\"\nauthors = [\"C\"]\nmultilingual = false\n\n[output.html]\ndefault-theme = \"navy\"\n\
                    curly-quotes = true\nx = 1\n[output.html.fold]\nenable = true\nlevel = 0\n[output.html.redirect]\n\"/a.html\" = \"b.html\"\n";
        let mut notes = Vec::new();
        let config = read(text, &mut notes).unwrap();
        assert_eq!(
            config.text(Some("favicon.svg")),
            "[book]\ntitle = \"A \\\"b\\\"\"\nauthors = [\"C\"]\n\n[output.html]\ndefault-theme = \"dark\"\n\
             smart-punctuation = true\nfavicon = \"favicon.svg\"\n\n[output.html.redirect]\n\"/a.html\" = \"b.html\"\n"
        );
        let said: Vec<(usize, Asks, &str)> =
            notes.iter().map(|note| (note.line, note.kind, note.text.split(':').next().unwrap())).collect();
        let expected = [
            (4, Asks::Changed, "`book.multilingual` left out"),
            (7, Asks::Changed, "`output.html.default-theme` is \"dark\" now, for \"navy\""),
            (9, Asks::Look, "`output.html.x` left out"),
            (11, Asks::Changed, "`output.html.fold` left out"),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_no_book_is_told() {
        assert!(read("[book\n", &mut Vec::new()).is_err());
        assert!(read("[book]\nsrc = \"../x\"\n", &mut Vec::new()).is_err());
    }
}
