//! `prepbook mv` under faults: whatever call fails, the book is as it was or all of it is moved; whenever it is killed, no text
//! is lost.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::{scratch_in_memory, tree, write};
use crate::shim::{Files, Program, Ran, every};

fn book() -> Files {
    let texts = [
        ("book.toml", "[book]\ntitle = \"B\"\nsrc = \"guide\"\n"),
        ("guide/README.md", "# H\n\n[p](1-a/p.md) [q](1-a/q.md)\n"),
        ("guide/1-a/p.md", "# P\n\n[h](../README.md)\n"),
        ("guide/1-a/q.md", "# Q\n\n[p](p.md) [h](../README.md)\n"),
        ("guide/1-a/x.txt", "x\n"),
    ];
    texts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
}

/// Moves in a new copy of the book, with `action` at a call.
fn moved(folder: &Path, fault: Option<(usize, &str)>) -> (Ran, Files) {
    let _ = std::fs::remove_dir_all(folder);
    write(folder, &book(), false);
    let text = |path: &Path| path.to_str().expect("paths in tests are UTF-8").to_owned();
    let arguments = ["mv", "1-a", "3-c/1-b", &text(folder), "--quiet"];
    let program = Program::new(&arguments, folder);
    let program = match fault {
        Some((number, action)) => program.at(number, action),
        None => program,
    };
    let ran = program.run();
    (ran, tree(folder))
}

#[test]
fn a_move_is_made_whole_or_not_at_all() {
    let scratch = scratch_in_memory();
    let folder = scratch.path().join("book");
    let (ran, new) = moved(&folder, None);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(new.contains_key("guide/3-c/1-b/p.md") && ran.log.iter().any(|line| line.starts_with("rename ")));
    let mut undone = 0;
    for number in (1..=ran.log.len()).step_by(every()) {
        for action in ["5", "28"] {
            let (failed, now) = moved(&folder, Some((number, action)));
            let context = format!("{action} at call {number} ({}): {}", ran.log[number - 1], failed.err);
            let is_new = failed.status == Some(0);
            let now: Files =
                now.into_iter().filter(|(path, _)| !is_new || !path.starts_with(".prepbook-mv/")).collect();
            assert!(now == if is_new { new.clone() } else { book() }, "{context}: {:?}", now.keys());
            assert!(is_new || failed.status == Some(2) && failed.err.starts_with("error: "), "{context}");
            undone += usize::from(!is_new);
        }
        // Killed, or on a disk from which things can only be taken away from here on.
        for (action, status) in [("kill", None), ("28+", Some(2))] {
            let (stopped, now) = moved(&folder, Some((number, action)));
            let moved: Files = now.clone().into_iter().filter(|(path, _)| !path.starts_with(".prepbook-mv/")).collect();
            assert!(stopped.status == status || moved == new, "{action} at call {number}: {}", stopped.err);
            let texts: BTreeSet<&Vec<u8>> = now.values().collect();
            let lost: Vec<String> =
                book().into_iter().filter(|(_, text)| !texts.contains(text)).map(|(path, _)| path).collect();
            assert!(moved == new || lost.is_empty(), "{action} at call {number}: {lost:?} are lost");
        }
    }
    assert!(undone > 0, "some calls matter");
}
