//! Bytes to bytes that are nearly the same: what those who start from real input try.

use super::common::Random;

/// The longest input that is tried.
const LENGTH: usize = 20_000;

/// One of `seeds` with a few changes; `words` are put in, and parts of other seeds.
pub fn mutated(seeds: &[Vec<u8>], words: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = random.pick(seeds).clone();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        // Most slips are small.
        let longest = if random.below(4) == 0 { bytes.len() } else { 16 };
        let end = (at + random.below(longest + 1)).min(bytes.len());
        match random.below(8) {
            0 => replace(&mut bytes, at, end, b""),
            1 | 2 => replace(&mut bytes, at, at, random.pick(words).as_bytes()),
            3 => replace(&mut bytes, at, end, random.pick(words).as_bytes()),
            4 => {
                let part = bytes[at..end].repeat(1 + random.below(4));
                replace(&mut bytes, at, at, &part);
            }
            5 => {
                let other = random.pick(seeds);
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                replace(&mut bytes, at, end, &other[from..to]);
            }
            6 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
        bytes.truncate(LENGTH);
    }
    bytes
}

fn replace(bytes: &mut Vec<u8>, from: usize, to: usize, with: &[u8]) {
    bytes.splice(from..to, with.iter().copied());
}
