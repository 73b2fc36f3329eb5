//! Code blocks and listings to HTML: caption, lines, numbers, marks.

use std::sync::Arc;

use pulldown_cmark_escape::escape_href;

use super::html::{attribute, escaped};
use crate::base::span::Spanned;
use crate::highlight::{self, Highlighting, Language};
use crate::markdown::info::{Info, Lines};
use crate::markdown::plain::line_feeds;
use crate::markdown::rustdoc;
use crate::model::parsed::Sample;
use crate::model::view::{Caption, SampleView};

/// A code block being collected.
#[derive(Default)]
pub struct Block {
    info: Info,
    /// The language token, unescaped.
    token: String,
    caption: Option<Caption>,
    first_line: u32,
    gaps: Vec<(u32, u32)>,
    /// The code comes from a file; what the page has between the fences is for readers elsewhere.
    included: bool,
    is_rustdoc: bool,
    text: String,
}

impl Block {
    /// A fenced block; its code comes from the page unless the view has some from a file. `info_string` is
    /// the unescaped one.
    pub fn new(sample: &Sample, info_string: &str, view: &SampleView) -> Self {
        let info = &sample.info;
        let token = info_string.split(|c: char| c.is_whitespace() || c == ',' || c == '{').next().unwrap_or("");
        Self {
            info: info.clone(),
            token: if info.language.is_some() { token.to_owned() } else { String::new() },
            caption: view.caption.clone(),
            first_line: view.first_line,
            gaps: view.gaps.clone(),
            included: view.text.is_some(),
            is_rustdoc: sample.is_rustdoc,
            text: view.text.clone().unwrap_or_default(),
        }
    }

    /// Adds code from the page.
    pub fn push(&mut self, text: &str) {
        if !self.included {
            self.text.push_str(text);
        }
    }
}

/// The lines of a block as HTML.
pub fn lines_of(language: Option<Language>, text: &str, highlighting: Highlighting<'_>) -> Arc<Vec<String>> {
    match (language, highlighting) {
        (Some(language), Highlighting::Remembered(memo)) => memo.lines(language, text),
        (Some(language), Highlighting::Kept(kept)) => kept.lines(language, text),
        (Some(language), Highlighting::On) => Arc::new(highlight::lines(language, text).lines),
        (None, _) | (_, Highlighting::Off) => Arc::new(text.lines().map(escaped).collect()),
    }
}

/// Writes a whole block.
pub fn write(out: &mut String, block: &Block, highlighting: Highlighting<'_>) {
    let info = &block.info;
    let language = highlight::language(&block.token);
    let text = match block.is_rustdoc && !block.included {
        true => &*rustdoc::shown_lines(&block.text),
        false => block.text.as_str(),
    };
    let lines = lines_of(language, text, highlighting);
    if let Some(caption) = &block.caption {
        out.push_str("<figure class=\"code\"><figcaption>");
        write_caption(out, caption);
        out.push_str("</figcaption>");
    }
    let marked = info.mark.is_some() || info.ins.is_some() || info.del.is_some();
    out.push_str(match (info.number, marked) {
        (true, _) => "<pre class=\"lines numbers\"><code",
        (false, true) => "<pre class=\"lines\"><code",
        (false, false) => "<pre><code",
    });
    if !block.token.is_empty() {
        out.push_str(" class=\"language-");
        attribute(out, &block.token);
        out.push('"');
    }
    out.push('>');
    if info.number || marked {
        for (index, line) in (0_u32..).zip(&*lines) {
            let behind = block.gaps.partition_point(|&(at, _)| at <= index);
            let left_out = behind.checked_sub(1).map_or(0, |gap| block.gaps[gap].1);
            let number = block.first_line.max(1).saturating_add(index).saturating_add(left_out);
            let is_in = |set: &Option<Spanned<Lines>>| set.as_ref().is_some_and(|set| set.value.contains(number));
            let mark = match (is_in(&info.ins), is_in(&info.del), is_in(&info.mark)) {
                (true, ..) => " ins",
                (_, true, _) => " del",
                (.., true) => " mark",
                _ => "",
            };
            out.push_str(&format!("<span class=\"line{mark}\" data-line=\"{number}\">{line}\n</span>"));
        }
    } else {
        for line in &*lines {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.push_str("</code></pre>\n");
    if block.caption.is_some() {
        // The figure ends on the line of its last element.
        out.truncate(out.trim_end().len());
        out.push_str("</figure>\n");
    }
}

fn write_caption(out: &mut String, caption: &Caption) {
    match &caption.href {
        Some(href) => {
            out.push_str("<a href=\"");
            escape_href(&mut *out, href).expect("writing to a string cannot fail");
            out.push_str(&format!("\">{}</a>", escaped(&caption.text)));
        }
        None => out.push_str(&escaped(&caption.text)),
    }
}

/// A source file as a page: every line numbered and linkable.
pub fn listing(language: Option<Language>, text: &str, highlighting: Highlighting<'_>) -> String {
    let text = line_feeds(text.trim_start_matches('\u{feff}'));
    let lines = lines_of(language, &text, highlighting);
    let mut out = String::with_capacity(text.len() * 3);
    out.push_str("<pre class=\"lines numbers\"><code>");
    for (index, line) in lines.iter().enumerate() {
        let number = index + 1;
        out.push_str(&format!("<span class=\"line\" id=\"L{number}\" data-line=\"{number}\">{line}\n</span>"));
    }
    out.push_str("</code></pre>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{Highlighting, listing};

    #[test]
    fn a_listing_has_the_lines_that_links_count() {
        let html = listing(None, "\u{feff}a\rb\r\nc\n", Highlighting::On);
        for line in ["data-line=\"1\">a\n", "data-line=\"2\">b\n", "data-line=\"3\">c\n"] {
            assert!(html.contains(line), "{html}");
        }
        assert!(!html.contains("L4"), "{html}");
    }
}
