//! What prepbook wrote into an output folder, and what a run was about to change when it was stopped.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::files::Stamp;
use crate::base::hash::Hash;

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
    /// Whether a manifest could be read. Without one nothing is removed, since nothing is known to be
    /// ours, and what stands in the way is taken for an earlier version's.
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
    /// Reads a manifest; one that cannot be read counts as unreadable.
    pub fn parse(bytes: &[u8]) -> Self {
        read(bytes)
            .and_then(|written| files(&written))
            .map_or_else(Self::default, |files| Self { files, readable: true })
    }

    /// The manifest as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(&Written { version: VERSION, files: written(self), moves: Vec::new(), removed: Vec::new() })
    }
}

impl Journal {
    /// Reads a journal; `None` when it is not whole, so that nothing was moved yet.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let written = read(bytes)?;
        let new = Manifest { files: files(&written)?, readable: true };
        let removed =
            written.removed.into_iter().map(|(url, hash)| Some((url, Hash::parse(&hash)?))).collect::<Option<_>>()?;
        Some(Self { new, moves: written.moves, removed })
    }

    /// The journal as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let removed = self.removed.iter().map(|(url, hash)| (url.clone(), hash.to_string())).collect();
        write(&Written { version: VERSION, files: written(&self.new), moves: self.moves.clone(), removed })
    }
}

fn read(bytes: &[u8]) -> Option<Written> {
    serde_json::from_slice(bytes).ok().filter(|written: &Written| written.version == VERSION)
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
        // An address that leads out of the folder cannot come from here.
        let inside = url.split('/').all(|part| !matches!(part, "" | "." | ".."));
        inside.then_some((url.clone(), Entry { hash: Hash::parse(hash)?, stamp, key }))
    };
    written.files.iter().map(entry).collect()
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
