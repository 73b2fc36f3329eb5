//! `prepbook schema`: JSON Schema of each kind of YAML, for editors that complete and check while one writes.

use super::print;
use crate::base::error::Result;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The front matter of a page.
    FrontMatter,
    /// `*.threat-model.yaml`
    ThreatModel,
    /// `*.questions.yaml`
    Questions,
    /// `*.plan.yaml`
    Plan,
    /// `glossary.yaml`
    Glossary,
    /// `references.yaml`
    References,
    /// `synonyms.yaml`
    Synonyms,
}

impl Kind {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::FrontMatter,
        Self::ThreatModel,
        Self::Questions,
        Self::Plan,
        Self::Glossary,
        Self::References,
        Self::Synonyms,
    ];

    /// The schema, as JSON.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::FrontMatter => include_str!("front-matter.schema.json"),
            Self::ThreatModel => include_str!("threat-model.schema.json"),
            Self::Questions => include_str!("questions.schema.json"),
            Self::Plan => include_str!("plan.schema.json"),
            Self::Glossary => include_str!("glossary.schema.json"),
            Self::References => include_str!("references.schema.json"),
            Self::Synonyms => include_str!("synonyms.schema.json"),
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter.schema.json",
            Self::ThreatModel => "threat-model.schema.json",
            Self::Questions => "questions.schema.json",
            Self::Plan => "plan.schema.json",
            Self::Glossary => "glossary.schema.json",
            Self::References => "references.schema.json",
            Self::Synonyms => "synonyms.schema.json",
        }
    }
}

/// Prints the schema of a kind.
pub fn run(kind: Kind) -> Result<bool> {
    print(kind.text()).map(|()| true)
}
