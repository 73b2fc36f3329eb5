//! One file a command: what it prints, and whether the book is fine.

pub mod build;
pub mod check;
pub mod clean;
pub mod explain;
pub mod import;
pub mod init;
pub mod list;
pub mod mv;
pub mod new;
mod progress;
mod report;
pub mod schema;
pub mod serve;
mod stop;
pub mod test;
pub mod welcome;

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::{files, process};
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
    let folder = files::real_path(root);
    let is_home = folder.is_some() && folder == process::home_folder().and_then(|home| files::real_path(&home));
    let is_top = folder.as_ref().is_some_and(|folder| folder.parent().is_none());
    if is_home || is_top {
        let which = if is_home { "your home folder" } else { "the whole disk" };
        return Err(Error::new(format!("{which} is no book: it has no book.toml")).with_help(NEXT_ELSEWHERE));
    }
    if !pipeline::is_book(root) {
        let what = "it has neither book.toml nor Markdown files";
        let is_empty = files::names(root).is_ok_and(|names| names.is_empty());
        let (folder, help) = match (root == Path::new("."), is_empty) {
            (true, true) => ("this folder".to_owned(), NEXT_HERE.to_owned()),
            (true, false) => ("this folder".to_owned(), NEXT_ELSEWHERE.to_owned()),
            (false, true) => {
                (root.display().to_string(), format!("`prepbook init {}` makes a book there", root.display()))
            }
            (false, false) => (root.display().to_string(), NEXT_ELSEWHERE.to_owned()),
        };
        return Err(Error::new(format!("{folder} is no book: {what}")).with_help(help));
    }
    Ok(())
}

/// What to do next in an empty folder.
const NEXT_HERE: &str = "\
`prepbook init` makes a small book here, then `prepbook serve -o` shows it while you write;
      or name another folder: a book, or any folder of Markdown";

/// What to do next where a new book would be in the way.
const NEXT_ELSEWHERE: &str = "\
`prepbook init my-book` makes a small book in a folder of its own, then `prepbook serve my-book -o` shows it;
      or name another folder: a book, or any folder of Markdown";

/// "3 pages", "1 page".
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
