//! Which heading is a page's title: one title is shown, and where the page has written it, that one with its
//! id and its markup.

use super::Resolver;
use crate::model::parsed::Parsed;

/// Whether the heading that the file opens with is the title of its page. In a book with a SUMMARY.md,
/// which gives the page a name of its own, it is whatever its level; elsewhere one of level 2 is if it says
/// the same.
pub fn is_given_by(resolver: &Resolver<'_>, parsed: &Parsed, title: &str) -> bool {
    parsed.opening().is_some_and(|heading| {
        heading.level == 1
            || resolver.sources.summary.is_some()
            || (heading.level == 2 && says_the_same(&heading.text, title))
    })
}

/// Whether two titles differ in nothing but case, markup, spaces and punctuation.
fn says_the_same(heading: &str, title: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (left, right) = (letters(heading), letters(title));
    if left.is_empty() { heading == title } else { left == right }
}

#[cfg(test)]
mod tests {
    use super::says_the_same;

    #[test]
    fn titles_are_compared_by_their_letters() {
        for (heading, title) in [
            ("What Is B?", "What is B"),
            ("The match thing", "The `match` *thing*"),
            ("日本語", "日本語。"),
            ("?", "?"),
        ] {
            assert!(says_the_same(heading, title), "{heading}");
        }
        for (heading, title) in [("What Is C?", "What is B?"), ("?", "!"), ("Setup 2", "Setup"), ("A", "")] {
            assert!(!says_the_same(heading, title), "{heading}");
        }
    }
}
