//! Every part of the program that takes what others wrote, with real input that was changed: no panic, no wrong place, no
//! markup that nobody wrote, and no more time than a text of that length may take. `fuzz/README.md` says how to let it run
//! for longer, led by what is covered.
//!
//! The cases are the same in each run. `PREPBOOK_FUZZ=60 cargo test --release --test fuzz` tries others, for as many seconds
//! with each target.

#[path = "hostile/book.rs"]
#[allow(dead_code, reason = "each test uses some of it")]
mod book;
mod common;
#[path = "fuzz/corpus.rs"]
mod corpus;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/targets.rs"]
mod targets;
#[path = "hostile/texts.rs"]
#[allow(dead_code, reason = "each test uses some of it")]
mod texts;

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use common::{Random, repository};
use targets::{TARGETS, Target};

/// How long an input may take. The slowest takes a fiftieth of that on a machine that has nothing else to do.
const LIMIT: Duration = Duration::from_secs(10);
/// How many inputs are tried in a run; of those that make a book each, fewer.
const CASES: usize = 150;
const BOOKS: usize = 12;

/// What was found once: `tests/fuzz/found/<target>/<what was wrong>`.
fn found(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(repository().join("tests/fuzz/found").join(target.name)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the entry can be read").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("the file can be read"))).collect()
}

/// Runs a target within the limit.
fn examine(target: &'static Target, bytes: &[u8], name: &str) {
    let (sender, receiver) = channel();
    let input = bytes.to_vec();
    // As much stack as the program's own threads have.
    let work = move || drop(sender.send(targets::run(target, &input)));
    thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(work).expect("a thread can be started");
    let wrong = match receiver.recv_timeout(LIMIT) {
        Ok(Ok(())) => return,
        Ok(Err(wrong)) => wrong,
        Err(_) => format!("takes longer than {LIMIT:?}"),
    };
    let kept = std::env::temp_dir().join(format!("prepbook-fuzz-{}", target.name));
    fs::write(&kept, bytes).expect("the input can be kept");
    let text = String::from_utf8_lossy(bytes);
    panic!("{}, {name}: {wrong}\nthe input is in {}: {text:?}", target.name, kept.display());
}

fn words() -> Vec<&'static str> {
    texts::TOKENS.iter().chain(corpus::WORDS).copied().collect()
}

fn try_target(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("it is in the list");
    for (path, bytes) in found(target) {
        examine(target, &bytes, &path.display().to_string());
    }
    let (seeds, words) = (corpus::seeds(name), words());
    let seconds = std::env::var("PREPBOOK_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later").as_secs();
    let seed = if seconds.is_some() { now() } else { 2026 };
    let mut random = Random::new(seed);
    let start = Instant::now();
    let mut cases = 0;
    let is_enough = |cases| match seconds {
        Some(seconds) => start.elapsed() > Duration::from_secs(seconds),
        None => cases == if matches!(name, "links" | "practice" | "book") { BOOKS } else { CASES },
    };
    while !is_enough(cases) {
        examine(target, &mutate::mutated(&seeds, &words, &mut random), &format!("case {cases} of {seed}"));
        cases += 1;
    }
    eprintln!("{name}: {cases} inputs in {:?}", start.elapsed());
}

macro_rules! targets {
    ($($test:ident $name:literal)*) => {
        $(#[test] fn $test() { try_target($name); })*

        #[test]
        fn every_target_is_tried() {
            let tried = [$($name),*];
            assert_eq!(TARGETS.iter().map(|target| target.name).collect::<Vec<_>>(), tried);
            for entry in fs::read_dir(repository().join("tests/fuzz/found")).expect("there is something") {
                let name = entry.expect("the entry can be read").file_name();
                assert!(tried.iter().any(|tried| name == **tried), "{} is no target", name.display());
            }
        }
    };
}

targets! {
    any_page_is_read "page"
    any_front_matter_is_read "front-matter"
    any_attributes_are_read "attributes"
    any_links_are_followed "links"
    any_data_is_read "data"
    any_data_is_shown "practice"
    any_file_is_part_of_a_book "book"
    any_code_is_highlighted "code"
    any_page_is_searched "search"
    any_request_is_answered "http"
}

/// Writes what libFuzzer starts from, if somebody asks for it.
#[test]
fn the_corpus_can_be_written() {
    let scratch = common::scratch();
    let asked = std::env::var_os("PREPBOOK_CORPUS").map(PathBuf::from);
    let folder = asked.as_deref().unwrap_or(scratch.path());
    for target in TARGETS {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        let found = found(target).into_iter().map(|(_, bytes)| bytes);
        for (number, bytes) in corpus::seeds(target.name).into_iter().chain(found).enumerate() {
            fs::write(folder.join(format!("seed-{number}")), bytes).expect("the file can be written");
        }
    }
    let escaped = |word: &str| word.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    let words: String = words().iter().map(|word| format!("\"{}\"\n", escaped(word))).collect();
    fs::write(folder.join("words"), words).expect("the file can be written");
}
