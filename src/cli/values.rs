//! The values that arguments may have, by the names that they are given on the command line.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum};

use crate::commands::{self, build::Timings};
use crate::diagnostic::{Code, Format};
use crate::runner::Language;

/// How mistakes are shown.
#[derive(Clone, Copy, ValueEnum)]
pub enum FormatArgument {
    /// The source line, with carets
    Human,
    /// One line each
    Short,
    /// An object a line, to standard output
    Json,
    /// A SARIF 2.1.0 log, to standard output
    Sarif,
    /// Annotations for GitHub Actions, to standard output
    Github,
}

impl From<FormatArgument> for Format {
    fn from(argument: FormatArgument) -> Self {
        match argument {
            FormatArgument::Human => Self::Human,
            FormatArgument::Short => Self::Short,
            FormatArgument::Json => Self::Json,
            FormatArgument::Sarif => Self::Sarif,
            FormatArgument::Github => Self::Github,
        }
    }
}

/// How times are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum TimingsArgument {
    /// A line each, in milliseconds
    Text,
    /// One line of JSON, with what was done in that time
    Json,
}

impl From<TimingsArgument> for Timings {
    fn from(argument: TimingsArgument) -> Self {
        match argument {
            TimingsArgument::Text => Self::Text,
            TimingsArgument::Json => Self::Json,
        }
    }
}

/// What samples are written in.
#[derive(Clone, Copy, ValueEnum)]
pub enum LanguageArgument {
    #[value(alias = "py")]
    Python,
    Java,
    #[value(name = "javascript", alias = "js")]
    JavaScript,
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Python => Self::Python,
            LanguageArgument::Java => Self::Java,
            LanguageArgument::JavaScript => Self::JavaScript,
        }
    }
}

/// When colours are used.
#[derive(Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// What `new` makes.
#[derive(Clone, Copy, ValueEnum)]
pub enum NewArgument {
    /// A page, with front matter and a title
    Page,
    /// A page with an exercise against the clock
    Drill,
    /// A page with a STAR story
    Story,
    /// A page with a code review
    Review,
    /// A YAML file of questions
    Question,
    /// A threat model in YAML, and a page that shows it
    ThreatModel,
    /// A plan in YAML, and a page that shows it
    Plan,
    /// A file of the built-in theme, to be changed; or the words of another language
    ThemeFile,
}

impl NewArgument {
    /// The kind of page or data; a file of the theme is neither.
    pub fn kind(self) -> Option<commands::new::Kind> {
        use commands::new::Kind;
        Some(match self {
            Self::Page => Kind::Page,
            Self::Drill => Kind::Drill,
            Self::Story => Kind::Story,
            Self::Review => Kind::Review,
            Self::Question => Kind::Question,
            Self::ThreatModel => Kind::ThreatModel,
            Self::Plan => Kind::Plan,
            Self::ThemeFile => return None,
        })
    }
}

/// What `schema` prints the schema of.
#[derive(Clone, Copy, ValueEnum)]
pub enum SchemaArgument {
    /// The front matter of a page
    FrontMatter,
    /// *.threat-model.yaml
    ThreatModel,
    /// *.questions.yaml, and YAML in a folder questions
    Questions,
    /// plan.yaml and *.plan.yaml
    Plan,
    /// glossary.yaml
    Glossary,
    /// references.yaml
    References,
    /// synonyms.yaml
    Synonyms,
}

impl From<SchemaArgument> for commands::schema::Kind {
    fn from(argument: SchemaArgument) -> Self {
        match argument {
            SchemaArgument::FrontMatter => Self::FrontMatter,
            SchemaArgument::ThreatModel => Self::ThreatModel,
            SchemaArgument::Questions => Self::Questions,
            SchemaArgument::Plan => Self::Plan,
            SchemaArgument::Glossary => Self::Glossary,
            SchemaArgument::References => Self::References,
            SchemaArgument::Synonyms => Self::Synonyms,
        }
    }
}

/// A code, or what looks like one: shells offer the codes that there are, and `explain` knows the nearest.
#[derive(Clone)]
pub struct CodeParser;

impl TypedValueParser for CodeParser {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        clap::builder::StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Code::ALL.iter().map(|code| PossibleValue::new(code.name()))))
    }
}

/// What `list` lists.
#[derive(Clone, Copy, ValueEnum)]
pub enum ListArgument {
    /// Every page: address, title, file
    Pages,
    /// Every link: file, line, target
    Links,
    /// Everything to practise: kind, id, title, minutes, level, topic, address
    Practice,
}
