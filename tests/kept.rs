//! Highlighted code that is kept between builds changes nothing but the time they take: whatever becomes of the file, the
//! site is the same.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str =
    "# A page\n\n```python\ndef f(x):\n    return x + 1  # one more\n```\n\n```java\nclass A { int b; }\n```\n";

/// Builds the book in a new folder of that name, with this cache.
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

#[test]
fn whatever_becomes_of_what_is_kept_the_site_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book");
    fs::create_dir_all(book.join("guide")).expect("it can be made");
    fs::write(book.join("book.toml"), "[book]\ntitle = \"T\"\nsrc = \"guide\"\n").expect("it can be written");
    fs::write(book.join("guide/README.md"), PAGE).expect("it can be written");
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
