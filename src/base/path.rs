//! Paths inside a book: relative to its root, `/`-separated, normalised, never leading out of it.
//! The only place that turns them into paths of the operating system.

use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A path relative to the book's root (the folder of `book.toml`). The empty path is the root itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookPath(String);

impl BookPath {
    /// The book's root.
    pub const ROOT: Self = Self(String::new());

    /// Normalises `text` (`.`, `..`, doubled slashes); `None` when it leads out of the book.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Self::ROOT.join(text)
    }

    /// `reference` seen from this folder; `None` when it leads out of the book.
    #[must_use]
    pub fn join(&self, reference: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.parts().collect();
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                // Windows would take it for a path of its own.
                name if cfg!(windows) && name.contains(['\\', ':']) => return None,
                name => parts.push(name),
            }
        }
        Some(Self(parts.join("/")))
    }

    /// The path as written in diagnostics and keys; empty for the root.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names from the root on.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// The folder that holds it; the root's is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()))
    }

    /// The last name, with its extension.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last name without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.name(),
        }
    }

    /// The extension without its dot; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// Whether this is `folder` or lies inside it.
    #[must_use]
    pub fn is_within(&self, folder: &Self) -> bool {
        self.below(folder).is_some()
    }

    /// The path as seen from `folder`; `None` when it does not lie inside it.
    #[must_use]
    pub fn below(&self, folder: &Self) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&folder.0)?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
    }

    /// The reference that leads from `folder` to this path: `../2-b/x.md`.
    #[must_use]
    pub fn relative_to(&self, folder: &Self) -> String {
        let here: Vec<&str> = folder.parts().collect();
        let there: Vec<&str> = self.parts().collect();
        let common = here.iter().zip(&there).take_while(|(left, right)| left == right).count();
        "../".repeat(here.len() - common) + &there[common..].join("/")
    }

    /// The path on disk of the book rooted at `root`.
    #[must_use]
    pub fn to_os(&self, root: &Path) -> PathBuf {
        let mut path = root.to_owned();
        path.extend(self.parts());
        path
    }
}

impl fmt::Display for BookPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

/// A path without detours: `a/../b` is `b`. Where `a` is a symbolic link, that may be another place.
#[must_use]
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        let may_go = matches!(tidied.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir if tidied.components().next().is_some() => {}
            Component::ParentDir if may_go => {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

/// Why some system cannot store a file of that name.
#[must_use]
pub fn unportable(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && ("1"..="9").contains(&rest));
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        return Some("a name in it is reserved on Windows");
    }
    if name.contains(|c: char| c.is_control() || "<>:\"|?*\\".contains(c)) {
        return Some("it has a character that Windows cannot store");
    }
    if name.ends_with(['.', ' ']) {
        return Some("a name in it ends with a dot or a space, which Windows drops");
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{BookPath, tidy};

    #[test]
    fn references_are_normalised_and_cannot_leave_the_book() {
        let folder = BookPath::new("guide/1-a").unwrap();
        assert_eq!(folder.join("../2-b/./x.md").unwrap().as_str(), "guide/2-b/x.md");
        assert_eq!(folder.join("../../..").map(|path| path.as_str().to_owned()), None);
        assert_eq!(folder.join("../..").unwrap(), BookPath::ROOT);
    }

    #[test]
    fn paths_are_tidied() {
        for (path, tidied) in
            [("docs/../book/manual", "book/manual"), ("./book", "./book"), ("../a/./b", "../a/b"), ("/a/../..", "/..")]
        {
            assert_eq!(tidy(Path::new(path)), Path::new(tidied), "{path}");
        }
    }

    #[test]
    fn references_lead_from_folder_to_file() {
        let path = BookPath::new("guide/2-b/x.md").unwrap();
        assert_eq!(path.relative_to(&BookPath::new("guide/1-a").unwrap()), "../2-b/x.md");
        assert_eq!(path.relative_to(&BookPath::new("guide/2-b").unwrap()), "x.md");
        assert_eq!(path.relative_to(&BookPath::ROOT), "guide/2-b/x.md");
    }

    #[test]
    fn below_compares_whole_names() {
        let path = BookPath::new("guide/1-a/x.md").unwrap();
        assert_eq!(path.below(&BookPath::new("guide").unwrap()), Some("1-a/x.md"));
        assert_eq!(path.below(&BookPath::new("gui").unwrap()), None);
        assert_eq!((path.stem(), path.extension()), ("x", "md"));
        assert_eq!(BookPath::new(".env").unwrap().extension(), "");
    }
}
