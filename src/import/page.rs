//! A page of an mdBook to a page of a prepbook: helpers become `file=`, directives or the text that they stand for, code blocks
//! lose what only mdBook reads. Whatever else the page says stays as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::config::Config;
use super::helpers::{self, Helper, Part};
use super::{Kind, Note, Original, fence, is_markdown, part_name};
use crate::base::path::BookPath;
use crate::diagnostic::LineIndex;
use crate::markdown::walk::{CodeBlockKind, Event, Item, MarkdownOptions, Tag, TagEnd, walk};
use crate::model::parsed::included;

/// A page, and what it is read with.
pub struct Page<'a> {
    /// The mdBook.
    pub original: &'a Original<'a>,
    /// Its configuration.
    pub config: &'a Config,
    /// Its Markdown files that are only parts of pages.
    pub parts: &'a BTreeSet<BookPath>,
    /// The page's file.
    pub path: &'a BookPath,
    /// Its text.
    pub text: &'a str,
}

/// What became of a page.
pub struct Converted {
    /// Its text.
    pub text: String,
    /// The files that it includes.
    pub included: Vec<BookPath>,
}

/// A code block with a fence.
struct Block {
    /// Its info string.
    info: Range<usize>,
    /// Its lines between the fences.
    body: Range<usize>,
}

struct Work<'a, 'n> {
    page: &'a Page<'a>,
    index: LineIndex<&'a str>,
    notes: &'n mut Vec<Note>,
    edits: Vec<(Range<usize>, String)>,
    included: Vec<BookPath>,
    title: Option<String>,
}

impl<'a> Page<'a> {
    /// Converts it.
    pub fn convert(&'a self, notes: &mut Vec<Note>) -> Converted {
        let mut work = Work {
            page: self,
            index: LineIndex::new(self.text),
            notes,
            edits: Vec::new(),
            included: Vec::new(),
            title: None,
        };
        let (blocks, html) = survey(self.text);
        let mut helpers = helpers::find(self.text);
        for block in &blocks {
            let (inside, rest): (Vec<_>, Vec<_>) =
                helpers.into_iter().partition(|helper| block.body.contains(&helper.range.start));
            helpers = rest;
            work.block(block, &inside);
        }
        for helper in &helpers {
            work.in_text(helper);
        }
        work.warnings(&html);
        work.formulas(&blocks);
        work.finish()
    }
}

/// The code blocks of a text, and its blocks of raw HTML.
fn survey(text: &str) -> (Vec<Block>, Vec<Range<usize>>) {
    let (mut blocks, mut html) = (Vec::new(), Vec::new());
    let mut open = None;
    for (item, range) in walk(text, 0, &[], MarkdownOptions::default()) {
        match item {
            Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))) => {
                let line = text[range.start..].find(['\n', '\r']).map_or(range.end, |at| range.start + at);
                let fence = text[range.start..line].trim_start_matches(['`', '~']);
                let info = line - fence.len()..line;
                let start = line + text[line..range.end].find('\n').map_or(0, |at| at + 1);
                open = Some(Block { info, body: start..start });
            }
            Item::Event(Event::Text(_)) => {
                if let Some(block) = &mut open {
                    block.body.end = block.body.end.max(range.end);
                }
            }
            Item::Event(Event::End(TagEnd::CodeBlock)) => blocks.extend(open.take()),
            Item::Event(Event::Start(Tag::HtmlBlock)) => html.push(range),
            _ => {}
        }
    }
    (blocks, html)
}

impl Work<'_, '_> {
    fn say(&mut self, at: usize, kind: Kind, text: impl Into<String>) {
        let line = self.index.position(at).0;
        self.notes.push(Note { path: self.page.path.clone(), line, kind, text: text.into() });
    }

    fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// The file that a helper names, with its text.
    fn file(&mut self, helper: &Helper<'_>) -> Option<(BookPath, String)> {
        let at = helper.range.start;
        let Some(path) = included(self.page.path, &self.page.config.src, helper.file()) else {
            self.say(at, Kind::Look, format!("`{}` lies outside the book: copy it into it", helper.file()));
            return None;
        };
        match self.page.original.text(&path) {
            Some(text) => Some((path, text)),
            None => {
                self.say(at, Kind::Look, format!("there is no text file `{}`", helper.file()));
                None
            }
        }
    }

    /// A code block with the helpers in it.
    fn block(&mut self, block: &Block, helpers: &[Helper<'_>]) {
        let text = self.page.text;
        let info = fence::read(&text[block.info.clone()]);
        let body = &text[block.body.clone()];
        let mut attributes = String::new();
        for helper in helpers.iter().filter(|helper| helper.is_escaped) {
            self.say(helper.range.start, Kind::Look, "the backslash in front of `{{#` is shown here");
        }
        match helpers {
            [helper] if helper.is_include() && body.trim() == &text[helper.range.clone()] => {
                if let Some(found) = self.attributes(helper) {
                    self.say(helper.range.start, Kind::Changed, format!("`{}` is `{found}` now", helper.name));
                    attributes = format!(" {found}");
                    self.edit(block.body.clone(), "");
                }
            }
            _ => {
                for helper in helpers.iter().filter(|helper| helper.is_include()) {
                    self.copy_in(helper, true);
                }
            }
        }
        let prefix = info.hides.clone().or_else(|| self.page.config.hides.get(&info.language).cloned());
        if let Some(prefix) = prefix.filter(|_| helpers.is_empty()) {
            self.hide(block, &prefix);
        }
        if !info.left_out.is_empty() {
            let words = info.left_out.join("`, `");
            let why = "code is shown here, not compiled or run in the browser";
            self.say(block.info.start, Kind::Changed, format!("`{words}` left out: {why}"));
        }
        if !info.left_out.is_empty() || info.hides.is_some() || !attributes.is_empty() {
            self.edit(block.info.clone(), format!("{}{attributes}", info.language));
        }
    }

    /// A helper as attributes of a code block.
    fn attributes(&mut self, helper: &Helper<'_>) -> Option<String> {
        let (path, text) = self.file(helper)?;
        self.included.push(path);
        let file = helper.file();
        let is_word = !file.contains(|c: char| c.is_whitespace() || "\"'{}`\\".contains(c));
        let file =
            if is_word { file.to_owned() } else { format!("\"{}\"", file.replace('\\', "\\\\").replace('"', "\\\"")) };
        let part = helper.part();
        if helpers::taken(&text, &part).is_none() {
            self.say(helper.range.start, Kind::Look, format!("`{}` has no part of that name", helper.file()));
        }
        let count = text.lines().count().max(1);
        Some(match part {
            Part::Whole => format!("file={file}"),
            Part::Lines(first, last) => match last.unwrap_or(count).clamp(first, count.max(first)) {
                last if last == first => format!("file={file} lines={first}"),
                last => format!("file={file} lines={first}-{last}"),
            },
            Part::Anchor(name) => format!("file={file} region={name}"),
        })
    }

    /// Puts the text that a helper stands for in its place.
    fn copy_in(&mut self, helper: &Helper<'_>, is_code: bool) {
        let Some((_, text)) = self.file(helper) else { return };
        let at = helper.range.start;
        let Some(taken) = helpers::taken(&text, &helper.part()) else {
            self.say(at, Kind::Look, format!("`{}` has no part of that name", helper.file()));
            return;
        };
        if helpers::find(&taken).iter().any(|inner| !inner.is_escaped) {
            self.say(at, Kind::Look, format!("`{}` includes files itself, and they are not taken in", helper.file()));
        }
        let where_ = if is_code { "with other code" } else { "in a text" };
        let what = helper.argument;
        self.say(at, Kind::Changed, format!("the text of `{what}` stands here now, since the include stood {where_}"));
        self.edit(helper.range.clone(), taken);
    }

    /// Leaves out the lines that a prefix hides.
    fn hide(&mut self, block: &Block, prefix: &str) {
        let body = &self.page.text[block.body.clone()];
        let is_shown = |line: &&str| !line.trim_start().starts_with(prefix);
        let hidden = body.split_inclusive('\n').filter(|line| !is_shown(line)).count();
        if hidden > 0 {
            let shown: String = body.split_inclusive('\n').filter(is_shown).collect();
            let lines = if hidden == 1 { "one hidden line".to_owned() } else { format!("{hidden} hidden lines") };
            self.say(block.body.start, Kind::Changed, format!("{lines} left out"));
            self.edit(block.body.clone(), shown);
        }
    }

    /// A helper that stands in no code block.
    fn in_text(&mut self, helper: &Helper<'_>) {
        // CommonMark takes the backslash away, too.
        if helper.is_escaped {
            return;
        }
        let at = helper.range.start;
        let line = self.line(&helper.range);
        let is_alone = self.page.text[line.clone()].trim() == &self.page.text[helper.range.clone()];
        match helper.name {
            "title" => {
                self.say(at, Kind::Changed, "the title stands in the front matter now");
                self.title = Some(helper.argument.to_owned());
                let end = line.end + self.page.text[line.end..].find('\n').map_or(0, |at| at + 1);
                self.edit(if is_alone { line.start..end } else { helper.range.clone() }, "");
            }
            "playground" | "playpen" if is_alone => {
                if let Some(attributes) = self.attributes(helper) {
                    self.say(at, Kind::Changed, format!("`{}` is a code block with `{attributes}` now", helper.name));
                    let indent = &self.page.text[line.start..helper.range.start];
                    self.edit(helper.range.clone(), format!("```rust {attributes}\n{indent}```"));
                }
            }
            "playground" | "playpen" => self.say(at, Kind::Look, "code in the middle of a line cannot be shown here"),
            _ => self.include_in_text(helper, is_alone && self.is_parted(&line)),
        }
    }

    fn include_in_text(&mut self, helper: &Helper<'_>, is_paragraph: bool) {
        let target = included(self.page.path, &self.page.config.src, helper.file());
        let target = target.filter(|path| is_markdown(path) && path.is_within(&self.page.config.src));
        let at = helper.range.start;
        match target.filter(|_| is_paragraph && helper.part() == Part::Whole) {
            Some(target) => {
                if self.file(helper).is_none() {
                    return;
                }
                let name = if self.page.parts.contains(&target) { part_name(&target) } else { target.clone() };
                let file = name.relative_to(&self.page.path.parent());
                let is_word = !file.contains(|c: char| c.is_whitespace() || "\"'{}\\".contains(c));
                let file =
                    if is_word { file } else { format!("\"{}\"", file.replace('\\', "\\\\").replace('"', "\\\"")) };
                self.say(at, Kind::Changed, format!("`include` is a directive with `file={file}` now"));
                if target.parent() != self.page.path.parent() {
                    self.say(at, Kind::Look, format!("links in {target} count from its own folder now"));
                }
                self.edit(helper.range.clone(), format!(":::include{{file={file}}}"));
            }
            None => self.copy_in(helper, false),
        }
    }

    /// The line that something stands in, without its end.
    fn line(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.page.text;
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[range.end..].find(['\n', '\r']).map_or(text.len(), |at| range.end + at);
        start..end
    }

    /// Whether there are blank lines around a line.
    fn is_parted(&self, line: &Range<usize>) -> bool {
        let text = self.page.text;
        let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
        is_blank(text[..line.start].lines().next_back()) && is_blank(text[line.end..].lines().nth(1))
    }

    /// `<div class="warning">` and the `</div>` that follows, each a block of its own.
    fn warnings(&mut self, html: &[Range<usize>]) {
        let text = self.page.text;
        let is = |range: &Range<usize>, tag: &str| text[range.clone()].trim() == tag;
        for pair in html.windows(2) {
            if is(&pair[0], "<div class=\"warning\">") && is(&pair[1], "</div>") {
                self.say(pair[0].start, Kind::Changed, "the warning is a directive now");
                for (range, fence) in [(&pair[0], ":::warning"), (&pair[1], ":::")] {
                    let end = range.start + text[range.clone()].trim_end().len();
                    self.edit(range.start..end, fence);
                }
            }
        }
    }

    /// Formulas that mdBook would typeset.
    fn formulas(&mut self, blocks: &[Block]) {
        if !self.page.config.mathjax {
            return;
        }
        let is_code = |at: usize| blocks.iter().any(|block| block.body.contains(&at));
        let marks = ["\\\\(", "\\\\[", "$$"];
        let first = marks.iter().flat_map(|mark| self.page.text.match_indices(mark)).map(|(at, _)| at);
        if let Some(at) = first.filter(|at| !is_code(*at)).min() {
            self.say(at, Kind::Look, "formulas are shown as they are written, here and below");
        }
    }

    fn finish(mut self) -> Converted {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let text = self.page.text;
        let mut out = String::with_capacity(text.len());
        if let Some(title) = &self.title {
            out = format!("---\ntitle: {}\n---\n\n", serde_json::to_string(title).expect("a text is JSON"));
        }
        let mut end = 0;
        for (range, new) in &self.edits {
            // What overlaps stands in what is written anew already.
            if range.start < end {
                continue;
            }
            out.push_str(&text[end..range.start]);
            out.push_str(new);
            end = range.end;
        }
        out.push_str(&text[end..]);
        Converted { text: out, included: self.included }
    }
}
