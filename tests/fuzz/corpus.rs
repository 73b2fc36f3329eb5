//! What each target starts from: real files of the repository, and what means something to it.

use std::path::Path;

use super::book::{Book, DATA};
use super::common::{repository, tree};
use super::targets::ROLES;

/// Files up to this length are changed; larger ones take too long for what they find.
const LENGTH: usize = 6_000;

/// What the target of that name starts from.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let of_kinds = |kinds: u8| (0..kinds).flat_map(|kind| numbered(kind, of_kind(kind.into()))).collect();
    let mut seeds: Vec<Vec<u8>> = match target {
        "page" => files("md"),
        "front-matter" => files("md").into_iter().filter_map(front_matter).collect(),
        "attributes" => files("md").iter().flat_map(|page| lines(page, b":::")).collect(),
        "links" => files("md").iter().flat_map(|page| targets(page)).collect(),
        "data" => of_kinds(6),
        "practice" => {
            (0..).zip(DATA).flat_map(|(kind, (_, text))| numbered(kind, vec![text.as_bytes().into()])).collect()
        }
        "book" => (0..).zip(ROLES).flat_map(|(role, path)| numbered(role, of_role(path))).collect(),
        "code" => ["py", "java", "js", "rs", "sh", "html"]
            .into_iter()
            .flat_map(|ending| files(ending).into_iter().take(12))
            .zip((0..=255_u8).step_by(7).cycle())
            .map(|(text, language)| [vec![language], text].concat())
            .collect(),
        "search" => files("html"),
        "http" => REQUESTS.iter().map(|request| request.replace('\n', "\r\n").into_bytes()).collect(),
        _ => Vec::new(),
    };
    seeds.sort();
    seeds.dedup();
    assert!(!seeds.is_empty(), "{target} has nothing to start from");
    seeds
}

/// What inputs are made of, beside what pages are made of.
#[rustfmt::skip]
pub const WORDS: &[&str] = &[
    "id: ", "title: ", "threats:", "elements:", "flows:", "boundaries:", "kind: ", "on: ", "at: [0, 0]", "stride: ",
    "questions:", "terms:", "references:", "synonyms:", "days:", "items:", "minutes: ", "&a ", "*a", "<<: ", "!!binary ",
    "? ", "|-\n", "> \n", "::::drill[T]{#d}", "::::review", ":::answer", ":::finding", ":::question", ":::story", ":::calc",
    ":::checklist", ":::attack-tree", ":::simulation", ":term[", ":ref[", ":claim[", "minutes=", "cwe=79", "topic=",
    "{{ page", "}}", "{% if", "%}", "GET /", "HEAD ", " HTTP/1.1\r\n", "Host: localhost\r\n", "Range: bytes=0-",
    "If-None-Match: *", "Cookie: prepbook-newest=1", "%2e%2e", "%00", "?page=/", "/.prepbook/state", "<main>",
    "data-practice", "</", "<svg", "<math", "<textarea>", "[lints]", "[output.html]", "\"\"\"", "'''", "\\u0000",
    "\\U0010ffff",
];

const REQUESTS: &[&str] = &[
    "GET / HTTP/1.1\nHost: localhost\n\n",
    "GET /page.html?x=%0d%0aa HTTP/1.1\nHost: 127.0.0.1:3000\nRange: bytes=0-4\n\n",
    "HEAD /code.py HTTP/1.1\nHost: [::1]\nIf-None-Match: \"a\", W/\"b\", *\n\n",
    "GET http://localhost/code.py HTTP/1.1\nHost: localhost\nRange: bytes=-3\nIf-Range: \"x\"\n\n",
    "GET /.prepbook/state?page=%2Fpage.html HTTP/1.1\nHost: localhost\nOrigin: http://localhost\n\n",
    "GET /.prepbook/problems HTTP/1.1\nHost: localhost\nSec-Fetch-Site: same-origin\n\n",
    "GET /.prepbook/live.js HTTP/1.0\nHost: localhost\nCookie: a=b; prepbook-newest=1\nAccept: image/png\n\n",
    "GET /%E2%82%AC/..%2f%2e%2e/x HTTP/1.1\nHost: localhost\nAccept: text/html\n\n",
    "POST /index HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nabcde",
    "GET /nothing/guide/page.md HTTP/1.1\nHost: localhost\nRange: bytes=18446744073709551615-\n\n",
];

/// The texts of all files with an ending in the places where books and their sites are.
fn files(ending: &str) -> Vec<Vec<u8>> {
    let folders = ["guide", "tests/books", "tests/browser/book", "tests/runner"];
    let folders = folders.map(|folder| tree(&repository().join(folder)));
    let has_ending = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == ending);
    let found = folders.into_iter().flatten().filter(|(path, bytes)| has_ending(path) && bytes.len() < LENGTH);
    found.map(|(_, bytes)| bytes).collect()
}

fn numbered(number: u8, texts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    texts.into_iter().map(|text| [vec![number], text].concat()).collect()
}

fn front_matter(page: Vec<u8>) -> Option<Vec<u8>> {
    let text = String::from_utf8(page).ok()?;
    Some(text.strip_prefix("---\n")?.split_once("\n---\n")?.0.as_bytes().to_vec())
}

/// What stands behind `start` on the lines that begin so.
fn lines(page: &[u8], start: &[u8]) -> Vec<Vec<u8>> {
    page.split(|&byte| byte == b'\n').filter_map(|line| line.strip_prefix(start)).map(<[u8]>::to_vec).collect()
}

fn targets(page: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(page);
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.as_bytes().to_vec())).collect()
}

/// Real files of the kind of data with that number.
fn of_kind(kind: usize) -> Vec<Vec<u8>> {
    let key = ["elements:", "questions:", "days:", "terms:", "references:", "synonyms:"][kind];
    let real = files("yaml").into_iter().chain(DATA.iter().map(|(_, text)| text.as_bytes().to_vec()));
    let found: Vec<_> = real.filter(|text| String::from_utf8_lossy(text).contains(key)).collect();
    assert!(!found.is_empty(), "nothing has {key}");
    found
}

fn of_role(path: &str) -> Vec<Vec<u8>> {
    let others = match path {
        "guide/practice.md" => files("md").into_iter().filter(|text| text.len() < 1_500).collect(),
        "guide/image.svg" => files("svg"),
        "themes/handbook/strings/en.toml" => vec![b"[text]\nsearch = \"Find\"\n".to_vec()],
        "themes/handbook/templates/partial.html" => vec![b"{{ page.title }}".to_vec()],
        _ => Vec::new(),
    };
    Book::practising().bytes(path).into_iter().chain(others).collect()
}
