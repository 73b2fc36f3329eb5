//! Links and old addresses to the folders' pages that they lead to: what nothing leads to need not be made.

use std::collections::HashSet;

use super::{Facts, redirects};
use crate::model::book::{Book, PageId};
use crate::model::parsed::RawTarget;
use crate::model::target::{Target, target};

/// The generated pages of `book` that something leads to.
pub fn led_to(facts: &Facts<'_>, book: &Book) -> HashSet<PageId> {
    let mut reached = HashSet::new();
    for (source, parsed) in facts.sources.pages.iter().zip(facts.parsed) {
        // What is only included has no page of its own; its links count from its file.
        let page = book.page(book.by_file.get(&source.path).copied().unwrap_or(book.root));
        for link in &parsed.links {
            let RawTarget::Path { path, .. } = &link.target else { continue };
            if let Target::Page(id) | Target::Published(id) =
                target(book, &facts.config.src, page, &source.path, path, link.kind)
            {
                reached.insert(id);
            }
        }
    }
    reached.extend(redirects::targets(facts).filter_map(|url| book.by_url.get(&url).copied()));
    reached.retain(|&id| book.page(id).source.is_none());
    reached
}
