//! The numbers in front of names: `1-threat-modeling`, `02_x.md`, `3. y.md`, `1.1 Z.md`.

use std::cmp::Ordering;

/// A name split into its number and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number's parts (`1.10` has two), empty where the name has none.
    pub number: Vec<u32>,
    /// The name without its number.
    pub rest: String,
}

/// Splits a name (without its extension). Dates (`2026-01-…`), versions (`5.0`, `8.0.0-x`) and `0x10-…`
/// are not numbers of order, and a name that is nothing but a number is kept.
#[must_use]
pub fn split(name: &str) -> Numbered {
    let whole = Numbered { number: Vec::new(), rest: name.to_owned() };
    let mut number = Vec::new();
    let mut rest = name;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 6 {
            return whole;
        }
        number.push(rest[..digits].parse().unwrap_or(0));
        rest = &rest[digits..];
        let mut characters = rest.chars();
        if characters.next() == Some('.') && characters.next().is_some_and(|c| c.is_ascii_digit()) {
            rest = &rest[1..];
        } else {
            break;
        }
    }
    let separator = rest.len() - rest.trim_start_matches(['-', '_', '.', ' ']).len();
    let after = &rest[separator..];
    // `8.0.0-x` is a version; `1.1 X` and `1.1. X` are numbers.
    let spaced = rest[..separator].contains(' ');
    if separator == 0 || !after.contains(char::is_alphanumeric) || (number.len() > 1 && !spaced) {
        return whole;
    }
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 && !spaced && starts_like_a_month(after) {
        return whole;
    }
    Numbered { number, rest: after.to_owned() }
}

/// Two digits and an end: the month of a date.
fn starts_like_a_month(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && text[2..].chars().next().is_none_or(|c| "-_. ".contains(c))
}

/// Where an entry stands among its neighbours: numbered before unnumbered, numbers as numbers, then names
/// without regard to case, then names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// `order` of the front matter, else the number of the name.
    pub number: Vec<i64>,
    /// The name without its number.
    pub name: String,
}

impl Position {
    /// The position of an entry with this name, moved by the front matter's `order` if there is one.
    #[must_use]
    pub fn new(numbered: &Numbered, order: Option<i64>) -> Self {
        let number =
            order.map_or_else(|| numbered.number.iter().map(|&part| i64::from(part)).collect(), |order| vec![order]);
        Self { number, name: numbered.rest.clone() }
    }
}

impl Ord for Position {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |position: &Self| (position.number.is_empty(), position.name.to_lowercase());
        let (left, right) = (key(self), key(other));
        left.0
            .cmp(&right.0)
            .then_with(|| self.number.cmp(&other.number))
            .then_with(|| left.1.cmp(&right.1))
            .then_with(|| self.name.cmp(&other.name))
    }
}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A name in words: `amazon-scale_threat` becomes "Amazon scale threat".
#[must_use]
pub fn title(name: &str) -> String {
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_off() {
        let cases = [
            ("1-threat-modeling", &[1][..], "threat-modeling"),
            ("02_x", &[2], "x"),
            ("3. y", &[3], "y"),
            ("01 z", &[1], "z"),
            ("1.1 The CIA triad", &[1, 1], "The CIA triad"),
            ("100_a", &[100], "a"),
            ("00021-how-to", &[21], "how-to"),
            ("2026-retrospective", &[2026], "retrospective"),
        ];
        for (name, number, rest) in cases {
            assert_eq!(split(name), Numbered { number: number.to_vec(), rest: rest.to_owned() }, "{name}");
        }
    }

    #[test]
    fn dates_versions_and_other_names_are_kept() {
        for name in [
            "2026-01-02-notes",
            "2026-01",
            "5.0",
            "8.0.0",
            "8.0.0-migration",
            "0x10-V1",
            "42",
            "1-",
            "x-1",
            "20260102-x",
            "",
        ] {
            assert_eq!(split(name), Numbered { number: vec![], rest: name.to_owned() }, "{name}");
        }
    }

    #[test]
    fn positions_sort_numbers_as_numbers_before_names() {
        let mut names = ["b", "10-x", "9-y", "A", "1.2 q", "1.10 r", "a"].map(|name| Position::new(&split(name), None));
        names.sort();
        let names: Vec<&str> = names.iter().map(|position| position.name.as_str()).collect();
        assert_eq!(names, ["q", "r", "y", "x", "A", "a", "b"]);
    }

    #[test]
    fn titles_are_words() {
        assert_eq!(title("amazon-scale_threat"), "Amazon scale threat");
        assert_eq!(title("élan"), "Élan");
    }
}
