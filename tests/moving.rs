//! `prepbook mv`: what names a file names it wherever that goes, nothing else changes by a byte, and what would give the book a
//! mistake is not done.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Random, Run, run, scratch, tree, write};
use prepbook::base::path::BookPath;

type Files = BTreeMap<String, Vec<u8>>;

const CONFIG: &str = "[book]\ntitle = \"B\"\nsrc = \"guide\"\n";

fn files(list: &[(&str, &str)]) -> Files {
    let mut files: Files = list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files.entry("book.toml".into()).or_insert_with(|| CONFIG.into());
    files
}

fn book(list: &[(&str, &str)]) -> tempfile::TempDir {
    let scratch = scratch();
    write(scratch.path(), &files(list), false);
    scratch
}

fn at(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, arguments, 2)
}

/// Moves, and compares the whole folder with what is expected of it.
#[track_caller]
fn moved(before: &[(&str, &str)], arguments: &[&str], after: &[(&str, &str)]) {
    let folder = book(before);
    let done = at(folder.path(), arguments);
    assert_eq!(done.status, 0, "{}", done.err);
    let shown = |files: Files| -> Vec<(String, String)> {
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).expect("texts"))).collect()
    };
    assert_eq!(shown(tree(folder.path())), shown(files(after)), "{}", done.err);
}

/// Tries to move, and proves that nothing has happened.
#[track_caller]
fn refused(before: &[(&str, &str)], arguments: &[&str], status: i32, word: &str) {
    let folder = book(before);
    let done = at(folder.path(), arguments);
    assert_eq!(done.status, status, "{}", done.err);
    assert!(done.err.contains(word), "{word}: {}", done.err);
    assert_eq!(tree(folder.path()), files(before));
}

#[test]
fn everything_that_names_a_page_names_it_at_its_new_place() {
    let page = "---\nminutes: 5\n---\n# P\r\n\n[home](../README.md) ![](../img/p.png) [self](2-p.md#p) [q](q.md)\n";
    let moved_page = "---\nminutes: 5\nredirect_from: [/a/p.html]\n---\n# P\r\n\n[home](../../README.md) ![](../../img/p.png) [self](r.md#p) [q](../../1-a/q.md)\n";
    moved(
        &[
            (
                "guide/README.md",
                "# H\n\n[p](1-a/2-p.md \"1-a/2-p.md\") [`1-a/2-p.md`](./1-a/2-p.md#p)\n[r] <a href=\"1-a/2-p.md?x#p\">p</a>\n\n[r]: <1-a/2-p.md> 't'\n\n```\n[p](1-a/2-p.md)\n```\n\n`[p](1-a/2-p.md)`\n",
            ),
            ("guide/1-a/2-p.md", page),
            ("guide/1-a/q.md", "---\nprerequisites: [2-p.md, '/1-a/2-p.md#p']\n---\n# Q\n\n[p](/1-a/2-p.md)\n"),
            (
                "guide/w.plan.yaml",
                "id: w # 1-a/2-p.md\ntitle: W\ndays:\n  - {day: 1, items: [{do: Read, page: 1-a/2-p.md#p, minutes: 30}]}\n",
            ),
            ("guide/x.md", "# X\n\n:::plan{src=w.plan.yaml}\n"),
            ("guide/img/p.png", "x"),
        ],
        &["mv", "1-a/2-p.md", "3-b/c/r.md"],
        &[
            (
                "guide/README.md",
                "# H\n\n[p](3-b/c/r.md \"1-a/2-p.md\") [`1-a/2-p.md`](./3-b/c/r.md#p)\n[r] <a href=\"3-b/c/r.md?x#p\">p</a>\n\n[r]: <3-b/c/r.md> 't'\n\n```\n[p](1-a/2-p.md)\n```\n\n`[p](1-a/2-p.md)`\n",
            ),
            ("guide/3-b/c/r.md", moved_page),
            ("guide/1-a/q.md", "---\nprerequisites: [../3-b/c/r.md, '/3-b/c/r.md#p']\n---\n# Q\n\n[p](/3-b/c/r.md)\n"),
            (
                "guide/w.plan.yaml",
                "id: w # 1-a/2-p.md\ntitle: W\ndays:\n  - {day: 1, items: [{do: Read, page: 3-b/c/r.md#p, minutes: 30}]}\n",
            ),
            ("guide/x.md", "# X\n\n:::plan{src=w.plan.yaml}\n"),
            ("guide/img/p.png", "x"),
        ],
    );
}

#[test]
fn a_folder_goes_with_all_that_is_in_it() {
    moved(
        &[
            (
                "guide/README.md",
                "# H\n\n[a](1-a/) [p](1-a/p.md) [c](1-a/code/x.py#L1)\n\n:::include{file=1-a/_part.md}\n\n```py file=1-a/code/x.py\n```\n",
            ),
            ("guide/1-a/README.md", "# A\n\n[p](p.md) [h](../README.md)\n"),
            ("guide/1-a/p.md", "# P\n\n```py file=\"code/x.py\" lines=1\n```\n"),
            ("guide/1-a/_part.md", "[p](p.md)\n"),
            ("guide/1-a/code/x.py", "x = 1\n"),
        ],
        &["mv", "1-a", "2-a"],
        // The number is no part of an address, so none has changed.
        &[
            (
                "guide/README.md",
                "# H\n\n[a](2-a/) [p](2-a/p.md) [c](2-a/code/x.py#L1)\n\n:::include{file=2-a/_part.md}\n\n```py file=2-a/code/x.py\n```\n",
            ),
            ("guide/2-a/README.md", "# A\n\n[p](p.md) [h](../README.md)\n"),
            ("guide/2-a/p.md", "# P\n\n```py file=\"code/x.py\" lines=1\n```\n"),
            ("guide/2-a/_part.md", "[p](p.md)\n"),
            ("guide/2-a/code/x.py", "x = 1\n"),
        ],
    );
}

#[test]
fn files_beside_the_pages_are_named_in_their_own_forms() {
    moved(
        &[
            (
                "book.toml",
                "[book]\ntitle = \"B\" # img/a.svg\nsrc = \"guide\"\n\n[output.html]\nlogo = 'img/a.svg'\nadditional-css = [\"own.css\"]\n",
            ),
            ("guide/README.md", "# H\n\n![a](<img/a.svg>) <img src='img/a.svg' alt=\"a\">\n"),
            ("guide/SUMMARY.md", "# Summary\n\n- [H](README.md)\n"),
            ("guide/img/a.svg", "<svg width=\"4\" height=\"3\"></svg>\n"),
            ("own.css", "p {}\n"),
        ],
        &["mv", "img/a.svg", "my pictures/b.svg"],
        &[
            (
                "book.toml",
                "[book]\ntitle = \"B\" # img/a.svg\nsrc = \"guide\"\n\n[output.html]\nlogo = 'guide/my pictures/b.svg'\nadditional-css = [\"own.css\"]\n",
            ),
            ("guide/README.md", "# H\n\n![a](<my pictures/b.svg>) <img src='my%20pictures/b.svg' alt=\"a\">\n"),
            ("guide/SUMMARY.md", "# Summary\n\n- [H](README.md)\n"),
            ("guide/my pictures/b.svg", "<svg width=\"4\" height=\"3\"></svg>\n"),
            ("own.css", "p {}\n"),
        ],
    );
}

#[test]
fn a_chapter_of_an_mdbook_keeps_its_place_in_the_summary() {
    moved(
        &[
            ("guide/SUMMARY.md", "# Summary\n\n[H](README.md)\n\n- [A](a.md)\n  - [`a.md`](b/c.md)\n- [Later]()\n"),
            ("guide/README.md", "# H\n"),
            ("guide/a.md", "# A\n\n```rust\n{{#include b/x.rs:1:2}}\n```\n"),
            ("guide/b/c.md", "# C\n\n[a](../a.md)\n"),
            ("guide/b/x.rs", "fn a() {}\nfn b() {}\n"),
        ],
        &["mv", "guide/a.md", "guide/b/a.md", "--no-redirect"],
        &[
            ("guide/SUMMARY.md", "# Summary\n\n[H](README.md)\n\n- [A](b/a.md)\n  - [`a.md`](b/c.md)\n- [Later]()\n"),
            ("guide/README.md", "# H\n"),
            ("guide/b/a.md", "# A\n\n```rust\n{{#include x.rs:1:2}}\n```\n"),
            ("guide/b/c.md", "# C\n\n[a](a.md)\n"),
            ("guide/b/x.rs", "fn a() {}\nfn b() {}\n"),
        ],
    );
}

#[test]
fn a_page_that_comes_back_leaves_no_address_behind() {
    let before = [("guide/README.md", "# H\n\n[a](a.md)\n"), ("guide/a.md", "# A\n")];
    let folder = book(&before);
    assert_eq!(at(folder.path(), &["mv", "a.md", "b.md"]).status, 0);
    assert_eq!(at(folder.path(), &["mv", "b.md", "a.md"]).status, 0);
    let text = fs::read_to_string(folder.path().join("guide/a.md")).unwrap();
    assert_eq!(text, "---\nredirect_from: [/b.html]\n---\n\n# A\n");
    let checked = at(folder.path(), &["check", "--strict"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
}

#[test]
fn redirects_of_the_book_lead_to_the_new_address() {
    moved(
        &[
            (
                "book.toml",
                "[book]\ntitle = \"B\"\nsrc = \"guide\"\n[output.html.redirect]\n\"/old.html\" = \"a.html#a\" # kept\n",
            ),
            ("guide/README.md", "# H\n"),
            ("guide/a.md", "# A\n"),
        ],
        &["mv", "a.md", "b/"],
        &[
            (
                "book.toml",
                "[book]\ntitle = \"B\"\nsrc = \"guide\"\n[output.html.redirect]\n\"/old.html\" = \"/b/a.html#a\" # kept\n",
            ),
            ("guide/README.md", "# H\n"),
            ("guide/b/a.md", "---\nredirect_from: [/a.html]\n---\n\n# A\n"),
        ],
    );
}

#[test]
fn a_dry_run_says_everything_and_does_nothing() {
    let before = [("guide/README.md", "# H\n\n[a](a.md)\n"), ("guide/a.md", "# A\n\n[h](README.md)\n")];
    let folder = book(&before);
    let done = at(folder.path(), &["mv", "a.md", "b/a.md", "--dry-run"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert_eq!(
        done.out,
        "guide/a.md -> guide/b/a.md\nguide/README.md:3:5: a.md -> b/a.md\n\
         guide/a.md:1:1: + ---\\nredirect_from: [/a.html]\\n---\nguide/a.md:3:5: README.md -> ../README.md\n"
    );
    assert_eq!(tree(folder.path()), files(&before));
}

#[test]
fn what_would_overwrite_leave_or_break_is_refused() {
    let small: &[(&str, &str)] = &[
        ("guide/README.md", "# H\n\n[a](a.md) [c](c/)\n"),
        ("guide/a.md", "# A\n"),
        ("guide/b.md", "# B\n"),
        ("guide/c/d.md", "# D\n"),
        ("notes.txt", "mine\n"),
    ];
    for (arguments, word) in [
        (&["mv", "a.md", "b.md"][..], "written over"),
        (&["mv", "a.md", "a.md"], "there already"),
        (&["mv", "a.md", "../a.md"], "no a.md"),
        (&["mv", "guide/a.md", "a.md"], "leave the book"),
        (&["mv", "guide/a.md", "../../a.md"], "outside"),
        (&["mv", "a.md", ".hidden/a.md"], "ignored"),
        (&["mv", "a.md", "a.txt"], "no page any more"),
        (&["mv", "c", "c/e"], "into itself"),
        (&["mv", "guide", "pages"], "whole book"),
        (&["mv", "notes.txt", "guide/notes.txt"], "no part of the book"),
        (&["mv", "book.toml", "guide/book.toml"], "no part of the book"),
        (&["mv", "aa.md", "e.md"], "nearest is a.md"),
    ] {
        let word = if arguments[2] == "../a.md" { "outside" } else { word };
        refused(small, arguments, 2, word);
    }
    // One address for two pages; a folder that a link leads to and that holds nothing any more.
    refused(small, &["mv", "a.md", "2-b.md"], 1, "guide/2-b.md");
    refused(small, &["mv", "c/d.md", "d.md"], 1, "link/missing-page");
}

#[test]
fn what_only_a_browser_reads_is_told_of() {
    let folder = book(&[
        ("guide/README.md", "# H\n\n<img src=\"a.svg\" srcset=\"a.svg 2x\" data-big=\"a.svg\" alt=\"\">\n"),
        ("guide/a.svg", "<svg width=\"4\" height=\"3\"></svg>\n"),
        ("guide/own.css", "p { background: url(a.svg) }\n"),
    ]);
    let done = at(folder.path(), &["mv", "a.svg", "img/"]);
    assert_eq!(done.status, 0, "{}", done.err);
    for path in ["guide/README.md", "guide/own.css"] {
        let line = format!("{path} names a.svg, too, in a form that is not rewritten");
        assert!(done.err.lines().any(|said| said == line), "{}", done.err);
    }
    let page = fs::read_to_string(folder.path().join("guide/README.md")).unwrap();
    assert_eq!(page, "# H\n\n<img src=\"img/a.svg\" srcset=\"img/a.svg 2x\" data-big=\"a.svg\" alt=\"\">\n");
}

#[test]
fn mistakes_that_are_there_already_stand_in_nobodys_way() {
    moved(
        &[("guide/README.md", "# H\n\n[a](a.md) [gone](gone.md)\n"), ("guide/a.md", "# A\n\n[gone](b/gone.md)\n")],
        &["mv", "a.md", "b/a.md", "--no-redirect"],
        &[("guide/README.md", "# H\n\n[a](b/a.md) [gone](gone.md)\n"), ("guide/b/a.md", "# A\n\n[gone](gone.md)\n")],
    );
}

/// The kinds of references that random pages make.
fn reference(random: &mut Random, from: &str, to: &str) -> String {
    let folder = BookPath::new(from).expect("it is inside").parent();
    let path = BookPath::new(to).expect("it is inside").relative_to(&folder);
    let encoded = path.replace(' ', "%20");
    let rooted = to.trim_start_matches("guide/").replace(' ', "%20");
    let is_page = to.ends_with(".md");
    match random.below(9) {
        0 => format!("[{path}]({encoded} \"{path}\")"),
        1 => format!("[x](<{path}>)"),
        2 => format!("[x](/{rooted}#top)"),
        3 => format!("<a href=\"{encoded}\">x</a>"),
        4 => format!("[x][{path}]\n\n> [{path}]: {encoded} 't'"),
        5 if is_page => format!("- [![x](../guide/{rooted})]({encoded})")
            .replace("../guide/", &"../".repeat(folder.parts().count() - 1)),
        6 if !is_page => format!("```text file=\"{path}\"\n```"),
        7 if !is_page => {
            format!("~~~text file={} number\n~~~", if path.contains(' ') { format!("'{path}'") } else { path })
        }
        _ => format!("[a\\]b](./{encoded}) `[x]({path})`"),
    }
}

fn random_book(random: &mut Random) -> Files {
    let pages = ["README.md", "1-a/README.md", "1-a/2 p.md", "1-a/q.md", "b/c/r.md", "b/s.md", "t.md", "_part.md"];
    let others = ["1-a/x.txt", "b/y z.txt", "img.svg"];
    let all: Vec<String> = pages.iter().chain(&others).map(|path| format!("guide/{path}")).collect();
    let mut files = files(&[]);
    for path in pages {
        let path = format!("guide/{path}");
        let mut text = if random.below(3) == 0 { "---\ntitle: T\n---\n\n".to_owned() } else { String::new() };
        text.push_str("# T\n\n");
        for _ in 0..random.below(6) {
            let to = random.pick(&all).clone();
            text.push_str(&reference(random, &path, &to));
            text.push_str("\n\n");
        }
        if random.below(4) == 0 {
            text.push_str("[gone](gone.md) ![](no.png)\n\n");
        }
        if random.below(4) == 0 && path != "guide/_part.md" {
            text.push_str(":::include{file=/_part.md}\n");
        }
        if random.below(3) == 0 {
            text = text.replace('\n', "\r\n");
        }
        files.insert(path, text.into_bytes());
    }
    for path in others {
        files.insert(format!("guide/{path}"), b"<svg width=\"4\" height=\"3\"></svg>\n".to_vec());
    }
    files
}

/// What `check` says, without places in lines and without names of files, which change.
fn said(folder: &Path) -> Vec<String> {
    let checked = at(folder, &["check", "--format", "short", "-q"]);
    let code = |line: &str| {
        line.split_once(": ").map_or(String::new(), |(_, rest)| rest.split(':').next().unwrap_or("").to_owned())
    };
    let mut codes: Vec<String> = checked.err.lines().map(code).collect();
    codes.sort();
    codes
}

#[test]
fn after_a_random_move_check_says_what_it_said_before() {
    let count = std::env::var("PREPBOOK_SCRIPTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40);
    let first: u64 = std::env::var("PREPBOOK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let moves = [
        ("1-a", "2-a"),
        ("1-a", "b/a"),
        ("1-a/2 p.md", "b/p.md"),
        ("1-a/2 p.md", "u v/p (1).md"),
        ("1-a/q.md", "q.md"),
        ("b", "1-a/b"),
        ("b/c/r.md", "r#1.md"),
        ("b/c/r.md", "b/r.md"),
        ("t.md", "1-a/t.md"),
        ("_part.md", "b/_part.md"),
        ("1-a/x.txt", "x y.txt"),
        ("b/y z.txt", "b/c/yz.txt"),
        ("img.svg", "b/img.svg"),
    ];
    let mut done = 0;
    for seed in first..first + count {
        let mut random = Random::new(seed);
        let before = random_book(&mut random);
        let folder = scratch();
        write(folder.path(), &before, false);
        let told = said(folder.path());
        for _ in 0..2 {
            let (from, to) = *random.pick(&moves);
            let now = tree(folder.path());
            let run = at(folder.path(), &["mv", from, to]);
            match run.status {
                0 => done += 1,
                // It is not there any more, something is there already, or a link led to the folder alone.
                _ => assert_eq!(tree(folder.path()), now, "seed {seed}: {from} {to}: {}", run.err),
            }
            assert_eq!(said(folder.path()), told, "seed {seed}: {from} {to}: {}", run.err);
        }
    }
    assert!(count < 40 || done > count / 2, "most are carried out: {done} of {}", count * 2);
}
