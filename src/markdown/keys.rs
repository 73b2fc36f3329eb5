//! The attributes of one directive, read into types: every key asked for is known, the others are reported.

use super::attributes::Attribute;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, Thing, catalog};

/// The attributes of one directive, or of a list item, being read.
pub struct Keys<'a> {
    path: &'a BookPath,
    name: &'a str,
    attributes: Vec<Attribute>,
    /// The values that stand without quotes.
    bare: Vec<Spanned<String>>,
    known: Vec<&'static str>,
    /// Where what has them is named.
    about: Option<Span>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Keys<'a> {
    /// Starts reading the `attributes` of a directive `name` in the file at `path`.
    pub fn new(
        path: &'a BookPath,
        name: &'a str,
        attributes: Vec<Attribute>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let bare = attributes.iter().filter(|attribute| attribute.key.value != "id").filter_map(|attribute| {
            attribute.value.clone().filter(|value| value.span.range().len() == value.value.len())
        });
        let bare = bare.collect();
        Self { path, name, attributes, bare, known: Vec::new(), about: None, diagnostics }
    }

    /// Of what is named at `about`, where a missing key is reported: one that is there but misspelt is not missing.
    #[must_use]
    pub fn about(mut self, about: Span) -> Self {
        self.about = Some(about);
        self
    }

    fn is_there(&self, key: &str) -> Option<Thing> {
        self.about.map(|about| Thing::Key(self.path.clone(), about.start, key.to_owned()))
    }

    fn take(&mut self, key: &'static str) -> Option<Attribute> {
        self.known.push(key);
        let index = self.attributes.iter().position(|attribute| attribute.key.value == key)?;
        Some(self.attributes.remove(index))
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let attribute = self.take(key)?;
        if attribute.value.as_ref().is_none_or(|value| value.value.is_empty()) {
            self.bad(key, attribute.span(), "", "a value, as in key=\"a value\"");
            return None;
        }
        attribute.value
    }

    /// A list with commas; white space around its entries does not count, and empty ones are left out.
    pub fn list(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(text) = self.text(key) else { return Vec::new() };
        // What is escaped has another length than what is written; then the whole value is the place.
        let quotes = text.span.range().len().checked_sub(text.value.len()).filter(|quotes| matches!(quotes, 0 | 2));
        let mut at = 0;
        let mut entries = Vec::new();
        for entry in text.value.split(',') {
            let trimmed = entry.trim();
            let start = at + entry.len() - entry.trim_start().len();
            at += entry.len() + 1;
            if trimmed.is_empty() {
                continue;
            }
            let span = quotes.map_or(text.span, |quotes| {
                let start = text.span.start as usize + quotes / 2 + start;
                Span::new(start..start + trimmed.len())
            });
            entries.push(Spanned::new(trimmed.to_owned(), span));
        }
        entries
    }

    /// Says that there is such a key, which somebody else reads.
    pub fn expect(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// Whether the key is there, whatever its value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute.key.value == key)
    }

    /// A key that stands alone.
    pub fn flag(&mut self, key: &'static str) -> bool {
        let Some(attribute) = self.take(key) else { return false };
        if let Some(value) = &attribute.value {
            self.bad(key, value.span, &value.value, "no value: it is a flag");
        }
        true
    }

    /// One of a closed set of words.
    pub fn choice(&mut self, key: &'static str, choices: &[&'static str]) -> Option<Spanned<&'static str>> {
        let text = self.text(key)?;
        let found = choices.iter().copied().find(|choice| *choice == text.value);
        if found.is_none() {
            let near = nearest(&text.value, choices.iter().copied());
            let near = near.map_or(String::new(), |near| format!("; nearest is `{near}`"));
            let wanted = format!("one of {}{near}", choices.join(", "));
            self.bad(key, text.span, &text.value, &wanted);
        }
        found.map(|found| Spanned::new(found, text.span))
    }

    /// A value that `read` makes out of the text; `wanted` says what it takes.
    pub fn read<T>(&mut self, key: &'static str, wanted: &str, read: impl Fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        let value = read(&text.value);
        if value.is_none() {
            self.bad(key, text.span, &text.value, wanted);
        }
        value.map(|value| Spanned::new(value, text.span))
    }

    /// Reports that `key` is missing.
    pub fn needs(&mut self, key: &str, place: Span) {
        self.diagnostics.push(catalog::directive_needs(Place::at(self.path, place), self.name, key));
    }

    /// Reports that the value of `key` at `span` is not possible; `wanted` says what is.
    pub fn bad(&mut self, key: &str, span: Span, found: &str, wanted: &str) {
        let report = catalog::directive_bad_value(Place::at(self.path, span), key, found, wanted);
        let is_there = self.is_there(key);
        self.diagnostics.push(report.hides(is_there));
    }

    /// Reports something else about these attributes, for which `report` is given the file.
    pub fn report(&mut self, report: impl FnOnce(&BookPath) -> Diagnostic) {
        self.diagnostics.push(report(self.path));
    }

    /// The first key that stands alone and is none of those asked for so far.
    pub fn any_flag(&mut self) -> Option<Spanned<String>> {
        let free =
            |attribute: &Attribute| attribute.value.is_none() && !self.known.contains(&attribute.key.value.as_str());
        let index = self.attributes.iter().position(free)?;
        Some(self.attributes.remove(index).key)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(mut self) {
        // Where the last value that was cut off at a space ends so far.
        let mut cut = None;
        for attribute in std::mem::take(&mut self.attributes) {
            let key = &attribute.key;
            let place = Place::at(self.path, key.span);
            if attribute.value.is_none() && cut.is_some_and(|end| end + 1 == key.span.start) {
                cut = Some(key.span.end);
                continue;
            }
            if attribute.value.is_none()
                && let Some(value) = self.bare.iter().find(|value| value.span.end + 1 == key.span.start)
                && (value.value.ends_with(',') || meant(&key.value, &self.known).is_none())
            {
                cut = Some(key.span.end);
                let end = Thing::End(self.path.clone(), value.span.end - u32::from(value.value.ends_with(',')));
                let place = Place::at(self.path, Span { start: value.span.start, end: key.span.end });
                let whole = format!("{} {}", value.value, key.value);
                self.diagnostics.push(catalog::directive_value_cut(place, &value.value, &whole).hides([end]));
                continue;
            }
            // The first of a name was taken; what is left of a known one stands there again.
            if self.known.contains(&key.value.as_str()) {
                self.diagnostics.push(catalog::directive_given_twice(place, &key.value));
                continue;
            }
            let near = meant(&key.value, &self.known);
            let is_there = self.is_there(near.unwrap_or(&key.value));
            let report = catalog::directive_unknown_key(place, self.name, &key.value, near, &self.known);
            self.diagnostics.push(report.hides(is_there));
        }
    }
}

/// The known key that was meant by another: the nearest, or the one that another directive has for the same.
fn meant(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let other = match key {
        "src" => "file",
        "file" => "src",
        _ => "",
    };
    nearest(key, known.iter().copied()).or_else(|| known.iter().copied().find(|known| *known == other))
}
