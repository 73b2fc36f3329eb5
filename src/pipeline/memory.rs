//! What one derivation leaves for the next. It can make nothing stale: a file is known by how it looks, what a file
//! says by its text, and whoever keeps a memory says when the theme is to be read again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::error;
use crate::base::files::Reader;
use crate::base::hash::Hash;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::config::{Config, PracticeRules};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::walk::MarkdownOptions;
use crate::model::parsed::Parsed;
use crate::model::practice::data::{DataKind, ParsedData};
use crate::model::source::Source;
use crate::parse::{self, Lints};
use crate::read::{self, Dates};
use crate::theme::{self, Theme};

/// What is kept. The default keeps nothing.
#[derive(Default)]
pub struct Memory {
    /// Files as they were read.
    pub read: read::Memory,
    /// When they were changed last, or why that is not known.
    dates: Option<Result<Arc<Dates>, String>>,
    lasts: bool,
    /// The theme with its name and the language that it speaks.
    theme: Option<([String; 2], Arc<Theme>, Vec<Diagnostic>)>,
    /// What each file says, and how it was read.
    parsed: HashMap<BookPath, (Hash, Arc<Parsed>)>,
    reading: Option<(MarkdownOptions, Lints)>,
    /// What each file of data says.
    data: HashMap<BookPath, (Hash, Arc<ParsedData>)>,
}

impl Memory {
    /// One that lasts; `reader` says how files are read.
    #[must_use]
    pub fn lasting(reader: Reader) -> Self {
        Self { read: read::Memory::lasting(reader), lasts: true, ..Self::default() }
    }

    /// Says that the theme may have changed.
    pub fn forget_theme(&mut self) {
        self.theme = None;
    }

    /// The facts of a file that has just been read, as those of all the others were found.
    #[must_use]
    pub fn parse(&mut self, source: &Source) -> Option<Arc<Parsed>> {
        let (markdown, lints) = self.reading.as_ref()?;
        let parsed = Arc::new(parse::page(source, *markdown, lints));
        self.parsed.insert(source.path.clone(), (source.hash, parsed.clone()));
        Some(parsed)
    }

    pub(super) fn theme(&mut self, root: &Path, config: &Config) -> error::Result<(Arc<Theme>, Vec<Diagnostic>)> {
        let wanted = [config.theme.clone(), config.language.value.clone()];
        if let Some((_, theme, reports)) = self.theme.as_ref().filter(|(known, ..)| *known == wanted) {
            return Ok((theme.clone(), reports.clone()));
        }
        let (theme, reports) = theme::load(root, config, self.read.reader)?;
        let theme = Arc::new(theme);
        if self.lasts {
            self.theme = Some((wanted, theme.clone(), reports.clone()));
        }
        Ok((theme, reports))
    }

    /// When the files of the book were changed last, if it shows that; as of the first time that it was asked for.
    pub(super) fn dates(&mut self, root: &Path, config: &Config) -> (Arc<Dates>, Option<Diagnostic>) {
        let Some(span) = config.last_updated else { return Default::default() };
        let dates = self.dates.take().unwrap_or_else(|| read::dates(root, &config.src).map(Arc::new));
        if self.lasts {
            self.dates = Some(dates.clone());
        }
        match dates {
            Ok(dates) => (dates, None),
            Err(why) => (Arc::default(), Some(catalog::no_history(Place::at(&Config::path(), span), &why))),
        }
    }

    pub(super) fn parsed(&mut self, pages: &[Source], markdown: MarkdownOptions, lints: Lints) -> Vec<Arc<Parsed>> {
        let reading = (markdown, lints);
        if self.reading.as_ref() != Some(&reading) {
            self.parsed.clear();
            self.data.clear();
        }
        let (markdown, lints) = &reading;
        let known = &self.parsed;
        let parsed = parallel::map(pages, |source| match known.get(&source.path) {
            Some((hash, parsed)) if *hash == source.hash => parsed.clone(),
            _ => Arc::new(parse::page(source, *markdown, lints)),
        });
        if self.lasts {
            let facts = pages.iter().zip(&parsed);
            self.parsed = facts.map(|(source, parsed)| (source.path.clone(), (source.hash, parsed.clone()))).collect();
            self.reading = Some(reading);
        }
        parsed
    }

    /// What files of data say; to be asked after the pages.
    pub(super) fn data(&mut self, files: &[Source], rules: &PracticeRules) -> Vec<Arc<ParsedData>> {
        let known = &self.data;
        let data = parallel::map(files, |source| match known.get(&source.path) {
            Some((hash, data)) if *hash == source.hash => data.clone(),
            _ => {
                let kind = DataKind::of(&source.path).expect("files of data are known by their names");
                Arc::new(parse::data(source, kind, rules))
            }
        });
        if self.lasts {
            let facts = files.iter().zip(&data);
            self.data = facts.map(|(source, data)| (source.path.clone(), (source.hash, data.clone()))).collect();
        }
        data
    }
}
