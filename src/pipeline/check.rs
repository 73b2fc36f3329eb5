//! Everything that is wrong with a book, without writing anything.

use std::collections::BTreeSet;

use super::{Clock, Derived, Item, Options, Report, derive};
use crate::base::error::Result;
use crate::base::files::Reader;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalog};
use crate::model::book::PageId;
use crate::model::url::{Url, decode};
use crate::model::view::{Body, PageKind, PageView};
use crate::read;
use crate::render::{RedirectView, Templates};
use crate::resolve::Resolver;
use crate::theme::policy;

/// Finds everything that is wrong with a book, without writing anything. `progress` counts pages.
///
/// # Errors
///
/// As [`derive()`].
pub fn check(options: &Options, progress: &Progress) -> Result<Report> {
    let mut derived = derive(options)?;
    let mut clock = Clock::new();
    let Checked { pages, kinds } = Checked::all(&derived, progress);
    let mut found = derived.found_so_far();
    found.extend(pages.into_iter().flatten());
    found.extend(derived.files_problems());
    clock.lap("resolve");
    found.extend(theme_problems(&derived, &Templates::new(&derived.theme), &kinds));
    clock.lap("render");
    derived.timings.extend(clock.laps);
    Ok(derived.report(found, None))
}

/// What is wrong with pages where they refer to others.
#[derive(Clone, Default)]
pub struct Checked {
    /// By page.
    pub pages: Vec<Vec<Diagnostic>>,
    /// A page of each kind and template, of preparation material too.
    pub kinds: Vec<PageId>,
}

impl Checked {
    /// Resolves every page of the book.
    #[must_use]
    pub fn all(derived: &Derived, progress: &Progress) -> Self {
        let resolver = derived.resolver(&derived.theme.names);
        let ids: Vec<PageId> = derived.book.ids().collect();
        progress.expect(ids.len());
        let resolved = parallel::map(&ids, |&id| {
            progress.step();
            let (view, reports) = resolver.page(id);
            let materials = match view.body {
                Body::Documents(documents) => documents.into_iter().flat_map(|it| it.practice.into_values()).collect(),
                Body::Listing { .. } | Body::Empty => Vec::new(),
            };
            let materials: BTreeSet<String> = materials.into_iter().map(|material| material.template).collect();
            ((view.template, view.context.page.kind), materials, reports)
        });
        let mut tried: BTreeSet<(String, PageKind)> = BTreeSet::new();
        let mut parts: BTreeSet<String> = BTreeSet::new();
        let mut checked = Self::default();
        for (&id, (kind, materials, reports)) in ids.iter().zip(resolved) {
            checked.pages.push(reports);
            let is_new = tried.insert(kind) | !materials.is_subset(&parts);
            parts.extend(materials);
            if is_new {
                checked.kinds.push(id);
            }
        }
        checked
    }
}

/// What is wrong with the theme: a template is tried with a page of each kind that uses it, so that a typo shows
/// without a build.
#[must_use]
pub fn theme_problems(
    derived: &Derived,
    templates: &std::result::Result<Templates, Vec<Diagnostic>>,
    kinds: &[PageId],
) -> Vec<Diagnostic> {
    let templates = match templates {
        Ok(templates) => templates,
        Err(diagnostics) => return diagnostics.clone(),
    };
    let mut found = derived.unknown_templates(templates);
    let resolver: Resolver<'_> = derived.resolver(&derived.theme.names);
    let mut samples: Vec<PageView> = kinds.iter().map(|&id| resolver.page(id).0).collect();
    samples.extend(derived.book.listings.keys().take(1).map(|path| resolver.listing(path)));
    samples.extend([resolver.contents(), resolver.not_found()]);
    let generated = derived.plan.items().filter_map(|(_, item)| match item {
        Item::Generated(_) | Item::Print(_) => derived.view(&resolver, item).map(|(view, _)| view),
        _ => None,
    });
    samples.extend(generated);
    samples.extend(derived.views_of_waiting(&resolver));
    let renderer = derived.renderer(templates);
    let known = samples.iter().filter(|view| templates.check(&view.template).is_ok());
    found.extend(known.filter_map(|view| renderer.page(view).err()));
    // All have one template, so the first mistake in it is the only one.
    let redirects = (0..derived.book.redirects.len()).map(|number| derived.redirect(number));
    found.extend(redirects.chain(derived.made_up_redirect()).find_map(|view| renderer.redirect(&view).err()));
    found
}

impl Derived {
    /// Views for the templates of the book's own that no page names yet: any may, so the home page tries them.
    #[must_use]
    pub fn views_of_waiting(&self, resolver: &Resolver<'_>) -> Vec<PageView> {
        let sources = self.book.ids().filter_map(|id| self.book.page(id).source);
        let named = sources.filter_map(|source| self.parsed[source.0 as usize].front.template.as_ref());
        let named: BTreeSet<&str> = named.map(|template| template.value.as_str()).collect();
        let waiting = self.theme.own_pages().filter(|name| !named.contains(name));
        let home = |name: &str| PageView { template: name.to_owned(), ..resolver.page(self.book.root).0 };
        waiting.map(home).collect()
    }

    /// What tries the template of redirects in a book that has none.
    #[must_use]
    pub fn made_up_redirect(&self) -> Option<RedirectView> {
        self.book.redirects.is_empty().then(|| RedirectView::sample(&self.config.title))
    }

    /// What is wrong with files that the configuration names, and with those that `build` only copies.
    #[must_use]
    pub fn files_problems(&self) -> Vec<Diagnostic> {
        let resolver = self.resolver(&self.theme.names);
        let mut found = resolver.check_config();
        found.extend(resolver.check_data());
        found.extend(self.styles_problems());
        found.extend(read::unreadable(&self.root, &self.book.files.keys().collect::<Vec<_>>()));
        found
    }

    /// What the book's own style sheets load that no page may load, or that is not there.
    #[must_use]
    pub fn styles_problems(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let paths: BTreeSet<BookPath> = self.config.paths_of(self.config.additional_css.iter()).collect();
        for (path, url) in paths.iter().filter_map(|path| self.book.files.get_key_value(path)) {
            let Ok(text) = Reader::AT_ONCE.read_text(&path.to_os(&self.root)) else { continue };
            found.extend(policy::style(path, &text));
            for (range, near) in policy::misspelt(&text, &self.theme.properties) {
                let name = &text[range.clone()];
                found.push(catalog::theme_unknown_property(Place::at(path, Span::new(range.clone())), name, near));
            }
            let folder = BookPath::new(url.as_str()).unwrap_or_default().parent();
            for range in policy::addresses(&text) {
                let target = text[range.clone()].split(['?', '#']).next().unwrap_or("");
                // What starts so is data, on another host, or counts from a root that only the host knows.
                if target.is_empty() || target.contains(':') || target.starts_with('/') {
                    continue;
                }
                let file = folder.join(&decode(target)).map(|file| Url::new(file.as_str()));
                if file.is_none_or(|file| self.plan.get(&file).is_none()) {
                    found.push(catalog::missing_file(Place::at(path, Span::new(range)), target, None));
                }
            }
        }
        found
    }

    /// All that was found in a book that was `checked` page by page, and `others`.
    #[must_use]
    pub fn all_found<'a>(&self, checked: impl Iterator<Item = &'a Diagnostic>, others: &Diagnostics) -> Diagnostics {
        let mut found = self.found_so_far();
        found.extend(checked.cloned());
        found.extend(others.iter().cloned());
        found
    }
}
