//! The dev server: a book that is being edited, on a port of this machine. A loop over one kind of event; requests are
//! answered meanwhile, from the edition that is current when they come.

mod answer;
mod client;
mod edition;
mod events;
mod http;
mod kinds;
mod message;
mod names;
mod pace;
mod watch;

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};
use crate::base::files::Reader;
use crate::model::url::{decode, encoded};
use crate::pipeline::Options;
use crate::workspace::{Look, Step, Workspace};

use answer::Answer;
use edition::Edition;
use events::Newsstand;
use http::{Handler, Port};
use message::{Request, Response};
use names::Names;
use pace::{Happening, Pace};
use watch::Watch;

/// How often a book is looked at whose changes the system does not tell: at least, and how many times as long as a look
/// takes.
const POLL: Duration = Duration::from_millis(300);
const POLL_SHARE: u32 = 20;
/// How long the loop sleeps when nothing is to come; waking up for nothing does no harm.
const LONG: Duration = Duration::from_secs(3_600);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which book.
    pub options: Options,
    /// The name or address to listen on.
    pub host: String,
    /// The port to start with; 0 is any.
    pub port: u16,
    /// Look at the book every now and then instead of waiting to be told.
    pub poll: bool,
}

/// What the loop hears.
pub enum Event {
    /// Something happened to a file.
    Disk(Happening),
    /// It is time to end.
    Stop,
}

/// Who is told what happens.
pub trait Log {
    /// The book has changed; `is_shown` says whether pages show it, or stay as they were for a mistake that all of them
    /// would show.
    fn changed(&mut self, step: &Step, took: Duration, is_shown: bool);
    /// The book cannot be read as it is now; the last one is served on.
    fn failed(&mut self, error: &Error);
    /// Something that is worth knowing.
    fn note(&mut self, text: &str);
}

/// A book with a port of its own, ready to be served.
pub struct Server {
    workspace: Workspace,
    port: Port,
    names: Names,
    watch: Option<Watch>,
    why_polled: Option<String>,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Server {
    /// Reads the book and takes a port.
    ///
    /// # Errors
    ///
    /// The book cannot be read, or there is no port to be had.
    pub fn open(settings: Settings) -> Result<Self> {
        let port = Port::take(&settings.host, settings.port)?;
        let names = Names::new(&settings.host, port.address.ip());
        let (sender, receiver) = channel();
        let told = sender.clone();
        let watch = if settings.poll {
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
        let mut workspace = Workspace::open(settings.options, reader)?;
        if let Some(Err(why)) = watch.as_mut().map(|watch| watch.set(workspace.folders())) {
            (watch, why_polled) = (None, Some(why));
            workspace.read_patiently();
        }
        Ok(Self { workspace, port, names, watch, why_polled, sender, receiver })
    }

    /// The address of the book's home page.
    #[must_use]
    pub fn url(&self) -> String {
        url_at(self.port.address, &self.workspace.snapshot().config().site.path)
    }

    /// The port, if it is another one than was asked for.
    #[must_use]
    pub fn other_port(&self) -> Option<u16> {
        (!self.port.is_wanted).then(|| self.port.address.port())
    }

    /// Whether other machines can read the book.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !self.port.address.ip().is_loopback()
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

    /// Serves until it is told to stop.
    pub fn run(self, log: &mut dyn Log) {
        let Self { mut workspace, port, names, mut watch, why_polled, sender: _sender, receiver } = self;
        if let Some(why) = why_polled {
            log.note(&format!("the system does not tell of changes ({why}); looking for them every now and then"));
        }
        let stand = Arc::new(Newsstand::new(Edition::first(workspace.snapshot().clone())));
        let address = port.address;
        port.serve(Arc::new(Answers { stand: stand.clone(), names }));
        let mut mount = workspace.snapshot().config().site.path.clone();
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
                    let path = step.snapshot.config().site.path.clone();
                    let edition = stand.current().next(step.snapshot.clone());
                    let is_shown = edition.is_newest();
                    stand.publish(edition);
                    log.changed(&step, began.elapsed(), is_shown);
                    if std::mem::replace(&mut mount, path.clone()) != path && is_shown {
                        log.note(&format!("the book is at {} now", url_at(address, &path)));
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    // It is told once, however often the book is looked at.
                    if failure.replace(error.to_string()) != Some(error.to_string()) {
                        stand.publish(stand.current().failed(&error));
                        log.failed(&error);
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
                    log.note(&format!(
                        "the system tells of no more changes ({why}); looking for them every now and then"
                    ));
                }
                _ => {}
            }
        }
    }
}

/// The address of what stands at a path of the server.
fn url_at(address: SocketAddr, path: &str) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        ip if ip.is_ipv6() => format!("[{ip}]"),
        ip => ip.to_string(),
    };
    // However it is written in book.toml, a terminal takes it for one address.
    format!("http://{host}:{}{}", address.port(), encoded(&decode(path)))
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

/// Answers requests from the edition that is current.
struct Answers {
    stand: Arc<Newsstand>,
    names: Names,
}

impl Handler for Answers {
    fn handle(&self, request: &Request, out: &mut dyn Write) -> Option<Response> {
        let answer = answer::answer(&self.stand.current(), &self.names, request);
        match answer {
            Answer::Whole(response) => Some(response),
            Answer::Events(url, version) if self.stand.stream(&url, version, out) => None,
            Answer::Events(..) => Some(Response::words(503, "too many pages are open")),
        }
    }
}
