//! Inline directives to HTML: what stands before their words and behind them.

use pulldown_cmark_escape::escape_href;

use super::directives::inline;
use super::html::{attribute, escaped};
use crate::markdown::walk::MarkdownOptions;
use crate::model::strings::Strings;
use crate::model::view::MarkView;

/// Writes what stands before the words.
pub fn open(out: &mut String, view: &MarkView, _: &Strings) {
    match view {
        MarkView::Plain => {}
        MarkView::Claim { standing, .. } => out.push_str(&format!("<span class=\"claim {standing}\">")),
        MarkView::Term { meaning, href } => {
            link(out, "term", href);
            // A title is plain text.
            let html = inline(meaning, MarkdownOptions::default());
            out.push_str(" title=\"");
            attribute(out, &plain(&html));
            out.push_str("\">");
        }
        MarkView::Reference { title, href } => {
            link(out, "ref", href);
            out.push_str(" title=\"");
            attribute(out, title);
            out.push_str("\">");
        }
    }
}

/// Writes what stands behind the words.
pub fn close(out: &mut String, view: &MarkView, strings: &Strings) {
    match view {
        MarkView::Plain => {}
        MarkView::Claim { standing, source, href, checked_on } => {
            let standing = strings.text(&format!("claim_{standing}"));
            out.push_str("<sup class=\"claim-mark\">");
            match href {
                Some(href) => {
                    let source = source.as_deref().unwrap_or("");
                    let said = [("standing", standing), ("source", source)];
                    let title = match checked_on {
                        Some(date) => strings.fill("claim_source_checked", &[said[0], said[1], ("date", date)]),
                        None => strings.fill("claim_source", &said),
                    };
                    link(out, "claim-source", href);
                    out.push_str(" title=\"");
                    attribute(out, &title);
                    out.push_str(&format!("\">{}</a>", escaped(standing)));
                }
                None => out.push_str(&escaped(standing)),
            }
            out.push_str("</sup></span>");
        }
        MarkView::Term { .. } | MarkView::Reference { .. } => out.push_str("</a>"),
    }
}

fn link(out: &mut String, class: &str, href: &str) {
    out.push_str(&format!("<a class=\"{class}\" href=\""));
    escape_href(&mut *out, href).expect("writing to a string cannot fail");
    out.push('"');
}

/// HTML text without its tags.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
