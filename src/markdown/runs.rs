//! Runs of text in the walk: adjacent text and emphasis taken together, so that a bare address becomes a
//! link wherever CommonMark has cut it, and a footnote reference without a definition is found. Offsets
//! stay true. Knows no page.

use std::ops::Range;

use super::autolink::{self, Autolink, Kind};
use super::walk::{CowStr, Event, Item, LinkType, Tag, TagEnd, Undefined};
use crate::base::span::Span;

type Step<'a> = (Item<'a>, Range<usize>);

/// The walk being rewritten.
pub struct Runs<'a> {
    source: &'a str,
    run: Vec<Step<'a>>,
    out: Vec<Step<'a>>,
    undefined: Vec<Undefined>,
    in_code: bool,
    /// How many links and images are open; an `<a>` of raw HTML counts as a link until its block ends.
    links: usize,
    images: usize,
    in_anchor: bool,
    /// Whether the next run starts a block or a line.
    fresh: bool,
}

impl<'a> Runs<'a> {
    /// Starts a walk over `source`, of which all ranges are parts.
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            run: Vec::new(),
            out: Vec::new(),
            undefined: Vec::new(),
            in_code: false,
            links: 0,
            images: 0,
            in_anchor: false,
            fresh: true,
        }
    }

    /// Takes one step of the walk.
    pub fn push(&mut self, item: Item<'a>, range: Range<usize>) {
        let in_run = match &item {
            Item::Event(Event::Text(_)) => true,
            Item::Event(Event::Start(tag)) => marker(&tag.to_end()),
            Item::Event(Event::End(tag)) => marker(tag),
            _ => false,
        };
        if in_run && !self.in_code && self.images == 0 {
            self.run.push((item, range));
            return;
        }
        self.flush();
        self.notice(&item);
        self.out.push((item, range));
    }

    /// The steps, and the footnote references without a definition.
    pub fn finish(mut self) -> (Vec<Step<'a>>, Vec<Undefined>) {
        self.flush();
        (self.out, self.undefined)
    }

    fn notice(&mut self, item: &Item<'a>) {
        self.fresh = true;
        let Item::Event(event) = item else { return };
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Link { .. }) => self.links += 1,
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Link) => {
                self.links -= 1;
                self.fresh = false;
            }
            Event::End(TagEnd::Image) => {
                self.images -= 1;
                self.fresh = false;
            }
            Event::InlineHtml(html) => {
                let html = html.to_ascii_lowercase();
                if html.starts_with("<a ") || html.starts_with("<a\n") || html.starts_with("<a>") {
                    self.in_anchor = true;
                } else if html.starts_with("</a") {
                    self.in_anchor = false;
                }
                self.fresh = false;
            }
            Event::Code(_) | Event::FootnoteReference(_) => self.fresh = false,
            Event::Start(_) | Event::End(_) => self.in_anchor = false,
            _ => {}
        }
    }

    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let may_matter = |item: &Item<'_>| match item {
            Item::Event(Event::Text(text)) => {
                let bytes = text.as_bytes();
                let mut marks = memchr::memchr3_iter(b'@', b'[', b'/', bytes);
                marks.any(|at| bytes[at] != b'/' || bytes.get(at + 1) == Some(&b'/')) || text.contains("www.")
            }
            _ => false,
        };
        if !self.run.iter().any(|(item, _)| may_matter(item)) {
            self.out.append(&mut self.run);
            return;
        }
        let run = Run::new(self.source, std::mem::take(&mut self.run));
        run.undefined(&mut self.undefined);
        let links = if self.links > 0 || self.in_anchor { Vec::new() } else { run.links(self.fresh) };
        run.write(&links, &mut self.out);
    }
}

/// Whether a tag only changes how text looks.
fn marker(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

/// A run as one text.
struct Run<'a> {
    source: &'a str,
    text: String,
    pieces: Vec<Piece<'a>>,
}

struct Piece<'a> {
    step: Step<'a>,
    /// Its part of the run's text, and of the source.
    range: Range<usize>,
    source: Range<usize>,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Text as it is written.
    Plain,
    /// The same, with a backslash before its first character.
    Escaped,
    /// Text that is written otherwise: a character reference.
    Decoded,
    Opens,
    Closes,
}

impl<'a> Run<'a> {
    fn new(source: &'a str, steps: Vec<Step<'a>>) -> Self {
        let mut run = Self { source, text: String::new(), pieces: Vec::new() };
        let mut before: Option<usize> = None;
        for (item, range) in steps {
            let start = run.text.len();
            let (source, role) = match &item {
                Item::Event(Event::Start(tag)) => {
                    (range.start..range.start + run.width(tag.to_end(), &range), Role::Opens)
                }
                Item::Event(Event::End(tag)) => (range.end - run.width(*tag, &range)..range.end, Role::Closes),
                Item::Event(Event::Text(text)) => {
                    let written = source.get(range.clone()).unwrap_or("");
                    let escaped = before != Some(range.start) && source[..range.start].ends_with('\\');
                    // Typographic punctuation is taken back: in an address it stands for itself.
                    let typographic = !written.is_empty() && written.bytes().all(|byte| b"'\"-.".contains(&byte));
                    let role = if **text != *written && !typographic {
                        Role::Decoded
                    } else if escaped {
                        Role::Escaped
                    } else {
                        Role::Plain
                    };
                    if role == Role::Decoded {
                        run.text.push_str(text);
                    }
                    (range.clone(), role)
                }
                _ => unreachable!("a run holds text and emphasis only"),
            };
            if role != Role::Decoded {
                run.text.push_str(&run.source[source.clone()]);
            }
            before = Some(source.end);
            run.pieces.push(Piece { step: (item, range), range: start..run.text.len(), source, role });
        }
        run
    }

    /// The length of an emphasis' delimiters.
    fn width(&self, tag: TagEnd, range: &Range<usize>) -> usize {
        match tag {
            TagEnd::Strong => 2,
            TagEnd::Strikethrough if self.source[range.clone()].starts_with("~~") => 2,
            _ => 1,
        }
    }

    /// The pieces that have a part from `start` to `end`.
    fn between(&self, start: usize, end: usize) -> &[Piece<'a>] {
        let first = self.pieces.partition_point(|piece| piece.range.end <= start);
        let last = self.pieces.partition_point(|piece| piece.range.start < end);
        &self.pieces[first..last.max(first)]
    }

    /// Whether nothing from `start` to `end` is a character reference or escaped.
    fn is_plain(&self, start: usize, end: usize) -> bool {
        self.between(start, end).iter().all(|piece| match piece.role {
            Role::Escaped => piece.range.start < start,
            Role::Decoded => false,
            Role::Plain | Role::Opens | Role::Closes => true,
        })
    }

    fn undefined(&self, undefined: &mut Vec<Undefined>) {
        for (start, _) in self.text.match_indices("[^") {
            let rest = &self.text[start + 1..];
            let Some(length) = rest.find(|c: char| c == ']' || c == '[' || c.is_whitespace()) else { continue };
            let end = start + 1 + length + 1;
            if length > 1 && rest[length..].starts_with(']') && self.is_plain(start, end) {
                let span = Span::new(self.start_of(start)..self.end_of(end));
                undefined.push(Undefined { label: rest[..length].to_owned(), span });
            }
        }
    }

    fn links(&self, fresh: bool) -> Vec<Autolink> {
        let emphasis = self.pieces.iter().filter(|piece| matches!(piece.role, Role::Opens | Role::Closes));
        let walls: Vec<Range<usize>> = emphasis.map(|piece| piece.range.clone()).collect();
        let mut links = Vec::new();
        let mut at = 0;
        while let Some(mut link) = autolink::next(&self.text, at, fresh, &walls) {
            match self.fitted(&link) {
                Some(end) => {
                    link.range.end = end;
                    at = end;
                    links.push(link);
                }
                // Past its first character; a scheme and a mail address start with ASCII.
                None => at = link.range.start + 1,
            }
        }
        links
    }

    /// Where the link ends so that it holds whole emphasis only; `None` when its head is not plain text.
    fn fitted(&self, link: &Autolink) -> Option<usize> {
        let start = link.range.start;
        let mut end = link.range.end;
        if !self.is_plain(start, link.head) {
            return None;
        }
        while let Some(cut) = self.cut(start, end) {
            end = autolink::trimmed(&self.text, start, cut);
            if end < link.head {
                return None;
            }
        }
        Some(end)
    }

    /// Where a link from `start` to `end` must end before, if it holds half an emphasis or ends with a
    /// character reference.
    fn cut(&self, start: usize, end: usize) -> Option<usize> {
        let mut open = Vec::new();
        for piece in self.between(start, end) {
            match piece.role {
                Role::Opens | Role::Closes if piece.range.end > end => return Some(piece.range.start),
                Role::Opens => open.push(piece.range.start),
                Role::Closes if open.pop().is_none() => return Some(piece.range.start),
                Role::Decoded if piece.range.end >= end => return Some(piece.range.start),
                _ => {}
            }
        }
        open.first().copied()
    }

    /// The place in the source of the run's byte `at`, as a start and as an end.
    fn start_of(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.range.end <= at);
        self.pieces.get(index).map_or(self.source.len(), |piece| piece.place(at))
    }

    fn end_of(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.range.end < at);
        self.pieces.get(index).map_or(self.source.len(), |piece| piece.place(at))
    }

    fn write(self, links: &[Autolink], out: &mut Vec<Step<'a>>) {
        let ends: Vec<Range<usize>> =
            links.iter().map(|link| self.start_of(link.range.start)..self.end_of(link.range.end)).collect();
        let mut links = links.iter().zip(ends).peekable();
        let (source, text) = (self.source, self.text);
        for piece in self.pieces {
            let mut at = piece.range.start;
            while at < piece.range.end {
                let Some((link, place)) = links.next_if(|(link, _)| link.range.end <= piece.range.end) else {
                    // No link ends in the rest of this piece.
                    let until = links.peek().map_or(piece.range.end, |(link, _)| link.range.start.min(piece.range.end));
                    if at < until {
                        out.extend(piece.part(source, &text, at, until));
                    }
                    break;
                };
                if at < link.range.start {
                    out.extend(piece.part(source, &text, at, link.range.start));
                }
                let written = &source[place.clone()];
                let words = &text[link.range.clone()];
                let label = if written == words { CowStr::Borrowed(written) } else { CowStr::from(words.to_owned()) };
                out.push((Item::Event(Event::Start(tag(link.kind, words))), place.clone()));
                out.push((Item::Event(Event::Text(label)), place.clone()));
                out.push((Item::Event(Event::End(TagEnd::Link)), place));
                at = link.range.end;
            }
        }
    }
}

impl<'a> Piece<'a> {
    fn place(&self, at: usize) -> usize {
        match self.role {
            Role::Decoded if at <= self.range.start => self.source.start,
            Role::Decoded => self.source.end,
            _ => self.source.start + at.saturating_sub(self.range.start).min(self.source.len()),
        }
    }

    /// The step for what of this piece stands from `start` to `end` of the run's text.
    fn part(&self, source: &'a str, text: &str, start: usize, end: usize) -> Option<Step<'a>> {
        if (start, end) == (self.range.start, self.range.end) {
            return Some(self.step.clone());
        }
        let place = self.place(start)..self.place(end);
        let label = match self.role {
            Role::Decoded => CowStr::from(text[start..end].to_owned()),
            _ => CowStr::Borrowed(&source[place.clone()]),
        };
        Some((Item::Event(Event::Text(label)), place))
    }
}

fn tag<'a>(kind: Kind, words: &str) -> Tag<'a> {
    let target = match kind {
        Kind::Www => format!("http://{words}"),
        Kind::Url | Kind::Mail => words.to_owned(),
    };
    Tag::Link {
        link_type: if kind == Kind::Mail { LinkType::Email } else { LinkType::Autolink },
        dest_url: CowStr::from(target),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::walk::{Event, Item, MarkdownOptions, Tag, TagEnd, survey};

    /// The text of a page with its links as `<target|text|source>`, emphasis as `{}`, code as `` ` ``.
    fn linked(text: &str, smart_punctuation: bool) -> String {
        let (items, _) = survey(text, 0, &[], MarkdownOptions { smart_punctuation, ..MarkdownOptions::default() });
        let mut out = String::new();
        for (item, range) in items {
            let Item::Event(event) = item else { continue };
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => out.push_str(&format!("<{dest_url}|{}|", &text[range])),
                Event::End(TagEnd::Link) => out.push('>'),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => out.push('{'),
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => out.push('}'),
                Event::Code(code) => out.push_str(&format!("`{code}`")),
                Event::Text(words) | Event::InlineHtml(words) => out.push_str(&words),
                Event::SoftBreak => out.push('/'),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn bare_addresses_become_links_at_their_places() {
        let table = [
            ("see https://a.b/c.", "see <https://a.b/c|https://a.b/c|https://a.b/c>."),
            ("x\nwww.a.b/c y@a.b", "x/<http://www.a.b/c|www.a.b/c|www.a.b/c> <y@a.b|y@a.b|y@a.b>"),
            // CommonMark cuts here; the address is whole.
            ("https://a.b/__init__.py", "<https://a.b/__init__.py|https://a.b/__init__.py|https://a.b/__init__.py>"),
            ("https://a.b/x[1]!", "<https://a.b/x[1]|https://a.b/x[1]|https://a.b/x[1]>!"),
            ("https://a.b/?x=1&amp;y=2", "<https://a.b/?x=1&y=2|https://a.b/?x=1&amp;y=2|https://a.b/?x=1&y=2>"),
            ("https://a.b/\\_x\\_y", "<https://a.b/_x_y|https://a.b/\\_x\\_y|https://a.b/_x_y>"),
            // Emphasis around it, and half inside it.
            ("**https://a.b**, _a@b.c_", "{<https://a.b|https://a.b|https://a.b>}, {<a@b.c|a@b.c|a@b.c>}"),
            ("https://a.b/*c d*", "<https://a.b/|https://a.b/|https://a.b/>{c d}"),
            ("https://a.b/&copy;", "<https://a.b/|https://a.b/|https://a.b/>©"),
            ("| a |\n|---|\n|https://a.b|", "a<https://a.b|https://a.b|https://a.b>"),
        ];
        for (text, expected) in table {
            assert_eq!(linked(text, false), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_link_stays_text() {
        for text in [
            "`https://a.b`x",
            "<a href=\"x\">see https://a.b</a>",
            "https\\://a.b",
            "https&#58;//a.b",
            "a\\@b.c",
            "`x`www.a.b",
        ] {
            assert!(!linked(text, false).contains('|'), "{text}: {}", linked(text, false));
        }
        assert_eq!(linked("[https://a.b](c)", false), "<c|[https://a.b](c)|https://a.b>");
        assert_eq!(linked("    https://a.b\n", false), "https://a.b\n");
    }

    #[test]
    fn typographic_punctuation_is_taken_back_in_addresses() {
        let found = linked("a--b https://a.b/c--d's...", true);
        assert_eq!(found, "a–b <https://a.b/c--d's|https://a.b/c--d's|https://a.b/c--d's>…");
    }

    #[test]
    fn references_without_a_definition_are_found() {
        let text = "a [^nope] b [^x] `[^c]` \\[^d] [^e f] [coll][] [full][no] [short]\n\n[^x]: y\n";
        let (_, found) = survey(text, 0, &[], MarkdownOptions::default());
        let undefined: Vec<(&str, &str)> =
            found.undefined.iter().map(|u| (u.label.as_str(), &text[u.span.range()])).collect();
        assert_eq!(undefined, [("^nope", "[^nope]"), ("coll", "[coll]"), ("no", "[full][no]")]);
    }
}
