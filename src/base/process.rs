//! Other programs: looked for, started with an environment of their own, bounded in time and output, and ended with all
//! that they have started. The only file that starts any and, with `scratch.rs`, the only user of `std::env`.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, PipeReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{Error, Result};
use super::files;

/// A program to be run.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The program.
    pub program: &'a Path,
    /// What it is told.
    pub arguments: Vec<OsString>,
    /// The folder it starts in.
    pub folder: &'a Path,
    /// All that it sees of the environment; `None` for the caller's own.
    pub environment: Option<&'a [(&'static str, OsString)]>,
    /// What it may take.
    pub limits: Limits,
}

/// What a program may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes of its output are kept, half from the start and half from the end.
    pub output: usize,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// With this status.
    Status(i32),
    /// By a signal, in the system's words.
    Signal(String),
    /// It was stopped when its time was up.
    TimeUp,
    /// It was stopped because the whole run is.
    Stopped,
}

/// A program that has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How.
    pub end: End,
    /// What it wrote to standard output and standard error, in that order in time.
    pub output: String,
    /// How many bytes of that are left out in the middle.
    pub left_out: u64,
    /// How long it took.
    pub time: Duration,
}

impl Ended {
    /// Whether it ended with status 0.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.end == End::Status(0)
    }
}

/// Tells whoever runs programs to stop, from another thread.
#[derive(Clone, Debug, Default)]
pub struct Halt(Arc<AtomicBool>);

impl Halt {
    /// Stops what runs, and what would be run.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was said.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where the program of that name is, by `PATH`. Folders that are named from the working folder are passed over.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(with_suffix(name))).find(|program| files::is_executable(program))
}

/// The name of a program as its file has it.
#[must_use]
pub fn with_suffix(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// `PATH` with `first` in front.
#[must_use]
pub fn search_path(first: Option<&Path>) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
    // A folder whose name cannot be written there is not in it either.
    std::env::join_paths(folders).unwrap_or(path)
}

/// Where programs keep what they can make again, as this system has it: `PREPBOOK_CACHE`, or a folder of ours below the
/// user's. None, if the variable is empty or there is no such folder.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PREPBOOK_CACHE") {
        return Some(PathBuf::from(named)).filter(|folder| folder.is_absolute());
    }
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = || of("HOME");
    let folder = if cfg!(windows) {
        of("LOCALAPPDATA")?
    } else if cfg!(target_os = "macos") {
        home()?.join("Library/Caches")
    } else {
        of("XDG_CACHE_HOME").or_else(|| Some(home()?.join(".cache")))?
    };
    Some(folder.join("prepbook"))
}

/// The caller's own folder.
#[must_use]
pub fn home_folder() -> Option<PathBuf> {
    std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
        .map(PathBuf::from)
        .filter(|home| home.is_absolute())
}

/// The caller's variable of that name; for systems where nothing can be started without some of them.
#[must_use]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// How long output is waited for whose program has ended: something that it started may hold on to it.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a program is looked at, at first and in the long run.
const PAUSES: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(20));

/// Runs a program to its end. It has no input, and with it ends what it started, but for what left its group of processes.
///
/// # Errors
///
/// It cannot be started.
pub fn run(call: &Call<'_>, halt: &Halt) -> Result<Ended> {
    let fail = |error| Error::io("cannot start", call.program, error);
    let start = Instant::now();
    let (reader, writer) = io::pipe().map_err(fail)?;
    let mut command = Command::new(call.program);
    command.args(&call.arguments).current_dir(call.folder).stdin(Stdio::null());
    command.stdout(writer.try_clone().map_err(fail)?).stderr(writer);
    if let Some(environment) = call.environment {
        command.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(fail)?;
    // With the command goes our end of the pipe, which would keep it open.
    drop(command);
    let kept = Arc::new(Mutex::new(Kept::new(call.limits.output)));
    let end_of_output = collect(reader, kept.clone());
    let mut pause = PAUSES.0;
    let stopped = loop {
        if has_ended(&mut child) {
            break None;
        }
        if halt.is_stopped() {
            break Some(End::Stopped);
        }
        let left = call.limits.time.saturating_sub(start.elapsed());
        if left.is_zero() {
            break Some(End::TimeUp);
        }
        thread::sleep(pause.min(left));
        pause = (pause * 2).min(PAUSES.1);
    };
    // Before it is waited for, so that its number is still its own.
    kill_group(&mut child);
    let status = child.wait().map_err(fail)?;
    // Whoever still holds the pipe open is not waited for.
    let _ = end_of_output.recv_timeout(PATIENCE);
    let end = stopped.unwrap_or_else(|| status.code().map_or_else(|| End::Signal(status.to_string()), End::Status));
    let (output, left_out) = kept.lock().unwrap_or_else(PoisonError::into_inner).text();
    Ok(Ended { end, output, left_out, time: start.elapsed() })
}

/// Whether the program has ended; it is left to be waited for.
#[cfg(unix)]
fn has_ended(child: &mut Child) -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let Some(pid) = pid(child) else { return false };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    // Where that cannot be asked, waiting for it will not take long either.
    waitid(WaitId::Pid(pid), options).map_or(true, |status| status.is_some())
}

#[cfg(not(unix))]
fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Ends the program and what it has started.
fn kill_group(child: &mut Child) {
    // What has ended needs no end.
    #[cfg(unix)]
    if let Some(pid) = pid(child) {
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(unix)]
fn pid(child: &Child) -> Option<rustix::process::Pid> {
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
}

/// Reads all there is, in a thread of its own; what is given tells when that is done.
fn collect(mut reader: PipeReader, kept: Arc<Mutex<Kept>>) -> Receiver<()> {
    let (done, end) = channel();
    thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        // Nobody may be waiting any more.
        let _ = done.send(());
    });
    end
}

/// The start and the end of a text of any length.
struct Kept {
    limit: usize,
    start: Vec<u8>,
    end: VecDeque<u8>,
    left_out: u64,
}

impl Kept {
    fn new(limit: usize) -> Self {
        Self { limit: limit / 2, start: Vec::new(), end: VecDeque::new(), left_out: 0 }
    }

    fn push(&mut self, bytes: &[u8]) {
        let (first, rest) = bytes.split_at(bytes.len().min(self.limit - self.start.len()));
        self.start.extend_from_slice(first);
        self.end.extend(rest);
        let surplus = self.end.len().saturating_sub(self.limit);
        self.end.drain(..surplus);
        self.left_out += surplus as u64;
    }

    /// The text with a line in the middle for what is left out, and how many bytes that is.
    fn text(&self) -> (String, u64) {
        let end: Vec<u8> = self.end.iter().copied().collect();
        if self.left_out == 0 {
            return (String::from_utf8_lossy(&[&self.start[..], &end].concat()).into_owned(), 0);
        }
        let (start, end) = (String::from_utf8_lossy(&self.start), String::from_utf8_lossy(&end));
        (format!("{start}\n… {} bytes of output are left out here\n{end}", self.left_out), self.left_out)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limits: Limits, halt: &Halt) -> Ended {
        let program = find("sh").expect("a shell");
        let arguments = vec!["-c".into(), script.into()];
        let environment = [("PATH", search_path(None))];
        let folder = Path::new("/");
        run(&Call { program: &program, arguments, folder, environment: Some(&environment), limits }, halt)
            .expect("the shell starts")
    }

    const GENEROUS: Limits = Limits { time: Duration::from_secs(60), output: 64 * 1024 };

    #[test]
    fn both_streams_are_read_in_their_order_and_the_status_is_told() {
        let ended = shell("echo one; echo two >&2; echo three; exit 3", GENEROUS, &Halt::default());
        assert_eq!((ended.end, ended.output.as_str()), (End::Status(3), "one\ntwo\nthree\n"));
        let killed = shell("kill -9 $$", GENEROUS, &Halt::default());
        assert!(matches!(killed.end, End::Signal(words) if words.contains('9')));
    }

    #[test]
    fn the_environment_is_what_was_given() {
        let ended = shell(
            "env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= | cut -d= -f1; read x || echo end",
            GENEROUS,
            &Halt::default(),
        );
        assert_eq!(ended.output, "PATH\nend\n");
    }

    #[test]
    fn what_takes_too_long_ends_with_all_that_it_started() {
        let limits = Limits { time: Duration::from_millis(200), ..GENEROUS };
        let ended = shell("sleep 600 & sleep 600", limits, &Halt::default());
        assert_eq!(ended.end, End::TimeUp);
        // The pipe is closed once both have gone, or nobody would have come back before its time.
        assert!(ended.time < PATIENCE, "{:?}", ended.time);
    }

    #[test]
    fn what_a_program_leaves_behind_is_ended_too() {
        let ended = shell("sleep 600 & echo $!", GENEROUS, &Halt::default());
        assert!(ended.is_success() && ended.time < PATIENCE, "{:?}", ended.time);
    }

    #[test]
    fn a_run_can_be_stopped_from_outside() {
        let halt = Halt::default();
        thread::scope(|scope| {
            let run = scope.spawn(|| shell("sleep 600", GENEROUS, &halt));
            halt.stop();
            assert_eq!(run.join().unwrap().end, End::Stopped);
        });
    }

    #[test]
    fn only_the_start_and_the_end_of_long_output_are_kept() {
        let limits = Limits { output: 20, ..GENEROUS };
        let ended = shell("i=0; while [ $i -lt 50000 ]; do echo line $i; i=$((i+1)); done", limits, &Halt::default());
        assert_eq!(ended.left_out, 538_890 - 20);
        assert_eq!(ended.output, "line 0\nlin\n… 538870 bytes of output are left out here\nine 49999\n");
    }

    #[test]
    fn programs_are_found_by_name() {
        assert!(find("sh").is_some_and(|path| path.is_absolute()));
        assert_eq!(find("no-such-program"), None);
    }
}
