//! What pages refer to beyond Markdown: the texts of code files, the sizes of images.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::memory::{Memory, Size};
use super::{mentions, text};
use crate::base::files;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::source::{References, Source, Wanted};

/// Reads the wanted files of the book at `root`, whose source folder is `src`.
#[must_use]
pub fn references(root: &Path, src: &BookPath, wanted: &Wanted, memory: &Memory) -> (References, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let is_there = |path: &&BookPath| path.is_within(src) || is_file_of_book(root, path);
    let paths: Vec<&BookPath> = wanted.texts.iter().filter(is_there).collect();
    let mut texts: BTreeMap<BookPath, Source> = BTreeMap::new();
    let mut unreadable = BTreeSet::new();
    for (path, text) in paths.iter().zip(parallel::map(&paths, |path| text(root, path, memory))) {
        match text {
            Ok(source) => {
                texts.insert((*path).clone(), source);
            }
            Err(diagnostic) => {
                unreadable.insert((*path).clone());
                diagnostics.push(diagnostic);
            }
        }
    }
    let paths: Vec<&BookPath> = wanted.images.iter().collect();
    let sizes = parallel::map(&paths, |path| size(root, path, memory));
    let images = paths.into_iter().cloned().zip(sizes).collect();
    (References { texts, unreadable, images, names: mentions::find(root, wanted, memory) }, diagnostics)
}

/// What is wrong with files of the book at `root` that are copied as they are, without reading them.
#[must_use]
pub fn unreadable(root: &Path, files: &[&BookPath]) -> Vec<Diagnostic> {
    let problem = |path: &&BookPath| {
        let error = files::check_readable(&path.to_os(root)).err()?;
        Some(catalog::unreadable(Place::file(path), &error.cause()))
    };
    parallel::map(files, problem).into_iter().flatten().collect()
}

/// Whether there is a file at that path, outside the source folder and so not yet met, that no link leads out
/// of the book to.
fn is_file_of_book(root: &Path, path: &BookPath) -> bool {
    let target = files::real_path(&path.to_os(root)).filter(|target| target.is_file());
    target.zip(files::real_path(root)).is_some_and(|(target, root)| target.starts_with(root))
}

fn size(root: &Path, path: &BookPath, memory: &Memory) -> Size {
    let target = path.to_os(root);
    let glance = memory.glance(&target);
    if let Some(size) = memory.size(path, glance) {
        return size;
    }
    let size = memory.reader.read(&target).ok().and_then(|bytes| size_of(path, &bytes));
    memory.keep_size(path, glance, size);
    size
}

fn size_of(path: &BookPath, bytes: &[u8]) -> Size {
    if path.extension().eq_ignore_ascii_case("svg") {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The size of an SVG: its `width` and `height` in pixels, else the last two numbers of its `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')? + 1];
    let attributes = crate::markdown::html::attributes(tag);
    let value = |name: &str| attributes.iter().find(|a| a.name.eq_ignore_ascii_case(name)).map(|a| a.value.trim());
    let number = |text: &str| text.trim_end_matches("px").parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 100_000.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be from 1 to 100,000")]
    let whole = |number: f64| number.round() as u32;
    if let (Some(width), Some(height)) = (value("width").and_then(number), value("height").and_then(number)) {
        return Some((whole(width), whole(height)));
    }
    let numbers: Vec<f64> = value("viewbox")?.split([' ', ',']).filter_map(|text| text.parse().ok()).collect();
    match numbers[..] {
        [_, _, width, height] if width >= 1.0 && height >= 1.0 => Some((whole(width), whole(height))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn svg_sizes_come_from_width_and_height_or_the_view_box() {
        assert_eq!(svg_size("<?xml?><svg width=\"20px\" height='10'>"), Some((20, 10)));
        assert_eq!(svg_size("<svg width=\"100%\" viewBox=\"0 0 64 32.4\">"), Some((64, 32)));
        assert_eq!(svg_size("<svg>"), None);
        assert_eq!(svg_size("no"), None);
    }
}
