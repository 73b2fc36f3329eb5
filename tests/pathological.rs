//! Inputs of the kind that takes naive programs quadratic time, unbounded memory or the stack: each is built
//! into a site, or reported, within bounds on processor time and memory that are far above what it takes, and
//! far below what it would take if something grew with the square.
//!
//! The bounds are the system's (`ulimit`), so that neither a slow nor a busy machine decides a test.

#![cfg(unix)]

#[path = "pathological/books.rs"]
mod books;
mod common;
#[path = "pathological/pages.rs"]
mod pages;

use std::collections::BTreeMap;
use std::process::Command;

use common::{bare_theme, scratch, write};
use pages::Case;

/// The files of a book by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Seconds of processor time for a book. Each takes less than one with the development profile.
const SECONDS: usize = 25;

/// Kibibytes of memory that may be asked for, used or not.
const KIBIBYTES: usize = 2 * 1024 * 1024;

/// Builds the book of `files`, whatever is wrong with it; what is printed.
fn built(name: &str, files: &Files) -> String {
    let folder = scratch();
    let mut all = bare_theme();
    all.insert("book.toml".to_owned(), b"[book]\nsrc = \"guide\"\n".to_vec());
    all.insert("guide/README.md".to_owned(), b"# Home\n".to_vec());
    all.extend(files.clone());
    write(folder.path(), &all, false);
    // A system without a limit of memory says so, and is left in peace.
    let script = format!("ulimit -t {SECONDS}; ulimit -v {KIBIBYTES} 2>/dev/null; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_prepbook")])
        .args(["build", "--keep-going", "--quiet", "--format", "short", "--color", "never"])
        .current_dir(folder.path())
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("the program prints UTF-8");
    let start: String = said.chars().take(2_000).collect();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}\n{start}", output.status);
    let published = folder.path().join("book/index.html").is_file() || said.contains("error[theme/");
    assert!(published, "{name} is not published\n{start}");
    said
}

/// A book of one page.
fn page(text: impl Into<Vec<u8>>) -> Files {
    Files::from([("guide/page.md".to_owned(), text.into())])
}

/// Builds each page of a table, `text(n)`, alone.
fn build_all(table: &[Case]) {
    for (name, text, size) in table {
        built(name, &page(format!("# T\n\n{}\n", text(*size))));
    }
}

#[test]
fn marks_of_inline_text() {
    build_all(pages::INLINE);
}

#[test]
fn blocks_and_nesting() {
    build_all(pages::BLOCKS);
}

#[test]
fn directives_and_code() {
    build_all(pages::DIRECTIVES);
}

#[test]
fn raw_html() {
    build_all(pages::HTML);
}

#[test]
fn headings_links_and_footnotes() {
    build_all(pages::LINKS);
}

#[test]
fn very_long_lines() {
    build_all(pages::LONG);
}

#[test]
fn front_matter() {
    for (name, text, size) in pages::FRONT_MATTER {
        built(name, &page(format!("---\n{}\n---\n# T\n", text(*size))));
    }
}

#[test]
fn configuration() {
    for (name, text, size) in pages::CONFIGURATION {
        let text = format!("[book]\nsrc = \"guide\"\n{}\n", text(*size));
        built(name, &Files::from([("book.toml".to_owned(), text.into_bytes())]));
    }
}

#[test]
fn a_broken_link_does_not_cost_a_look_at_the_whole_book() {
    // Compared with all names, these are some ten million comparisons.
    let said = built("pages", &books::missing(1_000));
    assert!(said.contains("nearest is `page-00999.md`"), "{}", &said[..2_000.min(said.len())]);
    built("summary", &books::summary(600));
}

#[test]
fn includes_are_bounded() {
    let said = built("bomb", &books::include_bomb(12));
    assert!(said.contains("error[include/too-much]"), "{said}");
    let said = built("chain", &books::include_chain(1_000));
    assert_eq!(said.matches("error[include/too-much]").count(), 1, "{said}");
    let said = built("chain of pages", &books::page_chain(400));
    assert!(said.contains("error[include/too-much]"), "{said}");
    let text = format!("{}\n", "a".repeat(500)).repeat(6_000);
    let files = Files::from([
        ("guide/_large.md".to_owned(), text.into_bytes()),
        ("guide/page.md".to_owned(), b"# T\n\n:::include{file=_large.md}\n\n:::include{file=_large.md}\n".to_vec()),
    ]);
    let said = built("large", &files);
    assert!(said.contains("guide/page.md:5:17: error[include/too-much]"), "{said}");
}

#[test]
fn code_from_files_is_bounded() {
    let large = format!("x = {}\n", "1".repeat(500)).repeat(20_000);
    let page = "# T\n\n[a](large.py)\n\n```py file=large.py lines=1-2\n```\n\n```py file=large.py\n```\n";
    let files = Files::from([
        ("guide/large.py".to_owned(), large.into_bytes()),
        ("guide/page.md".to_owned(), page.as_bytes().to_vec()),
    ]);
    let said = built("one large file", &files);
    assert!(said.contains("guide/page.md:8:12: error[include/too-much]"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    // Each fence shows one line, or one region, of a file with many.
    let regions: String = (0..3_000).map(|at| format!("# region r{at}\nx = {at}\n# endregion r{at}\n")).collect();
    let fences: String = (0..3_000).map(|at| format!("```py file=r.py region=r{at}\n```\n")).collect();
    let files = Files::from([
        ("guide/r.py".to_owned(), regions.into_bytes()),
        ("guide/page.md".to_owned(), fences.into_bytes()),
    ]);
    assert_eq!(built("many regions", &files), "");
}
