//! A heading as written to the part of it that its id comes from: `{#id}`, or its text.

use super::first_line;
use crate::base::span::Span;

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
