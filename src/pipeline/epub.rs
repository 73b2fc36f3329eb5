//! The EPUB of a book: which pages it is made of, and whether it is to be made anew.

use std::collections::{BTreeMap, BTreeSet};

use super::{Derived, Item, Printed};
use crate::base::error::{Error, Result};
use crate::base::hash::Hasher;
use crate::base::parallel;
use crate::emit::{Emission, Emitter};
use crate::epub::{self, Entry, Page, Volume};
use crate::model::output::RenderKey;
use crate::model::url::{Url, decode};
use crate::model::view::Child;
use crate::resolve::Resolver;

/// The EPUB, if the book is to have one; `pages` are all other files of the site. The pages it is made of are read from where
/// they are published or wait to be.
///
/// # Errors
///
/// It cannot be staged, or is too large.
pub fn stage(
    derived: &Derived,
    resolver: &Resolver<'_>,
    emitter: &Emitter,
    keys: &BTreeMap<&Url, RenderKey>,
    files: &[Emission],
) -> Result<Option<Emission>> {
    let Some((url, _)) = derived.plan.items().find(|(_, item)| **item == Item::Epub) else { return Ok(None) };
    let printed = Printed::of(derived);
    let contents = resolver.contents();
    let pictures: BTreeMap<&Url, &Emission> = files
        .iter()
        .filter(|emission| epub::picture_kind(emission.url.as_str()).is_some())
        .map(|emission| (&emission.url, emission))
        .collect();
    // The contents' own view has the book's title, authors, language and so on, and the words of the interface.
    let mut hasher = Hasher::default();
    hasher.add(b"epub").add(derived.theme.epub_style.as_bytes());
    hasher.add(&serde_json::to_vec(&contents).expect("a view is JSON"));
    hasher.add(derived.theme.hash.to_string().as_bytes());
    let epub = derived.config.epub.clone().unwrap_or_default();
    hasher.add(epub.identifier.unwrap_or_default().as_bytes());
    hasher.add(modified(derived).unwrap_or_default().as_bytes());
    for (url, emission) in &pictures {
        hasher.add(url.as_str().as_bytes()).add(emission.hash.bytes());
    }
    let key = printed.key(RenderKey(hasher.finish()), keys);
    if let Some(kept) = emitter.unchanged(url, key) {
        return Ok(Some(kept));
    }
    let published: BTreeMap<&Url, &Emission> = files.iter().map(|emission| (&emission.url, emission)).collect();
    let html = |url: &Url, _: &Item| emitter.bytes(published.get(url)?);
    let Some(bytes) = derived.epub(resolver, html, |url| emitter.bytes(pictures.get(url)?)) else {
        return Err(Error::new(format!("{} would be larger than an EPUB can be", url.as_str())));
    };
    Ok(Some(emitter.stage(url, &bytes, None)?.keyed(key)))
}

impl Derived {
    /// The book for reading systems; `html` gives a page as it is published, `picture` a file that pages show. Nothing where it
    /// is larger than the format can say.
    #[must_use]
    pub fn epub(
        &self,
        resolver: &Resolver<'_>,
        html: impl Fn(&Url, &Item) -> Option<Vec<u8>> + Sync,
        picture: impl Fn(&Url) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let printed = Printed::of(self);
        let pages = parallel::map(printed.bound(), |&(url, item)| {
            let html = html(url, item)?;
            Some(Page::new(url, self.title(item, resolver), &String::from_utf8_lossy(&html), &self.theme.strings))
        });
        let pages: Vec<Page> = pages.into_iter().flatten().collect();
        let volume = volume(self, resolver, &pages, &picture);
        epub::archive(&volume.files(&pages, &picture))
    }
}

fn volume<'a>(
    derived: &'a Derived,
    resolver: &Resolver<'_>,
    pages: &[Page],
    picture: impl Fn(&Url) -> Option<Vec<u8>>,
) -> Volume<'a> {
    let children = resolver.contents().context.page.children;
    let mut contents: Vec<Entry> = children.into_iter().map(entry).collect();
    let listed: BTreeSet<Url> = contents.iter().flat_map(Entry::urls).collect();
    // The home page first, the book's own lists last.
    let others = pages.iter().filter(|page| !listed.contains(&page.url));
    let others =
        others.map(|page| Entry { title: page.title.clone(), url: Some(page.url.clone()), ..Entry::default() });
    let home = &derived.book.page(derived.book.root).url;
    let (first, last): (Vec<Entry>, Vec<Entry>) = others.partition(|entry| entry.url.as_ref() == Some(home));
    contents.splice(0..0, first);
    contents.extend(last);
    let cover = derived.config.epub.as_ref().and_then(|epub| epub.cover.as_ref());
    let cover = cover
        .and_then(|named| resolver.published(named))
        .and_then(|url| Some((url.as_str().to_owned(), picture(url)?)));
    Volume {
        config: &derived.config,
        strings: &derived.theme.strings,
        style: &derived.theme.epub_style,
        modified: modified(derived),
        contents,
        cover,
    }
}

/// The day on which any of the book was changed last, where that is known.
fn modified(derived: &Derived) -> Option<&str> {
    derived
        .book
        .order
        .iter()
        .filter_map(|&id| derived.book.page(id).updated_on(&derived.sources.pages, &derived.dates))
        .max()
}

fn entry(child: Child) -> Entry {
    // The page of the contents is at the site's root.
    let url = child.href.map(|href| Url::new(decode(&href)));
    Entry { title: child.title, url, part: child.part, children: child.children.into_iter().map(entry).collect() }
}
