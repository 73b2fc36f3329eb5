//! The program in one page: read, parse, index, resolve, render, emit. Only this folder names every stage: `derive` here
//! is what all commands share, `check` and `build` are what two of them add.

mod build;
mod check;
mod epub;
mod memory;
mod moved;
mod plan;
mod print;
mod report;
mod samples;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};
use crate::base::hash::Hash;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::config::{self, Config, PracticeRules, Site};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalog};
use crate::highlight::Highlighting;
use crate::index::{self, Facts, IndexOptions};
use crate::markdown::walk::MarkdownOptions;
use crate::model::book::{Book, PageId, RedirectTarget};
use crate::model::output::{Asset, AssetNames, Output};
use crate::model::parsed::Parsed;
use crate::model::practice::data::{DataKind, ParsedData};
use crate::model::source::{References, Source, Sources, Wanted};
use crate::model::url::Url;
use crate::model::view::PageView;
use crate::parse::{self, Lints};
use crate::read::{self, Dates};
use crate::render::{Partials, Prose, RedirectView, Renderer, Templates};
use crate::resolve::{self, ContentsFile, FileLines, Near, Resolver};
use crate::site::{self, Edition, PublishedPage};
use crate::theme::Theme;

pub use crate::theme::BUILT_IN;
pub use build::build;
pub use check::{Checked, check, theme_problems};
pub use memory::Memory;
pub use moved::Difference;
pub use plan::{Item, Plan};
pub use print::Printed;
pub use report::Report;
pub use samples::Runnable;

/// Which book, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder of the book.
    pub root: PathBuf,
    /// Where the site goes, instead of `build-dir`.
    pub output: Option<PathBuf>,
    /// Drafts are published too.
    pub drafts: bool,
    /// Instead of `site-url`.
    pub base_url: Option<String>,
    /// Warnings stop publication too.
    pub strict: bool,
    /// A book with errors is published all the same.
    pub keep_going: bool,
    /// Where highlighted code and the words of pages are kept between builds; without it nowhere.
    pub cache: Option<PathBuf>,
}

/// Everything that is known of a book before a page of it is resolved. Cheap to clone: what is large is shared.
#[derive(Clone)]
pub struct Derived {
    /// The configuration.
    pub config: Arc<Config>,
    /// The folder of the site.
    pub output: PathBuf,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What was read.
    pub sources: Arc<Sources>,
    /// What each page says.
    pub parsed: Vec<Arc<Parsed>>,
    /// What files of data say.
    pub data: Vec<Arc<ParsedData>>,
    /// What pages refer to.
    pub references: Arc<References>,
    /// The files beside the source folder that the book refers to, whether they are there or not.
    pub outside: Arc<BTreeSet<BookPath>>,
    /// When files were changed last.
    pub dates: Arc<Dates>,
    /// The symbol table.
    pub book: Arc<Book>,
    /// What stands at each address of the site.
    pub plan: Arc<Plan>,
    /// What is wrong with the book as a whole: its configuration, its theme, its files, how they go together.
    pub found: Arc<Diagnostics>,
    /// How long each stage took.
    timings: Timings,
    root: PathBuf,
}

/// How long each stage took, in order.
pub type Timings = Vec<(&'static str, Duration)>;

/// Reads a book and puts its symbol table together: everything before pages are looked at one by one.
///
/// # Errors
///
/// The folder is not there, or a file of the configuration or the theme cannot be read.
pub fn derive(options: &Options) -> Result<Derived> {
    derive_again(options, &mut Memory::default())
}

/// As [`derive()`], for those who do it again and again: what has not changed since is taken from `memory`.
///
/// # Errors
///
/// As [`derive()`].
pub fn derive_again(options: &Options, memory: &mut Memory) -> Result<Derived> {
    let mut clock = Clock::new();
    let mut found = Diagnostics::default();
    let root = &options.root;
    let mut config = Config::load(root, memory.read.reader, &mut found)?;
    if let Some(url) = &options.base_url {
        let refused = || {
            let wanted = "a path such as /handbook/ or a whole URL such as https://me.example/handbook/";
            Error::new(format!("--base-url cannot be {url}: it wants {wanted}"))
        };
        config.site = Site::parse(url).ok_or_else(refused)?;
    }
    let output = options.output.clone().unwrap_or_else(|| root.join(&config.build_dir));
    let (theme, reports) = memory.theme(root, &config)?;
    found.extend(reports);
    let (sources, reports) = read::book(root, &config, &memory.read);
    found.extend(reports);
    let (dates, report) = memory.dates(root, &config);
    found.extend(report);
    clock.lap("read");
    let read = Read { root: root.clone(), config, output, theme, sources, dates, found, clock };
    Ok(assemble(read, options.drafts, memory, |config, sources, wanted, memory| {
        let references = read::references(root, &config.src, wanted, &memory.read);
        memory.read.keep_only(sources, &references.0);
        references
    }))
}

/// What a book is put together from.
struct Read {
    root: PathBuf,
    config: Config,
    output: PathBuf,
    theme: Arc<Theme>,
    sources: Sources,
    dates: Arc<Dates>,
    found: Diagnostics,
    clock: Clock,
}

/// Puts a book together; `references` gives what its pages refer to.
fn assemble(
    read: Read,
    drafts: bool,
    memory: &mut Memory,
    references: impl FnOnce(&Config, &Sources, &Wanted, &mut Memory) -> (References, Vec<Diagnostic>),
) -> Derived {
    let Read { root, mut config, output, theme, sources, dates, mut found, mut clock } = read;
    let parsed = memory.parsed(&sources.pages, markdown_options(&config, &sources), Lints::of(&config));
    // Other books have files of those names too.
    let practises = |parsed: &Arc<Parsed>| !parsed.practice.is_empty() || !parsed.inlines.is_empty();
    let ours = [DataKind::ThreatModel, DataKind::Synonyms];
    let is_ours = |source: &Source| ours.iter().any(|kind| source.path.name().ends_with(kind.ending()));
    let is_in_use =
        parsed.iter().any(practises) || config.practice != PracticeRules::default() || sources.data.iter().any(is_ours);
    let data = if is_in_use { memory.data(&sources.data, &config.practice) } else { Vec::new() };
    clock.lap("parse");

    // A bare folder has no better name than its home page's.
    let index_options = IndexOptions { drafts };
    if config.bare
        && let Some(title) = index::home_title(&config, &sources, &parsed, index_options)
    {
        config.title = title;
    }
    let wanted = index::wanted(&config, &sources, &parsed);
    let (references, reports) = references(&config, &sources, &wanted, memory);
    found.extend(reports);
    // A page that another shows as code was read already.
    let files: Vec<&Source> = references.texts.values().filter(|source| source.path.extension() != "md").collect();
    let lints = Lints::of(&config);
    found.extend(parallel::map(&files, |source| parse::code_file(source, &lints)).into_iter().flatten());
    let facts = Facts {
        config: &config,
        sources: &sources,
        parsed: &parsed,
        data: &data,
        references: &references,
        options: index_options,
    };
    let (book, reports) = index::book(&facts);
    found.extend(reports);
    let plan = Plan::new(&config, &theme, &book);
    // A chain of old addresses could be a ring, unless it goes on to a page.
    let is_there = |url: &Url| match plan.get(url) {
        Some(&Item::Redirect(number)) => matches!(book.redirects[number].to, RedirectTarget::Page(_)),
        item => item.is_some(),
    };
    found.extend(index::check_targets(&config, &book, is_there));
    let outside = wanted.texts.iter().cloned().chain(config.named_files()).filter(|path| !path.is_within(&config.src));
    let outside = Arc::new(outside.collect());
    clock.lap("index");
    Derived {
        config: Arc::new(config),
        output,
        theme,
        sources: Arc::new(sources),
        parsed,
        data,
        references: Arc::new(references),
        outside,
        dates,
        book: Arc::new(book),
        plan: Arc::new(plan),
        found: Arc::new(found),
        timings: clock.laps,
        root,
    }
}

impl Derived {
    /// What pages are resolved with; `assets` is where they find the theme's files.
    #[must_use]
    pub fn resolver<'a>(&'a self, assets: &'a AssetNames) -> Resolver<'a> {
        Resolver {
            config: &self.config,
            sources: &self.sources,
            parsed: &self.parsed,
            data: &self.data,
            references: &self.references,
            dates: &self.dates,
            book: &self.book,
            assets,
            strings: &self.theme.strings,
            near: Near::new(&self.book),
            lines: FileLines::new(&self.references.texts),
        }
    }

    /// What pages are rendered with.
    #[must_use]
    pub fn renderer<'a>(&'a self, templates: &'a Templates) -> Renderer<'a> {
        Renderer {
            templates,
            theme: &self.theme,
            texts: &self.references.texts,
            prose: Prose {
                sources: &self.sources.pages,
                parsed: &self.parsed,
                options: self.markdown_options(),
                strings: &self.theme.strings,
                partials: Some(Partials { templates, theme: &self.theme }),
                highlighting: Highlighting::On,
            },
        }
    }

    /// The pages of the book that are published, in reading order.
    fn in_order(&self) -> impl Iterator<Item = (&Url, &Item)> {
        self.book.order.iter().filter_map(|&id| {
            let url = &self.book.page(id).url;
            self.plan.get(url).filter(|item| **item == Item::Page(id)).map(|item| (url, item))
        })
    }

    /// The view of what is rendered from one, and what is wrong with it.
    #[must_use]
    pub fn view(&self, resolver: &Resolver<'_>, item: &Item) -> Option<(PageView, Vec<Diagnostic>)> {
        Some(match item {
            Item::Page(id) => resolver.page(*id),
            Item::Listing(path) => (resolver.listing(path), Vec::new()),
            Item::Contents => (resolver.contents(), Vec::new()),
            Item::NotFound => (resolver.not_found(), Vec::new()),
            Item::Generated(kind) => (resolver.generated(*kind), Vec::new()),
            Item::Print(sheet) => (Printed::of(self).view(resolver, sheet), Vec::new()),
            Item::Asset(_) | Item::Redirect(_) | Item::Site(_) | Item::Edition(_) | Item::Epub | Item::File(_) => {
                return None;
            }
        })
    }

    /// What the page at an old address says, by the number of the redirect.
    #[must_use]
    pub fn redirect(&self, number: usize) -> RedirectView {
        site::redirect(&self.config, &self.book, &self.book.redirects[number], self.theme.strings.direction())
    }

    /// The tree of contents as files, the root first.
    #[must_use]
    pub fn contents_files(&self) -> Vec<ContentsFile> {
        resolve::contents_files(&self.resolver(&self.theme.names))
    }

    /// A file that hosts and tools read. `hash` gives the hash of a published page's bytes, and nothing where there
    /// is no such page.
    #[must_use]
    pub fn site_file(&self, name: &str, hash: impl Fn(PageId) -> Option<String>) -> String {
        if name == site::PRACTICE_JSON {
            return site::practice_json(&self.practice_material());
        }
        if name == site::WEB_MANIFEST {
            let names = &self.theme.names;
            return site::web_manifest(&self.config, &self.resolver(names).icons(), &names.outside);
        }
        // Of pages that share an address, which was reported, one is published.
        let ids = self.book.ids().filter(|&id| self.plan.get(&self.book.page(id).url) == Some(&Item::Page(id)));
        let published = ids.filter_map(|id| {
            let page = self.book.page(id);
            let front = page.source.map(|source| &self.parsed[source.0 as usize].front);
            let noindex = front.is_some_and(|front| front.search_exclude);
            let description = front.and_then(|front| front.description.as_deref());
            let updated_on = page.updated_on(&self.sources.pages, &self.dates);
            Some(PublishedPage { page, noindex, description, updated_on, hash: hash(id)? })
        });
        site::file(name, &self.config, &self.book, &published.collect::<Vec<_>>(), &self.theme.strings)
    }

    /// The files about an edition, whose other files are given with their hashes and sizes: the service worker, and the list
    /// of what it may keep.
    #[must_use]
    pub fn edition(&self, published: &BTreeMap<&Url, (Hash, u64)>) -> Vec<Output> {
        let Some(worker) = &self.theme.worker else { return Vec::new() };
        let names = &self.theme.names;
        let pictures = names.outside.card.iter().chain(&names.outside.icons);
        let pictures: Vec<&str> = pictures.map(|picture| picture.url.as_str()).collect();
        // What only hosts, robots and systems read is nothing to read offline.
        let is_read = |url: &Url| {
            // What is printed is all there already.
            !matches!(self.plan.get(url), Some(Item::Site(_) | Item::Edition(_) | Item::Epub | Item::Print(_)))
                && !pictures.contains(&url.as_str())
        };
        let files = published.iter().filter(|(url, _)| is_read(url));
        // Search loads its own; without the book as a whole it has nothing to search.
        let shell = [
            Asset::Style,
            Asset::Boot,
            Asset::Script,
            Asset::PracticeStyle,
            Asset::PracticeScript,
            Asset::VoiceStyle,
            Asset::VoiceScript,
            Asset::OfflineScript,
        ];
        site::edition(&Edition {
            config: &self.config,
            files: files.map(|(url, &(hash, size))| (url.as_str(), hash, size)).collect(),
            shell: shell.map(|asset| names.of(asset)),
            style: names.of(Asset::Style),
            worker,
            strings: &self.theme.strings,
        })
    }

    /// Everything that can be practised, as `practice.json` has it.
    #[must_use]
    pub fn material(&self) -> Vec<serde_json::Value> {
        site::practice_items(&self.practice_material())
    }

    fn practice_material(&self) -> site::Material<'_> {
        site::Material {
            config: &self.config,
            book: &self.book,
            sources: &self.sources,
            parsed: &self.parsed,
            data: &self.data,
            references: &self.references,
        }
    }

    /// The folder of the book.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How the book's Markdown is read.
    #[must_use]
    pub fn markdown_options(&self) -> MarkdownOptions {
        markdown_options(&self.config, &self.sources)
    }

    /// Pages that ask for a template that the theme does not have.
    fn unknown_templates(&self, templates: &Templates) -> Vec<Diagnostic> {
        let named = self.sources.pages.iter().zip(&self.parsed).filter_map(|(source, parsed)| {
            let template = parsed.front.template.as_ref()?;
            let place = Place::at(&source.path, template.span);
            if ["partials/", "practice/"].iter().any(|folder| template.value.starts_with(folder)) {
                return Some(catalog::template_of_part(place, &template.value));
            }
            let near = templates.check(&template.value).err()?;
            Some(catalog::template_missing(place, &template.value, near.as_deref()))
        });
        named.collect()
    }

    /// What was found so far: in the book as a whole, and in each file by itself.
    fn found_so_far(&self) -> Diagnostics {
        let mut found = (*self.found).clone();
        found.extend(self.parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
        found.extend(self.data.iter().flat_map(|data| data.diagnostics.iter().cloned()));
        found
    }
}

fn markdown_options(config: &Config, sources: &Sources) -> MarkdownOptions {
    // Only a book that mdBook can read is known to be written for its way with Rust.
    MarkdownOptions { smart_punctuation: config.smart_punctuation, rustdoc_lines: sources.summary.is_some() }
}

/// Measures stages.
struct Clock {
    last: Instant,
    laps: Timings,
}

impl Clock {
    fn new() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }
}

/// Whether `folder` is a book, or at least a folder of Markdown.
#[must_use]
pub fn is_book(folder: &Path) -> bool {
    folder.join(config::FILE).is_file() || read::has_markdown(folder)
}

/// The book that `folder` lies in, if it is none itself.
#[must_use]
pub fn book_above(folder: &Path) -> Option<PathBuf> {
    read::book_above(folder)
}
