//! The info string of an mdBook's code block to a language and what is left out.

/// Words that stand for Rust where a language would.
const RUST: &[&str] = &["ignore", "no_run", "should_panic", "compile_fail", "test_harness", "editable", "playground"];

/// What an info string says.
#[derive(Debug, PartialEq, Eq)]
pub struct Info {
    /// The language, if one is given.
    pub language: String,
    /// What starts the lines that are hidden.
    pub hides: Option<String>,
    /// Words for mdBook and rustdoc, as written.
    pub left_out: Vec<String>,
}

/// Reads an info string. Words are parted by commas and by spaces.
#[must_use]
pub fn read(info: &str) -> Info {
    let mut words = info.split([',', ' ', '\t']).filter(|word| !word.is_empty()).peekable();
    let is_word = |word: &&str| RUST.contains(word) || word.starts_with("edition20") || word.starts_with("hidelines=");
    let language = match words.peek() {
        Some(first) if is_word(first) => "rust".to_owned(),
        Some(_) => words.next().unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let mut hides = None;
    let mut left_out = Vec::new();
    for word in words {
        if let Some(prefix) = word.strip_prefix("hidelines=") {
            hides = Some(prefix.to_owned()).filter(|prefix| !prefix.is_empty());
        } else {
            left_out.push(word.to_owned());
        }
    }
    Info { language, hides, left_out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_the_language_are_mdbooks() {
        let read = |info: &str| {
            let Info { language, hides, left_out } = read(info);
            (language, hides, left_out.join(" "))
        };
        assert_eq!(read("rust,editable,ignore"), ("rust".into(), None, "editable ignore".into()));
        assert_eq!(read("rust edition2021"), ("rust".into(), None, "edition2021".into()));
        assert_eq!(read("should_panic"), ("rust".into(), None, "should_panic".into()));
        assert_eq!(read("python,hidelines=!!!"), ("python".into(), Some("!!!".into()), String::new()));
        assert_eq!(read(""), (String::new(), None, String::new()));
    }
}
