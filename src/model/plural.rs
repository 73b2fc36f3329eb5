//! A language and a whole number to the form of words that goes with it: the cardinal rules of Unicode's CLDR for numbers
//! without fractions. A language that is not here has one form for 1 and another for the rest.

/// The names of the forms, as CLDR and `Intl.PluralRules` have them.
pub const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// The form for `count` in the language of `tag`.
#[must_use]
pub fn form(tag: &str, count: u64) -> &'static str {
    let language = tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    let (tens, hundreds) = (count % 10, count % 100);
    let in_teens = (11..=19).contains(&hundreds);
    match language.as_str() {
        "bo" | "dz" | "id" | "ig" | "ii" | "ja" | "jv" | "km" | "ko" | "lo" | "ms" | "my" | "th" | "to" | "vi"
        | "wo" | "yo" | "yue" | "zh" => "other",
        "am" | "as" | "bn" | "fa" | "ff" | "gu" | "hi" | "hy" | "kab" | "kn" | "zu" if count < 2 => "one",
        "ak" | "ln" | "mg" | "nso" | "pa" | "ti" | "wa" if count < 2 => "one",
        "fr" | "pt" if count < 2 && !tag.eq_ignore_ascii_case("pt-PT") => "one",
        // Where a million is said with "of" behind it.
        "ca" | "es" | "fr" | "it" | "pt" if count > 0 && count.is_multiple_of(1_000_000) => "many",
        "he" | "iu" | "naq" | "se" | "sma" | "smj" | "sms" if count == 2 => "two",
        "ar" => match (count, hundreds) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "be" | "ru" | "uk" => match (tens, hundreds) {
            (1, _) if hundreds != 11 => "one",
            (2..=4, _) if !in_teens => "few",
            _ => "many",
        },
        "bs" | "hr" | "sh" | "sr" => match tens {
            1 if hundreds != 11 => "one",
            2..=4 if !in_teens => "few",
            _ => "other",
        },
        "cs" | "sk" => match count {
            1 => "one",
            2..=4 => "few",
            _ => "other",
        },
        "cy" => match count {
            0 => "zero",
            1 => "one",
            2 => "two",
            3 => "few",
            6 => "many",
            _ => "other",
        },
        "ga" => match count {
            1 => "one",
            2 => "two",
            3..=6 => "few",
            7..=10 => "many",
            _ => "other",
        },
        "gd" => match count {
            1 | 11 => "one",
            2 | 12 => "two",
            3..=10 | 13..=19 => "few",
            _ => "other",
        },
        "is" | "mk" if tens == 1 && hundreds != 11 => "one",
        "is" | "mk" => "other",
        "lt" => match tens {
            1 if !in_teens => "one",
            2..=9 if !in_teens => "few",
            _ => "other",
        },
        "lv" => match tens {
            0 => "zero",
            _ if in_teens => "zero",
            1 => "one",
            _ => "other",
        },
        "mt" => match (count, hundreds) {
            (1, _) => "one",
            (2, _) => "two",
            (0, _) | (_, 3..=10) => "few",
            (_, 11..=19) => "many",
            _ => "other",
        },
        "pl" => match tens {
            _ if count == 1 => "one",
            2..=4 if !in_teens => "few",
            _ => "many",
        },
        "mo" | "ro" => match (count, hundreds) {
            (1, _) => "one",
            (0, _) | (_, 1..=19) => "few",
            _ => "other",
        },
        "fil" | "tl" if !matches!(tens, 4 | 6 | 9) => "one",
        "fil" | "tl" => "other",
        "sl" => match hundreds {
            1 => "one",
            2 => "two",
            3 | 4 => "few",
            _ => "other",
        },
        _ if count == 1 => "one",
        _ => "other",
    }
}

/// The forms that the language of `tag` has.
#[must_use]
pub fn forms(tag: &str) -> Vec<&'static str> {
    let has = |wanted: &&&'static str| is_common(tag, wanted) || form(tag, 1_000_000) == **wanted;
    FORMS.iter().filter(has).copied().collect()
}

/// Whether a number that is often met has the form `wanted`, or a fraction would: every language has `other` for these.
#[must_use]
pub fn is_common(tag: &str, wanted: &str) -> bool {
    wanted == "other" || (0..=200).any(|count| form(tag, count) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_the_forms_that_its_numbers_take() {
        for row in ["en: one other", "ja: other", "pl: one few many other", "fr: one many other"] {
            let (tag, wanted) = row.split_once(": ").expect("a tag and its forms");
            assert_eq!(forms(tag).join(" "), wanted, "{tag}");
        }
        let rare = "many";
        assert!(!is_common("fr", rare));
    }

    // What `new Intl.PluralRules(tag).select(count)` says: tests/js/text.test.mjs compares the two.
    #[test]
    fn each_language_has_its_own_forms() {
        for (tag, forms) in [
            ("en-GB", "0 other, 1 one, 2 other, 11 other, 21 other"),
            ("de", "0 other, 1 one, 2 other"),
            ("ja", "0 other, 1 other, 5 other"),
            ("fr", "0 one, 1 one, 2 other, 1000000 many"),
            ("pt-PT", "0 other, 1 one, 2 other"),
            ("pl", "0 many, 1 one, 2 few, 5 many, 12 many, 22 few, 101 many"),
            ("ru", "0 many, 1 one, 3 few, 5 many, 11 many, 13 many, 21 one"),
            ("ar", "0 zero, 1 one, 2 two, 3 few, 11 many, 100 other, 103 few"),
            ("cs", "0 other, 1 one, 4 few, 5 other"),
            ("lv", "0 zero, 1 one, 11 zero, 21 one, 22 other"),
            ("sl", "1 one, 102 two, 103 few, 5 other"),
        ] {
            for pair in forms.split(", ") {
                let (count, wanted) = pair.split_once(' ').expect("a number and a form");
                assert_eq!(form(tag, count.parse().expect("a number")), wanted, "{tag} {count}");
            }
        }
    }
}
