//! Every address of the site is given once.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::Book;
use crate::model::url::Url;

/// Addresses that the site needs itself.
const RESERVED: &[&str] =
    &["contents.html", "contents/root.js", "site.json", "sitemap.xml", "_headers", ".nojekyll", "cname"];

/// Reports addresses that are taken twice, also those that differ only in case.
pub fn check(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<String, Place> = HashMap::new();
    let mut claim = |url: &Url, place: Place, diagnostics: &mut Vec<Diagnostic>| {
        let key = url.collision_key();
        if RESERVED.contains(&key.as_str()) {
            diagnostics.push(catalog::reserved_url(place, url.as_str()));
            return;
        }
        match taken.get(&key) {
            Some(first) => diagnostics.push(catalog::duplicate_url(place, url.as_str(), first.clone())),
            None => {
                taken.insert(key, place);
            }
        }
    };
    // Generated folder pages come last: the others are what an author can rename.
    for page in book.pages.iter().filter(|page| page.source.is_some()) {
        claim(&page.url, Place::file(&page.path), diagnostics);
    }
    for (path, url) in &book.files {
        claim(url, Place::file(path), diagnostics);
    }
    for (path, listing) in &book.listings {
        claim(&listing.url, Place::file(path), diagnostics);
    }
    for page in book.pages.iter().filter(|page| page.source.is_none()) {
        claim(&page.url, Place::file(&page.path), diagnostics);
    }
    let mut redirects: HashMap<String, Place> = HashMap::new();
    for redirect in &book.redirects {
        let (path, written) = &redirect.written;
        let place = Place::at(path, written.span);
        let key = redirect.from.collision_key();
        let twice = redirects.insert(key.clone(), place.clone()).is_some();
        if twice || taken.contains_key(&key) || RESERVED.contains(&key.as_str()) {
            let why = if twice { "it is given twice" } else { "there is something at this address" };
            diagnostics.push(catalog::redirect_bad(place, &written.value, why));
        }
    }
}
