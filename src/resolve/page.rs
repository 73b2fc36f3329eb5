//! The view of each kind of page: what its template sees.

use std::collections::BTreeSet;

use super::around::{book_tree, chapter_number, chapters, child_entry, siblings};
use super::links::LinkResolver;
use super::times::Times;
use super::{Resolver, code, epub, outline, pictures, practice, print, title};
use crate::base::path::BookPath;
use crate::config::{Config, DefaultTheme, NamedPath};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::highlight;
use crate::model::book::{MAX_TAKEN_IN, Page, PageId};
use crate::model::output::Asset;
use crate::model::parsed::{FrontMatter, LinkKind};
use crate::model::url::Url;
use crate::model::view::{
    AssetView, Body, BookView, Context, DocumentView, ListingFacts, POLICY, PageFacts, PageKind, PageLink, PageView,
};
use crate::print::Sheet;

/// More pages than these can be filtered.
const MANY_PAGES: usize = 50;

/// How many questions prompt readers for a story.
const PROMPTS_SHOWN: usize = 5;

/// How many pages that lead to a page it shows.
const BACKLINKS_SHOWN: usize = 8;

/// The address of the page to search on.
pub const SEARCH: &str = "search.html";

const GENERATOR: &str = concat!("prepbook ", env!("CARGO_PKG_VERSION"));

/// The view of a page of the book.
pub fn page(resolver: &Resolver<'_>, id: PageId, reports: &mut Vec<Diagnostic>) -> PageView {
    let book = resolver.book;
    let page = book.page(id);
    let mut room = MAX_TAKEN_IN;
    let mut met = BTreeSet::new();
    let documents: Vec<DocumentView> = (0..page.documents.len())
        .map(|number| document(resolver, page, number, &mut room, &mut met, reports))
        .collect();
    let own = page.source.map(|source| &resolver.parsed[source.0 as usize]);
    let default = FrontMatter::default();
    let front = own.map_or(&default, |parsed| &parsed.front);
    let kind = match page.is_folder() {
        _ if Some(id) == book.not_found => PageKind::NotFound,
        true => PageKind::Folder,
        false => PageKind::Page,
    };
    let mut facts = facts(resolver, &page.url, kind, page.title.clone());
    let link = |id: PageId| link(resolver, &page.url, id);
    facts.description = front.description.clone();
    facts.noindex = front.search_exclude;
    facts.edit_url = page.source.and_then(|_| edit_url(resolver.config, &page.path));
    facts.breadcrumbs = book.ancestors(id).into_iter().map(link).collect();
    facts.previous = page.previous.map(link);
    facts.next = page.next.map(link);
    facts.outline = if front.toc.unwrap_or(true) { outline::outline(resolver, page) } else { Vec::new() };
    facts.chapter_number = book.chapter(id).and_then(|chapter| chapter_number(resolver, chapter));
    facts.chapters = chapters(resolver, &page.url, book.chapter(id));
    facts.siblings = siblings(resolver, id);
    facts.children = page.entries().iter().map(|entry| child_entry(resolver, &page.url, entry)).collect();
    facts.minutes.clone_from(&front.minutes);
    let times = Times::of(resolver, page);
    facts.reading_minutes = times.reading;
    facts.practice_minutes = times.practice.map(|minutes| minutes.to_string());
    facts.backlinks = page.linked_from.iter().take(BACKLINKS_SHOWN).map(|&id| link(id)).collect();
    facts.difficulty.clone_from(&front.difficulty);
    facts.outcome.clone_from(&front.outcome);
    facts.tags.clone_from(&front.tags);
    facts.checked_on.clone_from(&front.checked_on);
    facts.updated_on = page.updated_on(&resolver.sources.pages, resolver.dates).map(str::to_owned);
    facts.prerequisites = prerequisites(resolver, page);
    list_material(resolver, &page.url, &mut facts);
    let template = match kind {
        PageKind::NotFound => "not-found.html".to_owned(),
        _ => front.template.as_ref().map_or("page.html", |template| template.value.as_str()).to_owned(),
    };
    view(resolver, page.url.clone(), template, facts, Body::Documents(documents))
}

fn document(
    resolver: &Resolver<'_>,
    page: &Page,
    number: usize,
    room: &mut usize,
    met: &mut BTreeSet<String>,
    reports: &mut Vec<Diagnostic>,
) -> DocumentView {
    let document = &page.documents[number];
    let source = &resolver.sources.pages[document.source.0 as usize];
    let parsed = &resolver.parsed[document.source.0 as usize];
    let own_ids = parsed.headings.iter().map(|heading| heading.id.as_str());
    let renamed = own_ids.zip(document.heading_ids.iter().map(String::as_str)).collect();
    let mut context = practice::Context { resolver, page, file: &source.path, reports, met };
    let practice = practice::views(&mut context, document).into_iter().collect();
    let marks = practice::marks(&mut context, &parsed.inlines);
    let links = LinkResolver { resolver, page, file: &source.path, renamed };
    DocumentView {
        source: document.source,
        hash: source.hash.to_string(),
        heading_ids: document.heading_ids.clone(),
        gives_title: number == 0 && title::is_given_by(resolver, parsed, &page.title),
        links: parsed.links.iter().map(|link| links.link(link, reports)).collect(),
        samples: parsed
            .samples
            .iter()
            .map(|sample| code::sample(resolver, page, &source.path, sample, room, reports))
            .collect(),
        includes: document.includes.clone(),
        practice,
        marks,
    }
}

/// A page of the book that no file stands for: the index of its material, the glossary, the sources, search.
pub fn generated(resolver: &Resolver<'_>, kind: PageKind) -> PageView {
    let strings = resolver.strings;
    let (url, title, template) = match kind {
        PageKind::Practice => (practice::PRACTICE, strings.text("practice"), "page.html"),
        PageKind::Workshop => (practice::WORKSHOP, strings.text("workshop"), "page.html"),
        PageKind::Glossary => (practice::GLOSSARY, strings.text("glossary"), "page.html"),
        PageKind::Search => (SEARCH, strings.text("search"), "search.html"),
        _ => (practice::REFERENCES, strings.text("references"), "page.html"),
    };
    let url = Url::new(url);
    let mut facts = facts(resolver, &url, kind, title.to_owned());
    let root = resolver.book.root;
    facts.breadcrumbs = vec![link(resolver, &url, root)];
    facts.chapters = chapters(resolver, &url, None);
    facts.noindex = kind == PageKind::Search;
    list_material(resolver, &url, &mut facts);
    view(resolver, url, template.to_owned(), facts, Body::Empty)
}

/// What the pages at some addresses show beside their texts.
fn list_material(resolver: &Resolver<'_>, url: &Url, facts: &mut PageFacts) {
    let registry = &resolver.book.practice;
    match url.as_str() {
        practice::PRACTICE if !registry.is_empty() => {
            facts.practice = Some(practice::practice_index(resolver, url));
            facts.prints = print::links(resolver, url);
        }
        practice::WORKSHOP if practice::has_prompts(resolver.config, resolver.book) => {
            facts.prompts = Some(practice::prompts(resolver, url, PROMPTS_SHOWN));
            facts.prints = print::links(resolver, url);
        }
        practice::GLOSSARY if !registry.terms.is_empty() => facts.glossary = Some(practice::glossary(resolver, url)),
        practice::REFERENCES if !registry.references.is_empty() => {
            facts.references = Some(practice::references(resolver, url));
        }
        _ => {}
    }
}

/// The view of a source file's own page.
pub fn listing(resolver: &Resolver<'_>, path: &BookPath) -> PageView {
    let book = resolver.book;
    let listing = &book.listings[path];
    let language = highlight::language_of_file(path.name());
    let mut facts = facts(resolver, &listing.url, PageKind::Listing, path.name().to_owned());
    let parent = book.folder_page(&path.parent());
    let mut above = book.ancestors(parent);
    above.push(parent);
    facts.breadcrumbs = above.iter().map(|&id| link(resolver, &listing.url, id)).collect();
    facts.chapter_number = above.get(1).and_then(|&chapter| chapter_number(resolver, chapter));
    facts.chapters = chapters(resolver, &listing.url, above.get(1).copied());
    facts.edit_url = edit_url(resolver.config, path);
    facts.noindex = true;
    facts.listing = Some(ListingFacts {
        name: path.name().to_owned(),
        raw: book.files[path].href_from(&listing.url),
        language: language
            .map_or_else(|| resolver.strings.text("plain_text").to_owned(), |language| language.name().to_owned()),
        lines: listing.lines,
    });
    view(
        resolver,
        listing.url.clone(),
        "listing.html".to_owned(),
        facts,
        Body::Listing { path: path.clone(), language },
    )
}

/// The view of the table of contents.
pub fn contents(resolver: &Resolver<'_>) -> PageView {
    let url = Url::new("contents.html");
    let mut facts = facts(resolver, &url, PageKind::Contents, resolver.strings.text("contents").to_owned());
    let root = resolver.book.root;
    facts.breadcrumbs = vec![link(resolver, &url, root)];
    facts.chapters = chapters(resolver, &url, None);
    facts.children = book_tree(resolver, &url);
    facts.prints = print::links(resolver, &url);
    view(resolver, url, "contents.html".to_owned(), facts, Body::Empty)
}

/// The view of the page for addresses that do not exist.
pub fn not_found(resolver: &Resolver<'_>) -> PageView {
    let title = resolver.strings.text("page_not_found").to_owned();
    let facts = facts(resolver, &Url::new("404.html"), PageKind::NotFound, title);
    view(resolver, Url::new("404.html"), "not-found.html".to_owned(), facts, Body::Empty)
}

/// Facts that every kind of page has.
pub fn facts(resolver: &Resolver<'_>, url: &Url, kind: PageKind, title: String) -> PageFacts {
    PageFacts {
        kind,
        title,
        description: None,
        url: url.as_str().to_owned(),
        root: root_prefix(resolver, url),
        canonical: if kind == PageKind::NotFound { None } else { url.canonical(&resolver.config.site) },
        edit_url: None,
        noindex: kind == PageKind::NotFound,
        breadcrumbs: Vec::new(),
        previous: None,
        next: None,
        outline: Vec::new(),
        chapter_number: None,
        chapters: Vec::new(),
        siblings: Vec::new(),
        children: Vec::new(),
        minutes: None,
        reading_minutes: None,
        practice_minutes: None,
        backlinks: Vec::new(),
        difficulty: None,
        outcome: None,
        prerequisites: Vec::new(),
        tags: Vec::new(),
        checked_on: None,
        updated_on: None,
        listing: None,
        glossary: None,
        references: None,
        practice: None,
        prints: Vec::new(),
        practises: false,
        has_material: false,
        print_about: None,
        prompts: None,
    }
}

/// The 404 page is served at any address, so its hrefs start at the host.
fn root_prefix(resolver: &Resolver<'_>, url: &Url) -> String {
    if url.as_str() == "404.html" { resolver.config.site.path.clone() } else { url.to_root() }
}

pub fn href(resolver: &Resolver<'_>, from: &Url, to: &Url) -> String {
    if from.as_str() == "404.html" { to.absolute_path(&resolver.config.site) } else { to.href_from(from) }
}

pub fn view(resolver: &Resolver<'_>, url: Url, template: String, mut page: PageFacts, body: Body) -> PageView {
    let config = resolver.config;
    let documents: &[DocumentView] = if let Body::Documents(documents) = &body { documents } else { &[] };
    page.practises = Sheet::of(page.kind).is_some_and(|_| resolver.book.practice.is_used)
        || page.glossary.is_some()
        || page.practice.is_some()
        || page.prompts.is_some()
        || documents.iter().any(|it| !it.practice.is_empty());
    page.has_material = page.practises || page.references.is_some() || documents.iter().any(|it| !it.marks.is_empty());
    let to = |path: &str| href(resolver, &url, &Url::new(path));
    let file = |named: &NamedPath| pictures::published(resolver, named).map(|(_, target)| href(resolver, &url, target));
    let book = BookView {
        id: config.id.clone(),
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.value.clone(),
        direction: resolver.strings.direction(),
        authors: config.authors.clone(),
        default_theme: match config.default_theme {
            DefaultTheme::System => "system",
            DefaultTheme::Light => "light",
            DefaultTheme::Dark => "dark",
        },
        repository_url: config.git_repository_url.clone(),
        logo: config.logo.as_ref().and_then(file),
        favicon: config.favicon.as_ref().and_then(file),
        card: pictures::card(resolver),
        icon: pictures::icons(resolver).into_iter().find(|icon| icon.url.ends_with(".png")).map(|icon| to(&icon.url)),
        home: to("index.html"),
        contents: to("contents.html"),
        practice: (!resolver.book.practice.is_empty()).then(|| to(practice::PRACTICE)),
        glossary: (!resolver.book.practice.terms.is_empty()).then(|| to(practice::GLOSSARY)),
        has_many_pages: resolver.book.order.len() > MANY_PAGES,
        search: to(SEARCH),
        print: print::whole(resolver).map(to),
        epub: epub::address(config).map(|url| to(url.as_str())),
    };
    let asset = |asset: Asset| to(resolver.assets.of(asset));
    let is_used = resolver.book.practice.is_used;
    let assets = AssetView {
        style: asset(Asset::Style),
        boot: asset(Asset::Boot),
        script: asset(Asset::Script),
        practice_style: is_used.then(|| asset(Asset::PracticeStyle)),
        practice_script: is_used.then(|| asset(Asset::PracticeScript)),
        search_style: asset(Asset::SearchStyle),
        search_script: asset(Asset::SearchScript),
        voice_style: asset(Asset::VoiceStyle),
        voice_script: asset(Asset::VoiceScript),
        worker: resolver.assets.outside.worker.map(to),
        offline_script: resolver.assets.outside.worker.map(|_| asset(Asset::OfflineScript)),
        contents: to(super::CONTENTS_ROOT),
        additional_css: config.additional_css.iter().filter_map(file).collect(),
        additional_js: config.additional_js.iter().filter_map(file).collect(),
    };
    PageView { url, template, context: Context { generator: GENERATOR, policy: POLICY, book, page, assets }, body }
}

/// Mistakes in paths that `book.toml` names.
pub fn check_config(resolver: &Resolver<'_>) -> Vec<Diagnostic> {
    let config = resolver.config;
    let path = Config::path();
    let named = config.pictures().chain(&config.additional_css).chain(&config.additional_js);
    let missing = named.filter(|named| pictures::published(resolver, named).is_none()).map(|named| {
        let place = Place::at(&path, named.span);
        let written = BookPath::new(&named.value);
        let near = written.as_ref().and_then(|written| resolver.near.files().nearest(written, &named.value));
        let is_outside = named.value.starts_with('/') || written.is_none();
        match near {
            None if is_outside => catalog::named_outside(place, &named.value),
            _ => catalog::named_missing(place, &named.value, near.map(BookPath::as_str), config.src.as_str()),
        }
    });
    missing.collect()
}

pub fn link(resolver: &Resolver<'_>, from: &Url, id: PageId) -> PageLink {
    let page = resolver.book.page(id);
    PageLink { title: page.title.clone(), href: href(resolver, from, &page.url) }
}

fn edit_url(config: &Config, path: &BookPath) -> Option<String> {
    let template = config.edit_url_template.as_ref()?;
    Some(template.replace("{path}", &crate::model::url::encoded(path.as_str())))
}

/// The pages named under `prerequisites`; links of that kind stand behind all others.
fn prerequisites(resolver: &Resolver<'_>, page: &Page) -> Vec<PageLink> {
    let Some(source) = page.source else { return Vec::new() };
    let parsed = &resolver.parsed[source.0 as usize];
    let named = parsed.links.iter().filter(|link| link.kind == LinkKind::FrontMatter);
    named
        .filter_map(|link| {
            let crate::model::parsed::RawTarget::Path { path, .. } = &link.target else { return None };
            let path = crate::model::parsed::referred(&page.path, &resolver.config.src, path)?;
            let id = resolver.book.by_file.get(&path).or_else(|| resolver.book.by_folder.get(&path))?;
            Some(self::link(resolver, &page.url, *id))
        })
        .collect()
}
