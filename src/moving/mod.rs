//! A book and a move to the texts that it changes: what names the moved files names them as before, and old addresses lead
//! on. Whoever would break the book by it is told how. Writes nothing; `disk.rs` carries a plan out.

mod disk;
mod named;
mod others;
mod redirects;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::error::{Error, Result};
use crate::base::files::Reader;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, LineIndex, Severity};
use crate::model::url::Url;
use crate::pipeline::{Derived, Difference, Memory, Report};

use named::{Named, Names};

/// A file or folder of the book, and where it goes. Nothing is there yet.
#[derive(Clone, Debug)]
pub struct Move {
    /// Where it is.
    pub from: BookPath,
    /// Where it goes.
    pub to: BookPath,
}

impl Move {
    /// Where the file or folder at `path` is then.
    #[must_use]
    pub fn of(&self, path: &BookPath) -> BookPath {
        match path.below(&self.from) {
            Some("") => self.to.clone(),
            Some(below) => self.to.join(below).expect("it is a path inside the book"),
            None => path.clone(),
        }
    }
}

/// A part of a text that is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it stands.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

/// All that a move changes.
#[derive(Debug)]
pub struct Plan {
    /// The move.
    pub step: Move,
    /// What is written anew, by the paths that the files had; in order.
    pub edits: BTreeMap<BookPath, Vec<Edit>>,
    /// The texts of these files before and after.
    pub texts: BTreeMap<BookPath, (Arc<str>, Arc<str>)>,
    /// Addresses of pages that nothing leads on from.
    pub lost: Vec<Url>,
    /// Files that have the name of something that moves in a form that is not rewritten, and that name.
    pub others: Vec<(BookPath, String)>,
    /// How many of the edits add or take out old addresses.
    pub redirects: usize,
}

/// What comes of planning.
pub enum Planned {
    /// It can be done.
    Fine(Box<Plan>),
    /// The book would have these mistakes that it does not have now.
    Broken(Box<Report>),
}

impl Report {
    /// Of these mistakes only those that `is_wanted` wants.
    fn only(mut self, is_wanted: impl FnMut(&Diagnostic) -> bool) -> Self {
        self.diagnostics.retain(is_wanted);
        self
    }
}

/// Plans a move in the book, of which drafts are a part; with `redirect`, old addresses of pages lead on.
///
/// # Errors
///
/// Something names a moved file in a form that cannot be written anew.
pub fn plan(derived: &Derived, step: Move, redirect: bool) -> Result<Planned> {
    let mut memory = Memory::lasting(Reader::AT_ONCE);
    let mut edits: BTreeMap<BookPath, Vec<Edit>> = BTreeMap::new();
    let named = named::all(derived);
    for named in &named {
        let text = text(derived, &named.file);
        if let Some(text) = written::anew(named, &step, &derived.config.src, &text)? {
            edits.entry(named.file.clone()).or_default().push(Edit { span: named.span, text });
        }
    }
    let links_only = apply(derived, edits.clone())?;
    let config = named::config(derived, &step);
    let moved = different(derived, &step, &links_only, config.clone(), &mut memory);

    let found = redirects::edits(derived, &moved, &step, redirect);
    let redirects = found.edits.values().map(Vec::len).sum();
    for (path, more) in found.edits {
        edits.entry(path).or_default().extend(more);
    }
    for edits in edits.values_mut() {
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
    }
    let texts = apply(derived, edits.clone())?;
    let moved = different(derived, &step, &texts, found.config.unwrap_or(config), &mut memory);
    lead_as_before(&step, &named, &named::all(&moved))?;
    let before = errors(&derived.report(derived.problems(), None), |path| step.of(path));
    let after = moved.report(moved.problems(), None);
    let new: BTreeSet<(Code, BookPath)> = errors(&after, Clone::clone)
        .into_iter()
        .filter(|(mistake, count)| before.get(mistake).copied().unwrap_or(0) < *count)
        .map(|(mistake, _)| mistake)
        .collect();
    if !new.is_empty() {
        let is_new = |diagnostic: &Diagnostic| new.contains(&(diagnostic.code, diagnostic.place.path.clone()));
        return Ok(Planned::Broken(Box::new(after.only(is_new))));
    }
    let pair = |(path, after): (BookPath, Arc<str>)| (path.clone(), (text(derived, &path), after));
    let texts = texts.into_iter().map(pair).collect();
    let others = others::naming(derived, &step);
    Ok(Planned::Fine(Box::new(Plan { step, edits, texts, lost: found.lost, others, redirects })))
}

/// The book after the move.
fn different(
    derived: &Derived,
    step: &Move,
    texts: &BTreeMap<BookPath, Arc<str>>,
    config: Config,
    memory: &mut Memory,
) -> Derived {
    derived.different(Difference { path: &|path| step.of(path), texts, config }, memory)
}

/// The errors of a report, by kind and by the `path` of their file.
fn errors(report: &Report, path: impl Fn(&BookPath) -> BookPath) -> BTreeMap<(Code, BookPath), usize> {
    let mut errors = BTreeMap::new();
    for diagnostic in report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        *errors.entry((diagnostic.code, path(&diagnostic.place.path))).or_default() += 1;
    }
    errors
}

/// Makes sure that everything names what it named. Whatever a text looks like, it has been read again by now.
fn lead_as_before(step: &Move, before: &[Named], after: &[Named]) -> Result<()> {
    let mut later: BTreeMap<&BookPath, Vec<&Names>> = BTreeMap::new();
    for named in after {
        later.entry(&named.file).or_default().push(&named.names);
    }
    let mut seen: BTreeMap<BookPath, usize> = BTreeMap::new();
    for named in before {
        let path = step.of(&named.file);
        let index = seen.entry(path.clone()).or_default();
        let now = later.get(&path).and_then(|names| names.get(*index));
        *index += 1;
        if !now.is_some_and(|now| is_same(step, &named.names, now)) {
            return Err(Error::new(format!(
                "the reference to `{}` in {} cannot be written so that it leads where it does now",
                named.written, named.file
            ))
            .with_help("write it in a plainer form first; then move"));
        }
    }
    Ok(())
}

/// Whether something names after a move what it named before.
fn is_same(step: &Move, before: &Names, after: &Names) -> bool {
    let file = |names: &Names| match names {
        Names::Nothing => None,
        Names::Path(path) | Names::Published(path) | Names::Folder { page: path, .. } => Some(path.clone()),
    };
    match (before, after) {
        // A folder without a page of its own may have got one.
        (Names::Folder { folder, page }, Names::Folder { folder: now, .. }) if folder == page => {
            step.of(folder) == *now
        }
        _ => file(before).map(|path| step.of(&path)) == file(after),
    }
}

/// The text of a file that names others.
fn text(derived: &Derived, path: &BookPath) -> Arc<str> {
    derived.text(path).unwrap_or_default()
}

/// The texts with their edits.
fn apply(derived: &Derived, edits: BTreeMap<BookPath, Vec<Edit>>) -> Result<BTreeMap<BookPath, Arc<str>>> {
    let mut texts = BTreeMap::new();
    for (path, mut edits) in edits {
        let before = text(derived, &path);
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        let mut after = String::with_capacity(before.len());
        let mut end = 0;
        for Edit { span, text } in &edits {
            let between = before.get(end..span.start as usize);
            let Some(between) = between else { return Err(cannot(&path, *span, &before)) };
            after.push_str(between);
            after.push_str(text);
            end = span.end as usize;
        }
        after.push_str(before.get(end..).unwrap_or_default());
        texts.insert(path, after.into());
    }
    Ok(texts)
}

/// What is written at a place cannot be written anew.
fn cannot(path: &BookPath, span: Span, text: &str) -> Error {
    let (line, column) = LineIndex::new(text).position(span.start as usize);
    Error::new(format!("{path}:{line}:{column}: `{}` cannot be written anew", span.slice(text)))
        .with_help("write it in a plainer form first; then move")
}

impl Plan {
    /// How many parts of texts are written anew because they name what moves.
    #[must_use]
    pub fn links(&self) -> usize {
        self.edits.values().map(Vec::len).sum::<usize>() - self.redirects
    }
}
