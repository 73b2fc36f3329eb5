//! What a book practises, and what it lists: topics and principles without material, terms and sources without use.

use std::collections::HashSet;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level, Place, catalog};
use crate::index::Facts;
use crate::model::practice::Content;
use crate::model::practice::data::Data;
use crate::model::practice::registry::Registry;

/// Topics and principles of `book.toml` that nothing practises.
pub fn coverage(facts: &Facts<'_>, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
    if !is_on(facts.config, Code::PracticeUncovered) || registry.is_empty() {
        return;
    }
    let rules = &facts.config.practice;
    let mut topics: HashSet<&str> = HashSet::new();
    let mut told: HashSet<&str> = HashSet::new();
    for material in facts.parsed.iter().flat_map(|parsed| &parsed.practice) {
        let topic = match &material.content {
            Content::Drill(drill) => drill.topic.as_ref(),
            Content::Review(review) => review.topic.as_ref(),
            Content::Story(story) => {
                told.extend(story.principles.iter().map(|principle| principle.value.as_str()));
                story.topic.as_ref()
            }
            _ => None,
        };
        topics.extend(topic.map(|topic| topic.value.as_str()));
    }
    topics.extend(registry.bank.iter().filter_map(|entry| Some(entry.question.topic.as_ref()?.value.as_str())));
    for data in facts.data {
        if let Some(Data::ThreatModel(model)) = &data.content {
            topics.extend(model.topic.as_ref().map(|topic| topic.value.as_str()));
        }
    }
    let path = Config::path();
    for topic in rules.topics.iter().filter(|topic| !topics.contains(topic.value.as_str())) {
        diagnostics.push(catalog::uncovered_topic(Place::at(&path, topic.span), &topic.value));
    }
    for principle in rules.principles.iter().filter(|principle| !told.contains(principle.id.as_str())) {
        let place = Place::at(&path, principle.name.span);
        diagnostics.push(catalog::uncovered_principle(place, &principle.name.value, &principle.id));
    }
}

/// Terms and sources that nothing uses.
pub fn unused(facts: &Facts<'_>, registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
    for (number, data) in facts.data.iter().enumerate() {
        let path = &facts.sources.data[number].path;
        match &data.content {
            Some(Data::Glossary(terms)) if is_on(facts.config, Code::TermUnused) => {
                let unused =
                    terms.iter().filter(|term| !registry.uses.contains_key(&format!("term {}", term.id.value)));
                diagnostics.extend(unused.map(|term| {
                    catalog::term_unused(Place::at(path, term.term.span), &term.term.value, &term.id.value)
                }));
            }
            Some(Data::References(references)) if is_on(facts.config, Code::RefUnused) => {
                let unused =
                    references.iter().filter(|it| !registry.uses.contains_key(&format!("ref {}", it.id.value)));
                diagnostics.extend(unused.map(|it| catalog::ref_unused(Place::at(path, it.id.span), &it.id.value)));
            }
            _ => {}
        }
    }
}

fn is_on(config: &Config, code: Code) -> bool {
    config.level(code) != Level::Off
}
