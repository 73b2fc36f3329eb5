//! Spoken text, without markup, into its words, its seconds, and the places where the speaker says who acted.

use std::ops::Range;

use super::listed;

/// Marks that are said aloud, each as a word of its own, whether they stand free or not: "41 %", "R&D", "$5".
const SAID: &str = "%‰&+=×÷@#°§$€£¥";

/// Nouns that a Roman numeral follows: "Part I" is nobody.
const NUMBERED: &str = "
    act annex appendix article book chapter class division figure grade group level page part phase section stage
    step table tier title type vol volume war";

/// Where a speaker names who acted. The ranges are bytes of the text, in order, each one word: "I", "we'd".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Persons {
    /// "I", "I'd", "I'll", "I'm", "I've".
    pub i: Vec<Range<usize>>,
    /// "we", "we'd", "we'll", "we're", "we've".
    pub we: Vec<Range<usize>>,
}

/// How many words `text` has when it is read aloud. A run of letters and digits is one word, with apostrophes,
/// hyphens, points and commas inside it: "don't", "e.g.", "well-known", "1,000" and "41" are one each. Of the
/// marks, those that are said count one: "41 %" and "A & B" have two and three. A minus sign does so in front of
/// a number. All other punctuation counts nothing.
#[must_use]
pub fn words(text: &str) -> usize {
    let marks = text.char_indices().filter(|&(at, c)| {
        SAID.contains(c) && !(c == '=' && text[at..].starts_with("=>")) || is_minus(c) && is_sign(text, at, c)
    });
    tokens(text).len() + marks.count()
}

/// How many seconds, rounded, it takes to say so many words at a rate in words a minute. A rate of 0 counts as 1.
#[must_use]
pub fn seconds(words: usize, rate_per_minute: u32) -> u32 {
    let rate = u128::from(rate_per_minute.max(1));
    let seconds = (words as u128 * 120 + rate) / (2 * rate);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Where `text` says "I" and "we" as the one who acts. What stands between double quotation marks, curly or
/// straight, is somebody else's speech and does not count; nor do "me", "us", "our" and "let's", the numeral of
/// "Part I" or "World War I", and "I/O".
#[must_use]
pub fn persons(text: &str) -> Persons {
    let quoted = quoted(text);
    let tokens = tokens(text);
    let mut persons = Persons::default();
    for (index, token) in tokens.iter().enumerate() {
        let (stem, ending) = match text[token.clone()].find(is_apostrophe) {
            Some(at) => text[token.clone()].split_at(at),
            None => (&text[token.clone()], ""),
        };
        let of = |endings: &[&str]| ending.split(is_apostrophe).skip(1).all(|part| endings.contains(&part));
        let list = match stem {
            "I" if of(&["d", "ll", "m", "ve"]) && !is_numeral(text, &tokens, index) => &mut persons.i,
            "we" | "We" | "WE" if of(&["d", "ll", "re", "ve"]) => &mut persons.we,
            _ => continue,
        };
        // Ranges do not overlap, so the last one that starts before the word is the only one to hold it.
        let before = quoted.partition_point(|range| range.start <= token.start);
        if before == 0 || quoted[before - 1].end <= token.start {
            list.push(token.clone());
        }
    }
    persons
}

/// Whether the "I" at `index` is a numeral or half of "I/O".
fn is_numeral(text: &str, tokens: &[Range<usize>], index: usize) -> bool {
    let token = &tokens[index];
    let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let (before, after) = (&text[..token.start], &text[token.end..]);
    let behind = after.strip_prefix('/').is_some_and(|rest| capital(rest.chars().next()));
    let in_front = before.strip_suffix('/').is_some_and(|rest| capital(rest.chars().next_back()));
    // "I. Introduction"; but "So did I." ends a line that has begun.
    let heads_line = before.chars().rev().find(|&c| c == '\n' || !c.is_whitespace()).is_none_or(|c| c == '\n');
    if behind || in_front || heads_line && after.starts_with(['.', ')']) {
        return true;
    }
    let Some(previous) = index.checked_sub(1).map(|previous| &tokens[previous]) else { return false };
    let noun = &text[previous.clone()];
    let apart = &text[previous.end..token.start];
    let singular = noun.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(noun).to_lowercase();
    apart.chars().all(char::is_whitespace) && capital(noun.chars().next()) && listed(NUMBERED, &singular)
}

/// What stands between double quotation marks, in order. A mark without its partner in the same paragraph is an
/// inch or a slip, and quotes nothing.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut quoted = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let (mut previous, mut newlines) = (' ', 0);
    for (at, c) in text.char_indices() {
        newlines = if c == '\n' {
            newlines + 1
        } else if c.is_whitespace() {
            newlines
        } else {
            0
        };
        if newlines > 1 {
            open = None;
        }
        let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        match (c, open) {
            ('”', Some((start, '“'))) | ('"', Some((start, '"'))) if c == '”' || !previous.is_whitespace() => {
                quoted.push(start..at);
                open = None;
            }
            ('“', _) => open = Some((at, c)),
            ('"', None) if !next.is_whitespace() && !previous.is_alphanumeric() => open = Some((at, c)),
            _ => {}
        }
        previous = c;
    }
    quoted
}

/// The words of `text` as ranges of bytes, from left to right: what [`words`] counts, without the marks.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let end = at + c.len_utf8();
        let next = characters.peek().map_or(' ', |&(_, next)| next);
        let inside = tokens.last().is_some_and(|token| token.end == at);
        // Accents that stand behind their letter, soft hyphens and joiners are parts of what they stand in.
        let silent = matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        let joins = match c {
            ',' | ':' => previous.is_ascii_digit() && next.is_ascii_digit(),
            '.' | '_' | '-' | '\u{2010}' | '\u{2011}' => next.is_alphanumeric(),
            _ => is_apostrophe(c) && next.is_alphanumeric(),
        };
        if inside && (c.is_alphanumeric() || silent || joins) {
            if let Some(token) = tokens.last_mut() {
                token.end = end;
            }
        } else if c.is_alphanumeric() {
            tokens.push(at..end);
        }
        previous = c;
    }
    tokens
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−')
}

/// Whether the character `c` at `at` is the sign of the number behind it, not a hyphen or a dash.
pub(super) fn is_sign(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let behind = text[at + c.len_utf8()..].trim_start_matches(['$', '€', '£', '¥']);
    (before.is_whitespace() || matches!(before, '(' | '[' | '"' | '“'))
        && behind.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{persons, seconds, words};

    #[test]
    fn words_are_counted_as_they_are_said() {
        for (text, expected) in [
            ("", 0),
            (" \r\n\t — … ", 0),
            ("I fixed it.", 3),
            ("I don’t; we'd not.", 4),
            ("e.g. one", 2),
            ("41 %", 2),
            ("41%", 2),
            ("A & B", 3),
            ("-82 % (down)", 4),
            ("a - b", 2),
            ("1,180 to 212", 3),
            ("1,2, 3", 2),
            ("well-known and/or", 3),
            ("stop.Start", 1),
            ("end. Start", 2),
            ("$5", 2),
            ("a => b -> c", 3),
            ("cafe\u{301} co\u{ad}op", 2),
            ("naïve Zürich 東京", 3),
            ("one\r\ntwo\r\n", 2),
            ("“Stop,” she said", 3),
            ("’tis", 1),
            ("customers’ cards", 2),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn seconds_are_rounded_and_never_fail() {
        for (words, rate, expected) in
            [(0, 140, 0), (140, 140, 60), (105, 140, 45), (1, 140, 0), (2, 140, 1), (1, 120, 1), (5, 0, 300)]
        {
            assert_eq!(seconds(words, rate), expected, "{words} at {rate}");
        }
        assert_eq!(seconds(usize::MAX, 1), u32::MAX);
    }

    #[test]
    fn who_acted_is_found_at_the_word() {
        for (text, i, we) in [
            ("I ran it, and I’m glad; I'd, I've, I'll.", vec!["I", "I’m", "I'd", "I've", "I'll"], vec![]),
            ("We were late. So we're, we’ll, we'd, we've.", vec![], vec!["We", "we're", "we’ll", "we'd", "we've"]),
            ("let's go with us to our i, web, weld and wean", vec![], vec![]),
            ("Type I errors, Part I, World War I, Phase\r\nI and Types I and II", vec![], vec![]),
            ("The part I wrote, the type I chose", vec!["I", "I"], vec![]),
            ("Chapter. I wrote it", vec!["I"], vec![]),
            ("I/O was slow, I-95 too; I/we ran it", vec!["I"], vec!["we"]),
            ("I. Introduction\nI) what\nSo did I.", vec!["I"], vec![]),
            ("She said “we know, I know” and I left.", vec!["I"], vec![]),
            ("She said \"we know\" and we left.", vec![], vec!["we"]),
            ("A 5\" screen that we and I used", vec!["I"], vec!["we"]),
            ("He said \"never\n\nWe did it, said I", vec!["I"], vec!["We"]),
            ("“open and we", vec![], vec!["we"]),
            ("(\"I\") I", vec!["I"], vec![]),
            ("Éclair we", vec![], vec!["we"]),
        ] {
            let persons = persons(text);
            let said = |ranges: &[std::ops::Range<usize>]| -> Vec<&str> {
                ranges.iter().map(|range| &text[range.clone()]).collect()
            };
            assert_eq!((said(&persons.i), said(&persons.we)), (i, we), "{text:?}");
        }
    }
}
