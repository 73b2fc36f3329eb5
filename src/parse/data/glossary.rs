//! `glossary.yaml`: terms and what they mean.

use super::{File, head, suggested_id};
use crate::base::span::Spanned;
use crate::data::{Table, Value};
use crate::model::practice::data::Term;

pub fn read(file: &mut File<'_>, mut table: Table<'_>) -> Vec<Term> {
    let entries = table.list("terms");
    let terms = entries.into_iter().filter_map(|entry| term(file, &mut table, entry)).collect();
    table.finish();
    terms
}

fn term(file: &File<'_>, table: &mut Table<'_>, entry: Value) -> Option<Term> {
    let place = head(&entry);
    let mut entry = table.nested("a term", entry);
    let term = file.name(&mut entry, "term", "this entry", place);
    // Short and unique already, so that most terms need no id.
    let id = if entry.has("id") {
        file.id(&mut entry, "this term", place)
    } else {
        term.as_ref().map(|term| Spanned::new(suggested_id(&term.value), term.span))
    };
    let also = entry.texts("also");
    let meaning = file.needed(&mut entry, "meaning", "this term", place);
    let see = entry.texts("see");
    let refs = entry.texts("refs");
    entry.finish();
    // One without a meaning, which was reported, is a term all the same.
    let meaning = meaning.map_or(String::new(), |meaning| meaning.value);
    Some(Term { id: id?, term: term?, also, meaning, see, refs, span: place })
}
