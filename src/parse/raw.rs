//! A piece of raw HTML to its links and ids, with what is wrong in it: above all what a published page
//! forbids the browser, which otherwise would be missing without a word.

use super::links::classify;
use super::{Reports, at};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::html::{self, HtmlAttribute, Role};
use crate::model::parsed::{LinkKind, RawLink, RawTarget};

/// A piece of raw HTML: the lines of a block, or one inline tag, and where each piece of it starts in the
/// page.
#[derive(Default)]
pub struct RawHtml {
    text: String,
    pieces: Vec<(usize, usize)>,
}

/// What a piece of raw HTML says.
#[derive(Default)]
pub struct Facts {
    /// Its ids, each with where its tag starts.
    pub anchors: Vec<(Spanned<String>, u32)>,
    /// What it points to.
    pub links: Vec<RawLink>,
    /// What other attributes may name a file by.
    pub mentions: Vec<String>,
}

impl RawHtml {
    /// Adds the text at `span`.
    pub fn push(&mut self, text: &str, span: Span) {
        self.pieces.push((self.text.len(), span.start as usize));
        self.text.push_str(text);
    }

    /// What was added.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads it.
    pub fn read(&self, path: &BookPath, reports: Reports<'_>) -> Facts {
        let mut facts = Facts::default();
        if !self.text.trim_start().starts_with("<!--") {
            reports.push(catalog::html_raw(at(path, self.span(0..self.text.len()))));
        }
        let html = html::tags(&self.text);
        for tag in &html.tags {
            let place = at(path, self.span(tag.range.clone()));
            reports.extend(blocked_tag(&tag.name, place));
            for attribute in &tag.attributes {
                let span = self.span(attribute.range.clone());
                let target = classify(&attribute.value);
                reports.extend(blocked_attribute(attribute, &target, || at(path, span)));
                let kind = match html::role(attribute) {
                    Some(Role::Id) => {
                        let start = self.place(tag.range.start);
                        // An element may have its id and, for old browsers, the same name.
                        let mut of_tag = facts.anchors.iter().rev().take_while(|(_, tag)| *tag as usize == start);
                        if !of_tag.any(|(other, _)| other.value == attribute.value) {
                            let id = Spanned::new(attribute.value.to_string(), span);
                            facts.anchors.push((id, Span::new(start..start).start));
                        }
                        continue;
                    }
                    Some(Role::Link) => LinkKind::HtmlLink,
                    Some(Role::Source) => LinkKind::HtmlSource,
                    None => {
                        facts.mentions.extend(attribute.value.contains('.').then(|| attribute.value.to_string()));
                        continue;
                    }
                };
                facts.links.push(RawLink { kind, target, span, reported: true });
            }
        }
        if let Some(start) = html.stopped {
            let end = (start + 1).min(self.text.len());
            reports.push(catalog::html_too_many_attributes(at(path, self.span(start..end)), html::MAX_ATTRIBUTES));
        }
        facts
    }

    fn place(&self, offset: usize) -> usize {
        let piece = self.pieces.partition_point(|&(start, _)| start <= offset).max(1) - 1;
        self.pieces.get(piece).map_or(0, |&(start, place)| place + offset - start)
    }

    /// Where a part of what was added is in the page.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.place(range.start);
        let end = if range.is_empty() { start } else { self.place(range.end - 1) + 1 };
        Span::new(start..end)
    }
}

/// What the page's content security policy blocks, by the tag alone.
fn blocked_tag(name: &str, place: Place) -> Option<Diagnostic> {
    Some(match name {
        "script" => catalog::html_blocked(
            place,
            "scripts in pages",
            "put it into a file and name that under `additional-js` in book.toml",
        ),
        "style" => catalog::html_blocked(
            place,
            "style sheets in pages",
            "put it into a file and name that under `additional-css` in book.toml",
        ),
        "iframe" | "object" | "embed" | "frame" => catalog::html_blocked(place, "embedded pages", "link to it instead"),
        "meta" | "link" => catalog::html_blocked(
            place,
            "elements of a page's head",
            "name style sheets under `additional-css` in book.toml, or leave it out",
        ),
        "base" => catalog::html_blocked(place, "other base address", "write links relative to the file"),
        _ => return None,
    })
}

/// The same, by an attribute.
fn blocked_attribute(
    attribute: &HtmlAttribute<'_>,
    target: &RawTarget,
    place: impl Fn() -> Place,
) -> Option<Diagnostic> {
    let (tag, name) = (&*attribute.tag, &*attribute.name);
    if name == "style" {
        let help = "use a class, with its rules in a file under `additional-css` in book.toml";
        return Some(catalog::html_blocked(place(), "style attributes", help));
    }
    if name.len() > 2 && name.starts_with("on") {
        let help = "listen to the event in a file under `additional-js` in book.toml";
        return Some(catalog::html_blocked(place(), "scripts in attributes", help));
    }
    if matches!((tag, name), ("form", "action") | ("button" | "input", "formaction")) {
        return Some(catalog::html_blocked(place(), "forms that are sent", "link to a page with the form instead"));
    }
    let outside = match target {
        RawTarget::Outside(address) => !address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")),
        _ => false,
    };
    match (tag, name) {
        ("img" | "input", "src") | ("img" | "source", "srcset") | ("video", "poster") if outside => {
            Some(catalog::image_remote(place()))
        }
        ("audio" | "video" | "source" | "track", "src") if outside => {
            Some(catalog::html_blocked(place(), "media of other sites", "put the file into the book, or link to it"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is reported in a piece of HTML, each with the part it is about.
    fn reported(html: &str) -> Vec<(&'static str, &str)> {
        let mut raw = RawHtml::default();
        raw.push(html, Span::new(0..html.len()));
        let mut reports = Vec::new();
        raw.read(&BookPath::new("a.md").unwrap(), &mut reports);
        let reports = reports.into_iter().filter(|report| report.code.name() != "html/raw");
        reports.map(|report| (report.code.name(), report.place.span.unwrap().slice(html))).collect()
    }

    #[test]
    fn what_a_page_forbids_is_reported() {
        for (html, part) in [
            ("<script src=\"x.js\"></script>", "<script"),
            ("<STYLE>p{}</STYLE>", "<STYLE"),
            ("<iframe src=\"x.html\">", "<iframe"),
            ("<p style=\"color: red\">", "color: red"),
            ("<p onclick='x()'>", "x()"),
            ("<form action=/x>", "/x"),
            ("<link rel=\"stylesheet\" href=\"https://a.b/c.css\">", "<link"),
            ("<META http-equiv=refresh content=0>", "<META"),
            ("<video src=\"//a.b/c.mp4\">", "//a.b/c.mp4"),
        ] {
            assert_eq!(reported(html), [("html/blocked", part)], "{html}");
        }
        for (html, part) in [
            ("<img src=\"https://a.b/c.png\">", "https://a.b/c.png"),
            ("<img srcset=\"a.png 1x, HTTPS://a.b/c.png 2x\">", "HTTPS://a.b/c.png"),
            ("<video poster=//a.b/c.png>", "//a.b/c.png"),
        ] {
            assert_eq!(reported(html), [("image/remote", part)], "{html}");
        }
    }

    #[test]
    fn what_a_page_allows_is_not_reported() {
        for html in [
            "<img src=\"a.png\" srcset=\"b.png 2x\">",
            "<img src=\"data:image/png;base64,x\">",
            "<a href=\"https://a.b\" on=\"x\">",
            "<!-- <script> -->",
            "<p class=\"style\" title=\"<script>\">",
        ] {
            assert_eq!(reported(html), [], "{html}");
        }
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_reported_where_it_starts() {
        let html = format!("é <i {}>", "x=\"1\" ".repeat(html::MAX_ATTRIBUTES + 1));
        assert_eq!(reported(&html), [("html/too-many-attributes", "<")]);
    }
}
