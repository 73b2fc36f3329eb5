//! `llms.txt`: the book as a list of links for language models and the programs around them (llmstxt.org). A chapter is a
//! section, a page a line with its description.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::PublishedPage;
use crate::config::Config;
use crate::model::book::{Book, PageId};
use crate::model::url::{Url, encoded};

/// The text of the file; `loose` is what the section of pages in no chapter is called. Pages that are kept out of search engines are kept out of it too.
pub fn llms(config: &Config, book: &Book, pages: &[PublishedPage<'_>], loose: &str) -> String {
    let shown =
        pages.iter().filter(|published| !published.noindex && Some(published.page.url.as_str()) != not_found(book));
    let list = List { config, book, shown: shown.map(|published| (&published.page.url, published)).collect() };
    let mut out = format!("# {}\n", plain(&config.title));
    if !config.description.is_empty() {
        let _ = write!(out, "\n> {}\n", plain(&config.description));
    }
    let root = book.page(book.root);
    let (chapters, single): (Vec<PageId>, Vec<PageId>) =
        root.children.iter().partition(|&&id| !book.page(id).children.is_empty());
    let mut others: Vec<PageId> = [book.root].into_iter().chain(single).collect();
    let mut met: BTreeSet<PageId> = others.iter().copied().collect();
    let mut sections = Vec::new();
    for &chapter in &chapters {
        let mut ids = Vec::new();
        below(book, chapter, &mut ids);
        met.extend(&ids);
        sections.push((book.page(chapter).title.as_str(), ids));
    }
    // Pages that the contents do not list can be read all the same.
    others.extend(book.ids().filter(|id| !met.contains(id)));
    list.section(loose, &others, &mut out);
    for (title, ids) in sections {
        list.section(title, &ids, &mut out);
    }
    out
}

/// The address of the page for addresses that do not exist.
fn not_found(book: &Book) -> Option<&str> {
    book.not_found.map(|id| book.page(id).url.as_str())
}

/// A page and all pages below it, in reading order.
fn below(book: &Book, id: PageId, ids: &mut Vec<PageId>) {
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        ids.push(id);
        waiting.extend(book.page(id).children.iter().rev());
    }
}

struct List<'a> {
    config: &'a Config,
    book: &'a Book,
    shown: BTreeMap<&'a Url, &'a PublishedPage<'a>>,
}

impl List<'_> {
    /// A section, if any of its pages is to be shown.
    fn section(&self, title: &str, ids: &[PageId], out: &mut String) {
        let mut heading = Some(format!("\n## {}\n\n", plain(title)));
        for published in ids.iter().filter_map(|&id| self.shown.get(&self.book.page(id).url)) {
            out.push_str(&heading.take().unwrap_or_default());
            let page = published.page;
            let url = page.url.canonical(&self.config.site).unwrap_or_else(|| encoded(page.url.as_str()));
            let _ = write!(out, "- [{}]({url})", plain(&page.title));
            if let Some(description) = published.description {
                let _ = write!(out, ": {}", plain(description));
            }
            out.push('\n');
        }
    }
}

/// A text as one line of Markdown in which nothing but its words is said.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '[' | ']' | '<' | '`' | '*' | '_') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn texts_stay_on_their_line_and_make_no_links() {
        assert_eq!(plain("A [link](https://a.example/)\n# and\tmore"), "A \\[link\\](https://a.example/) # and more");
        assert_eq!(plain("`<b>` *x* a_b \\"), "\\`\\<b>\\` \\*x\\* a\\_b \\\\");
    }
}
