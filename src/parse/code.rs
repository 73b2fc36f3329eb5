//! A fenced code block to its lines, each with where it is written. For those who have to find the page's line again;
//! rendering takes the text from its own walk.

use crate::base::span::Span;
use crate::markdown::walk::{CodeBlockKind, Event, Item, MarkdownOptions, Tag, TagEnd};
use crate::markdown::{fence, walk as markdown};
use crate::model::parsed::Parsed;
use crate::model::source::Source;

/// A line of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What a reader sees of it, without its end.
    pub text: String,
    /// Where that is written.
    pub span: Span,
}

/// The code of each fenced block of the page, in the order of its samples.
#[must_use]
pub fn written(source: &Source, parsed: &Parsed, options: MarkdownOptions) -> Vec<Vec<Line>> {
    let text = &*source.text;
    let masked = fence::mask(text, &parsed.fences);
    let mut blocks: Vec<Vec<Line>> = Vec::new();
    let mut open: Option<Block> = None;
    for (item, range) in markdown::walk(&masked, parsed.body, &parsed.fences, options) {
        match (item, &mut open) {
            (Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))), _) => open = Some(Block::default()),
            (Item::Event(Event::Text(part)), Some(block)) => block.push(&part, Span::new(range)),
            (Item::Event(Event::End(TagEnd::CodeBlock)), _) => blocks.extend(open.take().map(Block::finish)),
            _ => {}
        }
    }
    blocks
}

#[derive(Default)]
struct Block {
    lines: Vec<Line>,
    /// The line that has not ended.
    last: Option<Line>,
}

impl Block {
    /// Takes the next part of the code. In quotes and lists, and before `\r\n`, a part is never more than a line.
    fn push(&mut self, part: &str, span: Span) {
        let is_written_so = span.end as usize - span.start as usize == part.len();
        let mut offset = span.start as usize;
        for piece in part.split_inclusive('\n') {
            let end = if is_written_so { offset + piece.len() } else { span.end as usize };
            let text = piece.trim_end_matches('\n');
            let start = Span::new(offset..offset);
            let line = self.last.get_or_insert_with(|| Line { text: String::new(), span: start });
            // Indentation that a list takes a part of is a part without a place.
            if line.text.trim().is_empty() && !text.is_empty() {
                line.span.start = start.start;
            }
            line.text.push_str(text);
            if !text.is_empty() {
                line.span = Span::new(line.span.start as usize..end - (piece.len() - text.len()).min(end));
            }
            if piece.ends_with('\n') {
                self.lines.extend(self.last.take());
            }
            offset = end;
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.lines.extend(self.last.take());
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::BookPath;
    use crate::parse::{Lints, page};

    /// Each line of the blocks of `text`, beside what stands where it is written.
    fn lines(text: &str) -> Vec<Vec<(String, String)>> {
        let source = Source::new(BookPath::new("a.md").unwrap(), text.into());
        let parsed = page(&source, MarkdownOptions::default(), &Lints::default());
        let written = written(&source, &parsed, MarkdownOptions::default());
        assert_eq!(written.len(), parsed.samples.len());
        let both = |line: Line| (line.text, line.span.slice(text).to_owned());
        written.into_iter().map(|lines| lines.into_iter().map(both).collect()).collect()
    }

    #[test]
    fn every_line_is_where_it_is_written() {
        let plain = "# T\n\n```py\na = 1\n\n  b()  \n```\n    indented\n\n~~~\nx\n~~~\n";
        let quoted = "> ```py\n> a = 1\n>\n>   b()\n> ```\n";
        let listed = "- text\n\n  ```py\n  a = 1\n\n    b()\n  ```\n";
        let inside = ":::details\n```py\na = 1\n```\n:::\n";
        for text in [plain, quoted, listed, inside] {
            for end in ["\n", "\r\n", "\r"] {
                let text = text.replace('\n', end);
                for (seen, written) in lines(&text).into_iter().flatten() {
                    assert_eq!(seen, written, "{text:?}");
                }
            }
        }
        let seen = |text| lines(text).into_iter().flatten().map(|(seen, _)| seen).collect::<Vec<_>>();
        assert_eq!(seen(plain), ["a = 1", "", "  b()  ", "x"]);
        assert_eq!(seen(quoted), ["a = 1", "", "  b()"]);
        assert_eq!(seen(listed), ["a = 1", "", "  b()"]);
    }

    #[test]
    fn a_tab_of_which_a_list_takes_a_part_leaves_the_code_in_its_place() {
        for text in ["-\t```py\n\t\ta = 1\n\t```\n", "- ```py\n\ta = 1\n  ```\n", "1. ```py\n \t a = 1\n   ```\n"] {
            let found = lines(text);
            let (seen, written) = &found[0][0];
            assert_eq!((seen.trim(), written.trim()), ("a = 1", "a = 1"), "{text:?}");
        }
    }
}
