//! Templates: compiled once, rendered with a page's context. Template errors become diagnostics at their
//! place. The only file that knows tera.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize as _, Serialize};
use tera::{Context as TeraContext, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::Content;
use super::directives::inline;
use super::template_errors;
use crate::base::nearest::nearest;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::walk::MarkdownOptions;
use crate::model::strings::{Forms, Part, parts};
use crate::model::view::Context;
use crate::theme::Theme;

/// HTML that a template takes as it is.
pub enum Safe {
    /// One piece.
    Text(String),
    /// Several.
    List(Vec<String>),
}

/// The compiled templates of a theme.
pub struct Templates(Tera);

impl Templates {
    /// Compiles the templates of `theme`.
    ///
    /// # Errors
    ///
    /// Templates that are wrong.
    pub fn new(theme: &Theme) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.register_filter("inline", |text: Cow<'_, str>, _: Kwargs, _: &State| {
            Value::safe_string(&inline(&text, MarkdownOptions::default()))
        });
        tera.register_filter("fill", fill);
        tera.global_context().insert("t", &theme.strings);
        tera.add_raw_templates(theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))
            .map_err(|error| diagnostics(theme, &error))?;
        Ok(Self(tera))
    }

    /// Whether there is a template of that name; else the nearest.
    ///
    /// # Errors
    ///
    /// The nearest name, if there is no such template.
    pub fn check(&self, name: &str) -> Result<(), Option<String>> {
        if self.0.contains_template(name) {
            return Ok(());
        }
        let mut names: Vec<&str> = self.0.get_template_names().collect();
        names.sort_unstable();
        Err(nearest(name, names).map(str::to_owned))
    }

    pub(super) fn render(
        &self,
        theme: &Theme,
        name: &str,
        context: &Context,
        content: Content,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut values = TeraContext::from_serialize(context).map_err(|error| diagnostic(theme, name, &error))?;
        values.insert_value("heading", Value::safe_string(&content.heading));
        values.insert_value("content", Value::safe_string(&content.content));
        self.with(theme, name, &values)
    }

    /// Renders a part of a page: `data` is what the template sees as `it`, `html` what it sees by name.
    pub(super) fn partial(
        &self,
        theme: &Theme,
        name: &str,
        data: &serde_json::Value,
        html: &BTreeMap<String, Safe>,
    ) -> Result<String, Diagnostic> {
        let mut values = TeraContext::new();
        let data = Value::try_from_serializable(data).map_err(|error| diagnostic(theme, name, &error))?;
        values.insert_value("it", data);
        for (name, html) in html {
            let value = match html {
                Safe::Text(html) => Value::safe_string(html),
                Safe::List(html) => Value::from(html.iter().map(|html| Value::safe_string(html)).collect::<Vec<_>>()),
            };
            values.insert_value(name.clone(), value);
        }
        let bytes = self.with(theme, name, &values)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(super) fn render_plain(
        &self,
        theme: &Theme,
        name: &str,
        context: &impl Serialize,
    ) -> Result<Vec<u8>, Diagnostic> {
        let values = TeraContext::from_serialize(context).map_err(|error| diagnostic(theme, name, &error))?;
        self.with(theme, name, &values)
    }

    fn with(&self, theme: &Theme, name: &str, values: &TeraContext) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(4 * 1024);
        self.0.render_to(name, values, &mut bytes).map_err(|error| diagnostic(theme, name, &error))?;
        Ok(bytes)
    }
}

/// A text of the interface with values in place of its placeholders; one called `count` chooses the form. The text and
/// plain values are escaped, HTML is taken as it is.
fn fill(text: &Value, values: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let forms;
    let text = match (text.as_str(), text.as_map()) {
        (Some(text), _) => text,
        (None, Some(_)) => {
            forms = Forms::deserialize(text).map_err(|_| Error::message("this is no text of the interface"))?;
            forms.of(values.get::<&Value>("count")?.map(ToString::to_string).as_deref())
        }
        (None, None) => return Err(Error::message("this is no text of the interface")),
    };
    let mut out = String::new();
    for part in parts(text) {
        match part {
            Part::Literal(text) => out.push_str(&state.escape(text)?),
            Part::Placeholder(name) => out.push_str(&state.escape_if_needed(values.must_get::<&Value>(name)?)?),
        }
    }
    Ok(Value::safe_string(&out))
}

/// What tera says, at its place in the theme's file.
fn diagnostic(theme: &Theme, name: &str, error: &Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            template_errors::of_one(theme, report.filename(), report.span().range.clone(), report.message())
        }
        ErrorKind::TemplateNotFound(missing) => {
            template_errors::missing(theme, Place::file(&theme.template_path(name)), missing)
        }
        ErrorKind::MissingParent { current, parent } => template_errors::missing_parent(theme, current, parent),
        _ => catalog::template(Place::file(&theme.template_path(name)), &error.to_string().replace('\n', " ")),
    }
}

/// The same, of several things at once.
fn diagnostics(theme: &Theme, error: &Error) -> Vec<Diagnostic> {
    let found = match error.kind() {
        ErrorKind::Msg(said) => template_errors::of_reports(theme, said),
        _ => Vec::new(),
    };
    if found.is_empty() { vec![diagnostic(theme, "page.html", error)] } else { found }
}
