//! What `read` found on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::hash::Hash;
use crate::base::path::BookPath;

/// The nth Markdown file of the book, in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// One text file of the book.
#[derive(Clone, Debug)]
pub struct Source {
    /// From the book's root.
    pub path: BookPath,
    /// Its text, with a byte-order mark if it has one.
    pub text: Arc<str>,
    /// The hash of its text.
    pub hash: Hash,
}

impl Source {
    /// A source with its hash.
    #[must_use]
    pub fn new(path: BookPath, text: Arc<str>) -> Self {
        let hash = Hash::of(text.as_bytes());
        Self { path, text, hash }
    }
}

/// All that lies in the source folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The Markdown files, by path.
    pub pages: Vec<Source>,
    /// mdBook's table of contents, where there is one.
    pub summary: Option<Source>,
    /// All other files, by path.
    pub files: Vec<BookPath>,
    /// Those of them that hold data, by path.
    pub data: Vec<Source>,
    /// Files outside the source folder that `book.toml` names.
    pub named: Vec<BookPath>,
    /// Files and folders that are there and cannot be read, which is reported.
    pub unreadable: Vec<BookPath>,
}

/// What pages refer to and the later stages need to have seen: texts of code files, sizes of images.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// Code files by path.
    pub texts: BTreeMap<BookPath, Source>,
    /// Code files that are there and cannot be read, which is reported.
    pub unreadable: BTreeSet<BookPath>,
    /// Width and height in CSS pixels of images by path; `None` where they cannot be found out.
    pub images: BTreeMap<BookPath, Option<(u32, u32)>>,
    /// The wanted names that stand in each searched file.
    pub names: BTreeMap<BookPath, BTreeSet<String>>,
}

/// The files whose texts and sizes later stages need.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Code files.
    pub texts: BTreeSet<BookPath>,
    /// Images.
    pub images: BTreeSet<BookPath>,
    /// Names of files to look for.
    pub names: BTreeSet<String>,
    /// The files to look for them in, also those of whole folders.
    pub searched: BTreeSet<BookPath>,
}
