//! One file a command: what it prints, and whether the book is fine.

pub mod build;
pub mod check;
pub mod clean;
pub mod explain;
pub mod init;
pub mod list;
pub mod new;
mod progress;
mod report;
pub mod schema;
pub mod serve;
pub mod test;

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::base::error::{Error, Result};
use crate::diagnostic::Format;
use crate::pipeline;

/// How a command speaks.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// How diagnostics are printed.
    pub format: Format,
    /// Nothing but diagnostics.
    pub quiet: bool,
    /// Also what was written.
    pub verbose: bool,
}

impl Output {
    /// Prints a line to standard error, unless only diagnostics are wanted.
    fn say(self, line: impl std::fmt::Display) {
        if !self.quiet {
            // Nobody is left to be told that standard error is closed.
            let _ = writeln!(anstream::stderr().lock(), "{line}");
        }
    }
}

/// Prints to standard output. A reader who has seen enough, such as `head`, is no failure.
///
/// # Errors
///
/// Standard output cannot be written to.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::io("cannot write to", Path::new("standard output"), error))
        }
        _ => Ok(()),
    }
}

/// A friendly word for a folder that is no book.
///
/// # Errors
///
/// `root` holds no book.toml and no Markdown, or is a part of a book and was not named explicitly.
fn require_book(root: &Path) -> Result<()> {
    if !root.is_dir() {
        return Err(Error::new(format!("there is no folder {}", root.display())));
    }
    if root.join(crate::config::FILE).is_file() {
        return Ok(());
    }
    // Somebody who stands in a book's source folder means the book.
    if root == Path::new(".")
        && let Some(book) = pipeline::book_above(root)
    {
        return Err(Error::new("this folder is inside a book and no book itself")
            .with_help(format!("name the book: {}", book.display())));
    }
    if !pipeline::is_book(root) {
        return Err(Error::new(format!("{} is no book: it has neither book.toml nor Markdown files", root.display()))
            .with_help("make one with `prepbook init`, or name the folder of a book"));
    }
    Ok(())
}

/// "3 pages", "1 page".
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
