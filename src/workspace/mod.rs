//! A book that is being edited: from one snapshot to the next with as little work as an edit asks for. It knows no
//! events and no clock; it is told where to look.

mod snapshot;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::base::error::Result;
use crate::base::files::{self, Reader};
use crate::base::hash::{Hash, Hasher};
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::config::{Config, NamedPath};
use crate::diagnostic::Diagnostics;
use crate::model::source::{Source, SourceId};
use crate::model::surface;
use crate::pipeline::{self, Checked, Derived, Memory, Options};
use crate::read::{self, Survey};
use crate::render::Templates;

pub use snapshot::{Content, Snapshot};

use snapshot::Files;

/// A book that is being edited.
pub struct Workspace {
    options: Options,
    memory: Memory,
    survey: Survey,
    current: Arc<Snapshot>,
    /// Whether the book could not be read at the last look.
    has_failed: bool,
}

/// Where something may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// In these files, and nowhere else.
    At(BTreeSet<PathBuf>),
    /// Anywhere.
    Everywhere,
}

/// What a look has led to.
pub struct Step {
    /// The files that look different, from the book's folder. None where a second look was only for safety.
    pub changed: Vec<String>,
    /// The book as it is now.
    pub snapshot: Arc<Snapshot>,
}

impl Workspace {
    /// Reads the book. `reader` says how files are read from now on.
    ///
    /// # Errors
    ///
    /// As [`pipeline::derive()`].
    pub fn open(options: Options, reader: Reader) -> Result<Self> {
        let mut memory = Memory::lasting(reader);
        let config = Config::load(&options.root, reader, &mut Diagnostics::default())?;
        // Before anything is read, so that what changes meanwhile looks different later.
        let before = read::survey(&options.root, &config, &BTreeSet::new());
        let derived = pipeline::derive_again(&options, &mut memory)?;
        let survey = survey(&derived).since(&before);
        let current = Arc::new(whole(derived, None));
        Ok(Self { options, memory, survey, current, has_failed: false })
    }

    /// The book as it was at the last look.
    #[must_use]
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.current
    }

    /// The folders in which something may change, with what tells each from another of its name.
    pub fn folders(&self) -> impl Iterator<Item = (&Path, u64)> {
        self.survey.folders.iter().map(|(path, number)| (path.as_path(), *number))
    }

    /// Whether there is, or was at the last look, a file of the book at `path`, or a folder of it.
    #[must_use]
    pub fn knows(&self, path: &Path) -> bool {
        self.survey.has(path) || self.survey.folders.contains_key(path)
    }

    /// Whether nothing that happens at `path` matters.
    #[must_use]
    pub fn ignores(&self, path: &Path) -> bool {
        let Derived { output, config, .. } = &self.current.derived;
        let is_output = path.starts_with(output) && !config.src.to_os(self.current.root()).starts_with(output);
        read::is_ignored(path) || is_output
    }

    /// Looks where something may have changed; `None` if nothing has.
    ///
    /// # Errors
    ///
    /// As [`pipeline::derive()`]. The book stays as it was at the last look.
    pub fn look(&mut self, look: &Look) -> Result<Option<Step>> {
        let Look::At(paths) = look else { return self.look_everywhere(&BTreeSet::new()) };
        let paths: BTreeSet<PathBuf> = paths.iter().filter(|path| !read::is_ignored(path)).cloned().collect();
        if paths.is_empty() {
            return Ok(None);
        }
        let known = |path: &PathBuf| self.current.source(path).is_some() && files::stamp(path).is_some();
        if self.has_failed || !paths.iter().all(known) {
            return self.look_everywhere(&paths);
        }
        for path in &paths {
            self.survey.refresh(path);
        }
        self.advance(&paths, &paths)
    }

    /// `said` are files that are known to have changed, whatever they look like.
    fn look_everywhere(&mut self, said: &BTreeSet<PathBuf>) -> Result<Option<Step>> {
        let later = survey(&self.current.derived);
        let changes = self.survey.changes(&later);
        let is_there = |path: &&PathBuf| later.has(path) || self.survey.has(path);
        let mut doubtful: BTreeSet<PathBuf> = said.iter().filter(is_there).cloned().collect();
        self.survey = later;
        doubtful.extend(changes.doubtful);
        doubtful.extend(changes.certain.iter().cloned());
        if doubtful.is_empty() && !self.has_failed {
            return Ok(None);
        }
        self.advance(&doubtful, &changes.certain)
    }

    /// `paths` may have changed; those of them that `look_different` are what the author is told.
    fn advance(&mut self, paths: &BTreeSet<PathBuf>, look_different: &BTreeSet<PathBuf>) -> Result<Option<Step>> {
        let before = self.current.clone();
        let edited = if self.has_failed { None } else { self.edit(paths) };
        match edited {
            Some(true) => {}
            Some(false) => return Ok(None),
            None => {
                self.has_failed = true;
                self.derive(paths)?;
                self.has_failed = false;
            }
        }
        // What was read a moment after it was looked at looks no different, and is.
        let texts = |snapshot: &Snapshot, path: &PathBuf| {
            let id = snapshot.source(path)?;
            Some(snapshot.derived.sources.pages[id.0 as usize].hash)
        };
        let has_changed =
            |path: &&PathBuf| look_different.contains(*path) || texts(&before, path) != texts(&self.current, path);
        let root = before.root();
        let shown = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let changed = paths.iter().filter(has_changed).map(shown).collect();
        Ok(Some(Step { changed, snapshot: self.current.clone() }))
    }

    /// Takes over edits that the rest of the book does not see; whether there were any, or `None` if the rest of the
    /// book may see them.
    fn edit(&mut self, paths: &BTreeSet<PathBuf>) -> Option<bool> {
        let derived = &self.current.derived;
        let mut edits = Vec::new();
        for path in paths {
            let id = self.current.source(path)?;
            let old = &derived.sources.pages[id.0 as usize];
            self.memory.read.forget(&old.path);
            let source = read::text(derived.root(), &old.path, &self.memory.read).ok()?;
            if source.hash != old.hash {
                edits.push((id, source));
            }
        }
        if edits.is_empty() {
            return Some(false);
        }
        let mut next = derived.clone();
        let mut sources = (*next.sources).clone();
        let mut checked = (*self.current.checked).clone();
        for (id, source) in edits {
            let index = id.0 as usize;
            let parsed = self.memory.parse(&source)?;
            if !is_private(derived, id) || !surface::is_same(&derived.parsed[index], &parsed) {
                return None;
            }
            next.parsed[index] = parsed;
            sources.pages[index] = source;
        }
        next.sources = Arc::new(sources);
        for path in paths {
            let path = self.current.book_path(path)?;
            if let Some(&page) = next.book.by_file.get(&path) {
                checked.pages[page.index()] = next.resolver(&next.theme.names).page(page).1;
            }
        }
        let Snapshot { templates, others, tree, memo, files, .. } = &*self.current;
        self.current = Arc::new(Snapshot::new(
            next,
            templates.clone(),
            Arc::new(checked),
            others.clone(),
            tree.clone(),
            memo.clone(),
            files.clone(),
        ));
        Some(true)
    }

    /// Puts the book together anew from what is remembered and what has changed.
    fn derive(&mut self, paths: &BTreeSet<PathBuf>) -> Result<()> {
        for path in paths {
            match self.current.book_path(path) {
                Some(path) if path != Config::path() && !path.is_within(&self.current.derived.theme.folder) => {
                    self.memory.read.forget(&path);
                }
                _ => self.memory.forget_theme(),
            }
        }
        let derived = pipeline::derive_again(&self.options, &mut self.memory)?;
        let before = &self.current.derived;
        let is_elsewhere = derived.outside != before.outside
            || derived.config.src != before.config.src
            || derived.config.theme != before.config.theme
            || derived.config.bare != before.config.bare;
        if is_elsewhere {
            self.survey = survey(&derived).since(&self.survey);
        }
        self.current = Arc::new(whole(derived, Some(&self.current)));
        Ok(())
    }
}

/// Whether nothing but its own page is made of a file, and nothing remembers a place in it.
fn is_private(derived: &Derived, id: SourceId) -> bool {
    let Source { path, .. } = &derived.sources.pages[id.0 as usize];
    let is_own = |page: &crate::model::book::Page| page.source == Some(id);
    let mut pages = derived.book.pages.iter();
    let is_included = pages.any(|page| !is_own(page) && page.documents.iter().any(|document| document.source == id));
    !is_included
        && !derived.references.texts.contains_key(path)
        && !derived.found.mention(path)
        && derived.book.redirects.iter().all(|redirect| redirect.written.0 != *path)
}

fn survey(derived: &Derived) -> Survey {
    read::survey(derived.root(), &derived.config, &derived.outside)
}

/// A snapshot with everything checked; `before` is the one it follows.
fn whole(derived: Derived, before: Option<&Snapshot>) -> Snapshot {
    let same_theme = before.filter(|before| Arc::ptr_eq(&before.derived.theme, &derived.theme));
    let templates = match same_theme {
        Some(before) => before.templates.clone(),
        None => Arc::new(Templates::new(&derived.theme)),
    };
    let checked = Checked::all(&derived, &Progress::default());
    let mut others = derived.files_problems();
    others.extend(pipeline::theme_problems(&derived, &templates, &checked.kinds));
    let memo = before.map_or_else(Arc::default, |before| before.memo.clone());
    let files = looks(&derived);
    Snapshot::new(derived, templates, Arc::new(checked), Arc::new(others), Arc::new(OnceLock::new()), memo, files)
}

fn looks(derived: &Derived) -> Files {
    let of = |paths: &mut dyn Iterator<Item = &BookPath>| -> Hash {
        let mut hasher = Hasher::default();
        for path in paths {
            let look = files::look(&path.to_os(derived.root())).map(|(look, _)| look);
            hasher.add(path.as_str().as_bytes()).add(format!("{look:?}").as_bytes());
        }
        hasher.finish()
    };
    let config = &derived.config;
    let named = |named: &[NamedPath]| -> BTreeSet<BookPath> {
        named.iter().flat_map(|named| [BookPath::new(&named.value), config.src.join(&named.value)]).flatten().collect()
    };
    let (styles, scripts) = (named(&config.additional_css), named(&config.additional_js));
    let mut others = derived.book.files.keys().filter(|path| !styles.contains(path) && !scripts.contains(path));
    Files { styles: of(&mut styles.iter()), scripts: of(&mut scripts.iter()), others: of(&mut others) }
}
