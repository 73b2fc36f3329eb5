//! How long a page takes, by its words and its preparation material.

use super::Resolver;
use crate::model::book::Page;
use crate::model::practice::time::Minutes;

/// How fast prose is read, and from how many words on it is worth a number.
const WORDS_A_MINUTE: usize = 220;
const FEW_WORDS: usize = 100;

/// How long a page takes.
pub struct Times {
    /// Minutes to read its prose; none for a page of a few words.
    pub reading: Option<usize>,
    /// Minutes to practise what is on it.
    pub practice: Option<Minutes>,
}

impl Times {
    /// Of a page, by what its files say.
    pub fn of(resolver: &Resolver<'_>, page: &Page) -> Self {
        let parsed = || page.documents.iter().map(|document| &resolver.parsed[document.source.0 as usize]);
        let words: usize = parsed().map(|parsed| parsed.words).sum();
        let reading = (words >= FEW_WORDS).then(|| words.div_ceil(WORDS_A_MINUTE));
        let practice = parsed().flat_map(|parsed| &parsed.practice).filter_map(|material| material.content.minutes());
        Self { reading, practice: practice.reduce(Minutes::and) }
    }

    /// Both together.
    pub fn whole(&self) -> Option<String> {
        let reading = self.reading.map(|minutes| Minutes::exactly(u32::try_from(minutes).unwrap_or(u32::MAX)));
        reading.into_iter().chain(self.practice).reduce(Minutes::and).map(|minutes| minutes.to_string())
    }
}
