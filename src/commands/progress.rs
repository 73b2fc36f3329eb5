//! Shows on a terminal how far a run has come, once it takes longer than half a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::Output;
use crate::base::progress::Progress;

/// How long nothing is shown, and how often it is shown anew.
const PATIENCE: Duration = Duration::from_millis(500);
const INTERVAL: Duration = Duration::from_millis(100);

/// Runs `work` and shows its progress, counted in `things`.
pub fn shown<R>(output: Output, things: &str, work: impl FnOnce(&Progress) -> R) -> R {
    let progress = Progress::default();
    if output.quiet || !std::io::stderr().is_terminal() {
        return work(&progress);
    }
    let (done, wait) = channel::<()>();
    std::thread::scope(|scope| {
        let progress = &progress;
        scope.spawn(move || {
            let mut pause = PATIENCE;
            let mut shown = false;
            // The sender goes away when the work is over, also when it panics.
            while wait.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let (done, total) = progress.so_far();
                if total > 0 {
                    anstream::eprint!("\r{done} of {total} {things}");
                    shown = true;
                }
                pause = INTERVAL;
            }
            if shown {
                anstream::eprint!("\r\u{1b}[K");
            }
        });
        let result = work(progress);
        drop(done);
        result
    })
}
