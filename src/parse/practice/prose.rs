//! Steps of a walk to plain text that knows where each of its words was written, and lists to their items.

use std::ops::Range;

use super::body::Step;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::attributes::{self, Attribute};
use crate::markdown::walk::{Event, Item, Tag, TagEnd};

/// Plain text, and where its runs were written.
#[derive(Debug, Default)]
pub struct Prose {
    /// The text: blocks end with a line feed, lines of a paragraph with a space.
    pub text: String,
    /// Where each run starts in the text and in the source, in order.
    runs: Vec<(usize, usize)>,
}

impl Prose {
    /// The text of `steps` of a walk; code blocks are left out.
    pub fn of<'a>(steps: impl Iterator<Item = &'a Step<'a>>) -> Self {
        let mut prose = Self::default();
        let mut in_code = false;
        for (item, range) in steps {
            let Item::Event(event) = item else { continue };
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                _ if in_code => {}
                _ => prose.push(event, range),
            }
        }
        prose.text.truncate(prose.text.trim_end().len());
        prose
    }

    fn push(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(text) => self.run(text, range.start),
            // Behind its backticks.
            Event::Code(text) => self.run(text, range.start + (range.len().saturating_sub(text.len())) / 2),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::End(tag) if !is_inline(*tag) && !self.text.is_empty() && !self.text.ends_with('\n') => {
                self.text.push('\n');
            }
            _ => {}
        }
    }

    fn run(&mut self, text: &str, start: usize) {
        // What stands behind a label starts with a space.
        let trimmed =
            if self.text.is_empty() { text.strip_prefix([':', '.']).unwrap_or(text).trim_start() } else { text };
        self.runs.push((self.text.len(), start + text.len() - trimmed.len()));
        self.text.push_str(trimmed);
    }

    /// Where a part of the text was written.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        Span::new(start..start.max(self.place(range.end.saturating_sub(1)) + 1))
    }

    fn place(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.runs.get(index).map_or(0, |(start, source)| source + at.saturating_sub(*start))
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// A list.
pub struct List {
    /// All of it.
    pub span: Span,
    /// Its items, in order.
    pub items: Vec<ListItem>,
}

/// An item of a list.
pub struct ListItem {
    /// Where it starts.
    pub start: u32,
    /// Its own text as inline Markdown, without what stands in braces behind it.
    pub markdown: String,
    /// The same as plain text.
    pub text: String,
    /// Where that is.
    pub span: Span,
    /// What stands in braces behind it, and where.
    pub braces: Vec<Attribute>,
    /// The braces with the space before them.
    pub braces_span: Option<Span>,
    /// Whether it can be ticked off.
    pub is_task: bool,
    /// The items below it.
    pub items: Vec<Self>,
}

/// Reads lists, for those whose items may end with braces.
pub struct Lists<'a> {
    pub source: &'a str,
    pub path: &'a BookPath,
    pub reports: &'a mut Vec<Diagnostic>,
    /// Whether items may end with braces.
    pub with_braces: bool,
}

impl Lists<'_> {
    /// The lists among `steps` that stand in no other list.
    pub fn read(&mut self, all: &[Step<'_>], steps: &[usize]) -> Vec<List> {
        let mut lists = Vec::new();
        let mut at = 0;
        while let Some(&step) = steps.get(at) {
            at += 1;
            if let (Item::Event(Event::Start(Tag::List(_))), range) = &all[step] {
                let items = self.items(all, steps, &mut at);
                lists.push(List { span: Span::new(range.clone()), items });
            }
        }
        lists
    }

    /// The items of a list whose start has been passed, up to its end.
    fn items(&mut self, all: &[Step<'_>], steps: &[usize], at: &mut usize) -> Vec<ListItem> {
        let mut items = Vec::new();
        while let Some(&step) = steps.get(*at) {
            *at += 1;
            match &all[step] {
                (Item::Event(Event::End(TagEnd::List(_))), _) => break,
                (Item::Event(Event::Start(Tag::Item)), range) => {
                    let start = Span::new(range.clone()).start;
                    items.push(self.item(all, steps, at, start));
                }
                _ => {}
            }
        }
        items
    }

    fn item(&mut self, all: &[Step<'_>], steps: &[usize], at: &mut usize, start: u32) -> ListItem {
        let mut own: Vec<usize> = Vec::new();
        let mut below = Vec::new();
        let mut is_task = false;
        while let Some(&step) = steps.get(*at) {
            *at += 1;
            match &all[step].0 {
                Item::Event(Event::End(TagEnd::Item)) => break,
                Item::Event(Event::Start(Tag::List(_))) => below.extend(self.items(all, steps, at)),
                Item::Event(Event::TaskListMarker(_)) => is_task = true,
                _ if below.is_empty() => own.push(step),
                _ => {}
            }
        }
        let inline = |step: &&usize| match &all[**step].0 {
            Item::Event(Event::Start(tag)) => is_inline(tag.to_end()),
            Item::Event(Event::End(tag)) => is_inline(*tag),
            Item::Event(Event::SoftBreak | Event::HardBreak) => false,
            Item::Event(_) | Item::OpenMark(_) | Item::CloseMark(_) => true,
            Item::Fence(_) => false,
        };
        let first = own.iter().find(inline).map_or(start as usize, |&step| all[step].1.start);
        let last = own.iter().rev().find(inline).map_or(first, |&step| all[step].1.end);
        let written = self.source.get(first..last).unwrap_or("");
        let (braces, braces_span) = self.braces(written, first);
        let end = braces_span.map_or(last, |span| span.start as usize);
        let kept = own.iter().map(|&step| &all[step]).filter(|(_, range)| range.start < end);
        let mut text = Prose::of(kept).text;
        if braces_span.is_some() {
            // The last run may hold the braces too.
            if let Some(cut) = text.rfind('{') {
                text.truncate(text[..cut].trim_end().len());
            }
        }
        let written = self.source.get(first..end).unwrap_or("");
        // Of one line as it is, so that places in it are places on the page.
        let markdown = match written.contains(['\n', '\r']) {
            true => written.split_whitespace().collect::<Vec<_>>().join(" "),
            false => written.to_owned(),
        };
        ListItem {
            start,
            markdown,
            text,
            span: Span::new(first..end.max(first)),
            braces,
            braces_span,
            is_task,
            items: below,
        }
    }

    /// The attributes in braces that `written` ends with, which stands at `offset`.
    fn braces(&mut self, written: &str, offset: usize) -> (Vec<Attribute>, Option<Span>) {
        let none = (Vec::new(), None);
        let trimmed = written.trim_end();
        if !self.with_braces || !trimmed.ends_with('}') {
            return none;
        }
        let mut refused = None;
        for (open, _) in trimmed.rmatch_indices('{') {
            if !trimmed[..open].ends_with([' ', '\t', '\n']) {
                continue;
            }
            let inside = &trimmed[open + 1..trimmed.len() - 1];
            match attributes::parse(inside, offset + open + 1) {
                Ok(mut found) => {
                    let mut start = trimmed[..open].trim_end().len();
                    let mut first = None;
                    while let Some((before, attributes)) = last_braces(&trimmed[..start], offset) {
                        found.extend(attributes);
                        first = Some(Span::new(offset + before..offset + start));
                        start = trimmed[..before].trim_end().len();
                    }
                    if let Some(first) = first {
                        self.reports.push(catalog::item_braces_twice(Place::at(self.path, first)));
                    }
                    return (found, Some(Span::new(offset + start..offset + trimmed.len())));
                }
                Err(problem) => refused = refused.or(Some(problem)),
            }
        }
        if let Some(refused) = refused {
            self.reports.push(catalog::directive_syntax(Place::at(self.path, refused.span), refused.message));
        }
        none
    }
}

/// The braces that `written`, which stands at `offset`, ends with: where they open, and what they hold.
fn last_braces(written: &str, offset: usize) -> Option<(usize, Vec<Attribute>)> {
    let inside = written.strip_suffix('}')?;
    let open = inside.rfind('{').filter(|open| inside[..*open].ends_with([' ', '\t', '\n']))?;
    Some((open, attributes::parse(&inside[open + 1..], offset + open + 1).ok()?))
}
