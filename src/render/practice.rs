//! Preparation material to HTML: the parts of a directive are kept apart while the walk writes them, and its template
//! puts them together.

use std::collections::BTreeMap;

use super::Prose;
use super::code;
use super::templates::Safe;
use crate::diagnostic::Diagnostic;
use crate::highlight;
use crate::markdown::practice::Practice;
use crate::model::view::PracticeView;

/// A directive that is being written.
pub struct Frame {
    /// Its number.
    pub directive: usize,
    /// What it is.
    pub practice: Practice,
    /// What is written around it.
    outer: String,
    /// The HTML of its parts so far, and the name of the one that is being written.
    parts: BTreeMap<&'static str, String>,
    part: &'static str,
    /// The HTML of the directives in it that its template places, by name.
    children: BTreeMap<&'static str, Vec<String>>,
}

/// What templates call the text before the first label.
const BODY: &str = "body";

impl Frame {
    /// Starts a directive: `out` is what is written around it, and empty from now on.
    pub fn open(directive: usize, practice: Practice, out: &mut String) -> Self {
        let outer = std::mem::take(out);
        Self { directive, practice, outer, parts: BTreeMap::new(), part: BODY, children: BTreeMap::new() }
    }

    /// A label starts the next part; `out` is what was written of the last.
    pub fn next(&mut self, label: &'static str, out: &mut String) {
        let html = std::mem::take(out);
        self.parts.entry(self.part).or_default().push_str(html.trim_end());
        self.part = label;
    }

    /// Keeps a nested directive for the template.
    pub fn keep(&mut self, name: &'static str, html: String) {
        self.children.entry(name).or_default().push(html);
    }

    /// Ends the directive: `out` is again what is written around it. Gives what its template is to put together.
    pub fn close(mut self, out: &mut String) -> Finished {
        self.next(BODY, out);
        *out = self.outer;
        Finished { practice: self.practice, parts: self.parts, children: self.children }
    }
}

/// The HTML of a directive's parts.
pub struct Finished {
    practice: Practice,
    parts: BTreeMap<&'static str, String>,
    children: BTreeMap<&'static str, Vec<String>>,
}

impl Finished {
    /// One without a body.
    pub fn leaf(practice: Practice) -> Self {
        Self { practice, parts: BTreeMap::new(), children: BTreeMap::new() }
    }

    /// Renders the directive with its template.
    ///
    /// # Errors
    ///
    /// The template cannot be rendered.
    pub fn render(self, view: &PracticeView, prose: &Prose<'_>) -> Result<String, Diagnostic> {
        let Some(partials) = &prose.partials else {
            return Ok(self.parts.into_values().chain(self.children.into_values().flatten()).collect());
        };
        let names = std::iter::once(BODY).chain(self.practice.labels().iter().copied());
        // Each is there, if only empty, so that a template can ask for it.
        let parts = names.map(|name| (variable(name), Safe::Text(self.parts.get(name).cloned().unwrap_or_default())));
        let mut values: BTreeMap<String, Safe> = parts.collect();
        for name in ["answer", "finding", "decoy", "probe", "segment"] {
            let children = self.children.get(name).cloned().unwrap_or_default();
            values.insert(format!("{name}s"), Safe::List(children));
        }
        if let Some(code) = &view.code {
            let language = code.language.as_deref().and_then(highlight::language);
            let lines = code::lines_of(language, &code.text, prose.highlighting);
            values.insert("lines".to_owned(), Safe::List(lines.to_vec()));
        }
        partials.templates.partial(partials.theme, &view.template, &view.data, &values)
    }
}

/// What a template calls a part: `Follow-ups` is `follow_ups`.
fn variable(label: &str) -> String {
    label.to_lowercase().replace('-', "_")
}

/// Whether a directive is placed by the template of the one it stands directly in.
pub fn is_placed(practice: Practice, outer: Practice) -> bool {
    practice.parent() == Some(outer) || (practice == Practice::Answer && outer == Practice::Drill)
}
