//! The items of a page's walk to the bodies of its practice directives: parts by label, and what is nested.

use std::collections::HashMap;
use std::ops::Range;

use crate::base::nearest::distance_within;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::directive::Directive;
use crate::markdown::practice::Practice;
use crate::markdown::walk::{Event, Item, Tag, TagEnd};
use crate::model::practice::Label;

/// One step of a page's walk.
pub type Step<'a> = (Item<'a>, Range<usize>);

/// What stands in a directive.
#[derive(Default)]
pub struct Body {
    /// Its parts: what stands before the first label, then those with labels.
    pub parts: Vec<Part>,
    /// The practice directives in it, in order.
    pub children: Vec<usize>,
}

/// A part of a body.
pub struct Part {
    /// Its label; none for what stands before the first.
    pub label: Option<(&'static str, Span)>,
    /// Its steps, by number.
    pub steps: Vec<usize>,
}

impl Body {
    /// The part with that label.
    pub fn part(&self, label: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.label.is_some_and(|(name, _)| name == label))
    }

    /// What stands before the first label.
    pub fn lead(&self) -> &[usize] {
        self.parts.first().filter(|part| part.label.is_none()).map_or(&[], |part| &part.steps)
    }
}

struct Open {
    directive: usize,
    depth: usize,
    /// Whether it is practice material, or something else in which such may stand.
    practice: Option<Practice>,
}

/// Distributes the steps of a page to its practice directives.
pub fn bodies(
    steps: &[Step<'_>],
    directives: &[Directive],
    path: &BookPath,
    reports: &mut Vec<Diagnostic>,
) -> (HashMap<usize, Body>, Vec<Label>) {
    let mut opens: HashMap<usize, usize> = HashMap::new();
    let mut closes: HashMap<usize, usize> = HashMap::new();
    for (index, directive) in directives.iter().enumerate() {
        opens.insert(directive.open, index);
        closes.extend(directive.close.map(|close| (close, index)));
    }
    let mut bodies: HashMap<usize, Body> = HashMap::new();
    let mut labels = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    let mut unmarked = Vec::new();
    while let Some((item, range)) = steps.get(at) {
        match item {
            Item::Fence(fence) => {
                if let Some(&directive) = opens.get(fence) {
                    let practice = directives[directive].practice();
                    if practice.is_some() {
                        bodies.entry(directive).or_default();
                        if let Some(outer) = open.iter().rev().find(|outer| outer.practice.is_some()) {
                            bodies.entry(outer.directive).or_default().children.push(directive);
                        }
                    }
                    if !directives[directive].is_leaf() {
                        open.push(Open { directive, depth, practice });
                    }
                } else if let Some(directive) = closes.get(fence)
                    && let Some(index) = open.iter().rposition(|open| open.directive == *directive)
                {
                    open.truncate(index);
                }
            }
            Item::OpenMark(_) | Item::CloseMark(_) => add(&open, &mut bodies, at),
            Item::Event(event) => {
                let innermost = open.last().map(|open| (open.directive, open.depth, open.practice));
                if let Some((directive, at_depth, Some(practice))) = innermost
                    && at_depth == depth
                    && matches!(event, Event::Start(Tag::Paragraph))
                    && let Some(alone) = alone(&steps[at + 1..])
                {
                    unmarked.push((directive, practice, alone));
                }
                if let Some((directive, at_depth, Some(practice))) = innermost
                    && at_depth == depth
                    && matches!(event, Event::Start(Tag::Paragraph))
                    && let Some(Written { text: written, span, word, colon }) = label(&steps[at + 1..])
                {
                    let known = practice.labels().iter().copied().find(|known| *known == written);
                    let near = || practice.labels().iter().copied().find(|known| is_near(&written, known));
                    match known {
                        Some(name) => {
                            let body = bodies.entry(directive).or_default();
                            if body.part(name).is_some() {
                                reports.push(catalog::label_twice(Place::at(path, span), name));
                            }
                            let text = Span::new(span.range().end..span.range().end + colon).end;
                            let paragraph = Span::new(range.clone()).start;
                            labels.push(Label { paragraph, text, directive, name });
                            body.parts.push(Part { label: Some((name, span)), steps: vec![at] });
                            depth += 1;
                            at += 4;
                            continue;
                        }
                        None => {
                            let nested = Practice::named(&written.to_lowercase());
                            if let Some(nested) = nested.filter(|nested| nested.may_stand_in(practice)) {
                                let place = Place::at(path, word);
                                reports.push(catalog::label_is_directive(place, &written, nested.name()));
                            } else if let Some(known) = near() {
                                let name = Place::at(path, directives[directive].name.span);
                                let place = Place::at(path, word);
                                reports.push(catalog::unknown_label(place, &written, known, &name));
                            }
                        }
                    }
                }
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                add(&open, &mut bodies, at);
            }
        }
        at += 1;
    }
    for (directive, practice, (written, word)) in unmarked {
        let place = Place::at(path, word);
        let body = &bodies[&directive];
        let known = practice.labels().iter().copied().find(|known| known.eq_ignore_ascii_case(&written));
        let nested = Practice::named(&written.to_lowercase()).filter(|nested| nested.may_stand_in(practice));
        if let Some(known) = known.filter(|known| body.part(known).is_none()) {
            let name = Place::at(path, directives[directive].name.span);
            reports.push(catalog::label_unmarked(place, known, &name));
        } else if let Some(nested) = nested.filter(|_| known.is_none()) {
            let is_there = body.children.iter().any(|child| directives[*child].practice() == Some(nested));
            if !is_there {
                reports.push(catalog::label_is_directive(place, &written, nested.name()));
            }
        }
    }
    (bodies, labels)
}

/// Adds a step to the innermost practice directive.
fn add(open: &[Open], bodies: &mut HashMap<usize, Body>, step: usize) {
    let Some(outer) = open.iter().rev().find(|open| open.practice.is_some()) else { return };
    let body = bodies.entry(outer.directive).or_default();
    if body.parts.is_empty() {
        body.parts.push(Part { label: None, steps: Vec::new() });
    }
    if let Some(part) = body.parts.last_mut() {
        part.steps.push(step);
    }
}

/// Whether somebody who wrote one word meant the other: a letter more, less or changed behind the first, or another case.
fn is_near(written: &str, known: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    let distance = distance_within(&written.to_lowercase(), &known.to_lowercase(), 1);
    distance.is_some() && first(written) == first(known) && (known.len() > 3 || distance == Some(0))
}

/// What stands in bold alone on a paragraph's first line, behind its start, and where: it may have been meant for a label.
fn alone(steps: &[Step<'_>]) -> Option<(String, Span)> {
    let [
        (Item::Event(Event::Start(Tag::Strong)), _),
        (Item::Event(Event::Text(text)), range),
        (Item::Event(Event::End(TagEnd::Strong)), _),
        (Item::Event(Event::End(TagEnd::Paragraph) | Event::SoftBreak | Event::HardBreak), _),
        ..,
    ] = steps
    else {
        return None;
    };
    (!text.ends_with(['.', ':'])).then(|| (text.to_string(), Span::new(range.clone())))
}

/// What a paragraph starts with, if it is in the form of a label.
struct Written {
    text: String,
    /// Where it is, with the marks that make it bold.
    span: Span,
    /// Where its words are.
    word: Span,
    /// How long what stands behind it is.
    colon: usize,
}

/// The label that a paragraph starts with, behind its start: one text in bold that ends with a full stop or a colon, or
/// has one behind it.
fn label(steps: &[Step<'_>]) -> Option<Written> {
    let [
        (Item::Event(Event::Start(Tag::Strong)), range),
        (Item::Event(Event::Text(text)), inside),
        (Item::Event(Event::End(TagEnd::Strong)), _),
        ..,
    ] = steps
    else {
        return None;
    };
    let span = Span::new(range.clone());
    if let Some(written) = text.strip_suffix(['.', ':']) {
        let word = Span::new(inside.start..inside.end - 1);
        return Some(Written { text: written.to_owned(), span, word, colon: 0 });
    }
    match steps.get(3) {
        Some((Item::Event(Event::Text(behind)), _)) if behind.starts_with([':', '.']) => {
            Some(Written { text: text.to_string(), span, word: Span::new(inside.clone()), colon: 1 })
        }
        _ => None,
    }
}
