//! Trouble with the machine (files, folders): what was being done, to which path, and why it failed.
//! The author's mistakes are diagnostics instead.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// One failure of the environment. Ends the run with exit status 2.
#[derive(Debug)]
pub struct Error {
    doing: String,
    path: Option<PathBuf>,
    cause: Option<io::Error>,
    help: Option<String>,
}

/// A result whose error is the environment's.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure that is not about one path.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self { doing: what.into(), path: None, cause: None, help: None }
    }

    /// The operating system refused something with `path`; `doing` is a phrase such as "cannot read".
    #[must_use]
    pub fn io(doing: &str, path: &Path, cause: io::Error) -> Self {
        Self { doing: doing.to_owned(), path: Some(path.to_owned()), cause: Some(cause), help: None }
    }

    /// Why it failed, in the operating system's words.
    #[must_use]
    pub fn cause(&self) -> String {
        self.cause.as_ref().map_or_else(|| self.doing.clone(), io::Error::to_string)
    }

    /// The same with a hint of what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.doing)?;
        if let Some(path) = &self.path {
            write!(formatter, " {}", path.display())?;
        }
        if let Some(cause) = &self.cause {
            write!(formatter, ": {cause}")?;
        }
        if let Some(help) = &self.help {
            write!(formatter, "\nhelp: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
