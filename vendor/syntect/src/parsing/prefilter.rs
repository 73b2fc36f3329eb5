//! Tells from the bytes of a line that a pattern cannot match there, without running it.
//!
//! From a pattern's text follow, by a sound estimate, the pairs of bytes that the text at the start of
//! a match can begin with. Most patterns of a context match nowhere on a line, and most of those have
//! none of their pairs on it. What is not understood restricts nothing, so an error here can only be
//! in what is claimed; where `debug_assertions` are on, every claim is checked against the pattern.

mod pattern;
mod read;
mod set;

use pattern::{Ahead, Anchor, ANY};

/// The byte pairs of a line, in classes.
///
/// A byte's class is one of 64: ASCII with both cases of a letter as one, the digits from 3 to 9 as
/// one, all controls as space, a line's end, and all of other scripts.
#[derive(Debug)]
pub(crate) struct Line {
    /// Of each byte, and twice of the end.
    classes: Vec<u8>,
    /// From each byte on, which classes there are.
    after: Vec<u64>,
    /// What each byte is to `\b`, and the end.
    words: Vec<Word>,
    pairs: Pairs,
    has_inner_end: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Word {
    Yes,
    No,
    /// A character of another script.
    Unknown,
    /// Within one, where nothing begins.
    Inside,
}

/// Which pairs of classes there are: by the first, a bit for each second.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Pairs {
    rows: [u64; 64],
    /// The first ones that have a second.
    firsts: u64,
}

/// What restricts where a pattern matches.
#[derive(Debug)]
pub(crate) struct Filter {
    /// How a match begins.
    start: Ahead,
    /// Pairs of which a match, or what it looks at, has one somewhere.
    inner: Option<Pairs>,
    line_start: bool,
    boundary: bool,
}

const END: u8 = b'4' - 32;
const OTHER: u8 = b'5' - 32;

const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'\n' => END,
            0..32 | 127 => 0,
            b'4'..=b'9' => b'3' - 32,
            b'{' => b'6' - 32,
            b'|' => b'7' - 32,
            b'}' => b'8' - 32,
            b'~' => b'9' - 32,
            96.. => byte as u8 - 64,
            _ => byte as u8 - 32,
        };
        byte += 1;
    }
    classes
};

impl Pairs {
    const NONE: Pairs = Pairs { rows: [0; 64], firsts: 0 };
    const ALL: Pairs = Pairs { rows: [!0; 64], firsts: !0 };

    fn add(&mut self, firsts: u64, seconds: u64) {
        if seconds == 0 {
            return;
        }
        let mut left = firsts;
        while left != 0 {
            self.rows[left.trailing_zeros() as usize] |= seconds;
            left &= left - 1;
        }
        self.firsts |= firsts;
    }

    fn has(&self, first: u8, second: u8) -> bool {
        self.rows[usize::from(first)] >> second & 1 != 0
    }

    fn or(&mut self, other: &Pairs) {
        for (row, more) in self.rows.iter_mut().zip(&other.rows) {
            *row |= more;
        }
        self.firsts |= other.firsts;
    }

    fn and(&mut self, other: &Pairs) {
        self.firsts = 0;
        for (first, (row, only)) in self.rows.iter_mut().zip(&other.rows).enumerate() {
            *row &= only;
            self.firsts |= u64::from(*row != 0) << first;
        }
    }

    /// How many there are.
    fn count(&self) -> u32 {
        self.rows.iter().map(|row| row.count_ones()).sum()
    }

    fn meets(&self, other: &Pairs) -> bool {
        let mut left = self.firsts & other.firsts;
        while left != 0 {
            let first = left.trailing_zeros() as usize;
            if self.rows[first] & other.rows[first] != 0 {
                return true;
            }
            left &= left - 1;
        }
        false
    }
}

impl Line {
    pub(crate) fn new() -> Line {
        Line { classes: Vec::new(), after: Vec::new(), words: Vec::new(), pairs: Pairs::NONE, has_inner_end: false }
    }

    /// Makes it the one of this text.
    pub(crate) fn set(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.classes.clear();
        self.classes.extend(bytes.iter().map(|&byte| CLASSES[usize::from(byte)]));
        self.classes.extend([END; 2]);
        self.after.clear();
        self.after.resize(bytes.len() + 1, 1 << END);
        for at in (0..bytes.len()).rev() {
            self.after[at] = self.after[at + 1] | 1 << self.classes[at];
        }
        self.words.clear();
        self.words.extend(bytes.iter().map(|&byte| word(byte)));
        self.words.push(Word::No);
        self.pairs = Pairs::NONE;
        for pair in self.classes[..=bytes.len()].windows(2) {
            self.pairs.rows[usize::from(pair[0])] |= 1 << pair[1];
            self.pairs.firsts |= 1 << pair[0];
        }
        self.has_inner_end = bytes.split_last().is_some_and(|(_, before)| before.contains(&b'\n'));
    }
}

fn word(byte: u8) -> Word {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => Word::Yes,
        0..128 => Word::No,
        128..192 => Word::Inside,
        _ => Word::Unknown,
    }
}

impl Filter {
    /// What follows from a pattern's text; none if that is nothing.
    pub(crate) fn new(pattern: &str) -> Option<Filter> {
        let tree = read::pattern(pattern)?;
        let mut inner = None;
        let start = tree.needs(&ANY, &mut inner);
        let line_start = tree.begins_with(Anchor::LineStart);
        let boundary = tree.begins_with(Anchor::Boundary);
        let says_something = start != ANY || inner.is_some() || line_start || boundary;
        says_something.then_some(Filter { start, inner, line_start, boundary })
    }

    /// The first place from `start` on where the pattern may match, as an index of bytes.
    pub(crate) fn first_place(&self, line: &Line, start: usize) -> Option<usize> {
        if self.line_start && start > 0 && !line.has_inner_end {
            return None;
        }
        if let Some(inner) = &self.inner {
            if inner.firsts & line.after[start] == 0 || !inner.meets(&line.pairs) {
                return None;
            }
        }
        let end = line.after.len() - 1;
        if self.start.first.firsts & line.after[start] != 0 && self.start.first.meets(&line.pairs) {
            for at in start..end {
                let classes = &line.classes[at..at + 3];
                if self.start.first.has(classes[0], classes[1])
                    && self.start.second.has(classes[1], classes[2])
                    && self.may_stand(line, at)
                {
                    return Some(at);
                }
            }
        }
        (self.start.at_end && self.may_stand(line, end)).then_some(end)
    }

    fn may_stand(&self, line: &Line, at: usize) -> bool {
        if self.line_start && at > 0 && line.classes[at - 1] != END {
            return false;
        }
        let before = if at == 0 { Word::No } else { line.words[at - 1] };
        match line.words[at] {
            Word::Inside => false,
            own => !self.boundary || before != own || own == Word::Unknown,
        }
    }
}
