//! Byte offsets to lines and columns: both from one, columns in characters (Unicode scalar values),
//! a byte-order mark at the start not counted.

/// The starts of the lines of one text.
pub struct LineIndex<T> {
    text: T,
    starts: Vec<usize>,
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
        Self { text, starts }
    }

    /// The line and column of byte `offset`; an offset behind the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let text = self.text.as_ref();
        let offset = text.floor_char_boundary(offset.min(text.len())).max(self.starts[0]);
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        (line, text[start..offset].chars().count() + 1)
    }

    /// The number of lines; a terminator at the very end does not start another.
    #[must_use]
    pub fn count(&self) -> usize {
        let last = self.starts[self.starts.len() - 1];
        self.starts.len() - usize::from(last == self.text.as_ref().len() && self.starts.len() > 1)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

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
    fn an_offset_inside_a_character_counts_as_its_start() {
        assert_eq!(LineIndex::new("aé").position(2), (1, 2));
    }
}
