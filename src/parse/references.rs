//! The reference definitions of a page, and what is superfluous about them: those that no link uses, and
//! those that come too late, since the first of a label counts (CommonMark 0.31.2, section 4.7).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Reports, at};
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::catalog;
use crate::markdown::walk::{Definition, Event, Item, LinkType, Tag, definition};

/// Reports what is superfluous among `definitions`, which the walk over `text` that made `items` found. Says of
/// each whether a link uses it.
pub fn check(
    text: &str,
    body: usize,
    items: &[(Item<'_>, Range<usize>)],
    definitions: &[Definition],
    path: &BookPath,
    reports: Reports<'_>,
) -> Vec<bool> {
    if definitions.is_empty() {
        return Vec::new();
    }
    let labels: HashSet<String> = items.iter().filter_map(|(item, _)| used(item)).collect();
    let used: Vec<bool> = definitions.iter().map(|definition| labels.contains(&folded(&definition.label))).collect();
    for (definition, used) in definitions.iter().zip(&used) {
        if !used && !is_remark(definition) {
            let place = at(path, label_span(text, definition.span));
            reports.push(catalog::unused_reference(place, &definition.label));
        }
    }
    let first: HashMap<String, &Definition> =
        definitions.iter().map(|definition| (folded(&definition.label), definition)).collect();
    for (span, first) in late(text, body, definitions, &first, items) {
        let again = definition(&paragraph(&text[span.start as usize..]));
        if again.is_some_and(|again| again.target != first.target && !is_remark(&again)) {
            let other = at(path, label_span(text, first.span));
            reports.push(catalog::duplicate_reference(at(path, span), &first.label, other));
        }
    }
    used
}

/// The label of a reference link or image.
fn used(item: &Item<'_>) -> Option<String> {
    let Item::Event(Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })) = item else {
        return None;
    };
    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut).then(|| folded(id))
}

/// `[//]: # (a remark)` and `[comment]: <> (a remark)`: a way to write what readers do not see.
fn is_remark(definition: &Definition) -> bool {
    matches!(definition.target.as_str(), "" | "#") || matches!(folded(&definition.label).as_str(), "//" | "COMMENT")
}

/// A label as labels are compared: without regard to case and to how much white space there is.
fn folded(label: &str) -> String {
    if label.is_ascii() && !label.contains(|c: char| c.is_ascii_whitespace()) {
        return label.to_ascii_uppercase();
    }
    // Upper case of lower case is the nearest the standard library has to case folding.
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().to_uppercase()
}

/// Where a label is written, with its brackets, at the head of a definition.
fn label_span(text: &str, span: Span) -> Span {
    let length = label_length(span.slice(text)).unwrap_or(0).max(1);
    Span::new(span.start as usize..span.start as usize + length)
}

/// The length of the label that `text` starts with, with its brackets.
fn label_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// The labels at the start of lines that define again what `first` defines. The walk passes over definitions
/// without a word, so what it shows something for is none.
fn late<'a>(
    text: &str,
    body: usize,
    definitions: &[Definition],
    first: &HashMap<String, &'a Definition>,
    items: &[(Item<'_>, Range<usize>)],
) -> Vec<(Span, &'a Definition)> {
    let mut found: Vec<(Span, &Definition)> = Vec::new();
    // Where the line starts, how far line ends were looked for, and whether the line's label was seen.
    let (mut start, mut read, mut seen) = (body, body, false);
    for (end, _) in text.match_indices("]:").filter(|(end, _)| *end >= body && !text[..*end].ends_with('\\')) {
        if let Some(at) = text[read..end].rfind(['\n', '\r']) {
            (start, seen) = (read + at + 1, false);
        }
        read = end;
        if std::mem::replace(&mut seen, true) {
            continue;
        }
        let label = text[start..end].trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c));
        let offset = end - label.len();
        // Not one that counts, and nothing in its title, which may go over several lines.
        let before = definitions.partition_point(|known| known.span.start as usize <= offset);
        let known = before > 0 && definitions[before - 1].span.end as usize > offset;
        let Some(label) = label.strip_prefix('[').filter(|_| !known) else { continue };
        if label_length(&text[offset..=end]) != Some(end + 1 - offset) {
            continue;
        }
        if let Some(&definition) = first.get(&folded(label)) {
            found.push((Span::new(offset..end + 1), definition));
        }
    }
    if !found.is_empty() {
        let shown: Vec<&Range<usize>> =
            items.iter().filter(|(item, _)| !is_container(item)).map(|(_, range)| range).collect();
        // Ranges in the order of their starts may lie in each other, so the furthest end so far counts.
        let mut reached = 0;
        let mut next = shown.into_iter().peekable();
        found.retain(|(span, _)| {
            let at = span.start as usize;
            while let Some(range) = next.next_if(|range| range.start <= at) {
                reached = reached.max(range.end);
            }
            reached <= at
        });
    }
    found
}

/// Whether it can hold definitions.
fn is_container(item: &Item<'_>) -> bool {
    match item {
        Item::Event(Event::Start(tag)) => matches!(
            tag,
            Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Item
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::DefinitionListDefinition
        ),
        // Ends repeat the range of their starts.
        Item::Event(Event::End(_)) => true,
        _ => false,
    }
}

/// How many lines a definition is looked for in: pages of nothing but definitions stay linear.
const DEFINITION_LINES: usize = 16;

/// `text` up to its first blank line or a bit further than any definition goes, without the markers of quotes
/// it may stand in.
fn paragraph(text: &str) -> String {
    let mut lines = String::new();
    let mut after_return = false;
    for line in text.split_inclusive(['\n', '\r']).take(2 * DEFINITION_LINES) {
        if std::mem::replace(&mut after_return, line.ends_with('\r')) && line == "\n" {
            continue;
        }
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if line.is_empty() {
            break;
        }
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::reported;

    fn one(code: &'static str, part: &str) -> Vec<(&'static str, String)> {
        vec![(code, part.to_owned())]
    }

    #[test]
    fn definitions_are_used_whatever_the_form_of_the_link() {
        for text in [
            "[x][a] [A] ![x][a] [y][B  c]\n\n[a]: x.md\n[b\nC]: y.md\n",
            "> [ẞ]\n\n- x\n\n  > [SS]: x.md\n",
            "[//]: # (a remark)\n[//]: <> (another)\n[comment]: <a third one>\n[Comment]: # \"x\"\n",
        ] {
            assert_eq!(reported(text), [], "{text}");
        }
        assert_eq!(reported("x\n\n[a b]: x.md\n"), one("link/unused-reference", "[a b]"));
        assert_eq!(reported("`[a]` \\[a]\n\n> [a]: x.md \"t\"\n"), one("link/unused-reference", "[a]"));
    }

    #[test]
    fn the_first_definition_counts() {
        for text in [
            "[a]\n\n[a]: x.md\n[A]: y.md\n",
            "[a]\n\n[a]: x.md\n\n> - [A]:\n>   y.md\n",
            "[a]: x.md\n\n[A]: <y.md> 'title'\ntext [a]\n",
            "[a]\r\n\r\n[a]: x.md\r\n[A]:\r\n  y.md\r\n",
            "[a]\r\r[a]: x.md\r[A]: y.md\r\rtext\r",
            "- [a]\n\n  [a]: x.md\n- [A]: y.md \"[b]: z\"\n",
        ] {
            assert_eq!(reported(text), one("link/duplicate-reference", "[A]"), "{text}");
        }
        for text in [
            "[a]\n\n[a]: x.md\n[a]: x.md \"title\"\n",
            "[a]: x.md\n\ntext\n[a]: y.md\n",
            "[a]: x.md\n\n    [a]: y.md\n\n[a]\n",
            "[a]: x.md\n\n```\n[a]: y.md\n```\n\n[a]\n",
            "[a]: x.md\n\n<div>\n[a]: y.md\n</div>\n\n[a]\n",
            "[a]: x.md \"t\n[a]: y\"\n\n[a] [b]: z\n\n\\[a]: y.md\n",
            "[a]: x.md\n[^a]: y.md\n\n[a] [^a]\n",
        ] {
            assert_eq!(reported(text), [], "{text}");
        }
    }
}
