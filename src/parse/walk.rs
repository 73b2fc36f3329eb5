//! Collects the facts of one page from the walk over its items: headings, links, samples, ids, footnotes,
//! and what stands in a place where it means nothing.

use std::collections::HashMap;
use std::ops::Range;

use super::ids::{self, Anchor, Footnotes};
use super::links::{classify, target_span};
use super::raw::RawHtml;
use super::{Reports, alerts, at, first_line, headings, mdbook, practice, sample};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::catalog;
use crate::markdown::directive::{Directive, Kind};
use crate::markdown::fence::FenceLine;
use crate::markdown::plain;
use crate::markdown::walk::{CodeBlockKind, Event, Found, Item, LinkType, MarkdownOptions, Tag, TagEnd};
use crate::model::parsed::{Heading, LinkKind, RawLink, RawTarget, Sample};
use crate::model::slug::Slugger;

/// The facts found so far.
pub struct Walker<'a> {
    path: &'a BookPath,
    text: &'a str,
    options: MarkdownOptions,
    fences: &'a [FenceLine],
    reports: Reports<'a>,
    /// By fence line: the directive that it opens or closes.
    opens: HashMap<usize, usize>,
    closes: HashMap<usize, usize>,
    directives: &'a [Directive],
    /// The open CommonMark containers, and the open directives with the depth they opened at.
    depth: usize,
    footnote_depth: usize,
    open: Vec<OpenDirective>,
    /// Those of `open` whose container has not ended.
    staying: Vec<usize>,
    slugger: Slugger,
    heading: Option<OpenHeading>,
    heading_ids: HashMap<String, Span>,
    code: Option<OpenCode>,
    html: Option<RawHtml>,
    /// Where quotes and lists would nest too deep.
    too_deep: Vec<usize>,
    /// The open links, with whether anything can be seen in them yet.
    links: Vec<(Span, bool)>,
    anchors: Vec<Anchor>,
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
    pub mentions: Vec<String>,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    span: Span,
}

struct OpenCode {
    fenced: bool,
    span: Span,
    text: String,
    /// Where its text starts, and ends so far.
    start: Option<usize>,
    end: usize,
    /// How much had been reported before it.
    reported: usize,
}

/// A directive, and the number of containers it stands in.
struct OpenDirective {
    directive: usize,
    depth: usize,
    /// That container has ended.
    left: bool,
    is_empty: bool,
}

impl<'a> Walker<'a> {
    pub fn new(
        path: &'a BookPath,
        text: &'a str,
        options: MarkdownOptions,
        fences: &'a [FenceLine],
        directives: &'a [Directive],
        reports: Reports<'a>,
    ) -> Self {
        let opens = directives.iter().enumerate().map(|(index, directive)| (directive.open, index)).collect();
        let closes =
            directives.iter().enumerate().filter_map(|(index, directive)| Some((directive.close?, index))).collect();
        let mut slugger = Slugger::default();
        practice::reserve_ids(directives, &mut slugger);
        Self {
            path,
            text,
            options,
            fences,
            reports,
            opens,
            closes,
            directives,
            depth: 0,
            footnote_depth: 0,
            open: Vec::new(),
            staying: Vec::new(),
            slugger,
            heading: None,
            heading_ids: HashMap::new(),
            code: None,
            html: None,
            too_deep: plain::too_deep(text, 0),
            links: Vec::new(),
            anchors: Vec::new(),
            footnotes: Footnotes::default(),
            facts: Facts::default(),
        }
    }

    /// Takes one item of the walk.
    pub fn step(&mut self, item: Item<'_>, range: Range<usize>) {
        match item {
            Item::Fence(index) => self.fence(index),
            Item::OpenMark(_) | Item::CloseMark(_) => {}
            Item::Event(event) => self.event(event, Span::new(range)),
        }
    }

    fn fence(&mut self, index: usize) {
        let line = self.fences[index].span;
        if self.footnote_depth > 0 {
            self.reports.push(catalog::directive_inside_footnote(at(self.path, line)));
        }
        if let Some(&directive) = self.opens.get(&index) {
            self.fill();
            if let Some(id) = &self.directives[directive].id {
                self.anchors.push(Anchor { id: id.clone(), tag: None });
            }
            if !self.directives[directive].is_leaf() {
                self.staying.push(self.open.len());
                self.open.push(OpenDirective { directive, depth: self.depth, left: false, is_empty: true });
            }
        } else if let Some(&directive) = self.closes.get(&index) {
            while let Some(open) = self.open.pop() {
                self.staying.pop_if(|at| *at == self.open.len());
                if open.directive == directive {
                    let Directive { kind, name, open: opening, parent, .. } = &self.directives[directive];
                    // One in the wrong place was reported.
                    let is_placed = kind.holds().is_some()
                        || parent.is_some_and(|parent| matches!(self.directives[parent].kind, Kind::Compare));
                    if open.left || open.depth != self.depth {
                        let opened = at(self.path, self.fences[*opening].span);
                        self.reports.push(catalog::directive_crossing(at(self.path, line), &name.value, opened));
                    } else if let Some(wanted) = kind.must_hold().filter(|_| open.is_empty && is_placed) {
                        self.reports.push(catalog::directive_empty(at(self.path, name.span), &name.value, wanted));
                    }
                    break;
                }
            }
        }
    }

    /// The innermost directive is not empty.
    fn fill(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.is_empty = false;
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if !matches!(event, Event::End(_) | Event::SoftBreak | Event::HardBreak) {
            self.fill();
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.check_mdbook(&text, span);
                self.text(&text, span);
            }
            Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            Event::Html(text) => {
                if text.trim_start().starts_with(":::") {
                    let line = first_line(span.slice(self.text)).trim_end();
                    let line = Span::new(span.start as usize..span.start as usize + line.len());
                    self.reports.push(catalog::directive_inside_html(at(self.path, line), text.trim()));
                }
                match &mut self.html {
                    Some(block) => block.push(&text, span),
                    None => self.inline_html(&text, span),
                }
            }
            Event::InlineHtml(text) => {
                self.see();
                self.inline_html(&text, span);
            }
            Event::FootnoteReference(name) => self.footnotes.used.push(Spanned::new(name.into_string(), span)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        match &mut self.code {
            Some(code) => {
                code.start.get_or_insert(span.start as usize);
                code.end = code.end.max(span.end as usize);
                code.text.push_str(text);
            }
            None => {
                self.deep(span);
                if text.starts_with(":::") {
                    self.colons(span);
                }
                self.words(text);
            }
        }
    }

    /// What would have nested too deep.
    fn deep(&mut self, span: Span) {
        let first = self.too_deep.partition_point(|at| *at < span.start as usize);
        for &at in self.too_deep[first..].iter().take_while(|at| **at < span.end as usize) {
            self.reports.push(catalog::too_deep(super::at(self.path, Span::new(at..at + 1))));
        }
    }

    /// mdBook's helpers, which would be published as they stand.
    fn check_mdbook(&mut self, text: &str, span: Span) {
        // Outside code the backslash of an escape is not part of the text.
        if self.code.is_none() && self.text[..span.start as usize].ends_with('\\') {
            return;
        }
        let reports =
            mdbook::helpers(text, span.start as usize).map(|place| catalog::mdbook_template(at(self.path, place)));
        self.reports.extend(reports);
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
            Tag::BlockQuote(None) => self.reports.extend(alerts::plain_quote(self.text, span, self.path)),
            Tag::CodeBlock(kind) => {
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                if fenced {
                    self.facts.samples.push(sample::open(self.text, span, self.options, self.path, self.reports));
                }
                let reported = self.reports.len();
                self.code = Some(OpenCode { fenced, span, text: String::new(), start: None, end: 0, reported });
            }
            Tag::HtmlBlock => self.html = Some(RawHtml::default()),
            Tag::FootnoteDefinition(name) => {
                self.footnote_depth += 1;
                // The label of `[^label]: …`.
                let start = span.start as usize + 2;
                let label = Span::new(start..start + name.len());
                let name_span = if label.slice(self.text) == &*name { label } else { span };
                self.footnotes.defined.push(Spanned::new(name.into_string(), name_span));
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.links.push((span, false));
                self.link(LinkKind::Link, link_type, &dest_url, span);
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.see();
                self.link(LinkKind::Image, link_type, &dest_url, span);
            }
            _ => {}
        }
        self.depth += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        while let Some(at) = self.staying.pop_if(|at| self.open[*at].depth >= self.depth) {
            self.open[at].left = true;
        }
        self.depth -= 1;
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html.take() {
                    self.html(&block);
                }
            }
            TagEnd::FootnoteDefinition => self.footnote_depth -= 1,
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take().filter(|code| code.fenced)
                    && let Some(sample) = self.facts.samples.last_mut()
                {
                    if mdbook::include(&mut sample.info, &code.text, code.start.unwrap_or(0)) {
                        self.reports.truncate(code.reported);
                    }
                    sample::close(sample, &code.text, self.path, self.reports);
                    let open = || taken(&self.open, self.directives, self.fences, &code.text);
                    sample::check_closed(sample, self.text, code.span, code.end, open, self.path, self.reports);
                }
            }
            TagEnd::Link => {
                if let Some((span, false)) = self.links.pop() {
                    self.reports.push(catalog::empty_text(at(self.path, span)));
                }
            }
            _ => {}
        }
    }

    /// Words that a reader sees.
    fn words(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.see();
        }
        self.heading_text(text);
    }

    /// Something can be seen in the open links.
    fn see(&mut self) {
        for (_, seen) in &mut self.links {
            *seen = true;
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
        let marker = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
        if self.text[..start].trim_end_matches(marker).chars().next_back().is_none_or(|c| matches!(c, '\n' | '\r')) {
            let length = first_line(&self.text[start..]).trim_end().len();
            self.reports.push(catalog::directive_not_alone(at(self.path, Span::new(start..start + length))));
        }
    }

    /// What stands directly in a directive that wants something else.
    fn check_parent(&mut self, tag: &Tag<'_>, span: Span) {
        let Some(&OpenDirective { directive, depth, left: false, .. }) = self.open.last() else { return };
        let Directive { kind, name, .. } = &self.directives[directive];
        // What follows one that is never closed was not meant to stand in it.
        let is_its = depth == self.depth && self.directives[directive].is_closed(self.fences);
        let Some(wanted) = kind.holds().filter(|_| is_its) else { return };
        if matches!((kind, tag), (Kind::Steps, Tag::List(Some(_))) | (Kind::Cards, Tag::List(_)) | (Kind::Figure, _)) {
            return;
        }
        let line = Span::new(span.start as usize..span.start as usize + first_line(span.slice(self.text)).len());
        self.reports.push(catalog::directive_wrong_content(at(self.path, line), &name.value, wanted));
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let text = heading.text.trim().to_owned();
        let id_span = headings::id_span(self.text, heading.span, heading.id.as_deref());
        headings::check_braces(self.text, heading.span, &text, self.path, self.reports);
        let id = match heading.id {
            Some(id) => {
                self.slugger.reserve(&id);
                if let Some(&first) = self.heading_ids.get(&id) {
                    let first = at(self.path, first);
                    self.reports.push(catalog::duplicate_id(at(self.path, id_span), &id, first));
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
        self.heading_ids.entry(id.clone()).or_insert(id_span);
        self.facts.headings.push(Heading { level: heading.level, id, text, span, id_span });
    }

    fn link(&mut self, kind: LinkKind, link_type: LinkType, target: &str, span: Span) {
        let reported = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let raw = match link_type {
            LinkType::Email => RawTarget::Outside(format!("mailto:{target}")),
            _ => classify(target),
        };
        let what = if kind == LinkKind::Image { "image" } else { "link" };
        if target.is_empty() && link_type == LinkType::Inline {
            self.reports.push(catalog::empty_target(at(self.path, span), what));
        }
        let span = target_span(self.text, span, target);
        if kind == LinkKind::Image
            && let RawTarget::Outside(address) = &raw
            && !address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
        {
            self.reports.push(catalog::image_remote(at(self.path, span)));
        }
        self.facts.links.push(RawLink { kind, target: raw, span, reported });
    }

    fn inline_html(&mut self, text: &str, span: Span) {
        let mut tag = RawHtml::default();
        tag.push(text, span);
        self.html(&tag);
    }

    fn html(&mut self, html: &RawHtml) {
        let facts = html.read(self.path, self.reports);
        self.anchors.extend(facts.anchors.into_iter().map(|(id, tag)| Anchor { id, tag: Some(tag) }));
        self.facts.links.extend(facts.links);
        self.facts.mentions.extend(facts.mentions);
    }

    /// The facts, once the walk is over.
    pub fn finish(mut self, found: &Found) -> Facts {
        self.footnotes.check_undefined(&found.undefined, self.path, self.reports);
        self.footnotes.check(self.path, self.reports);
        self.facts.anchors = ids::check(self.text, &self.facts.headings, self.anchors, self.path, self.reports);
        self.facts
    }
}

/// The open directives that nothing closes, if lines of colons are in `code`.
fn taken<'d>(
    open: &[OpenDirective],
    directives: &'d [Directive],
    fences: &[FenceLine],
    code: &str,
) -> Vec<(&'d str, Span)> {
    if !code.lines().any(|line| line.trim_start().starts_with(":::")) {
        return Vec::new();
    }
    let unclosed = open.iter().map(|open| &directives[open.directive]).filter(|directive| directive.close.is_none());
    unclosed.map(|directive| (directive.name.value.as_str(), fences[directive.open].span)).collect()
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::reported;

    fn one(code: &'static str, part: &str) -> Vec<(&'static str, String)> {
        vec![(code, part.to_owned())]
    }

    #[test]
    fn links_that_lead_nowhere_or_show_nothing() {
        assert_eq!(reported("[e]()\n"), one("link/empty-target", "[e]()"));
        assert_eq!(reported("![e]()\n"), one("link/empty-target", "![e]()"));
        assert_eq!(reported("x [](x.md)\n"), one("link/empty-text", "[](x.md)"));
        assert_eq!(reported("[e](#) [![x](a.png)](x.md) [`c`](x.md) [<i class=a></i>](x.md)\n"), []);
    }

    #[test]
    fn images_of_other_sites_are_blocked() {
        assert_eq!(reported("![e](https://a.b/c.png)\n"), one("image/remote", "https://a.b/c.png"));
        assert_eq!(reported("![e](data:image/png;base64,x) [e](https://a.b/c.png)\n"), []);
    }

    #[test]
    fn a_nearly_known_alert_is_reported() {
        assert_eq!(reported("> [!NOTTE]\n> x\n"), one("alert/unknown", "[!NOTTE]"));
        assert_eq!(reported("> [!NOTE]\n> x\n\n> [!QUESTION]\n> x\n\n> [x]: y\n\n[x]\n"), []);
    }

    #[test]
    fn a_directive_closes_in_the_container_it_opened_in() {
        for text in ["1. a\n   :::note\n2. b\n   :::\n", "1. a\n   :::note\n\n:::\n", ":::note\n1. a\n   :::\n"] {
            assert_eq!(reported(text).first().map(|report| report.0), Some("directive/crossing"), "{text}");
        }
        assert_eq!(reported("1. a\n   :::note\n   - b\n   :::\n2. c\n"), []);
    }

    #[test]
    fn directives_that_want_something_are_not_empty() {
        for name in ["tabs", "compare", "steps", "cards", "figure[A]"] {
            assert_eq!(
                reported(&format!(":::{name}\n\n:::\n")),
                one("directive/misplaced", name.trim_end_matches("[A]"))
            );
        }
        assert_eq!(reported("::::tabs\n:::tab[A]\n:::\n::::\n\n:::steps\n1. a\n:::\n\n:::note\n:::\n"), []);
    }
}
