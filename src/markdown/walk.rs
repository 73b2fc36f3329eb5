//! CommonMark events with true byte offsets, and the places where directives open and close. The only
//! file that knows pulldown-cmark; the others use the event vocabulary that it passes on.

use std::ops::Range;

pub use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark::{BrokenLink, Options, Parser};

use super::fence::FenceLine;
use super::marks::{self, Mark};
use super::plain::Plain;
use super::runs::Runs;
use crate::base::span::Span;

/// One step of the walk.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// An event of CommonMark.
    Event(Event<'a>),
    /// The nth fence line of the page.
    Fence(usize),
    /// The nth inline directive opens.
    OpenMark(usize),
    /// It closes.
    CloseMark(usize),
}

/// How to read Markdown, beyond CommonMark and GFM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Straight quotes and dashes become typographic ones.
    pub smart_punctuation: bool,
    /// Lines of Rust samples that are only there to compile are hidden, as in mdBook.
    pub rustdoc_lines: bool,
}

impl MarkdownOptions {
    fn flags(self) -> Options {
        let mut flags = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST;
        flags.set(Options::ENABLE_SMART_PUNCTUATION, self.smart_punctuation);
        flags
    }
}

/// A reference definition: `[label]: target`.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The label as written.
    pub label: String,
    /// The target, unescaped.
    pub target: String,
    /// Where the definition is.
    pub span: Span,
}

/// A full reference link, or a footnote, without a definition: `[text][label]`, `[^label]`.
#[derive(Clone, Debug)]
pub struct Undefined {
    /// The label; a footnote's starts with a caret.
    pub label: String,
    /// Where it is.
    pub span: Span,
}

/// What a walk found beside its items.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The page's reference definitions, in order.
    pub definitions: Vec<Definition>,
    /// Reference links without a definition, in order.
    pub undefined: Vec<Undefined>,
    /// Inline directives, and what is nearly one.
    pub marks: Vec<Mark>,
}

/// Walks `masked`, a page whose fence lines `fences` are masked, from byte `body` on.
pub fn walk<'a>(
    masked: &'a str,
    body: usize,
    fences: &'a [FenceLine],
    options: MarkdownOptions,
) -> impl Iterator<Item = (Item<'a>, Range<usize>)> {
    survey(masked, body, fences, options).0.into_iter()
}

/// The same, also telling what it found beside its items.
pub fn survey<'a>(
    masked: &'a str,
    body: usize,
    fences: &'a [FenceLine],
    options: MarkdownOptions,
) -> (Vec<(Item<'a>, Range<usize>)>, Found) {
    let mut found = Found::default();
    let mut runs = Runs::new(masked);
    match Plain::new(masked, body) {
        None => {
            let events = events(masked, body, options, &mut found).into_iter();
            WithFences { events, masked, fences, next: 0 }.for_each(|(item, range)| runs.push(item, range));
        }
        Some(plain) => {
            let events = events(&plain.text, body, options, &mut found);
            let events = events.into_iter().map(|(event, range)| (plain.restored(event), range));
            WithFences { events, masked, fences, next: 0 }.for_each(|(item, range)| runs.push(item, range));
            for definition in &mut found.definitions {
                definition.label = plain.written(&definition.label).into_string();
                definition.target = plain.written(&definition.target).into_string();
            }
            for undefined in &mut found.undefined {
                undefined.label = plain.written(&undefined.label).into_string();
            }
        }
    }
    let (items, footnotes) = runs.finish();
    found.undefined.extend(footnotes);
    found.undefined.sort_by_key(|undefined| undefined.span);
    found.undefined.dedup_by_key(|undefined| undefined.span);
    let (items, marks) = marks::find(masked, items);
    found.marks = marks;
    (items, found)
}

/// The definition that `text` starts with.
#[must_use]
pub fn definition(text: &str) -> Option<Definition> {
    let mut found = Found::default();
    events(text, 0, MarkdownOptions::default(), &mut found);
    found.definitions.into_iter().next().filter(|definition| definition.span.start == 0)
}

/// The events of CommonMark, with their places in the whole of `text`.
fn events<'t>(
    text: &'t str,
    body: usize,
    options: MarkdownOptions,
    found: &mut Found,
) -> Vec<(Event<'t>, Range<usize>)> {
    let undefined = &mut found.undefined;
    let callback = |link: BrokenLink<'t>| {
        let meant = matches!(
            link.link_type,
            LinkType::Reference | LinkType::ReferenceUnknown | LinkType::Collapsed | LinkType::CollapsedUnknown
        );
        // A footnote without a definition may come as a shortcut reference whose label starts with a caret.
        if meant || link.reference.starts_with('^') {
            let span = Span::new(link.span).shifted(body);
            undefined.push(Undefined { label: link.reference.into_string(), span });
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(&text[body..], options.flags(), Some(callback));
    let definitions = parser.reference_definitions().iter().map(|(label, definition)| Definition {
        label: label.to_string(),
        target: definition.dest.to_string(),
        span: Span::new(definition.span.clone()).shifted(body),
    });
    found.definitions = definitions.collect();
    found.definitions.sort_by_key(|definition| definition.span);
    let events = parser.into_offset_iter();
    events.map(|(event, range)| (event, range.start + body..range.end + body)).collect()
}

/// Turns the HTML block that a masked fence line has become into [`Item::Fence`].
struct WithFences<'a, I> {
    events: I,
    masked: &'a str,
    fences: &'a [FenceLine],
    next: usize,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for WithFences<'a, I> {
    type Item = (Item<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.events.next()?;
        if !matches!(event, Event::Start(Tag::HtmlBlock)) || self.next >= self.fences.len() {
            return Some((Item::Event(event), range));
        }
        // Fences that were passed without being met (the walk was in a code block) are not met any more.
        while self.next < self.fences.len() && (self.fences[self.next].span.end as usize) <= range.start {
            self.next += 1;
        }
        let start =
            self.masked[range.start..].find(|c| c != ' ' && c != '\t').map_or(range.start, |by| range.start + by);
        let met = self.fences.get(self.next).is_some_and(|fence| fence.span.start as usize == start);
        if !met {
            return Some((Item::Event(event), range));
        }
        let index = self.next;
        self.next += 1;
        for (event, _) in self.events.by_ref() {
            if matches!(event, Event::End(TagEnd::HtmlBlock)) {
                break;
            }
        }
        Some((Item::Fence(index), self.fences[index].span.range()))
    }
}
