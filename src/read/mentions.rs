//! A text to the file names that stand in it, for whoever wants to know which files something refers to.
//! Knows no syntax: a style sheet, a script and a page of HTML name files in many ways, and a name that
//! stands anywhere counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::memory::Memory;
use crate::base::files;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::highlight;
use crate::model::mention;
use crate::model::source::Wanted;

/// By file: which of the wanted names stand in it. Files that are no text name nothing.
pub fn find(root: &Path, wanted: &Wanted, memory: &Memory) -> BTreeMap<BookPath, BTreeSet<String>> {
    let paths: Vec<BookPath> = wanted.searched.iter().flat_map(|path| below(root, path)).collect();
    let found = parallel::map(&paths, |path| match memory.reader.read_text(&path.to_os(root)) {
        Ok(text) => mention::names(&text, imports_of(path), &wanted.names),
        Err(_) => BTreeSet::new(),
    });
    paths.into_iter().zip(found).filter(|(_, names)| !names.is_empty()).collect()
}

/// The files of a folder; a file is its own.
fn below(root: &Path, path: &BookPath) -> Vec<BookPath> {
    let folder = path.to_os(root);
    if !folder.is_dir() {
        return vec![path.clone()];
    }
    let inside = files::walk(&folder, |_, _| false).into_iter();
    inside.filter_map(|entry| path.join(&entry.path.strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/"))).collect()
}

/// Source code names other files of its language without their extension.
fn imports_of(path: &BookPath) -> Option<&str> {
    highlight::language_of_file(path.name()).map(|_| path.extension()).filter(|extension| !extension.is_empty())
}
