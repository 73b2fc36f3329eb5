//! A text as the CommonMark parser must be given it, of the same length, and its events as if it had been
//! given what the author wrote: a `\r` alone ends a line (CommonMark 0.31.2, section 2.1), and a colon at
//! the start of a line defines something only before white space. The parser knows neither.

use std::borrow::Cow;

use super::walk::{CodeBlockKind, CowStr, Event, Tag};

/// `text` with every `\r` alone as `\n`, of the same length.
#[must_use]
pub fn line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut returns = memchr::memchr_iter(b'\r', bytes).filter(alone).peekable();
    if returns.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = text.to_owned();
    for at in returns {
        out.replace_range(at..=at, "\n");
    }
    Cow::Owned(out)
}

/// A text with stand-ins.
pub struct Plain {
    /// What the parser reads.
    pub text: String,
    /// What stands for which character.
    stand_ins: Vec<(char, char)>,
}

/// Punctuation of one byte without a meaning of its own to the parser, and then control characters: the
/// first that the text does not have stands for colons, so that restoring needs no places.
const STAND_INS: &str = "^%$;@\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}";

/// The same for what would nest too deep.
const DEEP_STAND_INS: &str =
    "\u{e}\u{f}\u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1a}\u{1c}\u{1d}\u{1e}\u{1f}";

/// Where in its line, in bytes, the marker of a quote or a list item may stand. The parser looks through all
/// open ones for each line, and for each marker of a line, so that their number must be bounded.
const MAX_MARKER_COLUMN: usize = 200;

impl Plain {
    /// The text for the parser; `None` when that is `text` itself.
    pub fn new(text: &str, body: usize) -> Option<Self> {
        let colons = tight_colons(text, body);
        let deep = too_deep(text, body);
        let mut stand_ins = Vec::new();
        if !colons.is_empty() {
            stand_ins.extend(STAND_INS.chars().find(|c| !text.contains(*c)).map(|free| (free, ':')));
        }
        let line_feeds = line_feeds(text);
        if stand_ins.is_empty() && deep.is_empty() && matches!(line_feeds, Cow::Borrowed(_)) {
            return None;
        }
        let mut bytes = line_feeds.into_owned().into_bytes();
        if let Some(&(stand_in, _)) = stand_ins.first() {
            for at in colons {
                bytes[at] = ascii(stand_in);
            }
        }
        let mut free = DEEP_STAND_INS.chars().filter(|c| !text.contains(*c));
        for original in if deep.is_empty() { [].as_slice() } else { &['>', ' ', '\t'] } {
            // A page that has all of them keeps the stand-in, and a diagnostic in any case.
            let stand_in = free.next();
            stand_ins.extend(stand_in.map(|stand_in| (stand_in, *original)));
            for &at in deep.iter().filter(|at| text[**at..].starts_with(*original)) {
                bytes[at] = stand_in.map_or(b'.', ascii);
            }
        }
        let text = String::from_utf8(bytes).expect("ASCII took the place of ASCII");
        Some(Self { text, stand_ins })
    }

    /// `text` with its own characters.
    pub fn written(&self, text: &str) -> CowStr<'static> {
        let mut written = text.to_owned();
        for (stand_in, original) in self.stand_ins.iter().filter(|(stand_in, _)| text.contains(*stand_in)) {
            written = written.replace(*stand_in, original.encode_utf8(&mut [0; 4]));
        }
        CowStr::from(written)
    }

    /// The event as it would be of the author's text.
    pub fn restored(&self, event: Event<'_>) -> Event<'static> {
        let written = |text: &CowStr<'_>| self.written(text);
        match event {
            Event::Text(text) => Event::Text(written(&text)),
            Event::Code(text) => Event::Code(written(&text)),
            Event::Html(text) => Event::Html(written(&text)),
            Event::InlineHtml(text) => Event::InlineHtml(written(&text)),
            Event::FootnoteReference(name) => Event::FootnoteReference(written(&name)),
            Event::Start(tag) => Event::Start(match tag {
                Tag::Heading { level, id, classes, attrs } => Tag::Heading {
                    level,
                    id: id.as_ref().map(written),
                    classes: classes.iter().map(written).collect(),
                    attrs: attrs.iter().map(|(key, value)| (written(key), value.as_ref().map(written))).collect(),
                },
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(written(&info))),
                Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(written(&name)),
                Tag::Link { link_type, dest_url, title, id } => {
                    Tag::Link { link_type, dest_url: written(&dest_url), title: written(&title), id: written(&id) }
                }
                Tag::Image { link_type, dest_url, title, id } => {
                    Tag::Image { link_type, dest_url: written(&dest_url), title: written(&title), id: written(&id) }
                }
                other => other.into_static(),
            }),
            other => other.into_static(),
        }
    }
}

fn ascii(c: char) -> u8 {
    u8::try_from(c).expect("stand-ins are ASCII")
}

/// The characters without which nothing nests too deep: a quote's marker, or the white space behind a list
/// item's, one in each line that has a marker too far in. Lines of code are among them.
#[must_use]
pub fn too_deep(text: &str, body: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = body;
    let ends = memchr::memchr2_iter(b'\n', b'\r', &text.as_bytes()[body..]).map(|at| body + at + 1);
    for end in ends.chain([text.len()]) {
        if end - start > MAX_MARKER_COLUMN {
            places.extend(deep_marker(&text[start..end]).map(|at| start + at));
        }
        start = end;
    }
    places
}

fn deep_marker(line: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = line[at..].trim_start_matches([' ', '\t']);
        at = line.len() - rest.len();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let behind = match rest.bytes().next()? {
            b'>' => at + 1,
            b'-' | b'+' | b'*' => at + 1,
            _ if (1..=9).contains(&digits) && rest[digits..].starts_with(['.', ')']) => at + digits + 1,
            _ => return None,
        };
        let quote = rest.starts_with('>');
        if !quote && !line[behind..].starts_with([' ', '\t']) {
            return None;
        }
        if at >= MAX_MARKER_COLUMN {
            return (!is_rule(line)).then_some(if quote { at } else { behind });
        }
        at = behind;
    }
}

/// Whether a line, behind quote markers, is a thematic break: `* * *`.
fn is_rule(line: &str) -> bool {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    rest.starts_with(['*', '-']) && rest.chars().all(|c| c.is_ascii_whitespace() || rest.starts_with(c))
}

/// The colons that start a line, behind quote markers at most, with no white space behind them.
fn tight_colons(text: &str, body: usize) -> Vec<usize> {
    let text = &text[body..];
    let is_tight = |at: &usize| {
        let before = text[..*at].trim_end_matches([' ', '\t', '>']);
        (before.is_empty() || before.ends_with(['\n', '\r'])) && !text[at + 1..].starts_with([' ', '\t'])
    };
    memchr::memchr_iter(b':', text.as_bytes()).filter(is_tight).map(|at| body + at).collect()
}

#[cfg(test)]
mod tests {
    use crate::markdown::walk::{Event, Item, MarkdownOptions, Tag, survey};

    /// The events of a page, short, each with what its range covers.
    fn events(text: &str) -> Vec<String> {
        let (items, _) = survey(text, 0, &[], MarkdownOptions::default());
        items
            .into_iter()
            .filter_map(|(item, range)| match item {
                Item::Event(Event::Text(words)) => Some(format!("{words}={}", &text[range])),
                Item::Event(Event::Start(Tag::DefinitionListDefinition)) => Some("dd".to_owned()),
                Item::Event(Event::Start(Tag::Paragraph)) => Some("p".to_owned()),
                Item::Event(Event::SoftBreak) => Some("/".to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_colon_defines_only_before_white_space() {
        assert_eq!(events("Para\n\n:warning: text\n"), ["p", "Para=Para", "p", ":warning: text=:warning: text"]);
        assert_eq!(events("Para\n::leaf[x]\n")[..4], ["p", "Para=Para", "/", "::leaf=::leaf"]);
        assert_eq!(events("> Para\n> :x\n"), ["p", "Para=Para", "/", ":x=:x"]);
        assert_eq!(events("Term\n: Meaning\n:not\n"), ["Term=Term", "dd", "Meaning=Meaning", "/", ":not=:not"]);
        assert_eq!(events("Term\n\n:\tMeaning\n"), ["Term=Term", "dd", "p", "Meaning=Meaning"]);
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        assert_eq!(events("a\rb\r\rc\r\nd\r"), ["p", "a=a", "/", "b=b", "p", "c=c", "/", "d=d"]);
        assert_eq!(events("```\ra\rb\r```\r").concat(), "a\nb\n=a\rb\r");
    }

    #[test]
    fn stand_ins_are_taken_back_everywhere() {
        let text = "^%$;@ [x](a \"t\n:u\") `a\n:b` <i\n:c=d>\n\n:z\n";
        let (items, _) = survey(text, 0, &[], MarkdownOptions::default());
        let shown = format!("{items:?}");
        assert!(shown.contains("t\\n:u") && shown.contains("a :b") && shown.contains(":c=d"), "{shown}");
        assert!(!shown.contains("u{1}"), "{shown}");
    }
}
