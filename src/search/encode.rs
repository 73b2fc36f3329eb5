//! Lists of words and numbers as short texts: words by what they do not share with the one before, numbers by seven bits a
//! byte, bytes in base 64 (RFC 4648, section 4).

/// Adds `number`, its lowest seven bits first; the highest bit of a byte says that more follow.
pub fn number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads what [`number`] wrote from the front of `bytes`.
pub fn take_number(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (&byte, rest) = bytes.split_first().expect("numbers are written whole");
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `bytes` in base 64.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let is_there = digit <= group.len();
            out.push(if is_there { DIGITS[(bits >> (18 - 6 * digit) & 63) as usize] as char } else { '=' });
        }
    }
    out
}

/// How many characters `number` in front of a word may stand for.
const MOST_SHARED: usize = 35;

/// Sorted words, one a line: in base 36 how many characters it shares with the one before, then the others.
#[must_use]
pub fn front_coded<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut before = "";
    for (index, word) in words.enumerate() {
        let shared = before.chars().zip(word.chars()).take_while(|(left, right)| left == right).count();
        let shared = shared.min(MOST_SHARED);
        if index > 0 {
            out.push('\n');
        }
        out.push(char::from_digit(shared as u32, 36).expect("35 is the last digit"));
        out.extend(word.chars().skip(shared));
        before = word;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for n in [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            number(&mut bytes, n);
            let mut rest = &*bytes;
            assert_eq!((take_number(&mut rest), rest.len()), (n, 0));
        }
    }

    #[test]
    fn base_64_is_that_of_rfc_4648() {
        for (text, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }

    #[test]
    fn words_share_their_beginnings() {
        assert_eq!(front_coded(["attack", "attacks", "böse", "c"].into_iter()), "0attack\n6s\n0böse\n0c");
    }
}
