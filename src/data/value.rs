//! The tree that TOML and YAML are read into.

use crate::base::span::{Span, Spanned};

/// One node and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing (`null`, or no value at all).
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written, so that `1.10` stays `1.10` where a text is wanted.
    Number(String),
    /// A text.
    Text(String),
    /// A date or time, as written.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order of the file.
    Map(Vec<(Spanned<String>, Value)>),
}

impl Value {
    /// The same tree, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        if by == 0 {
            return self;
        }
        let entry =
            |(key, value): (Spanned<String>, Self)| (Spanned::new(key.value, key.span.shifted(by)), value.shifted(by));
        let kind = match self.kind {
            Kind::List(items) => Kind::List(items.into_iter().map(|item| item.shifted(by)).collect()),
            Kind::Map(entries) => Kind::Map(entries.into_iter().map(entry).collect()),
            other => other,
        };
        Self { span: self.span.shifted(by), kind }
    }
}

impl Kind {
    /// "a text", "a list" …, for messages.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Map(_) => "a table",
        }
    }
}
