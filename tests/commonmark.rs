//! CommonMark's examples (0.31.2) through our renderer: the same HTML but for the differences listed here,
//! each with its reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use prepbook::base::path::BookPath;
use prepbook::highlight::Highlighting;
use prepbook::markdown::fence;
use prepbook::markdown::html::{self, Role};
use prepbook::markdown::walk::{Event, Item, LinkType, MarkdownOptions, Tag, walk};
use prepbook::model::parsed::Parsed;
use prepbook::model::source::{Source, SourceId};
use prepbook::model::strings::Strings;
use prepbook::model::view::{DocumentView, LinkView, SampleView};
use prepbook::{parse, render};

/// Examples whose HTML differs from the specification's, and why.
const DIFFERENT: &[(usize, &str)] = &[
    (31, "targets in raw HTML are read and written anew, so a character reference becomes its character"),
    (96, "a block between two lines of hyphens at the head of a page is front matter"),
    (98, "the same, empty"),
    (142, "Ruby is highlighted"),
    (143, "Ruby is highlighted"),
    (608, "a bare address is a link, as in GFM"),
    (611, "a bare address is a link, as in GFM"),
    (612, "a bare mail address is a link, as in GFM"),
    (630, "targets in raw HTML are read and written anew, so a character reference becomes its character"),
];

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples of the specification's text: fences of 32 backticks, a line with a full stop between
/// Markdown and HTML, arrows for tabs.
fn examples() -> Vec<Example> {
    let text = include_str!("commonmark/spec.txt");
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let opening = format!("\n{fence} example\n");
    let mut parts = text.split(&opening);
    parts.next();
    for part in parts {
        let (example, _) = part.split_once(&format!("\n{fence}\n")).expect("examples are closed");
        let (markdown, html) = match example.strip_prefix(".\n") {
            Some(html) => ("", html),
            None => match example.split_once("\n.\n") {
                Some((markdown, html)) => (markdown, html),
                None => (example.strip_suffix("\n.").expect("a full stop divides an example"), ""),
            },
        };
        let with_tabs = |text: &str| text.replace('→', "\t");
        let line = |text: &str| if text.is_empty() { String::new() } else { with_tabs(text) + "\n" };
        examples.push(Example { number: examples.len() + 1, markdown: line(markdown), html: line(html) });
    }
    examples
}

fn rendered(markdown: &str) -> String {
    let source = Source::new(BookPath::new("a.md").expect("a plain name"), markdown.into());
    let options = MarkdownOptions::default();
    let parsed = Arc::new(parse::page(&source, options, &parse::Lints::default()));
    let view = DocumentView {
        source: SourceId(0),
        hash: String::new(),
        heading_ids: parsed.headings.iter().map(|heading| heading.id.clone()).collect(),
        gives_title: false,
        links: links(markdown, &parsed, options),
        samples: parsed.samples.iter().map(|_| SampleView::default()).collect(),
        includes: BTreeMap::new(),
        practice: BTreeMap::new(),
        marks: Vec::new(),
    };
    let (sources, parsed, strings) = ([source], [parsed], Strings::default());
    let prose = render::Prose {
        sources: &sources,
        parsed: &parsed,
        options,
        strings: &strings,
        partials: None,
        highlighting: Highlighting::On,
    };
    render::markdown(&[view], &prose).expect("there are no templates to fail")
}

/// Every link with its target as written, since the examples' targets are on no site.
fn links(markdown: &str, parsed: &Parsed, options: MarkdownOptions) -> Vec<LinkView> {
    let masked = fence::mask(markdown, &parsed.fences);
    let mut links = Vec::new();
    let mut html_block: Option<String> = None;
    let raw = |html: &str, links: &mut Vec<LinkView>| {
        for attribute in html::attributes(html) {
            if matches!(html::role(&attribute), Some(Role::Link | Role::Source)) {
                links.push(LinkView { href: attribute.value.into_owned(), size: None });
            }
        }
    };
    for (item, _) in walk(&masked, parsed.body, &parsed.fences, options) {
        match item {
            Item::Event(Event::Start(Tag::Link { dest_url, link_type, .. })) => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                links.push(LinkView { href: format!("{scheme}{dest_url}"), size: None });
            }
            Item::Event(Event::Start(Tag::Image { dest_url, .. })) => {
                links.push(LinkView { href: dest_url.into_string(), size: None });
            }
            Item::Event(Event::Start(Tag::HtmlBlock)) => html_block = Some(String::new()),
            Item::Event(Event::Html(text)) => match &mut html_block {
                Some(block) => block.push_str(&text),
                None => raw(&text, &mut links),
            },
            Item::Event(Event::End(prepbook::markdown::walk::TagEnd::HtmlBlock)) => {
                if let Some(block) = html_block.take() {
                    raw(&block, &mut links);
                }
            }
            Item::Event(Event::InlineHtml(text)) => raw(&text, &mut links),
            _ => {}
        }
    }
    links
}

/// What is equal to a browser: white space between blocks, the slash of void elements, quotes in text; and
/// what we add to every page on purpose: ids of headings, lazy images, the frame of a table.
fn normal(html: &str) -> String {
    let mut text = html.replace(" />", ">").replace("/>", ">").replace("&quot;", "\"").replace(" loading=\"lazy\"", "");
    while let Some(start) = text.find(" id=\"") {
        let heading = text[..start].rfind('<').is_some_and(|open| {
            let tag = &text.as_bytes()[open + 1..start];
            tag.len() == 2 && tag[0] == b'h' && tag[1].is_ascii_digit()
        });
        if !heading {
            break;
        }
        let end = start + 5 + text[start + 5..].find('"').expect("attributes are closed") + 1;
        text.replace_range(start..end, "");
    }
    let blocks = ["p", "li", "ul", "ol", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "table"];
    let mut out = text;
    for block in blocks {
        for tag in [format!("<{block}>"), format!("</{block}>")] {
            out = out.replace(&format!("\n{tag}"), &tag).replace(&format!("{tag}\n"), &tag);
        }
    }
    // `<ol start="2">` has an attribute, so its own line break is looked for apart; and white space
    // between the pieces of raw HTML is as the author has it or one line break.
    while let Some(at) = out.find("\n<ol start") {
        out.remove(at);
    }
    while let Some(at) = out.find("\n\n") {
        out.remove(at);
    }
    out.trim().to_owned()
}

#[test]
fn the_examples_of_commonmark_render_as_specified() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    let mut mended = Vec::new();
    for example in &examples {
        let html = rendered(&example.markdown);
        let equal = normal(&html) == normal(&example.html);
        let listed = DIFFERENT.iter().any(|(number, _)| *number == example.number);
        if !equal && !listed {
            wrong.push(format!(
                "{}: {:?}\n  should be {:?}\n  and is    {:?}",
                example.number, example.markdown, example.html, html
            ));
        } else if equal && listed {
            mended.push(example.number);
        }
    }
    assert!(wrong.is_empty(), "{} examples differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(mended.is_empty(), "these render as specified, so take them off the list: {mended:?}");
}
