//! A file that one process holds at a time.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{Error, Result};
use super::files::create_parent;

/// How often a lock that was taken away meanwhile is looked for again.
const TRIES: usize = 50;

/// Held by one process at a time, for as long as the value lives.
pub struct Lock {
    file: fs::File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that was started meanwhile has a copy of the file until it runs.
        let _ = self.file.unlock();
    }
}

/// Takes the lock at `path`; `None` when another process holds it.
pub fn lock(path: &Path) -> Result<Option<Lock>> {
    // The run that held the lock may take it and its folder away at any moment; then it is made anew.
    for _ in 0..TRIES {
        create_parent(path)?;
        // Not emptied: whatever it is, it need not be ours. What a link leads to is not.
        if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(Error::io("cannot lock", path, io::Error::other("it is a symbolic link")));
        }
        let file = match fs::OpenOptions::new().write(true).create(true).truncate(false).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io("cannot create", path, error)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(Some(Lock { file })),
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => {
                return Err(Error::io("cannot lock", path, error).with_help(
                    "two runs at once could not be told apart there; name a folder on another disk with -d",
                ));
            }
        }
    }
    let error = io::Error::other("it comes and goes");
    Err(Error::io("cannot lock", path, error))
}

/// Whether the open `file` is still the one at `path`: a lock on a file without a name keeps nobody out.
fn is_at(file: &fs::File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let ids = (file.metadata().map(id), fs::metadata(path).map(id));
        matches!(ids, (Ok(open), Ok(named)) if open == named)
    }
    #[cfg(not(unix))]
    {
        file.metadata().is_ok() && path.is_file()
    }
}
