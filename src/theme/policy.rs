//! Templates and style sheets of the book's own to what a published page forbids in them, which otherwise would be missing
//! without a word. Pages' own HTML is checked where it is parsed.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::html::{self, HtmlTag};

/// What of a template the policy forbids.
pub fn template(path: &BookPath, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let html = html::tags(&without_tera(text));
    for tag in &html.tags {
        let at = |range: &Range<usize>| Place::at(path, Span::new(range.clone()));
        found.extend(tag_problem(tag).map(|(what, help)| catalog::html_blocked(at(&tag.range), what, help)));
        for attribute in &tag.attributes {
            let is_outside = is_outside(&attribute.value);
            let (what, help) = match (&*tag.name, &*attribute.name) {
                (_, "style") => ("style attributes", "use a class, with its rules in a style sheet"),
                (_, name) if name.len() > 2 && name.starts_with("on") => {
                    ("scripts in attributes", "listen to the event in a script")
                }
                ("script", "src") if is_outside => ("scripts of other sites", "put the file into the book"),
                ("link", "href") if is_outside && loads(tag) => ("files of other sites", "put the file into the book"),
                ("img" | "audio" | "video" | "source" | "input", "src" | "srcset" | "poster") if is_outside => {
                    ("files of other sites", "put the file into the book")
                }
                _ => continue,
            };
            found.push(catalog::html_blocked(at(&attribute.range), what, help));
        }
    }
    found
}

/// What of a style sheet the policy forbids.
pub fn style(path: &BookPath, text: &str) -> Vec<Diagnostic> {
    let outside = addresses(text).into_iter().filter(|range| is_outside(&text[range.clone()]));
    let place = |range: Range<usize>| Place::at(path, Span::new(range));
    outside
        .map(|range| catalog::html_blocked(place(range), "files of other sites", "put the file into the book"))
        .collect()
}

/// Where the addresses stand that a style sheet loads something from.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let text = blanked(text, &[("/*", "*/", b' ')]);
    let after = |mark: &'static str| text.match_indices(mark).map(move |(at, _)| at + mark.len());
    let mut found: Vec<Range<usize>> = after("url(").filter_map(|at| address(&text, at, ')')).collect();
    found.extend(
        after("@import ")
            .filter(|at| text[*at..].trim_start().starts_with(['"', '\'']))
            .filter_map(|at| address(&text, at, ';')),
    );
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// The address from `at` up to `end`, without the quotes around it.
fn address(text: &str, at: usize, end: char) -> Option<Range<usize>> {
    let start = at + text[at..].len() - text[at..].trim_start().len();
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let start = start + usize::from(quote.is_some());
    let end = start + text[start..].find(quote.unwrap_or(end))?;
    let end = start + text[start..end].trim_end().len();
    (start < end).then_some(start..end)
}

/// The custom properties that a style sheet names, each with its place.
pub fn properties(text: &str) -> Vec<Range<usize>> {
    let text = blanked(text, &[("/*", "*/", b' ')]);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let starts = text.match_indices("--").map(|(at, _)| at).filter(|at| !text[..*at].ends_with(is_part));
    let whole = starts.map(|at| at..at + text[at..].find(|c| !is_part(c)).unwrap_or(text.len() - at));
    whole.filter(|range| range.len() > 2).collect()
}

/// Custom properties that the theme does not have, that stand once, and so mean nothing, and are nearly one that it has.
pub fn misspelt<'k>(text: &str, known: &'k BTreeSet<String>) -> Vec<(Range<usize>, &'k str)> {
    let all = properties(text);
    let is_single = |name: &str| all.iter().filter(|range| text[(*range).clone()] == *name).count() == 1;
    let unknown = all.iter().filter(|range| {
        let name = &text[(*range).clone()];
        !known.contains(name) && is_single(name)
    });
    // The two hyphens are no part of how alike names are.
    let near = |name: &str| {
        let near = nearest(name.strip_prefix("--")?, known.iter().filter_map(|known| known.strip_prefix("--")))?;
        known.iter().find(|known| known.strip_prefix("--") == Some(near)).map(String::as_str)
    };
    unknown.filter_map(|at| Some((at.clone(), near(&text[at.clone()])?))).collect()
}

fn tag_problem(tag: &HtmlTag) -> Option<(&'static str, &'static str)> {
    let attribute = |name: &str| tag.attributes.iter().find(|attribute| attribute.name == name);
    Some(match &*tag.name {
        // Data is no script.
        "script" if attribute("src").is_some() || attribute("type").is_some_and(|kind| kind.value.contains("json")) => {
            return None;
        }
        "script" => ("scripts in pages", "put it into a file and name that in theme.toml"),
        "style" => ("style sheets in pages", "put it into a file and name that in theme.toml"),
        "iframe" | "object" | "embed" | "frame" => ("embedded pages", "link to it instead"),
        "base" => ("other base address", "write links from the page, with page.root"),
        _ => return None,
    })
}

/// Whether a `link` makes browsers load what it leads to.
fn loads(tag: &HtmlTag) -> bool {
    let rel = tag.attributes.iter().find(|attribute| attribute.name == "rel").map_or("", |rel| &*rel.value);
    rel.split_whitespace().any(|word| matches!(word, "stylesheet" | "icon" | "preload" | "modulepreload" | "manifest"))
}

/// Whether an address names a host.
pub fn is_outside(address: &str) -> bool {
    let start = address.trim_start().to_ascii_lowercase();
    ["http://", "https://", "//"].iter().any(|scheme| start.starts_with(scheme))
}

/// A template as long as it was, in which what tera takes for itself is blank and values are letters.
fn without_tera(text: &str) -> String {
    blanked(text, &[("{{", "}}", b'x'), ("{%", "%}", b' '), ("{#", "#}", b' ')])
}

/// A text as long as it was, with `fill` in place of whatever stands between two marks.
fn blanked(text: &str, marks: &[(&str, &str, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some((start, &(open, close, fill))) =
        marks.iter().filter_map(|mark| Some((at + text[at..].find(mark.0)?, mark))).min_by_key(|(start, _)| *start)
    {
        let inside = start + open.len();
        let end = text[inside..].find(close).map_or(text.len(), |length| inside + length + close.len());
        for byte in bytes[start..end].iter_mut().filter(|byte| **byte != b'\n') {
            *byte = fill;
        }
        at = end;
    }
    String::from_utf8(bytes).expect("whole characters are replaced")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(found: &[Diagnostic], text: &str, expected: &[&str]) {
        let at = |diagnostic: &Diagnostic| {
            diagnostic.place.span.map_or("", |span| &text[span.start as usize..span.end as usize])
        };
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn what_a_template_may_not_do_is_found() {
        let path = BookPath::ROOT;
        for (text, expected) in [
            (
                "<script src=\"{{ assets.script }}\" defer></script><link rel=\"canonical\" href=\"https://a.example/\">",
                &[][..],
            ),
            ("<script type=\"application/ld+json\">{}</script>{# <style> #}<a href=\"https://a.example/\">é</a>", &[]),
            ("é<script>a()</script><style>b{}</style>", &["<script", "<style"]),
            (
                "<link rel=stylesheet href=//a.example/b.css><p style=\"a:b\" onclick=\"c()\">",
                &["//a.example/b.css", "a:b", "c()"],
            ),
            (
                "<body{% if a == \"b\" %} class=\"{{ c }}\"{% endif %}><img src='HTTP://a.example/b.png'>",
                &["HTTP://a.example/b.png"],
            ),
        ] {
            says(&template(&path, text), text, expected);
        }
    }

    #[test]
    fn a_property_that_is_nearly_one_of_the_themes_is_misspelt_unless_it_is_the_sheets_own() {
        let known: BTreeSet<String> = ["--rubric", "--paper", "--blue"].map(str::to_owned).into();
        let text = "/* --papr */ :root { --rubrik: red; --paper: white; --blue2: blue; --else: 1 }\
                    a { color: var(--blue2, var(--papper)); margin: calc(1px --b) } .paper--papr { b: c }";
        let found: Vec<(&str, &str)> = misspelt(text, &known).into_iter().map(|(at, near)| (&text[at], near)).collect();
        assert_eq!(found, [("--rubrik", "--rubric"), ("--papper", "--paper")]);
    }

    #[test]
    fn addresses_of_style_sheets_are_found_but_for_those_in_comments() {
        let text = "/* url(a) */ @import \"https://b.example/c.css\"; d { background: url( 'é.png' ) } @import url(//f.example);\
                    g { src: url(data:x) url() url(h";
        let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://b.example/c.css", "é.png", "//f.example", "data:x"]);
        says(&style(&BookPath::ROOT, text), text, &["https://b.example/c.css", "//f.example"]);
    }
}
