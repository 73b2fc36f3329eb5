//! What a run found and did, ready to be printed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Derived, Timings};
use crate::base::files::Reader;
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::{Code, Counts, Diagnostic, Diagnostics};
use crate::emit::Emitted;
use crate::parse;

/// What a run found and did.
pub struct Report {
    /// What is wrong, sorted, with the book's levels applied.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics are about, without the secrets that are reported in them: what is
    /// printed may be a public log.
    pub texts: BTreeMap<BookPath, Arc<str>>,
    /// How many pages the book has.
    pub pages: usize,
    /// The folder of the site.
    pub output: PathBuf,
    /// What was done to it; `None` when nothing was published.
    pub emitted: Option<Emitted>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Report {
    /// Errors, warnings and notes.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.diagnostics)
    }
}

impl Derived {
    /// The report of a run that has `found` all this.
    #[must_use]
    pub fn report(&self, found: Diagnostics, emitted: Option<Emitted>) -> Report {
        let config = &self.config;
        let mut diagnostics = found.settled(|code| config.level(code));
        let mut texts: BTreeMap<BookPath, Arc<str>> = BTreeMap::new();
        let named: BTreeSet<&BookPath> = diagnostics
            .iter()
            .flat_map(|diagnostic| diagnostic.notes.iter().map(|note| &note.place.path).chain([&diagnostic.place.path]))
            .collect();
        for path in named {
            if let Some(text) = self.text(path) {
                texts.insert(path.clone(), text);
            }
        }
        let leaky = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::SecretLiveLooking);
        let leaky: BTreeSet<BookPath> = leaky.map(|diagnostic| diagnostic.place.path.clone()).collect();
        for path in &leaky {
            texts.entry(path.clone()).and_modify(|text| *text = parse::masked(text).into());
        }
        // A message may repeat what is written there, such as the name of a page that is missing.
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| leaky.contains(&diagnostic.place.path)) {
            diagnostic.message = parse::masked(&diagnostic.message);
        }
        let timings = self.timings.clone();
        Report { texts, pages: self.book.pages.len(), output: self.output.clone(), emitted, timings, diagnostics }
    }

    /// The text of a file that a diagnostic is about, as far as it was read.
    #[must_use]
    pub fn text(&self, path: &BookPath) -> Option<Arc<str>> {
        let pages = &self.sources.pages;
        if let Ok(index) = pages.binary_search_by(|source| source.path.cmp(path)) {
            return Some(pages[index].text.clone());
        }
        if let Some(source) = self.sources.summary.iter().find(|source| source.path == *path) {
            return Some(source.text.clone());
        }
        if let Some(source) = self.sources.data.iter().find(|source| source.path == *path) {
            return Some(source.text.clone());
        }
        if let Some(source) = self.references.texts.get(path) {
            return Some(source.text.clone());
        }
        if let Some(below) = path.below(&self.theme.folder) {
            let template = below.strip_prefix("templates/").and_then(|name| self.theme.templates.get(name));
            if let Some(text) = template {
                return Some(text.as_str().into());
            }
        }
        let is_style = || self.config.paths_of(self.config.additional_css.iter()).any(|style| style == *path);
        let known = *path == Config::path() || path.is_within(&self.theme.folder) || is_style();
        known.then(|| Reader::AT_ONCE.read_text(&path.to_os(&self.root)).ok()).flatten().map(Into::into)
    }
}
