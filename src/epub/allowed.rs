//! Which elements and attributes of a page an EPUB shows (EPUB 3.3, section 6.1, less what needs a script or a form).

use super::names::is_name;

/// What is left out, whatever is in it. A theme marks more of it with `data-print="none"`.
pub const LEFT_OUT: &[&str] = &[
    "button", "dialog", "embed", "iframe", "label", "link", "meta", "meter", "nav", "noscript", "object", "param",
    "progress", "script", "select", "source", "style", "template", "textarea", "track",
];

/// What stays; anything else gives way to what is in it.
pub const KEPT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// What is nothing once all that was in it is left out.
pub const HOLDERS: &[&str] = &["div", "dl", "figure", "footer", "header", "ol", "p", "section", "ul"];

/// Text-level elements may not hold these.
pub const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element `name` keeps an attribute; `in_ordered` says that it is in a list with numbers. Links, ids and pictures are
/// looked at elsewhere.
#[must_use]
pub fn attribute(name: &str, key: &str, value: &str, in_ordered: bool) -> bool {
    match (name, key) {
        (_, "class" | "title" | "aria-label" | "aria-labelledby" | "aria-describedby") => !value.is_empty(),
        (_, "aria-hidden") => value == "true",
        (_, "dir") => matches!(value, "ltr" | "rtl" | "auto"),
        (_, "lang") => is_language(value),
        (_, "role") => matches!(value, "img" | "note"),
        ("a", "href") => true,
        ("img", "alt") => true,
        ("img", "width" | "height") | ("ol", "start") => value.parse::<u32>().is_ok(),
        ("li", "value") => in_ordered && value.parse::<u32>().is_ok(),
        ("ol", "reversed") => true,
        ("td" | "th", "colspan" | "rowspan") | ("col" | "colgroup", "span") => {
            value.parse::<u16>().is_ok_and(|number| number > 0)
        }
        ("th", "scope") => matches!(value, "col" | "colgroup" | "row" | "rowgroup"),
        ("time", "datetime") => true,
        _ => key.strip_prefix("data-").is_some_and(|rest| is_name(rest) && !rest.contains(char::is_uppercase)),
    }
}

/// Whether a date is a day, such as `2026-11-22`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    form == "0000-00-00"
}

fn is_language(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}
