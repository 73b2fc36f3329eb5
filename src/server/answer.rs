//! A request and an edition to an answer. Everything that is served is looked up in the edition's table of addresses, so
//! no path can lead out of the book; a path is decoded only to be looked up.

use super::client;
use super::edition::{Edition, State, Version};
use super::kinds::kind;
use super::message::{Body, Request, Response, Source};
use super::names::Names;
use crate::base::files;
use crate::diagnostic::Diagnostic;
use crate::model::url::{Url, decode, encoded};
use crate::model::view::POLICY;
use crate::workspace::Content;

/// The longest target that is answered, in bytes.
pub const TARGET_LIMIT: usize = 8 * 1024;

/// Where the server's own files are: no address of a book starts so.
pub const OWN: &str = "/.prepbook/";

/// What is to be sent.
pub enum Answer {
    /// An answer.
    Whole(Response),
    /// The states of the page at this address, from now on.
    Events(Url, Version),
}

/// Answers a request.
#[must_use]
pub fn answer(edition: &Edition, names: &Names, request: &Request) -> Answer {
    let mut answer = checked(edition, names, request).unwrap_or_else(Answer::Whole);
    if let Answer::Whole(response) = &mut answer {
        response.headers.extend([
            ("Cache-Control", "no-cache".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Content-Security-Policy", format!("{POLICY}; frame-ancestors 'none'")),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ]);
        if request.method == "HEAD" {
            response.body = Body::Empty;
        }
    }
    answer
}

/// The cookie by which a reader asks for pages as they are, mistakes and all.
const NEWEST: &str = "prepbook-newest=1";

/// Which version of pages the reader wants.
fn version(request: &Request) -> Version {
    let cookies = request.header("Cookie").unwrap_or("");
    if cookies.split(';').any(|cookie| cookie.trim() == NEWEST) { Version::Newest } else { Version::Good }
}

/// What may be asked at all, and then what is asked for.
fn checked(edition: &Edition, names: &Names, request: &Request) -> Result<Answer, Response> {
    if request.method != "GET" && request.method != "HEAD" {
        return Err(not_allowed("GET, HEAD"));
    }
    if request.target.len() > TARGET_LIMIT {
        return Err(Response::words(414, "the address is longer than 8 KB"));
    }
    let foreign = || {
        Response::words(
            403,
            "ask this server by the address that it has printed, as localhost, or by the name given with -n",
        )
    };
    let host = request.header("Host").ok_or_else(|| Response::words(400, "the request names no host"))?;
    let hosts = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Host")).count();
    if hosts > 1 {
        return Err(Response::words(400, "the request names two hosts"));
    }
    if !names.include(host) {
        return Err(foreign());
    }
    let target = match request.target.strip_prefix("http://") {
        // The absolute form (RFC 9112, section 3.2.2), as it is sent to proxies.
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !names.include(authority) {
                return Err(foreign());
            }
            if path.is_empty() { "/" } else { path }
        }
        None => request.target.as_str(),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = decoded(path).ok_or_else(|| Response::words(400, "the address is not one that a book can have"))?;
    match path.strip_prefix(OWN) {
        Some(name) => own(edition, request, host, name, query),
        None => {
            let mut response = book(edition, request, &path);
            if let Some((_, location)) = response.headers.iter_mut().find(|(name, _)| *name == "Location")
                && !query.is_empty()
            {
                location.push('?');
                location.push_str(query);
            }
            Ok(Answer::Whole(response))
        }
    }
}

fn not_allowed(allowed: &str) -> Response {
    let mut refused = Response::words(405, &format!("only {allowed} is answered here"));
    refused.headers.push(("Allow", allowed.to_owned()));
    refused
}

/// An absolute path, percent-decoded; `None` if it is none, or has what no address of a book has: parts that lead
/// upwards, characters that systems read as something else.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let byte = match bytes[index] {
            b'%' => {
                let digits =
                    bytes.get(index + 1..index + 3).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
                index += 2;
                let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                // It would be another path than the one that was asked for.
                if byte == b'/' {
                    return None;
                }
                byte
            }
            byte => byte,
        };
        out.push(byte);
        index += 1;
    }
    let path = String::from_utf8(out).ok()?;
    let is_plain = path.starts_with('/')
        && !path.contains(|c: char| c.is_control() || c == '\\')
        && path.split('/').all(|part| part != "." && part != "..");
    is_plain.then_some(path)
}

/// The server's own files.
fn own(edition: &Edition, request: &Request, host: &str, name: &str, query: &str) -> Result<Answer, Response> {
    let whole = |kind: &str, text: String| {
        Ok(Answer::Whole(Response::of(request, 200, kind, Source::Bytes(text.into_bytes()))))
    };
    match name {
        "live.js" => whole("text/javascript; charset=utf-8", client::script()),
        "live.css" => whole("text/css; charset=utf-8", client::STYLE.to_owned()),
        "problems" | "events" | "state" => {
            // What only the book's own pages have a use for.
            let origin = request.header("Origin").map(|origin| origin.trim_start_matches("http://"));
            let site = request.header("Sec-Fetch-Site");
            if origin.is_some_and(|origin| origin != host)
                || site.is_some_and(|site| site != "same-origin" && site != "none")
            {
                return Err(Response::words(403, "this is for the book's own pages"));
            }
            if name == "problems" {
                return whole("application/json", edition.problems());
            }
            let path = query.split('&').find_map(|pair| pair.strip_prefix("page=")).and_then(decoded_query);
            let path = path.ok_or_else(|| Response::words(400, "say which page: ?page=/index.html"))?;
            let url = page_url(edition, &path).unwrap_or_else(|| Url::new(""));
            if name == "state" {
                let state = edition.state(&url, version(request));
                return whole("application/json", serde_json::to_string(&state).expect("strings and numbers are JSON"));
            }
            // A stream has no end, and so no head that could be told.
            if request.method == "HEAD" {
                return Err(not_allowed("GET"));
            }
            Ok(Answer::Events(url, version(request)))
        }
        _ => Err(Response::words(404, "there is nothing of that name")),
    }
}

/// The value of a query's parameter as a path. It is itself a path of a browser, so it is encoded twice.
fn decoded_query(value: &str) -> Option<String> {
    decoded(&decode(value))
}

/// The address of a path, below the path at which the site will be reached; `None` if it is not below that.
fn page_url(edition: &Edition, path: &str) -> Option<Url> {
    let below = path.strip_prefix(&*decode(&edition.base().config().site.path))?;
    let index = if below.is_empty() || below.ends_with('/') { "index.html" } else { "" };
    Some(Url::new(format!("{below}{index}")))
}

/// What stands at a path.
fn book(edition: &Edition, request: &Request, path: &str) -> Response {
    let Some(url) = page_url(edition, path) else {
        // Somebody has left out the path at which the site will be reached.
        let url = Url::new(path.trim_start_matches('/'));
        let there = path == "/" || edition.base().has(&url);
        return if there { redirect(edition, &url) } else { missing(edition, request, path) };
    };
    if let Some(content) = edition.content(&url, version(request)) {
        return found(edition, request, &url, content);
    }
    let base = edition.base();
    let name = url.as_str();
    let folder = Url::new(format!("{name}/index.html"));
    let page = Url::new(format!("{name}.html"));
    if base.has(&folder) {
        return redirect(edition, &Url::new(format!("{name}/")));
    }
    if base.has(&page) {
        return redirect(edition, &page);
    }
    // A path of the source, as it stands in an editor or in a link on GitHub.
    let source = name.trim_end_matches("index.html").trim_end_matches('/');
    if let Some(page) = [name, source].iter().find_map(|name| base.page_of_source(name)).filter(|page| base.has(page)) {
        return redirect(edition, page);
    }
    missing(edition, request, path)
}

fn redirect(edition: &Edition, url: &Url) -> Response {
    Response::redirect(encoded(&(decode(&edition.base().config().site.path) + url.as_str())))
}

fn found(edition: &Edition, request: &Request, url: &Url, content: Content) -> Response {
    match content {
        Content::Page(Ok(html)) => {
            let html = client::inserted(html, &edition.state(url, version(request)));
            Response::of(request, 200, kind("a.html"), Source::Bytes(html))
        }
        Content::Page(Err(diagnostic)) => failed(request, &edition.state(url, version(request)), &diagnostic),
        Content::Data(bytes) => Response::of(request, 200, kind(url.as_str()), Source::Bytes(bytes)),
        Content::File(path) => match files::open_inside(edition.base().root(), &path) {
            Some(file) => Response::of(request, 200, kind(url.as_str()), Source::File(file)),
            None => Response::words(404, "the file is gone, or cannot be read"),
        },
    }
}

/// The page for addresses that do not exist, and what may have been meant.
fn missing(edition: &Edition, request: &Request, path: &str) -> Response {
    let url = Url::new("404.html");
    let site = &edition.base().config().site;
    // A program that asks for a picture has no use for a page.
    let wants_page = request.header("Accept").is_none_or(|accept| accept.contains("html") || accept.contains("*/*"));
    match edition.content(&url, version(request)).filter(|_| wants_page) {
        Some(Content::Page(Ok(html))) => {
            let near = edition.base().near(path.trim_matches('/'));
            let near: Vec<(String, &str)> =
                near.into_iter().map(|(url, title)| (url.absolute_path(site), title)).collect();
            let html = client::with_suggestions(html, &near);
            let html = client::inserted(html, &edition.state(&Url::new(""), version(request)));
            Response::of(request, 404, kind("a.html"), Source::Bytes(html))
        }
        Some(Content::Page(Err(diagnostic))) => {
            failed(request, &edition.state(&Url::new(""), version(request)), &diagnostic)
        }
        _ => Response::words(404, "there is nothing at this address"),
    }
}

/// A page that a mistake in a template keeps from being rendered says so itself.
fn failed(request: &Request, state: &State, diagnostic: &Diagnostic) -> Response {
    let html = client::inserted(client::failure(diagnostic), state);
    Response::of(request, 500, kind("a.html"), Source::Bytes(html))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn paths_are_decoded_once_and_lead_nowhere_else() {
        for (path, found) in [
            ("/", Some("/")),
            ("/a%20b/%C3%BC.html", Some("/a b/ü.html")),
            ("/a%2520b", Some("/a%20b")),
            ("//a", Some("//a")),
            ("/a/..b/...", Some("/a/..b/...")),
            ("/a/../b", None),
            ("/a/%2e%2E/b", None),
            ("/./a", None),
            ("/a%2fb", None),
            ("/a\\b", None),
            ("/a%5cb", None),
            ("/a%00", None),
            ("/a%0d%0a", None),
            ("/a%7F", None),
            ("/%ff", None),
            ("/%zz", None),
            ("/%+1", None),
            ("/%4", None),
            ("a", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(decoded(path).as_deref(), found, "{path}");
        }
    }
}
