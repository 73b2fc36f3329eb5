//! The walk over a page's items to HTML. Numbers links, headings and samples as `parse` did, and takes
//! what they resolve to from the view.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::Prose;
use super::code::{self, Block};
use super::directives::{self, Edge, Openings};
use super::events::{callout, is_inline};
use super::footnotes::Footnotes;
use super::image::Image;
use super::layout::Cursor;
use super::marks;
use super::practice::{Finished, Frame};
use super::raw;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::markdown::fence;
use crate::markdown::walk::{CodeBlockKind, CowStr, Event, Item, Tag, TagEnd, walk};
use crate::model::parsed::Parsed;
use crate::model::view::DocumentView;

/// One step of a walk.
pub(super) type Step<'a> = (Item<'a>, Range<usize>);

/// The HTML of a page's documents.
pub struct Rendered {
    /// The heading that is the page's title, as one of level 1.
    pub heading: Option<String>,
    /// Everything else.
    pub content: String,
}

/// Renders the documents of a page; the first is its own, the others stand where it includes them.
///
/// # Errors
///
/// The first template of preparation material that cannot be rendered.
pub fn documents(documents: &[DocumentView], prose: &Prose<'_>) -> Result<Rendered, Diagnostic> {
    let mut page = Page { documents, prose, footnotes: Footnotes::default(), heading: None, problem: None };
    let mut out = String::with_capacity(16 * 1024);
    if !documents.is_empty() {
        page.document(0, &mut out);
    }
    page.footnotes.write(&mut out, prose.strings);
    match page.problem {
        Some(problem) => Err(problem),
        None => Ok(Rendered { heading: page.heading, content: out }),
    }
}

/// The text as HTML text.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_html_body_text(&mut out, text).expect(IN_MEMORY);
    out
}

const IN_MEMORY: &str = "writing to a string cannot fail";

/// A code span.
pub fn code_span(out: &mut String, text: &str) {
    out.push_str("<code>");
    escape_html_body_text(&mut *out, text).expect(IN_MEMORY);
    out.push_str("</code>");
}

/// One page being rendered.
pub(super) struct Page<'a> {
    documents: &'a [DocumentView],
    pub(super) prose: &'a Prose<'a>,
    footnotes: Footnotes,
    heading: Option<String>,
    /// The first template that could not be rendered.
    pub(super) problem: Option<Diagnostic>,
}

impl Page<'_> {
    fn document(&mut self, number: usize, out: &mut String) {
        let view = &self.documents[number];
        let source = view.source.0 as usize;
        let (text, parsed) = (&*self.prose.sources[source].text, &self.prose.parsed[source]);
        let masked = fence::mask(text, &parsed.fences);
        let items: Vec<Step<'_>> = walk(&masked, parsed.body, &parsed.fences, self.prose.options).collect();
        let mut writer = Writer {
            page: self,
            number,
            view,
            edges: directives::edges(parsed),
            openings: Openings::default(),
            in_paragraph: false,
            parsed,
            ids: None,
            link: 0,
            heading: 0,
            sample: 0,
            layout: Cursor::new(&parsed.layout),
            frames: Vec::new(),
            title: None,
            code: None,
            html: None,
            image: None,
            table: Table::default(),
            callouts: Vec::new(),
            out: String::new(),
            outer: Vec::new(),
        };
        std::mem::swap(&mut writer.out, out);
        let mut at = 0;
        while let Some((item, range)) = items.get(at) {
            at += 1;
            let rest = items.get(at..).unwrap_or(&[]);
            if writer.layout.takes(range.start) {
                writer.pass(item);
                continue;
            }
            if let Some(skipped) = writer.label(item, range, rest) {
                at += skipped;
                continue;
            }
            writer.item(item, range, rest);
            writer.minutes();
        }
        writer.end_paragraph();
        let rest = writer.openings.all();
        writer.close(&rest);
        std::mem::swap(&mut writer.out, out);
    }
}

/// One document being written.
pub(super) struct Writer<'p, 'a> {
    pub(super) page: &'p mut Page<'a>,
    number: usize,
    pub(super) view: &'a DocumentView,
    pub(super) parsed: &'a Parsed,
    /// The ids of the headings, where they are asked for.
    ids: Option<HashSet<&'a str>>,
    edges: HashMap<usize, Edge>,
    pub(super) openings: Openings,
    /// Whether a paragraph is open that CommonMark has none for.
    in_paragraph: bool,
    /// The numbers of the next link, heading and sample.
    pub(super) link: usize,
    pub(super) heading: usize,
    pub(super) sample: usize,
    /// What its practice directives mean for the text.
    pub(super) layout: Cursor<'a>,
    /// The practice directives that are open.
    pub(super) frames: Vec<Frame>,
    /// Where the page's title starts while it is being written.
    title: Option<usize>,
    code: Option<Block>,
    pub(super) html: Option<String>,
    image: Option<Image>,
    table: Table,
    callouts: Vec<bool>,
    pub(super) out: String,
    /// What is written outside the footnote definition that is being written.
    outer: Vec<(String, String)>,
}

impl<'a> Writer<'_, 'a> {
    fn item(&mut self, item: &Item<'_>, range: &Range<usize>, rest: &[Step<'_>]) {
        match item {
            Item::OpenMark(mark) => {
                self.start_paragraph();
                self.mark(*mark, marks::open);
            }
            Item::CloseMark(mark) => self.mark(*mark, marks::close),
            Item::Fence(index) => {
                self.end_paragraph();
                self.fence(*index);
            }
            Item::Event(event) => {
                // A tight list has no paragraphs, and a directive in one of its items wants them.
                if is_inline(event) {
                    self.start_paragraph();
                } else {
                    self.end_paragraph();
                }
                if matches!(event, Event::End(_)) {
                    let unclosed = self.openings.leave();
                    self.close(&unclosed);
                }
                self.event(event, range, rest);
                if matches!(event, Event::Start(_)) {
                    self.openings.enter();
                }
            }
        }
    }

    /// Opens a paragraph where a directive stands in a tight list, which has none.
    fn start_paragraph(&mut self) {
        if self.openings.are_around() && !self.in_paragraph && self.code.is_none() {
            self.block("<p>");
            self.in_paragraph = true;
        }
    }

    fn end_paragraph(&mut self) {
        if std::mem::take(&mut self.in_paragraph) {
            self.out.push_str("</p>\n");
        }
    }

    fn close(&mut self, closed: &[usize]) {
        for &directive in closed {
            match self.parsed.directives[directive].practice() {
                Some(practice) => self.close_practice(directive, practice),
                None => directives::close(&mut self.out, &self.parsed.directives[directive], self.page.prose.options),
            }
        }
    }

    fn fence(&mut self, index: usize) {
        let Some(&edge) = self.edges.get(&index) else { return };
        let directive = match edge {
            Edge::Open(directive) | Edge::Close(directive) => directive,
        };
        if let Some(&included) = self.view.includes.get(&directive) {
            let mut out = std::mem::take(&mut self.out);
            self.page.document(included, &mut out);
            self.out = out;
            return;
        }
        match edge {
            Edge::Open(_) if self.parsed.directives[directive].is_leaf() => {
                if let Some(practice) = self.parsed.directives[directive].practice() {
                    let html = self.practice(directive, Finished::leaf(practice));
                    self.block(&html);
                }
            }
            Edge::Open(_) => {
                if let Some(practice) = self.parsed.directives[directive].practice() {
                    self.frames.push(Frame::open(directive, practice, &mut self.out));
                    self.openings.open(directive);
                    return;
                }
                directives::open(&mut self.out, &self.parsed.directives[directive], self.page.prose);
                self.openings.open(directive);
            }
            Edge::Close(_) => {
                let closed = self.openings.close(directive);
                self.close(&closed);
            }
        }
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, rest: &[Step<'_>]) {
        self.layout.is_behind_label &= matches!(event, Event::Text(_));
        if let Some(image) = &mut self.image {
            if !image.step(event) {
                image.write(&mut self.out);
                self.image = None;
            } else if matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
                self.link += 1;
            } else if let Event::InlineHtml(text) = event {
                self.link += raw::links(text);
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range, rest),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => match &mut self.code {
                Some(block) => block.push(text),
                None => escape_html_body_text(&mut self.out, self.layout.kept(text, range)).expect(IN_MEMORY),
            },
            Event::Code(text) => code_span(&mut self.out, text),
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(text),
                None => self.raw_html(text),
            },
            Event::InlineHtml(text) => self.raw_html(text),
            Event::FootnoteReference(name) => self.page.footnotes.reference(&mut self.out, self.number, name),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
            // Neither is switched on.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Starts a block on a line of its own, behind whatever indentation is there.
    pub(super) fn block(&mut self, html: &str) {
        if !self.out.is_empty() && !self.out.trim_end_matches(' ').ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(html);
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, rest: &[Step<'_>]) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, classes, attrs, .. } => self.start_heading(*level as u8, classes, attrs),
            Tag::BlockQuote(kind) => {
                self.callouts.push(kind.is_some());
                match kind {
                    Some(kind) => {
                        self.block("");
                        directives::open_callout(&mut self.out, callout(*kind), None, "", self.page.prose.strings);
                    }
                    None => self.block("<blockquote>\n"),
                }
            }
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::Item => self.start_item(range, rest),
            Tag::FootnoteDefinition(name) => self.outer.push((name.to_string(), std::mem::take(&mut self.out))),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(_) => {
                self.block("");
                self.table.start(tag, &mut self.out);
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.table.start(tag, &mut self.out),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { title, .. } => self.start_link(title),
            Tag::Image { title, .. } => {
                let link = &self.view.links[self.link];
                self.link += 1;
                self.image = Some(Image::new(link, title));
            }
            // Front matter is taken off before the walk.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => match self.title.take() {
                // The template places it.
                Some(start) => {
                    self.out.push_str("</h1>");
                    self.page.heading = Some(self.out.split_off(start));
                }
                None => self.out.push_str(&format!("</h{}>\n", level as u8)),
            },
            TagEnd::BlockQuote(_) => {
                let callout = self.callouts.pop() == Some(true);
                self.block(if callout { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                if let Some(block) = self.code.take() {
                    self.block("");
                    code::write(&mut self.out, &block, self.page.prose.highlighting);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.block("");
                    self.raw_html(&html);
                }
            }
            TagEnd::List(ordered) => self.block(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, out)) = self.outer.pop() {
                    let html = std::mem::replace(&mut self.out, out);
                    self.page.footnotes.define(self.number, &name, html);
                }
            }
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                self.table.end(tag, &mut self.out);
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.out.push_str("</a>"),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn start_heading(&mut self, level: u8, classes: &[CowStr<'_>], attributes: &[(CowStr<'_>, Option<CowStr<'_>>)]) {
        let id = &self.view.heading_ids[self.heading];
        let is_title = self.view.gives_title && self.heading == 0;
        let level = if is_title { 1 } else { level };
        self.heading += 1;
        let mut html = format!("<h{level} id=\"");
        attribute(&mut html, id);
        html.push('"');
        if !classes.is_empty() {
            html.push_str(" class=\"");
            attribute(&mut html, &classes.iter().map(|class| &**class).collect::<Vec<_>>().join(" "));
            html.push('"');
        }
        // Only attributes that carry data or a language: an `onclick` is not the author's to write.
        for (key, value) in attributes {
            if key.starts_with("data-") || matches!(&**key, "lang" | "dir" | "title") {
                html.push_str(&format!(" {key}=\""));
                attribute(&mut html, value.as_deref().unwrap_or(""));
                html.push('"');
            }
        }
        html.push('>');
        self.block(&html);
        self.title = is_title.then(|| self.out.len() - html.len());
    }

    fn start_link(&mut self, title: &str) {
        let link = &self.view.links[self.link];
        self.link += 1;
        self.out.push_str("<a href=\"");
        escape_href(&mut self.out, &link.href).expect(IN_MEMORY);
        self.out.push('"');
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            attribute(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let view: &'a DocumentView = self.view;
        let parsed: &'a Parsed = self.parsed;
        self.code = Some(match kind {
            CodeBlockKind::Indented => Block::default(),
            CodeBlockKind::Fenced(info) => {
                let block = Block::new(&parsed.samples[self.sample], info, &view.samples[self.sample]);
                self.sample += 1;
                block
            }
        });
    }

    fn raw_html(&mut self, html: &str) {
        let parsed: &'a Parsed = self.parsed;
        let ids = self.ids.get_or_insert_with(|| parsed.headings.iter().map(|heading| heading.id.as_str()).collect());
        raw::write(&mut self.out, html, &self.view.links, &mut self.link, |id| ids.contains(id));
    }
}

/// The text as the value of an attribute in double quotes.
pub fn attribute(out: &mut String, text: &str) {
    escape_html(out, text).expect(IN_MEMORY);
}
