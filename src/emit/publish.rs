//! A journal to the site that it describes: moves and removals in an order that suits readers, each of which can be
//! done again. Must not know where the bytes come from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::hash::Hash;
use crate::base::parallel;

use super::manifest::{self, Journal, Manifest, OWN};

/// Where the file at `url` is.
pub fn target(root: &Path, url: &str) -> PathBuf {
    let mut path = root.to_owned();
    path.extend(url.split('/'));
    path
}

/// Where the staged file of that number waits.
pub fn staged(root: &Path, number: usize) -> PathBuf {
    root.join(OWN).join(manifest::STAGING).join(number.to_string())
}

/// Makes sure that our notes are in the output folder, and no link leads from there to somebody else's.
pub fn check_own(own: &Path) -> Result<()> {
    if files::occupied(own) { Err(in_the_way(own)) } else { Ok(()) }
}

/// Whether the file at `url` still has the bytes that prepbook wrote. What is no file is not ours, nor what is behind a link.
pub fn is_ours(root: &Path, url: &str, hash: Hash) -> Result<bool> {
    let path = target(root, url);
    if files::stamp(&path).is_none() || files::link_between(root, &path).is_some() {
        return Ok(false);
    }
    Ok(files::read_if_there(&path)?.is_some_and(|bytes| Hash::of(&bytes) == hash))
}

/// Puts moves into the order in which a reader who looks meanwhile is least likely to miss something: first what
/// pages load, then pages at new addresses, then those that replace older ones.
pub fn order(moves: &mut [(usize, String)], old: &Manifest) {
    let rank = |url: &String| (url.ends_with(".html"), old.files.contains_key(url));
    moves.sort_by(|(_, left), (_, right)| rank(left).cmp(&rank(right)).then_with(|| left.cmp(right)));
}

/// The same for removals: pages first, so that none stands without what it loads.
pub fn order_removed(removed: &mut [(String, Hash)]) {
    removed.sort_by_key(|(url, _)| !url.ends_with(".html"));
}

/// Makes sure, before the new site is decided, that every move can be made: no folder stands where a file goes and
/// no file or link where a folder goes, but for those that go away in the same run.
pub fn check(root: &Path, journal: &Journal) -> Result<()> {
    let removed: BTreeSet<PathBuf> = journal.removed.iter().map(|(url, _)| target(root, url)).collect();
    for (number, url) in &journal.moves {
        let path = target(root, url);
        let mut above = path.ancestors().skip(1).take_while(|above| *above != root);
        let file_above = above.find(|above| files::occupied(above) && !removed.contains(*above));
        let stays = |entry: &files::Entry| !removed.contains(&entry.path);
        let folder = files::is_folder(&path) && files::walk(&path, |_, _| false).iter().any(stays);
        if let Some(blocked) = file_above.or_else(|| folder.then_some(path.as_path())) {
            return Err(in_the_way(blocked));
        }
        let waiting = staged(root, *number);
        if files::stamp(&waiting) != journal.new.files.get(url).map(|entry| entry.stamp) {
            return Err(vanished(&waiting));
        }
    }
    Ok(())
}

/// A file or folder that stands where a file of the site goes.
pub fn in_the_way(path: &Path) -> Error {
    Error::new(format!("{} is in the way: prepbook did not write it, or not as it is now", path.display()))
        .with_help("move it away, or publish it by putting it into the source folder")
}

/// A staged file that is not there, or not as it was written.
pub fn vanished(path: &Path) -> Error {
    Error::new(format!("{} was taken away or changed while prepbook ran", path.display())).with_help("build once more")
}

/// Waits until all staged bytes are on the disk. Asked for where there is a good site to lose (D16).
pub fn sync(root: &Path, journal: &Journal) -> Result<()> {
    parallel::map(&journal.moves, |(number, _)| files::sync(&staged(root, *number))).into_iter().collect()
}

/// Does what is left of a journal, and gives the manifest of the site that is there now. `old` is the one before
/// it: a staged file that is lost leaves the old file in its place.
///
/// # Errors
///
/// The folder cannot be changed, or something foreign is in the way. The journal stays, for the next run.
pub fn finish(root: &Path, journal: &Journal, old: &Manifest) -> Result<Manifest> {
    let blocking = Blocking::new(journal);
    let mut new = journal.new.clone();
    for (url, hash) in journal.removed.iter().filter(|(url, _)| blocking.is(url)) {
        // Where names that differ in case are one file, its new bytes may be there already.
        let moved = blocking.twin(url).is_some_and(|twin| is_as_new(root, twin, journal));
        if !moved {
            remove(root, url, *hash)?;
        }
    }
    for (number, url) in &journal.moves {
        let (waiting, path) = (staged(root, *number), target(root, url));
        let entry = new.files.get(url).map(|entry| entry.stamp);
        if files::stamp(&waiting) == entry {
            if old.readable && !old.files.contains_key(url) && files::occupied(&path) {
                return Err(in_the_way(&path));
            }
            if let Some(link) = files::link_between(root, &path) {
                return Err(in_the_way(&link));
            }
            // Folders may be left of what has just gone away.
            files::remove_hollow_folders(&path);
            files::rename(&waiting, &path)?;
        } else if files::stamp(&path) != entry {
            // Neither waiting nor moved by the run that was stopped.
            match old.files.get(url) {
                Some(entry) => new.files.insert(url.clone(), entry.clone()),
                None => new.files.remove(url),
            };
        }
    }
    for (url, hash) in journal.removed.iter().filter(|(url, _)| !blocking.is(url)) {
        remove(root, url, *hash)?;
    }
    let own = root.join(OWN);
    files::write_atomic(&own.join(manifest::FILE), &new.to_bytes())?;
    files::remove(&own.join(manifest::JOURNAL))?;
    Ok(new)
}

/// Removes a file that is still ours, and the folders that are empty without it.
fn remove(root: &Path, url: &str, hash: Hash) -> Result<()> {
    let path = target(root, url);
    if is_ours(root, url, hash)? {
        files::remove(&path)?;
    }
    if !files::occupied(&path) && files::link_between(root, &path).is_none() {
        files::remove_empty_folders(path.parent().unwrap_or(root), root);
    }
    Ok(())
}

fn is_as_new(root: &Path, url: &str, journal: &Journal) -> bool {
    journal.new.files.get(url).is_some_and(|entry| files::stamp(&target(root, url)) == Some(entry.stamp))
}

/// Which removals must come before the moves: a file becomes a folder or the other way round. Names that differ
/// only in case count as equal, since on some file systems they are.
struct Blocking<'a> {
    /// The moves, by address in lower case.
    moves: BTreeMap<String, &'a str>,
    /// The folders that they go to.
    folders: BTreeSet<String>,
}

impl<'a> Blocking<'a> {
    fn new(journal: &'a Journal) -> Self {
        let moves: BTreeMap<String, &str> =
            journal.moves.iter().map(|(_, url)| (url.to_lowercase(), url.as_str())).collect();
        let folders = moves.keys().flat_map(|url| above(url)).map(str::to_owned).collect();
        Self { moves, folders }
    }

    fn is(&self, removed: &str) -> bool {
        let removed = removed.to_lowercase();
        self.folders.contains(&removed)
            || self.moves.contains_key(&removed)
            || above(&removed).any(|folder| self.moves.contains_key(folder))
    }

    /// The move to an address that differs from this one in case only.
    fn twin(&self, url: &str) -> Option<&'a str> {
        self.moves.get(&url.to_lowercase()).copied().filter(|twin| *twin != url)
    }
}

/// The folders above an address.
fn above(url: &str) -> impl Iterator<Item = &str> {
    url.match_indices('/').map(|(end, _)| &url[..end])
}
