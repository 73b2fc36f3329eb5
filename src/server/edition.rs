//! What is served at one moment: the newest snapshot, and for pages that have mistakes the last one in which they had
//! none. With what browsers are told of it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::base::error::Error;
use crate::base::hash::{Hash, Hasher};
use crate::base::path::BookPath;
use crate::diagnostic::{self, Code, Counts, Diagnostic, Format, Printing};
use crate::model::url::Url;
use crate::workspace::{Content, Snapshot};

/// How many mistakes a browser is shown.
const SHOWN: usize = 100;

/// What is served at one moment.
pub struct Edition {
    /// What pages are served from, but for those that are held back.
    base: Arc<Snapshot>,
    /// By address: the last snapshot in which the page there had no mistake.
    held: HashMap<Url, Arc<Snapshot>>,
    /// The book as it is, mistakes and all, for who asks for it.
    newest: Arc<Snapshot>,
    problems: Problems,
    /// What templates and scripts, style sheets, contents and files make of any page: of `base` and of `newest`.
    shared: [Shared; 2],
}

/// Which version of a page is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// The last without mistakes, if there is one.
    #[default]
    Good,
    /// The newest.
    Newest,
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
    /// The address of the page that is made of the file, if it is one.
    page: Option<String>,
    /// What the terminal shows.
    text: String,
    /// What tells this mistake from others, wherever in its file it stands and whatever it says: somebody may be typing.
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
        let problems = Problems::of(&snapshot);
        let shared = Shared::of(&snapshot);
        Self {
            base: snapshot.clone(),
            held: HashMap::new(),
            newest: snapshot,
            problems,
            shared: [shared.clone(), shared],
        }
    }

    /// The edition after this one. What was good and is not now is held back.
    #[must_use]
    pub fn next(&self, snapshot: Arc<Snapshot>) -> Self {
        let problems = Problems::of(&snapshot);
        let newest = Shared::of(&snapshot);
        if !snapshot.is_sound() && self.base.is_sound() {
            let shared = [self.shared[0].clone(), newest];
            let (base, held) = (self.base.clone(), self.held.clone());
            return Self { base, held, newest: snapshot, problems, shared };
        }
        let good = |url: &Url| match self.held.get(url) {
            Some(held) => Some(held.clone()),
            None => self.base.has_good(url).then(|| self.base.clone()),
        };
        // Also pages whose files cannot be read any more.
        let lost = snapshot.lost().filter_map(|path| self.base.page_of_file(path)).filter(|url| !snapshot.has(url));
        let urls = snapshot.broken().chain(lost);
        let held = urls.filter_map(|url| Some((url.clone(), good(url)?))).collect();
        let shared = [newest.clone(), newest];
        Self { base: snapshot.clone(), held, newest: snapshot, problems, shared }
    }

    /// The edition after this one when the book cannot be read at all.
    #[must_use]
    pub fn failed(&self, error: &Error) -> Self {
        let problems = Problems::of_failure(error, self.base.root());
        let (base, held, newest) = (self.base.clone(), self.held.clone(), self.newest.clone());
        Self { base, held, newest, problems, shared: self.shared.clone() }
    }

    /// Whether pages show the newest snapshot, but for those that are held back by themselves.
    #[must_use]
    pub fn is_newest(&self) -> bool {
        Arc::ptr_eq(&self.base, &self.newest)
    }

    /// The snapshot that the page at `url` is served from, and whether there is a newer one of it.
    fn at(&self, url: &Url, version: Version) -> (&Arc<Snapshot>, bool) {
        match version {
            Version::Newest => (&self.newest, false),
            Version::Good => match self.held.get(url) {
                Some(held) => (held, true),
                None => (&self.base, !self.is_newest()),
            },
        }
    }

    /// The snapshot that everything but pages is served from.
    #[must_use]
    pub fn base(&self) -> &Snapshot {
        &self.base
    }

    /// What stands at `url`.
    #[must_use]
    pub fn content(&self, url: &Url, version: Version) -> Option<Content> {
        self.at(url, version).0.content(url)
    }

    /// What the page at `url` is made of.
    #[must_use]
    pub fn state(&self, url: &Url, version: Version) -> State {
        let (snapshot, held) = self.at(url, version);
        let page = snapshot.key(url).map(Hash::short);
        let Shared { theme, style, contents, files } = self.shared[usize::from(version == Version::Newest)].clone();
        let (problems, errors) = (self.problems.hash.clone(), self.problems.counts.errors);
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
    fn of(snapshot: &Snapshot) -> Self {
        let report = snapshot.report();
        let mut worst: Vec<&Diagnostic> = report.diagnostics.iter().collect();
        worst.sort_by_key(|diagnostic| diagnostic.severity);
        let more = worst.len().saturating_sub(SHOWN);
        worst.truncate(SHOWN);
        let mut seen: HashMap<(Code, &BookPath), usize> = HashMap::new();
        let listed = worst.into_iter().map(|diagnostic| {
            let before = seen.entry((diagnostic.code, &diagnostic.place.path)).or_default();
            *before += 1;
            Problem::of(diagnostic, snapshot, *before)
        });
        let listed: Vec<Problem> = listed.collect();
        Self { more, counts: report.counts(), hash: hash_of(&listed, more), listed }
    }

    fn of_failure(error: &Error, root: &Path) -> Self {
        // Where the book lies is for the terminal; a browser may be anybody's.
        let text = error.to_string().replace(&root.display().to_string(), "the book");
        let message = text.lines().next().unwrap_or("").to_owned();
        let id = short(&[&message]);
        let code = "the book cannot be read";
        let listed = vec![Problem { severity: "error", code, message, place: String::new(), page: None, text, id }];
        let counts = Counts { errors: 1, ..Counts::default() };
        Self { more: 0, counts, hash: hash_of(&listed, 0), listed }
    }
}

impl Problem {
    /// `number` counts the mistakes of this kind in this file.
    fn of(diagnostic: &Diagnostic, snapshot: &Snapshot, number: usize) -> Self {
        let texts = |path: &_| snapshot.report().texts.get(path).cloned();
        let one = std::slice::from_ref(diagnostic);
        let text = diagnostic::print(one, &texts, &Printing { format: Format::Human, ..Printing::default() });
        let place = diagnostic::position(&diagnostic.place, &texts);
        let path = &diagnostic.place.path;
        let code = diagnostic.code.name();
        let id = short(&[code, path.as_str(), &number.to_string()]);
        let page = snapshot.page_of_file(path).map(|url| url.absolute_path(&snapshot.config().site));
        let (severity, message, text) =
            (diagnostic.severity.word(), diagnostic.message.clone(), text.trim_end().to_owned());
        Self { severity, code, message, place, page, text, id }
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
