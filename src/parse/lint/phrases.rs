//! Phrases and a text to where the text says one of them. Both are cut into words, so that case, the kind of
//! white space and of quotation marks do not matter; the phrases make a tree of words, and each word of the
//! text starts one way down it. Knows no Markdown.

use std::collections::HashMap;
use std::ops::Range;

use crate::config::BannedPhrase;

/// The phrases, as a tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    list: Vec<BannedPhrase>,
    /// The first is the root; empty when there are no phrases.
    nodes: Vec<Node>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Node {
    /// By the next word: right behind, and behind white space.
    tight: HashMap<String, usize>,
    spaced: HashMap<String, usize>,
    /// The phrase that ends here.
    phrase: Option<usize>,
}

/// A word or a single mark of a text.
#[derive(Debug)]
struct Word {
    range: Range<usize>,
    /// Lower-case, in the text of all words.
    key: Range<usize>,
    /// White space stands before it.
    spaced: bool,
    is_word: bool,
}

impl Phrases {
    /// The tree of `list`. Of two phrases that differ in nothing that matters, the first counts.
    pub fn new(list: &[BannedPhrase]) -> Self {
        let mut phrases = Self { list: list.to_vec(), nodes: Vec::new() };
        for (index, banned) in list.iter().enumerate() {
            if phrases.nodes.is_empty() {
                phrases.nodes.push(Node::default());
            }
            let (words, keys) = words(&banned.phrase);
            let mut at = 0;
            for (number, word) in words.iter().enumerate() {
                let fresh = phrases.nodes.len();
                let Node { tight, spaced, .. } = &mut phrases.nodes[at];
                let next = if word.spaced && number > 0 { spaced } else { tight };
                at = *next.entry(keys[word.key.clone()].to_owned()).or_insert(fresh);
                if at == fresh {
                    phrases.nodes.push(Node::default());
                }
            }
            phrases.nodes[at].phrase.get_or_insert(index);
        }
        phrases
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Where `text` says which phrase: from left to right, the longest first, none over another.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &BannedPhrase)> {
        let mut found = Vec::new();
        let (words, keys) = words(text);
        let mut index = 0;
        while index < words.len() {
            if is_address(&words, &keys, index) {
                let end = words[index..].iter().position(|word| word.spaced);
                index = end.map_or(words.len(), |by| index + by);
                continue;
            }
            match self.longest(&words, &keys, index) {
                Some((end, phrase)) => {
                    found.push((words[index].range.start..words[end - 1].range.end, &self.list[phrase]));
                    index = end;
                }
                None => index += 1,
            }
        }
        found
    }

    /// The longest phrase that starts at word `start`, and the word behind it.
    fn longest(&self, words: &[Word], keys: &str, start: usize) -> Option<(usize, usize)> {
        let mut node = self.nodes.first()?;
        let mut longest = None;
        for (index, word) in words.iter().enumerate().skip(start) {
            let next = if word.spaced && index > start { &node.spaced } else { &node.tight };
            let Some(&next) = next.get(&keys[word.key.clone()]) else { break };
            node = &self.nodes[next];
            if let Some(phrase) = node.phrase.filter(|_| !is_compound(words, keys, start, index + 1)) {
                longest = Some((index + 1, phrase));
            }
        }
        longest
    }
}

/// Whether the words from `index` on, as far as white space, are an address: `//` of `https://` stands there.
fn is_address(words: &[Word], keys: &str, index: usize) -> bool {
    let is =
        |index: usize, mark: &str| words.get(index).is_some_and(|word| !word.spaced && &keys[word.key.clone()] == mark);
    index > 0 && is(index - 1, ":") && is(index, "/") && is(index + 1, "/")
}

/// Whether `words[start..end]` is a part of a word with hyphens: "just" of "just-in-time".
fn is_compound(words: &[Word], keys: &str, start: usize, end: usize) -> bool {
    let hyphen = |index: usize| words.get(index).is_some_and(|word| &keys[word.key.clone()] == "-");
    let joined = |left: usize, right: usize| {
        (left + 1..=right).all(|index| words.get(index).is_some_and(|word| !word.spaced))
            && words[left].is_word
            && words[right].is_word
    };
    (start >= 2 && hyphen(start - 1) && joined(start - 2, start))
        || (end + 1 < words.len() && hyphen(end) && joined(end - 1, end + 1))
}

/// The words and marks of `text`, and their keys.
fn words(text: &str) -> (Vec<Word>, String) {
    let mut words: Vec<Word> = Vec::new();
    let mut keys = String::with_capacity(text.len());
    let mut spaced = false;
    let mut open = false;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            (spaced, open) = (true, false);
            continue;
        }
        // A soft hyphen is no part of what is read.
        if c == '\u{ad}' {
            continue;
        }
        let joins = quote(c) == '\'' && characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let is_word = is_word(c) || (open && joins);
        let key = keys.len();
        if is_word && open && !stands_alone(c) {
            keys.extend(quote(c).to_lowercase());
            if let Some(word) = words.last_mut() {
                (word.range.end, word.key.end) = (end, keys.len());
            }
            continue;
        }
        keys.extend(quote(c).to_lowercase());
        words.push(Word { range: at..end, key: key..keys.len(), spaced, is_word });
        open = is_word && !stands_alone(c);
        spaced = false;
    }
    (words, keys)
}

fn is_word(c: char) -> bool {
    // Combining marks belong to the letter before them.
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}')
}

/// Scripts that put no space between words: each character is one.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Typographic marks as their plain ones.
fn quote(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let list: Vec<BannedPhrase> =
            phrases.iter().map(|phrase| BannedPhrase { phrase: (*phrase).to_owned(), instead: None }).collect();
        Phrases::new(&list).find(text).into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn case_white_space_and_quotes_are_free() {
        assert_eq!(
            found(&["in today's world"], "In  Today\u{2019}s\n\tWORLD, in todays world"),
            ["In  Today\u{2019}s\n\tWORLD"]
        );
        assert_eq!(found(&["a \"b\""], "a \u{201c}b\u{201d} a\"b\""), ["a \u{201c}b\u{201d}"]);
        assert_eq!(found(&["ÉTÉ", "straße"], "été Straße"), ["été", "Straße"]);
        assert_eq!(found(&["e\u{301}t"], "e\u{301}t e\u{301}te"), ["e\u{301}t"]);
        assert_eq!(found(&["simply"], "sim\u{ad}ply"), ["sim\u{ad}ply"]);
    }

    #[test]
    fn phrases_end_at_words() {
        assert_eq!(found(&["use", "utilise"], "user reuse used utilised _use use_ use's"), [] as [&str; 0]);
        assert_eq!(found(&["use"], "(use) use, 'use' use/abuse use."), ["use"; 5]);
        assert_eq!(found(&["just", "simply"], "just-in-time simply-typed do-just - just- -just"), ["just", "just"]);
        assert_eq!(found(&["fast-paced", "in time"], "fast-paced fast - paced just-in time"), ["fast-paced"]);
        assert_eq!(found(&["c++"], "c++ c+"), ["c++"]);
        assert_eq!(found(&["use"], "use https://use.example/use?use use: /use"), ["use", "use", "use"]);
    }

    #[test]
    fn the_longest_counts_and_none_overlap() {
        assert_eq!(
            found(&["simply", "simply put", "put it"], "simply put it, simply, put it"),
            ["simply put", "simply", "put it"]
        );
        assert_eq!(found(&["a b c", "b"], "a b d a b c"), ["b", "a b c"]);
    }

    #[test]
    fn scripts_without_spaces() {
        assert_eq!(found(&["众所周知"], "这是众所周知的"), ["众所周知"]);
    }

    #[test]
    fn nothing_is_found_without_phrases() {
        assert_eq!(found(&[], "a b"), [] as [&str; 0]);
        assert_eq!(found(&["a"], ""), [] as [&str; 0]);
    }
}
