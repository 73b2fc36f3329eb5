//! Footnotes of a page: numbered in the order they are first referred to, collected at its end.

use std::collections::HashMap;

use super::html::attribute;
use crate::model::slug::Slugger;
use crate::model::strings::Strings;

/// A footnote: the document it belongs to, and its name there. Files that a page includes have their own.
type Key = (usize, String);

/// The footnotes of one page.
#[derive(Default)]
pub struct Footnotes {
    slugger: Slugger,
    /// In the order of first reference.
    order: Vec<Note>,
    by_key: HashMap<Key, usize>,
    bodies: HashMap<Key, String>,
}

struct Note {
    key: Key,
    id: String,
    references: usize,
}

impl Footnotes {
    /// Writes a reference.
    pub fn reference(&mut self, out: &mut String, document: usize, name: &str) {
        let key = (document, name.to_owned());
        let number = match self.by_key.get(&key) {
            Some(&number) => number,
            None => {
                let id = self.slugger.slug(name);
                self.order.push(Note { key: key.clone(), id, references: 0 });
                self.by_key.insert(key, self.order.len() - 1);
                self.order.len() - 1
            }
        };
        let note = &mut self.order[number];
        note.references += 1;
        let mut id = String::new();
        attribute(&mut id, &note.id);
        let which = which(note.references);
        out.push_str(&format!(
            "<sup class=\"footnote-ref\"><a id=\"Fnref{which}-{id}\" href=\"#Fn-{id}\">{}</a></sup>",
            number + 1
        ));
    }

    /// Keeps the body of a definition; the first of a name counts.
    pub fn define(&mut self, document: usize, name: &str, html: String) {
        self.bodies.entry((document, name.to_owned())).or_insert(html);
    }

    /// Writes all footnotes that are referred to.
    pub fn write(&self, out: &mut String, strings: &Strings) {
        if self.order.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" aria-label=\"");
        attribute(out, strings.text("footnotes"));
        out.push_str("\">\n<ol>\n");
        for (index, note) in self.order.iter().enumerate() {
            let mut id = String::new();
            attribute(&mut id, &note.id);
            let body = self.bodies.get(&note.key).map_or("", String::as_str).trim_end();
            let back: String = (1..=note.references)
                .map(|reference| {
                    let number = index + 1;
                    let number = if reference == 1 { number.to_string() } else { format!("{number}-{reference}") };
                    let mut label = String::new();
                    attribute(&mut label, &strings.fill("footnote_back", &[("reference", &number)]));
                    let target = which(reference);
                    format!(" <a class=\"footnote-back\" href=\"#Fnref{target}-{id}\" aria-label=\"{label}\">↩</a>")
                })
                .collect();
            // The way back stands at the end of the last paragraph, if the note ends with one.
            let (text, end) = match body.strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (body, ""),
            };
            out.push_str(&format!("<li id=\"Fn-{id}\">{text}{back}{end}</li>\n"));
        }
        out.push_str("</ol>\n</section>\n");
    }
}

/// The number of a reference as part of its id. Ids of footnotes start with a capital, which ids of headings
/// never do, and the number stands before the name, so no two can meet.
fn which(reference: usize) -> String {
    if reference == 1 { String::new() } else { reference.to_string() }
}
