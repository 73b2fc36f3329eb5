//! `prepbook serve`: serves the book while it is edited, and says what each edit has done.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Output, count, require_book, stop};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::path::BookPath;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::pipeline::{Options, Report};
use crate::server::{Log, Server, Settings};
use crate::workspace::Step;

/// How many new mistakes are shown after a save.
const SHOWN: usize = 10;
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
    stop::on_interrupt(server.sender())?;
    let snapshot = server.workspace().snapshot();
    let report = snapshot.report();
    output.diagnostics(&root, report, report.counts().healthy(false))?;
    if let Some(port) = server.other_port() {
        output.say(format_args!("port {wanted} is taken, so it is {port}"));
    }
    if server.is_public() {
        output.say("warning: everybody on this network can read the book, at this machine's address");
    }
    let found = diagnostic::summary(report.counts());
    let found = if found.is_empty() { found } else { format!(", {found}") };
    let seconds = start.elapsed().as_secs_f64();
    output.say(format_args!("{} read in {seconds:.2} s{found}", count(report.pages, "page")));
    // Without the address, nobody could find it.
    let always = Output { quiet: false, ..output };
    always.say(format_args!("serving {} at {}", snapshot.config().title, server.url()));
    output.say("Ctrl-C ends it");
    if browse && open::that_detached(server.url()).is_err() {
        output.say("no browser can be opened from here; open the address yourself");
    }
    let mut told = Told { known: known(report), has_failed: false, output, root };
    server.run(&mut told);
    output.say("stopped");
    Ok(true)
}

/// What the terminal has been told.
struct Told {
    /// The mistakes that were shown and are still there.
    known: Mistakes,
    /// Whether the book could not be read at the last look.
    has_failed: bool,
    output: Output,
    root: PathBuf,
}

/// How many mistakes there are of each kind in each file. Where in the file they stand does not count: an edit may move
/// them.
type Mistakes = BTreeMap<(Severity, Code, BookPath, String), usize>;

fn known(report: &Report) -> Mistakes {
    let mut known = Mistakes::new();
    for Diagnostic { severity, code, place, message, .. } in &report.diagnostics {
        *known.entry((*severity, *code, place.path.clone(), message.clone())).or_default() += 1;
    }
    known
}

/// The mistakes in `report` that are not `known`.
fn new_ones(report: &Report, known: &Mistakes) -> Vec<Diagnostic> {
    let mut left = known.clone();
    let is_new = |diagnostic: &&Diagnostic| {
        let Diagnostic { severity, code, place, message, .. } = diagnostic;
        let count = left.get_mut(&(*severity, *code, place.path.clone(), message.clone()));
        match count.filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                false
            }
            None => true,
        }
    };
    report.diagnostics.iter().filter(is_new).cloned().collect()
}

impl Log for Told {
    fn changed(&mut self, step: &Step, took: Duration, is_shown: bool) {
        let report = step.snapshot.report();
        let new = new_ones(report, &self.known);
        let now = known(report);
        let mended: usize = self
            .known
            .iter()
            .map(|(mistake, before)| before.saturating_sub(now.get(mistake).copied().unwrap_or(0)))
            .sum();
        self.known = now;
        if std::mem::take(&mut self.has_failed) {
            self.output.say("the book can be read again");
        }
        // A second look, for safety, that has shown nothing.
        if step.changed.is_empty() && new.is_empty() && mended == 0 {
            return;
        }
        self.output.some(&self.root, &new[..new.len().min(SHOWN)], report);
        if new.len() > SHOWN {
            self.output.say(format_args!("… and {} more; `prepbook check` prints all", new.len() - SHOWN));
        }
        let mut line = format!("{} in {:.0} ms", names(&step.changed), millis(took));
        let counts = [(new.len(), "new"), (mended, "mended")];
        let counts = counts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}"));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let found = diagnostic::summary(report.counts());
        let total = match (found.is_empty(), counts.is_empty()) {
            (false, _) => format!("the book has {found}"),
            (true, false) => "nothing is wrong any more".to_owned(),
            (true, true) => String::new(),
        };
        let told: Vec<String> = [counts, total].into_iter().filter(|part| !part.is_empty()).collect();
        if !told.is_empty() {
            line.push_str(": ");
            line.push_str(&told.join("; "));
        }
        if !is_shown {
            line.push_str("; all pages stay as they were until that is mended");
        }
        self.output.say(line);
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
        0 => "another look".to_owned(),
        all if all > NAMED => format!("{} and {} more", named.join(", "), all - NAMED),
        _ => named.join(", "),
    }
}
