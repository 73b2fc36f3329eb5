//! The YAML block at the head of a page to typed front matter. A block that is not valid YAML is an error
//! at its place; it is never rendered as text.

use super::{Front, Reports, at};
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::data::{self, Codes, Table};
use crate::diagnostic::{Code, catalog};
use crate::markdown::plain::line_feeds;
use crate::model::parsed::FrontMatter;
use crate::model::practice::time::Minutes;

const CODES: Codes = Codes {
    wrong_type: Code::FrontMatterWrongType,
    bad_value: Code::FrontMatterBadValue,
    misspelt: Code::FrontMatterMisspeltKey,
    unknown: Code::FrontMatterUnknownKey,
    numbers_are_texts: true,
};

/// Reads the front matter of `text` and tells where the body starts.
pub fn read(text: &str, path: &BookPath, reports: Reports<'_>) -> (Front, usize) {
    let empty = || Front { matter: FrontMatter::default(), prerequisites: Vec::new(), prose: Vec::new() };
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let marks = |offset: usize| at(path, Span::new(offset..offset + 3));
    let Some(block) = block(text, start) else {
        if let Some(offset) = misplaced(text, start) {
            reports.push(catalog::front_matter_misplaced(marks(offset)));
        }
        return (empty(), start);
    };
    let (yaml_end, body) = match block {
        Block::Closed { yaml_end, body } => (yaml_end, body),
        Block::Unclosed => {
            reports.push(catalog::front_matter_unclosed(marks(start)));
            return (empty(), text.len());
        }
        Block::Toml { body } => {
            reports.push(catalog::front_matter_toml(marks(start)));
            return (empty(), body);
        }
    };
    let shift = |span: Span| span.shifted(start);
    let front = match data::parse_yaml(&line_feeds(&text[start..yaml_end])) {
        Ok(value) => typed(value.shifted(start), path, reports),
        Err(error) => {
            reports.push(catalog::front_matter_syntax(at(path, shift(error.span)), &error.message, error.help));
            empty()
        }
    };
    (front, body)
}

enum Block {
    Closed { yaml_end: usize, body: usize },
    Unclosed,
    Toml { body: usize },
}

/// The block between a first line `---` and the next `---` or `...`, or the TOML that other generators
/// want between two lines `+++`. A thematic break at the head of a page, followed by a blank line, is no
/// front matter.
fn block(text: &str, start: usize) -> Option<Block> {
    let mut lines = lines(text, start);
    let (_, first) = lines.next()?;
    if first == "+++" {
        lines.find(|(_, line)| *line == "+++")?;
        return Some(Block::Toml { body: lines.next().map_or(text.len(), |(offset, _)| offset) });
    }
    if first != "---" {
        return None;
    }
    let mut blank = true;
    let mut is_first = true;
    while let Some((offset, line)) = lines.next() {
        if line == "---" || line == "..." {
            let body = lines.next().map_or(text.len(), |(offset, _)| offset);
            return Some(Block::Closed { yaml_end: offset, body });
        }
        if is_first && line.is_empty() {
            return None;
        }
        is_first = false;
        blank &= line.is_empty();
    }
    if blank { None } else { Some(Block::Unclosed) }
}

/// Where front matter starts that has blank lines above it: `---`, a line `key: value`, and a later `---`.
fn misplaced(text: &str, start: usize) -> Option<usize> {
    let mut lines = lines(text, start);
    let (_, first) = lines.next()?;
    if !first.is_empty() {
        return None;
    }
    let (offset, _) = lines.find(|(_, line)| !line.is_empty()).filter(|(_, line)| *line == "---")?;
    let (_, entry) = lines.next()?;
    let (key, value) = entry.split_once(':')?;
    let word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let is_entry = word && (value.is_empty() || value.starts_with(' '));
    (is_entry && lines.any(|(_, line)| line == "---")).then_some(offset)
}

/// The lines of `text` from `start` on, without white space at their ends, and where each starts. A `\r`
/// alone ends one too (CommonMark 0.31.2, section 2.1).
fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = start;
    std::iter::from_fn(move || {
        let rest = &text[offset..];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        let line = (offset, rest[..length].trim_end());
        offset = (offset + length + end).min(text.len());
        Some(line)
    })
}

fn typed(value: data::Value, path: &BookPath, reports: Reports<'_>) -> Front {
    let mut table = Table::new(path, CODES, "the front matter", value, reports);
    let prerequisites = table.texts("prerequisites");
    let [title, description, outcome] = ["title", "description", "outcome"].map(|key| table.text(key));
    let prose = [&title, &description, &outcome].into_iter().flatten().map(|text| text.span).collect();
    let mut matter = FrontMatter {
        title: title.map(|title| title.value.trim().to_owned()).filter(|title| !title.is_empty()),
        description: description.map(|text| text.value),
        order: table.integer("order"),
        draft: table.flag("draft").unwrap_or(false),
        difficulty: plain(&mut table, "difficulty"),
        outcome: outcome.map(|text| text.value),
        prerequisites: prerequisites.iter().map(|path| path.value.clone()).collect(),
        tags: table.texts("tags").into_iter().map(|tag| tag.value).collect(),
        redirect_from: table.texts("redirect_from"),
        toc: table.flag("toc"),
        template: table.text("template"),
        ..FrontMatter::default()
    };
    if let Some(minutes) = table.text("minutes") {
        if Minutes::parse(&minutes.value).is_some() {
            matter.minutes = Some(minutes.value);
        } else {
            table.bad("minutes", minutes.span, &minutes.value, "minutes such as 15 or 15-20, the lower first");
        }
    }
    if let Some(date) = table.text("checked_on") {
        if is_date(&date.value) {
            matter.checked_on = Some(date.value);
        } else {
            table.bad("checked_on", date.span, &date.value, "a date such as 2026-11-22");
        }
    }
    let mut search = table.table("search");
    matter.search_exclude = search.flag("exclude").unwrap_or(false);
    search.finish();
    table.finish();
    Front { matter, prerequisites, prose }
}

fn plain(table: &mut Table<'_>, key: &'static str) -> Option<String> {
    table.text(key).map(|text| text.value)
}

/// A date of the proleptic Gregorian calendar as `YYYY-MM-DD` (RFC 3339, full-date).
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return false;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(year), number(month), number(day));
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(text: &str) -> Vec<(&'static str, usize)> {
        let mut reports = Vec::new();
        read(text, &BookPath::new("a.md").unwrap(), &mut reports);
        reports.into_iter().map(|d| (d.code.name(), d.place.span.map_or(0, |span| span.start as usize))).collect()
    }

    #[test]
    fn a_rule_at_the_head_is_no_front_matter() {
        for text in ["---\n\ntext\n\n---\n", "--- \n", "---", "text\n---\n", "----\na: 1\n---\n"] {
            assert_eq!(reported(text), [], "{text:?}");
        }
    }

    #[test]
    fn every_mistake_is_reported_at_its_place_in_the_file() {
        let text = "\u{feff}---\ntitel: x\nminutes: ten\ndraft: yes\nweird: 1\nchecked_on: 2026-02-30\n---\n# T\n";
        let at = |needle: &str| text.find(needle).unwrap();
        assert_eq!(
            reported(text),
            [
                ("front-matter/wrong-type", at("yes")),
                ("front-matter/bad-value", at("ten")),
                ("front-matter/bad-value", at("2026")),
                ("front-matter/misspelt-key", at("titel")),
                ("front-matter/unknown-key", at("weird")),
            ]
        );
    }

    #[test]
    fn broken_yaml_and_a_missing_end() {
        assert_eq!(reported("---\na: b: c\n---\n"), [("front-matter/syntax", 8)]);
        assert_eq!(reported("---\na: b\n# T\n"), [("front-matter/unclosed", 0)]);
        assert_eq!(reported("---\n- a\n---\n"), [("front-matter/wrong-type", 4)]);
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let text = "---\rtitle: x\rdraft: maybe\r---\r# T\r";
        let mut reports = Vec::new();
        let (front, body) = read(text, &BookPath::new("a.md").unwrap(), &mut reports);
        assert_eq!((front.matter.title.as_deref(), &text[body..]), (Some("x"), "# T\r"));
        assert_eq!(reported(text), [("front-matter/wrong-type", 20)]);
    }

    #[test]
    fn front_matter_in_another_form_or_place() {
        assert_eq!(reported("+++\ntitle = \"x\"\n+++\n# T\n"), [("front-matter/syntax", 0)]);
        assert_eq!(reported("\n\n---\ntitle: x\n---\n# T\n"), [("front-matter/misplaced", 2)]);
        for text in ["+++\ntext\n", "\n---\n\ntext: x\n\n---\n", "\n---\nSome: thing and\n", "\ntext\n---\na: b\n---\n"]
        {
            assert_eq!(reported(text), [], "{text:?}");
        }
        let text = "+++\na = 1\n+++\n# T\n";
        let (_, body) = read(text, &BookPath::new("a.md").unwrap(), &mut Vec::new());
        assert_eq!(&text[body..], "# T\n");
    }

    #[test]
    fn dates() {
        assert!(is_date("2024-02-29") && !is_date("2023-02-29") && !is_date("2024-2-1") && !is_date("2024-13-01"));
    }
}
