//! A book to its site in the output folder.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::epub;
use super::search::{self, Searched};
use super::{Checked, Clock, Derived, Item, Options, Printed, Report, derive};
use crate::base::error::Result;
use crate::base::files::Reader;
use crate::base::hash::Hash;
use crate::base::parallel;
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::diagnostic::{Counts, Diagnostic, Diagnostics, Place, catalog};
use crate::emit::{Emission, Emitter};
use crate::highlight::{Highlighting, Kept};
use crate::model::book::PageId;
use crate::model::output::{Output, RenderKey};
use crate::model::url::Url;
use crate::print::Sheet;
use crate::render::{Renderer, Templates};
use crate::search::{Digest, IndexFile, KeptDigests, Page};

/// Publishes a book. One with errors leaves the last good site in place, unless `keep_going` is set.
/// `progress` counts pages.
///
/// # Errors
///
/// As [`derive()`]; or the output folder cannot be used.
pub fn build(options: &Options, progress: &Progress) -> Result<Report> {
    let mut derived = derive(options)?;
    let mut clock = Clock::new();
    let mut found = derived.found_so_far();
    let templates = match Templates::new(&derived.theme) {
        Ok(templates) => templates,
        Err(diagnostics) => {
            found.extend(diagnostics);
            found.extend(derived.files_problems());
            found.extend(Checked::all(&derived, progress).pages.into_iter().flatten());
            return Ok(derived.report(found, None));
        }
    };
    found.extend(derived.unknown_templates(&templates));
    let publishes = |found: &Diagnostics| {
        let settled = found.clone().settled(|code| derived.config.level(code));
        Counts::of(&settled).healthy(options.strict) || options.keep_going
    };
    let emitter = if publishes(&found) { Some(Emitter::open(&derived.output)?) } else { None };
    let resolver = derived.resolver(&derived.theme.names);
    let kept = options.cache.as_deref().map(Kept::new);
    let kept_digests = options.cache.as_deref().map(KeptDigests::new);
    let mut renderer = derived.renderer(&templates);
    renderer.prose.highlighting = kept.as_ref().map_or(Highlighting::On, Highlighting::Kept);
    found.extend(resolver.check_config());
    found.extend(resolver.check_data());
    found.extend(derived.styles_problems());
    let searched = Searched::of(&derived);
    // Resolving, rendering and writing one page at a time keeps one view in memory, not all.
    let each = |(url, item): &(&Url, &Item)| -> Result<Built> {
        progress.step();
        let Some((view, reports)) = derived.view(&resolver, item) else { return Ok(Built::default()) };
        let mut built = Built { reports, ..Built::default() };
        let Some(emitter) = &emitter else { return Ok(built) };
        let key = renderer.key(&view);
        built.key = Some(key);
        if let Some(kept) = emitter.unchanged(&view.url, key) {
            built.emission = Some(kept);
            return Ok(built);
        }
        if templates.check(&view.template).is_err() {
            return Ok(built);
        }
        match renderer.page(&view) {
            Ok(bytes) => {
                let emission = emitter.stage(&view.url, &bytes, Some(key))?;
                if let Some(number) = searched.number(url) {
                    let page = Page { number, url: url.as_str(), title: &view.context.page.title };
                    let html = || Some(Cow::Borrowed(&*bytes));
                    built.words = Words::of(emitter, kept_digests.as_ref(), page, emission.hash, html)?;
                }
                built.emission = Some(emission);
            }
            Err(diagnostic) => built.reports.push(diagnostic),
        }
        Ok(built)
    };
    let (redirects, problem) = redirects(&derived, &renderer);
    found.extend(problem);
    found.extend(derived.made_up_redirect().and_then(|view| renderer.redirect(&view).err()));
    let waiting = derived.views_of_waiting(&resolver);
    let known = waiting.iter().filter(|view| templates.check(&view.template).is_ok());
    found.extend(known.filter_map(|view| renderer.page(view).err()));
    let is_apart = |item: &Item| item.is_page() && !matches!(item, Item::Print(_));
    let items: Vec<(&Url, &Item)> = derived.plan.items().filter(|(_, item)| is_apart(item)).collect();
    // The others have mistakes all the same.
    let rendered: BTreeSet<PageId> =
        items.iter().filter_map(|(_, item)| if let Item::Page(id) = item { Some(*id) } else { None }).collect();
    let others: Vec<PageId> = derived.book.ids().filter(|id| !rendered.contains(id)).collect();
    found.extend(parallel::map(&others, |&id| resolver.page(id).1).into_iter().flatten());
    progress.expect(items.len());
    let mut pages = Pages::default();
    for ((url, _), result) in items.iter().zip(parallel::map(&items, each)) {
        let built = result?;
        pages.emissions.extend(built.emission);
        found.extend(built.reports);
        pages.keys.extend(built.key.map(|key| (*url, key)));
        pages.words.extend(built.words.map(|words| (*url, words)));
    }
    clock.lap("render");
    let mut emitted = None;
    if let Some(emitter) = emitter {
        if publishes(&found) {
            let index = search_index(&derived, &searched, &emitter, &templates, kept_digests.as_ref(), &mut pages)?;
            clock.lap("search");
            let (printed, reports) = printed_pages(&derived, &renderer, &emitter, &pages)?;
            clock.lap("print");
            pages.emissions.extend(printed);
            found.extend(reports);
            let (others, reports) = other_files(&derived, redirects, &emitter, &pages.emissions, &index)?;
            pages.emissions.extend(index);
            pages.emissions.extend(others);
            found.extend(reports);
            pages.emissions.extend(epub::stage(&derived, &resolver, &emitter, &pages.keys, &pages.emissions)?);
            clock.lap("epub");
            let published = pages.emissions.iter().map(|emission| (&emission.url, (emission.hash, emission.size())));
            for output in derived.edition(&published.collect()) {
                pages.emissions.push(emitter.stage(&output.url, &output.bytes, None)?);
            }
        }
        if publishes(&found) {
            emitted = Some(emitter.commit(&pages.emissions)?);
        } else {
            emitter.abandon()?;
        }
    }
    clock.lap("emit");
    if let Some(kept) = kept {
        kept.keep();
    }
    if let Some(kept) = kept_digests {
        kept.keep();
    }
    clock.lap("keep");
    derived.timings.extend(clock.laps);
    Ok(derived.report(found, emitted))
}

/// A page, built.
#[derive(Default)]
struct Built {
    emission: Option<Emission>,
    /// What it is rendered with.
    key: Option<RenderKey>,
    /// What it adds to the search index, if it was rendered.
    words: Option<Words>,
    reports: Vec<Diagnostic>,
}

/// The pages, built, but for those to print.
#[derive(Default)]
struct Pages<'a> {
    emissions: Vec<Emission>,
    keys: BTreeMap<&'a Url, RenderKey>,
    /// What those add to the search index that were rendered.
    words: BTreeMap<&'a Url, Words>,
}

impl Pages<'_> {
    fn by_url(&self) -> BTreeMap<&Url, &Emission> {
        self.emissions.iter().map(|emission| (&emission.url, emission)).collect()
    }
}

/// What a page adds to the search index, with the files of its texts already staged.
struct Words {
    texts: Vec<Emission>,
    digest: Digest,
}

impl Words {
    /// Those of a page whose HTML has that hash: as an earlier run has kept them, or else by what `html` gives, which later runs
    /// are spared. Nothing where it gives nothing.
    fn of<'b>(
        emitter: &Emitter,
        kept: Option<&KeptDigests>,
        page: Page<'_>,
        hash: Hash,
        html: impl FnOnce() -> Option<Cow<'b, [u8]>>,
    ) -> Result<Option<Self>> {
        if let Some(kept) = kept
            && let Some(words) = Self::kept(emitter, kept, page, hash)?
        {
            return Ok(Some(words));
        }
        let Some(html) = html() else { return Ok(None) };
        let (files, digest) = search::digest(page, &html);
        if let Some(kept) = kept {
            kept.add(page, hash, &files, &digest);
        }
        Self::stage(emitter, &files, digest).map(Some)
    }

    fn stage(emitter: &Emitter, files: &[IndexFile], digest: Digest) -> Result<Self> {
        let texts = files.iter().map(|file| emitter.stage(&Url::new(&file.path), file.text.as_bytes(), None));
        Ok(Self { texts: texts.collect::<Result<_>>()?, digest })
    }

    fn kept(emitter: &Emitter, kept: &KeptDigests, page: Page<'_>, hash: Hash) -> Result<Option<Self>> {
        let Some((files, digest)) = kept.get(page, hash) else { return Ok(None) };
        let standing = files.iter().map(|(path, hash)| emitter.with_bytes(&Url::new(path), *hash)).collect();
        if let Some(texts) = standing {
            return Ok(Some(Self { texts, digest }));
        }
        let Some(texts) = kept.texts(page, hash) else { return Ok(None) };
        let staged = files.iter().zip(texts).map(|((path, _), text)| emitter.stage(&Url::new(path), &text, None));
        Ok(Some(Self { texts: staged.collect::<Result<_>>()?, digest }))
    }
}

/// The files of the search index: those that are there, if no page has changed. The words of pages that were not rendered in
/// this run are those that an earlier one has kept, or are taken from where they are published; where that fails, they are
/// rendered for their words alone.
fn search_index<'a>(
    derived: &'a Derived,
    searched: &Searched<'a>,
    emitter: &Emitter,
    templates: &Templates,
    kept: Option<&KeptDigests>,
    pages: &mut Pages<'a>,
) -> Result<Vec<Emission>> {
    let settings = derived.search_settings();
    let key = searched.key(&settings, &pages.keys);
    if let Some(standing) = emitter.unchanged_all(key).filter(|_| pages.words.is_empty()) {
        return Ok(standing);
    }
    let mut known = std::mem::take(&mut pages.words);
    let resolver = derived.resolver(&derived.theme.names);
    let others: Vec<_> = searched.pages().filter(|(_, url, _)| !known.contains_key(url)).collect();
    let published = pages.by_url();
    let words = parallel::map(&others, |(number, url, item)| {
        let title = derived.title(item, &resolver);
        let page = Page { number: *number, url: url.as_str(), title: &title };
        if let Some(emission) = published.get(url) {
            let html = || emitter.bytes(emission).map(Cow::Owned);
            if let Some(words) = Words::of(emitter, kept, page, emission.hash, html)? {
                return Ok(words);
            }
        }
        let (files, digest) = derived.digest(*number, item, &resolver, templates);
        Words::stage(emitter, &files, digest)
    });
    for ((_, url, _), words) in others.into_iter().zip(words) {
        known.insert(url, words?);
    }
    let mut emissions = Vec::new();
    let mut digests = Vec::new();
    for (_, url, _) in searched.pages() {
        let words = known.remove(url).expect("every page that is searched was asked");
        emissions.extend(words.texts);
        digests.push(words.digest);
    }
    let files = crate::search::files(&digests, &settings);
    let staged = parallel::map(&files, |file| emitter.stage(&Url::new(&file.path), file.text.as_bytes(), None));
    for emission in staged {
        emissions.push(emission?);
    }
    Ok(emissions.into_iter().map(|emission| emission.keyed(key)).collect())
}

/// The pages to print. Those they are put together from are read from where they are published or wait to be.
fn printed_pages(
    derived: &Derived,
    renderer: &Renderer<'_>,
    emitter: &Emitter,
    pages: &Pages<'_>,
) -> Result<(Vec<Emission>, Option<Diagnostic>)> {
    let printed = Printed::of(derived);
    let resolver = derived.resolver(&derived.theme.names);
    let published = pages.by_url();
    let mut emissions = Vec::new();
    let mut wanted = Vec::new();
    for (url, item) in derived.plan.items() {
        let Item::Print(sheet) = item else { continue };
        let key = printed.key(renderer.key(&printed.view(&resolver, sheet)), &pages.keys);
        match emitter.unchanged(url, key) {
            Some(kept) => emissions.push(kept),
            None => wanted.push((url, key, *sheet)),
        }
    }
    if wanted.is_empty() {
        return Ok((emissions, None));
    }
    let sheets: Vec<&Sheet> = wanted.iter().map(|(_, _, sheet)| *sheet).collect();
    let html = |url: &Url, _: &Item| published.get(url).and_then(|emission| emitter.bytes(emission));
    match printed.pages(renderer, &resolver, &sheets, html) {
        Ok(pages) => {
            for ((url, key, _), bytes) in wanted.into_iter().zip(pages) {
                emissions.push(emitter.stage(url, &bytes, None)?.keyed(key));
            }
            Ok((emissions, None))
        }
        // All have one template, so the first mistake in it is the only one.
        Err(diagnostic) => Ok((emissions, Some(diagnostic))),
    }
}

/// The pages at old addresses; all have one template, so the first mistake in it is the only one.
fn redirects(derived: &Derived, renderer: &Renderer<'_>) -> (Vec<Output>, Option<Diagnostic>) {
    let mut outputs = Vec::new();
    for (url, item) in derived.plan.items() {
        let Item::Redirect(number) = item else { continue };
        match renderer.redirect(&derived.redirect(*number)) {
            Ok(bytes) => outputs.push(Output { url: url.clone(), bytes }),
            Err(diagnostic) => return (Vec::new(), Some(diagnostic)),
        }
    }
    (outputs, None)
}

/// Everything in the site that is not a rendered page: the theme's and the book's files, the contents as data,
/// redirects, and what hosts and tools read. A file of the book that cannot be read is left out and reported.
fn other_files(
    derived: &Derived,
    redirects: Vec<Output>,
    emitter: &Emitter,
    pages: &[Emission],
    index: &[Emission],
) -> Result<(Vec<Emission>, Vec<Diagnostic>)> {
    let hashes: BTreeMap<&Url, String> =
        pages.iter().map(|emission| (&emission.url, emission.hash.to_string())).collect();
    let hash = |id: PageId| hashes.get(&derived.book.page(id).url).cloned();
    let tree = derived.contents_files().into_iter();
    let mut outputs: Vec<Output> =
        tree.map(|file| Output { url: file.url, bytes: file.text.into_bytes() }).chain(redirects).collect();
    let taken: BTreeSet<Url> =
        outputs.iter().map(|output| output.url.clone()).chain(index.iter().map(|it| it.url.clone())).collect();
    let mut files: Vec<(&Url, &BookPath)> = Vec::new();
    for (url, item) in derived.plan.items().filter(|(url, _)| !taken.contains(url)) {
        let bytes = match item {
            Item::Asset(number) => derived.theme.assets[*number].bytes.clone(),
            Item::Site(name) => derived.site_file(name, hash).into_bytes(),
            Item::File(path) => {
                files.push((url, path));
                continue;
            }
            Item::Page(_)
            | Item::Listing(_)
            | Item::Contents
            | Item::NotFound
            | Item::Generated(_)
            | Item::Print(_)
            | Item::Redirect(_)
            | Item::Edition(_)
            | Item::Epub => {
                continue;
            }
        };
        outputs.push(Output { url: url.clone(), bytes });
    }
    let mut reports = Vec::new();
    let mut emissions = Vec::new();
    for output in &outputs {
        emissions.push(emitter.stage(&output.url, &output.bytes, None)?);
    }
    let copied = parallel::map(&files, |(url, path)| match Reader::default().read(&path.to_os(&derived.root)) {
        Ok(bytes) => emitter.stage(url, &bytes, None).map(Ok),
        Err(error) => Ok(Err(catalog::unreadable(Place::file(path), &error.cause()))),
    });
    for copy in copied {
        match copy? {
            Ok(emission) => emissions.push(emission),
            Err(report) => reports.push(report),
        }
    }
    Ok((emissions, reports))
}
