//! The links of all pages to what leads to each: pages that mention it, but for those around it, which lead there anyway.

use std::collections::BTreeSet;

use super::Facts;
use crate::model::book::{Book, PageId};
use crate::model::parsed::{LinkKind, RawTarget};
use crate::model::target::{Target, target};

/// Notes on each page which pages lead to it.
pub fn collect(facts: &Facts<'_>, book: &mut Book) {
    let mut found: Vec<(PageId, PageId)> = Vec::new();
    for &from in &book.order {
        let page = book.page(from);
        let mut around: BTreeSet<PageId> =
            book.ancestors(from).into_iter().chain(page.children.iter().copied()).collect();
        around.extend([Some(from), page.previous, page.next].into_iter().flatten());
        for document in &page.documents {
            let source = document.source.0 as usize;
            let file = &facts.sources.pages[source].path;
            let links = facts.parsed[source].links.iter();
            for link in links.filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::HtmlLink)) {
                let RawTarget::Path { path, .. } = &link.target else { continue };
                let named = target(book, &facts.config.src, page, file, path, link.kind);
                let (Target::Page(to) | Target::Published(to)) = named else { continue };
                if around.insert(to) {
                    found.push((to, from));
                }
            }
        }
    }
    for (to, from) in found {
        // A page with lists of all others mentions none of them.
        if from != book.root {
            book.pages[to.index()].linked_from.push(from);
        }
    }
}
