//! `references.yaml`: what the book cites.

use super::{File, head};
use crate::data::{Table, Value};
use crate::diagnostic::catalog;
use crate::model::practice::data::Reference;
use crate::parse::front_matter::is_date;

/// What a source can be.
pub const TYPES: &[&str] =
    &["article", "book", "documentation", "law", "paper", "report", "standard", "talk", "tool", "video"];

pub fn read(file: &mut File<'_>, mut table: Table<'_>) -> Vec<Reference> {
    let entries = table.list("references");
    let references = entries.into_iter().filter_map(|entry| reference(file, &mut table, entry)).collect();
    table.finish();
    references
}

fn reference(file: &File<'_>, table: &mut Table<'_>, entry: Value) -> Option<Reference> {
    let place = head(&entry);
    let mut entry = table.nested("a reference", entry);
    let id = file.id(&mut entry, "this reference", place);
    let title = file.needed(&mut entry, "title", "this reference", place);
    let org = entry.text("org").map(|org| org.value);
    let url = entry.text("url");
    if let Some(url) = url.as_ref().filter(|url| !is_https(&url.value)) {
        entry.report(catalog::ref_not_https(file.at(url.span), &url.value));
    }
    let kind = entry.choice("type", TYPES).map(str::to_owned);
    let date = entry.text("date");
    if let Some(date) = date.as_ref().filter(|date| !is_possible(&date.value)) {
        entry.bad("date", date.span, &date.value, "a date such as 2026-11-22, 2026-11 or 2026, or words");
    }
    let date = date.map(|date| date.value);
    let checked_on = File::date(&mut entry, "checked_on");
    entry.finish();
    let id = id?;
    // One without a title, which was reported, is a source all the same.
    let title = title.map_or_else(|| id.value.clone(), |title| title.value);
    Some(Reference { id, title, org, url, kind, date, checked_on, span: place })
}

/// Words may say when it was; what is written as a date is in the calendar.
fn is_possible(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let is_written_so = date.chars().all(|c| c.is_ascii_digit() || c == '-') && parts[0].len() == 4;
    match parts[..] {
        // From one year to another.
        [_, last] if last.len() == 4 => true,
        [_, _] if is_written_so => is_date(&format!("{date}-01")),
        [_, _, _] if is_written_so => is_date(date),
        _ => true,
    }
}

fn is_https(url: &str) -> bool {
    let host = url.strip_prefix("https://").unwrap_or("");
    !host.is_empty()
        && !host.starts_with('/')
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
}
