//! A book that is being edited: from one snapshot to the next with as little work as an edit asks for. It knows no
//! events and no clock; it is told where to look.

mod snapshot;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::base::error::Result;
use crate::base::files::{self, FolderIdentity, Reader};
use crate::base::hash::{Hash, Hasher};
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::book::Page;
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
    /// Whether the last look has left files alone that were being written.
    has_put_off: bool,
}

/// Where something may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// In these files.
    At(BTreeSet<PathBuf>),
    /// Anywhere, and in these files for sure.
    Everywhere(BTreeSet<PathBuf>),
}

/// What a look has led to.
pub struct Step {
    /// The files that look different or say something else, from the book's folder. None where a second look was only for
    /// safety.
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
        let survey = survey(&derived, &before);
        let current = Arc::new(whole(derived, None));
        Ok(Self { options, memory, survey, current, has_failed: false, has_put_off: false })
    }

    /// The book as it was at the last look.
    #[must_use]
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.current
    }

    /// The folders in which something may change, with what tells each from another of its name.
    pub fn folders(&self) -> impl Iterator<Item = (&Path, FolderIdentity)> {
        self.survey.folders.iter().map(|(path, identity)| (path.as_path(), *identity))
    }

    /// Whether there is, or was at the last look, a file of the book at `path`, or a folder of it.
    #[must_use]
    pub fn knows(&self, path: &Path) -> bool {
        self.survey.has(path) || self.survey.folders.contains_key(path)
    }

    /// Whether nothing that happens at `path` matters.
    #[must_use]
    pub fn ignores(&self, path: &Path) -> bool {
        let output = &self.current.derived.output;
        // A folder of the output's name may be a part of the book, and so may a file with a name that is ignored.
        let is_output = path.starts_with(output) && !self.survey.folders.contains_key(output);
        !self.survey.has(path) && (read::is_ignored(path) || is_output)
    }

    /// Whether the last look has left files alone that were being written, so that another is wanted.
    #[must_use]
    pub fn has_put_off(&self) -> bool {
        self.has_put_off
    }

    /// From now on nobody tells when a program has finished writing.
    pub fn read_patiently(&mut self) {
        self.memory.read.reader = Reader::default();
    }

    /// Looks where something may have changed; `None` if nothing has. The files in `unfinished` are being written, and
    /// stay as they were.
    ///
    /// # Errors
    ///
    /// As [`pipeline::derive()`]. The book stays as it was at the last look.
    pub fn look(&mut self, look: &Look, unfinished: &BTreeSet<PathBuf>) -> Result<Option<Step>> {
        let paths = unfinished.iter().filter_map(|path| self.current.book_path(path)).collect();
        self.memory.read.set_unfinished(paths);
        self.has_put_off = false;
        let paths = match look {
            Look::At(paths) => paths,
            Look::Everywhere(said) => return self.look_everywhere(said, unfinished),
        };
        let known = |path: &PathBuf| self.current.source(path).is_some() && self.is_plain(path);
        if self.has_failed || self.survey.has_links || !paths.iter().all(known) {
            return self.look_everywhere(paths, unfinished);
        }
        for path in paths {
            self.survey.refresh(path);
        }
        self.advance(paths, &BTreeSet::new())
    }

    /// Whether there is a file of the book at `path`, and no link.
    fn is_plain(&self, path: &Path) -> bool {
        self.survey.has(path) && files::stamp(path).is_some()
    }

    /// `said` are files that are known to have changed, whatever they look like.
    fn look_everywhere(&mut self, said: &BTreeSet<PathBuf>, unfinished: &BTreeSet<PathBuf>) -> Result<Option<Step>> {
        let Derived { config, outside, .. } = &self.current.derived;
        let mut later = read::survey(self.current.root(), config, outside);
        let is_told = self.memory.read.reader.is_at_once();
        // What a link leads to is said under its own name.
        let has_links = later.has_links;
        let is_said = |path: &Path| {
            said.contains(path) || (has_links && files::real_path(path).is_some_and(|real| said.contains(&real)))
        };
        let put_off = later.put_off(&self.survey, |path, is_young| {
            unfinished.contains(path) || (is_told && is_young && !is_said(path))
        });
        let changes = self.survey.changes(&later);
        let is_there = |path: &&PathBuf| later.has(path) || self.survey.has(path);
        let mut doubtful: BTreeSet<PathBuf> = said.iter().filter(is_there).cloned().collect();
        self.survey = later;
        doubtful.extend(changes.doubtful);
        doubtful.extend(changes.certain.iter().cloned());
        doubtful.retain(|path| !put_off.contains(path) && !unfinished.contains(path));
        self.has_put_off = !put_off.is_empty();
        if doubtful.is_empty() && !self.has_failed {
            return Ok(None);
        }
        self.advance(&doubtful, &changes.certain)
    }

    /// `paths` may have changed. The author is told of those that `look_different`, and of those that say something else.
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
        let text = |snapshot: &Snapshot, path: &PathBuf| {
            let id = snapshot.source(path)?;
            Some(snapshot.derived.sources.pages[id.0 as usize].hash)
        };
        let has_changed =
            |path: &&PathBuf| look_different.contains(*path) || text(&before, path) != text(&self.current, path);
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
            // What has become a link, or is no part of the book any more, is for the whole book to see.
            let id = self.current.source(path).filter(|_| self.is_plain(path))?;
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
            if !is_private(&self.current, id) || !surface::is_same(&derived.parsed[index], &parsed) {
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
            self.survey = survey(&derived, &self.survey);
        }
        self.current = Arc::new(whole(derived, Some(&self.current)));
        Ok(())
    }
}

/// Whether nothing but its own page is made of a file, and nothing remembers a place in it.
fn is_private(snapshot: &Snapshot, id: SourceId) -> bool {
    let Snapshot { derived, checked, others, .. } = snapshot;
    let Source { path, .. } = &derived.sources.pages[id.0 as usize];
    let is_included = |page: &Page| page.documents.iter().any(|document| document.source == id);
    // Templates are tried with these pages.
    let is_sample = checked.kinds.iter().any(|&kind| is_included(derived.book.page(kind)));
    !is_sample
        && !derived.book.pages.iter().any(|page| page.source != Some(id) && is_included(page))
        && !derived.references.texts.contains_key(path)
        && !derived.found.mention(path)
        && !others.mention(path)
        && derived.book.redirects.iter().all(|redirect| redirect.written.0 != *path)
}

/// How the book looks, of which `before` has seen a part before it was read.
fn survey(derived: &Derived, before: &Survey) -> Survey {
    let mut survey = read::survey(derived.root(), &derived.config, &derived.outside).since(before);
    let sources = &derived.sources;
    for path in sources.pages.iter().map(|source| &source.path).chain(&sources.files) {
        survey.expect(path.to_os(derived.root()));
    }
    survey
}

/// A snapshot with everything checked; `before` is the one it follows.
fn whole(derived: Derived, before: Option<&Snapshot>) -> Snapshot {
    let same_theme = before.filter(|before| Arc::ptr_eq(&before.derived.theme, &derived.theme));
    let templates = match same_theme {
        Some(before) => before.templates.clone(),
        None => Arc::new(Templates::new(&derived.theme)),
    };
    let checked = Checked::all(&derived, &Progress::default());
    let mut others = Diagnostics::default();
    others.extend(derived.files_problems());
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
    let styles: BTreeSet<BookPath> = config.paths_of(config.additional_css.iter()).collect();
    let scripts: BTreeSet<BookPath> = config.paths_of(config.additional_js.iter()).collect();
    let mut others = derived.book.files.keys().filter(|path| !styles.contains(path) && !scripts.contains(path));
    Files { styles: of(&mut styles.iter()), scripts: of(&mut scripts.iter()), others: of(&mut others) }
}
