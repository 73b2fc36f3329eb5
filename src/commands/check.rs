//! `prepbook check`: prints what is wrong with the book.

use std::time::Instant;

use super::{Output, count, progress, require_book};
use crate::base::error::Result;
use crate::diagnostic;
use crate::pipeline::{self, Options};

/// Runs the command; `false` when the book has errors.
pub fn run(options: &Options, output: Output) -> Result<bool> {
    let start = Instant::now();
    let checked = require_book(&options.root)
        .and_then(|()| progress::shown(output, "pages", |progress| pipeline::check(options, progress)));
    let report = output.concluded(checked)?;
    let counts = report.counts();
    let healthy = counts.healthy(options.strict);
    output.diagnostics(&options.root, &report, healthy)?;
    let found = diagnostic::summary(counts);
    let found = if found.is_empty() { "nothing wrong".to_owned() } else { found };
    output.say(format_args!(
        "{} checked in {:.2} s: {found}",
        count(report.pages, "page"),
        start.elapsed().as_secs_f64()
    ));
    Ok(healthy)
}
