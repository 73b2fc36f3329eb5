//! `practice.json`: all preparation material of a book as data, the one source that scripts and tools read. Its form is
//! written down in `docs/practice-json.md` and has a version.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::base::path::BookPath;
use crate::config::Config;
use crate::model::book::{Book, PageId};
use crate::model::parsed::{Parsed, included, referred};
use crate::model::practice::Content;
use crate::model::practice::data::{Data, ParsedData};
use crate::model::practice::registry::Home;
use crate::model::practice::review::Review;
use crate::model::practice::time::Minutes;
use crate::model::source::{References, SourceId, Sources};
use crate::model::url::fragment;

/// The name of the file.
pub const PRACTICE_JSON: &str = "practice.json";

/// The version of its form. A new field is no new version; one that changes or goes is.
const VERSION: u32 = 1;

/// All that the file is made of; `parsed` goes with the pages of `sources`, `data` with its data.
pub struct Material<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The book.
    pub book: &'a Book,
    /// What was read.
    pub sources: &'a Sources,
    /// What each Markdown file says.
    pub parsed: &'a [Arc<Parsed>],
    /// What each file of data says.
    pub data: &'a [Arc<ParsedData>],
    /// What pages refer to.
    pub references: &'a References,
}

/// The file.
#[must_use]
pub fn practice_json(material: &Material<'_>) -> String {
    let Material { config, book, .. } = material;
    let rules = &config.practice;
    let principles = rules.principles.iter().map(|principle| json!({"id": principle.id, "name": principle.name}));
    let value = json!({
        "version": VERSION,
        "generator": concat!("prepbook ", env!("CARGO_PKG_VERSION")),
        "book": {"id": config.id, "title": config.title, "language": config.language.value},
        "rules": {
            "speaking_rate": rules.speaking_rate,
            "tolerance": rules.tolerance,
            "day_minutes": [rules.day_minutes.0, rules.day_minutes.1],
            "topics": rules.topics,
            "principles": principles.collect::<Vec<Value>>(),
        },
        "items": items(material),
        "terms": book.practice.terms.values().collect::<Vec<_>>(),
        "references": book.practice.references.values().collect::<Vec<_>>(),
    });
    serde_json::to_string(&value).expect("facts are JSON") + "\n"
}

/// Everything that can be practised, in the order of the book: what is on pages, then what is in files.
#[must_use]
pub fn items(all: &Material<'_>) -> Vec<Value> {
    let Material { book, parsed, data, .. } = all;
    let mut items = Vec::new();
    let mut seen = HashSet::new();
    let mut seen_pages = HashSet::new();
    let pages = book.order.iter().copied().chain(book.ids()).filter(|id| seen_pages.insert(*id));
    for id in pages {
        for document in &book.page(id).documents {
            if !seen.insert(document.source) {
                continue;
            }
            for material in &parsed[document.source.0 as usize].practice {
                let Some(own) = material.id.as_ref().map(|id| id.value.as_str()) else { continue };
                let Some((kind, mut facts)) = facts(&material.content) else { continue };
                if let Content::Review(review) = &material.content {
                    place_findings(all, document.source, own, review, &mut facts);
                }
                let title = material.title.as_ref().map_or("", |title| &title.value);
                items.push(item(book, kind, own, title, Some(id), facts));
            }
        }
    }
    let home = |id: &str| book.practice.by_id.get(id).and_then(|home: &Home| home.page);
    for (number, data) in data.iter().enumerate() {
        match &data.content {
            Some(Data::ThreatModel(model)) => {
                let (Some(id), Some(title)) = (&model.id, &model.title) else { continue };
                items.push(item(book, "threat-model", &id.value, &title.value, home(&id.value), json!(**model)));
            }
            Some(Data::Plan(plan)) => {
                let (Some(id), Some(title)) = (&plan.id, &plan.title) else { continue };
                let mut facts = json!(**plan);
                lead_items(all, &all.sources.data[number].path, &mut facts);
                items.push(item(book, "plan", &id.value, &title.value, home(&id.value), facts));
            }
            Some(Data::Questions(questions)) => {
                for question in questions {
                    let Some(id) = &question.id else { continue };
                    let facts = with_minutes(json!(question), question.minutes());
                    items.push(item(book, "question", &id.value, &question.text.value, home(&id.value), facts));
                }
            }
            Some(Data::Glossary(_) | Data::References(_) | Data::Synonyms(_)) | None => {}
        }
    }
    items
}

/// What material of its own is called, and its facts.
fn facts(content: &Content) -> Option<(&'static str, Value)> {
    Some(match content {
        Content::Drill(drill) => ("drill", json!(drill)),
        Content::Story(story) => ("story", json!(story)),
        Content::Review(review) => ("review", json!(review)),
        Content::Question(question) => ("question", with_minutes(json!(question), question.minutes())),
        Content::Simulation(simulation) => ("simulation", json!(simulation)),
        Content::Checklist(checklist) => ("checklist", json!(checklist)),
        Content::Calc(calc) => ("calc", json!(calc)),
        Content::AttackTree { model, tree } => {
            let mut facts = json!(tree);
            if let Value::Object(fields) = &mut facts {
                fields.insert("model".into(), json!(model));
            }
            ("attack-tree", facts)
        }
        _ => return None,
    })
}

/// Gives each finding its id and its line, and each decoy its line.
fn place_findings(all: &Material<'_>, source: SourceId, id: &str, review: &Review, facts: &mut Value) {
    let page = &all.sources.pages[source.0 as usize].path;
    let file = review.file.as_ref().and_then(|file| included(page, &all.config.src, &file.value));
    let text = match &file {
        Some(path) => all.references.texts.get(path).map(|source| &*source.text),
        None => review.sample.as_ref().map(|sample| sample.text.as_str()),
    };
    let line = |anchor: &Value| {
        let text = text?;
        let at = text.find(anchor.as_str()?)?;
        Some(text[..at].matches('\n').count() + 1)
    };
    // Files by their paths from the source folder, as they are published.
    for key in ["file", "fixed"] {
        let path = facts[key].as_str().and_then(|written| included(page, &all.config.src, written));
        let below = path.as_ref().map(|path| path.below(&all.config.src).unwrap_or(path.as_str()));
        facts[key] = json!(below);
    }
    for list in ["findings", "decoys"] {
        let Some(Value::Array(entries)) = facts.get_mut(list) else { continue };
        for (number, entry) in entries.iter_mut().enumerate() {
            let found = line(&entry["at"]);
            let Value::Object(fields) = entry else { continue };
            if let Some(found) = found {
                fields.insert("line".into(), json!(found));
            }
            if list == "findings" && fields.get("id").is_none_or(Value::is_null) {
                fields.insert("id".into(), json!(format!("{id}-{}", number + 1)));
            }
        }
    }
}

/// Minutes as the least and the most, however they were written.
fn range(minutes: &Value) -> Value {
    match minutes {
        Value::Number(minutes) => json!([minutes, minutes]),
        Value::String(text) => Minutes::parse(text).map_or(Value::Null, |range| json!([range.least, range.most])),
        _ => Value::Null,
    }
}

/// Gives each item of a plan the address that it leads to.
fn lead_items(all: &Material<'_>, file: &BookPath, facts: &mut Value) {
    let Material { config, book, .. } = all;
    let of_page = |written: &str| {
        let (path, anchor) = written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor)));
        let named = referred(file, &config.src, path)?;
        let id = book.by_file.get(&named).or_else(|| book.by_folder.get(&named))?;
        Some(book.page(*id).url.as_str().to_owned() + &anchor.map_or(String::new(), fragment))
    };
    let of_material = |id: &str| {
        let page = book.page(book.practice.by_id.get(id)?.page?);
        Some(page.url.as_str().to_owned() + &fragment(id))
    };
    let days = facts.get_mut("days").and_then(Value::as_array_mut).into_iter().flatten();
    for item in days.filter_map(|day| day.get_mut("items")).filter_map(Value::as_array_mut).flatten() {
        let url = item["practice"].as_str().and_then(of_material).or_else(|| item["page"].as_str().and_then(of_page));
        item["url"] = json!(url);
    }
}

fn with_minutes(mut facts: Value, minutes: u16) -> Value {
    if let Value::Object(fields) = &mut facts {
        fields.insert("minutes".into(), json!(minutes));
    }
    facts
}

fn item(book: &Book, kind: &str, id: &str, title: &str, page: Option<PageId>, facts: Value) -> Value {
    let mut fields = Map::new();
    fields.insert("kind".into(), json!(kind));
    fields.insert("id".into(), json!(id));
    fields.insert("title".into(), json!(title));
    let page = page.map(|page| book.page(page));
    fields.insert("url".into(), json!(page.map(|page| page.url.as_str().to_owned() + &fragment(id))));
    fields.insert("page".into(), json!(page.map(|page| &page.title)));
    if let Value::Object(facts) = facts {
        for (key, value) in facts {
            fields.entry(key).or_insert(value);
        }
    }
    if let Some(minutes) = fields.get_mut("minutes") {
        *minutes = range(minutes);
    }
    Value::Object(fields)
}
