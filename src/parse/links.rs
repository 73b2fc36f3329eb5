//! What a link is by its form alone, and where its target is written.

use std::ops::Range;

use crate::base::span::Span;
use crate::markdown::attributes;
use crate::model::parsed::RawTarget;
use crate::model::url::decode;

/// Sorts a target by its form.
#[must_use]
pub fn classify(target: &str) -> RawTarget {
    let target = target.trim();
    if let Some(scheme) = scheme(target) {
        let scheme = scheme.to_ascii_lowercase();
        let dangerous = matches!(scheme.as_str(), "javascript" | "vbscript")
            || (scheme == "data" && !target[5..].trim_start().to_ascii_lowercase().starts_with("image/"));
        return if dangerous { RawTarget::Script(target.to_owned()) } else { RawTarget::Outside(target.to_owned()) };
    }
    if target.starts_with("//") {
        return RawTarget::Outside(target.to_owned());
    }
    let (before, anchor) = match target.split_once('#') {
        Some((before, anchor)) => (before, Some(decode(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (target, None),
    };
    let (path, query) = match before.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (before, None),
    };
    match (path.is_empty(), anchor) {
        (true, None) => RawTarget::Here,
        (true, Some(anchor)) => RawTarget::Anchor(anchor),
        (false, anchor) => RawTarget::Path { path: decode(path), query, anchor },
    }
}

/// A URL scheme (RFC 3986, section 3.1) of two letters or more: a single letter is a Windows drive.
/// Browsers drop control characters in schemes, so they do not hide one here either.
fn scheme(target: &str) -> Option<String> {
    let visible: String = target.chars().filter(|c| !c.is_control()).collect();
    let (scheme, _) = visible.split_once(':')?;
    let mut characters = scheme.chars();
    let first = characters.next()?.is_ascii_alphabetic();
    let rest = characters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (first && rest && scheme.len() > 1).then(|| scheme.to_owned())
}

/// How far before the end of a link its target is looked for. Images nest, and looking through all of each
/// would take the square of their number.
const BEHIND_TARGET: usize = 2_000;

/// How many brackets are tried: text and titles may hold some, and a page may be nothing but brackets.
const TRIES: usize = 64;

/// Where `target` is written in the link, image or definition at `span` of `text`: as it is escaped there, and without its
/// angle brackets. All of the link where that cannot be told.
#[must_use]
pub fn target_span(text: &str, span: Span, target: &str) -> Span {
    if target.is_empty() {
        return span;
    }
    let source = span.slice(text);
    let from = source.floor_char_boundary(source.len().saturating_sub(target.len() + BEHIND_TARGET));
    let tail = &source[from..];
    let fits = |raw: &Range<usize>| tail[raw.clone()].contains(['\\', '&']) || &tail[raw.clone()] == target;
    let inline = |(bracket, _): (usize, &str)| {
        let (raw, behind) = destination(tail, bracket + 2)?;
        (is_end(&tail[behind..]) && fits(&raw)).then_some(raw)
    };
    let defined = || {
        let (raw, _) = destination(source, definition_label(source)?)?;
        let is_it = source[raw.clone()].contains(['\\', '&']) || &source[raw.clone()] == target;
        (is_it && source.starts_with('[')).then_some(raw)
    };
    let place = |raw: Range<usize>, from: usize| {
        let start = span.start as usize + from;
        Span::new(start + raw.start..start + raw.end)
    };
    if let Some(raw) = tail.rmatch_indices("](").take(TRIES).find_map(inline) {
        return place(raw, from);
    }
    if let Some(raw) = defined() {
        return place(raw, 0);
    }
    match tail.rfind(target) {
        Some(at) => place(at..at + target.len(), from),
        None => span,
    }
}

/// Where the address of a definition may start: behind the colon that follows its label.
fn definition_label(source: &str) -> Option<usize> {
    let mut escaped = false;
    let end = source.bytes().position(|byte| {
        let ends = byte == b']' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    source[end..].starts_with("]:").then_some(end + 2)
}

/// The destination of a link that starts at `at`, but for white space and the markers of quotes (CommonMark 0.31.2, section
/// 6.3), and what stands behind it.
fn destination(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let rest = text.get(at..)?;
    let start = text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '>']).len();
    let (is_bracketed, start) = if text[start..].starts_with('<') { (true, start + 1) } else { (false, start) };
    let mut open = 0_usize;
    let mut escaped = false;
    for (index, c) in text[start..].char_indices() {
        let end = start + index;
        match c {
            '\n' | '\r' if is_bracketed => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '>' if is_bracketed => return Some((start..end, end + 1)),
            _ if is_bracketed => {}
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            c if c == ')' || c == ' ' || c.is_ascii_control() => return Some((start..end, end)),
            _ => {}
        }
    }
    (!is_bracketed).then_some((start..text.len(), text.len()))
}

/// Whether `text`, which stands behind the destination of an inline link, is a title or none, and the bracket that ends it.
fn is_end(text: &str) -> bool {
    let Some(title) = text.strip_suffix(')').map(str::trim) else { return false };
    match title.chars().next() {
        None => true,
        Some('"' | '\'') => attributes::quoted_length(title) == Some(title.len()),
        Some('(') => title.len() > 1 && title.find(')') == Some(title.len() - 1),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str, query: Option<&str>, anchor: Option<&str>) -> RawTarget {
        RawTarget::Path { path: path.into(), query: query.map(Into::into), anchor: anchor.map(Into::into) }
    }

    #[test]
    fn targets_are_sorted_by_form() {
        assert_eq!(classify("a%20b.md?x=1#c%C3%A9"), path("a b.md", Some("x=1"), Some("cé")));
        assert_eq!(classify("#top"), RawTarget::Anchor("top".into()));
        assert_eq!(classify("#"), RawTarget::Here);
        assert_eq!(classify("a.md#"), path("a.md", None, None));
        assert_eq!(classify("C:/x"), path("C:/x", None, None));
        for outside in ["https://a", "mailto:a@b", "//cdn/x", "data:image/png;base64,x", "vscode://file"] {
            assert_eq!(classify(outside), RawTarget::Outside(outside.into()));
        }
    }

    #[test]
    fn script_is_seen_through_its_disguises() {
        for script in
            ["javascript:alert(1)", "JaVaScript:x", "java\nscript:x", "vbscript:x", "data:text/html,x", " javascript:x"]
        {
            assert!(matches!(classify(script), RawTarget::Script(_)), "{script:?}");
        }
    }

    #[test]
    fn targets_are_found_where_they_are_written() {
        let target = |source: &str, target: &str| {
            let text = format!("é {source} behind");
            target_span(&text, Span::new(3..3 + source.len()), target).slice(&text).to_owned()
        };
        for (source, wanted, raw) in [
            ("[x](a.md)", "a.md", "a.md"),
            ("[x](a.md \"see a.md\")", "a.md", "a.md"),
            ("[a.md](<a.md> 'a.md')", "a.md", "a.md"),
            ("[x](<a b.md>)", "a b.md", "a b.md"),
            ("[x](\n  a(1).md\n)", "a(1).md", "a(1).md"),
            ("[x](a\\_b.md (t))", "a_b.md", "a\\_b.md"),
            ("[x](a&amp;b.md)", "a&b.md", "a&amp;b.md"),
            ("![](a.md)](a.md)", "a.md", "a.md"),
            ("[a.md]: a.md \"a.md\"", "a.md", "a.md"),
            ("[a\\]b]:\n> <a.md>", "a.md", "a.md"),
            ("[x]: a\\_b.md 't'", "a_b.md", "a\\_b.md"),
            ("<https://a.b>", "https://a.b", "https://a.b"),
            ("[x][y]", "a.md", "[x][y]"),
        ] {
            assert_eq!(target(source, wanted), raw, "{source}");
        }
        let at = |source: &str| target_span(source, Span::new(0..source.len()), "a.md").start;
        assert_eq!(at("[x](a.md \"a.md\")"), 4);
        assert_eq!(at("[a.md]: a.md (a.md)"), 8);
    }
}
