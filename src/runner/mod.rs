//! The guide's code to what it says when it is run: which tests there are, what runs them, and where in the book their
//! failures belong. Reads the book as all commands do and never writes into its source folder.

mod bench;
mod discover;
mod environments;
mod events;
mod fences;
mod java;
mod javascript;
mod python;
mod report;
mod requirements;
mod tools;

use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};
use crate::base::path::BookPath;
use crate::base::process::Halt;
use crate::base::progress::Progress;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::pipeline::{self, Options, Report, Runnable};

use bench::Bench;
use discover::{Suite, Wanted};
use report::{Outcome, Skips, remembered};

pub use discover::Language;

/// What is to be tested, and how.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Which book.
    pub options: Options,
    /// Only these languages; all where there is none.
    pub languages: Vec<Language>,
    /// Only what lies in these files and folders; everything where there is none.
    pub paths: Vec<BookPath>,
    /// Stops the run from outside.
    pub halt: Halt,
}

/// What a run of the guide's code has shown.
pub struct Tested {
    /// What is wrong.
    pub report: Report,
    /// How many tests have passed.
    pub passed: usize,
    /// How many have failed.
    pub failed: usize,
    /// How many were skipped: by themselves, or because something is missing.
    pub skipped: usize,
    /// What was run, in order.
    pub runs: Vec<Run>,
}

/// One project, or one sample, that was run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its folder, or the place of the sample.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// How many of its tests have passed, failed, and were skipped.
    pub counts: [usize; 3],
    /// How long it took.
    pub time: Duration,
}

/// One thing to be run.
enum Job {
    Suite(Suite),
    Sample(Language, Runnable),
}

impl Job {
    /// What they are run in the order of.
    fn key(&self) -> (&BookPath, u32) {
        match self {
            Self::Suite(suite) => (&suite.tests[0], 0),
            Self::Sample(_, sample) => (&sample.page, sample.opening.start),
        }
    }

    fn language(&self) -> Language {
        match self {
            Self::Suite(suite) => suite.language,
            Self::Sample(language, _) => *language,
        }
    }
}

/// Runs the guide's code. `progress` counts projects and samples.
///
/// # Errors
///
/// As [`pipeline::derive`]; or a path selects nothing, a folder for what is made on the way cannot be had, or the run was
/// stopped.
pub fn test(settings: &Settings, progress: &Progress) -> Result<Tested> {
    let derived = pipeline::derive(&settings.options)?;
    let bench = Bench::new(&derived, settings.halt.clone())?;
    let mut found = Diagnostics::default();
    found.extend(derived.found.iter().filter(|found| keeps_code_from_being_run(found.code)).cloned());
    let wanted = Wanted::new(&settings.languages, &settings.paths);
    let jobs = jobs(&bench, &wanted, &mut found)?;
    progress.expect(jobs.len());
    let mut skips = Skips::default();
    let (mut totals, mut runs) = ([0; 3], Vec::new());
    for job in &jobs {
        let start = Instant::now();
        let ran = match job {
            Job::Suite(suite) => match suite.language {
                Language::Python => python::suite(&bench, suite),
                Language::Java => java::suite(&bench, suite),
                Language::JavaScript => javascript::suite(&bench, suite),
            },
            Job::Sample(language, sample) => fences::sample(&bench, *language, sample),
        };
        if settings.halt.is_stopped() {
            return Err(Error::new("stopped"));
        }
        let Outcome { passed, failed, skipped, found: reports } =
            remembered(ran)?.unwrap_or_else(|missing| skips.add(&bench, job, missing));
        found.extend(reports);
        let counts = [passed, failed, skipped];
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += count;
        }
        runs.push(Run { name: bench.name(job), language: job.language(), counts, time: start.elapsed() });
        progress.step();
    }
    found.extend(skips.reports());
    found.extend(bench.requirements.borrow_mut().reports());
    let [passed, failed, skipped] = totals;
    Ok(Tested { report: bench.report(found), passed, failed, skipped, runs })
}

/// Whether what is wrong with the book as a whole may hide code: a limit that is none, a page that cannot be read.
fn keeps_code_from_being_run(code: Code) -> bool {
    let area = code.name().split('/').next().unwrap_or("");
    area == "config" || (area == "file" && code.default_level() == Level::Error)
}

/// What there is to be run, in the order of places, and what can not be.
fn jobs(bench: &Bench<'_>, wanted: &Wanted<'_>, found: &mut Diagnostics) -> Result<Vec<Job>> {
    let mut reports: Vec<Diagnostic> = Vec::new();
    let suites =
        discover::suites(&bench.files, &bench.derived.config.src, wanted, &|path| bench.text(path), &mut reports);
    let (samples, problems) = bench.derived.runnable();
    for problem in problems.into_iter().filter(|problem| wanted.selects(&problem.place.path)) {
        wanted.meet(&problem.place.path);
        reports.push(problem);
    }
    let mut jobs: Vec<Job> = suites.into_iter().map(Job::Suite).collect();
    for sample in samples.into_iter().filter(|sample| wanted.selects(&sample.page) || wanted.selects(&sample.file)) {
        let language = sample.language.as_ref().and_then(|token| Language::of(&token.value));
        if !language.map_or(wanted.has_all(), |language| wanted.has(language)) {
            continue;
        }
        wanted.meet(&sample.page);
        wanted.meet(&sample.file);
        match language {
            Some(language) => jobs.push(Job::Sample(language, sample)),
            None => reports.push(fences::not_run(&sample)),
        }
    }
    if let Some(path) = wanted.unmet() {
        return Err(Error::new(format!("there is nothing to test in {path}"))
            .with_help("tests are files named like one, and samples that are marked `run`"));
    }
    found.extend(reports);
    jobs.sort_by(|left, right| left.key().cmp(&right.key()));
    Ok(jobs)
}
