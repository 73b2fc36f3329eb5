//! Connections: requests in, answers out. HTTP/1.1 (RFC 9112) as far as a browser needs it: a head is read, a body never;
//! every answer ends its connection. Each connection has a thread and little time to say what it wants, so that nobody
//! waits for another. The only file that knows httparse and socket2.

use std::io::{self, ErrorKind, Read as _, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use socket2::{SockRef, TcpKeepalive};

use super::message::{Body, Request, Response};
use crate::base::error::{Error, Result};

/// How many ports are tried, from the one that was asked for on.
const PORTS: u16 = 100;
/// How long a connection has to say what it wants, from its start. A browser opens some before it needs them.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long the other end may take nothing of an answer, or say nothing when the system asks whether it is there.
const SILENCE: Duration = Duration::from_secs(20);
/// How long the other end is given to see an answer's end, when it is still sending.
const FAREWELL: Duration = Duration::from_secs(1);
/// How much of what it still sends is read, in bytes.
const LEFT_OVER: usize = 256 * 1024;
/// How long to wait before another connection is taken, when there are no files or threads left for it.
const EXHAUSTED: Duration = Duration::from_millis(20);
/// What a head may have, in bytes, and how many headers.
const HEAD_LIMIT: usize = 32 * 1024;
const HEADERS: usize = 100;
/// What the line of a request may have: the longest target, and what stands around it.
const LINE_LIMIT: usize = super::answer::TARGET_LIMIT + 64;
/// What a connection's thread may put on its stack: what pages are rendered with elsewhere, too.
const STACK: usize = 2 * 1024 * 1024;

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
    /// Answers a request, or sends to `out` what comes when it comes.
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
        let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
        for next in port..=last {
            match TcpListener::bind((ip, next)) {
                Ok(listener) => {
                    let address = listener.local_addr().map_err(|error| refused(ip, next, &error))?;
                    return Ok(Self { listener, address, is_wanted: next == port });
                }
                Err(error) if error.kind() == ErrorKind::AddrInUse && next < last => {}
                Err(error) => return Err(refused(ip, next, &error)),
            }
        }
        unreachable!("the last port is taken or refused")
    }

    /// Answers requests until the program ends.
    pub fn serve(self, handler: Arc<impl Handler>) {
        thread::spawn(move || {
            loop {
                // A connection that nobody can look after is closed with its value.
                let taken = self.listener.accept().and_then(|(stream, _)| {
                    let handler = handler.clone();
                    // Whoever has left needs no answer.
                    let work = move || drop(converse(&*handler, stream));
                    thread::Builder::new().stack_size(STACK).spawn(work)
                });
                if taken.is_err() {
                    thread::sleep(EXHAUSTED);
                }
            }
        });
    }
}

fn refused(ip: IpAddr, port: u16, error: &io::Error) -> Error {
    let at = SocketAddr::new(ip, port);
    let help = match error.kind() {
        ErrorKind::PermissionDenied => "ports below 1024 are for administrators; take a larger one with -p",
        _ => "take another port with -p, or another address with -n",
    };
    Error::new(format!("cannot listen on {at}: {error}")).with_help(help)
}

/// One connection, from its first byte to its end.
fn converse(handler: &impl Handler, mut stream: TcpStream) -> io::Result<()> {
    // Where a system has none of these, things are slower and nothing else.
    let socket = SockRef::from(&stream);
    let _ = socket.set_tcp_nodelay(true);
    let _ = socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(SILENCE));
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(SILENCE));
    stream.set_write_timeout(Some(SILENCE))?;
    let response = match read_head(&mut stream)? {
        Ok(request) => handler.handle(&request, &mut stream),
        Err(response) => Some(response),
    };
    if let Some(response) = response {
        write(&mut stream, response)?;
    }
    // What is still being sent must be read, or the system takes back the answer.
    stream.shutdown(Shutdown::Write)?;
    let end = Instant::now() + FAREWELL;
    let (mut rest, mut left) = ([0; 4096], LEFT_OVER);
    while left > 0 {
        match read_before(&mut stream, &mut rest, end)? {
            0 => break,
            count => left = left.saturating_sub(count),
        }
    }
    Ok(())
}

/// Reads before `end`; an error of kind `TimedOut` when it comes.
fn read_before(stream: &mut TcpStream, bytes: &mut [u8], end: Instant) -> io::Result<usize> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    stream.set_read_timeout(Some(left))?;
    stream.read(bytes)
}

/// The head of a request, or the answer to what is none.
fn read_head(stream: &mut TcpStream) -> io::Result<std::result::Result<Request, Response>> {
    let end = Instant::now() + HEAD_TIME;
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = read_before(stream, &mut piece, end)?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&piece[..count]);
        if let Some(found) = parse(&bytes) {
            return Ok(found);
        }
    }
}

/// What the bytes say; `None` while they are not whole.
pub fn parse(bytes: &[u8]) -> Option<std::result::Result<Request, Response>> {
    let line = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    if line > LINE_LIMIT {
        return Some(Err(Response::words(414, "the address is longer than 8 KB")));
    }
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match head.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => Some(Ok(Request {
            method: head.method.unwrap_or("").to_owned(),
            target: head.path.unwrap_or("").to_owned(),
            headers: head.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect(),
        })),
        Ok(httparse::Status::Partial) if bytes.len() <= HEAD_LIMIT => None,
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            Some(Err(Response::words(431, "the head of the request is too long")))
        }
        Err(httparse::Error::Version) => Some(Err(Response::words(505, "only HTTP/1.1 and 1.0 are spoken here"))),
        Err(_) => Some(Err(Response::words(400, "this is no request"))),
    }
}

/// Sends an answer.
pub fn write(out: &mut impl Write, response: Response) -> io::Result<()> {
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

/// The usual words for a status code (RFC 9110, section 15).
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
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<std::result::Result<(String, String), u16>> {
        let found = parse(text.as_bytes())?;
        Some(found.map(|request| (request.method, request.target)).map_err(|response| response.status))
    }

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let text = "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n";
        for end in 0..text.len() {
            assert_eq!(parsed(&text[..end]), None, "{end}");
        }
        let whole = Some(Ok(("GET".to_owned(), "/a?b".to_owned())));
        assert_eq!(parsed(text), whole);
        assert_eq!(parsed(&format!("{text}more")), whole);
    }

    #[test]
    fn what_is_no_request_is_told_so_at_once() {
        assert_eq!(parsed("GET / HTTP/2.0\r\n\r\n"), Some(Err(505)));
        assert_eq!(parsed("no\u{1}thing"), Some(Err(400)));
        assert_eq!(parsed("GET / HTTP/1.1\r\nno colon\r\n\r\n"), Some(Err(400)));
        assert_eq!(parsed(&format!("GET /{}", "a".repeat(9_000))), Some(Err(414)));
        assert_eq!(parsed(&format!("GET / HTTP/1.1\r\nX: {}", "a".repeat(HEAD_LIMIT))), Some(Err(431)));
        assert_eq!(parsed(&format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(HEADERS + 1))), Some(Err(431)));
    }
}
