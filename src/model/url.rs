//! The URL scheme: source path to URL, URL to relative href. URLs are kept decoded, from the site's root,
//! without a leading slash, and always name a file, so that the site works from a disk too.

use std::fmt::Write as _;

use crate::config::Site;

/// What most file systems can store as one name, in bytes.
const NAME_LIMIT: usize = 255;

/// What leaves room for the folder that the site is in: systems store paths of 4,096 bytes.
const LENGTH_LIMIT: usize = 2_000;

/// The address of a page or file, from the site's root: `threat-modeling/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(String);

impl Url {
    /// An address that is already of the scheme's form.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address as a path from the site's root, decoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The href that leads from the page at `from` to this address. Both are files.
    #[must_use]
    pub fn href_from(&self, from: &Self) -> String {
        let alike = from.0.bytes().zip(self.0.bytes()).take_while(|(here, there)| here == there).count();
        let common = self.0.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        let mut href = "../".repeat(from.0[common..].matches('/').count());
        encode(&mut href, &self.0[common..]);
        href
    }

    /// `""`, `"../"`, `"../../"`: from this page to the site's root.
    #[must_use]
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The path on the host, percent-encoded, with the site's own path in front.
    #[must_use]
    pub fn absolute_path(&self, site: &Site) -> String {
        let mut path = site.path.clone();
        encode(&mut path, &self.0);
        path
    }

    /// The whole URL, where the site's host is known. `index.html` is left out, as hosts serve it.
    #[must_use]
    pub fn canonical(&self, site: &Site) -> Option<String> {
        let origin = site.origin.as_ref()?;
        let path = self.absolute_path(site);
        Some(format!(
            "{origin}{}",
            path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(&path)
        ))
    }

    /// Why no file can be stored at this address.
    #[must_use]
    pub fn unusable(&self) -> Option<&'static str> {
        if self.0.split('/').any(|name| name.len() > NAME_LIMIT) {
            return Some("a name in it is longer than 255 bytes");
        }
        if self.0.len() > LENGTH_LIMIT {
            return Some("it is longer than 2,000 bytes");
        }
        if self.0.contains('\0') {
            return Some("it has a character that no system can store");
        }
        self.collision_key().starts_with(".prepbook/").then_some("that folder is prepbook's own")
    }

    /// The key under which two addresses collide: some file systems and hosts ignore case.
    #[must_use]
    pub fn collision_key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The address of the folder of a source path: prefixes stripped, in lower case, hyphens for spaces.
/// `folders` are the names from the source folder on, already stripped of their numbers.
#[must_use]
pub fn folder(folders: &[String]) -> String {
    folders.iter().fold(String::new(), |url, name| url + &segment(name) + "/")
}

/// A name as a URL segment: lower case, hyphens for runs of white space.
#[must_use]
pub fn segment(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// Percent-encodes a decoded path; slashes stay. A colon is encoded too, since it would make a scheme of
/// a relative reference's first segment (RFC 3986, section 4.2).
fn encode(out: &mut String, path: &str) {
    let is_plain = |byte: &u8| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'+' | b',' | b'@' | b'=');
    let plain = |bytes| std::str::from_utf8(bytes).expect("these are ASCII");
    let mut rest = path.as_bytes();
    while let Some(at) = rest.iter().position(|byte| !is_plain(byte)) {
        out.push_str(plain(&rest[..at]));
        let _ = write!(out, "%{:02X}", rest[at]);
        rest = &rest[at + 1..];
    }
    out.push_str(plain(rest));
}

/// A path, percent-encoded.
#[must_use]
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode(&mut out, path);
    out
}

/// `#` and an id, percent-encoded so that any id survives as an href.
#[must_use]
pub fn fragment(id: &str) -> String {
    let mut out = String::from("#");
    for c in id.chars() {
        if c.is_alphanumeric() || "-_.~!$&'()*+,;=:@/?".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Decodes `%41`; what is not a valid escape stays, and so does the whole text when the result is not
/// valid UTF-8.
#[must_use]
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let digits = bytes.get(index + 1..index + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.filter(|digits| bytes[index] == b'%' && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match value.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                index += 3;
            }
            None => {
                out.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn href(from: &str, to: &str) -> String {
        Url::new(to).href_from(&Url::new(from))
    }

    #[test]
    fn hrefs_are_relative() {
        assert_eq!(href("index.html", "a/b.html"), "a/b.html");
        assert_eq!(href("a/b.html", "a/c.html"), "c.html");
        assert_eq!(href("a/b/c.html", "a/index.html"), "../index.html");
        assert_eq!(href("a/b.html", "index.html"), "../index.html");
        assert_eq!(href("a/x.html", "b/a/x.html"), "../b/a/x.html");
        assert_eq!(href("a/x.html", "a/x.html"), "x.html");
        assert_eq!(href("a/x.html", "a:b/ü 1.html"), "../a%3Ab/%C3%BC%201.html");
    }

    #[test]
    fn canonical_urls_leave_index_out() {
        let site = Site::parse("https://a.example/book").unwrap();
        assert_eq!(Url::new("index.html").canonical(&site).unwrap(), "https://a.example/book/");
        assert_eq!(Url::new("a/my-index.html").canonical(&site).unwrap(), "https://a.example/book/a/my-index.html");
    }

    #[test]
    fn decoding_keeps_what_is_no_escape() {
        assert_eq!(decode("a%20b%zz%C3%BC%"), "a b%zzü%");
        assert_eq!(decode("%FF"), "%FF");
    }

    #[test]
    fn segments_are_lower_case_with_hyphens() {
        assert_eq!(segment("MASTER  Interview Guide"), "master-interview-guide");
    }
}
