//! `prepbook build`: publishes the book and says what to open.

use std::io::Write as _;
use std::time::Instant;

use super::{Output, count, progress, require_book};
use crate::base::error::Result;
use crate::diagnostic;
use crate::pipeline::{self, Options};

/// Runs the command; `false` when the book has errors.
pub fn run(options: &Options, output: Output, timings: bool) -> Result<bool> {
    let start = Instant::now();
    let built = require_book(&options.root)
        .and_then(|()| progress::shown(output, "pages", |progress| pipeline::build(options, progress)));
    let report = output.concluded(built)?;
    let counts = report.counts();
    let healthy = counts.healthy(options.strict) && report.emitted.is_some();
    output.diagnostics(&options.root, &report, healthy)?;
    let found = diagnostic::summary(counts);
    let found = if found.is_empty() { found } else { format!(", {found}") };
    let seconds = start.elapsed().as_secs_f64();
    if timings {
        for (stage, time) in &report.timings {
            let _ = writeln!(anstream::stderr(), "{stage:>8} {:8.1} ms", time.as_secs_f64() * 1_000.0);
        }
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
    output.say(format_args!("open {}", report.output.join("index.html").display()));
    Ok(healthy)
}
