//! Raw target to href, and the diagnostics of targets that are not there.

use std::collections::HashMap;

use crate::base::path::BookPath;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::Page;
use crate::model::parsed::{LinkKind, RawLink, RawTarget, referred};
use crate::model::target::{self, Target};
use crate::model::url::{self, Url};
use crate::model::view::LinkView;

use super::Resolver;

/// Resolves the links that the file at `file` has on `page`.
pub struct LinkResolver<'a, 'b> {
    pub resolver: &'a Resolver<'b>,
    pub page: &'a Page,
    pub file: &'a BookPath,
    /// The ids that headings of this file have on the page, by those they have in the file: an included
    /// file's may have got a number.
    pub renamed: HashMap<&'a str, &'a str>,
}

impl LinkResolver<'_, '_> {
    /// The link as it is written into the page. A broken one is reported and kept as written.
    pub fn link(&self, link: &RawLink, reports: &mut Vec<Diagnostic>) -> LinkView {
        let mut found = Vec::new();
        let view = self.resolve(link, &mut found);
        if link.reported {
            reports.append(&mut found);
        }
        view
    }

    fn resolve(&self, link: &RawLink, reports: &mut Vec<Diagnostic>) -> LinkView {
        let place = || Place::at(self.file, link.span);
        let plain = |href: String| LinkView { href, size: None };
        match &link.target {
            RawTarget::Outside(target) => plain(target.clone()),
            RawTarget::Script(_) => {
                reports.push(catalog::bad_scheme(place()));
                plain("#".to_owned())
            }
            RawTarget::Here => plain("#".to_owned()),
            RawTarget::Anchor(anchor) => {
                let anchor = self.renamed.get(anchor.as_str()).copied().unwrap_or(anchor);
                self.check_anchor(self.page, anchor, place, reports);
                plain(url::fragment(anchor))
            }
            RawTarget::Path { path, query, anchor } => {
                self.path(link, path, query.as_deref(), anchor.as_deref(), reports)
            }
        }
    }

    fn path(
        &self,
        link: &RawLink,
        path: &str,
        query: Option<&str>,
        anchor: Option<&str>,
        reports: &mut Vec<Diagnostic>,
    ) -> LinkView {
        let place = || Place::at(self.file, link.span);
        let book = self.resolver.book;
        let here = &self.page.url;
        let href = |url: &Url| {
            let mut href = self.href(url);
            if let Some(query) = query {
                href.push('?');
                href.push_str(query);
            }
            if let Some(anchor) = anchor {
                href.push_str(&url::fragment(anchor));
            }
            href
        };
        let target = target::target(book, &self.resolver.config.src, self.page, self.file, path, link.kind);
        let mut view = LinkView { href: String::new(), size: None };
        match target {
            Target::Page(id) | Target::Published(id) => {
                let page = book.page(id);
                if let Some(anchor) = anchor {
                    self.check_anchor(page, anchor, place, reports);
                }
                if matches!(target, Target::Published(_)) {
                    let source = page.path.relative_to(&self.file.parent());
                    let same = source.to_lowercase() == path.trim_start_matches("./").to_lowercase();
                    let report = if same { catalog::wrong_case } else { catalog::published_path };
                    reports.push(report(place(), path, &source));
                }
                view.href = if page.url == *here && anchor.is_some() {
                    url::fragment(anchor.unwrap_or(""))
                } else {
                    href(&page.url)
                };
            }
            Target::Listing(url, lines) => {
                view.href = match anchor {
                    Some(anchor) => match first_line(anchor, lines) {
                        Some(line) => self.href(url) + &format!("#L{line}"),
                        None => {
                            reports.push(catalog::missing_line(place(), path, anchor, lines));
                            href(url)
                        }
                    },
                    None => href(url),
                };
            }
            Target::File(url) => {
                view.href = href(url);
                if link.kind == LinkKind::Image {
                    let named = referred(self.file, &self.resolver.config.src, path);
                    let size = named.and_then(|path| self.resolver.references.images.get(&path).copied());
                    if size == Some(None) {
                        reports.push(catalog::image_unreadable(place(), path));
                    }
                    view.size = size.flatten();
                }
            }
            Target::Draft => {
                reports.push(catalog::link_draft(place(), path));
                view.href = "#".to_owned();
            }
            Target::OutsideBook => reports.push(catalog::outside_book(place(), path)),
            Target::Missing if self.is_unreadable(path) => {}
            Target::Missing => reports.push(self.missing(link.kind, path, place())),
        }
        if view.href.is_empty() {
            view.href = url::encoded(path);
        }
        view
    }

    /// The page for missing addresses is served at any of them, so its hrefs start at the host.
    fn href(&self, url: &Url) -> String {
        super::page::href(self.resolver, &self.page.url, url)
    }

    fn check_anchor(&self, page: &Page, anchor: &str, place: impl Fn() -> Place, reports: &mut Vec<Diagnostic>) {
        // Browsers give `#top` (HTML, section 7.4.6.4) and text fragments a meaning of their own.
        let free = anchor.eq_ignore_ascii_case("top") || anchor.starts_with(":~:");
        if free || page.anchors.contains(anchor) {
            return;
        }
        let shown =
            if page.url == self.page.url { "this page".to_owned() } else { page.path.relative_to(&self.file.parent()) };
        reports.push(catalog::missing_anchor(place(), &shown, anchor, self.resolver.near.anchor(page, anchor)));
    }

    /// Whether the file is there and cannot be read, which was reported.
    fn is_unreadable(&self, path: &str) -> bool {
        let named = referred(self.file, &self.resolver.config.src, path);
        let unreadable = &self.resolver.sources.unreadable;
        named.is_some_and(|named| unreadable.iter().any(|path| named.is_within(path)))
    }

    fn missing(&self, kind: LinkKind, path: &str, place: Place) -> Diagnostic {
        let folder = self.file.parent();
        let wants_page = path.ends_with(".md") || !path.rsplit('/').next().unwrap_or("").contains('.');
        let source = matches!(kind, LinkKind::Image | LinkKind::HtmlSource);
        let name = path.rsplit('/').next().unwrap_or(path);
        let near = &self.resolver.near;
        let is_page = wants_page && !source;
        let (known, of_root) = match is_page {
            true => (near.pages(), self.resolver.page_of_root(path)),
            false => (near.files(), self.resolver.file_of_root(path)),
        };
        // A file of that very name elsewhere is the likeliest; then what is spelt alike.
        let near = of_root.or_else(|| known.of_name(name)).or_else(|| {
            let named = referred(self.file, &self.resolver.config.src, path)?;
            known.nearest(&named, path)
        });
        let near = near.map(|known| known.relative_to(&folder));
        if is_page {
            catalog::missing_page(place, path, near.as_deref())
        } else {
            catalog::missing_file(place, path, near.as_deref())
        }
    }
}

/// The first line of `L10`, `L10-L20` or `L10-20` (GitHub's forms), when all of it is in the file.
fn first_line(anchor: &str, lines: usize) -> Option<usize> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|line| (1..=lines).contains(line));
    let text = anchor.strip_prefix('L')?;
    match text.split_once('-') {
        Some((first, last)) => {
            let first = number(first)?;
            let last = number(last.strip_prefix('L').unwrap_or(last))?;
            (first <= last).then_some(first)
        }
        None => number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn line_anchors_are_githubs() {
        assert_eq!(first_line("L10", 10), Some(10));
        assert_eq!(first_line("L3-L5", 10), Some(3));
        assert_eq!(first_line("L3-5", 10), Some(3));
        for bad in ["L0", "L11", "L5-L3", "L5-L11", "10", "Lx", "L"] {
            assert_eq!(first_line(bad, 10), None, "{bad}");
        }
    }
}
