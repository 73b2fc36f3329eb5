//! What one reading of the book leaves for the next: a file that looks as it did is not read again.

use std::collections::HashMap;
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
    sources: Mutex<HashMap<BookPath, (Look, Source)>>,
    sizes: Mutex<HashMap<BookPath, (Look, Size)>>,
}

/// How a file looked before it was read, if that is worth remembering.
#[derive(Clone, Copy)]
pub(super) struct Glance(Option<(Look, bool)>);

impl Memory {
    /// One that remembers.
    #[must_use]
    pub fn lasting(reader: Reader) -> Self {
        Self { reader, lasts: true, ..Self::default() }
    }

    /// Forgets a file.
    pub fn forget(&self, path: &BookPath) {
        lock(&self.sources).remove(path);
        lock(&self.sizes).remove(path);
    }

    /// Forgets what is no part of the book any more.
    pub fn keep_only(&self, sources: &Sources, references: &References) {
        let is_page = |path: &BookPath| sources.pages.binary_search_by(|source| source.path.cmp(path)).is_ok();
        let is_summary = |path: &BookPath| sources.summary.as_ref().is_some_and(|summary| summary.path == *path);
        lock(&self.sources).retain(|path, _| is_page(path) || is_summary(path) || references.texts.contains_key(path));
        lock(&self.sizes).retain(|path, _| references.images.contains_key(path));
    }

    pub(super) fn glance(&self, target: &Path) -> Glance {
        Glance(if self.lasts { files::look(target) } else { None })
    }

    pub(super) fn source(&self, path: &BookPath, glance: Glance) -> Option<Source> {
        known(&self.sources, path, glance)
    }

    pub(super) fn keep_source(&self, glance: Glance, source: &Source) {
        keep(&self.sources, &source.path, glance, source.clone());
    }

    pub(super) fn size(&self, path: &BookPath, glance: Glance) -> Option<Size> {
        known(&self.sizes, path, glance)
    }

    pub(super) fn keep_size(&self, path: &BookPath, glance: Glance, size: Size) {
        keep(&self.sizes, path, glance, size);
    }
}

fn known<T: Clone>(shelf: &Mutex<HashMap<BookPath, (Look, T)>>, path: &BookPath, glance: Glance) -> Option<T> {
    let (look, _) = glance.0?;
    lock(shelf).get(path).filter(|(known, _)| *known == look).map(|(_, value)| value.clone())
}

fn keep<T>(shelf: &Mutex<HashMap<BookPath, (Look, T)>>, path: &BookPath, glance: Glance, value: T) {
    // What was changed a moment ago may change again without looking different.
    match glance.0 {
        Some((look, true)) => lock(shelf).insert(path.clone(), (look, value)),
        _ => lock(shelf).remove(path),
    };
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
