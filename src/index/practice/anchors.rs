//! What links can lead to on a page because of material: findings, what is shown from files, terms, sources.

use std::collections::{HashMap, HashSet};

use super::materials;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::index::Facts;
use crate::model::book::{Book, PageId};
use crate::model::parsed::referred;
use crate::model::practice::data::Data;
use crate::model::practice::registry::{Owner, Registry};
use crate::model::practice::{Content, threat_model};
use crate::model::source::SourceId;
use crate::model::url::Url;

/// What links can lead to beside the ids that pages give themselves: findings, what is shown from files, terms, sources.
pub fn add(
    facts: &Facts<'_>,
    book: &mut Book,
    registry: &Registry,
    known: &HashMap<String, Place>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut added: Vec<(PageId, String)> = Vec::new();
    for page in book.ids() {
        for (path, material) in materials(facts, book, page) {
            match &material.content {
                Content::Review(review) => {
                    let own = material.id.iter().flat_map(|id| {
                        let numbered = review.findings.iter().enumerate().filter(|(_, finding)| finding.id.is_none());
                        numbered.map(|(number, _)| format!("{}-{}", id.value, number + 1))
                    });
                    added.extend(own.map(|id| (page, id)));
                }
                Content::Plan { src } | Content::ThreatModel { src } => {
                    let src = referred(path, &facts.config.src, &src.value);
                    let shown = src.and_then(|src| facts.data.get(*registry.data.get(&src)?)?.content.as_ref());
                    added.extend(shown.into_iter().flat_map(ids_of).map(|id| (page, id)));
                }
                _ => {}
            }
        }
    }
    for entry in &registry.bank {
        let id = entry.question.id.as_ref().map(|id| id.value.clone());
        let is_from_file =
            |id: &String| registry.by_id.get(id).is_some_and(|home| matches!(home.owner, Owner::Bank(_)));
        added.extend(entry.page.zip(id.filter(is_from_file)));
    }
    let of_lists = [
        ("glossary.html", registry.terms.keys().map(|id| format!("term-{id}")).collect::<Vec<_>>()),
        ("references.html", registry.references.keys().map(|id| format!("ref-{id}")).collect()),
    ];
    for (address, ids) in of_lists {
        if let Some(&page) = book.by_url.get(&Url::new(address)) {
            added.extend(ids.into_iter().map(|id| (page, id)));
        }
    }
    let mut seen = HashSet::new();
    for (id, anchor) in added {
        let page = &mut book.pages[id.index()];
        if !page.anchors.insert(anchor.clone())
            && seen.insert((id, anchor.clone()))
            && let Some(place) = known.get(&anchor)
        {
            diagnostics.push(catalog::practice_heading_id(place.clone(), &anchor, &page.path));
        }
        seen.insert((id, anchor));
    }
}

/// The ids that a file of data brings to the page that shows it.
fn ids_of(data: &Data) -> Vec<String> {
    match data {
        Data::Plan(plan) => plan.id.iter().map(|id| id.value.clone()).collect(),
        Data::ThreatModel(model) => {
            let name = model.id.as_ref().map_or("model", |id| &id.value);
            let threats = model.threats.iter().map(|threat| threat_model::anchor(name, &threat.id.value));
            let trees = model.trees.iter().filter_map(|tree| Some(tree.id.as_ref()?.value.clone()));
            model.id.iter().map(|id| id.value.clone()).chain(threats).chain(trees).collect()
        }
        Data::Questions(_) | Data::Glossary(_) | Data::References(_) | Data::Synonyms(_) => Vec::new(),
    }
}

/// Reports ids of material that a page has twice because of what it includes. Within a file they were reported.
pub fn twice(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    for page in book.pages.iter().filter(|page| page.documents.len() > 1) {
        let headings = page.documents.iter().flat_map(|document| document.heading_ids.iter().map(String::as_str));
        let mut seen: HashMap<&str, Option<SourceId>> = headings.map(|id| (id, None)).collect();
        let mut counted: HashSet<SourceId> = HashSet::new();
        for document in &page.documents {
            let index = document.source.0 as usize;
            let is_again = !counted.insert(document.source);
            for id in facts.parsed[index].practice.iter().filter_map(|material| material.id.as_ref()) {
                let before = seen.insert(&id.value, Some(document.source));
                let is_taken = before.is_some_and(|source| source != Some(document.source));
                if is_again || is_taken {
                    let place = Place::at(&facts.sources.pages[index].path, id.span);
                    diagnostics.push(catalog::practice_heading_id(place, &id.value, &page.path));
                }
            }
        }
    }
}
