//! A path that a page names to what it names in the book: the one rule for links, which several stages ask.

use super::book::{Book, Page, PageId};
use super::order;
use super::parsed::{LinkKind, referred};
use super::url::{self, Url};
use crate::base::path::BookPath;

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A page.
    Page(PageId),
    /// A source file's own page, and how many lines it has.
    Listing(&'a Url, usize),
    /// Any other file.
    File(&'a Url),
    /// A page that is not published.
    Draft,
    /// A page, named by its published path.
    Published(PageId),
    /// Something outside the source folder.
    OutsideBook,
    /// Nothing.
    Missing,
}

/// What `path`, written in the file at `file`, which is part of `page`, names for something of that kind.
#[must_use]
pub fn target<'a>(
    book: &'a Book,
    src: &BookPath,
    page: &Page,
    file: &BookPath,
    path: &str,
    kind: LinkKind,
) -> Target<'a> {
    let Some(named) = referred(file, src, path) else { return Target::OutsideBook };
    if let Some(&id) = book.by_file.get(&named) {
        return Target::Page(id);
    }
    if let Some(url) = book.files.get(&named) {
        return match book.listings.get(&named) {
            Some(listing) if matches!(kind, LinkKind::Link | LinkKind::HtmlLink | LinkKind::Definition) => {
                Target::Listing(&listing.url, listing.lines)
            }
            _ => Target::File(url),
        };
    }
    if book.drafts.contains(&named) {
        return Target::Draft;
    }
    if let Some(&id) = book.by_folder.get(&named) {
        return Target::Page(id);
    }
    published(book, src, page, &named, path).map_or(Target::Missing, Target::Published)
}

/// The page whose address the path is, seen from the file or from the published page.
fn published(book: &Book, src: &BookPath, page: &Page, named: &BookPath, path: &str) -> Option<PageId> {
    let by_url = |path: &BookPath| {
        let name = order::split(path.stem()).rest;
        let extension = path.extension();
        let file = match extension {
            "md" | "html" => name,
            "" => path.name().to_owned(),
            _ => return None,
        };
        let folders: Vec<String> = path.parent().parts().map(|name| order::split(name).rest).collect();
        let folder = url::folder(&folders);
        let index = Url::new(format!("{folder}{}/index.html", url::segment(&file)).trim_start_matches('/').to_owned());
        let page = Url::new(format!("{folder}{}.html", url::segment(&file)));
        let page = book.by_url.get(&page);
        if extension.is_empty() { book.by_url.get(&index).or(page) } else { page }.copied()
    };
    let from_file = named.below(src).and_then(BookPath::new);
    let folder = BookPath::new(page.url.as_str())?.parent();
    let from_page = folder.join(path.strip_prefix('/').unwrap_or(path));
    from_file.as_ref().and_then(by_url).or_else(|| from_page.as_ref().and_then(by_url))
}
