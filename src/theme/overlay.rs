//! Which file of a theme wins: the book's `themes/<name>/`, file by file, over the built-in theme.

use std::borrow::Cow;
use std::path::Path;

use super::{BUILT_IN, Files, Theme, manifest, strings};
use crate::base::error::Result;
use crate::base::files::{self, Entry, EntryKind, Reader};
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// Loads the theme of the book at `root`.
///
/// # Errors
///
/// A file of the book's own theme cannot be read.
pub fn load(root: &Path, config: &Config, reader: Reader) -> Result<(Theme, Vec<Diagnostic>)> {
    let mut reports = Vec::new();
    let mut all: Files = BUILT_IN.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect();
    let folder = BookPath::new(&format!("themes/{}", config.theme)).unwrap_or_default();
    let mut own = Vec::new();
    // A bare folder of Markdown has no theme: a folder of that name may be anything.
    let on_disk = folder.to_os(root);
    if !config.bare && on_disk.is_dir() {
        for entry in files::walk(&on_disk, |path, _| hidden(path)) {
            let below = entry.path.strip_prefix(&on_disk).unwrap_or(&entry.path);
            let name = below.to_string_lossy().replace('\\', "/");
            let place = || Place::file(&folder.join(&name).unwrap_or_default());
            if let Some(problem) = problem(root, &entry) {
                reports.push(catalog::theme_bad_file(place(), problem.to_owned()));
                continue;
            }
            let bytes = reader.read(&entry.path)?;
            let text = ["html", "css", "js", "toml"].contains(&name.rsplit('.').next().unwrap_or(""));
            if text && std::str::from_utf8(&bytes).is_err() {
                reports.push(catalog::theme_bad_file(place(), "this file is not valid UTF-8".to_owned()));
                continue;
            }
            all.insert(name.clone(), Cow::Owned(bytes));
            own.push(name);
        }
    }
    let manifest = manifest::read(&folder, &all, &mut reports);
    manifest::report_unused(&folder, &own, &manifest, &mut reports);
    let strings = strings::read(config, &folder, &all, &own, &mut reports);
    Ok((Theme::new(folder, &all, &manifest, strings), reports))
}

/// Why a file of the theme is not read: it would hang the run, or show what is not the book's.
fn problem(root: &Path, entry: &Entry) -> Option<&'static str> {
    let inside = || {
        let target = files::real_path(&entry.path)?;
        (target.starts_with(files::real_path(root)?) && target.is_file()).then_some(())
    };
    match entry.kind {
        EntryKind::File | EntryKind::Symlink if inside().is_none() => {
            Some("this leads out of the book, or to something that is no file")
        }
        EntryKind::File | EntryKind::Symlink | EntryKind::Folder => None,
        EntryKind::Special => Some("this is a pipe, a socket or a device"),
        EntryKind::Unreadable => Some("this cannot be read"),
    }
}

fn hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.') || name.ends_with('~'))
}
