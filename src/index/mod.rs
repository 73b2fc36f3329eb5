//! The facts of all pages to the book's symbol table. The only stage that sees everything, and it sees
//! only facts. Rebuilt from nothing every time.

mod addresses;
mod backlinks;
mod documents;
mod files;
mod folders;
mod hygiene;
mod practice;
mod redirects;
mod summary;
mod tree;

use std::sync::Arc;

use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::book::Book;
use crate::model::parsed::Parsed;
use crate::model::practice::data::ParsedData;
use crate::model::source::{References, Source, Sources};
use crate::model::url::Url;

pub use files::wanted;
pub use redirects::check_targets;

/// What to build.
#[derive(Clone, Copy, Debug, Default)]
pub struct IndexOptions {
    /// Whether drafts are published.
    pub drafts: bool,
}

/// All that is known when the book is put together; `parsed` goes with `sources.pages`.
pub struct Facts<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// What was read.
    pub sources: &'a Sources,
    /// What each page says.
    pub parsed: &'a [Arc<Parsed>],
    /// What files of data say; they go with `sources.data`, and there are none in a book that practises nothing.
    pub data: &'a [Arc<ParsedData>],
    /// What pages refer to.
    pub references: &'a References,
    /// What to build.
    pub options: IndexOptions,
}

/// What the home page of a book calls itself: the title of a book that nothing else names.
#[must_use]
pub fn home_title(config: &Config, sources: &Sources, parsed: &[Arc<Parsed>], options: IndexOptions) -> Option<String> {
    let written = |(_, parsed): &(&Source, &Arc<Parsed>)| !parsed.front.draft || options.drafts;
    let pages = || sources.pages.iter().zip(parsed).filter(written);
    let named = pages().find(|(source, _)| tree::page_url(&source.path, &config.src) == (Url::new("index.html"), true));
    let first = || {
        let page = |path: BookPath| {
            let index = sources.pages.binary_search_by(|source| source.path.cmp(&path)).ok()?;
            Some((&sources.pages[index], &parsed[index])).filter(written)
        };
        summary::targets(config, sources).into_iter().find_map(page)
    };
    let (_, parsed) = named.or_else(first)?;
    parsed.front.title.clone().or_else(|| parsed.title.clone())
}

/// Puts the book together.
#[must_use]
pub fn book(facts: &Facts<'_>) -> (Book, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut book = tree::build(facts, &mut diagnostics);
    summary::apply(facts, &mut book, &mut diagnostics);
    tree::set_reading_order(&mut book);
    documents::assemble(facts, &mut book, &mut diagnostics);
    files::publish(facts, &mut book);
    practice::register(facts, &mut book, &mut diagnostics);
    backlinks::collect(facts, &mut book);
    redirects::collect(facts, &mut book, &mut diagnostics);
    book.unpublished = addresses::check(&book, &mut diagnostics);
    hygiene::check(facts, &book, &mut diagnostics);
    (book, diagnostics)
}
