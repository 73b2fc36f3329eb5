//! Parallel maps whose results come in the order of their input. The only file that knows rayon.

use rayon::prelude::*;

/// `f` over all of `items`, results in input order whatever the number of threads.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// Runs `f` with `threads` worker threads.
pub fn with_threads<R: Send>(threads: usize, f: impl FnOnce() -> R + Send) -> R {
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(f),
        // No thread can be started: the caller's own does the work.
        Err(_) => f(),
    }
}
