//! What stands around a page: the chapters, its neighbours, the pages below it.

use super::Resolver;
use super::page::link;
use super::times::Times;
use crate::model::book::{Entry, Page, PageId};
use crate::model::url::Url;
use crate::model::view::{Child, Neighbour, PageLink};

/// How many chapters a page shows, and how many pages of its chapter. A page's size must not grow with the
/// book, and a page of a small book should not be smaller than one of a large book by much.
const CHAPTERS_SHOWN: usize = 20;
const SIBLINGS_SHOWN: usize = 8;

/// How deep the table of contents nests.
const CONTENTS_LEVELS: usize = 12;

/// All pages, as the page at `from` lists them.
pub fn book_tree(resolver: &Resolver<'_>, from: &Url) -> Vec<Child> {
    let entries = resolver.book.page(resolver.book.root).entries();
    entries.iter().map(|entry| tree(resolver, from, entry, CONTENTS_LEVELS)).collect()
}

/// At most `shown` of the pages below `above`, around `current`, and what stands among them.
fn neighbours(
    resolver: &Resolver<'_>,
    from: &Url,
    above: &Page,
    current: Option<PageId>,
    shown: usize,
) -> Vec<Neighbour> {
    let ids = &above.children;
    let at = current.and_then(|current| ids.iter().position(|&id| id == current)).unwrap_or(0);
    let start = at.saturating_sub(shown / 2).min(ids.len().saturating_sub(shown));
    let entries = above.entries_of(start..ids.len().min(start + shown));
    let mut unwritten = 0;
    let neighbours = entries.iter().filter_map(|entry| match entry {
        Entry::Page(id) => {
            let PageLink { title, href } = link(resolver, from, *id);
            let part = resolver.book.page(*id).part.clone();
            Some(Neighbour { title, href: Some(href), current: Some(*id) == current, part })
        }
        Entry::Unwritten(chapter) => {
            unwritten += 1;
            let (title, part) = (chapter.title.clone(), chapter.part.clone());
            (unwritten <= shown).then_some(Neighbour { title, href: None, current: false, part })
        }
    });
    neighbours.collect()
}

/// The place of a page among the chapters, from 1; none for one that is no chapter.
pub fn chapter_number(resolver: &Resolver<'_>, id: PageId) -> Option<usize> {
    let book = resolver.book;
    if book.page(id).parent != Some(book.root) {
        return None; // Nearly every page; the chapters need not be counted for it.
    }
    let index = book.page(book.root).children.iter().position(|&chapter| chapter == id)?;
    Some(index + 1)
}

pub fn chapters(resolver: &Resolver<'_>, from: &Url, current: Option<PageId>) -> Vec<Neighbour> {
    let book = resolver.book;
    neighbours(resolver, from, book.page(book.root), current, CHAPTERS_SHOWN)
}

/// The pages around a page in its chapter; on a chapter's own page those below it.
pub fn siblings(resolver: &Resolver<'_>, id: PageId) -> Vec<Neighbour> {
    let book = resolver.book;
    let page = book.page(id);
    let Some(parent) = page.parent else { return Vec::new() };
    let (above, current) = if parent == book.root { (page, None) } else { (book.page(parent), Some(id)) };
    neighbours(resolver, &page.url, above, current, SIBLINGS_SHOWN)
}

/// An entry of a table of contents, without what is below it.
pub fn child_entry(resolver: &Resolver<'_>, from: &Url, entry: &Entry<'_>) -> Child {
    let id = match entry {
        Entry::Page(id) => *id,
        Entry::Unwritten(chapter) => {
            let (title, part) = (chapter.title.clone(), chapter.part.clone());
            return Child { title, part, ..Child::default() };
        }
    };
    let page = resolver.book.page(id);
    let front = page.source.map(|source| &resolver.parsed[source.0 as usize].front);
    let PageLink { title, href } = link(resolver, from, id);
    Child {
        title,
        href: Some(href),
        description: front.and_then(|front| front.description.clone()),
        minutes: front.and_then(|front| front.minutes.clone()).or_else(|| Times::of(resolver, page).whole()),
        difficulty: front.and_then(|front| front.difficulty.clone()),
        part: page.part.clone(),
        chapter_number: chapter_number(resolver, id),
        children: Vec::new(),
    }
}

/// An entry with everything below it. Templates nest only so deep, so what lies deeper than `levels` is
/// listed at the last of them.
fn tree(resolver: &Resolver<'_>, from: &Url, entry: &Entry<'_>, levels: usize) -> Child {
    let mut child = child_entry(resolver, from, entry);
    for below in below(resolver, entry) {
        if levels > 1 {
            child.children.push(tree(resolver, from, &below, levels - 1));
        } else {
            flatten(resolver, from, &below, &mut child.children);
        }
    }
    child
}

fn flatten(resolver: &Resolver<'_>, from: &Url, entry: &Entry<'_>, entries: &mut Vec<Child>) {
    entries.push(child_entry(resolver, from, entry));
    for below in below(resolver, entry) {
        flatten(resolver, from, &below, entries);
    }
}

fn below<'a>(resolver: &Resolver<'a>, entry: &Entry<'_>) -> Vec<Entry<'a>> {
    match entry {
        Entry::Page(id) => resolver.book.page(*id).entries(),
        Entry::Unwritten(_) => Vec::new(),
    }
}
