//! YAML to [`Value`]. The only file that knows serde-saphyr.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned as Located;

use super::{Kind, SyntaxError, Value};
use crate::base::span::{Span, Spanned};

/// Reads one document. Spans are byte offsets into `text`.
///
/// Front matter is passed with its opening `---`, which is a valid document start, so that nothing needs
/// to be shifted.
///
/// # Errors
///
/// The first syntax error; YAML cannot be read on behind one.
pub fn parse(text: &str) -> Result<Value, SyntaxError> {
    // `yes` and `on` stay texts, so that `draft: yes` is reported instead of guessed.
    let options = serde_saphyr::options! { strict_booleans: true };
    match serde_saphyr::from_str_with_options::<Located<Raw>>(text, options) {
        Ok(root) => Ok(node(text, root)),
        Err(error) => {
            let error = error.without_snippet();
            let location = error.location();
            let start = location.map_or(0, |location| byte_offset(text, location));
            if let Some(quote) = unclosed_quote(text, start) {
                let message = "this quotation mark is never closed".to_owned();
                return Err(SyntaxError { message, help: None, span: Span::new(quote..quote + 1) });
            }
            if let Some(tab) = indenting_tab(text, start) {
                let message = "this line is indented with a tab".to_owned();
                let help = Some("indent with spaces");
                return Err(SyntaxError { message, help, span: Span::new(tab..tab + 1) });
            }
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message);
            // The parser's advice to change its options is of no use to an author.
            let message = message.split(", set ").next().unwrap_or(message).replace('\n', " ");
            let end = text[start..].chars().next().map_or(start, |first| start + first.len_utf8());
            let (message, help) = in_plain_words(message, line_at(text, start));
            Err(SyntaxError { message, help, span: Span::new(start..end) })
        }
    }
}

/// What an author can do with the parser's words about an error on `line`.
fn in_plain_words(message: String, line: &str) -> (String, Option<&'static str>) {
    let value = line.trim_start().trim_start_matches("- ").split_once(": ").map_or("", |(_, value)| value);
    let is_block = message.contains("block mapping") || message.contains("block collection");
    if message.contains("mapping values are not allowed") && value.contains(": ") {
        return (message, Some("a value that contains a colon and a space needs quotes"));
    }
    if message.contains("mapping values are not allowed") || (is_block && message.contains("did not find expected")) {
        let message = "this line is indented otherwise than those it belongs to".to_owned();
        return (message, Some("keys of one entry start in one column, and so do the hyphens of one list"));
    }
    let is_flow = message.contains("flow mapping") || message.contains("flow sequence");
    if is_flow && message.contains("did not find expected") {
        let close = if message.contains('}') { '}' } else { ']' };
        let message = format!("`,` or `{close}` is missing before this");
        return (
            message,
            Some("a value in braces or brackets that contains a comma, a colon or one of them needs quotes"),
        );
    }
    let is_special = ["alias", "unexpected character", "trailing content", "found character that cannot start"];
    if is_special.iter().any(|words| message.contains(words)) {
        return (message, Some("put the value in quotes: it contains characters that mean something to YAML"));
    }
    (message, None)
}

/// The line around an offset.
fn line_at(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    text[start..].split('\n').next().unwrap_or("")
}

/// The first tab that a line is indented with, up to the line behind the one of the error: the parser stops before it.
fn indenting_tab(text: &str, error: usize) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t').filter(|_| !line.trim().is_empty()) {
            return Some(start + tab);
        }
        if start > error {
            return None;
        }
        start += line.len();
    }
    None
}

/// The quotation mark that a value before the error at `error` starts with and that nothing closes, or
/// something only on the line of the error: the parser notices far behind the mistake, if at all.
fn unclosed_quote(text: &str, error: usize) -> Option<usize> {
    let error_line = text[..error].rfind('\n').map_or(0, |at| at + 1);
    let mut line_start = 0;
    while line_start <= error {
        let line = text[line_start..].split('\n').next().unwrap_or("");
        let mut value = line.trim_start().trim_start_matches("- ").trim_start();
        if !value.starts_with(['"', '\'']) {
            value = value.split_once(": ").map_or("", |(_, value)| value.trim_start());
        }
        let mut next = line_start + line.len() + 1;
        if value.starts_with(['"', '\'']) {
            let quote = line_start + line.len() - value.len();
            let Some(end) = quoted_end(text, quote) else { return Some(quote) };
            let several_lines = text[quote..end].contains('\n');
            if several_lines && end > error_line {
                return Some(quote);
            }
            if several_lines {
                next = end + text[end..].find('\n').map_or(text.len(), |at| at + 1);
            }
        }
        if next > text.len() {
            break;
        }
        line_start = next;
    }
    None
}

/// Where the quoted text ends that starts at `quote`: double quotes have backslash escapes, single ones are
/// doubled.
fn quoted_end(text: &str, quote: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = quote + 1;
    loop {
        match (bytes[quote], *bytes.get(at)?) {
            (b'"', b'\\') => at += 2,
            (b'\'', b'\'') if bytes.get(at + 1) == Some(&b'\'') => at += 2,
            (open, byte) if byte == open => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn byte_offset(text: &str, location: serde_saphyr::Location) -> usize {
    let span = location.span();
    match span.byte_offset() {
        Some(offset) => text.floor_char_boundary((offset as usize).min(text.len())),
        None => text.char_indices().nth(span.offset() as usize).map_or(text.len(), |(offset, _)| offset),
    }
}

fn span(text: &str, location: serde_saphyr::Location) -> Span {
    let start = byte_offset(text, location);
    let length = location.span().byte_len().unwrap_or(0) as usize;
    let end = text.floor_char_boundary((start + length).min(text.len()));
    let trimmed = text[start..end.max(start)].trim_end();
    Span::new(start..start + trimmed.len())
}

fn node(text: &str, located: Located<Raw>) -> Value {
    let span = span(text, located.referenced);
    let kind = match located.value {
        Raw::Null => Kind::Null,
        Raw::Bool(flag) => Kind::Bool(flag),
        Raw::Number(number) => {
            let written = span.slice(text);
            Kind::Number(if written.is_empty() || written.starts_with('*') { number } else { written.to_owned() })
        }
        Raw::Text(value) => Kind::Text(value),
        Raw::List(items) => Kind::List(items.into_iter().map(|item| node(text, item)).collect()),
        Raw::Map(entries) => Kind::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let start = byte_offset(text, key.referenced);
                    let length = self::span(text, key.referenced).range().len();
                    let key_span = Span::new(start..start + length);
                    (Spanned::new(key.value, key_span), node(text, value))
                })
                .collect(),
        ),
    };
    Value { span, kind }
}

enum Raw {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Located<Raw>>),
    Map(Vec<(Located<String>, Located<Raw>)>),
}

/// How deep lists and tables may nest.
const DEPTH: usize = 32;

thread_local! {
    /// How deep the tree being read is; deserialising recurses, so depth is stack.
    static NESTING: Cell<usize> = const { Cell::new(0) };
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let depth = NESTING.get();
        if depth > DEPTH {
            return Err(serde::de::Error::custom(format!("nested more than {DEPTH} levels deep")));
        }
        NESTING.set(depth + 1);
        let result = deserializer.deserialize_any(RawVisitor);
        NESTING.set(depth);
        result
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(Spanned<String>, Value)> {
        match parse(text).expect("valid").kind {
            Kind::Map(entries) => entries,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_node_knows_its_bytes() {
        let text = "---\né: 1.10 # c\nlist: [a, 'b c']\n";
        let entries = entries(text);
        assert_eq!(entries[0].0.span.slice(text), "é");
        assert_eq!(entries[0].1.kind, Kind::Number("1.10".into()));
        assert_eq!(entries[0].1.span.slice(text), "1.10");
        let Kind::List(items) = &entries[1].1.kind else { panic!() };
        assert_eq!(items[1].span.slice(text), "'b c'");
        assert_eq!(items[1].kind, Kind::Text("b c".into()));
    }

    #[test]
    fn words_that_yaml_1_1_took_for_booleans_stay_texts() {
        assert_eq!(entries("a: yes\nb: NO\n")[1].1.kind, Kind::Text("NO".into()));
    }

    #[test]
    fn errors_have_a_place_and_one_line() {
        for (text, at) in [("---\na: b: c\n", 8), ("---\na: 1\na: 2\n", 9), ("---\né: [1\n", 8)] {
            let error = parse(text).expect_err(text);
            assert_eq!(error.span.start as usize, at, "{error:?}");
            assert!(!error.message.contains('\n') && !error.message.contains("Options"), "{error:?}");
        }
    }

    #[test]
    fn an_unclosed_quotation_mark_is_where_the_mistake_is() {
        for (text, at) in [
            ("---\ntitle: \"open\nminutes: 5\n", 11),
            ("---\ntitle: 'open\n", 11),
            ("---\na: \"open\nb: \"x\"\n", 7),
            ("---\nlist:\n  - \"é\\\" x\n  - b\n", 14),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!(
                (error.span.start as usize, error.message.as_str()),
                (at, "this quotation mark is never closed")
            );
        }
        // What is closed is not to blame.
        for text in ["---\na: \"x\"\nb: c: d\n", "---\na: \"x\n  y\"\nb: c: d\n", "---\na: 'it''s'\nb: c: d\n"] {
            assert!(!parse(text).expect_err(text).message.contains("quotation"), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "[".repeat(3_000);
        assert!(parse(&text).is_err());
        assert!(parse(&format!("{}1{}", "[".repeat(40), "]".repeat(40))).is_err());
        assert!(parse(&format!("{}1{}", "[".repeat(20), "]".repeat(20))).is_ok());
    }
}
