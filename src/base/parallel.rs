//! Parallel maps whose results come in the order of their input. The only file that knows rayon.

use rayon::prelude::*;

/// `f` over all of `items`, results in input order whatever the number of threads.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// How many of them run at once.
pub fn threads() -> usize {
    rayon::current_num_threads()
}
