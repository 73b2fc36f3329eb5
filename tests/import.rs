//! `prepbook import mdbook`: a book with everything that mdBook knows, what becomes of it, and the report.

mod common;

use std::fs;
use std::path::Path;

use common::{Run, repository, run, scratch, tree, write};

fn at(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, arguments, 2)
}

/// A folder with the fixture in it, as `old`.
fn with_mdbook() -> tempfile::TempDir {
    let scratch = scratch();
    write(&scratch.path().join("old"), &tree(&repository().join("tests/import/mdbook")), false);
    scratch
}

#[test]
fn everything_of_mdbooks_becomes_ours_or_is_reported() {
    let folder = with_mdbook();
    let before = tree(&folder.path().join("old"));
    let done = at(folder.path(), &["import", "mdbook", "old", "new"]);
    assert_eq!(tree(&folder.path().join("old")), before, "it is only read");
    let made = tree(&folder.path().join("new"));
    let said = format!("{}{}status {}\n", done.out, done.err, done.status);
    let expected = repository().join("tests/import/expected");
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected);
        write(&expected, &made, false);
        fs::write(repository().join("tests/import/expected.txt"), &said).unwrap();
    }
    let shown = |files: std::collections::BTreeMap<String, Vec<u8>>| -> Vec<(String, String)> {
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
    };
    assert_eq!(shown(made), shown(tree(&expected)), "UPDATE=1 writes tests/import/expected");
    assert_eq!(said, fs::read_to_string(repository().join("tests/import/expected.txt")).unwrap());
    // What `check` says of it, the report has said.
    let checked = at(folder.path(), &["check", "new", "--format", "short", "-q"]);
    let unsaid: Vec<&str> =
        checked.err.lines().filter(|line| !done.out.contains(&format!("look: new/{line}\n"))).collect();
    assert_eq!(unsaid, [] as [&str; 0]);
}

#[test]
fn only_an_mdbook_goes_only_where_nothing_is() {
    let folder = with_mdbook();
    for (to, word) in
        [("old/new", "in each other"), (".", "in each other"), ("old", "in each other"), ("full", "not empty")]
    {
        fs::create_dir_all(folder.path().join("full")).unwrap();
        fs::write(folder.path().join("full/mine.txt"), "mine").unwrap();
        let before = tree(folder.path());
        let refused = at(folder.path(), &["import", "mdbook", "old", to]);
        assert_eq!(refused.status, 2, "{to}: {}", refused.err);
        assert!(refused.err.contains(word), "{to}: {}", refused.err);
        assert_eq!(tree(folder.path()), before, "{to}");
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(at(folder.path(), &["import", "mdbook", "old", "empty"]).status, 1, "a file is missing");
    assert!(folder.path().join("empty/src/SUMMARY.md").is_file());
    let none = at(folder.path(), &["import", "mdbook", "full", "other"]);
    assert!(none.status == 2 && none.err.contains("no mdBook"), "{}", none.err);
    assert!(!folder.path().join("other").exists());
    fs::write(folder.path().join("full/book.toml"), "[book]\ntitle = \"x\"\n").unwrap();
    let none = at(folder.path(), &["import", "mdbook", "full", "other"]);
    assert!(none.status == 2 && none.err.contains("SUMMARY.md"), "{}", none.err);
}

#[test]
fn a_plain_mdbook_has_nothing_to_look_at() {
    let folder = scratch();
    let file = |path: &str, text: &str| {
        let path = folder.path().join("old").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    file("book.toml", "[book]\ntitle = \"Plain\"\nauthors = [\"A\"]\nlanguage = \"en\"\nsrc = \"text\"\n");
    file("text/SUMMARY.md", "# Summary\n\n- [A](a.md)\n  - [B](a/b.md)\n");
    file("text/a.md", "# A\n\n[b](a/b.md)\n");
    file("text/a/b.md", "# B\n\n```rust\n{{#include b.rs:1:}}\n```\n");
    file("text/a/b.rs", "fn a() {}\nfn b() {}\n");
    let done = at(folder.path(), &["import", "mdbook", "old", "new"]);
    assert_eq!(done.out, "changed: old/text/a/b.md:4: `include` is `file=b.rs lines=1-2` now\n");
    assert_eq!(done.status, 0, "{}", done.err);
    let page = fs::read_to_string(folder.path().join("new/text/a/b.md")).unwrap();
    assert_eq!(page, "# B\n\n```rust file=b.rs lines=1-2\n```\n");
    assert_eq!(at(folder.path(), &["build", "new", "--strict"]).status, 0);
}
