//! What the book's own pages on its material show: the index of all of it with its coverage, the glossary, the sources.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::config::Config;
use crate::measure::cwe;
use crate::model::book::{Book, PageId};
use crate::model::practice::data::Data;
use crate::model::practice::registry::{Home, Owner};
use crate::model::practice::story::PARTS;
use crate::model::practice::{Content, Level, time};
use crate::model::url::{Url, fragment};
use crate::resolve::{Resolver, around, page};

/// The addresses of the pages.
pub const GLOSSARY: &str = "glossary.html";
/// As [`GLOSSARY`].
pub const REFERENCES: &str = "references.html";
/// As [`GLOSSARY`]. The page on which readers write their own stories.
pub const WORKSHOP: &str = "your-stories.html";
/// As [`GLOSSARY`].
pub const PRACTICE: &str = "practice.html";

/// The id of a term on the page of the glossary.
pub fn term_id(id: &str) -> String {
    format!("term-{id}")
}

/// The id of a source on the page of the sources.
pub fn reference_id(id: &str) -> String {
    format!("ref-{id}")
}

fn uses(resolver: &Resolver<'_>, url: &Url, key: &str) -> Vec<Value> {
    let pages = resolver.book.practice.uses.get(key);
    let pages = pages.into_iter().flatten().map(|&id| resolver.book.page(id));
    pages.map(|used| json!({"title": used.title, "href": page::href(resolver, url, &used.url)})).collect()
}

/// The terms of the glossary, for the page at `url`.
pub fn glossary(resolver: &Resolver<'_>, url: &Url) -> Value {
    let registry = &resolver.book.practice;
    let mut terms: Vec<_> = registry.terms.values().collect();
    terms.sort_by_key(|term| (term.term.value.to_lowercase(), &term.id.value));
    let terms = terms.into_iter().map(|term| {
        let see = term.see.iter().filter_map(|see| {
            let other = registry.term(&see.value)?;
            Some(json!({"term": other.term, "href": fragment(&term_id(&other.id.value))}))
        });
        let refs = term.refs.iter().filter_map(|id| {
            let reference = registry.references.get(&id.value)?;
            let href = page::href(resolver, url, &Url::new(REFERENCES)) + &fragment(&reference_id(&id.value));
            Some(json!({"title": reference.title, "href": href}))
        });
        json!({
            "id": term_id(&term.id.value),
            "term": term.term,
            "also": term.also,
            "meaning": term.meaning,
            "see": see.collect::<Vec<Value>>(),
            "refs": refs.collect::<Vec<Value>>(),
            "uses": uses(resolver, url, &format!("term {}", term.id.value)),
        })
    });
    terms.collect()
}

/// The sources, for the page at `url`.
pub fn references(resolver: &Resolver<'_>, url: &Url) -> Value {
    let registry = &resolver.book.practice;
    let mut references: Vec<_> = registry.references.values().collect();
    references.sort_by_key(|reference| (reference.title.to_lowercase(), &reference.id.value));
    let references = references.into_iter().map(|reference| {
        json!({
            "id": reference_id(&reference.id.value),
            "title": reference.title,
            "org": reference.org,
            // Whatever `ref/not-https` counts as: no other scheme is ever a link.
            "url": reference.url.as_ref().filter(|url| url.value.starts_with("https://")),
            "type": reference.kind,
            "date": reference.date,
            "checked_on": reference.checked_on,
            "uses": uses(resolver, url, &format!("ref {}", reference.id.value)),
        })
    });
    references.collect()
}

/// Whether readers are prompted for stories: there are principles, and something that is about one.
pub fn has_prompts(config: &Config, book: &Book) -> bool {
    let registry = &book.practice;
    !config.practice.principles.is_empty()
        && (registry.by_id.values().any(|home| home.kind == "story")
            || registry.bank.iter().any(|entry| !entry.question.principles.is_empty()))
}

/// For each principle what may be asked, `shown` questions at most, and the book's stories; and the parts of a story with
/// their times. For the page at `url`.
pub fn prompts(resolver: &Resolver<'_>, url: &Url, shown: usize) -> Value {
    let registry = &resolver.book.practice;
    let href = |page: Option<PageId>, id: &str| {
        page.map(|page| page::href(resolver, url, &resolver.book.page(page).url) + &fragment(id))
    };
    let parts =
        PARTS.iter().map(|&(name, budget)| json!({"name": name, "seconds": budget, "time": time::shown(budget)}));
    let stories: Vec<Row<'_>> = registry
        .by_id
        .iter()
        .filter(|(_, home)| home.kind == "story")
        .map(|(id, home)| row(resolver, id, home))
        .collect();
    let principles = resolver.config.practice.principles.iter().map(|principle| {
        let asked =
            registry.bank.iter().filter(|entry| entry.question.principles.iter().any(|it| it.value == principle.id));
        let asked = asked.take(shown).map(|entry| {
            let id = entry.question.id.as_ref().map_or("", |id| &id.value);
            json!({"text": entry.question.text.value, "href": href(entry.page, id)})
        });
        let told = stories.iter().filter(|story| story.principles.contains(&principle.id.as_str()));
        let told = told.map(|story| json!({"title": story.home.title, "href": href(story.home.page, story.id)}));
        json!({
            "id": principle.id,
            "name": principle.name.value,
            "questions": asked.collect::<Vec<Value>>(),
            "stories": told.collect::<Vec<Value>>(),
        })
    });
    json!({
        "parts": parts.collect::<Vec<Value>>(),
        "rate": resolver.config.practice.speaking_rate,
        "tolerance": resolver.config.practice.tolerance,
        "principles": principles.collect::<Vec<Value>>(),
    })
}

/// One piece of material in the index.
struct Row<'a> {
    id: &'a str,
    home: &'a Home,
    minutes: Option<String>,
    level: Option<Level>,
    topic: Option<&'a str>,
    principles: Vec<&'a str>,
    /// The kind of a drill.
    drill: Option<&'static str>,
    /// When a checklist is for.
    phase: Option<&'a str>,
    /// How many items a checklist has.
    items: Option<usize>,
}

/// The kinds that are listed, in this order; each list is called `list_` and the kind.
const SECTIONS: &[&str] = &["drill", "review", "threat-model", "question", "story", "simulation", "checklist", "plan"];

/// All material with its coverage, for the page at `url`.
pub fn practice_index(resolver: &Resolver<'_>, url: &Url) -> Value {
    let registry = &resolver.book.practice;
    let rows: Vec<Row<'_>> = registry.by_id.iter().map(|(id, home)| row(resolver, id, home)).collect();
    let order: BTreeMap<PageId, usize> =
        resolver.book.order.iter().enumerate().map(|(place, &page)| (page, place)).collect();
    let sections = SECTIONS.iter().filter_map(|&kind| {
        let mut found: Vec<&Row<'_>> = rows.iter().filter(|row| row.home.kind == kind).collect();
        let place =
            |row: &Row<'_>| row.home.page.map_or(usize::MAX, |page| order.get(&page).copied().unwrap_or(usize::MAX));
        found.sort_by_key(|row| (place(row), row.id));
        let entries: Vec<Value> = found.iter().map(|row| entry(resolver, url, row)).collect();
        let title = resolver.strings.text(&format!("list_{}", kind.replace('-', "_")));
        (!entries.is_empty()).then(|| json!({"kind": kind, "title": title, "entries": entries}))
    });
    let names_weaknesses = rows.iter().any(|row| row.home.kind == "finding");
    json!({
        // MITRE wants its terms beside every copy of the names.
        "cwe": names_weaknesses.then(|| json!({"version": cwe::version(), "notice": cwe::notice().split('\n').collect::<Vec<&str>>()})),
        "workshop": has_prompts(resolver.config, resolver.book).then(|| page::href(resolver, url, &Url::new(WORKSHOP))),
        "sections": sections.collect::<Vec<Value>>(),
        "topics": topics(resolver, &rows),
        "principles": principles(resolver, &rows),
    })
}

fn row<'a>(resolver: &'a Resolver<'_>, id: &'a str, home: &'a Home) -> Row<'a> {
    let mut row = Row {
        id,
        home,
        minutes: None,
        level: None,
        topic: None,
        principles: Vec::new(),
        drill: None,
        phase: None,
        items: None,
    };
    let registry = &resolver.book.practice;
    let text = |ids: &'a [crate::base::span::Spanned<String>]| ids.iter().map(|id| id.value.as_str()).collect();
    match home.owner {
        Owner::Page(source, number) => {
            let content = &resolver.parsed[source.0 as usize].practice[number].content;
            row.minutes = content.minutes().map(|minutes| minutes.to_string());
            row.topic = content.topic();
            match content {
                Content::Drill(drill) => {
                    row.level = drill.level;
                    row.principles = text(&drill.principles);
                    row.drill = drill.kind;
                }
                Content::Review(review) => row.level = review.level,
                Content::Checklist(checklist) => {
                    row.phase = checklist.phase.as_deref();
                    row.items = Some(checklist.items.len());
                }
                Content::Story(story) => row.principles = text(&story.principles),
                Content::Question(question) => {
                    row.level = question.level;
                    row.principles = text(&question.principles);
                }
                _ => {}
            }
        }
        Owner::Bank(number) => {
            let question = &registry.bank[number].question;
            row.minutes = Some(question.minutes().to_string());
            row.level = question.level;
            row.topic = question.topic.as_ref().map(|topic| topic.value.as_str());
            row.principles = text(&question.principles);
        }
        Owner::Data(number) => match resolver.data.get(number).and_then(|data| data.content.as_ref()) {
            Some(Data::ThreatModel(model)) => {
                row.minutes = model.minutes.map(|minutes| minutes.to_string());
                row.level = model.level;
                row.topic = model.topic.as_ref().map(|topic| topic.value.as_str());
            }
            Some(Data::Plan(plan)) => {
                let minutes: u32 = plan.days.iter().flat_map(|day| &day.items).map(|item| item.minutes).sum();
                row.minutes = Some(minutes.to_string());
            }
            _ => {}
        },
        Owner::Finding(..) => {}
    }
    row
}

/// The number of the chapter that a page is in, from 1.
fn chapter_of(resolver: &Resolver<'_>, page: PageId) -> Option<usize> {
    around::chapter_number(resolver, resolver.book.chapter(page)?)
}

fn entry(resolver: &Resolver<'_>, url: &Url, row: &Row<'_>) -> Value {
    let rules = &resolver.config.practice;
    let on = row.home.page.map(|page| resolver.book.page(page));
    let href = on.map(|page| {
        let path = if page.url == *url { String::new() } else { page::href(resolver, url, &page.url) };
        path + &fragment(row.id)
    });
    json!({
        "id": row.id,
        "title": row.home.title,
        "href": href,
        "page": on.map(|page| &page.title),
        "minutes": row.minutes,
        "level": row.level,
        "topic": row.topic,
        "drill": row.drill,
        "phase": row.phase,
        "items": row.items,
        "chapter": row.home.page.and_then(|page| chapter_of(resolver, page)),
        "principles": row.principles.iter().map(|id| json!({"id": id, "name": rules.principle_name(id)})).collect::<Vec<Value>>(),
    })
}

/// Each topic with how much there is of it: pages, drills, reviews, models, questions.
fn topics(resolver: &Resolver<'_>, rows: &[Row<'_>]) -> Vec<Value> {
    let named: Vec<&str> = resolver.config.practice.topics.iter().map(|topic| topic.value.as_str()).collect();
    let used: BTreeSet<&str> = rows.iter().filter_map(|row| row.topic).collect();
    let others = used.iter().copied().filter(|topic| !named.contains(topic));
    let of = |topic: &str| {
        let found: Vec<&Row<'_>> = rows.iter().filter(|row| row.topic == Some(topic)).collect();
        let pages: BTreeSet<PageId> = found.iter().filter_map(|row| row.home.page).collect();
        let count = |kind: &str| found.iter().filter(|row| row.home.kind == kind).count();
        json!({
            "topic": topic,
            "pages": pages.len(),
            "drills": count("drill"),
            "reviews": count("review"),
            "models": count("threat-model"),
            "questions": count("question"),
            "stories": count("story"),
        })
    };
    named.iter().copied().chain(others).map(of).collect()
}

/// Each principle with how many stories and questions there are for it.
fn principles(resolver: &Resolver<'_>, rows: &[Row<'_>]) -> Vec<Value> {
    let principles = resolver.config.practice.principles.iter();
    let of = |id: &str, name: &str| {
        let count =
            |kind: &str| rows.iter().filter(|row| row.home.kind == kind && row.principles.contains(&id)).count();
        json!({"id": id, "name": name, "stories": count("story"), "questions": count("question"), "drills": count("drill")})
    };
    principles.map(|principle| of(&principle.id, &principle.name.value)).collect()
}
