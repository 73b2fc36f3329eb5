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
