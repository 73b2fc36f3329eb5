//! What tera says of a template to a diagnostic at its place, with the nearest name. It knows tera's sentences and the theme's
//! templates, and nothing of tera itself.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::theme::Theme;

/// The filters that there are: tera's, and two of ours.
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "fill",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "inline",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The functions, both tera's.
const FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// How many bytes behind its place the name stands at most that a report is about.
const NEAR: usize = 200;

/// All of `said`: reports on several lines each, which start with `error:` and the place.
pub fn of_reports(theme: &Theme, said: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut message = "";
    for line in said.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            message = text;
        } else if let Some((_, place)) = line.split_once("--> ").filter(|(before, _)| before.trim().is_empty()) {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
            let (column, line) = (number(), number());
            let template = parts.next().unwrap_or("");
            let at = offset(theme.templates.get(template).map_or("", String::as_str), line, column);
            found.push(of_one(theme, template, at..at, message));
        }
    }
    found
}

/// What is said of a part of the template `name`.
pub fn of_one(theme: &Theme, name: &str, range: Range<usize>, message: &str) -> Diagnostic {
    let path = theme.template_path(name);
    let text = theme.templates.get(name).map_or("", String::as_str);
    let place = |range: Range<usize>| Place::at(&path, Span::new(range));
    let (said, known) = match message.split_once(" Available ") {
        Some((said, known)) => (said.trim_end_matches('.'), known.split_once(": ").map_or("", |(_, names)| names)),
        None => (message.trim_end_matches('.'), ""),
    };
    let subject = said.split('`').nth(1).unwrap_or("");
    // What is named stands at the place, or soon behind: the report of a filter starts with what is filtered.
    let behind = text.get(range.start..).unwrap_or("");
    let at = behind.find(subject).filter(|at| !subject.is_empty() && *at < NEAR).map(|at| range.start + at);
    let exact = at.map_or(range.clone(), |at| at..at + subject.len());
    let unknown = |what: &str, names: BTreeSet<&str>| {
        let near = nearest(subject, names.into_iter().filter(|name| *name != subject));
        catalog::template_unknown(place(exact.clone()), what, subject, near)
    };
    let is_word = text.get(..range.start).is_some_and(|before| before.ends_with("{ t.") || before.ends_with("{t."));
    if is_word && said.starts_with("Field `") {
        let near = nearest(subject, known.split(", "));
        return catalog::template_no_text(place(range), subject, theme.strings.table_of(subject), near);
    }
    if said.starts_with("Unknown filter") {
        unknown("filter", FILTERS.iter().copied().collect())
    } else if said.starts_with("Unknown function") {
        unknown("function", FUNCTIONS.iter().copied().collect())
    } else if said.starts_with("Unknown component") {
        unknown("component", named(theme, "component"))
    } else if said.starts_with("Unknown template") {
        missing(theme, place(exact), subject)
    } else if said.starts_with("Block `") {
        unknown("block to fill", named(theme, "block"))
    } else if said == "Unexpected end of input" {
        match unclosed(text) {
            Some((range, tag)) => catalog::template_unclosed(place(range), tag),
            None => catalog::template(place(range), said),
        }
    } else if said.starts_with("Field `") && known.is_empty() {
        catalog::template_of_none(place(range), said)
    } else if known.is_empty() {
        catalog::template(place(range), &message.replace('\n', " "))
    } else {
        let known: Vec<&str> = known.split(", ").chain((said.starts_with("Variable")).then_some("t")).collect();
        let known: BTreeSet<&str> = known.into_iter().collect();
        let near = nearest(subject, known.iter().copied());
        catalog::template_undefined(place(range), said, near, &known.into_iter().collect::<Vec<_>>())
    }
}

/// A template that another names, and that is not there.
pub fn missing(theme: &Theme, place: Place, name: &str) -> Diagnostic {
    catalog::template_missing(place, name, nearest(name, theme.templates.keys().map(String::as_str)))
}

/// Where the template `current` names `parent`, which is not there.
pub fn missing_parent(theme: &Theme, current: &str, parent: &str) -> Diagnostic {
    let path = theme.template_path(current);
    let at = theme.templates.get(current).and_then(|text| text.find(parent));
    let place = at.map_or_else(|| Place::file(&path), |at| Place::at(&path, Span::new(at..at + parent.len())));
    missing(theme, place, parent)
}

/// The byte at a line and a column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>().min(text.len());
    let line = text[start..].split('\n').next().unwrap_or("");
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// The names that `{% word name` gives in any template.
fn named<'t>(theme: &'t Theme, word: &str) -> BTreeSet<&'t str> {
    let tags = theme.templates.values().flat_map(|text| tags(text));
    let name = |rest: &'t str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
    tags.filter(|(_, tag, _)| *tag == word).filter_map(|(_, _, rest)| name(rest)).collect()
}

/// Each `{% word rest %}` of a template with its place.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    text.match_indices("{%").filter_map(|(at, _)| {
        let inside = text[at + 2..].split("%}").next()?.trim_matches(['-', ' ', '\n', '\t']);
        let end = inside.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inside.len());
        Some((at, &inside[..end], inside[end..].trim_start()))
    })
}

/// The innermost tag that nothing closes.
fn unclosed(text: &str) -> Option<(Range<usize>, &str)> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, tag, rest) in tags(text) {
        match tag {
            "if" | "for" | "block" | "component" | "filter" => open.push((at, tag)),
            "set" if !rest.contains('=') => open.push((at, tag)),
            _ if tag.strip_prefix("end").is_some_and(|tag| open.last().is_some_and(|(_, last)| *last == tag)) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop().map(|(at, tag)| (at..at + text[at..].find(tag).unwrap_or(0) + tag.len(), tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_tag_that_is_left_open_is_named() {
        for (text, tag) in [
            ("{% if a %}{% for b in c %}{% endfor %}", Some("if")),
            ("{% set a %}b{%- endset -%}{% set c = 1 %}{% if d %}{% endif %}", None),
            ("{% block main %}{%- if a -%}", Some("if")),
        ] {
            assert_eq!(unclosed(text).map(|(_, tag)| tag), tag, "{text}");
        }
    }
}
