//! One Markdown file to its facts. Looks at nothing but that file, and cannot fail: what is wrong is in
//! the result.

mod front_matter;
mod links;
mod walk;

use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::Diagnostic;
use crate::markdown::walk::{Item, MarkdownOptions};
use crate::markdown::{directive, fence, walk as markdown};
use crate::model::parsed::{LinkKind, Parsed, RawLink};
use crate::model::source::Source;

pub use links::classify;

/// Reads the page in `source`.
#[must_use]
pub fn page(source: &Source, options: MarkdownOptions) -> Parsed {
    let path = &source.path;
    let text = &*source.text;
    let mut diagnostics = Vec::new();
    let (front, body) = front_matter::read(text, path, &mut diagnostics);
    let fences = fences(text, body, options);
    let directives = directive::pair(&fences, path, &mut diagnostics);
    let masked = fence::mask(text, &fences);
    let (items, found) = markdown::survey(&masked, body, &fences, options);
    let mut walker = walk::Walker::new(path, text, &fences, &directives, &mut diagnostics);
    for (item, range) in items {
        walker.step(item, range);
    }
    let facts = walker.finish(&found);
    let mut links = facts.links;
    for definition in &found.definitions {
        let span = links::target_span(text, definition.span, &definition.target);
        links.push(RawLink { kind: LinkKind::Definition, target: classify(&definition.target), span, reported: true });
    }
    for prerequisite in &front.prerequisites {
        let target = classify(&prerequisite.value);
        links.push(RawLink { kind: LinkKind::FrontMatter, target, span: prerequisite.span, reported: true });
    }
    Parsed {
        front: front.matter,
        body,
        title: facts.title,
        headings: facts.headings,
        anchors: facts.anchors,
        links,
        samples: facts.samples,
        fences,
        directives,
        diagnostics,
    }
}

/// The fence lines that the walk really meets as blocks of their own. A line of colons that it does not
/// meet stands in an indented code block or in raw HTML, and is text there.
fn fences(text: &str, body: usize, options: MarkdownOptions) -> Vec<fence::FenceLine> {
    let mut fences = fence::find(text, body);
    // Unmasking a line may change how its neighbours are read, so look again until all are met. Each
    // round drops a line, so there is an end.
    while !fences.is_empty() {
        let masked = fence::mask(text, &fences);
        let mut met = vec![false; fences.len()];
        for (item, _) in markdown::walk(&masked, body, &fences, options) {
            if let Item::Fence(index) = item {
                met[index] = true;
            }
        }
        if met.iter().all(|&met| met) {
            break;
        }
        let mut index = 0;
        fences.retain(|_| {
            index += 1;
            met[index - 1]
        });
    }
    fences
}

/// A place for a diagnostic and the file it is in.
fn at(path: &BookPath, span: Span) -> crate::diagnostic::Place {
    crate::diagnostic::Place::at(path, span)
}

/// Front matter as read, with the places that later checks need.
struct Front {
    matter: crate::model::parsed::FrontMatter,
    prerequisites: Vec<Spanned<String>>,
}

type Reports<'a> = &'a mut Vec<Diagnostic>;
