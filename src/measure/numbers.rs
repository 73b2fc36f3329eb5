//! A spoken text into the places of its numbers that measure something: "-82 %", "$1.2m", "three", "one in five".
//! Numbers that name something do not count: ids, versions, years, dates.

use std::ops::Range;

use super::listed;
use super::speech::{is_minus, is_sign, tokens};

/// Spelled-out numbers from two upwards. "one" alone is an article as often as a number.
const SPELLED: &str = "
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety half halves halved halving twice thrice double
    doubled doubling triple tripled tripling twofold threefold fourfold fivefold tenfold hundredfold";

/// Words that multiply the number before them; alone they are numbers too.
const SCALES: &str =
    "hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens";

/// Parts of a whole that are also places in a row: "a third of them", but "a third party".
const PARTS: &str = "third quarter fifth sixth seventh eighth ninth tenth";

/// What may stand behind "a third" when it is a part.
const OF_A_PART: &str = "as cheaper faster fewer higher less lower more of shorter slower smaller to";

/// What a number with letters right behind it may end in. Case matters: 5 g weigh something, 5G is a network.
const UNITS: &str = "
    k K m M mn b B bn x s ms us µs μs ns min mins h hr hrs d w y kB KB MB GB TB PB KiB MiB GiB TiB kbps Mbps Gbps Hz
    kHz MHz GHz rps qps tps pp pt pts ppm mm cm km g kg lb c p";

/// Words behind a hyphen that make a name of a number: "2-factor", "256-bit".
const NAMING: &str = "bit d eyes factor legged party sided step tier way";

/// Words whose number is a name: "TLS 1.3", "chapter 4", "tier two".
const NAMED: &str = "
    android angular annex appendix article asvs bug chapter cve cwe day django edition figure finding go grade http
    https ios ipv iso issue item java jdk jep layer level line log4j month mysql nist node oauth openid openssl
    owasp page part pci phase php port postgres postgresql pr priority python quarter question rails react release
    rfc room ruby saml section sev severity sha soc spring ssl stage step story table ticket tier tls top v version
    versions web week windows year";

const MONTHS: &str = "
    Jan January Feb February Mar March Apr April May Jun June Jul July Aug August Sep Sept September Oct October Nov
    November Dec December";

/// What a year follows.
const BEFORE_YEARS: &str = "autumn during early fall in late mid since spring summer till until winter year";

/// Words that end in "s" and are no nouns, so what stands before them is not counted in them.
const NO_PLURALS: &str = "across always does goes hers less ours plus this thus was";

/// Where `text` states a measurable number: byte ranges in order, each with its sign or currency before and its
/// scale word and per cent behind ("-82 %", "116 million", "a third", "one in five"). Digits count, and words
/// from two upwards; a bare "one" does not, nor do ids (CWE-79, S3, 2FA), versions (TLS 1.3), years, dates,
/// places in a row (3rd) and times of day (10:30).
#[must_use]
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let words = Words { text, tokens: tokens(text) };
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.tokens.len() {
        match words.number(index) {
            Some((range, next)) => {
                found.push(range);
                index = next;
            }
            None => index += 1,
        }
    }
    found
}

struct Words<'a> {
    text: &'a str,
    tokens: Vec<Range<usize>>,
}

impl Words<'_> {
    fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.text[token.clone()])
    }

    fn lower(&self, index: usize) -> String {
        self.word(index).to_lowercase()
    }

    /// The word before `index`, when only white space stands between.
    fn before(&self, index: usize) -> &str {
        if index > 0 && self.adjoins(index) { self.word(index - 1) } else { "" }
    }

    /// Whether only white space stands before the word at `index` and behind its predecessor.
    fn adjoins(&self, index: usize) -> bool {
        let between =
            index.checked_sub(1).and_then(|before| Some(self.tokens.get(before)?.end..self.tokens.get(index)?.start));
        between.is_some_and(|between| self.text[between].chars().all(char::is_whitespace))
    }

    /// The number that begins with the word at `index`, and the index behind it.
    fn number(&self, index: usize) -> Option<(Range<usize>, usize)> {
        let word = self.lower(index);
        if matches!(word.as_str(), "one" | "1") {
            let mut at = index + 1;
            at += usize::from(self.lower(at) == "out" && self.lower(at + 1) == "of");
            if matches!(self.lower(at).as_str(), "in" | "of") && self.adjoins(at) && self.adjoins(at + 1) {
                // "one of two ideas" is a choice; "one of 40 requests" and "one in two" are rates.
                let rate = self.lower(at) == "in" || self.word(at + 1).starts_with(|c: char| c.is_ascii_digit());
                if let Some((range, next)) = self.plain(at + 1).filter(|_| rate) {
                    return Some((self.tokens[index].start..range.end, next));
                }
            }
        }
        self.plain(index)
    }

    /// The same, without a "one in" before it.
    fn plain(&self, index: usize) -> Option<(Range<usize>, usize)> {
        if self.word(index).starts_with(|c: char| c.is_ascii_digit()) {
            self.digits(index)
        } else {
            self.spelled(index, &self.lower(index))
        }
    }

    /// A number in digits, unless it names something.
    fn digits(&self, index: usize) -> Option<(Range<usize>, usize)> {
        let token = &self.tokens[index];
        let mut start = token.start;
        let mut before = self.text[..start].chars();
        let mut next_before = before.next_back().unwrap_or(' ');
        let currency = matches!(next_before, '$' | '€' | '£' | '¥');
        if currency {
            start -= next_before.len_utf8();
            next_before = before.next_back().unwrap_or(' ');
        }
        if (is_minus(next_before) || next_before == '+')
            && is_sign(self.text, start - next_before.len_utf8(), next_before)
        {
            start -= next_before.len_utf8();
        } else if matches!(next_before, '#' | '/' | '\\' | '@' | '=' | '.' | '_' | '-') && !currency {
            return None;
        }
        let mut next = index + 1;
        // "23/60" is one number, "24/7" is a habit.
        if self.text[token.end..].starts_with('/') && self.tokens.get(next).is_some_and(|n| n.start == token.end + 1) {
            if !self.word(next).starts_with(|c: char| c.is_ascii_digit())
                || (self.word(index), self.word(next)) == ("24", "7")
            {
                return None;
            }
            next += 1;
        }
        let (end, next) = self.with_scale(next);
        let measured = currency || next > index + 1 || end > token.end;
        (measured || is_quantity(self.word(index)) && !self.is_name(index)).then_some((start..end, next))
    }

    /// A number in words.
    fn spelled(&self, index: usize, word: &str) -> Option<(Range<usize>, usize)> {
        let follower = self.lower(index + 1);
        if matches!(word, "a" | "an" | "one") && self.adjoins(index + 1) {
            let told = self.adjoins(index + 2) && listed(OF_A_PART, &self.lower(index + 2));
            // "for a quarter" lasts three months, "by a quarter" takes away.
            let ends = !self.adjoins(index + 2)
                && (follower != "quarter" || listed("by over than to under", &self.before(index).to_lowercase()));
            let part = listed(PARTS, &follower) && (told || ends);
            if part || listed(SCALES, &follower) {
                let (end, next) = self.with_scale(index + 2);
                return Some((self.tokens[index].start..end, next));
            }
        }
        let mut parts = word.split('-');
        let first = parts.next().unwrap_or_default();
        let counts = listed(SPELLED, first) || listed(SCALES, first);
        if !counts || parts.next().is_some_and(|part| listed(NAMING, part)) || self.follows_name(index) {
            return None;
        }
        // "half-baked" is no half, "half-hour" is one too rarely to tell.
        if first == "half" && word != "half" {
            return None;
        }
        let behind = self.adjoins(index + 1) && follower.strip_suffix('s').is_some_and(|part| listed(PARTS, part));
        let (end, next) = self.with_scale(index + 1 + usize::from(behind));
        Some((self.tokens[index].start..end, next))
    }

    /// Where a number ends whose words end before `next`, with the scale words and the per cent behind it.
    fn with_scale(&self, mut next: usize) -> (usize, usize) {
        while self.adjoins(next) && listed(SCALES, &self.lower(next)) {
            next += 1;
        }
        let end = self.tokens.get(next.saturating_sub(1)).map_or(self.text.len(), |token| token.end);
        let behind = self.text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if behind.starts_with(['%', '‰']) {
            let mark = behind.chars().next().map_or(0, char::len_utf8);
            return (self.text.len() - behind.len() + mark, next);
        }
        let cent = usize::from(self.lower(next) == "per") + 1;
        let last = next + cent - 1;
        if self.adjoins(next)
            && (self.lower(next) == "percent" || cent == 2 && self.lower(last) == "cent" && self.adjoins(last))
        {
            return (self.tokens[last].end, last + 1);
        }
        (end, next)
    }

    /// Whether the number at `index` stands behind what it names: "phase two", "week 4". Behind "a week" and "the
    /// line" it measures.
    fn follows_name(&self, index: usize) -> bool {
        let noun = self.before(index);
        let common = noun.chars().all(char::is_lowercase);
        let counted =
            common && index > 0 && listed("a an each every per that the this", &self.before(index - 1).to_lowercase());
        !counted && listed(NAMED, &noun.to_lowercase())
    }

    /// Whether the digits at `index` are a version, a year or a date.
    fn is_name(&self, index: usize) -> bool {
        let (word, before) = (self.word(index), self.before(index));
        let lower = before.to_lowercase();
        let follower = if self.adjoins(index + 1) { self.word(index + 1) } else { "" };
        let plural = follower.len() > 3
            && follower.ends_with('s')
            && !listed(NO_PLURALS, follower)
            && follower.chars().all(|c| c.is_lowercase() || c == '-');
        let counted = plural || matches!(follower, "people" | "children" | "staff" | "men" | "women");
        let acronym = before.chars().filter(|c| c.is_uppercase()).count() > 1 && before != "CVSS";
        let year = |word: &str| word.len() == 4 && matches!(word.parse::<u16>(), Ok(1900..=2099));
        let years = word.split('-').all(year);
        let day = word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
        self.follows_name(index) && !word.contains(',')
            || acronym && word.contains('.')
            || years && (!counted || listed(BEFORE_YEARS, &lower))
            || day && !counted && (listed(MONTHS, before) || listed(MONTHS, follower))
    }
}

/// Whether a word that begins with a digit is a quantity by its form.
fn is_quantity(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '\u{2010}', '\u{2011}']).collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return is_number(first);
    }
    let numeric = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    if parts.iter().all(numeric) {
        // Three parts are a date.
        return parts.len() == 2 && is_number(first) && is_number(last);
    }
    is_number(first) && !listed(NAMING, &parts[1].to_lowercase()) && word != "0-day"
}

/// Whether `part` is digits with separators, and behind them nothing or a unit.
fn is_number(part: &str) -> bool {
    let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
    let unit = &part[digits.len()..];
    let clock = digits.split(':').nth(1).is_some_and(|minutes| minutes.len() == 2);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '_'));
    plain && !clock && digits.matches('.').count() < 2 && (unit.is_empty() || listed(UNITS, unit))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn measures_are_found_whole() {
        for (text, expected) in [
            ("takeovers fell from 1,180 to 212 a month (-82 %)", vec!["1,180", "212", "-82 %"]),
            ("41%, 0.1 points, 3\u{a0}%", vec!["41%", "0.1", "3\u{a0}%"]),
            ("$1.2m or €5 or 165 dollars", vec!["$1.2m", "€5", "165"]),
            ("10x faster, 300ms, 5GB, 20k", vec!["10x", "300ms", "5GB", "20k"]),
            ("116 million, two thousand per cent", vec!["116 million", "two thousand per cent"]),
            ("twelve, twenty-one, half of them, twice", vec!["twelve", "twenty-one", "half", "twice"]),
            ("by a third. A third of them. Two thirds", vec!["a third", "A third", "Two thirds"]),
            ("one in five, 1 in 40, one out of 300", vec!["one in five", "1 in 40", "one out of 300"]),
            ("a hundred, one million, dozens", vec!["a hundred", "one million", "dozens"]),
            ("less by a quarter. A quarter of it", vec!["a quarter", "A quarter"]),
            ("payments for the class 86,000 dollars; line 1,200", vec!["86,000", "1,200"]),
            ("the week 31 pages came", vec!["31"]),
            ("23 of 60, 23/60, 80-90 %", vec!["23", "60", "23/60", "80-90 %"]),
            ("a 45-minute call, a three-month pilot", vec!["45-minute", "three-month"]),
            ("2000 customers, 1,950 and 2010 requests", vec!["2000", "1,950", "2010"]),
            ("On 3 May 40 customers", vec!["40"]),
            ("a ratio of 3:1\r\nand 7", vec!["3:1", "7"]),
            ("−5 °C", vec!["−5"]),
            ("a 9.8 score, CVSS 9.8", vec!["9.8", "9.8"]),
        ] {
            let found: Vec<&str> = numbers(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_that_name_are_none() {
        for text in [
            "",
            "one",
            "no one, one of us",
            "CWE-79, S3, EC2, TM-1, P1, 2FA, IPv4, x86, AES-256, p99",
            "OAuth 2.0 and TLS 1.3, HTTP 404, SOC 2, ISO 27001, SAML 2.0, FIPS 1.2, Python 3.12",
            "in 2024, since 2019, 2019-2022, (2024), In Q3 2024 we",
            "on 3 May, May 3, March 12th, 12 March 2024, 2024-05-01",
            "the 3rd and the 21st",
            "at 10:30",
            "24/7",
            "10.0.0.1 and 1.2.3",
            "#12, orders/42, file.9",
            "phase two, tier 3, by month four, in week four, day 3",
            "for a quarter.",
            "two-factor, 2-step, 256-bit, 0-day",
            "a third party",
            "last quarter",
            "half-baked",
            "zero trust, 3DES, 5G",
            "first, second, third",
            "東京",
            "the 1990 was",
        ] {
            let found: Vec<&str> = numbers(text).into_iter().map(|range| &text[range]).collect();
            assert!(found.is_empty(), "{text:?}: {found:?}");
        }
    }

    /// No input panics, and what is found lies in order on character borders.
    #[test]
    fn any_text_is_taken() {
        let pieces = [
            "1", "one", " in ", "%", " ", "-", "€", "/", ".", "é", "\u{301}", "third", "a ", "per ", "cent", "’",
            "\r\n",
        ];
        for seed in 0..4_000_usize {
            let (mut text, mut state) = (String::new(), seed);
            for _ in 0..7 {
                text += pieces[state % pieces.len()];
                state = state / pieces.len() + state * 7 + 3;
            }
            let mut end = 0;
            for range in numbers(&text) {
                assert!(
                    range.start >= end && text.get(range.clone()).is_some_and(|found| !found.is_empty()),
                    "{text:?}"
                );
                end = range.end;
            }
        }
    }
}
