//! Any bytes as any file of a book: never a panic, diagnostics with places that are in their files, the same
//! result with any number of threads, and a site that holds nothing but what the book says.
//!
//! The cases are the same in each run. `PROPTEST_CASES=100000 cargo test --release --test hostile` tries that
//! many others for each property; what fails goes into `found` below as a plain test.

#[path = "hostile/book.rs"]
#[allow(dead_code, reason = "each test uses some of it")]
mod book;
mod common;
#[path = "hostile/found.rs"]
mod found;
#[path = "hostile/texts.rs"]
mod texts;

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use book::{Book, examine, examine_page};

/// Runs `property` on values of `strategy`: on `cases` that never change, or on as many as `PROPTEST_CASES`
/// asks for. What fails is printed whole; nothing is kept in files.
fn try_many<S>(cases: u32, strategy: &S, property: impl Fn(S::Value) -> Result<(), String>)
where
    S: Strategy,
    S::Value: Debug,
{
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(cases),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) },
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&strategy, |value| property(value).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn any_text_is_a_page() {
    try_many(700, &texts::page(), |text| examine_page(&text));
}

#[test]
fn any_mutation_of_a_real_page_is_a_page() {
    try_many(250, &texts::mutation(texts::real_pages()), |text| examine_page(&text));
}

#[test]
fn any_attributes_are_read() {
    try_many(500, &texts::line(), |text| {
        examine_page(&format!(
            ":::note{text}\nbody\n:::\n\n> :::tabs{{{text}}}\n> :::tab[{text}]\n\n```{text}\nx = 1\n```\n"
        ))
    });
}

#[test]
fn any_front_matter_is_read() {
    try_many(400, &texts::data(), |text| examine_page(&format!("---\n{text}\n---\n# T\n")));
}

#[test]
fn any_bytes_are_a_file_of_a_book() {
    let roles = [
        "guide/README.md",
        "guide/SUMMARY.md",
        "guide/_included.md",
        "guide/code.py",
        "guide/image.png",
        "guide/image.svg",
        "book.toml",
        "themes/handbook/theme.toml",
        "themes/handbook/templates/page.html",
        "themes/handbook/templates/redirect.html",
        "themes/handbook/templates/partial.html",
    ];
    let bytes = prop_oneof![
        2 => proptest::collection::vec(any::<u8>(), 0..60),
        1 => texts::page().prop_map(String::into_bytes),
        1 => texts::data().prop_map(String::into_bytes),
        1 => texts::template().prop_map(String::into_bytes),
    ];
    try_many(90, &(proptest::sample::select(roles.to_vec()), bytes), |(role, bytes)| {
        examine(&Book::small().with(role, bytes))
    });
}

#[test]
fn any_mutation_of_a_books_own_files_is_a_book() {
    let files = ["book.toml", "guide/SUMMARY.md", "guide/image.svg", "themes/handbook/theme.toml"];
    let book = Book::small();
    let texts: Vec<String> = files.iter().map(|file| book.text(file)).collect();
    let strategy = (0..files.len()).prop_flat_map(move |at| (Just(at), texts::mutation(vec![texts[at].clone()])));
    try_many(40, &strategy, |(at, text)| examine(&Book::small().with(files[at], text)));
}

#[test]
fn any_text_is_a_target_of_everything() {
    try_many(30, &texts::target(), |target| {
        let quoted = target.replace(['\\', '"', '\n', '\r'], "");
        let page = format!(
            "---\nredirect_from: ['{0}']\nprerequisites: ['{0}']\ntemplate: '{0}'\n---\n# T\n\n[a](<{target}>) \
             ![b](<{target}>) <a href=\"{quoted}\">c</a> <img src=\"{quoted}\">\n\n[d]: <{target}>\n\n\
             ```py file=\"{quoted}\"\n```\n\n:::include{{file=\"{quoted}\"}}\n",
            quoted.replace('\'', "''"),
        );
        let literal = quoted.chars().filter(|c| !c.is_control()).collect::<String>();
        let config = format!(
            "[book]\nsrc = \"guide\"\n[output.html]\nfavicon = \"{literal}\"\nlogo = \"{literal}\"\n\
             additional-css = [\"{literal}\"]\ntheme = \"{literal}\"\nsite-url = \"{literal}\"\n\
             edit-url-template = \"{literal}\"\ncname = \"{literal}\"\n[output.html.redirect]\n\"{literal}\" = \"{literal}\"\n"
        );
        let summary = format!("# S\n\n- [a](<{target}>)\n- [b](README.md)\n");
        let book = Book::small().with("guide/page.md", page).with("guide/SUMMARY.md", summary);
        examine(&book.with("book.toml", config))
    });
}

#[test]
fn any_pages_are_a_book() {
    let pages = proptest::collection::vec((texts::name(), texts::page()), 1..5);
    try_many(40, &pages, |pages| {
        let books =
            pages.into_iter().fold(Book::small(), |book, (name, text)| book.with(&format!("guide/{name}"), text));
        examine(&books)
    });
}
