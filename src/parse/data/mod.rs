//! One file of data to what it holds: one file for each kind. Looks at nothing but that file, and cannot fail.

mod glossary;
mod plan;
mod questions;
mod references;
mod synonyms;
mod threat_model;

use std::cell::Cell;
use std::sync::Arc;

use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::PracticeRules;
use crate::data::{self, Codes, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Severity, Thing, catalog};
use crate::markdown::plain::line_feeds;
use crate::model::practice::Level;
use crate::model::practice::data::{Data, DataKind, ParsedData};
use crate::model::practice::time::Minutes;
use crate::model::source::Source;

use super::practice::{check_topic, is_id, principles, suggested_id};

/// How large a file of data may be, in bytes.
const MAX_SIZE: usize = 4 * 1024 * 1024;

const CODES: Codes = Codes {
    wrong_type: Code::DataWrongType,
    bad_value: Code::DataBadValue,
    misspelt: Code::DataMisspeltKey,
    unknown: Code::DataUnknownKey,
    numbers_are_texts: true,
};

/// Reads the file of data in `source`, which is of that kind.
#[must_use]
pub fn file(source: &Source, kind: DataKind, rules: &PracticeRules) -> ParsedData {
    let mut diagnostics = Vec::new();
    let content = content(source, kind, rules, &mut diagnostics);
    ParsedData { content, diagnostics }
}

fn content(source: &Source, kind: DataKind, rules: &PracticeRules, reports: &mut Vec<Diagnostic>) -> Option<Data> {
    let path = &source.path;
    if source.text.len() > MAX_SIZE {
        reports.push(catalog::data_too_large(Place::file(path), MAX_SIZE).hides(lost(kind)));
        return None;
    }
    let start = if source.text.starts_with('\u{feff}') { 3 } else { 0 };
    let value = match data::parse_yaml(&line_feeds(&source.text[start..])) {
        Ok(value) => value,
        Err(error) => {
            let place = Place::at(path, error.span.shifted(start));
            reports.push(catalog::data_syntax(place, kind.describe(), &error.message, error.help).hides(lost(kind)));
            return None;
        }
    };
    let mut value = value.shifted(start);
    if let (Some(key), data::Kind::List(_)) = (kind.list(), &value.kind) {
        reports.push(catalog::data_list_without_key(Place::at(path, value.span), kind.describe(), key));
        value.kind = data::Kind::Null;
    }
    let mut table = Table::new(path, CODES, kind.describe(), value, reports);
    table.about(Span::new(0..0));
    let mut file = File { path, text: &source.text, rules, has_nameless: Cell::new(false) };
    let data = match kind {
        DataKind::ThreatModel => Data::ThreatModel(Arc::new(threat_model::read(&mut file, table))),
        DataKind::Questions => Data::Questions(questions::read(&mut file, table)),
        DataKind::Plan => Data::Plan(Arc::new(plan::read(&mut file, table))),
        DataKind::Glossary => Data::Glossary(glossary::read(&mut file, table)),
        DataKind::References => Data::References(references::read(&mut file, table)),
        DataKind::Synonyms => Data::Synonyms(synonyms::read(table)),
    };
    // Something in it would have an id, were it not for what was reported.
    let is_error = |report: &&mut Diagnostic| report.severity == Severity::Error;
    if (file.has_nameless.get() || data.is_empty())
        && let Some(report) = reports.iter_mut().find(is_error)
    {
        *report = report.clone().hides(lost(kind));
    }
    Some(data)
}

/// The ids that a file of that kind has.
fn lost(kind: DataKind) -> impl Iterator<Item = Thing> {
    let ids: &[Ids] = match kind {
        DataKind::ThreatModel => &[Ids::Material, Ids::Threat],
        DataKind::Questions | DataKind::Plan => &[Ids::Material],
        DataKind::Glossary => &[Ids::Term],
        DataKind::References => &[Ids::Reference],
        DataKind::Synonyms => &[],
    };
    ids.iter().copied().map(Thing::All)
}

/// The file being read, and what it is held to.
struct File<'a> {
    path: &'a BookPath,
    text: &'a str,
    rules: &'a PracticeRules,
    /// Something in it has no id that could be read.
    has_nameless: Cell<bool>,
}

impl File<'_> {
    fn at(&self, span: Span) -> Place {
        Place::at(self.path, span)
    }

    /// The id of what the file holds, or of an entry in it.
    fn id(&self, table: &mut Table<'_>, what: &str, place: Span) -> Option<Spanned<String>> {
        let id = self.name(table, "id", what, place)?;
        if !is_id(&id.value) {
            table.report(catalog::practice_bad_id(self.at(id.span), &id.value, &suggested_id(&id.value)));
        }
        Some(id)
    }

    /// What others call it by.
    fn name(&self, table: &mut Table<'_>, key: &'static str, what: &str, place: Span) -> Option<Spanned<String>> {
        let name = self.needed(table, key, what, place);
        self.has_nameless.set(self.has_nameless.get() || name.is_none());
        name
    }

    fn needed(&self, table: &mut Table<'_>, key: &'static str, what: &str, place: Span) -> Option<Spanned<String>> {
        if !table.has(key) {
            table.missing(place, key, what);
        }
        let text = table.text(key)?;
        if text.value.trim().is_empty() {
            table.missing(text.span, key, what);
            return None;
        }
        Some(text)
    }

    fn topic(&self, table: &mut Table<'_>) -> Option<Spanned<String>> {
        let topic = table.text("topic")?;
        let mut found = Vec::new();
        check_topic(&topic, self.rules, self.path, &mut found);
        found.into_iter().for_each(|report| table.report(report));
        Some(topic)
    }

    fn principles(&self, table: &mut Table<'_>, key: &'static str) -> Vec<Spanned<String>> {
        let written = table.texts(key);
        let mut found = Vec::new();
        let known = principles(written, self.rules, self.path, &mut found);
        found.into_iter().for_each(|report| table.report(report));
        known
    }

    fn level(table: &mut Table<'_>) -> Option<Level> {
        table.choice("level", Level::NAMES).and_then(Level::named)
    }

    fn minutes(table: &mut Table<'_>) -> Option<Minutes> {
        let text = table.text("minutes")?;
        let minutes = Minutes::parse(&text.value);
        if minutes.is_none() {
            table.bad("minutes", text.span, &text.value, "minutes such as 15 or 15-20, the lower first");
        }
        minutes
    }

    fn date(table: &mut Table<'_>, key: &'static str) -> Option<String> {
        let text = table.text(key)?;
        if super::front_matter::is_date(&text.value) {
            return Some(text.value);
        }
        table.bad(key, text.span, &text.value, "a date such as 2026-11-22");
        None
    }
}

/// The values of texts.
fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// A whole number from 1.
fn count(table: &mut Table<'_>, key: &'static str) -> Option<Spanned<u32>> {
    let number = table.integer(key)?;
    match u32::try_from(number.value).ok().filter(|number| (1..=1_000_000).contains(number)) {
        Some(count) => Some(Spanned::new(count, number.span)),
        None => {
            table.bad(key, number.span, &number.value.to_string(), "a whole number from 1");
            None
        }
    }
}

/// Where an entry of a list starts: its first key, or all of it where it is no table.
fn head(value: &Value) -> Span {
    match &value.kind {
        data::Kind::Map(entries) => entries.first().map_or(value.span, |(key, _)| key.span),
        _ => value.span,
    }
}
