//! The names of a book's files to its tests: what is one, and which are run together. Reads no file but by `text`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::path::BookPath;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// A language that can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Java 17.
    Java,
    /// JavaScript, as modules of Node.js.
    JavaScript,
    /// Python.
    Python,
}

impl Language {
    /// The language of a code fence's token.
    #[must_use]
    pub fn of(token: &str) -> Option<Self> {
        match token.to_ascii_lowercase().as_str() {
            "python" | "python3" | "py" => Some(Self::Python),
            "java" => Some(Self::Java),
            "javascript" | "js" | "mjs" => Some(Self::JavaScript),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Java => "Java",
            Self::JavaScript => "JavaScript",
            Self::Python => "Python",
        }
    }
}

/// All names, as messages list them.
pub const LANGUAGES: &str = "Python, Java and JavaScript";

/// Which tests are wanted, and which of the wishes are met.
pub struct Wanted<'a> {
    languages: &'a [Language],
    paths: &'a [BookPath],
    met: RefCell<BTreeSet<&'a BookPath>>,
}

impl<'a> Wanted<'a> {
    /// Those in one of `languages` and in one of `paths`; an empty list means all.
    pub fn new(languages: &'a [Language], paths: &'a [BookPath]) -> Self {
        Self { languages, paths, met: RefCell::default() }
    }

    /// Whether the language is wanted.
    pub fn has(&self, language: Language) -> bool {
        self.languages.is_empty() || self.languages.contains(&language)
    }

    /// Whether every language is.
    pub fn has_all(&self) -> bool {
        self.languages.is_empty()
    }

    /// Whether what the file at `path` holds is wanted.
    pub fn selects(&self, path: &BookPath) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|wanted| path.is_within(wanted))
    }

    /// Something in the file at `path` is tested.
    pub fn meet(&self, path: &BookPath) {
        self.met.borrow_mut().extend(self.paths.iter().filter(|wanted| path.is_within(wanted)));
    }

    /// The first path in which nothing is tested.
    pub fn unmet(&self) -> Option<&'a BookPath> {
        let met = self.met.borrow();
        self.paths.iter().find(|path| !met.contains(path))
    }
}

/// Tests that are run together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// Their language.
    pub language: Language,
    /// The folder of their project.
    pub folder: BookPath,
    /// Their files, in order.
    pub tests: Vec<BookPath>,
}

/// The text of a file.
pub type Text<'a> = &'a dyn Fn(&BookPath) -> Option<Arc<str>>;

/// The tests among `files` that are `wanted`, in the order of their folders.
pub fn suites(
    files: &BTreeSet<BookPath>,
    src: &BookPath,
    wanted: &Wanted<'_>,
    text: Text<'_>,
    reports: &mut Vec<Diagnostic>,
) -> Vec<Suite> {
    let mut projects: BTreeMap<(BookPath, Language), Vec<BookPath>> = BTreeMap::new();
    for path in files.iter().filter(|path| wanted.selects(path)) {
        let Some(language) = language(path).filter(|language| wanted.has(*language)) else { continue };
        // Another project's tests, which came with its packages.
        if nearest(files, path, src, &["pyvenv.cfg"]).is_some() {
            continue;
        }
        wanted.meet(path);
        let folder = match language {
            Language::Python => python_folder(files, path, src),
            Language::JavaScript => nearest(files, path, src, &["package.json"]),
            Language::Java => {
                match text(path) {
                    Some(text) if has_main(&text) => {
                        projects.entry((java_folder(path, src, &text), language)).or_default().push(path.clone());
                    }
                    _ => reports.push(catalog::test_file_not_run(
                        Place::file(path),
                        "it has no `main` method",
                        "tests of Java are programs whose `main` ends with an error when something is wrong",
                    )),
                }
                continue;
            }
        };
        projects.entry((folder.unwrap_or_else(|| path.parent()), language)).or_default().push(path.clone());
    }
    projects.into_iter().map(|((folder, language), tests)| Suite { language, folder, tests }).collect()
}

/// The language of a file that has a test's name.
fn language(path: &BookPath) -> Option<Language> {
    let (name, stem) = (path.name(), path.stem());
    match path.extension() {
        "py" if stem.starts_with("test_") || stem.ends_with("_test") => Some(Language::Python),
        "java" if name.ends_with("Test.java") => Some(Language::Java),
        "js" | "mjs" if stem.ends_with(".test") => Some(Language::JavaScript),
        _ => None,
    }
}

/// The folder of a test's project: the nearest above that says what it needs; else the highest that has something for
/// pytest, since that holds for all folders below it.
fn python_folder(files: &BTreeSet<BookPath>, path: &BookPath, src: &BookPath) -> Option<BookPath> {
    let needs = nearest(files, path, src, &["pyproject.toml", "requirements.txt"]);
    needs.or_else(|| folders_above(path, src).filter(|folder| holds(files, folder, &["conftest.py"])).last())
}

/// The nearest folder above `path`, and not above `src`, that holds a file of one of these names.
pub fn nearest(files: &BTreeSet<BookPath>, path: &BookPath, src: &BookPath, names: &[&str]) -> Option<BookPath> {
    folders_above(path, src).find(|folder| holds(files, folder, names))
}

fn holds(files: &BTreeSet<BookPath>, folder: &BookPath, names: &[&str]) -> bool {
    names.iter().any(|name| folder.join(name).is_some_and(|file| files.contains(&file)))
}

/// The folders above `path`, the nearest first, up to `src`.
fn folders_above<'a>(path: &BookPath, src: &'a BookPath) -> impl Iterator<Item = BookPath> + use<'a> {
    let above = move |folder: &BookPath| (folder != src && *folder != BookPath::ROOT).then(|| folder.parent());
    std::iter::successors(Some(path.parent()), above)
}

/// The folder whose Java is compiled together: the nearest above that is named `java`; else the one in which the file's
/// package starts.
fn java_folder(path: &BookPath, src: &BookPath, text: &str) -> BookPath {
    if let Some(folder) = folders_above(path, src).find(|folder| folder.name() == "java") {
        return folder;
    }
    let mut folder = path.parent();
    for part in package(text).unwrap_or("").rsplit('.') {
        if folder.name() != part || folder == *src {
            break;
        }
        folder = folder.parent();
    }
    folder
}

/// The package of a Java file.
pub fn package(text: &str) -> Option<&str> {
    let lines = text.lines().map(str::trim);
    let mut named = lines.filter_map(|line| line.strip_prefix("package ")?.split_once(';'));
    named.next().map(|(name, _)| name.trim())
}

/// Whether a Java file has a `main` method.
fn has_main(text: &str) -> bool {
    main_line(text).is_some()
}

/// The line, from one, of a Java file's `main` method.
pub fn main_line(text: &str) -> Option<usize> {
    let is_main = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.contains(&"static") && line.contains("void main(") && !line.trim_start().starts_with(['/', '*'])
    };
    text.lines().position(is_main).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> BookPath {
        BookPath::new(text).unwrap()
    }

    const MAIN: &str = "class T {\n    public static void main(String[] a) {}\n}\n";

    /// The suites among `files`, as `language folder: tests`.
    fn found(files: &[&str], paths: &[&str], text: &str) -> Vec<String> {
        let files: BTreeSet<BookPath> = files.iter().map(|file| path(file)).collect();
        let paths: Vec<BookPath> = paths.iter().map(|file| path(file)).collect();
        let wanted = Wanted::new(&[], &paths);
        let text: Arc<str> = text.into();
        let mut reports = Vec::new();
        let suites = suites(&files, &path("guide"), &wanted, &|_| Some(text.clone()), &mut reports);
        let line = |suite: Suite| {
            let tests: Vec<&str> = suite.tests.iter().map(BookPath::name).collect();
            format!("{} {}: {}", suite.language.name(), suite.folder, tests.join(" "))
        };
        suites.into_iter().map(line).chain(reports.into_iter().map(|report| report.message)).collect()
    }

    #[test]
    fn names_make_tests_and_files_beside_them_projects() {
        let files = [
            "guide/a/conftest.py",
            "guide/a/deep/conftest.py",
            "guide/a/own/pyproject.toml",
            "guide/a/own/tests/conftest.py",
            "guide/a/own/tests/test_own.py",
            "guide/a/deep/test_x.py",
            "guide/a/y_test.py",
            "guide/b/test_z.py",
            "guide/b/testing.py",
            "guide/b/contest.py",
            "guide/c/package.json",
            "guide/c/t/a.test.mjs",
            "guide/c/t/b.test.js",
            "guide/c/t/test.js",
        ];
        let expected = [
            "Python guide/a: test_x.py y_test.py",
            "Python guide/a/own: test_own.py",
            "Python guide/b: test_z.py",
            "JavaScript guide/c: a.test.mjs b.test.js",
        ];
        assert_eq!(found(&files, &[], ""), expected);
        assert_eq!(found(&files, &["guide/c/t/b.test.js"], ""), ["JavaScript guide/c: b.test.js"]);
        assert_eq!(found(&["conftest.py", "guide/test_x.py"], &[], ""), ["Python guide: test_x.py"]);
        assert_eq!(found(&["guide/v/pyvenv.cfg", "guide/v/lib/p/test_x.py"], &[], ""), Vec::<String>::new());
    }

    #[test]
    fn java_is_compiled_from_its_folder_or_from_where_its_packages_start() {
        assert_eq!(
            found(&["guide/java/a/b/XTest.java", "guide/java/YTest.java"], &[], MAIN),
            ["Java guide/java: YTest.java XTest.java"]
        );
        let packaged = format!("package org.shop;\n{MAIN}");
        assert_eq!(found(&["guide/code/org/shop/XTest.java"], &[], &packaged), ["Java guide/code: XTest.java"]);
        assert_eq!(found(&["guide/shop/XTest.java"], &[], &packaged), ["Java guide: XTest.java"]);
        assert_eq!(found(&["guide/code/XTest.java"], &[], MAIN), ["Java guide/code: XTest.java"]);
        assert_eq!(
            found(&["guide/XTest.java"], &[], "// public static void main(\n"),
            ["named like a test, but it has no `main` method"]
        );
    }
}
