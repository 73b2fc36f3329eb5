//! Which file of a theme wins: the book's `themes/<name>/`, file by file, over the built-in theme.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::{BUILT_IN, Files, Theme, manifest, policy, strings};
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
    if !config.bare && !on_disk.is_dir() {
        reports
            .extend(other_themes(root).iter().map(|other| catalog::theme_not_named(Place::file(other), &config.theme)));
    }
    let manifest = manifest::read(&folder, &all, &mut reports);
    manifest::report_unused(&folder, &own, &all, &manifest, &mut reports);
    let text = |name: &String| String::from_utf8_lossy(&all[name]).into_owned();
    for name in &own {
        let path = folder.join(name).unwrap_or_default();
        // What is at an old address is not governed by the policy.
        if name.starts_with("templates/") && name.ends_with(".html") && name != "templates/redirect.html" {
            reports.extend(policy::template(&path, &text(name)));
        } else if name.ends_with(".css") {
            reports.extend(policy::style(&path, &text(name)));
        }
    }
    let strings = strings::read(config, &folder, &all, &own, &mut reports);
    Ok((Theme::new(folder, &all, own, &manifest, strings), reports))
}

/// The folders that look like themes. A book may well have pages in a folder of that name.
fn other_themes(root: &Path) -> BTreeSet<BookPath> {
    let folder = root.join("themes");
    if !folder.is_dir() {
        return BTreeSet::new();
    }
    let entries = files::walk(&folder, |path, _| hidden(path));
    let name = |entry: &Entry| {
        let below = entry.path.strip_prefix(&folder).ok()?.to_string_lossy().replace('\\', "/");
        let (name, inside) = below.split_once('/')?;
        let is_theme = ["theme.toml", "templates/", "strings/"].iter().any(|start| inside.starts_with(start));
        is_theme.then(|| BookPath::new(&format!("themes/{name}"))).flatten()
    };
    entries.iter().filter_map(name).collect()
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
