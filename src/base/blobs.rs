//! Blobs by hash, in a file between runs, and what was added last in a second one of the same form (`.recent`), so that a run
//! that adds little writes little. They hold nothing that could not be made again, so whatever is wrong with a file is the same
//! as its not being there: nothing here fails. Must not know what the blobs are.
//!
//! The file: blobs one after another, the newest first; then for each of them its key (16 bytes), its length (4, little
//! endian) and the first 8 bytes of its hash; then how many there are (8), the hash of all that (16) and the version (16).

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::files;
use super::hash::{Hash, Hasher};
use super::lock::{Lock, lock};

const ENTRY: usize = 16 + 4 + 8;
const FOOT: usize = 8 + 16 + 16;

/// The file of what was added last becomes one with the other once it has more than this part of its bytes.
const RECENT: u64 = 4;

/// Where a blob is, and what it must be.
#[derive(Clone, Copy)]
struct Place {
    at: u64,
    length: u32,
    check: [u8; 8],
}

/// What was in a file when it was opened.
struct Known {
    file: Mutex<File>,
    places: HashMap<Hash, Place>,
    /// All in the order of the file.
    entries: Vec<(Hash, Place)>,
    /// Bytes of all blobs.
    length: u64,
}

/// Both files, if they are there and whole.
struct Both {
    recent: Option<Known>,
    older: Option<Known>,
}

/// What came since, written already: a build may make more than there is room for in memory. One process at a time writes,
/// and what it has not finished goes with the value.
struct Fresh {
    out: BufWriter<File>,
    temporary: Temporary,
    entries: Vec<(Hash, Place)>,
    length: u64,
    _lock: Lock,
}

/// A file that goes with the value, if it is still there.
struct Temporary(PathBuf);

/// Whether something came since.
enum Writing {
    NotYet,
    On(Fresh),
    /// Another process writes, or the disk refuses to.
    Refused,
}

/// Blobs by hash.
pub struct Blobs {
    path: PathBuf,
    /// The texts of all that decides what a blob is, beside its key.
    sources: &'static [&'static str],
    version: OnceLock<Hash>,
    known: OnceLock<Both>,
    writing: Mutex<Writing>,
}

impl Blobs {
    /// Those in the file at `path` and the one beside it, which are looked into once the first is asked for; none of a file
    /// that is missing, damaged or was written by a program that is made of other `sources`.
    #[must_use]
    pub fn new(path: PathBuf, sources: &'static [&'static str]) -> Self {
        let (version, known) = (OnceLock::new(), OnceLock::new());
        Self { path, sources, version, known, writing: Mutex::new(Writing::NotYet) }
    }

    fn version(&self) -> Hash {
        *self.version.get_or_init(|| {
            let mut hasher = Hasher::default();
            for source in self.sources {
                hasher.add(source.as_bytes());
            }
            hasher.finish()
        })
    }

    fn known(&self) -> &Both {
        self.known.get_or_init(|| {
            let open = |path: &Path| Known::open(path, self.version()).ok().flatten();
            Both { recent: open(&recent(&self.path)), older: open(&self.path) }
        })
    }

    /// The blob of that key, if it is known and whole.
    #[must_use]
    pub fn get(&self, key: Hash) -> Option<Vec<u8>> {
        let Both { recent, older } = self.known();
        [recent, older].into_iter().flatten().find_map(|known| known.get(key))
    }

    /// Adds one; it can be had once all are kept and opened again.
    pub fn add(&self, key: Hash, bytes: &[u8]) {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Writing::NotYet = *writing {
            *writing = Fresh::open(&self.path).map_or(Writing::Refused, Writing::On);
        }
        if let Writing::On(fresh) = &mut *writing
            && fresh.add(key, bytes).is_err()
        {
            *writing = Writing::Refused;
        }
    }

    /// Keeps what was added, and of what was there the newest, in `limit` bytes together. A file is replaced at once, or stays
    /// as it was.
    pub fn keep(mut self, limit: u64) {
        let writing = self.writing.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Writing::On(mut fresh) = mem::replace(writing, Writing::Refused) else { return };
        let Both { recent: newer, older } = self.known();
        let length = |known: &Option<Known>| known.as_ref().map_or(0, |known| known.length);
        let added = fresh.length + length(newer);
        let is_little = added <= length(older) / RECENT && added + length(older) <= limit;
        let joined = if is_little { [newer, &None] } else { [newer, older] };
        if fresh.finish(joined.into_iter().flatten(), self.version(), limit).is_err() {
            return;
        }
        let Fresh { out, _lock, temporary, .. } = fresh;
        // Not every system gives an open file another name, or its name to another.
        drop((self.known, out));
        let recent = recent(&self.path);
        if is_little {
            let _ = fs::rename(&temporary.0, recent);
        } else if fs::rename(&temporary.0, &self.path).is_ok() {
            let _ = fs::remove_file(recent);
        }
    }
}

/// The file of what was added last, beside the one at `path`.
fn recent(path: &Path) -> PathBuf {
    path.with_extension("recent")
}

impl Known {
    fn open(path: &Path, version: Hash) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let end = file.seek(SeekFrom::End(0))?;
        let Some(foot_at) = end.checked_sub(FOOT as u64) else { return Ok(None) };
        file.seek(SeekFrom::Start(foot_at))?;
        let mut foot = [0; FOOT];
        file.read_exact(&mut foot)?;
        let count = u64::from_le_bytes(foot[..8].try_into().expect("eight bytes"));
        let Some(list_at) = count.checked_mul(ENTRY as u64).and_then(|bytes| foot_at.checked_sub(bytes)) else {
            return Ok(None);
        };
        if foot[24..] != *version.bytes() {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(list_at))?;
        let mut list = vec![0; (foot_at - list_at) as usize];
        file.read_exact(&mut list)?;
        if foot[8..24] != *Hash::of(&list).bytes() {
            return Ok(None);
        }
        let (mut places, mut entries, mut at) = (HashMap::new(), Vec::new(), 0);
        for entry in list.chunks_exact(ENTRY) {
            let key = Hash::from_bytes(entry[..16].try_into().expect("sixteen bytes"));
            let length = u32::from_le_bytes(entry[16..20].try_into().expect("four bytes"));
            let check = entry[20..].try_into().expect("eight bytes");
            let place = Place { at, length, check };
            entries.push((key, place));
            // The newest counts: one that was damaged has been made again.
            places.entry(key).or_insert(place);
            at += u64::from(length);
        }
        Ok((at == list_at).then(|| Self { file: Mutex::new(file), places, entries, length: at }))
    }

    fn get(&self, key: Hash) -> Option<Vec<u8>> {
        let place = *self.places.get(&key)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; place.length as usize];
        file.seek(SeekFrom::Start(place.at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        (Hash::of(&bytes).start() == place.check).then_some(bytes)
    }
}

impl Fresh {
    /// None, if another process writes or nothing can be written.
    fn open(path: &Path) -> Option<Self> {
        let lock = lock(&path.with_extension("lock")).ok()??;
        let temporary = Temporary(files::temporary(path));
        // A run that was killed may have left it.
        files::remove(&temporary.0).ok()?;
        let out = BufWriter::new(File::create_new(&temporary.0).ok()?);
        Some(Self { out, temporary, entries: Vec::new(), length: 0, _lock: lock })
    }

    fn add(&mut self, key: Hash, bytes: &[u8]) -> io::Result<()> {
        let Ok(length) = u32::try_from(bytes.len()) else { return Ok(()) };
        self.out.write_all(bytes)?;
        self.entries.push((key, Place { at: self.length, length, check: Hash::of(bytes).start() }));
        self.length += u64::from(length);
        Ok(())
    }

    /// Copies what stays of those that are `known`, the newest first, and writes the list.
    fn finish<'a>(&mut self, known: impl Iterator<Item = &'a Known>, version: Hash, limit: u64) -> io::Result<()> {
        let mut room = limit.saturating_sub(self.length);
        for Known { file, entries, .. } in known {
            let fits = |(_, place): &(Hash, Place)| {
                let left = room.checked_sub(u64::from(place.length));
                room = left.unwrap_or(0);
                left.is_some()
            };
            // Those that stay are the beginning of the file.
            let stay: Vec<(Hash, Place)> = entries.iter().copied().take_while(fits).collect();
            let bytes = stay.iter().map(|(_, place)| u64::from(place.length)).sum();
            let mut older = file.lock().unwrap_or_else(PoisonError::into_inner);
            older.seek(SeekFrom::Start(0))?;
            self.out.flush()?;
            if io::copy(&mut Read::take(&mut *older, bytes), self.out.get_mut())? != bytes {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.entries.extend(stay);
        }
        let mut list = Vec::with_capacity(self.entries.len() * ENTRY);
        for (key, place) in &self.entries {
            list.extend_from_slice(key.bytes());
            list.extend_from_slice(&place.length.to_le_bytes());
            list.extend_from_slice(&place.check);
        }
        self.out.write_all(&list)?;
        self.out.write_all(&(self.entries.len() as u64).to_le_bytes())?;
        self.out.write_all(Hash::of(&list).bytes())?;
        self.out.write_all(version.bytes())?;
        self.out.flush()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: u8) -> Vec<(Hash, Vec<u8>)> {
        (0..count).map(|number| (Hash::of(&[number]), vec![number; usize::from(number) * 10])).collect()
    }

    fn filled(path: &Path, all: &[(Hash, Vec<u8>)]) {
        let blobs = Blobs::new(path.to_owned(), &["1"]);
        all.iter().for_each(|(key, bytes)| blobs.add(*key, bytes));
        blobs.keep(1_000_000);
    }

    fn holds(path: &Path, sources: &'static [&'static str], key: Hash) -> Option<Vec<u8>> {
        Blobs::new(path.to_owned(), sources).get(key)
    }

    #[test]
    fn what_is_kept_can_be_had_and_more_can_be_added() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache/blobs");
        filled(&path, &keys(5));
        for (key, bytes) in keys(5) {
            assert_eq!(holds(&path, &["1"], key), Some(bytes));
        }
        assert_eq!(holds(&path, &["1"], Hash::of(b"other")), None);
        assert_eq!(holds(&path, &["2"], keys(5)[1].0), None, "another version");
        filled(&path, &keys(9)[5..]);
        for (key, bytes) in keys(9) {
            assert_eq!(holds(&path, &["1"], key), Some(bytes));
        }
        assert_eq!(
            fs::read_dir(path.parent().unwrap()).unwrap().count(),
            2,
            "nothing is left but the file and its lock"
        );
    }

    #[test]
    fn what_little_is_added_stands_beside_until_it_is_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blobs");
        let large: Vec<(Hash, Vec<u8>)> = (40..44).map(|number| (Hash::of(&[number]), vec![number; 1000])).collect();
        filled(&path, &large);
        let before = fs::read(&path).unwrap();
        // Some 300 bytes each, beside 4,000.
        for count in 31..=34 {
            let small = keys(count);
            filled(&path, &small[usize::from(count) - 1..]);
            let beside = fs::read(&path).unwrap() == before;
            assert_eq!((beside, recent(&path).exists()), (count < 34, count < 34), "{count}");
            for (key, bytes) in large.iter().chain(&small[30..]) {
                assert_eq!(holds(&path, &["1"], *key).as_ref(), Some(bytes), "{count}");
            }
        }
        filled(&path, &keys(6)[5..]);
        fs::write(recent(&path), "damaged").unwrap();
        assert!(large.iter().all(|(key, bytes)| holds(&path, &["1"], *key).as_ref() == Some(bytes)));
    }

    #[test]
    fn the_oldest_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blobs");
        let all = keys(4);
        for (key, bytes) in &all {
            let blobs = Blobs::new(path.clone(), &["1"]);
            blobs.add(*key, bytes);
            blobs.keep(55);
        }
        let kept: Vec<bool> = all.iter().map(|(key, _)| holds(&path, &["1"], *key).is_some()).collect();
        assert_eq!(kept, [false, false, true, true]);
    }

    #[test]
    fn no_damage_is_ever_taken_for_a_blob() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blobs");
        filled(&path, &keys(5));
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            fs::write(&path, &damaged).unwrap();
            let blobs = Blobs::new(path.clone(), &["1"]);
            for (key, bytes) in keys(5) {
                assert!(blobs.get(key).is_none_or(|found| found == bytes), "byte {at}");
            }
            fs::write(&path, &whole[..at]).unwrap();
            let blobs = Blobs::new(path.clone(), &["1"]);
            assert!(keys(5).iter().all(|(key, _)| blobs.get(*key).is_none()), "cut at {at}");
        }
    }

    #[test]
    fn what_is_damaged_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blobs");
        filled(&path, &keys(5));
        let mut damaged = fs::read(&path).unwrap();
        damaged[5] ^= 1;
        fs::write(&path, &damaged).unwrap();
        let is_there = |key: &Hash| holds(&path, &["1"], *key).is_some();
        let lost: Vec<(Hash, Vec<u8>)> = keys(5).into_iter().filter(|(key, _)| !is_there(key)).collect();
        assert_eq!(lost.len(), 1);
        filled(&path, &lost);
        assert!(keys(5).iter().all(|(key, _)| is_there(key)));
    }

    #[test]
    fn what_a_killed_run_has_left_is_in_nobodys_way_and_of_two_at_once_one_keeps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("blobs");
        fs::write(files::temporary(&path), "half of").unwrap();
        filled(&path, &keys(3));
        assert!(holds(&path, &["1"], keys(3)[2].0).is_some());
        let (one, other) = (Blobs::new(path.clone(), &["1"]), Blobs::new(path.clone(), &["1"]));
        one.add(keys(5)[3].0, &keys(5)[3].1);
        other.add(keys(5)[4].0, &keys(5)[4].1);
        one.keep(1_000_000);
        other.keep(1_000_000);
        let kept: Vec<bool> = keys(5).iter().map(|(key, _)| holds(&path, &["1"], *key).is_some()).collect();
        assert_eq!(kept, [true, true, true, true, false]);
        let dropped = Blobs::new(path.clone(), &["1"]);
        dropped.add(keys(5)[4].0, &keys(5)[4].1);
        drop(dropped);
        assert!(!files::temporary(&path).exists(), "a build that fails leaves nothing");
    }

    #[test]
    fn a_place_where_nothing_can_be_kept_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file/blobs");
        fs::write(folder.path().join("file"), "").unwrap();
        filled(&path, &keys(3));
        assert_eq!(holds(&path, &["1"], keys(3)[1].0), None);
    }
}
