//! Preparation material as typed facts. Texts of one line are inline Markdown as written; texts of several are plain.

pub mod attack_tree;
pub mod calc;
pub mod checklist;
pub mod data;
mod drawing;
pub mod drill;
pub mod inline;
pub mod plan;
pub mod question;
pub mod registry;
pub mod review;
pub mod simulation;
pub mod story;
pub mod threat_model;
pub mod time;

use serde::Serialize;

use crate::base::span::{Span, Spanned};

use attack_tree::AttackTree;
use calc::Calc;
use checklist::Checklist;
use drill::Drill;
use question::{Query, Question};
use review::Review;
use simulation::Simulation;
use story::Story;
use time::Minutes;

/// How hard something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// To be known by everybody.
    Easy,
    /// What most interviews ask.
    Medium,
    /// What tells candidates apart.
    Hard,
}

impl Level {
    /// The words for it, easiest first.
    pub const NAMES: &[&str] = &["easy", "medium", "hard"];

    /// The level of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Easy, Self::Medium, Self::Hard].into_iter().find(|level| level.name() == name)
    }

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// One piece of preparation material on a page.
#[derive(Clone, Debug)]
pub struct Material {
    /// The number of its directive.
    pub directive: usize,
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// Its title, as inline Markdown.
    pub title: Option<Spanned<String>>,
    /// What it holds.
    pub content: Content,
}

/// What a piece of material holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Folded away until the reader wants it.
    Answer,
    /// An exercise against the clock.
    Drill(Drill),
    /// A STAR story.
    Story(Story),
    /// A follow-up question to a story.
    Probe,
    /// A code review.
    Review(Review),
    /// A flaw, by its number in its review.
    Finding(usize),
    /// What looks like a flaw, by its number in its review.
    Decoy(usize),
    /// An interview question.
    Question(Question),
    /// The questions that match.
    Questions(Query),
    /// A phone screen.
    Simulation(Simulation),
    /// A part of a phone screen, by its number.
    Segment(usize),
    /// Things to tick off.
    Checklist(Checklist),
    /// A plan in a file of its own.
    Plan {
        /// The file, as written.
        src: Spanned<String>,
    },
    /// Arithmetic in the open.
    Calc(Calc),
    /// A threat model in a file of its own.
    ThreatModel {
        /// The file, as written.
        src: Spanned<String>,
    },
    /// An attack tree.
    AttackTree {
        /// The id of the threat model that its threats are from.
        model: Option<Spanned<String>>,
        /// The tree.
        tree: AttackTree,
    },
}

impl Content {
    /// How many minutes it takes to practise, where that is known of it alone.
    #[must_use]
    pub fn minutes(&self) -> Option<Minutes> {
        let some = |minutes: u32| (minutes > 0).then(|| Minutes::exactly(minutes));
        match self {
            Self::Drill(drill) => drill.minutes.as_ref().map(|minutes| minutes.value),
            Self::Review(review) => review.minutes.as_ref().map(|minutes| minutes.value),
            Self::Story(story) => some(story.parts.iter().map(|part| part.seconds).sum::<u32>().div_ceil(60)),
            Self::Question(question) => some(question.minutes().into()),
            Self::Simulation(simulation) => some(simulation.minutes.value),
            Self::Checklist(checklist) => some(checklist.items.iter().filter_map(|item| item.minutes).sum()),
            _ => None,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn topic(&self) -> Option<&str> {
        let topic = match self {
            Self::Drill(drill) => &drill.topic,
            Self::Review(review) => &review.topic,
            Self::Story(story) => &story.topic,
            Self::Question(question) => &question.topic,
            _ => return None,
        };
        topic.as_ref().map(|topic| topic.value.as_str())
    }

    /// The file beside the page that it is shown from.
    #[must_use]
    pub fn src(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Plan { src } | Self::ThreatModel { src } => Some(src),
            _ => None,
        }
    }
}

/// A part of a page's text with a label, and where the paragraph starts that the label opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The offset of its paragraph.
    pub paragraph: u32,
    /// Where its text starts, behind the label.
    pub text: u32,
    /// The directive that it is a part of.
    pub directive: usize,
    /// The label.
    pub name: &'static str,
}

/// What the directives of a page mean to whoever writes the page.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Where parts start, in order.
    pub labels: Vec<Label>,
    /// What the typed facts hold instead of the text, in order: braces behind list items, whole lists.
    pub taken: Vec<Span>,
    /// What can be ticked off, in order.
    pub ticks: Vec<Tick>,
}

/// A list item that can be ticked off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick {
    /// Where the item starts.
    pub item: u32,
    /// Under which a browser keeps the tick.
    pub key: String,
    /// What it says.
    pub text: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
}
