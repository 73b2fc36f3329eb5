//! mdBook's helpers `{{#…}}`: the includes that code blocks are made of are read as `file=` is; others would
//! be published as they stand.

use crate::base::span::{Span, Spanned};
use crate::markdown::info::{Info, Lines};

/// Includes whose text is shown; `rustdoc_include` keeps the rest of the file for a compiler, not for readers.
const INCLUDES: &[&str] = &["include", "rustdoc_include"];

const OTHERS: &[&str] = &["playground", "playpen", "title"];

/// Where helpers start in `text`, which stands at `offset` of its file. A backslash in front escapes one.
pub fn helpers(text: &str, offset: usize) -> impl Iterator<Item = Span> {
    let named = |rest: &str| {
        let mut names = INCLUDES.iter().chain(OTHERS);
        names.any(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
    };
    let escaped = |at: usize| text[..at].ends_with('\\');
    let found = text.match_indices("{{#").filter(move |(at, start)| !escaped(*at) && named(&text[at + start.len()..]));
    found.map(move |(at, start)| Span::new(offset + at..offset + at + start.len()))
}

/// Fills `info` in from code that is one include and nothing else (mdBook's guide, "mdBook-specific
/// features"): `{{#include file.rs}}`, with `:2`, `:2:`, `::10`, `:2:10` or `:anchor` behind the path. Says
/// whether it is one. `text` stands at `offset` of its file.
pub fn include(info: &mut Info, text: &str, offset: usize) -> bool {
    let Some((file, rest, at)) = parts(text, offset) else { return false };
    if info.file.is_some() {
        return false;
    }
    let place = |start: usize, text: &str| Span::new(start..start + text.len());
    let file_place = place(at, file);
    let rest_at = at + file.len() + 1;
    if let Some(rest) = rest {
        let number = |text: &str, empty: u32| if text.is_empty() { Some(empty) } else { text.parse().ok() };
        let (first, last) = rest.split_once(':').unwrap_or((rest, rest));
        match (number(first, 1), number(last, u32::MAX)) {
            (Some(first), Some(last)) => {
                let lines = Lines(vec![(first.max(1), last.max(first).max(1))]);
                info.lines = Some(Spanned::new(lines, place(rest_at, rest)));
            }
            _ => info.region = Some(Spanned::new(first.to_owned(), place(rest_at, first))),
        }
    }
    info.file = Some(Spanned::new(file.to_owned(), file_place));
    true
}

/// The path of an include, what stands behind its first colon, and where the path stands.
fn parts(text: &str, offset: usize) -> Option<(&str, Option<&str>, usize)> {
    let inner = text.trim().strip_prefix("{{#")?.strip_suffix("}}")?;
    let argument = INCLUDES.iter().find_map(|name| inner.strip_prefix(name)?.strip_prefix(' '))?;
    if argument.contains(['{', '\n', '\r']) {
        return None;
    }
    let argument = argument.trim();
    let at = offset + text.find(argument)?;
    let (file, rest) = argument.split_once(':').map_or((argument, None), |(file, rest)| (file, Some(rest)));
    (!file.is_empty()).then_some((file, rest, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// File, lines and region of an include, with the places of the first two behind `@`.
    fn read(text: &str) -> Option<String> {
        let mut info = Info::default();
        include(&mut info, text, 0).then(|| {
            let file = info.file.unwrap();
            assert_eq!(file.span.slice(text), file.value);
            let lines = info.lines.map(|lines| format!(" {:?}", lines.value.0));
            let region = info.region.map(|region| {
                assert_eq!(region.span.slice(text), region.value);
                format!(" {}", region.value)
            });
            file.value + &lines.or(region).unwrap_or_default()
        })
    }

    #[test]
    fn includes_are_files_with_lines_or_an_anchor() {
        for (text, expected) in [
            ("{{#include a/b.rs}}\n", "a/b.rs"),
            ("  {{#rustdoc_include  ../a.rs:here }}\n", "../a.rs here"),
            ("{{#include a.rs:2}}", "a.rs [(2, 2)]"),
            ("{{#include a.rs:2:}}", "a.rs [(2, 4294967295)]"),
            ("{{#include a.rs::10}}", "a.rs [(1, 10)]"),
            ("{{#include a.rs:2:10}}", "a.rs [(2, 10)]"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["{{#include}}", "{{#include a.rs", "x {{#include a.rs}}", "{{#include a}}\n{{#include b}}", "{{#title x}}"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn helpers_are_found_where_they_start() {
        let found: Vec<usize> = helpers("a {{#include b}} {{#if}} \\{{#include b}}{{#title c}}", 10)
            .map(|span| span.start as usize)
            .collect();
        assert_eq!(found, [12, 50]);
    }
}
