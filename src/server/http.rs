//! Connections: requests in, answers out. The only file that knows tiny_http and socket2, and how to live with them
//! (tiny_http 0.12.0, unmaintained since 2023):
//!
//! - it sends heads and bodies apart without `TCP_NODELAY`, which costs 40 ms an answer: the listener has it set, and
//!   connections inherit it; answers are written by us, in one piece;
//! - its pool loses count of idle threads, so that a connection may wait behind one that is kept open: every answer ends
//!   its connection, and a connection of our own now and then wakes what waits;
//! - it stops accepting for good at the first error, such as too many open files: it is then started anew;
//! - it knows no time limits: each request has a thread of its own, and on Linux the system ends a connection whose other
//!   end takes nothing, or is gone.

use std::io::{self, Read as _, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use super::message::{Body, Request, Response};
use crate::base::error::{Error, Result};

/// How many ports are tried, from the one that was asked for on.
const PORTS: u16 = 100;
/// How long the other end of a connection may take nothing, or say nothing when the system asks whether it is there.
const UNHEARD: Duration = Duration::from_secs(20);
/// How often connections that wait are woken: while requests come, and while none do.
const WAKE: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];
/// How many times the shorter of the two passes without a request before the longer one is enough.
const BUSY: u32 = 20;
/// What a thread that answers a request may put on its stack.
const STACK: usize = 1024 * 1024;

/// A port that is ours.
pub struct Port {
    listener: TcpListener,
    /// Its address.
    pub address: SocketAddr,
    /// Whether it is the one that was asked for.
    pub is_wanted: bool,
}

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Answers a request, or takes `out` to send what comes when it comes.
    fn handle(&self, request: &Request, out: &mut dyn Write) -> Option<Response>;
}

impl Port {
    /// Takes the port on `host`, or if that is taken the next that is free; 0 is any.
    ///
    /// # Errors
    ///
    /// There is no such host, or no port can be had.
    pub fn take(host: &str, port: u16) -> Result<Self> {
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let ip: IpAddr = match (name, port).to_socket_addrs().map(|mut found| found.next()) {
            Ok(Some(found)) => found.ip(),
            _ => return Err(Error::new(format!("there is no address of the name {host}"))),
        };
        let mut last = None;
        for next in (port..=port.saturating_add(PORTS)).take(if port == 0 { 1 } else { usize::MAX }) {
            match TcpListener::bind((ip, next)) {
                Ok(listener) => {
                    prepare(&listener);
                    let address = listener.local_addr().map_err(|error| refused(ip, next, &error))?;
                    return Ok(Self { listener, address, is_wanted: next == port });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
                Err(error) => return Err(refused(ip, next, &error)),
            }
        }
        Err(refused(ip, port, &last.unwrap_or_else(|| io::Error::other("no port is free"))))
    }

    /// Answers requests until the program ends.
    pub fn serve(self, handler: Arc<impl Handler>) {
        let quiet = Arc::new(AtomicU32::new(0));
        let (address, heard) = (self.address, quiet.clone());
        thread::spawn(move || wake(address, &heard));
        thread::spawn(move || {
            loop {
                // A copy is kept of the listener, since tiny_http closes its own when it stops.
                let server = self
                    .listener
                    .try_clone()
                    .ok()
                    .and_then(|listener| tiny_http::Server::from_listener(listener, None).ok());
                if let Some(server) = server {
                    while let Ok(request) = server.recv() {
                        quiet.store(0, Ordering::Relaxed);
                        let handler = handler.clone();
                        let work = move || respond(&*handler, request);
                        // Without a thread for it, the request is dropped, which tiny_http answers with an error.
                        let _ = thread::Builder::new().stack_size(STACK).spawn(work);
                    }
                }
                // Files or threads have run out; they come back.
                thread::sleep(WAKE[0]);
            }
        });
    }
}

fn refused(ip: IpAddr, port: u16, error: &io::Error) -> Error {
    let at = SocketAddr::new(ip, port);
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "ports below 1024 are for administrators; take a larger one with -p",
        _ => "take another port with -p, or another address with -n",
    };
    Error::new(format!("cannot listen on {at}: {error}")).with_help(help)
}

/// What connections inherit. Where a system has none of it, things are slower and nothing else.
fn prepare(listener: &TcpListener) {
    let socket = SockRef::from(listener);
    let _ = socket.set_tcp_nodelay(true);
    let _ = socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(UNHEARD));
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(UNHEARD));
}

/// Comes and goes, which makes tiny_http look after what waits.
fn wake(address: SocketAddr, quiet: &AtomicU32) {
    let ip: IpAddr = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => [127, 0, 0, 1].into(),
        IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    let target = SocketAddr::new(ip, address.port());
    loop {
        let is_busy = quiet.fetch_add(1, Ordering::Relaxed) < BUSY;
        thread::sleep(if is_busy { WAKE[0] } else { WAKE[1] });
        drop(TcpStream::connect_timeout(&target, WAKE[1]));
    }
}

fn respond(handler: &impl Handler, request: tiny_http::Request) {
    let text = |value: &dyn std::fmt::Display| value.to_string();
    let read = Request {
        method: text(request.method()),
        target: request.url().to_owned(),
        headers: request.headers().iter().map(|header| (text(&header.field), text(&header.value))).collect(),
    };
    let mut out = request.into_writer();
    // Whoever has left needs no answer.
    if let Some(response) = handler.handle(&read, &mut out) {
        let _ = write(&mut out, response);
    }
    let _ = out.flush();
}

fn write(out: &mut dyn Write, response: Response) -> io::Result<()> {
    let Response { status, headers, body, length } = response;
    let mut head = format!("HTTP/1.1 {status} {}\r\nConnection: close\r\n", reason(status));
    if status != 304 {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    for (name, value) in headers {
        // A header is one line, whatever is in it.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    match body {
        Body::Empty => out.write_all(&bytes),
        Body::Bytes(body) => {
            bytes.extend_from_slice(&body);
            out.write_all(&bytes)
        }
        Body::Part(part) => {
            out.write_all(&bytes)?;
            io::copy(&mut part.take(length), out).map(drop)
        }
    }
}

/// The usual words for a status code.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        414 => "URI Too Long",
        416 => "Range Not Satisfiable",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
