//! What a book holds twice or to no purpose: paragraphs, pages that nothing leads to, files that nothing
//! names. Nothing is done for a lint that is off.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Facts;
use super::files::{references, written};
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level, Place, catalog};
use crate::highlight;
use crate::model::book::{Book, PageId, RedirectTarget};
use crate::model::mention;
use crate::model::parsed::{LinkKind, RawTarget, referred};
use crate::model::practice::data::DataKind;
use crate::model::source::{SourceId, Sources, Wanted};
use crate::model::target::{Target, target};

/// Reports all of it.
pub fn check(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    if is_on(facts.config, Code::ProseDuplicateParagraph) {
        check_paragraphs(facts, book, diagnostics);
    }
    if is_on(facts.config, Code::PageOrphan) {
        check_orphans(facts, book, diagnostics);
    }
    if is_on(facts.config, Code::FileUnused) {
        check_files(facts, book, diagnostics);
    }
    if is_on(facts.config, Code::DataUnused) {
        check_data(facts, book, diagnostics);
    }
}

/// Files of data that no page shows, drafts included, and those whose names are only nearly such files'.
fn check_data(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let Facts { config, sources, parsed, .. } = facts;
    let misnamed: Vec<(&BookPath, String)> =
        sources.files.iter().filter_map(|path| Some((path, DataKind::meant(path)?))).collect();
    let shown = [DataKind::Plan, DataKind::ThreatModel];
    let unsure =
        sources.data.iter().filter(|source| DataKind::of(&source.path).is_some_and(|kind| shown.contains(&kind)));
    let unsure: Vec<&BookPath> = unsure.map(|source| &source.path).collect();
    if misnamed.is_empty() && unsure.is_empty() {
        return;
    }
    // A path is only put together where its last name is one of theirs.
    let names: HashSet<&str> =
        misnamed.iter().map(|(path, _)| path.name()).chain(unsure.iter().map(|path| path.name())).collect();
    let named: HashSet<BookPath> = written(sources, parsed)
        .filter(|(_, path, ..)| names.contains(path.rsplit('/').next().unwrap_or(path)))
        .filter_map(|(source, path, ..)| referred(&source.path, &config.src, path))
        .collect();
    let misnamed = misnamed.into_iter().filter(|(path, _)| !named.contains(*path));
    diagnostics.extend(misnamed.map(|(path, meant)| catalog::data_misnamed(Place::file(path), &meant)));
    for path in unsure {
        let kind = DataKind::of(path).filter(|_| book.practice.data.contains_key(path) && !named.contains(path));
        let Some(kind) = kind else { continue };
        let name = if kind == DataKind::Plan { "plan" } else { "threat-model" };
        diagnostics.push(catalog::data_unshown(Place::file(path), kind.describe(), name, path.name()));
    }
}

fn is_on(config: &Config, code: Code) -> bool {
    config.level(code) != Level::Off
}

/// The Markdown files that are published, each once, in reading order; pages outside the contents last.
fn published(book: &Book) -> Vec<SourceId> {
    let mut seen = HashSet::new();
    let pages = book.order.iter().copied().chain(book.ids());
    let documents = pages.flat_map(|id| &book.page(id).documents).map(|document| document.source);
    documents.filter(|source| seen.insert(*source)).collect()
}

fn check_paragraphs(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for source in published(book) {
        let path = &facts.sources.pages[source.0 as usize].path;
        for paragraph in &facts.parsed[source.0 as usize].paragraphs {
            let place = Place::at(path, paragraph.span);
            match first.get(&paragraph.seen) {
                None => {
                    first.insert(paragraph.seen, place);
                }
                Some(first) => {
                    diagnostics.push(catalog::duplicate_paragraph(place, paragraph.words, first.clone()));
                }
            }
        }
    }
}

/// Pages that no other page's text leads to. Folders' pages are where their pages are looked for, and what
/// a SUMMARY.md lists is linked there.
fn check_orphans(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut reached: HashSet<PageId> = book.not_found.into_iter().collect();
    if facts.sources.summary.is_some() {
        reached.extend(&book.order);
    }
    for id in book.ids() {
        let page = book.page(id);
        for document in &page.documents {
            let file = &facts.sources.pages[document.source.0 as usize].path;
            let links = facts.parsed[document.source.0 as usize].links.iter();
            // A definition leads nowhere by itself; where it is used is a link.
            let links =
                links.filter(|link| matches!(link.kind, LinkKind::Link | LinkKind::HtmlLink | LinkKind::FrontMatter));
            for link in links {
                let RawTarget::Path { path, .. } = &link.target else { continue };
                match target(book, &facts.config.src, page, file, path, link.kind) {
                    Target::Page(to) | Target::Published(to) if to != id => {
                        reached.insert(to);
                    }
                    _ => {}
                }
            }
        }
    }
    let orphans = book.ids().filter(|id| {
        let page = book.page(*id);
        page.source.is_some() && !page.is_folder() && !reached.contains(id)
    });
    diagnostics.extend(orphans.map(|id| catalog::orphan(Place::file(&book.page(id).path))));
}

/// Adds what has to be looked for in which files to know which ones nothing names.
pub fn want(config: &Config, sources: &Sources, wanted: &mut Wanted) {
    if !is_on(config, Code::FileUnused) {
        return;
    }
    let texts = ["svg", "txt", "webmanifest", "xml", "csv"];
    let is_text = |path: &&BookPath| {
        texts.contains(&path.extension().to_ascii_lowercase().as_str())
            || highlight::language_of_file(path.name()).is_some()
    };
    wanted.names = sources.files.iter().map(|path| mention::key(path.name()).to_owned()).collect();
    wanted.searched = sources.files.iter().chain(&sources.named).filter(is_text).cloned().collect();
    wanted.searched.extend(BookPath::new("themes").and_then(|themes| themes.join(&config.theme)));
}

/// Files that nothing names, and Markdown files that are there to be included and are not.
fn check_files(facts: &Facts<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let Facts { config, sources, parsed, references: read, .. } = facts;
    let mut by_name: HashMap<&str, Vec<&BookPath>> = HashMap::new();
    for path in &sources.files {
        by_name.entry(mention::key(path.name())).or_default().push(path);
    }
    let names: BTreeSet<String> = by_name.keys().map(|name| (*name).to_owned()).collect();
    let of_names = |names: &BTreeSet<String>| -> Vec<BookPath> {
        names.iter().flat_map(|name| &by_name[name.as_str()]).map(|path| (*path).clone()).collect()
    };
    let in_html = parsed.iter().flat_map(|parsed| &parsed.mentions);
    // A draft's files are kept for it, so drafts count here.
    let mut waiting: Vec<BookPath> = references(config, sources, parsed)
        .filter(|(_, kind, _)| *kind != LinkKind::Definition)
        .map(|(path, _, _)| path)
        .chain(in_html.flat_map(|text| of_names(&mention::names(text, None, &names))))
        .chain(config.named_files())
        .chain(redirected(book))
        .chain(listed_data(book))
        .chain(sources.files.iter().filter(|path| is_known_to_others(path, &config.src)).cloned())
        .chain(read.names.keys().filter(|path| sources.files.binary_search(path).is_err()).cloned())
        .collect();
    let mut used: HashSet<BookPath> = HashSet::new();
    while let Some(path) = waiting.pop() {
        if let Some(names) = read.names.get(&path).filter(|_| !used.contains(&path)) {
            waiting.extend(of_names(names));
        }
        used.insert(path);
    }
    let included: HashSet<BookPath> = (sources.pages.iter().zip(*parsed))
        .flat_map(|(source, parsed)| parsed.included_pages().map(move |(_, file)| (source, file)))
        .filter_map(|(source, file)| referred(&source.path, &config.src, &file.value))
        .collect();
    let parts = sources.pages.iter().map(|source| &source.path).filter(|path| path.name().starts_with('_'));
    let unused = sources.files.iter().filter(|path| !used.contains(path));
    let unused = unused.chain(parts.filter(|path| !included.contains(path)));
    diagnostics.extend(unused.map(|path| catalog::unused_file(Place::file(path))));
}

/// The files of data that pages of the book's own are made of.
fn listed_data(book: &Book) -> impl Iterator<Item = BookPath> {
    let is_listed = |path: &&BookPath| {
        let kind = DataKind::of(path);
        matches!(kind, Some(DataKind::Questions | DataKind::Glossary | DataKind::References | DataKind::Synonyms))
    };
    book.practice.data.keys().filter(is_listed).cloned().collect::<Vec<_>>().into_iter()
}

/// The files that old addresses lead to.
fn redirected(book: &Book) -> impl Iterator<Item = BookPath> {
    let urls: HashSet<_> = book
        .redirects
        .iter()
        .filter_map(|redirect| match &redirect.to {
            RedirectTarget::Url(url, _) => Some(url),
            RedirectTarget::Page(_) | RedirectTarget::Outside(_) => None,
        })
        .collect();
    book.files.iter().filter(move |(_, url)| urls.contains(url)).map(|(path, _)| path.clone())
}

/// Whether browsers, hosts, search engines or people look for a file of that name where it is.
fn is_known_to_others(path: &BookPath, src: &BookPath) -> bool {
    let name = path.name().to_ascii_lowercase();
    let below = path.below(src).unwrap_or("");
    let starts = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    let licence = ["license", "licence", "copying", "copyright", "notice"];
    let hosts = ["robots.txt", "humans.txt", "security.txt", "llms.txt", "ads.txt", "cname", "_headers", "_redirects"];
    // The mark by which Google, Bing and others know who owns a site.
    let owner = ["google", "bingsiteauth", "yandex_"];
    starts(&licence)
        || below.starts_with(".well-known/")
        || (!below.contains('/')
            && (hosts.contains(&name.as_str())
                || starts(&["favicon", "apple-touch-icon", "browserconfig."])
                || (starts(&owner) && matches!(path.extension(), "html" | "xml"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_files_are_known_by_their_names() {
        let known = |path: &str| is_known_to_others(&BookPath::new(path).unwrap(), &BookPath::new("guide").unwrap());
        for path in ["robots.txt", "CNAME", "favicon.ico", ".well-known/x/y.txt", "a/LICENSE-MIT", "google1a.html"] {
            assert!(known(&format!("guide/{path}")), "{path}");
        }
        for path in ["a/robots.txt", "robots.md.txt", "google.png", "a/.well-known/x", "logo.svg"] {
            assert!(!known(&format!("guide/{path}")), "{path}");
        }
    }
}
