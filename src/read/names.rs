//! File names: which are ignored, and which would not survive another file system.

use std::collections::HashMap;
use std::path::Path;

use super::accents::apart;
use crate::base::path::BookPath;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// Hidden files, editors' backups, other tools' folders.
pub fn ignored(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let hidden = name.starts_with('.') && name != ".well-known";
    let backup = name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp");
    hidden || backup || matches!(name, "node_modules" | "__pycache__" | "Thumbs.db" | "desktop.ini")
}

/// Reports names that Windows cannot store, and names of one folder that other file systems take for one.
pub fn check(paths: &[BookPath], diagnostics: &mut Vec<Diagnostic>) {
    for path in paths {
        if let Some(why) = path.parts().find_map(unportable) {
            diagnostics.push(catalog::reserved_name(Place::file(path), why));
        }
    }
    check_twins(paths, diagnostics);
}

/// A file or a folder.
struct Name<'a> {
    /// Its path.
    path: &'a str,
    /// Whether it is a page or holds one, so that the site has an address for it.
    is_page: bool,
}

fn check_twins(paths: &[BookPath], diagnostics: &mut Vec<Diagnostic>) {
    let mut names: Vec<Name<'_>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for path in paths {
        let is_page = path.extension().eq_ignore_ascii_case("md") && !path.name().starts_with('_');
        let path = path.as_str();
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        for path in ends.map(|end| &path[..end]) {
            let index = *known.entry(path).or_insert(names.len());
            if index == names.len() {
                names.push(Name { path, is_page: false });
            }
            names[index].is_page |= is_page;
        }
    }
    let mut seen: HashMap<(&str, String), &Name<'_>> = HashMap::new();
    for name in &names {
        let (folder, last) = name.path.rsplit_once('/').unwrap_or(("", name.path));
        let Some(other) = seen.insert((folder, apart(&last.to_lowercase()).into_owned()), name) else { continue };
        let same_case = name.path.to_lowercase() == other.path.to_lowercase();
        // Two pages, or two folders of pages, would have one address, which is reported as that.
        if same_case && name.is_page && other.is_page {
            continue;
        }
        let place = |name: &Name<'_>| Place::file(&BookPath::new(name.path).unwrap_or_default());
        let clash = if same_case { catalog::case_clash } else { catalog::accent_clash };
        diagnostics.push(clash(place(name), place(other)));
    }
}

/// Why Windows cannot store a name.
fn unportable(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && ("1"..="9").contains(&rest));
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        return Some("is reserved on Windows");
    }
    if name.contains(|c: char| c.is_control() || "<>:\"|?*\\".contains(c)) {
        return Some("has a character that Windows cannot store");
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends with a dot or a space, which Windows drops");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_store() {
        for name in ["con", "NUL.md", "com1.txt", "a:b", "a?", "x.", "tab\t"] {
            assert!(unportable(name).is_some(), "{name}");
        }
        for name in ["console.md", "com10", "lpt", "a-b.md", ".htaccess"] {
            assert!(unportable(name).is_none(), "{name}");
        }
    }

    #[test]
    fn names_that_other_file_systems_take_for_one() {
        let clashes = |paths: &[&str]| {
            let paths: Vec<BookPath> = paths.iter().map(|path| BookPath::new(path).unwrap()).collect();
            let mut found = Vec::new();
            check_twins(&paths, &mut found);
            let path = |place: &Place| place.path.as_str().to_owned();
            found.iter().map(|d| format!("{} {}", path(&d.place), path(&d.notes[0].place))).collect::<Vec<_>>()
        };
        assert_eq!(clashes(&["a.PNG", "a.png", "b/a.png"]), ["a.png a.PNG"]);
        assert_eq!(clashes(&["Code/a.py", "code/a.py", "code/x/b.py"]), ["code Code"]);
        assert_eq!(clashes(&["x/Code/a.md", "x/code/b.py"]), ["x/code x/Code"]);
        assert_eq!(clashes(&["Code", "code/b.py"]), ["code Code"]);
        assert_eq!(clashes(&["_A.md", "_a.md"]), ["_a.md _A.md"]);
        assert_eq!(clashes(&["A.md", "a.md", "Code/a.md", "code/b.md"]), Vec::<String>::new());
        assert_eq!(clashes(&["e\u{301}.md", "\u{e9}.md"]), ["\u{e9}.md e\u{301}.md"]);
        assert_eq!(clashes(&["e\u{301}/a.md", "\u{c9}/b.md"]), ["\u{c9} e\u{301}"]);
    }

    #[test]
    fn backups_and_hidden_files_are_ignored() {
        for name in ["a.md~", ".git", "#a.md#", ".a.md.swp", "node_modules"] {
            assert!(ignored(Path::new(name)), "{name}");
        }
        assert!(!ignored(Path::new(".well-known")) && !ignored(Path::new("_a.md")));
    }
}
