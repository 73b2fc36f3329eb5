//! The addresses of a book before and after a move to the edits by which old ones lead on: `redirect_from` of the pages, and
//! where `[output.html.redirect]` leads to.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::written::scalar;
use super::{Edit, Move, text};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::Config;
use crate::model::book::RedirectTarget;
use crate::model::parsed::Parsed;
use crate::model::url::{Url, encoded};
use crate::pipeline::Derived;

/// What is found.
pub struct Found {
    /// By the paths that the files have before the move.
    pub edits: BTreeMap<BookPath, Vec<Edit>>,
    /// The configuration, if that is edited.
    pub config: Option<Config>,
    /// Addresses of pages that nothing leads on from.
    pub lost: Vec<Url>,
}

/// Compares the book with itself after the move; `redirect` says whether old addresses are to lead on.
pub fn edits(before: &Derived, after: &Derived, step: &Move, redirect: bool) -> Found {
    let mut found = Found { edits: BTreeMap::new(), config: None, lost: Vec::new() };
    let taken = taken(after);
    let leads: HashSet<&Url> = before.book.redirects.iter().map(|redirect| &redirect.from).collect();
    for id in before.book.ids() {
        let page = before.book.page(id);
        let Some(source) = page.source else {
            if redirect && !taken.contains(&page.url) {
                found.lost.push(page.url.clone());
            }
            continue;
        };
        let parsed = &before.parsed[source.0 as usize];
        let Some(&now) = after.book.by_file.get(&step.of(&page.path)) else { continue };
        let url = &after.book.page(now).url;
        if *url == page.url || parsed.front.draft {
            continue;
        }
        let old = (redirect && !taken.contains(&page.url) && !leads.contains(&page.url)).then(|| address(&page.url));
        // A page that comes back to where it was needs nothing that leads there.
        let own =
            before.book.redirects.iter().filter(|redirect| redirect.written.0 == page.path && redirect.from == *url);
        let needless: Vec<Span> = own.map(|redirect| redirect.written.1.span).collect();
        match front_matter(&text(before, &page.path), parsed, old.as_deref(), &needless) {
            Some(edits) if edits.is_empty() => {}
            Some(edits) => found.edits.entry(page.path.clone()).or_default().extend(edits),
            None => found.lost.push(page.url.clone()),
        }
    }
    config(before, after, step, &mut found);
    found
}

/// Every address that something stands at.
fn taken(derived: &Derived) -> HashSet<&Url> {
    let book = &derived.book;
    let listings = book.listings.values().map(|listing| &listing.url);
    book.by_url.keys().chain(book.files.values()).chain(listings).collect()
}

/// An address as authors write it.
fn address(url: &Url) -> String {
    let path = url.as_str();
    let path = path.strip_suffix("index.html").filter(|path| path.ends_with('/')).unwrap_or(path);
    format!("/{}", encoded(path))
}

/// What `[output.html.redirect]` leads to is somewhere else.
fn config(before: &Derived, after: &Derived, step: &Move, found: &mut Found) {
    let mut moved: HashMap<&Url, &Url> = HashMap::new();
    for id in before.book.ids() {
        let page = before.book.page(id);
        let now =
            after.book.by_file.get(&step.of(&page.path)).or_else(|| after.book.by_folder.get(&step.of(&page.path)));
        moved.extend(now.map(|&now| (&page.url, &after.book.page(now).url)));
    }
    let file = |path: &BookPath| after.book.files.get(&step.of(path));
    moved.extend(before.book.files.iter().filter_map(|(path, url)| Some((url, file(path)?))));
    let listing = |path: &BookPath| after.book.listings.get(&step.of(path)).map(|listing| &listing.url);
    moved.extend(before.book.listings.iter().filter_map(|(path, it)| Some((&it.url, listing(path)?))));
    let config_file = Config::path();
    let text = text(before, &config_file);
    for (index, entry) in before.config.redirects.iter().enumerate() {
        let is_it =
            |written: &(BookPath, Spanned<String>)| written.0 == config_file && written.1.span == entry.from.span;
        let redirect = before.book.redirects.iter().find(|redirect| is_it(&redirect.written));
        let Some(RedirectTarget::Url(url, anchor)) = redirect.map(|redirect| &redirect.to) else { continue };
        let Some(now) = moved.get(url).filter(|now| **now != url) else { continue };
        let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
        let value = address(now) + &anchor;
        let quote = if entry.to.span.slice(&text).starts_with('\'') && !value.contains('\'') { '\'' } else { '"' };
        let edit = Edit { span: entry.to.span, text: format!("{quote}{value}{quote}") };
        found.edits.entry(config_file.clone()).or_default().push(edit);
        let config = found.config.get_or_insert_with(|| super::named::config(before, step));
        config.redirects[index].to.value = value;
    }
}

/// The edits that add an `old` address to the front matter of a page and take the `needless` ones out; `None` where there
/// is front matter that no address can be added to.
fn front_matter(text: &str, parsed: &Parsed, old: Option<&str>, needless: &[Span]) -> Option<Vec<Edit>> {
    let new = old.map(scalar);
    let entries = &parsed.front.redirect_from;
    if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
        return Some(list(text, first.span, last.span, entries, new, needless));
    }
    let Some(new) = new else { return Some(Vec::new()) };
    let line_end = line_end(text);
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let line = format!("redirect_from: [{new}]{line_end}");
    if parsed.body == start {
        let text = format!("---{line_end}{line}---{line_end}{line_end}");
        return Some(vec![Edit { span: Span::new(start..start), text }]);
    }
    let head = text.get(..parsed.body)?.trim_end_matches(['\n', '\r']);
    let closing = head.rfind(['\n', '\r'])? + 1;
    let is_yaml = text[start..].starts_with("---") && matches!(head[closing..].trim_end(), "---" | "...");
    is_yaml.then(|| vec![Edit { span: Span::new(closing..closing), text: line }])
}

/// The edits of a list that is there already, in the form that it has.
fn list(
    text: &str,
    first: Span,
    last: Span,
    entries: &[Spanned<String>],
    new: Option<String>,
    needless: &[Span],
) -> Vec<Edit> {
    let line = text[..first.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let prefix = &text[line..first.start as usize];
    let is_block = prefix.trim_end().ends_with('-');
    let is_flow = prefix.trim_end().ends_with(['[', ',']) || prefix.trim().is_empty();
    let between = if is_block { format!("{}{prefix}", line_end(text)) } else { ", ".to_owned() };
    if needless.is_empty() && (is_block || is_flow) {
        let Some(new) = new else { return Vec::new() };
        // What else stands on the line belongs to the last entry.
        let rest = text[last.end as usize..].find(['\n', '\r']).unwrap_or(0);
        let at = last.end as usize + if is_block { rest } else { 0 };
        return vec![Edit { span: Span::new(at..at), text: between + &new }];
    }
    let kept = entries.iter().filter(|entry| !needless.contains(&entry.span));
    let kept: Vec<String> = kept.map(|entry| entry.span.slice(text).to_owned()).chain(new).collect();
    let all = kept.join(&between);
    let (start, written) = match kept.len() {
        // A list in brackets must be indented.
        0 if is_block => (line, "  []".to_owned()),
        _ if is_block || is_flow => (first.start as usize, all),
        _ => (first.start as usize, format!("[{all}]")),
    };
    let span = Span::new(start..last.end as usize);
    let is_same = needless.is_empty() && kept.len() == entries.len();
    if is_same { Vec::new() } else { vec![Edit { span, text: written }] }
}

/// How lines of `text` end.
fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::walk::MarkdownOptions;
    use crate::model::source::Source;
    use crate::parse::{self, Lints};

    /// `text` with an old address more, and without one of those that it has.
    fn with(text: &str, old: Option<&str>, needless: &str) -> Option<String> {
        let source = Source::new(BookPath::new("a.md").unwrap(), text.into());
        let parsed = parse::page(&source, MarkdownOptions::default(), &Lints::default());
        let entries = parsed.front.redirect_from.iter();
        let needless: Vec<Span> = entries.filter(|entry| entry.value == needless).map(|entry| entry.span).collect();
        let mut changed = text.to_owned();
        for Edit { span, text } in front_matter(text, &parsed, old, &needless)?.into_iter().rev() {
            changed.replace_range(span.range(), &text);
        }
        Some(changed)
    }

    #[test]
    fn old_addresses_go_where_front_matter_has_room_for_them() {
        for (text, expected) in [
            ("# A\n", "---\nredirect_from: [/o.html]\n---\n\n# A\n"),
            ("\u{feff}# A\r\n", "\u{feff}---\r\nredirect_from: [/o.html]\r\n---\r\n\r\n# A\r\n"),
            ("---\ntitle: A\n---\n# A\n", "---\ntitle: A\nredirect_from: [/o.html]\n---\n# A\n"),
            ("---\nredirect_from: [/a, /b] # c\n---\n", "---\nredirect_from: [/a, /b, /o.html] # c\n---\n"),
            ("---\nredirect_from: /a\n---\n", "---\nredirect_from: [/a, /o.html]\n---\n"),
            (
                "---\nredirect_from:\n  - /a # c\ntitle: A\n---\n",
                "---\nredirect_from:\n  - /a # c\n  - /o.html\ntitle: A\n---\n",
            ),
        ] {
            assert_eq!(with(text, Some("/o.html"), "").as_deref(), Some(expected));
        }
        assert_eq!(with("+++\na = 1\n+++\n", Some("/o.html"), ""), None);
    }

    #[test]
    fn needless_addresses_are_taken_out() {
        for (text, old, expected) in [
            ("---\nredirect_from: [/a, /b]\n---\n", Some("/o"), "---\nredirect_from: [/b, /o]\n---\n"),
            ("---\nredirect_from: [/a]\n---\n", None, "---\nredirect_from: []\n---\n"),
            ("---\nredirect_from: /a\n---\n", Some("/o"), "---\nredirect_from: [/o]\n---\n"),
            ("---\nredirect_from:\n- /a\n- /b\n---\n", Some("/o"), "---\nredirect_from:\n- /b\n- /o\n---\n"),
            ("---\nredirect_from:\n- /a\ntoc: true\n---\n", None, "---\nredirect_from:\n  []\ntoc: true\n---\n"),
        ] {
            assert_eq!(with(text, old, "/a").as_deref(), Some(expected));
        }
    }
}
