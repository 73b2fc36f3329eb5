//! TOML to [`Value`]. The only file that knows the toml crate.

use toml::de::{DeTable, DeValue};

use super::{Kind, SyntaxError, Value};
use crate::base::span::{Span, Spanned};

/// Reads a whole document. All syntax errors are returned, with the tree of what could be read.
#[must_use]
pub fn parse(text: &str) -> (Value, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError {
            message: error.message().replace('\n', ", "),
            help: error.message().starts_with("invalid date").then_some("a text stands in quotes"),
            span: Span::new(error.span().unwrap_or(0..0)),
        })
        .collect();
    let span = Span::new(table.span());
    (Value { span, kind: map(table.into_inner()) }, errors)
}

fn map(table: DeTable<'_>) -> Kind {
    let mut entries: Vec<(Spanned<String>, Value)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(key.span());
            (Spanned::new(key.into_inner().into_owned(), span), node(value))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Kind::Map(entries)
}

fn node(value: toml::Spanned<DeValue<'_>>) -> Value {
    let span = Span::new(value.span());
    let kind = match value.into_inner() {
        DeValue::String(text) => Kind::Text(text.into_owned()),
        DeValue::Integer(number) => Kind::Number(number.to_string()),
        DeValue::Float(number) => Kind::Number(number.to_string()),
        DeValue::Boolean(flag) => Kind::Bool(flag),
        DeValue::Datetime(date) => Kind::Date(date.to_string()),
        DeValue::Array(items) => Kind::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => map(table),
    };
    Value { span, kind }
}
