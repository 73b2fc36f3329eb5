//! A client that sends exactly what it is told and shows exactly what comes back.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take before the server counts as stuck.
pub const STUCK: Duration = Duration::from_secs(3);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// Takes an answer apart; `None` if it is none.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
        let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The length that the head promises.
    pub fn length(&self) -> usize {
        self.header("Content-Length").and_then(|length| length.parse().ok()).expect("the head has the length")
    }
}

/// A connection that gives up when the server is stuck.
pub fn connect(port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(STUCK))?;
    stream.set_write_timeout(Some(STUCK))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Sends `bytes` and reads until the server ends the connection; an error if it does not.
pub fn talk(port: u16, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = connect(port)?;
    // A server that has heard enough may end the connection before it has heard all.
    if let Err(error) = stream.write_all(bytes)
        && !is_end(&error)
    {
        return Err(error);
    }
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if !is_end(&error) => Err(error),
        _ => Ok(answer),
    }
}

/// Whether the other end has left, in one way or another.
pub fn is_end(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted)
}

/// Reads one answer from a connection that stays open.
pub fn read_answer(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        if let Some(answer) = Answer::of(&bytes).filter(|answer| answer.body.len() >= answer.length()) {
            return Ok(answer);
        }
        match stream.read(&mut buffer)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

/// The text of a request, which asks for the connection to be ended.
pub fn request(method: &str, target: &str, headers: &[&str]) -> Vec<u8> {
    let mut text = format!("{method} {target} HTTP/1.1\r\n");
    for header in headers.iter().chain(&["Connection: close"]) {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// A path as an address: every byte that could mean something is encoded.
pub fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
