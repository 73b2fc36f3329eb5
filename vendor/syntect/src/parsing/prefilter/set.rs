//! Sets of characters.

use super::pattern::Node;
use super::CLASSES;

/// The classes of these characters.
pub(super) fn classes(ascii: u128) -> u64 {
    let mut classes = 0;
    let mut left = ascii;
    while left != 0 {
        classes |= 1 << CLASSES[left.trailing_zeros() as usize];
        left &= left - 1;
    }
    classes
}

/// A set of characters: those of ASCII, and whether there may be others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    pub(super) ascii: u128,
    pub(super) other: bool,
}

pub(super) const fn of(characters: &[u8]) -> u128 {
    let mut set = 0;
    let mut index = 0;
    while index < characters.len() {
        set |= 1 << characters[index];
        index += 1;
    }
    set
}

pub(super) const fn range(first: u8, last: u8) -> u128 {
    (!0 >> (127 - last)) & (!0 << first)
}

pub(super) const UPPER: u128 = range(b'A', b'Z');
pub(super) const LOWER: u128 = range(b'a', b'z');
pub(super) const DIGITS: u128 = range(b'0', b'9');
pub(super) const LETTERS: u128 = UPPER | LOWER;
pub(super) const WORDS: u128 = LETTERS | DIGITS | of(b"_");
pub(super) const BLANKS: u128 = range(9, 13) | of(b" ");
pub(super) const HEX: u128 = DIGITS | range(b'A', b'F') | range(b'a', b'f');
pub(super) const EVERY: Set = Set { ascii: !0, other: true };

impl Set {
    pub(super) fn not(self) -> Set {
        Set { ascii: !self.ascii, other: true }
    }

    pub(super) fn or(self, more: Set) -> Set {
        Set { ascii: self.ascii | more.ascii, other: self.other | more.other }
    }

    pub(super) fn one(character: char) -> Set {
        match u8::try_from(character) {
            Ok(byte @ 0..128) => Set { ascii: 1 << byte, other: false },
            _ => Set { ascii: 0, other: true },
        }
    }

    pub(super) fn node(self, ignores_case: bool) -> Node {
        let Set { mut ascii, mut other } = self;
        let folds = ignores_case && (other || ascii & LETTERS != 0);
        if folds {
            // Letters of other scripts stand for some of ASCII, one even for two, and the other way round.
            ascii |= (ascii & UPPER) << 32 | (ascii & LOWER) >> 32 | if other { LETTERS } else { 0 };
            other = true;
        }
        Node::Character { set: Set { ascii, other }, classes: classes(ascii), folds }
    }
}


/// A set that has a name. Which of ASCII are in it must be exact, since it may be turned round.
pub(super) fn property(name: &str) -> Option<Set> {
    let ascii = match name.to_ascii_lowercase().as_str() {
        "alpha" | "l" | "letter" => LETTERS,
        "alnum" => LETTERS | DIGITS,
        "digit" | "n" | "nd" => DIGITS,
        "xdigit" => HEX,
        "space" => BLANKS,
        "blank" => of(b" \t"),
        "word" => WORDS,
        _ => return None,
    };
    Some(Set { ascii, other: true })
}
