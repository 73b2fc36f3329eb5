//! Highlighted code and words of pages that are kept between builds change nothing but the time they take: whatever becomes of
//! the files, the site is the same.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const PAGE: &str =
    "# A page\n\n```python\ndef f(x):\n    return x + 1  # one more\n```\n\n```java\nclass A { int b; }\n```\n";

/// Builds the book in the folder of that name, with this cache.
fn built(book: &Path, name: &str, cache: &str) -> BTreeMap<String, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["build", "--quiet", "--dest-dir", name])
        .current_dir(book)
        .env("PREPBOOK_CACHE", cache)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    common::site(&book.join(name))
}

/// A book with these pages, in a new folder.
fn book(pages: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book");
    fs::create_dir_all(book.join("guide")).expect("it can be made");
    fs::write(book.join("book.toml"), "[book]\ntitle = \"T\"\nsrc = \"guide\"\n").expect("it can be written");
    for (name, text) in pages {
        fs::write(book.join("guide").join(name), text).expect("it can be written");
    }
    (folder, book)
}

#[test]
fn whatever_becomes_of_what_is_kept_the_site_is_the_same() {
    let (folder, book) = book(&[("README.md", PAGE)]);
    let cache = folder.path().join("cache");
    let named = cache.to_str().expect("UTF-8");
    let plain = built(&book, "plain", "");
    assert!(!cache.exists(), "nothing is kept where nothing is to be kept");
    assert_eq!(built(&book, "cold", named), plain);
    let file = cache.join("highlighted");
    let kept = fs::read(&file).expect("something is kept");
    assert_eq!(built(&book, "warm", named), plain);
    assert_eq!(fs::read(&file).expect("it is still there"), kept, "nothing new, nothing written");
    // Code from another build that stands under the right key would be taken for it: so it must be noticed.
    let mut damaged = kept.clone();
    damaged[3] ^= 1;
    fs::write(&file, &damaged).expect("it can be written");
    assert_eq!(built(&book, "damaged", named), plain);
    fs::write(&file, &kept[..kept.len() / 2]).expect("it can be written");
    assert_eq!(built(&book, "cut", named), plain);
    fs::remove_file(&file).expect("it can be removed");
    fs::create_dir(&file).expect("it can be made");
    assert_eq!(built(&book, "a-folder", named), plain);
    let nowhere = folder.path().join("book/book.toml/below");
    assert_eq!(built(&book, "nowhere", nowhere.to_str().expect("UTF-8")), plain);
    assert_eq!(built(&book, "not-absolute", "relative"), plain);
    assert!(!book.join("relative").exists());
}

#[test]
fn after_an_edit_the_site_is_that_of_a_clean_build() {
    let long = "## Words\n\nMany of them, and `.env`.\n\n".repeat(400);
    let (folder, book) = book(&[("README.md", "# Home\n"), ("b.md", PAGE), ("c.md", &format!("# Long\n\n{long}"))]);
    let cache = folder.path().join("cache");
    let named = cache.to_str().expect("UTF-8");
    let site = built(&book, "site", named);
    let file = cache.join("searched");
    let first = fs::read(&file).expect("something is kept");
    assert_eq!(built(&book, "elsewhere", named), site);
    assert_eq!(fs::read(&file).expect("it is still there"), first, "nothing new, nothing written");
    let edits: [(&str, &str, &dyn Fn()); 5] = [
        ("guide/b.md", "# A page\n\nOne word more.\n", &|| {}),
        // All pages behind it have other numbers.
        ("guide/a.md", "# Another\n\nNew words.\n", &|| {}),
        ("guide/b.md", "# A page with another title\n", &|| fs::write(&file, "nothing").expect("it can be written")),
        // The text of a page that did not change is lost, and its words are not.
        ("guide/a.md", "# Another\n", &|| fs::remove_file(book.join("site/search/3-0.js")).expect("it is there")),
        ("guide/README.md", "# Home\n\nNew words.\n", &|| fs::write(&file, &first).expect("it can be written")),
    ];
    for (number, (path, text, before)) in edits.into_iter().enumerate() {
        fs::write(book.join(path), text).expect("it can be written");
        before();
        assert_eq!(built(&book, "site", named), built(&book, &format!("clean-{number}"), ""), "{number}");
    }
}
