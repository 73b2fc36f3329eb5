//! `prepbook` alone: what to do next, by the folder that it is called in.

use std::path::Path;

use crate::base::error::Result;
use crate::config;

/// What somebody reads who has only typed the name.
const START: &str = "\
prepbook publishes a folder of Markdown as a handbook for interview preparation.

  prepbook init my-book        make a small book that shows what there is
  prepbook serve my-book -o    see it in a browser while you write
  prepbook build my-book       publish it into my-book/book

A folder of Markdown, or an mdBook, is a book as it is: name it instead of my-book.
`prepbook --help` lists all commands, `prepbook build --help` tells more about one.
";

/// The same in the folder of a book.
const HERE: &str = "\
This folder is a book.

  prepbook serve -o    see it in a browser while you write
  prepbook check       find everything that is wrong
  prepbook build       publish it
  prepbook new page    make a new file of it

`prepbook --help` lists all commands, `prepbook build --help` tells more about one.
";

/// Says it.
///
/// # Errors
///
/// Standard output cannot be written to.
pub fn run() -> Result<bool> {
    let is_book = Path::new(config::FILE).is_file();
    super::print(if is_book { HERE } else { START }).map(|()| true)
}
