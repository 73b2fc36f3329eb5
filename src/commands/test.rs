//! `prepbook test`: runs the guide's code and says what of it fails.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Output, progress, require_book};
use crate::base::error::{Error, Result};
use crate::base::files::{self, Reader};
use crate::base::path::BookPath;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostics;
use crate::pipeline;
use crate::runner::{self, Run, Settings};

/// Runs the command on what `named` names: a book and paths in it, or only paths. `false` when something has failed.
pub fn run(named: Vec<PathBuf>, mut settings: Settings, strict: bool, output: Output) -> Result<bool> {
    let start = Instant::now();
    let halt = settings.halt.clone();
    let stop = move || {
        // Who asks twice is in a hurry.
        if halt.is_stopped() {
            std::process::exit(130);
        }
        halt.stop();
    };
    ctrlc::set_handler(stop).map_err(|error| Error::new(format!("cannot listen for Ctrl-C: {error}")))?;
    let (root, paths) = split(named);
    settings.options.root.clone_from(&root);
    let halt = settings.halt.clone();
    let tested = require_book(&root).and_then(|()| {
        settings.paths = paths.iter().map(|path| in_book(&root, path)).collect::<Result<_>>()?;
        progress::shown(output, "tests", |progress| runner::test(&settings, progress))
    });
    // What was started has been ended, and what was made on the way is gone.
    if halt.is_stopped() {
        std::process::exit(130);
    }
    let tested = output.concluded(tested)?;
    let healthy = tested.report.counts().healthy(strict);
    output.diagnostics(&root, &tested.report, healthy)?;
    if output.verbose {
        for Run { name, language, counts, time } in &tested.runs {
            output.say(format_args!(
                "{name} ({}): {} in {:.2} s",
                language.name(),
                counted(*counts),
                time.as_secs_f64()
            ));
        }
    }
    let counts = [tested.passed, tested.failed, tested.skipped];
    output.say(format_args!("tested: {} in {:.2} s", counted(counts), start.elapsed().as_secs_f64()));
    Ok(healthy)
}

/// "12 passed, 1 failed", with what there is none of left out.
fn counted(counts: [usize; 3]) -> String {
    let mut words = String::new();
    for (number, word) in counts.into_iter().zip(["passed", "failed", "skipped"]).filter(|(number, _)| *number > 0) {
        let _ = write!(words, "{}{number} {word}", if words.is_empty() { "" } else { ", " });
    }
    if words.is_empty() { "nothing".to_owned() } else { words }
}

/// The book and the paths in it. The first that is named is the book if it is one; else it is a path in the book here.
fn split(mut named: Vec<PathBuf>) -> (PathBuf, Vec<PathBuf>) {
    let here = PathBuf::from(".");
    let is_configured = |folder: &Path| folder.join(config::FILE).is_file();
    // In a book, a folder of Markdown is a part of it.
    let is_book =
        |path: &Path| is_configured(path) || (path.is_dir() && !is_configured(&here) && pipeline::is_book(path));
    match named.first() {
        // What is not there at all is most likely a book, as for the other commands, where here is none.
        Some(first) if is_book(first) || !(is_configured(&here) || pipeline::is_book(&here)) => {
            (named.remove(0), named)
        }
        _ => (here, named),
    }
}

/// A path as one of the book: from the working folder, or else from the book's or from its source folder.
fn in_book(root: &Path, path: &Path) -> Result<BookPath> {
    let src = Config::load(root, Reader::default(), &mut Diagnostics::default())?.src.to_os(root);
    let real_root = files::real_path(root).unwrap_or_else(|| root.to_owned());
    let places = [path.to_owned(), root.join(path), src.join(path)];
    let inside = places.iter().filter_map(|place| {
        let real = files::real_path(place)?;
        let parts: Option<Vec<&str>> =
            real.strip_prefix(&real_root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        BookPath::new(&parts?.join("/"))
    });
    let shown = path.display();
    inside.into_iter().next().ok_or_else(|| {
        let is_there = places.iter().any(|place| place.exists());
        let what = if is_there { "lies outside the book" } else { "is not there" };
        Error::new(format!("{shown} {what}"))
            .with_help(format!("name files and folders of the book in {}", root.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_what_there_is_is_counted() {
        assert_eq!(counted([12, 1, 2]), "12 passed, 1 failed, 2 skipped");
        assert_eq!(counted([0, 0, 2]), "2 skipped");
        assert_eq!(counted([0, 0, 0]), "nothing");
    }
}
