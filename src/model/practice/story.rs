//! A story: situation, task, action, result, as they are spoken.

use serde::Serialize;

use crate::base::span::{Span, Spanned};

/// A STAR story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// The principles it is told for, by id.
    pub principles: Vec<Spanned<String>>,
    /// Those it serves as well.
    pub also: Vec<Spanned<String>>,
    /// What it is about.
    pub topic: Option<Spanned<String>>,
    /// The company, invented or not.
    pub company: Option<String>,
    /// It is made up.
    pub fictional: bool,
    /// Its parts, in the order in which they are told.
    pub parts: Vec<Part>,
    /// How the result was measured.
    pub metrics: Vec<Metric>,
    /// Follow-up questions.
    pub probes: Vec<String>,
    /// Has a badly told version.
    pub has_weak: bool,
}

/// The parts in the order they are told in, and how many seconds each takes. Learning closes the result.
pub const PARTS: &[(&str, u32)] = &[("Situation", 45), ("Task", 30), ("Action", 120), ("Result", 45)];

/// A part of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its label.
    pub name: &'static str,
    /// Its text as it is spoken.
    pub text: String,
    /// How many words that are.
    pub words: usize,
    /// How many seconds it should take.
    pub budget: u32,
    /// How many seconds it takes at the book's rate.
    pub seconds: u32,
    /// Where its label is.
    #[serde(skip)]
    pub label: Span,
}

/// A number that shows the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// What it says, as inline Markdown.
    pub text: String,
    /// It is felt by customers.
    pub customer: bool,
}
