//! The formats of mistakes as another program meets them: what stands on which stream, exit statuses, and
//! the whole output for one book.
//!
//! `UPDATE=1 cargo test --test formats` writes the files in `tests/formats/`.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Run, repository, run, scratch, tree, write};
use serde_json::Value;

const FOR_PROGRAMS: [&str; 3] = ["json", "sarif", "github"];

fn check(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[&["check"], arguments].concat(), 2)
}

/// A book whose one page has so many links that lead nowhere.
fn broken_book(links: usize) -> tempfile::TempDir {
    let scratch = scratch();
    let mut page = String::from("# Home\n\n");
    for link in 0..links {
        let _ = writeln!(page, "- 🙂 [x](nowhere-{link}.md)");
    }
    fs::write(scratch.path().join("README.md"), page).expect("the page can be written");
    fs::write(scratch.path().join("book.toml"), "[book]\nsrc = \".\"\n").expect("the file can be written");
    scratch
}

#[test]
fn a_book_in_every_format() {
    let scratch = scratch();
    let book = scratch.path().join("a book");
    let mut files = tree(&repository().join("tests/books/columns"));
    files.retain(|path, _| path == "book.toml" || path.starts_with("guide/"));
    write(&book, &files, false);
    for (format, file) in [("json", "columns.jsonl"), ("sarif", "columns.sarif"), ("github", "columns.github")] {
        let Run { status, out, err } = check(scratch.path(), &["a book", "--format", format, "--quiet"]);
        assert_eq!((status, err.as_str()), (1, ""), "{format}");
        let mut out = out.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"");
        if format == "sarif" {
            let log: Value = serde_json::from_str(&out).expect("one JSON value");
            out = serde_json::to_string_pretty(&log).expect("JSON") + "\n";
        }
        let expected = repository().join("tests/formats").join(file);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(repository().join("tests/formats")).unwrap();
            fs::write(&expected, &out).unwrap();
        }
        assert_eq!(fs::read_to_string(&expected).expect("the expectation"), out, "{format}");
    }
}

#[test]
fn people_read_standard_error_and_programs_standard_output() {
    let book = broken_book(2);
    for format in ["human", "short"] {
        let said = check(book.path(), &["--format", format]);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{format}");
        assert!(said.err.contains("nowhere-1.md") && said.err.contains("2 errors"), "{}", said.err);
    }
    for format in FOR_PROGRAMS {
        for command in ["check", "build"] {
            let said = run(book.path(), &[command, "--format", format], 2);
            assert_eq!(said.status, 1, "{command} {format}");
            assert!(said.out.contains("nowhere-1.md"), "{}", said.out);
            assert!(!said.err.contains("nowhere-1.md") && said.err.contains("2 errors"), "{}", said.err);
            let quiet = run(book.path(), &[command, "--format", format, "-q"], 2);
            assert_eq!((quiet.out, quiet.err.as_str()), (said.out, ""));
        }
    }
}

#[test]
fn colours_are_for_people() {
    let book = broken_book(1);
    for format in FOR_PROGRAMS.into_iter().chain(["human"]) {
        let coloured = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["check", "--color", "always", "--format", format])
            .current_dir(book.path())
            .output()
            .expect("the program starts");
        let has_colours = |bytes: &[u8]| bytes.contains(&0x1b);
        assert_eq!((has_colours(&coloured.stdout), has_colours(&coloured.stderr)), (false, format == "human"));
    }
}

#[test]
fn a_book_without_mistakes_says_so_in_each_format() {
    let book = scratch();
    assert_eq!(run(book.path(), &["init", "."], 2).status, 0);
    for (format, expected) in [("json", "\"ok\":true"), ("sarif", "\"exitCode\":0"), ("github", "")] {
        let said = check(book.path(), &["--format", format]);
        assert_eq!(said.status, 0);
        assert!(said.out.contains(expected) && (format != "github" || said.out.is_empty()), "{}", said.out);
    }
    let built = run(book.path(), &["build", "-v", "--format", "json"], 2);
    assert_eq!((built.status, built.out.lines().count()), (0, 1));
    assert!(built.err.contains("rendered") && built.err.contains("open "), "{}", built.err);
}

#[test]
fn a_build_that_warnings_stop_is_not_ok() {
    let book = broken_book(0);
    fs::write(book.path().join("a.md"), "# A\n\n```klingon\nx\n```\n").unwrap();
    for (strict, ok) in
        [(&["build", "--format", "json"][..], true), (&["build", "--format", "json", "--strict"], false)]
    {
        let built = run(book.path(), strict, 2);
        let summary: Value = serde_json::from_str(built.out.lines().last().expect("a summary")).expect("JSON");
        assert_eq!((built.status == 0, summary["ok"].as_bool()), (ok, Some(ok)));
        assert_eq!(summary["warnings"], 1);
    }
}

#[test]
fn paths_start_in_the_folder_that_the_program_is_called_from() {
    let book = broken_book(1);
    let parent = book.path().parent().unwrap();
    let name = book.path().file_name().unwrap().to_str().unwrap();
    fs::create_dir(book.path().join("sub")).unwrap();
    let whole = book.path().to_str().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(book.path(), book.path().join("sub/link")).unwrap();
    let mut expected = vec![
        (book.path(), ".", "README.md".to_owned()),
        (book.path(), whole, "README.md".to_owned()),
        (parent, name, format!("{name}/README.md")),
        (parent, whole, format!("{name}/README.md")),
    ];
    let sub = book.path().join("sub");
    expected.push((&sub, "..", "../README.md".to_owned()));
    // A repository has files where they are.
    #[cfg(unix)]
    expected.push((&sub, "link", "../README.md".to_owned()));
    for (folder, root, file) in expected {
        let json = check(folder, &[root, "--format", "json"]);
        let object: Value = serde_json::from_str(json.out.lines().next().expect("a line")).expect("JSON");
        assert_eq!((object["path"].as_str(), object["file"].as_str()), (Some("README.md"), Some(file.as_str())));
        let github = check(folder, &[root, "--format", "github"]);
        assert!(github.out.starts_with(&format!("::error file={file},line=3,")), "{}", github.out);
        let sarif: Value = serde_json::from_str(&check(folder, &[root, "--format", "sarif"]).out).expect("JSON");
        let artifact = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(artifact["uri"].as_str(), Some(file.as_str()));
    }
}

#[test]
fn a_run_that_ends_early_leaves_standard_output_valid() {
    let empty = scratch();
    for command in ["check", "build"] {
        let said = |format| run(empty.path(), &[command, "--format", format], 2);
        assert!(FOR_PROGRAMS.iter().all(|format| {
            let said = said(format);
            said.status == 2 && said.err.contains("is no book")
        }));
        assert_eq!(said("json").out, "");
        assert!(said("github").out.starts_with("::error title=prepbook::this folder is no book: "));
        let log: Value = serde_json::from_str(&said("sarif").out).expect("one JSON value");
        let invocation = &log["runs"][0]["invocations"][0];
        assert_eq!((&invocation["executionSuccessful"], &invocation["exitCode"]), (&false.into(), &2.into()));
    }
}

#[test]
fn commands_that_find_no_mistakes_have_no_format() {
    let book = broken_book(0);
    for arguments in [&["list", "pages"][..], &["clean"], &["completions", "bash"], &["new", "page", "x"]] {
        let said = run(book.path(), &[arguments, &["--format", "json"]].concat(), 2);
        assert_eq!(said.status, 2, "{arguments:?}");
        assert!(said.err.contains("unexpected argument '--format'"), "{}", said.err);
    }
    let help = check(book.path(), &["--help"]).out;
    assert!(help.contains("--format <FORMAT>") && help.contains("prepbook check --format sarif >"), "{help}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    let book = broken_book(3_000);
    for format in FOR_PROGRAMS {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["check", "--format", format])
            .current_dir(book.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // As `head -c 1` does; a pipe holds less than the rest.
        let mut out = BufReader::with_capacity(1, child.stdout.take().expect("a pipe"));
        assert_eq!(out.fill_buf().expect("a byte").len(), 1);
        drop(out);
        let mut err = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
        assert_eq!(child.wait().expect("it ends").code(), Some(1), "{format}: {err}");
        assert!(err.contains("3000 errors") && !err.contains("panicked"), "{format}: {err}");
    }
}

#[test]
fn a_closed_standard_error_is_no_trouble_either() {
    let book = broken_book(300);
    for format in ["human", "short", "json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["check", "--format", format])
            .current_dir(book.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stderr.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(1), "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let book = broken_book(1);
    let checks = FOR_PROGRAMS.map(|format| vec!["check", "--format", format]);
    let others = ["list links", "list pages --json", "completions bash", "explain"];
    for args in checks.into_iter().chain(others.map(|args| args.split(' ').collect())) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let output = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(args)
            .current_dir(book.path())
            .stdout(full)
            .output()
            .expect("the program starts");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("cannot write to standard output"), "{err}");
    }
}

#[test]
fn people_see_errors_first_and_what_was_left_out() {
    let book = broken_book(250);
    let said = check(book.path(), &[]);
    assert_eq!(said.err.matches("error[link/missing-page]").count(), 200);
    assert!(
        said.err.contains("… and 50 more: 50 errors\n  50 link/missing-page; --format short prints all\n"),
        "{}",
        said.err
    );
    assert_eq!(check(book.path(), &["--format", "short"]).err.matches("error[link/missing-page]").count(), 250);
}
