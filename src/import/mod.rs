//! The files of an mdBook to those of a prepbook, with a note for each thing that was changed and each that wants a person.
//! Reads only what it is handed, and writes nothing.

mod config;
mod fence;
mod helpers;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::error::{Error, Result};
use crate::base::path::BookPath;
use crate::markdown::walk::MarkdownOptions;
use crate::model::parsed::{RawTarget, referred};
use crate::model::source::Source;
use crate::parse::{self, Lints};

/// What a note asks of whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing: it was done.
    Changed,
    /// A look.
    Look,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The file of the mdBook.
    pub path: BookPath,
    /// The line; 0 for the file as a whole.
    pub line: usize,
    /// What it asks.
    pub kind: Kind,
    /// What it says.
    pub text: String,
}

/// What a file of the new book is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A file of the mdBook, as it is.
    Copy(BookPath),
}

/// What became of an mdBook.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files of the new book.
    pub files: BTreeMap<BookPath, Content>,
    /// What is to be said, by file and line.
    pub notes: Vec<Note>,
}

/// An mdBook as it lies on the disk.
pub struct Original<'a> {
    /// The text of its book.toml.
    pub config: &'a str,
    /// Every file below a folder of it, in order.
    pub files: &'a dyn Fn(&BookPath) -> Vec<BookPath>,
    /// The bytes of a file, where there is one.
    pub bytes: &'a dyn Fn(&BookPath) -> Option<Vec<u8>>,
}

impl Original<'_> {
    fn text(&self, path: &BookPath) -> Option<String> {
        String::from_utf8((self.bytes)(path)?).ok()
    }
}

/// Makes a prepbook of an mdBook.
///
/// # Errors
///
/// It is no mdBook: it has no SUMMARY.md, or its book.toml cannot be read.
pub fn book(original: &Original<'_>) -> Result<Imported> {
    let mut imported = Imported::default();
    let config = config::read(original.config, &mut imported.notes)?;
    let src = &config.src;
    let paths = (original.files)(src);
    let summary = src.join("SUMMARY.md").expect("a plain name");
    if !paths.contains(&summary) {
        return Err(Error::new(format!("{summary} is not there, so this is no mdBook"))
            .with_help("a folder of Markdown is a prepbook as it is: `prepbook build` takes it"));
    }
    let theme = (original.files)(&config.theme);
    let icon = ["svg", "png"].map(|ending| config.theme.join(&format!("favicon.{ending}")).expect("a plain name"));
    let icon = icon.into_iter().find(|icon| theme.contains(icon));
    for path in theme.into_iter().filter(|path| path.stem() != "favicon") {
        let text = "a part of mdBook's theme, left out; docs/theming.md of prepbook tells how to change its own";
        imported.notes.push(Note { path, line: 0, kind: Kind::Look, text: text.to_owned() });
    }
    if let Some(icon) = &icon {
        let name = BookPath::new(icon.name()).expect("a plain name");
        imported.files.insert(name, Content::Copy(icon.clone()));
        let text = "taken over as `favicon` in book.toml".to_owned();
        imported.notes.push(Note { path: icon.clone(), line: 0, kind: Kind::Changed, text });
    }
    let toml = config.text(icon.as_ref().map(BookPath::name));
    imported.files.insert(BookPath::new("book.toml").expect("a plain name"), Content::Text(toml));

    let texts: BTreeMap<BookPath, String> = paths
        .iter()
        .filter(|path| is_markdown(path))
        .filter_map(|path| Some((path.clone(), original.text(path)?)))
        .collect();
    let parts = parts(&texts, &summary, src);
    for part in &parts {
        let name = part_name(part);
        let text = format!("only a part of other pages, so its name is {} now: those are not published", name.name());
        imported.notes.push(Note { path: part.clone(), line: 0, kind: Kind::Changed, text });
    }
    let mut outside: BTreeSet<BookPath> = config.files.iter().filter(|path| !path.is_within(src)).cloned().collect();
    for path in paths {
        let Some(text) = texts.get(&path).filter(|_| path != summary) else {
            imported.files.insert(path.clone(), Content::Copy(path));
            continue;
        };
        let page = page::Page { original, config: &config, parts: &parts, path: &path, text };
        let converted = page.convert(&mut imported.notes);
        outside.extend(converted.included.into_iter().filter(|path| !path.is_within(src)));
        let name = if parts.contains(&path) { part_name(&path) } else { path.clone() };
        let content = if converted.text == *text { Content::Copy(path) } else { Content::Text(converted.text) };
        imported.files.insert(name, content);
    }
    for path in outside {
        match (original.bytes)(&path) {
            Some(_) => drop(imported.files.insert(path.clone(), Content::Copy(path))),
            None => imported.notes.push(Note {
                path,
                line: 0,
                kind: Kind::Look,
                text: "is named, and not there".to_owned(),
            }),
        }
    }
    imported.notes.sort();
    imported.notes.dedup();
    Ok(imported)
}

fn is_markdown(path: &BookPath) -> bool {
    path.extension().eq_ignore_ascii_case("md")
}

/// The Markdown files that are no chapters and are included whole by some.
fn parts(texts: &BTreeMap<BookPath, String>, summary: &BookPath, src: &BookPath) -> BTreeSet<BookPath> {
    let listed: BTreeSet<BookPath> = texts.get(summary).map_or_else(BTreeSet::new, |text| {
        let source = Source::new(summary.clone(), text.as_str().into());
        let parsed = parse::page(&source, MarkdownOptions::default(), &Lints::default());
        let paths = parsed.links.iter().filter_map(|link| match &link.target {
            RawTarget::Path { path, .. } => referred(summary, src, path),
            _ => None,
        });
        paths.collect()
    });
    let mut parts = BTreeSet::new();
    for (path, text) in texts {
        let named = helpers::find(text).into_iter().filter(|helper| helper.is_include());
        let named = named.filter_map(|helper| path.parent().join(helper.file()));
        parts.extend(named.filter(|part| texts.contains_key(part) && !listed.contains(part) && part != summary));
    }
    parts
}

/// What a part of pages is called: a leading underscore keeps it from being a page of its own.
fn part_name(path: &BookPath) -> BookPath {
    let name = if path.name().starts_with('_') { path.name().to_owned() } else { format!("_{}", path.name()) };
    path.parent().join(&name).expect("a plain name")
}
