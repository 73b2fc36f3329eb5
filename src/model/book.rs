//! The symbol table of the book: pages in their order, addresses, anchors, files. Built by `index`, read by
//! `resolve`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::source::SourceId;
use super::url::Url;
use crate::base::path::BookPath;
use crate::base::span::Spanned;

/// The nth page of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// The index into [`Book::pages`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How many bytes of Markdown a page may include, and how many of code it may show from files. Without a
/// bound a few lines could ask for a site of any size.
pub const MAX_TAKEN_IN: usize = 4 * 1024 * 1024;

/// How many files a page may include, and how deep includes may nest.
pub const MAX_INCLUDED: usize = 500;
/// As [`MAX_INCLUDED`].
pub const MAX_INCLUDE_DEPTH: usize = 8;

/// The book as a whole.
#[derive(Clone, Debug)]
pub struct Book {
    /// All pages, by address.
    pub pages: Vec<Page>,
    /// The home page.
    pub root: PageId,
    /// The pages in reading order; pages that are not in the contents are not in it.
    pub order: Vec<PageId>,
    /// The page of each Markdown file.
    pub by_file: BTreeMap<BookPath, PageId>,
    /// The page of each folder.
    pub by_folder: HashMap<BookPath, PageId>,
    /// The page of each address.
    pub by_url: HashMap<Url, PageId>,
    /// The page that is shown for an address that does not exist, if the book has its own.
    pub not_found: Option<PageId>,
    /// Markdown files that are not published.
    pub drafts: HashSet<BookPath>,
    /// Every other file of the book that is published, and its address.
    pub files: BTreeMap<BookPath, Url>,
    /// Source files that have a page of their own.
    pub listings: BTreeMap<BookPath, Listing>,
    /// Old addresses and where they lead.
    pub redirects: Vec<Redirect>,
    /// Addresses at which nothing can be published, whatever is to be there; each was reported.
    pub unpublished: HashSet<Url>,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its Markdown file; `None` for a folder without one.
    pub source: Option<SourceId>,
    /// Its file, or its folder where it has none.
    pub path: BookPath,
    /// Whether it is its folder's page.
    pub is_folder: bool,
    /// Its address.
    pub url: Url,
    /// Its title.
    pub title: String,
    /// The page above it.
    pub parent: Option<PageId>,
    /// The pages below it, in order.
    pub children: Vec<PageId>,
    /// The page before it in reading order.
    pub previous: Option<PageId>,
    /// The page behind it in reading order.
    pub next: Option<PageId>,
    /// The title of the part that starts with this page.
    pub part: Option<String>,
    /// The Markdown files it is made of: its own first, then those it includes.
    pub documents: Vec<Document>,
    /// The ids on it.
    pub anchors: HashSet<String>,
}

/// A Markdown file as part of a page.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which file.
    pub source: SourceId,
    /// The ids of its headings on this page, in order.
    pub heading_ids: Vec<String>,
    /// By directive: the document that an `include` stands for.
    pub includes: BTreeMap<usize, usize>,
}

/// A source file's own page.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The address of the page.
    pub url: Url,
    /// How many lines the file has.
    pub lines: usize,
}

/// An old address.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old address.
    pub from: Url,
    /// Where it leads.
    pub to: RedirectTarget,
    /// Where it is written, and as what.
    pub written: (BookPath, Spanned<String>),
}

/// Where an old address leads.
#[derive(Clone, Debug)]
pub enum RedirectTarget {
    /// A page of the book.
    Page(PageId),
    /// An address of the site, with what stands behind `#`.
    Url(Url, Option<String>),
    /// Another site.
    Outside(String),
}

impl Book {
    /// The page with that id.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// The ids of all pages.
    pub fn ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..u32::try_from(self.pages.len()).unwrap_or(u32::MAX)).map(PageId)
    }

    /// The pages above a page, the home page first, the page itself not included.
    #[must_use]
    pub fn ancestors(&self, id: PageId) -> Vec<PageId> {
        let mut above: Vec<PageId> = std::iter::successors(self.page(id).parent, |&id| self.page(id).parent).collect();
        above.reverse();
        above
    }

    /// The top-level page that a page is in or is; `None` for the home page.
    #[must_use]
    pub fn chapter(&self, id: PageId) -> Option<PageId> {
        let mut above = self.ancestors(id);
        above.push(id);
        above.get(1).copied()
    }
}
