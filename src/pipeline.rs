//! The program in one page: read, parse, index, resolve, render, emit. The only file that names every
//! stage.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::config::{self, Config, Site};
use crate::diagnostic::{Code, Counts, Diagnostic, Diagnostics, Place, catalog};
use crate::emit::{Emission, Emitted, Emitter};
use crate::index::{self, Facts, IndexOptions};
use crate::markdown::walk::MarkdownOptions;
use crate::model::book::{Book, PageId};
use crate::model::output::Output;
use crate::model::parsed::Parsed;
use crate::model::source::{References, Source, Sources};
use crate::model::url::Url;
use crate::model::view::PageView;
use crate::parse::{self, Lints};
use crate::read;
use crate::render::{RedirectView, Renderer, Templates};
use crate::resolve::{self, FileLines, Near, Resolver};
use crate::site::{self, PublishedPage};
use crate::theme::{self, Theme};

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
}

/// Everything that is known of a book before a page of it is resolved.
pub struct Derived {
    /// The configuration.
    pub config: Config,
    /// The folder of the site.
    pub output: PathBuf,
    /// The theme.
    pub theme: Theme,
    /// What was read.
    pub sources: Sources,
    /// What each page says.
    pub parsed: Vec<Parsed>,
    /// What pages refer to.
    pub references: References,
    /// The symbol table.
    pub book: Book,
    /// What has been found so far.
    found: Diagnostics,
    /// How long each stage took.
    timings: Timings,
    root: PathBuf,
}

/// How long each stage took, in order.
pub type Timings = Vec<(&'static str, Duration)>;

/// What a run found and did.
pub struct Report {
    /// What is wrong, sorted, with the book's levels applied.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics are about, without the secrets that are reported in them: what is
    /// printed may be a public log.
    pub texts: BTreeMap<BookPath, Arc<str>>,
    /// How many pages the book has.
    pub pages: usize,
    /// The folder of the site.
    pub output: PathBuf,
    /// What was done to it; `None` when nothing was published.
    pub emitted: Option<Emitted>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Report {
    /// Errors, warnings and notes.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.diagnostics)
    }
}

/// Reads a book and puts its symbol table together: everything before pages are looked at one by one.
///
/// # Errors
///
/// The folder is not there, or a file of the configuration or the theme cannot be read.
pub fn derive(options: &Options) -> Result<Derived> {
    let mut clock = Clock::new();
    let mut found = Diagnostics::default();
    let root = &options.root;
    let mut config = Config::load(root, &mut found)?;
    if let Some(url) = &options.base_url {
        let refused = || {
            Error::new(format!("--base-url cannot be {url}: it wants a path such as /handbook/ or a whole https URL"))
        };
        config.site = Site::parse(url).ok_or_else(refused)?;
    }
    let output = options.output.clone().unwrap_or_else(|| root.join(&config.build_dir));
    let (theme, reports) = theme::load(root, &config)?;
    found.extend(reports);
    let (sources, reports) = read::book(root, &config);
    found.extend(reports);
    clock.lap("read");

    let markdown = markdown_options(&config, &sources);
    let lints = Lints::of(&config);
    let parsed = parallel::map(&sources.pages, |source| parse::page(source, markdown, &lints));
    found.extend(parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
    clock.lap("parse");

    // A bare folder has no better name than its home page's.
    let index_options = IndexOptions { drafts: options.drafts };
    if config.bare
        && let Some(title) = index::home_title(&config, &sources, &parsed, index_options)
    {
        config.title = title;
    }
    let wanted = index::wanted(&config, &sources, &parsed);
    let (references, reports) = read::references(root, &config.src, &wanted);
    found.extend(reports);
    // A page that another shows as code was read already.
    let files: Vec<&Source> = references.texts.values().filter(|source| source.path.extension() != "md").collect();
    found.extend(parallel::map(&files, |source| parse::code_file(source, &lints)).into_iter().flatten());
    let facts =
        Facts { config: &config, sources: &sources, parsed: &parsed, references: &references, options: index_options };
    let (book, reports) = index::book(&facts);
    found.extend(reports);
    clock.lap("index");
    let root = root.clone();
    Ok(Derived { config, output, theme, sources, parsed, references, book, found, timings: clock.laps, root })
}

/// Finds everything that is wrong with a book, without writing anything. `progress` counts pages.
///
/// # Errors
///
/// As [`derive()`].
pub fn check(options: &Options, progress: &Progress) -> Result<Report> {
    let mut derived = derive(options)?;
    let mut clock = Clock::new();
    let resolver = derived.resolver();
    let ids: Vec<PageId> = derived.book.ids().collect();
    progress.expect(ids.len());
    let resolved = parallel::map(&ids, |&id| {
        progress.step();
        let (view, reports) = resolver.page(id);
        ((view.template, view.context.page.kind), reports)
    });
    // A template is tried with the first page of each kind that uses it, so that a typo shows without a build.
    let mut tried = BTreeSet::new();
    let mut samples: Vec<PageView> = Vec::new();
    let mut found = Vec::new();
    for (&id, (template, reports)) in ids.iter().zip(resolved) {
        found.extend(reports);
        if tried.insert(template) {
            samples.push(resolver.page(id).0);
        }
    }
    samples.extend(derived.book.listings.keys().take(1).map(|path| resolver.listing(path)));
    samples.extend([resolver.contents(), resolver.not_found()]);
    found.extend(resolver.check_config());
    // What `build` only copies.
    found.extend(read::unreadable(&derived.root, &derived.book.files.keys().collect::<Vec<_>>()));
    clock.lap("resolve");
    match Templates::new(&derived.theme) {
        Ok(templates) => {
            found.extend(derived.unknown_templates(&templates));
            let renderer = derived.renderer(&templates);
            let known = samples.iter().filter(|view| templates.check(&view.template).is_ok());
            found.extend(known.filter_map(|view| renderer.page(view).err()));
            found.extend(derived.redirects(&renderer).err());
        }
        Err(diagnostic) => found.push(diagnostic),
    }
    clock.lap("render");
    derived.found.extend(found);
    derived.timings.extend(clock.laps);
    Ok(derived.report(None))
}

/// Publishes a book. One with errors leaves the last good site in place, unless `keep_going` is set.
/// `progress` counts pages.
///
/// # Errors
///
/// As [`derive()`]; or the output folder cannot be used.
pub fn build(options: &Options, progress: &Progress) -> Result<Report> {
    let mut derived = derive(options)?;
    let mut clock = Clock::new();
    let templates = match Templates::new(&derived.theme) {
        Ok(templates) => templates,
        Err(diagnostic) => {
            derived.found.push(diagnostic);
            return Ok(derived.report(None));
        }
    };
    let unknown = derived.unknown_templates(&templates);
    derived.found.extend(unknown);
    let publishes = |found: Diagnostics, config: &Config| {
        Counts::of(&found.settled(|code| config.level(code))).healthy(options.strict) || options.keep_going
    };
    let healthy = publishes(derived.found.clone(), &derived.config);
    let emitter = if healthy { Some(Emitter::open(&derived.output)?) } else { None };
    // By address: a page that has taken one of the site's own, which was reported, gives way to it.
    let mut emissions = BTreeMap::new();
    let mut redirects = Vec::new();
    let mut found = Vec::new();
    {
        let resolver = derived.resolver();
        let renderer = derived.renderer(&templates);
        found.extend(resolver.check_config());
        match derived.redirects(&renderer) {
            Ok(outputs) => redirects = outputs,
            Err(diagnostic) => found.push(diagnostic),
        }
        // Resolving, rendering and writing one page at a time keeps one view in memory, not all.
        let each = |(view, mut reports): (PageView, Vec<Diagnostic>)| -> Result<(Option<Emission>, Vec<Diagnostic>)> {
            progress.step();
            let Some(emitter) = &emitter else { return Ok((None, reports)) };
            let key = renderer.key(&view);
            if let Some(kept) = emitter.unchanged(&view.url, key) {
                return Ok((Some(kept), reports));
            }
            if templates.check(&view.template).is_err() || derived.book.unpublished.contains(&view.url) {
                return Ok((None, reports));
            }
            match renderer.page(&view) {
                Ok(bytes) => Ok((Some(emitter.stage(&view.url, &bytes, Some(key))?), reports)),
                Err(diagnostic) => {
                    reports.push(diagnostic);
                    Ok((None, reports))
                }
            }
        };
        let ids = derived.rendered_pages();
        // The others have mistakes all the same.
        let rendered: BTreeSet<PageId> = ids.iter().copied().collect();
        let others: Vec<PageId> = derived.book.ids().filter(|id| !rendered.contains(id)).collect();
        found.extend(parallel::map(&others, |&id| resolver.page(id).1).into_iter().flatten());
        // And the contents, and the page for missing addresses.
        progress.expect(ids.len() + derived.book.listings.len() + 2);
        let mut results = parallel::map(&ids, |&id| each(resolver.page(id)));
        let listings: Vec<&BookPath> = derived.book.listings.keys().collect();
        results.extend(parallel::map(&listings, |path| each((resolver.listing(path), Vec::new()))));
        results.push(each((resolver.contents(), Vec::new())));
        if derived.book.not_found.is_none() {
            results.push(each((resolver.not_found(), Vec::new())));
        }
        for result in results {
            let (emission, reports) = result?;
            emissions.extend(emission.map(|emission| (emission.url.clone(), emission)));
            found.extend(reports);
        }
        clock.lap("render");
    }
    derived.found.extend(found);
    let healthy = publishes(derived.found.clone(), &derived.config);
    let emitted = match emitter {
        Some(emitter) if healthy => {
            let mut emissions: Vec<Emission> = emissions.into_values().collect();
            let (others, reports) = derived.other_files(&emitter, redirects, &emissions)?;
            emissions.extend(others);
            derived.found.extend(reports);
            if publishes(derived.found.clone(), &derived.config) {
                Some(emitter.commit(&emissions)?)
            } else {
                emitter.abandon()?;
                None
            }
        }
        Some(emitter) => {
            emitter.abandon()?;
            None
        }
        None => None,
    };
    clock.lap("emit");
    derived.timings.extend(clock.laps);
    Ok(derived.report(emitted))
}

impl Derived {
    fn resolver(&self) -> Resolver<'_> {
        Resolver {
            config: &self.config,
            sources: &self.sources,
            parsed: &self.parsed,
            references: &self.references,
            book: &self.book,
            assets: &self.theme.names,
            near: Near::new(&self.book),
            lines: FileLines::new(&self.references.texts),
        }
    }

    fn renderer<'a>(&'a self, templates: &'a Templates) -> Renderer<'a> {
        Renderer {
            templates,
            theme: &self.theme,
            sources: &self.sources.pages,
            parsed: &self.parsed,
            texts: &self.references.texts,
            options: markdown_options(&self.config, &self.sources),
        }
    }

    /// One page for each address, and none where an old address takes the place of a generated page.
    fn rendered_pages(&self) -> Vec<PageId> {
        let redirected: BTreeSet<&Url> = self.book.redirects.iter().map(|redirect| &redirect.from).collect();
        let rendered = |id: &PageId| {
            let page = self.book.page(*id);
            self.book.by_url.get(&page.url) == Some(id) && (page.source.is_some() || !redirected.contains(&page.url))
        };
        self.book.ids().filter(rendered).collect()
    }

    /// The pages at old addresses; all have one template, so the first mistake in it is the only one.
    fn redirects(&self, renderer: &Renderer<'_>) -> std::result::Result<Vec<Output>, Diagnostic> {
        let rendered = self.book.redirects.iter().map(|redirect| {
            let view: RedirectView = site::redirect(&self.config, &self.book, redirect);
            Ok(Output { url: redirect.from.clone(), bytes: renderer.redirect(&view)? })
        });
        rendered.collect()
    }

    /// Pages that ask for a template that the theme does not have.
    fn unknown_templates(&self, templates: &Templates) -> Vec<Diagnostic> {
        let named = self.sources.pages.iter().zip(&self.parsed).filter_map(|(source, parsed)| {
            let template = parsed.front.template.as_ref()?;
            let near = templates.check(&template.value).err()?;
            let place = Place::at(&source.path, template.span);
            Some(catalog::template_missing(place, &template.value, near.as_deref()))
        });
        named.collect()
    }

    /// Everything in the site that is not a rendered page: the theme's and the book's files, the contents
    /// as data, redirects, and what hosts and tools read. A file of the book that cannot be read is left out and
    /// reported.
    fn other_files(
        &self,
        emitter: &Emitter,
        redirects: Vec<Output>,
        pages: &[Emission],
    ) -> Result<(Vec<Emission>, Vec<Diagnostic>)> {
        let resolver = self.resolver();
        let mut outputs: Vec<Output> = self.theme.assets.clone();
        for file in resolve::contents_files(&resolver) {
            outputs.push(Output { url: file.url, bytes: file.text.into_bytes() });
        }
        outputs.extend(redirects);
        let published: Vec<PublishedPage<'_>> = self.published(pages);
        outputs.extend(site::files(&self.config, &published));
        // What would be published twice, or cannot be, is a mistake that was reported; the first has the address.
        let mut taken: BTreeSet<Url> = pages.iter().map(|emission| emission.url.clone()).collect();
        let mut emissions = Vec::new();
        let outputs = outputs.into_iter().filter(|output| !self.book.unpublished.contains(&output.url));
        for output in outputs.filter(|output| taken.insert(output.url.clone())) {
            emissions.push(emitter.stage(&output.url, &output.bytes, None)?);
        }
        let files: Vec<(&BookPath, &Url)> = self
            .book
            .files
            .iter()
            .filter(|(_, url)| !self.book.unpublished.contains(*url) && taken.insert((*url).clone()))
            .collect();
        let copied = parallel::map(&files, |(path, url)| match files::read(&path.to_os(&self.root)) {
            Ok(bytes) => emitter.stage(url, &bytes, None).map(Ok),
            Err(error) => Ok(Err(catalog::unreadable(Place::file(path), &error.cause()))),
        });
        let mut reports = Vec::new();
        for copy in copied {
            match copy? {
                Ok(emission) => emissions.push(emission),
                Err(report) => reports.push(report),
            }
        }
        Ok((emissions, reports))
    }

    fn published<'a>(&'a self, emissions: &[Emission]) -> Vec<PublishedPage<'a>> {
        let hashes: BTreeMap<&Url, String> =
            emissions.iter().map(|emission| (&emission.url, emission.hash.to_string())).collect();
        let published = self.book.pages.iter().filter_map(|page| {
            let hash = hashes.get(&page.url)?.clone();
            let front = page.source.map(|source| &self.parsed[source.0 as usize].front);
            Some(PublishedPage { page, noindex: front.is_some_and(|front| front.search_exclude), hash })
        });
        published.collect()
    }

    fn report(mut self, emitted: Option<Emitted>) -> Report {
        let found = std::mem::take(&mut self.found);
        let config = &self.config;
        let mut diagnostics = found.settled(|code| config.level(code));
        let mut texts: BTreeMap<BookPath, Arc<str>> = BTreeMap::new();
        let named: BTreeSet<&BookPath> = diagnostics
            .iter()
            .flat_map(|diagnostic| diagnostic.notes.iter().map(|note| &note.place.path).chain([&diagnostic.place.path]))
            .collect();
        for path in named {
            if let Some(text) = self.text(path) {
                texts.insert(path.clone(), text);
            }
        }
        let leaky = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::SecretLiveLooking);
        let leaky: BTreeSet<BookPath> = leaky.map(|diagnostic| diagnostic.place.path.clone()).collect();
        for path in &leaky {
            texts.entry(path.clone()).and_modify(|text| *text = parse::masked(text).into());
        }
        // A message may repeat what is written there, such as the name of a page that is missing.
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| leaky.contains(&diagnostic.place.path)) {
            diagnostic.message = parse::masked(&diagnostic.message);
        }
        Report { texts, pages: self.book.pages.len(), output: self.output, emitted, timings: self.timings, diagnostics }
    }

    /// The text of a file that a diagnostic is about.
    fn text(&self, path: &BookPath) -> Option<Arc<str>> {
        let pages = &self.sources.pages;
        if let Ok(index) = pages.binary_search_by(|source| source.path.cmp(path)) {
            return Some(pages[index].text.clone());
        }
        if let Some(source) = self.sources.summary.iter().find(|source| source.path == *path) {
            return Some(source.text.clone());
        }
        if let Some(source) = self.references.texts.get(path) {
            return Some(source.text.clone());
        }
        if let Some(below) = path.below(&self.theme.folder) {
            let template = below.strip_prefix("templates/").and_then(|name| self.theme.templates.get(name));
            if let Some(text) = template {
                return Some(text.as_str().into());
            }
        }
        let known = *path == Config::path() || path.is_within(&self.theme.folder);
        known.then(|| files::read_text(&path.to_os(&self.root)).ok()).flatten().map(Into::into)
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
