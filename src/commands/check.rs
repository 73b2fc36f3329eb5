//! `prepbook check`: prints what is wrong with the book, once or after each change.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Instant;

use super::{Output, count, progress, require_book, stop};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::diagnostic::{self, Format};
use crate::pipeline::{self, Options, Report};
use crate::server::{Follow, Seen};

/// Runs the command; `false` when the book has errors.
pub fn run(options: &Options, output: Output) -> Result<bool> {
    let start = Instant::now();
    let checked = require_book(&options.root)
        .and_then(|()| progress::shown(output, "pages", |progress| pipeline::check(options, progress)));
    let report = output.concluded(checked)?;
    let healthy = tell(&options.root, options.strict, output, &report, start)?;
    output.bare(&options.root, healthy);
    Ok(healthy)
}

/// Checks the book again at each change until Ctrl-C; `false` when it had errors at last. With `poll`, it is looked at every
/// now and then.
pub fn watch(options: &Options, poll: bool, output: Output) -> Result<bool> {
    if matches!(output.format, Format::Sarif | Format::Github) {
        return Err(Error::new("--watch prints one result after the other, which this format has no room for")
            .with_help("leave --format out, or take short or json"));
    }
    let start = Instant::now();
    require_book(&options.root)?;
    // Events name files by their whole paths.
    let root = files::real_path(&options.root).unwrap_or_else(|| options.root.clone());
    let follow = Follow::open(Options { root: root.clone(), ..options.clone() }, poll)?;
    stop::on_interrupt(follow.sender())?;
    let waiting = |result: Result<bool>| {
        output.say("waiting for changes; Ctrl-C ends it");
        result
    };
    let mut last = waiting(tell(&root, options.strict, output, follow.workspace().snapshot().report(), start));
    follow.run(&mut |seen| match seen {
        // A second look, for safety, that has shown nothing.
        Seen::Changed(step, _) if step.changed.is_empty() && last.is_ok() => {}
        Seen::Changed(step, began) => {
            part(output);
            last = waiting(tell(&root, options.strict, output, step.snapshot.report(), began));
        }
        Seen::Failed(error) => {
            part(output);
            output.say(format_args!("error: {error}"));
            last = waiting(Ok(false));
        }
        Seen::Note(text) => output.say(text),
    });
    last
}

/// Sets a result apart from the one before: on a terminal it takes its place.
fn part(output: Output) {
    let terminal = std::io::stderr();
    let text = if terminal.is_terminal() && !output.format.is_for_programs() {
        // The screen, what was scrolled away, and the cursor at the top (ECMA-48; the second is xterm's).
        "\u{1b}[2J\u{1b}[3J\u{1b}[H"
    } else if output.format.is_for_programs() || output.quiet {
        return;
    } else {
        "\n"
    };
    // Nobody is left to be told that standard error is closed.
    let _ = terminal.lock().write_all(text.as_bytes());
}

/// Prints what a check has found; whether the book is fine.
fn tell(root: &Path, strict: bool, output: Output, report: &Report, start: Instant) -> Result<bool> {
    let counts = report.counts();
    let healthy = counts.healthy(strict);
    output.diagnostics(root, report, healthy)?;
    let found = diagnostic::summary(counts);
    let found = if found.is_empty() { "nothing wrong".to_owned() } else { found };
    output.say(format_args!(
        "{} checked in {:.2} s: {found}",
        count(report.pages, "page"),
        start.elapsed().as_secs_f64()
    ));
    Ok(healthy)
}
