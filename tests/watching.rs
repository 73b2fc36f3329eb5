//! `prepbook check --watch`: the real program, whose book changes while it runs.

#![cfg(unix)]

mod common;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use common::{scratch, write};

/// Longer than anything takes that is not stuck.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["check", "--watch", "--color", "never"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (tell, lines) = channel();
        let errors = BufReader::new(child.stderr.take().expect("it is piped"));
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, lines }
    }

    /// What it says until it waits again.
    fn result(&self) -> Vec<String> {
        let mut result = Vec::new();
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{error}: {result:?}"));
            if line.starts_with("waiting for changes") {
                return result;
            }
            result.push(line);
        }
    }

    /// Ctrl-C, and the status that it ends with.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("sh").args(["-c", &format!("kill -INT {id}")]).status().expect("there is a shell");
        assert!(sent.success());
        self.child.wait().expect("it ends").code()
    }
}

fn last(result: &[String]) -> &str {
    result.last().map_or("", String::as_str)
}

#[test]
fn each_change_is_checked_and_the_end_has_the_last_status() {
    let folder = scratch();
    let file = |text: &str| std::fs::write(folder.path().join("README.md"), text).expect("it can be written");
    write(folder.path(), &[("a.md".to_owned(), b"# A\n".to_vec())].into(), false);
    file("# H\n\n[a](a.md)\n");
    let watching = Watching::start(folder.path(), &["--format", "short"]);
    let first = watching.result();
    assert!(first.len() == 1 && last(&first).ends_with("nothing wrong"), "{first:?}");
    file("# H\n\n[a](b.md)\n");
    let second = watching.result();
    assert_eq!(second[0], "", "results are set apart, and no screen is cleared where there is none");
    assert!(second[1].starts_with("README.md:3:5: error[link/missing-page]"), "{second:?}");
    assert!(last(&second).ends_with("1 error") && second.len() == 3, "{second:?}");
    std::fs::rename(folder.path().join("a.md"), folder.path().join("b.md")).expect("it can be moved");
    let third = watching.result();
    assert!(last(&third).ends_with("nothing wrong"), "{third:?}");
    assert_eq!(watching.interrupt(), Some(0));

    file("# H\n\n[a](a.md)\n");
    let watching = Watching::start(folder.path(), &["--poll"]);
    watching.result();
    assert_eq!(watching.interrupt(), Some(1));
}

#[test]
fn formats_for_one_result_are_refused() {
    let folder = scratch();
    let refused = common::run(folder.path(), &["check", "--watch", "--format", "sarif"], 1);
    assert!(refused.status == 2 && refused.err.contains("--watch"), "{}", refused.err);
}
