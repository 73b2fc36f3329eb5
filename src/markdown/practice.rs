//! The practice directives: their names, where each may stand, and the labels of its parts. A new one starts with a row here.

/// A directive that holds preparation material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Practice {
    /// Folded away until the reader wants it.
    Answer,
    /// An exercise against the clock.
    Drill,
    /// A STAR story.
    Story,
    /// A follow-up question to a story.
    Probe,
    /// A code review.
    Review,
    /// A flaw in a reviewed sample.
    Finding,
    /// What looks like a flaw and is none.
    Decoy,
    /// An interview question.
    Question,
    /// The questions that match.
    Questions,
    /// A phone screen.
    Simulation,
    /// A part of a phone screen.
    Segment,
    /// Things to tick off.
    Checklist,
    /// Days with something to do.
    Plan,
    /// Arithmetic in the open.
    Calc,
    /// A threat model.
    ThreatModel,
    /// An attack tree.
    AttackTree,
}

use Practice::{
    Answer, AttackTree, Calc, Checklist, Decoy, Drill, Finding, Plan, Probe, Question, Questions, Review, Segment,
    Simulation, Story, ThreatModel,
};

/// What the fence lines need to know of a practice directive.
struct Row {
    practice: Practice,
    name: &'static str,
    /// The only directive it may stand in.
    parent: Option<Practice>,
    /// It has no body and no closing line.
    is_leaf: bool,
    labels: &'static [&'static str],
}

const fn row(practice: Practice, name: &'static str, labels: &'static [&'static str]) -> Row {
    Row { practice, name, parent: None, is_leaf: false, labels }
}

const fn part(practice: Practice, name: &'static str, parent: Practice, labels: &'static [&'static str]) -> Row {
    Row { practice, name, parent: Some(parent), is_leaf: false, labels }
}

const fn leaf(practice: Practice, name: &'static str) -> Row {
    Row { practice, name, parent: None, is_leaf: true, labels: &[] }
}

const ROWS: &[Row] = &[
    row(Answer, "answer", &[]),
    row(Drill, "drill", &["Success", "Rubric"]),
    row(Story, "story", &["Situation", "Task", "Action", "Result", "Learning", "Metrics", "Weak", "Why"]),
    part(Probe, "probe", Story, &[]),
    row(Review, "review", &["Ask", "Prevention"]),
    part(Finding, "finding", Review, &["Fix"]),
    part(Decoy, "decoy", Review, &[]),
    row(Question, "question", &["Outline", "Wrong", "Why", "Follow-ups"]),
    leaf(Questions, "questions"),
    row(Simulation, "simulation", &[]),
    part(Segment, "segment", Simulation, &["Signals"]),
    row(Checklist, "checklist", &[]),
    leaf(Plan, "plan"),
    row(Calc, "calc", &[]),
    leaf(ThreatModel, "threat-model"),
    row(AttackTree, "attack-tree", &[]),
];

impl Practice {
    /// The directive of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.practice)
    }

    /// The names of all.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ROWS.iter().map(|row| row.name)
    }

    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.practice == self).expect("every practice directive has a row")
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The only directive it may stand in.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.row().parent
    }

    /// Whether it has no body and no closing line.
    #[must_use]
    pub fn is_leaf(self) -> bool {
        self.row().is_leaf
    }

    /// The labels that its parts may have.
    #[must_use]
    pub fn labels(self) -> &'static [&'static str] {
        self.row().labels
    }

    /// Whether it may stand inside `outer`: material is never nested in other material, but for an answer and for
    /// what belongs to it.
    #[must_use]
    pub fn may_stand_in(self, outer: Self) -> bool {
        match self.parent() {
            Some(parent) => parent == outer,
            None => match self {
                Answer => matches!(outer, Drill | Segment),
                Calc | AttackTree | ThreatModel => matches!(outer, Answer | Drill),
                _ => false,
            },
        }
    }
}
