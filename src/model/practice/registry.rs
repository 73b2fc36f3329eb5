//! What preparation material there is in a book, and where: the symbol table of ids, questions, terms and sources.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::data::{Reference, Term};
use super::question::{Query, Question};
use crate::base::path::BookPath;
use crate::model::book::PageId;
use crate::model::source::SourceId;

/// What preparation material there is in a book.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// Whether any page has something that the style sheet of material is for.
    pub is_used: bool,
    /// Whether anything is marked for the cram sheet.
    pub has_cram: bool,
    /// By id: what it stands for.
    pub by_id: BTreeMap<String, Home>,
    /// The files of data that are read, by path: their numbers.
    pub data: HashMap<BookPath, usize>,
    /// The questions in the order of the book: those on pages, then those in files.
    pub bank: Vec<Entry>,
    /// The terms of the glossary, by id.
    pub terms: BTreeMap<String, Term>,
    /// The words of terms, in lower case: their ids.
    pub words: HashMap<String, String>,
    /// The sources, by id.
    pub references: BTreeMap<String, Reference>,
    /// Words and phrases that mean the same to a search.
    pub synonyms: Vec<Vec<String>>,
    /// The pages that use a term or a source, by its id, in the order of the book.
    pub uses: BTreeMap<String, BTreeSet<PageId>>,
}

/// What an id stands for.
#[derive(Clone, Debug)]
pub struct Home {
    /// What it is: "drill", "story".
    pub kind: &'static str,
    /// Its title, as inline Markdown.
    pub title: String,
    /// The page that it is on.
    pub page: Option<PageId>,
    /// Where its facts are.
    pub owner: Owner,
}

/// Where the facts of material are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// On a page: the file, and the number of the material in it.
    Page(SourceId, usize),
    /// A flaw: the file, the number of its review in it, and its own number in that.
    Finding(SourceId, usize, usize),
    /// In a file of data.
    Data(usize),
    /// A question, by its number in the bank.
    Bank(usize),
}

/// A question of the bank.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The question.
    pub question: Question,
    /// The page that it is on.
    pub page: Option<PageId>,
}

impl Registry {
    /// The numbers of the questions that are wanted, in the order of the bank.
    #[must_use]
    pub fn select(&self, query: &Query) -> Vec<usize> {
        let wanted = (0..self.bank.len()).filter(|&number| query.wants(&self.bank[number].question));
        wanted.take(query.limit.unwrap_or(usize::MAX)).collect()
    }

    /// The term of that id or of those words.
    #[must_use]
    pub fn term(&self, written: &str) -> Option<&Term> {
        self.terms.get(written).or_else(|| self.terms.get(self.words.get(&written.to_lowercase())?))
    }

    /// Whether there is anything to practise.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}
