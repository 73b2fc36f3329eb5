//! Turns a fence's token or a file's name into a language, and a language into
//! its grammar. Must not know text, classes or HTML.

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::SyntaxReference;

use super::GRAMMARS;
use super::table::{ENDLESS, LANGUAGES, Reading, Row};
use crate::base;

/// Whether syntect is the one in `vendor/`, with which every grammar comes to an end. A package from a registry has a
/// manifest without `[patch]`, and is compiled with syntect as it was published.
static IS_PATCHED: LazyLock<bool> = LazyLock::new(|| is_patched(include_str!("../../Cargo.toml")));

fn is_patched(manifest: &str) -> bool {
    manifest.lines().any(|line| line == "[patch.crates-io]")
}

/// A language that a block may name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Language(u8);

impl Language {
    /// What people call it, such as "Python".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub(super) fn grammar(self) -> Option<&'static SyntaxReference> {
        let grammar = match self.row().reading {
            Reading::Plain => return None,
            Reading::As(grammar) | Reading::TextBlocks(grammar) | Reading::Session(grammar, _) => grammar,
        };
        GRAMMARS.find_syntax_by_name(if *IS_PATCHED { grammar } else { that_ends(grammar) })
    }

    pub(super) fn reading(self) -> &'static Reading {
        &self.row().reading
    }

    fn row(self) -> &'static Row {
        &LANGUAGES[usize::from(self.0)]
    }
}

/// Every token, in lower case, with its language.
static TOKENS: LazyLock<HashMap<&'static str, Language>> = LazyLock::new(|| {
    let rows = (0..).map(Language).zip(LANGUAGES);
    rows.flat_map(|(language, row)| row.tokens.split_ascii_whitespace().map(move |token| (token, language))).collect()
});

/// The language that a fence's token names, in any case.
pub fn language(token: &str) -> Option<Language> {
    TOKENS.get(token.to_ascii_lowercase().as_str()).copied()
}

/// The language of a file, by its whole name or else by its extension. None for
/// what is not worth showing as code: images, archives, documents.
pub fn language_of_file(name: &str) -> Option<Language> {
    let of =
        |name: &str| position(|row| row.files.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(name)));
    let extension = name.rfind('.').map(|dot| &name[dot..]);
    of(name).or_else(|| extension.and_then(of))
}

/// Every token that `language` knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(|row| row.tokens.split_ascii_whitespace())
}

/// The token that a misspelt one was probably meant to be.
pub fn nearest(token: &str) -> Option<&'static str> {
    // Short words are a slip away from others, and more than a slip makes another language.
    let near = base::nearest::nearest(token, names()).filter(|_| token.chars().count() > 4)?;
    base::nearest::distance_within(token, near, 1).map(|_| near)
}

/// The grammar itself, or the one to use where nothing ends it.
fn that_ends(grammar: &'static str) -> &'static str {
    ENDLESS.iter().find(|(endless, _)| *endless == grammar).map_or(grammar, |(_, instead)| instead)
}

fn position(found: impl Fn(&Row) -> bool) -> Option<Language> {
    let index = LANGUAGES.iter().position(found)?;
    Some(Language(u8::try_from(index).expect("fewer than 256 languages")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_grammar_and_no_token_two_rows() {
        let mut tokens = std::collections::HashSet::new();
        let mut files = std::collections::HashSet::new();
        for (index, row) in LANGUAGES.iter().enumerate() {
            let language = Language(u8::try_from(index).unwrap());
            assert_eq!(language.grammar().is_none(), matches!(row.reading, Reading::Plain), "{}", row.name);
            for token in row.tokens.split_ascii_whitespace() {
                assert!(token == token.to_lowercase(), "{token}");
                assert!(tokens.insert(token), "{token} names two languages");
            }
            for file in row.files.split_ascii_whitespace() {
                assert!(files.insert(file.to_lowercase()), "{file} belongs to two languages");
            }
        }
    }

    #[test]
    fn without_the_patch_no_grammar_is_used_that_may_go_round() {
        assert!(*IS_PATCHED, "this repository builds with the patch");
        assert!(!is_patched("# [patch.crates-io]\n[dependencies]\nsyntect = \"=5.3.0\"\n"));
        for row in LANGUAGES {
            let (Reading::As(grammar) | Reading::TextBlocks(grammar) | Reading::Session(grammar, _)) = row.reading
            else {
                continue;
            };
            let used = that_ends(grammar);
            assert!(!["JavaScript", "Svelte"].contains(&used), "{} is read by {used}", row.name);
            assert!(GRAMMARS.find_syntax_by_name(used).is_some(), "{used}");
        }
        assert_eq!(that_ends("Svelte"), "HTML");
    }

    #[track_caller]
    fn check(found: Option<Language>, name: &str) {
        assert_eq!(found.map(Language::name), Some(name));
    }

    #[test]
    fn tokens_are_names_aliases_and_extensions_in_any_case() {
        for token in ["python", "Python", "py", "PY3"] {
            check(language(token), "Python");
        }
        check(language("c++"), "C++");
        check(language("yml"), "YAML");
        check(language("plaintext"), "Plain text");
        check(language("shell-session"), "Shell session");
        assert_eq!(language("c"), language("C"));
        assert_ne!(language("c"), language("cpp"));
        for token in ["", " ", "klingon", "python ", "py rs"] {
            assert_eq!(language(token), None, "{token:?}");
        }
    }

    #[test]
    fn relatives_of_javascript_share_the_grammar_that_ends() {
        for token in ["javascript", "JavaScript", "js", "mjs", "cjs", "jsx", "node"] {
            check(language(token), "JavaScript");
        }
        assert_eq!(language("js").unwrap().grammar().unwrap().name, "JavaScript (Babel)");
    }

    #[test]
    fn files_go_by_whole_name_then_by_extension() {
        check(language_of_file("app.test.mjs"), "JavaScript");
        check(language_of_file("Main.JAVA"), "Java");
        check(language_of_file("Dockerfile"), "Dockerfile");
        check(language_of_file("dev.Dockerfile"), "Dockerfile");
        check(language_of_file(".gitignore"), "Git ignore list");
        check(language_of_file("CMakeLists.txt"), "CMake");
        check(language_of_file("notes.txt"), "Plain text");
        for name in ["a.png", "a.svg", "a.zip", "a.tar.gz", "a.pdf", "README.md", "py", "", ".", "a."] {
            assert_eq!(language_of_file(name), None, "{name:?}");
        }
    }

    #[test]
    fn the_nearest_token_is_one_slip_away() {
        assert_eq!(nearest("pyhton"), Some("python"));
        assert_eq!(nearest("Javascrpt"), Some("javascript"));
        assert_eq!(nearest("typscript"), Some("typescript"));
        assert_eq!(nearest("yamll"), Some("yaml"));
        assert_eq!(nearest("klingon"), None);
        assert_eq!(nearest("cypher"), None);
        assert_eq!(nearest("code"), None);
        assert_eq!(nearest(""), None);
    }
}
