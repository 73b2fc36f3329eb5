//! Where the EPUB of a book is, if it has one.

use crate::config::Config;
use crate::model::url::Url;

/// Its address. A file of the book that has it already is what a link to it leads to.
#[must_use]
pub fn address(config: &Config) -> Option<Url> {
    config.epub.as_ref().map(|_| Url::new(format!("{}.epub", config.id)))
}
