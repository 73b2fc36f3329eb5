//! The book's contents to the table of contents that reading systems show (EPUB 3.3, section 7).

use super::package::{COVER, NAV};
use super::write::{Writer, escaped, file_name};
use crate::model::url::Url;

/// An entry of the contents.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// The page that it leads to; none for a chapter that is not written yet.
    pub url: Option<Url>,
    /// The title of the part that starts with it.
    pub part: Option<String>,
    /// What is below it.
    pub children: Vec<Entry>,
}

impl Entry {
    /// The pages that it and what is below it lead to.
    #[must_use]
    pub fn urls(&self) -> Vec<Url> {
        self.url.iter().cloned().chain(self.children.iter().flat_map(Self::urls)).collect()
    }
}

/// The words of the page.
pub struct Words<'a> {
    /// Its title.
    pub contents: &'a str,
    /// What the cover is called.
    pub cover: &'a str,
    /// What stands for the text itself.
    pub beginning: &'a str,
}

/// The document.
#[must_use]
pub fn nav(writer: &Writer<'_>, words: &Words<'_>, entries: &[Entry]) -> String {
    let list = list(writer, entries);
    let contents = escaped(words.contents);
    let first = file_name(1);
    let landmark = |kind: &str, href: &str, title: &str| {
        format!("<li><a epub:type=\"{kind}\" href=\"{href}\">{}</a></li>\n", escaped(title))
    };
    let landmarks = landmark("cover", COVER, words.cover)
        + &landmark("toc", &format!("{NAV}#toc"), words.contents)
        + &landmark("bodymatter", &first, words.beginning);
    let body = format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" class=\"contents\">\n<h1>{contents}</h1>\n{list}</nav>\n\
         <nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n{landmarks}</ol>\n</nav>"
    );
    writer.document(words.contents, "", &body)
}

/// A list; nothing where it would have no entry. Entries from one that starts a part to the next are below the part.
fn list(writer: &Writer<'_>, entries: &[Entry]) -> String {
    let mut items = String::new();
    let mut rest = entries;
    while let Some(first) = rest.first() {
        let length = rest.iter().skip(1).position(|entry| entry.part.is_some()).map_or(rest.len(), |at| at + 1);
        let (those, behind) = rest.split_at(length);
        let inside: String = those.iter().map(|entry| item(writer, entry)).collect();
        match &first.part {
            Some(part) if !inside.is_empty() => {
                items += &format!("<li><span>{}</span>\n<ol>\n{inside}</ol>\n</li>\n", escaped(part));
            }
            _ => items += &inside,
        }
        rest = behind;
    }
    if items.is_empty() { items } else { format!("<ol>\n{items}</ol>\n") }
}

fn item(writer: &Writer<'_>, entry: &Entry) -> String {
    let below = list(writer, &entry.children);
    let title = escaped(&entry.title);
    let href = entry.url.as_ref().and_then(|url| writer.href(url, ""));
    match href {
        Some(href) if below.is_empty() => format!("<li><a href=\"{href}\">{title}</a></li>\n"),
        Some(href) => format!("<li><a href=\"{href}\">{title}</a>\n{below}</li>\n"),
        None if below.is_empty() => String::new(),
        None => format!("<li><span>{title}</span>\n{below}</li>\n"),
    }
}
