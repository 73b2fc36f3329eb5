//! `prepbook test` against running programs: every folder in `tests/runner/` is a book and what is said of its code. Needs
//! Python 3.9, Node.js 20.10 and a JDK 17, and pip that can install pytest.
//!
//! `UPDATE=1 CASE=fences cargo test --test runner` writes the expectation of a case.

#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::{Run, copy, folders, repository, scratch, tree};
use serde_json::Value;

/// What the program is told where a case has no `args`.
const DEFAULT_ARGS: &str = "test --format short";

/// Where pip leaves pytest, for all cases and for the next run of these tests.
fn cache() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prepbook-test");
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// A copy of a case's book, in a folder of its own.
struct Book {
    scratch: tempfile::TempDir,
}

impl Book {
    fn of(case: &str) -> Self {
        let book = Self { scratch: scratch() };
        copy(&repository().join("tests/runner").join(case), &book.root());
        for file in ["args", "expected.txt"] {
            let _ = fs::remove_file(book.root().join(file));
        }
        fs::create_dir(book.temporary()).expect("the folder can be made");
        symlink(cache(), book.root().join(".prepbook-test")).expect("a link can be made");
        book
    }

    /// A book with one page.
    fn with(page: &str) -> Self {
        let book = Self { scratch: scratch() };
        fs::create_dir_all(book.root().join("guide")).expect("the folder can be made");
        fs::create_dir(book.temporary()).expect("the folder can be made");
        fs::write(book.root().join("book.toml"), "[book]\nsrc = \"guide\"\n").expect("the file can be written");
        fs::write(book.root().join("guide/README.md"), page).expect("the file can be written");
        book
    }

    fn root(&self) -> PathBuf {
        self.scratch.path().join("a book")
    }

    /// The folder for what is not to last.
    fn temporary(&self) -> PathBuf {
        self.scratch.path().join("tmp")
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
        command.args(arguments).args(["--color", "never"]).current_dir(folder).env("TMPDIR", self.temporary());
        // What tests of a guide must not see.
        command.env("PREPBOOK_SECRET", "hidden");
        command
    }

    /// Runs the program and looks that nothing is left behind.
    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(&self.root(), arguments)
    }

    fn run_in(&self, folder: &Path, arguments: &[&str]) -> Run {
        self.finished(self.command(folder, arguments))
    }

    fn finished(&self, mut command: Command) -> Run {
        let guide = self.root().join("guide");
        let before = tree(&guide);
        let output = command.output().expect("the program starts");
        assert!(tree(&guide) == before, "something is left in the source folder");
        assert_eq!(tree(&self.temporary()).into_keys().collect::<Vec<_>>(), Vec::<String>::new());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        let status = output.status.code().expect("the program was not killed");
        Run { status, out: text(output.stdout), err: text(output.stderr) }
    }
}

/// What was said, without how long it took.
fn timeless(said: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" in ") {
        Some((start, time)) if time.ends_with(" s") && !line.contains("[test/") => format!("{start} in TIME"),
        _ => line.to_owned(),
    };
    said.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn every_case_says_what_it_should() {
    let update = std::env::var_os("UPDATE").is_some();
    let only = std::env::var("CASE").ok();
    let names = folders(&repository().join("tests/runner"));
    let names = names.iter().filter_map(|folder| folder.file_name()?.to_str());
    let names: Vec<&str> = names.filter(|name| only.as_ref().is_none_or(|only| only == name)).collect();
    assert!(!names.is_empty(), "no such case");
    // Each waits for others more than it works.
    let failures: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = names.iter().map(|name| scope.spawn(move || case(name, update))).collect();
        runs.into_iter().filter_map(|run| run.join().expect("the case ends")).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn case(name: &str, update: bool) -> Option<String> {
    let folder = repository().join("tests/runner").join(name);
    let args = fs::read_to_string(folder.join("args")).unwrap_or_else(|_| DEFAULT_ARGS.to_owned());
    let Run { status, out, err } = Book::of(name).run(&args.split_whitespace().collect::<Vec<_>>());
    let said = format!("{}exit status {status}\n", timeless(&(out + &err)));
    let file = folder.join("expected.txt");
    if update {
        fs::write(&file, &said).expect("the expectation can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    (said != expected).then(|| format!("{name} says:\n{said}\ninstead of:\n{expected}"))
}

/// A folder with nothing but these programs, for `PATH`.
fn programs(scratch: &Path, names: &[&str]) -> PathBuf {
    let folder = scratch.join("programs");
    fs::create_dir(&folder).expect("the folder can be made");
    for name in names {
        let path = std::env::var_os("PATH").expect("a search path");
        let program = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file());
        symlink(program.unwrap_or_else(|| panic!("{name} is not installed")), folder.join(name)).expect("a link");
    }
    folder
}

#[test]
fn what_is_missing_is_said_aloud_and_fails_under_strict() {
    let book = Book::of("passing");
    let folder = programs(book.scratch.path(), &["java"]);
    let without = |arguments: &[&str]| {
        let mut command = book.command(&book.root(), &[&["test", "--format", "short"], arguments].concat());
        command.env("PATH", &folder);
        let said = book.finished(command);
        (said.status, timeless(&said.err))
    };
    let expected = "guide/README.md:3:1: warning[test/runner-missing]: Python (`python3`) is not there: \
                    1 file and 2 samples not run; install Python 3.9 or newer\n\
                    guide/README.md:23:4: warning[test/runner-missing]: Node.js (`node`) is not there: \
                    1 file and 1 sample not run; install Node.js 20.10 or newer\n\
                    tested: 2 passed, 5 skipped in TIME\n";
    assert_eq!(without(&["--strict"]), (1, expected.to_owned()));
    let (status, said) = without(&["-l", "python"]);
    assert!(status == 0 && said.ends_with("tested: 3 skipped in TIME\n"), "{said}");
}

#[test]
fn an_environment_that_pip_cannot_fill_is_missing_too() {
    let book = Book::of("requirements");
    fs::remove_file(book.root().join(".prepbook-test")).unwrap();
    let without_packages = || {
        let mut command = book.command(&book.root(), &["test"]);
        command.env("PIP_NO_INDEX", "1").env("PIP_FIND_LINKS", book.temporary()).env("PIP_CONFIG_FILE", "/dev/null");
        command
    };
    let said = book.finished(without_packages());
    assert_eq!(said.status, 0, "{}", said.err);
    for words in
        ["warning[test/runner-missing]: pip cannot install pytest: 1 file not run", "No matching distribution found"]
    {
        assert!(said.err.contains(words), "{}", said.err);
    }
    // What was left half made is made anew.
    let again = book.run(&["test", "--format", "short"]);
    assert_eq!(again.status, 0, "{}", again.err);
    assert!(again.err.contains("tested: 1 passed in") && !again.err.contains("runner-missing"), "{}", again.err);
    // And then nothing needs to be installed.
    let third = book.finished(without_packages());
    assert!(third.err.contains("tested: 1 passed in") && !third.err.contains("runner-missing"), "{}", third.err);
    let ignored = fs::read_to_string(book.root().join(".prepbook-test/.gitignore")).unwrap();
    assert_eq!(ignored, "*\n");
}

#[test]
fn languages_and_paths_select() {
    let book = Book::of("passing");
    let tested = |folder: &str, arguments: &[&str]| {
        let said = book.run_in(&book.root().join(folder), &[&["test"], arguments].concat());
        timeless(&said.err).lines().last().unwrap_or_default().to_owned()
    };
    let passed = |count: usize| format!("tested: {count} passed in TIME");
    assert_eq!(tested("", &["-l", "js"]), passed(3));
    assert_eq!(tested("", &["-l", "py", "-l", "javascript"]), passed(9));
    assert_eq!(tested("", &["guide/README.md", "-l", "py"]), passed(2));
    assert_eq!(tested("", &["guide/code/js"]), passed(2));
    assert_eq!(tested("", &["code/js"]), passed(2));
    assert_eq!(tested("", &["guide/code/js/cart.test.mjs", "guide/code/java"]), passed(3));
    // The page's block is about this file.
    assert_eq!(tested("", &["guide/code/shop/cart.py"]), passed(1));
    assert_eq!(tested("guide", &["..", "code/js"]), passed(2));
    assert_eq!(tested("..", &["a book", "guide/code/js"]), passed(2));
    assert_eq!(tested("..", &["a book", "a book/guide/code/js"]), passed(2));
    for (arguments, words) in [
        (&["guide/code/js", "-l", "java"][..], "there is nothing to test in guide/code/js"),
        (&["guide/code/js", "guide/code/shop/conftest.py"], "there is nothing to test in guide/code/shop/conftest.py"),
        (&["nowhere"], "nowhere is not there"),
        (&["/"], "/ lies outside the book"),
    ] {
        let said = book.run(&[&["test", "--format", "sarif"], arguments].concat());
        assert_eq!(said.status, 2, "{}", said.err);
        assert!(said.err.contains(words) && said.out.contains("\"executionSuccessful\":false"), "{}", said.err);
    }
    let said = book.run_in(&book.temporary(), &["test", "nowhere"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("there is no folder nowhere"), "{}", said.err);
}

#[test]
fn a_book_without_code_says_so() {
    let book = Book::with("# Home\n");
    let said = book.run(&["test", "--strict"]);
    assert_eq!((said.status, timeless(&said.err).as_str()), (0, "tested: nothing in TIME\n"));
}

#[test]
fn every_format_tells_what_was_said() {
    let book =
        Book::with("# Home\n\n```python run\nprint('a secret: AKIAQ3EGT6BWIVJ2LPOX')\nassert 1 == 2, 'no'\n```\n");
    let json = book.run(&["test", "--format", "json", "-q"]);
    let lines: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((json.status, json.err.as_str(), lines.len()), (1, "", 2));
    assert_eq!(lines[0]["code"], "test/failed");
    assert_eq!((&lines[0]["start"]["line"], &lines[0]["end"]["column"]), (&5.into(), &20.into()));
    let output = lines[0]["output"].as_array().expect("a list");
    assert_eq!(output[0], "a secret: AKIA****************");
    assert_eq!(output[2], "  File \"guide/README.md\", line 5, in <module>");
    assert_eq!(output[output.len() - 1], "AssertionError: no");
    assert_eq!((&lines[1]["errors"], &lines[1]["ok"]), (&1.into(), &false.into()));
    let github = book.run(&["test", "--format", "github", "-q"]);
    assert!(
        github.out.starts_with("::error file=guide/README.md,line=5,endLine=5,col=1,endColumn=20,title=test/failed::")
    );
    assert!(github.out.contains("%0AAssertionError: no\n"), "{}", github.out);
    let human = book.run(&["test"]);
    assert!(human.err.contains("5 | assert 1 == 2, 'no'\n  | ^^^^^^^^^^^^^^^^^^^\n"), "{}", human.err);
    assert!(human.err.contains("\n          AssertionError: no\n"), "{}", human.err);
    assert!(!(json.out + &github.out + &human.err).contains("AKIAQ"));
}

#[test]
fn long_output_is_cut_and_says_so() {
    let book = Book::of("limits");
    let said = book.run(&["test", "guide/README.md", "-l", "python"]);
    assert!(
        said.err.contains("of the output, 7875 bytes more than `output-limit`, 1 KiB, are left out"),
        "{}",
        said.err
    );
    assert!(said.err.contains("line 999\n") && !said.err.contains("line 500\n"), "{}", said.err);
}

#[test]
fn drafts_are_tested_when_they_are_asked_for() {
    let book = Book::with("---\ndraft: true\n---\n\n# Home\n");
    fs::write(book.root().join("guide/a.md"), "---\ndraft: true\n---\n\n```python run\nassert False\n```\n").unwrap();
    assert_eq!(book.run(&["test"]).status, 0);
    assert_eq!(book.run(&["test", "--drafts"]).status, 1);
}

#[test]
fn limits_are_read_from_the_book() {
    let book = Book::with("# Home\n");
    let config = "[book]\nsrc = \"guide\"\n\n[test]\ntimeout = 0\noutput-limit = \"much\"\ntimeuot = 1\n";
    fs::write(book.root().join("book.toml"), config).unwrap();
    let said = book.run(&["test", "--format", "short"]);
    let expected = "book.toml:5:11: error[config/bad-value]: `timeout` cannot be `0`; it wants seconds, a day at the most\n\
                    book.toml:6:16: error[config/wrong-type]: `output-limit` wants a whole number, and this is a text; \
                    write a number, without quotes\n\
                    book.toml:7:1: error[config/misspelt-key]";
    assert!(said.status == 1 && said.err.starts_with(expected), "{}", said.err);
}

#[test]
fn ctrl_c_ends_everything() {
    let book = Book::with("");
    let file = book.scratch.path().join("numbers");
    let page = format!(
        "# Home\n\n```python run\nimport os, subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', \
         'import time; time.sleep(600)'])\nopen({file:?}, 'w').write(f'{{os.getpid()}} {{child.pid}} ')\nchild.wait()\n```\n"
    );
    fs::write(book.root().join("guide/README.md"), page).unwrap();
    let mut run =
        book.command(&book.root(), &["test", "-q"]).stderr(Stdio::null()).spawn().expect("the program starts");
    let numbers = |text: String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let started = until(|| fs::read_to_string(&file).ok().filter(|text| text.ends_with(' ')).map(numbers));
    signal("-INT", &run.id().to_string());
    assert_eq!(run.wait().expect("the program ends").code(), Some(130));
    for number in started {
        until(|| (!signal("-0", &number)).then_some(()));
    }
    assert_eq!(folders(&book.temporary()), Vec::<PathBuf>::new());
}

/// Whether a process could be sent a signal.
fn signal(name: &str, number: &str) -> bool {
    Command::new("kill").args([name, number]).stderr(Stdio::null()).status().expect("kill starts").success()
}

/// What `look` gives in the end.
fn until<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "waited for too long");
        thread::sleep(Duration::from_millis(10));
    }
}
