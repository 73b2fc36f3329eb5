//! `prepbook clean`: removes what `build` wrote.

use std::path::{Path, PathBuf};

use super::{Output, count, require_book};
use crate::base::error::Result;
use crate::base::files::Reader;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::emit;

/// Runs the command.
pub fn run(root: &Path, output: Option<PathBuf>, say: Output) -> Result<bool> {
    let folder = match output {
        Some(folder) => folder,
        None => {
            require_book(root)?;
            root.join(Config::load(root, Reader::default(), &mut Diagnostics::default())?.build_dir)
        }
    };
    let removed = emit::clean(&folder)?;
    say.say(format_args!("{} removed from {}", count(removed, "file"), folder.display()));
    Ok(true)
}
