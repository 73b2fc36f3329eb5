//! Raw HTML as far as a book needs it: its start tags and their attributes, with their places. The only
//! file that knows html5gum.

mod quick;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, StringReader, Tokenizer};

/// One attribute of a start tag. In [`tags`], a `srcset` is one for each of its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlAttribute<'a> {
    /// The tag's name, in lower case.
    pub tag: Cow<'a, str>,
    /// The attribute's name, in lower case.
    pub name: Cow<'a, str>,
    /// Its value, with character references decoded.
    pub value: Cow<'a, str>,
    /// Where the value is written, without its quotes, in bytes of the HTML.
    pub range: Range<usize>,
    /// Whether it stands in quotes.
    pub quoted: bool,
    /// Where the whole attribute is written.
    pub whole: Range<usize>,
}

/// One start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlTag<'a> {
    /// Its name, in lower case.
    pub name: Cow<'a, str>,
    /// Where it is written, from its bracket to the end of its name.
    pub range: Range<usize>,
    /// Its attributes.
    pub attributes: Vec<HtmlAttribute<'a>>,
    /// Where it ends, behind its last bracket.
    pub end: usize,
}

/// What a piece of HTML holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// Its start tags, in order. Unfinished ones at the end are left out.
    pub tags: Vec<HtmlTag<'static>>,
    /// Where reading stopped before the end: at a tag with more than [`MAX_ATTRIBUTES`].
    pub stopped: Option<usize>,
}

/// A piece of HTML as a reader meets it; comments and declarations are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A start tag, also with attributes that have no value: theirs is empty.
    Start(HtmlTag<'a>),
    /// An end tag.
    End {
        /// Its name, in lower case.
        name: Cow<'a, str>,
        /// Where it is written, brackets included.
        range: Range<usize>,
    },
    /// Text.
    Text {
        /// What it says, with character references decoded.
        value: Cow<'a, str>,
        /// Where it is written.
        range: Range<usize>,
    },
}

/// How many attributes a tag may have. The tokenizer recurses with each, so this bounds its stack.
pub const MAX_ATTRIBUTES: usize = 200;

/// The start tags of `html`. Attributes without a value, or with an empty one, are left out.
#[must_use]
pub fn tags(html: &str) -> Html {
    let mut found = Html::default();
    if !html.contains('<') {
        return found;
    }
    let mut pending: Option<HtmlTag<'static>> = None;
    let mut name = (Cow::Borrowed(""), 0..0);
    let mut start = 0;
    let on_boundaries = |range: &Range<usize>| html.is_char_boundary(range.start) && html.is_char_boundary(range.end);
    let stopped = read(html, |event, span| match event {
        CallbackEvent::OpenStartTag { name } => {
            start = span.start;
            let range = span.start..(span.start + 1 + name.len()).min(html.len());
            pending = Some(HtmlTag { name: text(name), range, attributes: Vec::new(), end: 0 });
        }
        CallbackEvent::AttributeName { name: bytes } => name = (text(bytes), span),
        CallbackEvent::AttributeValue { value } => {
            let range = span;
            if let Some(tag) = &mut pending
                && on_boundaries(&range)
                && on_boundaries(&name.1)
            {
                let quoted = html[..range.start].ends_with(['"', '\'']);
                let whole = name.1.start..(range.end + usize::from(quoted)).min(html.len());
                let value = text(value);
                let (tag_name, name) = (&tag.name, &name.0);
                let part = |value: Cow<'static, str>, range: Range<usize>| HtmlAttribute {
                    tag: tag_name.clone(),
                    name: name.clone(),
                    value,
                    range,
                    quoted,
                    whole: whole.clone(),
                };
                // With character references in it, its parts have no places.
                if name == "srcset" && html[range.clone()] == value {
                    let parts = candidates(&value).into_iter();
                    let parts = parts.map(|at| {
                        part(value[at.clone()].to_owned().into(), range.start + at.start..range.start + at.end)
                    });
                    tag.attributes.extend(parts);
                } else {
                    tag.attributes.push(part(value, range));
                }
            }
        }
        CallbackEvent::CloseStartTag { .. } => {
            let tag = pending.take().filter(|tag| on_boundaries(&tag.range));
            found.tags.extend(tag.map(|tag| HtmlTag { end: span.end, ..tag }));
        }
        CallbackEvent::EndTag { .. } => pending = None,
        _ => {}
    });
    found.stopped = stopped.then_some(start);
    found
}

/// The tags and texts of `html`, up to a tag with more than [`MAX_ATTRIBUTES`].
#[must_use]
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    scan(html, |token| tokens.push(token));
    tokens
}

/// Gives the tags and texts of `html` to `on`, as [`tokens`] does, and keeps none.
pub fn scan<'a>(html: &'a str, mut on: impl FnMut(Token<'a>)) {
    let from = quick::read(html, &mut on);
    tokenize(html, from, on);
}

/// Gives the tags and texts of `html` from `from` on, which is between two of them, to `on`.
fn tokenize<'a>(html: &'a str, from: usize, mut on: impl FnMut(Token<'a>)) {
    let mut pending: Option<HtmlTag<'a>> = None;
    read(&html[from..], |event, span| {
        let span = from + span.start..from + span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let range = span.start..(span.start + 1 + name.len()).min(html.len());
                pending = Some(HtmlTag { name: text(name), range, attributes: Vec::new(), end: 0 });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = pending.as_mut().filter(|_| html.get(span.clone()).is_some()) {
                    tag.attributes.push(HtmlAttribute {
                        tag: tag.name.clone(),
                        name: text(name),
                        value: Cow::Borrowed(""),
                        range: span.end..span.end,
                        quoted: false,
                        whole: span,
                    });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let attribute = pending.as_mut().and_then(|tag| tag.attributes.last_mut());
                if let Some(attribute) = attribute.filter(|_| html.get(span.clone()).is_some()) {
                    attribute.quoted = html[..span.start].ends_with(['"', '\'']);
                    attribute.value = text(value);
                    attribute.whole.end = span.end + usize::from(attribute.quoted);
                    attribute.range = span;
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(tag) = pending.take().filter(|tag| html.get(tag.range.clone()).is_some()) {
                    on(Token::Start(HtmlTag { end: span.end, ..tag }));
                }
            }
            CallbackEvent::EndTag { name } => {
                pending = None;
                on(Token::End { name: text(name), range: span });
            }
            CallbackEvent::String { value } if html.get(span.clone()).is_some() => {
                on(Token::Text { value: text(value), range: span });
            }
            _ => {}
        }
    });
}

fn text(bytes: &[u8]) -> Cow<'static, str> {
    Cow::Owned(String::from_utf8_lossy(bytes).into_owned())
}

/// Gives each event in `html` and its place to `on`. Whether it stopped at a tag with too many attributes.
fn read(html: &str, mut on: impl FnMut(CallbackEvent<'_>, Range<usize>)) -> bool {
    let stop = Cell::new(false);
    let mut count = 0;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<()> {
        match event {
            CallbackEvent::AttributeName { .. } => {
                count += 1;
                stop.set(stop.get() || count > MAX_ATTRIBUTES);
            }
            CallbackEvent::OpenStartTag { .. } | CallbackEvent::CloseStartTag { .. } | CallbackEvent::EndTag { .. } => {
                count = 0;
            }
            _ => {}
        }
        on(event, span.start..span.end);
        None
    });
    let reader = Stoppable { inner: html.to_reader(), stop: &stop };
    Tokenizer::new_with_emitter(reader, emitter).any(|token| token.is_err())
}

/// Where the addresses of a `srcset` are (HTML, section 4.8.4.2.2; parentheses in descriptors have no use yet).
fn candidates(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &value[at..];
        let start = at + rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',').len();
        let address = value[start..].split(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
        if address.is_empty() {
            return found;
        }
        let end = start + address.len();
        let bare = address.trim_end_matches(',');
        found.push(start..start + bare.len());
        // A comma right behind the address ends the candidate; otherwise descriptors come first.
        let descriptors =
            if bare.len() < address.len() { 0 } else { value[end..].find(',').unwrap_or(value.len() - end) };
        at = end + descriptors;
    }
}

/// The attributes of all start tags in `html`, in order.
#[must_use]
pub fn attributes(html: &str) -> Vec<HtmlAttribute<'static>> {
    if !html.contains('=') {
        return Vec::new();
    }
    tags(html).tags.into_iter().flat_map(|tag| tag.attributes).collect()
}

/// A reader that fails once it is told to, which unwinds the tokenizer.
struct Stoppable<'a> {
    inner: StringReader<'a>,
    stop: &'a Cell<bool>,
}

#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a tag has too many attributes")
    }
}

impl std::error::Error for Stopped {}

impl Stoppable<'_> {
    fn go_on(&self) -> Result<(), Stopped> {
        if self.stop.get() { Err(Stopped) } else { Ok(()) }
    }
}

impl Reader for Stoppable<'_> {
    type Error = Stopped;

    fn read_byte(&mut self) -> Result<Option<u8>, Stopped> {
        self.go_on()?;
        let Ok(byte) = self.inner.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Stopped> {
        self.go_on()?;
        let Ok(found) = self.inner.try_read_string(text, case_sensitive);
        Ok(found)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Stopped> {
        self.go_on()?;
        let Ok(bytes) = self.inner.read_until(needle, buffer);
        Ok(bytes)
    }
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
pub fn role(attribute: &HtmlAttribute<'_>) -> Option<Role> {
    match (&*attribute.tag, &*attribute.name) {
        (_, "id") | ("a", "name") => Some(Role::Id),
        ("a" | "area", "href") => Some(Role::Link),
        ("link", "href") | (_, "src" | "srcset" | "poster") | ("object", "data") => Some(Role::Source),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_know_their_place() {
        let html = "<p>é <A HREF='a&amp;b.md' id=x>y</a><img\nsrc=\"a.png\" alt><a href=\"unfinished.md\"";
        let found: Vec<(Cow<'_, str>, Cow<'_, str>, &str, &str)> = attributes(html)
            .into_iter()
            .map(|attribute| (attribute.name, attribute.value, &html[attribute.range], &html[attribute.whole]))
            .collect();
        let expected = [
            ("href", "a&b.md", "a&amp;b.md", "HREF='a&amp;b.md'"),
            ("id", "x", "x", "id=x"),
            ("src", "a.png", "a.png", "src=\"a.png\""),
        ];
        assert_eq!(found, expected.map(|(name, value, raw, whole)| (name.into(), value.into(), raw, whole)));
    }

    #[test]
    fn a_srcset_is_several_addresses() {
        for (value, expected) in [
            ("a.png", &["a.png"] as &[&str]),
            (" a.png 1x, b,c.png 2x ,d.png, e.png", &["a.png", "b,c.png", "d.png", "e.png"]),
            (",a.png,, b.png 100w", &["a.png", "b.png"]),
            (" ,", &[]),
        ] {
            let html = format!("<img srcset='{value}'>");
            let found = attributes(&html).into_iter().map(|found| html[found.range].to_owned()).collect::<Vec<_>>();
            assert_eq!(found, expected, "{value}");
        }
    }

    #[test]
    fn tags_know_their_place() {
        let html = "é <SCRIPT>x</SCRIPT>\n<p\nid=a><br/>";
        let found: Vec<(Cow<'_, str>, &str)> =
            tags(html).tags.into_iter().map(|tag| (tag.name, &html[tag.range])).collect();
        let expected = [("script", "<SCRIPT"), ("p", "<p"), ("br", "<br")];
        assert_eq!(found, expected.map(|(name, raw)| (name.into(), raw)));
    }

    #[test]
    fn tokens_know_their_place() {
        let html = "é <A HREF='a&amp;b' hidden>y &amp; z</a><!-- c --><br/>\nend";
        let shown: Vec<String> = tokens(html)
            .into_iter()
            .map(|token| match token {
                Token::Start(tag) => {
                    let attributes = tag.attributes.into_iter();
                    let attributes = attributes.map(|it| format!(" {}={}={}", it.name, it.value, &html[it.range]));
                    let attributes: String = attributes.collect();
                    format!("{} {}{attributes} {}", tag.name, &html[tag.range], &html[tag.end - 1..tag.end])
                }
                Token::End { name, range } => format!("/{name} {}", &html[range]),
                Token::Text { range, .. } => html[range].to_owned(),
            })
            .collect();
        let start = "a <A href=a&b=a&amp;b hidden== >";
        assert_eq!(shown, ["é ", start, "y &amp; z", "/a </a>", "br <br >", "\nend"]);
    }

    #[test]
    fn a_tag_with_too_many_attributes_stops_reading() {
        let many = |count: usize| format!("<i id=\"a\">é<a {}><i id=\"b\">", "x=\"1\" ".repeat(count));
        assert_eq!(tags(&many(MAX_ATTRIBUTES)).stopped, None);
        let html = many(MAX_ATTRIBUTES + 1);
        let found = tags(&html);
        assert_eq!((found.tags.len(), found.stopped), (1, Some("<i id=\"a\">é".len())));
    }

    /// The tokenizer recurses with every quoted attribute; a worker's stack may be as small as this.
    #[test]
    fn the_stack_is_bounded() {
        let check = || {
            for start in ["<a ", "</a ", "<!doctype ", "<!--"] {
                for attribute in ["b=\"1\" ", "b=\"\"", "b=\"&lt;\" ", "b ", "b=1 ", "/"] {
                    let html = format!("{start}{}", attribute.repeat(50_000));
                    assert_eq!(tags(&html).tags, []);
                }
            }
        };
        let worker = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(check).expect("a thread starts");
        worker.join().expect("nothing overflows");
    }
}
