//! Everything in a book that names a file, with where it stands, in which form, and what it names.

use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::{Config, NamedPath};
use crate::model::parsed::{LinkKind, Parsed, RawTarget, included, referred};
use crate::model::practice::data::Data;
use crate::model::source::Source;
use crate::model::target::{self, Target};
use crate::parse::{self, Lints};
use crate::pipeline::Derived;

use super::Move;

/// How a path is written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The destination of a Markdown link, an image or a definition.
    Link,
    /// The value of an attribute in raw HTML.
    Html,
    /// The value of an attribute of a fence or a directive.
    Attribute,
    /// The path of mdBook's `{{#include}}`.
    Include,
    /// A link as a text in YAML.
    YamlLink,
    /// A path as a text in YAML, perhaps with what stands behind `#`.
    YamlPath,
    /// A path as a text in TOML, from the book's folder or from the source folder.
    Toml,
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// A file, whether it is there or not.
    Path(BookPath),
    /// A page by its folder.
    Folder {
        /// The folder.
        folder: BookPath,
        /// The page's file; the folder again where it has none.
        page: BookPath,
    },
    /// The file of a page, by its published address.
    Published(BookPath),
    /// Something outside the book.
    Nothing,
}

/// A place that names a file.
#[derive(Clone, Debug)]
pub struct Named {
    /// The file it is in.
    pub file: BookPath,
    /// Where it is written.
    pub span: Span,
    /// In which form.
    pub form: Form,
    /// The path as it is meant, without query and anchor.
    pub written: String,
    /// What it names.
    pub names: Names,
}

/// Everything that names a file, in a fixed order.
#[must_use]
pub fn all(derived: &Derived) -> Vec<Named> {
    let mut all = Vec::new();
    for (source, parsed) in derived.sources.pages.iter().zip(&derived.parsed) {
        page(derived, source, parsed, &mut all);
    }
    if let Some(summary) = &derived.sources.summary {
        let parsed = parse::page(summary, derived.markdown_options(), &Lints::of(&derived.config));
        links(derived, summary, &parsed, &mut all);
    }
    for (source, data) in derived.sources.data.iter().zip(&derived.data) {
        let Some(Data::Plan(plan)) = &data.content else { continue };
        for page in plan.days.iter().flat_map(|day| &day.items).filter_map(|item| item.page.as_ref()) {
            let path = page.value.split('#').next().unwrap_or_default();
            all.push(derived.named(&source.path, page.span, Form::YamlPath, path, LinkKind::Link));
        }
    }
    for named in values(&derived.config) {
        let names = named_by_config(derived, named).map_or(Names::Nothing, Names::Path);
        let written = named.value.clone();
        all.push(Named { file: Config::path(), span: named.span, form: Form::Toml, written, names });
    }
    all
}

/// What a page's text names.
fn page(derived: &Derived, source: &Source, parsed: &Parsed, all: &mut Vec<Named>) {
    links(derived, source, parsed, all);
    let mut add = |form, path: &Spanned<String>, is_code| {
        // What is missing was reported.
        if path.value.is_empty() {
            return;
        }
        let mut named = derived.named(&source.path, path.span, form, &path.value, LinkKind::Link);
        if is_code {
            let target = included(&source.path, &derived.config.src, &path.value);
            named.names = target.map_or(Names::Nothing, Names::Path);
        }
        all.push(named);
    };
    // An include of mdBook's stands below the line that opens its block.
    let below = |path: &Spanned<String>| {
        let samples = parsed.samples.iter().filter(|sample| sample.info.file.as_ref() == Some(path));
        samples.clone().any(|sample| sample.span.end <= path.span.start)
    };
    for file in parsed.included_files() {
        add(if below(file) { Form::Include } else { Form::Attribute }, file, true);
    }
    for (_, file) in parsed.included_pages() {
        add(Form::Attribute, file, false);
    }
    for file in parsed.data_files() {
        add(Form::Attribute, file, false);
    }
}

fn links(derived: &Derived, source: &Source, parsed: &Parsed, all: &mut Vec<Named>) {
    for link in &parsed.links {
        let RawTarget::Path { path, .. } = &link.target else { continue };
        let form = match link.kind {
            // Their definition has the path.
            LinkKind::Link | LinkKind::Image if !link.reported => continue,
            LinkKind::Link | LinkKind::Image | LinkKind::Definition => Form::Link,
            LinkKind::HtmlLink | LinkKind::HtmlSource => Form::Html,
            LinkKind::FrontMatter => Form::YamlLink,
        };
        all.push(derived.named(&source.path, link.span, form, path, link.kind));
    }
}

impl Derived {
    fn named(&self, file: &BookPath, span: Span, form: Form, path: &str, kind: LinkKind) -> Named {
        let book = &self.book;
        let src = &self.config.src;
        let names = match referred(file, src, path) {
            None => Names::Nothing,
            Some(named) if book.by_file.contains_key(&named) || book.files.contains_key(&named) => Names::Path(named),
            Some(folder) if book.by_folder.contains_key(&folder) => {
                let page = book.page(book.by_folder[&folder]).path.clone();
                Names::Folder { folder, page }
            }
            Some(named) => {
                let page = book.by_file.get(file).map(|id| book.page(*id));
                match page.map(|page| target::target(book, src, page, file, path, kind)) {
                    Some(Target::Published(id)) => Names::Published(book.page(id).path.clone()),
                    _ => Names::Path(named),
                }
            }
        };
        Named { file: file.clone(), span, form, written: path.to_owned(), names }
    }
}

fn values(config: &Config) -> impl Iterator<Item = &NamedPath> {
    config.pictures().chain(&config.additional_css).chain(&config.additional_js)
}

/// The file that a value of `book.toml` names, from the one folder or the other.
fn named_by_config(derived: &Derived, named: &NamedPath) -> Option<BookPath> {
    let is_there = |path: &BookPath| derived.sources.named.contains(path) || derived.sources.files.contains(path);
    let paths = [BookPath::new(&named.value), derived.config.src.join(&named.value)];
    paths.into_iter().flatten().find(is_there)
}

/// The configuration after a move.
#[must_use]
pub fn config(derived: &Derived, step: &Move) -> Config {
    let mut config = (*derived.config).clone();
    let moved = |named: &mut NamedPath| {
        if let Some(path) = named_by_config(derived, named).filter(|path| step.of(path) != *path) {
            named.value = step.of(&path).as_str().to_owned();
        }
    };
    config.favicon.iter_mut().for_each(moved);
    config.logo.iter_mut().for_each(moved);
    config.card.iter_mut().for_each(moved);
    config.additional_css.iter_mut().for_each(moved);
    config.additional_js.iter_mut().for_each(moved);
    config
}
