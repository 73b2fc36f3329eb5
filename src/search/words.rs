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

/// Gives each word of `text` to `take`, in order.
pub fn words(text: &str, mut take: impl FnMut(Word<'_>)) {
    let mut word = String::new();
    for chunk in text.split_whitespace() {
        let chunk = folded(chunk);
        if let Some(special) = special(&chunk) {
            take(Word::Special(special));
        }
        if chunk.is_ascii() {
            // The same without looking at each character in turn: nearly all chunks are of this kind.
            let runs = chunk.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
            runs.for_each(|run| take(Word::Plain(&run[..run.len().min(LONGEST)])));
            continue;
        }
        let mut count = 0;
        for c in chunk.chars() {
            let is_alone = stands_alone(c);
            if !c.is_alphanumeric() || is_alone {
                if !word.is_empty() {
                    take(Word::Plain(&word));
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
            take(Word::Plain(&word));
            word.clear();
        }
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
