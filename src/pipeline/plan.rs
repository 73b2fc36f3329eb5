//! The site as a table: what stands at each address. `build` writes all of it, `serve` looks one up.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::path::BookPath;
use crate::config::Config;
use crate::model::book::{Book, PageId};
use crate::model::output::Asset;
use crate::model::url::Url;
use crate::model::view::PageKind;
use crate::print::Sheet;
use crate::resolve::{self, GLOSSARY, PRACTICE, REFERENCES, SEARCH, WORKSHOP};
use crate::site;
use crate::theme::Theme;

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A page of the book.
    Page(PageId),
    /// A source file's own page.
    Listing(BookPath),
    /// The table of contents.
    Contents,
    /// The page for addresses that do not exist.
    NotFound,
    /// A page of the book that no file stands for.
    Generated(PageKind),
    /// A page to print, put together from others.
    Print(&'static Sheet),
    /// A file of the theme, by its number.
    Asset(usize),
    /// The page at an old address, by the number of the redirect.
    Redirect(usize),
    /// A file that hosts and tools read, by its name.
    Site(&'static str),
    /// A file about all others of a published site, by its name.
    Edition(&'static str),
    /// The book for reading systems.
    Epub,
    /// A file of the book.
    File(BookPath),
}

impl Item {
    /// Whether only a site that is built has it: such files are made of all others.
    #[must_use]
    pub fn is_built(&self) -> bool {
        matches!(self, Self::Edition(_))
    }

    /// Whether it is rendered from a view.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(
            self,
            Self::Page(_) | Self::Listing(_) | Self::Contents | Self::NotFound | Self::Generated(_) | Self::Print(_)
        )
    }
}

/// What stands at each address of a site, but for the tree of contents, whose files' names depend on what is in
/// them.
#[derive(Clone, Debug)]
pub struct Plan(BTreeMap<Url, Item>);

impl Plan {
    /// The plan of a book.
    #[must_use]
    pub fn new(config: &Config, theme: &Theme, book: &Book) -> Self {
        let mut items: BTreeMap<Url, Item> = BTreeMap::new();
        // A page that has taken one of the site's own addresses, which was reported, gives way to it.
        items.extend(rendered_pages(book).map(|id| (book.page(id).url.clone(), Item::Page(id))));
        items.extend(book.listings.iter().map(|(path, listing)| (listing.url.clone(), Item::Listing(path.clone()))));
        items.insert(Url::new("contents.html"), Item::Contents);
        items.insert(Url::new(SEARCH), Item::Generated(PageKind::Search));
        let registry = &book.practice;
        for (address, kind, is_there) in [
            (PRACTICE, PageKind::Practice, !registry.is_empty()),
            (WORKSHOP, PageKind::Workshop, resolve::has_prompts(config, book)),
            (GLOSSARY, PageKind::Glossary, !registry.terms.is_empty()),
            (REFERENCES, PageKind::References, !registry.references.is_empty()),
        ] {
            if is_there {
                items.entry(Url::new(address)).or_insert(Item::Generated(kind));
            }
        }
        for sheet in resolve::sheets(config, book) {
            items.entry(Url::new(sheet.address)).or_insert(Item::Print(sheet));
        }
        if book.not_found.is_none() {
            items.insert(Url::new("404.html"), Item::NotFound);
        }
        // What would be published twice is a mistake that was reported; the first has the address.
        let of_practice = [Asset::PracticeStyle, Asset::PracticeScript].map(|asset| theme.names.of(asset));
        // Nothing names the theme's card where its address is not known, or the book has its own.
        let outside = &theme.names.outside;
        let card = outside.card.as_ref().filter(|_| config.site.origin.is_none() || config.card.is_some());
        let offline = outside.worker.is_none().then(|| theme.names.of(Asset::OfflineScript));
        let is_needed = |url: &Url| {
            (book.practice.is_used || !of_practice.contains(&url.as_str()))
                && card.is_none_or(|card| card.url != url.as_str())
                && offline != Some(url.as_str())
        };
        let assets = theme.assets.iter().enumerate().filter(|(_, asset)| is_needed(&asset.url));
        let assets = assets.map(|(number, asset)| (asset.url.clone(), Item::Asset(number)));
        let redirects = book.redirects.iter().enumerate();
        let redirects = redirects.map(|(number, redirect)| (redirect.from.clone(), Item::Redirect(number)));
        let for_installing = (!outside.icons.is_empty()).then_some(site::WEB_MANIFEST);
        let site =
            site::names(config, book).into_iter().chain(for_installing).map(|name| (Url::new(name), Item::Site(name)));
        let files = book.files.iter().map(|(path, url)| (url.clone(), Item::File(path.clone())));
        let edition =
            theme.worker.iter().flat_map(|_| site::EDITION).map(|&name| (Url::new(name), Item::Edition(name)));
        for (url, item) in assets.chain(redirects).chain(site).chain(edition).chain(files) {
            items.entry(url).or_insert(item);
        }
        if let Some(url) = resolve::epub_address(config) {
            items.entry(url).or_insert(Item::Epub);
        }
        for name in site::defaults(config) {
            let below = format!("{name}/");
            let is_in_the_way = |key: &str| key == name || key.starts_with(&below);
            if !items.keys().any(|url| is_in_the_way(&url.collision_key())) {
                items.insert(Url::new(name), Item::Site(name));
            }
        }
        items.retain(|url, _| !book.unpublished.contains(url));
        Self(items)
    }

    /// What stands at `url`.
    #[must_use]
    pub fn get(&self, url: &Url) -> Option<&Item> {
        self.0.get(url)
    }

    /// All of it, by address.
    pub fn items(&self) -> impl Iterator<Item = (&Url, &Item)> {
        self.0.iter()
    }
}

/// One page for each address, and none where an old address takes the place of a generated page.
fn rendered_pages(book: &Book) -> impl Iterator<Item = PageId> {
    let redirected: BTreeSet<&Url> = book.redirects.iter().map(|redirect| &redirect.from).collect();
    book.ids().filter(move |&id| {
        let page = book.page(id);
        book.by_url.get(&page.url) == Some(&id) && (page.source.is_some() || !redirected.contains(&page.url))
    })
}
