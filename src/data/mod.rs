//! Structured data with places: TOML and YAML become one tree whose every node knows its span, and one
//! reader takes typed values from it and reports all that is wrong in one go.

mod reader;
mod toml;
mod value;
mod yaml;

pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;
pub use reader::{Codes, Table};
pub use value::{Kind, Value};

use crate::base::span::Span;

/// A text that is not valid TOML or YAML: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The parser's words, one line.
    pub message: String,
    /// The likely fix, where one is plain.
    pub help: Option<&'static str>,
    /// Where it gave up.
    pub span: Span,
}
