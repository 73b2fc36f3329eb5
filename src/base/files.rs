//! The disk: walking, reading, writing whole files, removing. With `blobs.rs` and `lock.rs` the only user of `std::fs`, and of walkdir;
//! every error names the path.

use std::fs;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

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
    /// A folder; only [`walk_all`] gives them.
    Folder,
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
    let mut entries = walk_all(root, skip);
    entries.retain(|entry| entry.kind != EntryKind::Folder);
    entries
}

/// As [`walk`], and the folders too, each before what is in it.
pub fn walk_all(root: &Path, skip: impl Fn(&Path, bool) -> bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    if !root.exists() {
        return entries;
    }
    let walk = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !skip(entry.path(), entry.file_type().is_dir())) {
        match entry {
            Ok(entry) => {
                let kind = match entry.file_type() {
                    kind if kind.is_dir() => EntryKind::Folder,
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

/// Whether `wanted` is true of a file below `root`; nothing is looked at behind the first.
#[must_use]
pub fn has(root: &Path, skip: impl Fn(&Path, bool) -> bool, wanted: impl Fn(&Path) -> bool) -> bool {
    let walk = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name();
    let mut files = walk.into_iter().filter_entry(|entry| !skip(entry.path(), entry.file_type().is_dir())).flatten();
    files.any(|entry| !entry.file_type().is_dir() && wanted(entry.path()))
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

/// How long a file must have been left alone before what it holds counts as whole. A program that saves a file
/// empties and fills it, and a file system's times may be no finer than ten milliseconds.
const QUIET: Duration = Duration::from_millis(20);
/// How often a file that changes is looked at again.
const TRIES: usize = 50;

/// How files are read: what a file that was changed a moment ago means.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// How long a file must have been left alone.
    quiet: Duration,
}

impl Default for Reader {
    fn default() -> Self {
        Self { quiet: QUIET }
    }
}

impl Reader {
    /// For those who are told when a program has finished writing: nothing is waited for.
    pub const AT_ONCE: Self = Self { quiet: Duration::ZERO };

    /// Whether nothing is waited for.
    #[must_use]
    pub fn is_at_once(self) -> bool {
        self.quiet.is_zero()
    }

    /// The bytes of a file, as they were at one moment: one that is being written to is waited for, a second at the
    /// most. A pipe is an error, since reading it might never end.
    pub fn read(self, path: &Path) -> Result<Vec<u8>> {
        let fail = |error| Error::io("cannot read", path, error);
        for _ in 0..TRIES {
            let mut file = open_regular(path).map_err(fail)?;
            let before = file.metadata().map_err(fail)?;
            if let Some(wait) = self.unsettled(&before) {
                thread::sleep(wait);
                continue;
            }
            let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or(0));
            file.read_to_end(&mut bytes).map_err(fail)?;
            let after = stamp_of(&file.metadata().map_err(fail)?);
            if after == stamp_of(&before) && after.length == bytes.len() as u64 {
                return Ok(bytes);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Err(fail(io::Error::other("it is being written to")))
    }

    /// The text of a file that must be UTF-8.
    pub fn read_text(self, path: &Path) -> Result<String> {
        let invalid = |_| Error::io("cannot read", path, io::Error::new(io::ErrorKind::InvalidData, "not valid UTF-8"));
        String::from_utf8(self.read(path)?).map_err(invalid)
    }

    /// How long to wait for a file that was changed a moment ago. One from the future is as good as an old one: the
    /// clock was set back.
    fn unsettled(self, metadata: &fs::Metadata) -> Option<Duration> {
        let age = SystemTime::now().duration_since(metadata.modified().ok()?).ok()?;
        self.quiet.checked_sub(age).filter(|wait| !wait.is_zero())
    }
}

/// Opens a file, and nothing that only looks like one: opening a pipe waits for a writer.
fn open_regular(path: &Path) -> io::Result<fs::File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is a pipe, a socket or a device"));
    }
    fs::File::open(path)
}

/// The bytes of a file, `None` when it is not there.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match open_regular(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("cannot read", path, error)),
    }
}

/// Whether a file can be read, without reading it.
pub fn check_readable(path: &Path) -> Result<()> {
    open_regular(path).map(drop).map_err(|error| Error::io("cannot read", path, error))
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
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| stamp_of(&metadata))
}

fn stamp_of(metadata: &fs::Metadata) -> Stamp {
    let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
    let modified = metadata.modified().ok().and_then(since);
    // Nanoseconds fit until the year 2554.
    let modified = modified.and_then(|time| u64::try_from(time.as_nanos()).ok()).unwrap_or(0);
    Stamp { length: metadata.len(), modified }
}

/// What tells one state of a file from another without reading it. Behind links it is what they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    stamp: Stamp,
    /// Where the system has them: the time of the last change of anything about the file, which no program can
    /// set, and the file's number, which another file in its place does not have.
    #[cfg(unix)]
    identity: (i64, i64, u64),
}

/// What [`folder_identity`] gives.
pub type FolderIdentity = (u64, Option<SystemTime>);

/// How a file looks, `None` when there is no file; and whether it looks so long enough that a change to come will
/// look different, whatever the file system's clock.
#[must_use]
pub fn look(path: &Path) -> Option<(Look, bool)> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| look_of(&metadata))
}

fn look_of(metadata: &fs::Metadata) -> (Look, bool) {
    let stamp = stamp_of(metadata);
    #[cfg(unix)]
    let (changed, look) = {
        use std::os::unix::fs::MetadataExt as _;
        let since = Duration::new(u64::try_from(metadata.ctime()).unwrap_or(0), 0);
        let nanoseconds = Duration::from_nanos(u64::try_from(metadata.ctime_nsec()).unwrap_or(0));
        let identity = (metadata.ctime(), metadata.ctime_nsec(), metadata.ino());
        (SystemTime::UNIX_EPOCH + since + nanoseconds, Look { stamp, identity })
    };
    #[cfg(not(unix))]
    let (changed, look) = (metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), Look { stamp });
    let settled = SystemTime::now().duration_since(changed).is_ok_and(|age| age > QUIET);
    (look, settled)
}

/// A file that is open for reading.
#[derive(Debug)]
pub struct OpenFile {
    file: fs::File,
    look: Look,
}

impl OpenFile {
    /// How it looks.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// Its length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.look.stamp.length
    }

    /// `length` bytes from `start` on.
    pub fn part(mut self, start: u64, length: u64) -> io::Result<io::Take<fs::File>> {
        self.file.seek(io::SeekFrom::Start(start))?;
        Ok(self.file.take(length))
    }
}

/// Opens the file at `path` unless links lead from it to something outside `root`, or to what is no file.
#[must_use]
pub fn open_inside(root: &Path, path: &Path) -> Option<OpenFile> {
    let real = real_path(path)?;
    if !real.starts_with(real_path(root)?) {
        return None;
    }
    let file = open_regular(&real).ok()?;
    let (look, _) = look_of(&file.metadata().ok()?);
    Some(OpenFile { file, look })
}

/// Where a link leads, step by step, as far as it can be followed; nothing for what is no link.
#[must_use]
pub fn link_steps(path: &Path) -> Vec<PathBuf> {
    /// As many as Linux follows.
    const LIMIT: usize = 40;
    let mut steps: Vec<PathBuf> = Vec::new();
    let mut here = path.to_owned();
    while let Ok(target) = fs::read_link(&here) {
        if steps.len() == LIMIT {
            break;
        }
        here = here.parent().unwrap_or(Path::new("")).join(target);
        steps.push(here.clone());
    }
    steps
}

/// What tells one folder from another that came into its place, where the system has it: its number, which may be given
/// again, and when it was made.
#[must_use]
pub fn folder_identity(path: &Path) -> Option<FolderIdentity> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_dir)?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = 0;
    Some((number, metadata.created().ok()))
}

/// Whether there is anything at `path` but a folder: a file, a link wherever it leads, a pipe.
#[must_use]
pub fn occupied(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_dir())
}

/// The symbolic link that leads from `root` to what is below it at `path`, if one does; what stands at `path` itself does not
/// count. Whatever is written or removed there is somewhere else.
#[must_use]
pub fn link_between(root: &Path, path: &Path) -> Option<PathBuf> {
    let is_link = |folder: &&Path| fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_symlink());
    let above = path.ancestors().skip(1).take_while(|above| above.starts_with(root) && *above != root);
    above.filter(is_link).last().map(Path::to_owned)
}

/// Whether there is a folder at `path` itself, not behind a link.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether there is a program at `path`.
#[must_use]
pub fn is_executable(path: &Path) -> bool {
    let Ok(metadata) = fs::metadata(path) else { return false };
    #[cfg(unix)]
    let may_be_run = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let may_be_run = true;
    metadata.is_file() && may_be_run
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

/// Writes a new file with the rights of another, which it is to replace, so that it is on the disk itself.
pub fn write_like(path: &Path, bytes: &[u8], other: &Path) -> Result<()> {
    write_new(path, bytes)?;
    sync(path)?;
    let like = fs::metadata(other).and_then(|metadata| fs::set_permissions(path, metadata.permissions()));
    like.map_err(|error| Error::io("cannot write", path, error))
}

/// Writes a file so that at any moment its old or its new contents are there, whole, also after the machine has
/// lost its power.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = temporary(path);
    let fail = |error| Error::io("cannot write", path, error);
    // What a stopped run left there must not be written through: it might be a link by now.
    remove(&temporary)?;
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(fail).and_then(|()| rename(&temporary, path)).inspect_err(|_| {
        // The first error is the one to tell.
        let _ = remove(&temporary);
    })
}

/// Where [`write_atomic`] collects the bytes of `path`; a run that was killed may leave it behind.
#[must_use]
pub fn temporary(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

/// Waits until the bytes of a file are on the disk itself.
pub fn sync(path: &Path) -> Result<()> {
    // Windows wants the right to write for this.
    let file = fs::OpenOptions::new().write(true).open(path);
    file.and_then(|file| file.sync_all()).map_err(|error| Error::io("cannot write", path, error))
}

/// Writes a file that must not be there yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    create_parent(path)?;
    let fail = |error| Error::io("cannot create", path, error);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
    file.write_all(bytes).map_err(fail)
}

/// Makes sure that no symbolic link leads from `root` to where a file is to be made below it.
pub fn check_below(root: &Path, path: &Path) -> Result<()> {
    let Some(link) = link_between(root, path) else { return Ok(()) };
    Err(Error::new(format!("cannot create {}: {} is a symbolic link", path.display(), link.display()))
        .with_help("name a folder that no link leads to"))
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

/// Makes a folder that only its owner can look into; `false` where there is something of that name.
pub fn create_private_folder(path: &Path) -> Result<bool> {
    #[allow(unused_mut, reason = "only some systems have modes")]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Error::io("cannot create the folder", path, error)),
    }
}

/// Lets everybody look into a folder who may look into those that are made without further words.
pub fn make_public(path: &Path) -> Result<()> {
    let probe = path.join(".prepbook-probe");
    create_folder(&probe)?;
    let rights = fs::metadata(&probe).and_then(|metadata| fs::set_permissions(path, metadata.permissions()));
    rights.map_err(|error| Error::io("cannot open", path, error)).and_then(|()| remove_folder(&probe))
}

pub(super) fn create_parent(path: &Path) -> Result<()> {
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
    let inside = |folder: &&Path| folder.starts_with(root) && *folder != root;
    for folder in folder.ancestors().take_while(inside) {
        match fs::remove_dir(folder) {
            // Gone already, by a run that was stopped between this folder and the next.
            Err(error) if error.kind() != io::ErrorKind::NotFound => break,
            _ => {}
        }
    }
}

/// Removes the folders below `folder` and itself, as long as there is no file in them.
pub fn remove_hollow_folders(folder: &Path) {
    if !is_folder(folder) {
        return;
    }
    for entry in walkdir::WalkDir::new(folder).contents_first(true).into_iter().flatten() {
        // One that is not empty stays, and those above it with it.
        let _ = fs::remove_dir(entry.path());
    }
}

/// The real path behind links.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(path).ok()?;
    let plain = real.to_str().filter(|_| cfg!(windows)).and_then(without_verbatim).map(PathBuf::from);
    Some(plain.unwrap_or(real))
}

/// A path of Windows without the `\\?\` that real paths start with there: other programs, Java's among them, do not know it,
/// and people need not see it.
fn without_verbatim(path: &str) -> Option<&str> {
    let plain = path.strip_prefix(r"\\?\")?;
    let has_drive = matches!(plain.as_bytes(), [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic());
    has_drive.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::without_verbatim;

    #[test]
    fn paths_on_a_drive_of_windows_are_shown_as_people_write_them() {
        assert_eq!(without_verbatim(r"\\?\C:\Users\me\book"), Some(r"C:\Users\me\book"));
        for other in [r"\\?\UNC\server\share", r"C:\Users", r"\\?\C:", r"\\?\Volume{1}\x", "/home/me", ""] {
            assert_eq!(without_verbatim(other), None, "{other}");
        }
    }
}
