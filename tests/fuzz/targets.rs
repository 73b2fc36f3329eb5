//! Bytes to what must be true of each part of the program whatever they say: the one list of targets, for `cargo test` and
//! for libFuzzer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use prepbook::highlight;
use prepbook::model::practice::data::DataKind;
use prepbook::pipeline::Options;
use prepbook::search::{Page, digest};
use prepbook::server::Desk;

use super::book::{Book, examine, examine_data, examine_page};
use super::common::scratch_in_memory;

/// A part of the program that takes what others wrote.
pub struct Target {
    pub name: &'static str,
    /// What is wrong, if anything is.
    pub examine: fn(&[u8]) -> Result<(), String>,
}

pub const TARGETS: &[Target] = &[
    Target { name: "page", examine: |bytes| examine_page(&text(bytes)) },
    Target { name: "front-matter", examine: |bytes| examine_page(&format!("---\n{}\n---\n# T\n", text(bytes))) },
    Target { name: "attributes", examine: attributes },
    Target { name: "links", examine: links },
    Target { name: "data", examine: data },
    Target { name: "practice", examine: practice },
    Target { name: "book", examine: book },
    Target { name: "code", examine: code },
    Target { name: "search", examine: search },
    Target { name: "http", examine: http },
];

/// What `target` says of `bytes`, panics included.
pub fn run(target: &Target, bytes: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| (target.examine)(bytes))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        Err(format!("panics: {}", said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("")))
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The first byte as a number below `bound`, and the rest.
fn choice(bytes: &[u8], bound: usize) -> (usize, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first) % bound, rest))
}

/// What stands behind a fence, a directive, a heading, a mark.
fn attributes(bytes: &[u8]) -> Result<(), String> {
    let line = text(bytes).replace(['\n', '\r'], " ");
    examine_page(&format!(
        "# T {{{line}}}\n\n:::note{line}\nbody\n:::\n\n> :::tabs{{{line}}}\n> :::tab[{line}]\n\n```{line}\nx = 1\n```\n\n\
         ::::drill[{line}]{{#d {line}}}\n:::answer{line}\n:::\n::::\n\n:term[x]{{{line}}} :ref[{line}]{{a}} :claim[x]{{{line}}}\n"
    ))
}

/// Targets of links, and of everything else that names a file.
fn links(bytes: &[u8]) -> Result<(), String> {
    let target = text(bytes).replace(['\n', '\r'], "");
    let quoted = target.replace(['\\', '"'], "");
    let page = format!(
        "---\nredirect_from: ['{0}']\nprerequisites: ['{0}']\n---\n# T\n\n[a](<{target}>) ![b](<{target}>) [c]({target})\n\n\
         [d]: <{target}>\n\n```py file=\"{quoted}\"\n```\n\n:::include{{file=\"{quoted}\"}}\n\n\
         :::threat-model{{src=\"{quoted}\"}}\n",
        quoted.replace('\'', "''"),
    );
    examine(&Book::small().with("guide/page.md", page))
}

const KINDS: [DataKind; 6] = [
    DataKind::ThreatModel,
    DataKind::Questions,
    DataKind::Plan,
    DataKind::Glossary,
    DataKind::References,
    DataKind::Synonyms,
];

/// A file of data alone. The first byte is its kind.
fn data(bytes: &[u8]) -> Result<(), String> {
    let (kind, rest) = choice(bytes, KINDS.len());
    examine_data(KINDS[kind], &text(rest))
}

/// The same in a book that shows it.
fn practice(bytes: &[u8]) -> Result<(), String> {
    let (kind, rest) = choice(bytes, super::book::DATA.len());
    examine(&Book::practising().with(&format!("guide/{}", super::book::DATA[kind].0), rest))
}

/// The files of a book that the first byte may choose.
pub const ROLES: &[&str] = &[
    "guide/README.md",
    "guide/practice.md",
    "guide/SUMMARY.md",
    "guide/_included.md",
    "guide/code.py",
    "guide/image.svg",
    "guide/image.png",
    "book.toml",
    "themes/handbook/theme.toml",
    "themes/handbook/templates/page.html",
    "themes/handbook/templates/partial.html",
    "themes/handbook/strings/en.toml",
];

/// A file of a book, and the site that it makes.
fn book(bytes: &[u8]) -> Result<(), String> {
    let (role, rest) = choice(bytes, ROLES.len());
    examine(&Book::practising().with(ROLES[role], rest))
}

/// A block of code. The first byte is its language.
fn code(bytes: &[u8]) -> Result<(), String> {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| highlight::names().collect());
    let (language, rest) = choice(bytes, NAMES.len());
    let text = text(rest);
    let language = highlight::language(NAMES[language]).ok_or("a name is no language")?;
    let lines = highlight::lines(language, &text).lines;
    if lines.len() != text.lines().count() {
        return Err(format!("{} lines of {}", lines.len(), text.lines().count()));
    }
    for (line, written) in lines.iter().zip(text.lines()) {
        if read(line).as_deref() != Some(written) {
            return Err(format!("{written:?} is shown as {line:?}"));
        }
    }
    Ok(())
}

/// The text of a highlighted line; nothing if there is any other markup in it than spans, closed.
fn read(html: &str) -> Option<String> {
    let (mut text, mut rest, mut open) = (String::new(), html, false);
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let (tag, behind) = rest[at + 1..].split_once('>')?;
        let is_start = tag.strip_prefix("span class=\"").and_then(|class| class.strip_suffix('"'));
        let is_start =
            is_start.is_some_and(|class| class.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        if open == is_start || (!is_start && tag != "/span") {
            return None;
        }
        (rest, open) = (behind, is_start);
    }
    text.push_str(rest);
    let plain = !open && !text.contains(['>', '"']);
    plain.then(|| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

/// A rendered page, taken apart for search.
fn search(bytes: &[u8]) -> Result<(), String> {
    let (files, digest) = digest(Page { number: 0, url: "a.html", title: "T" }, &text(bytes));
    if digest.parts.len() != files.len() || digest.parts.iter().sum::<usize>() != digest.kinds.len() {
        return Err(format!("{} files of {:?}", files.len(), digest.parts));
    }
    Ok(())
}

/// What a connection sends.
fn http(bytes: &[u8]) -> Result<(), String> {
    static DESK: LazyLock<Desk> = LazyLock::new(|| {
        let folder = scratch_in_memory().keep();
        Book::practising().write(&folder);
        Desk::open(Options { root: folder, ..Options::default() }).expect("the book can be read")
    });
    let Some(reply) = DESK.reply(bytes) else { return Ok(()) };
    let end = reply.windows(4).position(|window| window == b"\r\n\r\n").ok_or("an answer without a head")?;
    let head = std::str::from_utf8(&reply[..end]).map_err(|_| "a head that is not UTF-8")?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")).and_then(|line| line.get(..3));
    let status: u16 = status.and_then(|status| status.parse().ok()).ok_or("an answer without a status")?;
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    if head.split("\r\n").count() != headers.len() + 1
        || head.contains(|c: char| c.is_control() && c != '\r' && c != '\n')
    {
        return Err(format!("a head that can be broken open: {head:?}"));
    }
    if !matches!(status, 200 | 206 | 302 | 304 | 400 | 403 | 404 | 405 | 414 | 416 | 431 | 505) {
        return Err(format!("answers {status}"));
    }
    let length = headers.iter().find(|(name, _)| *name == "Content-Length");
    let length: Option<usize> = length.and_then(|(_, length)| length.parse().ok());
    // Empty lines may stand in front of a request (RFC 9112, section 2.2).
    let is_head = bytes.trim_ascii_start().starts_with(b"HEAD ");
    match length {
        Some(length) if !is_head && reply.len() - end - 4 != length => Err(format!("{length} is not the length")),
        None if status != 304 => Err("an answer without a length".to_owned()),
        _ => Ok(()),
    }
}
