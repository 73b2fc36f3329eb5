//! The files of a site that hosts and tools read: `site.json`, `llms.txt`, `robots.txt`, `sitemap.xml`, `_headers`,
//! `.nojekyll`, `CNAME`; and what a redirect page says.

mod edition;
mod llms;
mod practice;
mod web_manifest;

use std::fmt::Write as _;

use serde::Serialize;

use crate::config::Config;
use crate::model::book::{Book, Page, Redirect, RedirectTarget};
use crate::model::strings::{Direction, Strings};
use crate::model::url::{Url, fragment};
use crate::model::view::POLICY;
use crate::render::RedirectView;

pub use edition::{EDITION, Edition, edition};
pub use practice::{Material, PRACTICE_JSON, items as practice_items, practice_json};
pub use web_manifest::{WEB_MANIFEST, web_manifest};

/// A page as it was published.
pub struct PublishedPage<'a> {
    /// The page.
    pub page: &'a Page,
    /// Kept out of search engines.
    pub noindex: bool,
    /// One sentence on it.
    pub description: Option<&'a str>,
    /// The day on which it was changed last.
    pub updated_on: Option<&'a str>,
    /// The hash of its bytes; empty where none is asked for.
    pub hash: String,
}

/// The file that lists every page with the hash of its bytes.
pub const SITE_JSON: &str = "site.json";

/// The files that list pages.
pub const LISTS_OF_PAGES: &[&str] = &[SITE_JSON, "llms.txt", "sitemap.xml"];

#[derive(Serialize)]
struct SiteJson<'a> {
    generator: &'static str,
    id: &'a str,
    title: &'a str,
    pages: Vec<PageJson<'a>>,
}

#[derive(Serialize)]
struct PageJson<'a> {
    url: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    anchors: Vec<&'a str>,
    hash: &'a str,
}

/// The files that every site has, and those that depend on where it will be reached.
#[must_use]
pub fn names(config: &Config, book: &Book) -> Vec<&'static str> {
    // GitHub Pages would leave out names with a leading underscore but for the last.
    let mut names = vec![SITE_JSON, "_headers", ".nojekyll"];
    names.extend((!book.practice.is_empty()).then_some(PRACTICE_JSON));
    names.extend(config.cname.as_ref().map(|_| "CNAME"));
    names.extend(config.site.origin.as_ref().map(|_| "sitemap.xml"));
    names
}

/// Files that a book may well bring itself: its own has the address, since it says how its author wants the book to be
/// found.
#[must_use]
pub fn defaults(config: &Config) -> Vec<&'static str> {
    let mut names = vec!["llms.txt"];
    // Nobody asks for it anywhere but at a host's root, and without a sitemap it has nothing to say.
    names.extend((config.site.origin.is_some() && config.site.path == "/").then_some("robots.txt"));
    names
}

/// The file of that name, one of [`names`] or [`defaults`].
#[must_use]
pub fn file(name: &str, config: &Config, book: &Book, pages: &[PublishedPage<'_>], strings: &Strings) -> String {
    match name {
        SITE_JSON => site_json(config, pages),
        "_headers" => headers(),
        "sitemap.xml" => sitemap(config, pages),
        "llms.txt" => llms::llms(config, book, pages, strings.text("loose_pages")),
        "robots.txt" => robots(config),
        "CNAME" => config.cname.as_ref().map_or(String::new(), |name| format!("{name}\n")),
        _ => String::new(),
    }
}

fn site_json(config: &Config, pages: &[PublishedPage<'_>]) -> String {
    let pages = pages.iter().map(|published| {
        let page = published.page;
        let headings = page.documents.iter().flat_map(|document| document.heading_ids.iter().map(String::as_str));
        let mut anchors: Vec<&str> = headings.collect();
        let mut others: Vec<&str> =
            page.anchors.iter().map(String::as_str).filter(|anchor| !anchors.contains(anchor)).collect();
        others.sort_unstable();
        anchors.append(&mut others);
        let source = page.source.is_some().then(|| page.path.as_str());
        PageJson { url: page.url.as_str(), title: &page.title, source, anchors, hash: &published.hash }
    });
    let site = SiteJson {
        generator: concat!("prepbook ", env!("CARGO_PKG_VERSION")),
        id: &config.id,
        title: &config.title,
        pages: pages.collect(),
    };
    serde_json::to_string(&site).expect("strings and lists are JSON") + "\n"
}

/// Headers in the form that Netlify and Cloudflare Pages read. Names with a hash never change.
fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), geolocation=(), microphone=(self)\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         /contents/root.js\n  Cache-Control: no-cache\n\n\
         /search/*\n  Cache-Control: no-cache\n\n\
         /sw.js\n  Cache-Control: no-cache\n"
    )
}

/// The pages that search engines may show (sitemaps.org, protocol 0.9).
fn sitemap(config: &Config, pages: &[PublishedPage<'_>]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for published in pages.iter().filter(|published| !published.noindex && published.page.url.as_str() != "404.html") {
        if let Some(url) = published.page.url.canonical(&config.site) {
            let escaped = url.replace('&', "&amp;").replace('\'', "&apos;").replace('<', "&lt;");
            let changed = published.updated_on.map_or(String::new(), |day| format!("<lastmod>{day}</lastmod>"));
            let _ = writeln!(xml, "<url><loc>{escaped}</loc>{changed}</url>");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Everything may be visited; pages that are not to be found say so themselves, which only visitors can read (RFC 9309).
fn robots(config: &Config) -> String {
    let sitemap = Url::new("sitemap.xml").canonical(&config.site).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}

/// What the page at an old address says.
#[must_use]
pub fn redirect(config: &Config, book: &Book, redirect: &Redirect, direction: Direction) -> RedirectView {
    let from = &redirect.from;
    let language = config.language.value.clone();
    let (url, anchor) = match &redirect.to {
        RedirectTarget::Outside(url) => {
            let canonical = Some(url.clone());
            return RedirectView { target: url.clone(), title: url.clone(), canonical, language, direction };
        }
        RedirectTarget::Page(id) => (&book.page(*id).url, None),
        RedirectTarget::Url(url, anchor) => (url, anchor.as_deref()),
    };
    let page = book.by_url.get(url).map(|&id| book.page(id));
    let url = page.map_or(url, |page| &page.url);
    let anchor = anchor.map_or(String::new(), fragment);
    RedirectView {
        target: url.href_from(from) + &anchor,
        title: page.map_or_else(|| url.as_str().to_owned(), |page| page.title.clone()),
        canonical: url.canonical(&config.site),
        language,
        direction,
    }
}
