//! Every address of the site is given once.

use std::collections::{HashMap, HashSet};

use crate::base::path::{BookPath, unportable};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::Book;
use crate::model::url::Url;

/// Addresses that the site needs itself.
const RESERVED: &[&str] = &[
    "contents.html",
    "contents/root.js",
    "manifest.webmanifest",
    "offline.json",
    "search.html",
    "site.json",
    "sitemap.xml",
    "sw.js",
    "_headers",
    ".nojekyll",
    "cname",
];

/// Folders that the site needs itself; a file of that name would stand in their way.
const RESERVED_FOLDERS: &[&str] = &["assets", "contents"];

/// Reports addresses that are taken twice (also when they differ only in case), that cannot be stored, or
/// that lie below another file; gives those that cannot be published.
pub fn check(book: &Book, diagnostics: &mut Vec<Diagnostic>) -> HashSet<Url> {
    let mut unpublished = HashSet::new();
    let mut taken: HashMap<String, Place> = HashMap::new();
    // Generated folder pages come last: the others are what an author can rename.
    let pages = |generated: bool| {
        let pages = book.pages.iter().filter(move |page| page.source.is_none() == generated);
        pages.map(|page| (&page.url, &page.path))
    };
    let files = book.files.iter().map(|(path, url)| (url, path));
    let listings = book.listings.iter().map(|(path, listing)| (&listing.url, path));
    let all: Vec<(&Url, &BookPath)> = pages(false).chain(files).chain(listings).chain(pages(true)).collect();
    for (url, path) in &all {
        let place = Place::file(path);
        let key = url.collision_key();
        if let Some(why) = url.unusable() {
            unpublished.insert((*url).clone());
            diagnostics.push(catalog::bad_url(place, url.as_str(), why));
        } else if RESERVED_FOLDERS.contains(&key.as_str()) {
            unpublished.insert((*url).clone());
            diagnostics.push(catalog::reserved_url(place, url.as_str()));
        } else if RESERVED.contains(&key.as_str()) || (key == "404.html" && book.files.contains_key(*path)) {
            diagnostics.push(catalog::reserved_url(place, url.as_str()));
        } else if let Some(first) = taken.get(&key) {
            diagnostics.push(catalog::duplicate_url(place, url.as_str(), first.clone()));
        } else {
            taken.insert(key, place);
        }
    }
    for (url, path) in &all {
        if below_a_file(url, &taken) {
            unpublished.insert((*url).clone());
            diagnostics.push(catalog::bad_url(Place::file(path), url.as_str(), "it lies below the address of a file"));
        }
    }
    let mut redirects: HashMap<String, Place> = HashMap::new();
    for redirect in &book.redirects {
        let (path, written) = &redirect.written;
        let place = Place::at(path, written.span);
        let key = redirect.from.collision_key();
        let twice = redirects.insert(key.clone(), place.clone()).is_some();
        // A redirect takes the place of a generated folder page, not of anything that an author made.
        let in_use = book.by_url.get(&redirect.from).is_none_or(|&id| book.page(id).source.is_some());
        let reserved = RESERVED.contains(&key.as_str()) || key == "404.html" || key == "index.html";
        let why = match redirect.from.unusable().or_else(|| redirect.from.as_str().split('/').find_map(unportable)) {
            Some(why) => why,
            None if twice => "it is given twice",
            None if reserved => "the site needs it itself",
            None if in_use && taken.contains_key(&key) => "there is something at this address",
            None if below_a_file(&redirect.from, &taken) => "it lies below the address of a file",
            None => continue,
        };
        if redirect.from.unusable().is_some() || below_a_file(&redirect.from, &taken) {
            unpublished.insert(redirect.from.clone());
        }
        diagnostics.push(catalog::redirect_bad(place, &written.value, why));
    }
    unpublished
}

/// Whether one of the folders of an address is the address of a file.
fn below_a_file(url: &Url, taken: &HashMap<String, Place>) -> bool {
    let key = url.collision_key();
    key.match_indices('/').any(|(end, _)| taken.contains_key(&key[..end]) || RESERVED.contains(&&key[..end]))
}
