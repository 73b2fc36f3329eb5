//! A book as it would be if its files had other names and other texts, put together without touching the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Checked, Clock, Derived, Memory, Read, assemble};
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::practice::data::DataKind;
use crate::model::source::{References, Source, Sources};
use crate::read;

/// What is different about a book.
pub struct Difference<'a> {
    /// The path that each file has.
    pub path: &'a dyn Fn(&BookPath) -> BookPath,
    /// The texts that are different, by the paths that the files had.
    pub texts: &'a BTreeMap<BookPath, Arc<str>>,
    /// The configuration.
    pub config: Config,
}

impl Derived {
    /// The book as it would be; drafts are published in it. What is wrong with its folders and its theme is not said again.
    #[must_use]
    pub fn different(&self, difference: Difference<'_>, memory: &mut Memory) -> Self {
        let Difference { path, texts, config } = difference;
        let source = |source: &Source| match texts.get(&source.path) {
            Some(text) => Source::new(path(&source.path), text.clone()),
            None => Source { path: path(&source.path), ..source.clone() },
        };
        let paths = |paths: &[BookPath]| {
            let mut paths: Vec<BookPath> = paths.iter().map(path).collect();
            paths.sort();
            paths
        };
        let mut sources = Sources {
            pages: self.sources.pages.iter().map(source).collect(),
            summary: self.sources.summary.as_ref().map(source),
            files: paths(&self.sources.files),
            data: Vec::new(),
            named: paths(&self.sources.named),
            unreadable: paths(&self.sources.unreadable),
        };
        sources.pages.sort_by(|left, right| left.path.cmp(&right.path));
        // A file may hold data by its new name only.
        for file in self.sources.files.iter().filter(|file| DataKind::of(&path(file)).is_some()) {
            let known = self.sources.data.iter().find(|source| source.path == *file).cloned();
            let read = known.or_else(|| read::text(&self.root, file, &memory.read).ok());
            sources.data.extend(read.as_ref().map(source));
        }
        sources.data.sort_by(|left, right| left.path.cmp(&right.path));
        let mut found = Diagnostics::default();
        let all = sources.pages.iter().map(|source| &source.path).chain(&sources.files).cloned();
        found.extend(read::check_names(&all.collect::<Vec<_>>()));
        let old = &self.references;
        let references = References {
            texts: old.texts.values().map(source).map(|source| (source.path.clone(), source)).collect(),
            unreadable: old.unreadable.iter().map(path).collect(),
            images: old.images.iter().map(|(image, size)| (path(image), *size)).collect(),
            names: old.names.iter().map(|(file, names)| (path(file), names.clone())).collect(),
        };
        let read = Read {
            root: self.root.clone(),
            config,
            output: self.output.clone(),
            theme: self.theme.clone(),
            sources,
            dates: self.dates.clone(),
            found,
            clock: Clock::new(),
        };
        assemble(read, true, memory, |_, _, _, _| (references, Vec::new()))
    }

    /// What is wrong with the book, as far as it can be told without looking at the disk and trying the theme.
    #[must_use]
    pub fn problems(&self) -> Diagnostics {
        let resolver = self.resolver(&self.theme.names);
        let mut found = self.found_so_far();
        found.extend(Checked::all(self, &Progress::default()).pages.into_iter().flatten());
        found.extend(resolver.check_config());
        found.extend(resolver.check_data());
        found
    }
}
