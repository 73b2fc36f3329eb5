//! What is served at one moment: the newest snapshot, and for pages that have mistakes the last one in which they had
//! none. With what browsers are told of it.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::base::error::Error;
use crate::base::hash::{Hash, Hasher};
use crate::diagnostic::{self, Counts, Diagnostic, Format, Printing};
use crate::model::url::Url;
use crate::pipeline::Report;
use crate::workspace::{Content, Snapshot};

/// How many mistakes a browser is shown.
const SHOWN: usize = 100;

/// What is served at one moment.
pub struct Edition {
    /// What pages are served from, but for those that are held back.
    base: Arc<Snapshot>,
    /// By address: the last snapshot in which the page there had no mistake.
    held: HashMap<Url, Arc<Snapshot>>,
    problems: Problems,
    /// What templates and scripts, style sheets, contents and files make of any page.
    shared: Shared,
}

#[derive(Clone)]
struct Shared {
    theme: String,
    style: String,
    contents: String,
    files: String,
}

/// What is wrong, as browsers are told.
struct Problems {
    listed: Vec<Problem>,
    more: usize,
    counts: Counts,
    hash: String,
}

/// One mistake, as browsers are told.
#[derive(Serialize)]
struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    /// File, line and column, as far as they are known.
    place: String,
    /// What the terminal shows.
    text: String,
    /// What tells this mistake from others, wherever in its file it stands.
    id: String,
}

/// What a page in a browser is made of. A browser compares it with what it has, so that nothing need be
/// remembered of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The page; `None` where there is none.
    page: Option<String>,
    /// Templates and scripts.
    theme: String,
    /// Style sheets.
    style: String,
    /// The tree of contents.
    contents: String,
    /// Pictures and other files.
    files: String,
    /// The list of mistakes; empty where there are none.
    problems: String,
    /// How many errors the book has.
    errors: usize,
    /// Whether the page is an older version without mistakes.
    held: bool,
    /// All of the above.
    version: String,
}

impl Edition {
    /// The first edition of a book.
    #[must_use]
    pub fn first(snapshot: Arc<Snapshot>) -> Self {
        let problems = Problems::of(snapshot.report());
        Self { shared: Shared::of(&snapshot), base: snapshot, held: HashMap::new(), problems }
    }

    /// The edition after this one. What was good and is not now is held back.
    #[must_use]
    pub fn next(&self, snapshot: Arc<Snapshot>) -> Self {
        let problems = Problems::of(snapshot.report());
        if !snapshot.is_sound() && self.base.is_sound() {
            let (base, held, shared) = (self.base.clone(), self.held.clone(), self.shared.clone());
            return Self { base, held, problems, shared };
        }
        let good = |url: &Url| match self.held.get(url) {
            Some(held) => Some(held.clone()),
            None => self.base.has_good(url).then(|| self.base.clone()),
        };
        let held = snapshot.broken().filter_map(|url| Some((url.clone(), good(url)?))).collect();
        Self { shared: Shared::of(&snapshot), base: snapshot, held, problems }
    }

    /// The edition after this one when the book cannot be read at all.
    #[must_use]
    pub fn failed(&self, error: &Error) -> Self {
        let (base, held, shared) = (self.base.clone(), self.held.clone(), self.shared.clone());
        Self { base, held, problems: Problems::of_failure(error), shared }
    }

    /// The snapshot that the page at `url` is served from.
    fn at(&self, url: &Url) -> &Arc<Snapshot> {
        self.held.get(url).unwrap_or(&self.base)
    }

    /// The snapshot that everything but pages is served from.
    #[must_use]
    pub fn base(&self) -> &Snapshot {
        &self.base
    }

    /// What stands at `url`.
    #[must_use]
    pub fn content(&self, url: &Url) -> Option<Content> {
        self.at(url).content(url)
    }

    /// What the page at `url` is made of.
    #[must_use]
    pub fn state(&self, url: &Url) -> State {
        let page = self.at(url).key(url).map(Hash::short);
        let Shared { theme, style, contents, files } = self.shared.clone();
        let (problems, errors) = (self.problems.hash.clone(), self.problems.counts.errors);
        let held = self.held.contains_key(url);
        let version = [page.as_deref().unwrap_or(""), &theme, &style, &contents, &files, &problems, &held.to_string()];
        let version = short(&version);
        State { page, theme, style, contents, files, problems, errors, held, version }
    }

    /// The list of mistakes as JSON (`docs/serve.md`).
    #[must_use]
    pub fn problems(&self) -> String {
        #[derive(Serialize)]
        struct List<'a> {
            errors: usize,
            warnings: usize,
            notes: usize,
            more: usize,
            problems: &'a [Problem],
        }
        let Problems { listed, more, counts, .. } = &self.problems;
        let Counts { errors, warnings, notes } = *counts;
        serde_json::to_string(&List { errors, warnings, notes, more: *more, problems: listed })
            .expect("strings and numbers are JSON")
    }
}

impl Shared {
    fn of(snapshot: &Snapshot) -> Self {
        Self {
            theme: short(&[&snapshot.theme_hash().to_string(), super::client::VERSION]),
            style: snapshot.style_hash().short(),
            contents: snapshot.contents_hash().short(),
            files: snapshot.files_hash().short(),
        }
    }
}

impl Problems {
    fn of(report: &Report) -> Self {
        let mut worst: Vec<&Diagnostic> = report.diagnostics.iter().collect();
        worst.sort_by_key(|diagnostic| diagnostic.severity);
        let more = worst.len().saturating_sub(SHOWN);
        worst.truncate(SHOWN);
        let listed: Vec<Problem> = worst.into_iter().map(|diagnostic| Problem::of(diagnostic, report)).collect();
        Self { more, counts: report.counts(), hash: hash_of(&listed, more), listed }
    }

    fn of_failure(error: &Error) -> Self {
        let text = error.to_string();
        let message = text.lines().next().unwrap_or("").to_owned();
        let id = short(&[&message]);
        let listed = vec![Problem {
            severity: "error",
            code: "the book cannot be read",
            message,
            place: String::new(),
            text,
            id,
        }];
        let counts = Counts { errors: 1, ..Counts::default() };
        Self { more: 0, counts, hash: hash_of(&listed, 0), listed }
    }
}

impl Problem {
    fn of(diagnostic: &Diagnostic, report: &Report) -> Self {
        let one = std::slice::from_ref(diagnostic);
        let texts = |path: &_| report.texts.get(path).cloned();
        let text = diagnostic::print(one, &texts, &Printing { format: Format::Human, ..Printing::default() });
        let place = diagnostic::position(&diagnostic.place, &texts);
        let code = diagnostic.code.name();
        let id = short(&[code, diagnostic.place.path.as_str(), &diagnostic.message]);
        let text = text.trim_end().to_owned();
        Self { severity: diagnostic.severity.word(), code, message: diagnostic.message.clone(), place, text, id }
    }
}

fn hash_of(listed: &[Problem], more: usize) -> String {
    if listed.is_empty() {
        return String::new();
    }
    let mut hasher = Hasher::default();
    for problem in listed {
        hasher.add(problem.text.as_bytes());
    }
    hasher.add(more.to_string().as_bytes()).finish().short()
}

fn short(parts: &[&str]) -> String {
    let mut hasher = Hasher::default();
    for part in parts {
        hasher.add(part.as_bytes());
    }
    hasher.finish().short()
}
