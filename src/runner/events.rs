//! What pytest and Node.js report of a run (`prepbook_pytest.py`, `reporter.mjs`) to what it has shown: places of the book,
//! and a word for a run that ended before its time.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::bench::Bench;
use super::discover::Suite;
use super::report::{Outcome, in_words, output};
use crate::base::error::Result;
use crate::base::files;
use crate::base::process::{End, Ended};
use crate::diagnostic::{Diagnostic, Place, catalog};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Started,
    Passed,
    Failed,
    Skipped,
    /// A file without tests.
    Empty,
    /// The whole run.
    Finished,
}

#[derive(Debug, Deserialize)]
struct Event {
    kind: Kind,
    #[serde(default)]
    name: String,
    /// Where an error went through, outermost first.
    #[serde(default)]
    places: Vec<At>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    output: String,
}

#[derive(Debug, Deserialize)]
struct At {
    file: PathBuf,
    line: usize,
}

/// What the run of a suite that has `ended` has shown, by the report that it left at `file`.
pub fn outcome(bench: &Bench<'_>, suite: &Suite, ended: &Ended, file: &Path) -> Result<Outcome> {
    let report = files::read_if_there(file)?.unwrap_or_default();
    // A line that was cut off when the run was stopped is none.
    let events = report.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
    let mut outcome = Outcome::default();
    let (mut last, mut is_finished) = (None, false);
    for event in events {
        let event: Event = event;
        match event.kind {
            Kind::Started => last = Some(event),
            Kind::Passed => outcome.passed += 1,
            Kind::Finished => is_finished = true,
            Kind::Failed => {
                outcome.failed += 1;
                outcome.found.push(failed(bench, suite, &event));
            }
            Kind::Skipped => {
                outcome.skipped += 1;
                let (_, place) = places(bench, suite, &event);
                outcome.found.push(catalog::test_skipped(place, short(&event.name), &event.message));
            }
            Kind::Empty => {
                let (_, place) = places(bench, suite, &event);
                let help = "write one, or give the file another name";
                outcome.found.push(catalog::test_file_not_run(
                    Place::file(&place.path),
                    "there is no test in it",
                    help,
                ));
            }
        }
    }
    let (what, place) = match &last {
        Some(event) => (format!("`{}`", short(&event.name)), places(bench, suite, event).1),
        None => ("this project".to_owned(), bench.line(&suite.tests[0], 1)),
    };
    if ended.end == End::TimeUp {
        outcome.failed += 1;
        let found = catalog::test_timeout(place, &what, bench.limits().time.as_secs());
        outcome.found.push(found.output(&output(bench, ended)));
    } else if !is_finished || (!ended.is_success() && outcome.found.is_empty()) {
        outcome.failed += 1;
        let found = catalog::test_failed(place, &what, &in_words(ended));
        outcome.found.push(found.output(&output(bench, ended)));
    }
    Ok(outcome)
}

fn failed(bench: &Bench<'_>, suite: &Suite, event: &Event) -> Diagnostic {
    let (test, place) = places(bench, suite, event);
    let why = bench.shown(&event.message);
    let name = short(&event.name);
    let found = catalog::test_failed(place.clone(), &format!("`{name}`"), &why).output(&bench.shown(&event.output));
    if test == place { found } else { found.in_test(test) }
}

/// The outermost and the innermost line of the book that an event names.
fn places(bench: &Bench<'_>, suite: &Suite, event: &Event) -> (Place, Place) {
    let place = |at: &At| bench.book_path(&at.file).map(|path| bench.line(&path, at.line));
    let mut places = event.places.iter().filter_map(place);
    let outermost = places.next().unwrap_or_else(|| bench.line(&suite.tests[0], 1));
    let innermost = places.next_back().unwrap_or_else(|| outermost.clone());
    (outermost, innermost)
}

/// The name of a test without its file's.
fn short(name: &str) -> &str {
    let name = name.rsplit("::").next().unwrap_or(name);
    if Path::new(name).is_absolute() { name.rsplit(['/', '\\']).next().unwrap_or(name) } else { name }
}
