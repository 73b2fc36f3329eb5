//! kill -9 at random moments of random rebuilds, often several in a row, of a book with many pages.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use crate::common::{Random, copy, scratch_in_memory, set_modified, site, write};
use crate::shim::{Files, Program, clean_build, decision, end, every, heals, same, say, styled, theme, whole};

/// How many processes are killed at a chosen call, and how many at any moment.
const AT_A_CALL: usize = 180;
const AT_ANY_TIME: usize = 40;

const PAGES: usize = 24;

fn new_book() -> Files {
    let mut files = theme("a { color: red }");
    files.insert("book.toml".into(), b"[book]\ntitle = \"Book\"\nsrc = \"guide\"\n".to_vec());
    files.insert("guide/README.md".into(), b"# Home\n\n[file](file-1.txt) [code](code.py)\n".to_vec());
    files.insert("guide/code.py".into(), b"x = 1\n".to_vec());
    for number in 1..=PAGES {
        files.insert(format!("guide/{number}-page-{number}.md"), format!("# Page {number}\n").into_bytes());
    }
    for number in 1..=8 {
        files.insert(format!("guide/file-{number}.txt"), vec![b'x'; number * 1_000]);
    }
    files
}

/// A few edits, small ones and some that change every page.
fn edit(files: &mut Files, random: &mut Random, step: usize) {
    for _ in 0..=random.below(6) {
        let number = 1 + random.below(PAGES);
        let page = format!("guide/{number}-page-{number}.md");
        match random.below(8) {
            0 => {
                files.remove(&page);
            }
            1 => {
                let style = format!("a {{ margin: {step}px }}");
                files.insert("themes/handbook/css/a.css".into(), style.into_bytes());
            }
            2 => {
                let template = files.get_mut("themes/handbook/templates/page.html").expect("the theme has it");
                template.extend_from_slice(format!("<!-- {step} -->\n").as_bytes());
            }
            3 => {
                let path = format!("guide/file-{}.txt", 1 + random.below(8));
                files.insert(path, vec![b'y'; 1 + random.below(9_000)]);
            }
            4 => {
                files.insert("guide/code.py".into(), format!("x = {step}\n").into_bytes());
            }
            _ => {
                let text = format!("# Page {number}\n\n{}", "More text.\n\n".repeat(1 + random.below(200)));
                files.insert(page, text.into_bytes());
            }
        }
    }
}

/// The book on disk becomes `files`.
fn save(book: &Path, files: &Files) {
    std::fs::remove_dir_all(book).expect("the folder can be removed");
    write(book, files, false);
    for path in files.keys() {
        // A file that was saved a moment ago is waited for.
        set_modified(&book.join(path), SystemTime::UNIX_EPOCH);
    }
}

#[test]
fn two_hundred_processes_are_killed() {
    let scratch = scratch_in_memory();
    let at = |name: &str| scratch.path().join(name);
    let (book, output) = (at("book"), at("site"));
    let mut files = new_book();
    write(&book, &files, false);
    let random = &mut Random::new(9);
    let mut good = clean_build(&book, &at("clean"));
    heals(&book, &output, &good, "the first build");
    let foreign = (output.join("foreign.txt"), output.join("assets/foreign.css"));
    std::fs::write(&foreign.0, "mine").expect("the file can be written");
    std::fs::write(&foreign.1, "mine").expect("the file can be written");
    let with_foreign = |mut files: Files| {
        files.insert("foreign.txt".into(), b"mine".to_vec());
        files.insert("assets/foreign.css".into(), b"mine".to_vec());
        files
    };
    good = with_foreign(good);
    // How many runs ended in which phase: before the decision, during the moves, when all was moved, or at their end.
    let mut phases = [0; 4];
    let mut versions: Vec<Files> = vec![good];
    let mut killed = 0;
    let mut took = Duration::from_millis(40);
    let (at_a_call, at_any_time) = (AT_A_CALL / every(), AT_ANY_TIME / every());
    for step in 0.. {
        if killed == at_a_call + at_any_time {
            break;
        }
        edit(&mut files, random, step);
        save(&book, &files);
        let new = with_foreign(clean_build(&book, &at("clean")));
        let context = format!("step {step}");
        versions.push(new.clone());
        let program = || Program::build(&book, &output).with("RAYON_NUM_THREADS", "2");
        let pending = output.join(".prepbook/journal.json").exists();
        let ran = if killed < at_a_call {
            let _ = std::fs::remove_dir_all(at("count"));
            copy(&output, &at("count"));
            let start = Instant::now();
            let calls = Program::build(&book, &at("count")).run().log;
            took = start.elapsed();
            let after = |call: Option<usize>| call.map_or(calls.len(), |index| index + 1);
            let (decided, finished) = (after(decision(&calls)), after(end(&calls)));
            let (start, end) = [(0, decided), (decided, finished), (finished, calls.len())][random.below(3)];
            program().at(1 + start + random.below((end - start).max(1)), "kill").run()
        } else {
            let mut program = program();
            let child = program.start();
            let wait = random.below(1_200) as u32;
            std::thread::sleep(took * wait / 1_000);
            // By its number, as anybody would.
            let kill = Command::new("kill").args(["-9", &child.id().to_string()]).status();
            assert!(kill.is_ok_and(|status| status.success()), "{context}");
            program.wait(child)
        };
        if ran.status.is_some() {
            assert_eq!(ran.status, Some(0), "{context}: {}", ran.err);
            phases[3] += 1;
        } else {
            killed += 1;
            phases[usize::from(ran.decided()) + usize::from(ran.finished())] += 1;
        }
        let now = site(&output);
        let known: Vec<&Files> = versions.iter().collect();
        whole(&now, &known, &context);
        // A run first finishes what another had decided, so its own decision is the last one in the log.
        if !pending && !ran.decided() && ran.status.is_none() && versions.len() == 2 {
            same(&now, &versions[0], &context);
        }
        if !pending {
            styled(&now, &context);
        }
        // Now and then nobody comes to put it right before the next edit.
        if random.below(3) > 0 {
            heals(&book, &output, &new, &context);
            versions = vec![new];
        }
    }
    say(format_args!("{killed} killed; before the decision, during the moves, after them, too late: {phases:?}"));
    assert!(phases[..3].iter().all(|phase| *phase >= at_a_call / 9), "{phases:?}");
}
