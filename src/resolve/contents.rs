//! The table of contents as data for scripts: one small root file and one file for each chapter, so that
//! neither a page nor the first view grows with the book. They are scripts that register themselves, since
//! a browser fetches nothing from a disk.

use serde::Serialize;

use super::Resolver;
use crate::base::hash::Hash;
use crate::model::book::{Entry, Page, Unwritten};
use crate::model::url::{Url, encoded};

/// The root file's address. It keeps its name and is revalidated; the chapters' names carry a hash.
pub const ROOT: &str = "contents/root.js";

/// One file of contents.
pub struct ContentsFile {
    /// Its address.
    pub url: Url,
    /// Its text.
    pub text: String,
}

#[derive(Serialize)]
struct RootData<'a> {
    chapters: Vec<ChapterEntry<'a>>,
}

#[derive(Serialize)]
struct ChapterEntry<'a> {
    title: &'a str,
    url: Option<String>,
    part: Option<&'a str>,
    file: Option<String>,
}

#[derive(Serialize)]
struct ChapterData<'a> {
    url: String,
    entries: Vec<ListEntry<'a>>,
}

#[derive(Serialize)]
struct ListEntry<'a> {
    title: &'a str,
    /// None for a chapter that is not written yet.
    url: Option<String>,
    children: Vec<ListEntry<'a>>,
}

/// All files of contents, the root first.
#[must_use]
pub fn files(resolver: &Resolver<'_>) -> Vec<ContentsFile> {
    let book = resolver.book;
    let mut files = Vec::new();
    let mut chapters = Vec::new();
    for entry in book.page(book.root).entries() {
        let id = match entry {
            Entry::Page(id) => id,
            Entry::Unwritten(Unwritten { title, part, .. }) => {
                chapters.push(ChapterEntry { title, url: None, part: part.as_deref(), file: None });
                continue;
            }
        };
        let page = book.page(id);
        let url = encoded(page.url.as_str());
        let mut file = None;
        let entries = entries(resolver, page);
        if !entries.is_empty() {
            let name = page.url.as_str().trim_end_matches("/index.html").trim_end_matches(".html").replace('/', "-");
            let name = short(name);
            let text = registered(&format!("contents/{name}"), &ChapterData { url: url.clone(), entries });
            let path = format!("contents/{name}-{}.js", Hash::of(text.as_bytes()).short());
            file = Some(encoded(&path));
            files.push(ContentsFile { url: Url::new(path), text });
        }
        chapters.push(ChapterEntry { title: &page.title, url: Some(url), part: page.part.as_deref(), file });
    }
    let text = registered("contents/root", &RootData { chapters });
    files.insert(0, ContentsFile { url: Url::new(ROOT), text });
    files
}

/// A name that leaves room for the hash and the extension in what a system can store.
fn short(name: String) -> String {
    const LIMIT: usize = 200;
    if name.len() <= LIMIT {
        return name;
    }
    format!("{}-{}", &name[..name.floor_char_boundary(LIMIT)], Hash::of(name.as_bytes()).short())
}

fn entries<'a>(resolver: &'a Resolver<'_>, above: &'a Page) -> Vec<ListEntry<'a>> {
    let entries = above.entries().into_iter().map(|entry| match entry {
        Entry::Page(id) => {
            let page = resolver.book.page(id);
            let url = Some(encoded(page.url.as_str()));
            ListEntry { title: &page.title, url, children: entries(resolver, page) }
        }
        Entry::Unwritten(chapter) => ListEntry { title: &chapter.title, url: None, children: Vec::new() },
    });
    entries.collect()
}

fn registered(name: &str, data: &impl Serialize) -> String {
    let name = serde_json::to_string(name).expect("a string is JSON");
    let data = serde_json::to_string(data).expect("strings, lists and tables are JSON");
    format!("prepbook.data({name}, {data});\n")
}
