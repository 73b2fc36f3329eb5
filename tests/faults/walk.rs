//! Every call by which a first build, a rebuild and `clean` change the disk is met by every fault, one at a time.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{copy, scratch_in_memory, site, tree};
use crate::shim::{Files, Program, Ran, build, clean_build, every, heals, same, say, styled, two_books, whole};

/// A file of somebody else's in the output folder.
const FOREIGN: (&str, &[u8]) = ("one/mine.txt", b"years of work");

/// What is walked.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Command {
    First,
    Rebuild,
    Clean,
}

struct Walk {
    command: Command,
    scratch: tempfile::TempDir,
    /// The book that is built.
    book: PathBuf,
    /// The site before and after.
    old: Files,
    new: Files,
    /// The calls of a run without faults.
    calls: Vec<String>,
}

impl Walk {
    fn new(command: Command) -> Self {
        let scratch = scratch_in_memory();
        let (old_book, new_book) = two_books(scratch.path());
        let at = |name: &str| scratch.path().join(name);
        let mut old = Files::new();
        let mut new = clean_build(&new_book, &at("clean"));
        if command != Command::First {
            build(&old_book, &at("start"));
            std::fs::write(at("start").join(FOREIGN.0), FOREIGN.1).expect("the file can be written");
            old = site(&at("start"));
            new.insert(FOREIGN.0.into(), FOREIGN.1.to_vec());
        }
        if command == Command::Clean {
            new = Files::from([(FOREIGN.0.into(), FOREIGN.1.to_vec())]);
        }
        let mut walk = Self { command, scratch, book: new_book, old, new, calls: Vec::new() };
        let folder = walk.start("count");
        let ran = walk.program(&folder).run();
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        same(&site(&folder), &walk.new, "without a fault");
        walk.calls = ran.log;
        let seen: &[&str] = match command {
            Command::First => &["open", "write", "mkdir", "fsync", "rename", "unlink", "unlinkat"],
            Command::Rebuild => &["open", "write", "mkdir", "fsync", "rename", "unlink", "unlinkat", "rmdir"],
            Command::Clean => &["open", "write", "fsync", "rename", "unlink", "rmdir"],
        };
        for call in seen {
            let is_it = |line: &String| line.split(' ').next() == Some(call);
            assert!(walk.calls.iter().any(is_it), "the shim sees {call}");
        }
        walk
    }

    /// A copy of the output folder as it is before the run.
    fn start(&self, name: &str) -> PathBuf {
        let folder = self.scratch.path().join(name).join("site");
        let _ = std::fs::remove_dir_all(folder.parent().expect("it has a parent"));
        std::fs::create_dir_all(folder.parent().expect("it has a parent")).expect("the folder can be made");
        if self.command != Command::First {
            copy(&self.scratch.path().join("start"), &folder);
        }
        folder
    }

    fn program(&self, folder: &Path) -> Program {
        match self.command {
            Command::First | Command::Rebuild => Program::build(&self.book, folder),
            Command::Clean => Program::clean(&self.book, folder),
        }
    }

    /// Walks each `step`th call with each of `actions`, on two threads; how many runs there were in each phase.
    fn walk(&self, step: usize, actions: &[&str]) -> [usize; 3] {
        let tasks: Vec<(usize, &str)> = (1..=self.calls.len())
            .step_by(step)
            .flat_map(|number| actions.iter().map(move |action| (number, *action)))
            .collect();
        // Half a write can only be written where there is one.
        let tasks: Vec<(usize, &str)> = tasks
            .into_iter()
            .filter(|(number, action)| *action != "half" || self.calls[number - 1].starts_with("write"))
            .collect();
        let next = AtomicUsize::new(0);
        let phases = [const { AtomicUsize::new(0) }; 3];
        std::thread::scope(|scope| {
            for thread in 0..2 {
                let (tasks, next, phases) = (&tasks, &next, &phases);
                scope.spawn(move || {
                    while let Some((number, action)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let phase = self.one(*number, action, &format!("thread-{thread}"));
                        phases[phase].fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        phases.map(AtomicUsize::into_inner)
    }

    /// One run with one fault.
    fn one(&self, number: usize, action: &str, name: &str) -> usize {
        let folder = self.start(name);
        let call = &self.calls[number - 1];
        let context = format!("{:?}, {action} at call {number} ({call})", self.command);
        let ran = self.program(&folder).at(number, action).run();
        let now = site(&folder);
        let kills = matches!(action, "kill" | "half");
        // Half of a write is written and not made; otherwise the calls before this one were made.
        let decided = ran.decided() && !(self.is_failed(&ran, number, "rename", "journal.json"));
        let finished = ran.finished() && !(self.is_failed(&ran, number, "unlink", "journal.json"));
        let phase = usize::from(decided) + usize::from(finished);
        match phase {
            0 => same(&now, &self.old, &context),
            2 => same(&now, &self.new, &context),
            _ => {
                whole(&now, &[&self.old, &self.new], &context);
                // Nothing that is in both sites can be missed meanwhile.
                let both = self.old.keys().filter(|path| self.new.contains_key(*path));
                let missing: Vec<&String> = both.filter(|path| !now.contains_key(*path)).collect();
                assert!(missing.is_empty(), "{context}: {missing:?} are missing");
                styled(&now, &context);
            }
        }
        if kills {
            assert_eq!(ran.status, None, "{context}");
        } else {
            self.reported(&ran, number, action, phase, &folder, &context);
        }
        self.mend(&folder, &context);
        phase
    }

    /// Whether the call of that number is this one, and so was not made although it is in the log.
    fn is_failed(&self, ran: &Ran, number: usize, call: &str, path: &str) -> bool {
        ran.status.is_some() && self.calls[number - 1].starts_with(call) && self.calls[number - 1].ends_with(path)
    }

    /// A fault that does not kill ends in a message that names the path, and leaves no litter behind.
    fn reported(&self, ran: &Ran, number: usize, action: &str, phase: usize, folder: &Path, context: &str) {
        let call = &self.calls[number - 1];
        if ran.status == Some(0) {
            // A folder that is empty and stays is no trouble worth a word; a full disk lets files be taken away.
            let fine = call.starts_with("rmdir") || action == "28+" && call.starts_with("unlink");
            assert!(fine && phase > 0, "{context}: went unnoticed");
            return;
        }
        assert_eq!(ran.status, Some(2), "{context}: {}", ran.err);
        let words = match action.trim_end_matches('+') {
            "5" => "Input/output error",
            "13" => "Permission denied",
            "28" => "No space left on device",
            "30" => "Read-only file system",
            _ => panic!("{action} has no words"),
        };
        let named = ran.err.contains(folder.to_str().expect("paths in tests are UTF-8"));
        assert!(named && ran.err.contains(words) && ran.err.starts_with("error: cannot "), "{context}: {}", ran.err);
        let keeps = phase == 0 && action == "28+";
        assert!(!keeps || !folder.join(".prepbook/staging").exists(), "{context}: a full disk is left full");
    }

    /// The next run puts everything right.
    fn mend(&self, folder: &Path, context: &str) {
        if self.command != Command::Clean {
            return heals(&self.book, folder, &self.new, context);
        }
        let again = Program::clean(&self.book, folder).run();
        // Nothing may be left that `clean` could know.
        let known = again.status == Some(0) || again.err.contains("is not a folder that prepbook wrote");
        assert!(known, "{context}: {}", again.err);
        let left: Vec<String> = tree(folder).into_keys().collect();
        assert_eq!(left, [FOREIGN.0], "{context}");
        assert!(!folder.join(".prepbook").exists(), "{context}");
    }
}

/// Runs all faults over one command, and proves that each phase was met.
fn every_fault(command: Command) {
    let walk = Walk::new(command);
    let every = every();
    let kills = walk.walk(every, &["kill", "half"]);
    let errors = walk.walk(every, &["28+"]);
    let others = walk.walk(4 * every, &["5", "13", "30+"]);
    say(format_args!(
        "{command:?}: {} calls; kills before the decision, during the moves, after them: {kills:?}; errors: {errors:?}, {others:?}",
        walk.calls.len()
    ));
    // A part of the calls may miss the few behind the last move.
    for phase in kills.into_iter().take(if every == 1 { 3 } else { 2 }) {
        assert!(phase > 0, "{command:?}: {kills:?}");
    }
    assert!(errors[0] > 0 && errors[1] > 0, "{command:?}: {errors:?}");
}

#[test]
fn every_call_of_a_first_build() {
    every_fault(Command::First);
}

#[test]
fn every_call_of_a_rebuild() {
    every_fault(Command::Rebuild);
}

#[test]
fn every_call_of_clean() {
    every_fault(Command::Clean);
}
