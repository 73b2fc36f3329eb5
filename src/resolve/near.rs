//! What is nearest to a name that does not exist, among the pages, files and ids of the book. Put together
//! when first asked for, and once for all pages: a broken link must not cost a look at the whole book.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::base::nearest::Nearest;
use crate::base::path::BookPath;
use crate::model::book::{Book, Page};
use crate::model::order;
use crate::model::url::Url;

/// The names of a book.
pub struct Near<'a> {
    book: &'a Book,
    pages: OnceLock<Names<'a>>,
    files: OnceLock<Names<'a>>,
    terms: OnceLock<Nearest<'a>>,
    references: OnceLock<Nearest<'a>>,
    material: OnceLock<Nearest<'a>>,
    /// By address.
    anchors: OnceLock<HashMap<&'a Url, OnceLock<Nearest<'a>>>>,
}

impl<'a> Near<'a> {
    /// The names of `book`.
    #[must_use]
    pub fn new(book: &'a Book) -> Self {
        Self {
            book,
            pages: OnceLock::new(),
            files: OnceLock::new(),
            terms: OnceLock::new(),
            references: OnceLock::new(),
            material: OnceLock::new(),
            anchors: OnceLock::new(),
        }
    }

    /// The Markdown files.
    pub fn pages(&self) -> &Names<'a> {
        self.pages.get_or_init(|| Names::new(self.book.by_file.keys()))
    }

    /// All other files.
    pub fn files(&self) -> &Names<'a> {
        self.files.get_or_init(|| Names::new(self.book.files.keys()))
    }

    /// The term, by id or by its words, that is nearest to `written`.
    pub fn term(&self, written: &str) -> Option<&'a str> {
        let terms = &self.book.practice.terms;
        let words = || terms.values().map(|term| term.term.value.as_str());
        self.terms.get_or_init(|| Nearest::new(terms.keys().map(String::as_str).chain(words()))).find(written)
    }

    /// The source whose id is nearest to `written`.
    pub fn reference(&self, written: &str) -> Option<&'a str> {
        let ids = || self.book.practice.references.keys().map(String::as_str);
        self.references.get_or_init(|| Nearest::new(ids())).find(written)
    }

    /// The material whose id is nearest to `written`.
    pub fn material(&self, written: &str) -> Option<&'a str> {
        let ids = || self.book.practice.by_id.keys().map(String::as_str);
        self.material.get_or_init(|| Nearest::new(ids())).find(written)
    }

    /// The id on `page` that is nearest to `anchor`.
    pub fn anchor(&self, page: &Page, anchor: &str) -> Option<&'a str> {
        let page = self.book.page(*self.book.by_url.get(&page.url)?);
        let of_pages = || self.book.pages.iter().map(|page| (&page.url, OnceLock::new())).collect();
        let names = self.anchors.get_or_init(of_pages).get(&page.url)?.get_or_init(|| {
            let mut anchors: Vec<&str> = page.anchors.iter().map(String::as_str).collect();
            anchors.sort_unstable();
            Nearest::new(anchors)
        });
        names.find(anchor)
    }
}

/// Paths, in their order.
pub struct Names<'a> {
    by_path: HashMap<&'a str, &'a BookPath>,
    /// By name without number, extension and case: the first of that name.
    by_stem: HashMap<String, &'a BookPath>,
    nearest: Nearest<'a>,
}

impl<'a> Names<'a> {
    fn new(paths: impl Iterator<Item = &'a BookPath> + Clone) -> Self {
        let mut by_stem = HashMap::new();
        // A folder's own page is called the same everywhere.
        for path in paths.clone().filter(|path| !path.stem().eq_ignore_ascii_case("readme")) {
            by_stem.entry(key(path.stem())).or_insert(path);
        }
        let by_path = paths.clone().map(|path| (path.as_str(), path)).collect();
        Self { by_path, by_stem, nearest: Nearest::new(paths.map(BookPath::as_str)) }
    }

    /// The first path whose last name is `name`, but for number, extension and case.
    pub fn of_name(&self, name: &str) -> Option<&'a BookPath> {
        self.by_stem.get(&key(name.rsplit_once('.').map_or(name, |(stem, _)| stem))).copied()
    }

    /// The path nearest to `path`, which is `written` in a shorter form.
    pub fn nearest(&self, path: &BookPath, written: &str) -> Option<&'a BookPath> {
        self.by_path.get(self.nearest.find_path(path.as_str(), written)?).copied()
    }
}

fn key(stem: &str) -> String {
    order::split(stem).rest.to_ascii_lowercase()
}
