//! The long paragraphs of a page to what tells whether two are the same: the hash of the text that a reader
//! sees. Code, tables, headings and raw HTML are none.

use std::ops::Range;

use crate::base::hash::Hash;
use crate::base::span::Span;
use crate::markdown::walk::{Event, Item, TagEnd};
use crate::model::parsed::Paragraph;

/// A paragraph of more words than this is long.
const LONG: usize = 40;

/// A long paragraph has as many letters and spaces between its words at least, in bytes.
const LEAST_BYTES: usize = 2 * LONG + 1;

/// The long paragraphs among the items of a walk, in order.
#[must_use]
pub fn long(items: &[(Item<'_>, Range<usize>)]) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut open = Open::default();
    // How many things are open whose text is no prose.
    let mut other = 0_usize;
    for (item, range) in items {
        match item {
            Item::Event(Event::Start(tag)) if !is_inline(&tag.to_end()) => {
                found.extend(open.close());
                open.is_short = range.len() < LEAST_BYTES;
                other += usize::from(is_other(&tag.to_end()));
            }
            Item::Event(Event::End(tag)) if !is_inline(tag) => {
                found.extend(open.close());
                // What follows may be the text of a block around it, which is as long as it wants.
                open.is_short = false;
                other -= usize::from(is_other(tag));
            }
            Item::Fence(_) | Item::Event(Event::Rule) => found.extend(open.close()),
            _ if other > 0 || open.is_short => {}
            Item::Event(Event::Text(text) | Event::Code(text)) => open.add(text, range),
            Item::Event(Event::SoftBreak | Event::HardBreak) => open.add(" ", range),
            Item::Event(_) | Item::OpenMark(_) | Item::CloseMark(_) => {}
        }
    }
    found.extend(open.close());
    found
}

/// How many words of prose there are among the items of a walk.
#[must_use]
pub fn words(items: &[(Item<'_>, Range<usize>)]) -> usize {
    let (mut count, mut is_code) = (0, false);
    for (item, _) in items {
        match item {
            Item::Event(Event::Start(tag)) => is_code |= tag.to_end() == TagEnd::CodeBlock,
            Item::Event(Event::End(TagEnd::CodeBlock)) => is_code = false,
            Item::Event(Event::Text(text) | Event::Code(text)) if !is_code => count += text.split_whitespace().count(),
            _ => {}
        }
    }
    count
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn is_other(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table | TagEnd::Heading(_))
}

/// The paragraph being read, which may be the text of a tight list item.
#[derive(Default)]
struct Open {
    text: String,
    start: usize,
    end: usize,
    /// The block is written in too few bytes to be long.
    is_short: bool,
}

impl Open {
    fn add(&mut self, text: &str, range: &Range<usize>) {
        if self.text.is_empty() {
            self.start = range.start;
        }
        self.end = self.end.max(range.end);
        self.text.push_str(text);
    }

    fn close(&mut self) -> Option<Paragraph> {
        let Self { text, start, end, .. } = std::mem::take(self);
        if text.len() < LEAST_BYTES {
            return None;
        }
        let mut words = 0;
        let mut seen = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            words += 1;
            seen.push_str(word);
            seen.push(' ');
        }
        (words > LONG).then(|| Paragraph { seen: Hash::of(seen.as_bytes()), words, span: Span::new(start..end) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::walk::MarkdownOptions;

    /// What the long paragraphs of a page are, each with what of the page it is.
    fn found(text: &str) -> Vec<(Hash, String)> {
        let source = crate::parse::tests::source(text);
        let parsed = crate::parse::page(&source, MarkdownOptions::default(), &crate::parse::Lints::everything());
        parsed.paragraphs.into_iter().map(|it| (it.seen, it.span.slice(text).to_owned())).collect()
    }

    fn words(count: usize) -> String {
        (0..count).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_reader_sees_is_compared() {
        let plain = words(41);
        let [(seen, _)] = &found(&plain)[..] else { panic!("one paragraph") };
        for other in [
            plain.replace(' ', "\n"),
            plain.replace("w3 ", "*w3* "),
            plain.replace("w3 ", "[w3](a.md) "),
            plain.replace("w3 ", "`w3`  "),
            format!("- {plain}\n- b"),
            format!("> - a\n>\n>   {}", plain.replace(" w9", "\n> w9")),
            format!(":::note\n{plain}\n:::"),
        ] {
            assert_eq!(found(&other).iter().map(|(hash, _)| hash).collect::<Vec<_>>(), [seen], "{other}");
        }
        assert_ne!(found(&plain.replace("w3", "W3"))[0].0, *seen);
    }

    #[test]
    fn words_of_prose_are_counted() {
        let source = crate::parse::tests::source(
            "# A *b*\n\n- c `d`\n\n```py\nx = 1\n```\n\n|e|\n|-|\n|f g|\n\n<i>\n\n:::note\nh\n:::\n",
        );
        let parsed = crate::parse::page(&source, MarkdownOptions::default(), &crate::parse::Lints::everything());
        assert_eq!(parsed.words, 8);
    }

    #[test]
    fn only_long_prose_counts() {
        let (long, short) = (words(41), words(40));
        for text in [
            short.clone(),
            format!("{short}\n\n{short}"),
            format!("- {short}\n  - {short}\n- {short}"),
            format!("{short}\n:::note\n{short}\n:::"),
            format!("# {long}"),
            format!("```\n{long}\n```"),
            format!("    {long}"),
            format!("<div>\n{long}\n</div>"),
            format!("|a|\n|-|\n|{long}|"),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
        assert_eq!(found(&format!("a\n\n- **{long}.**\n"))[0].1, format!("{long}."));
    }
}
