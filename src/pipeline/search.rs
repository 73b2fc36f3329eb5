//! The search index of a book: which pages are searched, in which order, and the files it consists of.

use std::collections::{BTreeMap, BTreeSet};

use super::{Derived, Item};
use crate::base::hash::Hasher;
use crate::base::parallel;
use crate::highlight::Highlighting;
use crate::model::output::RenderKey;
use crate::model::url::Url;
use crate::model::view::PageKind;
use crate::render::{Renderer, Templates};
use crate::resolve::Resolver;
use crate::search::{self, Digest, IndexFile, Page, Settings};

/// The pages that are searched.
pub struct Searched<'a> {
    /// In reading order, those outside of it last.
    pages: Vec<(&'a Url, &'a Item)>,
    numbers: BTreeMap<&'a Url, usize>,
}

impl<'a> Searched<'a> {
    /// Those of a book.
    #[must_use]
    pub fn of(derived: &'a Derived) -> Self {
        let Derived { book, plan, .. } = derived;
        let is_kept = |item: &Item| match item {
            Item::Page(id) => {
                let front = book.page(*id).source.map(|source| &derived.parsed[source.0 as usize].front);
                Some(*id) != book.not_found && !front.is_some_and(|front| front.search_exclude)
            }
            Item::Generated(kind) => matches!(kind, PageKind::Glossary | PageKind::References),
            _ => false,
        };
        let in_order: BTreeSet<&Url> = book.order.iter().map(|&id| &book.page(id).url).collect();
        let others = plan.items().filter(|(url, _)| !in_order.contains(url));
        let pages: Vec<(&Url, &Item)> = derived.in_order().chain(others).filter(|(_, item)| is_kept(item)).collect();
        let numbers = pages.iter().enumerate().map(|(number, (url, _))| (*url, number)).collect();
        Self { pages, numbers }
    }

    /// The number of the page at `url`, if it is searched.
    #[must_use]
    pub fn number(&self, url: &Url) -> Option<usize> {
        self.numbers.get(url).copied()
    }

    /// What the index is made of, where pages are made of `keys`: equal keys give equal files.
    #[must_use]
    pub fn key(&self, settings: &Settings, keys: &BTreeMap<&Url, RenderKey>) -> RenderKey {
        let mut hasher = Hasher::default();
        hasher.add(b"search").add(settings.language.as_bytes());
        hasher.add(&serde_json::to_vec(&settings.synonyms).expect("texts are JSON"));
        add_pages(&mut hasher, &self.pages, keys);
        RenderKey(hasher.finish())
    }

    /// All pages with their numbers.
    pub fn pages(&self) -> impl Iterator<Item = (usize, &'a Url, &'a Item)> {
        self.pages.iter().enumerate().map(|(number, &(url, item))| (number, url, item))
    }
}

/// Adds what pages are made of.
pub(super) fn add_pages(hasher: &mut Hasher, pages: &[(&Url, &Item)], keys: &BTreeMap<&Url, RenderKey>) {
    for (url, _) in pages {
        let key = keys.get(url).map_or(String::new(), |key| key.0.to_string());
        hasher.add(url.as_str().as_bytes()).add(key.as_bytes());
    }
}

/// What a page adds to the index, by its HTML.
#[must_use]
pub fn digest(page: Page<'_>, html: &[u8]) -> (Vec<IndexFile>, Digest) {
    search::digest(page, &String::from_utf8_lossy(html))
}

impl Derived {
    /// What a search knows beside the texts: the book's language, its synonyms, other names of its terms.
    #[must_use]
    pub fn search_settings(&self) -> Settings {
        let terms = self.book.practice.terms.values();
        let also = terms.filter(|term| !term.also.is_empty());
        let also = also.map(|term| [&term.term].into_iter().chain(&term.also).map(|it| it.value.clone()).collect());
        let synonyms = self.book.practice.synonyms.iter().cloned().chain(also).collect();
        Settings { language: self.config.language.value.clone(), synonyms }
    }

    /// What a page adds to the index, rendered for its words alone. Nothing where it cannot be rendered.
    #[must_use]
    pub fn digest(
        &self,
        number: usize,
        item: &Item,
        resolver: &Resolver<'_>,
        templates: &Templates,
    ) -> (Vec<IndexFile>, Digest) {
        let renderer = self.plain_renderer(templates);
        let view = self.view(resolver, item).expect("only pages are searched").0;
        let html = renderer.page(&view).unwrap_or_default();
        digest(Page { number, url: view.url.as_str(), title: &view.context.page.title }, &html)
    }

    /// The title of what is rendered.
    #[must_use]
    pub fn title(&self, item: &Item, resolver: &Resolver<'_>) -> String {
        match item {
            Item::Page(id) => self.book.page(*id).title.clone(),
            _ => self.view(resolver, item).map_or(String::new(), |(view, _)| view.context.page.title),
        }
    }

    fn plain_renderer<'a>(&'a self, templates: &'a Templates) -> Renderer<'a> {
        let mut renderer = self.renderer(templates);
        renderer.prose.highlighting = Highlighting::Off;
        renderer
    }

    /// The whole index.
    #[must_use]
    pub fn search_files(&self, templates: &Templates) -> Vec<IndexFile> {
        let searched = Searched::of(self);
        let resolver = self.resolver(&self.theme.names);
        let pages: Vec<(usize, &Url, &Item)> = searched.pages().collect();
        let digested = parallel::map(&pages, |(number, _, item)| self.digest(*number, item, &resolver, templates));
        let (texts, digests): (Vec<_>, Vec<_>) = digested.into_iter().unzip();
        let mut files = search::files(&digests, &self.search_settings());
        files.extend(texts.into_iter().flatten());
        files
    }
}
