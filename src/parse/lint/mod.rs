//! The walk over one page, and its text, to what its lints find: one file for each thing that is looked at.
//! A lint that is off costs a comparison.

mod hidden;
mod images;
mod links;
mod phrases;
mod prose;
mod secrets;
mod tables;

use std::ops::Range;

use super::at;
use super::raw::RawHtml;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::config::{BannedPhrase, Config, PracticeRules};
use crate::diagnostic::{Code, Diagnostic, Level, catalog};
use crate::markdown::html::{self, HtmlTag, Token};
use crate::markdown::walk::{Event, Item, LinkType, Tag, TagEnd};
use crate::model::source::Source;
use images::Images;
use links::Links;
use phrases::Phrases;
use prose::Prose;
use tables::Tables;

pub use secrets::masked;

/// What a file is held to: the lints that are not off with what they look for, and the rules of practice material.
#[derive(Debug, PartialEq, Eq)]
pub struct Lints {
    /// Long paragraphs are looked at across pages.
    pub(super) paragraphs: bool,
    headings: bool,
    alt: bool,
    vague_text: bool,
    empty_text: bool,
    tables: bool,
    secrets: bool,
    bidi: bool,
    invisible: bool,
    phrases: Phrases,
    /// What preparation material is held to.
    pub(super) practice: PracticeRules,
}

impl Lints {
    /// What a book asks for.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let practice = config.practice.clone();
        Self { practice, ..Self::new(|code| config.level(code), &config.banned_phrases) }
    }

    fn new(level: impl Fn(Code) -> Level, phrases: &[BannedPhrase]) -> Self {
        let on = |code| level(code) != Level::Off;
        Self {
            paragraphs: on(Code::ProseDuplicateParagraph),
            headings: on(Code::HeadingSkippedLevel) || on(Code::HeadingSecondTitle),
            alt: on(Code::ImageMissingAlt),
            vague_text: on(Code::LinkVagueText),
            empty_text: on(Code::LinkEmptyText),
            tables: on(Code::TableNoHeader),
            secrets: on(Code::SecretLiveLooking),
            bidi: on(Code::TextBidiControl),
            invisible: on(Code::TextInvisible),
            phrases: Phrases::new(if on(Code::ProseBannedPhrase) { phrases } else { &[] }),
            practice: PracticeRules::default(),
        }
    }

    /// Whether a piece of raw HTML can hold anything to report.
    fn may_matter(&self, html: &str) -> bool {
        let links = || html.contains("<a") || html.contains("<A");
        let others = self.headings || self.alt || self.tables || self.vague_text || !self.phrases.is_empty();
        others || (self.empty_text && links())
    }
}

#[cfg(test)]
impl Lints {
    /// All of them.
    pub fn everything() -> Self {
        Self::new(|_| Level::Warning, &[])
    }
}

impl Default for Lints {
    /// What a book gets that asks for nothing.
    fn default() -> Self {
        Self::new(Code::default_level, &[])
    }
}

/// What is wrong in a file of code that a page shows or leads to.
#[must_use]
pub fn code_file(source: &Source, lints: &Lints) -> Vec<Diagnostic> {
    let mut reports = Vec::new();
    let text = &*source.text;
    secrets(text, &source.path, lints, &mut reports);
    let whole = 0..text.len();
    hidden::check(text, &hidden::find(text), &[whole], &source.path, lints, &mut reports);
    reports
}

fn secrets(text: &str, path: &BookPath, lints: &Lints, reports: &mut Vec<Diagnostic>) {
    if lints.secrets {
        let found = secrets::find(text).into_iter();
        reports.extend(found.map(|secret| catalog::secret_live_looking(at(path, secret.span), secret.what)));
    }
}

/// Takes the items of a page's walk.
pub struct Linter<'a> {
    path: &'a BookPath,
    text: &'a str,
    lints: &'a Lints,
    reports: Vec<Diagnostic>,
    links: Links<'a>,
    images: Images,
    tables: Tables<'a>,
    prose: Prose<'a>,
    /// The block of raw HTML that is being read.
    html: Option<RawHtml>,
    in_code: bool,
    /// Whether the words of the link are its address.
    in_address: bool,
    /// The open element of raw HTML whose text is code.
    html_code: Option<String>,
    headings: Vec<(u8, Span)>,
    /// Characters that nobody can see, and where code stands if there are any.
    hidden: Vec<(usize, char)>,
    code: Vec<Range<usize>>,
}

impl<'a> Linter<'a> {
    pub fn new(path: &'a BookPath, text: &'a str, lints: &'a Lints) -> Self {
        Self {
            path,
            text,
            lints,
            reports: Vec::new(),
            links: Links::new(path, lints),
            images: Images::new(lints.alt),
            tables: Tables::new(path, text, lints.tables),
            prose: Prose::new(path, &lints.phrases),
            html: None,
            in_code: false,
            in_address: false,
            html_code: None,
            headings: Vec::new(),
            hidden: if lints.bidi || lints.invisible { hidden::find(text) } else { Vec::new() },
            code: Vec::new(),
        }
    }

    /// Takes one item of the walk.
    pub fn step(&mut self, item: &Item<'_>, range: &Range<usize>) {
        match item {
            Item::Fence(_) => self.end_block(),
            Item::OpenMark(_) | Item::CloseMark(_) => {}
            Item::Event(event) => self.event(event, range),
        }
    }

    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let span = || Span::new(range.clone());
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if !self.in_code => self.words(text, span()),
            Event::Code(_) => {
                self.note_code(range);
                self.links.code();
                self.images.see();
                self.tables.see();
                self.prose.gap();
            }
            Event::SoftBreak | Event::HardBreak => self.space(),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push(html, span()),
                None => self.inline_html(html, span()),
            },
            Event::InlineHtml(html) => self.inline_html(html, span()),
            Event::FootnoteReference(_) => self.prose.gap(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type, title, .. } => {
                self.in_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.links.open(None, !title.trim().is_empty());
            }
            Tag::Image { .. } => {
                self.tables.see();
                self.links.see();
                self.images.open(Span::new(range.clone()));
                self.prose.gap();
            }
            Tag::HtmlBlock => {
                self.end_block();
                self.html = Some(RawHtml::default());
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                self.note_code(range);
                self.in_code = true;
            }
            Tag::TableHead => self.tables.head(range),
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link => {
                self.in_address = false;
                self.links.close(&mut self.reports);
            }
            TagEnd::Image => {
                let bare = self.images.close();
                self.prose.gap();
                if let Some(report) = bare.and_then(|image| self.links.take_image(image)) {
                    self.reports.push(report);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html.take() {
                    self.read_html(&block);
                }
                self.end_block();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableHead => {
                self.end_block();
                self.tables.end_head(&mut self.reports);
            }
            _ => self.end_block(),
        }
    }

    /// A block of text starts or ends.
    fn end_block(&mut self) {
        self.prose.end_block(&mut self.reports);
        self.links.space();
    }

    fn space(&mut self) {
        self.links.space();
        self.prose.space();
    }

    /// Words that a reader sees or hears.
    fn words(&mut self, text: &str, span: Span) {
        if !text.trim().is_empty() {
            self.images.see();
            self.tables.see();
        }
        self.links.words(text, span);
        if self.in_address || self.html_code.is_some() {
            self.prose.gap();
        } else {
            self.prose.words(text, span);
        }
    }

    fn note_code(&mut self, range: &Range<usize>) {
        if !self.hidden.is_empty() {
            self.code.push(range.clone());
        }
    }

    fn inline_html(&mut self, html: &str, span: Span) {
        self.tables.see();
        let mut tag = RawHtml::default();
        tag.push(html, span);
        self.read_html(&tag);
    }

    fn read_html(&mut self, raw: &RawHtml) {
        let html = raw.text();
        if !self.lints.may_matter(html) && !self.links.is_raw() {
            return;
        }
        for token in html::tokens(html) {
            match token {
                Token::Start(tag) => self.start_html(&tag, raw),
                Token::End { name, .. } => self.end_html(&name),
                // Line by line: between two lines of HTML there may be a mark of a quote or a list.
                Token::Text { range, .. } => {
                    let mut from = range.start;
                    for line in html[range].split_inclusive('\n') {
                        self.words(line, raw.span(from..from + line.len()));
                        from += line.len();
                    }
                }
            }
        }
    }

    fn start_html(&mut self, tag: &HtmlTag<'_>, raw: &RawHtml) {
        let span = raw.span(tag.range.clone());
        let attribute = |key: &str| tag.attributes.iter().find(|attribute| attribute.name == key);
        let value = |key: &str| attribute(key).map(|attribute| attribute.value.trim());
        let names = ["aria-label", "aria-labelledby", "title"];
        let is_named = names.into_iter().filter_map(value).any(|name| !name.is_empty());
        let decorates =
            matches!(value("role"), Some("presentation" | "none")) || matches!(value("aria-hidden"), Some("true"));
        match &*tag.name {
            "a" => {
                self.links.close_html(&mut self.reports);
                if value("href").is_some() && !decorates {
                    self.links.open(Some(span), is_named);
                }
                return;
            }
            "img" => {
                if let Some(alt) = attribute("alt") {
                    self.prose.gap();
                    self.words(&raw.text()[alt.range.clone()], raw.span(alt.range.clone()));
                    self.prose.gap();
                } else if self.lints.alt && !is_named && !decorates {
                    self.reports.push(catalog::html_image_missing_alt(at(self.path, span)));
                }
            }
            "table" => self.tables.open_html(span, decorates),
            "th" => self.tables.html_header(),
            "br" => self.space(),
            "code" | "pre" | "kbd" | "samp" | "script" | "style" | "textarea" if self.html_code.is_none() => {
                self.html_code = Some(tag.name.to_string());
            }
            name => {
                let level = name.strip_prefix('h').and_then(|level| level.parse().ok());
                if let Some(level @ 1..=6) = level.filter(|_| self.lints.headings) {
                    self.headings.push((level, span));
                }
                if !INLINE.contains(&name) {
                    self.end_block();
                }
            }
        }
        self.links.see();
    }

    fn end_html(&mut self, name: &str) {
        match name {
            "a" => self.links.close_html(&mut self.reports),
            "table" => self.tables.close_html(&mut self.reports),
            _ if self.html_code.as_deref() == Some(name) => self.html_code = None,
            _ if !INLINE.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    /// The headings of raw HTML, once the walk is over. `others` are the places of words that the walk does
    /// not meet.
    pub fn finish(mut self, others: impl Iterator<Item = Span>, reports: &mut Vec<Diagnostic>) -> Vec<(u8, Span)> {
        self.end_block();
        self.links.finish(&mut self.reports);
        self.tables.finish(&mut self.reports);
        for span in others {
            self.prose.line(span.slice(self.text), span);
            self.end_block();
        }
        secrets(self.text, self.path, self.lints, &mut self.reports);
        hidden::check(self.text, &self.hidden, &self.code, self.path, self.lints, &mut self.reports);
        reports.append(&mut self.reports);
        self.headings
    }
}

/// Elements that stand within a line of text: what is before and behind one belongs together.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
