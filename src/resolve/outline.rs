//! The headings of a page to its own contents.

use super::{Resolver, title};
use crate::model::book::Page;
use crate::model::view::OutlineEntry;

/// The headings of level 2 and 3 of all documents of a page, in the order of the page; not the one that is
/// its title.
pub fn outline(resolver: &Resolver<'_>, page: &Page) -> Vec<OutlineEntry> {
    let mut entries: Vec<OutlineEntry> = Vec::new();
    collect(resolver, page, 0, &mut entries);
    entries
}

fn collect(resolver: &Resolver<'_>, page: &Page, number: usize, entries: &mut Vec<OutlineEntry>) {
    let Some(document) = page.documents.get(number) else { return };
    let parsed = &resolver.parsed[document.source.0 as usize];
    let place = |directive: usize| parsed.fences[parsed.directives[directive].open].span.start;
    let mut includes = document.includes.iter().peekable();
    let headings = parsed.headings.iter().zip(&document.heading_ids);
    let shown_as_title = number == 0 && title::is_given_by(resolver, parsed, &page.title);
    for (heading, id) in headings.skip(usize::from(shown_as_title)) {
        while let Some((_, &included)) = includes.next_if(|(directive, _)| place(**directive) < heading.span.start) {
            collect(resolver, page, included, entries);
        }
        let entry =
            OutlineEntry { level: heading.level, id: id.clone(), text: heading.text.clone(), children: Vec::new() };
        match (heading.level, entries.last_mut()) {
            (3, Some(above)) if above.level == 2 => above.children.push(entry),
            (2 | 3, _) => entries.push(entry),
            _ => {}
        }
    }
    for (_, &included) in includes {
        collect(resolver, page, included, entries);
    }
}
