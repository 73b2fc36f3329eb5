//! One Markdown file to its facts. Looks at nothing but that file, and cannot fail: what is wrong is in
//! the result.

mod alerts;
mod code;
mod data;
mod front_matter;
mod headings;
mod ids;
mod links;
mod lint;
mod mdbook;
mod opening;
mod paragraphs;
mod practice;
mod raw;
mod references;
mod sample;
mod walk;

use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::Diagnostic;
use crate::markdown::walk::{Item, MarkdownOptions};
use crate::markdown::{fence, pairing, walk as markdown};
use crate::model::parsed::{LinkKind, Parsed, RawLink};
use crate::model::source::Source;

pub use code::{Line, written};
pub use data::file as data;
pub use links::classify;
pub use lint::{Lints, code_file, masked};

/// Reads the page in `source`.
#[must_use]
pub fn page(source: &Source, options: MarkdownOptions, lints: &Lints) -> Parsed {
    let path = &source.path;
    let text = &*source.text;
    let mut diagnostics = Vec::new();
    let (front, body) = front_matter::read(text, path, &mut diagnostics);
    let fences = fences(text, body, options);
    let directives = pairing::pair(&fences, text, path, &mut diagnostics);
    let masked = fence::mask(text, &fences);
    let (items, found) = markdown::survey(&masked, body, &fences, options);
    let used = references::check(&masked, body, &items, &found.definitions, path, &mut diagnostics);
    let paragraphs = if lints.paragraphs { paragraphs::long(&items) } else { Vec::new() };
    let words = paragraphs::words(&items);
    let opens_with_heading = opening::is_heading(&items);
    let inlines = practice::inline::read(path, text, &found.marks, &mut diagnostics);
    let practice = practice::read(path, text, &items, &directives, &lints.practice, &mut diagnostics);
    let mut linter = lint::Linter::new(path, text, lints);
    let mut walker = walk::Walker::new(path, text, options, &fences, &directives, &mut diagnostics);
    for (item, range) in items {
        linter.step(&item, &range);
        walker.step(item, range);
    }
    let facts = walker.finish(&found);
    let titles = directives.iter().filter_map(|directive| Some(directive.title.as_ref()?.span));
    let html_headings = linter.finish(front.prose.iter().copied().chain(titles), &mut diagnostics);
    let mut links = facts.links;
    // A definition that no link uses leads nobody anywhere, wherever it leads.
    for (definition, reported) in found.definitions.iter().zip(used) {
        let span = links::target_span(text, definition.span, &definition.target);
        links.push(RawLink { kind: LinkKind::Definition, target: classify(&definition.target), span, reported });
    }
    for prerequisite in &front.prerequisites {
        let target = classify(&prerequisite.value);
        links.push(RawLink { kind: LinkKind::FrontMatter, target, span: prerequisite.span, reported: true });
    }
    Parsed {
        front: front.matter,
        body,
        title: facts.title,
        opens_with_heading,
        headings: facts.headings,
        html_headings,
        anchors: facts.anchors,
        links,
        samples: facts.samples,
        fences,
        directives,
        practice: practice.materials,
        layout: practice.layout,
        inlines,
        words,
        paragraphs,
        mentions: facts.mentions,
        diagnostics,
    }
}

/// The fence lines that the walk really meets as blocks of their own. A line of colons that it does not
/// meet stands in an indented code block or in raw HTML, and is text there.
fn fences(text: &str, body: usize, options: MarkdownOptions) -> Vec<fence::FenceLine> {
    let mut fences = fence::find(text, body);
    // Unmasking a line may change how its neighbours are read, so look again until all are met. Each
    // round drops a line, so there is an end.
    for round in 0.. {
        if fences.is_empty() {
            break;
        }
        let masked = fence::mask(text, &fences);
        let mut met = vec![false; fences.len()];
        for (item, _) in markdown::walk(&masked, body, &fences, options) {
            if let Item::Fence(index) = item {
                met[index] = true;
            }
        }
        let Some(first) = met.iter().position(|&met| !met) else { break };
        // A page that takes so many rounds is broken from there on: each line of a processing instruction
        // that never ends may take its own. What stands before a line does not depend on it, so this is the last.
        if round == ROUNDS {
            fences.truncate(first);
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

/// How often a page is walked to find its fence lines.
const ROUNDS: usize = 16;

/// A place for a diagnostic and the file it is in.
fn at(path: &BookPath, span: Span) -> crate::diagnostic::Place {
    crate::diagnostic::Place::at(path, span)
}

/// Front matter as read, with the places that later checks need.
struct Front {
    matter: crate::model::parsed::FrontMatter,
    prerequisites: Vec<Spanned<String>>,
    /// Where it says something in words.
    prose: Vec<Span>,
}

type Reports<'a> = &'a mut Vec<Diagnostic>;

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn source(text: &str) -> Source {
        Source::new(BookPath::new("a.md").expect("a plain name"), text.into())
    }

    /// The codes of what is reported in a page, each with the part of the text it is about.
    pub fn reported(text: &str) -> Vec<(&'static str, String)> {
        let parsed = page(&source(text), MarkdownOptions::default(), &Lints::default());
        let reports = parsed.diagnostics.into_iter().filter(|report| report.code.name() != "html/raw");
        let part = |span: Option<Span>| span.expect("a part of the page").slice(text).to_owned();
        reports.map(|report| (report.code.name(), part(report.place.span))).collect()
    }
}
