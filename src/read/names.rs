//! File names: which are ignored, and which would not survive another file system.

use std::collections::HashMap;
use std::path::Path;

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

/// Reports names that Windows cannot store and names that differ only in case.
pub fn check(paths: &[BookPath], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &BookPath> = HashMap::new();
    for path in paths {
        if let Some(why) = path.parts().find_map(unportable) {
            diagnostics.push(catalog::reserved_name(Place::file(path), why));
        }
        let page = path.extension().eq_ignore_ascii_case("md");
        // Two pages would have one address, which is reported as that.
        if let Some(other) = seen.insert(path.as_str().to_lowercase(), path).filter(|_| !page) {
            diagnostics.push(catalog::case_clash(Place::file(path), Place::file(other)));
        }
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
    fn backups_and_hidden_files_are_ignored() {
        for name in ["a.md~", ".git", "#a.md#", ".a.md.swp", "node_modules"] {
            assert!(ignored(Path::new(name)), "{name}");
        }
        assert!(!ignored(Path::new(".well-known")) && !ignored(Path::new("_a.md")));
    }
}
