//! The states of pages to the browsers that show them, as server-sent events (HTML, section 9.2).

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::edition::{Edition, Version};
use crate::model::url::Url;

/// How often a browser hears that the connection is alive, and we that it is.
const HEARTBEAT: Duration = Duration::from_secs(3);
/// How many browsers can wait for events.
const LISTENERS: usize = 200;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
    Connection: close\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\nretry: 300\n\n";

/// One who waits, counted until it is dropped, however that comes about.
struct Listener<'a> {
    count: &'a AtomicUsize,
    /// How many there were before.
    before: usize,
}

impl<'a> Listener<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        Self { count, before: count.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The edition that is served, and who waits for the next.
pub struct Newsstand {
    current: Mutex<(u64, Arc<Edition>)>,
    changed: Condvar,
    listeners: AtomicUsize,
}

impl Newsstand {
    /// Opens with an edition.
    #[must_use]
    pub fn new(edition: Edition) -> Self {
        Self { current: Mutex::new((0, Arc::new(edition))), changed: Condvar::new(), listeners: AtomicUsize::new(0) }
    }

    /// The edition that is served.
    #[must_use]
    pub fn current(&self) -> Arc<Edition> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Serves another edition from now on, and tells everybody.
    pub fn publish(&self, edition: Edition) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = (current.0 + 1, Arc::new(edition));
        drop(current);
        self.changed.notify_all();
    }

    /// The edition after number `known`, or the same one after a while.
    fn after(&self, known: u64) -> (u64, Arc<Edition>) {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(current, HEARTBEAT, |(number, _)| *number == known);
        let (number, edition) = &*waited.unwrap_or_else(PoisonError::into_inner).0;
        (*number, edition.clone())
    }

    /// Sends the states of the page at `url` until the browser has left; `false` if too many wait already.
    pub fn stream(&self, url: &Url, version: Version, out: &mut dyn Write) -> bool {
        let listener = Listener::new(&self.listeners);
        if listener.before >= LISTENERS {
            return false;
        }
        // It ends when the browser has left.
        let _ = self.send(url, version, out);
        true
    }

    fn send(&self, url: &Url, version: Version, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())?;
        let (mut number, mut edition) = {
            let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            (current.0, current.1.clone())
        };
        let (mut sent, mut looked_at) = (None, None);
        loop {
            // A browser looks only at what it does not know yet.
            let state = (looked_at != Some(number))
                .then(|| edition.state(url, version))
                .filter(|state| sent.as_ref() != Some(state));
            looked_at = Some(number);
            match state {
                Some(state) => {
                    let json = serde_json::to_string(&state).expect("strings and numbers are JSON");
                    out.write_all(format!("data: {json}\n\n").as_bytes())?;
                    sent = Some(state);
                }
                None => out.write_all(b":\n\n")?,
            }
            out.flush()?;
            drop(edition);
            (number, edition) = self.after(number);
        }
    }
}
