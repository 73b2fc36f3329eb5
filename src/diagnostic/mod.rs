//! The author's mistakes as values: collected, sorted, printed together. Knows no stage and no file system.

pub mod catalog;
mod code;
mod line_index;
mod print;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::path::BookPath;
use crate::base::span::Span;

pub use code::{Code, Level};
pub use line_index::{LineIndex, Position};
pub use print::{Format, Printing, position, print, print_failure, summary};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The book cannot be published like this.
    Error,
    /// Probably a mistake; the book is still published (not under `--strict`).
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where something is: a file of the book, and a part of its text if one can be named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: BookPath,
    /// The part of its text; `None` for the file as a whole.
    pub span: Option<Span>,
}

impl Place {
    /// A part of a file.
    #[must_use]
    pub fn at(path: &BookPath, span: Span) -> Self {
        Self { path: path.clone(), span: Some(span) }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(path: &BookPath) -> Self {
        Self { path: path.clone(), span: None }
    }
}

/// Another place that belongs to the story, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What is there, such as "first used here".
    pub message: String,
}

/// One mistake. Built only by the constructors in [`catalog`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// How bad it is; the book's `[lints]` may change it.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// One line, without a full stop, without blame.
    pub message: String,
    /// Other places involved.
    pub notes: Vec<Note>,
    /// The likely fix.
    pub help: Option<Box<str>>,
    /// What few have, so that it takes no room in the others.
    pub more: Option<Box<More>>,
}

/// What few mistakes have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// The last lines of what a program wrote, where one found the mistake: each bounded and without control characters.
    pub output: Vec<String>,
    /// What it has to do with other mistakes.
    pub tie: Tie,
}

/// How mistakes follow from each other: one that lacks what another hides is not reported beside it. What is told first is
/// the cause; what is left once that is mended is told then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// What would be known without this mistake.
    pub hides: Vec<Thing>,
    /// What this mistake would not be without; one of them will do.
    pub lacks: Vec<Thing>,
}

/// What a mistake can hide from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// What an id stands for, or was meant to.
    Id(String),
    /// All ids of a kind: a file, or an entry, could not be read that may have one.
    All(Ids),
    /// A term or source that is used, but misspelt there.
    Use(String),
    /// A use of any: a page could not be read.
    AnyUse,
    /// The one thing that an id stands for; it has two.
    Owner(String),
    /// A key, attribute or label of what is named at that byte of a file: it is there, but misspelt, or with a value that
    /// cannot be read.
    Key(BookPath, u32, String),
    /// A value that ends at that byte of a file, and goes on behind it.
    End(BookPath, u32),
    /// What belongs to which directive of a page.
    Directives(BookPath),
    /// Which flows of a model cross which boundaries.
    Crossings(BookPath),
}

/// A kind of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ids {
    /// Of preparation material.
    Material,
    /// Of sources.
    Reference,
    /// Of terms.
    Term,
    /// Of threats.
    Threat,
}

impl Diagnostic {
    fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let severity = match code.default_level() {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note | Level::Off => Severity::Note,
        };
        let message = one_line(&short_values(&message.into()));
        Self { code, severity, place, message, notes: Vec::new(), help: None, more: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(one_line(&help.into()).into());
        self
    }

    /// With the last lines of what a program wrote.
    #[must_use]
    pub fn output(mut self, output: &str) -> Self {
        let lines: Vec<&str> = output.trim_end().lines().collect();
        let last = lines.len().saturating_sub(OUTPUT_LIMIT);
        let shown = |line: &str| {
            let line = line.trim_end().replace('\t', "    ");
            let cut = line.char_indices().nth(OUTPUT_WIDTH).map(|(end, _)| format!("{}…", &line[..end]));
            one_line(&cut.unwrap_or(line))
        };
        let lines: Vec<String> = lines[last..].iter().map(|line| shown(line)).collect();
        if !lines.is_empty() {
            self.more.get_or_insert_default().output = lines;
        }
        self
    }

    /// Those that lack one of these are not reported beside this one.
    #[must_use]
    pub fn hides(mut self, things: impl IntoIterator<Item = Thing>) -> Self {
        let mut things = things.into_iter().peekable();
        if things.peek().is_some() {
            self.more.get_or_insert_default().tie.hides.extend(things);
        }
        self
    }

    /// It is not reported beside one that hides any of these.
    fn lacks(mut self, things: impl IntoIterator<Item = Thing>) -> Self {
        let mut things = things.into_iter().peekable();
        if things.peek().is_some() {
            self.more.get_or_insert_default().tie.lacks.extend(things);
        }
        self
    }

    /// The last lines of what a program wrote; none where there is no program.
    #[must_use]
    pub fn output_lines(&self) -> &[String] {
        self.more.as_ref().map_or(&[], |more| &more.output)
    }

    fn note(mut self, place: Place, message: impl Into<String>) -> Self {
        self.notes.push(Note { place, message: message.into() });
        self
    }
}

/// How many characters of a message are kept: what an author wrote may be echoed, and be of any length.
const MESSAGE_LIMIT: usize = 300;

/// How many characters of a value are echoed in a message; the place shows it whole. Help is not cut: a
/// name that is to be written must be there in full.
const VALUE_LIMIT: usize = 60;

/// How many lines of a program's output are kept, and how many characters of each.
const OUTPUT_LIMIT: usize = 12;
const OUTPUT_WIDTH: usize = 160;

/// A message with the values in it, which stand between backticks, cut in the middle: the end of a path tells
/// most.
fn short_values(text: &str) -> String {
    let cut = |(index, part): (usize, &str)| {
        let count = part.chars().count();
        if index % 2 == 0 || count <= VALUE_LIMIT {
            return part.to_owned();
        }
        let head: String = part.chars().take(VALUE_LIMIT / 3).collect();
        let tail: String = part.chars().skip(count - (VALUE_LIMIT - VALUE_LIMIT / 3)).collect();
        format!("{head}…{tail}")
    };
    text.split('`').enumerate().map(cut).collect::<Vec<_>>().join("`")
}

/// A text as one line of bounded length, control characters made visible.
fn one_line(text: &str) -> String {
    let mut line: String = text.chars().take(MESSAGE_LIMIT).flat_map(visible).collect();
    if text.chars().nth(MESSAGE_LIMIT).is_some() {
        line.push('…');
    }
    line
}

/// A character as it is printed: control characters as their escapes, and those that turn the direction of
/// writing or end a line, with which a message could be made to look like another.
fn visible(c: char) -> impl Iterator<Item = char> {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let escaped = (c.is_control() || turns).then(|| c.escape_default());
    let plain = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

/// All that was found in one run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds several.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Whether any of them names a place in the file at `path`.
    #[must_use]
    pub fn mention(&self, path: &BookPath) -> bool {
        let notes = |diagnostic: &Diagnostic| diagnostic.notes.iter().any(|note| note.place.path == *path);
        self.0.iter().any(|diagnostic| diagnostic.place.path == *path || notes(diagnostic))
    }

    /// Applies the levels of `level` (by code), drops what is off and what follows from another that is as bad, sorts by
    /// path, place and code, and drops repetitions (a broken reference definition used five times is one mistake).
    #[must_use]
    pub fn settled(self, level: impl Fn(Code) -> Level) -> Vec<Diagnostic> {
        let mut settled: Vec<Diagnostic> = self
            .0
            .into_iter()
            .filter_map(|mut diagnostic| {
                diagnostic.severity = match level(diagnostic.code) {
                    Level::Error => Severity::Error,
                    Level::Warning => Severity::Warning,
                    Level::Note => Severity::Note,
                    Level::Off => return None,
                };
                Some(diagnostic)
            })
            .collect();
        drop_followers(&mut settled);
        settled.sort_by(|left, right| {
            (&left.place, left.code, &left.message).cmp(&(&right.place, right.code, &right.message))
        });
        settled.dedup();
        let alone = ALONE.into_iter().find(|code| settled.iter().any(|diagnostic| diagnostic.code == *code));
        settled.retain(|diagnostic| alone.is_none_or(|code| diagnostic.code == code));
        settled
    }
}

/// Drops what lacks a thing that another hides. Whatever is dropped follows from one that stays: of some that hide one another,
/// all stay. A warning hides no error, or the book would be published.
fn drop_followers(all: &mut Vec<Diagnostic>) {
    type Hidden<'a> = BTreeMap<&'a Thing, Severity>;
    fn hide<'a>(hidden: &mut Hidden<'a>, diagnostic: &'a Diagnostic) {
        for thing in diagnostic.more.iter().flat_map(|more| &more.tie.hides) {
            let severity = hidden.entry(thing).or_insert(diagnostic.severity);
            *severity = diagnostic.severity.min(*severity);
        }
    }
    fn follows(hidden: &Hidden<'_>, diagnostic: &Diagnostic) -> bool {
        let is_hidden = |thing| hidden.get(thing).is_some_and(|severity| *severity <= diagnostic.severity);
        diagnostic.more.iter().flat_map(|more| &more.tie.lacks).any(is_hidden)
    }
    let mut by_any = Hidden::new();
    all.iter().for_each(|diagnostic| hide(&mut by_any, diagnostic));
    let (mut open, causes): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&index| follows(&by_any, &all[index]));
    let mut hidden = Hidden::new();
    causes.into_iter().for_each(|index| hide(&mut hidden, &all[index]));
    let mut dropped = BTreeSet::new();
    loop {
        let (found, rest): (Vec<usize>, Vec<usize>) = open.iter().partition(|index| follows(&hidden, &all[**index]));
        if found.is_empty() {
            break;
        }
        found.iter().for_each(|&index| hide(&mut hidden, &all[index]));
        dropped.extend(found);
        open = rest;
    }
    let mut index = 0..;
    all.retain(|_| index.next().is_none_or(|index| !dropped.contains(&index)));
}

/// What keeps a book from being found. Whatever else seems wrong follows from it: the first of them is reported alone.
const ALONE: [Code; 2] = [Code::ConfigSyntax, Code::ConfigMissingSource];

/// How many errors, warnings and notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts `diagnostics` by severity.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            counts.add(diagnostic.severity);
        }
        counts
    }

    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// Whether the book may be published: no error, and under `strict` no warning either.
    #[must_use]
    pub fn healthy(self, strict: bool) -> bool {
        self.errors == 0 && !(strict && self.warnings > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_is_dropped_and_never_its_cause() {
        let id = |name: &str| Thing::Id(name.to_owned());
        let said = |code: Code, message: &str| Diagnostic::new(code, Place::file(&BookPath::ROOT), message);
        let error = |message: &str| said(Code::LinkMissingPage, message);
        let kept = |all: Vec<Diagnostic>| {
            let mut found = Diagnostics::default();
            found.extend(all);
            found.settled(Code::default_level).into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let chain =
            [error("c").lacks([id("b")]), error("b").lacks([id("a")]).hides([id("b")]), error("a").hides([id("a")])];
        assert_eq!(kept(chain.into()), ["a"]);
        let ring = [error("a").lacks([id("b")]).hides([id("a")]), error("b").lacks([id("a")]).hides([id("b")])];
        assert_eq!(kept(ring.into()), ["a", "b"]);
        let warning = said(Code::CodeUnknownLanguage, "w").hides([id("a")]);
        assert_eq!(kept(vec![warning, error("a").lacks([id("a")])]), ["w", "a"]);
    }

    #[test]
    fn messages_are_bounded_lines() {
        let message =
            |text: String| Diagnostic::new(Code::HtmlRaw, Place::file(&BookPath::new("a").unwrap()), text).message;
        let long = format!("{}{}", "é".repeat(30), "ü".repeat(31));
        assert_eq!(
            message(format!("no `{long}` in `b`")),
            format!("no `{}…{}ü` in `b`", "é".repeat(20), "é".repeat(9) + &"ü".repeat(30))
        );
        assert_eq!(message(format!("no `{}`", "a".repeat(60))), format!("no `{}`", "a".repeat(60)));
        assert_eq!(message("a\u{1b}[31m\nb".to_owned()), "a\\u{1b}[31m\\nb");
        assert_eq!(message("a".repeat(1000)).chars().count(), MESSAGE_LIMIT + 1);
    }

    #[test]
    fn output_is_its_last_lines() {
        let diagnostic = |output: &str| {
            let place = Place::file(&BookPath::new("a").unwrap());
            Diagnostic::new(Code::HtmlRaw, place, "x").output(output)
        };
        assert_eq!(diagnostic(" \n\n").more, None);
        assert_eq!(diagnostic("a\u{1b}[31m\r\n\n\tb  \n\n").output_lines(), ["a\\u{1b}[31m", "", "    b"]);
        let many: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert_eq!((diagnostic(&many).output_lines().len(), diagnostic(&many).output_lines()[0].as_str()), (12, "88"));
        assert_eq!(diagnostic(&"é".repeat(500)).output_lines(), ["é".repeat(160) + "…"]);
    }
}
