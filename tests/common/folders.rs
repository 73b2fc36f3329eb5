//! Folders and files of tests. Knows nothing of the program.

#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
pub fn repository() -> &'static Path {
    // The fuzz targets are a crate of their own in a folder of it.
    let crates = Path::new(env!("CARGO_MANIFEST_DIR"));
    crates.ancestors().find(|folder| folder.join("tests/common").is_dir()).expect("tests belong to a repository")
}

/// Every file below `folder` by path, hidden ones included.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.expect("the entry can be read");
        let name = entry.file_name().into_string().expect("names in tests are UTF-8");
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("the file can be read"));
        }
    }
}

/// The site in `folder` without prepbook's own notes, whose times differ from run to run.
pub fn site(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    tree(folder).into_iter().filter(|(path, _)| !path.starts_with(".prepbook/")).collect()
}

/// Writes files below `folder`; `reversed` makes them in the opposite order, which some file systems
/// show again when they list a folder.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>, reversed: bool) {
    let mut paths: Vec<&String> = files.keys().collect();
    if reversed {
        paths.reverse();
    }
    for path in paths {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(target, &files[path]).expect("the file can be written");
    }
}

/// The theme of three lines that most test books use, so that a change to the real theme does not rewrite
/// their expectations.
pub fn bare_theme() -> BTreeMap<String, Vec<u8>> {
    let files = tree(&repository().join("tests/themes/bare"));
    files.into_iter().map(|(path, bytes)| (format!("themes/handbook/{path}"), bytes)).collect()
}

/// A new folder that is removed at the end of the test.
pub fn scratch() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("prepbook-").tempdir().expect("a temporary folder can be made")
}

/// The folders in `folder`, sorted.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the entry can be read").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// A new folder in memory where the system has one, for tests that write much: what they test does not depend
/// on the disk.
pub fn scratch_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = tempfile::Builder::new().prefix("prepbook-").tempdir_in(memory);
    made.unwrap_or_else(|_| scratch())
}

/// Copies a folder with the times of its files, so that a site's manifest is true of the copy.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        let copied = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &copied);
            continue;
        }
        fs::copy(&path, &copied).expect("the file can be copied");
        let modified = path.metadata().and_then(|metadata| metadata.modified()).expect("files have times");
        set_modified(&copied, modified);
    }
}

/// Gives a file another time of change.
pub fn set_modified(path: &Path, time: std::time::SystemTime) {
    let file = fs::OpenOptions::new().write(true).open(path).expect("the file can be opened");
    file.set_modified(time).expect("times can be set");
}
