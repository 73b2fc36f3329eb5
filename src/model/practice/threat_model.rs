//! A threat model: elements, flows, trust boundaries, threats.

use serde::Serialize;

use super::Level;
use super::attack_tree::AttackTree;
use super::time::Minutes;
use crate::base::span::{Span, Spanned};

/// A threat model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreatModel {
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// In a sentence or two: what it is a model of.
    pub description: Option<String>,
    /// How long it takes to make.
    pub minutes: Option<Minutes>,
    /// What it is about.
    pub topic: Option<Spanned<String>>,
    /// How hard it is.
    pub level: Option<Level>,
    /// What it is made of, in the order of the file.
    pub elements: Vec<Element>,
    /// What flows between elements, in the order of the file.
    pub flows: Vec<Flow>,
    /// The trust boundaries, in the order of the file.
    pub boundaries: Vec<Boundary>,
    /// The threats, in the order of the file.
    pub threats: Vec<Threat>,
    /// Attack trees.
    pub trees: Vec<AttackTree>,
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ElementKind {
    /// Outside of what is modelled.
    External,
    /// Does something.
    Process,
    /// Keeps something.
    Store,
}

impl ElementKind {
    /// The words for it.
    pub const NAMES: &[&str] = &["external", "process", "store"];

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let kinds = [Self::External, Self::Process, Self::Store];
        kinds.into_iter().zip(Self::NAMES).find(|(_, known)| **known == name).map(|(kind, _)| kind)
    }

    /// The STRIDE letters that fit it (Shostack, Threat Modeling, 2014, STRIDE per element).
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::External => "SR",
            Self::Process => STRIDE,
            Self::Store => "TRID",
        }
    }
}

/// The letters of STRIDE.
pub const STRIDE: &str = "STRIDE";

/// The letters that fit a flow by itself.
pub const FLOW_LETTERS: &str = "TID";

/// The words of STRIDE, by letter.
#[must_use]
pub fn stride_word(letter: char) -> &'static str {
    match letter {
        'S' => "Spoofing",
        'T' => "Tampering",
        'R' => "Repudiation",
        'I' => "Information disclosure",
        'D' => "Denial of service",
        _ => "Elevation of privilege",
    }
}

/// The id of a threat on a page: ids in a model are its own. No heading has an id with a full stop.
#[must_use]
pub fn anchor(model: &str, threat: &str) -> String {
    format!("{model}.{}", threat.to_lowercase())
}

/// What is done about a threat.
pub const RESPONSES: &[&str] = &["mitigate", "eliminate", "transfer", "accept"];

/// How likely something is, how much it harms.
pub const DEGREES: &[&str] = &["low", "medium", "high"];

/// A part of what is modelled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Element {
    /// What flows and threats call it.
    pub id: Spanned<String>,
    /// What it is.
    pub kind: ElementKind,
    /// What it is called.
    pub name: String,
    /// Column and row of the grid; none where that is not said, which was reported.
    pub at: Option<(u32, u32)>,
    /// The innermost boundary around it.
    #[serde(rename = "in")]
    pub inside: Option<Spanned<String>>,
}

/// What flows between elements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flow {
    /// What threats call it.
    pub id: Spanned<String>,
    /// The elements it passes, in order.
    pub stops: Vec<Spanned<String>>,
    /// What flows.
    pub data: String,
    /// How.
    pub over: Option<String>,
    /// It flows back as well.
    pub both: bool,
}

/// A trust boundary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Boundary {
    /// What elements call it.
    pub id: Spanned<String>,
    /// What it is called.
    pub name: String,
    /// The boundary around it.
    #[serde(rename = "in")]
    pub inside: Option<Spanned<String>>,
    /// The flows that cross it, where it is around nothing.
    pub crossed_by: Vec<Spanned<String>>,
}

/// Something that can go wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Threat {
    /// What it is called in the model.
    pub id: Spanned<String>,
    /// The elements and flows it is about.
    pub on: Vec<Spanned<String>>,
    /// Its letters.
    pub stride: Spanned<String>,
    /// What happens.
    pub statement: String,
    /// One of [`DEGREES`].
    pub likelihood: &'static str,
    /// One of [`DEGREES`].
    pub impact: &'static str,
    /// Why it is that likely and that harmful.
    pub why: Option<String>,
    /// One of [`RESPONSES`].
    pub response: &'static str,
    /// What is done.
    pub mitigation: Option<String>,
    /// How one would see that it works.
    pub test: Option<String>,
    /// What remains.
    pub residual: Option<String>,
    /// Its place among the risks, from 1: as written, else computed.
    pub rank: usize,
    /// Where its rank is written.
    #[serde(skip)]
    pub rank_span: Option<Span>,
    /// Where it is.
    #[serde(skip)]
    pub span: Span,
}

impl Threat {
    /// How much it weighs: impact and likelihood, each from 1 to 3.
    #[must_use]
    pub fn weight(&self) -> (usize, usize) {
        let degree = |word: &str| DEGREES.iter().position(|known| *known == word).unwrap_or(0) + 1;
        (degree(self.impact), degree(self.likelihood))
    }
}
