//! The general directives to HTML: what stands before and behind their bodies.

use std::collections::HashMap;

use super::Prose;
use super::html::{attribute, code_span, escaped};
use crate::markdown::directive::{Callout, Directive, Kind};
use crate::markdown::walk::{Event, Item, MarkdownOptions, Tag, TagEnd, walk};
use crate::model::parsed::Parsed;
use crate::model::strings::Strings;

/// What a fence line does; the number is the directive's.
#[derive(Clone, Copy, Debug)]
pub enum Edge {
    /// It opens a directive.
    Open(usize),
    /// It closes a directive.
    Close(usize),
}

/// What each fence line of a page does.
pub fn edges(parsed: &Parsed) -> HashMap<usize, Edge> {
    let mut edges = HashMap::new();
    for (index, directive) in parsed.directives.iter().enumerate() {
        edges.insert(directive.open, Edge::Open(index));
        if let Some(close) = directive.close {
            edges.insert(close, Edge::Close(index));
        }
    }
    edges
}

/// The directives that are open while a document is written. Each closes in the container that it opened
/// in, whatever its fence lines say, so that elements always nest.
#[derive(Default)]
pub struct Openings {
    /// Each with the number of containers it stands in.
    open: Vec<(usize, usize)>,
    depth: usize,
}

impl Openings {
    /// A container starts.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// A container ends: the directives that must close before, innermost first.
    pub fn leave(&mut self) -> Vec<usize> {
        // Those that are open stand in ever deeper containers.
        let first = self.open.partition_point(|&(_, depth)| depth < self.depth);
        self.depth -= 1;
        self.open.drain(first..).rev().map(|(directive, _)| directive).collect()
    }

    /// A directive opens.
    pub fn open(&mut self, directive: usize) {
        self.open.push((directive, self.depth));
    }

    /// A fence line closes a directive: that and those in it, innermost first. None when the line stands
    /// in another container.
    pub fn close(&mut self, directive: usize) -> Vec<usize> {
        // Directives are numbered in the order they open in.
        match self.open.binary_search(&(directive, self.depth)) {
            Ok(first) => self.open.drain(first..).rev().map(|(directive, _)| directive).collect(),
            Err(_) => Vec::new(),
        }
    }

    /// The document ends: all that are open, innermost first.
    pub fn all(&mut self) -> Vec<usize> {
        self.open.drain(..).rev().map(|(directive, _)| directive).collect()
    }

    /// Whether what comes now stands directly in a directive.
    pub fn are_around(&self) -> bool {
        self.open.last().is_some_and(|&(_, depth)| depth == self.depth)
    }
}

/// A title as inline HTML. Links lose their targets, since a title often is inside a control already, and
/// raw HTML is text.
pub fn inline(title: &str, options: MarkdownOptions) -> String {
    // A title is one line of text even if it looks like a list or a heading: nothing is that behind a
    // character reference.
    let text = format!("&#32;{title}");
    let mut out = String::new();
    for (item, _) in walk(&text, 0, &[], options) {
        match item {
            Item::Event(Event::Text(text) | Event::InlineHtml(text) | Event::Html(text)) => {
                out.push_str(&escaped(&text));
            }
            Item::Event(Event::Code(text)) => code_span(&mut out, &text),
            Item::Event(Event::SoftBreak | Event::HardBreak) => out.push(' '),
            Item::Event(Event::Start(Tag::Emphasis)) => out.push_str("<em>"),
            Item::Event(Event::End(TagEnd::Emphasis)) => out.push_str("</em>"),
            Item::Event(Event::Start(Tag::Strong)) => out.push_str("<strong>"),
            Item::Event(Event::End(TagEnd::Strong)) => out.push_str("</strong>"),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Writes what stands before a directive's body.
pub fn open(out: &mut String, directive: &Directive, prose: &Prose<'_>) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let own = directive.title.as_ref().map(|title| inline(&title.value, prose.options));
    let strings = prose.strings;
    let title = |default: &str| own.clone().unwrap_or_else(|| escaped(default));
    let id = directive.id.as_ref().map_or(String::new(), |id| {
        let mut html = String::from(" id=\"");
        attribute(&mut html, &id.value);
        html + "\""
    });
    let html = match &directive.kind {
        Kind::Callout { callout, cram } => {
            let marks = if *cram { id + " data-cram" } else { id };
            open_callout(out, *callout, own.as_deref(), &marks, strings);
            return;
        }
        Kind::Figure => format!("<figure{id}>\n"),
        Kind::Details { open } => {
            let open = if *open { " open" } else { "" };
            format!("<details class=\"details\"{id}{open}><summary>{}</summary>\n", title(strings.text("details")))
        }
        Kind::Tabs { key } => {
            let key = key.as_ref().map_or(String::new(), |key| {
                let mut html = String::from(" data-key=\"");
                attribute(&mut html, key);
                html + "\""
            });
            format!("<div class=\"tabs\"{id}{key}>\n")
        }
        Kind::Tab => {
            let mut name = String::new();
            attribute(&mut name, directive.title.as_ref().map_or("", |title| &title.value));
            format!("<section class=\"tab\"{id} data-tab=\"{name}\"><p class=\"tab-title\">{}</p>\n", title(""))
        }
        Kind::Steps => format!("<div class=\"steps\"{id}>\n"),
        Kind::Cards => format!("<div class=\"cards\"{id}>\n"),
        Kind::Compare => format!("<div class=\"compare\"{id}>\n"),
        Kind::Weak => format!(
            "<section class=\"weak\"{id}><p class=\"compare-title\">{}</p>\n",
            title(strings.text("compare_weak"))
        ),
        Kind::Strong => {
            format!(
                "<section class=\"strong\"{id}><p class=\"compare-title\">{}</p>\n",
                title(strings.text("compare_strong"))
            )
        }
        Kind::Include { .. } | Kind::Practice(_) => return,
        Kind::Unknown => format!("<div{id}>\n"),
    };
    out.push_str(&html);
}

/// Writes what stands behind a directive's body.
pub fn close(out: &mut String, directive: &Directive, options: MarkdownOptions) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if let (Kind::Figure, Some(caption)) = (&directive.kind, &directive.title) {
        out.push_str(&format!("<figcaption>{}</figcaption>\n", inline(&caption.value, options)));
    }
    out.push_str(match directive.kind {
        Kind::Figure => "</figure>\n",
        Kind::Details { .. } => "</details>\n",
        Kind::Tab | Kind::Weak | Kind::Strong => "</section>\n",
        Kind::Include { .. } | Kind::Practice(_) => "",
        Kind::Callout { .. } | Kind::Tabs { .. } | Kind::Steps | Kind::Cards | Kind::Compare | Kind::Unknown => {
            "</div>\n"
        }
    });
}

/// Opens a callout; `title` is HTML, `marks` are attributes, each with a leading space.
pub fn open_callout(out: &mut String, callout: Callout, title: Option<&str>, marks: &str, strings: &Strings) {
    let name = callout.name();
    let default = escaped(strings.text(&format!("callout_{name}")));
    let title = title.unwrap_or(&default);
    out.push_str(&format!(
        "<div class=\"callout {name}\" role=\"note\"{marks}><p class=\"callout-title\">{title}</p>\n"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_lines_of_text() {
        for (title, html) in [
            ("A & <b>", "A &amp; &lt;b&gt;"),
            ("<b>", "&lt;b&gt;"),
            ("1. First", "1. First"),
            ("# `a` _b_ **c**", "# <code>a</code> <em>b</em> <strong>c</strong>"),
            ("[x](y) www.a.b", "x www.a.b"),
        ] {
            assert_eq!(inline(title, MarkdownOptions::default()), html);
        }
    }

    #[test]
    fn directives_close_in_their_containers() {
        let mut openings = Openings::default();
        openings.open(0);
        openings.enter();
        openings.open(1);
        openings.open(2);
        assert!(openings.are_around());
        assert!(openings.close(0).is_empty());
        assert_eq!(openings.leave(), [2, 1]);
        assert_eq!(openings.close(0), [0]);
        openings.open(3);
        assert_eq!(openings.all(), [3]);
        assert!(!openings.are_around());
    }
}
