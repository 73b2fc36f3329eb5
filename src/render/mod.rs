//! A page's view and its own prose to bytes. Looks nothing up: everything it may use is in its arguments.

mod code;
mod directives;
mod footnotes;
mod html;
mod image;
mod raw;
mod table;
mod templates;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::hash::Hasher;
use crate::base::path::BookPath;
use crate::diagnostic::Diagnostic;
use crate::markdown::walk::MarkdownOptions;
use crate::model::output::RenderKey;
use crate::model::parsed::Parsed;
use crate::model::source::Source;
use crate::model::view::{Body, DocumentView, PageView};
use crate::theme::Theme;

use html::Rendered;

pub use templates::Templates;

/// The prose of the book and how it is read.
pub struct Renderer<'a> {
    /// The theme's templates.
    pub templates: &'a Templates,
    /// The theme.
    pub theme: &'a Theme,
    /// The Markdown files.
    pub sources: &'a [Source],
    /// What each of them says.
    pub parsed: &'a [Parsed],
    /// The texts of source files.
    pub texts: &'a BTreeMap<BookPath, Source>,
    /// How Markdown is read.
    pub options: MarkdownOptions,
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
        let title = || format!("<h1>{}</h1>", html::escaped(&view.context.page.title));
        let content = match &view.body {
            Body::Documents(documents) => {
                let rendered = html::documents(documents, self.sources, self.parsed, self.options);
                let Rendered { heading, content } = with_title(rendered, &view.context.page.title);
                Content { heading: heading.unwrap_or_else(title), content }
            }
            Body::Listing { path, language } => {
                let text = self.texts.get(path).map_or("", |source| &source.text);
                Content { heading: title(), content: code::listing(*language, text) }
            }
            Body::Empty => Content { heading: title(), content: String::new() },
        };
        self.templates.render(self.theme, &view.template, &view.context, content)
    }

    /// The hash of everything that [`Renderer::page`] uses for `view`: equal keys give equal bytes.
    #[must_use]
    pub fn key(&self, view: &PageView) -> RenderKey {
        let mut hasher = Hasher::default();
        hasher.add(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.add(self.theme.hash.to_string().as_bytes());
        hasher.add(&[u8::from(self.options.smart_punctuation)]);
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

/// A page that opens with a heading of level 2 that is its title has no other title, and neither has one
/// whose heading of level 1 stands further down. An empty heading is none.
fn with_title(mut rendered: Rendered, title: &str) -> Rendered {
    let is_empty = |heading: &String| heading.find('>').is_some_and(|end| &heading[end + 1..] == "</h1>");
    if rendered.heading.as_ref().is_some_and(is_empty) {
        rendered.heading = None;
    } else if rendered.heading.is_none() && rendered.content.contains("<h1 ") {
        rendered.heading = Some(String::new());
    }
    let first = rendered.content.strip_prefix("<h2").and_then(|rest| rest.split_once("</h2>"));
    if let (None, Some((start, rest))) = (&rendered.heading, first)
        && start.split_once('>').is_some_and(|(_, text)| text == html::escaped(title))
    {
        rendered.heading = Some(format!("<h1{start}</h1>"));
        rendered.content = rest.trim_start().to_owned();
    }
    rendered
}

/// The HTML of the documents of a page without any template.
#[must_use]
pub fn markdown(documents: &[DocumentView], sources: &[Source], parsed: &[Parsed], options: MarkdownOptions) -> String {
    let rendered = html::documents(documents, sources, parsed, options);
    rendered.heading.map_or(String::new(), |heading| heading + "\n") + &rendered.content
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
}
