//! An interview question with its answer, and a query for questions.

use serde::Serialize;

use super::Level;
use crate::base::span::{Span, Spanned};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// What is asked, as inline Markdown.
    pub text: Spanned<String>,
    /// What it is about.
    pub topic: Option<Spanned<String>>,
    /// How hard it is.
    pub level: Option<Level>,
    /// How long an answer takes.
    pub minutes: Option<u16>,
    /// The principles it asks for, by id.
    pub principles: Vec<Spanned<String>>,
    /// The points of a good answer, as inline Markdown.
    pub outline: Vec<String>,
    /// The answer that tempts and is wrong.
    pub wrong: Option<String>,
    /// Why it is wrong.
    pub why: Option<String>,
    /// What is asked next.
    pub follow_ups: Vec<String>,
    /// Sources, by id.
    pub refs: Vec<Spanned<String>>,
    /// Candidates have reported it.
    pub reported: bool,
    /// Where it is: its name, or its entry in a list.
    #[serde(skip)]
    pub span: Span,
}

impl Question {
    /// How many minutes an answer takes: as written, else by level.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        self.minutes.unwrap_or(match self.level {
            Some(Level::Easy) => 2,
            Some(Level::Hard) => 6,
            Some(Level::Medium) | None => 4,
        })
    }
}

/// Which questions are wanted. An empty list wants any.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Query {
    /// What they are about.
    pub topics: Vec<Spanned<String>>,
    /// How hard they are.
    pub levels: Vec<Spanned<Level>>,
    /// The principles they ask for.
    pub principles: Vec<Spanned<String>>,
    /// Their ids.
    pub ids: Vec<Spanned<String>>,
    /// How many at most.
    pub limit: Option<usize>,
    /// Where it is written.
    #[serde(skip)]
    pub span: Span,
}

impl Query {
    /// Whether a question is wanted.
    #[must_use]
    pub fn wants(&self, question: &Question) -> bool {
        let is_any = |wanted: &[Spanned<String>], found: &[&str]| {
            wanted.is_empty() || wanted.iter().any(|wanted| found.contains(&wanted.value.as_str()))
        };
        let topic: Vec<&str> = question.topic.iter().map(|topic| topic.value.as_str()).collect();
        let id: Vec<&str> = question.id.iter().map(|id| id.value.as_str()).collect();
        let principles: Vec<&str> = question.principles.iter().map(|principle| principle.value.as_str()).collect();
        is_any(&self.topics, &topic)
            && is_any(&self.ids, &id)
            && is_any(&self.principles, &principles)
            && (self.levels.is_empty() || self.levels.iter().any(|level| Some(level.value) == question.level))
    }
}
