//! mdBook's SUMMARY.md, where there is one: it sets order, titles, nesting and parts. Pages that it does
//! not name are published all the same, outside the contents; chapters without a page are only listed.

use std::collections::HashMap;

use super::Facts;
use super::tree::{NOT_FOUND, page_url};
use crate::base::nearest::Nearest;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::walk::{Event, Item, LinkType, MarkdownOptions, Tag, TagEnd, walk};
use crate::model::book::{Book, PageId, Unwritten};
use crate::model::parsed::referred;
use crate::model::source::Sources;
use crate::model::url::decode;

/// One entry: a link at some depth of the list.
struct Entry {
    depth: usize,
    title: String,
    target: String,
    span: Span,
    part: Option<String>,
}

/// The Markdown files that the summary names, in order; the first that is a page can be the home page.
pub fn targets(config: &Config, sources: &Sources) -> Vec<BookPath> {
    let Some(summary) = &sources.summary else { return Vec::new() };
    let named = entries(&summary.text).0.into_iter().filter(|entry| !entry.target.is_empty());
    let paths = named.filter_map(|entry| referred(&summary.path, &config.src, &decode(&entry.target)));
    paths.filter(|path| page_url(path, &config.src).0.as_str() != NOT_FOUND).collect()
}

/// Orders `book` by the summary.
pub fn apply(facts: &Facts<'_>, book: &mut Book, diagnostics: &mut Vec<Diagnostic>) {
    let Some(summary) = &facts.sources.summary else { return };
    let (entries, ignored) = entries(&summary.text);
    for Ignored { span, is_entry, .. } in ignored {
        diagnostics.push(catalog::summary_ignored_text(Place::at(&summary.path, span), is_entry));
    }
    let folder = summary.path.parent();
    let paths: Vec<String> = book.by_file.keys().map(|path| path.relative_to(&folder)).collect();
    let mut names = None;
    let mut listed: HashMap<PageId, Span> = HashMap::new();
    // The page at each depth that the next deeper entry belongs to.
    let mut above: Vec<Option<PageId>> = Vec::new();
    let mut children: HashMap<PageId, Vec<PageId>> = HashMap::new();
    // The title of a part that starts with the home page, which the contents do not list.
    let mut part = None;
    for mut entry in entries {
        above.truncate(entry.depth);
        above.resize(entry.depth, None);
        entry.part = entry.part.or(part.take());
        let parent = above.iter().rev().flatten().next().copied().unwrap_or(book.root);
        // mdBook's draft chapters have no target; there is nothing to publish yet.
        if entry.target.is_empty() {
            above.push(None);
            if !entry.title.is_empty() {
                let before = children.get(&parent).map_or(0, Vec::len);
                let chapter = Unwritten { title: entry.title, part: entry.part, before };
                book.pages[parent.index()].unwritten.push(chapter);
            }
            continue;
        }
        let place = Place::at(&summary.path, entry.span);
        let path = referred(&summary.path, &facts.config.src, &decode(&entry.target));
        let Some(id) = path.as_ref().and_then(|path| book.by_file.get(path)).copied() else {
            above.push(None);
            if path.is_none_or(|path| !book.drafts.contains(&path)) {
                let names = names.get_or_insert_with(|| Nearest::new(paths.iter().map(String::as_str)));
                diagnostics.push(catalog::summary_bad_entry(place, &entry.target, names.find(&entry.target)));
            }
            continue;
        };
        if let Some(&first) = listed.get(&id) {
            above.push(None);
            diagnostics.push(catalog::summary_duplicate(place, &entry.target, Place::at(&summary.path, first)));
            continue;
        }
        listed.insert(id, entry.span);
        above.push(Some(id));
        let page = &mut book.pages[id.index()];
        let own_title = page.source.is_some_and(|source| facts.parsed[source.0 as usize].front.title.is_some());
        if !own_title && !entry.title.is_empty() {
            page.title = entry.title;
        }
        if id == book.root {
            part = entry.part;
        } else {
            children.entry(parent).or_default().push(id);
            page.part = entry.part;
            page.parent = Some(parent);
        }
    }
    for id in book.ids() {
        let above = &mut book.pages[id.index()];
        if above.source.is_some() || id == book.root {
            above.children = children.remove(&id).unwrap_or_default();
        } else {
            // A folder's page that is only there for links to it shows what is in the folder.
            above.children.sort_by_key(|child| listed.get(child).map_or(u32::MAX, |span| span.start));
        }
        let page = book.page(id);
        if page.source.is_some() && !listed.contains_key(&id) && id != book.root && Some(id) != book.not_found {
            diagnostics.push(catalog::summary_unlisted(Place::file(&page.path)));
        }
    }
}

/// Words that are neither a link nor a title.
struct Ignored {
    span: Span,
    /// Whether they stand where a list wants a link.
    is_entry: bool,
    /// Whether nothing is added to them any more.
    is_whole: bool,
}

impl Ignored {
    fn trimmed(mut self, text: &str) -> Self {
        let words = self.span.slice(text).trim_end();
        self.span = Span::new(self.span.start as usize..self.span.start as usize + words.len());
        self
    }
}

/// Whether a block starts or ends here.
fn is_border(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        }
        Event::End(tag) => {
            !matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        }
        _ => false,
    }
}

/// The links of the summary in order, with their depth in its lists and the part title before them; and the
/// first words of each block that are none.
fn entries(text: &str) -> (Vec<Entry>, Vec<Ignored>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut ignored: Vec<Ignored> = Vec::new();
    let mut words: Option<Ignored> = None;
    let mut depth = 0_usize;
    let mut part: Option<String> = None;
    let mut heading: Option<String> = None;
    let mut seen_heading = false;
    let mut link: Option<Entry> = None;
    let body = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for (item, range) in walk(text, body, &[], MarkdownOptions::default()) {
        let Item::Event(event) = item else { continue };
        if is_border(&event) {
            ignored.extend(words.take().map(|words| words.trimmed(text)));
        }
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                // The first heading, when it stands before every entry, is the file's own title.
                let title = heading.take().filter(|_| seen_heading || !entries.is_empty());
                part = title.or(part);
                seen_heading = true;
            }
            // A bare address in the text is no entry.
            Event::Start(Tag::Link { dest_url, link_type, .. })
                if !matches!(link_type, LinkType::Autolink | LinkType::Email) =>
            {
                // What stands behind the link belongs to the words before it.
                if let Some(words) = &mut words {
                    words.is_whole = true;
                }
                let span = Span::new(range);
                let target = dest_url.split('#').next().unwrap_or("").to_owned();
                link = Some(Entry { depth: depth.saturating_sub(1), title: String::new(), target, span, part: None });
            }
            Event::End(TagEnd::Link) => {
                if let Some(mut entry) = link.take() {
                    entry.part = part.take();
                    entries.push(entry);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(entry) = &mut link {
                    entry.title.push_str(&text);
                } else if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                } else if let Some(words) = &mut words {
                    let end = Span::new(range).end;
                    words.span.end = if words.is_whole { words.span.end } else { end };
                } else if text.contains(char::is_alphanumeric) {
                    let start = range.start + text.len() - text.trim_start().len();
                    words = Some(Ignored { span: Span::new(start..range.end), is_entry: depth > 0, is_whole: false });
                }
            }
            _ => {}
        }
    }
    (entries, ignored)
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn words_that_are_no_link_are_found() {
        let found = |text: &str| {
            let found = entries(text).1.into_iter();
            found.map(|words| (words.span.slice(text).to_owned(), words.is_entry)).collect::<Vec<_>>()
        };
        let one = |part: &str, is_entry| vec![(part.to_owned(), is_entry)];
        for text in
            ["# S\n\n- [A](a.md)\n- [B]()\n\n---\n\n# P\n", "<!-- x -->\n- **[A](a.md)** 🔒.\n- [ ] [B](b.md)\n"]
        {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("- Part\n  - [A](a.md)\n"), one("Part", true));
        assert_eq!(found("- Part *one*\n\n  - [A](a.md)\n"), one("Part *one", true));
        assert_eq!(found("See [A](a.md), [B](b.md) and so on\n"), one("See", false));
        assert_eq!(found("- [A](a.md) - about `a`, b\n"), one("- about `a`, b", true));
        assert_eq!(found("- [A]\n- <https://a.b>\n").len(), 2);
    }

    #[test]
    fn parts_prefixes_nesting_and_drafts() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part one\n\n- [A](a.md)\n  - [`B` c](a/b.md)\n- [Draft]()\n\n---\n\n[End](end.md)\n";
        let found: Vec<(usize, String, String, Option<String>)> =
            entries(text).0.into_iter().map(|e| (e.depth, e.title, e.target, e.part)).collect();
        let entry = |depth, title: &str, target: &str, part: Option<&str>| {
            (depth, title.into(), target.into(), part.map(Into::into))
        };
        assert_eq!(
            found,
            [
                entry(0, "Intro", "intro.md", None),
                entry(0, "A", "a.md", Some("Part one")),
                entry(1, "B c", "a/b.md", None),
                entry(0, "Draft", "", None),
                entry(0, "End", "end.md", None),
            ]
        );
    }
}
