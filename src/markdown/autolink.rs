//! Bare addresses in plain text: the extended autolinks of the GFM specification (0.29-gfm, section 6.9).
//! Sees one run of text and knows no events.

use std::ops::Range;

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It has its scheme.
    Url,
    /// It starts with `www.` and gets `http://`.
    Www,
    /// A mail address without a scheme.
    Mail,
}

/// A bare address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autolink {
    /// What it is.
    pub kind: Kind,
    /// Where it is in the text.
    pub range: Range<usize>,
    /// The end of its scheme and domain, without which it would be none.
    pub head: usize,
}

/// The first bare address of `text` at `from` or behind it. `fresh` says whether the text starts a line or
/// follows white space; `walls` are the delimiters of emphasis, which a mail address never crosses and
/// which are only punctuation to the others.
#[must_use]
pub fn next(text: &str, from: usize, fresh: bool, walls: &[Range<usize>]) -> Option<Autolink> {
    (from..text.len()).find_map(|at| match text.as_bytes()[at] {
        b'h' | b'H' if opens(text, at, fresh) => url(text, at),
        b'w' if opens(text, at, fresh) => www(text, at),
        b'm' if opens(text, at, fresh) => protocol(text, at, "mailto:", false),
        b'x' if opens(text, at, fresh) => protocol(text, at, "xmpp:", true),
        b'@' => {
            let behind = walls.partition_point(|wall| wall.start <= at);
            let start = behind.checked_sub(1).map_or(from, |before| walls[before].end.max(from));
            let end = walls.get(behind).map_or(text.len(), |wall| wall.start);
            mail(&text[..end], start, at)
        }
        _ => None,
    })
}

/// Whether an address may start at `at`: at the start, behind white space, or behind one of `*_~(`.
fn opens(text: &str, at: usize, fresh: bool) -> bool {
    match text[..at].chars().next_back() {
        Some(before) => before.is_whitespace() || "*_~(".contains(before),
        None => fresh,
    }
}

fn url(text: &str, at: usize) -> Option<Autolink> {
    let bytes = text.as_bytes();
    let starts = |scheme: &str| {
        bytes.get(at..at + scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    let scheme = ["http://", "https://"].into_iter().find(|scheme| starts(scheme))?;
    with_path(Kind::Url, text, at, domain(text, at + scheme.len())?)
}

fn www(text: &str, at: usize) -> Option<Autolink> {
    text[at..].starts_with("www.").then_some(())?;
    with_path(Kind::Www, text, at, domain(text, at + 4)?)
}

/// Addresses are no longer, in bytes: what servers and browsers take ends far below. Each place where one
/// may start is looked at alone, so this bounds the whole.
const LONGEST: usize = 4_096;

/// The same for its domain, of which the system of names stores 255 bytes.
const LONGEST_DOMAIN: usize = 512;

fn with_path(kind: Kind, text: &str, at: usize, head: usize) -> Option<Autolink> {
    let rest = &text[head..text.floor_char_boundary(head.saturating_add(LONGEST))];
    let end = match rest.find(|c: char| c.is_whitespace() || c == '<') {
        Some(length) => head + length,
        None if head + rest.len() < text.len() => return None,
        None => text.len(),
    };
    let end = trimmed(text, at, end);
    // A domain never ends with anything that is trimmed but full stops, which `domain` has left out.
    (end >= head).then_some(Autolink { kind, range: at..end, head })
}

/// The end of the valid domain at `at`: segments of letters, digits, `_` and `-` with full stops between,
/// at least two, and no `_` in the last two.
fn domain(text: &str, at: usize) -> Option<usize> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let rest = &text[at..text.floor_char_boundary(at.saturating_add(LONGEST_DOMAIN))];
    let rest = &rest[..rest.find(|c| !allowed(c)).unwrap_or(rest.len())];
    let rest = rest.trim_end_matches(['.', '_']);
    let mut last = rest.rsplit('.');
    let (first, second) = (last.next()?, last.next()?);
    let valid = !first.is_empty() && !second.is_empty() && !first.contains('_') && !second.contains('_');
    (valid && !rest.starts_with('.') && !rest.contains("..")).then_some(at + rest.len())
}

/// Where the address from `start` to `end` really ends: without trailing punctuation, closing parentheses
/// that it does not open, and what looks like a character reference.
#[must_use]
pub fn trimmed(text: &str, start: usize, end: usize) -> usize {
    let address = &text[start..end];
    let count = |mark: u8| address.bytes().filter(|byte| *byte == mark).count();
    let opened = count(b'(');
    let mut closed = count(b')');
    let mut length = address.len();
    while length > 0 {
        match address.as_bytes()[length - 1] {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' => length -= 1,
            b')' if closed > opened => {
                closed -= 1;
                length -= 1;
            }
            b';' => {
                let name = address[..length - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                if !name.ends_with('&') || name.len() == length - 1 {
                    break;
                }
                length = name.len() - 1;
            }
            _ => break,
        }
    }
    start + length
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_+".contains(&byte)
}

/// The mail address whose `@` is at `at`, starting at `from` or behind it.
fn mail(text: &str, from: usize, at: usize) -> Option<Autolink> {
    let local = text.as_bytes()[from..at].iter().rev().take_while(|byte| is_local(**byte)).count();
    let end = mail_end(text, at - local, at)?;
    Some(Autolink { kind: Kind::Mail, range: at - local..end, head: end })
}

/// The end of the mail address whose local part starts at `start` and ends at `at`. The last character is
/// a letter, as GitHub wants it beyond the specification, so that `package@1.2.3` is none.
fn mail_end(text: &str, start: usize, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let domain = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let length = bytes[at + 1..].iter().take_while(domain).count();
    let host = text[at + 1..at + 1 + length].trim_end_matches('.');
    let end = at + 1 + host.len();
    let valid = host.contains('.')
        && !host.starts_with('.')
        && host.ends_with(|c: char| c.is_ascii_alphabetic())
        && bytes.get(end) != Some(&b'@');
    (at > start && valid).then_some(end)
}

/// `mailto:` and `xmpp:` before a mail address; the latter may go on with a slash and a resource.
fn protocol(text: &str, at: usize, scheme: &str, resource: bool) -> Option<Autolink> {
    let start = at + scheme.len();
    let local = text[at..].strip_prefix(scheme)?.bytes().take_while(|byte| is_local(*byte)).count();
    (text.as_bytes().get(start + local) == Some(&b'@')).then_some(())?;
    let head = mail_end(text, start, start + local)?;
    let mut end = head;
    if resource && text[head..].starts_with('/') {
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.');
        let path = &text[head + 1..];
        let length = path[..path.find(|c| !name(c)).unwrap_or(path.len())].trim_end_matches('.').len();
        end = if length > 0 { head + 1 + length } else { head };
    }
    Some(Autolink { kind: Kind::Url, range: at..end, head })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All addresses of a text.
    fn found(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(link) = next(text, at, true, &[]) {
            at = link.range.end;
            found.push(&text[link.range]);
        }
        found
    }

    #[test]
    fn what_is_an_address_and_where_it_ends() {
        let table: &[(&str, &[&str])] = &[
            // Domains.
            ("www.example.org", &["www.example.org"]),
            (
                "see http://example.org and https://example.org:80/x",
                &["http://example.org", "https://example.org:80/x"],
            ),
            ("HTTPS://Example.org/", &["HTTPS://Example.org/"]),
            ("https://bücher.example/ü", &["https://bücher.example/ü"]),
            ("http://localhost:8000 www.localhost https://x", &[]),
            ("https://a_b.c.d https://a.b_c.d https://a.b.c_d", &["https://a_b.c.d"]),
            ("https://.a.b https://a..b https://a.-b", &["https://a.-b"]),
            ("ftp://example.org", &[]),
            // What stands before.
            ("xwww.a.b xhttps://a.b /www.a.b \"https://a.b\"", &[]),
            ("(www.a.b) *www.a.b* _https://a.b_ ~www.a.b~", &["www.a.b", "www.a.b", "https://a.b", "www.a.b"]),
            // What stands behind.
            ("www.a.b/help for help, www.a.b.", &["www.a.b/help", "www.a.b"]),
            ("https://a.b?! https://a.b/?x=1,:*_~", &["https://a.b", "https://a.b/?x=1"]),
            ("www.a.b/q?(x)", &["www.a.b/q?(x)"]),
            ("www.a.b/q?x=(y))) (www.a.b/q?x=(y))", &["www.a.b/q?x=(y)", "www.a.b/q?x=(y)"]),
            ("www.a.b/q?x=(y))+z", &["www.a.b/q?x=(y))+z"]),
            (
                "www.a.b/q?x&amp; www.a.b/q?x=1&y=2 www.a.b/; www.a.b/&;",
                &["www.a.b/q?x", "www.a.b/q?x=1&y=2", "www.a.b/;", "www.a.b/&;"],
            ),
            ("https://a.b/c<d", &["https://a.b/c"]),
            // Mail.
            ("a@b.c", &["a@b.c"]),
            ("a@b+c.d a+b@c.d", &["a+b@c.d"]),
            ("a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_", &["a.b-c_d@a.b", "a.b-c_d@a.b"]),
            ("@b.c a@b a@@b.c package@1.2.3 a@.b.c", &[]),
            ("mailto:a@b.c mailto:a@b.c. mailto:a@b mailto:a@b.c/d", &["mailto:a@b.c", "mailto:a@b.c", "mailto:a@b.c"]),
            ("xmpp:a@b.c/d xmpp:a@b.c/d@e.f xmpp:a@b.c/d/e", &["xmpp:a@b.c/d", "xmpp:a@b.c/d@e.f", "xmpp:a@b.c/d"]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_text_that_starts_behind_a_word_opens_nothing() {
        assert_eq!(next("www.a.b", 0, false, &[]), None);
        assert!(next(" www.a.b", 0, false, &[]).is_some());
    }

    #[test]
    fn emphasis_bounds_mail_addresses() {
        let range = next("_a@b.c_", 0, true, &[0..1, 6..7]).map(|link| link.range);
        assert_eq!(range, Some(1..6));
    }

    /// Exhaustive over short inputs: addresses lie on character boundaries, in order, and are not empty.
    #[test]
    fn every_address_is_a_part_of_the_text() {
        let parts = ["www.", "a", ".", "@", "é", "(", ")", "&", ";", " ", "mailto:"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| parts.iter().map(move |part| format!("{text}{part}"))).collect();
        }
        for text in texts {
            for part in found(&text) {
                assert!(part.contains('.') && !part.contains(' '), "{text:?}: {part:?}");
            }
        }
    }
}
