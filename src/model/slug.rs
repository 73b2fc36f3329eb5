//! Heading text to anchor id, by GitHub's rules, since the guide is read there too. The oracle is
//! github-slugger (`tests/slugs/`).

use std::collections::HashMap;

use super::slug_ranges::REMOVED;

/// Gives ids to the headings of one document; a repeated id gets `-1`, `-2` ….
#[derive(Debug, Default)]
pub struct Slugger {
    /// How often an id was given, by id.
    given: HashMap<String, usize>,
}

impl Slugger {
    /// The id of the next heading, whose text without markup is `text`.
    pub fn slug(&mut self, text: &str) -> String {
        self.reserve(&slug(text))
    }

    /// `base`, or `base` with the first free number behind it.
    pub fn reserve(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while self.given.contains_key(&id) {
            let count = self.given.entry(base.to_owned()).or_default();
            *count += 1;
            id = format!("{base}-{count}");
        }
        self.given.insert(id.clone(), 0);
        id
    }
}

/// The id of a heading taken alone.
#[must_use]
pub fn slug(text: &str) -> String {
    text.to_lowercase().chars().filter(|&c| !removed(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn removed(c: char) -> bool {
    let code = u32::from(c);
    let after = REMOVED.partition_point(|&(first, _)| first <= code);
    after > 0 && code <= REMOVED[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        headings: Vec<String>,
        ids: Vec<String>,
    }

    #[test]
    fn ids_are_those_of_github_slugger() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/slugs/cases.json")).expect("JSON");
        let mut headings = 0;
        for case in cases {
            let mut slugger = Slugger::default();
            for (heading, id) in case.headings.iter().zip(&case.ids) {
                assert_eq!(&slugger.slug(heading), id, "{heading:?} in {:?}", case.headings);
                headings += 1;
            }
        }
        assert!(headings >= 150);
    }

    #[test]
    fn the_removed_characters_are_those_of_github_slugger() {
        let ranges: Vec<(u32, u32)> =
            serde_json::from_str(include_str!("../../tests/slugs/removed-ranges.json")).expect("JSON");
        assert_eq!(ranges, REMOVED);
    }
}
