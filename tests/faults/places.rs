//! Output folders as they may be found: on a full disk, read-only, behind a link, with things in the way, with notes
//! of prepbook's that are damaged.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{Run, copy, run, scratch, scratch_in_memory, site, tree, write};
use crate::shim::{Files, Program, build, clean_build, heals, same, say, text, two_books};
use prepbook::base::hash::Hash;

/// Makes something at a path.
type Make<'a> = &'a dyn Fn(&Path);

/// A good site in `site`, built from one book, and another book that is to be published there.
struct Scene {
    scratch: tempfile::TempDir,
    book: PathBuf,
    site: PathBuf,
    old: Files,
    new: Files,
}

fn scene() -> Scene {
    let scratch = scratch_in_memory();
    let (old_book, book) = two_books(scratch.path());
    let site_folder = scratch.path().join("site");
    build(&old_book, &site_folder);
    let new = clean_build(&book, &scratch.path().join("clean"));
    Scene { old: site(&site_folder), new, book, site: site_folder, scratch }
}

impl Scene {
    fn path(&self, name: &str) -> PathBuf {
        self.site.join(name)
    }

    fn build(&self) -> Run {
        run(self.scratch.path(), &["build", "--quiet", "new-book", "-d", text(&self.site)], 2)
    }

    /// The build stops with status 2 and these words, and nothing in the folder is another than before.
    fn refuses(&self, words: &str) {
        let before = listing(&self.site);
        let ran = self.build();
        assert_eq!(ran.status, 2, "{words}: {}", ran.err);
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
        assert_eq!(listing(&self.site), before, "{words}");
    }

    /// The build goes through, and all is right.
    fn goes_through(&self, context: &str) {
        let ran = self.build();
        assert_eq!(ran.status, 0, "{context}: {}", ran.err);
        heals(&self.book, &self.site, &self.new, context);
    }
}

/// Paths with what is there (the hash of a file's bytes), without reading pipes.
fn listing(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be listed") {
            let path = entry.expect("the entry can be read").path();
            let metadata = fs::symlink_metadata(&path).expect("it is there");
            let what = if metadata.is_dir() {
                folders.push(path.clone());
                "a folder".to_owned()
            } else if metadata.is_symlink() {
                format!("a link to {:?}", fs::read_link(&path))
            } else if metadata.is_file() {
                Hash::of(&fs::read(&path).expect("the file can be read")).to_string()
            } else {
                "something else".to_owned()
            };
            // The lock may come and go.
            if !path.ends_with(".prepbook/lock") {
                found.push((text(&path).to_owned(), what));
            }
        }
    }
    found.sort();
    found
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()), "mkfifo");
}

/// Runs a script in mounts of its own, where `mount` works; `None`, loudly, where that is not allowed.
fn with_mounts(folder: &Path, script: &str) -> Option<String> {
    let run = |script: &str| {
        let output = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-euc", script])
            .current_dir(folder)
            .env("PREPBOOK", env!("CARGO_BIN_EXE_prepbook"))
            .output();
        output.ok().filter(|output| output.status.success()).map(|output| {
            let all = [output.stdout, output.stderr].concat();
            String::from_utf8(all).expect("the program prints UTF-8")
        })
    };
    if run("mkdir -p probe && mount -t tmpfs tmpfs probe").is_none() {
        say(format_args!("NO MOUNTS ALLOWED HERE: tried with injected errors instead"));
        return None;
    }
    say(format_args!("tried with real mounts"));
    Some(run(script).expect("the script goes through"))
}

#[test]
fn a_full_disk() {
    let scene = scene();
    let big = Files::from([("guide/big.txt".to_owned(), vec![b'x'; 4_000_000])]);
    write(&scene.book, &big, false);
    let home = "# Home\n\n[big](big.txt) [code](code.py), [table](table.csv), [picture](a.svg)\n";
    fs::write(scene.book.join("guide/README.md"), home).expect("the file can be written");
    let new = clean_build(&scene.book, &scene.scratch.path().join("clean"));
    let script = "
        mkdir -p full result
        mount -t tmpfs -o size=2m tmpfs full
        cp -a site full/site
        for command in build build; do
          \"$PREPBOOK\" $command -q --color never new-book -d full/site && exit 9 || echo status $?
        done
        cp -a full/site result/refused
        mount -o remount,size=32m full
        \"$PREPBOOK\" build -q --color never new-book -d full/site
        cp -a full/site result/mended";
    let Some(said) = with_mounts(scene.scratch.path(), script) else {
        let ran = Program::build(&scene.book, &scene.site).at(20, "28+").run();
        assert!(ran.status == Some(2) && ran.err.contains("No space left on device"), "{}", ran.err);
        same(&site(&scene.site), &scene.old, "a full disk");
        return heals(&scene.book, &scene.site, &new, "room again");
    };
    let word = "error: cannot write full/site/.prepbook/staging/";
    assert_eq!(said.matches(word).count(), 2, "{said}");
    assert_eq!(said.matches("No space left on device").count(), 2, "{said}");
    assert_eq!(said.matches("status 2").count(), 2, "{said}");
    let refused = scene.scratch.path().join("result/refused");
    same(&site(&refused), &scene.old, "a full disk");
    assert!(!refused.join(".prepbook/staging").exists(), "a full disk is not left full");
    same(&site(&scene.scratch.path().join("result/mended")), &new, "room again");
}

#[test]
fn read_only_folders() {
    let scene = scene();
    let script = "
        mkdir -p locked
        mount --bind site site
        mount -o remount,ro,bind site
        mount --bind locked locked
        mount -o remount,ro,bind locked
        for folder in site locked/new-site; do
          \"$PREPBOOK\" build -q --color never new-book -d $folder && exit 9 || echo status $?
        done
        \"$PREPBOOK\" clean -q --color never new-book -d site && exit 9 || echo status $?";
    match with_mounts(scene.scratch.path(), script) {
        Some(said) => {
            assert_eq!(said.matches("status 2").count(), 3, "{said}");
            assert_eq!(said.matches("site/.prepbook/lock: Read-only file system").count(), 2, "{said}");
            assert_eq!(said.matches("locked/new-site/.prepbook: Read-only file system").count(), 1, "{said}");
        }
        None => {
            for action in ["30+", "13+"] {
                let ran = Program::build(&scene.book, &scene.site).at(1, action).run();
                assert!(ran.status == Some(2) && ran.err.contains(".prepbook/lock: "), "{}", ran.err);
                let ran = Program::build(&scene.book, &scene.scratch.path().join("none")).at(1, action).run();
                assert!(ran.status == Some(2) && ran.err.contains("none"), "{}", ran.err);
            }
        }
    }
    same(&site(&scene.site), &scene.old, "read-only");
    scene.goes_through("writable again");
}

#[test]
fn the_output_on_another_file_system_than_the_book() {
    let (here, there) = (scratch(), scratch_in_memory());
    let device = |path: &Path| fs::metadata(path).expect("the folder is there").dev();
    if device(here.path()) == device(there.path()) {
        say(format_args!("ONE FILE SYSTEM ONLY: the temporary folder and /dev/shm are on the same one"));
    } else {
        say(format_args!("tried with two file systems"));
    }
    let (old_book, new_book) = two_books(here.path());
    let site_folder = there.path().join("site");
    build(&old_book, &site_folder);
    heals(&new_book, &site_folder, &clean_build(&new_book, &here.path().join("clean")), "another file system");
}

#[test]
fn the_output_folder_is_a_link_or_no_folder() {
    let scene = scene();
    let real = scene.scratch.path().join("real");
    fs::rename(&scene.site, &real).expect("the folder can be moved");
    symlink("real", &scene.site).expect("a link can be made");
    scene.goes_through("behind a link");
    assert!(fs::symlink_metadata(&scene.site).is_ok_and(|it| it.is_symlink()) && real.join("index.html").exists());
    let inside = scene.scratch.path();
    assert_eq!(run(inside, &["clean", "new-book", "-d", text(&scene.site)], 2).status, 0);
    assert!(tree(&real).is_empty());
    fs::remove_file(&scene.site).expect("the link can be removed");
    let makes: [(&str, Make); 3] = [
        ("site is not a folder", &|path| fs::write(path, "a file").expect("the file can be written")),
        ("site is not a folder", &|path| pipe(path)),
        ("site is not a folder", &|path| symlink("nowhere", path).expect("a link can be made")),
    ];
    for (words, make) in makes {
        make(&scene.site);
        let before = fs::symlink_metadata(&scene.site).expect("it is there").ino();
        for command in ["build", "clean"] {
            let ran = run(inside, &[command, "--quiet", "new-book", "-d", text(&scene.site)], 2);
            assert_eq!(ran.status, 2, "{command}: {}", ran.err);
            assert!(ran.err.contains(words), "{command}: {}", ran.err);
        }
        assert_eq!(fs::symlink_metadata(&scene.site).expect("it is there").ino(), before);
        fs::remove_file(&scene.site).expect("it can be removed");
    }
}

#[test]
fn what_stands_where_a_new_file_goes_is_not_touched() {
    // The new book publishes `one/comes.html` and, where the old one had a file, the folder `thing.html/`.
    let makes: [(&str, Make); 7] = [
        ("one/comes.html", &|path| fs::write(path, "mine").expect("the file can be written")),
        ("one/comes.html", &|path| symlink("../index.html", path).expect("a link can be made")),
        ("one/comes.html", &|path| symlink("nowhere", path).expect("a link can be made")),
        ("one/comes.html", &|path| symlink("..", path).expect("a link can be made")),
        ("one/comes.html", &|path| pipe(path)),
        ("one/comes.html", &|path| {
            fs::create_dir(path).expect("the folder can be made");
            fs::write(path.join("mine.txt"), "mine").expect("the file can be written");
        }),
        ("thing.html", &|path| fs::write(path, "changed by somebody").expect("the file can be written")),
    ];
    for (name, make) in makes {
        let scene = scene();
        make(&scene.path(name));
        scene.refuses(&format!("{} is in the way", scene.path(name).display()));
    }
    // Folders without files are nobody's.
    let scene = scene();
    fs::create_dir_all(scene.path("one/comes.html/deep/er")).expect("the folder can be made");
    scene.goes_through("empty folders");
}

#[test]
fn notes_that_are_damaged_mislead_nobody() {
    let foreign = "thesis.txt";
    let future = r#"{"version":2,"pages":[]}"#;
    let outside = r#"{"version":1,"files":[],"removed":[["../thesis.txt","HASH"]]}"#;
    let hash = Hash::of(b"years of work").to_string();
    let outside = outside.replace("HASH", &hash);
    let broken = ["", "{", "\u{0}\u{0}\u{0}", "[]", r#"{"version":1}"#, r#"{"version":"x","files":7}"#, &outside];
    for journal in broken {
        let scene = scene();
        fs::write(scene.scratch.path().join(foreign), "years of work").expect("the file can be written");
        fs::write(scene.path(".prepbook/journal.json"), journal).expect("the file can be written");
        fs::create_dir(scene.path(".prepbook/staging")).expect("the folder can be made");
        fs::write(scene.path(".prepbook/staging/0"), "half").expect("the file can be written");
        scene.goes_through(journal);
        assert!(scene.scratch.path().join(foreign).exists(), "{journal}");
    }
    let scene = scene();
    fs::write(scene.path(".prepbook/journal.json"), future).expect("the file can be written");
    scene.refuses("journal.json was left by another version of prepbook");
    // A manifest that cannot be read: nothing is removed, what is in the way counts as ours (D17).
    for manifest in ["", "{", future, "\u{fffd}"] {
        let scene = self::scene();
        fs::remove_dir_all(scene.path("thing.html")).ok();
        fs::remove_file(scene.path("thing.html")).expect("the file can be removed");
        fs::remove_dir_all(scene.path("other.html")).expect("the folder can be removed");
        fs::write(scene.path(".prepbook/manifest.json"), manifest).expect("the file can be written");
        let ran = scene.build();
        assert_eq!(ran.status, 0, "{manifest}: {}", ran.err);
        let now = site(&scene.site);
        for (path, bytes) in &scene.new {
            assert_eq!(now.get(path), Some(bytes), "{manifest}: {path}");
        }
        assert!(now.contains_key("one/goes.html"), "{manifest}: nothing is removed");
    }
    // One that is gone: nothing is known to be ours.
    fs::remove_file(scene.path(".prepbook/journal.json")).expect("the file can be removed");
    fs::remove_file(scene.path(".prepbook/manifest.json")).expect("the file can be removed");
    let ran = scene.build();
    assert!(ran.status == 2 && ran.err.contains("is in the way: prepbook did not write it"), "{}", ran.err);
    same(&site(&scene.site), &scene.old, "no manifest");
}

#[test]
fn notes_that_are_no_files_are_named() {
    for name in ["manifest.json", "journal.json", "lock"] {
        let makes: [(&str, Make); 2] = [
            (if name == "lock" { "Is a directory" } else { "it is a folder" }, &|path| {
                fs::create_dir(path).expect("the folder can be made");
            }),
            ("it is a pipe, a socket or a device", &pipe),
        ];
        for (words, make) in makes {
            if name == "lock" && words.contains("pipe") {
                // Opening one to write waits for a reader.
                continue;
            }
            let scene = scene();
            let path = scene.path(".prepbook").join(name);
            fs::remove_file(&path).ok();
            make(&path);
            scene.refuses(&format!("{}: {words}", path.display()));
        }
    }
    // What a link in our folder leads to is somebody else's.
    for name in ["lock", "journal.json.new", "manifest.json.new"] {
        let scene = scene();
        let mine = scene.scratch.path().join("mine.txt");
        fs::write(&mine, "mine").expect("the file can be written");
        let path = scene.path(".prepbook").join(name);
        fs::remove_file(&path).ok();
        symlink(&mine, &path).expect("a link can be made");
        if name == "lock" {
            scene.refuses("it is a symbolic link");
        } else {
            scene.goes_through(name);
        }
        assert_eq!(fs::read_to_string(&mine).expect("the file can be read"), "mine");
    }
}

/// A run is killed during its moves; `change` is what happens to the folder before the next one.
fn stopped(change: impl FnOnce(&Scene)) -> Scene {
    let scene = scene();
    let calls = {
        copy(&scene.site, &scene.scratch.path().join("count"));
        Program::build(&scene.book, &scene.scratch.path().join("count")).run().log
    };
    let decided = calls.iter().position(|line| line.ends_with("/journal.json")).expect("there is a journal");
    let ran = Program::build(&scene.book, &scene.site).at(decided + 5, "kill").run();
    assert!(ran.decided() && !ran.finished());
    change(&scene);
    scene
}

#[test]
fn a_stopped_run_whose_staged_files_are_lost_is_built_anew() {
    stopped(|_| {}).goes_through("nothing lost");
    stopped(|scene| fs::remove_dir_all(scene.path(".prepbook/staging")).expect("it is there")).goes_through("all lost");
    let half = stopped(|scene| {
        for (index, path) in tree(&scene.path(".prepbook/staging")).keys().enumerate() {
            let path = scene.path(".prepbook/staging").join(path);
            match index % 3 {
                0 => fs::remove_file(path).expect("it is there"),
                // As after a loss of power.
                1 => fs::write(path, "").expect("the file can be written"),
                _ => {}
            }
        }
    });
    half.goes_through("some lost");
    // And where the next book has none of those pages, nothing of them stays.
    let scene = stopped(|scene| fs::remove_dir_all(scene.path(".prepbook/staging")).expect("it is there"));
    let third = scene.scratch.path().join("third-book");
    write(&third, &Files::from([("README.md".to_owned(), b"# Home\n".to_vec())]), false);
    heals(&third, &scene.site, &clean_build(&third, &scene.scratch.path().join("clean")), "another book");
}

#[test]
fn a_stopped_run_does_not_replace_what_came_after_it() {
    let scene = stopped(|scene| {
        for name in ["one/comes.html", "thing.html/more.html"] {
            if !scene.path(name).exists() {
                fs::create_dir_all(scene.path(name).parent().expect("it has a parent")).expect("it can be made");
                fs::write(scene.path(name), "mine").expect("the file can be written");
            }
        }
    });
    let mine: Vec<String> =
        tree(&scene.site).into_iter().filter(|(_, bytes)| bytes == b"mine").map(|(path, _)| path).collect();
    assert_eq!(mine.len(), 2, "the run was stopped before its new pages were moved");
    // The rest may be moved, but for what is in the way; and that is said again until it is out of the way.
    for path in mine {
        let ran = scene.build();
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(ran.err.contains(&format!("{} is in the way: ", scene.path(&path).display())), "{}", ran.err);
        assert_eq!(fs::read(scene.path(&path)).expect("the file is there"), b"mine");
        fs::remove_file(scene.path(&path)).expect("the file can be removed");
    }
    scene.goes_through("out of the way");
}
