//! Raw HTML as far as links need it: the attributes of its start tags, with their places. The only file
//! that knows html5gum.

use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

/// One attribute of a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlAttribute {
    /// The tag's name, in lower case.
    pub tag: String,
    /// The attribute's name, in lower case.
    pub name: String,
    /// Its value, with character references decoded.
    pub value: String,
    /// Where the value is written, without its quotes, in bytes of the HTML.
    pub range: Range<usize>,
}

/// The attributes of all start tags in `html`, in order. Unfinished tags at the end are left out.
#[must_use]
pub fn attributes(html: &str) -> Vec<HtmlAttribute> {
    let mut found = Vec::new();
    if !html.contains('=') {
        return found;
    }
    let mut pending: Vec<HtmlAttribute> = Vec::new();
    let mut tag = String::new();
    let mut name = String::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag = text(name);
                pending.clear();
            }
            CallbackEvent::AttributeName { name: bytes } => name = text(bytes),
            CallbackEvent::AttributeValue { value } => {
                let value = text(value);
                pending.push(HtmlAttribute {
                    tag: tag.clone(),
                    name: name.clone(),
                    value,
                    range: span.start..span.end,
                });
            }
            CallbackEvent::CloseStartTag { .. } => found.append(&mut pending),
            CallbackEvent::EndTag { .. } => pending.clear(),
            _ => {}
        }
        None
    });
    // Without a reader that can fail, there is nothing to stop for.
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(()) = token;
    }
    found
        .retain(|attribute| html.is_char_boundary(attribute.range.start) && html.is_char_boundary(attribute.range.end));
    found
}

/// What an attribute is to a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It leads somewhere.
    Link,
    /// It loads a file.
    Source,
    /// It names an anchor.
    Id,
}

/// What an attribute is to a book; `None` for those that do not matter.
#[must_use]
pub fn role(attribute: &HtmlAttribute) -> Option<Role> {
    match (attribute.tag.as_str(), attribute.name.as_str()) {
        (_, "id") | ("a", "name") => Some(Role::Id),
        ("a" | "area", "href") => Some(Role::Link),
        ("link", "href") | (_, "src" | "poster") | ("object", "data") => Some(Role::Source),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_know_their_place() {
        let html = "<p>é <A HREF='a&amp;b.md' id=x>y</a><img\nsrc=\"a.png\" alt><a href=\"unfinished.md\"";
        let found: Vec<(String, String, &str)> = attributes(html)
            .into_iter()
            .filter(|attribute| !attribute.range.is_empty())
            .map(|attribute| (attribute.name, attribute.value, &html[attribute.range]))
            .collect();
        let expected = [("href", "a&b.md", "a&amp;b.md"), ("id", "x", "x"), ("src", "a.png", "a.png")];
        assert_eq!(found, expected.map(|(name, value, raw)| (name.to_owned(), value.to_owned(), raw)));
    }
}
