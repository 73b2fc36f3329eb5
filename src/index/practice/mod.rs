//! The preparation material of all pages and files of data to the book's registry: ids, questions, terms, sources, and
//! what no part of the book practises.

mod anchors;
mod covered;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Facts;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Ids, Place, catalog};
use crate::markdown::directive::Kind;
use crate::measure::similar;
use crate::model::book::{Book, PageId};
use crate::model::parsed::{Parsed, referred};
use crate::model::practice::data::Data;
use crate::model::practice::inline::Inline;
use crate::model::practice::question::Query;
use crate::model::practice::registry::{Entry, Home, Owner, Registry};
use crate::model::practice::{Content, Material};
use crate::model::source::SourceId;

/// From which likeness on two questions are nearly the same.
const SIMILAR: f32 = 0.6;

/// Fills in the registry, and the ids that pages get from files of data.
pub fn register(facts: &Facts<'_>, book: &mut Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut builder =
        Builder { facts, registry: Registry::default(), known: HashMap::new(), places: Vec::new(), diagnostics };
    builder.registry.data = facts
        .sources
        .data
        .iter()
        .enumerate()
        .take(facts.data.len())
        .map(|(number, source)| (source.path.clone(), number))
        .collect();
    let pages: Vec<PageId> = in_order(book);
    // On pages first, in the order of the book.
    let mut seen = HashSet::new();
    for &id in &pages {
        for document in &book.page(id).documents {
            if seen.insert(document.source) {
                builder.page(document.source, id);
            }
        }
    }
    builder.files(&shown(facts, book, &pages, &builder.registry.data));
    builder.homes_of_questions(book, &pages);
    builder.uses(book);
    let Builder { registry, places, known, .. } = builder;
    anchors::add(facts, book, &registry, &known, diagnostics);
    anchors::twice(facts, book, diagnostics);
    similar_questions(&registry, &places, diagnostics);
    covered::coverage(facts, &registry, diagnostics);
    covered::unused(facts, &registry, diagnostics);
    let practises = |parsed: &Arc<Parsed>| !parsed.practice.is_empty() || !parsed.inlines.is_empty();
    let lists = !registry.is_empty() || !registry.terms.is_empty() || !registry.references.is_empty();
    let is_used = lists || facts.parsed.iter().any(practises);
    let crams =
        |parsed: &Arc<Parsed>| parsed.directives.iter().any(|it| matches!(it.kind, Kind::Callout { cram: true, .. }));
    let has_cram = facts.parsed.iter().any(crams);
    book.practice = Registry { is_used, has_cram, ..registry };
}

/// All pages: those in the contents in their order, then the others.
fn in_order(book: &Book) -> Vec<PageId> {
    let mut seen = HashSet::new();
    book.order.iter().copied().chain(book.ids()).filter(|id| seen.insert(*id)).collect()
}

struct Builder<'a, 'd> {
    facts: &'a Facts<'a>,
    registry: Registry,
    /// Where each id is given first.
    known: HashMap<String, Place>,
    /// Where each question of the bank is.
    places: Vec<Place>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    fn add(&mut self, path: &BookPath, id: &Spanned<String>, home: Home) {
        let place = Place::at(path, id.span);
        if let Some(first) = self.known.get(&id.value) {
            // Within a page it was reported with all other ids.
            if first.path == *path && matches!(home.owner, Owner::Page(..)) {
                return;
            }
            self.diagnostics.push(catalog::practice_duplicate_id(place, &id.value, first.clone()));
            return;
        }
        self.known.insert(id.value.clone(), place);
        self.registry.by_id.insert(id.value.clone(), home);
    }

    fn page(&mut self, source: SourceId, page: PageId) {
        let index = source.0 as usize;
        let path = &self.facts.sources.pages[index].path;
        for (number, material) in self.facts.parsed[index].practice.iter().enumerate() {
            let title = material.title.as_ref().map_or(String::new(), |title| title.value.clone());
            let owner = Owner::Page(source, number);
            let home = |kind| Home { kind, title: title.clone(), page: Some(page), owner };
            let Some(kind) = kind(&material.content) else { continue };
            if let Content::Question(question) = &material.content {
                self.places.push(Place::at(path, question.span));
                self.registry.bank.push(Entry { question: question.clone(), page: Some(page) });
            }
            if let Some(id) = &material.id {
                self.add(path, id, home(kind));
            }
            if let (Content::Review(review), Some(id)) = (&material.content, &material.id) {
                for (finding, flaw) in review.findings.iter().enumerate() {
                    let id = flaw
                        .id
                        .clone()
                        .unwrap_or_else(|| Spanned::new(format!("{}-{}", id.value, finding + 1), flaw.span));
                    let owner = Owner::Finding(source, number, finding);
                    self.add(path, &id, Home { kind: "finding", title: flaw.title.clone(), page: Some(page), owner });
                }
            }
        }
    }

    /// Files of data; `shown` are the pages that show them.
    fn files(&mut self, shown: &HashMap<usize, PageId>) {
        for (number, data) in self.facts.data.iter().enumerate() {
            let path = &self.facts.sources.data[number].path;
            let page = shown.get(&number).copied();
            let home = |kind, title: &Option<Spanned<String>>| Home {
                kind,
                title: title.as_ref().map_or(String::new(), |title| title.value.clone()),
                page,
                owner: Owner::Data(number),
            };
            match &data.content {
                Some(Data::ThreatModel(model)) => {
                    if let Some(id) = &model.id {
                        self.add(path, id, home("threat-model", &model.title));
                    }
                    for tree in &model.trees {
                        if let Some(id) = &tree.id {
                            let title = Some(Spanned::new(tree.goal.clone(), id.span));
                            self.add(path, id, home("attack-tree", &title));
                        }
                    }
                }
                Some(Data::Plan(plan)) => {
                    if let Some(id) = &plan.id {
                        self.add(path, id, home("plan", &plan.title));
                    }
                }
                Some(Data::Questions(questions)) => {
                    for question in questions {
                        self.places.push(Place::at(path, question.span));
                        let owner = Owner::Bank(self.registry.bank.len());
                        self.registry.bank.push(Entry { question: question.clone(), page: None });
                        if let Some(id) = &question.id {
                            let title = question.text.value.clone();
                            self.add(path, id, Home { kind: "question", title, page: None, owner });
                        }
                    }
                }
                Some(Data::Glossary(terms)) => {
                    for term in terms {
                        self.unique(Ids::Term, path, &term.id);
                        for word in std::iter::once(&term.term).chain(&term.also) {
                            self.registry
                                .words
                                .entry(word.value.to_lowercase())
                                .or_insert_with(|| term.id.value.clone());
                        }
                        self.registry.terms.entry(term.id.value.clone()).or_insert_with(|| term.clone());
                    }
                }
                Some(Data::References(references)) => {
                    for reference in references {
                        self.unique(Ids::Reference, path, &reference.id);
                        self.registry.references.entry(reference.id.value.clone()).or_insert_with(|| reference.clone());
                    }
                }
                Some(Data::Synonyms(synonyms)) => self.registry.synonyms.extend(synonyms.iter().cloned()),
                None => {}
            }
        }
    }

    /// Terms and sources have ids of their own, so that a term may be called as what cites it.
    fn unique(&mut self, kind: Ids, path: &BookPath, id: &Spanned<String>) {
        let place = Place::at(path, id.span);
        let key = format!("{kind:?} {}", id.value);
        match self.known.get(&key) {
            Some(first) => self.diagnostics.push(catalog::list_duplicate_id(place, &id.value, first.clone(), kind)),
            None => {
                self.known.insert(key, place);
            }
        }
    }

    /// A question of a file is at home on the first page that shows it.
    fn homes_of_questions(&mut self, book: &Book, pages: &[PageId]) {
        let mut homes: BTreeMap<usize, PageId> = BTreeMap::new();
        for &id in pages {
            for query in queries(self.facts, book, id) {
                for number in self.registry.select(query) {
                    homes.entry(number).or_insert(id);
                }
            }
        }
        for (number, page) in homes {
            let entry = &mut self.registry.bank[number];
            entry.page = entry.page.or(Some(page));
            if let Some(home) = entry.question.id.as_ref().and_then(|id| self.registry.by_id.get_mut(&id.value)) {
                home.page = home.page.or(Some(page));
            }
        }
    }

    fn uses(&mut self, book: &Book) {
        let mut uses: BTreeMap<String, BTreeSet<PageId>> = BTreeMap::new();
        for id in book.ids() {
            for document in &book.page(id).documents {
                let parsed = &self.facts.parsed[document.source.0 as usize];
                for mark in parsed.inlines.iter().flatten() {
                    let used = match &mark.inline {
                        Inline::Claim { reference, .. } => reference.as_ref().map(|id| format!("ref {}", id.value)),
                        Inline::Reference(id) => Some(format!("ref {}", id.value)),
                        Inline::Term(id) => self.registry.term(&id.value).map(|term| format!("term {}", term.id.value)),
                    };
                    if let Some(used) = used {
                        uses.entry(used).or_default().insert(id);
                    }
                }
                for reference in parsed.practice.iter().flat_map(references) {
                    uses.entry(format!("ref {}", reference.value)).or_default().insert(id);
                }
            }
        }
        for entry in &self.registry.bank {
            for reference in &entry.question.refs {
                uses.entry(format!("ref {}", reference.value)).or_default().extend(entry.page);
            }
        }
        for term in self.registry.terms.values() {
            for reference in &term.refs {
                uses.entry(format!("ref {}", reference.value)).or_default();
            }
        }
        self.registry.uses = uses;
    }
}

/// The sources that material on a page cites.
pub fn references(material: &Material) -> Vec<&Spanned<String>> {
    match &material.content {
        Content::Question(question) => question.refs.iter().collect(),
        Content::Calc(calc) => calc.inputs.iter().filter_map(|input| input.reference.as_ref()).collect(),
        _ => Vec::new(),
    }
}

/// What material with an id is called; none for what only belongs to other material.
fn kind(content: &Content) -> Option<&'static str> {
    Some(match content {
        Content::Drill(_) => "drill",
        Content::Story(_) => "story",
        Content::Review(_) => "review",
        Content::Question(_) => "question",
        Content::Simulation(_) => "simulation",
        Content::Checklist(_) => "checklist",
        Content::Calc(_) => "calc",
        Content::AttackTree { .. } => "attack-tree",
        Content::Answer
        | Content::Probe
        | Content::Finding(_)
        | Content::Decoy(_)
        | Content::Questions(_)
        | Content::Segment(_)
        | Content::Plan { .. }
        | Content::ThreatModel { .. } => return None,
    })
}

/// The material of a page, with the file that it is written in.
fn materials<'a>(
    facts: &'a Facts<'_>,
    book: &'a Book,
    page: PageId,
) -> impl Iterator<Item = (&'a BookPath, &'a Material)> {
    book.page(page).documents.iter().flat_map(move |document| {
        let index = document.source.0 as usize;
        facts.parsed[index].practice.iter().map(move |material| (&facts.sources.pages[index].path, material))
    })
}

fn queries<'a>(facts: &'a Facts<'_>, book: &'a Book, page: PageId) -> impl Iterator<Item = &'a Query> {
    materials(facts, book, page).filter_map(|(_, material)| match &material.content {
        Content::Questions(query) => Some(query),
        _ => None,
    })
}

/// The first page that shows each file of data.
fn shown(facts: &Facts<'_>, book: &Book, pages: &[PageId], data: &HashMap<BookPath, usize>) -> HashMap<usize, PageId> {
    let mut shown = HashMap::new();
    for &page in pages {
        for (path, material) in materials(facts, book, page) {
            let src = material.content.src().and_then(|src| referred(path, &facts.config.src, &src.value));
            if let Some(&number) = src.and_then(|src| data.get(&src)) {
                shown.entry(number).or_insert(page);
            }
        }
    }
    shown
}

fn similar_questions(registry: &Registry, places: &[Place], diagnostics: &mut Vec<Diagnostic>) {
    let texts: Vec<&str> = registry.bank.iter().map(|entry| entry.question.text.value.as_str()).collect();
    for (first, second, likeness) in similar::pairs(&texts, SIMILAR) {
        // A part is never the whole.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of one")]
        let percent = if likeness >= 1.0 { 100 } else { ((likeness * 100.0) as u32).min(99) };
        diagnostics.push(catalog::question_similar(places[second].clone(), percent, places[first].clone()));
    }
}
