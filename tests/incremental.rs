//! The property that no edit can leave a page stale: after any sequence of edits, what an incremental build
//! leaves in the output folder equals a clean build, byte for byte.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Random, bare_theme, scratch, site, tree, write};
use prepbook::base::progress::Progress;
use prepbook::emit::Emitted;
use prepbook::pipeline::{self, Options, Report};

/// How many random books are edited, and how often each.
const SCRIPTS: u64 = 24;
const EDITS: usize = 8;

/// The files of a book by path; the disk is made to equal it after each edit.
type Files = BTreeMap<String, Vec<u8>>;

fn build(root: &Path, output: &Path) -> Report {
    let options = Options {
        root: root.to_owned(),
        output: Some(output.to_owned()),
        // Broken links are part of the game: the site is written all the same.
        keep_going: true,
        ..Options::default()
    };
    pipeline::build(&options, &Progress::default()).expect("the book can be built")
}

const CHAPTERS: [&str; 3] = ["1-one", "2-two", "3-three"];

fn new_book(random: &mut Random) -> Files {
    let mut files = bare_theme();
    files.insert("book.toml".into(), b"[book]\ntitle = \"Book\"\nsrc = \"guide\"\n".to_vec());
    files.insert("guide/README.md".into(), b"# Home\n\n[one](1-one/README.md)\n".to_vec());
    for chapter in CHAPTERS {
        files.insert(format!("guide/{chapter}/README.md"), page(random));
        for number in ["1-first", "2-second", "3-third"] {
            files.insert(format!("guide/{chapter}/{number}.md"), page(random));
        }
    }
    files.insert("guide/1-one/code.py".into(), b"# region a\nx = 1\n# endregion a\ny = 2\n".to_vec());
    files.insert("guide/picture.svg".into(), b"<svg width=\"4\" height=\"3\"></svg>".to_vec());
    files
}

fn page(random: &mut Random) -> Vec<u8> {
    let titles = ["Alpha", "Beta", "Gamma delta", "Épsilon"];
    let links = [
        "[a](1-first.md)",
        "[b](../2-two/README.md#more)",
        "[c](../1-one/code.py#L2)",
        "![d](../picture.svg)",
        "[e](nowhere.md)",
        "<a href=\"../README.md\">f</a>",
        "[g](../3-three/2-second.md#beta)",
    ];
    let blocks = [
        "```python\nx = 1\n```",
        "```python file=../1-one/code.py region=a\n```",
        ":::note[Box]\ntext\n:::",
        "note[^1]\n\n[^1]: foot",
        "> [!TIP]\n> tip",
        ":::include{file=1-first.md}",
    ];
    let front = [
        "",
        "",
        "---\norder: 9\n---\n",
        "---\ndraft: true\n---\n",
        "---\nredirect_from: /old.html\n---\n",
        "---\ntitle: Named\n---\n",
    ];
    let mut text = String::from(*random.pick(&front));
    text.push_str(&format!("# {}\n\n", random.pick(&titles)));
    for _ in 0..random.below(4) {
        text.push_str(&format!(
            "## {}\n\n{} {}\n\n{}\n\n",
            random.pick(&["More", "Beta", "Why"]),
            random.pick(&links),
            random.pick(&links),
            random.pick(&blocks)
        ));
    }
    text.into_bytes()
}

/// One edit of the kinds an author makes.
fn edit(files: &mut Files, random: &mut Random) -> String {
    let pages: Vec<String> =
        files.keys().filter(|path| path.starts_with("guide/") && path.ends_with(".md")).cloned().collect();
    let path = random.pick(&pages).clone();
    match random.below(11) {
        0 | 1 => {
            files.insert(path.clone(), page(random));
            format!("rewrite {path}")
        }
        2 => {
            let text = String::from_utf8_lossy(&files[&path]).replace("# ", "# Renamed ");
            files.insert(path.clone(), text.into_bytes());
            format!("rename the headings of {path}")
        }
        3 => {
            files.get_mut(&path).expect("it is there").extend_from_slice(b"\nOne more paragraph.\n");
            format!("append to {path}")
        }
        4 if path != "guide/README.md" => {
            files.remove(&path);
            format!("delete {path}")
        }
        5 => {
            let bytes = files.remove(&path).expect("it is there");
            let moved = path.replace("first", "moved").replace("second", "first").replace("README", "0-second");
            files.insert(moved.clone(), bytes);
            format!("move {path} to {moved}")
        }
        6 => {
            let chapter = format!("guide/{}/", random.pick(&CHAPTERS));
            let moved: Vec<String> = files.keys().filter(|path| path.starts_with(&chapter)).cloned().collect();
            for path in moved {
                let bytes = files.remove(&path).expect("it is there");
                files.insert(path.replacen("guide/", "guide/9-", 1), bytes);
            }
            format!("rename the folder {chapter}")
        }
        7 => {
            let template = files.get_mut("themes/handbook/templates/page.html").expect("the theme has it");
            template.extend_from_slice(b"<!-- changed -->\n");
            "change a template".into()
        }
        8 => {
            files.insert(
                "guide/picture.svg".into(),
                format!("<svg width=\"{}\" height=\"3\"></svg>", 1 + random.below(9)).into_bytes(),
            );
            "change a picture".into()
        }
        9 => {
            let title = random.below(100);
            let book = format!(
                "[book]\ntitle = \"Book {title}\"\nsrc = \"guide\"\n[output.html]\nsmart-punctuation = {}\n",
                title.is_multiple_of(2)
            );
            files.insert("book.toml".into(), book.into_bytes());
            "change the configuration".into()
        }
        _ => {
            files.insert(
                "guide/1-one/code.py".into(),
                format!("# region a\nx = {}\n# endregion a\n", random.below(50)).into_bytes(),
            );
            "change a source file".into()
        }
    }
}

/// Makes the folder hold exactly `files`.
fn sync(root: &Path, files: &Files) {
    for (path, bytes) in tree(root) {
        if files.get(&path) != Some(&bytes) {
            fs::remove_file(root.join(path)).expect("the file can be removed");
        }
    }
    let on_disk = tree(root);
    let missing: Files = files
        .iter()
        .filter(|(path, _)| !on_disk.contains_key(*path))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    write(root, &missing, false);
}

#[test]
fn incremental_equals_clean() {
    for seed in 0..SCRIPTS {
        let random = &mut Random::new(seed);
        let scratch = scratch();
        let at = |name: &str| -> PathBuf { scratch.path().join(name) };
        let mut files = new_book(random);
        let mut history = Vec::new();
        fs::create_dir(at("book")).expect("the folder can be made");
        for step in 0..EDITS {
            if step > 0 {
                history.push(edit(&mut files, random));
            }
            sync(&at("book"), &files);
            build(&at("book"), &at("site"));
            let clean = at(&format!("clean-{step}"));
            build(&at("book"), &clean);
            let (incremental, clean) = (site(&at("site")), site(&clean));
            let paths: Vec<&String> = incremental
                .keys()
                .chain(clean.keys())
                .filter(|path| incremental.get(*path) != clean.get(*path))
                .collect();
            assert!(paths.is_empty(), "seed {seed} after {history:?}: {paths:?} differ from a clean build");
        }
    }
}

fn emitted(root: &Path, output: &Path) -> Emitted {
    build(root, output).emitted.expect("the site was written")
}

#[test]
fn only_what_an_edit_shows_on_is_rendered() {
    let scratch = scratch();
    let (book, output) = (scratch.path().join("book"), scratch.path().join("site"));
    let mut files = bare_theme();
    let page = |title: &str, text: &str| format!("# {title}\n\n{text}\n").into_bytes();
    files.insert("book.toml".into(), b"[book]\ntitle = \"Book\"\nsrc = \"guide\"\n".to_vec());
    files.insert("guide/README.md".into(), page("Home", "text"));
    files.insert("guide/1-a/README.md".into(), page("A", "text"));
    for number in 1..=60 {
        files
            .insert(format!("guide/1-a/{number}-page-{number}.md"), page(&format!("Page {number}"), "## Part\n\ntext"));
    }
    files.insert("guide/2-b.md".into(), page("B", "[to a part](1-a/30-page-30.md#part)"));
    fs::create_dir(&book).expect("the folder can be made");
    let rendered = |files: &Files| {
        sync(&book, files);
        emitted(&book, &output).rendered
    };
    // All pages, the contents and the page for missing addresses.
    assert_eq!(rendered(&files), 63 + 2);
    assert_eq!(rendered(&files), 0);
    files.insert("guide/1-a/30-page-30.md".into(), page("Page 30", "## Part\n\nanother text"));
    assert_eq!(rendered(&files), 1, "a paragraph shows on its page only");
    // The title shows on the page, before and behind it, among its siblings (a few on each side), in its
    // chapter and in the contents.
    files.insert("guide/1-a/30-page-30.md".into(), page("Renamed", "## Part\n\nanother text"));
    let count = rendered(&files);
    assert!((4..=11).contains(&count), "a title shows where it is listed, not everywhere: {count}");
}
