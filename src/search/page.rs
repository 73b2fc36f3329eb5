//! One page of the index: the files with its texts, which results are shown from, and its words with their places.

use serde::Serialize;

use super::IndexFile;
use super::encode::{number, take_number};
use super::extract::{Document, documents};
use super::words::{Word, words as cut};
use crate::base::hash::QuickMap;

/// The name of the index's root, and the folder of its files.
pub const ROOT: &str = "search/root";

/// How many bytes of text a file holds, where sections allow it: a result loads the file of its section alone.
const PART_BYTES: usize = 6 * 1024;

/// How far behind a heading its text begins, so that no phrase reaches from one into the other.
const GAP: u32 = 8;

/// Where in a document a word stands; the best counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Only in an answer.
    #[default]
    Answer = 0,
    /// Only in the title of the page that the document is on.
    Page = 1,
    /// In its text.
    Text = 2,
    /// In its heading.
    Heading = 3,
    /// In the title of the page, which is its heading.
    Title = 4,
}

/// A page that is searched.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its number among all that are.
    pub number: usize,
    /// Its address from the site's root.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
}

impl Page<'_> {
    /// The names of the files with its texts, of which there are `count`.
    fn names(self, count: usize) -> impl Iterator<Item = String> {
        let number = self.number;
        (0..count)
            .map(move |part| if count > 1 { format!("search/{number}-{part}") } else { format!("search/{number}") })
    }

    /// Their paths.
    pub fn files(self, count: usize) -> impl Iterator<Item = String> {
        self.names(count).map(|name| IndexFile::path(&name))
    }
}

/// What the index needs to know of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// What its documents are, in order.
    pub kinds: Vec<char>,
    /// How many of them each of its files holds.
    pub parts: Vec<usize>,
    /// Its words.
    pub words: PageWords,
}

/// The words of a page in the order of their first occurrences, each with its occurrences as [`Occurrences`] reads them, in one piece: a large book has
/// millions, and each would take two allocations of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageWords(Box<[u8]>);

impl PageWords {
    /// As they are written.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What [`PageWords::bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    fn of<'a>(words: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut bytes = Vec::new();
        for (word, occurrences) in words {
            for part in [word.as_bytes(), occurrences] {
                number(&mut bytes, u32::try_from(part.len()).expect("a page is bounded"));
                bytes.extend(part);
            }
        }
        Self(bytes.into())
    }

    /// Each word, as bytes of UTF-8, with its occurrences.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], Occurrences<'_>)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let mut part = || {
                let length = take_number(&mut rest) as usize;
                let (part, behind) = rest.split_at(length);
                rest = behind;
                part
            };
            Some((part(), Occurrences(part())))
        })
    }
}

#[derive(Serialize)]
struct TextFile<'a> {
    url: &'a str,
    title: &'a str,
    documents: Vec<Shown<'a>>,
}

#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    title: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    answer: bool,
}

/// A word of a page.
#[derive(Default)]
struct Found {
    /// Its occurrences in the documents before, as they are written.
    before: Vec<u8>,
    /// The best of its fields in the document at hand, if it is there.
    field: Option<Field>,
    /// How often it is in the text of that document.
    count: u32,
    /// Its places there as they are written, but for the last.
    places: Vec<u8>,
    /// Its last place there, and how far that is behind the one before.
    last: Option<(u32, u32)>,
}

impl Found {
    fn at(&mut self, place: u32) {
        let delta = match self.last {
            // Signs inside a word may make it special twice at one place.
            Some((last, _)) if last == place => return,
            Some((last, delta)) => {
                number(&mut self.places, delta << 1 | 1);
                place - last
            }
            None => place + 1,
        };
        self.last = Some((place, delta));
    }

    /// Writes the occurrence in the nth document of a page, whose heading and text have so many words. Read back by
    /// [`Occurrences`].
    fn end(&mut self, document: usize, lengths: (u32, u32)) {
        let field = self.field.take().expect("it was found");
        number(&mut self.before, u32::try_from(document).expect("a page is bounded"));
        self.before.push((field as u8) << 2 | impact(field, self.count, lengths));
        let mut last = Vec::new();
        if let Some((_, delta)) = self.last.take() {
            number(&mut last, delta << 1);
        }
        number(&mut self.before, u32::try_from(self.places.len() + last.len()).expect("a page is bounded"));
        self.before.append(&mut self.places);
        self.before.append(&mut last);
        self.count = 0;
    }
}

/// The words of a page.
#[derive(Default)]
struct Words {
    /// Where in `all` a word is.
    numbers: QuickMap<Box<str>, usize>,
    all: Vec<Found>,
    /// Those that the document at hand has.
    here: Vec<usize>,
}

impl Words {
    /// A word of the document at hand.
    fn found(&mut self, word: &str, field: Field) -> &mut Found {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                self.numbers.insert(word.into(), self.all.len());
                self.all.push(Found::default());
                self.all.len() - 1
            }
        };
        let found = &mut self.all[number];
        if found.field.is_none() {
            self.here.push(number);
        }
        found.field = found.field.max(Some(field));
        found
    }

    /// Ends the nth document, whose heading and text have so many words.
    fn end(&mut self, document: usize, lengths: (u32, u32)) {
        for number in self.here.drain(..) {
            self.all[number].end(document, lengths);
        }
    }

    /// All of them, in the order in which the page has them.
    fn in_order(&self) -> PageWords {
        let mut words = vec![""; self.all.len()];
        self.numbers.iter().for_each(|(word, number)| words[*number] = word);
        PageWords::of(words.into_iter().zip(self.all.iter().map(|found| &*found.before)))
    }
}

/// What a page, with its HTML, adds to the index.
#[must_use]
pub fn digest(page: Page<'_>, html: &str) -> (Vec<IndexFile>, Digest) {
    let Page { url, title, .. } = page;
    let documents = documents(html);
    let mut digest = Digest { kinds: documents.iter().map(|it| it.kind).collect(), ..Digest::default() };
    let mut words = Words::default();
    for (index, document) in documents.iter().enumerate() {
        let lengths = add(document, title, &mut words);
        words.end(index, lengths);
    }
    digest.words = words.in_order();
    let parts = parts(&documents);
    let files = page.names(parts.len()).zip(&parts).map(|(name, documents)| {
        let shown = documents.iter().map(|it| Shown {
            id: &it.id,
            title: &it.title,
            text: &it.text,
            answer: !it.answer.trim().is_empty(),
        });
        IndexFile::new(&name, &TextFile { url, title, documents: shown.collect() })
    });
    let files = files.collect();
    digest.parts = parts.iter().map(|documents| documents.len()).collect();
    (files, digest)
}

/// The documents of a page by file.
fn parts(documents: &[Document]) -> Vec<&[Document]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, document) in documents.iter().enumerate() {
        if index > start && bytes + document.text.len() > PART_BYTES {
            parts.push(&documents[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += document.text.len();
    }
    parts.push(&documents[start..]);
    parts
}

/// Adds the words of a document. How many its heading and its text have.
fn add(document: &Document, page: &str, words: &mut Words) -> (u32, u32) {
    let mut next = 0;
    let heading = if document.is_title { Field::Title } else { Field::Heading };
    let mut note = |text: &str, field: Field, next: &mut u32| {
        cut(text, |word| {
            let (Word::Plain(word) | Word::Special(word), is_plain) = (word, matches!(word, Word::Plain(_)));
            let found = words.found(word, field);
            found.count += u32::from(field == Field::Text);
            if field >= Field::Text {
                found.at(*next);
            }
            *next += u32::from(is_plain);
        });
    };
    note(&document.title, heading, &mut next);
    let heading_words = next;
    next += GAP;
    note(&document.text, Field::Text, &mut next);
    let lengths = (heading_words, next - heading_words - GAP);
    note(&document.answer, Field::Answer, &mut next);
    note(page, Field::Page, &mut next);
    lengths
}

/// How much an occurrence counts among others in its field: 0 to 3.
fn impact(field: Field, count: u32, (heading, text): (u32, u32)) -> u8 {
    match field {
        Field::Title | Field::Heading => match heading {
            0..=2 => 3,
            3..=4 => 2,
            5..=7 => 1,
            _ => 0,
        },
        // How often a word is said, with ever less gain, in proportion to the length (Okapi BM25 with k = 1.2, b = 0.75
        // and an average of 150 words, which is fixed so that one page does not change the numbers of others).
        Field::Text => {
            let (count, length) = (f64::from(count), f64::from(text));
            let share = count / (count + 1.2 * (0.25 + 0.75 * length / 150.0));
            [0.75, 0.55, 0.35].iter().position(|least| share >= *least).map_or(0, |at| 3 - at as u8)
        }
        Field::Page | Field::Answer => 0,
    }
}

/// The occurrences of a word on a page: the document, field and impact in one byte, and its places as they are written.
pub struct Occurrences<'a>(pub &'a [u8]);

impl<'a> Iterator for Occurrences<'a> {
    type Item = (u32, u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let document = take_number(&mut self.0);
        let (&mark, rest) = self.0.split_first().expect("occurrences are written whole");
        self.0 = rest;
        let length = take_number(&mut self.0) as usize;
        let (positions, rest) = self.0.split_at(length);
        self.0 = rest;
        Some((document, mark, positions))
    }
}
