//! A published page to what an EPUB shows of it: nothing that needs a script or a form, details written out, answers at the end.
//! Links and pictures still are the site's; `src/epub/write.rs` knows what became of their targets.

use std::collections::BTreeSet;

use super::tree::{self, Element, Node, VOID};
use super::{allowed, names};
use crate::base::path::BookPath;
use crate::model::strings::Strings;
use crate::model::url::{Url, decode};

/// What stands for the title in a text until its link does.
const GAP: &str = "\u{1}";

/// A page, ready to be written.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address in the site.
    pub url: Url,
    /// Its title.
    pub title: String,
    /// What it shows.
    pub nodes: Vec<Node>,
    /// The ids on it, as the site has them.
    pub ids: BTreeSet<String>,
    /// The files of the pictures on it.
    pub pictures: BTreeSet<Url>,
    /// What a package has to say of it.
    pub traits: Traits,
}

/// What a package has to say of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// It has drawings.
    pub has_svg: bool,
    /// It has formulas.
    pub has_math: bool,
    /// It has pictures that no text stands for.
    pub has_unnamed: bool,
}

impl Page {
    /// The page that is published at `url`.
    #[must_use]
    pub fn new(url: &Url, title: String, html: &str, strings: &Strings) -> Self {
        let page = Self {
            url: url.clone(),
            title,
            nodes: Vec::new(),
            ids: BTreeSet::new(),
            pictures: BTreeSet::new(),
            traits: Traits::default(),
        };
        let mut shaping = Shaping { page, strings, heading: String::new(), answers: Vec::new() };
        let mut nodes = shaping.all(tree::main(html), &Around::default());
        nodes.extend(shaping.answers_section());
        Self { nodes, ..shaping.page }
    }

    /// The file of the site that `href` on this page leads to, without what stands behind `#`; `None` for what is not of the
    /// site, has a query, or starts at the host.
    #[must_use]
    pub fn target(&self, href: &str) -> Option<Url> {
        let path = href.split_once('#').map_or(href, |(path, _)| path);
        if path.is_empty() {
            return Some(self.url.clone());
        }
        if path.contains([':', '?']) || path.starts_with('/') {
            return None;
        }
        let folder = self.url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(Url::new(BookPath::new(folder).unwrap_or_default().join(&decode(path))?.as_str()))
    }
}

/// What stands around an element.
#[derive(Clone, Default)]
struct Around {
    /// It is in an answer that stands at the end already.
    in_answer: bool,
    /// It is in the footnotes.
    in_footnotes: bool,
    /// It is in a list with numbers.
    in_ordered: bool,
    /// Only text-level elements may stand here.
    in_line: bool,
    /// The title of the material that it is in.
    owner: Option<String>,
}

struct Shaping<'a> {
    page: Page,
    strings: &'a Strings,
    /// The last heading so far.
    heading: String,
    /// The answers so far.
    answers: Vec<Node>,
}

impl Shaping<'_> {
    fn all(&mut self, nodes: Vec<Node>, around: &Around) -> Vec<Node> {
        let mut shaped = Vec::new();
        for node in nodes {
            match node {
                Node::Text(_) => shaped.push(node),
                Node::Element(element) => shaped.extend(self.element(element, around)),
            }
        }
        shaped
    }

    fn element(&mut self, mut element: Element, around: &Around) -> Vec<Node> {
        let is_left_out = allowed::LEFT_OUT.contains(&element.name.as_str())
            || element.get("data-print") == Some("none")
            || element.get("hidden").is_some();
        if is_left_out {
            return Vec::new();
        }
        match element.name.as_str() {
            "svg" => {
                self.page.traits.has_svg = true;
                return vec![self.drawing(element, "http://www.w3.org/2000/svg")];
            }
            "math" => {
                self.page.traits.has_math = true;
                return vec![self.drawing(element, "http://www.w3.org/1998/Math/MathML")];
            }
            "details" if element.is_of("answer") && !around.in_answer => return self.answer(element, around),
            "input" => {
                let mark = if element.get("checked").is_some() { "☑ " } else { "☐ " };
                let is_task = element.get("type") == Some("checkbox");
                return is_task.then(|| Node::Text(mark.to_owned())).into_iter().collect();
            }
            _ => {}
        }
        let name = self.name(&element, around);
        let inside = self.around(&element, around, name);
        // Before those in it, since the first of a name counts.
        let id = if name.is_some() { self.id(&element) } else { None };
        let children = self.all(std::mem::take(&mut element.children), &inside);
        let Some(name) = name else { return children };
        let attributes = self.attributes(&element, name, around, id);
        let is_empty = children.iter().all(|child| matches!(child, Node::Text(text) if text.trim().is_empty()));
        if is_empty && allowed::HOLDERS.contains(&name) && !attributes.iter().any(|(name, _)| name == "id") {
            return Vec::new();
        }
        if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            self.heading = text(&children);
        }
        vec![Element { name: name.to_owned(), attributes, children }.into()]
    }

    /// What an element is called here; `None` if it gives way to what is in it.
    fn name(&self, element: &Element, around: &Around) -> Option<&'static str> {
        let name = match element.name.as_str() {
            "details" => "section",
            "summary" | "legend" => {
                let has_blocks = element.find(&|inner| allowed::BLOCKS.contains(&inner.name.as_str())).is_some();
                if has_blocks { "div" } else { "p" }
            }
            "fieldset" => "section",
            // Anything else in it would have to be written as machines read it.
            "time" if !element.get("datetime").is_some_and(allowed::is_day) => "span",
            name => allowed::KEPT.iter().copied().find(|kept| *kept == name)?,
        };
        if around.in_line && allowed::BLOCKS.contains(&name) { None } else { Some(name) }
    }

    fn around(&self, element: &Element, around: &Around, name: Option<&str>) -> Around {
        let mut inside = around.clone();
        inside.in_ordered = match name {
            Some("ol") => true,
            Some("ul") => false,
            _ => around.in_ordered,
        };
        inside.in_footnotes |= element.is_of("footnotes");
        if matches!(
            name,
            Some("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "span" | "strong" | "em" | "code")
        ) {
            inside.in_line = true;
        }
        if element.name == "section"
            && let Some(title) = element.find(&|inner| inner.is_of("practice-title"))
        {
            inside.owner = Some(title.text());
        }
        inside
    }

    /// An answer, put to the end of the page: what is left where it stood leads there.
    fn answer(&mut self, element: Element, around: &Around) -> Vec<Node> {
        let number = self.answers.len() + 1;
        let (here, there) = (format!("at-end.{number}"), format!("answer.{number}"));
        let owner = around.owner.clone().unwrap_or_else(|| self.heading.clone());
        // In its order, since what is in it may be an answer that has come to the end before it.
        self.answers.push(Node::Text(String::new()));
        let filled =
            self.strings.fill("practice-scripts.answer_to", &[("number", &number.to_string()), ("title", GAP)]);
        let (before, behind) = filled.split_once(GAP).unwrap_or((filled.as_str(), ""));
        let back =
            Element::new("a", vec![Node::Text(owner)]).with("href", format!("#{here}")).with("role", "doc-backlink");
        let heading = vec![Node::Text(before.to_owned()), back.into(), Node::Text(behind.to_owned())];
        let mut children: Vec<Node> = vec![Element::new("h3", heading).with("id", &there).into()];
        let mut label = Vec::new();
        let inside = Around { in_answer: true, in_line: false, ..around.clone() };
        let id = self.id(&element);
        for child in element.children {
            match child {
                Node::Element(summary) if summary.name == "summary" => {
                    label = self.all(summary.children, &Around { in_line: true, ..inside.clone() });
                }
                Node::Element(element) => children.extend(self.element(element, &inside)),
                Node::Text(_) => children.push(child),
            }
        }
        let class = element.attributes.iter().find(|(name, _)| name == "class").map_or("", |(_, class)| class.as_str());
        let mut section = Element::new("section", children).with("class", class).with("epub:type", "answer");
        section.attributes.extend(id.map(|id| ("id".to_owned(), id)));
        self.answers[number - 1] = section.into();
        self.page.ids.extend([here.clone(), there.clone()]);
        let leads = self.strings.fill("practice-scripts.answer_at_end", &[("number", &number.to_string())]);
        let link = Element::new("a", vec![Node::Text(leads)]).with("href", format!("#{there}"));
        label.extend([Node::Text(" ".to_owned()), link.into()]);
        let name = if around.in_line { "span" } else { "p" };
        vec![Element::new(name, label).with("class", "at-end").with("id", here).into()]
    }

    fn answers_section(&mut self) -> Option<Node> {
        let answers = std::mem::take(&mut self.answers);
        if answers.is_empty() {
            return None;
        }
        let title = Node::Text(self.strings.text("practice-scripts.answers").to_owned());
        let heading = Node::Element(Element::new("h2", vec![title]));
        let children: Vec<Node> = [heading].into_iter().chain(answers).collect();
        Some(Element::new("section", children).with("class", "answers").with("epub:type", "answers").into())
    }

    fn attributes(
        &mut self,
        element: &Element,
        name: &str,
        around: &Around,
        id: Option<String>,
    ) -> Vec<(String, String)> {
        let mut kept: Vec<(String, String)> = id.map(|id| ("id".to_owned(), id)).into_iter().collect();
        for (key, value) in &element.attributes {
            let is_kept = allowed::attribute(name, key, value, around.in_ordered);
            if is_kept {
                let value = if key == "reversed" { key } else { value };
                kept.push((key.clone(), value.clone()));
            }
        }
        match name {
            "img" => self.picture(element, &mut kept),
            "bdo" if !kept.iter().any(|(key, _)| key == "dir") => kept.push(("dir".to_owned(), "ltr".to_owned())),
            "a" if element.is_of("footnote-back") => kept.push(("role".to_owned(), "doc-backlink".to_owned())),
            "a" if element.get("href").is_some_and(|href| href.starts_with("#Fn-")) => {
                kept.push(("epub:type".to_owned(), "noteref".to_owned()));
                kept.push(("role".to_owned(), "doc-noteref".to_owned()));
            }
            "section" if element.is_of("footnotes") => {
                kept.push(("epub:type".to_owned(), "footnotes".to_owned()));
                kept.push(("role".to_owned(), "doc-endnotes".to_owned()));
            }
            "li" if around.in_footnotes && element.get("id").is_some_and(|id| id.starts_with("Fn-")) => {
                kept.push(("epub:type".to_owned(), "footnote".to_owned()));
            }
            _ => {}
        }
        kept
    }

    /// The id of an element, if it is the first of that name; also the name that a link may have instead.
    fn id(&mut self, element: &Element) -> Option<String> {
        let named = element.get("name").filter(|_| element.name == "a");
        let id = element.get("id").or(named).filter(|id| !id.is_empty())?;
        self.page.ids.insert(id.to_owned()).then(|| id.to_owned())
    }

    fn picture(&mut self, element: &Element, kept: &mut Vec<(String, String)>) {
        let source = element.get("src").unwrap_or("");
        if let Some(url) = self.page.target(source).filter(|url| names::picture(url.as_str()).is_some()) {
            self.page.pictures.insert(url);
        }
        kept.push(("src".to_owned(), source.to_owned()));
        if element.get("alt").is_none() {
            self.page.traits.has_unnamed = true;
            kept.push(("alt".to_owned(), String::new()));
        }
    }

    /// A drawing or a formula, whose names are kept, without what runs and what is of other languages.
    fn drawing(&mut self, element: Element, namespace: &str) -> Node {
        let mut drawing = self.foreign(element);
        drawing.attributes.insert(0, ("xmlns".to_owned(), namespace.to_owned()));
        drawing.into()
    }

    fn foreign(&mut self, element: Element) -> Element {
        let id = self.id(&element);
        let is_kept = |name: &str| {
            names::is_name(name) && !name.starts_with("on") && !matches!(name, "xmlns" | "id" | "style" | "tabindex")
        };
        // What SVG 1.1 writes in a namespace of its own needs none any more.
        let plain = |(name, value): (String, String)| (name.trim_start_matches("xlink:").to_owned(), value);
        let attributes = element.attributes.into_iter().map(plain).filter(|(name, _)| is_kept(name));
        let attributes = id.map(|id| ("id".to_owned(), id)).into_iter().chain(attributes).collect();
        let mut children = Vec::new();
        for child in element.children {
            match child {
                Node::Text(_) => children.push(child),
                Node::Element(child) => {
                    let is_known = names::is_name(&child.name)
                        && !matches!(child.name.as_str(), "foreignObject" | "image" | "script");
                    if is_known {
                        children.push(Node::Element(self.foreign(child)));
                    }
                }
            }
        }
        Element { name: element.name, attributes, children }
    }
}

/// All text in nodes.
fn text(nodes: &[Node]) -> String {
    Element::new("", nodes.to_vec()).text()
}

/// Whether an element has nothing in it, ever.
#[must_use]
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}
