//! What a page names and what refers to it within the page: ids and footnotes, each given once.

use std::collections::{HashMap, HashSet};

use super::{Reports, at};
use crate::base::nearest::Nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::catalog;
use crate::markdown::walk::Undefined;
use crate::model::parsed::Heading;

/// An id of a directive or of raw HTML.
pub struct Anchor {
    pub id: Spanned<String>,
    /// Where the tag starts, for raw HTML.
    pub tag: Option<u32>,
}

/// Reports ids that are given twice, and returns the anchors that count. One that raw HTML puts right
/// before a heading of the same id leads to the same place, so it is dropped; the renderer leaves its
/// attribute out.
pub fn check(
    text: &str,
    headings: &[Heading],
    anchors: Vec<Anchor>,
    path: &BookPath,
    reports: Reports<'_>,
) -> Vec<Spanned<String>> {
    let named: HashMap<&str, &Heading> = headings.iter().map(|heading| (heading.id.as_str(), heading)).collect();
    let mut places: HashMap<String, Span> = HashMap::new();
    let mut kept = Vec::new();
    let mut walls = Walls { text, after: None };
    for Anchor { id, tag } in anchors {
        let heading = named.get(id.value.as_str()).copied();
        if heading.zip(tag).is_some_and(|(heading, tag)| walls.leads_to(tag, heading.span)) {
            continue;
        }
        if let Some(first) = places.insert(id.value.clone(), id.span).or(heading.map(|heading| heading.id_span)) {
            reports.push(catalog::duplicate_id(at(path, id.span), &id.value, at(path, first)));
        }
        kept.push(id);
    }
    kept
}

/// What stands in the way from tags to headings.
struct Walls<'a> {
    text: &'a str,
    /// The tag asked for last, and the first thing behind it that is neither a tag nor white space: tags in
    /// a row are asked for one by one, and each would look through all behind it.
    after: Option<(u32, u32)>,
}

impl Walls<'_> {
    /// Whether the tag at `tag` stands in the heading, or before it with nothing but tags and white space
    /// between.
    fn leads_to(&mut self, tag: u32, heading: Span) -> bool {
        if (heading.start..heading.end).contains(&tag) {
            return true;
        }
        tag < heading.start && heading.start <= self.wall(tag)
    }

    fn wall(&mut self, tag: u32) -> u32 {
        if let Some((_, wall)) = self.after.filter(|&(from, wall)| (from..wall).contains(&tag)) {
            return wall;
        }
        let rest = Span::new(tag as usize..self.text.len()).slice(self.text);
        let mut in_tag = false;
        let length = rest.find(|c: char| {
            match c {
                '<' => in_tag = true,
                '>' if in_tag => in_tag = false,
                _ => return !in_tag && !c.is_whitespace(),
            }
            false
        });
        let wall = tag + Span::new(0..length.unwrap_or(rest.len())).end;
        self.after = Some((tag, wall));
        wall
    }
}

/// The footnotes of a page.
#[derive(Default)]
pub struct Footnotes {
    pub defined: Vec<Spanned<String>>,
    pub used: Vec<Spanned<String>>,
}

impl Footnotes {
    /// Reports footnotes that are defined twice or not referred to.
    pub fn check(&self, path: &BookPath, reports: Reports<'_>) {
        let used: HashSet<&str> = self.used.iter().map(|reference| reference.value.as_str()).collect();
        let mut firsts: HashMap<&str, Span> = HashMap::new();
        for definition in &self.defined {
            let name = &definition.value;
            let first = *firsts.entry(name).or_insert(definition.span);
            if first != definition.span {
                reports.push(catalog::footnote_duplicate(at(path, definition.span), name, at(path, first)));
            } else if !used.contains(name.as_str()) {
                reports.push(catalog::footnote_unused(at(path, definition.span), name));
            }
        }
    }

    /// Reports references, of footnotes and of links, that nothing defines.
    pub fn check_undefined(&self, undefined: &[Undefined], path: &BookPath, reports: Reports<'_>) {
        let near = Nearest::new(self.defined.iter().map(|definition| definition.value.as_str()));
        for undefined in undefined {
            let place = at(path, undefined.span);
            reports.push(match undefined.label.strip_prefix('^') {
                Some(name) => catalog::footnote_undefined(place, name, near.find(name)),
                None => catalog::undefined_reference(place, &undefined.label),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::walk::MarkdownOptions;
    use crate::parse::tests::reported;

    #[test]
    fn an_anchor_right_before_its_heading_is_no_second_id() {
        for text in [
            "<a id=\"region\"></a>\n\n## Region\n",
            "<a name=\"region\" id=\"region\"></a>\n## Region\n",
            "<div id=\"region\">\n</div>\n\n<a id=\"x\"></a>\n\n## Region\n",
            "## <a id=\"region\"></a>Region\n",
        ] {
            assert_eq!(reported(text), [], "{text}");
            let source = crate::parse::tests::source(text);
            let anchors =
                crate::parse::page(&source, MarkdownOptions::default(), &crate::parse::Lints::default()).anchors;
            assert!(anchors.iter().all(|anchor| anchor.value != "region"), "{text}");
        }
    }

    #[test]
    fn other_ids_are_given_once() {
        for text in [
            "<a id=\"region\"></a>\n\ntext\n\n## Region\n",
            "## Region\n\n<a id=\"region\"></a>\n",
            "<a id=\"x\"></a> <a id=\"x\"></a>\n",
            ":::note{#region}\nx\n:::\n\n## Region\n",
        ] {
            assert_eq!(reported(text).len(), 1, "{text}");
            assert_eq!(reported(text)[0].0, "heading/duplicate-id", "{text}");
        }
    }

    #[test]
    fn footnotes_and_references_without_a_definition_are_reported_at_their_place() {
        let text = "a [^nope] b [coll][] [^x]\n\n[^x]: y\n";
        let expected =
            [("footnote/undefined", "[^nope]".to_owned()), ("link/undefined-reference", "[coll]".to_owned())];
        assert_eq!(reported(text), expected);
    }
}
