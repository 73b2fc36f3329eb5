//! Raw HTML as it is published: as written, but for the targets of its links, which are replaced by what
//! they resolve to, ids that a heading has, and elements that no policy governs. Looks nothing up.

use super::html::attribute;
use crate::markdown::html::{self, Role};
use crate::model::view::LinkView;

/// Writes `html`, whose first link is number `link` of `links`, and counts on. An id for which `is_taken`
/// stands where a heading has the same, and is left out: ids are unique.
pub fn write(out: &mut String, html: &str, links: &[LinkView], link: &mut usize, is_taken: impl Fn(&str) -> bool) {
    let mut end = 0;
    for found in html::attributes(html) {
        match html::role(&found) {
            Some(Role::Link | Role::Source) => {}
            Some(Role::Id) if is_taken(&found.value) => {
                harmless(out, html[end..found.whole.start].trim_end());
                end = found.whole.end;
                continue;
            }
            _ => continue,
        }
        harmless(out, &html[end..found.range.start]);
        if !found.quoted {
            out.push('"');
        }
        attribute(out, &links[*link].href);
        if !found.quoted {
            out.push('"');
        }
        *link += 1;
        end = found.range.end;
    }
    harmless(out, &html[end..]);
}

/// The elements that lead out of a page past its policy: `meta` to another page, `link` and `iframe` to a connection that browsers
/// open before they ask the policy.
const OUTWARD: [&str; 3] = ["meta", "link", "iframe"];

/// Writes a piece of raw HTML in which the start of such an element is text. It goes by bytes and not by tags, for what is an
/// attribute here may be a tag in a browser, which has begun to read further up: after a quotation mark that is never closed, say.
/// In an attribute and in a comment it means what it meant.
fn harmless(out: &mut String, html: &str) {
    let mut end = 0;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let is_one = |name: &&str| {
            let is_name = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            is_name
                && !rest[name.len()..]
                    .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        };
        if OUTWARD.iter().any(is_one) {
            out.push_str(&html[end..at]);
            out.push_str("&lt;");
            end = at + 1;
        }
    }
    out.push_str(&html[end..]);
}

/// How many links a piece of raw HTML holds.
pub fn links(html: &str) -> usize {
    let found = html::attributes(html);
    found.iter().filter(|found| matches!(html::role(found), Some(Role::Link | Role::Source))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_replaced_and_taken_ids_left_out() {
        let links = ["b.html?x&y", "c.png", "2/d.png", "2/e.png"];
        let links = links.map(|href| LinkView { href: href.into(), size: None });
        let html = "<a class=x id=\"taken\" href=b.md>é</a><img id='free' src='c.png' srcset=\"d.png 1x, e.png 2x\"><p\nid=taken>";
        let (mut out, mut link) = (String::new(), 0);
        write(&mut out, html, &links, &mut link, |id| id == "taken");
        assert_eq!(
            out,
            "<a class=x href=\"b.html?x&amp;y\">é</a><img id='free' src='c.png' srcset=\"2/d.png 1x, 2/e.png 2x\"><p>"
        );
        assert_eq!((link, super::links(html)), (4, 4));
    }

    #[test]
    fn what_no_policy_governs_is_text() {
        for (html, written) in [
            ("<meta http-equiv=refresh content=1>", "&lt;meta http-equiv=refresh content=1>"),
            ("<p>a<META\nx>b<Link/rel=y><link>", "<p>a&lt;META\nx>b&lt;Link/rel=y>&lt;link>"),
            ("<y b=\"><meta http-equiv=x>\">", "<y b=\">&lt;meta http-equiv=x>\">"),
            ("<meta", "&lt;meta"),
            ("<IFrame src=x></iframe><frame>", "&lt;IFrame src=\"x\"></iframe><frame>"),
            ("<meta\0x>é<meter><metadata><link-card><linkä>", "&lt;meta\0x>é<meter><metadata><link-card>&lt;linkä>"),
            ("</meta><linearGradient>< meta>", "</meta><linearGradient>< meta>"),
        ] {
            let (mut out, links) = (String::new(), [LinkView { href: "x".into(), size: None }]);
            write(&mut out, html, &links, &mut 0, |_| false);
            assert_eq!(out, written, "{html}");
        }
        let view = LinkView { href: "b.css".into(), size: None };
        let (mut out, mut link) = (String::new(), 0);
        write(&mut out, "<link href=a.css><a href=x>", &[view.clone(), view], &mut link, |_| false);
        assert_eq!((out.as_str(), link), ("&lt;link href=\"b.css\"><a href=\"b.css\">", 2));
    }
}
