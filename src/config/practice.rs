//! `[practice]` in `book.toml`: what preparation material is held to.

use super::identifier;
use crate::base::nearest::nearest;
use crate::base::span::Spanned;
use crate::data::Table;

/// What preparation material is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeRules {
    /// How fast somebody speaks, in words a minute.
    pub speaking_rate: u32,
    /// How many percent a part of a story may run over its time.
    pub tolerance: u32,
    /// How many minutes a day of a plan takes, from least to most.
    pub day_minutes: (u16, u16),
    /// What questions are about; any topic will do where none is named.
    pub topics: Vec<Spanned<String>>,
    /// The principles that stories are told for; any will do where none is named.
    pub principles: Vec<Principle>,
}

/// A principle that stories are told for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    /// What material calls it.
    pub id: String,
    /// Its name, and where it stands in `book.toml`.
    pub name: Spanned<String>,
}

impl Default for PracticeRules {
    fn default() -> Self {
        Self { speaking_rate: 140, tolerance: 25, day_minutes: (30, 45), topics: Vec::new(), principles: Vec::new() }
    }
}

impl PracticeRules {
    /// Reads the table.
    pub(super) fn read(mut table: Table<'_>) -> Self {
        let mut rules = Self::default();
        if let Some(rate) = table.integer("speaking-rate") {
            match u32::try_from(rate.value).ok().filter(|rate| (60..=300).contains(rate)) {
                Some(value) => rules.speaking_rate = value,
                None => table.bad("speaking-rate", rate.span, &rate.value.to_string(), "60 to 300 words a minute"),
            }
        }
        if let Some(tolerance) = table.integer("tolerance") {
            match u32::try_from(tolerance.value).ok().filter(|percent| *percent <= 100) {
                Some(value) => rules.tolerance = value,
                None => table.bad("tolerance", tolerance.span, &tolerance.value.to_string(), "0 to 100 percent"),
            }
        }
        if let Some(minutes) = table.text("day-minutes") {
            let bounds = minutes.value.split_once('-').and_then(|(least, most)| {
                Some((least.trim().parse().ok()?, most.trim().parse().ok()?)).filter(|(least, most)| least <= most)
            });
            match bounds {
                Some(bounds) => rules.day_minutes = bounds,
                None => table.bad("day-minutes", minutes.span, &minutes.value, "minutes such as 30-45"),
            }
        }
        rules.topics = table.list_of_texts("topics");
        rules.principles = table
            .texts("principles")
            .into_iter()
            .map(|name| Principle { id: identifier(&name.value.replace(['\'', '’'], "")), name })
            .collect();
        for topic in &mut rules.topics {
            let meant = identifier(&topic.value);
            if meant != topic.value {
                let wanted = format!("lower-case letters, digits and hyphens, such as `{meant}`");
                table.bad("topics", topic.span, &topic.value, &wanted);
                topic.value = meant;
            }
        }
        table.finish();
        rules
    }

    /// The principle that material calls so, by id or by name; else the nearest id. Any is as written where the book
    /// names none.
    ///
    /// # Errors
    ///
    /// The nearest, where there is no such principle.
    pub fn principle(&self, written: &str) -> Result<String, Option<&str>> {
        let is_it = |principle: &&Principle| principle.id == written || principle.name.value == written;
        match self.principles.iter().find(is_it) {
            Some(principle) => Ok(principle.id.clone()),
            None if self.principles.is_empty() => Ok(identifier(written)),
            None => Err(nearest(&identifier(written), self.principles.iter().map(|principle| principle.id.as_str()))),
        }
    }

    /// Whether there is such a topic; else the nearest.
    ///
    /// # Errors
    ///
    /// The nearest, where there is no such topic.
    pub fn topic(&self, written: &str) -> Result<(), Option<&str>> {
        if self.topics.is_empty() || self.topics.iter().any(|topic| topic.value == written) {
            return Ok(());
        }
        Err(nearest(written, self.topics.iter().map(|topic| topic.value.as_str())))
    }

    /// The name of a principle.
    #[must_use]
    pub fn principle_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.principles.iter().find(|principle| principle.id == id).map_or(id, |principle| &principle.name.value)
    }
}
