//! The pages to print: which pages they are put together from, and what they are made of.

use std::collections::BTreeMap;

use super::search::add_pages;
use super::{Derived, Item};
use crate::base::hash::Hasher;
use crate::base::parallel;
use crate::diagnostic::Diagnostic;
use crate::model::output::RenderKey;
use crate::model::url::Url;
use crate::model::view::{PageKind, PageView};
use crate::print::{Binding, Leaf, Sheet};
use crate::render::Renderer;
use crate::resolve::Resolver;

/// The pages that others are put together from.
pub struct Printed<'a> {
    derived: &'a Derived,
    /// In reading order, the book's own lists last.
    bound: Vec<(&'a Url, &'a Item)>,
    numbers: BTreeMap<&'a Url, usize>,
}

impl<'a> Printed<'a> {
    /// Those of a book.
    #[must_use]
    pub fn of(derived: &'a Derived) -> Self {
        let is_list = |item: &Item| matches!(item, Item::Generated(PageKind::Glossary | PageKind::References));
        let lists = derived.plan.items().filter(|(_, item)| is_list(item));
        let bound: Vec<(&Url, &Item)> = derived.in_order().chain(lists).collect();
        let numbers = bound.iter().enumerate().map(|(number, (url, _))| (*url, number + 1)).collect();
        Self { derived, bound, numbers }
    }

    /// The pages that others are put together from.
    #[must_use]
    pub fn bound(&self) -> &[(&'a Url, &'a Item)] {
        &self.bound
    }

    /// The view of a page to print.
    #[must_use]
    pub fn view(&self, resolver: &Resolver<'_>, sheet: &Sheet) -> PageView {
        resolver.sheet(sheet, &self.binding(sheet))
    }

    /// What a page to print is made of, where its view has the key `own` and the others are made of `keys`.
    #[must_use]
    pub fn key(&self, own: RenderKey, keys: &BTreeMap<&Url, RenderKey>) -> RenderKey {
        let mut hasher = Hasher::default();
        hasher.add(b"print").add(own.0.to_string().as_bytes());
        let site = &self.derived.config.site;
        hasher.add(site.origin.as_deref().unwrap_or("").as_bytes()).add(site.path.as_bytes());
        add_pages(&mut hasher, &self.bound, keys);
        RenderKey(hasher.finish())
    }

    /// Pages to print, in the order of `sheets`; `html` gives the bytes of the others, and nothing for one that there is not.
    ///
    /// # Errors
    ///
    /// The template cannot be rendered.
    pub fn pages(
        &self,
        renderer: &Renderer<'_>,
        resolver: &Resolver<'_>,
        sheets: &[&Sheet],
        html: impl Fn(&Url, &Item) -> Option<Vec<u8>> + Sync,
    ) -> Result<Vec<Vec<u8>>, Diagnostic> {
        let bindings: Vec<Binding<'_>> = sheets.iter().map(|sheet| self.binding(sheet)).collect();
        let parts = parallel::map(&self.bound, |(url, item)| {
            let bytes = html(url, item).unwrap_or_default();
            let html = String::from_utf8_lossy(&bytes);
            let leaf = Leaf::new(url, self.derived.title(item, resolver), &html);
            bindings.iter().map(|binding| binding.part(&leaf)).collect::<Vec<String>>()
        });
        let page = |(number, sheet): (usize, &&Sheet)| {
            let content = parts.iter().map(|parts| parts[number].as_str()).collect();
            renderer.bound(&self.view(resolver, sheet), content)
        };
        sheets.iter().enumerate().map(page).collect()
    }

    fn binding(&self, sheet: &Sheet) -> Binding<'_> {
        Binding {
            at: Url::new(sheet.address),
            takes: sheet.takes,
            pages: &self.numbers,
            site: &self.derived.config.site,
        }
    }
}
