//! Old addresses: `redirect_from` of pages and `[output.html.redirect]` of the book.

use super::Facts;
use super::tree::page_url;
use crate::base::nearest::{Nearest, nearest};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Book, Redirect, RedirectTarget};
use crate::model::url::{Url, decode};

/// Collects the old addresses of the book.
pub fn collect(facts: &Facts<'_>, book: &mut Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut redirects = Vec::new();
    for id in book.ids() {
        let Some(source) = book.page(id).source else { continue };
        let path = &facts.sources.pages[source.0 as usize].path;
        for from in &facts.parsed[source.0 as usize].front.redirect_from {
            let place = || Place::at(path, from.span);
            match old_address(&from.value) {
                Ok(url) => redirects.push(redirect(url, RedirectTarget::Page(id), path, from)),
                Err(why) => diagnostics.push(catalog::redirect_bad(place(), &from.value, why)),
            }
        }
    }
    let config = Config::path();
    for entry in &facts.config.redirects {
        match old_address(&entry.from.value) {
            Ok(url) => {
                let to = target(&url, &entry.to.value);
                redirects.push(redirect(url, to, &config, &entry.from));
            }
            Err(why) => {
                diagnostics.push(catalog::redirect_bad(Place::at(&config, entry.from.span), &entry.from.value, why))
            }
        }
    }
    // The page that is the home page for want of another keeps the address of its file, too.
    let home = book.page(book.root);
    let (own, _) = page_url(&home.path, &facts.config.src);
    let is_free =
        redirects.iter().all(|redirect: &Redirect| redirect.from != own) && !book.files.values().any(|url| *url == own);
    if home.source.is_some() && own != home.url && is_free {
        let written = Spanned::new(own.as_str().to_owned(), Span::new(0..0));
        redirects.push(redirect(own, RedirectTarget::Page(book.root), &home.path, &written));
    }
    book.redirects = redirects;
}

/// The addresses that the old ones of `book.toml` lead to.
pub fn targets(facts: &Facts<'_>) -> impl Iterator<Item = Url> {
    facts.config.redirects.iter().filter_map(|entry| {
        match target(&old_address(&entry.from.value).ok()?, &entry.to.value) {
            RedirectTarget::Url(url, _) => Some(url),
            RedirectTarget::Page(_) | RedirectTarget::Outside(_) => None,
        }
    })
}

/// What is wrong with where the old addresses of `book.toml` lead. `is_there` knows every address of the site that is not
/// an old one itself.
#[must_use]
pub fn check_targets(config: &Config, book: &Book, is_there: impl Fn(&Url) -> bool) -> Vec<Diagnostic> {
    let mut urls: Vec<&Url> = book.by_url.keys().collect();
    urls.sort_unstable();
    let pages = Nearest::new(urls.into_iter().map(Url::as_str));
    let mut found = Vec::new();
    for entry in &config.redirects {
        let Ok(from) = old_address(&entry.from.value) else { continue };
        let place = Place::at(&Config::path(), entry.to.span);
        let written = &entry.to.value;
        match target(&from, written) {
            RedirectTarget::Page(_) => {}
            RedirectTarget::Outside(url) if url.starts_with("https://") || url.starts_with("http://") => {}
            RedirectTarget::Outside(_) => found.push(catalog::redirect_missing_target(place, written, None)),
            RedirectTarget::Url(url, anchor) if is_there(&url) => {
                let page = book.by_url.get(&url).map(|&id| book.page(id));
                if let Some((page, anchor)) = page.zip(anchor).filter(|(page, anchor)| !page.anchors.contains(anchor)) {
                    let mut anchors: Vec<&str> = page.anchors.iter().map(String::as_str).collect();
                    anchors.sort_unstable();
                    found.push(catalog::redirect_missing_anchor(place, written, nearest(&anchor, anchors)));
                }
            }
            RedirectTarget::Url(url, _) => found.push(match meant(config, book, &is_there, &url, written) {
                Some(address) => catalog::redirect_not_address(place, written, &address),
                None => catalog::redirect_missing_target(place, written, pages.find(url.as_str())),
            }),
        }
    }
    found
}

/// The address of what is named by its file, without the slash of a folder or the ending of a page, or from the site's root
/// without the slash that says so.
fn meant(config: &Config, book: &Book, is_there: &impl Fn(&Url) -> bool, url: &Url, written: &str) -> Option<String> {
    let rooted = BookPath::new(written.split('#').next().unwrap_or(""))?;
    for name in [url.as_str(), rooted.as_str()] {
        let file = config.src.join(name)?;
        if let Some(&id) = book.by_file.get(&file) {
            return Some(shown(&book.page(id).url));
        }
        let addresses = [name.to_owned(), format!("{name}/index.html"), format!("{name}.html")];
        if let Some(url) = addresses.iter().map(Url::new).find(is_there) {
            return Some(shown(&url));
        }
    }
    None
}

/// An address as it is written: the page of a folder is the folder.
fn shown(url: &Url) -> String {
    let address = url.as_str();
    address
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(address)
        .to_owned()
}

fn redirect(from: Url, to: RedirectTarget, path: &BookPath, written: &Spanned<String>) -> Redirect {
    Redirect { from, to, written: (path.clone(), written.clone()) }
}

/// An old address as a file of the site: `/old/` is `old/index.html`, `/old` is `old.html`.
fn old_address(text: &str) -> Result<Url, &'static str> {
    if text.contains("://") || text.starts_with("//") {
        return Err("it wants a path from the site's root");
    }
    if text.contains(['?', '#']) {
        return Err("a host does not see what stands behind ? or #");
    }
    let decoded = decode(text);
    let Some(path) = BookPath::new(&decoded) else { return Err("it leads out of the site") };
    let folder = decoded.ends_with('/') || path == BookPath::ROOT;
    let name = path.as_str();
    Ok(Url::new(match (folder, path.extension()) {
        (true, _) if name.is_empty() => "index.html".to_owned(),
        (true, _) => format!("{name}/index.html"),
        (false, "html" | "htm") => name.to_owned(),
        (false, _) => format!("{name}.html"),
    }))
}

/// mdBook's targets: a URL, a path from the site's root, or one relative to the old address.
fn target(from: &Url, text: &str) -> RedirectTarget {
    let scheme =
        text.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if scheme || text.starts_with("//") {
        return RedirectTarget::Outside(text.to_owned());
    }
    let (path, anchor) = match text.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (text, None),
    };
    let folder = BookPath::new(from.as_str()).unwrap_or_default().parent();
    let joined = match path.strip_prefix('/') {
        Some(rooted) => BookPath::new(rooted),
        None => folder.join(path),
    };
    let path = joined.unwrap_or_default().as_str().to_owned();
    let file = if path.is_empty() || text.ends_with('/') { format!("{path}/index.html") } else { path };
    RedirectTarget::Url(Url::new(file.trim_start_matches('/')), anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_are_files() {
        let url = |text| old_address(text).map(|url| url.as_str().to_owned());
        assert_eq!(url("/old/"), Ok("old/index.html".into()));
        assert_eq!(url("old"), Ok("old.html".into()));
        assert_eq!(url("/a%20b.html"), Ok("a b.html".into()));
        assert_eq!(url("/"), Ok("index.html".into()));
        for bad in ["https://x/y", "../x", "/a?b", "/a#b"] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn targets_are_relative_to_the_old_address() {
        let shown = |text| match target(&Url::new("a/old.html"), text) {
            RedirectTarget::Url(url, anchor) => {
                format!("{}{}", url.as_str(), anchor.map_or(String::new(), |a| format!("#{a}")))
            }
            RedirectTarget::Outside(url) => url,
            RedirectTarget::Page(_) => unreachable!("a configuration names no page"),
        };
        assert_eq!(shown("new.html#x"), "a/new.html#x");
        assert_eq!(shown("../b/"), "b/index.html");
        assert_eq!(shown("/c.html"), "c.html");
        assert_eq!(shown("https://x/y"), "https://x/y");
    }
}
