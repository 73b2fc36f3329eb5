//! HTML to a tree: what HTML lets authors leave out is put in, and what has no end ends where its parent does. Knows nothing of
//! what the tree is for.

use crate::markdown::html::{HtmlTag, Token, tokens};

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, with character references decoded.
    Text(String),
}

/// An element. In drawings and formulas names are as they are written, elsewhere in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes by name, in order.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// Elements that have nothing in them.
pub const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// What ends a paragraph that is open (HTML, section 13.1.2.4).
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dd",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// How deep elements may nest. What lies deeper stands at the last level, so that walks over the tree have an end.
const MAX_DEPTH: usize = 200;

impl Element {
    /// An element without attributes.
    #[must_use]
    pub fn new(name: &str, children: Vec<Node>) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children }
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is of a class.
    #[must_use]
    pub fn is_of(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|own| own == class))
    }

    /// All text in it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }

    /// The first element in it, at any depth, that `is_wanted`.
    #[must_use]
    pub fn find(&self, is_wanted: &impl Fn(&Self) -> bool) -> Option<&Self> {
        self.children.iter().find_map(|child| match child {
            Node::Element(element) if is_wanted(element) => Some(element),
            Node::Element(element) => element.find(is_wanted),
            Node::Text(_) => None,
        })
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

/// What is in `main`, or behind the title of a page that has none.
#[must_use]
pub fn main(html: &str) -> Vec<Node> {
    let tokens = tokens(html);
    let start = tokens.iter().position(|token| matches!(token, Token::Start(tag) if tag.name == "main"));
    let is_end = |token: &Token<'_>| matches!(token, Token::End { name, .. } if name == "main");
    let range = match start {
        Some(start) => start + 1..tokens.iter().rposition(is_end).unwrap_or(tokens.len()),
        None => {
            let is_title = |token: &Token<'_>| matches!(token, Token::End { name, .. } if name == "title");
            tokens.iter().position(is_title).map_or(0, |end| end + 1)..tokens.len()
        }
    };
    let mut builder = Builder { html, open: vec![Element::default()], beyond: Vec::new() };
    for token in tokens.into_iter().skip(range.start).take(range.len()) {
        match token {
            Token::Start(tag) => builder.start(tag),
            Token::End { name, .. } => builder.end(&name),
            Token::Text { value, .. } => builder.text(value.into_owned()),
        }
    }
    builder.close(1);
    builder.open.pop().map_or(Vec::new(), |root| root.children)
}

struct Builder<'a> {
    html: &'a str,
    /// The elements that are open, outermost first; the first holds all others.
    open: Vec<Element>,
    /// The names of those that lie too deep.
    beyond: Vec<String>,
}

impl Builder<'_> {
    fn start(&mut self, tag: HtmlTag<'_>) {
        let written = &self.html[tag.range.start + 1..tag.range.end];
        let is_foreign = |name: &str| matches!(name, "svg" | "math");
        let is_inside = self.open.iter().any(|element| is_foreign(&element.name));
        if !is_inside {
            while self.open.last().is_some_and(|open| ends(&tag.name, &open.name)) {
                self.close(self.open.len() - 1);
            }
        }
        let keeps_case = is_inside || is_foreign(&tag.name);
        let name = if is_inside { written.to_owned() } else { tag.name.to_string() };
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag.attributes {
            let length = attribute.name.len();
            let written = self.html.get(attribute.whole.start..attribute.whole.start + length);
            let name = written.filter(|_| keeps_case).unwrap_or(&attribute.name);
            if attributes.iter().all(|(own, _)| own != name) {
                attributes.push((name.to_owned(), attribute.value.into_owned()));
            }
        }
        let is_void = VOID.contains(&name.as_str())
            || (is_inside && self.html.get(..tag.end).is_some_and(|html| html.ends_with("/>")));
        let element = Element { name, attributes, children: Vec::new() };
        if is_void {
            self.add(element.into());
        } else if self.open.len() > MAX_DEPTH {
            self.beyond.push(tag.name.into_owned());
        } else {
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.beyond.iter().rposition(|open| open == name) {
            self.beyond.truncate(at);
            return;
        }
        let is_it = |element: &Element| element.name.eq_ignore_ascii_case(name);
        if let Some(at) = self.open.iter().skip(1).rposition(is_it) {
            self.beyond.clear();
            self.close(at + 1);
        }
    }

    fn text(&mut self, value: String) {
        let children = &mut self.open.last_mut().expect("the first is never closed").children;
        match children.last_mut() {
            Some(Node::Text(text)) => text.push_str(&value),
            _ => children.push(Node::Text(value)),
        }
    }

    fn add(&mut self, node: Node) {
        self.open.last_mut().expect("the first is never closed").children.push(node);
    }

    /// Closes elements until `count` are open.
    fn close(&mut self, count: usize) {
        while self.open.len() > count {
            let element = self.open.pop().expect("more are open");
            self.add(element.into());
        }
    }
}

/// Whether an element `name` ends one that is open right around it.
fn ends(name: &str, open: &str) -> bool {
    let row_groups = ["tbody", "tfoot", "thead"];
    match open {
        "p" => ENDS_PARAGRAPH.contains(&name),
        "li" => name == "li",
        "dd" | "dt" => matches!(name, "dd" | "dt"),
        "td" | "th" => matches!(name, "td" | "th" | "tr") || row_groups.contains(&name),
        "tr" => name == "tr" || row_groups.contains(&name),
        "caption" | "colgroup" | "tbody" | "tfoot" | "thead" => row_groups.contains(&name),
        "option" => matches!(name, "optgroup" | "option"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(nodes: &[Node]) -> String {
        let show = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => {
                let attributes = element.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                format!("({}{} {})", element.name, attributes.collect::<String>(), shown(&element.children))
            }
        };
        nodes.iter().map(show).collect()
    }

    #[test]
    fn what_html_leaves_out_is_put_in() {
        for (html, expected) in [
            ("<p>a<p>b<ul><li>c<li>d</ul>", "(p a)(p b)(ul (li c)(li d))"),
            ("<table><tr><td>a<td>b<tr><th>c</table>", "(table (tr (td a)(td b))(tr (th c)))"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "(dl (dt a)(dd b)(dt c))"),
            ("a<br>b<img src=c alt>d", "a(br )b(img src=c alt= )d"),
            ("<b>a<i>b</b>c</i></em>d", "(b a(i b))cd"),
            ("<div>a", "(div a)"),
            ("<I ID=a id=b>&amp;</I>", "(i id=a &)"),
            (
                "<svg viewBox='0 0 1 1'><linearGradient/><path D=m></svg>a",
                "(svg viewBox=0 0 1 1 (linearGradient )(path D=m ))a",
            ),
        ] {
            assert_eq!(shown(&main(&format!("<title>no</title>{html}"))), expected, "{html}");
            assert_eq!(shown(&main(&format!("no<main>{html}</main>no"))), expected, "{html}");
        }
    }

    #[test]
    fn what_lies_too_deep_stands_at_the_last_level() {
        let html = "<main>".to_owned() + &"<div>a".repeat(50_000) + &"</div>".repeat(50_000) + "b</main>";
        let tree = main(&html);
        let [Node::Element(first), Node::Text(last)] = &tree[..] else { panic!("{}", tree.len()) };
        assert_eq!((first.text().len(), last.as_str()), (50_000, "b"));
    }
}
