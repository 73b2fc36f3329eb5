//! Files of data beside the pages: which there are, and what each holds.

use std::sync::Arc;

use serde::Serialize;

use super::plan::Plan;
use super::question::Question;
use super::threat_model::ThreatModel;
use crate::base::nearest::distance_within;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::Diagnostic;

/// What a file of data holds, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataKind {
    /// `*.threat-model.yaml`
    ThreatModel,
    /// `*.questions.yaml`, or any in a folder `questions`
    Questions,
    /// `plan.yaml`, `*.plan.yaml`
    Plan,
    /// `glossary.yaml`
    Glossary,
    /// `references.yaml`
    References,
    /// `synonyms.yaml`, `*.synonyms.yaml`
    Synonyms,
}

/// What the names of files of data are, or end with behind a full stop.
const NAMES: &[&str] = &["threat-model", "plan", "questions", "glossary", "references", "synonyms"];

impl DataKind {
    /// What the file at `path` holds; none for any other file.
    #[must_use]
    pub fn of(path: &BookPath) -> Option<Self> {
        let stem = path.name().strip_suffix(".yaml").or_else(|| path.name().strip_suffix(".yml"))?;
        match stem.rsplit('.').next().unwrap_or(stem) {
            "threat-model" => Some(Self::ThreatModel),
            "plan" => Some(Self::Plan),
            "questions" => Some(Self::Questions),
            "glossary" => Some(Self::Glossary),
            "references" => Some(Self::References),
            "synonyms" => Some(Self::Synonyms),
            _ if path.parent().name() == "questions" => Some(Self::Questions),
            _ => None,
        }
    }

    /// How the names of such files end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::ThreatModel => ".threat-model.yaml",
            Self::Questions => ".questions.yaml",
            Self::Plan => "plan.yaml",
            Self::Glossary => "glossary.yaml",
            Self::References => "references.yaml",
            Self::Synonyms => ".synonyms.yaml",
        }
    }

    /// The key of the list that such a file is.
    #[must_use]
    pub fn list(self) -> Option<&'static str> {
        match self {
            Self::ThreatModel => None,
            Self::Questions => Some("questions"),
            Self::Plan => Some("days"),
            Self::Glossary => Some("terms"),
            Self::References => Some("references"),
            Self::Synonyms => Some("synonyms"),
        }
    }

    /// The name that one at `path` has, were it not for a letter: nothing reads it as it is called.
    #[must_use]
    pub fn meant(path: &BookPath) -> Option<String> {
        let (stem, ending) = path.name().rsplit_once('.').filter(|(_, ending)| {
            let ending = ending.to_ascii_lowercase();
            Self::of(path).is_none() && (ending == "yaml" || ending == "yml")
        })?;
        let (before, last) =
            stem.rsplit_once('.').map_or(("", stem), |(_, last)| (&stem[..stem.len() - last.len()], last));
        // A short word is another word's neighbour.
        let is_meant = |known: &&&str| {
            known.eq_ignore_ascii_case(last)
                || last.strip_suffix('s').is_some_and(|one| known.eq_ignore_ascii_case(one))
                || (known.len() > 5 && distance_within(last, known, 1).is_some())
        };
        let known = NAMES.iter().find(is_meant)?;
        Some(format!("{before}{known}.{}", ending.to_ascii_lowercase()))
    }

    /// How messages call it.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::ThreatModel => "the threat model",
            Self::Questions => "the question bank",
            Self::Plan => "the plan",
            Self::Glossary => "the glossary",
            Self::References => "the list of references",
            Self::Synonyms => "the list of synonyms",
        }
    }
}

/// What one file of data says, found without looking at any other.
#[derive(Clone, Debug)]
pub struct ParsedData {
    /// What it holds; nothing where it cannot be read.
    pub content: Option<Data>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file of data holds.
#[derive(Clone, Debug)]
pub enum Data {
    /// A threat model.
    ThreatModel(Arc<ThreatModel>),
    /// Questions.
    Questions(Vec<Question>),
    /// A plan.
    Plan(Arc<Plan>),
    /// Terms.
    Glossary(Vec<Term>),
    /// Sources.
    References(Vec<Reference>),
    /// Words and phrases that mean the same to a search.
    Synonyms(Vec<Vec<String>>),
}

impl Data {
    /// Whether there is nothing in it that others call by a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::ThreatModel(model) => model.threats.is_empty(),
            Self::Questions(questions) => questions.is_empty(),
            Self::Glossary(terms) => terms.is_empty(),
            Self::References(references) => references.is_empty(),
            Self::Plan(_) | Self::Synonyms(_) => false,
        }
    }
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// What it is called in the book.
    pub id: Spanned<String>,
    /// The term.
    pub term: Spanned<String>,
    /// Other words for it.
    pub also: Vec<Spanned<String>>,
    /// What it means, as inline Markdown.
    pub meaning: String,
    /// Related terms, by id.
    pub see: Vec<Spanned<String>>,
    /// Sources, by id.
    pub refs: Vec<Spanned<String>>,
    /// Where it is.
    #[serde(skip)]
    pub span: Span,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    /// What it is called in the book.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub org: Option<String>,
    /// Where it is.
    pub url: Option<Spanned<String>>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// When it was looked at.
    pub checked_on: Option<String>,
    /// Where its entry is.
    #[serde(skip)]
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_holds() {
        for (path, kind) in [
            ("guide/1-a/file-upload.threat-model.yaml", Some(DataKind::ThreatModel)),
            ("guide/questions/aws.yaml", Some(DataKind::Questions)),
            ("guide/aws.questions.yml", Some(DataKind::Questions)),
            ("guide/plan.yaml", Some(DataKind::Plan)),
            ("guide/four-weeks.plan.yaml", Some(DataKind::Plan)),
            ("guide/glossary.yaml", Some(DataKind::Glossary)),
            ("guide/references.yaml", Some(DataKind::References)),
            ("guide/synonyms.yaml", Some(DataKind::Synonyms)),
            ("guide/template.yaml", None),
            ("guide/plan.json", None),
            ("guide/my-plan.yaml", None),
        ] {
            assert_eq!(DataKind::of(&BookPath::new(path).expect("a plain path")), kind, "{path}");
        }
    }
}
