//! A code sample into the places in its comments that tell a reader what to find there.

use std::ops::Range;

use super::{comments, listed};

/// Words that say it alone, and their beginnings where a star ends them. Written in lower case.
const WORDS: &str = "
    attack* csrf exploit* flaw flawed flaws idor injection injections insecure* rce redos sqli ssrf toctou unescaped
    unsafe* unsanitised unsanitized unvalidated vuln vulns vulnerab* xsrf xss xxe";

/// Words that say it together; one alternative of each group, in order. What honest comments say too is left out:
/// "no permission", "if the box is not checked", "unverified accounts".
const PHRASES: &[&[&str]] = &[
    &["race", "condition* conditions"],
    &["path directory", "traversal"],
    &["security", "bug* hole* issue* problem* risk* weakness*"],
    &["todo fixme hack", "sec security"],
    &["no missing lacks without", "check checks checking escaping sanitis* sanitiz* validat* verification"],
    &[
        "no missing lacks",
        "access auth* owner* permission* role signature tenant",
        "check checks validation verification",
    ],
    &["should must needs", "to", "be", "check* escap* sanitis* sanitiz* validat* verif*"],
    &["should must needs", "be", "check* escap* sanitis* sanitiz* validat* verif*"],
    &["should must", "check* escape sanitise sanitize validate verify"],
    &["not never isnt arent", "escaped sanitised sanitized validated verified"],
    &["does do did", "not", "check* escape sanitise sanitize validate verify"],
    &["doesnt dont didnt", "check* escape sanitise sanitize validate verify"],
];

/// Words before "injection" that make it a way to build programs.
const HARMLESS: &str = "constructor dependency field setter";

/// Where the comments of `code` give the answer away, in order, as byte ranges that do not overlap: words such as
/// "insecure", "exploit" or "XSS", a CWE or CVE number, "BUG", and phrases such as "no check", "should validate",
/// "not sanitised". Strings and code are passed over, and so are names inside comments (`csrf_token`). `language`
/// is as [`comments::comments`] takes it; of a language that is not known, nothing is found.
#[must_use]
pub fn comments(code: &str, language: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for comment in comments::comments(code, language) {
        let words = words(&code[comment.clone()]);
        let mut index = 0;
        while index < words.len() {
            match told(&words[index..], index.checked_sub(1).map(|before| &words[before])) {
                0 => index += 1,
                length => {
                    let place = words[index].range.start..words[index + length - 1].range.end;
                    found.push(comment.start + place.start..comment.start + place.end);
                    index += length;
                }
            }
        }
    }
    found
}

struct Word<'a> {
    range: Range<usize>,
    written: &'a str,
    lower: String,
    /// Only white space and marks of comments stand between this word and the one before it.
    follows: bool,
}

/// How many of the words from the first on give the answer away.
fn told(words: &[Word], before: Option<&Word>) -> usize {
    let Some(first) = words.first() else { return 0 };
    let longest = PHRASES.iter().filter(|phrase| says(words, phrase)).map(|phrase| phrase.len()).max();
    if let Some(length) = longest {
        return length;
    }
    if matches!(first.lower.as_str(), "cwe" | "cve") {
        let numbers = words[1..].iter().take(2).take_while(|word| word.follows && is_number(word.written)).count();
        return if numbers > 0 { 1 + numbers } else { 0 };
    }
    let harmless = first.lower.starts_with("injection") && before.is_some_and(|before| listed(HARMLESS, &before.lower));
    let single = WORDS.split_whitespace().any(|pattern| fits(pattern, &first.lower));
    usize::from(single && !harmless || first.written == "BUG")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the words start with the phrase.
fn says(words: &[Word], phrase: &[&str]) -> bool {
    words.len() >= phrase.len()
        && words.iter().zip(phrase).enumerate().all(|(index, (word, choices))| {
            (index == 0 || word.follows) && choices.split(' ').any(|pattern| fits(pattern, &word.lower))
        })
}

fn fits(pattern: &str, word: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == word, |start| word.starts_with(start))
}

/// The words of a comment. A name such as `csrf_token` or `isUnsafe` is one word; apostrophes are left out.
fn words(comment: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '’');
    let mut at = 0;
    let mut follows = false;
    while let Some(c) = comment[at..].chars().next() {
        if !in_word(c) {
            follows &= c.is_whitespace() || matches!(c, '*' | '/' | '#' | '-' | ':');
            at += c.len_utf8();
            continue;
        }
        let end = comment[at..].find(|c| !in_word(c)).map_or(comment.len(), |length| at + length);
        let written = &comment[at..end];
        let trimmed = written.trim_matches(['\'', '’']);
        let start = at + written.len() - written.trim_start_matches(['\'', '’']).len();
        let lower = trimmed.replace(['\'', '’'], "").to_lowercase();
        if !lower.is_empty() {
            words.push(Word { range: start..start + trimmed.len(), written: trimmed, lower, follows });
            follows = true;
        }
        at = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::comments;

    fn found<'a>(code: &'a str, language: &str) -> Vec<&'a str> {
        comments(code, language).into_iter().map(|range| &code[range]).collect()
    }

    #[test]
    fn what_gives_the_answer_away_is_found() {
        for (comment, expected) in [
            ("this is vulnerable to XSS", vec!["vulnerable", "XSS"]),
            ("An attacker’s exploit", vec!["attacker’s", "exploit"]),
            ("CWE-639: IDOR, see CVE-2021-44228", vec!["CWE-639", "IDOR", "CVE-2021-44228"]),
            ("race\n * condition here", vec!["race\n * condition"]),
            ("no check here. Missing checks", vec!["no check", "Missing checks"]),
            ("no owner check; missing tenant-check", vec!["no owner check", "missing tenant-check"]),
            ("we should validate it, it must be escaped", vec!["should validate", "must be escaped"]),
            (
                "not sanitised, never validated, isn't escaped",
                vec!["not sanitised", "never validated", "isn't escaped"],
            ),
            ("doesn’t verify; does not check", vec!["doesn’t verify", "does not check"]),
            ("BUG: off by one. A bug in the parser", vec!["BUG"]),
            ("SQL injection", vec!["injection"]),
            ("path traversal and a security hole", vec!["path traversal", "security hole"]),
            ("insecurely, unsafe!, TOCTOU", vec!["insecurely", "unsafe", "TOCTOU"]),
            ("todo sec: later", vec!["todo sec"]),
            ("(flaw)", vec!["flaw"]),
        ] {
            assert_eq!(found(&format!("/* {comment} */ call();"), "java"), expected, "{comment}");
        }
        assert_eq!(found(&"x = 1 # fixme(security)".to_uppercase(), "python"), Vec::<&str>::new());
        assert_eq!(found(&"x = 1 # fixme security".to_uppercase(), "python"), ["fixme security".to_uppercase()]);
    }

    #[test]
    fn harmless_comments_code_and_strings_are_passed_over() {
        for comment in [
            "constructor injection",
            "flawless debugging",
            "the csrf_token, isUnsafe and check_xss",
            "no. Check the id",
            "checked by the gateway",
            "validates the input",
            "no retries",
            "should not happen",
            "a bug tracker",
            "the security team",
            "no permission, no input",
            "if the box is not checked",
            "an unchecked exception",
            "race to the end",
            "not found",
            "see RFC 7519",
            "cwe",
            "été ’’ '",
        ] {
            assert_eq!(found(&format!("/* {comment} */"), "java"), Vec::<&str>::new(), "{comment}");
        }
        assert_eq!(found("unsafe(\"// XSS\"); exploit()", "java"), Vec::<&str>::new());
        assert_eq!(found("// XSS", "unknown"), Vec::<&str>::new());
    }

    #[test]
    fn documentation_of_python_counts_and_places_are_exact() {
        let code = "é = 1\r\ndef f():\r\n    \"\"\"Returns it, unsafe.\"\"\"\r\n";
        assert_eq!(found(code, "py"), ["unsafe"]);
    }
}
