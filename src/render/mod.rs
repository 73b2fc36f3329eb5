//! A page's view and its own prose to bytes. Looks nothing up: everything it may use is in its arguments.

mod code;
mod directives;
mod events;
mod footnotes;
mod html;
mod image;
mod layout;
mod marks;
mod material;
mod practice;
mod raw;
mod table;
mod template_errors;
mod templates;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::base::hash::Hasher;
use crate::base::path::BookPath;
use crate::diagnostic::Diagnostic;
use crate::highlight::Highlighting;
use crate::markdown::walk::MarkdownOptions;
use crate::model::output::RenderKey;
use crate::model::parsed::Parsed;
use crate::model::source::Source;
use crate::model::strings::{Direction, Strings};
use crate::model::view::{Body, DocumentView, PageView};
use crate::theme::Theme;

use html::Rendered;

pub use templates::Templates;

/// What pages are rendered with.
pub struct Renderer<'a> {
    /// The theme's templates.
    pub templates: &'a Templates,
    /// The theme.
    pub theme: &'a Theme,
    /// The texts of source files.
    pub texts: &'a BTreeMap<BookPath, Source>,
    /// The prose of the book.
    pub prose: Prose<'a>,
}

/// The prose of a book and how it is read.
pub struct Prose<'a> {
    /// The Markdown files.
    pub sources: &'a [Source],
    /// What each of them says.
    pub parsed: &'a [Arc<Parsed>],
    /// How Markdown is read.
    pub options: MarkdownOptions,
    /// The words of the interface.
    pub strings: &'a Strings,
    /// What preparation material is rendered with; without it, only its text is.
    pub partials: Option<Partials<'a>>,
    /// Whether code is highlighted.
    pub highlighting: Highlighting<'a>,
}

/// What preparation material is rendered with.
pub struct Partials<'a> {
    /// The theme's templates.
    pub templates: &'a Templates,
    /// The theme.
    pub theme: &'a Theme,
}

/// The HTML that a page's template is given beside its context.
#[derive(Serialize)]
struct Content {
    /// The page's first heading, as an element.
    heading: String,
    /// Everything else.
    content: String,
}

impl Renderer<'_> {
    /// The page of `view`, as bytes.
    ///
    /// # Errors
    ///
    /// A template cannot be rendered.
    pub fn page(&self, view: &PageView) -> Result<Vec<u8>, Diagnostic> {
        let name = html::escaped(&view.context.page.title);
        let title = || format!("<h1>{name}</h1>");
        let content = match &view.body {
            Body::Documents(documents) => {
                let Rendered { heading, content } = html::documents(documents, &self.prose)?;
                let heading = match heading.map(|heading| filled(heading, &name)) {
                    Some(heading) => heading,
                    // A heading of level 1 that stands further down is the title of the page.
                    None if content.contains("<h1 ") => String::new(),
                    None => title(),
                };
                Content { heading, content }
            }
            Body::Listing { path, language } => {
                let text = self.texts.get(path).map_or("", |source| &source.text);
                Content { heading: title(), content: code::listing(*language, text, self.prose.highlighting) }
            }
            Body::Empty => Content { heading: title(), content: String::new() },
        };
        self.templates.render(self.theme, &view.template, &view.context, content)
    }

    /// A page whose `content` is HTML already.
    ///
    /// # Errors
    ///
    /// The template cannot be rendered.
    pub fn bound(&self, view: &PageView, content: String) -> Result<Vec<u8>, Diagnostic> {
        let heading = format!("<h1>{}</h1>", html::escaped(&view.context.page.title));
        self.templates.render(self.theme, &view.template, &view.context, Content { heading, content })
    }

    /// The hash of everything that [`Renderer::page`] uses for `view`: equal keys give equal bytes.
    #[must_use]
    pub fn key(&self, view: &PageView) -> RenderKey {
        let mut hasher = Hasher::default();
        hasher.add(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.add(self.theme.hash.to_string().as_bytes());
        let MarkdownOptions { smart_punctuation, rustdoc_lines } = self.prose.options;
        hasher.add(&[u8::from(smart_punctuation), u8::from(rustdoc_lines)]);
        hasher.add(&serde_json::to_vec(view).expect("a view is JSON"));
        if let Body::Listing { path, .. } = &view.body {
            let hash = self.texts.get(path).map_or(String::new(), |source| source.hash.to_string());
            hasher.add(hash.as_bytes());
        }
        RenderKey(hasher.finish())
    }

    /// A page that leads from an old address to a new one.
    ///
    /// # Errors
    ///
    /// The template cannot be rendered.
    pub fn redirect(&self, redirect: &RedirectView) -> Result<Vec<u8>, Diagnostic> {
        self.templates.render_plain(self.theme, "redirect.html", redirect)
    }
}

/// An empty heading says the page's title, and keeps its id.
fn filled(heading: String, title: &str) -> String {
    match heading.strip_suffix("></h1>").filter(|start| !start.contains('>')) {
        Some(start) => format!("{start}>{title}</h1>"),
        None => heading,
    }
}

/// The HTML of the documents of a page without its template.
///
/// # Errors
///
/// A template of preparation material cannot be rendered.
pub fn markdown(documents: &[DocumentView], prose: &Prose<'_>) -> Result<String, Diagnostic> {
    let rendered = html::documents(documents, prose)?;
    Ok(rendered.heading.map_or(String::new(), |heading| heading + "\n") + &rendered.content)
}

/// What the template of a redirect sees.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// Where it leads, from the old address.
    pub target: String,
    /// The title of the page it leads to, or the address.
    pub title: String,
    /// The new address as a whole URL.
    pub canonical: Option<String>,
    /// The book's language tag.
    pub language: String,
    /// Which way it is written: `ltr` or `rtl`.
    pub direction: Direction,
}

impl RedirectView {
    /// One with everything that there may be, to try the template with.
    #[must_use]
    pub fn sample(title: &str) -> Self {
        let canonical = Some("https://example.org/".to_owned());
        let language = "en".to_owned();
        Self {
            target: "index.html".to_owned(),
            title: title.to_owned(),
            canonical,
            language,
            direction: Direction::Ltr,
        }
    }
}
