//! What all pages say to the files of words, and to the root that tells which file has which.

use serde::Serialize;

use super::IndexFile;
use super::encode::{base64, front_coded, number};
use super::page::{Digest, Field, ROOT};
use super::stem::Stems;
use super::words::plain;
use crate::base::hash::{Hash, QuickMap, QuickSet};
use crate::base::parallel;

/// The version of the form. One that a script of another version reads must not be mistaken for its own.
const VERSION: u32 = 1;

/// About how many bytes of words and occurrences a file holds, as long as there are not too many of them to be listed in
/// the root.
const SHARD_BYTES: usize = 5 * 1024;

/// How many files of words there are at most, about. In a book of 10,000 pages they and their names in the root, which
/// are both loaded first, are smallest together with so many.
const MOST_SHARDS: usize = 1_500;

/// Of a common word, how many bytes of occurrences in headings are kept at most; beyond, only those in titles of pages.
const MOST_COMMON_BYTES: usize = 16 * 1024;

/// A word is common if it is in more than two of five documents of a book with at least so many.
const LEAST_FOR_COMMON: usize = 200;

/// What a search knows beside the texts.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The language of the book (BCP 47), whose forms of words are known.
    pub language: String,
    /// Words and phrases that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    pages: String,
    kinds: String,
    terms: Vec<&'a str>,
    #[serde(rename = "termFiles")]
    term_files: Vec<&'a str>,
    endings: Vec<&'a str>,
    #[serde(rename = "endingFiles")]
    ending_files: Vec<&'a str>,
    common: Vec<&'a str>,
    synonyms: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct TermFile {
    words: String,
    data: String,
}

#[derive(Serialize)]
struct EndingFile {
    words: String,
}

/// A word of the book.
struct Term<'a> {
    word: &'a str,
    /// Its occurrences as the browser reads them.
    postings: Vec<u8>,
    /// How many words before it the last form of the same word is; 0 where there is none.
    back: usize,
    is_common: bool,
}

/// The files of words and the root, the root first. `pages` are in reading order.
#[must_use]
pub fn files(pages: &[Digest], settings: &Settings) -> Vec<IndexFile> {
    let terms = terms(pages, settings);
    let total: usize = terms.iter().map(|term| term.word.len() + term.postings.len()).sum();
    let shard_bytes = SHARD_BYTES.max(total / MOST_SHARDS);
    let shards = shards(&terms, shard_bytes);
    let mut reversed: Vec<String> = terms.iter().map(|term| term.word.chars().rev().collect()).collect();
    reversed.sort_unstable();
    let bytes: usize = reversed.iter().map(String::len).sum();
    let endings: Vec<&[String]> =
        reversed.chunks((reversed.len() * shard_bytes).div_ceil(bytes.max(1)).max(1)).collect();

    let term_files = parallel::map(&shards, |shard| term_file(shard));
    let ending_files = parallel::map(&endings, |words| ending_file(words));
    let path = |file: &'_ IndexFile| -> String { file.path.clone() };
    let term_paths: Vec<String> = term_files.iter().map(path).collect();
    let ending_paths: Vec<String> = ending_files.iter().map(path).collect();
    let synonyms = settings.synonyms.iter().map(|same| same.iter().map(|it| plain(it).join(" ")).collect());
    let root = Root {
        version: VERSION,
        pages: pages.iter().map(|page| joined(&page.parts)).collect::<Vec<_>>().join(" "),
        kinds: runs(pages.iter().flat_map(|page| page.kinds.iter().copied())),
        terms: shards.iter().map(|shard| shard[0].word).collect(),
        term_files: term_paths.iter().map(String::as_str).collect(),
        endings: endings.iter().map(|words| words[0].as_str()).collect(),
        ending_files: ending_paths.iter().map(String::as_str).collect(),
        common: terms.iter().filter(|term| term.is_common).map(|term| term.word).collect(),
        synonyms: synonyms.collect(),
    };
    let mut files = vec![IndexFile::new(ROOT, &root)];
    files.extend(term_files);
    files.extend(ending_files);
    files
}

fn joined(numbers: &[usize]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Equal letters in a row as the letter and their number.
fn runs(kinds: impl Iterator<Item = char>) -> String {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for kind in kinds {
        match runs.last_mut() {
            Some((last, count)) if *last == kind => *count += 1,
            _ => runs.push((kind, 1)),
        }
    }
    runs.into_iter().map(|(kind, count)| format!("{kind}{count}")).collect()
}

/// All words in order, with their occurrences in the whole book.
fn terms<'a>(pages: &'a [Digest], settings: &Settings) -> Vec<Term<'a>> {
    let mut documents = 0_u32;
    let mut numbered = Vec::with_capacity(pages.len());
    for page in pages {
        numbered.push((documents, page));
        documents += u32::try_from(page.kinds.len()).expect("a page is bounded");
    }
    // Each thread looks for words of its own: what is gathered is most of the work, what is looked at little.
    let count = parallel::threads();
    let shares: Vec<usize> = (0..count).collect();
    let gathered = parallel::map(&shares, |share| {
        let is_mine =
            |word: &[u8]| word.iter().rev().take(2).map(|byte| usize::from(*byte)).sum::<usize>() % count == *share;
        gather(&numbered, documents as usize, is_mine)
    });
    let mut terms: Vec<Term<'a>> = gathered.into_iter().flatten().collect();
    terms.sort_unstable_by_key(|term| term.word);
    let stems = Stems::of(&settings.language);
    let mut last: QuickMap<String, usize> = QuickMap::default();
    for (index, stem) in parallel::map(&terms, |term| stems.stem(term.word)).into_iter().enumerate() {
        if let Some(before) = stem.and_then(|stem| last.insert(stem, index)) {
            terms[index].back = index - before;
        }
    }
    terms
}

/// The words that `is_mine`, with their occurrences. With each page comes the number of its first document.
fn gather<'a>(pages: &[(u32, &'a Digest)], documents: usize, is_mine: impl Fn(&[u8]) -> bool) -> Vec<Term<'a>> {
    let mut all: QuickMap<&[u8], Postings> = QuickMap::default();
    for (first, page) in pages {
        for (word, occurrences) in page.words.iter().filter(|(word, _)| is_mine(word)) {
            let postings = all.entry(word).or_default();
            occurrences.for_each(|(document, mark, positions)| postings.add(first + document, mark, positions));
        }
    }
    let is_common = |postings: &Postings| documents >= LEAST_FOR_COMMON && postings.documents * 5 > documents * 2;
    let common: QuickSet<&[u8]> =
        all.iter().filter(|(_, postings)| is_common(postings)).map(|(word, _)| *word).collect();
    if !common.is_empty() {
        all.extend(common_postings(pages, &common));
    }
    let term = |(word, postings): (&'a [u8], Postings)| {
        let is_common = common.contains(word);
        let word = std::str::from_utf8(word).expect("words are written whole");
        Term { word, postings: postings.bytes, back: 0, is_common }
    };
    all.into_iter().map(term).collect()
}

/// The occurrences of a word in a row of documents, as the browser reads them.
#[derive(Default)]
struct Postings {
    bytes: Vec<u8>,
    /// One more than the number of the last document; 0 before the first.
    next: u32,
    documents: usize,
}

impl Postings {
    fn add(&mut self, document: u32, mark: u8, positions: &[u8]) {
        number(&mut self.bytes, (document + 1 - self.next) << 5 | u32::from(mark));
        self.bytes.extend(positions);
        self.next = document + 1;
        self.documents += 1;
    }
}

/// What is kept of common words: their occurrences in headings, if those of a word are not too many.
fn common_postings<'a>(
    pages: &[(u32, &'a Digest)],
    common: &QuickSet<&[u8]>,
) -> impl Iterator<Item = (&'a [u8], Postings)> {
    let mut kept: QuickMap<&[u8], [Postings; 2]> = QuickMap::default();
    for (first, page) in pages {
        for (word, occurrences) in page.words.iter().filter(|(word, _)| common.contains(word)) {
            let by_field = kept.entry(word).or_default();
            for (document, mark, positions) in occurrences {
                for (postings, least) in by_field.iter_mut().zip([Field::Heading, Field::Title]) {
                    if mark >> 2 >= least as u8 {
                        postings.add(first + document, mark, positions);
                    }
                }
            }
        }
    }
    kept.into_iter().map(|(word, [in_headings, in_titles])| {
        (word, if in_headings.bytes.len() <= MOST_COMMON_BYTES { in_headings } else { in_titles })
    })
}

/// The words by file; forms of one word stay together.
fn shards<'a, 'b>(terms: &'b [Term<'a>], shard_bytes: usize) -> Vec<&'b [Term<'a>]> {
    // How far the forms of the words before reach.
    let mut reach: Vec<usize> = (0..terms.len()).collect();
    for (index, term) in terms.iter().enumerate().filter(|(_, term)| term.back > 0) {
        for at in &mut reach[index - term.back..index] {
            *at = index.max(*at);
        }
    }
    let mut shards = Vec::new();
    let (mut start, mut bytes, mut held) = (0, 0, 0);
    for (index, term) in terms.iter().enumerate() {
        let size = term.word.len() + term.postings.len();
        if index > start && index > held && bytes + size > shard_bytes {
            shards.push(&terms[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += size;
        held = held.max(reach[index]);
    }
    if start < terms.len() {
        shards.push(&terms[start..]);
    }
    shards
}

fn term_file(shard: &[Term<'_>]) -> IndexFile {
    let mut data = Vec::new();
    for term in shard {
        number(&mut data, u32::try_from(term.back).expect("forms stand near each other"));
        number(&mut data, u32::try_from(term.postings.len()).expect("an index fits a browser"));
        data.extend(&term.postings);
    }
    let file = TermFile { words: front_coded(shard.iter().map(|term| term.word)), data: base64(&data) };
    hashed('t', &file)
}

fn ending_file(words: &[String]) -> IndexFile {
    hashed('e', &EndingFile { words: front_coded(words.iter().map(String::as_str)) })
}

/// A file that is named after what it says, so that it may be kept for ever as all in `assets/`.
fn hashed(kind: char, value: &impl Serialize) -> IndexFile {
    let value_text = serde_json::to_vec(value).expect("texts are JSON");
    IndexFile::new(&format!("assets/search-{kind}-{}", Hash::of(&value_text).short()), value)
}
