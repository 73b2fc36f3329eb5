//! The disk: walking, reading, writing whole files, removing. The only user of `std::fs` and walkdir;
//! every error names the path.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{Error, Result};

/// One thing found on a walk.
pub struct Entry {
    /// Its path.
    pub path: PathBuf,
    /// What it is.
    pub kind: EntryKind,
}

/// What a walk found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A symbolic link, not followed.
    Symlink,
    /// A pipe, socket or device.
    Special,
    /// A folder or file that could not be looked at.
    Unreadable,
}

/// Every file below `root`, in the order of names, without following links; none when it is not there. `skip` is asked for
/// each entry by path and may leave out files and whole folders.
pub fn walk(root: &Path, skip: impl Fn(&Path, bool) -> bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    if !root.exists() {
        return entries;
    }
    let walk = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !skip(entry.path(), entry.file_type().is_dir())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let kind = match entry.file_type() {
                    kind if kind.is_symlink() => EntryKind::Symlink,
                    kind if kind.is_file() => EntryKind::File,
                    _ => EntryKind::Special,
                };
                entries.push(Entry { path: entry.into_path(), kind });
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                entries.push(Entry { path, kind: EntryKind::Unreadable });
            }
        }
    }
    entries
}

/// The names in a folder, sorted; empty when it is not there.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("cannot list", folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("cannot list", folder, error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::io("cannot read", path, error))
}

/// The bytes of a file, `None` when it is not there.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("cannot read", path, error)),
    }
}

/// The text of a file that must be UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let invalid = |_| Error::io("cannot read", path, io::Error::new(io::ErrorKind::InvalidData, "not valid UTF-8"));
    String::from_utf8(read(path)?).map_err(invalid)
}

/// Length in bytes and time of the last change (nanoseconds since 1970, 0 where unknown).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub length: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

/// The stamp of a file, `None` when there is no such file (or it is a folder).
#[must_use]
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let modified = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok();
    // Nanoseconds fit until the year 2554.
    let modified = modified.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or(0);
    Some(Stamp { length: metadata.len(), modified })
}

/// Writes a file, making its folders. Not atomic: for files nobody reads yet.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |error| Error::io("cannot write", path, error);
    match fs::write(path, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create_parent(path)?;
            fs::write(path, bytes).map_err(fail)
        }
        result => result.map_err(fail),
    }
}

/// Writes a file so that at any moment its old or its new contents are there, whole.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = path.with_file_name(name);
    let fail = |error| Error::io("cannot write", path, error);
    let mut file = fs::File::create(&temporary).map_err(fail)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fail)?;
    drop(file);
    rename(&temporary, path)
}

/// Writes a file that must not be there yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    create_parent(path)?;
    let fail = |error| Error::io("cannot create", path, error);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)
}

/// Moves a file over another, making the folder it goes to.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && from.exists() => {
            create_parent(to)?;
            fs::rename(from, to).map_err(|error| Error::io("cannot move a file to", to, error))
        }
        result => result.map_err(|error| Error::io("cannot move a file to", to, error)),
    }
}

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Error::io("cannot create the folder", path, error))
}

fn create_parent(path: &Path) -> Result<()> {
    path.parent().map_or(Ok(()), create_folder)
}

/// Removes a file; one that is not there is fine.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("cannot remove", path, error)),
        _ => Ok(()),
    }
}

/// Removes a folder and all in it; one that is not there is fine.
pub fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("cannot remove", path, error)),
        _ => Ok(()),
    }
}

/// Removes `folder` and the folders above it, as long as they are empty, up to but not including `root`.
pub fn remove_empty_folders(folder: &Path, root: &Path) {
    let mut folder = folder;
    while folder.starts_with(root) && folder != root && fs::remove_dir(folder).is_ok() {
        let Some(above) = folder.parent() else { break };
        folder = above;
    }
}

/// The real path behind links.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Held by one process at a time, for as long as the value lives.
pub struct Lock {
    _file: fs::File,
}

/// Takes the lock at `path`; `None` when another process holds it.
pub fn lock(path: &Path) -> Result<Option<Lock>> {
    create_parent(path)?;
    let file = fs::File::create(path).map_err(|error| Error::io("cannot create", path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(Error::io("cannot lock", path, error)),
    }
}
