//! The pages to print: which of them a book has, and what their templates see.

use super::{Resolver, around, page, practice};
use crate::config::Config;
use crate::model::book::Book;
use crate::model::url::Url;
use crate::model::view::{Body, Child, PageKind, PageView, PrintLink};
use crate::print::{Binding, SHEETS, Sheet};

/// A book of more pages is printed only if it says so: browsers choke on what nobody prints.
const MOST_PAGES: usize = 500;

/// How many questions a story is prompted by, on paper.
const PROMPTS_SHOWN: usize = 3;

/// The pages to print of a book.
#[must_use]
pub fn sheets(config: &Config, book: &Book) -> Vec<&'static Sheet> {
    let registry = &book.practice;
    let has = |kinds: &[&str]| registry.by_id.values().any(|home| kinds.contains(&home.kind));
    let is_there = |sheet: &Sheet| match sheet.kind {
        PageKind::PrintCram => registry.has_cram,
        PageKind::PrintChecklists => has(&["checklist"]),
        PageKind::PrintStories => practice::has_prompts(config, book),
        PageKind::PrintInterviewer => has(&["drill", "question", "review", "simulation"]),
        _ => true,
    };
    SHEETS.iter().filter(|sheet| is_possible(config, book, sheet) && is_there(sheet)).collect()
}

/// Whether a book is printed, and has no page of its own at that address.
fn is_possible(config: &Config, book: &Book, sheet: &Sheet) -> bool {
    config.print.unwrap_or(book.order.len() <= MOST_PAGES) && !book.by_url.contains_key(&Url::new(sheet.address))
}

/// The address of the whole book as one page, if there is one.
pub fn whole(resolver: &Resolver<'_>) -> Option<&'static str> {
    let sheet = Sheet::of(PageKind::PrintBook).filter(|sheet| is_possible(resolver.config, resolver.book, sheet));
    sheet.map(|sheet| sheet.address)
}

/// What leads to them from the page at `url`.
pub fn links(resolver: &Resolver<'_>, url: &Url) -> Vec<PrintLink> {
    let sheets = sheets(resolver.config, resolver.book).into_iter();
    let link = |sheet: &Sheet| PrintLink {
        title: title(resolver, sheet),
        href: page::href(resolver, url, &Url::new(sheet.address)),
        about: about(resolver, sheet),
    };
    sheets.map(link).collect()
}

/// A page to print, with what of it no other page has.
#[must_use]
pub fn page(resolver: &Resolver<'_>, sheet: &Sheet, binding: &Binding<'_>) -> PageView {
    let url = Url::new(sheet.address);
    let mut facts = page::facts(resolver, &url, sheet.kind, title(resolver, sheet));
    facts.breadcrumbs = vec![page::link(resolver, &url, resolver.book.root)];
    facts.chapters = around::chapters(resolver, &url, None);
    facts.noindex = true;
    facts.print_about = Some(about(resolver, sheet));
    match sheet.kind {
        PageKind::PrintBook => {
            let mut children = around::book_tree(resolver, &url);
            lead_inside(&mut children, &|href| binding.href(&url, href));
            facts.children = children;
        }
        PageKind::PrintStories => facts.prompts = Some(practice::prompts(resolver, &url, PROMPTS_SHOWN)),
        _ => {}
    }
    page::view(resolver, url, "print.html".to_owned(), facts, Body::Empty)
}

/// Lets the entries of a list, and those below them, lead to where `href` says.
fn lead_inside(children: &mut [Child], href: &impl Fn(&str) -> String) {
    for child in children {
        child.href = child.href.as_deref().map(href);
        lead_inside(&mut child.children, href);
    }
}

fn title(resolver: &Resolver<'_>, sheet: &Sheet) -> String {
    resolver.strings.text(&format!("print_{}", sheet.name)).to_owned()
}

fn about(resolver: &Resolver<'_>, sheet: &Sheet) -> String {
    resolver.strings.text(&format!("print_{}_about", sheet.name)).to_owned()
}
