//! Words that are forms of one another. The only file that knows the stemmers (Snowball's).

use pagefind_stem::{Algorithm, Stemmer};

/// What finds the forms of words of one language.
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// For the language of that tag (BCP 47); without a stemmer for it, every word is a form of itself alone.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let algorithm = match language.split('-').next().unwrap_or("").to_ascii_lowercase().as_str() {
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "sv" => Algorithm::Swedish,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }

    /// What all forms of `word` have in common; `None` for one without others. A form that does not start with it, but
    /// for its last letter, is none: forms must stand near each other in the order of words.
    #[must_use]
    pub fn stem(&self, word: &str) -> Option<String> {
        let stemmer = self.0.as_ref()?;
        if word.len() < 3 || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let stem = stemmer.stem(word);
        let last = stem.chars().next_back()?;
        word.starts_with(&stem[..stem.len() - last.len_utf8()]).then(|| stem.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Stems;

    #[test]
    fn forms_have_one_stem() {
        let stems = Stems::of("en-GB");
        for forms in [
            ["attack", "attacking", "attacks"],
            ["modeling", "modelled", "modelling"],
            ["policies", "policy", "policy"],
        ] {
            let stem = stems.stem(forms[0]);
            assert!(stem.is_some() && stems.stem(forms[1]) == stem, "{forms:?}");
        }
        assert_eq!(stems.stem("dying"), None);
        assert_eq!(stems.stem("s3"), None);
        assert_eq!(Stems::of("ja").stem("attack"), None);
    }
}
