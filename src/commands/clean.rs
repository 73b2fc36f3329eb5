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
    match emit::clean(&folder)? {
        Some(removed) => say.say(format_args!("{} removed from {}", count(removed, "file"), folder.display())),
        // Whoever cleans twice has what they want.
        None => say.say(format_args!("nothing to remove: there is no site in {}", folder.display())),
    }
    Ok(true)
}
