//! Rendered files to the output folder: staged beside the site, then moved in at once. A run that is
//! stopped at any moment leaves the old site or the new one, never a half-written file, and only what
//! prepbook once wrote is ever replaced or removed.

mod manifest;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::error::{Error, Result};
use crate::base::files::{self, Lock};
use crate::base::hash::Hash;
use crate::model::output::RenderKey;
use crate::model::url::Url;

use manifest::{Entry, Journal, Manifest};

/// The folder of prepbook's own notes inside the output folder.
const OWN: &str = ".prepbook";

/// The output folder, being written.
pub struct Emitter {
    root: PathBuf,
    old: Manifest,
    staged: AtomicUsize,
    /// Two runs in one folder would take each other's files.
    _lock: Lock,
}

/// One file of the new site.
#[derive(Clone, Debug)]
pub struct Emission {
    /// Its address.
    pub url: Url,
    /// The hash of its bytes.
    pub hash: Hash,
    entry: Entry,
    /// Where its new bytes wait; `None` when the old file stays.
    staged: Option<usize>,
    /// Whether it was rendered in this run.
    rendered: bool,
}

/// What a run did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Emitted {
    /// Files with new bytes.
    pub written: usize,
    /// Files that stayed as they were.
    pub kept: usize,
    /// Files taken away.
    pub removed: usize,
    /// Pages that were rendered, whether or not their bytes were new.
    pub rendered: usize,
}

impl Emitter {
    /// Opens the output folder `root`, and finishes what a stopped run had begun.
    ///
    /// # Errors
    ///
    /// The folder holds files and is not one that prepbook wrote, or cannot be used.
    pub fn open(root: &Path) -> Result<Self> {
        let own = root.join(OWN);
        if !own.is_dir() {
            if root.exists() && !root.is_dir() {
                return Err(Error::new(format!("{} is not a folder", root.display())));
            }
            if !files::names(root)?.is_empty() {
                return Err(Error::new(format!("{} holds files that prepbook did not write", root.display()))
                    .with_help("empty it, or name another folder with -d or as `build-dir` in book.toml"));
            }
        }
        let Some(lock) = files::lock(&own.join(manifest::LOCK))? else {
            return Err(Error::new(format!("another prepbook is writing to {}", root.display()))
                .with_help("wait until it is done, or name another folder with -d"));
        };
        let journal = files::read_if_there(&own.join(manifest::JOURNAL))?.and_then(|bytes| Journal::parse(&bytes));
        let unfinished = journal.filter(|journal| finish(root, journal).is_err());
        let mut old = files::read_if_there(&own.join(manifest::FILE))?
            .map_or_else(Manifest::default, |bytes| Manifest::parse(&bytes));
        // What a stopped run could not finish must not stop this one: whatever it had moved is ours.
        for (url, entry) in unfinished.into_iter().flat_map(|journal| journal.new.files) {
            old.files.entry(url).or_insert(entry);
        }
        files::remove(&own.join(manifest::JOURNAL))?;
        files::remove_folder(&own.join(manifest::STAGING))?;
        Ok(Self { root: root.to_owned(), old, staged: AtomicUsize::new(0), _lock: lock })
    }

    /// The file at `url`, if it is still the one that was rendered with `key`.
    #[must_use]
    pub fn unchanged(&self, url: &Url, key: RenderKey) -> Option<Emission> {
        let entry = self.old.files.get(url.as_str()).filter(|entry| entry.key == Some(key.0))?;
        self.intact(url, entry).then(|| Emission {
            url: url.clone(),
            hash: entry.hash,
            entry: entry.clone(),
            staged: None,
            rendered: false,
        })
    }

    /// Takes the bytes of a file. `key` is what they were rendered with, for files that are rendered.
    ///
    /// # Errors
    ///
    /// The bytes cannot be written, or would replace a file that prepbook did not write.
    pub fn stage(&self, url: &Url, bytes: &[u8], key: Option<RenderKey>) -> Result<Emission> {
        let hash = Hash::of(bytes);
        let rendered = key.is_some();
        let key = key.map(|key| key.0);
        let known = self.old.files.get(url.as_str());
        if let Some(entry) = known.filter(|entry| entry.hash == hash && self.intact(url, entry)) {
            let entry = Entry { key, ..entry.clone() };
            return Ok(Emission { url: url.clone(), hash, entry, staged: None, rendered });
        }
        let target = target(&self.root, url);
        if known.is_none() && self.old.readable && files::stamp(&target).is_some() {
            return Err(Error::new(format!("{} is in the way: prepbook did not write it", target.display()))
                .with_help("move it away, or publish it by putting it into the source folder"));
        }
        let number = self.staged.fetch_add(1, Ordering::Relaxed);
        let waiting = staged(&self.root, number);
        files::write(&waiting, bytes)?;
        let stamp = files::stamp(&waiting).ok_or_else(|| Error::new(format!("{} vanished", waiting.display())))?;
        let entry = Entry { hash, stamp, key };
        Ok(Emission { url: url.clone(), hash, entry, staged: Some(number), rendered })
    }

    fn intact(&self, url: &Url, entry: &Entry) -> bool {
        files::stamp(&target(&self.root, url)) == Some(entry.stamp)
    }

    /// Moves everything that was staged into place and takes away what is no longer part of the site.
    ///
    /// # Errors
    ///
    /// The output folder cannot be changed. The next run finishes what this one had begun.
    pub fn commit(self, emissions: &[Emission]) -> Result<Emitted> {
        let new = Manifest {
            files: emissions
                .iter()
                .map(|emission| (emission.url.as_str().to_owned(), emission.entry.clone()))
                .collect(),
            readable: true,
        };
        let moves: Vec<(usize, String)> = emissions
            .iter()
            .filter_map(|emission| Some((emission.staged?, emission.url.as_str().to_owned())))
            .collect();
        let removed: Vec<(String, Hash)> = self
            .old
            .files
            .iter()
            .filter(|(url, _)| !new.files.contains_key(*url))
            .map(|(url, entry)| (url.clone(), entry.hash))
            .collect();
        let emitted = Emitted {
            written: moves.len(),
            kept: emissions.len() - moves.len(),
            removed: removed.len(),
            rendered: emissions.iter().filter(|emission| emission.rendered).count(),
        };
        let own = self.root.join(OWN);
        if moves.is_empty() && removed.is_empty() && new == self.old {
            files::remove_folder(&own.join(manifest::STAGING))?;
            return Ok(emitted);
        }
        let journal = Journal { new, moves, removed };
        check_targets(&self.root, &journal)?;
        // From here on the new site is decided: a run that is stopped is finished by the next.
        files::write_atomic(&own.join(manifest::JOURNAL), &journal.to_bytes())?;
        finish(&self.root, &journal)?;
        files::remove_folder(&own.join(manifest::STAGING))?;
        Ok(emitted)
    }

    /// Forgets everything that was staged; the site stays as it is.
    pub fn abandon(self) -> Result<()> {
        let own = self.root.join(OWN);
        files::remove_folder(&own.join(manifest::STAGING))?;
        if self.old.files.is_empty() {
            files::remove(&own.join(manifest::LOCK))?;
        }
        files::remove_empty_folders(&own, self.root.parent().unwrap_or(&self.root));
        Ok(())
    }
}

/// Makes sure, before anything is moved, that no folder stands where a file goes and no file where a folder
/// goes, but for those that go away in the same run.
fn check_targets(root: &Path, journal: &Journal) -> Result<()> {
    let removed: BTreeSet<PathBuf> =
        journal.removed.iter().map(|(url, _)| target(root, &Url::new(url.clone()))).collect();
    for (_, url) in &journal.moves {
        let path = target(root, &Url::new(url.clone()));
        let mut above = path.ancestors().skip(1).take_while(|above| *above != root);
        let file_above = above.find(|above| above.is_file() && !removed.contains(*above));
        let stays = |entry: &files::Entry| !removed.contains(&entry.path);
        let folder = path.is_dir() && files::walk(&path, |_, _| false).iter().any(stays);
        if let Some(blocked) = file_above.or_else(|| folder.then_some(path.as_path())) {
            return Err(Error::new(format!("{} is in the way: prepbook did not write it", blocked.display()))
                .with_help("move it away"));
        }
    }
    Ok(())
}

/// Removes everything that prepbook wrote into `root`; what others put there stays. Gives the number of
/// files removed.
///
/// # Errors
///
/// The folder is not one that prepbook wrote, or cannot be changed.
pub fn clean(root: &Path) -> Result<usize> {
    if !root.exists() {
        return Ok(0);
    }
    if !root.join(OWN).is_dir() {
        return Err(Error::new(format!("{} is not a folder that prepbook wrote", root.display())));
    }
    let emitter = Emitter::open(root)?;
    let count = emitter.old.files.len();
    emitter.commit(&[])?;
    files::remove_folder(&root.join(OWN))?;
    files::remove_empty_folders(root, root.parent().unwrap_or(root));
    Ok(count)
}

/// Does what is left of a journal.
fn finish(root: &Path, journal: &Journal) -> Result<()> {
    // First what goes: a folder may have become a file, or a file a folder.
    for (url, hash) in &journal.removed {
        let path = target(root, &Url::new(url.clone()));
        // A file that somebody has changed since is not ours any more.
        let ours = files::read_if_there(&path).ok().flatten().is_some_and(|bytes| Hash::of(&bytes) == *hash);
        if ours {
            files::remove(&path)?;
            files::remove_empty_folders(path.parent().unwrap_or(root), root);
        }
    }
    for (number, url) in &journal.moves {
        let waiting = staged(root, *number);
        // What is not there was moved already by the run that was stopped.
        if waiting.exists() {
            let path = target(root, &Url::new(url.clone()));
            // An empty folder may be left of what has just gone away.
            files::remove_empty_folders(&path, root);
            files::rename(&waiting, &target(root, &Url::new(url.clone())))?;
        }
    }
    let own = root.join(OWN);
    files::write_atomic(&own.join(manifest::FILE), &journal.new.to_bytes())?;
    files::remove(&own.join(manifest::JOURNAL))
}

fn target(root: &Path, url: &Url) -> PathBuf {
    let mut path = root.to_owned();
    path.extend(url.as_str().split('/'));
    path
}

fn staged(root: &Path, number: usize) -> PathBuf {
    root.join(OWN).join(manifest::STAGING).join(number.to_string())
}
