//! A folder for what is not to last: made for one run, gone with the value. With `process.rs` the only user of `std::env`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::Result;
use super::files;

/// A folder of this run's own, in the system's folder for such.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes one, which nobody else can look into where the system can say so.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn new(name: &str) -> Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let above = std::env::temp_dir();
        // Programs name files by their real paths.
        let above = files::real_path(&above).unwrap_or(above);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let folder = above.join(format!("{name}-{}-{number}", std::process::id()));
            // Somebody's of that name is left alone.
            if files::create_private_folder(&folder)? {
                return Ok(Self { folder });
            }
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Makes a folder in it.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        files::create_folder(&folder).map(|()| folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clear away.
        let _ = files::remove_folder(&self.folder);
    }
}
