//! What practice directives mean for the text that is being written: where parts start, what is left out, what can be
//! ticked off. Follows the walk from start to end.

use std::ops::Range;

use crate::markdown::walk::{Event, Item, Tag};
use crate::model::practice::{Label, Layout, Tick};

/// How far the walk has come.
pub struct Cursor<'a> {
    layout: &'a Layout,
    labels: usize,
    taken: usize,
    ticks: usize,
    /// The item that is being written can be ticked off.
    pub tick: Option<&'a Tick>,
    /// How many minutes it takes, until that is written.
    minutes: Option<u32>,
    /// What was written last ends where something is left out.
    pub is_cut: bool,
    /// What comes next stands behind a label, and starts with a space.
    pub is_behind_label: bool,
}

impl<'a> Cursor<'a> {
    /// At the start of the text.
    pub fn new(layout: &'a Layout) -> Self {
        Self { layout, labels: 0, taken: 0, ticks: 0, tick: None, minutes: None, is_cut: false, is_behind_label: false }
    }

    /// Whether what starts at `at` is left out.
    pub fn takes(&mut self, at: usize) -> bool {
        while self.layout.taken.get(self.taken).is_some_and(|span| span.end as usize <= at) {
            self.taken += 1;
        }
        self.layout.taken.get(self.taken).is_some_and(|span| span.start as usize <= at)
    }

    /// The part of a text, which is written at `range`, that is not left out.
    pub fn kept<'t>(&mut self, text: &'t str, range: &Range<usize>) -> &'t str {
        let text = if std::mem::take(&mut self.is_behind_label) {
            text.strip_prefix([':', '.']).unwrap_or(text).trim_start()
        } else {
            text
        };
        let Some(span) = self.layout.taken.get(self.taken) else { return text };
        let cut = span.start as usize;
        if !range.contains(&cut) {
            return text;
        }
        // Counted from the end, since a label may have been taken off the start.
        let behind = range.end - cut;
        self.is_cut = true;
        let kept = text.len().checked_sub(behind).and_then(|length| text.get(..length));
        kept.unwrap_or_else(|| text.rsplit_once('{').map_or(text, |(kept, _)| kept.trim_end()))
    }

    /// How many minutes the item takes, once, behind its words: in the place of the braces that say so.
    pub fn minutes(&mut self) -> Option<u32> {
        if std::mem::take(&mut self.is_cut) { self.minutes.take() } else { None }
    }

    /// The label whose paragraph starts here.
    pub fn label(&mut self, item: &Item<'_>, at: usize) -> Option<Label> {
        while self.layout.labels.get(self.labels).is_some_and(|label| (label.paragraph as usize) < at) {
            self.labels += 1;
        }
        let label = self.layout.labels.get(self.labels).filter(|label| label.paragraph as usize == at)?;
        matches!(item, Item::Event(Event::Start(Tag::Paragraph))).then_some(*label)
    }

    /// What can be ticked off in the list item that starts here.
    pub fn start_item(&mut self, at: usize) -> Option<&'a Tick> {
        while self.layout.ticks.get(self.ticks).is_some_and(|tick| (tick.item as usize) < at) {
            self.ticks += 1;
        }
        self.tick = self.layout.ticks.get(self.ticks).filter(|tick| tick.item as usize == at);
        self.minutes = self.tick.and_then(|tick| tick.minutes);
        self.tick
    }
}
