//! A checklist, whose ticks outlive its edits.

use serde::Serialize;

use crate::base::span::Spanned;

/// Things to tick off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checklist {
    /// When it is for.
    pub phase: Option<String>,
    /// What there is to tick off, in order.
    pub items: Vec<Item>,
}

/// A thing to tick off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Under which a browser keeps the tick.
    pub key: Spanned<String>,
    /// What it says, as plain text.
    pub text: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
}
