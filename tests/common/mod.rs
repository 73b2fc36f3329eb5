//! What several tests share: copying books, running the program on them, looking at folders and pages.

#![allow(dead_code, reason = "each test uses some of it")]

pub mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run of the program printed and said.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in `folder`.
pub fn run(folder: &Path, arguments: &[&str], threads: usize) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(arguments)
        .args(["--color", "never"])
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", threads.to_string())
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    let status = output.status.code().expect("the program was not killed");
    Run { status, out: text(output.stdout), err: text(output.stderr) }
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

/// What is wrong with a site by itself: links and fragments that lead nowhere, ids given twice. Knows
/// nothing of how the site was made, so it and the link resolver check each other.
pub fn police(site: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, Vec<(String, String, String)>> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), attributes(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, attributes) in &pages {
        for (_, _, id) in attributes.iter().filter(|(_, name, _)| name == "id") {
            if !ids.entry(path).or_default().insert(id) {
                problems.push(format!("{path}: the id {id} is given twice"));
            }
        }
    }
    for (path, attributes) in &pages {
        for (_, _, target) in attributes.iter().filter(|(_, name, _)| matches!(name.as_str(), "href" | "src")) {
            if target.starts_with('/') || target.contains(':') {
                continue;
            }
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let Some(file) = resolved(path, file) else {
                problems.push(format!("{path}: {target} leads out of the site"));
                continue;
            };
            if !site.contains_key(&file) {
                problems.push(format!("{path}: {target} leads nowhere"));
            } else if !fragment.is_empty() && fragment != "top" {
                let known = ids.get(file.as_str()).is_some_and(|ids| ids.contains(decoded(fragment).as_str()));
                if !known {
                    problems.push(format!("{path}: {target} names no id"));
                }
            }
        }
    }
    problems
}

fn attributes(html: &str) -> Vec<(String, String, String)> {
    let found = prepbook::markdown::html::attributes(html);
    found.into_iter().map(|attribute| (attribute.tag, attribute.name, attribute.value)).collect()
}

fn resolved(page: &str, target: &str) -> Option<String> {
    let target = decoded(target.split('?').next().unwrap_or(""));
    if target.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn decoded(text: &str) -> String {
    prepbook::model::url::decode(text)
}

/// A small generator of repeatable random numbers (xorshift64*, Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    /// One of `items`.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
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
