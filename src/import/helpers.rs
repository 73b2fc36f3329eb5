//! mdBook's helpers in a text: `{{#include file.rs:anchor}}` and the like, wherever they stand, as mdBook finds them.

use std::ops::Range;

/// One helper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper<'a> {
    /// Where it stands, with a backslash in front of it.
    pub range: Range<usize>,
    /// Whether a backslash makes a text of it.
    pub is_escaped: bool,
    /// Its name, without the number sign.
    pub name: &'a str,
    /// What stands behind its name.
    pub argument: &'a str,
}

/// Which lines of a file are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// All.
    Whole,
    /// From one to another, both included; up to the end of the file.
    Lines(usize, Option<usize>),
    /// Those between two comments.
    Anchor(&'a str),
}

impl<'a> Helper<'a> {
    /// Whether it stands for the text of a file.
    #[must_use]
    pub fn is_include(&self) -> bool {
        !self.is_escaped && matches!(self.name, "include" | "rustdoc_include")
    }

    /// The file that it names.
    #[must_use]
    pub fn file(&self) -> &'a str {
        let word = self.argument.split_whitespace().next().unwrap_or_default();
        let named = if matches!(self.name, "playground" | "playpen") { word } else { self.argument };
        named.split(':').next().unwrap_or_default()
    }

    /// The part of it.
    #[must_use]
    pub fn part(&self) -> Part<'a> {
        let Some((_, rest)) = self.argument.split_once(':') else { return Part::Whole };
        let (first, last) = rest.split_once(':').map_or((rest, None), |(first, last)| (first, Some(last)));
        let number = |text: &str| text.parse::<usize>().ok().map(|number| number.max(1));
        match (number(first), last.map(|last| last.split(':').next().unwrap_or_default())) {
            (Some(line), None) => Part::Lines(line, Some(line)),
            (Some(first), Some(last)) => Part::Lines(first, number(last)),
            (None, Some(last)) if first.is_empty() => {
                number(last).map_or(Part::Whole, |last| Part::Lines(1, Some(last)))
            }
            (None, _) if first.is_empty() => Part::Whole,
            (None, _) => Part::Anchor(first),
        }
    }
}

/// All helpers of `text` that mdBook knows.
#[must_use]
pub fn find(text: &str) -> Vec<Helper<'_>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("{{") {
        let inner = text[start + 2..].trim_start_matches([' ', '\t']);
        let Some(inner) = inner.strip_prefix('#') else { continue };
        let Some(length) = inner.find(['}', '\n', '{']).filter(|end| inner[*end..].starts_with("}}")) else { continue };
        let content = &inner[..length];
        let (name, argument) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
        if !matches!(name, "include" | "rustdoc_include" | "playground" | "playpen" | "title")
            || argument.trim().is_empty()
        {
            continue;
        }
        let end = text.len() - inner.len() + length + 2;
        let is_escaped = text[..start].ends_with('\\');
        let range = start - usize::from(is_escaped)..end;
        found.push(Helper { range, is_escaped, name, argument: argument.trim() });
    }
    found
}

/// That part of `text`, without the comments that mark parts; `None` where there is no such part.
#[must_use]
pub fn taken(text: &str, part: &Part<'_>) -> Option<String> {
    let is_mark = |line: &&str| line.contains("ANCHOR: ") || line.contains("ANCHOR_END: ");
    let lines: Vec<&str> = match part {
        Part::Whole => text.lines().collect(),
        Part::Lines(first, last) => {
            let last = last.unwrap_or(usize::MAX);
            text.lines().skip(first - 1).take(last.saturating_add(1).saturating_sub(*first)).collect()
        }
        Part::Anchor(name) => {
            let marks = |line: &str, word: &str| {
                line.split_once(word).is_some_and(|(_, rest)| rest.split_whitespace().next() == Some(*name))
            };
            let mut lines = text.lines().skip_while(|line| !marks(line, "ANCHOR: "));
            lines.next()?;
            lines.take_while(|line| !marks(line, "ANCHOR_END: ")).collect()
        }
    };
    let lines: Vec<&str> = lines.into_iter().filter(|line| !is_mark(line)).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_are_found_as_mdbook_finds_them() {
        let text = "{{#include a.rs:2:}} \\{{#include b.rs}} {{ #title A b}} {{#playground c.rs editable}} {{#if x}} {{#include}} {{#include d";
        let found: Vec<(&str, &str, bool)> =
            find(text).iter().map(|it| (it.name, it.argument, it.is_escaped)).collect();
        let expected = [
            ("include", "a.rs:2:", false),
            ("include", "b.rs", true),
            ("title", "A b", false),
            ("playground", "c.rs editable", false),
        ];
        assert_eq!(found, expected);
        assert_eq!(find(text)[3].file(), "c.rs");
        assert_eq!(&text[find(text)[1].range.clone()], "\\{{#include b.rs}}");
    }

    #[test]
    fn parts_are_lines_and_anchors() {
        let part = |argument: &'static str| Helper { range: 0..0, is_escaped: false, name: "include", argument }.part();
        for (argument, expected) in [
            ("a", Part::Whole),
            ("a:2", Part::Lines(2, Some(2))),
            ("a:2:", Part::Lines(2, None)),
            ("a::3", Part::Lines(1, Some(3))),
            ("a:2:3", Part::Lines(2, Some(3))),
            ("a:b", Part::Anchor("b")),
            ("a:", Part::Whole),
        ] {
            assert_eq!(part(argument), expected, "{argument}");
        }
        let text = "1\n// ANCHOR: x\n2\n// ANCHOR: y\n3\n// ANCHOR_END: x\n4\n";
        let of = |part: Part<'_>| taken(text, &part);
        assert_eq!(of(Part::Anchor("x")).as_deref(), Some("2\n3"));
        assert_eq!(of(Part::Lines(1, Some(3))).as_deref(), Some("1\n2"));
        assert_eq!(of(Part::Lines(5, None)).as_deref(), Some("3\n4"));
        assert_eq!(of(Part::Lines(3, Some(1))).as_deref(), Some(""));
        assert_eq!(of(Part::Whole).as_deref(), Some("1\n2\n3\n4"));
        assert_eq!(of(Part::Anchor("z")), None);
    }
}
