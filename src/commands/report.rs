//! What a run found to the two streams: formats for people to standard error, formats for programs to
//! standard output. Knows where the book lies as seen from here.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::Output;
use crate::base::error::Result;
use crate::base::files::{self, Reader};
use crate::config::{Config, FILE};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Format, Printing};
use crate::pipeline::{self, Report};

impl Output {
    /// Prints the diagnostics of a run on the book at `root`; `healthy` is what the exit status will say.
    ///
    /// # Errors
    ///
    /// Standard output cannot be written to.
    pub fn diagnostics(self, root: &Path, report: &Report, healthy: bool) -> Result<()> {
        let text = |path: &_| report.texts.get(path).cloned();
        let printing = Printing {
            format: self.format,
            styled: true,
            folder: folder_from_here(root),
            pages: report.pages,
            healthy,
        };
        self.write(&diagnostic::print(&report.diagnostics, &text, &printing))?;
        // The worst one is what somebody who knows none of the codes has to look into first.
        let worst = report.diagnostics.iter().min_by_key(|diagnostic| diagnostic.severity);
        if let Some(diagnostic) = worst.filter(|_| self.format == Format::Human) {
            self.say(format_args!("`prepbook explain {}` tells more", diagnostic.code.name()));
        }
        Ok(())
    }

    /// Says which folder is taken for the book where it has no `book.toml`, if that may surprise.
    pub fn bare(self, root: &Path, healthy: bool) {
        if root.join(FILE).is_file() {
            return;
        }
        let is_source = |book: &PathBuf| {
            let config = Config::load(book, Reader::default(), &mut Diagnostics::default());
            config.is_ok_and(|config| files::real_path(&config.src.to_os(book)) == files::real_path(root))
        };
        if let Some(book) = pipeline::book_above(root).filter(is_source) {
            let book = book.display();
            self.say(format_args!(
                "note: these are the pages of the book {book}, taken without its book.toml: name that"
            ));
        } else if !healthy {
            self.say("note: there is no book.toml; the whole folder is taken for the book");
        }
    }

    /// Prints `some` of the diagnostics of a run on the book at `root`, for people.
    pub fn some(self, root: &Path, some: &[Diagnostic], report: &Report) {
        let text = |path: &_| report.texts.get(path).cloned();
        let printing = Printing { styled: true, folder: folder_from_here(root), ..Printing::default() };
        // Nobody is left to be told that standard error is closed.
        let _ = anstream::stderr().lock().write_all(diagnostic::print(some, &text, &printing).as_bytes());
    }

    /// Hands on the result of a run, and says in the formats that have words for it why there is none.
    ///
    /// # Errors
    ///
    /// That of the run.
    pub fn concluded<T>(self, run: Result<T>) -> Result<T> {
        run.inspect_err(|error| {
            // The error itself is what the caller reports; a closed stream adds nothing.
            let _ = self.write(&diagnostic::print_failure(&error.to_string(), self.format));
        })
    }

    fn write(self, printed: &str) -> Result<()> {
        if !self.format.is_for_programs() {
            // Nobody is left to be told that standard error is closed.
            let _ = anstream::stderr().lock().write_all(printed.as_bytes());
            return Ok(());
        }
        super::print(printed)
    }
}

/// The way from the working folder to `root`, with `/` between names and at its end; empty where they are
/// one. Links are followed: a repository has files where they are, not where links lead to them.
fn folder_from_here(root: &Path) -> String {
    match (files::real_path(Path::new(".")), files::real_path(root)) {
        (Some(here), Some(there)) => way(&here, &there),
        _ => String::new(),
    }
}

fn way(here: &Path, there: &Path) -> String {
    let has_drives = matches!(here.components().next(), Some(Component::Prefix(_)));
    let (here, there) = (parts(here), parts(there));
    let common = here.iter().zip(&there).take_while(|(left, right)| left == right).count();
    // To another drive of Windows there is no way but the whole path.
    let up = if has_drives && common == 0 { 0 } else { here.len() - common };
    let mut way = "../".repeat(up);
    for name in &there[common..] {
        way.push_str(name);
        way.push('/');
    }
    way
}

/// The names of a real path, in front of them the drive where there is one.
fn parts(path: &Path) -> Vec<String> {
    let part = |component: Component<'_>| match component {
        Component::Prefix(prefix) => Some(prefix.as_os_str().to_string_lossy().replace(r"\\?\", "")),
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::RootDir | Component::CurDir | Component::ParentDir => None,
    };
    path.components().filter_map(part).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::way;

    #[test]
    fn the_way_leads_down_up_and_across() {
        let from_here = |there| way(Path::new("/repo/sub"), Path::new(there));
        assert_eq!(from_here("/repo/sub"), "");
        assert_eq!(from_here("/repo/sub/docs/my book"), "docs/my book/");
        assert_eq!(from_here("/repo"), "../");
        assert_eq!(from_here("/repo/book"), "../book/");
        assert_eq!(from_here("/elsewhere"), "../../elsewhere/");
        assert_eq!(from_here("/"), "../../");
    }
}
