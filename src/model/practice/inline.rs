//! What stands inside a line: claims, terms of the glossary, sources.

use crate::base::span::{Span, Spanned};

/// How a claim is backed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its subject says so in public.
    Official,
    /// Somebody who was there says so.
    Reported,
    /// The book's own advice.
    Advice,
}

impl Standing {
    /// The words for it.
    pub const NAMES: &[&str] = &["official", "reported", "advice"];

    /// The standing of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Official, Self::Reported, Self::Advice];
        all.into_iter().zip(Self::NAMES).find(|(_, known)| **known == name).map(|(standing, _)| standing)
    }

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What stands inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A statement, and how it is backed.
    Claim {
        /// How.
        standing: Option<Standing>,
        /// Its source, by id.
        reference: Option<Spanned<String>>,
        /// When that was looked at.
        checked_on: Option<String>,
    },
    /// A term of the glossary, by id or by its words.
    Term(Spanned<String>),
    /// A source, by id.
    Reference(Spanned<String>),
}

/// Something inside a line, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineMark {
    /// What.
    pub inline: Inline,
    /// All of it.
    pub span: Span,
    /// The words in brackets.
    pub words: Span,
}
