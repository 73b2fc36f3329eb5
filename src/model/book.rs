//! The symbol table of the book: pages in their order, addresses, anchors, files. Built by `index`, read by
//! `resolve`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::practice::registry::Registry;
use super::source::{Source, SourceId};
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
    /// What there is to practise.
    pub practice: Registry,
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
    /// The folders whose page it is; two for a home page that is also the page of a folder.
    pub folders: Vec<BookPath>,
    /// Its address.
    pub url: Url,
    /// Its title.
    pub title: String,
    /// The page above it.
    pub parent: Option<PageId>,
    /// The pages below it, in order.
    pub children: Vec<PageId>,
    /// The chapters below it that are not written yet, in order.
    pub unwritten: Vec<Unwritten>,
    /// The page before it in reading order.
    pub previous: Option<PageId>,
    /// The page behind it in reading order.
    pub next: Option<PageId>,
    /// The title of the part that starts with this page.
    pub part: Option<String>,
    /// The pages whose text leads here, in reading order; not those that lead here anyway, as its neighbours do.
    pub linked_from: Vec<PageId>,
    /// The Markdown files it is made of: its own first, then those it includes.
    pub documents: Vec<Document>,
    /// The ids on it.
    pub anchors: HashSet<String>,
}

/// What mdBook calls a draft chapter: an entry of the contents without a page.
#[derive(Clone, Debug)]
pub struct Unwritten {
    /// Its title.
    pub title: String,
    /// The title of the part that starts with it.
    pub part: Option<String>,
    /// How many of the pages around it come before it.
    pub before: usize,
}

/// An entry of the contents.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// A page.
    Page(PageId),
    /// A chapter without one.
    Unwritten(&'a Unwritten),
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

impl Page {
    /// Whether it is the page of a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        !self.folders.is_empty()
    }

    /// The day on which its text was changed last, or that of a file it includes.
    #[must_use]
    pub fn updated_on<'d>(&self, sources: &[Source], dates: &'d BTreeMap<BookPath, String>) -> Option<&'d str> {
        let files = self.documents.iter().map(|document| &sources[document.source.0 as usize].path);
        files.filter_map(|path| dates.get(path)).max().map(String::as_str)
    }

    /// What the contents list below it, in order.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry<'_>> {
        self.entries_of(0..self.children.len())
    }

    /// What the contents list below it from one of its children to another.
    #[must_use]
    pub fn entries_of(&self, children: Range<usize>) -> Vec<Entry<'_>> {
        let mut entries = Vec::with_capacity(children.len());
        let first = self.unwritten.partition_point(|unwritten| unwritten.before < children.start);
        let mut unwritten = self.unwritten[first..].iter().peekable();
        for index in children.clone() {
            while let Some(chapter) = unwritten.next_if(|chapter| chapter.before == index) {
                entries.push(Entry::Unwritten(chapter));
            }
            entries.push(Entry::Page(self.children[index]));
        }
        if children.end == self.children.len() {
            entries.extend(unwritten.map(Entry::Unwritten));
        }
        entries
    }
}

impl Book {
    /// The page with that id.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// The page of a folder; of the one above where it has none.
    #[must_use]
    pub fn folder_page(&self, folder: &BookPath) -> PageId {
        let above =
            std::iter::successors(Some(folder.clone()), |folder| (*folder != BookPath::ROOT).then(|| folder.parent()));
        above.filter_map(|folder| self.by_folder.get(&folder).copied()).next().unwrap_or(self.root)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_without_a_page_keep_their_places() {
        let chapter = |title: &str, before| Unwritten { title: title.to_owned(), part: None, before };
        let page = Page {
            source: None,
            path: BookPath::ROOT,
            folders: Vec::new(),
            url: Url::new("index.html"),
            title: String::new(),
            parent: None,
            children: (0..3).map(PageId).collect(),
            unwritten: vec![chapter("a", 0), chapter("b", 1), chapter("c", 1), chapter("d", 3)],
            previous: None,
            next: None,
            part: None,
            linked_from: Vec::new(),
            documents: Vec::new(),
            anchors: HashSet::new(),
        };
        let shown = |children| {
            let entries = page.entries_of(children).into_iter().map(|entry| match entry {
                Entry::Page(id) => id.0.to_string(),
                Entry::Unwritten(chapter) => chapter.title.clone(),
            });
            entries.collect::<String>()
        };
        assert_eq!(shown(0..3), "a0bc12d");
        assert_eq!(shown(0..1), "a0");
        assert_eq!(shown(1..2), "bc1");
        assert_eq!(shown(2..3), "2d");
    }
}
