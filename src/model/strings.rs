//! The words of the interface in the book's language, by key. The theme reads them (`themes/handbook/strings`); templates
//! see them as `t`, scripts as `prepbook.text`, style sheets as custom properties.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::plural;

/// The words of the interface.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// By key; those of a section have its name before it, as in `scripts.copy`.
    texts: BTreeMap<String, Text>,
    /// `ltr` or `rtl`.
    direction: Direction,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// The same for every number.
    One(String),
    /// One for each form of number.
    Forms(Forms),
}

/// A text that differs with a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// The language whose rules say which form goes with a number.
    pub language: String,
    /// By the form's name; `other` is always there.
    #[serde(flatten)]
    pub forms: BTreeMap<String, String>,
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    #[default]
    Ltr,
    /// From right to left.
    Rtl,
}

/// The part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Text as it is.
    Literal(&'a str),
    /// A name in braces, which a value takes the place of.
    Placeholder(&'a str),
}

/// Languages that are written from right to left, unless a script in their tag says otherwise.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "ps",
    "sd", "skr", "syr", "ug", "ur", "yi",
];

/// Scripts that are.
const RIGHT_TO_LEFT_SCRIPTS: &[&str] =
    &["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"];

impl Direction {
    /// The direction of the language of `tag`.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or("");
        let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let is_right_to_left = match script {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&language),
        };
        if is_right_to_left { Self::Rtl } else { Self::Ltr }
    }

    /// As a strings file and the attribute `dir` have it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "ltr" => Some(Self::Ltr),
            "rtl" => Some(Self::Rtl),
            _ => None,
        }
    }
}

impl Strings {
    /// Texts by key, and which way they are written.
    #[must_use]
    pub fn new(texts: BTreeMap<String, Text>, direction: Direction) -> Self {
        Self { texts, direction }
    }

    /// Which way the book is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// The text of `key`. A test looks that every key that is asked for is one of the shipped theme's.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        match self.texts.get(key) {
            Some(Text::One(text)) => text,
            Some(Text::Forms(forms)) => forms.of(None),
            None => "",
        }
    }

    /// The table, such as `scripts`, that has a text of that name for others than templates.
    #[must_use]
    pub fn table_of(&self, name: &str) -> Option<&str> {
        self.texts.keys().find_map(|key| key.split_once('.').filter(|(_, own)| *own == name).map(|(table, _)| table))
    }

    /// The text of `key` with `values` in place of its placeholders; one called `count` chooses the form.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let text = match self.texts.get(key) {
            Some(Text::Forms(forms)) => forms.of(Some(value("count"))),
            _ => self.text(key),
        };
        let parts = parts(text).map(|part| match part {
            Part::Literal(text) => text,
            Part::Placeholder(name) => value(name),
        });
        parts.collect()
    }

    /// The texts of a section by key; without a name, those of no section.
    pub fn section<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Text)> {
        self.texts.iter().filter_map(move |(key, text)| {
            let (section, key) = key.split_once('.').map_or((None, key.as_str()), |(name, key)| (Some(name), key));
            (section == name).then_some((key, text))
        })
    }
}

/// What templates see as `t`.
impl Serialize for Strings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.section(None))
    }
}

impl Forms {
    /// The form that goes with a number; a value that is none, such as a range, goes with the last. Nothing may have a form
    /// of its own in any language.
    #[must_use]
    pub fn of(&self, count: Option<&str>) -> &str {
        let form = match count.and_then(|count| count.parse().ok()) {
            Some(0) if self.forms.contains_key("zero") => "zero",
            Some(count) => plural::form(&self.language, count),
            None => "other",
        };
        self.forms.get(form).or_else(|| self.forms.get("other")).map_or("", String::as_str)
    }
}

/// A text as its parts. Braces around anything but a name of lower-case letters are text.
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (start, end) = placeholder(rest).unwrap_or((rest.len(), rest.len()));
        if start == 0 {
            let name = &rest[1..end - 1];
            rest = &rest[end..];
            return Some(Part::Placeholder(name));
        }
        let text = &rest[..start];
        rest = &rest[start..];
        Some(Part::Literal(text))
    })
}

/// Where the first placeholder starts and ends.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    text.match_indices('{').find_map(|(start, _)| {
        let end = start + text[start..].find('}')?;
        let name = &text[start + 1..end];
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        is_name.then_some((start, end + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_in_braces() {
        let said = |text| parts(text).map(|part| format!("{part:?} ")).collect::<String>();
        assert_eq!(
            said("{a_b} of {c}{d}."),
            "Placeholder(\"a_b\") Literal(\" of \") Placeholder(\"c\") Placeholder(\"d\") Literal(\".\") "
        );
        for text in ["{}", "{ a}", "a {", "} {A}", "{1}"] {
            assert_eq!(parts(text).collect::<Vec<_>>(), [Part::Literal(text)]);
        }
        assert_eq!(parts("{{a}").collect::<Vec<_>>(), [Part::Literal("{"), Part::Placeholder("a")]);
        assert_eq!(parts("").count(), 0);
    }

    #[test]
    fn a_number_chooses_the_form() {
        let forms = [("zero", "keine Zeile"), ("one", "{count} Zeile"), ("other", "{count} Zeilen")];
        let forms = forms.map(|(form, text)| (form.to_owned(), text.to_owned())).into();
        let texts = BTreeMap::from([("lines".to_owned(), Text::Forms(Forms { language: "de".to_owned(), forms }))]);
        let strings = Strings::new(texts, Direction::Ltr);
        for (count, text) in
            [("0", "keine Zeile"), ("1", "1 Zeile"), ("2", "2 Zeilen"), ("1-2", "1-2 Zeilen"), ("", " Zeilen")]
        {
            assert_eq!(strings.fill("lines", &[("count", count)]), text);
        }
    }

    #[test]
    fn the_direction_is_the_scripts_or_the_languages() {
        for (tag, direction) in [
            ("en-GB", Direction::Ltr),
            ("he", Direction::Rtl),
            ("AR-EG", Direction::Rtl),
            ("az-Arab", Direction::Rtl),
            ("ks-Deva", Direction::Ltr),
            ("arn", Direction::Ltr),
        ] {
            assert_eq!(Direction::of(tag), direction, "{tag}");
        }
    }
}
