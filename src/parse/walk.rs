//! Collects the facts of one page from the walk over its items: headings, links, samples, ids, footnotes,
//! and what stands in a place where it means nothing.

use std::collections::HashMap;
use std::ops::Range;

use super::links::{classify, target_span};
use super::{Reports, at};
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::catalog;
use crate::highlight;
use crate::markdown::directive::{Directive, Kind};
use crate::markdown::fence::FenceLine;
use crate::markdown::html::{self, Role};
use crate::markdown::info;
use crate::markdown::walk::{CodeBlockKind, Event, Found, Item, LinkType, Tag, TagEnd};
use crate::model::parsed::{Heading, LinkKind, RawLink, Sample};
use crate::model::slug::Slugger;

/// The facts found so far.
pub struct Walker<'a> {
    path: &'a BookPath,
    text: &'a str,
    fences: &'a [FenceLine],
    reports: Reports<'a>,
    /// By fence line: the directive that it opens or closes.
    opens: HashMap<usize, usize>,
    closes: HashMap<usize, usize>,
    directives: &'a [Directive],
    /// The open CommonMark containers, and the open directives with the depth they opened at.
    depth: usize,
    footnote_depth: usize,
    in_code: bool,
    open: Vec<(usize, usize)>,
    slugger: Slugger,
    heading: Option<OpenHeading>,
    html: Option<HtmlBlock>,
    footnotes: Footnotes,
    facts: Facts,
}

/// What the walk collects.
#[derive(Default)]
pub struct Facts {
    pub title: Option<String>,
    pub headings: Vec<Heading>,
    pub anchors: Vec<Spanned<String>>,
    pub links: Vec<RawLink>,
    pub samples: Vec<Sample>,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    span: Span,
}

/// The lines of one block of raw HTML and where each starts in the page.
#[derive(Default)]
struct HtmlBlock {
    text: String,
    pieces: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Footnotes {
    defined: Vec<Spanned<String>>,
    used: Vec<Spanned<String>>,
}

impl<'a> Walker<'a> {
    pub fn new(
        path: &'a BookPath,
        text: &'a str,
        fences: &'a [FenceLine],
        directives: &'a [Directive],
        reports: Reports<'a>,
    ) -> Self {
        let opens = directives.iter().enumerate().map(|(index, directive)| (directive.open, index)).collect();
        let closes =
            directives.iter().enumerate().filter_map(|(index, directive)| Some((directive.close?, index))).collect();
        Self {
            path,
            text,
            fences,
            reports,
            opens,
            closes,
            directives,
            depth: 0,
            footnote_depth: 0,
            in_code: false,
            open: Vec::new(),
            slugger: Slugger::default(),
            heading: None,
            html: None,
            footnotes: Footnotes::default(),
            facts: Facts::default(),
        }
    }

    /// Takes one item of the walk.
    pub fn step(&mut self, item: Item<'_>, range: Range<usize>) {
        match item {
            Item::Fence(index) => self.fence(index),
            Item::Event(event) => self.event(event, Span::new(range)),
        }
    }

    fn fence(&mut self, index: usize) {
        let line = self.fences[index].span;
        if self.footnote_depth > 0 {
            self.reports.push(catalog::directive_inside_footnote(at(self.path, line)));
        }
        if let Some(&directive) = self.opens.get(&index) {
            if let Some(id) = &self.directives[directive].id {
                self.facts.anchors.push(id.clone());
            }
            if self.directives[directive].include().is_none() {
                self.open.push((directive, self.depth));
            }
        } else if let Some(&directive) = self.closes.get(&index) {
            while let Some((inner, depth)) = self.open.pop() {
                if inner == directive {
                    if depth != self.depth {
                        let opened = at(self.path, self.fences[self.directives[directive].open].span);
                        let name = &self.directives[directive].name.value;
                        self.reports.push(catalog::directive_crossing(at(self.path, line), name, opened));
                    }
                    break;
                }
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if text.starts_with(":::") {
                    self.colons(span);
                }
                self.heading_text(&text);
            }
            Event::Code(text) => self.heading_text(&text),
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            Event::Html(text) => {
                if text.trim_start().starts_with(":::") {
                    let line = first_line(span.slice(self.text)).trim_end();
                    let line = Span::new(span.start as usize..span.start as usize + line.len());
                    self.reports.push(catalog::directive_inside_html(at(self.path, line)));
                }
                match &mut self.html {
                    Some(block) => block.push(&text, span),
                    None => self.html(&text, &[(0, span.start as usize)], span),
                }
            }
            Event::InlineHtml(text) => self.html(&text, &[(0, span.start as usize)], span),
            Event::FootnoteReference(name) => self.footnotes.used.push(Spanned::new(name.into_string(), span)),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        self.check_parent(&tag, span);
        match tag {
            Tag::Heading { level, id, .. } => {
                self.heading = Some(OpenHeading {
                    level: level as u8,
                    id: id.map(|id| id.into_string()),
                    text: String::new(),
                    span,
                });
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.sample(span);
                }
            }
            Tag::HtmlBlock => self.html = Some(HtmlBlock::default()),
            Tag::FootnoteDefinition(name) => {
                self.footnote_depth += 1;
                let name_span = target_span(self.text, Span::new(span.start as usize..span.end as usize), &name);
                self.footnotes.defined.push(Spanned::new(name.into_string(), name_span));
            }
            Tag::Link { link_type, dest_url, .. } => self.link(LinkKind::Link, link_type, &dest_url, span),
            Tag::Image { link_type, dest_url, .. } => self.link(LinkKind::Image, link_type, &dest_url, span),
            _ => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth -= 1;
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html.take() {
                    let start = block.pieces.first().map_or(0, |&(_, offset)| offset);
                    let end = block.pieces.last().map_or(0, |&(at, offset)| offset + block.text.len() - at);
                    self.html(&block.text, &block.pieces, Span::new(start..end));
                }
            }
            TagEnd::FootnoteDefinition => self.footnote_depth -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
    }

    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    /// Text that starts with three colons, with nothing but list and quote markers before it on its line,
    /// was meant to be a fence line.
    fn colons(&mut self, span: Span) {
        let start = span.start as usize;
        let line_start = self.text[..start].rfind(['\n', '\r']).map_or(0, |offset| offset + 1);
        let marker = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
        if !self.in_code && self.text[line_start..start].chars().all(marker) {
            let length = first_line(&self.text[start..]).trim_end().len();
            self.reports.push(catalog::directive_not_alone(at(self.path, Span::new(start..start + length))));
        }
    }

    /// What stands directly in a directive that wants something else: `tabs` holds tabs only, `steps` an
    /// ordered list, `cards` a list, `compare` its two halves.
    fn check_parent(&mut self, tag: &Tag<'_>, span: Span) {
        let Some(&(directive, depth)) = self.open.last() else { return };
        if depth != self.depth {
            return;
        }
        let wanted = match (&self.directives[directive].kind, tag) {
            (Kind::Steps, Tag::List(Some(_))) | (Kind::Cards, Tag::List(_)) => return,
            (Kind::Tabs { .. }, _) => "only :::tab[Title] directives",
            (Kind::Compare, _) => "only :::weak and :::strong directives",
            (Kind::Steps, _) => "one numbered list",
            (Kind::Cards, _) => "one list",
            _ => return,
        };
        let name = &self.directives[directive].name.value;
        let line = Span::new(span.start as usize..span.start as usize + first_line(span.slice(self.text)).len());
        self.reports.push(catalog::directive_wrong_content(at(self.path, line), name, wanted));
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let text = heading.text.trim().to_owned();
        let id = match heading.id {
            Some(id) => {
                self.slugger.reserve(&id);
                if self.facts.headings.iter().any(|other| other.id == id) {
                    self.reports.push(catalog::duplicate_id(at(self.path, heading.span), &id, None));
                }
                id
            }
            // An id must not be empty (HTML, section 3.2.6), whatever GitHub does with such a heading.
            None => match crate::model::slug::slug(&text) {
                slug if slug.is_empty() => self.slugger.reserve("section"),
                slug => self.slugger.reserve(&slug),
            },
        };
        let first_line = first_line(heading.span.slice(self.text)).trim_end().len();
        let start = heading.span.start as usize;
        let span = Span::new(start..start + first_line);
        if self.facts.headings.is_empty() && heading.level == 1 {
            self.facts.title = Some(text.clone()).filter(|title| !title.is_empty());
        }
        self.facts.headings.push(Heading { level: heading.level, id, text, span });
    }

    fn sample(&mut self, span: Span) {
        let source = span.slice(self.text);
        let line = first_line(source);
        let fence = line.trim_start_matches([' ', '\t']);
        let mark = fence.chars().next().unwrap_or('`');
        let info_text = fence.trim_start_matches(mark);
        let offset = span.start as usize + line.len() - info_text.len();
        let info = info::parse(info_text, offset, self.path, self.reports);
        if let Some(language) = &info.language
            && highlight::language(&language.value).is_none()
        {
            let near = nearest(&language.value, highlight::names());
            self.reports.push(catalog::unknown_language(at(self.path, language.span), &language.value, near));
        }
        let fence_line = Span::new(span.start as usize..span.start as usize + line.trim_end().len());
        self.facts.samples.push(Sample { info, span: fence_line });
    }

    fn link(&mut self, kind: LinkKind, link_type: LinkType, target: &str, span: Span) {
        let reported = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let raw = match link_type {
            LinkType::Email => crate::model::parsed::RawTarget::Outside(format!("mailto:{target}")),
            _ => classify(target),
        };
        let span = target_span(self.text, span, target);
        self.facts.links.push(RawLink { kind, target: raw, span, reported });
    }

    fn html(&mut self, text: &str, pieces: &[(usize, usize)], span: Span) {
        if !text.trim_start().starts_with("<!--") {
            self.reports.push(catalog::html_raw(at(self.path, span)));
        }
        for attribute in html::attributes(text) {
            let place = |offset: usize| {
                let piece = pieces.partition_point(|&(start, _)| start <= offset).max(1) - 1;
                pieces[piece].1 + offset - pieces[piece].0
            };
            let start = place(attribute.range.start);
            let span = Span::new(start..place(attribute.range.end).max(start));
            let kind = match html::role(&attribute) {
                Some(Role::Id) => {
                    self.facts.anchors.push(Spanned::new(attribute.value, span));
                    continue;
                }
                Some(Role::Link) => LinkKind::HtmlLink,
                Some(Role::Source) => LinkKind::HtmlSource,
                None => continue,
            };
            self.facts.links.push(RawLink { kind, target: classify(&attribute.value), span, reported: true });
        }
    }

    /// The facts, once the walk is over.
    pub fn finish(mut self, found: &Found) -> Facts {
        for undefined in &found.undefined {
            let place = at(self.path, undefined.span);
            self.reports.push(match undefined.label.strip_prefix('^') {
                Some(name) => {
                    let near = nearest(name, self.footnotes.defined.iter().map(|definition| definition.value.as_str()));
                    catalog::footnote_undefined(place, name, near)
                }
                None => catalog::undefined_reference(place, &undefined.label),
            });
        }
        self.check_footnotes();
        self.check_ids();
        self.facts
    }

    fn check_footnotes(&mut self) {
        let Footnotes { defined, used } = &self.footnotes;
        for (index, definition) in defined.iter().enumerate() {
            let name = &definition.value;
            if let Some(first) = defined[..index].iter().find(|other| other.value == *name) {
                let first = at(self.path, first.span);
                self.reports.push(catalog::footnote_duplicate(at(self.path, definition.span), name, first));
            } else if !used.iter().any(|reference| reference.value == *name) {
                self.reports.push(catalog::footnote_unused(at(self.path, definition.span), name));
            }
        }
    }

    fn check_ids(&mut self) {
        let mut places: HashMap<&str, Span> =
            self.facts.headings.iter().map(|heading| (heading.id.as_str(), heading.span)).collect();
        for anchor in &self.facts.anchors {
            if let Some(first) = places.insert(&anchor.value, anchor.span) {
                let place = at(self.path, anchor.span);
                self.reports.push(catalog::duplicate_id(place, &anchor.value, Some(at(self.path, first))));
            }
        }
    }
}

impl HtmlBlock {
    fn push(&mut self, text: &str, span: Span) {
        self.pieces.push((self.text.len(), span.start as usize));
        self.text.push_str(text);
    }
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}
