//! Golden books: every folder in `tests/books/` is a book and what the program makes of it.
//!
//! `tests/README.md` says how to add one. `UPDATE=1 cargo test --test books` writes the expectations.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::archive::unpacked;
use common::{Run, bare_theme, folders, police, repository, run, scratch, site, tree, write};

/// What the program is told where a case has no `args`.
const DEFAULT_ARGS: &str = "build";

#[test]
fn every_book_becomes_what_it_should() {
    let update = std::env::var_os("UPDATE").is_some();
    let only = std::env::var("CASE").ok();
    let mut failures = Vec::new();
    let mut cases = 0;
    for case in folders(&repository().join("tests/books")) {
        let name = case.file_name().and_then(|name| name.to_str()).expect("names are UTF-8").to_owned();
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        cases += 1;
        if let Err(problem) = check(&case, update) {
            failures.push(format!("{name}: {problem}"));
        }
    }
    assert!(cases > 0, "no such case");
    assert!(failures.is_empty(), "{} of {cases} books:\n{}", failures.len(), failures.join("\n"));
}

fn check(case: &Path, update: bool) -> Result<(), String> {
    let all = tree(case);
    let is_expected = |path: &String| path.starts_with("expected/") || path == "expected.txt" || path == "args";
    let (expected, mut input): (BTreeMap<_, _>, BTreeMap<_, _>) =
        all.into_iter().partition(|(path, _)| is_expected(path));
    let args =
        expected.get("args").map_or(DEFAULT_ARGS.to_owned(), |bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    // A folder without book.toml is a bare one and has no theme of its own.
    if input.contains_key("book.toml") && !input.keys().any(|path| path.starts_with("themes/")) {
        input.extend(bare_theme());
    }
    let (first, first_site) = once(&input, &args, 1, false);
    let (second, second_site) = once(&input, &args, 4, true);
    if first != second {
        return Err(format!("messages depend on threads or order:\n{first}\n---\n{second}"));
    }
    if let Some(path) = difference(&first_site, &second_site) {
        return Err(format!("{path} depends on threads or order"));
    }
    if first.contains("status 0") {
        let problems = police(&first_site);
        if !problems.is_empty() {
            return Err(problems.join("\n"));
        }
    }
    // What every site has for its search, for its voices and to print would fill a book's expectations; books that are about it keep it.
    let is_about = |word: &str| case.file_name().is_some_and(|name| name.to_string_lossy().starts_with(word));
    let (is_about_search, is_about_print) = (is_about("search"), is_about("print"));
    let is_kept = |path: &str| {
        let is_search = ["assets/search-", "search.html", "search/"].iter().any(|start| path.starts_with(start));
        let is_print = path.starts_with("print") && path.ends_with(".html");
        let is_voice = path.starts_with("assets/voice-");
        !is_voice && (is_about_search || !is_search) && (is_about_print || !is_print)
    };
    let first_site: BTreeMap<String, Vec<u8>> =
        first_site.into_iter().filter(|(path, _)| is_kept(path)).flat_map(readable).collect();
    let golden: BTreeMap<String, Vec<u8>> = expected
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("expected/")?.to_owned(), bytes.clone())))
        .collect();
    if update {
        let folder = case.join("expected");
        let _ = fs::remove_dir_all(&folder);
        write(&folder, &first_site, false);
        fs::write(case.join("expected.txt"), &first).map_err(|error| error.to_string())?;
        return Ok(());
    }
    let messages =
        expected.get("expected.txt").map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    if messages != first {
        return Err(format!("expected.txt says\n{messages}\nand the program said\n{first}"));
    }
    match difference(&golden, &first_site) {
        Some(path) => {
            let show = |site: &BTreeMap<String, Vec<u8>>| {
                site.get(&path).map_or("(no such file)".into(), |bytes| String::from_utf8_lossy(bytes).into_owned())
            };
            Err(format!("{path} should be\n{}\nand is\n{}", show(&golden), show(&first_site)))
        }
        None => Ok(()),
    }
}

/// Runs the case in a new folder; the messages end with the exit status.
fn once(
    input: &BTreeMap<String, Vec<u8>>,
    args: &str,
    threads: usize,
    reversed: bool,
) -> (String, BTreeMap<String, Vec<u8>>) {
    let scratch = scratch();
    // The name of a bare folder is its title, so it must not be random.
    let folder = scratch.path().join("a-book");
    fs::create_dir(&folder).expect("the folder can be made");
    write(&folder, input, reversed);
    let mut arguments: Vec<&str> = args.split_whitespace().collect();
    arguments.extend(["--format", "short", "--quiet"]);
    let Run { status, out, err } = run(&folder, &arguments, threads);
    let mut built = site(&folder.join("book"));
    // The name of a theme's file carries the hash of its contents, which stand in `themes/` already.
    let names = ["boot-", "card-", "core-", "handbook-", "icon-", "offline-"];
    let theme =
        |path: &str| path.strip_prefix("assets/").is_some_and(|path| names.iter().any(|name| path.starts_with(name)));
    for (_, bytes) in built.iter_mut().filter(|(path, bytes)| theme(path) && !bytes.is_empty()) {
        *bytes = b"as its name says\n".to_vec();
    }
    // So does the service worker, behind its first line.
    if let Some(worker) = built.get_mut("sw.js") {
        let end = worker.iter().position(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        worker.truncate(end);
    }
    (format!("{out}{err}exit status {status}\n"), built)
}

/// A file as its case keeps it: an EPUB as the files in it.
fn readable((path, bytes): (String, Vec<u8>)) -> BTreeMap<String, Vec<u8>> {
    if !path.ends_with(".epub") {
        return BTreeMap::from([(path, bytes)]);
    }
    unpacked(&bytes).into_iter().map(|(name, bytes)| (format!("{path}/{name}"), bytes)).collect()
}

/// The first path whose contents differ.
fn difference(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    left.keys().chain(right.keys()).find(|path| left.get(*path) != right.get(*path)).cloned()
}
