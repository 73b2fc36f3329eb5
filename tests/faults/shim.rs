//! Runs of the program with faults between it and the disk, and what must be true of a site after each.

#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use crate::common::{bare_theme, repository, site, tree, write};
use prepbook::base::progress::Progress;
use prepbook::emit::Emitted;
use prepbook::pipeline::{self, Options};

/// Files by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The shared object, compiled once.
fn shim() -> &'static Path {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let source = repository().join("tests/faults/shim.c");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let made = folder.join(format!("shim-{}.so", std::process::id()));
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .args([&made, &source])
            .output()
            .expect("a C compiler is called cc");
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
        // One name for all runs, so that they do not pile up; whoever has loaded the one before keeps it.
        let object = folder.join("shim.so");
        fs::rename(&made, &object).expect("the shim can be moved");
        object
    })
}

/// Says something to whoever runs the tests: what a macro prints is kept from them.
pub fn say(line: std::fmt::Arguments<'_>) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).expect("it can be said");
}

/// `PREPBOOK_EVERY=8` meets every eighth call with a fault, and kills an eighth of the processes; without it none is
/// left out.
pub fn every() -> usize {
    let Ok(value) = std::env::var("PREPBOOK_EVERY") else { return 1 };
    let every = value.parse().ok().filter(|every| *every > 0);
    every.unwrap_or_else(|| panic!("PREPBOOK_EVERY is no number: {value}"))
}

/// What a run with a fault did.
pub struct Ran {
    /// The exit status; `None` when it was killed.
    pub status: Option<i32>,
    /// What it said.
    pub err: String,
    /// The calls that changed the output folder, each before it was made.
    pub log: Vec<String>,
}

impl Ran {
    /// Whether the new site was decided: the journal is whole.
    pub fn decided(&self) -> bool {
        decision(self.made()).is_some()
    }

    /// Whether all files were in place and the journal was taken away.
    pub fn finished(&self) -> bool {
        end(self.made()).is_some()
    }

    /// The calls without the one at which the run was stopped.
    fn made(&self) -> &[String] {
        &self.log[..self.log.len().saturating_sub(usize::from(self.status.is_none()))]
    }
}

/// Which of `calls` decides on the new site.
pub fn decision(calls: &[String]) -> Option<usize> {
    calls.iter().position(|line| line.starts_with("rename ") && line.ends_with("/.prepbook/journal.json"))
}

/// Which of `calls` takes the journal of that site away. An earlier run's journal may have gone before.
pub fn end(calls: &[String]) -> Option<usize> {
    let decision = decision(calls)?;
    let later =
        calls[decision..].iter().position(|line| line.starts_with("unlink ") && line.ends_with("/journal.json"));
    Some(decision + later?)
}

/// A run of the program to come.
pub struct Program {
    command: Command,
    log: PathBuf,
}

impl Program {
    /// `prepbook ARGUMENTS`, in which calls on paths below `under` count. What it keeps lies beside `under`.
    pub fn new(arguments: &[&str], under: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
        let log = under.with_extension("log");
        let _ = fs::remove_file(&log);
        command
            .args(arguments)
            .args(["--color", "never"])
            .env("LD_PRELOAD", shim())
            .env("SHIM_UNDER", under)
            .env("SHIM_LOG", &log)
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        Self { command, log }
    }

    /// `build BOOK -d SITE`.
    pub fn build(book: &Path, site: &Path) -> Self {
        Self::new(&["build", "--quiet", text(book), "-d", text(site)], site)
    }

    /// `check BOOK`.
    pub fn check(book: &Path, site: &Path) -> Self {
        Self::new(&["check", "--quiet", text(book)], site)
    }

    /// `clean -d SITE`.
    pub fn clean(book: &Path, site: &Path) -> Self {
        Self::new(&["clean", "--quiet", text(book), "-d", text(site)], site)
    }

    /// At the nth call `action` happens: see `shim.c`.
    pub fn at(self, number: usize, action: &str) -> Self {
        self.with("SHIM_AT", &number.to_string()).with("SHIM_DO", action)
    }

    /// One of the variables that `shim.c` reads.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it.
    pub fn start(&mut self) -> Child {
        self.command.spawn().expect("the program starts")
    }

    /// Waits for one that was started.
    pub fn wait(&self, child: Child) -> Ran {
        let output = child.wait_with_output().expect("the program ends");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!err.contains("panicked"), "{err}");
        let killed = output.status.signal();
        assert!(killed.is_none_or(|signal| signal == 9), "signal {killed:?}: {err}");
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        Ran { status: output.status.code(), err, log: log.lines().map(str::to_owned).collect() }
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Ran {
        let child = self.start();
        self.wait(child)
    }
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths in tests are UTF-8")
}

/// A build without faults.
pub fn build(book: &Path, site: &Path) -> Emitted {
    let options = Options { root: book.to_owned(), output: Some(site.to_owned()), ..Options::default() };
    let report = pipeline::build(&options, &Progress::default()).unwrap_or_else(|error| panic!("{error}"));
    let words: Vec<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    report.emitted.unwrap_or_else(|| panic!("not published: {words:?}"))
}

/// What a clean build of `book` gives; `beside` is a folder for it.
pub fn clean_build(book: &Path, beside: &Path) -> Files {
    let _ = fs::remove_dir_all(beside);
    build(book, beside);
    let files = site(beside);
    fs::remove_dir_all(beside).expect("the folder can be removed");
    files
}

/// Builds what a stopped run left, and proves that nothing is left of it: the site is `new`, prepbook's own
/// folder holds its two files and no other, and one more build finds nothing to do.
pub fn heals(book: &Path, site_folder: &Path, new: &Files, context: &str) {
    build(book, site_folder);
    same(&site(site_folder), new, context);
    let own: Vec<String> = tree(&site_folder.join(".prepbook")).into_keys().collect();
    assert_eq!(own, ["lock", "manifest.json"], "{context}");
    assert!(!site_folder.join(".prepbook/staging").exists(), "{context}");
    let again = build(book, site_folder);
    assert_eq!((again.rendered, again.written, again.removed), (0, 0, 0), "{context}: the manifest is true");
}

/// Compares two sites and names the files that differ.
pub fn same(left: &Files, right: &Files, context: &str) {
    let paths = left.keys().chain(right.keys());
    let differ: Vec<&String> = paths.filter(|path| left.get(*path) != right.get(*path)).collect();
    assert!(differ.is_empty(), "{context}: {differ:?} differ");
}

/// Proves that each file is one of its `versions`, whole: what a reader can meet while a run is under way, or
/// after one was stopped.
pub fn whole(now: &Files, versions: &[&Files], context: &str) {
    for (path, bytes) in now {
        let known = versions.iter().any(|version| version.get(path) == Some(bytes));
        assert!(known, "{context}: {path} is no whole file of any version ({} bytes)", bytes.len());
    }
}

/// Proves that no page of a site asks for a style sheet that is not there.
pub fn styled(now: &Files, context: &str) {
    for (path, bytes) in now.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        let Some(style) = page.split("<!-- style: ").nth(1).and_then(|rest| rest.split(" -->").next()) else {
            continue;
        };
        let style = style.trim_start_matches("../");
        assert!(now.contains_key(style), "{context}: {path} wants {style}");
    }
}

/// A theme of a few lines, with a style sheet that is asked for on each page.
pub fn theme(style: &str) -> Files {
    let mut files = bare_theme();
    let page = files.get_mut("themes/handbook/templates/page.html").expect("the theme has it");
    page.extend_from_slice(b"<!-- style: {{ assets.style }} -->\n");
    let manifest = "name = \"bare\"\nstyles = [\"css/a.css\"]\nboot = \"js/boot.js\"\nscripts = []\n";
    files.insert("themes/handbook/theme.toml".into(), manifest.into());
    files.insert("themes/handbook/css/a.css".into(), style.into());
    files
}

/// A small book in two versions, between which all happens that can happen to a file: it stays, changes, comes,
/// goes, becomes a folder, a folder becomes a file.
pub fn two_books(folder: &Path) -> (PathBuf, PathBuf) {
    let book = |style: &str, files: &[(&str, &str)]| {
        let mut all = theme(style);
        let config = "[book]\ntitle = \"Book\"\nsrc = \"guide\"\n";
        all.insert("book.toml".into(), config.into());
        all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
        all
    };
    let long = "A line that is long enough to be cut in two.\n\n".repeat(300);
    let old = book(
        "a { color: red }",
        &[
            ("guide/README.md", "# Home\n\n[code](code.py), [table](table.csv), [picture](a.svg)\n"),
            ("guide/1-one/README.md", &format!("# One\n\n{long}")),
            ("guide/1-one/1-stays.md", "# Stays\n"),
            ("guide/1-one/2-goes.md", "# Goes\n"),
            ("guide/deep/er/gone.md", "# Gone, and its folders with it\n"),
            ("guide/thing.html", "<p>a file</p>"),
            ("guide/other.html/README.md", "# A folder\n"),
            ("guide/code.py", "x = 1\n"),
            ("guide/table.csv", "a,b\n"),
            ("guide/a.svg", "<svg width=\"1\" height=\"1\"></svg>"),
        ],
    );
    let new = book(
        "a { color: blue }",
        &[
            ("guide/README.md", "# Home\n\n[code](code.py), [table](table.csv), [picture](a.svg)\n"),
            ("guide/1-one/README.md", &format!("# One\n\n{long}{long}")),
            ("guide/1-one/1-stays.md", "# Stays\n"),
            ("guide/1-one/3-comes.md", "# Comes\n"),
            ("guide/thing.html/README.md", "# A folder\n"),
            ("guide/thing.html/more.md", "# More\n"),
            ("guide/other.html", "<p>a file</p>"),
            ("guide/code.py", "x = 2\n"),
            ("guide/table.csv", "a,b\n"),
            ("guide/a.svg", "<svg width=\"2\" height=\"1\"></svg>"),
        ],
    );
    let paths = (folder.join("old-book"), folder.join("new-book"));
    write(&paths.0, &old, false);
    write(&paths.1, &new, false);
    paths
}
