//! What every run needs: the book's files and texts, the limits, an environment without the caller's, a folder for what is
//! not to last. And places: the lines that programs name to those of the book.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Job;
use super::environments::Environments;
use super::requirements::Requirements;
use super::tools::Tools;
use crate::base::error::Result;
use crate::base::files::{self, Reader};
use crate::base::path::BookPath;
use crate::base::process::{self, Call, Ended, Halt, Limits};
use crate::base::scratch::Scratch;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostics, LineIndex, Place};
use crate::parse;
use crate::pipeline::{Derived, Report};

/// What every run needs.
pub struct Bench<'a> {
    /// The book.
    pub derived: &'a Derived,
    /// Every file in its source folder that is no page.
    pub files: BTreeSet<BookPath>,
    /// The programs that run code.
    pub tools: Tools,
    /// The virtual environments.
    pub environments: Environments,
    /// What is written in requirements.txt.
    pub requirements: RefCell<Requirements>,
    /// The real path of the book's folder.
    root: PathBuf,
    scratch: Scratch,
    halt: Halt,
    folders: Cell<usize>,
    texts: RefCell<BTreeMap<BookPath, Option<Arc<str>>>>,
}

/// A variable of the environment.
pub type Variable = (&'static str, OsString);

impl<'a> Bench<'a> {
    /// A bench for the code of a book.
    pub fn new(derived: &'a Derived, halt: Halt) -> Result<Self> {
        let root = files::real_path(derived.root()).unwrap_or_else(|| derived.root().to_owned());
        Ok(Self {
            derived,
            files: derived.sources.files.iter().cloned().collect(),
            tools: Tools::default(),
            environments: Environments::new(&root),
            requirements: RefCell::default(),
            root,
            scratch: Scratch::new("prepbook-test")?,
            halt,
            folders: Cell::new(0),
            texts: RefCell::default(),
        })
    }

    /// What the book says a program may take.
    pub fn limits(&self) -> Limits {
        self.derived.config.test_limits
    }

    /// Runs a program on the guide's code.
    pub fn run(
        &self,
        program: &Path,
        arguments: Vec<OsString>,
        folder: &Path,
        environment: &[Variable],
    ) -> Result<Ended> {
        let call = Call { program, arguments, folder, environment: Some(environment), limits: self.limits() };
        process::run(&call, &self.halt)
    }

    /// Runs a program that prepares such a run, in the caller's environment: how it gets what it needs is the caller's.
    pub fn prepare(&self, program: &Path, arguments: Vec<OsString>, limits: Limits) -> Result<Ended> {
        process::run(&Call { program, arguments, folder: self.scratch.path(), environment: None, limits }, &self.halt)
    }

    /// The whole environment of the guide's code, but for what its language adds. `first` comes first in the search path.
    pub fn environment(&self, first: Option<&Path>, more: impl IntoIterator<Item = Variable>) -> Result<Vec<Variable>> {
        let temporary: OsString = self.scratch.folder("tmp")?.into();
        let mut environment = vec![
            ("PATH", process::search_path(first)),
            ("HOME", self.scratch.folder("home")?.into()),
            ("LANG", "C.UTF-8".into()),
            ("LC_ALL", "C.UTF-8".into()),
            ("TMPDIR", temporary.clone()),
            ("TZ", "UTC".into()),
        ];
        if cfg!(windows) {
            environment.extend([("TEMP", temporary.clone()), ("TMP", temporary)]);
            environment.extend(process::variable("SystemRoot").map(|folder| ("SystemRoot", folder)));
        }
        environment.extend(more);
        Ok(environment)
    }

    /// A new folder that goes when the run is over.
    pub fn new_folder(&self) -> Result<PathBuf> {
        self.folders.set(self.folders.get() + 1);
        self.scratch.folder(&self.folders.get().to_string())
    }

    /// A file that helps to run code, written once.
    pub fn helper(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.scratch.folder("helpers")?.join(name);
        if !path.is_file() {
            files::write(&path, text.as_bytes())?;
        }
        Ok(path)
    }

    /// The real path of a file or folder of the book.
    pub fn real(&self, path: &BookPath) -> PathBuf {
        path.to_os(&self.root)
    }

    /// The file of the book at a path of the disk. What is hidden is not the book's.
    pub fn book_path(&self, path: &Path) -> Option<BookPath> {
        let relative = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        let parts = parts.filter(|parts| !parts.iter().any(|part| part.starts_with('.')))?;
        BookPath::new(&parts.join("/")).filter(|path| *path != BookPath::ROOT)
    }

    /// The text of a file of the book.
    pub fn text(&self, path: &BookPath) -> Option<Arc<str>> {
        let read =
            || self.derived.text(path).or_else(|| Some(Reader::AT_ONCE.read_text(&self.real(path)).ok()?.into()));
        self.texts.borrow_mut().entry(path.clone()).or_insert_with(read).clone()
    }

    /// A line of a file, without the white space around it.
    pub fn line(&self, path: &BookPath, number: usize) -> Place {
        let Some(text) = self.text(path) else { return Place::file(path) };
        Place::at(path, trimmed(&text, Span::new(LineIndex::new(&text).line(number))))
    }

    /// What stands at a column of a line, from one: a word, or a single character.
    pub fn column(&self, path: &BookPath, number: usize, column: usize) -> Place {
        let Some(text) = self.text(path) else { return Place::file(path) };
        Place::at(path, word(&text, Span::new(LineIndex::new(&text).line(number)), column))
    }

    /// Output as it is shown: without this machine's folders and the caller's secrets.
    pub fn shown(&self, output: &str) -> String {
        let mut shown = output.to_owned();
        for folder in [self.scratch.path(), &self.root] {
            let folder = folder.to_string_lossy();
            for start in [format!("file://{folder}/"), format!("{folder}/")] {
                shown = shown.replace(&start, "");
            }
        }
        // How Node.js got there says nothing about the guide.
        let is_inside = |line: &&str| line.trim_start().starts_with("at ") && line.contains("node:");
        let kept: Vec<&str> = shown.lines().filter(|line| !is_inside(line)).collect();
        parse::masked(&kept.join("\n"))
    }

    /// How a job is called.
    pub fn name(&self, job: &Job) -> String {
        match job {
            Job::Suite(suite) => suite.folder.to_string(),
            Job::Sample(_, sample) => {
                let line = self
                    .text(&sample.page)
                    .map_or(1, |text| LineIndex::new(text).position(sample.opening.start as usize).0);
                format!("{}:{line}", sample.page)
            }
        }
    }

    /// The report of a run that has `found` all this.
    pub fn report(&self, found: Diagnostics) -> Report {
        let mut report = self.derived.report(found, None);
        let named = report.diagnostics.iter();
        let places = named.flat_map(|diagnostic| {
            diagnostic.notes.iter().map(|note| &note.place.path).chain([&diagnostic.place.path]).cloned()
        });
        let places: BTreeSet<BookPath> = places.collect();
        for path in places {
            // A message and a source line may be printed into a public log.
            if let Some(text) = self.text(&path) {
                report.texts.insert(path, parse::masked(&text).into());
            }
        }
        for diagnostic in &mut report.diagnostics {
            diagnostic.message = parse::masked(&diagnostic.message);
        }
        report
    }
}

/// A part of a text without the white space around it.
pub fn trimmed(text: &str, span: Span) -> Span {
    let part = span.slice(text);
    let start = span.start as usize + part.len() - part.trim_start().len();
    Span::new(start..start + part.trim().len())
}

/// The word, or the character, at a column of the line at `span`; the whole line where there is none.
pub fn word(text: &str, span: Span, column: usize) -> Span {
    let line = span.slice(text);
    let Some((start, _)) = line.char_indices().nth(column.saturating_sub(1)) else { return trimmed(text, span) };
    let rest = &line[start..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let length = end.max(rest.chars().next().map_or(0, char::len_utf8));
    Span::new(span.start as usize + start..span.start as usize + start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_words_or_characters() {
        let text = "x\n  é = total_2;\n";
        let at = |column| word(text, Span::new(2..17), column).slice(text);
        assert_eq!([3, 5, 7, 14, 99].map(at), ["é", "=", "total_2", ";", "é = total_2;"]);
        assert_eq!(trimmed(text, Span::new(2..17)).slice(text), "é = total_2;");
    }
}
