//! All that rendering a page is given: what its template may see, and the links, ids and code of its own
//! prose, already resolved. Serialisable, so that its hash can tell whether a page must be rendered anew.

use std::collections::BTreeMap;

use serde::Serialize;

use super::source::SourceId;
use super::strings::Direction;
use super::url::Url;
use crate::base::path::BookPath;
use crate::highlight::Language;

/// What a page may load: its own site's files and nothing else; no inline script, no inline style.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// One page, resolved.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Its address; also the file it is written to.
    #[serde(skip)]
    pub url: Url,
    /// The template that renders it, and where a page asks for it by name.
    pub template: String,
    /// What the template sees.
    #[serde(flatten)]
    pub context: Context,
    /// What its content is made of.
    pub body: Body,
}

/// What the content of a page is made of.
#[derive(Clone, Debug, Serialize)]
pub enum Body {
    /// Markdown files; the first is the page's own, the others are included by it.
    Documents(Vec<DocumentView>),
    /// A source file.
    Listing {
        /// The file.
        #[serde(skip)]
        path: BookPath,
        /// Its language.
        #[serde(skip)]
        language: Option<Language>,
    },
    /// Nothing but what the template makes of the context.
    Empty,
}

/// What a template sees. The names are part of the interface between engine and theme.
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    /// "prepbook" and its version.
    pub generator: &'static str,
    /// The content security policy of every page.
    pub policy: &'static str,
    /// The book.
    pub book: BookView,
    /// The page.
    pub page: PageFacts,
    /// Addresses of the theme's files.
    pub assets: AssetView,
}

/// The book, as every page sees it.
#[derive(Clone, Debug, Serialize)]
pub struct BookView {
    /// The namespace of what readers store.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Language tag.
    pub language: String,
    /// Which way it is written: `ltr` or `rtl`.
    pub direction: Direction,
    /// Its authors.
    pub authors: Vec<String>,
    /// `system`, `light` or `dark`.
    pub default_theme: &'static str,
    /// Its repository.
    pub repository_url: Option<String>,
    /// Its logo.
    pub logo: Option<String>,
    /// Its icon.
    pub favicon: Option<String>,
    /// What is shown where a page is shared; only where the site's host is known, since its address must be whole.
    pub card: Option<CardView>,
    /// The icon on a phone's home screen.
    pub icon: Option<String>,
    /// The home page.
    pub home: String,
    /// The page with the whole table of contents.
    pub contents: String,
    /// The page with everything to practise, where there is anything.
    pub practice: Option<String>,
    /// The glossary, where there is one.
    pub glossary: Option<String>,
    /// Whether it has more pages than can be looked through.
    pub has_many_pages: bool,
    /// The page to search on.
    pub search: String,
    /// The whole book on one page.
    pub print: Option<String>,
    /// The whole book for reading systems, where it is wanted.
    pub epub: Option<String>,
}

/// The picture that is shown where a page is shared.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Its whole URL.
    pub url: String,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height.
    pub height: Option<u32>,
}

/// A link to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// The page's title.
    pub title: String,
    /// Its href from this page.
    pub href: String,
}

/// An entry of a list of neighbours.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    /// The page's title.
    pub title: String,
    /// Its href from this page; none for a chapter that is not written yet.
    pub href: Option<String>,
    /// Whether it is this page, or the chapter this page is in.
    pub current: bool,
    /// The title of the part that starts with it.
    pub part: Option<String>,
}

/// An entry of a table of contents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Child {
    /// The page's title.
    pub title: String,
    /// Its href from this page; none for a chapter that is not written yet.
    pub href: Option<String>,
    /// One sentence.
    pub description: Option<String>,
    /// Minutes of study.
    pub minutes: Option<String>,
    /// How difficult it is.
    pub difficulty: Option<String>,
    /// The title of the part that starts with it.
    pub part: Option<String>,
    /// A chapter's place among the chapters, from 1; none for what is inside one or not written yet.
    pub chapter_number: Option<usize>,
    /// The entries below it; empty on a folder's page.
    pub children: Vec<Child>,
}

/// A heading in a page's own contents.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineEntry {
    /// 2 or 3.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The headings of level 3 below it.
    pub children: Vec<OutlineEntry>,
}

/// What kind of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// A page.
    Page,
    /// A folder's page.
    Folder,
    /// A source file's page.
    Listing,
    /// The table of contents.
    Contents,
    /// The page for addresses that do not exist.
    NotFound,
    /// The index of preparation material.
    Practice,
    /// The page on which readers write their stories.
    Workshop,
    /// The glossary.
    Glossary,
    /// The sources.
    References,
    /// The page to search on.
    Search,
    /// The whole book, to print.
    PrintBook,
    /// What to remember, on one sheet of paper.
    PrintCram,
    /// All checklists.
    PrintChecklists,
    /// A sheet for a story of each principle.
    PrintStories,
    /// What a partner asks, and what to listen for.
    PrintInterviewer,
}

/// A page, as its template sees it.
#[derive(Clone, Debug, Serialize)]
pub struct PageFacts {
    /// What kind of page it is.
    pub kind: PageKind,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// Its address, from the site's root.
    pub url: String,
    /// The prefix that leads to the site's root.
    pub root: String,
    /// Its whole URL, where the site's host is known.
    pub canonical: Option<String>,
    /// Where its source can be edited.
    pub edit_url: Option<String>,
    /// Kept out of search engines.
    pub noindex: bool,
    /// The home page first, then those above the page; not the page itself.
    pub breadcrumbs: Vec<PageLink>,
    /// The page before it.
    pub previous: Option<PageLink>,
    /// The page behind it.
    pub next: Option<PageLink>,
    /// Its own contents.
    pub outline: Vec<OutlineEntry>,
    /// The place of its chapter among the chapters, from 1; none outside of them.
    pub chapter_number: Option<usize>,
    /// Top-level pages around its chapter.
    pub chapters: Vec<Neighbour>,
    /// Pages around it in its chapter.
    pub siblings: Vec<Neighbour>,
    /// The pages below it (a folder's page) or all pages (the table of contents).
    pub children: Vec<Child>,
    /// Minutes of study, as its author says.
    pub minutes: Option<String>,
    /// Minutes to read its prose, at 220 words a minute; none for a page of a few words.
    pub reading_minutes: Option<usize>,
    /// Minutes to practise what is on it.
    pub practice_minutes: Option<String>,
    /// The pages that lead here from elsewhere in the book, in reading order: some of them, if they are many.
    pub backlinks: Vec<PageLink>,
    /// How difficult it is.
    pub difficulty: Option<String>,
    /// What the reader can do afterwards.
    pub outcome: Option<String>,
    /// Pages to read before.
    pub prerequisites: Vec<PageLink>,
    /// Free words.
    pub tags: Vec<String>,
    /// When facts were last checked.
    pub checked_on: Option<String>,
    /// The day on which its text was changed last, where the history of the book is known.
    pub updated_on: Option<String>,
    /// Facts of a source file's page.
    pub listing: Option<ListingFacts>,
    /// The terms of the glossary, on its page.
    pub glossary: Option<serde_json::Value>,
    /// The sources, on their page.
    pub references: Option<serde_json::Value>,
    /// All preparation material, on its page.
    pub practice: Option<serde_json::Value>,
    /// What can be printed beside single pages, on the pages that list the book and its material.
    pub prints: Vec<PrintLink>,
    /// What a page to print is for.
    pub print_about: Option<String>,
    /// Whether there is something to practise on it, so that it wants the scripts for that.
    pub practises: bool,
    /// Whether it shows something of the kind, if only a claim or a term in its text, so that it wants the styles.
    pub has_material: bool,
    /// What readers write stories for: on the page where they do, and on the sheets to print.
    pub prompts: Option<serde_json::Value>,
}

/// A link to a page to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintLink {
    /// The page's title.
    pub title: String,
    /// Its href from this page.
    pub href: String,
    /// What it is for.
    pub about: String,
}

/// Facts of a source file's page.
#[derive(Clone, Debug, Serialize)]
pub struct ListingFacts {
    /// The file's name.
    pub name: String,
    /// The file itself.
    pub raw: String,
    /// Its language in words.
    pub language: String,
    /// How many lines it has.
    pub lines: usize,
}

/// Addresses of the theme's files, from the page.
#[derive(Clone, Debug, Serialize)]
pub struct AssetView {
    /// The style sheet.
    pub style: String,
    /// The script that runs before the page is painted.
    pub boot: String,
    /// The other scripts.
    pub script: String,
    /// The style sheet of preparation material, in a book that has some.
    pub practice_style: Option<String>,
    /// The scripts of preparation material, likewise.
    pub practice_script: Option<String>,
    /// The style sheet of search, which pages load when it is asked for.
    pub search_style: String,
    /// The scripts of search, likewise.
    pub search_script: String,
    /// The style sheet of voices and recordings, which pages load when a reader wants to hear or record something.
    pub voice_style: String,
    /// The scripts of voices and recordings, likewise.
    pub voice_script: String,
    /// The service worker; not in `serve`.
    pub worker: Option<String>,
    /// The scripts that pages load for it.
    pub offline_script: Option<String>,
    /// The root file of the contents.
    pub contents: String,
    /// The book's own style sheets.
    pub additional_css: Vec<String>,
    /// The book's own scripts.
    pub additional_js: Vec<String>,
}

/// One Markdown file of a page, resolved.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// Which file.
    #[serde(skip)]
    pub source: SourceId,
    /// The hash of its text.
    pub hash: String,
    /// The ids of its headings, in order.
    pub heading_ids: Vec<String>,
    /// Whether its first heading is the page's title, whatever its level.
    pub gives_title: bool,
    /// Its links, in the order of the walk.
    pub links: Vec<LinkView>,
    /// Its fenced code blocks, in the order of the walk.
    pub samples: Vec<SampleView>,
    /// By directive: the document that an `include` stands for.
    pub includes: BTreeMap<usize, usize>,
    /// By directive: preparation material.
    pub practice: BTreeMap<usize, PracticeView>,
    /// Its inline directives, in the order of the walk.
    pub marks: Vec<MarkView>,
}

/// Preparation material, resolved.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeView {
    /// The template that renders it.
    pub template: String,
    /// What the template sees, beside the HTML of its parts.
    pub data: serde_json::Value,
    /// Code that its template shows.
    pub code: Option<CodeView>,
}

/// Code that a template shows line by line.
#[derive(Clone, Debug, Serialize)]
pub struct CodeView {
    /// What its language is called in a fence.
    pub language: Option<String>,
    /// The code.
    pub text: String,
}

/// An inline directive, resolved.
#[derive(Clone, Debug, Serialize)]
pub enum MarkView {
    /// One that means nothing, which was reported: only its words are shown.
    Plain,
    /// A statement, and how it is backed.
    Claim {
        /// `official`, `reported` or `advice`.
        standing: &'static str,
        /// The title of its source.
        source: Option<String>,
        /// Where its source is listed.
        href: Option<String>,
        /// When that was looked at.
        checked_on: Option<String>,
    },
    /// A term of the glossary.
    Term {
        /// What it means, as inline Markdown.
        meaning: String,
        /// Where it is listed.
        href: String,
    },
    /// A source.
    Reference {
        /// Its title.
        title: String,
        /// Where it is listed.
        href: String,
    },
}

/// A link, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// Where it leads, from the page.
    pub href: String,
    /// Width and height of an image, in CSS pixels.
    pub size: Option<(u32, u32)>,
}

/// A fenced code block, resolved.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SampleView {
    /// The code, where it comes from a file.
    pub text: Option<String>,
    /// The number that its first line is shown with.
    pub first_line: u32,
    /// How many lines are left out before a line, where that changes: a line of the code (from zero) and
    /// how far numbers run ahead from there on.
    pub gaps: Vec<(u32, u32)>,
    /// What stands above it.
    pub caption: Option<Caption>,
}

/// What stands above a code block.
#[derive(Clone, Debug, Serialize)]
pub struct Caption {
    /// Its text.
    pub text: String,
    /// The listing it leads to.
    pub href: Option<String>,
}
