//! Books with a history: when pages were changed last, from the repositories of git that these tests make.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Run, run, scratch};

const CONFIG: &str =
    "[book]\nsrc = \"guide\"\n\n[output.html]\nlast-updated = true\nsite-url = \"https://a.example/\"\n";

/// Runs git in `folder` as somebody who has no settings, at noon of `day` in a zone where it is still that day.
fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let date = format!("{day}T23:30:00-1000");
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_COMMITTER_DATE", &date)
        .env("GIT_AUTHOR_DATE", &date)
        .output()
        .expect("git can be started");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn save(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn commit(folder: &Path, day: &str) {
    git(folder, day, &["add", "-A"]);
    git(folder, day, &["commit", "-q", "-m", "A change"]);
}

/// A book in a folder of a repository: three commits, and a page that is in none.
fn history(folder: &Path) {
    git(folder, "2026-01-01", &["init", "-q"]);
    save(folder, "books/one/book.toml", CONFIG);
    save(folder, "books/one/guide/README.md", "# Home\n\n:::include{file=_part.md}\n");
    save(folder, "books/one/guide/_part.md", "Part.\n");
    save(folder, "books/one/guide/1-ü page.md", "# Page\n");
    commit(folder, "2026-01-01");
    save(folder, "books/one/guide/1-ü page.md", "# Page\n\nMore.\n");
    commit(folder, "2026-02-02");
    // An older day on a newer commit, as after a rebase.
    save(folder, "books/one/guide/1-ü page.md", "# Page\n\nMore and more.\n");
    commit(folder, "2026-01-20");
    save(folder, "books/one/guide/_part.md", "Another part.\n");
    commit(folder, "2026-03-03");
    save(folder, "books/one/guide/2-new.md", "# New\n");
}

fn build(book: &Path) -> Run {
    run(book, &["build", "--format", "short", "--quiet"], 1)
}

/// The day that a page of the site shows.
fn shown(book: &Path, page: &str) -> Option<String> {
    let html = fs::read_to_string(book.join("book").join(page)).expect("the page is there");
    let (_, rest) = html.split_once("Last updated <time datetime=\"")?;
    Some(rest.split('"').next().unwrap_or("").to_owned())
}

#[test]
fn a_page_shows_the_last_day_on_which_its_text_was_changed() {
    let scratch = scratch();
    history(scratch.path());
    let book = scratch.path().join("books/one");
    let built = build(&book);
    assert_eq!((built.status, built.err.as_str()), (0, ""));
    // That of the part it includes.
    assert_eq!(shown(&book, "index.html").as_deref(), Some("2026-03-03"));
    assert_eq!(shown(&book, "ü-page.html").as_deref(), Some("2026-02-02"));
    assert_eq!(shown(&book, "new.html"), None);
    let sitemap = fs::read_to_string(book.join("book/sitemap.xml")).expect("the sitemap is there");
    assert!(sitemap.contains("<url><loc>https://a.example/</loc><lastmod>2026-03-03</lastmod></url>"), "{sitemap}");
    assert!(sitemap.contains("<url><loc>https://a.example/new.html</loc></url>"), "{sitemap}");
}

#[test]
fn without_a_whole_history_no_page_shows_a_day() {
    let scratch = scratch();
    let whole = scratch.path().join("whole");
    fs::create_dir_all(&whole).expect("the folder can be made");
    history(&whole);
    let from = format!("file://{}", whole.display());
    git(scratch.path(), "2026-04-04", &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let book = scratch.path().join("shallow/books/one");
    let built = build(&book);
    assert_eq!(
        built.err,
        "book.toml:5:16: note[config/no-history]: no page shows when it was changed last: this is a shallow clone, whose \
         history is cut off; dates are taken from the whole history in git; in a CI job, have it fetched (fetch-depth: 0)\n"
    );
    assert_eq!((built.status, shown(&book, "index.html")), (0, None));
}

#[test]
fn a_book_outside_of_a_repository_says_so() {
    let scratch = scratch();
    save(scratch.path(), "book.toml", CONFIG);
    save(scratch.path(), "guide/README.md", "# Home\n");
    let built = build(scratch.path());
    assert!(built.err.starts_with("book.toml:5:16: note[config/no-history]: "), "{}", built.err);
    assert_eq!((built.status, shown(scratch.path(), "index.html")), (0, None));
}

#[test]
fn a_repository_of_another_user_wants_to_be_trusted() {
    let scratch = scratch();
    history(scratch.path());
    let output = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["check", "--format", "short", "--quiet"])
        .current_dir(scratch.path().join("books/one"))
        // Git's own tests have it for this; the settings must not trust the folder already.
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("dubious ownership") && err.contains("safe.directory"), "{err}");
}
