//! The start of a page to whether a heading opens it: comments and empty anchors above it cannot be seen.

use std::ops::Range;

use crate::markdown::walk::{Event, Item, Tag, TagEnd};

/// Elements that only give a place a name while they are empty.
const ANCHORS: &[&str] = &["a", "span"];

/// Whether the first thing to be seen is a heading.
pub fn is_heading(items: &[(Item<'_>, Range<usize>)]) -> bool {
    let mut html = String::new();
    for (item, _) in items {
        let Item::Event(event) = item else { return false };
        match event {
            Event::Start(Tag::Heading { .. }) => return shows_nothing(&html.to_ascii_lowercase()),
            Event::Start(Tag::Paragraph | Tag::HtmlBlock) | Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {}
            Event::Html(text) | Event::InlineHtml(text) => html.push_str(text),
            Event::Text(text) if text.trim().is_empty() => html.push_str(text),
            Event::SoftBreak => {}
            _ => return false,
        }
    }
    false
}

/// Whether HTML in lower case is nothing but comments and empty anchors.
fn shows_nothing(html: &str) -> bool {
    let mut rest = html.trim_start();
    while !rest.is_empty() {
        let Some(behind) = behind_comment(rest).or_else(|| behind_anchor(rest)) else { return false };
        rest = behind.trim_start();
    }
    true
}

fn behind_comment(html: &str) -> Option<&str> {
    Some(html.strip_prefix("<!--")?.split_once("-->")?.1)
}

fn behind_anchor(html: &str) -> Option<&str> {
    let inside = html.strip_prefix('<')?;
    let name = ANCHORS
        .iter()
        .find(|name| inside.strip_prefix(**name).is_some_and(|rest| rest.starts_with(char::is_whitespace)))?;
    // A bracket in a quoted value does not end the tag.
    let mut quote = None;
    let end = inside.find(|c| match (quote, c) {
        (None, '"' | '\'') => {
            quote = Some(c);
            false
        }
        (Some(open), c) if c == open => {
            quote = None;
            false
        }
        (None, '>') => true,
        _ => false,
    })?;
    inside[end + 1..].trim_start().strip_prefix("</")?.strip_prefix(*name)?.strip_prefix('>')
}

#[cfg(test)]
mod tests {
    use crate::markdown::walk::MarkdownOptions;
    use crate::parse::{page, tests::source};

    #[test]
    fn only_what_cannot_be_seen_may_stand_above_the_heading() {
        let opens = |text: &str| {
            page(&source(text), MarkdownOptions::default(), &crate::parse::Lints::default()).opens_with_heading
        };
        for text in [
            "# T\n",
            "### T\n",
            "T\n---\n",
            "---\ntitle: x\n---\n\n## T\n",
            "<!-- a\n\nb -->\n<!-- c -->\n\n## T\n",
            "<a id=\"old\"></a>\n\n## T\n",
            "<a id=\"old\"></a>\n## T\n",
            "<a\nid=x></a>\n## T\n",
            "<A NAME='>'> </A><span id=x></span>\n\n<!-- a -->\n## T\n",
            "[a]: b.md\n\n## [a]\n",
        ] {
            assert!(opens(text), "{text}");
        }
        for text in [
            "",
            "text\n",
            "text\n\n# T\n",
            "<a id=\"old\">x</a>\n\n## T\n",
            "<a id=\"old\">\n\n## T\n\n</a>\n",
            "<div align=\"center\">\n\n# T\n\n</div>\n",
            "<img src=\"a.png\">\n\n# T\n",
            "- # T\n",
            "> # T\n",
            "***\n# T\n",
            ":::note\n# T\n:::\n",
            ":::include{file=_a.md}\n\n# T\n",
            "[^1]: a\n\n# T[^1]\n",
        ] {
            assert!(!opens(text), "{text}");
        }
    }
}
