//! Highlighted blocks that are remembered by language and text. Highlighting is a pure function, so what is remembered
//! cannot be stale; only how much is kept is bounded.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Kept, Language, lines};
use crate::base::hash::{Hash, Hasher};

/// How many bytes of HTML are kept: those of the last so many at least, and of twice as many at most.
const LIMIT: usize = 8 * 1024 * 1024;

/// Whether code is highlighted, and what is known of it.
#[derive(Clone, Copy, Default)]
pub enum Highlighting<'a> {
    /// It is highlighted.
    #[default]
    On,
    /// As before, and blocks are remembered, for those who render a page many times.
    Remembered(&'a Memo),
    /// As before, and blocks are kept between builds.
    Kept(&'a Kept),
    /// It is shown as it is, for those who want a page's words alone.
    Off,
}

/// Blocks that were highlighted before.
#[derive(Default)]
pub struct Memo(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<Hash, Arc<Vec<String>>>,
    /// The bytes of the young ones.
    bytes: usize,
    /// Those that were young before; what is asked for again becomes young again.
    old: HashMap<Hash, Arc<Vec<String>>>,
}

impl Memo {
    /// The lines of a block, as [`lines`] gives them.
    #[must_use]
    pub fn lines(&self, language: Language, text: &str) -> Arc<Vec<String>> {
        let key = Hasher::default().add(language.name().as_bytes()).add(text.as_bytes()).finish();
        if let Some(known) = self.with(|generations| generations.get(key)) {
            return known;
        }
        let new = Arc::new(lines(language, text).lines);
        self.with(|generations| generations.insert(key, new.clone()));
        new
    }

    fn with<R>(&self, work: impl FnOnce(&mut Generations) -> R) -> R {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Generations {
    fn get(&mut self, key: Hash) -> Option<Arc<Vec<String>>> {
        if let Some(known) = self.young.get(&key) {
            return Some(known.clone());
        }
        let known = self.old.remove(&key)?;
        self.insert(key, known.clone());
        Some(known)
    }

    fn insert(&mut self, key: Hash, lines: Arc<Vec<String>>) {
        self.bytes += lines.iter().map(|line| size_of::<String>() + line.len()).sum::<usize>();
        self.young.insert(key, lines);
        if self.bytes > LIMIT {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, Memo};
    use crate::highlight;

    #[test]
    fn what_is_remembered_is_what_would_be_found_and_is_bounded() {
        let memo = Memo::default();
        let python = highlight::language("python").expect("a known language");
        for number in 0..3_000 {
            let text = format!("x = {number}\n").repeat(500);
            for _ in 0..2 {
                assert_eq!(
                    memo.lines(python, &text)[..1],
                    highlight::lines(python, &text[..text.find('\n').unwrap()]).lines
                );
            }
            if number > 100 && memo.0.lock().unwrap().old.len() > 2 {
                break;
            }
        }
        let generations = memo.0.lock().unwrap();
        assert!(generations.bytes <= LIMIT && !generations.old.is_empty(), "{}", generations.bytes);
    }
}
