//! One page and the book to its view: links, code and neighbours filled in. Looks at one page at a time.

mod around;
mod code;
mod contents;
mod epub;
mod headings;
mod lines;
mod links;
mod near;
mod outline;
mod page;
mod pictures;
mod practice;
mod print;
mod times;
mod title;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::path::BookPath;
use crate::config::{Config, NamedPath};
use crate::diagnostic::Diagnostic;
use crate::model::book::{Book, PageId};
use crate::model::output::{AssetNames, Picture};
use crate::model::parsed::{Parsed, Sample};
use crate::model::practice::data::ParsedData;
use crate::model::source::{References, Sources};
use crate::model::strings::Strings;
use crate::model::url::Url;
use crate::model::view::{PageKind, PageView};
use crate::print::{Binding, Sheet};

pub use code::Taken;
pub use epub::address as epub_address;
pub use lines::FileLines;
pub use near::Near;
pub use page::SEARCH;
pub use practice::{GLOSSARY, PRACTICE, REFERENCES, WORKSHOP, has_prompts};
pub use print::sheets;

pub use contents::{ContentsFile, ROOT as CONTENTS_ROOT, files as contents_files};

/// What every page is resolved against.
pub struct Resolver<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// What was read.
    pub sources: &'a Sources,
    /// What each Markdown file says.
    pub parsed: &'a [Arc<Parsed>],
    /// What files of data say.
    pub data: &'a [Arc<ParsedData>],
    /// What pages refer to.
    pub references: &'a References,
    /// When files were changed last.
    pub dates: &'a BTreeMap<BookPath, String>,
    /// The symbol table.
    pub book: &'a Book,
    /// The theme's files.
    pub assets: &'a AssetNames,
    /// The words of the interface.
    pub strings: &'a Strings,
    /// What is nearest to names that do not exist.
    pub near: Near<'a>,
    /// The lines of source files.
    pub lines: FileLines<'a>,
}

impl<'a> Resolver<'a> {
    /// The page that `written` would name, were it counted from the source folder or from the book's.
    fn page_of_root(&self, written: &str) -> Option<&'a BookPath> {
        let book = self.book;
        let page = |path: BookPath| {
            let file = || book.by_file.get_key_value(&path).map(|(path, _)| path);
            let folder = || book.by_folder.get(&path).map(|id| &book.page(*id).path);
            file().or_else(folder)
        };
        self.of_root(written).find_map(page)
    }

    /// The same for any other file.
    fn file_of_root(&self, written: &str) -> Option<&'a BookPath> {
        let book = self.book;
        self.of_root(written).find_map(|path| book.files.get_key_value(&path).map(|(path, _)| path))
    }

    /// The file that was meant by `written`, which is none at `path`: one counted from elsewhere, of that name in another
    /// folder, or spelt alike.
    fn near_file(&self, path: &BookPath, written: &str) -> Option<&'a BookPath> {
        let files = self.near.files();
        let of_name = || files.of_name(path.name()).filter(|near| near.name().eq_ignore_ascii_case(path.name()));
        self.file_of_root(written).or_else(of_name).or_else(|| files.nearest(path, written))
    }

    fn of_root(&self, written: &str) -> impl Iterator<Item = BookPath> + use<> {
        [self.config.src.join(written), BookPath::new(written)].into_iter().flatten()
    }
}

impl Resolver<'_> {
    /// The view of a page, and what is wrong with what it refers to.
    #[must_use]
    pub fn page(&self, id: PageId) -> (PageView, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let view = page::page(self, id, &mut diagnostics);
        headings::check(self, self.book.page(id), &mut diagnostics);
        (view, diagnostics)
    }

    /// The view of a source file's own page.
    #[must_use]
    pub fn listing(&self, path: &BookPath) -> PageView {
        page::listing(self, path)
    }

    /// The view of the table of contents.
    #[must_use]
    pub fn contents(&self) -> PageView {
        page::contents(self)
    }

    /// The address of a file that `book.toml` names.
    #[must_use]
    pub fn published(&self, named: &NamedPath) -> Option<&Url> {
        pictures::published(self, named).map(|(_, url)| url)
    }

    /// The view of the page for addresses that do not exist, where the book has none of its own.
    #[must_use]
    pub fn not_found(&self) -> PageView {
        page::not_found(self)
    }

    /// The view of a page that no file stands for.
    #[must_use]
    pub fn generated(&self, kind: PageKind) -> PageView {
        page::generated(self, kind)
    }

    /// The view of a page to print, which is `binding`'s.
    #[must_use]
    pub fn sheet(&self, sheet: &Sheet, binding: &Binding<'_>) -> PageView {
        print::page(self, sheet, binding)
    }

    /// Mistakes in files of data that only the book can tell.
    #[must_use]
    pub fn check_data(&self) -> Vec<Diagnostic> {
        practice::data::check(self)
    }

    /// The code that a block of the file at `file` takes from another file; `None` where it takes none, or cannot, which
    /// is reported.
    pub fn taken(&self, file: &BookPath, sample: &Sample, reports: &mut Vec<Diagnostic>) -> Option<Taken<'_>> {
        code::taken(self, file, sample, reports)
    }

    /// The icons of the installed book; none where it cannot be installed.
    #[must_use]
    pub fn icons(&self) -> Vec<Picture> {
        pictures::icons(self)
    }

    /// Mistakes in paths that `book.toml` names.
    #[must_use]
    pub fn check_config(&self) -> Vec<Diagnostic> {
        page::check_config(self)
    }
}
