//! Rendered files to the output folder: staged beside the site, then moved in. A run that is killed at any moment
//! leaves at each address the whole old file or the whole new one. Before the journal is written everything is old;
//! after it the new site is decided, and the next run moves what this one did not. Only what prepbook once wrote is
//! ever replaced or removed.

mod manifest;
mod publish;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::hash::Hash;
use crate::base::lock::{Lock, lock};
use crate::base::parallel;
use crate::model::output::RenderKey;
use crate::model::url::Url;

use manifest::{Entry, Found, Journal, Manifest, OWN};

/// The output folder, being written. A value that is dropped without [`Emitter::commit`] leaves the site as it was.
pub struct Emitter {
    root: PathBuf,
    old: Manifest,
    staged: AtomicUsize,
    /// Whether the staged files are no longer this value's to take away: they are gone, or a journal needs them.
    over: bool,
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

impl Emission {
    /// The file as one of several that are made together, with `key`.
    #[must_use]
    pub fn keyed(mut self, key: RenderKey) -> Self {
        self.entry.key = Some(key.0);
        self
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.entry.stamp.length
    }
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
    /// Opens the output folder `root`, and finishes what a stopped run had decided.
    ///
    /// # Errors
    ///
    /// The folder holds files and is not one that prepbook wrote, or cannot be used.
    pub fn open(root: &Path) -> Result<Self> {
        let own = root.join(OWN);
        publish::check_own(&own)?;
        if !own.is_dir() {
            if files::occupied(root) && !root.is_dir() {
                return Err(Error::new(format!("{} is not a folder", root.display())));
            }
            // Another run may have made our folder meanwhile, and files after it.
            let foreign = foreign(root)?;
            if !foreign.is_empty() && !own.is_dir() {
                return Err(strangers(root, &foreign));
            }
        }
        let lock = lock(&own.join(manifest::LOCK))
            .inspect_err(|_| files::remove_empty_folders(&own, root.parent().unwrap_or(root)))?;
        let Some(lock) = lock else {
            return Err(Error::new(format!("another prepbook is writing to {}", root.display()))
                .with_help("wait until it is done, or name another folder with -d"));
        };
        // Without a manifest nothing was ever published here, or all of it was removed.
        let mut old = files::read_if_there(&own.join(manifest::FILE))?
            .map_or_else(Manifest::empty, |bytes| Manifest::parse(&bytes));
        let path = own.join(manifest::JOURNAL);
        match files::read_if_there(&path)?.map(|bytes| Journal::parse(&bytes)) {
            Some(Found::Whole(journal)) => old = publish::finish(root, &journal, &old)?,
            Some(Found::OtherVersion) => {
                return Err(Error::new(format!("{} was left by another version of prepbook", path.display()))
                    .with_help("build once with that version, which finishes what it had begun, or empty the folder"));
            }
            Some(Found::Broken) => files::remove(&path)?,
            None => {}
        }
        let emitter = Self { root: root.to_owned(), old, staged: AtomicUsize::new(0), over: false, _lock: lock };
        emitter.take_away_leftovers()?;
        Ok(emitter)
    }

    /// The file at `url`, if it is still the one that was rendered with `key`.
    #[must_use]
    pub fn unchanged(&self, url: &Url, key: RenderKey) -> Option<Emission> {
        self.standing(url, |entry| entry.key == Some(key.0))
    }

    /// The file at `url`, if it is still one with these bytes.
    #[must_use]
    pub fn with_bytes(&self, url: &Url, hash: Hash) -> Option<Emission> {
        self.standing(url, |entry| entry.hash == hash)
    }

    fn standing(&self, url: &Url, is_wanted: impl Fn(&Entry) -> bool) -> Option<Emission> {
        let entry = self.old.files.get(url.as_str()).filter(|entry| is_wanted(entry))?;
        self.intact(url, entry).then(|| Emission {
            url: url.clone(),
            hash: entry.hash,
            entry: entry.clone(),
            staged: None,
            rendered: false,
        })
    }

    /// The bytes of a file, where it stands or waits to be moved there; `None` if it cannot be read after all.
    #[must_use]
    pub fn bytes(&self, emission: &Emission) -> Option<Vec<u8>> {
        let path = match emission.staged {
            Some(number) => publish::staged(&self.root, number),
            None => publish::target(&self.root, emission.url.as_str()),
        };
        files::read_if_there(&path).ok().flatten()
    }

    /// The files that were all made with `key` ([`Emission::keyed`]), if there are any and all are as they were left.
    #[must_use]
    pub fn unchanged_all(&self, key: RenderKey) -> Option<Vec<Emission>> {
        let ours: Vec<_> = self.old.files.iter().filter(|(_, entry)| entry.key == Some(key.0)).collect();
        let emissions = parallel::map(&ours, |(url, _)| self.unchanged(&Url::new(*url), key));
        let emissions: Option<Vec<Emission>> = emissions.into_iter().collect();
        emissions.filter(|emissions| !emissions.is_empty())
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
        if let Some(standing) = self.with_bytes(url, hash) {
            let entry = Entry { key, ..standing.entry };
            return Ok(Emission { entry, rendered, ..standing });
        }
        let target = publish::target(&self.root, url.as_str());
        let is_known = self.old.files.contains_key(url.as_str());
        if !is_known && self.old.readable && files::occupied(&target) && !self.is_renamed(url, &target) {
            return Err(publish::in_the_way(&target));
        }
        let number = self.staged.fetch_add(1, Ordering::Relaxed);
        let waiting = publish::staged(&self.root, number);
        files::write(&waiting, bytes)?;
        let stamp = files::stamp(&waiting).ok_or_else(|| publish::vanished(&waiting))?;
        let entry = Entry { hash, stamp, key };
        Ok(Emission { url: url.clone(), hash, entry, staged: Some(number), rendered })
    }

    fn intact(&self, url: &Url, entry: &Entry) -> bool {
        let target = publish::target(&self.root, url.as_str());
        files::stamp(&target) == Some(entry.stamp) && files::link_between(&self.root, &target).is_none()
    }

    /// Whether the file there is one of ours under a name that differs in case, on a file system that does not
    /// tell the two apart.
    fn is_renamed(&self, url: &Url, target: &Path) -> bool {
        let stamp = files::stamp(target);
        let lower = url.as_str().to_lowercase();
        self.old.files.iter().any(|(other, entry)| Some(entry.stamp) == stamp && other.to_lowercase() == lower)
    }

    /// Moves everything that was staged into place and takes away what is no longer part of the site.
    ///
    /// # Errors
    ///
    /// The output folder cannot be changed. Where the new site was decided, the next run finishes it; otherwise
    /// the site is as it was.
    pub fn commit(mut self, emissions: &[Emission]) -> Result<Emitted> {
        self.publish(emissions)
    }

    fn publish(&mut self, emissions: &[Emission]) -> Result<Emitted> {
        let new = Manifest {
            files: emissions
                .iter()
                .map(|emission| (emission.url.as_str().to_owned(), emission.entry.clone()))
                .collect(),
            readable: true,
        };
        let mut moves: Vec<(usize, String)> = emissions
            .iter()
            .filter_map(|emission| Some((emission.staged?, emission.url.as_str().to_owned())))
            .collect();
        publish::order(&mut moves, &self.old);
        let mut removed: Vec<(String, Hash)> = Vec::new();
        for (url, entry) in self.old.files.iter().filter(|(url, _)| !new.files.contains_key(*url)) {
            // A file that somebody has changed since is not ours any more.
            if publish::is_ours(&self.root, url, entry.hash)? {
                removed.push((url.clone(), entry.hash));
            }
        }
        publish::order_removed(&mut removed);
        let emitted = Emitted {
            written: moves.len(),
            kept: emissions.len() - moves.len(),
            removed: removed.len(),
            rendered: emissions.iter().filter(|emission| emission.rendered).count(),
        };
        if new != self.old {
            let journal = Journal { new, moves, removed };
            publish::check(&self.root, &journal)?;
            if !self.old.files.is_empty() {
                publish::sync(&self.root, &journal)?;
            }
            let path = self.root.join(OWN).join(manifest::JOURNAL);
            files::write_atomic(&path, &journal.to_bytes())?;
            // From here on the new site is decided: a run that is stopped is finished by the next.
            self.over = true;
            let now = publish::finish(&self.root, &journal, &self.old)?;
            if now != journal.new {
                return Err(publish::vanished(&self.root.join(OWN).join(manifest::STAGING)));
            }
        }
        self.over = true;
        self.take_away_leftovers()?;
        Ok(emitted)
    }

    /// Forgets everything that was staged; the site stays as it is.
    ///
    /// # Errors
    ///
    /// What was staged cannot be removed.
    pub fn abandon(mut self) -> Result<()> {
        self.over = true;
        self.forget()
    }

    fn forget(&self) -> Result<()> {
        self.take_away_leftovers()?;
        let own = self.root.join(OWN);
        if !files::occupied(&own.join(manifest::FILE)) {
            files::remove(&own.join(manifest::LOCK))?;
        }
        files::remove_empty_folders(&own, self.root.parent().unwrap_or(&self.root));
        Ok(())
    }

    /// Removes what only a run in progress needs.
    fn take_away_leftovers(&self) -> Result<()> {
        let own = self.root.join(OWN);
        for name in [manifest::FILE, manifest::JOURNAL] {
            files::remove(&files::temporary(&own.join(name)))?;
        }
        files::remove_folder(&own.join(manifest::STAGING))
    }
}

impl Drop for Emitter {
    fn drop(&mut self) {
        if !self.over {
            // An error has ended the run already, and that is the one to tell.
            let _ = self.forget();
        }
    }
}

/// What may lie in a folder before its first site: a checkout that the site is committed to, and what systems leave behind.
/// None of it has a name that a file of a site has.
const HARMLESS: [&str; 4] = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// What is in a folder that prepbook has not written to, but for other sites of its own in folders of theirs.
fn foreign(root: &Path) -> Result<Vec<String>> {
    let mut names = files::names(root)?;
    names.retain(|name| name != OWN && !HARMLESS.contains(&name.as_str()));
    names.retain(|name| !(files::is_folder(&root.join(name)) && root.join(name).join(OWN).is_dir()));
    Ok(names)
}

fn strangers(root: &Path, names: &[String]) -> Error {
    let shown: Vec<String> = names.iter().take(2).map(|name| format!("`{name}`")).collect();
    let others = names.len().saturating_sub(2);
    let more = if others == 0 { String::new() } else { format!(" and {others} more") };
    Error::new(format!("{} holds files that prepbook did not write: {}{more}", root.display(), shown.join(", ")))
        .with_help("empty it, or name another folder with -d or as `build-dir` in book.toml")
}

/// Removes everything that prepbook wrote into `root`; what others put there stays. Gives the number of
/// files removed, and nothing where there is no site to remove.
///
/// # Errors
///
/// The folder is not one that prepbook wrote, or cannot be changed.
pub fn clean(root: &Path) -> Result<Option<usize>> {
    if !root.join(OWN).is_dir() {
        if !files::occupied(root) && files::names(root)?.is_empty() {
            return Ok(None);
        }
        return Err(Error::new(format!("{} is not a folder that prepbook wrote", root.display())));
    }
    let mut emitter = Emitter::open(root)?;
    let removed = emitter.publish(&[])?.removed;
    // The lock goes last, and whatever else somebody has put beside it stays.
    let own = root.join(OWN);
    files::remove(&own.join(manifest::FILE))?;
    files::remove(&own.join(manifest::LOCK))?;
    files::remove_empty_folders(&own, root.parent().unwrap_or(root));
    Ok(Some(removed))
}
