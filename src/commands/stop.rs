//! Ctrl-C to the end of a loop that follows a book.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::base::error::{Error, Result};
use crate::server::Event;

/// Tells the loop to stop on Ctrl-C.
///
/// # Errors
///
/// The system has no word for it.
pub fn on_interrupt(sender: Sender<Event>) -> Result<()> {
    let stopping = AtomicBool::new(false);
    let stop = move || {
        // The loop may be busy; who asks twice is in a hurry.
        if stopping.swap(true, Ordering::Relaxed) || sender.send(Event::Stop).is_err() {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(stop).map_err(|error| Error::new(format!("cannot listen for Ctrl-C: {error}")))
}
