//! The property that no edit can leave a page stale: after any sequence of edits, what an incremental build
//! leaves in the output folder equals a clean build, byte for byte. Some builds are killed half-way, some files of the
//! site are changed by others.
//!
//! `PREPBOOK_SCRIPTS` says how many scripts are tried (all of them without it), `PREPBOOK_SEED` tries one again.

mod common;
#[cfg(target_os = "linux")]
#[path = "faults/shim.rs"]
mod shim;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::edits::{CONFIG, Files, edit, new_book, number, run_scripts, sync};
use common::{Random, bare_theme, scratch_in_memory, site, tree};
use prepbook::base::progress::Progress;
use prepbook::emit::Emitted;
use prepbook::pipeline::{self, Options, Report};

/// How many random books are edited, and how often each.
const SCRIPTS: u64 = 500;
const EDITS: usize = 7;

fn build(root: &Path, output: &Path) -> Report {
    build_with(&Options { root: root.to_owned(), output: Some(output.to_owned()), ..Options::default() })
}

/// Broken links are part of the game: the site is written all the same.
fn build_with(options: &Options) -> Report {
    let options = Options { keep_going: true, ..options.clone() };
    pipeline::build(&options, &Progress::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// What a script knows: the book, and how it is built.
struct Script {
    files: Files,
    options: Options,
    /// Files that others put into the site, or changed in it.
    foreign: BTreeMap<String, Vec<u8>>,
    /// Whether a build was killed since the last comparison.
    killed: bool,
    history: Vec<String>,
    seed: u64,
}

impl Drop for Script {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("PREPBOOK_SEED={} tries it again; what was done: {:#?}", self.seed, self.history);
        }
    }
}

/// What others do to the site between two builds.
fn meddle(script: &mut Script, output: &Path, random: &mut Random) {
    let published: Vec<String> = site(output).into_keys().filter(|path| !script.foreign.contains_key(path)).collect();
    let Some(path) = published.get(random.below(published.len().max(1))).cloned() else { return };
    let target = output.join(&path);
    match random.below(12) {
        0 => {
            fs::remove_file(&target).expect("the file can be removed");
            script.history.push(format!("somebody deletes {path} from the site"));
        }
        // Where a file becomes a folder, somebody's file would be in the way, and the build would stop.
        1 if !path.starts_with("thing.html") => {
            fs::write(&target, "changed by somebody").expect("the file can be written");
            script.foreign.insert(path.clone(), b"changed by somebody".to_vec());
            script.history.push(format!("somebody changes {path} in the site"));
        }
        2 => {
            let name = format!("foreign-{}.txt", random.below(3));
            let path = match target.parent().filter(|parent| !parent.ends_with("thing.html")) {
                Some(parent) if parent != output && !path.starts_with("thing.html") => {
                    let folder = parent.strip_prefix(output).expect("it lies in the site").to_str().expect("UTF-8");
                    format!("{folder}/{name}")
                }
                _ => name,
            };
            fs::write(output.join(&path), "foreign").expect("the file can be written");
            script.foreign.insert(path.clone(), b"foreign".to_vec());
            script.history.push(format!("somebody puts {path} into the site"));
        }
        _ => {}
    }
}

/// A build that is killed at some call, if it makes so many.
#[cfg(target_os = "linux")]
fn killed(script: &mut Script, random: &mut Random) -> bool {
    let output = script.options.output.as_deref().expect("it is given");
    let mut arguments = vec!["build", "--quiet", "--keep-going", shim::text(&script.options.root)];
    arguments.extend(["-d", shim::text(output)]);
    if script.options.drafts {
        arguments.push("--drafts");
    }
    if let Some(url) = &script.options.base_url {
        arguments.extend(["--base-url", url]);
    }
    // Few calls come behind the decision, so the range is chosen by chance too.
    let range = *random.pick(&[12, 40, 120]);
    let number = 1 + random.below(range);
    let ran = shim::Program::new(&arguments, output).at(number, "kill").run();
    assert!(matches!(ran.status, None | Some(0 | 1)), "{:?} {}", ran.status, ran.err);
    script.history.push(format!("a build killed at call {number}: {:?}", ran.status));
    ran.status.is_none()
}

#[cfg(not(target_os = "linux"))]
fn killed(_: &mut Script, _: &mut Random) -> bool {
    false
}

/// How many scripts, builds, clean builds and killed builds there were.
#[derive(Default)]
struct Counts {
    builds: AtomicUsize,
    clean: AtomicUsize,
    killed: AtomicUsize,
}

/// Proves that the site is a clean build's, but for what belongs to others.
fn compare(script: &mut Script, output: &Path, beside: &Path) {
    build_with(&Options { output: Some(beside.to_owned()), ..script.options.clone() });
    let clean = site(beside);
    fs::remove_dir_all(beside).expect("the folder can be removed");
    let mut incremental = site(output);
    let foreign: Vec<String> = script.foreign.keys().cloned().collect();
    for path in foreign.iter().filter(|path| !clean.contains_key(*path)) {
        let bytes = script.foreign.remove(path).expect("it is known");
        let found = incremental.remove(path);
        // A killed build may have made a changed file ours again, and the next one has taken it away.
        if found.is_none() && script.killed && !path.contains("foreign-") {
            continue;
        }
        assert_eq!(found, Some(bytes), "{path} is not ours, and stays");
        // Out of the way, for the day when a page comes there.
        fs::remove_file(output.join(path)).expect("the file can be removed");
    }
    script.foreign.clear();
    script.killed = false;
    let paths = incremental.keys().chain(clean.keys());
    let differ: BTreeSet<&String> = paths.filter(|path| incremental.get(*path) != clean.get(*path)).collect();
    assert!(differ.is_empty(), "{differ:?} differ from a clean build");
}

fn run_script(seed: u64, counts: &Counts) {
    let random = &mut Random::new(seed);
    let scratch = scratch_in_memory();
    let at = |name: &str| -> PathBuf { scratch.path().join(name) };
    let (book, output) = (at("book"), at("site"));
    fs::create_dir(&book).expect("the folder can be made");
    let options = Options { root: book.clone(), output: Some(output.clone()), ..Options::default() };
    let files = new_book(random);
    let mut script = Script { files, options, foreign: BTreeMap::new(), killed: false, history: Vec::new(), seed };
    let kills = seed.is_multiple_of(5);
    for step in 0..=EDITS {
        if step > 0 {
            let done = edit(&mut script.files, &mut script.options, random);
            script.history.push(done);
        }
        sync(&book, &script.files);
        if kills && random.below(3) == 0 && killed(&mut script, random) {
            counts.killed.fetch_add(1, Ordering::Relaxed);
            script.killed = true;
            // Perhaps nobody builds before the next edit.
            if random.below(2) == 0 && step < EDITS {
                continue;
            }
        }
        build_with(&script.options);
        counts.builds.fetch_add(1, Ordering::Relaxed);
        if step == EDITS || !script.foreign.is_empty() || random.below(4) == 0 {
            compare(&mut script, &output, &at("clean"));
            counts.clean.fetch_add(1, Ordering::Relaxed);
        }
        if step < EDITS {
            meddle(&mut script, &output, random);
        }
    }
    let own: Vec<String> = tree(&output.join(".prepbook")).into_keys().collect();
    assert_eq!(own, ["lock", "manifest.json"], "nothing is left behind");
    let again = build_with(&script.options).emitted.expect("the site was written");
    assert_eq!((again.rendered, again.written, again.removed), (0, 0, 0), "the manifest is true");
}

#[test]
fn incremental_equals_clean() {
    let counts = &Counts::default();
    if let Some(seed) = number("PREPBOOK_SEED") {
        return run_script(seed, counts);
    }
    let scripts = number("PREPBOOK_SCRIPTS").unwrap_or(SCRIPTS);
    run_scripts(scripts, |seed| run_script(seed, counts));
    let [builds, clean, killed] =
        [&counts.builds, &counts.clean, &counts.killed].map(|count| count.load(Ordering::Relaxed));
    // Not by a macro: what those print is kept from whoever runs the tests.
    let said = format!(
        "{scripts} scripts of {SCRIPTS}: {builds} builds, {killed} killed, {clean} compared with a clean one\n"
    );
    std::io::stderr().write_all(said.as_bytes()).expect("it can be said");
    assert!(killed > 0 || scripts < 20 || !cfg!(target_os = "linux"));
}

/// A book for counting: a chapter of twenty pages, a chapter whose pages show something of others.
fn counted_book() -> Files {
    let mut files = bare_theme();
    // Each page shows all that it is given, so that none can be rendered without becoming another one.
    for name in ["page", "listing", "contents", "search", "not-found"] {
        let template = files.get_mut(&format!("themes/handbook/templates/{name}.html")).expect("the theme has it");
        template.extend_from_slice(b"<!-- {{ book }} {{ page }} {{ assets }} -->\n");
    }
    let page = |title: &str, text: &str| format!("# {title}\n\n{text}\n").into_bytes();
    files.insert("book.toml".into(), CONFIG.into());
    files.insert("guide/README.md".into(), page("Home", "text"));
    files.insert("guide/1-a/README.md".into(), page("A", "text"));
    for number in 1..=20 {
        let path = format!("guide/1-a/{number}-page-{number}.md");
        files.insert(path, page(&format!("Page {number}"), "## Part\n\ntext\n\n## Other\n\ntext"));
    }
    files.insert("guide/2-b/README.md".into(), page("B", "text"));
    for (name, text) in [
        ("1-part", "[to a part](../1-a/10-page-10.md#part)"),
        ("2-other", "[to the other part](../1-a/10-page-10.md#other)"),
        ("3-page", "[to the page](../1-a/10-page-10.md)"),
        ("4-includes", ":::include{file=_shared.md}"),
        ("5-code", "```python file=code.py\n```"),
        ("6-picture", "![a picture](a.svg)"),
        ("7-file", "[a file](table.csv)"),
        ("8-nothing", "text"),
    ] {
        files.insert(format!("guide/2-b/{name}.md"), page(name, text));
    }
    files.insert("guide/2-b/_shared.md".into(), b"Shared text.\n".to_vec());
    files.insert("guide/2-b/code.py".into(), b"x = 1\n".to_vec());
    files.insert("guide/2-b/a.svg".into(), b"<svg width=\"1\" height=\"1\"></svg>".to_vec());
    files.insert("guide/2-b/table.csv".into(), b"a,b\n".to_vec());
    files
}

/// How many pages an edit renders, and the files of the site that are other ones after it.
struct Edited {
    rendered: usize,
    changed: Vec<String>,
}

/// Does one edit to the counted book.
fn edited(edit: impl FnOnce(&mut Files)) -> Edited {
    let scratch = scratch_in_memory();
    let (book, output) = (scratch.path().join("book"), scratch.path().join("site"));
    let mut files = counted_book();
    fs::create_dir(&book).expect("the folder can be made");
    sync(&book, &files);
    let built = || build(&book, &output).emitted.expect("the site was written");
    built();
    let before = site(&output);
    edit(&mut files);
    sync(&book, &files);
    let emitted = built();
    let after = site(&output);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect();
    assert_eq!(built(), Emitted { kept: after.len(), ..Emitted::default() }, "nothing is left to do");
    Edited { rendered: emitted.rendered, changed }
}

/// Replaces text in a file of the book.
fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text.contains(from), "{path}: {from}");
    files.insert(path.into(), text.replace(from, to).into_bytes());
}

/// Proves that an edit renders the pages `shown` and no other, and that no file but `others` changes with them. For
/// `site.json` nothing is said: it has the hashes of pages; nor for `print.html`: it has the pages. Of the search index no more texts change than pages.
fn shows_on(edit: impl FnOnce(&mut Files), shown: &[&str], others: &[&str]) {
    let edited = edited(edit);
    let changed = edited.changed.iter().map(String::as_str).filter(|path| *path != "print.html");
    let (pages, rest): (Vec<&str>, Vec<&str>) = changed.partition(|path| path.ends_with(".html"));
    // The name of a chapter's part of the contents has a hash in it: `contents/b-*.js`.
    let (index, rest): (Vec<&str>, Vec<&str>) = rest.into_iter().partition(|path| is_of_search(path));
    let texts = index.iter().filter(|path| path.starts_with("search/") && **path != "search/root.js");
    assert!(texts.count() <= shown.len(), "a page has one file of texts: {index:?}");
    let mut rest: Vec<String> = rest.into_iter().filter(|path| *path != "site.json").map(without_hash).collect();
    rest.dedup();
    assert_eq!((pages, rest), (shown.to_vec(), others.iter().map(|path| (*path).to_owned()).collect()));
    assert_eq!(edited.rendered, shown.len(), "nothing is rendered in vain");
}

/// Whether a file is one of the search index. Its root and its files of words may change with any text.
fn is_of_search(path: &str) -> bool {
    path.ends_with(".js") && ["search/", "assets/search-"].iter().any(|start| path.starts_with(start))
}

fn without_hash(path: &str) -> String {
    match path.rsplit_once('-') {
        Some((start, end)) if path.ends_with(".js") => format!("{start}-*.{}", end.rsplit('.').next().unwrap_or("")),
        _ => path.to_owned(),
    }
}

const TEN: &str = "guide/1-a/10-page-10.md";

#[test]
fn nothing_is_rendered_where_nothing_changed() {
    shows_on(|_| {}, &[], &[]);
}

#[test]
fn a_paragraph_shows_on_its_page() {
    shows_on(|files| replace(files, TEN, "text", "another text"), &["a/page-10.html"], &[]);
}

#[test]
fn a_heading_shows_on_its_page_and_pages_that_link_to_it_stay() {
    // What they link to is not theirs to show; that the link is broken is reported all the same.
    shows_on(|files| replace(files, TEN, "## Part", "## Piece"), &["a/page-10.html"], &[]);
    let scratch = scratch_in_memory();
    let (book, output) = (scratch.path().join("book"), scratch.path().join("site"));
    let mut files = counted_book();
    fs::create_dir(&book).expect("the folder can be made");
    sync(&book, &files);
    assert!(build(&book, &output).diagnostics.is_empty());
    replace(&mut files, TEN, "## Part", "## Piece");
    sync(&book, &files);
    let report = build(&book, &output);
    let found: Vec<(&str, &str)> =
        report.diagnostics.iter().map(|found| (found.code.name(), found.place.path.as_str())).collect();
    assert_eq!(found, [("link/missing-anchor", "guide/2-b/1-part.md")]);
}

#[test]
fn a_title_shows_where_the_page_is_listed() {
    // Among the eight entries around a page that it lists, itself included; on its chapter's page; in the contents.
    let shown = [
        "a/index.html",
        "a/page-10.html",
        "a/page-11.html",
        "a/page-12.html",
        "a/page-13.html",
        "a/page-14.html",
        "a/page-7.html",
        "a/page-8.html",
        "a/page-9.html",
        "contents.html",
    ];
    shows_on(
        |files| replace(files, TEN, "# Page 10", "# Renamed"),
        &shown,
        &["contents/a-*.js", "contents/root.js", "llms.txt"],
    );
}

#[test]
fn a_chapters_title_shows_on_every_page() {
    let mut shown: Vec<String> = (1..=20).map(|number| format!("a/page-{number}.html")).collect();
    let rest = "a/index b/code b/code.py b/file b/includes b/index b/nothing b/other b/page b/part b/picture \
        b/table.csv contents index search";
    // But not on the one for addresses that are not there.
    shown.extend(rest.split_whitespace().map(|name| format!("{name}.html")));
    shown.sort();
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    shows_on(
        |files| replace(files, "guide/1-a/README.md", "# A", "# Renamed"),
        &shown,
        &["contents/root.js", "llms.txt"],
    );
}

#[test]
fn files_show_on_the_pages_that_include_them() {
    let edit = |path: &'static str, from: &'static str, to: &'static str| {
        move |files: &mut Files| replace(files, &format!("guide/2-b/{path}"), from, to)
    };
    shows_on(edit("_shared.md", "Shared", "Other"), &["b/includes.html"], &[]);
    shows_on(edit("code.py", "1", "2"), &["b/code.html", "b/code.py.html"], &["b/code.py"]);
    shows_on(edit("table.csv", "a", "c"), &["b/table.csv.html"], &["b/table.csv"]);
    shows_on(edit("a.svg", "width=\"1", "width=\"2"), &["b/picture.html"], &["b/a.svg"]);
    // A picture of the same size is another file on the same page.
    shows_on(edit("a.svg", "<svg", "<svg id=\"a\""), &[], &["b/a.svg"]);
}

#[test]
fn a_new_page_shows_on_its_neighbours() {
    let add = |files: &mut Files| drop(files.insert("guide/2-b/9-new.md".into(), b"# New\n".to_vec()));
    let shown = ["b/file.html", "b/index.html", "b/new.html", "b/nothing.html", "b/picture.html", "contents.html"];
    shows_on(add, &shown, &["contents/b-*.js", "contents/root.js", "llms.txt"]);
}

#[test]
fn a_template_renders_every_page() {
    for name in ["page", "listing", "redirect"] {
        let path = format!("themes/handbook/templates/{name}.html");
        let edited = edited(|files| files.get_mut(&path).expect("the theme has it").extend_from_slice(b"<!-- x -->\n"));
        // Home, two chapters, 20 and 8 pages, two listings, the contents, search and the page for missing addresses.
        assert_eq!(edited.rendered, 1 + 2 + 20 + 8 + 2 + 3, "{name}");
    }
    let edited = edited(|files| replace(files, "book.toml", "\"Book\"", "\"Other\""));
    assert_eq!(edited.rendered, 36, "the book's title is on every page");
}
