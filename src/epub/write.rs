//! Pages to XHTML (EPUB 3.3, section 6.1). Here links become those of the package: to another page of it, to the site where its
//! address is known, or to nothing, in which case their words stay.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use super::page::{Page, is_void};
use super::tree::{Element, Node};
use crate::config::Site;
use crate::model::strings::Direction;
use crate::model::url::{Url, decode, fragment};

/// What pages are written with.
pub struct Writer<'a> {
    /// The book's language.
    pub language: &'a str,
    /// Which way it is written.
    pub direction: Direction,
    /// Whether there is a style sheet.
    pub has_style: bool,
    /// Where the site is reached.
    pub site: &'a Site,
    /// The numbers of pages, from 1, and the ids on them.
    pub pages: BTreeMap<&'a Url, (usize, &'a BTreeSet<String>)>,
    /// The names of pictures in the package.
    pub pictures: BTreeMap<&'a Url, String>,
}

/// The style sheet's name in the package.
pub const STYLE: &str = "style.css";

/// The name of a page in the package.
#[must_use]
pub fn file_name(number: usize) -> String {
    format!("page-{number}.xhtml")
}

/// Text as XML has it, also in an attribute: without characters that no XML may hold.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

impl Writer<'_> {
    /// A page of the package.
    #[must_use]
    pub fn page(&self, page: &Page) -> String {
        let mut body = String::new();
        self.nodes(&mut body, page, &page.nodes);
        self.document(&page.title, "", body.trim())
    }

    /// A document, `attributes` those of its body.
    #[must_use]
    pub fn document(&self, title: &str, attributes: &str, body: &str) -> String {
        let language = escaped(self.language);
        let direction = if self.direction == Direction::Rtl { " dir=\"rtl\"" } else { "" };
        let style = format!("<link rel=\"stylesheet\" type=\"text/css\" href=\"{STYLE}\"/>\n");
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" \
             xml:lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"UTF-8\"/>\n<title>{}</title>\n{}</head>\n\
             <body{attributes}>\n{body}\n</body>\n</html>\n",
            escaped(title),
            if self.has_style { style.as_str() } else { "" },
        )
    }

    /// The href of a page or of a place on it, if both are in the package.
    #[must_use]
    pub fn href(&self, url: &Url, id: &str) -> Option<String> {
        let (number, ids) = self.pages.get(url)?;
        let place = if ids.contains(id) { fragment(&names::id(id)) } else { String::new() };
        Some(file_name(*number) + &place)
    }

    fn nodes(&self, out: &mut String, page: &Page, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => out.push_str(&escaped(text)),
                Node::Element(element) => self.element(out, page, element),
            }
        }
    }

    fn element(&self, out: &mut String, page: &Page, element: &Element) {
        let href = element.get("href");
        let led = href.and_then(|href| self.led(page, href));
        let shown = element.get("src").map(|source| self.shown(page, source));
        let name = match element.name.as_str() {
            // Nothing that is read stands for a picture that cannot be shown but its text.
            "img" if shown == Some(None) => {
                out.push_str(&escaped(element.get("alt").unwrap_or("")));
                return;
            }
            "a" if href.is_some() && led.is_none() => "span",
            name => name,
        };
        out.push('<');
        out.push_str(name);
        let mut written: Vec<&str> = Vec::new();
        for (key, value) in &element.attributes {
            let value = match key.as_str() {
                "id" => Some(names::id(value)),
                "href" => led.clone(),
                "src" => shown.clone().flatten(),
                "aria-labelledby" | "aria-describedby" => references(page, value),
                "role" | "epub:type" if name != element.name => None,
                _ if value.contains("url(#") => Some(urls(value)),
                _ => Some(value.clone()),
            };
            if let Some(value) = value.filter(|_| !written.contains(&key.as_str())) {
                out.push_str(&format!(" {key}=\"{}\"", escaped(&value)));
                if key == "lang" {
                    out.push_str(&format!(" xml:lang=\"{}\"", escaped(&value)));
                }
                written.push(key);
            }
        }
        if element.children.is_empty() && (is_void(name) || element.name == "path") {
            out.push_str("/>");
            return;
        }
        out.push('>');
        self.nodes(out, page, &element.children);
        out.push_str(&format!("</{name}>"));
    }

    /// Where a link leads now; `None` if nowhere.
    fn led(&self, page: &Page, href: &str) -> Option<String> {
        let href = href.trim();
        if let Some(target) = page.target(href) {
            let id = href.split_once('#').map_or(String::new(), |(_, id)| decode(id));
            if target == page.url && page.ids.contains(&id) {
                return Some(fragment(&names::id(&id)));
            }
            let place = if id.is_empty() { String::new() } else { fragment(&id) };
            return self.href(&target, &id).or_else(|| target.canonical(self.site).map(|url| url + &place));
        }
        if href.starts_with('/') && !href.starts_with("//") {
            return self.site.origin.as_ref().map(|origin| origin.clone() + &encoded(href));
        }
        let schemes = ["http://", "https://", "mailto:", "tel:"];
        let lower = href.to_ascii_lowercase();
        schemes.iter().any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len()).then(|| encoded(href))
    }

    /// Where a picture is now; `None` if it cannot be shown.
    fn shown(&self, page: &Page, source: &str) -> Option<String> {
        if let Some(rest) = source.strip_prefix("data:image/") {
            let kind = rest.split([';', ',']).next().unwrap_or("");
            return matches!(kind, "png" | "jpeg" | "gif" | "webp" | "svg+xml").then(|| encoded(source));
        }
        self.pictures.get(&page.target(source)?).cloned()
    }
}

/// Those of several ids that are on the page.
fn references(page: &Page, value: &str) -> Option<String> {
    let ids = value.split_ascii_whitespace().filter(|id| page.ids.contains(*id));
    let ids: Vec<String> = ids.map(names::id).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Markers, gradients, masks of a drawing.
fn urls(value: &str) -> String {
    let mut parts = value.split("url(#");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (id, rest) = part.split_once(')').unwrap_or((part, ""));
        out += &format!("url(#{}){rest}", names::id(id));
    }
    out
}

/// An address with what may not stand in one percent-encoded (RFC 3986); what is encoded already stays.
fn encoded(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        if c.is_ascii_control() || " \"<>\\^`{|}".contains(c) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else if !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strings::{Strings, Text};

    const HEAD: &str = "<title>no</title>";

    /// What of two pages, `a/b.html` and `a/c.html` with an id `y`, the first becomes.
    fn written(html: &str, site: &Site) -> String {
        let texts = [("answers", "Answers"), ("answer_to", "{number} to {title}"), ("answer_at_end", "see {number}")];
        let text = |(key, text): (&str, &str)| (format!("practice-scripts.{key}"), Text::One(text.to_owned()));
        let strings = Strings::new(texts.map(text).into(), Direction::Ltr);
        let page = Page::new(&Url::new("a/b.html"), String::new(), &format!("{HEAD}{html}"), &strings);
        let other = Page::new(&Url::new("a/c.html"), String::new(), &format!("{HEAD}<p id=y>"), &strings);
        let pages = [&page, &other].into_iter().enumerate();
        let writer = Writer {
            language: "en",
            direction: Direction::Ltr,
            has_style: false,
            site,
            pages: pages.map(|(at, page)| (&page.url, (at + 1, &page.ids))).collect(),
            pictures: page.pictures.iter().map(|url| (url, "picture.png".to_owned())).collect(),
        };
        let document = writer.page(&page);
        let (_, body) = document.split_once("<body>\n").expect("it has a body");
        body.trim_end_matches("\n</body>\n</html>\n").to_owned()
    }

    #[test]
    fn pages_become_well_formed() {
        let site = Site::default();
        for (html, expected) in [
            ("<p>a<br>&nbsp;&lt;<p>b", "<p>a<br/>\u{a0}&lt;</p><p>b</p>"),
            ("<p>\u{c}a\u{1}b", "<p>ab</p>"),
            ("<center onclick=a style=b>c</center>", "c"),
            ("<i hidden>a</i><b data-print=none>b</b><nav>c</nav>d", "d"),
            ("<div><button>a</button></div><p> <input name=a></p>e", "e"),
            (
                "<ul><li value=1>a</ul><ol start=x><li value=2>b</ol>",
                "<ul><li>a</li></ul><ol><li value=\"2\">b</li></ol>",
            ),
            ("<details><summary>a</summary><p>b</details>", "<section><p>a</p><p>b</p></section>"),
            ("<p id=a>b<i id=a>c</i>", "<p id=\"a\">b<i>c</i></p>"),
            ("<h2 id='1 a'>b</h2>", "<h2 id=\"x.1.20.a\">b</h2>"),
            ("<b aria-labelledby='x a' id=a>b</b>", "<b id=\"a\" aria-labelledby=\"a\">b</b>"),
            ("<td lang=de colspan=0>a", "<td lang=\"de\" xml:lang=\"de\">a</td>"),
            ("<li class=task><input type=checkbox checked> a", "<li class=\"task\">☑  a</li>"),
            ("<time datetime=soon>a</time>", "<span>a</span>"),
            ("<span><div>a</div></span>", "<span>a</span>"),
            (
                "<svg viewBox='0 0 1 1' onload=a><g fill='url(#1)' xlink:href='#1'/><script>a</script></svg>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><g fill=\"url(#x.1)\" \
                 href=\"page-1.xhtml\"></g></svg>",
            ),
        ] {
            assert_eq!(written(html, &site), expected, "{html}");
        }
    }

    #[test]
    fn links_lead_to_what_is_there() {
        let online = Site::parse("https://s.example/t").expect("it is one");
        for (html, offline, expected) in [
            ("<a href=#x id=x>a</a>", "<a id=\"x\" href=\"#x\">a</a>", ""),
            ("<a href=#gone>a</a>", "<a href=\"page-1.xhtml\">a</a>", ""),
            ("<a href=c.html#y>a</a>", "<a href=\"page-2.xhtml#y\">a</a>", ""),
            ("<a href=../a/c.html#z>a</a>", "<a href=\"page-2.xhtml\">a</a>", ""),
            ("<a href=d%20e.html#f>a</a>", "<span>a</span>", "<a href=\"https://s.example/t/a/d%20e.html#f\">a</a>"),
            ("<a href=/g>a</a>", "<span>a</span>", "<a href=\"https://s.example/g\">a</a>"),
            (
                "<a href='https://h.example/?a=1&amp;b=c d'>a</a>",
                "<a href=\"https://h.example/?a=1&amp;b=c%20d\">a</a>",
                "",
            ),
            ("<a href='javascript:a()'>a</a>", "<span>a</span>", ""),
            ("<img src=a.png alt=b>", "<img alt=\"b\" src=\"picture.png\"/>", ""),
            ("<img src=a.bmp alt='&lt;b'>", "&lt;b", ""),
            ("<img src=https://h.example/a.png>", "", ""),
        ] {
            assert_eq!(written(html, &Site::default()), offline, "{html}");
            assert_eq!(written(html, &online), if expected.is_empty() { offline } else { expected }, "{html}");
        }
    }

    #[test]
    fn answers_stand_at_the_end() {
        let html = "<section><p class=practice-title>Q</p><details class=answer id=q><summary>What</summary>A\
                    <details class=answer><summary>More</summary>B</details></details></section>C";
        let expected = "<section><p class=\"practice-title\">Q</p><p class=\"at-end\" id=\"at-end.1\">What \
                        <a href=\"#answer.1\">see 1</a></p></section>C<section class=\"answers\" epub:type=\"answers\">\
                        <h2>Answers</h2><section class=\"answer\" epub:type=\"answer\" id=\"q\"><h3 id=\"answer.1\">1 to \
                        <a href=\"#at-end.1\" role=\"doc-backlink\">Q</a></h3>A<section class=\"answer\"><p>More</p>B\
                        </section></section></section>";
        assert_eq!(written(html, &Site::default()), expected);
    }
}
