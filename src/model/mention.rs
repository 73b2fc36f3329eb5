//! File names as they stand in texts of any kind. Which file of that name is meant is not told.

use std::collections::BTreeSet;

use super::url::decode;

/// What ends a name in a text. White space and brackets do so too in names, of which the last part counts.
fn is_border(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "/\\\"'`()<>[]{}|,;:=?#&*!$".contains(c)
}

/// The part of a file's name by which it is found in a text; empty when there is none.
#[must_use]
pub fn key(name: &str) -> &str {
    let name = name.trim_end_matches(|c: char| is_border(c) || c == '.');
    name.rsplit(is_border).next().unwrap_or("")
}

/// Which of the `wanted` names (made by [`key()`]) stand in `text`. With `extension`, a word also stands for
/// the file of that name and extension, as in an import.
#[must_use]
pub fn names(text: &str, extension: Option<&str>, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |word: &str| {
        if wanted.contains(word) {
            found.insert(word.to_owned());
        }
    };
    for word in text.split(is_border) {
        let word = word.trim_end_matches('.');
        if word.contains('%') {
            add(key(&decode(word)));
        }
        add(word);
        if let Some(extension) = extension {
            for part in word.split('.').filter(|part| !part.is_empty()) {
                add(&format!("{part}.{extension}"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_texts_in_many_ways() {
        let files = ["a.png", "b c.svg", "d@2x.png", "LICENSE", "util.py", "é (1).gif"];
        let wanted: BTreeSet<String> = files.iter().map(|name| key(name).to_owned()).collect();
        for (text, name) in [
            ("p { background: url(img/a.png) }", "a.png"),
            ("url('../a.png?v=1#x')", "a.png"),
            ("<img srcset=\"x/a.png 1x, x/d@2x.png 2x\">", "d@2x.png"),
            ("{\"src\":\"/icons/a.png\"}", "a.png"),
            ("see b%20c.svg.", "b c.svg"),
            ("open('b c.svg')", "b c.svg"),
            ("the LICENSE.", "LICENSE"),
            ("%C3%A9%20(1).gif", "é (1).gif"),
        ] {
            assert!(names(text, None, &wanted).contains(key(name)), "{text}");
        }
        assert!(names("import util", Some("py"), &wanted).contains("util.py"));
        assert!(names("from x.util import y", Some("py"), &wanted).contains("util.py"));
        for text in ["ba.png", "a.pngx", "util", "a png", ""] {
            assert_eq!(names(text, None, &wanted), BTreeSet::new(), "{text}");
        }
        assert_eq!((key("x/ "), key("...")), ("x", ""));
    }
}
