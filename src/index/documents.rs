//! Which Markdown files a page is made of: its own and those it includes, with the ids that their headings
//! have on this page.

use std::collections::{BTreeMap, HashMap};

use super::Facts;
use crate::base::nearest::Nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Book, Document, MAX_INCLUDE_DEPTH, MAX_INCLUDED, MAX_TAKEN_IN};
use crate::model::parsed::{Parsed, referred};
use crate::model::slug::Slugger;
use crate::model::source::{Source, SourceId};

/// Fills in every page's documents and anchors.
pub fn assemble(facts: &Facts<'_>, book: &mut Book, diagnostics: &mut Vec<Diagnostic>) {
    let by_path: HashMap<&BookPath, SourceId> =
        (0_u32..).map(SourceId).zip(&facts.sources.pages).map(|(id, source)| (&source.path, id)).collect();
    let names = Nearest::new(facts.sources.pages.iter().map(|source| source.path.as_str()));
    for page in &mut book.pages {
        let Some(source) = page.source else { continue };
        let mut assembly = Assembly {
            facts,
            by_path: &by_path,
            names: &names,
            slugger: Slugger::default(),
            documents: Vec::new(),
            open: Vec::new(),
            included: 0,
            is_full: false,
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
    names: &'a Nearest<'a>,
    slugger: Slugger,
    documents: Vec<Document>,
    /// The files being included, outermost first.
    open: Vec<SourceId>,
    /// The bytes of what is included so far.
    included: usize,
    /// A bound was met, and reported.
    is_full: bool,
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
            let near = self.names.find_path(path.as_str(), &file.value).and_then(BookPath::new);
            let near = near.map(|near| near.relative_to(&source.path.parent()));
            self.diagnostics.push(catalog::include_missing(place, &file.value, near.as_deref()));
            return;
        };
        if self.open.contains(&included) {
            self.diagnostics.push(catalog::include_cycle(place, &file.value));
            return;
        }
        let bytes = self.included + self.facts.sources.pages[included.0 as usize].text.len();
        let full = match () {
            () if self.open.len() > MAX_INCLUDE_DEPTH => {
                Some(format!("files include each other at most {MAX_INCLUDE_DEPTH} deep"))
            }
            () if self.documents.len() > MAX_INCLUDED => Some(format!("a page includes at most {MAX_INCLUDED} files")),
            () if bytes > MAX_TAKEN_IN => Some(format!("a page includes at most {} MiB", MAX_TAKEN_IN / (1024 * 1024))),
            () => None,
        };
        if let Some(why) = full {
            if !std::mem::replace(&mut self.is_full, true) {
                self.diagnostics.push(catalog::include_too_much(place, &file.value, &why));
            }
            return;
        }
        self.included = bytes;
        let number = self.add(included);
        self.documents[document].includes.insert(directive, number);
    }
}

/// The offset of a directive's opening line.
fn place_of(parsed: &Parsed, directive: usize) -> u32 {
    parsed.fences[parsed.directives[directive].open].span.start
}
