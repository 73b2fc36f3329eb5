//! A plan to the disk: all of it or nothing. New texts wait in a folder of their own and come into their places only when
//! all are written; what fails is taken back.

use std::path::{Path, PathBuf};

use super::Plan;
use crate::base::error::{Error, Result};
use crate::base::files;

/// Where texts wait; it is no part of any book. A run that was killed leaves it behind, with the texts as they were.
const WAITING: &str = ".prepbook-mv";

/// Something that was done, and can be taken back.
enum Done {
    /// A file or folder has another name.
    Renamed { from: PathBuf, to: PathBuf },
    /// A folder was made, and perhaps some above it.
    Folder(PathBuf),
}

impl Plan {
    /// Carries it out in the book at `root`.
    ///
    /// # Errors
    ///
    /// A file has changed since it was read, or the disk refuses something; then the book is as it was.
    pub fn carry_out(&self, root: &Path) -> Result<()> {
        let waiting = root.join(WAITING);
        if !files::create_private_folder(&waiting)? {
            return Err(Error::new(format!("{} is in the way", waiting.display())).with_help(
                "another move is at work, or one was stopped: its folder `old` has the texts as they were; put them back where \
                 they are missing, and remove it",
            ));
        }
        let mut done = Vec::new();
        let result = self.steps(root, &waiting, &mut done);
        if let Err(error) = result {
            // The first error is the one to tell.
            let is_taken_back = done.into_iter().rev().fold(true, |all, done| match done {
                Done::Renamed { from, to } => files::rename(&to, &from).is_ok() && all,
                Done::Folder(path) => {
                    files::remove_empty_folders(&path, root);
                    all
                }
            });
            if is_taken_back {
                let _ = files::remove_folder(&waiting);
                return Err(error);
            }
            return Err(error.with_help(format!(
                "not all of it could be taken back: {} has the texts as they were; put back those that are missing, and remove it",
                waiting.join("old").display()
            )));
        }
        files::remove_empty_folders(&self.step.from.parent().to_os(root), root);
        // It has done its work, and the next move tells of it if it stays.
        let _ = files::remove_folder(&waiting);
        Ok(())
    }

    fn steps(&self, root: &Path, waiting: &Path, done: &mut Vec<Done>) -> Result<()> {
        for (path, (before, after)) in &self.texts {
            let old = path.to_os(root);
            if files::Reader::default().read(&old)? != before.as_bytes() {
                return Err(Error::new(format!("{path} has changed meanwhile")).with_help("try again"));
            }
            files::write_like(&path.to_os(&waiting.join("new")), after.as_bytes(), &old)?;
        }
        let mut rename = |from: PathBuf, to: PathBuf| -> Result<()> {
            files::rename(&from, &to)?;
            done.push(Done::Renamed { from, to });
            Ok(())
        };
        for path in self.texts.keys() {
            let here = path.to_os(root);
            rename(here.clone(), path.to_os(&waiting.join("old")))?;
            rename(path.to_os(&waiting.join("new")), here)?;
        }
        let (from, to) = (self.step.from.to_os(root), self.step.to.to_os(root));
        if let Some(above) = to.parent().filter(|above| !above.exists()) {
            done.push(Done::Folder(above.to_owned()));
            files::create_folder(above)?;
        }
        files::rename(&from, &to)
    }
}
