//! A look at everything a book is made of, without reading any of it: which files there are and how they look, and
//! the folders in which another could appear.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{leave_out, names};
use crate::base::files::{self, EntryKind, FolderIdentity, Look};
use crate::base::path::BookPath;
use crate::config::{Config, FILE};

/// How a file looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    /// `None` where there is no file.
    look: Option<Look>,
    /// Whether a change since would show.
    is_sure: bool,
}

/// The files and folders of a book as they look at one moment.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    files: BTreeMap<OsString, Seen>,
    /// Whether a file of the book is a link, so that another one may change with it.
    pub has_links: bool,
    /// Every folder that holds a part of the book, with what tells it from another in its place.
    pub folders: BTreeMap<PathBuf, FolderIdentity>,
}

/// Looks at the book at `root`. `outside` are files beside the source folder that it refers to, whether they are there
/// or not.
#[must_use]
pub fn survey(root: &Path, config: &Config, outside: &BTreeSet<BookPath>) -> Survey {
    let mut survey = Survey::default();
    survey.add_folder(root);
    survey.add_file(root.join(FILE));
    let src = config.src.to_os(root);
    survey.walk(&src, leave_out(root, config));
    if !config.bare {
        // The folder above is watched for a theme that comes.
        let themes = root.join("themes");
        survey.add_folder(&themes);
        survey.walk(&themes.join(&config.theme), |path, _| names::ignored(path));
    }
    for path in outside {
        let target = path.to_os(root);
        // A folder that is not there comes into one that is.
        let there = target.ancestors().skip(1).find(|folder| folder.is_dir() && folder.starts_with(root));
        if let Some(folder) = there {
            survey.add_folder(folder);
        }
        survey.add_file(target);
    }
    survey
}

impl Survey {
    fn walk(&mut self, folder: &Path, skip: impl Fn(&Path, bool) -> bool) {
        self.add_folder(folder);
        for entry in files::walk_all(folder, skip) {
            if entry.kind == EntryKind::Folder {
                self.add_folder(&entry.path);
                continue;
            }
            self.add_file(entry.path);
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        if let Some(identity) = files::folder_identity(folder) {
            self.folders.insert(folder.to_owned(), identity);
        }
    }

    fn add_file(&mut self, path: PathBuf) {
        // What a link leads to, and what it leads through, may change anywhere; where it is not there, it may come.
        for step in files::link_steps(&path) {
            self.has_links = true;
            if let Some(folder) = step.ancestors().skip(1).find(|folder| folder.is_dir()) {
                self.add_folder(folder);
            }
        }
        let seen = seen(&path);
        self.files.insert(path.into_os_string(), seen);
    }

    /// Looks again at one file.
    pub fn refresh(&mut self, path: &Path) {
        self.add_file(path.to_owned());
    }

    /// Whether there is or was to be such a file.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.files.contains_key(path.as_os_str())
    }

    /// This one, but for what `earlier` has seen as well: something may have been read between the two.
    #[must_use]
    pub fn since(mut self, earlier: &Self) -> Self {
        for (path, seen) in &mut self.files {
            *seen = earlier.files.get(path).copied().unwrap_or(Seen { is_sure: false, ..*seen });
        }
        self
    }

    /// Expects a file that was read: if it is not there any more, that is a change.
    pub fn expect(&mut self, path: PathBuf) {
        self.files.entry(path.into_os_string()).or_insert(Seen { look: None, is_sure: false });
    }

    /// Takes back what this one has seen of files that are being written, so that they count as they were in `earlier`:
    /// those that were changed a moment ago or, whatever they look like, are `unfinished`. Gives those files.
    pub fn put_off(&mut self, earlier: &Self, unfinished: impl Fn(&Path, bool) -> bool) -> BTreeSet<PathBuf> {
        let mut put_off = BTreeSet::new();
        for (path, seen) in &mut self.files {
            let Some(before) = earlier.files.get(path).filter(|before| before.look.is_some()) else { continue };
            if seen.look.is_some() && before.look != seen.look && unfinished(Path::new(path), !seen.is_sure) {
                *seen = *before;
                put_off.insert(path.into());
            }
        }
        put_off
    }

    /// What has changed from this one to `later`.
    #[must_use]
    pub fn changes(&self, later: &Self) -> Changes {
        let mut changes = Changes::default();
        for (path, seen) in &later.files {
            match self.files.get(path) {
                Some(before) if before.look != seen.look => changes.certain.insert(path.into()),
                Some(before) if before.is_sure => false,
                Some(_) => changes.doubtful.insert(path.into()),
                None => changes.certain.insert(path.into()),
            };
        }
        changes.certain.extend(self.files.keys().filter(|path| !later.files.contains_key(*path)).map(PathBuf::from));
        changes
    }
}

/// The files that differ between two looks.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Those that look different, or are only in one of the two.
    pub certain: BTreeSet<PathBuf>,
    /// Those that may have changed without looking different.
    pub doubtful: BTreeSet<PathBuf>,
}

fn seen(path: &Path) -> Seen {
    match files::look(path) {
        Some((look, is_sure)) => Seen { look: Some(look), is_sure },
        None => Seen { look: None, is_sure: true },
    }
}
