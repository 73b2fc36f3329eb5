//! `prepbook build`: publishes the book and says what to open.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Map, json};

use super::{Output, count, progress, require_book};
use crate::base::error::Result;
use crate::base::files;
use crate::base::path::tidy;
use crate::diagnostic;
use crate::pipeline::{self, Options};

/// How the time of each stage is printed.
#[derive(Clone, Copy, Debug)]
pub enum Timings {
    /// A line each, in milliseconds.
    Text,
    /// One line of JSON, with what was done in that time.
    Json,
}

/// Runs the command; `false` when the book has errors.
pub fn run(options: &Options, output: Output, timings: Option<Timings>) -> Result<bool> {
    let start = Instant::now();
    let built = require_book(&options.root)
        .and_then(|()| progress::shown(output, "pages", |progress| pipeline::build(options, progress)));
    let report = output.concluded(built)?;
    let counts = report.counts();
    let healthy = counts.healthy(options.strict) && report.emitted.is_some();
    output.diagnostics(&options.root, &report, healthy)?;
    output.bare(&options.root, healthy);
    let found = diagnostic::summary(counts);
    let found = if found.is_empty() { found } else { format!(", {found}") };
    let seconds = start.elapsed().as_secs_f64();
    let stages = report.timings.iter().map(|(stage, time)| (*stage, time.as_secs_f64() * 1_000.0));
    match timings {
        Some(Timings::Text) => {
            for (stage, milliseconds) in stages {
                let _ = writeln!(anstream::stderr(), "{stage:>8} {milliseconds:8.1} ms");
            }
        }
        Some(Timings::Json) => {
            let emitted = report.emitted.as_ref().map(
                |it| json!({"rendered": it.rendered, "written": it.written, "kept": it.kept, "removed": it.removed}),
            );
            let stages: Map<_, _> = stages.map(|(stage, time)| (stage.to_owned(), json!(time))).collect();
            let line = json!({
                "pages": report.pages, "milliseconds": seconds * 1_000.0, "stages": stages, "published": emitted,
            });
            let _ = writeln!(anstream::stderr(), "{line}");
        }
        None => {}
    }
    let Some(emitted) = report.emitted else {
        output.say(format_args!(
            "not published: {}{found}; the last good site stays as it is",
            count(report.pages, "page")
        ));
        return Ok(false);
    };
    if output.verbose {
        output.say(format_args!(
            "{} rendered; {} written, {} kept, {} removed in {}",
            count(emitted.rendered, "page"),
            count(emitted.written, "file"),
            emitted.kept,
            emitted.removed,
            report.output.display()
        ));
    }
    output.say(format_args!("{} in {seconds:.2} s{found}", count(report.pages, "page")));
    output.say(format_args!("open {}", shown(&report.output).join("index.html").display()));
    Ok(healthy)
}

/// A path as people write it, as long as it is the same place.
fn shown(path: &Path) -> PathBuf {
    let tidied = tidy(path);
    if files::real_path(&tidied) == files::real_path(path) { tidied } else { path.to_owned() }
}
