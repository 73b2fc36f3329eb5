//! Typed values from a table, with a diagnostic for each value of a wrong type and each key nobody asked
//! for. Used for book.toml and for front matter alike.

use super::{Kind, Value};
use crate::base::nearest::{distance_within, nearest};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Thing, catalog};

/// The codes under which a kind of file reports its mistakes.
#[derive(Clone, Copy)]
pub struct Codes {
    /// A value of the wrong type.
    pub wrong_type: Code,
    /// A value of the right type that is not possible.
    pub bad_value: Code,
    /// A key one letter off a known one.
    pub misspelt: Code,
    /// Any other unknown key.
    pub unknown: Code,
    /// Whether a number or date is taken as written where a text is wanted: YAML has texts without quotes,
    /// and TOML has not.
    pub numbers_are_texts: bool,
}

/// A table being read. Every key asked for is known; the others are reported by [`Table::finish`].
pub struct Table<'a> {
    path: &'a BookPath,
    codes: Codes,
    name: String,
    entries: Vec<(Spanned<String>, Value)>,
    known: Vec<&'static str>,
    /// It is no table, which was reported.
    is_broken: bool,
    /// Where a key that is missing is reported: at the first one, or where else this is named.
    about: Vec<Span>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Table<'a> {
    /// Starts reading `value`, which must be a table (nothing at all counts as an empty one). `name` is
    /// how messages call it: "the front matter", "`[book]`".
    pub fn new(
        path: &'a BookPath,
        codes: Codes,
        name: impl Into<String>,
        value: Value,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let name = name.into();
        let mut is_broken = false;
        let entries = match value.kind {
            Kind::Map(entries) => entries,
            Kind::Null => Vec::new(),
            other => {
                is_broken = true;
                let place = Place::at(path, value.span);
                diagnostics.push(catalog::wrong_type(
                    codes.wrong_type,
                    place,
                    &name,
                    "a table of keys and values",
                    other.describe(),
                ));
                Vec::new()
            }
        };
        let about = entries.first().map(|(key, _)| key.span).into_iter().collect();
        Self { path, codes, name, entries, known: Vec::new(), is_broken, about, diagnostics }
    }

    /// Says where else this is named: where a missing key is reported. One that is there but misspelt is not missing.
    pub fn about(&mut self, place: Span) {
        self.about.push(place);
    }

    fn is_there<'k>(&self, key: &'k str) -> impl Iterator<Item = Thing> + use<'_, 'a, 'k> {
        self.about.iter().map(move |about| Thing::Key(self.path.clone(), about.start, key.to_owned()))
    }

    fn push(&mut self, key: &str, report: Diagnostic) {
        let report = report.hides(self.is_there(key));
        self.diagnostics.push(report);
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        let index = self.entries.iter().position(|(name, _)| name.value == key)?;
        Some(self.entries.remove(index).1).filter(|value| value.kind != Kind::Null)
    }

    fn wrong(&mut self, key: &str, value: &Value, wanted: &str) {
        let place = Place::at(self.path, value.span);
        let report = catalog::wrong_type(self.codes.wrong_type, place, key, wanted, value.kind.describe());
        self.push(key, report);
    }

    /// Reports that the value of `key` at `span` is not possible; `wanted` says what is.
    pub fn bad(&mut self, key: &str, span: Span, found: &str, wanted: &str) {
        let place = Place::at(self.path, span);
        self.push(key, catalog::bad_value(self.codes.bad_value, place, key, found, wanted));
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.take(key)?;
        match self.codes.text(&value) {
            Some(text) => Some(Spanned::new(text, value.span)),
            None => {
                self.wrong(key, &value, "a text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.placed_flag(key).map(|flag| flag.value)
    }

    /// True or false, and where.
    pub fn placed_flag(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let value = self.take(key)?;
        if let Kind::Bool(flag) = value.kind {
            return Some(Spanned::new(flag, value.span));
        }
        self.wrong(key, &value, "true or false");
        None
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let value = self.take(key)?;
        if let Kind::Number(number) = &value.kind {
            if let Ok(number) = number.parse() {
                return Some(Spanned::new(number, value.span));
            }
            self.bad(key, value.span, number, "a whole number");
            return None;
        }
        self.wrong(key, &value, "a whole number");
        None
    }

    /// A list of texts; one text alone counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        if let Some(text) = self.codes.text(&value) {
            return vec![Spanned::new(text, value.span)];
        }
        let Kind::List(items) = value.kind else {
            self.wrong(key, &value, "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match self.codes.text(&item) {
                Some(text) => texts.push(Spanned::new(text, item.span)),
                None => self.wrong(key, &item, "a text"),
            }
        }
        texts
    }

    /// A list of texts; a text that was meant for several is none.
    pub fn list_of_texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        if let Some((_, value)) = self.entries.iter().find(|(name, _)| name.value == key)
            && let Kind::Text(text) = &value.kind
            && text.contains(',')
        {
            let value = value.clone();
            self.known.push(key);
            self.entries.retain(|(name, _)| name.value != key);
            self.wrong(key, &value, "a list of texts");
            return Vec::new();
        }
        self.texts(key)
    }

    /// A list of anything.
    pub fn list(&mut self, key: &'static str) -> Vec<Value> {
        let Some(value) = self.take(key) else { return Vec::new() };
        if let Kind::List(items) = value.kind {
            return items;
        }
        self.wrong(key, &value, "a list");
        Vec::new()
    }

    /// A table whose keys are free, in the order of the file.
    pub fn entries(&mut self, key: &'static str) -> Vec<(Spanned<String>, Value)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        if let Kind::Map(entries) = value.kind {
            return entries;
        }
        self.wrong(key, &value, "a table of keys and values");
        Vec::new()
    }

    /// Whether the key is there and has a value; whether this is a table at all was reported already.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        let is_there = |(name, value): &(Spanned<String>, Value)| name.value == key && value.kind != Kind::Null;
        self.is_broken || self.entries.iter().any(is_there)
    }

    /// Whether this is no table at all, which was reported.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Reports at `place` that a key is missing in `what`; where this is no table, that is all that is wrong with it.
    pub fn missing(&mut self, place: Span, key: &str, what: &str) {
        if !self.is_broken {
            self.diagnostics.push(catalog::data_missing_key(Place::at(self.path, place), key, what));
        }
    }

    /// A number that need not be whole.
    pub fn number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        let value = self.take(key)?;
        if let Kind::Number(number) = &value.kind {
            if let Some(number) = number.parse::<f64>().ok().filter(|number| number.is_finite()) {
                return Some(Spanned::new(number, value.span));
            }
            self.bad(key, value.span, number, "a number");
            return None;
        }
        self.wrong(key, &value, "a number");
        None
    }

    /// One of a closed set of words.
    pub fn choice(&mut self, key: &'static str, choices: &[&'static str]) -> Option<&'static str> {
        let text = self.text(key)?;
        let found = choices.iter().copied().find(|choice| *choice == text.value);
        if found.is_none() {
            let near = nearest(&text.value, choices.iter().copied());
            let near = near.map_or(String::new(), |near| format!("; nearest is `{near}`"));
            let wanted = format!("one of {}{near}", choices.join(", "));
            self.bad(key, text.span, &text.value, &wanted);
        }
        found
    }

    /// A table inside this one; an empty one where the key is missing.
    pub fn table(&mut self, key: &'static str) -> Table<'_> {
        let value = self.take(key).unwrap_or(Value { span: Span::default(), kind: Kind::Null });
        let name = format!("[{}]", self.full_name(key));
        Table::new(self.path, self.codes, name, value, self.diagnostics)
    }

    /// A table that is a value found in this one. `name` is how messages call it.
    pub fn nested(&mut self, name: &str, value: Value) -> Table<'_> {
        Table::new(self.path, self.codes, name, value, self.diagnostics)
    }

    /// All remaining entries, for tables whose keys are free.
    pub fn rest(&mut self) -> Vec<(Spanned<String>, Value)> {
        std::mem::take(&mut self.entries)
    }

    /// Reports one more diagnostic about this file.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether an error was reported about this file so far.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The file being read.
    #[must_use]
    pub fn path(&self) -> &'a BookPath {
        self.path
    }

    /// A key of this table with the tables it is in: `output.html.theme`.
    #[must_use]
    pub fn full_name(&self, key: &str) -> String {
        match self.name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            Some(table) => format!("{table}.{key}"),
            None => key.to_owned(),
        }
    }

    /// Takes out keys that mean something elsewhere, and reports each, with the tables it is in, with `report`.
    pub fn ignore(&mut self, keys: &[&'static str], report: impl Fn(Place, &str) -> Diagnostic) {
        let (ignored, kept) =
            std::mem::take(&mut self.entries).into_iter().partition(|(name, _)| keys.contains(&name.value.as_str()));
        self.entries = kept;
        let ignored: Vec<(Spanned<String>, Value)> = ignored;
        for (name, _) in ignored {
            let full_name = self.full_name(&name.value);
            self.diagnostics.push(report(Place::at(self.path, name.span), &full_name));
        }
    }

    /// Reports a key that belongs into another table, `meant`.
    pub fn elsewhere(&mut self, key: &str, meant: &str) {
        let Some(index) = self.entries.iter().position(|(name, _)| name.value == key) else { return };
        let place = Place::at(self.path, self.entries.remove(index).0.span);
        self.diagnostics.push(catalog::key_elsewhere(self.codes.unknown, place, key, &self.name, meant));
    }

    /// Reports every key that nobody asked for.
    pub fn finish(mut self) {
        for (name, _) in std::mem::take(&mut self.entries) {
            let place = Place::at(self.path, name.span);
            let close = self.known.iter().copied().find(|key| distance_within(&name.value, key, 1).is_some());
            let near = close.or_else(|| nearest(&name.value, self.known.iter().copied()));
            let report = match close {
                Some(key) => catalog::misspelt_key(self.codes.misspelt, place, &name.value, key),
                None => catalog::unknown_key(self.codes.unknown, place, &name.value, &self.name, near, &self.known),
            };
            self.push(near.unwrap_or(""), report);
        }
    }
}

impl Codes {
    fn text(self, value: &Value) -> Option<String> {
        match &value.kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Number(text) | Kind::Date(text) if self.numbers_are_texts => Some(text.clone()),
            _ => None,
        }
    }
}
