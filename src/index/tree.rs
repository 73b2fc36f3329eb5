//! Numbered folders to a tree of pages: parents, children in order, titles, previous and next.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Facts, folders, summary};
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Book, Page, PageId};
use crate::model::order::{self, Position};
use crate::model::practice::registry::Registry;
use crate::model::source::SourceId;
use crate::model::url::{self, Url};

/// The page for addresses that do not exist.
pub const NOT_FOUND: &str = "404.html";

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
        let (url, is_index) = page_url(&source.path, src);
        let folders = if is_index { vec![source.path.parent()] } else { Vec::new() };
        pages.push(page(Some(id), source.path.clone(), url, folders, title(facts, id, is_index)));
    }
    set_home(facts, &mut pages);
    add_folders(facts, &mut pages);
    pages.sort_by(|left, right| (&left.url, &left.path).cmp(&(&right.url, &right.path)));
    let book = link(facts, pages, drafts, diagnostics);
    if facts.sources.summary.is_none() {
        return book;
    }
    // The contents of such a book are its SUMMARY.md's, so a folder's page is only there for links to it.
    let reached = folders::led_to(facts, &book);
    let Book { pages, drafts, .. } = book;
    let is_wanted = |(index, page): &(u32, Page)| {
        page.source.is_some() || page.folders.contains(src) || reached.contains(&PageId(*index))
    };
    let pages = (0_u32..).zip(pages).filter(is_wanted).map(|(_, page)| page).collect();
    link(facts, pages, drafts, diagnostics)
}

fn page(source: Option<SourceId>, path: BookPath, url: Url, folders: Vec<BookPath>, title: String) -> Page {
    Page {
        source,
        path,
        folders,
        url,
        title,
        parent: None,
        children: Vec::new(),
        unwritten: Vec::new(),
        previous: None,
        next: None,
        part: None,
        linked_from: Vec::new(),
        documents: Vec::new(),
        anchors: HashSet::new(),
    }
}

/// The address of a Markdown file, and whether it is its folder's page by its name.
pub fn page_url(path: &BookPath, src: &BookPath) -> (Url, bool) {
    let folder = folder_url(&path.parent(), src);
    let stem = path.stem();
    if is_index(stem) {
        return (Url::new(folder + "index.html"), true);
    }
    (Url::new(folder + &url::segment(&order::split(stem).rest) + ".html"), false)
}

/// Whether a file of that name is the page of the folder it is in.
fn is_index(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// The address of a folder of the book, with its slash; empty for the source folder.
pub fn folder_url(folder: &BookPath, src: &BookPath) -> String {
    let below = BookPath::new(folder.below(src).unwrap_or("")).unwrap_or_default();
    let names: Vec<String> = below.parts().map(|name| order::split(name).rest).collect();
    url::folder(&names)
}

fn title(facts: &Facts<'_>, id: SourceId, is_index: bool) -> String {
    let source = &facts.sources.pages[id.0 as usize];
    let parsed = &facts.parsed[id.0 as usize];
    let own = parsed.front.title.as_ref().or(parsed.title.as_ref());
    // With a SUMMARY.md the heading that a page opens with is shown as its title, whatever its level.
    let opening = parsed.opening().filter(|_| facts.sources.summary.is_some()).map(|heading| &heading.text);
    own.or(opening.filter(|text| !text.is_empty())).cloned().unwrap_or_else(|| match is_index {
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

/// Without a page of its own name, the home page is the first chapter of the SUMMARY.md, as in mdBook.
fn set_home(facts: &Facts<'_>, pages: &mut [Page]) {
    let src = &facts.config.src;
    if pages.iter().any(|page| page.folders.contains(src)) {
        return;
    }
    let written: HashMap<&BookPath, usize> = pages.iter().zip(0..).map(|(page, index)| (&page.path, index)).collect();
    let first = summary::targets(facts.config, facts.sources).into_iter().find_map(|path| written.get(&path).copied());
    if let Some(page) = first.map(|index| &mut pages[index]) {
        page.url = Url::new("index.html");
        page.folders.push(src.clone());
    }
}

/// A page for every folder that holds pages: `topic.md` beside `topic/`, else a generated one, unless the
/// folder has one of its own. What stands beside a folder under its name speaks of the same thing, so two
/// entries of one name would follow each other, the second with nothing to read.
fn add_folders(facts: &Facts<'_>, pages: &mut Vec<Page>) {
    let src = &facts.config.src;
    let mut folders: BTreeSet<BookPath> = BTreeSet::from([src.clone()]);
    for page in pages.iter() {
        let mut folder = page.path.parent();
        while folder.is_within(src) && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    for page in pages.iter() {
        for folder in &page.folders {
            folders.remove(folder);
        }
    }
    for page in pages.iter_mut().filter(|page| page.url.as_str() != NOT_FOUND) {
        let folder = page.path.parent().join(page.path.stem());
        if let Some(folder) = folder.filter(|folder| folders.remove(folder)) {
            page.folders.push(folder);
        }
    }
    for folder in folders {
        let url = Url::new(folder_url(&folder, src) + "index.html");
        let title = folder_title(facts, &folder);
        pages.push(page(None, folder.clone(), url, vec![folder], title));
    }
}

fn link(facts: &Facts<'_>, pages: Vec<Page>, drafts: HashSet<BookPath>, diagnostics: &mut Vec<Diagnostic>) -> Book {
    let src = &facts.config.src;
    let ids = || (0_u32..).map(PageId);
    let mut by_folder = HashMap::new();
    for (id, page) in ids().zip(&pages) {
        for folder in &page.folders {
            by_folder.entry(folder.clone()).or_insert(id);
        }
    }
    let root: PageId = by_folder[src];
    let mut by_url = by_url(&pages);
    // The home page's file may have the name of another page; that address leads there too.
    let home = &pages[root.index()];
    if home.source.is_some() {
        by_url.entry(page_url(&home.path, src).0).or_insert(root);
    }
    let mut book = Book {
        practice: Registry::default(),
        by_file: ids()
            .zip(&pages)
            .filter(|(_, page)| page.source.is_some())
            .map(|(id, page)| (page.path.clone(), id))
            .collect(),
        by_url,
        not_found: ids().zip(&pages).find(|(_, page)| page.url.as_str() == NOT_FOUND).map(|(id, _)| id),
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
        let (place, name) = place(page);
        let parent = book.folder_page(&place.parent());
        let position = Position::new(&order::split(&name), own_order(facts, page).map(|order| order.value));
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

/// Where a page stands among the files and folders of the book, and its name there.
fn place(page: &Page) -> (BookPath, String) {
    let is_index = page.source.is_some() && is_index(page.path.stem());
    let place = if is_index { page.path.parent() } else { page.path.clone() };
    let name = if is_index || page.source.is_none() { place.name() } else { place.stem() }.to_owned();
    (place, name)
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
