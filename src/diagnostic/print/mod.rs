//! Diagnostics to text, in a format for people or for other programs. Knows the formats by name; what each
//! looks like stands in its own file, and for those who read them in `docs/formats.md`.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Counts, Diagnostic, LineIndex, Place, Position, visible};
use crate::base::path::BookPath;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the source line and carets, for people.
    #[default]
    Human,
    /// `path:line:column: severity[code]: message; help`, one line each.
    Short,
    /// JSON Lines: an object for each, and one that counts them.
    Json,
    /// A SARIF 2.1.0 log.
    Sarif,
    /// GitHub's workflow commands, which become annotations.
    Github,
}

impl Format {
    /// Whether another program reads it, from standard output, which then holds nothing else.
    #[must_use]
    pub fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif | Self::Github)
    }
}

/// How a run is printed, and what the formats for programs say of it as a whole.
#[derive(Clone, Debug, Default)]
pub struct Printing {
    /// The format.
    pub format: Format,
    /// Terminal colours, where the format has any.
    pub styled: bool,
    /// The book's folder as seen from where the program was called: empty, or with a `/` at its end. For
    /// programs, which know nothing of books, it stands in front of paths.
    pub folder: String,
    /// How many pages the book has.
    pub pages: usize,
    /// What the exit status says: 0 or 1.
    pub healthy: bool,
}

/// Prints `diagnostics`. `text` gives a file's text where there is one.
#[must_use]
pub fn print(diagnostics: &[Diagnostic], text: &dyn Fn(&BookPath) -> Option<Arc<str>>, printing: &Printing) -> String {
    let mut texts = Texts { text, known: HashMap::new() };
    match printing.format {
        Format::Human => human::print(diagnostics, &mut texts, printing.styled),
        Format::Short => short::print(diagnostics, &mut texts),
        Format::Json => json::print(diagnostics, &mut texts, printing),
        Format::Sarif => sarif::print(diagnostics, &mut texts, printing),
        Format::Github => github::print(diagnostics, &mut texts, printing),
    }
}

/// `path:line:column`, or the path alone where no place in it is known.
#[must_use]
pub fn position(place: &Place, text: &dyn Fn(&BookPath) -> Option<Arc<str>>) -> String {
    Texts { text, known: HashMap::new() }.position(place)
}

/// What `format` says of a run that ended early (exit status 2) because of `error`; nothing in most.
#[must_use]
pub fn print_failure(error: &str, format: Format) -> String {
    match format {
        Format::Human | Format::Short | Format::Json => String::new(),
        Format::Sarif => sarif::print_failure(error),
        Format::Github => github::print_failure(error),
    }
}

/// "2 errors, 1 warning", or an empty text when there is nothing to count.
#[must_use]
pub fn summary(counts: Counts) -> String {
    [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>()
        .join(", ")
}

struct Texts<'a> {
    text: &'a dyn Fn(&BookPath) -> Option<Arc<str>>,
    /// With the places of their lines: thousands of diagnostics may be about one file.
    known: HashMap<BookPath, Option<Lines>>,
}

type Lines = LineIndex<Arc<str>>;

impl Texts<'_> {
    fn get(&mut self, path: &BookPath) -> Option<&Lines> {
        if !self.known.contains_key(path) {
            self.known.insert(path.clone(), (self.text)(path).map(LineIndex::new));
        }
        self.known[path].as_ref()
    }

    /// Where a place starts and ends, by `locate`; `None` for a file as a whole.
    fn region(&mut self, place: &Place, locate: impl Fn(&Lines, usize) -> Position) -> Option<(Position, Position)> {
        let (span, lines) = place.span.zip(self.get(&place.path))?;
        Some((locate(lines, span.start as usize), locate(lines, span.end as usize)))
    }

    /// `path:line:column`, or the path alone where no place in it is known.
    fn position(&mut self, place: &Place) -> String {
        match self.region(place, LineIndex::locate) {
            Some((start, _)) => format!("{}:{}:{}", on_one_line(&place.path), start.line, start.column),
            None => on_one_line(&place.path),
        }
    }
}

/// A path on one line, whatever its name.
fn on_one_line(path: &BookPath) -> String {
    path.to_string().chars().flat_map(visible).collect()
}

/// A message and the likely fix on one line.
fn with_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::base::span::Span;
    use crate::diagnostic::{Code, Severity};

    /// What is printed of one error in `text`, with a help and a note at the start of the text.
    pub(super) fn printed(text: &str, span: std::ops::Range<usize>, format: Format) -> String {
        let path = BookPath::new("guide/a.md").unwrap();
        let diagnostic = Diagnostic::new(Code::LinkMissingPage, Place::at(&path, Span::new(span)), "no such page")
            .note(Place::at(&path, Span::new(0..0)), "starts here")
            .help("nearest is b.md");
        let text: Arc<str> = text.into();
        let printing = Printing { format, folder: "my book/".to_owned(), pages: 3, ..Printing::default() };
        print(&[diagnostic], &|_| Some(text.clone()), &printing)
    }

    /// `count` notes and, behind them, an error, each about a file as a whole.
    pub(super) fn many(count: usize) -> Vec<Diagnostic> {
        let place = Place::file(&BookPath::new("a.md").unwrap());
        let small = |number| Diagnostic::new(Code::SummaryUnlisted, place.clone(), format!("small {number}"));
        let mut all: Vec<Diagnostic> = (0..count).map(small).collect();
        all.push(Diagnostic::new(Code::LinkMissingPage, place, "big"));
        all
    }

    #[test]
    fn twenty_thousand_diagnostics_read_their_file_once() {
        let text: Arc<str> = "[x](y.md) ".repeat(20_000).into();
        let path = BookPath::new("a.md").unwrap();
        let at = |index: usize| Place::at(&path, Span::new(index * 10 + 4..index * 10 + 8));
        let all: Vec<Diagnostic> =
            (0..20_000).map(|index| Diagnostic::new(Code::LinkMissingPage, at(index), "no such page")).collect();
        for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
            let read = Cell::new(0);
            let text = |_: &BookPath| {
                read.set(read.get() + 1);
                Some(text.clone())
            };
            let out = print(&all, &text, &Printing { format, ..Printing::default() });
            let shown = if format == Format::Human { 200 } else { 20_000 };
            assert_eq!(out.matches("no such page").count(), shown, "{format:?}");
            assert_eq!(read.get(), 1, "{format:?}");
        }
    }

    #[test]
    fn only_formats_for_programs_put_the_folder_in_front_of_paths() {
        for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
            let out = printed("text", 0..4, format);
            assert_eq!(out.contains("my book") || out.contains("my%20book"), format.is_for_programs(), "{out}");
        }
    }

    #[test]
    fn no_format_for_programs_has_colours() {
        for format in [Format::Json, Format::Sarif, Format::Github] {
            let printing = Printing { format, styled: true, ..Printing::default() };
            assert!(!print(&many(1), &|_| None, &printing).contains('\u{1b}'), "{format:?}");
        }
    }

    #[test]
    fn severities_are_counted_in_words() {
        assert_eq!(summary(Counts::of(&many(2))), "1 error, 2 notes");
        assert_eq!(summary(Counts::default()), "");
        assert_eq!(many(1)[0].severity, Severity::Note);
    }
}
