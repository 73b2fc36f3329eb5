//! The practice directives of a page to typed facts: one file for each kind of material. What only the book can tell
//! (whether ids exist, what an included sample says) is left to later stages.

mod attack_tree;
mod body;
mod calc;
mod checklist;
mod drill;
pub mod inline;
mod prose;
mod question;
mod review;
mod simulation;
mod story;

use std::collections::HashMap;

use super::Reports;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::PracticeRules;
use crate::diagnostic::{Place, catalog};
use crate::markdown::attributes::Attribute;
use crate::markdown::directive::Directive;
use crate::markdown::keys::Keys;
use crate::markdown::practice::Practice;
use crate::markdown::walk::{Event, Item, Tag};
use crate::model::practice::drill::Step as Timed;
use crate::model::practice::time::clock;
use crate::model::practice::{Content, Layout, Level, Material};
use crate::model::slug::{Slugger, slug};

pub(super) use attack_tree::check as check_tree;
use body::{Body, Step};
use prose::{List, ListItem, Lists, Prose};
pub(super) use question::check as check_question;

/// What practice directives say, and what that means for the page's text.
#[derive(Default)]
pub struct Facts {
    pub materials: Vec<Material>,
    pub layout: Layout,
}

/// Reads the practice directives of the page at `path`, whose text is `source`.
pub fn read(
    path: &BookPath,
    source: &str,
    steps: &[Step<'_>],
    directives: &[Directive],
    rules: &PracticeRules,
    reports: Reports<'_>,
) -> Facts {
    if !directives.iter().any(|directive| directive.practice().is_some()) {
        return Facts::default();
    }
    let (bodies, labels) = body::bodies(steps, directives, path, reports);
    let layout = Layout { labels, ..Layout::default() };
    let mut reader = Reader { path, source, steps, directives, bodies: &bodies, rules, reports, layout };
    let mut materials = Vec::new();
    for (index, directive) in directives.iter().enumerate() {
        let Some(practice) = directive.practice() else { continue };
        let content = reader.content(index, practice);
        materials.push(Material {
            directive: index,
            id: directive.id.clone(),
            title: directive.title.clone(),
            content,
        });
    }
    let mut layout = reader.layout;
    layout.taken.sort();
    layout.ticks.sort();
    Facts { materials, layout }
}

/// Keeps the ids of material from headings: a drill may be called as the heading above it, which then gets a number.
pub fn reserve_ids(directives: &[Directive], slugger: &mut Slugger) {
    let material = directives.iter().filter(|directive| directive.practice().is_some());
    for id in material.filter_map(|directive| directive.id.as_ref()) {
        slugger.reserve(&id.value);
    }
    // A finding has its review's id with a number.
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    for finding in directives.iter().filter(|directive| directive.practice() == Some(Practice::Finding)) {
        let review = finding.parent.and_then(|parent| Some((parent, directives[parent].id.as_ref()?)));
        if let Some((parent, id)) = review {
            let number = numbers.entry(parent).or_default();
            *number += 1;
            slugger.reserve(&format!("{}-{number}", id.value));
        }
    }
}

/// A page whose practice directives are being read.
struct Reader<'a> {
    path: &'a BookPath,
    source: &'a str,
    steps: &'a [Step<'a>],
    directives: &'a [Directive],
    bodies: &'a HashMap<usize, Body>,
    rules: &'a PracticeRules,
    reports: Reports<'a>,
    layout: Layout,
}

impl<'a> Reader<'a> {
    fn content(&mut self, index: usize, practice: Practice) -> Content {
        match practice {
            Practice::Answer => {
                self.keys(index).finish();
                let body = self.body(index);
                if body.parts.is_empty() && body.children.is_empty() && !self.has_samples(index) {
                    self.reports.push(catalog::practice_empty(self.place(index), "answer", "write the answer into it"));
                }
                Content::Answer
            }
            Practice::Drill => Content::Drill(drill::read(self, index)),
            Practice::Story => Content::Story(story::read(self, index)),
            Practice::Probe => {
                self.keys(index).finish();
                if self.directives[index].title.is_none() {
                    self.reports.push(catalog::directive_needs_title(self.place(index), "probe"));
                }
                self.wants_text(index, "probe", "answer the question in it");
                Content::Probe
            }
            Practice::Review => Content::Review(review::read(self, index)),
            Practice::Finding => Content::Finding(self.number(index)),
            Practice::Decoy => Content::Decoy(self.number(index)),
            Practice::Question => Content::Question(question::read(self, index)),
            Practice::Questions => Content::Questions(question::query(self, index)),
            Practice::Simulation => Content::Simulation(simulation::read(self, index)),
            Practice::Segment => Content::Segment(self.number(index)),
            Practice::Checklist => Content::Checklist(checklist::read(self, index)),
            Practice::Plan => Content::Plan { src: self.src(index) },
            Practice::Calc => Content::Calc(calc::read(self, index)),
            Practice::ThreatModel => Content::ThreatModel { src: self.src(index) },
            Practice::AttackTree => attack_tree::read(self, index),
        }
    }

    fn directive(&self, index: usize) -> &'a Directive {
        &self.directives[index]
    }

    /// Where a directive is named.
    fn place(&self, index: usize) -> Place {
        self.at(self.directives[index].name.span)
    }

    fn at(&self, span: Span) -> Place {
        Place::at(self.path, span)
    }

    fn keys(&mut self, index: usize) -> Keys<'_> {
        let directive = self.directive(index);
        let mut keys = Keys::new(self.path, &directive.name.value, directive.attributes.clone(), self.reports)
            .about(directive.name.span);
        if directive.practice().is_some_and(|practice| !practice.is_leaf()) {
            keys.expect("id");
        }
        keys
    }

    /// What stands in braces behind a list item.
    fn item_keys(&mut self, attributes: &[Attribute]) -> Keys<'_> {
        Keys::new(self.path, "list item", attributes.to_vec(), self.reports)
    }

    fn body(&self, index: usize) -> &'a Body {
        const EMPTY: &Body = &Body { parts: Vec::new(), children: Vec::new() };
        self.bodies.get(&index).unwrap_or(EMPTY)
    }

    fn prose(&self, steps: &[usize]) -> Prose {
        Prose::of(steps.iter().map(|&step| &self.steps[step]))
    }

    /// The plain text of the part with that label.
    fn part(&self, index: usize, label: &str) -> Option<String> {
        Some(self.prose(&self.body(index).part(label)?.steps).text)
    }

    /// The part with that label as inline Markdown, as it is written; of several blocks the plain text, escaped.
    fn written(&self, index: usize, label: &str) -> Option<String> {
        let part = self.body(index).part(label)?;
        let plain = self.prose(&part.steps).text;
        if plain.is_empty() || plain.contains('\n') {
            let special = |c: char| "\\`*_{}[]<>&~:".contains(c);
            let escaped = plain.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c]));
            return Some(escaped.collect::<String>().replace('\n', " "));
        }
        let start = part.label.map_or(0, |(_, span)| span.end as usize);
        let end = part.steps.iter().map(|&step| self.steps[step].1.end).max().unwrap_or(start);
        let written = self.source.get(start..end).unwrap_or("").trim_start_matches([':', '.']);
        Some(written.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The plain text before the first label.
    fn lead(&self, index: usize) -> String {
        self.prose(self.body(index).lead()).text
    }

    fn lists(&mut self, steps: &[usize], with_braces: bool) -> Vec<List> {
        let all = self.steps;
        let mut lists = Lists { source: self.source, path: self.path, reports: self.reports, with_braces };
        let lists = lists.read(all, steps);
        for item in lists.iter().flat_map(|list| &list.items) {
            self.take_braces(item);
        }
        lists
    }

    /// Takes a list out of the text, because its items are facts: lines of text with code and emphasis, and where lists
    /// `nest` the items below them. Whatever else stands there would be lost, and is reported.
    fn take_list(&mut self, list: Span, nest: bool) {
        self.layout.taken.push(list);
        let first = self.steps.partition_point(|(_, range)| range.start < list.start as usize);
        let inside = self.steps[first..].iter().take_while(|(_, range)| range.start < list.end as usize);
        let mut lists = 0;
        let mut behind = 0;
        for (item, range) in inside {
            let is_lost = match item {
                Item::Fence(_) => true,
                Item::OpenMark(_) | Item::CloseMark(_) => false,
                Item::Event(Event::Start(Tag::List(_))) => {
                    lists += 1;
                    lists > 1 && !nest
                }
                Item::Event(Event::Start(tag)) => {
                    !matches!(tag, Tag::Item | Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                }
                Item::Event(event) => matches!(
                    event,
                    Event::Html(_)
                        | Event::InlineHtml(_)
                        | Event::FootnoteReference(_)
                        | Event::Rule
                        | Event::TaskListMarker(_)
                ),
            };
            // What stands in something that is lost is lost with it.
            if is_lost && range.start >= behind {
                behind = range.end;
                let length = super::first_line(&self.source[range.clone()]).trim_end().len();
                let place = Place::at(self.path, Span::new(range.start..range.start + length));
                self.reports.push(catalog::lost_in_list(place));
            }
        }
    }

    fn take_braces(&mut self, item: &ListItem) {
        self.layout.taken.extend(item.braces_span);
        for below in &item.items {
            self.take_braces(below);
        }
    }

    /// The items of the lists of the part with that label.
    fn items(&mut self, index: usize, label: &str, with_braces: bool) -> Vec<ListItem> {
        let Some(part) = self.body(index).part(label) else { return Vec::new() };
        self.lists(&part.steps, with_braces).into_iter().flat_map(|list| list.items).collect()
    }

    /// How many of its kind stand before a directive in the one around it.
    fn number(&self, index: usize) -> usize {
        let directive = self.directive(index);
        let practice = directive.practice();
        self.directives[..index]
            .iter()
            .filter(|other| other.parent == directive.parent && other.practice() == practice)
            .count()
    }

    /// The nested directives of a kind.
    fn children(&self, index: usize, practice: Practice) -> Vec<usize> {
        let children = self.body(index).children.iter().copied();
        children.filter(|&child| self.directives[child].practice() == Some(practice)).collect()
    }

    fn has_samples(&self, index: usize) -> bool {
        let Some(close) = self.directives[index].close else { return false };
        close > self.directives[index].open + 1
    }

    fn wants_text(&mut self, index: usize, name: &str, wanted: &str) {
        if self.lead(index).trim().is_empty() {
            self.reports.push(catalog::practice_empty(self.place(index), name, wanted));
        }
    }

    /// Material that others refer to needs an id that stays.
    fn wants_id(&mut self, index: usize) {
        let directive = self.directive(index);
        let suggestion = suggested_id(directive.title.as_ref().map_or(&directive.name.value, |title| &title.value));
        match &directive.id {
            None => {
                let report = catalog::practice_missing_id(self.place(index), &directive.name.value, &suggestion);
                self.reports.push(report);
            }
            Some(id) => self.check_id(id),
        }
    }

    fn check_id(&mut self, id: &Spanned<String>) {
        if !is_id(&id.value) {
            let suggestion = suggested_id(&id.value);
            self.reports.push(catalog::practice_bad_id(self.at(id.span), &id.value, &suggestion));
        }
    }

    fn wants_title(&mut self, index: usize) {
        let directive = self.directive(index);
        if directive.title.is_none() {
            let report = catalog::directive_needs_title(self.place(index), &directive.name.value);
            self.reports.push(report);
        }
    }

    /// The title of a directive as inline Markdown.
    fn title(&self, index: usize) -> String {
        self.directive(index).title.as_ref().map_or(String::new(), |title| title.value.trim().to_owned())
    }

    fn src(&mut self, index: usize) -> Spanned<String> {
        let name = self.directive(index).name.span;
        let mut keys = self.keys(index);
        let has = keys.has("src");
        let src = keys.text("src");
        if !has {
            keys.needs("src", name);
        }
        keys.finish();
        src.unwrap_or_else(|| Spanned::new(String::new(), name))
    }

    fn topic(&mut self, topic: Option<Spanned<String>>) -> Option<Spanned<String>> {
        let topic = topic?;
        check_topic(&topic, self.rules, self.path, self.reports);
        Some(topic)
    }

    fn principles(&mut self, written: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
        // A name may hold a comma.
        let whole = written.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(", ");
        let written = match (written.len(), self.rules.principle(&whole)) {
            (2.., Ok(id)) if !self.rules.principles.is_empty() => vec![Spanned::new(id, written[0].span)],
            _ => written,
        };
        principles(written, self.rules, self.path, self.reports)
    }

    /// The plain text before the first label, without what was taken out of it.
    fn told(&self, index: usize) -> String {
        let is_taken = |at: usize| self.layout.taken.iter().any(|span| span.range().contains(&at));
        let steps: Vec<usize> = self.body(index).lead().to_vec();
        let kept: Vec<usize> = steps.into_iter().filter(|&step| !is_taken(self.steps[step].1.start)).collect();
        self.prose(&kept).text
    }

    /// Items that start with a time. Only the lists whose first item does are read, and they are taken out of the text.
    fn timed(&mut self, steps: &[usize]) -> Vec<Timed> {
        let lists = self.lists(steps, false);
        let mut timed = Vec::new();
        for list in lists {
            if list.items.first().and_then(|item| time_of(&item.markdown)).is_none() {
                continue;
            }
            self.take_list(list.span, false);
            for item in &list.items {
                match time_of(&item.markdown) {
                    Some((seconds, length)) => {
                        let start = item.span.start as usize;
                        let text = item.markdown[length..].trim().to_owned();
                        timed.push(Timed { seconds: Spanned::new(seconds, Span::new(start..start + length)), text });
                    }
                    None => {
                        let word = item.markdown.split_whitespace().next().unwrap_or("").to_owned();
                        let start = item.span.start as usize;
                        let place = self.at(Span::new(start..start + word.len()));
                        self.reports.push(catalog::bad_time(place, &word));
                    }
                }
            }
        }
        timed
    }
}

/// The time that a text starts with, and its length.
fn time_of(text: &str) -> Option<(u32, usize)> {
    let word = text.split_whitespace().next()?;
    Some((clock(word)?, word.len()))
}

/// Reports a topic that the book does not have.
pub(super) fn check_topic(topic: &Spanned<String>, rules: &PracticeRules, path: &BookPath, reports: Reports<'_>) {
    if let Err(near) = rules.topic(&topic.value) {
        let all: Vec<&str> = rules.topics.iter().map(|topic| topic.value.as_str()).collect();
        reports.push(catalog::unknown_topic(Place::at(path, topic.span), &topic.value, near, &all.join(", ")));
    }
}

/// Principles by id; those that the book does not have are reported and left out.
pub(super) fn principles(
    written: Vec<Spanned<String>>,
    rules: &PracticeRules,
    path: &BookPath,
    reports: Reports<'_>,
) -> Vec<Spanned<String>> {
    let mut known = Vec::new();
    for principle in written {
        match rules.principle(&principle.value) {
            Ok(id) => known.push(Spanned::new(id, principle.span)),
            Err(near) => {
                let place = Place::at(path, principle.span);
                let all: Vec<&str> = rules.principles.iter().map(|principle| principle.id.as_str()).collect();
                reports.push(catalog::unknown_principle(place, &principle.value, near, &all.join(", ")));
            }
        }
    }
    known
}

/// Whether a text is of the form that ids have.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(plain) && !text.starts_with('-') && !text.ends_with('-')
}

/// An id that a text could have.
pub(super) fn suggested_id(text: &str) -> String {
    let plain: String = slug(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).take(5).collect();
    if words.is_empty() { "a-name".to_owned() } else { words.join("-") }
}

fn level(text: &str) -> Option<Level> {
    Level::named(text)
}

const LEVELS: &str = "easy, medium or hard";
