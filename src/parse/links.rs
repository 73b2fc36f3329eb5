//! What a link is by its form alone, and where its target is written.

use crate::base::span::Span;
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

/// Where `target` is written within `span` of `text`; the whole span when it was escaped or encoded.
#[must_use]
pub fn target_span(text: &str, span: Span, target: &str) -> Span {
    let source = span.slice(text);
    let from = source.floor_char_boundary(source.len().saturating_sub(target.len() + BEHIND_TARGET));
    match source[from..].rfind(target).filter(|_| !target.is_empty()) {
        Some(at) => {
            let start = span.start as usize + from + at;
            Span::new(start..start + target.len())
        }
        None => span,
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
}
