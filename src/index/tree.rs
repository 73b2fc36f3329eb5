//! Numbered folders to a tree of pages: parents, children in order, titles, previous and next.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Facts;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Book, Page, PageId};
use crate::model::order::{self, Position};
use crate::model::source::SourceId;
use crate::model::url::{self, Url};

/// The tree, without the reading order.
pub fn build(facts: &Facts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Book {
    let src = &facts.config.src;
    let mut drafts = HashSet::new();
    let mut pages = Vec::new();
    for (index, (source, parsed)) in facts.sources.pages.iter().zip(facts.parsed).enumerate() {
        let id = SourceId(u32::try_from(index).expect("fewer than 2^32 files"));
        // Files whose name starts with an underscore are there to be included.
        if source.path.name().starts_with('_') {
            continue;
        }
        if parsed.front.draft && !facts.options.drafts {
            drafts.insert(source.path.clone());
            continue;
        }
        let (url, is_folder) = page_url(&source.path, src);
        pages.push(page(Some(id), source.path.clone(), url, is_folder, title(facts, id, is_folder)));
    }
    add_folders(facts, &mut pages);
    pages.sort_by(|left, right| (&left.url, &left.path).cmp(&(&right.url, &right.path)));
    link(facts, pages, drafts, diagnostics)
}

fn page(source: Option<SourceId>, path: BookPath, url: Url, is_folder: bool, title: String) -> Page {
    Page {
        source,
        path,
        is_folder,
        url,
        title,
        parent: None,
        children: Vec::new(),
        previous: None,
        next: None,
        part: None,
        documents: Vec::new(),
        anchors: HashSet::new(),
    }
}

/// The address of a Markdown file, and whether it is its folder's page.
pub fn page_url(path: &BookPath, src: &BookPath) -> (Url, bool) {
    let folder = folder_url(&path.parent(), src);
    let stem = path.stem();
    if stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index") {
        return (Url::new(folder + "index.html"), true);
    }
    (Url::new(folder + &url::segment(&order::split(stem).rest) + ".html"), false)
}

/// The address of a folder of the book, with its slash; empty for the source folder.
pub fn folder_url(folder: &BookPath, src: &BookPath) -> String {
    let below = BookPath::new(folder.below(src).unwrap_or("")).unwrap_or_default();
    let names: Vec<String> = below.parts().map(|name| order::split(name).rest).collect();
    url::folder(&names)
}

fn title(facts: &Facts<'_>, id: SourceId, is_folder: bool) -> String {
    let source = &facts.sources.pages[id.0 as usize];
    let parsed = &facts.parsed[id.0 as usize];
    parsed.front.title.clone().or_else(|| parsed.title.clone()).unwrap_or_else(|| match is_folder {
        true => folder_title(facts, &source.path.parent()),
        false => order::title(&order::split(source.path.stem()).rest),
    })
}

fn folder_title(facts: &Facts<'_>, folder: &BookPath) -> String {
    if *folder == facts.config.src {
        return facts.config.title.clone();
    }
    order::title(&order::split(folder.name()).rest)
}

/// A generated page for every folder that holds pages and has none of its own.
fn add_folders(facts: &Facts<'_>, pages: &mut Vec<Page>) {
    let src = &facts.config.src;
    let mut folders: BTreeSet<BookPath> = BTreeSet::from([src.clone()]);
    for page in pages.iter() {
        let mut folder = page.path.parent();
        while folder.is_within(src) && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    let own: HashSet<BookPath> = pages.iter().filter(|page| page.is_folder).map(|page| page.path.parent()).collect();
    for folder in folders.into_iter().filter(|folder| !own.contains(folder)) {
        let url = Url::new(folder_url(&folder, src) + "index.html");
        let title = folder_title(facts, &folder);
        pages.push(page(None, folder, url, true, title));
    }
}

fn link(facts: &Facts<'_>, pages: Vec<Page>, drafts: HashSet<BookPath>, diagnostics: &mut Vec<Diagnostic>) -> Book {
    let src = &facts.config.src;
    let ids = || (0_u32..).map(PageId);
    let folder_of = |page: &Page| if page.source.is_some() { page.path.parent() } else { page.path.clone() };
    let mut by_folder = HashMap::new();
    for (id, page) in ids().zip(&pages).filter(|(_, page)| page.is_folder) {
        by_folder.entry(folder_of(page)).or_insert(id);
    }
    let root = by_folder[src];
    let mut book = Book {
        by_file: ids()
            .zip(&pages)
            .filter(|(_, page)| page.source.is_some())
            .map(|(id, page)| (page.path.clone(), id))
            .collect(),
        by_url: by_url(&pages),
        not_found: ids().zip(&pages).find(|(_, page)| page.url.as_str() == "404.html").map(|(id, _)| id),
        by_folder,
        root,
        order: Vec::new(),
        drafts,
        files: BTreeMap::new(),
        listings: BTreeMap::new(),
        redirects: Vec::new(),
        unpublished: HashSet::new(),
        pages,
    };
    let mut children: Vec<Vec<(Position, PageId)>> = vec![Vec::new(); book.pages.len()];
    for id in book.ids().filter(|&id| id != root && Some(id) != book.not_found) {
        let page = book.page(id);
        let folder = folder_of(page);
        // Of two pages of one folder, which is reported, the second counts as any other page of it.
        let is_its_page = page.is_folder && book.by_folder.get(&folder) == Some(&id);
        let above = if is_its_page { folder.parent() } else { folder.clone() };
        let parent = book.by_folder[&above];
        let name = if page.is_folder { folder.name() } else { page.path.stem() };
        let position = Position::new(&order::split(name), own_order(facts, page).map(|order| order.value));
        book.pages[id.index()].parent = Some(parent);
        children[parent.index()].push((position, id));
    }
    for (parent, mut children) in children.into_iter().enumerate() {
        children.sort();
        report_equal_numbers(facts, &book, &children, diagnostics);
        book.pages[parent].children = children.into_iter().map(|(_, id)| id).collect();
    }
    book
}

/// Of two pages with one address, which is reported elsewhere, the first has it.
fn by_url(pages: &[Page]) -> HashMap<Url, PageId> {
    let mut by_url = HashMap::new();
    for (id, page) in (0_u32..).map(PageId).zip(pages) {
        by_url.entry(page.url.clone()).or_insert(id);
    }
    by_url
}

/// What a page's front matter says on its place, and where.
fn own_order<'a>(facts: &Facts<'a>, page: &Page) -> Option<&'a Spanned<i64>> {
    facts.parsed[page.source?.0 as usize].front.order.as_ref()
}

fn report_equal_numbers(
    facts: &Facts<'_>,
    book: &Book,
    children: &[(Position, PageId)],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for pair in children.windows(2) {
        let [(first, first_id), (second, second_id)] = pair else { continue };
        let (first_page, second_page) = (book.page(*first_id), book.page(*second_id));
        // Two pages of one folder are reported as having one address.
        let differ = first_page.url != second_page.url;
        let equal = differ && !first.number.is_empty() && first.number == second.number;
        if equal && facts.sources.summary.is_none() {
            let number = second.number.iter().map(i64::to_string).collect::<Vec<_>>().join(".");
            let place = |page: &Page| match own_order(facts, page) {
                Some(order) => Place::at(&page.path, order.span),
                None => Place::file(&page.path),
            };
            // An `order` that meets a numbered name is what is likely to be wrong.
            let by_name = own_order(facts, second_page).is_none() && own_order(facts, first_page).is_some();
            let (here, other) = if by_name { (first_page, second_page) } else { (second_page, first_page) };
            diagnostics.push(catalog::duplicate_number(place(here), &number, place(other)));
        }
    }
}

/// Fills in the reading order: depth first from the home page.
pub fn set_reading_order(book: &mut Book) {
    let mut order = Vec::with_capacity(book.pages.len());
    let mut waiting = vec![book.root];
    while let Some(id) = waiting.pop() {
        order.push(id);
        waiting.extend(book.page(id).children.iter().rev());
    }
    for pair in order.windows(2) {
        book.pages[pair[0].index()].next = Some(pair[1]);
        book.pages[pair[1].index()].previous = Some(pair[0]);
    }
    book.order = order;
}
