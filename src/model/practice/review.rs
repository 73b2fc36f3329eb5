//! A code review: a sample, its flaws and what only looks like one.

use serde::Serialize;

use super::Level;
use super::time::Minutes;
use crate::base::span::{Span, Spanned};

/// How bad a flaw can be, worst first.
pub const SEVERITIES: &[&str] = &["critical", "high", "medium", "low"];

/// A code review.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// The language of the sample.
    pub language: Option<Spanned<String>>,
    /// How long it takes.
    pub minutes: Option<Spanned<Minutes>>,
    /// What it is about.
    pub topic: Option<Spanned<String>>,
    /// How hard it is.
    pub level: Option<Level>,
    /// The file of the sample, as written.
    pub file: Option<Spanned<String>>,
    /// The file of the fixed version, as written.
    pub fixed: Option<Spanned<String>>,
    /// The number of the code block that holds the sample.
    pub sample: Option<Sample>,
    /// What is asked, as plain text.
    pub scenario: String,
    /// The flaws, in order.
    pub findings: Vec<Finding>,
    /// What is fine, in order.
    pub decoys: Vec<Decoy>,
}

/// A sample that stands in the review.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The number of the code block on the page.
    pub number: usize,
    /// Its text, where it stands on the page.
    pub text: String,
    /// Where its lines start: in the text, and on the page.
    #[serde(skip)]
    pub runs: Vec<(usize, usize)>,
    /// Where the block is.
    #[serde(skip)]
    pub span: Span,
}

/// A flaw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// Its title.
    pub title: String,
    /// Its weaknesses (CWE ids).
    pub cwe: Vec<Spanned<u32>>,
    /// One of [`SEVERITIES`].
    pub severity: &'static str,
    /// Text that stands once in the sample.
    pub at: Option<Spanned<String>>,
    /// The line it is on.
    pub line: Option<Spanned<u32>>,
    /// Who is harmed and how, as plain text.
    pub impact: String,
    /// What to do instead, as plain text.
    pub fix: String,
    /// Where its name is.
    #[serde(skip)]
    pub span: Span,
}

/// What looks like a flaw and is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decoy {
    /// What it is.
    pub title: String,
    /// Text that stands once in the sample.
    pub at: Option<Spanned<String>>,
    /// The line it is on.
    pub line: Option<Spanned<u32>>,
    /// Why it is fine, as plain text.
    pub text: String,
    /// Where its name is.
    #[serde(skip)]
    pub span: Span,
}
