//! What the vendored syntect says of where a pattern cannot match, against Oniguruma, which knows: patterns made of everything
//! that grammars are written with, lines of the characters that make trouble. The same is checked for each search of each test
//! that highlights, by assertions in syntect.
//!
//! `PREPBOOK_CASES` says how many (20,000 without it).

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use syntect::parsing::{Regex, Region};

/// With letters that stand for others without case: K, ſ, ß.
const CHARACTERS: &[&str] = &[
    "a", "b", "k", "s", "A", "K", "S", "0", "3", "9", "_", " ", ".", "(", "\"", "-", "{", "~", "\t", "é", "ß", "ſ",
    "\u{212A}", "語",
];

const PARTS: &[&str] = &[
    ".",
    "\\w",
    "\\W",
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "\\h",
    "\\H",
    "\\p{L}",
    "\\P{L}",
    "\\x41",
    "\\x{df}",
    "\\R",
    "\\n",
    "\\(",
    "\\.",
    "[ab]",
    "[^a]",
    "[^\\w]",
    "[\\W_]",
    "[^\\W\\d]",
    "[[:alpha:]_]",
    "[[:^space:]]",
    "[a-z&&[^ks]]",
    "[^a-y&&[a-z]]",
    "[]a]",
    "[^]a]",
    "[\\]\\-^]",
    "[a-]",
    "[ß-語]",
    "[^é]",
    "[\\p{L}3]",
    "[^\\p{L}]",
    "^",
    "$",
    "\\b",
    "\\B",
    "\\A",
    "\\z",
    "\\Z",
    "(?<=a)",
    "(?<!\\w)",
    "\\1",
    "ks",
    "ss",
    "class",
    "(?#no)",
];

const QUANTIFIERS: &[&str] = &[
    "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{2}?", "{2}+", "{1,}", "{1,2}", "{1,2}?", "{,2}", "{0}",
    "{0,1}", "{2,1}", "{a}", "{,}", "{",
];

fn pattern() -> impl Strategy<Value = String> {
    let character = prop::sample::select(CHARACTERS).prop_map(|character| match character {
        "." | "(" | "{" => format!("\\{character}"),
        other => other.to_owned(),
    });
    let leaf = prop_oneof![character, prop::sample::select(PARTS).prop_map(str::to_owned)];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let open = ["(", "(?:", "(?i:", "(?x: ", "(?i-x:", "(?=", "(?!", "(?>", "(?<n>", "(?:(?i)", "(?:a(?i)b|"];
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..5).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            2 => (prop::sample::select(open.to_vec()), inner.clone()).prop_map(|(open, inner)| format!("{open}{inner})")),
            2 => (inner.clone(), prop::sample::select(QUANTIFIERS)).prop_map(|(inner, times)| format!("(?:{inner}){times}")),
            1 => (inner, prop::sample::select(QUANTIFIERS)).prop_map(|(inner, times)| format!("{inner}{times}")),
        ]
    })
}

#[test]
fn no_match_begins_before_the_place_that_is_claimed() {
    let cases = std::env::var("PREPBOOK_CASES").map_or(20_000, |cases| cases.parse().expect("a number"));
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let lines = prop::collection::vec(prop::sample::select(CHARACTERS), 0..12);
    let (matched, claimed) = (Cell::new(0_u32), Cell::new(0_u32));
    let result = TestRunner::new(config).run(
        &(pattern(), prop::collection::vec(lines, 6), any::<bool>()),
        |(pattern, lines, end)| {
            if Regex::try_compile(&pattern).is_some() {
                return Ok(());
            }
            let regex = Regex::new(pattern);
            for line in lines {
                let text = line.concat() + if end { "\n" } else { "" };
                for (begin, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let mut region = Region::new();
                    let found = regex.search(&text, begin, text.len(), Some(&mut region));
                    let place = regex.first_place_in(&text, begin);
                    let start = region.pos(0).map(|(start, _)| start).filter(|_| found);
                    matched.set(matched.get() + u32::from(found));
                    claimed.set(claimed.get() + u32::from(place != Some(begin)));
                    let holds = !found || place.is_some_and(|place| start >= Some(place));
                    if !holds || place.is_some_and(|place| !text.is_char_boundary(place)) {
                        let message = format!(
                            "{:?} in {text:?} from {begin}: found at {start:?}, claimed from {place:?}",
                            regex.regex_str()
                        );
                        return Err(TestCaseError::fail(message));
                    }
                }
            }
            Ok(())
        },
    );
    if let Err(error) = result {
        panic!("{error}");
    }
    let (matched, claimed) = (matched.get(), claimed.get());
    assert!(matched > cases && claimed > cases, "{matched} matches and {claimed} claims prove little");
}

#[test]
fn lines_that_have_not_what_a_pattern_begins_with_or_needs_are_not_searched() {
    let cases = [
        (r"\b(?:if|in)\b", "integer = iffy", None),
        (r"\b(?:if|in)\b", "x in y", Some(2)),
        (r"^\s*(class)\b", "  self.size()", None),
        (r"\s*(\()", "a b c", None),
        (r"(?=(\w+\.)*\w+\s*\[)", "a.b.c()", None),
        (r"(?i)select", "from", None),
        ("(?x: ' | # a comment\n \\x22 )", "it\"s", Some(2)),
        (r"\G\b", "", Some(0)),
        // Found by chance: a quantifier behind a comment, bounds the wrong way round, marks behind marks, two letters for one
        // of a set.
        ("a(?#no)*", "", Some(0)),
        ("(?:a){2,1}?+", "", Some(0)),
        ("(?:a){1,}++?", "", Some(0)),
        ("(?i:[ß-語]\\R)", "ss\n", Some(0)),
    ];
    for (pattern, line, place) in cases {
        assert_eq!(Regex::new(pattern.to_owned()).first_place_in(line, 0), place, "{pattern} in {line:?}");
    }
}
