//! Byte offsets to lines and columns: both from one, columns in characters (Unicode scalar values) and in
//! UTF-16 code units, a byte-order mark at the start not counted. U+2028 and its like end no line.

use std::ops::Range;

/// A place in a text, counted in every way that something is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
    /// The column in UTF-16 code units, from one.
    pub utf16_column: usize,
    /// The byte, from zero, a byte-order mark counted.
    pub offset: usize,
}

/// The starts of the lines of one text.
pub struct LineIndex<T> {
    text: T,
    starts: Vec<usize>,
    /// What lies before each [`STEP`]th byte, so that no place in a long line costs a walk along it.
    counts: Vec<Count>,
}

const STEP: usize = 256;

#[derive(Clone, Copy, Default)]
struct Count {
    characters: usize,
    utf16: usize,
}

impl Count {
    /// The same behind `bytes`. A character counts with its first byte; four bytes are two code units.
    fn behind(mut self, bytes: &[u8]) -> Self {
        self.characters += bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        self.utf16 +=
            bytes.iter().map(|byte| usize::from(*byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0)).sum::<usize>();
        self
    }
}

impl<T: AsRef<str>> LineIndex<T> {
    /// Finds the lines of `text`; they end with `\n`, `\r\n` or `\r`.
    #[must_use]
    pub fn new(text: T) -> Self {
        let bytes = text.as_ref().as_bytes();
        let mut starts = vec![if text.as_ref().starts_with('\u{feff}') { 3 } else { 0 }];
        for (offset, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n')) {
                starts.push(offset + 1);
            }
        }
        let mut counts = vec![Count::default()];
        for chunk in bytes.chunks_exact(STEP) {
            counts.push(counts[counts.len() - 1].behind(chunk));
        }
        Self { text, starts, counts }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_ref()
    }

    /// The line and column of byte `offset`; an offset behind the end counts as the end, one inside a
    /// character or inside `\r\n` as its start.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let Position { line, column, .. } = self.locate(offset);
        (line, column)
    }

    /// The place of byte `offset`, as [`position()`](Self::position) takes it.
    #[must_use]
    pub fn locate(&self, offset: usize) -> Position {
        let offset = self.settled(offset);
        self.on_line(offset, self.line_of(offset))
    }

    /// The same, but the end of a text whose last line is terminated lies on that line, behind the
    /// terminator: there is no line after it.
    #[must_use]
    pub fn locate_on_a_line(&self, offset: usize) -> Position {
        let offset = self.settled(offset);
        self.on_line(offset, self.line_of(offset).min(self.count()))
    }

    /// The bytes of the line that byte `offset` is on, without its terminator.
    #[must_use]
    pub fn line_around(&self, offset: usize) -> Range<usize> {
        self.line(self.line_of(self.settled(offset)))
    }

    /// The bytes of the line of that number, from one, without its terminator; the end of the text for a number
    /// behind its last line.
    #[must_use]
    pub fn line(&self, number: usize) -> Range<usize> {
        let line = number.clamp(1, self.starts.len());
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.text().len());
        start..start + self.text()[start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The number of lines; a terminator at the very end does not start another.
    #[must_use]
    pub fn count(&self) -> usize {
        let last = self.starts[self.starts.len() - 1];
        self.starts.len() - usize::from(last == self.text.as_ref().len() && self.starts.len() > 1)
    }

    fn settled(&self, offset: usize) -> usize {
        let text = self.text();
        let offset = text.floor_char_boundary(offset.min(text.len())).max(self.starts[0]);
        let bytes = text.as_bytes();
        let inside = offset > 0 && bytes[offset - 1] == b'\r' && bytes.get(offset) == Some(&b'\n');
        offset - usize::from(inside)
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    fn on_line(&self, offset: usize, line: usize) -> Position {
        let (start, here) = (self.before(self.starts[line - 1]), self.before(offset));
        Position {
            line,
            column: here.characters - start.characters + 1,
            utf16_column: here.utf16 - start.utf16 + 1,
            offset,
        }
    }

    fn before(&self, offset: usize) -> Count {
        let step = offset / STEP;
        self.counts[step].behind(&self.text().as_bytes()[step * STEP..offset])
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{LineIndex, Position, STEP};

    #[test]
    fn columns_are_characters_after_a_byte_order_mark() {
        let index = LineIndex::new("\u{feff}aé日x\r\nb\rc\n");
        assert_eq!(index.position(3), (1, 1));
        assert_eq!(index.position(0), (1, 1));
        assert_eq!(index.position(9), (1, 4));
        assert_eq!(index.position(12), (2, 1));
        assert_eq!(index.position(14), (3, 1));
        assert_eq!(index.position(99), (4, 1));
        assert_eq!(index.count(), 3);
    }

    #[test]
    fn an_offset_inside_a_character_or_a_line_end_counts_as_its_start() {
        assert_eq!(LineIndex::new("aé").position(2), (1, 2));
        assert_eq!(LineIndex::new("a\r\nb").position(2), (1, 2));
        assert_eq!(LineIndex::new("a\n\rb").position(2), (2, 1));
        assert_eq!(LineIndex::new("a\u{2028}b\u{85}c").position(6), (1, 4));
    }

    #[test]
    fn utf_16_counts_what_needs_a_surrogate_pair_twice() {
        // A family of three joined by ZWJ, a letter with a combining accent, a tab, a wide character.
        let text = "👩‍👩‍👧e\u{301}\t日x";
        let at = |needle| LineIndex::new(text).locate(text.find(needle).unwrap());
        let expected = |column, utf16_column, offset| Position { line: 1, column, utf16_column, offset };
        assert_eq!(at("e"), expected(6, 9, 18));
        assert_eq!(at("\t"), expected(8, 11, 21));
        assert_eq!(at("x"), expected(10, 13, 25));
    }

    #[test]
    fn the_end_of_a_terminated_text_lies_on_its_last_line() {
        let index = LineIndex::new("abcd\r\nlmn\r\n");
        assert_eq!(index.locate_on_a_line(11), Position { line: 2, column: 6, utf16_column: 6, offset: 11 });
        assert_eq!((index.line_around(11), index.line_around(3)), (11..11, 0..4));
        assert_eq!(LineIndex::new("").locate_on_a_line(7).line, 1);
    }

    #[test]
    fn lines_have_numbers() {
        let index = LineIndex::new("\u{feff}ab\r\n\r\ncd\n");
        assert_eq!([1, 2, 3, 4].map(|number| index.line(number)), [3..5, 7..7, 9..11, 12..12]);
        assert_eq!(LineIndex::new("").line(7), 0..0);
    }

    #[test]
    fn counts_taken_on_the_way_agree_with_a_walk_along_the_line() {
        let text = format!("\u{feff}x\n{}", "aé日🙂".repeat(STEP / 3));
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().skip(3) {
            let before = &text[5..offset];
            let counted = (before.chars().count() + 1, before.encode_utf16().count() + 1);
            let Position { column, utf16_column, .. } = index.locate(offset);
            assert_eq!((column, utf16_column), counted, "{offset}");
        }
    }

    #[test]
    fn many_places_in_one_long_line_take_no_walk_each() {
        let text = "é".repeat(1_000_000);
        let index = LineIndex::new(&text);
        let start = Instant::now();
        for place in 0..20_000 {
            assert_eq!(index.position(place * 100).1, place * 50 + 1);
        }
        // A walk each would be 2 * 10^10 bytes; what is done is 10^7.
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
