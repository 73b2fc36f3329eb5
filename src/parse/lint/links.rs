//! Links, Markdown's and raw HTML's, to those whose text does not say where they lead, and those of raw
//! HTML that have none. The walker reports Markdown's.

use super::Lints;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, catalog};
use crate::parse::at;

/// Texts that say nothing about the target, out of their sentence. WCAG 2.2, failure F63, and markdownlint's
/// rule MD059 name the first; docs/codes/link/vague-text.md lists all.
const VAGUE: &[&str] = &[
    "click",
    "click here",
    "go here",
    "here",
    "learn more",
    "link",
    "more",
    "press here",
    "read here",
    "read more",
    "see here",
    "see more",
    "tap here",
    "the link",
    "this",
    "this link",
    "this page",
];

/// The links that are open.
pub struct Links<'a> {
    path: &'a BookPath,
    vague: bool,
    empty: bool,
    open: Vec<Open>,
}

struct Open {
    /// Where the tag of raw HTML is; `None` for a link of Markdown.
    tag: Option<Span>,
    /// A title or label says more.
    is_named: bool,
    /// Something can be seen in it.
    seen: bool,
    /// Code is a name.
    code: bool,
    text: String,
    words: Option<Span>,
    /// Images without a text.
    images: Vec<Span>,
}

impl<'a> Links<'a> {
    pub fn new(path: &'a BookPath, lints: &Lints) -> Self {
        Self { path, vague: lints.vague_text, empty: lints.empty_text, open: Vec::new() }
    }

    /// A link starts: with the tag at `tag` if it is one of raw HTML.
    pub fn open(&mut self, tag: Option<Span>, is_named: bool) {
        let (text, words, images) = (String::new(), None, Vec::new());
        self.open.push(Open { tag, is_named, seen: false, code: false, text, words, images });
    }

    /// Whether an `<a>` is open.
    pub fn is_raw(&self) -> bool {
        self.open.iter().any(|link| link.tag.is_some())
    }

    pub fn see(&mut self) {
        for link in &mut self.open {
            link.seen = true;
        }
    }

    pub fn code(&mut self) {
        for link in &mut self.open {
            (link.seen, link.code) = (true, true);
        }
    }

    pub fn space(&mut self) {
        for link in &mut self.open {
            link.text.push(' ');
        }
    }

    pub fn words(&mut self, text: &str, span: Span) {
        for link in &mut self.open {
            link.text.push_str(text);
            if !text.trim().is_empty() {
                link.seen = true;
                let first = link.words.unwrap_or(span);
                link.words = Some(Span { start: first.start, end: span.end });
            }
        }
    }

    /// An image without a text: reported with its link if it is in one, else right now.
    pub fn take_image(&mut self, image: Span) -> Option<Diagnostic> {
        match self.open.last_mut() {
            Some(link) => {
                link.images.push(image);
                None
            }
            None => Some(catalog::image_missing_alt(at(self.path, image))),
        }
    }

    /// A link of Markdown ends, and with it what raw HTML in it left open.
    pub fn close(&mut self, reports: &mut Vec<Diagnostic>) {
        while let Some(link) = self.open.pop() {
            let is_raw = link.tag.is_some();
            self.check(link, reports);
            if !is_raw {
                break;
            }
        }
    }

    /// A link of raw HTML ends, if one is innermost.
    pub fn close_html(&mut self, reports: &mut Vec<Diagnostic>) {
        if let Some(link) = self.open.pop_if(|link| link.tag.is_some()) {
            self.check(link, reports);
        }
    }

    /// The page ends, and with it the links that nothing closes.
    pub fn finish(&mut self, reports: &mut Vec<Diagnostic>) {
        while let Some(link) = self.open.pop() {
            self.check(link, reports);
        }
    }

    fn check(&self, link: Open, reports: &mut Vec<Diagnostic>) {
        let is_blank = link.text.trim().is_empty() && !link.code;
        let is_named = link.is_named || !is_blank;
        for image in link.images {
            let place = at(self.path, image);
            reports.push(if is_named { catalog::image_missing_alt } else { catalog::link_image_missing_alt }(place));
        }
        if let Some(tag) = link.tag.filter(|_| self.empty && !link.seen && !link.is_named) {
            reports.push(catalog::html_link_empty_text(at(self.path, tag)));
        }
        if let Some(words) = link.words.filter(|_| self.vague && !link.is_named && !link.code)
            && let Some(text) = vague(&link.text)
        {
            reports.push(catalog::link_vague_text(at(self.path, words), &text));
        }
    }
}

/// `text` without its case, white space and outer punctuation, if that says nothing.
fn vague(text: &str) -> Option<String> {
    // None of them is this long, and a link may hold a whole page.
    if text.len() > 200 {
        return None;
    }
    let words = text.to_lowercase();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect::<Vec<_>>().join(" ");
    VAGUE.binary_search(&words.as_str()).is_ok().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_texts_are_sorted_and_explained() {
        assert!(VAGUE.is_sorted());
        let explained = include_str!("../../../docs/codes/link/vague-text.md");
        let words = explained.split_whitespace().collect::<Vec<_>>().join(" ");
        for text in VAGUE {
            assert!(words.contains(&format!("\"{text}\"")), "{text}");
        }
    }

    #[test]
    fn case_white_space_and_outer_punctuation_are_free() {
        for text in ["here", "Click  here!", "→ more…", "(this\n link)", "READ MORE"] {
            assert!(vague(text).is_some(), "{text}");
        }
        for text in ["the plan", "here be dragons", "more-itertools", "", "…", "no more"] {
            assert_eq!(vague(text), None, "{text}");
        }
    }
}
