//! What one Markdown file says, found without looking at any other file: facts by value, prose by span.

use crate::base::hash::Hash;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::Diagnostic;
use crate::markdown::directive::Directive;
use crate::markdown::fence::FenceLine;
use crate::markdown::info::Info;
use crate::model::practice::inline::InlineMark;
use crate::model::practice::{Content, Layout, Material};

/// The facts of one Markdown file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Its front matter.
    pub front: FrontMatter,
    /// Offset of the first byte behind the front matter.
    pub body: usize,
    /// The text of its first heading, if that is of level 1.
    pub title: Option<String>,
    /// Whether nothing that can be seen stands before its first heading.
    pub opens_with_heading: bool,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Level and place of the headings in its raw HTML, where a lint asks for them.
    pub html_headings: Vec<(u8, Span)>,
    /// Ids given by raw HTML and by directives.
    pub anchors: Vec<Spanned<String>>,
    /// Everything that points somewhere, numbered as the walk meets it; behind those that are rendered
    /// come those that are only checked (reference definitions, front matter).
    pub links: Vec<RawLink>,
    /// Its fenced code blocks, numbered as the walk meets them.
    pub samples: Vec<Sample>,
    /// The fence lines of its directives, in order.
    pub fences: Vec<FenceLine>,
    /// Its directives, numbered by their opening lines.
    pub directives: Vec<Directive>,
    /// Its preparation material, in the order of its directives.
    pub practice: Vec<Material>,
    /// What that means for its text.
    pub layout: Layout,
    /// Claims, terms and sources within its lines, numbered as the walk meets them; none for one that cannot be read.
    pub inlines: Vec<Option<InlineMark>>,
    /// How many words of prose it has; code and raw HTML are not counted.
    pub words: usize,
    /// Its long paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What its raw HTML names otherwise than in [`Parsed::links`], such as the files of a `srcset`.
    pub mentions: Vec<String>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A paragraph of more words than are written twice by chance.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// The hash of the text that a reader sees.
    pub seen: Hash,
    /// How many words it has.
    pub words: usize,
    /// Where it is.
    pub span: Span,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id; unique within the file.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Where it is.
    pub span: Span,
    /// Where its id is written; its text when the id comes from that.
    pub id_span: Span,
}

/// What kind of thing points somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A Markdown link.
    Link,
    /// A Markdown image.
    Image,
    /// An attribute of raw HTML that leads to a page or file (`href`).
    HtmlLink,
    /// An attribute of raw HTML that loads a file (`src`, `poster`, `data`).
    HtmlSource,
    /// A reference definition; checked, not rendered.
    Definition,
    /// A path in the front matter; checked, not rendered.
    FrontMatter,
}

/// Something that points somewhere.
#[derive(Clone, Debug)]
pub struct RawLink {
    /// What it is.
    pub kind: LinkKind,
    /// Where it points.
    pub target: RawTarget,
    /// Where the target is written.
    pub span: Span,
    /// Whether mistakes are reported here; a use of a reference definition leaves that to the definition.
    pub reported: bool,
}

/// Where a link points, by its form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawTarget {
    /// Another site, a mail address, anything with a scheme: kept as written.
    Outside(String),
    /// A scheme that runs script in the reader's browser.
    Script(String),
    /// Nothing at all, or `#`: this page.
    Here,
    /// An id on this page.
    Anchor(String),
    /// A path, percent-decoded, relative to the file or (with a leading slash) to the source folder.
    Path {
        /// The path.
        path: String,
        /// Behind `?`, as written.
        query: Option<String>,
        /// Behind `#`, percent-decoded.
        anchor: Option<String>,
    },
}

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What its info string says.
    pub info: Info,
    /// Whether lines that are only there to compile are hidden, as rustdoc does.
    pub is_rustdoc: bool,
    /// Where the block is.
    pub span: Span,
}

/// The typed front matter of a page.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Overrides the title from the first heading.
    pub title: Option<String>,
    /// One sentence for search engines and tables.
    pub description: Option<String>,
    /// Overrides the number in the file's name.
    pub order: Option<Spanned<i64>>,
    /// Not published unless drafts are asked for.
    pub draft: bool,
    /// Minutes of study: `15` or `15-20`.
    pub minutes: Option<String>,
    /// How difficult it is, in the book's own words.
    pub difficulty: Option<String>,
    /// What the reader can do afterwards.
    pub outcome: Option<String>,
    /// Paths of pages to read before, from the file; the matching entries of `links` check them.
    pub prerequisites: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// When facts were last checked, `YYYY-MM-DD`.
    pub checked_on: Option<String>,
    /// Old addresses of the page, from the site's root.
    pub redirect_from: Vec<Spanned<String>>,
    /// Kept out of search engines and of the site's own search.
    pub search_exclude: bool,
    /// Whether the page shows its own contents.
    pub toc: Option<bool>,
    /// Another template of the theme, and where it is named.
    pub template: Option<Spanned<String>>,
}

impl Parsed {
    /// The id of every heading, raw HTML element and directive.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.headings
            .iter()
            .map(|heading| heading.id.as_str())
            .chain(self.anchors.iter().map(|anchor| anchor.value.as_str()))
    }

    /// The heading that it opens with.
    #[must_use]
    pub fn opening(&self) -> Option<&Heading> {
        self.headings.first().filter(|_| self.opens_with_heading)
    }

    /// Files of code named by fences and reviews, as written, and where.
    pub fn included_files(&self) -> impl Iterator<Item = &Spanned<String>> {
        let samples = self.samples.iter().filter_map(|sample| sample.info.file.as_ref());
        let reviews = self.practice.iter().filter_map(|material| match &material.content {
            Content::Review(review) => Some(review.file.iter().chain(&review.fixed)),
            _ => None,
        });
        samples.chain(reviews.flatten())
    }

    /// Files of data that its material is shown from, as written.
    pub fn data_files(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.practice.iter().filter_map(|material| material.content.src())
    }

    /// Markdown files named by `include` directives, with the directive's number.
    pub fn included_pages(&self) -> impl Iterator<Item = (usize, &Spanned<String>)> {
        self.directives.iter().enumerate().filter_map(|(index, directive)| Some((index, directive.include()?)))
    }
}

/// The path that code is included from: as [`referred`], but anywhere in the book's folder, since what is
/// included is not published as a file.
#[must_use]
pub fn included(from: &BookPath, src: &BookPath, reference: &str) -> Option<BookPath> {
    match reference.strip_prefix('/') {
        Some(rooted) => src.join(rooted),
        None => from.parent().join(reference),
    }
}

/// The path that `reference`, written in the file at `from`, names: relative to the file's folder, or with
/// a leading slash to the source folder `src`. `None` when it leads out of the source folder.
#[must_use]
pub fn referred(from: &BookPath, src: &BookPath, reference: &str) -> Option<BookPath> {
    included(from, src, reference).filter(|path| path.is_within(src))
}
