//! `prepbook init`: a small working book that shows what Markdown can do here.

use std::path::Path;

use super::Output;
use crate::base::error::{Error, Result};
use crate::base::files;

/// The files of a new book: path, text.
const FILES: &[(&str, &str)] = &[
    ("book.toml", include_str!("init/book.toml")),
    ("guide/README.md", include_str!("init/guide/README.md")),
    ("guide/1-first-chapter/README.md", include_str!("init/guide/1-first-chapter/README.md")),
    ("guide/1-first-chapter/1-writing.md", include_str!("init/guide/1-first-chapter/1-writing.md")),
    ("guide/1-first-chapter/2-practising.md", include_str!("init/guide/1-first-chapter/2-practising.md")),
    ("guide/1-first-chapter/_house-rule.md", include_str!("init/guide/1-first-chapter/_house-rule.md")),
    ("guide/1-first-chapter/code/greeting.py", include_str!("init/guide/1-first-chapter/code/greeting.py")),
    (".gitignore", "/book\n"),
];

/// Makes the book in `folder`, which may be there already but must not hold any of its files.
pub fn run(folder: &Path, output: Output) -> Result<bool> {
    let taken: Vec<&str> = FILES.iter().map(|(path, _)| *path).filter(|path| folder.join(path).exists()).collect();
    // A .gitignore is worth keeping, and worth having.
    let taken: Vec<&str> = taken.into_iter().filter(|path| *path != ".gitignore").collect();
    if !taken.is_empty() {
        return Err(Error::new(format!("{} already holds {}", folder.display(), taken.join(", ")))
            .with_help("name another folder"));
    }
    FILES.iter().try_for_each(|(path, _)| files::check_below(folder, &folder.join(path)))?;
    for (path, text) in FILES {
        let file = folder.join(path);
        if !file.exists() {
            files::write_new(&file, text.as_bytes())?;
        }
    }
    output.say(format_args!("made a book in {}", folder.display()));
    let name = if folder == Path::new(".") { String::new() } else { format!(" {}", folder.display()) };
    output.say(format_args!("write it: prepbook serve{name} -o"));
    output.say(format_args!("publish it: prepbook build{name}"));
    Ok(true)
}
