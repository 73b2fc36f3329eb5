//! What pages add to the index, kept between builds: a build after an edit reads the one page anew, and no other. What a page
//! adds is a pure function of its number, its address, its title and its HTML.

use std::path::Path;

use super::IndexFile;
use super::encode::{number, take_number};
use super::page::{Digest, Page, PageWords};
use crate::base::blobs::Blobs;
use crate::base::hash::{Hash, Hasher};

/// How many bytes are kept: those of some 20,000 pages.
const LIMIT: u64 = 512 * 1024 * 1024;

/// What decides what a page adds, beside itself. `Cargo.toml` pins what reads HTML and folds letters.
const SOURCES: &[&str] = &[
    include_str!("encode.rs"),
    include_str!("extract.rs"),
    include_str!("kept.rs"),
    include_str!("mod.rs"),
    include_str!("page.rs"),
    include_str!("words.rs"),
    include_str!("../markdown/html.rs"),
    include_str!("../markdown/html/quick.rs"),
    include_str!("../../Cargo.toml"),
];

/// What pages add to the index, in a file of a folder.
pub struct KeptDigests(Blobs);

impl KeptDigests {
    /// Those in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(Blobs::new(folder.join("searched"), SOURCES))
    }

    /// What a page adds: the paths and hashes of the files of its texts, and its digest. `html` is the hash of its HTML.
    #[must_use]
    pub fn get(&self, page: Page<'_>, html: Hash) -> Option<(Vec<(String, Hash)>, Digest)> {
        let bytes = self.0.get(key("words", page, html))?;
        let mut rest = &*bytes;
        let kinds = (0..take_number(&mut rest)).map(|_| char::from(take(&mut rest, 1)[0])).collect();
        let parts: Vec<usize> = (0..take_number(&mut rest)).map(|_| take_number(&mut rest) as usize).collect();
        let hash = |bytes: &[u8]| Hash::from_bytes(bytes.try_into().expect("a hash is kept whole"));
        let texts = page.files(parts.len()).map(|path| (path, hash(take(&mut rest, 16)))).collect();
        Some((texts, Digest { kinds, parts, words: PageWords::from_bytes(rest) }))
    }

    /// What the files of its texts say, one behind another.
    #[must_use]
    pub fn texts(&self, page: Page<'_>, html: Hash) -> Option<Vec<Vec<u8>>> {
        let bytes = self.0.get(key("texts", page, html))?;
        let mut rest = &*bytes;
        let mut texts = Vec::new();
        while !rest.is_empty() {
            let length = take_number(&mut rest) as usize;
            texts.push(take(&mut rest, length).to_owned());
        }
        Some(texts)
    }

    /// Keeps what a page adds.
    pub fn add(&self, page: Page<'_>, html: Hash, files: &[IndexFile], digest: &Digest) {
        let count = |bytes: &mut Vec<u8>, count: usize| number(bytes, u32::try_from(count).expect("a page is bounded"));
        let (mut words, mut texts) = (Vec::new(), Vec::new());
        count(&mut words, digest.kinds.len());
        words.extend(digest.kinds.iter().map(|kind| u8::try_from(*kind).expect("kinds are letters")));
        count(&mut words, digest.parts.len());
        digest.parts.iter().for_each(|documents| count(&mut words, *documents));
        for file in files {
            words.extend(Hash::of(file.text.as_bytes()).bytes());
            count(&mut texts, file.text.len());
            texts.extend(file.text.as_bytes());
        }
        words.extend(digest.words.bytes());
        self.0.add(key("words", page, html), &words);
        self.0.add(key("texts", page, html), &texts);
    }

    /// Keeps them beyond this run.
    pub fn keep(self) {
        self.0.keep(LIMIT);
    }
}

fn key(what: &str, page: Page<'_>, html: Hash) -> Hash {
    let mut hasher = Hasher::default();
    hasher.add(what.as_bytes());
    hasher.add(&page.number.to_le_bytes()).add(page.url.as_bytes()).add(page.title.as_bytes()).add(html.bytes());
    hasher.finish()
}

/// The first `count` of `bytes`, which go on behind them.
fn take<'a>(bytes: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    taken
}

#[cfg(test)]
mod tests {
    use super::KeptDigests;
    use crate::base::hash::Hash;
    use crate::search::{Page, digest};

    #[test]
    fn what_is_kept_is_what_would_be_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = format!("<h1>T</h1>{}", "<h2 id=a>Words</h2><p>and more of them</p>".repeat(500));
        for (number, html) in
            ["", "<main><h1>One</h1><p>Words, .env and wörds.</p></main>", &long].into_iter().enumerate()
        {
            let page = Page { number, url: "a.html", title: "A" };
            let (files, made) = digest(page, html);
            let hashes = files.iter().map(|file| Hash::of(file.text.as_bytes()));
            let kept = KeptDigests::new(folder.path());
            kept.add(page, Hash::of(html.as_bytes()), &files, &made);
            kept.keep();
            let kept = KeptDigests::new(folder.path());
            let (texts, found) = kept.get(page, Hash::of(html.as_bytes())).expect("it is kept");
            let paths = files.iter().map(|file| file.path.clone());
            assert_eq!(texts, paths.zip(hashes).collect::<Vec<_>>(), "{number}");
            let texts = kept.texts(page, Hash::of(html.as_bytes())).expect("they are kept");
            assert_eq!(texts, files.iter().map(|file| file.text.clone().into_bytes()).collect::<Vec<_>>(), "{number}");
            assert_eq!(found, made, "{number}");
            assert!(kept.get(Page { number: 9, ..page }, Hash::of(html.as_bytes())).is_none());
            assert!(kept.get(Page { title: "B", ..page }, Hash::of(html.as_bytes())).is_none());
            assert!(kept.get(page, Hash::of(b"other")).is_none());
        }
    }
}
