//! A text to the words that are searched, the same words that a query is cut into.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters that a word may have at most; what follows is not told apart.
const LONGEST: usize = 40;

/// What a special word may start with.
const LEADS: &str = ".-#@$/~_*";

/// What a special word may end with.
const ENDS: &str = "+#";

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word<'a> {
    /// Letters and digits.
    Plain(&'a str),
    /// One that has more about it than letters and digits, such as `.env`, `--flag`, `c++`. Its plain words follow, and
    /// it stands where the first of them does.
    Special(&'a str),
}

/// What a byte is to a word: a bit each.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const OTHER: u8 = 4;
const SPACE: u8 = 8;

/// Of each byte, which it is. Those of characters beyond ASCII are `OTHER`, though there are spaces among them.
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => LOWER,
            b'A'..=b'Z' => UPPER,
            9..=13 | b' ' => SPACE,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};

/// Gives each word of `text` to `take`, in order.
pub fn words(text: &str, mut take: impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut word = String::new();
    let mut end = 0;
    while end < bytes.len() {
        let start = end;
        let mut seen = 0;
        while end < bytes.len() && KINDS[bytes[end] as usize] != SPACE {
            seen |= KINDS[bytes[end] as usize];
            end += 1;
        }
        let chunk = &text[start..end];
        end += 1;
        // Nearly all chunks are letters and digits of ASCII, and nothing else.
        match seen {
            0 => {}
            LOWER => take(Word::Plain(&chunk[..chunk.len().min(LONGEST)])),
            seen if seen & OTHER == 0 => {
                word.push_str(&chunk[..chunk.len().min(LONGEST)]);
                word.make_ascii_lowercase();
                take(Word::Plain(&word));
                word.clear();
            }
            _ => chunk.split_whitespace().for_each(|chunk| words_of_chunk(chunk, &mut word, &mut take)),
        }
    }
}

/// The words of what has no space in it. `word` is empty before and after.
fn words_of_chunk(chunk: &str, word: &mut String, take: &mut impl FnMut(Word<'_>)) {
    let chunk = folded(chunk);
    if let Some(special) = special(&chunk) {
        take(Word::Special(special));
    }
    if chunk.is_ascii() {
        // The same without looking at each character in turn.
        let runs = chunk.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
        runs.for_each(|run| take(Word::Plain(&run[..run.len().min(LONGEST)])));
        return;
    }
    let mut count = 0;
    for c in chunk.chars() {
        let is_alone = stands_alone(c);
        if !c.is_alphanumeric() || is_alone {
            if !word.is_empty() {
                take(Word::Plain(word));
                word.clear();
            }
            count = 0;
        }
        if is_alone {
            take(Word::Plain(c.encode_utf8(&mut [0; 4])));
        } else if c.is_alphanumeric() && count < LONGEST {
            word.push(c);
            count += 1;
        }
    }
    if !word.is_empty() {
        take(Word::Plain(word));
        word.clear();
    }
}

/// The plain words of `text`.
#[must_use]
pub fn plain(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| {
        if let Word::Plain(word) = word {
            found.push(word.to_owned());
        }
    });
    found
}

/// A chunk without accents, capitals and apostrophes.
fn folded(chunk: &str) -> Cow<'_, str> {
    if chunk.bytes().all(|b| b.is_ascii_lowercase() || (b.is_ascii() && !b.is_ascii_alphabetic() && b != b'\'')) {
        return Cow::Borrowed(chunk);
    }
    let is_kept = |c: &char| !is_combining_mark(*c) && !matches!(c, '\'' | '\u{2019}');
    if chunk.is_ascii() {
        return Cow::Owned(chunk.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()).collect());
    }
    Cow::Owned(chunk.nfd().filter(is_kept).collect::<String>().to_lowercase())
}

/// The chunk without what merely stands around it, if it starts or ends with a sign that matters.
fn special(chunk: &str) -> Option<&str> {
    if chunk.starts_with(char::is_alphanumeric) && chunk.ends_with(char::is_alphanumeric) {
        return None;
    }
    let start = chunk.trim_start_matches(|c: char| !c.is_alphanumeric() && !LEADS.contains(c));
    let whole = start.trim_end_matches(|c: char| !c.is_alphanumeric() && !ENDS.contains(c));
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let is_special = (is_sign(whole.chars().next()) || is_sign(whole.chars().next_back()))
        && whole.contains(char::is_alphanumeric)
        && whole.chars().count() <= LONGEST;
    is_special.then_some(whole)
}

/// Whether a character belongs to a script that puts no spaces between words: there each character is a word.
fn stands_alone(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c,
            '\u{e00}'..='\u{eff}' // Thai, Lao
            | '\u{1000}'..='\u{109f}' // Myanmar
            | '\u{1780}'..='\u{17ff}' // Khmer
            | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' // Kana
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
            | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let mut all = Vec::new();
        words(text, |word| {
            all.push(match word {
                Word::Plain(word) => word.to_owned(),
                Word::Special(word) => format!("<{word}>"),
            });
        });
        all.join(" ")
    }

    #[test]
    fn words_are_letters_and_digits() {
        for (text, expected) in [
            ("Threat modelling, at scale.", "threat modelling at scale"),
            ("CWE-79 A01:2021 S3 C", "cwe 79 a01 2021 s3 c"),
            ("don't Amazon’s", "dont amazons"),
            ("Ünïcode ΣΊΣΥΦΟΣ İstanbul", "unicode σισυφος istanbul"),
            ("(see e.g. `set_cookie`)", "see e g set cookie"),
            ("脅威モデル2つ", "脅 威 モ テ ル 2 つ"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
        assert_eq!(found(&"a".repeat(50)), "a".repeat(LONGEST));
    }

    proptest::proptest! {
        #[test]
        fn chunks_of_letters_alone_are_cut_as_all_are(text in "([a-zA-Z0-9]{0,50}|[-.'é\u{a0}\u{1c}世 \n\u{b}]|\\PC){0,20}") {
            let mut slow = Vec::new();
            let mut word = String::new();
            let mut note = |word: Word<'_>| slow.push(format!("{word:?}"));
            text.split_whitespace().for_each(|chunk| words_of_chunk(chunk, &mut word, &mut note));
            let mut quick = Vec::new();
            words(&text, |word| quick.push(format!("{word:?}")));
            proptest::prop_assert_eq!(quick, slow);
        }
    }

    #[test]
    fn signs_before_and_behind_a_word_may_matter() {
        for (text, expected) in [
            (".env, (--flag)", "<.env> env <--flag> flag"),
            ("C++ and C#.", "<c++> c and <c#> c"),
            ("`@RequestMapping`", "<@requestmapping> requestmapping"),
            ("/etc/passwd: $_GET", "</etc/passwd> etc passwd <$_get> get"),
            ("- -- ... 'a'", "a"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
