//! Turns (language, text of a code block) into lines of HTML whose spans carry
//! one-letter classes. Must not know pages, themes or Markdown.
//!
//! A pure function: the same bytes for any thread count and order of calls, so
//! callers may remember results by language and text.

mod classes;
mod emit;
mod kept;
mod languages;
mod memo;
mod table;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, SyntaxSet};

pub use kept::Kept;
pub use languages::{Language, language, language_of_file, names, nearest};
pub use memo::{Highlighting, Memo};
use table::{Prompts, Reading};

/// Blocks with more bytes are not highlighted.
pub const MAX_BYTES: usize = 64 * 1024;
/// Blocks with a line of more characters are not highlighted.
pub const MAX_LINE_CHARACTERS: usize = 2_000;

/// The grammars. Loading takes about a millisecond; their expressions are
/// compiled as text first needs them.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// A code block as HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Highlighted {
    /// One for each line of the text, escaped, without line ends. Spans do not
    /// cross lines.
    pub lines: Vec<String>,
    /// Why the block was only escaped, if its size was the reason.
    pub limit: Option<Limit>,
}

/// A bound that kept a block from being highlighted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// The block has more than `MAX_BYTES`.
    Block {
        /// How many it has.
        bytes: usize,
    },
    /// This line (from one) has more than `MAX_LINE_CHARACTERS`.
    Line {
        /// Which line.
        line: usize,
        /// How many it has.
        characters: usize,
    },
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Block { bytes } => {
                write!(formatter, "the block has {bytes} bytes, at most {MAX_BYTES} are highlighted")
            }
            Limit::Line { line, characters } => write!(
                formatter,
                "line {line} has {characters} characters, at most {MAX_LINE_CHARACTERS} are highlighted"
            ),
        }
    }
}

/// Highlights a block. Lines end with `\n` or `\r\n`; an end after the last
/// line opens no further one.
pub fn lines(language: Language, text: &str) -> Highlighted {
    let Some(grammar) = language.grammar() else {
        return Highlighted { lines: text.lines().map(escaped).collect(), limit: None };
    };
    let limit = limit(text);
    if limit.is_some() {
        return Highlighted { lines: text.lines().map(escaped).collect(), limit };
    }
    let new =
        || Parser { state: Some(ParseState::new(grammar)), scopes: emit::Scopes::default(), buffer: String::new() };
    let lines = match language.reading() {
        Reading::Session(_, prompts) => session(*prompts, text, new),
        Reading::TextBlocks(_) => text_blocks(text, new()),
        Reading::As(_) | Reading::Plain => {
            let mut parser = new();
            text.lines().map(|line| parser.line(line)).collect()
        }
    };
    Highlighted { lines, limit: None }
}

/// The bound that keeps a block from being highlighted, if one does.
pub fn limit(text: &str) -> Option<Limit> {
    if text.len() > MAX_BYTES {
        return Some(Limit::Block { bytes: text.len() });
    }
    text.lines()
        .map(|line| if line.len() > MAX_LINE_CHARACTERS { line.chars().count() } else { 0 })
        .enumerate()
        .find(|&(_, characters)| characters > MAX_LINE_CHARACTERS)
        .map(|(index, characters)| Limit::Line { line: index + 1, characters })
}

fn escaped(line: &str) -> String {
    let mut html = String::with_capacity(line.len());
    emit::escape(line, &mut html);
    html
}

/// A transcript: what follows a prompt is code, everything else is output and
/// stays bare.
fn session(prompts: Prompts, text: &str, new: impl Fn() -> Parser) -> Vec<String> {
    let mut parser = new();
    // The line before was code, and may go on.
    let mut continues = false;
    text.lines()
        .map(|line| {
            let code = if let Some(code) = after(prompts.first, line) {
                parser = new();
                code
            } else if !continues {
                return escaped(line);
            } else if let Some(code) = after(prompts.second, line) {
                code
            } else if prompts.backslash {
                line
            } else {
                continues = false;
                return escaped(line);
            };
            continues = !prompts.backslash || code.ends_with('\\');
            let mut html = escaped(&line[..line.len() - code.len()]);
            html.push_str(&parser.line(code));
            html
        })
        .collect()
}

/// The code after a prompt. A prompt alone on its line has lost its space.
fn after<'a>(prompt: &str, line: &'a str) -> Option<&'a str> {
    let code = line.strip_prefix(prompt)?;
    if code.is_empty() { Some(code) } else { code.strip_prefix(' ') }
}

/// Code with strings between triple quotes over several lines, which the
/// grammar takes for an empty string and one that was forgotten. It never sees
/// what is between them.
fn text_blocks(text: &str, mut parser: Parser) -> Vec<String> {
    const QUOTES: &str = "\"\"\"";
    let mut inside = false;
    text.lines()
        .map(|line| {
            if inside {
                let quotes = |&at: &usize| line[at..].starts_with(QUOTES) && !line[..at].ends_with('\\');
                let Some(end) = line.char_indices().map(|(at, _)| at).find(quotes) else {
                    return emit::whole(b's', line);
                };
                inside = false;
                let (string, code) = line.split_at(end + QUOTES.len());
                return emit::whole(b's', string) + &parser.line(code);
            }
            let html = parser.line(line);
            // An odd number opens one, unless it is a comment's.
            inside = line.trim_end().ends_with(QUOTES)
                && line.matches(QUOTES).count() % 2 == 1
                && html.rfind("<span class=\"").is_some_and(|at| html[at..].contains("\"s\""));
            html
        })
        .collect()
}

struct Parser {
    /// None after the parser gave up: a grammar that mentions a missing one.
    state: Option<ParseState>,
    scopes: emit::Scopes,
    /// The line with its end, which the grammars want to see.
    buffer: String,
}

impl Parser {
    fn line(&mut self, line: &str) -> String {
        let Some(state) = &mut self.state else {
            return escaped(line);
        };
        self.buffer.clear();
        self.buffer.push_str(line);
        self.buffer.push('\n');
        if let Ok(operations) = state.parse_line(&self.buffer, &GRAMMARS) {
            emit::line(line, &operations, &mut self.scopes)
        } else {
            self.state = None;
            escaped(line)
        }
    }
}
