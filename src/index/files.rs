//! Files that are not pages: which are published, which have a listing, which need to be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::tree::folder_url;
use super::{Facts, hygiene};
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::LineIndex;
use crate::highlight;
use crate::model::book::{Book, Listing, MAX_TAKEN_IN};
use crate::model::parsed::{LinkKind, Parsed, RawTarget, included, referred};
use crate::model::source::{Source, Sources, Wanted};
use crate::model::url::Url;

/// The files whose texts and sizes the later stages need: code that is included or linked, and images.
#[must_use]
pub fn wanted(config: &Config, sources: &Sources, parsed: &[Arc<Parsed>]) -> Wanted {
    let files: BTreeSet<&BookPath> = sources.files.iter().collect();
    let mut wanted = Wanted::default();
    for (path, kind, included) in references(config, sources, parsed) {
        // What lies beside the source folder was not walked; whether it is there shows when it is read.
        let page = || sources.pages.binary_search_by(|source| source.path.cmp(&path)).is_ok();
        let summary = || sources.summary.as_ref().is_some_and(|summary| summary.path == path);
        let shown = included && (!path.is_within(&config.src) || page() || summary());
        if !files.contains(&path) && !shown {
            continue;
        }
        if included || (kind == LinkKind::Link && has_listing(&path)) {
            wanted.texts.insert(path);
        } else if kind == LinkKind::Image {
            wanted.images.insert(path);
        }
    }
    // Those who show a site from outside ask how large its pictures are.
    wanted.images.extend(config.paths_of(config.pictures()));
    hygiene::want(config, sources, &mut wanted);
    wanted
}

/// Every path that a page refers to, what refers to it, and whether it is included code.
pub fn references<'a>(
    config: &'a Config,
    sources: &'a Sources,
    parsed: &'a [Arc<Parsed>],
) -> impl Iterator<Item = (BookPath, LinkKind, bool)> + 'a {
    written(sources, parsed).filter_map(move |(source, path, kind, is_included)| {
        let named = if is_included { included } else { referred };
        Some((named(&source.path, &config.src, path)?, kind, is_included))
    })
}

/// The same as each page writes it.
pub fn written<'a>(
    sources: &'a Sources,
    parsed: &'a [Arc<Parsed>],
) -> impl Iterator<Item = (&'a Source, &'a str, LinkKind, bool)> {
    sources.pages.iter().zip(parsed).flat_map(move |(source, parsed)| {
        let links = parsed.links.iter().filter_map(|link| match &link.target {
            // What a reference definition is used for is not known, so it may be either.
            RawTarget::Path { path, .. } => Some((path.as_str(), link.kind, false)),
            _ => None,
        });
        let code = parsed.included_files().map(|file| (file.value.as_str(), LinkKind::Link, true));
        let data = parsed.data_files().map(|file| (file.value.as_str(), LinkKind::Link, false));
        let all = links.chain(code).chain(data);
        all.map(move |(path, kind, is_included)| (source, path, kind, is_included))
    })
}

/// Whether a link to this file leads to a listing of it instead of the file itself. Documents that a
/// browser shows are shown.
fn has_listing(path: &BookPath) -> bool {
    let shown = ["html", "htm", "xhtml", "svg", "txt"];
    !shown.contains(&path.extension().to_ascii_lowercase().as_str())
        && highlight::language_of_file(path.name()).is_some()
}

/// Gives every published file its address. A folder without book.toml publishes only what its pages
/// refer to.
pub fn publish(facts: &Facts<'_>, book: &mut Book) {
    let src = &facts.config.src;
    let referred_to: Option<BTreeSet<BookPath>> = facts
        .config
        .bare
        .then(|| references(facts.config, facts.sources, facts.parsed).map(|(path, _, _)| path).collect());
    for path in &facts.sources.files {
        if referred_to.as_ref().is_none_or(|referred_to| referred_to.contains(path)) {
            book.files.insert(path.clone(), file_url(path, src));
        }
    }
    for path in &facts.sources.named {
        book.files.insert(path.clone(), Url::new(path.as_str()));
    }
    for (path, source) in &facts.references.texts {
        // A page of a larger file helps nobody; links lead to the file itself.
        if !has_listing(path) || !path.is_within(src) || source.text.len() > MAX_TAKEN_IN {
            continue;
        }
        let url = Url::new(format!("{}.html", file_url(path, src).as_str()));
        book.listings.insert(path.clone(), Listing { url, lines: LineIndex::new(&source.text).count() });
    }
}

/// Files keep their names; their folders' names are the pages'.
fn file_url(path: &BookPath, src: &BookPath) -> Url {
    Url::new(folder_url(&path.parent(), src) + path.name())
}
