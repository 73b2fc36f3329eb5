//! Content hashes, and maps by quick ones. The only file that knows the hash functions: BLAKE3, cut to 128 bits, and foldhash.

use std::collections::{HashMap, HashSet};
use std::fmt;

/// A map for what is looked up a million times in a build. Its hashes differ from run to run, so that nobody can write a text
/// whose words all collide.
pub type QuickMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A set of that kind.
pub type QuickSet<T> = HashSet<T, foldhash::fast::RandomState>;

/// A content hash; equal hashes are taken for equal contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 16]);

impl Hash {
    /// The hash of one run of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::cut(blake3::hash(bytes))
    }

    fn cut(hash: blake3::Hash) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Self(bytes)
    }

    /// The first ten hexadecimal digits, as used in file names.
    #[must_use]
    pub fn short(self) -> String {
        self.to_string()[..10].to_owned()
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The hash with those bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its first bytes, where fewer are enough to notice damage.
    #[must_use]
    pub fn start(self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        [a, b, c, d, e, f, g, h]
    }

    /// Reads what `Display` wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let text: String = digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect();
        formatter.write_str(&text)
    }
}

/// Bytes of a part that goes in as its own hash: BLAKE3 takes several pieces of 1,024 bytes at once, but only from the start.
const LARGE: usize = 2048;

/// Builds the hash of several parts; each part's length is hashed too, so parts cannot run together.
#[derive(Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    /// Adds one part.
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        if bytes.len() < LARGE {
            self.0.update(bytes);
        } else {
            self.0.update(blake3::hash(bytes).as_bytes());
        }
        self
    }

    /// The hash of all parts added.
    #[must_use]
    pub fn finish(&self) -> Hash {
        Hash::cut(self.0.finalize())
    }
}
