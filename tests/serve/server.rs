//! A book that the real program serves, and what it says meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::client::{Answer, request, talk};
use super::common::{bare_theme, scratch, write};

/// How long anything may take that takes its time, such as starting.
pub const LONG: Duration = Duration::from_secs(20);

const WHOLE: &str = "whoever had it has not panicked";

pub type Files = BTreeMap<String, Vec<u8>>;

/// A book being served. It ends with the test.
pub struct Served {
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
    /// The printed address.
    pub url: String,
    pub port: u16,
    /// The folder of the book; the one above it is the test's own, too.
    pub root: PathBuf,
    _scratch: Option<tempfile::TempDir>,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let said = self.said().join("\n");
            assert!(
                ["panicked at", "memory allocation", "overflowed"].iter().all(|word| !said.contains(word)),
                "{said}"
            );
        }
    }
}

/// The program with the arguments that every test gives it.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
    command.args(["serve", "-p", "0", "--color", "never"]);
    command
}

/// The same below a shell that has run `first`, with what is true of it then.
#[cfg(target_os = "linux")]
pub fn command_after(first: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{first}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_prepbook")]);
    command.args(["serve", "-p", "0", "--color", "never"]);
    command
}

/// A small book.
pub fn small_book() -> Files {
    let mut files = bare_theme();
    for (path, text) in [
        ("book.toml", "[book]\ntitle = \"Small book\"\nsrc = \"guide\"\n"),
        ("guide/README.md", "# Home\n\n[reading](1-reading/README.md)\n"),
        ("guide/1-reading/README.md", "# Reading\n"),
        ("guide/1-reading/1-first-page.md", "# First page\n"),
        ("guide/1-reading/2-größe und maß.md", "# Größe\n"),
        ("guide/notes.txt", "notes\n"),
    ] {
        files.insert(path.into(), text.into());
    }
    files
}

impl Served {
    /// Serves a small book.
    pub fn small() -> Self {
        Self::book(&small_book())
    }

    /// Serves a book of these files.
    pub fn book(files: &Files) -> Self {
        Self::book_with(files, command())
    }

    /// Has `command` serve a book of these files.
    pub fn book_with(files: &Files, command: Command) -> Self {
        let scratch = scratch();
        let root = fs::canonicalize(scratch.path()).expect("the folder is there").join("book");
        write(&root, files, false);
        let mut served = Self::folder(&root, command);
        served._scratch = Some(scratch);
        served
    }

    /// Has `command` serve the book in a folder that stays.
    pub fn folder(root: &Path, mut command: Command) -> Self {
        command.arg(root).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let errors = child.stderr.take().expect("it is piped");
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = said.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                heard.lock().expect(WHOLE).push(line);
            }
        });
        let mut served = Self { child, said, url: String::new(), port: 0, root: root.to_owned(), _scratch: None };
        let line = served.hear(|line| line.starts_with("serving ") && line.contains(" at http://"));
        served.url = format!("http://{}", line.split(" at http://").last().expect("it is there"));
        let port = served.url.split('/').nth(2).and_then(|host| host.rsplit(':').next()?.parse().ok());
        served.port = port.unwrap_or_else(|| panic!("{line} has no port"));
        served
    }

    fn said(&self) -> MutexGuard<'_, Vec<String>> {
        self.said.lock().expect(WHOLE)
    }

    /// The first line that it has said, or says in time, for which `is_it` holds.
    pub fn hear(&self, is_it: impl Fn(&str) -> bool) -> String {
        let heard = within(LONG, || self.said().iter().find(|line| is_it(line)).cloned());
        heard.unwrap_or_else(|| panic!("it never said so: {:?}", *self.said()))
    }

    /// Whether it has said a line for which `is_it` holds.
    pub fn has_said(&self, is_it: impl Fn(&str) -> bool) -> bool {
        self.said().iter().any(|line| is_it(line))
    }

    /// All that it has said.
    pub fn lines(&self) -> Vec<String> {
        self.said().clone()
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it has ended, if it ends in time.
    pub fn end(&mut self, time: Duration) -> Option<ExitStatus> {
        within(time, || self.child.try_wait().expect("it is our child"))
    }

    /// What it answers to these bytes; `None` where it ends the connection without an answer.
    pub fn says_to(&self, bytes: &[u8]) -> Option<Answer> {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        let answer = talk(self.port, bytes).unwrap_or_else(|error| panic!("{shown}: {error}; {:?}", *self.said()));
        (!answer.is_empty()).then(|| Answer::of(&answer).unwrap_or_else(|| panic!("{shown}: no answer of HTTP")))
    }

    /// What it answers to a request.
    pub fn ask(&self, method: &str, target: &str, headers: &[&str]) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let all: Vec<&str> = [&*host].into_iter().chain(headers.iter().copied()).collect();
        self.says_to(&request(method, target, &all)).unwrap_or_else(|| panic!("{method} {target}: no answer"))
    }

    /// What stands at an address.
    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// It answers as if nothing had been.
    pub fn is_well(&self) {
        let answer = self.get("/");
        assert!(answer.status == 200 && answer.text().contains("Home"), "{answer:?}");
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.root, &[(path.to_owned(), text.into())].into(), false);
    }
}

/// Asks again and again until there is an answer, or time is up.
pub fn within<T>(time: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + time;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() > end {
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Bytes that no compression and no accident can make equal (xorshift).
pub fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    (0..length).map(|_| next()).collect()
}
