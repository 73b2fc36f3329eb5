//! The source folder to `Sources`: which files are pages, which are assets, in one fixed order. The only
//! stage that reads the book from disk.

mod names;
mod references;

use std::path::{Path, PathBuf};

use crate::base::error::Result;
use crate::base::files::{self, Entry, EntryKind};
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::config::{Config, FILE};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::source::{Source, Sources};

pub use references::references;

/// mdBook's table of contents.
const SUMMARY: &str = "SUMMARY.md";

/// Reads the source folder of the book at `root`. `output` is the folder the site goes to, which is never
/// part of the book.
///
/// # Errors
///
/// None of its own: what cannot be read is a diagnostic.
pub fn book(root: &Path, config: &Config, output: &Path) -> Result<(Sources, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let folder = config.src.to_os(root);
    let themes = root.join("themes");
    let entries = files::walk(&folder, |path, is_folder| {
        path == output || (is_folder && path == themes && !config.bare) || names::ignored(path)
    });
    let paths = entries.iter().filter_map(|entry| book_path(root, entry, &mut diagnostics)).collect::<Vec<_>>();
    names::check(&paths, &mut diagnostics);

    let summary = config.src.join(SUMMARY).expect("a plain name");
    let (pages, others): (Vec<BookPath>, Vec<BookPath>) = paths.into_iter().partition(is_markdown);
    let mut sources = Sources::default();
    for (path, text) in pages.iter().zip(parallel::map(&pages, |path| text(root, path))) {
        match text {
            Ok(source) if *path == summary => sources.summary = Some(source),
            Ok(source) => sources.pages.push(source),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    let config_file = Config::path();
    sources.files = others.into_iter().filter(|path| *path != config_file || config.src != BookPath::ROOT).collect();
    sources.pages.sort_by(|left, right| left.path.cmp(&right.path));
    sources.files.sort();
    Ok((sources, diagnostics))
}

/// Whether the folder holds anything that could be a book.
#[must_use]
pub fn has_markdown(folder: &Path) -> bool {
    files::walk(folder, |path, _| names::ignored(path))
        .iter()
        .any(|entry| entry.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")))
}

/// The folder above `folder` that is a book, if there is one.
#[must_use]
pub fn book_above(folder: &Path) -> Option<PathBuf> {
    let folder = files::real_path(folder)?;
    folder.ancestors().skip(1).find(|above| above.join(FILE).is_file()).map(Path::to_owned)
}

fn is_markdown(path: &BookPath) -> bool {
    path.extension().eq_ignore_ascii_case("md")
}

fn book_path(root: &Path, entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<BookPath> {
    let relative = entry.path.strip_prefix(root).unwrap_or(&entry.path);
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    let Some(path) = parts.and_then(|parts| BookPath::new(&parts.join("/"))) else {
        let shown = relative.to_string_lossy().replace('\\', "/");
        let place = Place::file(&BookPath::new(&shown).unwrap_or_default());
        diagnostics.push(catalog::name_not_utf8(place));
        return None;
    };
    match entry.kind {
        EntryKind::File => Some(path),
        EntryKind::Unreadable => {
            diagnostics.push(catalog::unreadable(Place::file(&path), "permission denied or gone"));
            None
        }
        EntryKind::Symlink => match symlink_problem(root, &entry.path) {
            None => Some(path),
            Some(problem) => {
                diagnostics.push(catalog::symlink(Place::file(&path), problem));
                None
            }
        },
    }
}

/// A link to a file inside the book is as good as the file.
fn symlink_problem(root: &Path, link: &Path) -> Option<&'static str> {
    let Some(target) = files::real_path(link) else { return Some("leads nowhere") };
    let inside = files::real_path(root).is_some_and(|root| target.starts_with(root));
    match (inside, target.is_dir()) {
        (false, _) => Some("leads out of the book"),
        (true, true) => Some("leads to a folder, which is not followed"),
        (true, false) => None,
    }
}

/// The text of one file of the book.
fn text(root: &Path, path: &BookPath) -> std::result::Result<Source, Diagnostic> {
    let place = Place::file(path);
    let bytes =
        files::read(&path.to_os(root)).map_err(|error| catalog::unreadable(place.clone(), &error.to_string()))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(catalog::unreadable(place, "larger than 4 GiB"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(path.clone(), text.into())),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = bytes[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1;
            let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            Err(catalog::not_utf8(place, offset, line, utf16))
        }
    }
}
