//! What the rest of the book sees of a Markdown file. Where an edit leaves that alone, the symbol table is as it was,
//! and so is what is wrong with all other pages.

use super::parsed::{FrontMatter, Heading, Parsed};
use super::practice::Material;
use super::practice::inline::{Inline, InlineMark, Standing};
use crate::base::span::Spanned;

/// Whether the book sees the same in two versions of a file. Places do not count: whoever asks must know that none of
/// them is remembered elsewhere.
#[must_use]
pub fn is_same(left: &Parsed, right: &Parsed) -> bool {
    // Taken apart, so that whoever adds a fact decides here whether the book sees it.
    let Parsed {
        front,
        body: _,
        title,
        opens_with_heading,
        headings,
        html_headings: _,
        anchors,
        links,
        samples: _,
        fences: _,
        directives: _,
        practice,
        layout: _,
        inlines,
        words: _,
        paragraphs,
        mentions,
        diagnostics: _,
    } = left;
    is_same_front(front, &right.front)
        && *title == right.title
        && *opens_with_heading == right.opens_with_heading
        && headings.iter().map(seen).eq(right.headings.iter().map(seen))
        && values(anchors).eq(values(&right.anchors))
        && links
            .iter()
            .map(|link| (link.kind, &link.target))
            .eq(right.links.iter().map(|link| (link.kind, &link.target)))
        && left.included_files().map(value).eq(right.included_files().map(value))
        && inclusions(left).eq(inclusions(right))
        && paragraphs.iter().map(|it| (it.seen, it.words)).eq(right.paragraphs.iter().map(|it| (it.seen, it.words)))
        && practice.iter().map(material).eq(right.practice.iter().map(material))
        && inlines.iter().flatten().map(inline).eq(right.inlines.iter().flatten().map(inline))
        && *mentions == right.mentions
}

fn is_same_front(left: &FrontMatter, right: &FrontMatter) -> bool {
    let FrontMatter {
        title,
        description: _,
        order,
        draft,
        minutes: _,
        difficulty: _,
        outcome: _,
        prerequisites: _,
        tags: _,
        checked_on: _,
        redirect_from,
        search_exclude: _,
        toc: _,
        template,
    } = left;
    *title == right.title
        && order.as_ref().map(|order| order.value) == right.order.as_ref().map(|order| order.value)
        && *draft == right.draft
        // The book remembers where old addresses are written.
        && *redirect_from == right.redirect_from
        && template.as_ref().map(value) == right.template.as_ref().map(value)
}

fn seen(heading: &Heading) -> (u8, &str, &str) {
    (heading.level, &heading.id, &heading.text)
}

/// All that a piece of material says, wherever it stands.
fn material(material: &Material) -> String {
    let Material { directive, id, title, content } = material;
    serde_json::to_string(&(directive, id, title, content)).expect("facts are JSON")
}

fn inline(mark: &InlineMark) -> (Option<Standing>, &str, Option<&str>) {
    match &mark.inline {
        Inline::Claim { standing, reference, checked_on } => {
            (*standing, reference.as_ref().map_or("", value), checked_on.as_deref())
        }
        Inline::Term(id) => (None, value(id), Some("term")),
        Inline::Reference(id) => (None, value(id), Some("ref")),
    }
}

fn value(text: &Spanned<String>) -> &str {
    &text.value
}

fn values(texts: &[Spanned<String>]) -> impl Iterator<Item = &str> {
    texts.iter().map(value)
}

/// What a file includes, and how many of its headings stand before each.
fn inclusions(parsed: &Parsed) -> impl Iterator<Item = (usize, &str, usize)> {
    parsed.included_pages().map(|(directive, file)| {
        let place = parsed.fences[parsed.directives[directive].open].span.start;
        let before = parsed.headings.partition_point(|heading| heading.span.start < place);
        (directive, value(file), before)
    })
}
