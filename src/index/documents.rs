//! Which Markdown files a page is made of: its own and those it includes, with the ids that their headings
//! have on this page.

use std::collections::{BTreeMap, HashMap};

use super::Facts;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Book, Document};
use crate::model::parsed::{Parsed, referred};
use crate::model::slug::Slugger;
use crate::model::source::{Source, SourceId};

/// Fills in every page's documents and anchors.
pub fn assemble(facts: &Facts<'_>, book: &mut Book, diagnostics: &mut Vec<Diagnostic>) {
    let by_path: HashMap<&BookPath, SourceId> =
        (0_u32..).map(SourceId).zip(&facts.sources.pages).map(|(id, source)| (&source.path, id)).collect();
    for page in &mut book.pages {
        let Some(source) = page.source else { continue };
        let mut assembly = Assembly {
            facts,
            by_path: &by_path,
            slugger: Slugger::default(),
            documents: Vec::new(),
            open: Vec::new(),
            diagnostics,
        };
        assembly.add(source);
        let documents = assembly.documents;
        for document in &documents {
            let parsed = &facts.parsed[document.source.0 as usize];
            page.anchors.extend(document.heading_ids.iter().cloned());
            page.anchors.extend(parsed.anchors.iter().map(|anchor| anchor.value.clone()));
        }
        page.documents = documents;
    }
}

struct Assembly<'a> {
    facts: &'a Facts<'a>,
    by_path: &'a HashMap<&'a BookPath, SourceId>,
    slugger: Slugger,
    documents: Vec<Document>,
    /// The files being included, outermost first.
    open: Vec<SourceId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Assembly<'_> {
    /// Adds a file and all it includes; gives its number among the page's documents.
    fn add(&mut self, id: SourceId) -> usize {
        let number = self.documents.len();
        let parsed = &self.facts.parsed[id.0 as usize];
        self.documents.push(Document { source: id, heading_ids: Vec::new(), includes: BTreeMap::new() });
        self.open.push(id);
        // Ids are given in the order of the page, so an included heading that repeats one gets a number.
        let mut heading_ids = Vec::with_capacity(parsed.headings.len());
        let mut includes = parsed.included_pages().peekable();
        for heading in &parsed.headings {
            while let Some((directive, file)) =
                includes.next_if(|(directive, _)| place_of(parsed, *directive) < heading.span.start)
            {
                self.include(id, number, directive, file);
            }
            heading_ids.push(self.slugger.reserve(&heading.id));
        }
        for (directive, file) in includes {
            self.include(id, number, directive, file);
        }
        self.documents[number].heading_ids = heading_ids;
        self.open.pop();
        number
    }

    fn include(&mut self, from: SourceId, document: usize, directive: usize, file: &Spanned<String>) {
        let source: &Source = &self.facts.sources.pages[from.0 as usize];
        if file.value.is_empty() {
            return;
        }
        let place = Place::at(&source.path, file.span);
        let Some(path) = referred(&source.path, &self.facts.config.src, &file.value) else {
            self.diagnostics.push(catalog::outside_book(place, &file.value));
            return;
        };
        let Some(&included) = self.by_path.get(&path) else {
            let folder = source.path.parent();
            let names: Vec<String> = self.by_path.keys().map(|path| path.relative_to(&folder)).collect();
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            names.sort_unstable();
            self.diagnostics.push(catalog::include_missing(place, &file.value, nearest(&file.value, names)));
            return;
        };
        if self.open.contains(&included) {
            self.diagnostics.push(catalog::include_cycle(place, &file.value));
            return;
        }
        let number = self.add(included);
        self.documents[document].includes.insert(directive, number);
    }
}

/// The offset of a directive's opening line.
fn place_of(parsed: &Parsed, directive: usize) -> u32 {
    parsed.fences[parsed.directives[directive].open].span.start
}
