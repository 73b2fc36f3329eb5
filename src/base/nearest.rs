//! The nearest existing name for one that does not exist: "did you mean".

use std::collections::HashMap;
use std::sync::OnceLock;

/// Longer names, in bytes, are nobody's slip of the pen, and comparing costs the product of lengths.
const LONGEST: usize = 300;

/// How many names of many one is compared with.
const COMPARED: usize = 40;

/// How many entries of the index of pairs one look may read.
const READ: usize = 15 * COMPARED;

/// The candidate closest to `name`, if it is close enough to be what was meant: at most a third of the
/// name's characters (and at least one) need editing. Ties go to the first candidate in order.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within(name, limit(name), candidates)
}

/// How many edits may lie between `name` and what was meant.
fn limit(name: &str) -> usize {
    (name.chars().count() / 3).max(1)
}

fn within<'a>(name: &str, limit: usize, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let bound = best.map_or(limit, |(distance, _)| distance - 1);
        if let Some(distance) = distance_within(name, candidate, bound) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Names that are asked for again and again. A look costs the same however many there are: in large sets
/// only those names are compared that share the rarest pairs of characters with the one asked for, so the
/// answer may not be the very nearest.
pub struct Nearest<'a> {
    names: Vec<&'a str>,
    by_pair: OnceLock<HashMap<Pair, Vec<u32>>>,
}

type Pair = (char, char);

impl<'a> Nearest<'a> {
    /// The set of `names`, in the order that decides between equals.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: names.into_iter().collect(), by_pair: OnceLock::new() }
    }

    /// As [`nearest()`].
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'a str> {
        self.find_path(name, name)
    }

    /// The same for a `path` that is `written` in a shorter form, whose length says how far off it may be.
    #[must_use]
    pub fn find_path(&self, path: &str, written: &str) -> Option<&'a str> {
        if path.len() > LONGEST {
            return None;
        }
        let limit = limit(written);
        if self.names.len() <= 2 * COMPARED {
            return within(path, limit, self.names.iter().copied());
        }
        let by_pair = self.by_pair.get_or_init(|| self.index());
        let mut lists: Vec<&[u32]> =
            pairs(path).iter().filter_map(|pair| Some(by_pair.get(pair)?.as_slice())).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for &at in lists.into_iter().flatten().take(READ) {
            *shared.entry(at).or_default() += 1;
        }
        let mut likely: Vec<(u32, usize)> = shared.into_iter().collect();
        likely.sort_unstable_by_key(|&(at, shared)| (std::cmp::Reverse(shared), at));
        likely.truncate(COMPARED);
        likely.sort_unstable();
        within(path, limit, likely.into_iter().map(|(at, _)| self.names[at as usize]))
    }

    fn index(&self) -> HashMap<Pair, Vec<u32>> {
        let mut by_pair: HashMap<Pair, Vec<u32>> = HashMap::new();
        for (at, name) in (0_u32..).zip(&self.names).filter(|(_, name)| name.len() <= 2 * LONGEST) {
            for pair in pairs(name) {
                by_pair.entry(pair).or_default().push(at);
            }
        }
        by_pair
    }
}

/// The pairs of neighbours in a name, its ends included, each once.
fn pairs(name: &str) -> Vec<Pair> {
    let characters = || name.chars().flat_map(char::to_lowercase);
    let mut pairs: Vec<Pair> = std::iter::once('\0').chain(characters()).zip(characters().chain(['\0'])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The number of edits (insert, delete, replace, swap of neighbours; case is free) between two names,
/// `None` when it exceeds `limit`.
#[must_use]
pub fn distance_within(left: &str, right: &str, limit: usize) -> Option<usize> {
    // Cheaper than a comparison, and true of most: a lower-case letter has at most twice the bytes.
    if left.len() > 4 * (right.len() + limit) || right.len() > 4 * (left.len() + limit) {
        return None;
    }
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before = vec![0; right.len() + 1];
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    let mut current = vec![0; right.len() + 1];
    for i in 1..=left.len() {
        current[0] = i;
        for j in 1..=right.len() {
            let replaced = previous[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            current[j] = replaced.min(previous[j] + 1).min(current[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                current[j] = current[j].min(before[j - 2] + 1);
            }
        }
        if current.iter().all(|&distance| distance > limit) {
            return None;
        }
        std::mem::swap(&mut before, &mut previous);
        std::mem::swap(&mut previous, &mut current);
    }
    Some(previous[right.len()]).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{Nearest, nearest};

    #[test]
    fn close_names_are_suggested_and_others_not() {
        let names = ["title", "description", "order"];
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("Order", names), Some("order"));
        assert_eq!(nearest("minutes", names), None);
        assert_eq!(nearest("x", ["y"]), Some("y"));
    }
    /// In a large set a slip is found as by comparing all, also where all names share most pairs.
    #[test]
    fn a_large_set_knows_the_nearest() {
        for form in [|at: usize| format!("chapter/page-{at:05}.md"), |at: usize| format!("{at:x}-{at}/x.md")] {
            let names: Vec<String> = (0..3_000).map(form).collect();
            let set = Nearest::new(names.iter().map(String::as_str));
            for at in (0..names.len()).step_by(499) {
                let slip = names[at].replacen('.', "..", 1);
                let compared = nearest(&slip, names.iter().map(String::as_str));
                assert_eq!((set.find(&slip), compared), (Some(names[at].as_str()), Some(names[at].as_str())));
            }
            assert_eq!(set.find("nothing of the kind"), None);
        }
    }

    #[test]
    fn very_long_names_are_not_compared() {
        let name = "x".repeat(100_000);
        assert_eq!(nearest(&format!("{name}y"), [name.as_str()]), None);
        assert_eq!(nearest("x", [name.as_str()]), None);
    }
}
