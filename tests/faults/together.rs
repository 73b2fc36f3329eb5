//! Several runs at once, and what is left of runs that ended badly: locks, clocks, file systems without locks.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use crate::common::{Random, run, scratch_in_memory, set_modified, site, tree, write};
use crate::shim::{Files, Program, build, clean_build, heals, same, say, text, theme, two_books};

/// A process that holds the lock of a folder until it is killed.
fn holder(site: &Path) -> Child {
    let lock = site.join(".prepbook/lock");
    let mut child = Command::new("flock")
        .args(["--no-fork", text(&lock), "sh", "-c", "echo held; exec sleep 600"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("flock (util-linux) starts");
    let mut said = [0; 5];
    std::io::Read::read_exact(child.stdout.as_mut().expect("it is a pipe"), &mut said).expect("the lock is held");
    child
}

#[test]
fn the_second_of_two_runs_stops_with_a_word_and_touches_nothing() {
    let scratch = scratch_in_memory();
    let (old_book, new_book) = two_books(scratch.path());
    let site_folder = scratch.path().join("site");
    build(&old_book, &site_folder);
    let before = tree(&site_folder);
    let mut first = holder(&site_folder);
    for program in [Program::build(&new_book, &site_folder), Program::clean(&new_book, &site_folder)] {
        let second = program.run();
        let expected = format!(
            "error: another prepbook is writing to {}\nhelp: wait until it is done, or name another folder with -d\n",
            site_folder.display()
        );
        assert_eq!((second.status, second.err), (Some(2), expected));
        assert_eq!(tree(&site_folder), before);
    }
    // Another folder is free.
    let elsewhere = scratch.path().join("elsewhere");
    assert_eq!(Program::build(&new_book, &elsewhere).run().status, Some(0));
    // A lock goes with the process that held it, however it ends.
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    heals(&new_book, &site_folder, &clean_build(&new_book, &scratch.path().join("clean")), "after the kill");
}

#[test]
fn eight_runs_at_once_take_turns_or_stop() {
    let scratch = scratch_in_memory();
    let (old_book, new_book) = two_books(scratch.path());
    let site_folder = scratch.path().join("site");
    let new = clean_build(&new_book, &scratch.path().join("clean"));
    let (mut done, mut refused) = (0, 0);
    // On a folder that is not there yet, on a good site, and with `clean` among them.
    for round in 0..12 {
        if round % 4 == 1 {
            build(&old_book, &site_folder);
        }
        let start = |index: usize| {
            let command = if round >= 6 && index.is_multiple_of(3) { "clean" } else { "build" };
            let mut program = Command::new(env!("CARGO_BIN_EXE_prepbook"));
            program.args([command, "--quiet", "--color", "never", text(&new_book), "-d", text(&site_folder)]);
            program.stderr(Stdio::piped()).spawn().expect("the program starts")
        };
        let children: Vec<Child> = (0..8).map(start).collect();
        for child in children {
            let output = child.wait_with_output().expect("the program ends");
            let said = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => done += 1,
                Some(2) if said.contains("another prepbook is writing to") => refused += 1,
                Some(2) if round >= 6 && said.contains("is not a folder that prepbook wrote") => refused += 1,
                status => panic!("round {round}: {status:?}: {said}"),
            }
        }
        heals(&new_book, &site_folder, &new, &format!("round {round}"));
        if round % 2 == 0 {
            fs::remove_dir_all(&site_folder).expect("the folder can be removed");
        }
    }
    say(format_args!("{done} runs went through, {refused} were told that another was at work"));
    assert!(done >= 12 && refused > 0, "{done} {refused}");
}

#[test]
fn a_file_system_without_locks_is_refused_with_a_word() {
    let scratch = scratch_in_memory();
    let (old_book, _) = two_books(scratch.path());
    let site_folder = scratch.path().join("site");
    // ENOTSUP, ENOLCK.
    for number in ["95", "37"] {
        let ran = Program::build(&old_book, &site_folder).with("SHIM_FLOCK", number).run();
        assert_eq!(ran.status, Some(2), "{}", ran.err);
        let lock = site_folder.join(".prepbook/lock");
        assert!(ran.err.starts_with(&format!("error: cannot lock {}: ", lock.display())), "{}", ran.err);
        assert!(ran.err.contains("help: ") && ran.err.contains("-d"), "{}", ran.err);
    }
}

/// The moments that a clock which was set wrong may give a file.
fn moments() -> [SystemTime; 4] {
    let day = Duration::from_hours(24);
    let now = SystemTime::now();
    [SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + day * 14_600, now - day * 400, now + day * 4_000]
}

#[test]
fn no_edit_is_missed_whatever_the_clock_says() {
    let scratch = scratch_in_memory();
    let at = |name: &str| scratch.path().join(name);
    let book = at("book");
    let mut files = theme("a {}");
    files.insert("book.toml".into(), b"[book]\ntitle = \"Book\"\nsrc = \"guide\"\n".to_vec());
    files.insert("guide/README.md".into(), b"# Home\n\n[a](a.txt) [b](b.py) ![c](c.svg)\n".to_vec());
    let random = &mut Random::new(3);
    for step in 0..24 {
        // All of one length, so that nothing but the bytes tells one from another.
        let digit = step % 10;
        let edited: Files = [
            ("guide/README.md", format!("# Home {digit}\n\n[a](a.txt) [b](b.py) ![c](c.svg)\n")),
            ("guide/a.txt", format!("{digit}\n")),
            ("guide/b.py", format!("x = {digit}\n")),
            ("guide/c.svg", format!("<svg width=\"1{digit}\" height=\"1\"></svg>")),
            ("themes/handbook/css/a.css", format!("a{digit} {{}}")),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect();
        files.extend(edited);
        write(&book, &files, false);
        for path in files.keys() {
            set_modified(&book.join(path), moments()[(step / 10) % 4]);
        }
        let new = clean_build(&book, &at("clean"));
        // Also where the site, or the manifest, is from the future or the past.
        if step > 0 {
            for path in tree(&at("site")).keys().filter(|path| *path != ".prepbook/lock") {
                if random.below(3) == 0 {
                    set_modified(&at("site").join(path), moments()[random.below(4)]);
                }
            }
        }
        heals(&book, &at("site"), &new, &format!("step {step}"));
    }
}

#[test]
fn what_a_stranger_did_to_the_site_shows_by_length_or_time() {
    let scratch = scratch_in_memory();
    let (old_book, _) = two_books(scratch.path());
    let site_folder = scratch.path().join("site");
    build(&old_book, &site_folder);
    let right = site(&site_folder);
    let page = site_folder.join("index.html");
    let written = fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("files have times");
    let mut wrong = right["index.html"].clone();
    wrong[0] ^= 1;
    fs::write(&page, &wrong).expect("the file can be written");
    build(&old_book, &site_folder);
    same(&site(&site_folder), &right, "another time");
    fs::write(&page, &wrong[1..]).expect("the file can be written");
    set_modified(&page, written);
    build(&old_book, &site_folder);
    same(&site(&site_folder), &right, "another length");
    // What has neither another length nor another time is taken for ours: reading the whole site each time would
    // cost more than it is worth. To touch or to remove the file is the remedy.
    fs::write(&page, &wrong).expect("the file can be written");
    let now = fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("files have times");
    assert_ne!(now, written);
    let rewritten = build(&old_book, &site_folder);
    assert_eq!(rewritten.written, 1);
    let written = fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("files have times");
    fs::write(&page, &wrong).expect("the file can be written");
    set_modified(&page, written);
    assert_eq!(build(&old_book, &site_folder).written, 0);
    assert_eq!(fs::read(&page).expect("the file can be read"), wrong);
    // It is not ours to remove, either: its bytes are not those that prepbook wrote.
    let cleaned = run(scratch.path(), &["clean", text(&old_book), "-d", text(&site_folder)], 1);
    assert_eq!(cleaned.status, 0, "{}", cleaned.err);
    assert_eq!(tree(&site_folder).into_keys().collect::<Vec<_>>(), ["index.html"]);
}
