//! Raw HTML as it is published: as written, but for the targets of its links, which are replaced by what
//! they resolve to, and ids that a heading has. Looks nothing up.

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
                out.push_str(html[end..found.whole.start].trim_end());
                end = found.whole.end;
                continue;
            }
            _ => continue,
        }
        out.push_str(&html[end..found.range.start]);
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
}
