//! A drill: an exercise against the clock.

use serde::Serialize;

use super::Level;
use super::time::Minutes;
use crate::base::span::Spanned;

/// What kinds of drill there are.
pub const KINDS: &[&str] = &["threat-model", "review", "technical", "behavioural", "speaking", "scripting", "writing"];

/// An exercise against the clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drill {
    /// One of [`KINDS`].
    pub kind: Option<&'static str>,
    /// How long it takes.
    pub minutes: Option<Spanned<Minutes>>,
    /// What it is about.
    pub topic: Option<Spanned<String>>,
    /// How hard it is.
    pub level: Option<Level>,
    /// The principles it trains, by id.
    pub principles: Vec<Spanned<String>>,
    /// What to do, as plain text.
    pub prompt: String,
    /// Its timed parts, in order.
    pub parts: Vec<Step>,
    /// What it is judged by, with points.
    pub rubric: Vec<Points>,
}

/// A timed step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// How many seconds it takes.
    pub seconds: Spanned<u32>,
    /// What to do or say.
    pub text: String,
}

/// What something is judged by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    /// How much it counts.
    pub points: u32,
    /// What.
    pub text: String,
}
