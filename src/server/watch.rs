//! What the operating system tells of the folders of a book, in our words. The only file that knows notify. Folders are
//! watched and never files, each by itself: a file that is replaced keeps being seen, and what is not a part of the book
//! never wakes anybody.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::pace::Happening;
use crate::base::files::FolderIdentity;

/// A set of watched folders.
pub struct Watch {
    watcher: RecommendedWatcher,
    /// With what tells a folder from another that came into its place, which has to be watched anew.
    watched: BTreeMap<PathBuf, FolderIdentity>,
}

impl Watch {
    /// Watches nothing yet; what happens is passed to `tell`, on a thread of its own.
    ///
    /// # Errors
    ///
    /// The system does not tell of changes; why, in words.
    pub fn new(tell: impl Fn(Happening) + Send + 'static) -> Result<Self, String> {
        let pass_on = move |event: notify::Result<Event>| match event {
            Ok(event) => happenings(&event).into_iter().for_each(&tell),
            Err(_) => tell(Happening::Anything),
        };
        let watcher = notify::recommended_watcher(pass_on).map_err(|error| error.to_string())?;
        Ok(Self { watcher, watched: BTreeMap::new() })
    }

    /// Watches just these folders from now on; whether any of them was not watched before, so that something may have
    /// happened in it unseen.
    ///
    /// # Errors
    ///
    /// The system can watch no more folders; why, in words.
    pub fn set<'a>(&mut self, folders: impl Iterator<Item = (&'a Path, FolderIdentity)>) -> Result<bool, String> {
        let folders: BTreeMap<PathBuf, FolderIdentity> =
            folders.map(|(path, identity)| (path.to_owned(), identity)).collect();
        // First, since the system may take a folder under a new name for the one it knows.
        for path in self.watched.keys().filter(|path| folders.get(*path) != self.watched.get(*path)) {
            // It may be gone, and the watch with it.
            let _ = self.watcher.unwatch(path);
        }
        self.watched.retain(|path, identity| folders.get(path) == Some(identity));
        let mut is_new = false;
        for (path, identity) in folders {
            if self.watched.contains_key(&path) {
                continue;
            }
            is_new = true;
            match self.watcher.watch(&path, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(path, identity);
                }
                // It is gone again, which the next look shows.
                Err(_) if !path.is_dir() => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(is_new)
    }
}

/// An event in our words. Reading a file is none: we read them ourselves.
fn happenings(event: &Event) -> Vec<Happening> {
    if event.need_rescan() {
        return vec![Happening::Anything];
    }
    let each = |say: fn(PathBuf) -> Happening| event.paths.iter().cloned().map(say).collect();
    let finished = |path: PathBuf| if path.is_dir() { Happening::Anything } else { Happening::Finished(path) };
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => each(Happening::Finished),
        EventKind::Access(_) => Vec::new(),
        EventKind::Create(CreateKind::Folder) => vec![Happening::Anything],
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(RemoveKind::File) => {
            each(Happening::Gone)
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => event.paths.iter().cloned().map(finished).collect(),
        // The two above come as well.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if cfg!(target_os = "linux") => Vec::new(),
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => vec![Happening::Anything],
        // Its text is as it was.
        EventKind::Modify(ModifyKind::Metadata(_)) => event.paths.iter().cloned().map(finished).collect(),
        // A link is whole from the start.
        EventKind::Create(_) if event.paths.iter().all(|path| path.is_symlink()) => each(Happening::Finished),
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => each(Happening::Touched),
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{DataChange, Flag, MetadataKind};

    use super::*;

    fn of(kind: EventKind) -> Vec<Happening> {
        happenings(&Event::new(kind).add_path("a.md".into()))
    }

    #[test]
    fn reading_is_nothing_and_closing_after_writing_is_a_save() {
        for access in [AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read), AccessKind::Read] {
            assert_eq!(of(EventKind::Access(access)), []);
        }
        let finished = [Happening::Finished("a.md".into())];
        assert_eq!(of(EventKind::Access(AccessKind::Close(AccessMode::Write))), finished);
        assert_eq!(of(EventKind::Modify(ModifyKind::Name(RenameMode::To))), finished);
        assert_eq!(of(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any))), finished);
    }

    #[test]
    fn a_change_alone_is_no_save_yet() {
        let touched = [Happening::Touched("a.md".into())];
        assert_eq!(of(EventKind::Modify(ModifyKind::Data(DataChange::Any))), touched);
        assert_eq!(of(EventKind::Create(CreateKind::File)), touched);
        assert_eq!(of(EventKind::Remove(RemoveKind::File)), [Happening::Gone("a.md".into())]);
    }

    #[test]
    fn folders_and_lost_events_mean_that_anything_may_have_happened() {
        assert_eq!(of(EventKind::Create(CreateKind::Folder)), [Happening::Anything]);
        assert_eq!(of(EventKind::Remove(RemoveKind::Folder)), [Happening::Anything]);
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(happenings(&lost), [Happening::Anything]);
    }
}
