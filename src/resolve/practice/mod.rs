//! The preparation material of one page to what its templates see: ids, hrefs and numbers filled in; and what only the
//! book can tell is wrong with it.

mod calc;
pub mod data;
mod lists;
mod marks;
mod model;
mod pages;
mod plan;
mod questions;
mod review;
mod simulation;
mod story;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Resolver, page};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::{Document, Page};
use crate::model::practice::registry::Home;
use crate::model::practice::{Content, Material, time};
use crate::model::url::{Url, fragment};
use crate::model::view::PracticeView;

pub use marks::marks;
pub use pages::{GLOSSARY, PRACTICE, REFERENCES, WORKSHOP, glossary, has_prompts, practice_index, prompts, references};

/// What the material of one document on a page is resolved with.
pub struct Context<'a, 'b> {
    pub resolver: &'a Resolver<'b>,
    pub page: &'a Page,
    pub file: &'a BookPath,
    pub reports: &'a mut Vec<Diagnostic>,
    /// What the page has shown so far that it shows once: links of terms, ids of questions.
    pub met: &'a mut BTreeSet<String>,
}

/// The views of the material in a document, by the number of the directive.
pub fn views(context: &mut Context<'_, '_>, document: &Document) -> Vec<(usize, PracticeView)> {
    let parsed = context.resolver.parsed[document.source.0 as usize].clone();
    parsed.practice.iter().map(|material| (material.directive, view(context, &parsed.practice, material))).collect()
}

fn view(context: &mut Context<'_, '_>, all: &[Material], material: &Material) -> PracticeView {
    let mut code = None;
    let (template, data) = match &material.content {
        Content::Answer => ("answer", json!({})),
        Content::Drill(drill) => ("drill", lists::drill(context, drill)),
        Content::Story(story) => ("story", story::view(context, story)),
        Content::Probe => ("probe", json!({})),
        Content::Review(review) => {
            let (data, sample) = review::view(context, material, review);
            code = sample;
            ("review", data)
        }
        Content::Finding(number) => ("finding", review::finding(context, all, material, *number)),
        Content::Decoy(number) => ("decoy", review::decoy(context, all, material, *number)),
        Content::Question(question) => ("question", questions::view(context, question)),
        Content::Questions(query) => ("questions", questions::matching(context, query)),
        Content::Simulation(simulation) => ("simulation", simulation::view(context, simulation)),
        Content::Segment(number) => ("segment", simulation::segment(context, all, material, *number)),
        Content::Checklist(checklist) => ("checklist", lists::checklist(checklist)),
        Content::Plan { src } => ("plan", plan::view(context, src)),
        Content::Calc(calc) => ("calc", calc::view(context, calc)),
        Content::ThreatModel { src } => ("threat-model", model::view(context, src)),
        Content::AttackTree { model, tree } => ("attack-tree", model::tree(context, model.as_ref(), tree)),
    };
    let mut data = data;
    check_title(context, material, template, &data);
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    if let Value::Object(fields) = &mut data {
        fields.entry("id").or_insert_with(|| json!(text(&material.id)));
        fields.entry("title").or_insert_with(|| json!(text(&material.title)));
        fields.insert("name".to_owned(), json!(template));
    }
    PracticeView { template: format!("practice/{template}.html"), data, code }
}

/// A title is what a section is called by whoever hears the page.
fn check_title(context: &mut Context<'_, '_>, material: &Material, kind: &str, data: &Value) {
    if !matches!(material.content, Content::ThreatModel { .. } | Content::AttackTree { .. }) {
        return;
    }
    let (title, span) = match (&material.title, material.content.src()) {
        (Some(title), _) => (title.value.trim(), title.span),
        (None, Some(src)) => (data["title"].as_str().unwrap_or(""), src.span),
        (None, None) => return,
    };
    // A file that is shown twice is another mistake.
    let src = material.content.src().map(|src| format!("title of {}", src.value));
    if src.is_some_and(|src| !context.met.insert(src)) {
        return;
    }
    if !title.is_empty() && !context.met.insert(format!("title {kind} {title}")) {
        let report = catalog::same_title(context.at(span), &kind.replace('-', " "));
        context.reports.push(report);
    }
}

/// The material that a nested directive belongs to: the last before it that `is_it`.
fn around<'m>(all: &'m [Material], material: &Material, is_it: impl Fn(&Material) -> bool) -> Option<&'m Material> {
    all.iter().rev().find(|outer| outer.directive < material.directive && is_it(outer))
}

impl Context<'_, '_> {
    fn at(&self, span: Span) -> Place {
        Place::at(self.file, span)
    }

    fn href(&self, url: &Url) -> String {
        page::href(self.resolver, &self.page.url, url)
    }

    /// Where something with an id stands.
    fn href_of(&self, id: &str, home: &Home) -> Option<String> {
        let page = self.resolver.book.page(home.page?);
        let path = if page.url == self.page.url { String::new() } else { self.href(&page.url) };
        Some(path + &fragment(id))
    }

    /// What an id stands for; an unknown one is reported. `kinds` are those that will do, all if there are none.
    fn find(&mut self, id: &Spanned<String>, what: &str, kinds: &[&str]) -> Option<&Home> {
        let registry = &self.resolver.book.practice;
        match registry.by_id.get(&id.value) {
            Some(home) if kinds.is_empty() || kinds.contains(&home.kind) => Some(home),
            Some(home) => {
                let report = catalog::practice_wrong_kind(self.at(id.span), &id.value, home.kind, what);
                self.reports.push(report);
                None
            }
            None => {
                let near = self.resolver.near.material(&id.value);
                let report = catalog::practice_unknown_id(self.at(id.span), what, &id.value, near);
                self.reports.push(report);
                None
            }
        }
    }

    /// Principles with their names.
    fn principles(&self, ids: &[Spanned<String>]) -> Value {
        let rules = &self.resolver.config.practice;
        ids.iter().map(|id| json!({"id": id.value, "name": rules.principle_name(&id.value)})).collect()
    }

    /// A source with its title and address; an unknown one is reported.
    fn reference(&mut self, id: &Spanned<String>) -> Option<Value> {
        let registry = &self.resolver.book.practice;
        let Some(reference) = registry.references.get(&id.value) else {
            let near = self.resolver.near.reference(&id.value);
            let report = catalog::ref_unknown(self.at(id.span), &id.value, near);
            self.reports.push(report);
            return None;
        };
        let href = self.href(&Url::new(REFERENCES)) + &fragment(&pages::reference_id(&id.value));
        Some(json!({"id": id.value, "title": reference.title, "org": reference.org, "href": href}))
    }

    fn references(&mut self, ids: &[Spanned<String>]) -> Value {
        ids.iter().filter_map(|id| self.reference(id)).collect()
    }
}

/// A time in words: "0:30".
fn shown(count: u32) -> String {
    time::shown(count)
}
