//! What prepbook wrote into an output folder, and what a run was about to change when it was stopped.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::base::files::Stamp;
use crate::base::hash::Hash;

/// The folder of prepbook's own notes inside the output folder.
pub const OWN: &str = ".prepbook";
/// The manifest's name in prepbook's own folder.
pub const FILE: &str = "manifest.json";
/// The journal's name: there while a run moves files into place.
pub const JOURNAL: &str = "journal.json";
/// Held while a run uses the folder.
pub const LOCK: &str = "lock";
/// The folder of files that wait to be moved into place.
pub const STAGING: &str = "staging";

/// The form of these files. Another number means another form, which is not read.
const VERSION: u32 = 1;

/// Every file that prepbook wrote, by address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files.
    pub files: BTreeMap<String, Entry>,
    /// Whether this is all that is ours. Where a manifest is there and cannot be read, nothing is removed, since
    /// nothing is known to be ours, and what stands in the way is taken for an earlier version's.
    pub readable: bool,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The hash of its bytes.
    pub hash: Hash,
    /// Its length and time when it was written.
    pub stamp: Stamp,
    /// The hash of what it was rendered with.
    pub key: Option<Hash>,
}

/// What a run is about to change.
#[derive(Clone, Debug)]
pub struct Journal {
    /// The manifest when all is done.
    pub new: Manifest,
    /// Staged files by number, and the addresses they go to.
    pub moves: Vec<(usize, String)>,
    /// Addresses to remove, if they still have these bytes.
    pub removed: Vec<(String, Hash)>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    files: Vec<WrittenEntry>,
    #[serde(default)]
    moves: Vec<(usize, String)>,
    #[serde(default)]
    removed: Vec<(String, String)>,
}

/// Address, hash, length, time, key.
#[derive(Serialize, Deserialize)]
struct WrittenEntry(String, String, u64, u64, Option<String>);

impl Manifest {
    /// Nothing is ours: no run has finished in this folder, or the last one was `clean`.
    pub fn empty() -> Self {
        Self { files: BTreeMap::new(), readable: true }
    }

    /// Reads a manifest; one that cannot be read counts as unreadable.
    pub fn parse(bytes: &[u8]) -> Self {
        let written = serde_json::from_slice(bytes).ok().filter(|written: &Written| written.version == VERSION);
        written.and_then(|written| files(&written)).map_or_else(Self::default, |files| Self { files, readable: true })
    }

    /// The manifest as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(&Written { version: VERSION, files: written(self), moves: Vec::new(), removed: Vec::new() })
    }
}

/// What a journal's bytes turn out to be.
#[derive(Debug)]
pub enum Found {
    /// One to be finished.
    Whole(Journal),
    /// Another version of prepbook wrote it, and perhaps has moved files already.
    OtherVersion,
    /// No journal. A run writes it whole or not at all, so none of its files has moved.
    Broken,
}

impl Journal {
    /// Reads a journal.
    pub fn parse(bytes: &[u8]) -> Found {
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Found::Broken };
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(version) if version != u64::from(VERSION) => Found::OtherVersion,
            _ => serde_json::from_value(value).ok().and_then(Self::read).map_or(Found::Broken, Found::Whole),
        }
    }

    fn read(written: Written) -> Option<Self> {
        let new = Manifest { files: files(&written)?, readable: true };
        let removed: Vec<(String, Hash)> =
            written.removed.into_iter().map(|(url, hash)| Some((url, Hash::parse(&hash)?))).collect::<Option<_>>()?;
        let known = written.moves.iter().all(|(_, url)| new.files.contains_key(url));
        let gone = removed.iter().all(|(url, _)| is_inside(url) && !new.files.contains_key(url));
        (known && gone).then_some(Self { new, moves: written.moves, removed })
    }

    /// The journal as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let removed = self.removed.iter().map(|(url, hash)| (url.clone(), hash.to_string())).collect();
        write(&Written { version: VERSION, files: written(&self.new), moves: self.moves.clone(), removed })
    }
}

fn write(written: &Written) -> Vec<u8> {
    serde_json::to_vec(written).expect("strings and numbers are JSON")
}

fn files(written: &Written) -> Option<BTreeMap<String, Entry>> {
    let entry = |WrittenEntry(url, hash, length, modified, key): &WrittenEntry| {
        let key = match key {
            Some(key) => Some(Hash::parse(key)?),
            None => None,
        };
        let stamp = Stamp { length: *length, modified: *modified };
        is_inside(url).then_some((url.clone(), Entry { hash: Hash::parse(hash)?, stamp, key }))
    };
    written.files.iter().map(entry).collect()
}

/// Whether a file at `url` lies in the output folder and is not one of our notes: another address cannot come from
/// here, and nothing may be moved or removed there.
fn is_inside(url: &str) -> bool {
    let plain = |part: &str| {
        let mut components = Path::new(part).components();
        matches!((components.next(), components.next()), (Some(Component::Normal(name)), None) if name == part)
    };
    url.split('/').all(plain) && url.split('/').next() != Some(OWN)
}

fn written(manifest: &Manifest) -> Vec<WrittenEntry> {
    manifest
        .files
        .iter()
        .map(|(url, entry)| {
            let key = entry.key.map(|key| key.to_string());
            WrittenEntry(url.clone(), entry.hash.to_string(), entry.stamp.length, entry.stamp.modified, key)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_out_of_the_folder_are_not_ours() {
        for url in ["", "a//b", "/a", "a/", "./a", "a/../b", "..", ".prepbook/lock"] {
            assert!(!is_inside(url), "{url}");
        }
        for url in ["index.html", "a/b.html", ".well-known/x", "a/.prepbook", "..a", "a:b"] {
            assert!(is_inside(url) || cfg!(windows), "{url}");
        }
    }

    #[test]
    fn a_journal_is_taken_only_whole_and_only_in_its_folder() {
        let hash = Hash::of(b"x").to_string();
        let journal = |version: u32, moved: &str, removed: &str| {
            let text = format!(
                r#"{{"version":{version},"files":[["a.html","{hash}",1,2,null]],"moves":[[0,"{moved}"]],"removed":[["{removed}","{hash}"]]}}"#
            );
            Journal::parse(text.as_bytes())
        };
        assert!(matches!(journal(VERSION, "a.html", "b.html"), Found::Whole(_)));
        assert!(matches!(journal(VERSION + 1, "a.html", "b.html"), Found::OtherVersion));
        for (moved, removed) in [("../a.html", "b.html"), ("a.html", "../b"), ("a.html", "a.html"), ("c.html", "b")] {
            assert!(matches!(journal(VERSION, moved, removed), Found::Broken), "{moved} {removed}");
        }
        for text in ["", "{", "[]", "7", r#"{"version":1}"#, r#"{"version":"1","files":[]}"#] {
            assert!(matches!(Journal::parse(text.as_bytes()), Found::Broken), "{text}");
        }
        let whole = Journal { new: Manifest::empty(), moves: Vec::new(), removed: Vec::new() }.to_bytes();
        for end in 0..whole.len() {
            assert!(matches!(Journal::parse(&whole[..end]), Found::Broken));
        }
    }
}
