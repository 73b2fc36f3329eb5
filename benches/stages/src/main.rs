//! How long the stages of a build of this repository's handbook take, each on its own (divan):
//!
//!     cargo run --release --manifest-path benches/stages/Cargo.toml -- --bench [NAME...]
//!
//! One thread a measurement, but for whole builds. Seconds differ from machine to machine and with what else it does: they
//! compare two states of the program on one quiet machine, and decide no test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use prepbook::base::progress::Progress;
use prepbook::highlight;
use prepbook::markdown::walk::MarkdownOptions;
use prepbook::model::source::Source;
use prepbook::parse::{self, Lints};
use prepbook::pipeline::{self, Derived, Options};
use prepbook::render::Templates;
use prepbook::search::{self, Digest, Page, Settings};

fn main() {
    divan::main();
}

fn options(output: &Path) -> Options {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Options { root, output: Some(output.to_owned()), ..Options::default() }
}

/// The handbook, read and indexed.
static BOOK: LazyLock<Derived> =
    LazyLock::new(|| pipeline::derive(&options(Path::new("nowhere"))).expect("the handbook"));

/// Its pages, built.
static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    pipeline::build(&options(folder.path()), &Progress::default()).expect("the handbook");
    let mut pages = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                pages.push(fs::read_to_string(path).expect("a page"));
            }
        }
    }
    pages
});

fn bytes<'a>(texts: impl Iterator<Item = &'a str>) -> BytesCount {
    BytesCount::new(texts.map(str::len).sum::<usize>())
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let pages: &[Source] = &BOOK.sources.pages;
    let lints = Lints::of(&BOOK.config);
    bencher.counter(bytes(pages.iter().map(|page| &*page.text))).bench(|| {
        for page in pages {
            black_box(parse::page(page, MarkdownOptions::default(), &lints));
        }
    });
}

/// A grammar's patterns are read once for a process, before anything is measured.
#[divan::bench(args = ["java", "javascript", "python"])]
fn highlight(bencher: Bencher, name: &str) {
    let language = highlight::language(name).expect("a known language");
    let references = &BOOK.references.texts;
    let is_of = |path: &str| highlight::language_of_file(path).is_some_and(|known| known.name() == language.name());
    let texts: Vec<&str> =
        references.iter().filter(|(path, _)| is_of(path.as_str())).map(|(_, source)| &*source.text).collect();
    bencher.counter(bytes(texts.iter().copied())).bench(|| {
        for text in &texts {
            black_box(highlight::lines(language, text));
        }
    });
}

#[divan::bench]
fn templates() -> Templates {
    Templates::new(&BOOK.theme).unwrap_or_else(|_| panic!("the theme's own templates"))
}

#[divan::bench]
fn read_and_index(bencher: Bencher) {
    bencher.bench(|| pipeline::derive(&options(Path::new("nowhere"))).expect("the handbook"));
}

fn digests() -> Vec<Digest> {
    let page =
        |(number, html): (usize, &String)| search::digest(Page { number, url: "page.html", title: "A page" }, html).1;
    PAGES.iter().enumerate().map(page).collect()
}

#[divan::bench]
fn words_of_pages(bencher: Bencher) {
    bencher.counter(bytes(PAGES.iter().map(String::as_str))).bench(digests);
}

#[divan::bench]
fn search_index(bencher: Bencher) {
    let digests = digests();
    let settings = Settings { language: "en".to_owned(), synonyms: Vec::new() };
    bencher.bench(|| search::files(&digests, &settings));
}

#[divan::bench(sample_count = 10)]
fn whole_build(bencher: Bencher) {
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder")).bench_values(|folder| {
        pipeline::build(&options(folder.path()), &Progress::default()).expect("the handbook");
        folder
    });
}
