//! `prepbook serve`: serves the book while it is edited, and says what each edit has done.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{Output, count, require_book};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::diagnostic::{self, Diagnostic, Place};
use crate::pipeline::{Options, Report};
use crate::server::{Event, Log, Server, Settings};
use crate::workspace::Step;

/// How many changed files are named.
const NAMED: usize = 3;

/// Runs the command until it is told to stop.
pub fn run(mut settings: Settings, browse: bool, output: Output) -> Result<bool> {
    let start = Instant::now();
    require_book(&settings.options.root)?;
    // Events name files by their whole paths.
    let root = files::real_path(&settings.options.root).unwrap_or_else(|| settings.options.root.clone());
    settings.options = Options { root: root.clone(), ..settings.options };
    let wanted = settings.port;
    let server = Server::open(settings)?;
    let sender = server.sender();
    let stopping = AtomicBool::new(false);
    let stop = move || {
        // The loop may be busy; who asks twice is in a hurry.
        if stopping.swap(true, Ordering::Relaxed) || sender.send(Event::Stop).is_err() {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(stop).map_err(|error| Error::new(format!("cannot listen for Ctrl-C: {error}")))?;
    let snapshot = server.workspace().snapshot();
    let report = snapshot.report();
    output.diagnostics(&root, report, report.counts().healthy(false))?;
    if server.is_elsewhere() {
        output.say(format_args!("port {wanted} is taken"));
    }
    if server.is_public() {
        output.say("warning: everybody on this network can read the book");
    }
    let found = diagnostic::summary(report.counts());
    let found = if found.is_empty() { found } else { format!(", {found}") };
    output.say(format_args!(
        "{} read in {:.2} s{found}\nserving {} at {}\nCtrl-C ends it",
        count(report.pages, "page"),
        start.elapsed().as_secs_f64(),
        snapshot.config().title,
        server.url()
    ));
    if browse && let Err(error) = open::that_detached(server.url()) {
        output.say(format_args!("no browser can be opened: {error}"));
    }
    let mut told = Told { known: known(report), has_failed: false, output, root };
    server.run(&mut told);
    output.say("stopped");
    Ok(true)
}

/// What the terminal has been told.
struct Told {
    /// The mistakes that were shown and are still there.
    known: BTreeSet<Mistake>,
    /// Whether the book could not be read at the last look.
    has_failed: bool,
    output: Output,
    root: PathBuf,
}

/// A mistake, wherever in its file it stands: an edit may move it.
type Mistake = (diagnostic::Severity, diagnostic::Code, Place, String);

fn mistake(diagnostic: &Diagnostic) -> Mistake {
    let Diagnostic { severity, code, place, message, .. } = diagnostic;
    (*severity, *code, Place::file(&place.path), message.clone())
}

fn known(report: &Report) -> BTreeSet<Mistake> {
    report.diagnostics.iter().map(mistake).collect()
}

impl Log for Told {
    fn changed(&mut self, step: &Step, took: Duration) {
        let report = step.snapshot.report();
        let now = known(report);
        let new: Vec<Diagnostic> = report
            .diagnostics
            .iter()
            .filter(|diagnostic| !self.known.contains(&mistake(diagnostic)))
            .cloned()
            .collect();
        let mended = self.known.difference(&now).count();
        self.known = now;
        if std::mem::take(&mut self.has_failed) {
            self.output.say("the book can be read again");
        }
        // A second look, for safety, that has shown nothing.
        if step.changed.is_empty() && new.is_empty() && mended == 0 {
            return;
        }
        self.output.some(&self.root, &new, report);
        let mended = if mended == 0 { String::new() } else { format!(", {} mended", count(mended, "mistake")) };
        let found = diagnostic::summary(report.counts());
        let left = if found.is_empty() { found } else { format!("; {found}") };
        self.output.say(format_args!("{} in {:.0} ms{mended}{left}", names(&step.changed), millis(took)));
    }

    fn failed(&mut self, error: &Error) {
        self.has_failed = true;
        self.output.say(format_args!("error: {error}\nthe book is served as it was"));
    }

    fn note(&mut self, text: &str) {
        self.output.say(text);
    }
}

fn millis(took: Duration) -> f64 {
    (took.as_secs_f64() * 1_000.0).ceil()
}

/// The first files by name, and how many more there are.
fn names(changed: &[String]) -> String {
    let named: Vec<&str> = changed.iter().take(NAMED).map(String::as_str).collect();
    match changed.len() {
        0 => "a second look".to_owned(),
        all if all > NAMED => format!("{} and {} more", named.join(", "), all - NAMED),
        _ => named.join(", "),
    }
}
