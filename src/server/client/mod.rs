//! The part of the server that runs in browsers: its script and style, and how a page gets them. What is inserted is the
//! only difference to a published page.

use super::edition::State;
use crate::diagnostic::Diagnostic;

/// The style sheet of what the script shows.
pub const STYLE: &str = include_str!("live.css");

/// The script's parts, in the order in which they build on each other.
const SCRIPTS: &[&str] = &[
    include_str!("match.js"),
    include_str!("patch.js"),
    include_str!("reader.js"),
    include_str!("refresh.js"),
    include_str!("problems.js"),
    include_str!("live.js"),
];

/// What tells this script from that of another version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The script.
#[must_use]
pub fn script() -> String {
    SCRIPTS.join("\n")
}

/// The page with the script in it, in front of all others, which it must see at work.
#[must_use]
pub fn inserted(html: Vec<u8>, state: &State) -> Vec<u8> {
    let state = serde_json::to_string(state).expect("strings and numbers are JSON");
    let element = format!("<script src=\"{}live.js\" data-state=\"{}\"></script>", super::answer::OWN, escaped(&state));
    let at = find(&html, b"<script").or_else(|| find(&html, b"</head")).unwrap_or(html.len());
    insert(html, at, &element)
}

/// The page for missing addresses with what may have been meant: addresses and titles.
#[must_use]
pub fn with_suggestions(html: Vec<u8>, near: &[(String, &str)]) -> Vec<u8> {
    if near.is_empty() {
        return html;
    }
    let items: String = near
        .iter()
        .map(|(href, title)| format!("<li><a href=\"{}\">{}</a></li>", escaped(href), escaped(title)))
        .collect();
    // The theme styles it as the text of a page.
    let block = format!("<div class=\"content\"><p>Did you mean:</p><ul>{items}</ul></div>\n");
    let at = find(&html, b"</main").or_else(|| find(&html, b"</body")).unwrap_or(html.len());
    insert(html, at, &block)
}

/// A page that says why there is none.
#[must_use]
pub fn failure(diagnostic: &Diagnostic) -> Vec<u8> {
    let place = &diagnostic.place.path;
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>This page cannot be rendered</title>\n</head>\n<body>\n<main>\n<h1>This page cannot be rendered</h1>\n\
         <p>There is a mistake in <code>{}</code>: {}.</p>\n<p>The page comes back by itself when it is mended.</p>\n\
         </main>\n</body>\n</html>\n",
        escaped(&place.to_string()),
        escaped(&diagnostic.message)
    )
    .into_bytes()
}

fn insert(mut html: Vec<u8>, at: usize, text: &str) -> Vec<u8> {
    html.splice(at..at, text.bytes());
    html
}

/// Where a tag starts, whatever its case.
fn find(html: &[u8], tag: &[u8]) -> Option<usize> {
    html.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{find, insert, with_suggestions};

    #[test]
    fn tags_are_found_whatever_their_case() {
        assert_eq!(find(b"<p></HEAD>", b"</head"), Some(3));
        assert_eq!(find(b"", b"</head"), None);
        assert_eq!(insert(b"ad".to_vec(), 1, "bc"), b"abcd");
    }

    #[test]
    fn a_title_cannot_write_into_the_page() {
        let html = with_suggestions(b"<main></main>".to_vec(), &[("/a\"b".to_owned(), "<b>")]);
        let html = String::from_utf8(html).unwrap();
        assert!(!html.contains("<b>") && html.contains("/a&quot;b"), "{html}");
        assert!(html.ends_with("</main>"));
        assert_eq!(with_suggestions(b"<main></main>".to_vec(), &[]), b"<main></main>");
    }
}
