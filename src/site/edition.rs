//! A published site as a service worker sees it: `sw.js`, the theme's worker with what it must know of the book in front, and
//! `offline.json`, every file that it may keep. The first stays small however large the book is.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::hash::{Hash, Hasher};
use crate::config::Config;
use crate::model::output::{Output, SERVICE_WORKER};
use crate::model::strings::{Direction, Strings, Text};
use crate::model::url::Url;

/// The list of files.
const LIST: &str = "offline.json";

/// The names of the files.
pub const EDITION: &[&str] = &[SERVICE_WORKER, LIST];

/// Up to how many bytes a book is kept whole without being asked for.
const SMALL: u64 = 5_000_000;

/// What is published, and by which worker it is kept.
pub struct Edition<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Address, hash and size of each file, by address.
    pub files: Vec<(&'a str, Hash, u64)>,
    /// Files that every page loads, as far as they are published.
    pub shell: [&'a str; 8],
    /// The style sheet.
    pub style: &'a str,
    /// The worker.
    pub worker: &'a str,
    /// The words of the interface.
    pub strings: &'a Strings,
}

/// The first line of the worker.
#[derive(Serialize)]
struct Head<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    list: &'static str,
    size: u64,
    small: u64,
    style: &'a str,
    shell: Vec<&'a str>,
    language: &'a str,
    direction: Direction,
    text: BTreeMap<&'a str, &'a Text>,
}

#[derive(Serialize)]
struct List<'a> {
    version: &'a str,
    files: BTreeMap<&'a str, (String, u64)>,
}

/// Both files. Their bytes depend on the site's alone.
#[must_use]
pub fn edition(edition: &Edition<'_>) -> Vec<Output> {
    let Edition { config, files, shell, style, worker, strings } = edition;
    let text: BTreeMap<&str, &Text> = strings.section(Some("worker")).collect();
    let json = |value: Result<String, _>| value.expect("strings and numbers are JSON");
    let mut hasher = Hasher::default();
    for text in [worker, config.id.as_str(), &config.title, &json(serde_json::to_string(&text))] {
        hasher.add(text.as_bytes());
    }
    for (url, hash, _) in files {
        hasher.add(url.as_bytes()).add(hash.to_string().as_bytes());
    }
    let version = hasher.finish().short();
    // The home page too, so that there is always somewhere to go.
    let shell = shell.iter().copied().chain(["contents/root.js", "index.html"]);
    let shell = shell.filter(|name| files.binary_search_by(|(url, ..)| (*url).cmp(name)).is_ok()).collect();
    let size = files.iter().map(|(.., size)| size).sum();
    let (id, title) = (&config.id, &config.title);
    let (language, direction) = (config.language.value.as_str(), strings.direction());
    let version = version.as_str();
    let head = Head { id, title, version, list: LIST, size, small: SMALL, style, shell, language, direction, text };
    let files = files.iter().map(|&(url, hash, size)| (url, (hash.short(), size))).collect();
    let list = List { version, files };
    let script = format!("const edition = {};\n{worker}", json(serde_json::to_string(&head)));
    [(SERVICE_WORKER, script), (LIST, json(serde_json::to_string(&list)) + "\n")]
        .map(|(name, text)| Output { url: Url::new(name), bytes: text.into_bytes() })
        .into()
}
