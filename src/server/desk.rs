//! Bytes to the bytes of an answer, from a book as it is now and without a port, so that more can be asked than a network
//! would carry. What is asked and answered are the server's own; only connections are left out.

use std::net::Ipv4Addr;

use super::answer::{self, Answer};
use super::edition::Edition;
use super::http;
use super::names::Names;
use crate::base::error::Result;
use crate::base::files::Reader;
use crate::pipeline::Options;
use crate::workspace::Workspace;

/// A book that answers requests.
pub struct Desk {
    edition: Edition,
    names: Names,
}

impl Desk {
    /// Reads the book.
    ///
    /// # Errors
    ///
    /// The book cannot be read.
    pub fn open(options: Options) -> Result<Self> {
        let workspace = Workspace::open(options, Reader::AT_ONCE)?;
        let edition = Edition::first(workspace.snapshot().clone());
        Ok(Self { edition, names: Names::new("127.0.0.1", Ipv4Addr::LOCALHOST.into()) })
    }

    /// What a connection that has sent `bytes` gets; nothing while the head of its request is not whole, and where it asks
    /// for events, which have no end.
    #[must_use]
    pub fn reply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let response = match http::parse(bytes)? {
            Ok(request) => match answer::answer(&self.edition, &self.names, &request) {
                Answer::Whole(response) => response,
                Answer::Events(..) => return None,
            },
            Err(response) => response,
        };
        let mut reply = Vec::new();
        // Only a file of the book that is taken away meanwhile can end an answer early.
        let _ = http::write(&mut reply, response);
        Some(reply)
    }
}
