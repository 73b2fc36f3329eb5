//! What a reading system is told of the book: `container.xml` and the package document (EPUB 3.3, sections 4.2.6.3 and 5).

use std::fmt::Write as _;

use super::page::Traits;
use super::write::escaped;
use crate::model::strings::Direction;

/// The folder of everything but the container's own files.
pub const FOLDER: &str = "EPUB";

/// The name of the table of contents.
pub const NAV: &str = "nav.xhtml";

/// The name of the page with the cover.
pub const COVER: &str = "cover.xhtml";

/// A file that the package lists.
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What it is to the package, apart by spaces.
    pub properties: &'static str,
    /// It is read in its turn.
    pub is_read: bool,
}

impl Item {
    /// A page that is read in its turn.
    #[must_use]
    pub fn page(name: impl Into<String>, properties: &'static str) -> Self {
        Self { name: name.into(), kind: "application/xhtml+xml", properties, is_read: true }
    }

    /// Another file.
    #[must_use]
    pub fn file(name: impl Into<String>, kind: &'static str, properties: &'static str) -> Self {
        Self { name: name.into(), kind, properties, is_read: false }
    }
}

/// What is said of a book.
pub struct Metadata<'a> {
    /// By what reading systems know it.
    pub identifier: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its authors.
    pub authors: &'a [String],
    /// One sentence.
    pub description: &'a str,
    /// Language tag.
    pub language: &'a str,
    /// Which way it is written.
    pub direction: Direction,
    /// The day it was changed last, as `2026-11-22`.
    pub modified: Option<&'a str>,
    /// Where it is published.
    pub source: Option<String>,
    /// What it has to be seen.
    pub sight: Sight,
    /// What readers who do not see it, or not well, may expect: a sentence.
    pub accessibility: &'a str,
}

/// What of a book has to be seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sight {
    /// It has pictures or drawings.
    pub has_pictures: bool,
    /// Some of them no text stands for.
    pub has_unnamed: bool,
    /// Some of them may move.
    pub may_move: bool,
    /// It has formulas.
    pub has_math: bool,
}

/// The day of a book whose changes are not known. A clock's would differ from build to build.
const SOME_DAY: &str = "2000-01-01";

/// `META-INF/container.xml`.
#[must_use]
pub fn container() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
         <rootfile full-path=\"{FOLDER}/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
         </rootfiles>\n</container>\n"
    )
}

/// What a page is to the package.
#[must_use]
pub fn properties(traits: Traits) -> &'static str {
    match (traits.has_svg, traits.has_math) {
        (true, true) => "mathml svg",
        (true, false) => "svg",
        (false, true) => "mathml",
        (false, false) => "",
    }
}

/// `package.opf`.
#[must_use]
pub fn package(metadata: &Metadata<'_>, items: &[Item]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let language = escaped(metadata.language);
    let _ = writeln!(
        out,
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">"
    );
    out += "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n";
    let _ = writeln!(out, "<dc:identifier id=\"id\">{}</dc:identifier>", escaped(metadata.identifier));
    let mut say = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            let _ = writeln!(out, "<dc:{name}>{}</dc:{name}>", escaped(text));
        }
    };
    say("title", metadata.title);
    say("language", metadata.language);
    metadata.authors.iter().for_each(|author| say("creator", author));
    say("description", metadata.description);
    say("source", metadata.source.as_deref().unwrap_or(""));
    let modified = metadata.modified.unwrap_or(SOME_DAY);
    let _ = writeln!(out, "<meta property=\"dcterms:modified\">{modified}T00:00:00Z</meta>");
    for (name, value) in accessibility(metadata) {
        let _ = writeln!(out, "<meta property=\"schema:{name}\">{}</meta>", escaped(value));
    }
    // Older reading systems look for this one.
    if let Some(at) = items.iter().position(|item| item.properties == "cover-image") {
        let _ = writeln!(out, "<meta name=\"cover\" content=\"i{at}\"/>");
    }
    out += "</metadata>\n<manifest>\n";
    for (number, Item { name, kind, properties, .. }) in items.iter().enumerate() {
        let properties = if properties.is_empty() { String::new() } else { format!(" properties=\"{properties}\"") };
        let _ = writeln!(out, "<item id=\"i{number}\" href=\"{name}\" media-type=\"{kind}\"{properties}/>");
    }
    let direction = if metadata.direction == Direction::Rtl { " page-progression-direction=\"rtl\"" } else { "" };
    let _ = writeln!(out, "</manifest>\n<spine{direction}>");
    for (number, _) in items.iter().enumerate().filter(|(_, item)| item.is_read) {
        let _ = writeln!(out, "<itemref idref=\"i{number}\"/>");
    }
    out += "</spine>\n</package>\n";
    out
}

/// What schema.org's vocabulary says of access (EPUB Accessibility 1.1, section 2).
fn accessibility<'a>(metadata: &Metadata<'a>) -> Vec<(&'static str, &'a str)> {
    let Sight { has_pictures, has_unnamed, may_move, has_math } = metadata.sight;
    let mut said = vec![("accessMode", "textual")];
    if has_pictures {
        said.push(("accessMode", "visual"));
        said.push(("accessModeSufficient", "textual,visual"));
    }
    if !has_unnamed {
        said.push(("accessModeSufficient", "textual"));
        said.extend(has_pictures.then_some(("accessibilityFeature", "alternativeText")));
    }
    said.extend(has_math.then_some(("accessibilityFeature", "MathML")));
    for feature in ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"] {
        said.push(("accessibilityFeature", feature));
    }
    said.push(("accessibilityHazard", if may_move { "unknown" } else { "none" }));
    if !metadata.accessibility.is_empty() {
        said.push(("accessibilitySummary", metadata.accessibility));
    }
    said
}
