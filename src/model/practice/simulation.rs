//! A phone screen, minute by minute.

use serde::Serialize;

use super::question::Query;
use crate::base::span::{Span, Spanned};

/// What a part of a phone screen can be.
pub const KINDS: &[&str] = &["opening", "technical", "behavioural", "questions", "closing"];

/// A phone screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Simulation {
    /// How many minutes it takes.
    pub minutes: Spanned<u32>,
    /// How many of them are technical, from the start.
    pub technical: u32,
    /// What is said beforehand, as plain text.
    pub text: String,
    /// Its parts, in order.
    pub segments: Vec<Segment>,
}

/// Something that the interviewer says later.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cue {
    /// The minute of the simulation.
    pub at: Spanned<u32>,
    /// What.
    pub text: String,
}

/// A part of a phone screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Segment {
    /// What it is called.
    pub title: String,
    /// The minute it starts at.
    pub at: Option<Spanned<u32>>,
    /// How many minutes it takes.
    pub minutes: Option<Spanned<u32>>,
    /// One of [`KINDS`].
    pub kind: Option<&'static str>,
    /// The principles it asks for, by id.
    pub principles: Vec<Spanned<String>>,
    /// The question that is asked, by id.
    pub question: Option<Spanned<String>>,
    /// What is worked on, by id: a review, a drill.
    pub practice: Option<Spanned<String>>,
    /// What is drawn from the bank, where nothing else is asked.
    pub draw: Option<Query>,
    /// What the interviewer says, as plain text.
    pub script: String,
    /// What the interviewer says later, by the minute of the simulation.
    pub cues: Vec<Cue>,
    /// What a strong answer shows, as plain text.
    pub signals: String,
    /// Where its name is.
    #[serde(skip)]
    pub span: Span,
}
