//! What one reading of the book leaves for the next: a file that looks as it did is not read again.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::files::{self, Look, Reader};
use crate::base::path::BookPath;
use crate::model::source::{References, Source, Sources};

/// Width and height in CSS pixels, where they can be found out.
pub type Size = Option<(u32, u32)>;

/// How the files of a book are read. The default remembers nothing.
#[derive(Default)]
pub struct Memory {
    /// How each file is read.
    pub reader: Reader,
    lasts: bool,
    sources: Shelf<Source>,
    sizes: Shelf<Size>,
    /// Files that a program is still writing: they stay as they were.
    unfinished: HashSet<BookPath>,
}

/// Values by path, with how the file looked and whether a change since would show.
type Shelf<T> = Mutex<HashMap<BookPath, (Look, bool, T)>>;

/// How a file looked before it was read, if that is worth remembering.
#[derive(Clone, Copy)]
pub(super) struct Glance(Option<(Look, bool)>);

impl Memory {
    /// One that remembers.
    #[must_use]
    pub fn lasting(reader: Reader) -> Self {
        Self { reader, lasts: true, ..Self::default() }
    }

    /// Says which files are still being written.
    pub fn set_unfinished(&mut self, paths: HashSet<BookPath>) {
        self.unfinished = paths;
    }

    /// Forgets a file, which is then read whatever it looks like.
    pub fn forget(&self, path: &BookPath) {
        lock(&self.sources).remove(path);
        lock(&self.sizes).remove(path);
    }

    /// Forgets what is no part of the book any more.
    pub fn keep_only(&self, sources: &Sources, references: &References) {
        let is_page = |path: &BookPath| sources.pages.binary_search_by(|source| source.path.cmp(path)).is_ok();
        let is_summary = |path: &BookPath| sources.summary.as_ref().is_some_and(|summary| summary.path == *path);
        let is_data = |path: &BookPath| sources.data.iter().any(|source| source.path == *path);
        lock(&self.sources).retain(|path, _| {
            is_page(path) || is_data(path) || is_summary(path) || references.texts.contains_key(path)
        });
        lock(&self.sizes).retain(|path, _| references.images.contains_key(path));
    }

    pub(super) fn glance(&self, target: &Path) -> Glance {
        Glance(if self.lasts { files::look(target) } else { None })
    }

    pub(super) fn source(&self, path: &BookPath, glance: Glance) -> Option<Source> {
        self.known(&self.sources, path, glance)
    }

    pub(super) fn keep_source(&self, glance: Glance, source: &Source) {
        keep(&self.sources, &source.path, glance, source.clone());
    }

    pub(super) fn size(&self, path: &BookPath, glance: Glance) -> Option<Size> {
        self.known(&self.sizes, path, glance)
    }

    pub(super) fn keep_size(&self, path: &BookPath, glance: Glance, size: Size) {
        keep(&self.sizes, path, glance, size);
    }

    fn known<T: Clone>(&self, shelf: &Shelf<T>, path: &BookPath, glance: Glance) -> Option<T> {
        let (look, is_settled) = glance.0?;
        let shelf = lock(shelf);
        let (known, is_sure, value) = shelf.get(path)?;
        // Who is told when a program has finished does not look at what was changed a moment ago: it may be half
        // written, and will be told of.
        let is_waited_for = self.unfinished.contains(path) || (!is_settled && self.reader.is_at_once());
        (is_waited_for || (*is_sure && *known == look)).then(|| value.clone())
    }
}

fn keep<T>(shelf: &Shelf<T>, path: &BookPath, glance: Glance, value: T) {
    // What was changed a moment ago may change again without looking different.
    if let Some((look, is_sure)) = glance.0 {
        lock(shelf).insert(path.clone(), (look, is_sure, value));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
