//! Annotated fixtures: what is reported, and under exactly which characters.
//!
//! A fixture is one text that holds the files of a book. `//- /path` starts a file; behind the path may
//! stand `crlf` (its lines end with `\r\n`), `cr` (with `\r`), `open` (the last one with nothing) and `bom` (it starts with a
//! byte-order mark). A line of carets
//! says what is reported about the line above it, counted in characters (a tab is one, a wide one is one):
//!
//! ```text
//! //- /notes.md
//! See [notes](nots.md).
//!             ^^^^^^^ error[link/missing-page] nearest is `notes.md`
//! ```
//!
//! Behind severity and code stands a part of the message or of the help. Carets that end with `...` stand
//! for a place that goes on below the line; carets right below `//- /path` for the file as a whole. The
//! annotations are taken out before the book is written. Each diagnostic must be annotated, and each
//! annotation met. The fixtures are in `tests/diagnostics/`.

#[path = "diagnostics/book.rs"]
mod book;
#[path = "diagnostics/code.rs"]
mod code;
#[path = "diagnostics/columns.rs"]
mod columns;
mod common;
#[path = "diagnostics/directives.rs"]
mod directives;
#[path = "diagnostics/hygiene.rs"]
mod hygiene;
#[path = "diagnostics/links.rs"]
mod links;
#[path = "diagnostics/pages.rs"]
mod pages;
#[path = "diagnostics/practice.rs"]
mod practice;
#[path = "diagnostics/prose.rs"]
mod prose;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{scratch, write};
use prepbook::base::progress::Progress;
use prepbook::diagnostic::{self, Diagnostic, Format, Printing};
use prepbook::pipeline::{self, Options};

const DEFAULT_CONFIG: &str = "[book]\nsrc = \".\"\n";

/// One caret line, or one diagnostic in the same form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Annotation {
    path: String,
    /// From one; 0 for the file as a whole.
    line: usize,
    /// In characters from zero.
    start: usize,
    length: usize,
    /// The place goes on below the line.
    continues: bool,
    /// `error[link/missing-page]`.
    kind: String,
    /// What is said: a part of it in a fixture, all of it from the program.
    words: String,
}

impl Annotation {
    fn is_met_by(&self, found: &Self) -> bool {
        found.words.contains(&self.words) && Self { words: self.words.clone(), ..found.clone() } == *self
    }

    fn is_about(&self, path: &str, line: usize) -> bool {
        self.path == path && self.line == line
    }
}

/// One file of a fixture, without its annotations.
struct File {
    lines: Vec<String>,
    /// What stands behind the path: `crlf`, `cr`, `open`, `bom`.
    flags: Vec<String>,
}

impl File {
    fn text(&self) -> String {
        let is = |wanted: &str| self.flags.iter().any(|flag| flag == wanted);
        let end = if is("crlf") {
            "\r\n"
        } else if is("cr") {
            "\r"
        } else {
            "\n"
        };
        let mut text: String = self.lines.iter().map(|line| line.clone() + end).collect();
        if is("open") {
            text.truncate(text.len() - end.len());
        }
        if is("bom") { format!("\u{feff}{text}") } else { text }
    }
}

#[derive(Default)]
struct Fixture {
    files: BTreeMap<String, File>,
    expected: Vec<Annotation>,
}

fn fixture(text: &str) -> Fixture {
    let mut fixture = Fixture::default();
    let mut path = String::new();
    for line in text.lines() {
        if let Some(header) = line.strip_prefix("//- /") {
            let mut words = header.split(' ');
            path = words.next().unwrap_or("").to_owned();
            let file = File { lines: Vec::new(), flags: words.map(str::to_owned).collect() };
            assert!(fixture.files.insert(path.clone(), file).is_none(), "{path} is there twice");
            continue;
        }
        let Some(file) = fixture.files.get_mut(&path) else {
            assert!(line.is_empty(), "a fixture starts with `//- /path`, not with {line:?}");
            continue;
        };
        match annotation(line, &path, file.lines.len()) {
            Some(annotation) => fixture.expected.push(annotation),
            None => file.lines.push(line.to_owned()),
        }
    }
    fixture
}

/// Reads `    ^^^ error[code] words`.
fn annotation(text: &str, path: &str, line: usize) -> Option<Annotation> {
    let start = text.chars().take_while(|c| c.is_whitespace()).count();
    let marks = text.trim_start();
    let length = marks.len() - marks.trim_start_matches('^').len();
    let (continues, rest) = match marks[length..].strip_prefix("...") {
        Some(rest) => (true, rest),
        None => (false, &marks[length..]),
    };
    let (kind, words) = rest.strip_prefix(' ')?.split_once("] ")?;
    let known = ["error[", "warning[", "note["].iter().any(|severity| kind.starts_with(severity));
    if length == 0 || !known {
        return None;
    }
    let (start, length) = if line == 0 { (0, 0) } else { (start, length) };
    let (kind, words) = (format!("{kind}]"), words.to_owned());
    Some(Annotation { path: path.to_owned(), line, start, length, continues, kind, words })
}

/// A diagnostic as an annotation of `text`.
fn annotated(diagnostic: &Diagnostic, text: &str) -> Annotation {
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
    let mut annotation = Annotation {
        path: diagnostic.place.path.to_string(),
        line: 0,
        start: 0,
        length: 0,
        continues: false,
        kind: format!("{}[{}]", diagnostic.severity.word(), diagnostic.code.name()),
        words: format!("{}{help}", diagnostic.message),
    };
    let Some(span) = diagnostic.place.span else { return annotation };
    let (from, to) = (span.start as usize, span.end as usize);
    let unified = text[..from].replace("\r\n", "\n").replace('\r', "\n");
    let line_start = text[..from].rfind(['\n', '\r']).map_or(0, |offset| offset + 1);
    let line_end = text[from..].find(['\r', '\n']).map_or(text.len(), |offset| from + offset);
    let before = text[line_start..from].trim_start_matches('\u{feff}');
    annotation.line = unified.matches('\n').count() + 1;
    annotation.start = before.chars().count();
    // An empty place, such as the end of a line where something is missing, is one caret wide.
    annotation.length = text[from..to.min(line_end)].chars().count().max(1);
    annotation.continues = !text[to.min(line_end)..to].trim().is_empty();
    annotation
}

/// The fixture as the program would have it annotated, for whoever reads a failure.
fn shown(fixture: &Fixture, found: &[Annotation]) -> String {
    let mut out = String::new();
    for (path, file) in &fixture.files {
        let flags: String = file.flags.iter().map(|flag| format!(" {flag}")).collect();
        let _ = writeln!(out, "//- /{path}{flags}");
        for number in 0..=file.lines.len() {
            if let Some(line) = number.checked_sub(1).and_then(|index| file.lines.get(index)) {
                let _ = writeln!(out, "{line}");
            }
            for Annotation { start, length, continues, kind, words, .. } in
                found.iter().filter(|annotation| annotation.is_about(path, number))
            {
                let carets = "^".repeat(*length.max(&1)) + if *continues { "..." } else { "" };
                let _ = writeln!(out, "{}{carets} {kind} {words}", " ".repeat(*start));
            }
        }
    }
    for Annotation { path, kind, words, .. } in found.iter().filter(|found| !fixture.files.contains_key(&found.path)) {
        let _ = writeln!(out, "//- /{path}\n^ {kind} {words}");
    }
    out
}

/// Checks one fixture.
#[track_caller]
fn check(text: &str) {
    let fixture = fixture(text);
    let mut texts: BTreeMap<String, String> =
        fixture.files.iter().map(|(path, file)| (path.clone(), file.text())).collect();
    texts.entry("book.toml".into()).or_insert_with(|| DEFAULT_CONFIG.into());
    let scratch = scratch();
    let files = texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    write(scratch.path(), &files, false);
    let options = Options { root: scratch.path().to_owned(), ..Options::default() };
    let report = pipeline::check(&options, &Progress::default()).expect("the book can be read");

    let short = Printing { format: Format::Short, ..Printing::default() };
    let mut found = Vec::new();
    for diagnostic in &report.diagnostics {
        let path = diagnostic.place.path.to_string();
        let annotation = annotated(diagnostic, texts.get(&path).map_or("", String::as_str));
        // What is printed names the same line and column.
        let text = |path: &_| report.texts.get(path).cloned();
        let printed = diagnostic::print(std::slice::from_ref(diagnostic), &text, &short);
        let position = match annotation.line {
            0 => format!("{path}: "),
            line => format!("{path}:{line}:{}: ", annotation.start + 1),
        };
        assert!(printed.starts_with(&position), "printed {printed:?} instead of {position:?}");
        found.push(annotation);
    }
    let unmet = fixture.expected.iter().filter(|expected| !found.iter().any(|found| expected.is_met_by(found))).count();
    let unexpected = found.iter().filter(|found| !fixture.expected.iter().any(|e| e.is_met_by(found))).count();
    let as_many = fixture.expected.len() == found.len();
    assert!(
        unmet == 0 && unexpected == 0 && as_many,
        "{unmet} annotations are not met and {unexpected} diagnostics not annotated; the program says\n{}",
        shown(&fixture, &found)
    );
}
