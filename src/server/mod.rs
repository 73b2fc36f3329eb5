//! The dev server: a book that is being edited, on a port of this machine. A loop over one kind of event; requests are
//! answered meanwhile, from the edition that is current when they come.

mod answer;
mod client;
mod desk;
mod edition;
mod events;
mod follow;
mod http;
mod kinds;
mod message;
mod names;
mod pace;
mod watch;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::model::url::{decode, encoded};
use crate::pipeline::Options;
use crate::workspace::{Step, Workspace};

pub use desk::Desk;

use answer::Answer;
use edition::Edition;
use events::Newsstand;
use http::{Handler, Port};
use message::{Request, Response};
use names::Names;

pub use follow::{Event, Follow, Seen};

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
    follow: Follow,
    port: Port,
    names: Names,
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
        Ok(Self { follow: Follow::open(settings.options, settings.poll)?, port, names })
    }

    /// The address of the book's home page.
    #[must_use]
    pub fn url(&self) -> String {
        url_at(self.port.address, &self.workspace().snapshot().config().site.path)
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
        self.follow.workspace()
    }

    /// Where the loop hears from others.
    #[must_use]
    pub fn sender(&self) -> Sender<Event> {
        self.follow.sender()
    }

    /// Serves until it is told to stop.
    pub fn run(self, log: &mut dyn Log) {
        let Self { follow, port, names } = self;
        let snapshot = follow.workspace().snapshot().clone();
        let mut mount = snapshot.config().site.path.clone();
        let stand = Arc::new(Newsstand::new(Edition::first(snapshot)));
        let address = port.address;
        port.serve(Arc::new(Answers { stand: stand.clone(), names }));
        follow.run(&mut |seen| match seen {
            Seen::Changed(step, began) => {
                let path = step.snapshot.config().site.path.clone();
                let edition = stand.current().next(step.snapshot.clone());
                let is_shown = edition.is_newest();
                stand.publish(edition);
                log.changed(step, began.elapsed(), is_shown);
                if std::mem::replace(&mut mount, path.clone()) != path && is_shown {
                    log.note(&format!("the book is at {} now", url_at(address, &path)));
                }
            }
            Seen::Failed(error) => {
                stand.publish(stand.current().failed(error));
                log.failed(error);
            }
            Seen::Note(text) => log.note(text),
        });
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
