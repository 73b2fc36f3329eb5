//! The property that `serve` shows nothing stale: after any sequence of edits, whether each file that changed is named or
//! all are looked at, every address gives what a clean build writes there, and the same is wrong as `check` finds.
//!
//! `PREPBOOK_SCRIPTS` says how many scripts are tried, a third of those of `incremental.rs` (all of them without it),
//! `PREPBOOK_SEED` tries one again.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::edits::{Files, edit, new_book, number, run_scripts, sync};
use common::{Random, scratch_in_memory, site};
use prepbook::base::files::Reader;
use prepbook::base::progress::Progress;
use prepbook::pipeline::{self, Options};
use prepbook::workspace::{Content, Look, Snapshot, Workspace};

/// How many random books are edited, and how often each.
const SCRIPTS: u64 = 150;
const EDITS: usize = 12;

/// One edit within a page, most of them of no interest to the rest of the book; some look no different and are.
fn edit_a_page(files: &mut Files, random: &mut Random) -> String {
    let pages: Vec<String> =
        files.keys().filter(|path| path.starts_with("guide/") && path.ends_with(".md")).cloned().collect();
    let path = random.pick(&pages).clone();
    let text = String::from_utf8_lossy(&files[&path]).into_owned();
    let at = text.find("\n\n").map_or(text.len(), |at| at + 2);
    let words = *random.pick(&[
        "A sentence.\n\n",
        "> A quote.\n\n",
        "```python\ny = 2\n```\n\n",
        "```nolanguage\ny\n```\n\n",
        "- [ ] a task\n\n",
        "<b>raw",
        ":::unknown\nx\n:::\n\n",
        "[^9]\n\n",
        "[t](/table.csv)\n\n",
        "![p](/picture.svg)\n\n",
        "[c](../1-one/code.py)\n\n",
        "[f](../2-two/)\n\n",
        "<a id=\"here\"></a>\n\n",
        "[h](#here)\n\n",
        "[n](../1-one/1-first.md#here)\n\n",
        "## More\n\n",
        ":::include{file=../1-one/1-first.md}\n\n",
        "```python file=../1-one/code.py\n```\n\n",
        ":::questions{topic=a}\n\n",
        ":term[XSS] :ref[x]{asvs}\n\n",
        "::::drill[New]{#new minutes=3}\nDo it.\n\n:::answer\nDone.\n:::\n::::\n\n",
        ":::checklist[New]{#list}\n- [ ] Task {#task}\n:::\n\n",
        ":::threat-model{src=../m.threat-model.yaml}\n\n",
    ]);
    let text = match random.below(4) {
        0 | 3 => format!("{}{words}{}", &text[..at], &text[at..]),
        1 => text.replace("text", "other text"),
        _ => format!("{text}\n{words}"),
    };
    files.insert(path.clone(), text.into_bytes());
    format!("in {path}: {words:?}")
}

/// Everything that a snapshot has, by address.
fn served(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let read = |url| match snapshot.content(url).expect("it is one of its addresses") {
        Content::Page(page) => page.unwrap_or_else(|problem| panic!("{}", problem.message)),
        Content::Data(bytes) => bytes,
        Content::File(path) => fs::read(path).expect("the file can be read"),
    };
    snapshot.addresses().iter().map(|url| (url.as_str().to_owned(), read(url))).collect()
}

/// What only a published site has: its service worker, and the list of what that keeps.
fn is_built(path: &str) -> bool {
    ["sw.js", "offline.json"].contains(&path)
}

/// A file with the names of a theme's files without their hashes, and without the service worker.
fn plain(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if let Some(at) = text.find(" data-worker=\"") {
        let end = at + text[at..].find(" defer>").expect("it is an attribute of the main script");
        text.replace_range(at..end, "");
    }
    for name in ["handbook", "practice", "search", "voice", "boot", "core"] {
        let start = format!("assets/{name}-");
        while let Some(at) = text.find(&start) {
            let end = at + text[at..].find(['.', '"']).expect("it is the name of a file");
            text.replace_range(at + start.len() - 1..end, "");
        }
    }
    text
}

struct Script {
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

fn compare(options: &Options, snapshot: &Snapshot, clean: &Path) {
    let options = Options { output: Some(clean.to_owned()), keep_going: true, ..options.clone() };
    pipeline::build(&options, &Progress::default()).unwrap_or_else(|error| panic!("{error}"));
    let (written, served) = (site(clean), served(snapshot));
    fs::remove_dir_all(clean).expect("the folder can be removed");
    let paths: BTreeSet<&String> = written.keys().chain(served.keys()).collect();
    for path in paths.into_iter().filter(|path| !is_built(path)) {
        let [written, served] = [&written, &served].map(|site| site.get(path).map(|bytes| plain(bytes)));
        assert_eq!(served, written, "{path}");
    }
    let checked = pipeline::check(&options, &Progress::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(snapshot.report().diagnostics, checked.diagnostics);
}

fn run_script(seed: u64, looks: &AtomicUsize) {
    let random = &mut Random::new(seed);
    let mut script = Script { history: Vec::new(), seed };
    let scratch = scratch_in_memory();
    let root = scratch.path().join("book");
    fs::create_dir(&root).expect("the folder can be made");
    let mut options = Options { root: root.clone(), ..Options::default() };
    let mut files = new_book(random);
    sync(&root, &files);
    let open = |options: &Options| Workspace::open(options.clone(), Reader::AT_ONCE).expect("the book can be read");
    let mut workspace = open(&options);
    for _ in 0..EDITS {
        let (before, was) = (files.clone(), (options.drafts, options.base_url.clone()));
        for _ in 0..1 + random.below(2) {
            let done = match random.below(2) {
                0 => edit(&mut files, &mut options, random),
                _ => edit_a_page(&mut files, random),
            };
            script.history.push(done);
        }
        sync(&root, &files);
        if was != (options.drafts, options.base_url.clone()) {
            workspace = open(&options);
        }
        let paths: BTreeSet<&String> = before.keys().chain(files.keys()).collect();
        let changed = paths.into_iter().filter(|path| before.get(*path) != files.get(*path));
        let changed: BTreeSet<PathBuf> = changed.map(|path| root.join(path)).collect();
        let look = match random.below(3) {
            0 => Look::Everywhere(BTreeSet::new()),
            _ => Look::At(changed),
        };
        script.history.push(format!("look {look:?}"));
        if matches!(look, Look::Everywhere(_)) {
            // What was changed a moment ago counts as half written.
            settle();
        }
        let step = workspace.look(&look, &BTreeSet::new()).expect("the book can be read");
        looks.fetch_add(usize::from(step.is_some()), Ordering::Relaxed);
        if random.below(3) == 0 {
            compare(&options, workspace.snapshot(), &scratch.path().join("clean"));
        }
    }
    compare(&options, workspace.snapshot(), &scratch.path().join("clean"));
    settle();
    let mut look =
        || workspace.look(&Look::Everywhere(BTreeSet::new()), &BTreeSet::new()).expect("the book can be read");
    look();
    assert!(look().is_none(), "nothing has changed");
}

/// Waits until files count as left alone.
fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(25));
}

#[test]
fn what_is_served_equals_a_clean_build() {
    let looks = &AtomicUsize::new(0);
    if let Some(seed) = number("PREPBOOK_SEED") {
        return run_script(seed, looks);
    }
    let scripts = number("PREPBOOK_SCRIPTS").map_or(SCRIPTS, |scripts| scripts.div_ceil(3).min(SCRIPTS));
    run_scripts(scripts, |seed| run_script(seed, looks));
    assert!(looks.load(Ordering::Relaxed) as u64 > scripts, "edits are found");
}
