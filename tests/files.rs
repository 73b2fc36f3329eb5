//! Books whose files cannot be kept in a repository as they are (names that some system cannot store,
//! symbolic links, sockets), made in a temporary folder; what the program prints about them.
//!
//! Knows only the command line: a book goes in, messages and a site come out. Some names only Linux stores as they are.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use common::{run, scratch, site};

/// A book with one page, in which `make` adds files below the source folder; what `check` prints.
fn checked(make: impl FnOnce(&Path)) -> String {
    let scratch = scratch();
    let book = scratch.path().join("book");
    let guide = book.join("guide");
    fs::create_dir_all(&guide).expect("the folder can be made");
    fs::write(book.join("book.toml"), "[book]\nsrc = \"guide\"\n").expect("the file can be written");
    fs::write(guide.join("README.md"), "# Home\n").expect("the file can be written");
    // What the links of these tests lead to lies beside the book.
    fs::write(scratch.path().join("outside.md"), "# Outside\n").expect("the file can be written");
    make(&guide);
    let result = run(&book, &["check", "--format", "short", "--quiet"], 1);
    format!("{}exit status {}\n", result.err, result.status)
}

fn page(folder: &Path, name: &str) {
    fs::write(folder.join(name), "# Page\n").expect("the file can be written");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_have_no_address() {
    let said = checked(|guide| {
        let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"r\xe9sum\xe9.md");
        fs::write(guide.join(name), "# Not UTF-8\n").expect("the file can be written");
        page(guide, "résumé.md");
    });
    assert_eq!(
        said,
        "guide/r\u{fffd}sum\u{fffd}.md: error[file/name-not-utf8]: this name is not valid UTF-8, so it has no \
         address; rename the file\nexit status 1\n"
    );
}

#[test]
fn names_that_windows_cannot_store_are_reported() {
    let said = checked(|guide| {
        for name in ["aux.md", "auxiliary.md", "what?.md", "what.md", "dot..md", "end. ", "end"] {
            page(guide, name);
        }
    });
    assert_eq!(
        said,
        "guide/aux.md: warning[file/reserved-name]: this name is reserved on Windows; rename it\n\
         guide/end. : warning[file/reserved-name]: this name ends with a dot or a space, which Windows drops; \
         rename it\n\
         guide/what?.md: warning[file/reserved-name]: this name has a character that Windows cannot store; \
         rename it\nexit status 0\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_case_are_reported() {
    let said = checked(|guide| {
        for name in ["data.csv", "Data.csv", "date.csv"] {
            page(guide, name);
        }
    });
    assert_eq!(
        said,
        "guide/data.csv: warning[file/case-clash]: this name differs from another only in case; the other one: \
         guide/Data.csv; rename one of them: macOS and Windows take both for one\n\
         guide/data.csv: error[page/duplicate-url]: this would be published at data.csv, and so would another; \
         the other one: guide/Data.csv; rename one of them\nexit status 1\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn folders_that_differ_only_in_case_are_reported_once() {
    let said = checked(|guide| {
        for folder in ["Data", "data", "Pages", "pages"] {
            fs::create_dir(guide.join(folder)).expect("the folder can be made");
        }
        for name in ["Data/a.csv", "data/a.md", "data/b.csv", "Pages/a.md", "pages/b.md"] {
            page(guide, name);
        }
    });
    assert_eq!(
        said,
        "guide/data: warning[file/case-clash]: this name differs from another only in case; the other one: guide/Data; \
         rename one of them: macOS and Windows take both for one\n\
         guide/pages: error[page/duplicate-url]: this would be published at pages/index.html, and so would another; \
         the other one: guide/Pages; rename one of them\nexit status 1\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_the_encoding_of_accents_are_reported() {
    let said = checked(|guide| {
        for name in ["e\u{301}.csv", "\u{e9}.csv", "e.csv", "\u{e8}.csv", "o\u{308}.md", "\u{f6}.md"] {
            page(guide, name);
        }
    });
    let clash = |name: &str, other: &str| {
        format!(
            "guide/{name}: warning[file/case-clash]: this name differs from another only in how its accents are \
             encoded; the other one: guide/{other}; rename one of them: macOS takes both for one\n"
        )
    };
    let expected = clash("\u{e9}.csv", "e\u{301}.csv") + &clash("\u{f6}.md", "o\u{308}.md") + "exit status 0\n";
    assert_eq!(said, expected);
}

#[test]
fn symbolic_links_must_lead_to_a_file_of_the_book() {
    let said = checked(|guide| {
        page(guide, "target.md");
        fs::create_dir(guide.join("folder")).expect("the folder can be made");
        page(&guide.join("folder"), "below.md");
        symlink("target.md", guide.join("inside.md")).expect("a link can be made");
        symlink("folder", guide.join("to-folder")).expect("a link can be made");
        symlink("nowhere.md", guide.join("to-nowhere.md")).expect("a link can be made");
        symlink("to-itself.md", guide.join("to-itself.md")).expect("a link can be made");
        symlink("../../outside.md", guide.join("to-outside.md")).expect("a link can be made");
    });
    let link = |name: &str, why: &str| {
        format!(
            "guide/{name}: error[file/symlink]: this symbolic link {why}; put the file itself into the book, or \
             link to a file inside it\n"
        )
    };
    assert_eq!(
        said,
        link("to-folder", "leads to a folder, which is not followed")
            + &link("to-itself.md", "leads nowhere")
            + &link("to-nowhere.md", "leads nowhere")
            + &link("to-outside.md", "leads out of the book")
            + "exit status 1\n"
    );
}

#[test]
fn a_link_to_a_file_of_the_book_is_as_good_as_the_file() {
    let scratch = scratch();
    fs::write(scratch.path().join("one.md"), "# One\n").expect("the file can be written");
    symlink("one.md", scratch.path().join("two.md")).expect("a link can be made");
    let result = run(scratch.path(), &["build", "--quiet"], 1);
    assert_eq!((result.status, result.err.as_str()), (0, ""));
    let site = site(&scratch.path().join("book"));
    let body = |name: &str| String::from_utf8_lossy(&site[name]).matches("<h1 id=\"one\">").count();
    assert_eq!((body("one.html"), body("two.html")), (1, 1));
}

#[test]
fn what_is_no_file_cannot_be_read() {
    let said = checked(|guide| {
        std::os::unix::net::UnixListener::bind(guide.join("socket.md")).expect("a socket can be made");
    });
    assert_eq!(
        said,
        "guide/socket.md: error[file/unreadable]: cannot be read: it is a pipe, a socket or a device\n\
         exit status 1\n"
    );
}
