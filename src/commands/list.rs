//! `prepbook list`: pages, links and material, for people and for other tools.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::{print, require_book};
use crate::base::error::Result;
use crate::diagnostic::LineIndex;
use crate::model::book::PageId;
use crate::model::parsed::RawTarget;
use crate::pipeline::{self, Options};

#[derive(Serialize)]
struct PageRow<'a> {
    url: &'a str,
    title: &'a str,
    file: &'a str,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    target: String,
}

/// Lists the pages of the book in reading order; those outside the contents come last.
pub fn pages(root: &Path, json: bool) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), ..Options::default() })?;
    let book = &derived.book;
    let listed: HashSet<PageId> = book.order.iter().copied().collect();
    let rest = book.ids().filter(|id| !listed.contains(id));
    let rows: Vec<PageRow<'_>> = book
        .order
        .iter()
        .copied()
        .chain(rest)
        .map(|id| book.page(id))
        .map(|page| PageRow { url: page.url.as_str(), title: &page.title, file: page.path.as_str() })
        .collect();
    print(&table(&rows, json, |row| [row.url.to_owned(), row.title.to_owned(), row.file.to_owned()].into()))
        .map(|()| true)
}

/// Lists the links of the book; `external` only those that leave the site. Nothing is fetched: pass the
/// list to a tool that does.
pub fn links(root: &Path, external: bool, json: bool) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), ..Options::default() })?;
    let mut rows = Vec::new();
    for (source, parsed) in derived.sources.pages.iter().zip(&derived.parsed) {
        let index = LineIndex::new(&source.text);
        for link in parsed.links.iter().filter(|link| link.reported) {
            let outside = matches!(link.target, RawTarget::Outside(_));
            if external && !outside {
                continue;
            }
            let (line, column) = index.position(link.span.start as usize);
            rows.push(LinkRow { file: source.path.as_str(), line, column, target: shown(&link.target) });
        }
    }
    print(&table(&rows, json, |row| [format!("{}:{}:{}", row.file, row.line, row.column), row.target.clone()].into()))
        .map(|()| true)
}

#[derive(Serialize)]
struct PracticeRow {
    kind: String,
    id: String,
    title: String,
    minutes: Option<String>,
    level: Option<String>,
    topic: Option<String>,
    url: Option<String>,
}

/// Lists everything that can be practised, in the order of the book.
pub fn practice(root: &Path, json: bool) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), ..Options::default() })?;
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(range) if range.len() == 2 && range[0] == range[1] => Some(range[0].to_string()),
        Value::Array(range) if range.len() == 2 => Some(format!("{}-{}", range[0], range[1])),
        _ => None,
    };
    let rows: Vec<PracticeRow> = derived
        .material()
        .iter()
        .map(|item| PracticeRow {
            kind: text(&item["kind"]).unwrap_or_default(),
            id: text(&item["id"]).unwrap_or_default(),
            title: text(&item["title"]).unwrap_or_default(),
            minutes: text(&item["minutes"]),
            level: text(&item["level"]),
            topic: text(&item["topic"]),
            url: text(&item["url"]),
        })
        .collect();
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let cells = |row: &PracticeRow| {
        let head = [row.kind.clone(), row.id.clone(), row.title.clone()];
        head.into_iter().chain([&row.minutes, &row.level, &row.topic, &row.url].map(shown)).collect()
    };
    print(&table(&rows, json, cells)).map(|()| true)
}

fn shown(target: &RawTarget) -> String {
    match target {
        RawTarget::Outside(url) | RawTarget::Script(url) => url.clone(),
        RawTarget::Here => "#".to_owned(),
        RawTarget::Anchor(anchor) => format!("#{anchor}"),
        RawTarget::Path { path, query, anchor } => {
            let query = query.as_ref().map_or(String::new(), |query| format!("?{query}"));
            let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
            format!("{path}{query}{anchor}")
        }
    }
}

/// A table with columns padded to their widest cell, or one JSON list.
fn table<T: Serialize>(rows: &[T], json: bool, cells: impl Fn(&T) -> Vec<String>) -> String {
    if json {
        return serde_json::to_string_pretty(rows).expect("strings and numbers are JSON") + "\n";
    }
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)).collect();
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{cell:width$}  ");
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}
