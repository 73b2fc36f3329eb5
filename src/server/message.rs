//! Requests and answers as values, whoever carries them.

use std::io::{self, Read};

use crate::base::files::OpenFile;
use crate::base::hash::Hash;

/// A request, as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`.
    pub method: String,
    /// What is asked for, percent-encoded.
    pub target: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// An answer.
pub struct Response {
    /// The status code (RFC 9110, section 15).
    pub status: u16,
    /// Names and values, but for those that `http` sees to.
    pub headers: Vec<(&'static str, String)>,
    /// What follows.
    pub body: Body,
    /// How many bytes the body has, also where it is left out.
    pub length: u64,
}

/// The body of an answer.
pub enum Body {
    /// None.
    Empty,
    /// Bytes.
    Bytes(Vec<u8>),
    /// A part of a file.
    Part(Box<dyn Read + Send>),
}

/// What an answer is made of before it is known how much of it is asked for.
pub enum Source {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A file.
    File(OpenFile),
}

impl Source {
    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.length(),
        }
    }

    /// A strong validator (RFC 9110, section 8.8.3).
    fn tag(&self) -> String {
        let hash = match self {
            Self::Bytes(bytes) => Hash::of(bytes),
            Self::File(file) => Hash::of(format!("{:?}", file.look()).as_bytes()),
        };
        format!("\"{hash}\"")
    }

    fn part(self, start: u64, length: u64) -> io::Result<Body> {
        Ok(match self {
            Self::Bytes(bytes) if length == bytes.len() as u64 => Body::Bytes(bytes),
            Self::Bytes(bytes) => {
                let index = |offset: u64| usize::try_from(offset).unwrap_or(bytes.len()).min(bytes.len());
                Body::Bytes(bytes[index(start)..index(start + length)].to_vec())
            }
            Self::File(file) => Body::Part(Box::new(file.part(start, length)?)),
        })
    }
}

impl Response {
    /// A short answer in words.
    #[must_use]
    pub fn words(status: u16, text: &str) -> Self {
        let bytes = format!("{text}\n").into_bytes();
        Self {
            status,
            length: bytes.len() as u64,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: Body::Bytes(bytes),
        }
    }

    /// Leads to another address.
    #[must_use]
    pub fn redirect(location: String) -> Self {
        let mut response = Self::words(302, &format!("see {location}"));
        response.headers.push(("Location", location));
        response
    }

    /// The answer of `status` made of `source`, as far as `request` asks for it: with conditions (RFC 9110, section 13)
    /// and a single range (section 14).
    #[must_use]
    pub fn of(request: &Request, status: u16, kind: &str, source: Source) -> Self {
        let (length, tag) = (source.length(), source.tag());
        let mut headers = vec![("Content-Type", kind.to_owned()), ("ETag", tag.clone())];
        if status != 200 {
            return Self::whole(status, headers, source);
        }
        headers.push(("Accept-Ranges", "bytes".to_owned()));
        let is_known = |tags: &str| {
            tags.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag)
        };
        if request.header("If-None-Match").is_some_and(is_known) {
            headers.remove(0);
            return Self { status: 304, headers, body: Body::Empty, length: 0 };
        }
        let is_current = request.header("If-Range").is_none_or(|known| known == tag);
        let range = request.header("Range").filter(|_| request.method == "GET" && is_current);
        match range.and_then(|range| parse_range(range, length)) {
            None => Self::whole(200, headers, source),
            Some(None) => {
                headers.push(("Content-Range", format!("bytes */{length}")));
                Self { status: 416, headers, body: Body::Empty, length: 0 }
            }
            Some(Some((start, part))) => {
                headers.push(("Content-Range", format!("bytes {start}-{}/{length}", start + part - 1)));
                match source.part(start, part) {
                    Ok(body) => Self { status: 206, headers, body, length: part },
                    Err(_) => Self::words(500, "the file cannot be read"),
                }
            }
        }
    }

    fn whole(status: u16, headers: Vec<(&'static str, String)>, source: Source) -> Self {
        let length = source.length();
        match source.part(0, length) {
            Ok(body) => Self { status, headers, body, length },
            Err(_) => Self::words(500, "the file cannot be read"),
        }
    }
}

/// The one range of a `Range` header: its first byte and length, or `Some(None)` if it lies behind the end. `None` where
/// the header may be ignored: another unit, several ranges, no range at all.
fn parse_range(text: &str, length: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = text.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for us lies behind every end.
        is_number.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    if first.is_empty() {
        let count = number(last)?.min(length);
        return Some((count > 0).then(|| (length - count, count)));
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    Some((first < length).then(|| (first, last.min(length - 1) - first + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_ranges_are_met_and_others_ignored() {
        for (text, found) in [
            ("bytes=0-0", Some(Some((0, 1)))),
            ("bytes=2-4", Some(Some((2, 3)))),
            ("bytes=2-", Some(Some((2, 8)))),
            ("bytes=-3", Some(Some((7, 3)))),
            ("bytes=-30", Some(Some((0, 10)))),
            ("bytes=9-99999999999999999999999", Some(Some((9, 1)))),
            ("bytes=10-", Some(None)),
            ("bytes=99999999999999999999999-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("bytes=", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("bytes=+1-2", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(parse_range(text, 10), found, "{text}");
        }
        assert_eq!(parse_range("bytes=0-", 0), Some(None));
        assert_eq!(parse_range("bytes=-1", 0), Some(None));
    }

    fn asked(headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request { method: "GET".to_owned(), target: "/".to_owned(), headers };
        Response::of(&request, 200, "text/plain", Source::Bytes(b"0123456789".to_vec()))
    }

    fn header(response: &Response, name: &str) -> Option<String> {
        response.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let tag = header(&asked(&[]), "ETag").unwrap();
        for known in [&tag, "*", &format!("\"x\", W/{tag}")] {
            let response = asked(&[("if-none-match", known)]);
            assert_eq!((response.status, response.length), (304, 0));
            assert_eq!(header(&response, "ETag").as_ref(), Some(&tag));
        }
        assert_eq!(asked(&[("If-None-Match", "\"x\"")]).status, 200);
    }

    #[test]
    fn a_range_of_another_version_is_the_whole() {
        let tag = header(&asked(&[]), "ETag").unwrap();
        assert_eq!(asked(&[("Range", "bytes=1-2"), ("If-Range", &tag)]).status, 206);
        assert_eq!(asked(&[("Range", "bytes=1-2"), ("If-Range", "\"x\"")]).status, 200);
        let response = asked(&[("Range", "bytes=1-2")]);
        assert_eq!(header(&response, "Content-Range").as_deref(), Some("bytes 1-2/10"));
        assert!(matches!(response.body, Body::Bytes(bytes) if bytes == b"12"));
        let response = asked(&[("Range", "bytes=10-")]);
        assert_eq!((response.status, header(&response, "Content-Range").as_deref()), (416, Some("bytes */10")));
    }
}
