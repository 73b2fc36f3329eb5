//! Sources that cannot be read, that vanish, that change while they are read: a diagnostic or a whole version, and
//! never a hang.

use std::fs;
use std::io::Write as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::common::{scratch_in_memory, site, write};
use crate::shim::{Files, Program, build, clean_build, heals, same, say, text, theme};

/// What each kind of file in the book is used for.
const KINDS: [&str; 5] = ["guide/page.md", "guide/_part.md", "guide/code.py", "guide/table.csv", "guide/a.svg"];

struct Scene {
    scratch: tempfile::TempDir,
    book: PathBuf,
    site: PathBuf,
    good: Files,
}

fn scene() -> Scene {
    let scratch = scratch_in_memory();
    let book = scratch.path().join("book");
    let mut files = theme("a {}");
    let home = "# Home\n\n[page](page.md), [table](table.csv), ![picture](a.svg)\n\n\
        :::include{file=_part.md}\n\n```python file=code.py\n```\n";
    for (path, text) in [
        ("book.toml", "[book]\ntitle = \"Book\"\nsrc = \"guide\"\n"),
        ("guide/README.md", home),
        ("guide/page.md", "# Page\n"),
        ("guide/_part.md", "A part.\n"),
        ("guide/code.py", "x = 1\n"),
        ("guide/table.csv", "a,b\n"),
        ("guide/a.svg", "<svg width=\"1\" height=\"1\"></svg>"),
    ] {
        files.insert(path.into(), text.into());
    }
    write(&book, &files, false);
    let site_folder = scratch.path().join("site");
    build(&book, &site_folder);
    Scene { good: site(&site_folder), site: site_folder, book, scratch }
}

impl Scene {
    fn clean(&self) -> Files {
        clean_build(&self.book, &self.scratch.path().join("clean"))
    }

    /// The build ends with status 1 and this diagnostic, and the good site stays.
    fn reports(&self, program: Program, words: &str, context: &str) {
        let ran = program.run();
        assert_eq!(ran.status, Some(1), "{context}: {}", ran.err);
        assert!(ran.err.contains(words), "{context}: {}", ran.err);
        same(&site(&self.site), &self.good, context);
    }
}

/// Waits for a program that must not hang.
fn ends(mut child: Child, context: &str) -> (Option<i32>, String) {
    let start = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().expect("it can be killed");
            panic!("{context}: it hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn one_file_that_may_not_be_read() {
    for kind in KINDS {
        let scene = scene();
        let path = scene.book.join(kind);
        for (number, words) in [("13", "Permission denied"), ("5", "Input/output error")] {
            for program in [Program::build(&scene.book, &scene.site), Program::check(&scene.book, &scene.site)] {
                let program = program.with("SHIM_READ", text(&path)).with("SHIM_READ_DO", number);
                scene.reports(program, &format!("error[file/unreadable]: cannot be read: {words}"), kind);
            }
        }
        heals(&scene.book, &scene.site, &scene.good, kind);
    }
}

#[test]
fn one_file_that_is_gone_when_it_is_read() {
    for kind in KINDS {
        let scene = scene();
        let path = scene.book.join(kind);
        let text_of_it = fs::read(&path).expect("the file can be read");
        let program = Program::build(&scene.book, &scene.site);
        let program = program.with("SHIM_READ", text(&path)).with("SHIM_READ_DO", "vanish");
        scene.reports(program, "error[file/unreadable]: cannot be read: No such file or directory", kind);
        assert!(!path.exists(), "{kind} was read");
        fs::write(&path, text_of_it).expect("the file can be written");
        heals(&scene.book, &scene.site, &scene.good, kind);
    }
}

#[test]
fn pipes_sockets_and_folders_in_the_place_of_files() {
    let places = KINDS.into_iter().chain([
        "themes/handbook/css/a.css",
        "themes/handbook/extra.txt",
        "guide/more.md",
        "site/index.html",
        "site/old.html",
    ]);
    for kind in places {
        for make in ["a pipe", "a socket", "a folder"] {
            let scene = scene();
            let context = format!("{make} at {kind}");
            let path = match kind.strip_prefix("site/") {
                Some(name) => scene.site.join(name),
                None => scene.book.join(kind),
            };
            let _ = fs::remove_file(&path);
            match make {
                "a pipe" => assert!(Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success())),
                "a socket" => drop(UnixListener::bind(&path).expect("a socket can be made")),
                _ => fs::create_dir(&path).expect("the folder can be made"),
            }
            let child = Program::build(&scene.book, &scene.site).start();
            let (status, said) = ends(child, &context);
            assert!(matches!(status, Some(0..=2)) && !said.contains("panicked"), "{context}: {status:?} {said}");
            if kind.starts_with("guide/") && make != "a folder" {
                assert_eq!(status, Some(1), "{context}: {said}");
                assert!(said.contains("cannot be read: it is a pipe, a socket or a device"), "{context}: {said}");
                same(&site(&scene.site), &scene.good, &context);
            }
            if status == Some(2) {
                assert!(said.contains(path.file_name().and_then(|name| name.to_str()).unwrap_or("?")), "{said}");
            }
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_again() {
    for kind in KINDS {
        let scene = scene();
        let path = scene.book.join(kind);
        let with = scene.scratch.path().join("with");
        let (old, new) = match kind {
            "guide/a.svg" => ("<svg width=\"1\" height=\"1\"></svg>", "<svg width=\"77\" height=\"55\"></svg>"),
            "guide/code.py" => ("x = 1\ny = 1\n", "x = 2\ny = 2\nz = 2\n"),
            _ => ("# Old\n\nold old old old\n\nold\n", "# New\n\nnew new new\n\nnew and longer\n\nnew\n"),
        };
        fs::write(&with, new).expect("the file can be written");
        // Changed once, in the first read of it; then in each of the first three; then always.
        for times in ["1", "3", "1000"] {
            fs::write(&path, old).expect("the file can be written");
            heals(&scene.book, &scene.site, &scene.clean(), kind);
            let before = site(&scene.site);
            let program = Program::build(&scene.book, &scene.site).with("SHIM_READ", text(&path));
            let program = program.with("SHIM_READ_DO", "change").with("SHIM_WITH", text(&with));
            let ran = program.with("SHIM_TIMES", times).run();
            let now = fs::read_to_string(&path).expect("the file can be read");
            assert_eq!(now, new, "{kind}: the fault happened");
            if times == "1000" {
                assert_eq!(ran.status, Some(1), "{kind}: {}", ran.err);
                let words = "error[file/unreadable]: cannot be read: it is being written to";
                // A picture that cannot be measured is measured by nobody, but it is copied by us.
                assert!(ran.err.contains(words), "{kind}: {}", ran.err);
                same(&site(&scene.site), &before, kind);
            } else {
                assert_eq!(ran.status, Some(0), "{kind}: {}", ran.err);
                same(&site(&scene.site), &scene.clean(), kind);
            }
            heals(&scene.book, &scene.site, &scene.clean(), kind);
        }
    }
}

#[test]
fn a_file_that_is_saved_again_and_again_is_published_whole() {
    let scene = scene();
    let page = scene.book.join("guide/page.md");
    let table = scene.book.join("guide/table.csv");
    let version = |number: usize| format!("# Page\n\n{}\n", format!("version {number}, ").repeat(40 + number % 7));
    let stop = AtomicBool::new(false);
    // Versions in whose middle the writing thread lost the processor for so long that nobody could tell them from
    // whole ones.
    let slow = Mutex::new(Vec::new());
    let mut published = Vec::new();
    let mut others = Vec::new();
    std::thread::scope(|scope| {
        // As an editor saves: the file is emptied and filled in place. The pauses leave room for a build.
        scope.spawn(|| {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                for path in [&page, &table] {
                    let text = version(number);
                    let start = Instant::now();
                    let mut file = fs::File::create(path).expect("the file can be written");
                    let (first, second) = text.as_bytes().split_at(text.len() / 2);
                    file.write_all(first).expect("the file can be written");
                    std::thread::yield_now();
                    file.write_all(second).expect("the file can be written");
                    if start.elapsed() > Duration::from_millis(10) {
                        slow.lock().expect("nobody panicked").push(number);
                    }
                }
                std::thread::sleep(Duration::from_millis([0, 3, 30, 90][number % 4]));
            }
        });
        while published.len() < 10 && others.len() < 200 {
            let ran = Program::build(&scene.book, &scene.site).with("RAYON_NUM_THREADS", "2").run();
            if ran.status == Some(0) { published.push(site(&scene.site)) } else { others.push(ran) }
        }
        stop.store(true, Ordering::Relaxed);
    });
    let slow = slow.into_inner().expect("nobody panicked");
    for ran in &others {
        let known = ran.status == Some(1) && ran.err.contains("it is being written to");
        assert!(known || !slow.is_empty(), "{}", ran.err);
    }
    // The first build may have come before the first version.
    for (files, path) in published.iter().skip(1).flat_map(|files| [(files, "table.csv"), (files, "page.html")]) {
        let text = String::from_utf8_lossy(&files[path]);
        let number = text.split("version ").nth(1).and_then(|rest| rest.split(',').next()?.parse::<usize>().ok());
        let whole = number.is_some_and(|number| text.contains(version(number).trim_start_matches("# Page").trim()));
        let untold = number.map_or(!slow.is_empty(), |number| slow.contains(&number));
        assert!(whole || untold, "{path}: {text}");
    }
    say(format_args!(
        "{} builds published a file that was being saved, {} said that it is being written to; {} saves were slow",
        published.len(),
        others.len(),
        slow.len()
    ));
    assert_eq!(published.len(), 10);
    heals(&scene.book, &scene.site, &scene.clean(), "at rest");
}

#[test]
fn a_file_that_only_grows_does_not_stop_a_build() {
    let scene = scene();
    let log = scene.book.join("guide/page.md");
    let line = "one more line, whole\n\n";
    let mut child = Command::new("sh")
        .args(["-c", &format!("while :; do printf '{}' >> \"$0\"; sleep 0.06; done", line.replace('\n', "\\n"))])
        .arg(Path::new(&log))
        .stdin(Stdio::null())
        .spawn()
        .expect("sh starts");
    for step in 0..10 {
        let ran = Program::build(&scene.book, &scene.site).run();
        let page = String::from_utf8(site(&scene.site)["page.html"].clone()).expect("pages are UTF-8");
        if ran.status != Some(0) {
            child.kill().expect("it can be killed");
            panic!("step {step}: {}", ran.err);
        }
        assert_eq!(page.matches("one more line").count(), page.matches("<p>one more line, whole</p>").count());
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    heals(&scene.book, &scene.site, &scene.clean(), "at rest");
}
