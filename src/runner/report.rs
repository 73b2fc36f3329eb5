//! What a run of a project or a sample has shown, and what was skipped because something is missing.

use std::collections::BTreeMap;

use super::Job;
use super::bench::Bench;
use crate::base::error::Error;
use crate::base::process::{End, Ended};
use crate::diagnostic::{Diagnostic, Place, catalog};

/// What a run has shown.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many tests have passed.
    pub passed: usize,
    /// How many have failed.
    pub failed: usize,
    /// How many were skipped.
    pub skipped: usize,
    /// What is wrong.
    pub found: Vec<Diagnostic>,
}

impl Outcome {
    /// One test that has passed.
    pub fn pass() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One test that has failed, for this reason.
    pub fn fail(why: Diagnostic) -> Self {
        Self { failed: 1, found: vec![why], ..Self::default() }
    }
}

/// Why something cannot be run: a program is not there, or what it needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Why.
    pub why: String,
    /// What can be done about it.
    pub help: String,
    /// What the program that was to get it has said.
    pub output: String,
}

/// Why there is nothing to show: something is missing, or the machine is in trouble.
#[derive(Debug)]
pub enum Stop {
    /// Skip what needs it.
    Missing(Missing),
    /// End the whole run.
    Trouble(Error),
}

impl From<Missing> for Stop {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Trouble(error)
    }
}

/// What comes of a run.
pub type Ran<T> = Result<T, Stop>;

/// An answer as it is remembered: nothing but trouble is asked for again.
pub fn remembered<T>(ran: Ran<T>) -> Result<Result<T, Missing>, Error> {
    match ran {
        Ok(answer) => Ok(Ok(answer)),
        Err(Stop::Missing(missing)) => Ok(Err(missing)),
        Err(Stop::Trouble(error)) => Err(error),
    }
}

/// What was skipped, by the reason.
#[derive(Default)]
pub struct Skips(BTreeMap<Missing, Skip>);

struct Skip {
    first: Place,
    suites: usize,
    samples: usize,
}

impl Skips {
    /// Notes that a job was skipped, and gives what that counts as.
    pub fn add(&mut self, bench: &Bench<'_>, job: &Job, missing: Missing) -> Outcome {
        let place = match job {
            Job::Suite(suite) => bench.line(&suite.tests[0], 1),
            Job::Sample(_, sample) => Place::at(&sample.page, sample.opening),
        };
        let skip = self.0.entry(missing).or_insert(Skip { first: place, suites: 0, samples: 0 });
        let skipped = match job {
            Job::Suite(suite) => {
                skip.suites += suite.tests.len();
                suite.tests.len()
            }
            Job::Sample(..) => {
                skip.samples += 1;
                1
            }
        };
        Outcome { skipped, ..Outcome::default() }
    }

    /// One diagnostic for each reason, at the first of what was skipped.
    pub fn reports(self) -> Vec<Diagnostic> {
        let one = |(missing, skip): (Missing, Skip)| {
            let counts = [(skip.suites, "file"), (skip.samples, "sample")].into_iter().filter(|(count, _)| *count > 0);
            let counts = counts.map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }));
            let skipped = counts.collect::<Vec<_>>().join(" and ");
            catalog::test_runner_missing(skip.first, &missing.why, &skipped, &missing.help).output(&missing.output)
        };
        self.0.into_iter().map(one).collect()
    }
}

/// Whether a program has ended well. A thread that an exception has ended is only told of, by Java as by Python.
pub fn is_good(ended: &Ended) -> bool {
    ended.is_success() && !ended.output.lines().any(|line| line.starts_with("Exception in thread "))
}

/// How a program ended that says nothing else of what went wrong.
pub fn in_words(ended: &Ended) -> String {
    match &ended.end {
        End::Status(0) => "it ended early".to_owned(),
        End::Status(status) => format!("it ended with status {status}"),
        End::Signal(signal) => format!("it was ended by {signal}"),
        End::TimeUp | End::Stopped => "it was stopped".to_owned(),
    }
}

/// The output of a program that has ended, with a line for what was cut out of it.
pub fn output(bench: &Bench<'_>, ended: &Ended) -> String {
    let shown = bench.shown(&ended.output);
    match ended.left_out {
        0 => shown,
        left_out => {
            let limit = bench.limits().output / 1024;
            format!(
                "{}\n(of the output, {left_out} bytes more than `output-limit`, {limit} KiB, are left out)",
                shown.trim_end()
            )
        }
    }
}
