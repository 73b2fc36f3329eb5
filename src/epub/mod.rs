//! Published pages to one EPUB 3.3: a book for reading systems, whichever theme made its pages. Pure functions; what stands in it is
//! text and pictures alone, since few reading systems run scripts, and none should have to.

mod allowed;
mod archive;
mod cover;
mod names;
mod nav;
mod package;
mod page;
mod tree;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::parallel;
use crate::config::Config;
use crate::model::strings::Strings;
use crate::model::url::Url;

use package::{COVER, FOLDER, Item, Metadata, NAV, Sight};
use write::{STYLE, Writer, escaped, file_name};

pub use archive::{File, MIMETYPE, archive};
pub use names::picture as picture_kind;
pub use nav::Entry;
pub use page::Page;

/// A book, but for its pages.
pub struct Volume<'a> {
    /// What its author says of it.
    pub config: &'a Config,
    /// The words of the interface.
    pub strings: &'a Strings,
    /// The theme's style sheet; empty if it has none.
    pub style: &'a str,
    /// The day it was changed last.
    pub modified: Option<&'a str>,
    /// What its contents list.
    pub contents: Vec<Entry>,
    /// The name and the bytes of its cover, unless one is drawn.
    pub cover: Option<(String, Vec<u8>)>,
}

impl Volume<'_> {
    /// The files of the book, in the order in which they are to be packed; `picture` gives the bytes of a file of the site.
    #[must_use]
    pub fn files(&self, pages: &[Page], picture: impl Fn(&Url) -> Option<Vec<u8>>) -> Vec<File> {
        let (config, strings) = (self.config, self.strings);
        let used: BTreeSet<&Url> = pages.iter().flat_map(|page| &page.pictures).collect();
        let pictures = used.into_iter().filter_map(|url| Some((url, picture(url)?)));
        let pictures: Vec<(&Url, Vec<u8>, String)> = pictures
            .enumerate()
            .map(|(number, (url, bytes))| (url, bytes, format!("picture-{}.{}", number + 1, extension(url.as_str()))))
            .collect();
        let writer = Writer {
            language: &config.language.value,
            direction: strings.direction(),
            has_style: !self.style.is_empty(),
            site: &config.site,
            pages: pages.iter().enumerate().map(|(at, page)| (&page.url, (at + 1, &page.ids))).collect(),
            pictures: pictures.iter().map(|(url, _, name)| (*url, name.clone())).collect::<BTreeMap<_, _>>(),
        };
        let (cover_name, cover) = self.cover();
        let kind = |name: &str| names::picture(name).expect("only pictures that all systems show are taken");
        let mut items = vec![
            Item::page(COVER, ""),
            Item::page(NAV, "nav"),
            Item::file(cover_name.clone(), kind(&cover_name), "cover-image"),
        ];
        let mut files = Vec::new();
        let mut add = |name: &str, bytes: Vec<u8>| files.push(File { path: format!("{FOLDER}/{name}"), bytes });
        add(NAV, nav::nav(&writer, &self.words(), &self.contents).into_bytes());
        add(COVER, self.cover_page(&writer, &cover_name).into_bytes());
        add(&cover_name, cover);
        if writer.has_style {
            items.push(Item::file(STYLE, "text/css", ""));
            add(STYLE, self.style.as_bytes().to_vec());
        }
        for (number, (page, text)) in pages.iter().zip(parallel::map(pages, |page| writer.page(page))).enumerate() {
            let name = file_name(number + 1);
            items.push(Item::page(&name, package::properties(page.traits)));
            add(&name, text.into_bytes());
        }
        let mut sight = Sight::default();
        for (url, bytes, name) in pictures {
            sight.has_pictures = true;
            sight.may_move |= matches!(extension(url.as_str()).as_str(), "gif" | "webp");
            items.push(Item::file(&name, kind(&name), ""));
            add(&name, bytes);
        }
        for page in pages {
            sight.has_pictures |= page.traits.has_svg;
            sight.has_unnamed |= page.traits.has_unnamed;
            sight.has_math |= page.traits.has_math;
        }
        let package = package::package(&self.metadata(sight), &items).into_bytes();
        let first = [
            File { path: MIMETYPE.to_owned(), bytes: b"application/epub+zip".to_vec() },
            File { path: "META-INF/container.xml".to_owned(), bytes: package::container().into_bytes() },
            File { path: format!("{FOLDER}/package.opf"), bytes: package },
        ];
        first.into_iter().chain(files).collect()
    }

    fn metadata(&self, sight: Sight) -> Metadata<'_> {
        let config = self.config;
        Metadata {
            identifier: config.epub.as_ref().and_then(|epub| epub.identifier.as_deref()).unwrap_or(&config.id),
            title: &config.title,
            authors: &config.authors,
            description: &config.description,
            language: &config.language.value,
            direction: self.strings.direction(),
            modified: self.modified,
            source: Url::new("index.html").canonical(&config.site),
            sight,
            accessibility: self.strings.text("epub_accessibility"),
        }
    }

    fn words(&self) -> nav::Words<'_> {
        nav::Words {
            contents: self.strings.text("contents"),
            cover: self.strings.text("epub_cover"),
            beginning: self.strings.text("epub_beginning"),
        }
    }

    /// The name of the cover's picture, and its bytes.
    fn cover(&self) -> (String, Vec<u8>) {
        let config = self.config;
        match &self.cover {
            Some((name, bytes)) => (format!("cover.{}", extension(name)), bytes.clone()),
            None => {
                let authors = config.authors.join(", ");
                let direction = self.strings.direction();
                let cover = cover::Cover { title: &config.title, authors: &authors, direction };
                ("cover.svg".to_owned(), cover::cover(&cover).into_bytes())
            }
        }
    }

    fn cover_page(&self, writer: &Writer<'_>, picture: &str) -> String {
        let title = &self.config.title;
        let body = format!("<p class=\"cover\"><img src=\"{picture}\" alt=\"{}\"/></p>", escaped(title));
        writer.document(title, " epub:type=\"cover\"", &body)
    }
}

/// The extension of a name, in lower case.
fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}
