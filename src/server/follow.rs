//! A book that is being edited, from one look to the next for as long as nobody says stop: the system's word for what
//! changes, or a look every now and then. Whoever follows it is told of each change.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::pace::{Happening, Pace};
use super::watch::Watch;
use crate::base::error::{Error, Result};
use crate::base::files::Reader;
use crate::pipeline::Options;
use crate::workspace::{Look, Step, Workspace};

/// How often a book is looked at whose changes the system does not tell: at least, and how many times as long as a look
/// takes.
const POLL: Duration = Duration::from_millis(300);
const POLL_SHARE: u32 = 20;
/// How long the loop sleeps when nothing is to come; waking up for nothing does no harm.
const LONG: Duration = Duration::from_secs(3_600);

/// What the loop hears.
pub enum Event {
    /// Something happened to a file.
    Disk(Happening),
    /// It is time to end.
    Stop,
}

/// What was seen.
pub enum Seen<'a> {
    /// The book has changed; when that was begun to be looked at.
    Changed(&'a Step, Instant),
    /// The book cannot be read as it is now.
    Failed(&'a Error),
    /// Something that is worth knowing.
    Note(&'a str),
}

/// A book that is followed.
pub struct Follow {
    workspace: Workspace,
    watch: Option<Watch>,
    why_polled: Option<String>,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Follow {
    /// Reads the book; with `poll`, it is looked at every now and then instead of waiting to be told.
    ///
    /// # Errors
    ///
    /// The book cannot be read.
    pub fn open(options: Options, poll: bool) -> Result<Self> {
        let (sender, receiver) = channel();
        let told = sender.clone();
        let watch = if poll {
            Err(None)
        } else {
            // Nobody listens any more when the loop has ended.
            Watch::new(move |happening| drop(told.send(Event::Disk(happening)))).map_err(Some)
        };
        let (mut watch, mut why_polled) = match watch {
            Ok(watch) => (Some(watch), None),
            Err(why) => (None, why),
        };
        let reader = if watch.is_some() { Reader::AT_ONCE } else { Reader::default() };
        let mut workspace = Workspace::open(options, reader)?;
        if let Some(Err(why)) = watch.as_mut().map(|watch| watch.set(workspace.folders())) {
            (watch, why_polled) = (None, Some(why));
            workspace.read_patiently();
        }
        Ok(Self { workspace, watch, why_polled, sender, receiver })
    }

    /// The book as it is.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Where the loop hears from others.
    #[must_use]
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Follows the book until it is told to stop.
    pub fn run(self, tell: &mut dyn FnMut(Seen<'_>)) {
        let Self { mut workspace, mut watch, why_polled, sender: _sender, receiver } = self;
        if let Some(why) = why_polled {
            tell(Seen::Note(&format!(
                "the system does not tell of changes ({why}); looking for them every now and then"
            )));
        }
        // What was said last of a book that cannot be read.
        let mut failure: Option<String> = None;
        let start = Instant::now();
        let mut pace = Pace::default();
        // What was changed before anybody watched.
        pace.note(start.elapsed(), Happening::Anything);
        let mut poll = POLL;
        loop {
            let now = start.elapsed();
            // Where there is no folder any more, there is nobody to tell.
            let is_told = watch.is_some() && failure.is_none();
            let wait = match pace.due() {
                Some(due) => due.saturating_sub(now),
                None if is_told => LONG,
                None => poll,
            };
            let look = match receiver.recv_timeout(wait) {
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Event::Disk(happening)) => {
                    note(&mut pace, &workspace, start.elapsed(), happening);
                    pace.take(start.elapsed())
                }
                Err(RecvTimeoutError::Timeout) if pace.due().is_none() && !is_told => {
                    Some(Look::Everywhere(BTreeSet::new()))
                }
                Err(RecvTimeoutError::Timeout) => pace.take(start.elapsed()),
            };
            let Some(look) = look else { continue };
            let began = Instant::now();
            match workspace.look(&look, &pace.unfinished()) {
                Ok(Some(step)) => {
                    failure = None;
                    tell(Seen::Changed(&step, began));
                }
                Ok(None) => {}
                Err(error) => {
                    // It is told once, however often the book is looked at.
                    if failure.replace(error.to_string()) != Some(error.to_string()) {
                        tell(Seen::Failed(&error));
                    }
                }
            }
            if workspace.has_put_off() {
                pace.make_sure(start.elapsed());
            }
            poll = POLL.max(began.elapsed() * POLL_SHARE);
            match watch.as_mut().map(|watch| watch.set(workspace.folders())) {
                // In a new folder something may have happened before it was watched.
                Some(Ok(true)) => pace.note(start.elapsed(), Happening::Anything),
                Some(Err(why)) => {
                    watch = None;
                    workspace.read_patiently();
                    tell(Seen::Note(&format!(
                        "the system tells of no more changes ({why}); looking for them every now and then"
                    )));
                }
                _ => {}
            }
        }
    }
}

/// Takes note of what matters to the book.
fn note(pace: &mut Pace, workspace: &Workspace, now: Duration, happening: Happening) {
    let is_ignored = |path: &Path| workspace.ignores(path);
    match happening {
        Happening::Finished(path) | Happening::Touched(path) | Happening::Gone(path) if is_ignored(&path) => drop(path),
        // A file that came and went. What else is gone may be what a link leads through, or a folder further up.
        Happening::Gone(path) if !workspace.knows(&path) => {
            if !pace.forget(&path) {
                pace.note(now, Happening::Anything);
            }
        }
        happening => pace.note(now, happening),
    }
}
