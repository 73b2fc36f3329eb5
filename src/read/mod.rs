//! The source folder to `Sources`: which files are pages, which are assets, in one fixed order. The only
//! stage that reads the book from disk.

mod accents;
mod history;
mod memory;
mod mentions;
mod names;
mod references;
mod survey;

use std::path::{Path, PathBuf};

use crate::base::files::{self, Entry, EntryKind};
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::config::{Config, FILE};
use crate::diagnostic::{Code, Diagnostic, Place, catalog};
use crate::model::practice::data::DataKind;
use crate::model::source::{Source, Sources};

pub use history::{Dates, dates};
pub use memory::Memory;
pub use references::{references, unreadable};
pub use survey::{Survey, survey};

/// The folder by which a published site is known.
const OUTPUT_MARK: &str = ".prepbook";

/// mdBook's table of contents.
pub const SUMMARY: &str = "SUMMARY.md";

/// Reads the source folder of the book at `root`. A folder that a site was published to is never part of a
/// book. What cannot be read is reported.
#[must_use]
pub fn book(root: &Path, config: &Config, memory: &Memory) -> (Sources, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let folder = config.src.to_os(root);
    // The walk follows the folder it starts from.
    let inside = files::real_path(&folder).zip(files::real_path(root));
    if inside.is_some_and(|(folder, root)| !folder.starts_with(root)) {
        diagnostics.push(catalog::symlink(Place::file(&config.src), "leads out of the book"));
        return (Sources::default(), diagnostics);
    }
    let entries = files::walk(&folder, leave_out(root, config));
    let paths = entries.iter().filter_map(|entry| book_path(root, entry, &mut diagnostics)).collect::<Vec<_>>();
    names::check(&paths, &mut diagnostics);

    let summary = config.src.join(SUMMARY).expect("a plain name");
    let (pages, others): (Vec<BookPath>, Vec<BookPath>) = paths.into_iter().partition(is_markdown);
    let mut sources = Sources::default();
    for (path, text) in pages.iter().zip(parallel::map(&pages, |path| text(root, path, memory))) {
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
    sources.named = named(root, config);
    let is_unreadable =
        |found: &&Diagnostic| matches!(found.code, Code::FileUnreadable | Code::FileNotUtf8 | Code::FileSymlink);
    sources.unreadable = diagnostics.iter().filter(is_unreadable).map(|found| found.place.path.clone()).collect();
    let data: Vec<&BookPath> = sources.files.iter().filter(|path| DataKind::of(path).is_some()).collect();
    for read in parallel::map(&data, |path| text(root, path, memory)) {
        match read {
            Ok(source) => sources.data.push(source),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (sources, diagnostics)
}

/// What is no part of the book at `root`, of all that lies in its source folder.
fn leave_out(root: &Path, config: &Config) -> impl Fn(&Path, bool) -> bool {
    let themes = (!config.bare).then(|| root.join("themes"));
    move |path, is_folder| {
        let published = is_folder && path.join(OUTPUT_MARK).is_dir();
        published || (is_folder && themes.as_deref() == Some(path)) || names::ignored(path)
    }
}

/// Whether nothing of that name is ever part of a book, whatever folder of it the path lies in.
#[must_use]
pub fn is_ignored(path: &Path) -> bool {
    names::ignored(path)
}

/// What is wrong with the names of a book's files.
#[must_use]
pub fn check_names(paths: &[BookPath]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    names::check(paths, &mut diagnostics);
    diagnostics
}

/// The files that `book.toml` names from the book's root, outside the source folder, as mdBook's books do.
fn named(root: &Path, config: &Config) -> Vec<BookPath> {
    let paths = config.pictures().chain(&config.additional_css).chain(&config.additional_js);
    let outside = paths.filter_map(|named| BookPath::new(&named.value)).filter(|path| !path.is_within(&config.src));
    outside.filter(|path| path.to_os(root).is_file()).collect()
}

/// Whether the folder holds anything that could be a book.
#[must_use]
pub fn has_markdown(folder: &Path) -> bool {
    let is_markdown = |path: &Path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
    files::has(folder, |path, _| names::ignored(path), is_markdown)
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
        EntryKind::Folder => None,
        EntryKind::Unreadable => {
            diagnostics.push(catalog::unreadable(Place::file(&path), "permission denied or gone"));
            None
        }
        EntryKind::Special => {
            diagnostics.push(catalog::unreadable(Place::file(&path), "it is a pipe, a socket or a device"));
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
        (true, false) if !target.is_file() => Some("leads to a pipe, a socket or a device"),
        (true, false) => None,
    }
}

/// The text of one file of the book.
///
/// # Errors
///
/// It cannot be read, or is no text in UTF-8.
pub fn text(root: &Path, path: &BookPath, memory: &Memory) -> Result<Source, Diagnostic> {
    let target = path.to_os(root);
    let glance = memory.glance(&target);
    if let Some(source) = memory.source(path, glance) {
        return Ok(source);
    }
    let source = read_text(path, &target, memory)?;
    memory.keep_source(glance, &source);
    Ok(source)
}

fn read_text(path: &BookPath, target: &Path, memory: &Memory) -> Result<Source, Diagnostic> {
    let place = Place::file(path);
    let bytes = memory.reader.read(target).map_err(|error| catalog::unreadable(place.clone(), &error.cause()))?;
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
