//! The HTML of one page to what it is on a page of many: its headings a level lower, its ids with its number in front, its
//! links to wherever that is now.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::base::path::BookPath;
use crate::config::Site;
use crate::markdown::html::{HtmlAttribute, HtmlTag, Token, tokens};
use crate::model::url::{Url, decode, fragment};

use super::Takes;

/// What is for screens alone, whatever is in it. A theme marks more of it with `data-print="none"`.
const LEFT_OUT: &[&str] = &["button", "nav", "noscript", "script", "template"];

/// Attributes that name an id.
const ID: &[&str] = &["aria-activedescendant", "for", "form", "id", "list"];

/// Attributes that name several.
const IDS: &[&str] = &[
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "headers",
];

/// Attributes with an address (HTML, the index of attributes); `srcset` has several.
const ADDRESSES: &[&str] = &["cite", "data", "href", "poster", "src", "xlink:href"];

/// A page of others.
pub struct Binding<'a> {
    /// Its address.
    pub at: Url,
    /// What it takes of the others.
    pub takes: Takes,
    /// The others, each with its number.
    pub pages: &'a BTreeMap<&'a Url, usize>,
    /// Where the site will be reached. Paper and PDFs lie elsewhere, so what is not on the page is named by its whole
    /// address, where that is known.
    pub site: &'a Site,
}

/// The id of the nth page, or of a place on it, on a page of many; also a name in XML, as ids in drawings are.
fn anchor(page: usize, id: &str) -> String {
    if id.is_empty() { format!("page-{page}") } else { format!("page-{page}.{id}") }
}

/// A page as it is published, read once for all that takes of it.
pub struct Leaf<'a> {
    url: &'a Url,
    title: String,
    html: &'a str,
    tokens: Vec<Token<'a>>,
    /// By the token that opens an element: the one that closes it.
    ends: HashMap<usize, usize>,
    /// The tokens of its text.
    text: Range<usize>,
}

impl<'a> Leaf<'a> {
    /// The page at `url`. Only what is in `main` counts, or all of a page that has none.
    #[must_use]
    pub fn new(url: &'a Url, title: String, html: &'a str) -> Self {
        let tokens = tokens(html);
        let ends = ends(&tokens);
        let main = tokens.iter().position(|token| matches!(token, Token::Start(tag) if tag.name == "main"));
        let text = match main {
            Some(main) => main + 1..ends.get(&main).copied().unwrap_or(tokens.len()),
            None => {
                let is_title = |token: &Token<'_>| matches!(token, Token::End { name, .. } if name == "title");
                tokens.iter().position(is_title).map_or(0, |end| end + 1)..tokens.len()
            }
        };
        Self { url, title, html, tokens, ends, text }
    }
}

/// A page, being bound.
struct Bound<'a> {
    binding: &'a Binding<'a>,
    leaf: &'a Leaf<'a>,
    number: usize,
    /// Its ids that are taken.
    ids: BTreeSet<&'a str>,
}

impl Binding<'_> {
    /// What is taken of a page, one of those that have a number, under its title: nothing where there is nothing of it.
    #[must_use]
    pub fn part(&self, leaf: &Leaf<'_>) -> String {
        let number = self.pages[leaf.url];
        let taken = self.taken(leaf, number);
        if taken.trim().is_empty() {
            return String::new();
        }
        match self.takes {
            Takes::Pages => {
                let chapter = chapter(leaf.html).map_or(String::new(), |number| format!(" data-chapter=\"{number}\""));
                format!("<article class=\"bound\" id=\"{}\"{chapter}>\n{taken}\n</article>\n", anchor(number, ""))
            }
            Takes::Material { .. } => {
                let href = escaped(&self.outwards(leaf.url));
                let title = escaped(&leaf.title);
                format!("<section class=\"bound\">\n<h2><a href=\"{href}\">{title}</a></h2>\n{taken}\n</section>\n")
            }
            Takes::Cram | Takes::Nothing => taken + "\n",
        }
    }

    fn taken(&self, leaf: &Leaf<'_>, number: usize) -> String {
        let pieces = match self.takes {
            Takes::Pages => vec![leaf.text.clone()],
            Takes::Nothing => Vec::new(),
            Takes::Material { .. } | Takes::Cram => pieces(leaf, self.takes),
        };
        let ids = pieces.iter().flat_map(|piece| &leaf.tokens[piece.clone()]).filter_map(|token| match token {
            Token::Start(tag) => value(tag, "id"),
            _ => None,
        });
        let bound = Bound { binding: self, leaf, number, ids: ids.collect() };
        pieces.into_iter().map(|piece| bound.copy(piece)).collect::<Vec<_>>().join("\n")
    }

    /// Where an href of the page at `from` leads on this one.
    #[must_use]
    pub fn href(&self, from: &Url, href: &str) -> String {
        self.href_with(from, href, |_| false, |target| self.outwards(target))
    }

    /// A link to what is not on this page.
    fn outwards(&self, target: &Url) -> String {
        target.canonical(self.site).unwrap_or_else(|| target.href_from(&self.at))
    }

    /// `led` gives the href of what is not on this page.
    fn href_with(&self, from: &Url, href: &str, is_own: impl Fn(&str) -> bool, led: impl Fn(&Url) -> String) -> String {
        let (path, id) = href.split_once('#').map_or((href, None), |(path, id)| (path, Some(id)));
        // Addresses elsewhere, on the host, and with a query are left as they are.
        let is_relative = !path.contains([':', '?']) && !path.starts_with('/');
        let target = match path {
            "" => Some(from.clone()),
            _ if is_relative => folder(from).join(&decode(path)).map(|path| Url::new(path.as_str())),
            _ => None,
        };
        let Some(target) = target else { return href.to_owned() };
        let id = id.unwrap_or("");
        let is_its_own = target == *from && is_own(&decode(id));
        let is_here = self.takes == Takes::Pages || is_its_own;
        if let Some(&number) = self.pages.get(&target).filter(|_| is_here) {
            // The beginning of any page, unless something on it is called so (HTML, section 7.4.6.4).
            let id = if id.eq_ignore_ascii_case("top") && !is_its_own { "" } else { id };
            return fragment(&anchor(number, &decode(id)));
        }
        let id = if id.is_empty() { String::new() } else { format!("#{id}") };
        led(&target) + &id
    }
}

/// The text as HTML, also in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The chapter that a page says it is of.
fn chapter(html: &str) -> Option<u32> {
    let start = html.find("<body")?;
    let body = &html[start..start + html[start..].find('>')?];
    let value = &body[body.find("data-chapter=\"")? + "data-chapter=\"".len()..];
    value[..value.find('"')?].parse().ok()
}

fn folder(url: &Url) -> BookPath {
    let path = url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    BookPath::new(path).unwrap_or_default()
}

/// By each token that opens an element, the one that closes it. What is never closed has none.
fn ends(tokens: &[Token<'_>]) -> HashMap<usize, usize> {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut ends = HashMap::new();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Start(tag) => open.entry(&tag.name).or_default().push(index),
            Token::End { name, .. } => {
                let start = open.get_mut(&**name).and_then(Vec::pop);
                ends.extend(start.map(|start| (start, index)));
            }
            Token::Text { .. } => {}
        }
    }
    ends
}

fn value<'t>(tag: &'t HtmlTag<'_>, name: &str) -> Option<&'t str> {
    tag.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
}

/// The elements that a pack takes, outermost ones only, as ranges of tokens.
fn pieces(leaf: &Leaf<'_>, takes: Takes) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = leaf.text.start;
    while at < leaf.text.end {
        let is_wanted = matches!(&leaf.tokens[at], Token::Start(tag) if is_taken(tag, takes));
        match leaf.ends.get(&at).filter(|_| is_wanted) {
            Some(&end) => {
                pieces.push(at..end + 1);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    pieces
}

impl Bound<'_> {
    /// The HTML of a range of tokens.
    fn copy(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        // What lies between tokens, such as comments, belongs to the one behind it.
        let mut from = match &self.leaf.tokens.get(range.start) {
            Some(first) => self.place(first).start,
            None => return out,
        };
        let mut at = range.start;
        while at < range.end {
            let token = &self.leaf.tokens[at];
            let place = self.place(token);
            if let Token::Start(tag) = token
                && self.is_left_out(tag)
                && let Some(&end) = self.leaf.ends.get(&at).filter(|end| **end < range.end)
            {
                out.push_str(&self.leaf.html[from..place.start]);
                at = end + 1;
                from = self.place(&self.leaf.tokens[end]).end;
                continue;
            }
            match token {
                Token::Start(tag) => {
                    out.push_str(&self.leaf.html[from..place.start]);
                    self.start(&mut out, tag);
                    from = place.end;
                }
                Token::End { name, range } => {
                    if let Some(lower) = lower(name) {
                        out.push_str(&self.leaf.html[from..range.start]);
                        out.push_str(&format!("</{lower}>"));
                        from = range.end;
                    }
                }
                Token::Text { .. } => {}
            }
            at += 1;
        }
        let end = self.leaf.tokens[..range.end].last().map_or(from, |last| self.place(last).end);
        out.push_str(self.leaf.html.get(from..end).unwrap_or(""));
        out
    }

    fn is_left_out(&self, tag: &HtmlTag<'_>) -> bool {
        let is_without =
            |without: &[&str]| value(tag, "data-practice").is_some_and(|practice| without.contains(&practice));
        LEFT_OUT.contains(&&*tag.name)
            || value(tag, "data-print") == Some("none")
            || matches!(self.binding.takes, Takes::Material { without, .. } if is_without(without))
    }

    fn place(&self, token: &Token<'_>) -> Range<usize> {
        match token {
            Token::Start(tag) => tag.range.start..tag.end,
            Token::End { range, .. } | Token::Text { range, .. } => range.clone(),
        }
    }

    fn start(&self, out: &mut String, tag: &HtmlTag<'_>) {
        out.push('<');
        out.push_str(lower(&tag.name).unwrap_or(&self.leaf.html[tag.range.start + 1..tag.range.end]));
        let mut from = tag.range.end;
        for attribute in &tag.attributes {
            let Some(value) = self.rewritten(attribute) else { continue };
            out.push_str(&self.leaf.html[from..attribute.whole.start]);
            out.push_str(&attribute.name);
            out.push_str("=\"");
            out.push_str(&escaped(&value));
            out.push('"');
            from = attribute.whole.end;
        }
        let is_open = matches!(self.binding.takes, Takes::Material { open: true, .. });
        if is_open && tag.name == "details" && value(tag, "open").is_none() {
            out.push_str(" open");
        }
        out.push_str(&self.leaf.html[from..tag.end]);
    }

    /// The value of an attribute, where it is another one on this page.
    fn rewritten(&self, attribute: &HtmlAttribute<'_>) -> Option<String> {
        let HtmlAttribute { name, value, .. } = attribute;
        let name = &**name;
        if value.is_empty() {
            return None;
        }
        if ID.contains(&name) {
            return Some(anchor(self.number, value));
        }
        if IDS.contains(&name) {
            let ids = value.split_ascii_whitespace().map(|id| anchor(self.number, id));
            return Some(ids.collect::<Vec<_>>().join(" "));
        }
        // A group of radio buttons is one by its name.
        if name == "name" && matches!(&*attribute.tag, "details" | "input") {
            return Some(anchor(self.number, value));
        }
        // Several of one name could not be told apart.
        if name == "aria-label" && attribute.tag == "section" && self.binding.takes == Takes::Pages {
            return Some(format!("{value}: {}", self.leaf.title));
        }
        // Paper does not scroll.
        if name == "loading" {
            return Some("eager".to_owned());
        }
        if ADDRESSES.contains(&name) {
            let is_link = name == "href" && matches!(&*attribute.tag, "a" | "area");
            // What is loaded must be the site's own, and is there when the page is printed.
            let led = |target: &Url| {
                if is_link { self.binding.outwards(target) } else { target.href_from(&self.binding.at) }
            };
            return Some(self.binding.href_with(self.leaf.url, value, |id| self.ids.contains(id), led));
        }
        if name == "srcset" {
            let candidates = value.split(',').map(|candidate| {
                let (address, rest) = candidate.trim().split_once(' ').unwrap_or((candidate.trim(), ""));
                let beside = |target: &Url| target.href_from(&self.binding.at);
                let address = self.binding.href_with(self.leaf.url, address, |_| false, beside);
                format!("{address} {rest}").trim_end().to_owned()
            });
            return Some(candidates.collect::<Vec<_>>().join(", "));
        }
        // Markers, gradients, masks of a drawing.
        value.contains("url(#").then(|| value.replace("url(#", &format!("url(#{}.", anchor(self.number, ""))))
    }
}

fn is_taken(tag: &HtmlTag<'_>, takes: Takes) -> bool {
    match takes {
        Takes::Material { kinds, .. } => {
            let is_wanted = value(tag, "data-practice").is_some_and(|practice| kinds.contains(&practice));
            // What has an id but is shown without it has its home elsewhere.
            is_wanted && (value(tag, "data-id").is_none() || value(tag, "id").is_some())
        }
        Takes::Cram => value(tag, "data-cram").is_some(),
        Takes::Pages | Takes::Nothing => false,
    }
}

/// A heading's name one level lower; the title of the one page is its only heading of level 1.
fn lower(name: &str) -> Option<&'static str> {
    Some(match name {
        "h1" => "h2",
        "h2" => "h3",
        "h3" => "h4",
        "h4" => "h5",
        "h5" => "h6",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(html: &str, takes: Takes) -> String {
        let (url, other) = (Url::new("a/b c.html"), Url::new("a/d.html"));
        let pages = BTreeMap::from([(&url, 1), (&other, 2)]);
        let binding = Binding { at: Url::new("print.html"), takes, pages: &pages, site: &Site::default() };
        let html = format!("<p>no</p><main class=x>{html}</main>no");
        binding.taken(&Leaf::new(&url, "B".to_owned(), &html), 1)
    }

    #[test]
    fn a_page_keeps_its_text_and_gets_ids_of_its_own() {
        for (html, expected) in [
            ("a<!-- b -->c", "a<!-- b -->c"),
            ("<h1 id='x'>A</h1><h6>B</h6>", "<h2 id=\"page-1.x\">A</h2><h6>B</h6>"),
            ("<nav>a<nav>b</nav></nav>c<i data-print=none>d</i>e", "ce"),
            (
                "<label for=q aria-labelledby=\"r s\">a</label>",
                "<label for=\"page-1.q\" aria-labelledby=\"page-1.r page-1.s\">a</label>",
            ),
            ("<path marker-end=\"url(#m)\"/>", "<path marker-end=\"url(#page-1.m)\"/>"),
            ("<section aria-label=Footnotes>", "<section aria-label=\"Footnotes: B\">"),
            ("<input name=n value=n checked>", "<input name=\"page-1.n\" value=n checked>"),
        ] {
            assert_eq!(bound(html, Takes::Pages), expected);
        }
    }

    #[test]
    fn links_lead_to_where_their_targets_are_now() {
        let led = |href: &str| {
            let html = bound(&format!("<a href=\"{href}\">"), Takes::Pages);
            html.trim_start_matches("<a href=\"").trim_end_matches("\">").to_owned()
        };
        for (href, expected) in [
            ("#x", "#page-1.x"),
            ("#%C3%A9", "#page-1.é"),
            ("#Top", "#page-1"),
            ("d.html", "#page-2"),
            ("../a/d.html#y", "#page-2.y"),
            ("e.html#z", "a/e.html#z"),
            ("../f%20g.png", "f%20g.png"),
            ("https://h.example/?a=1&amp;b=2", "https://h.example/?a=1&amp;b=2"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("/x", "/x"),
            ("data:image/png;base64,x", "data:image/png;base64,x"),
        ] {
            assert_eq!(led(href), expected, "{href}");
        }
        let pictures = bound("<img srcset=\"../i.png 1x, j.png 2x\" src=j.png loading=lazy>", Takes::Pages);
        assert_eq!(pictures, "<img srcset=\"i.png 1x, a/j.png 2x\" src=\"a/j.png\" loading=\"eager\">");
    }

    #[test]
    fn what_is_not_on_the_page_is_named_by_its_whole_address() {
        let url = Url::new("a/b.html");
        let (pages, site) = (BTreeMap::from([(&url, 1)]), Site::parse("https://h.example/x/").unwrap());
        let binding = Binding { at: Url::new("print.html"), takes: Takes::Pages, pages: &pages, site: &site };
        let html = "<a href=c.py.html#L2>c</a><a href=#d>d</a><a href=../>e</a><img src=f.png srcset=\"f.png 1x\">";
        let expected = "<a href=\"https://h.example/x/a/c.py.html#L2\">c</a><a href=\"#page-1.d\">d</a>\
                        <a href=\"https://h.example/x/\">e</a><img src=\"a/f.png\" srcset=\"a/f.png 1x\">";
        assert_eq!(binding.taken(&Leaf::new(&url, "B".to_owned(), &format!("<main>{html}</main>")), 1), expected);
    }

    #[test]
    fn packs_take_what_is_at_home_on_a_page() {
        let takes = Takes::Material { kinds: &["question"], without: &["story"], open: true };
        let html = "<h2>no</h2><section data-practice=question data-id=q id=q><a href=#q>a</a><a href=#r>b</a>\
                    <details class=answer>c<p data-practice=story>no</p></details></section><div data-practice=questions>no\
                    <section data-practice=question data-id=z>elsewhere</section></div>";
        let expected = "<section data-practice=question data-id=q id=\"page-1.q\"><a href=\"#page-1.q\">a</a>\
                        <a href=\"a/b%20c.html#r\">b</a><details open class=answer>c</details></section>";
        assert_eq!(bound(html, takes), expected);
        assert_eq!(bound("<div data-cram><p>a</p></div><p>b", Takes::Cram), "<div data-cram><p>a</p></div>");
        assert_eq!(bound("<p>b", Takes::Cram), "");
        let url = Url::new("a.html");
        let pages = BTreeMap::from([(&url, 0)]);
        let binding =
            Binding { at: Url::new("print.html"), takes: Takes::Pages, pages: &pages, site: &Site::default() };
        assert_eq!(
            binding.part(&Leaf::new(&url, "A".to_owned(), "<title>no</title><p id=b>c")),
            "<article class=\"bound\" id=\"page-0\">\n<p id=\"page-0.b\">c\n</article>\n"
        );
    }
}
