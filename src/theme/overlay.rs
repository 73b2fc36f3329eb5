//! Which file of a theme wins: the book's `themes/<name>/`, file by file, over the built-in theme.

use std::borrow::Cow;
use std::path::Path;

use super::{BUILT_IN, Files, Theme, manifest};
use crate::base::error::Result;
use crate::base::files;
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::Diagnostic;

/// Loads the theme of the book at `root`.
///
/// # Errors
///
/// A file of the book's own theme cannot be read.
pub fn load(root: &Path, config: &Config) -> Result<(Theme, Vec<Diagnostic>)> {
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
            all.insert(name.clone(), Cow::Owned(files::read(&entry.path)?));
            own.push(name);
        }
    }
    let manifest = manifest::read(&folder, &all, &mut reports);
    manifest::report_unused(&folder, &own, &manifest, &mut reports);
    Ok((Theme::new(folder, &all, &manifest), reports))
}

fn hidden(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_none_or(|name| name.starts_with('.') || name.ends_with('~'))
}
