//! A book at one moment, ready to be read: what stands at each address, rendered when it is asked for. Nothing rendered
//! is kept, so nothing can be stale.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::base::files;
use crate::base::hash::{Hash, Hasher};
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::highlight::{Highlighting, Memo};
use crate::model::book::PageId;
use crate::model::output::{Asset, AssetNames, Outside};
use crate::model::source::SourceId;
use crate::model::url::Url;
use crate::pipeline::{Checked, Derived, Item, Printed, Report};
use crate::print::Sheet;
use crate::read;
use crate::render::{Renderer, Templates};
use crate::resolve::ContentsFile;
use crate::site;

/// The compiled templates of a theme, or why there are none.
pub type Compiled = Result<Templates, Vec<Diagnostic>>;

/// A book at one moment.
pub struct Snapshot {
    pub(super) derived: Derived,
    pub(super) templates: Arc<Compiled>,
    pub(super) checked: Arc<Checked>,
    /// What is wrong beyond single pages: with files that are copied, with the theme.
    pub(super) others: Arc<Diagnostics>,
    /// The tree of contents, put together when it is first asked for.
    pub(super) tree: Arc<OnceLock<Vec<ContentsFile>>>,
    /// The search index, by address, put together when it is first asked for.
    search: OnceLock<HashMap<String, String>>,
    pub(super) memo: Arc<Memo>,
    pub(super) files: Files,
    report: Report,
    /// The pages with errors of their own.
    broken: HashSet<PageId>,
}

/// How the files of a book look that pages load or show.
#[derive(Clone, Debug)]
pub struct Files {
    /// Its own style sheets.
    pub styles: Hash,
    /// Its own scripts.
    pub scripts: Hash,
    /// All others that are copied.
    pub others: Hash,
}

/// What stands at an address.
pub enum Content {
    /// A page of the theme's making: HTML, or the mistake in a template that keeps it from being rendered.
    Page(Result<Vec<u8>, Diagnostic>),
    /// Something else that is made, as bytes.
    Data(Vec<u8>),
    /// A file of the book, by its path on the disk.
    File(PathBuf),
}

impl Snapshot {
    pub(super) fn new(
        derived: Derived,
        templates: Arc<Compiled>,
        checked: Arc<Checked>,
        others: Arc<Diagnostics>,
        tree: Arc<OnceLock<Vec<ContentsFile>>>,
        memo: Arc<Memo>,
        files: Files,
    ) -> Self {
        let found = derived.all_found(checked.pages.iter().flatten(), &others);
        let report = derived.report(found, None);
        let wrong: HashSet<&BookPath> = report
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .map(|diagnostic| &diagnostic.place.path)
            .collect();
        let is_wrong = |source: SourceId| wrong.contains(&derived.sources.pages[source.0 as usize].path);
        let is_broken = |id: &PageId| derived.book.page(*id).documents.iter().any(|document| is_wrong(document.source));
        let broken = if wrong.is_empty() { HashSet::new() } else { derived.book.ids().filter(is_broken).collect() };
        let search = OnceLock::new();
        Self { derived, templates, checked, others, tree, search, memo, files, report, broken }
    }

    /// What is wrong with the book.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.derived.config
    }

    /// The number of the page's file at `path` on the disk.
    pub(super) fn source(&self, path: &Path) -> Option<SourceId> {
        let path = self.book_path(path)?;
        let pages = &self.derived.sources.pages;
        let index = pages.binary_search_by(|source| source.path.cmp(&path)).ok()?;
        u32::try_from(index).ok().map(SourceId)
    }

    /// A path on the disk as one of the book.
    pub(super) fn book_path(&self, path: &Path) -> Option<BookPath> {
        let relative = path.strip_prefix(self.root()).ok()?;
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        BookPath::new(&parts?.join("/"))
    }

    /// Whether the book hangs together: no error in what every page depends on.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let summary = self.derived.config.src.join(read::SUMMARY);
        let is_common = |path: &BookPath| {
            *path == Config::path() || path.is_within(&self.derived.theme.folder) || summary.as_ref() == Some(path)
        };
        let mut errors = self.report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        !errors.any(|diagnostic| is_common(&diagnostic.place.path))
    }

    /// The addresses of pages that have errors of their own.
    pub fn broken(&self) -> impl Iterator<Item = &Url> {
        self.broken.iter().map(|&id| &self.derived.book.page(id).url)
    }

    /// The Markdown files with errors that are no part of the book: they cannot be read.
    pub fn lost(&self) -> impl Iterator<Item = &BookPath> {
        let paths = self.report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let known = &self.derived.sources.pages;
        let is_unknown = |path: &&BookPath| known.binary_search_by(|source| source.path.cmp(path)).is_err();
        paths.map(|diagnostic| &diagnostic.place.path).filter(|path| path.extension() == "md").filter(is_unknown)
    }

    /// The address of the page whose file that is.
    #[must_use]
    pub fn page_of_file(&self, path: &BookPath) -> Option<&Url> {
        self.derived.book.by_file.get(path).map(|&id| &self.derived.book.page(id).url)
    }

    /// Whether there is a page at `url` that has no error of its own.
    #[must_use]
    pub fn has_good(&self, url: &Url) -> bool {
        match self.derived.plan.get(url) {
            Some(Item::Page(id)) => !self.broken.contains(id),
            Some(item) => item.is_page(),
            None => false,
        }
    }

    /// Every address that `build` would write a file to, but for those that only a site that is built has.
    #[must_use]
    pub fn addresses(&self) -> Vec<Url> {
        let tree = self.tree().iter().map(|file| file.url.clone());
        let mut search: Vec<Url> = self.search().keys().map(Url::new).collect();
        search.sort_unstable();
        let served = self.derived.plan.items().filter(|(_, item)| !item.is_built());
        served.map(|(url, _)| url.clone()).chain(tree).chain(search).collect()
    }

    /// Whether there is anything at `url`.
    #[must_use]
    pub fn has(&self, url: &Url) -> bool {
        self.derived.plan.get(url).is_some_and(|item| !item.is_built())
            || self.asset(url).is_some()
            || self.tree_file(url).is_some()
            || self.search_file(url).is_some()
    }

    /// The hash of all that the page at `url` is made of; `None` where there is no page.
    #[must_use]
    pub fn key(&self, url: &Url) -> Option<Hash> {
        let item = self.derived.plan.get(url).filter(|item| item.is_page())?;
        let names = self.asset_names();
        let resolver = self.derived.resolver(&names);
        let templates = match &*self.templates {
            Ok(templates) => templates,
            Err(_) => return Some(self.derived.theme.hash),
        };
        let renderer = self.derived.renderer(templates);
        let key = |item: &Item| Some(renderer.key(&self.derived.view(&resolver, item)?.0));
        let own = key(item)?;
        if !matches!(item, Item::Print(_)) {
            return Some(own.0);
        }
        let printed = Printed::of(&self.derived);
        let keys = printed.bound().iter().filter_map(|(url, item)| Some((*url, key(item)?))).collect();
        Some(printed.key(own, &keys).0)
    }

    /// What stands at `url`.
    #[must_use]
    pub fn content(&self, url: &Url) -> Option<Content> {
        if let Some(number) = self.asset(url) {
            return Some(Content::Data(self.derived.theme.assets[number].bytes.clone()));
        }
        if let Some(file) = self.tree_file(url) {
            return Some(Content::Data(file.text.clone().into_bytes()));
        }
        if let Some(text) = self.search_file(url) {
            return Some(Content::Data(text.clone().into_bytes()));
        }
        Some(match self.derived.plan.get(url)? {
            Item::Asset(number) => Content::Data(self.derived.theme.assets[*number].bytes.clone()),
            Item::Site(name) => Content::Data(self.site_file(name)),
            Item::Edition(_) => return None,
            Item::Epub => Content::Data(self.epub()?),
            Item::File(path) => Content::File(path.to_os(self.derived.root())),
            Item::Redirect(number) => {
                let view = self.derived.redirect(*number);
                match self.rendered(|renderer| renderer.redirect(&view)) {
                    Ok(bytes) => Content::Data(bytes),
                    Err(diagnostic) => Content::Page(Err(diagnostic)),
                }
            }
            Item::Print(sheet) => Content::Page(self.sheet(sheet)),
            item => Content::Page(self.page(item, &self.asset_names())),
        })
    }

    /// A page to print, for which those on it are rendered.
    fn sheet(&self, sheet: &Sheet) -> Result<Vec<u8>, Diagnostic> {
        let names = self.asset_names();
        let resolver = self.derived.resolver(&names);
        let html = |_: &Url, item: &Item| self.page(item, &names).ok();
        let printed = Printed::of(&self.derived);
        self.rendered(|renderer| Ok(printed.pages(renderer, &resolver, &[sheet], html)?.concat()))
    }

    /// The book for reading systems, for which all its pages are rendered as they are published.
    fn epub(&self) -> Option<Vec<u8>> {
        let names = &self.derived.theme.names;
        let picture = |url: &Url| match self.content(url)? {
            Content::Data(bytes) => Some(bytes),
            Content::File(path) => files::read_if_there(&path).ok().flatten(),
            Content::Page(_) => None,
        };
        self.derived.epub(&self.derived.resolver(names), |_, item| self.page(item, names).ok(), picture)
    }

    fn page(&self, item: &Item, names: &AssetNames) -> Result<Vec<u8>, Diagnostic> {
        let resolver = self.derived.resolver(names);
        let view = self.derived.view(&resolver, item).expect("a page has a view").0;
        self.rendered(|renderer| renderer.page(&view))
    }

    fn rendered(
        &self,
        render: impl FnOnce(&Renderer<'_>) -> Result<Vec<u8>, Diagnostic>,
    ) -> Result<Vec<u8>, Diagnostic> {
        let templates =
            (*self.templates).as_ref().map_err(|all| all.first().cloned().expect("something is wrong with them"))?;
        let mut renderer = self.derived.renderer(templates);
        renderer.prose.highlighting = Highlighting::Remembered(&self.memo);
        render(&renderer)
    }

    /// A file that hosts and tools read. Some list the pages that are published, with their hashes or because one that
    /// cannot be rendered is not, so all are rendered for them.
    fn site_file(&self, name: &str) -> Vec<u8> {
        let ids: Vec<PageId> = self.derived.book.ids().collect();
        let hashes = parallel::map(&ids, |&id| {
            if !site::LISTS_OF_PAGES.contains(&name) {
                return Some(String::new());
            }
            Some(Hash::of(&self.page(&Item::Page(id), &self.derived.theme.names).ok()?).to_string())
        });
        self.derived.site_file(name, |id| hashes[id.index()].clone()).into_bytes()
    }

    /// In `serve` the theme's files have plain names, so that another style sheet is no other page; where the book has a
    /// file of that name, the published one.
    fn asset_names(&self) -> AssetNames {
        // A worker would show what was, where a page is to be as its sources are.
        let outside = Outside { worker: None, ..self.derived.theme.names.outside.clone() };
        let address = |asset: Asset| {
            let (name, extension) = asset.name();
            let plain = format!("assets/{name}.{extension}");
            match self.derived.plan.get(&Url::new(plain.as_str())) {
                None => plain,
                Some(_) => self.derived.theme.names.of(asset).to_owned(),
            }
        };
        AssetNames::new(address, outside)
    }

    /// The number of the theme's file at its plain address.
    fn asset(&self, url: &Url) -> Option<usize> {
        if !url.as_str().starts_with("assets/") {
            return None;
        }
        self.asset_names().position(url.as_str())
    }

    fn tree(&self) -> &[ContentsFile] {
        self.tree.get_or_init(|| self.derived.contents_files())
    }

    fn tree_file(&self, url: &Url) -> Option<&ContentsFile> {
        url.as_str().starts_with("contents/").then(|| self.tree().iter().find(|file| file.url == *url)).flatten()
    }

    /// Every page is rendered for it, so it is not put together before somebody searches.
    fn search(&self) -> &HashMap<String, String> {
        self.search.get_or_init(|| match &*self.templates {
            Ok(templates) => {
                let files = self.derived.search_files(templates).into_iter();
                files.map(|file| (file.path, file.text)).collect()
            }
            Err(_) => HashMap::new(),
        })
    }

    fn search_file(&self, url: &Url) -> Option<&String> {
        let is_one = ["search/", "assets/search-"].iter().any(|start| url.as_str().starts_with(start));
        is_one.then(|| self.search().get(url.as_str())).flatten()
    }

    /// What templates and scripts make of any page.
    #[must_use]
    pub fn theme_hash(&self) -> Hash {
        self.assets_hash(false, &[&self.derived.theme.hash.to_string(), &self.files.scripts.to_string()])
    }

    /// How pages look.
    #[must_use]
    pub fn style_hash(&self) -> Hash {
        self.assets_hash(true, &[&self.files.styles.to_string()])
    }

    /// The hash of the theme's style sheets, or of its scripts, and `others`.
    fn assets_hash(&self, are_styles: bool, others: &[&str]) -> Hash {
        let assets = Asset::ALL.into_iter().filter(|asset| asset.is_style() == are_styles);
        let names = assets.map(|asset| self.derived.theme.names.of(asset));
        hash(&names.chain(others.iter().copied()).collect::<Vec<_>>())
    }

    /// The tree of contents.
    #[must_use]
    pub fn contents_hash(&self) -> Hash {
        hash(&[&self.tree()[0].text])
    }

    /// What pages show beside their text.
    #[must_use]
    pub fn files_hash(&self) -> Hash {
        self.files.others
    }

    /// The page that a path of the source folder or of the book's folder stands for, as an address.
    #[must_use]
    pub fn page_of_source(&self, path: &str) -> Option<&Url> {
        let book = &self.derived.book;
        let in_src = self.derived.config.src.join(path);
        let paths = [in_src, BookPath::new(path)].into_iter().flatten();
        let mut ids = paths.filter_map(|path| book.by_file.get(&path).or_else(|| book.by_folder.get(&path)));
        ids.next().map(|&id| &book.page(id).url)
    }

    /// The pages whose addresses or titles are most like `path`, best first: address and title.
    #[must_use]
    pub fn near(&self, path: &str) -> Vec<(&Url, &str)> {
        // However long the address is, its beginning says enough.
        let path = &path[..path.floor_char_boundary(200)];
        let wanted = path.trim_end_matches("index.html").trim_end_matches('/').trim_end_matches(".html").to_lowercase();
        let last = wanted.rsplit('/').next().unwrap_or("");
        let mut scored: Vec<(usize, &Url, &str)> = Vec::new();
        for page in &self.derived.book.pages {
            let known = page.url.as_str().trim_end_matches("/index.html").trim_end_matches(".html");
            let name = known.rsplit('/').next().unwrap_or("");
            // The name counts more than the folders in front of it, which are what moves.
            let common = 3 * alike(last, name) + alike(&wanted, known);
            if common > 0 && self.derived.plan.get(&page.url).is_some() {
                scored.push((common, &page.url, &page.title));
            }
        }
        scored.sort_by(|left, right| (right.0, left.1).cmp(&(left.0, right.1)));
        let best = scored.first().map_or(0, |first| first.0);
        scored.into_iter().filter(|(score, ..)| score * 2 >= best).take(5).map(|(_, url, title)| (url, title)).collect()
    }

    /// The folder of the book.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.derived.root()
    }
}

/// How much two names have in common, from 0 to 100: the share of their pairs of characters (Dice's coefficient), and
/// nothing below a third.
fn alike(left: &str, right: &str) -> usize {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (left, mut right) = (pairs(left), pairs(right));
    let all = left.len() + right.len();
    if all == 0 {
        return 0;
    }
    let common = left
        .iter()
        .filter(|pair| right.iter().position(|other| other == *pair).map(|at| right.swap_remove(at)).is_some());
    let share = 200 * common.count() / all;
    if share > 33 { share } else { 0 }
}

fn hash(parts: &[&str]) -> Hash {
    let mut hasher = Hasher::default();
    for part in parts {
        hasher.add(part.as_bytes());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn names_are_alike_by_their_pairs_of_characters() {
        assert_eq!(alike("threat-model", "threat-model"), 100);
        assert!(alike("thret-model", "threat-model") > 80);
        assert_eq!(alike("threat", "code"), 0);
        assert_eq!(alike("", ""), 0);
    }
}
