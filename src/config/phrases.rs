//! The list of `banned-phrases` in `[lints]` to values. Knows no prose.

use super::BannedPhrase;
use crate::base::span::Spanned;
use crate::data::{Kind, Table, Value};
use crate::diagnostic::{Code, Place, catalog};

/// The key in `[lints]`.
pub const KEY: &str = "banned-phrases";

/// How many words a phrase may have. Matching looks this far ahead of each word.
const MAX_WORDS: usize = 20;

/// Reads the list: each entry is a text, or a table that also says what to write instead.
pub fn read(lints: &mut Table<'_>, value: Value, wrong_type: Code) -> Vec<BannedPhrase> {
    let wanted = "a list of phrases, each a text or { phrase = \"…\", use = \"…\" }";
    let Kind::List(items) = value.kind else {
        let place = Place::at(lints.path(), value.span);
        lints.report(catalog::wrong_type(wrong_type, place, KEY, wanted, value.kind.describe()));
        return Vec::new();
    };
    let mut phrases: Vec<BannedPhrase> = Vec::new();
    for item in items {
        let place = Place::at(lints.path(), item.span);
        let (phrase, instead) = match item.kind {
            Kind::Text(text) => (Spanned::new(text, item.span), None),
            Kind::Map(ref entries) => {
                if !entries.iter().any(|(key, _)| key.value == "phrase") {
                    lints.report(catalog::banned_phrase_missing(place));
                }
                let mut entry = lints.nested("a banned phrase", item);
                let phrase = entry.text("phrase");
                let instead = entry.text("use");
                entry.finish();
                let Some(phrase) = phrase else { continue };
                (phrase, instead.map(|text| text.value))
            }
            other => {
                let wanted = "a text or { phrase = \"…\", use = \"…\" }";
                lints.report(catalog::wrong_type(wrong_type, place, KEY, wanted, other.describe()));
                continue;
            }
        };
        let words = phrase.value.split_whitespace().count();
        let has_word = phrase.value.contains(char::is_alphanumeric);
        let plain = !phrase.value.contains(|c: char| c.is_control() && !c.is_whitespace());
        if has_word && plain && words <= MAX_WORDS {
            phrases.push(BannedPhrase { phrase: phrase.value, instead });
        } else {
            let wanted = format!("a word, or a phrase of at most {MAX_WORDS} words");
            lints.bad(KEY, phrase.span, &phrase.value, &wanted);
        }
    }
    phrases
}
