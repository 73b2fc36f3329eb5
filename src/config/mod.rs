//! `book.toml` as a typed value: every key has a default, so a bare folder of Markdown is a book too.
//! Knows nothing of pages.

mod phrases;
mod practice;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::base::files::{self, Reader};
use crate::base::path::BookPath;
use crate::base::process::Limits;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Code, Diagnostics, Level, Place, catalog};

pub use practice::{PracticeRules, Principle};
pub use read::FILE;

/// The colour scheme of a reader who has not chosen one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DefaultTheme {
    /// The operating system's.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A path named in `book.toml`, and where.
pub type NamedPath = Spanned<String>;

/// All that `book.toml` says, with defaults filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The namespace of what readers store in their browsers.
    pub id: String,
    /// The book's title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// One sentence on it.
    pub description: String,
    /// BCP 47 language tag.
    pub language: Spanned<String>,
    /// The folder of the sources, from the book's root.
    pub src: BookPath,
    /// Where `book.toml` names it.
    pub src_named: Option<Span>,
    /// No `book.toml`: only files that a page refers to are published beside the pages.
    pub bare: bool,
    /// Where the site goes, as written (relative to the book's root).
    pub build_dir: PathBuf,
    /// Where the site will be reached.
    pub site: Site,
    /// The repository's address, for a link in the footer.
    pub git_repository_url: Option<String>,
    /// The address of a page's editor; `{path}` stands for its path from the book's root.
    pub edit_url_template: Option<String>,
    /// The folder under `themes/`.
    pub theme: String,
    /// The colour scheme of a reader who has not chosen one.
    pub default_theme: DefaultTheme,
    /// An icon for the browser's tab.
    pub favicon: Option<NamedPath>,
    /// A picture for the header.
    pub logo: Option<NamedPath>,
    /// A picture that is shown where a page is shared.
    pub card: Option<NamedPath>,
    /// Where it says that pages show when they were changed last.
    pub last_updated: Option<Span>,
    /// Whether there are pages to print: the whole book, and packs; unless it is said, by the size of the book.
    pub print: Option<bool>,
    /// The whole book as an EPUB, where it is wanted.
    pub epub: Option<Epub>,
    /// Style sheets added to every page.
    pub additional_css: Vec<NamedPath>,
    /// Scripts added to every page.
    pub additional_js: Vec<NamedPath>,
    /// Straight quotes and dashes become typographic ones.
    pub smart_punctuation: bool,
    /// The custom domain for GitHub Pages.
    pub cname: Option<String>,
    /// Old addresses and where they lead now.
    pub redirects: Vec<Redirect>,
    /// Levels that differ from the defaults.
    pub levels: BTreeMap<Code, Level>,
    /// What the book's prose must not say.
    pub banned_phrases: Vec<BannedPhrase>,
    /// What preparation material is held to.
    pub practice: PracticeRules,
    /// What the guide's code may take when it is tested.
    pub test_limits: Limits,
}

/// What `[output.epub]` says.
#[derive(Clone, Debug, Default)]
pub struct Epub {
    /// By what reading systems know the book, instead of its id.
    pub identifier: Option<String>,
    /// A picture for its cover.
    pub cover: Option<NamedPath>,
}

/// A phrase from `[lints] banned-phrases`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BannedPhrase {
    /// The phrase.
    pub phrase: String,
    /// What to write instead.
    pub instead: Option<String>,
}

/// An old address from `[output.html.redirect]`.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old address, from the site's root.
    pub from: Spanned<String>,
    /// An address from the site's root, or an absolute URL.
    pub to: Spanned<String>,
}

/// Where the site will be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// `https://host`, when a whole URL was given.
    pub origin: Option<String>,
    /// The path of the site's root: starts and ends with a slash.
    pub path: String,
}

impl Site {
    /// Reads `site-url`: a whole URL, or a path.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let closed = |path: &str| format!("/{}", path.trim_matches('/')).trim_end_matches('/').to_owned() + "/";
        if let Some((scheme, rest)) = text.split_once("://") {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let known = matches!(scheme, "http" | "https");
            // Names and passwords would stand in every page.
            let plain = !host.is_empty() && !host.contains('@') && !text.contains(['"', '<', '>', ' ', '?', '#']);
            return (known && plain).then(|| Self { origin: Some(format!("{scheme}://{host}")), path: closed(path) });
        }
        let plain =
            text.starts_with('/') && !text.starts_with("//") && !text.contains(['"', '<', '>', ' ', '?', '#', ':']);
        plain.then(|| Self { origin: None, path: closed(text) })
    }
}

impl Config {
    /// Reads the book at `root`. What is wrong in `book.toml` is reported; the rest is read all the same.
    ///
    /// # Errors
    ///
    /// `root` is not a folder, or `book.toml` cannot be read.
    pub fn load(root: &Path, reader: Reader, diagnostics: &mut Diagnostics) -> Result<Self> {
        if !root.is_dir() {
            return Err(Error::new(format!("there is no folder {}", root.display())));
        }
        let file = root.join(FILE);
        let real = files::real_path(&file).zip(files::real_path(root));
        let config = if real.is_some_and(|(file, root)| !file.starts_with(root)) {
            diagnostics.push(catalog::symlink(Place::file(&Self::path()), "leads out of the book"));
            Self::bare(root)
        } else if file.is_file() {
            match String::from_utf8(reader.read(&file)?) {
                Ok(text) => read::config(root, &text, diagnostics),
                Err(error) => {
                    let offset = error.utf8_error().valid_up_to();
                    let line = error.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1;
                    diagnostics.push(catalog::not_utf8(Place::file(&Self::path()), offset, line, false));
                    Self::bare(root)
                }
            }
        } else {
            Self::bare(root)
        };
        let mut config = config;
        config.drop_foreign_files(root, diagnostics);
        let src = config.src.to_os(root);
        if !src.is_dir() {
            let path = Self::path();
            let place = config.src_named.map_or_else(|| Place::file(&path), |span| Place::at(&path, span));
            diagnostics.push(catalog::missing_source(place, config.src.as_str()));
        }
        Ok(config)
    }

    /// Takes out files that a symbolic link puts into the book: publishing them would publish what is not
    /// the book's.
    fn drop_foreign_files(&mut self, root: &Path, diagnostics: &mut Diagnostics) {
        let Some(real_root) = files::real_path(root) else { return };
        let mut own = |named: &NamedPath| {
            let inside = BookPath::new(&named.value).and_then(|path| files::real_path(&path.to_os(root)));
            let own = inside.is_none_or(|real| real.starts_with(&real_root));
            if !own {
                diagnostics.push(catalog::symlink(Place::at(&Self::path(), named.span), "leads out of the book"));
            }
            own
        };
        self.favicon = self.favicon.take().filter(&mut own);
        self.logo = self.logo.take().filter(&mut own);
        self.card = self.card.take().filter(&mut own);
        if let Some(epub) = &mut self.epub {
            epub.cover = epub.cover.take().filter(&mut own);
        }
        self.additional_css.retain(&mut own);
        self.additional_js.retain(&mut own);
    }

    /// A folder of Markdown without `book.toml`.
    #[must_use]
    pub fn bare(root: &Path) -> Self {
        let name = std::path::absolute(root).ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
        let title = name.unwrap_or_else(|| "Handbook".to_owned());
        Self {
            id: identifier(&title),
            title,
            authors: Vec::new(),
            description: String::new(),
            language: Spanned::new("en".to_owned(), Span::default()),
            src: BookPath::ROOT,
            src_named: None,
            bare: true,
            build_dir: PathBuf::from("book"),
            site: Site { origin: None, path: "/".to_owned() },
            git_repository_url: None,
            edit_url_template: None,
            theme: "handbook".to_owned(),
            default_theme: DefaultTheme::System,
            favicon: None,
            logo: None,
            card: None,
            last_updated: None,
            print: None,
            epub: None,
            additional_css: Vec::new(),
            additional_js: Vec::new(),
            smart_punctuation: false,
            cname: None,
            redirects: Vec::new(),
            levels: BTreeMap::new(),
            banned_phrases: Vec::new(),
            practice: PracticeRules::default(),
            test_limits: Limits { time: Duration::from_secs(120), output: 64 * 1024 },
        }
    }

    /// What a kind of mistake counts as in this book.
    #[must_use]
    pub fn level(&self, code: Code) -> Level {
        self.levels.get(&code).copied().unwrap_or_else(|| code.default_level())
    }

    /// The files that `book.toml` names, from the book's folder or from the source folder.
    pub fn named_files(&self) -> impl Iterator<Item = BookPath> + '_ {
        self.paths_of(self.pictures().chain(&self.additional_css).chain(&self.additional_js))
    }

    /// The pictures that `book.toml` names.
    pub fn pictures(&self) -> impl Iterator<Item = &NamedPath> {
        let cover = self.epub.iter().flat_map(|epub| &epub.cover);
        self.favicon.iter().chain(&self.logo).chain(&self.card).chain(cover)
    }

    /// The files that some of its values name, from either folder.
    pub fn paths_of<'a>(&self, named: impl Iterator<Item = &'a NamedPath>) -> impl Iterator<Item = BookPath> {
        named.flat_map(|named| [BookPath::new(&named.value), self.src.join(&named.value)]).flatten()
    }

    /// The path of `book.toml` as diagnostics name it.
    #[must_use]
    pub fn path() -> BookPath {
        BookPath::new(FILE).expect("a plain name")
    }
}

/// `text` as an identifier: lower-case letters, digits and single hyphens.
fn identifier(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "handbook".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Site, identifier};

    #[test]
    fn site_urls_are_paths_or_whole_urls() {
        let site = Site::parse("https://a.example/handbook").unwrap();
        assert_eq!((site.origin.as_deref(), site.path.as_str()), (Some("https://a.example"), "/handbook/"));
        assert_eq!(Site::parse("/").unwrap().path, "/");
        assert_eq!(Site::parse("/x/").unwrap().path, "/x/");
        for bad in
            ["handbook", "//host/", "ftp://a/", "javascript:alert(1)", "https://", "https://a/\"x", "https://me:pw@a/"]
        {
            assert_eq!(Site::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn identifiers_are_plain() {
        assert_eq!(identifier("  The  AppSec: Handbook! "), "the-appsec-handbook");
        assert_eq!(identifier("…"), "handbook");
    }
}
