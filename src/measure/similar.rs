//! Many short texts into the pairs that say nearly the same. Compares words, not meaning; knows no language but
//! the ends of English words.

use std::collections::{BTreeMap, HashMap};

use super::listed;

/// What is passed over, since it asks or joins and does not tell what about. "why", "when", "not" and "without"
/// are no such words: they change a question.
const PASSED_OVER: &str = "
    a about an and any are as at be by can could did do does for from had has have how i if in into is it its me my
    of on or our should so some that the their them there these they this those to us was we were what which will
    with would you your";

/// Other ways to say "not"; apostrophes are gone by then.
const NEGATIONS: &str = "arent cannot cant couldnt didnt doesnt dont hasnt havent isnt shouldnt wasnt wont wouldnt";

/// How many of the texts that share a rare word one text is compared with, and how many entries of the index are
/// read for it. Enough for all in any real bank; where thousands share all their words, the bank is the mistake.
const COMPARED: usize = 400;
const READ: usize = 4 * COMPARED;

/// The near-duplicates among `texts`: (first, second, likeness), sorted, with first < second. Likeness, from 0 to
/// 1, is the share of words that the two have in common of all words they have, without regard to case, order,
/// punctuation, common endings and a short list of words that every question has; 1.0 when nothing is left to tell
/// them apart. A text stands at most once as the second, with the most similar text before it (the first of
/// equals), so that a hundred equal texts make 99 pairs. Pairs below `threshold` are left out; below 0.2 it counts
/// as 0.2. A text without any words is like none.
#[must_use]
pub fn pairs(texts: &[&str], threshold: f32) -> Vec<(usize, usize, f32)> {
    let threshold = threshold.clamp(0.2, 1.0);
    let mut pairs = Vec::new();
    let mut index = Index::default();
    let mut groups: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    for (at, set) in sets(texts).into_iter().enumerate() {
        if set.is_empty() {
            continue;
        }
        if let Some(&first) = groups.get(&set) {
            pairs.push((first, at, 1.0));
            continue;
        }
        if let Some((first, likeness)) = index.closest(&set, threshold) {
            pairs.push((first, at, likeness));
        }
        index.add(&set, at, threshold);
        groups.insert(set, at);
    }
    pairs.sort_unstable_by_key(|&(first, second, _)| (first, second));
    pairs
}

/// Each text as the set of its words: their ranks, the rarest word in the fewest texts first.
fn sets(texts: &[&str]) -> Vec<Vec<u32>> {
    let words: Vec<Vec<String>> = texts.iter().map(|text| telling(text)).collect();
    let mut uses: HashMap<&str, u32> = HashMap::new();
    for word in words.iter().flatten() {
        *uses.entry(word).or_default() += 1;
    }
    let mut ranked: Vec<(u32, &str)> = uses.into_iter().map(|(word, uses)| (uses, word)).collect();
    ranked.sort_unstable();
    let ranks: HashMap<&str, u32> = (0..).zip(ranked).map(|(rank, (_, word))| (word, rank)).collect();
    let set = |words: &Vec<String>| {
        let mut set: Vec<u32> = words.iter().filter_map(|word| ranks.get(word.as_str()).copied()).collect();
        set.sort_unstable();
        set
    };
    words.iter().map(set).collect()
}

/// Texts by the words at the start of their sets. Two sets that are similar enough share one of those: it is
/// enough to look through the few rarest words of each.
#[derive(Default)]
struct Index {
    sets: Vec<(Vec<u32>, usize)>,
    by_word: HashMap<u32, Vec<u32>>,
}

impl Index {
    fn add(&mut self, set: &[u32], at: usize, threshold: f32) {
        let number = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        for &word in &set[..prefix(set.len(), threshold)] {
            self.by_word.entry(word).or_default().push(number);
        }
        self.sets.push((set.to_vec(), at));
    }

    /// The most similar text so far, if it is similar enough.
    fn closest(&self, set: &[u32], threshold: f32) -> Option<(usize, f32)> {
        let lists = set[..prefix(set.len(), threshold)].iter().filter_map(|word| self.by_word.get(word));
        let mut likely: Vec<u32> = lists.flatten().take(READ).copied().collect();
        likely.sort_unstable();
        likely.dedup();
        let mut best: Option<(usize, f32)> = None;
        for number in likely.into_iter().take(COMPARED) {
            let (other, at) = &self.sets[number as usize];
            let likeness = likeness(set, other);
            if likeness >= threshold && best.is_none_or(|(_, most)| likeness > most) {
                best = Some((*at, likeness));
            }
        }
        best
    }
}

/// How many of the rarest of `length` words must be looked through, lest a set as similar as `threshold` is missed.
fn prefix(length: usize, threshold: f32) -> usize {
    // A little less than exact, so that rounding never makes the prefix too short.
    let shared = (length as f32 * threshold - 1e-3).ceil().max(1.0) as usize;
    (length + 1).saturating_sub(shared).clamp(1, length)
}

/// The share of words in common of all words in two sorted sets.
fn likeness(left: &[u32], right: &[u32]) -> f32 {
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        common += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    common as f32 / (left.len() + right.len() - common).max(1) as f32
}

/// The words of `text` that tell what it is about, each once, without their endings; all of them when it has
/// no others.
fn telling(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’' | '\u{ad}')) {
        // "C++" and "C#" are not C.
        let part = c.is_alphanumeric() || matches!(c, '+' | '#') && plain.ends_with(|c: char| !c.is_whitespace());
        if part { plain.extend(c.to_lowercase()) } else { plain.push(' ') }
    }
    let told = |word: &&str| !listed(PASSED_OVER, word);
    let mut words: Vec<String> = plain.split_whitespace().filter(told).map(stem).collect();
    if words.is_empty() {
        words = plain.split_whitespace().map(stem).collect();
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// A lower-case word without its commonest endings: "ranks", "ranked" and "ranking" are one. Not a root, only
/// the same for the same.
fn stem(word: &str) -> String {
    if listed(NEGATIONS, word) {
        return "not".to_owned();
    }
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    // British and American spelling are one.
    let mut word = word.replace("iz", "is");
    if word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
        return word;
    }
    if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        word.pop();
    }
    for ending in ["ing", "ed"] {
        let vowel = |start: &str| start.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if word.strip_suffix(ending).is_some_and(|start| start.len() > 2 && vowel(start)) {
            word.truncate(word.len() - ending.len());
            break;
        }
    }
    // "cached" and "cache", "planning" and "plan", "modelling" and "modeling".
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    let mut last = word.chars().rev();
    if word.len() > 3 && last.next() == last.next() {
        word.pop();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{pairs, stem};

    #[test]
    fn endings_do_not_matter() {
        for group in [
            ["ranks", "ranked", "ranking"],
            ["invent", "invented", "inventing"],
            ["cache", "caching", "caches"],
            ["plan", "planning", "plans"],
            ["model", "modelling", "modeled"],
            ["policy", "policies", "policy"],
            ["authorise", "authorized", "authorising"],
            ["class", "classes", "class"],
        ] {
            assert_eq!((stem(group[0]), stem(group[0])), (stem(group[1]), stem(group[2])), "{group:?}");
        }
        for word in ["", "is", "ring", "red", "sss", "ees", "été", "tls1.3", "eed"] {
            stem(word);
        }
    }

    #[test]
    fn paraphrases_are_found_and_others_not() {
        for (left, right) in [
            (
                "How do you rank threats without invented numbers?",
                "How would you rank threats without inventing numbers?",
            ),
            ("What does a reviewer find that SAST cannot?", "What can a reviewer find which SAST cannot?"),
            ("What does a reviewer find that SAST cannot?", "What do reviewers find that SAST doesn’t?"),
            ("Model a multi-tenant SaaS.", "Model a multi tenant SaaS"),
            ("Don’t panic", "DON'T  panic!"),
            ("And the\r\nreverse?", "and the reverse"),
            ("What would you do?", "What would you do"),
            ("Where do you draw trust boundaries?", "Where should trust boundaries be drawn? Where do you draw them?"),
        ] {
            assert_eq!(pairs(&[left, right], 0.7).len(), 1, "{left:?} and {right:?}");
        }
        for (left, right) in [
            ("Java: what is wrong with startsWith on paths?", "Python: what is wrong with string paths?"),
            ("Model a webhook sender and receiver.", "Model a queue-driven pipeline."),
            ("Review C++ code", "Review C code"),
            ("Why rotate keys?", "When rotate keys?"),
            ("", ""),
            ("?", "!"),
        ] {
            assert_eq!(pairs(&[left, right], 0.7), [], "{left:?} and {right:?}");
        }
    }

    #[test]
    fn each_is_reported_once_against_the_closest_before_it() {
        let texts = [
            "one two three four five six",
            "alpha",
            "one two three four five seven",
            "One, two three four five six!",
            "alpha",
        ];
        let found = pairs(&texts, 0.7);
        assert_eq!(
            found.iter().map(|&(first, second, _)| (first, second)).collect::<Vec<_>>(),
            [(0, 2), (0, 3), (1, 4)]
        );
        assert_eq!(found[1].2, 1.0);
        assert!((found[0].2 - 5.0 / 7.0).abs() < 1e-6);
    }

    /// In a large set the same pairs are found as by comparing all with all.
    #[test]
    fn the_index_misses_nothing() {
        let words =
            ["key", "token", "cache", "tenant", "queue", "proxy", "audit", "rotate", "verify", "revoke", "trust"];
        let texts: Vec<String> = (0..200_usize)
            .map(|number| {
                (0..6)
                    .map(|at| words[(number * 7 + number / 11 * at + at * at) % words.len()])
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for threshold in [0.4, 0.6, 0.75] {
            let found: Vec<usize> = pairs(&texts, threshold).iter().map(|&(_, second, _)| second).collect();
            for second in 0..texts.len() {
                let like = (0..second).any(|first| !pairs(&[texts[first], texts[second]], threshold).is_empty());
                assert_eq!(found.contains(&second), like, "{second} at {threshold}");
            }
        }
    }

    #[test]
    fn thousands_of_equals_stay_cheap() {
        let texts = vec!["How do you rank threats?"; 2_000];
        let found = pairs(&texts, 0.7);
        assert_eq!((found.len(), found[0], found[1_998]), (1_999, (0, 1, 1.0), (0, 1_999, 1.0)));
        let nearly: Vec<String> =
            (0..2_000).map(|number| format!("rank these threats by customer harm today {number}")).collect();
        let nearly: Vec<&str> = nearly.iter().map(String::as_str).collect();
        assert_eq!(pairs(&nearly, 0.7).len(), 1_999);
    }
}
