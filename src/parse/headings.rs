//! A heading as written to the part of it that its id comes from: `{#id}`, or its text.

use super::{Reports, at, first_line};
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::catalog;
use crate::model::slug::slug;

/// Where the id of the heading at `span` is written (without its `#`); its text when that is where the id
/// comes from.
#[must_use]
pub fn id_span(text: &str, span: Span, id: Option<&str>) -> Span {
    let source = span.slice(text);
    let part = |start: usize, length: usize| {
        let start = span.start as usize + start;
        Span::new(start..start + length)
    };
    if let Some(id) = id.filter(|id| !id.is_empty())
        && let Some(braces) = source.rfind('{')
        && let Some(mark) = source[braces..].rfind(&format!("#{id}"))
    {
        return part(braces + mark + 1, id.len());
    }
    let atx = source.starts_with('#');
    let line = first_line(source);
    // A heading of the other form ends with its line of `=` or `-`.
    let (content, end) = match source.trim_end().rfind(['\n', '\r']) {
        Some(end) if !atx => (source, end),
        _ => (line, line.len()),
    };
    let start = if atx { content.len() - content.trim_start_matches('#').trim_start().len() } else { 0 };
    let words = content[start.min(end)..end].trim_end();
    let words = if atx { words.trim_end_matches('#').trim_end() } else { words };
    if words.is_empty() { part(0, line.trim_end().len()) } else { part(start, words.len()) }
}

/// Reports what the braces at the end of the heading at `span` hold beside an id and classes: CommonMark's extension takes
/// them out of the text, whatever they hold. `shown` is what is left.
pub fn check_braces(text: &str, span: Span, shown: &str, path: &BookPath, reports: Reports<'_>) {
    let source = span.slice(text).trim_end();
    let source = match source.rfind(['\n', '\r']) {
        Some(end) if !source.starts_with('#') => source[..end].trim_end(),
        _ => source,
    };
    // Of ATX headings, without the closing sequence.
    let source = source.trim_end_matches('#').trim_end();
    let (true, false, Some(open)) = (source.ends_with('}'), shown.ends_with('}'), source.rfind('{')) else { return };
    // Behind a bracket they are those of an inline directive, which cannot stand here.
    if source[..open].ends_with(']') {
        return;
    }
    let inside = &source[open + 1..source.len() - 1];
    let start = span.start as usize + open;
    let mut ids = 0;
    let mut lost: Option<Span> = None;
    let mut is_any = false;
    let mut offset = 0;
    for word in inside.split(|c: char| c.is_ascii_whitespace()) {
        let from = start + 1 + offset;
        offset += word.len() + 1;
        if word.is_empty() {
            continue;
        }
        let is_id = word.starts_with('#') && word.len() > 1;
        ids += usize::from(is_id);
        let is_read = (is_id && ids == 1) || (word.starts_with('.') && word.len() > 1);
        is_any |= is_read;
        if !is_read {
            let first = lost.map_or(from, |lost| lost.start as usize);
            lost = Some(Span::new(first..from + word.len()));
        }
    }
    let words = inside.trim();
    match lost {
        Some(lost) if is_any => {
            let id = words.strip_prefix('#').filter(|id| !id.contains(['.', '=']) && ids == 1).map(slug);
            reports.push(catalog::heading_braces_words(at(path, lost), lost.slice(text), id.as_deref()));
        }
        None if is_any => {}
        _ => {
            let whole = Span::new(start..start + inside.len() + 2);
            let id = words.strip_prefix('#').map(|id| slug(id.trim())).filter(|id| !id.is_empty());
            reports.push(catalog::heading_braces(at(path, whole), inside, id.as_deref()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_or_the_text_it_comes_from() {
        let cases = [
            ("## One {#one}\n", Some("one"), "one"),
            ("## One { .x #é data=1 }\n", Some("é"), "é"),
            ("One {#one}\n===\n", Some("one"), "one"),
            ("## One ##\n", None, "One"),
            ("#\n", None, "#"),
            ("One\ntwo\n---\n", None, "One\ntwo"),
            ("#\tOne two", None, "One two"),
        ];
        for (text, id, part) in cases {
            assert_eq!(id_span(text, Span::new(0..text.len()), id).slice(text), part, "{text}");
        }
    }
}
