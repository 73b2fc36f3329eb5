//! The walk over preparation material: where its directives and parts begin and end, and what the text leaves to typed
//! facts.

use std::ops::Range;

use super::events::is_task;
use super::html::{Step, Writer, attribute, escaped};
use super::practice::{self, Finished};
use super::raw;
use crate::markdown::practice::Practice;
use crate::markdown::walk::{CodeBlockKind, Event, Item, Tag, TagEnd};
use crate::model::strings::Strings;
use crate::model::view::MarkView;

impl Writer<'_, '_> {
    pub(super) fn close_practice(&mut self, directive: usize, practice: Practice) {
        // Each that is closed was opened, and closes before what is around it.
        let Some(frame) = self.frames.pop() else { return };
        let finished = frame.close(&mut self.out);
        let html = self.practice(directive, finished);
        let parent = self.parsed.directives[directive].parent;
        match self.frames.last_mut() {
            Some(outer) if Some(outer.directive) == parent && practice::is_placed(practice, outer.practice) => {
                outer.keep(practice.name(), html);
            }
            _ => self.block(&html),
        }
    }

    /// The HTML of a practice directive.
    pub(super) fn practice(&mut self, directive: usize, finished: Finished) -> String {
        let Some(view) = self.view.practice.get(&directive) else { return String::new() };
        finished.render(view, self.page.prose).unwrap_or_else(|problem| {
            self.page.problem.get_or_insert(problem);
            String::new()
        })
    }

    pub(super) fn mark(&mut self, mark: usize, write: fn(&mut String, &MarkView, &Strings)) {
        if let Some(view) = self.view.marks.get(mark) {
            write(&mut self.out, view, self.page.prose.strings);
        }
    }

    /// Starts the next part of a practice directive where a label stands; gives how many steps that takes.
    pub(super) fn label(&mut self, item: &Item<'_>, range: &Range<usize>, rest: &[Step<'_>]) -> Option<usize> {
        let label = self.layout.label(item, range.start)?;
        let frame = self.frames.last_mut().filter(|frame| frame.directive == label.directive)?;
        frame.next(label.name, &mut self.out);
        // The label in bold; and where nothing follows it, the paragraph too.
        if matches!(rest.get(3), Some((Item::Event(Event::End(TagEnd::Paragraph)), _))) {
            return Some(4);
        }
        self.block("<p>");
        self.openings.enter();
        self.layout.is_behind_label = true;
        Some(3)
    }

    /// Counts what the typed facts hold instead of the text.
    pub(super) fn pass(&mut self, item: &Item<'_>) {
        self.layout.is_cut = true;
        self.minutes();
        match item {
            Item::Event(Event::Start(Tag::Link { .. } | Tag::Image { .. })) => self.link += 1,
            Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))) => self.sample += 1,
            Item::Event(Event::Start(Tag::Heading { .. })) => self.heading += 1,
            Item::Event(Event::InlineHtml(html)) => self.link += raw::links(html),
            // A tag may go over several lines.
            Item::Event(Event::Start(Tag::HtmlBlock)) => self.html = Some(String::new()),
            Item::Event(Event::Html(text)) => match &mut self.html {
                Some(html) => html.push_str(text),
                None => self.link += raw::links(text),
            },
            Item::Event(Event::End(TagEnd::HtmlBlock)) => {
                self.link += self.html.take().map_or(0, |html| raw::links(&html));
            }
            _ => {}
        }
    }

    /// Starts a list item, which a reader may tick off.
    pub(super) fn start_item(&mut self, range: &Range<usize>, rest: &[Step<'_>]) {
        match self.layout.start_item(range.start) {
            Some(tick) => {
                let mut html = String::from("<li class=\"task\" data-key=\"");
                attribute(&mut html, &tick.key);
                self.block(&(html + "\">"));
            }
            None => self.block(if is_task(rest) { "<li class=\"task\">" } else { "<li>" }),
        }
    }

    /// How long the item takes whose braces stand here.
    pub(super) fn minutes(&mut self) {
        if let Some(minutes) = self.layout.minutes() {
            let words = self.page.prose.strings.fill("minutes", &[("minutes", &minutes.to_string())]);
            self.out.push_str(&format!(" <span class=\"minutes\">{}</span>", escaped(&words)));
        }
    }

    /// The box of a task: the author's, or one for the reader.
    pub(super) fn task(&mut self, done: bool) {
        if let Some(tick) = self.layout.tick.take() {
            self.out.push_str("<input type=\"checkbox\" aria-label=\"");
            attribute(&mut self.out, &tick.text);
            self.out.push_str("\"> ");
            return;
        }
        let strings = self.page.prose.strings;
        let (state, label) =
            if done { (" checked", strings.text("task_done")) } else { ("", strings.text("task_open")) };
        self.out.push_str(&format!("<input type=\"checkbox\" disabled{state} aria-label=\""));
        attribute(&mut self.out, label);
        self.out.push_str("\"> ");
    }
}
