//! `synonyms.yaml`: words and phrases that mean the same to a search.

use super::{head, values};
use crate::data::{Table, Value};

pub fn read(mut table: Table<'_>) -> Vec<Vec<String>> {
    let entries = table.list("synonyms");
    let synonyms = entries.into_iter().filter_map(|entry| words(&mut table, entry)).collect();
    table.finish();
    synonyms
}

fn words(table: &mut Table<'_>, entry: Value) -> Option<Vec<String>> {
    let place = head(&entry);
    let mut entry = table.nested("a list of synonyms", entry);
    if !entry.has("words") {
        entry.missing(place, "words", "this list of synonyms");
    }
    let words = entry.texts("words");
    if let [alone] = &words[..] {
        entry.bad(
            "words",
            alone.span,
            &alone.value,
            "two words or phrases at least, such as [XSS, cross-site scripting]",
        );
    }
    entry.finish();
    (words.len() > 1).then(|| values(words))
}
