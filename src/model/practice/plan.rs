//! A plan: days with something to do.

use serde::Serialize;

use super::time::Minutes;
use crate::base::span::{Span, Spanned};

/// Days with something to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// What a day takes, instead of the book's.
    pub minutes: Option<Minutes>,
    /// Its days, in order.
    pub days: Vec<Day>,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// Its number, from 1.
    pub day: Spanned<u32>,
    /// The day of the week.
    pub weekday: Option<String>,
    /// What there is to do.
    pub items: Vec<Item>,
    /// What shows that it was done.
    pub evidence: Option<String>,
    /// Why it takes longer or shorter than others.
    pub exception: Option<String>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// What, as inline Markdown.
    #[serde(rename = "do")]
    pub text: String,
    /// The page to read, as written: from the plan's file.
    pub page: Option<Spanned<String>>,
    /// The material to practise, by id.
    pub practice: Option<Spanned<String>>,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Where it is.
    #[serde(skip)]
    pub span: Span,
}
