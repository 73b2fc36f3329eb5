//! Highlighted blocks that are kept between builds. Highlighting is a pure function of language and text.

use std::path::Path;
use std::sync::Arc;

use super::{Language, lines};
use crate::base::blobs::Blobs;
use crate::base::hash::Hasher;

/// How many bytes of HTML are kept: those of some 20,000 pages.
const LIMIT: u64 = 512 * 1024 * 1024;

/// What decides how a block looks, beside its language and its text. `Cargo.toml` pins the grammars, and the record of the
/// vendored parser has the hash of each of its files.
const SOURCES: &[&str] = &[
    include_str!("classes.rs"),
    include_str!("emit.rs"),
    include_str!("languages.rs"),
    include_str!("mod.rs"),
    include_str!("table.rs"),
    include_str!("../../Cargo.toml"),
    include_str!("../../vendor/syntect.json"),
    include_str!("../../vendor/syntect.patch"),
];

/// Blocks in a file of a folder.
pub struct Kept(Blobs);

impl Kept {
    /// Those in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(Blobs::new(folder.join("highlighted"), SOURCES))
    }

    /// The lines of a block, as [`lines`] gives them.
    #[must_use]
    pub fn lines(&self, language: Language, text: &str) -> Arc<Vec<String>> {
        let key = Hasher::default().add(language.name().as_bytes()).add(text.as_bytes()).finish();
        if let Some(known) = self.0.get(key).and_then(|bytes| String::from_utf8(bytes).ok()) {
            return Arc::new(known.split_terminator('\n').map(str::to_owned).collect());
        }
        let new = lines(language, text).lines;
        let joined: String = new.iter().flat_map(|line| [line, "\n"]).collect();
        self.0.add(key, joined.as_bytes());
        Arc::new(new)
    }

    /// Keeps the new ones, too.
    pub fn keep(self) {
        self.0.keep(LIMIT);
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::highlight;

    #[test]
    fn kept_blocks_are_those_that_would_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let python = highlight::language("python").expect("a known language");
        let texts = ["", "\n", "x = 1", "x = 1\n", "\"\"\"\n\n<&>\n\"\"\"\n\nprint(x)\r\n"];
        for _ in 0..2 {
            let kept = Kept::new(folder.path());
            for text in texts {
                assert_eq!(*kept.lines(python, text), highlight::lines(python, text).lines, "{text:?}");
            }
            kept.keep();
        }
        let size = folder.path().join("highlighted").metadata().unwrap().len();
        let kept = Kept::new(folder.path());
        texts.iter().for_each(|text| drop(kept.lines(python, text)));
        kept.keep();
        assert_eq!(folder.path().join("highlighted").metadata().unwrap().len(), size, "nothing new");
    }
}
