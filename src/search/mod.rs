//! Rendered pages to an index that a browser searches without a server: files of words, of texts, and a root that says
//! which is which. Pure functions; the form of the files is written down in `docs/searching.md`. Words are cut here as
//! `themes/handbook/js/search/words.js` cuts those of a query.

mod encode;
mod extract;
mod index;
mod kept;
mod page;
mod stem;
#[cfg(test)]
mod tests;
mod words;

pub use index::{Settings, files};
pub use kept::KeptDigests;
pub use page::{Digest, Page, ROOT, digest};

/// A file of the index: its path from the site's root, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    /// Its path.
    pub path: String,
    /// Its text: a script that registers data.
    pub text: String,
}

impl IndexFile {
    /// The file that registers `value` under `name`, at `name` with the ending of scripts.
    fn new(name: &str, value: &impl serde::Serialize) -> Self {
        let value = serde_json::to_string(value).expect("texts and numbers are JSON");
        Self { path: Self::path(name), text: format!("prepbook.data(\"{name}\",{value});\n") }
    }

    /// The path of the file that registers `name`.
    fn path(name: &str) -> String {
        format!("{name}.js")
    }
}
