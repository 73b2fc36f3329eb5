//! A rendered page to the documents that a search finds: its sections, and the preparation material on it. What stands in an
//! answer is kept apart, since a result must not show it.

use std::borrow::Cow;

use crate::markdown::html::{HtmlAttribute, Token, scan};

/// What a search finds: a section of a page, or a piece of preparation material.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id on the page; empty for the page's beginning.
    pub id: String,
    /// Its heading; empty for what stands before the first.
    pub title: String,
    /// Whether its heading is the page's title.
    pub is_title: bool,
    /// What it is, by the letter in the index.
    pub kind: char,
    /// What it says; each block on a line of its own.
    pub text: String,
    /// What its answers say.
    pub answer: String,
}

/// Pages and their sections.
pub const PAGE: char = 'p';

/// Preparation material, by `data-practice`.
const KINDS: &[(&str, char)] =
    &[("drill", 'd'), ("question", 'q'), ("review", 'r'), ("simulation", 'd'), ("story", 's'), ("threat-model", 'm')];

/// Terms of the glossary.
const TERM: char = 't';

/// Elements that are no text, whatever is in them.
const SILENT: &[&str] =
    &["button", "nav", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"];

/// Classes of what stands around a text: facts, labels, lists of uses.
const AROUND: &[&str] = &[
    "also",
    "claim-mark",
    "copy",
    "entry-links",
    "facts",
    "footnote-back",
    "footnote-ref",
    "jumps",
    "part-label",
    "permalink",
    "practice-kind",
    "practice-refs",
    "tags",
    "visually-hidden",
];

/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements without an end (HTML, section 13.1.2).
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The documents of a page, in the order in which they begin. Only what is in `main` counts, or all of a page that has
/// none.
#[must_use]
pub fn documents(html: &str) -> Vec<Document> {
    let mut walk = walked(html, html.contains("<main").then_some("main"));
    if !walk.was_inside {
        walk = walked(html, None);
    }
    walk.documents.retain(|it| !(it.title.is_empty() && it.text.trim().is_empty() && it.answer.trim().is_empty()));
    for document in &mut walk.documents {
        document.title = spaced(&document.title);
        document.text = document.text.trim_end().to_owned();
    }
    walk.documents
}

/// A walk over a page, of which only what is in `root` counts.
fn walked<'a>(html: &'a str, root: Option<&'static str>) -> Walk<'a> {
    let mut walk = Walk::new(root);
    scan(html, |token| match token {
        Token::Start(tag) => walk.start(tag.name, &tag.attributes),
        Token::End { name, .. } => walk.end(&name),
        Token::Text { value, .. } => walk.text(&value),
    });
    walk
}

/// What an open element means for what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing.
    Plain,
    /// It is left out.
    Silent,
    /// It is an answer.
    Answer,
    /// It is the title of the document at hand.
    Title,
    /// A document of its own: behind it that one goes on.
    Own(usize),
}

struct Walk<'a> {
    /// The element that holds what is searched.
    root: Option<&'static str>,
    documents: Vec<Document>,
    /// The number of the document at hand.
    at: usize,
    open: Vec<(Cow<'a, str>, Part)>,
    silent: usize,
    answers: usize,
    titles: usize,
    /// How many `pre` are open, whose lines stay lines.
    verbatim: usize,
    is_inside: bool,
    was_inside: bool,
}

impl<'a> Walk<'a> {
    fn new(root: Option<&'static str>) -> Self {
        let first = Document { kind: PAGE, ..Document::default() };
        Self {
            root,
            documents: vec![first],
            at: 0,
            open: Vec::new(),
            silent: 0,
            answers: 0,
            titles: 0,
            verbatim: 0,
            is_inside: root.is_none(),
            was_inside: root.is_none(),
        }
    }

    fn start(&mut self, name: Cow<'a, str>, attributes: &[HtmlAttribute<'_>]) {
        if !self.is_inside {
            self.is_inside = Some(&*name) == self.root;
            self.was_inside |= self.is_inside;
            return;
        }
        if !INLINE.contains(&&*name) {
            self.line();
        }
        if VOID.contains(&&*name) {
            return;
        }
        let part = self.part(&name, attributes);
        match part {
            Part::Silent => self.silent += 1,
            Part::Answer => self.answers += 1,
            Part::Title => self.titles += 1,
            Part::Plain | Part::Own(_) => {}
        }
        self.verbatim += usize::from(name == "pre");
        self.open.push((name, part));
    }

    fn part(&mut self, name: &str, attributes: &[HtmlAttribute<'_>]) -> Part {
        let value = |name: &str| attributes.iter().find(|it| it.name == name).map_or("", |it| &*it.value);
        let classes = value("class");
        let has = |class: &str| classes.split_ascii_whitespace().any(|it| it == class);
        if SILENT.contains(&name)
            || classes.split_ascii_whitespace().any(|class| AROUND.contains(&class))
            || value("aria-hidden") == "true"
        {
            return Part::Silent;
        }
        if has("answer") {
            return Part::Answer;
        }
        if self.silent > 0 || self.answers > 0 {
            return Part::Plain;
        }
        let id = value("id");
        let kind = KINDS.iter().find(|(practice, _)| *practice == value("data-practice")).map(|(_, kind)| *kind);
        if let Some(kind) = kind.filter(|_| !id.is_empty()) {
            return self.begin(id, kind);
        }
        if has("entry") {
            return self.begin(id, PAGE);
        }
        let level = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|level| *level <= 6);
        if let Some(level) = level {
            if id.is_empty() && level > 1 {
                return Part::Plain;
            }
            // The title is that of the page's beginning; any other heading begins a section of what it stands in.
            if self.documents.len() > 1 || level > 1 || !self.documents[0].text.trim().is_empty() {
                let kind = self.documents[self.at].kind;
                self.begin(id, kind);
            }
            let document = &mut self.documents[self.at];
            document.is_title = level == 1;
            return Part::Title;
        }
        let document = &mut self.documents[self.at];
        if name == "dt" && !id.is_empty() && self.open.last().is_some_and(|(_, part)| matches!(part, Part::Own(_))) {
            document.kind = TERM;
            id.clone_into(&mut document.id);
            return Part::Title;
        }
        if document.title.is_empty() && (has("entry-title") || (has("practice-title") && document.kind != PAGE)) {
            return Part::Title;
        }
        Part::Plain
    }

    fn begin(&mut self, id: &str, kind: char) -> Part {
        let before = self.at;
        self.at = self.documents.len();
        self.documents.push(Document { id: id.to_owned(), kind, ..Document::default() });
        Part::Own(before)
    }

    fn end(&mut self, name: &str) {
        if !self.is_inside {
            return;
        }
        let Some(from) = self.open.iter().rposition(|(open, _)| open == name) else {
            self.is_inside = Some(name) != self.root;
            return;
        };
        for (open, part) in self.open.drain(from..).rev() {
            self.verbatim -= usize::from(open == "pre");
            match part {
                Part::Plain => {}
                Part::Silent => self.silent -= 1,
                Part::Answer => self.answers -= 1,
                Part::Title => self.titles -= 1,
                Part::Own(before) => self.at = before,
            }
        }
        if !INLINE.contains(&name) {
            self.line();
        }
    }

    /// Ends a line, unless there is nothing on it.
    fn line(&mut self) {
        if self.is_inside && self.silent == 0 {
            let out = self.out();
            out.truncate(out.trim_end().len());
            if !out.is_empty() {
                out.push('\n');
            }
        }
    }

    fn out(&mut self) -> &mut String {
        let document = &mut self.documents[self.at];
        match (self.answers > 0, self.titles > 0) {
            (true, _) => &mut document.answer,
            (false, true) => &mut document.title,
            (false, false) => &mut document.text,
        }
    }

    fn text(&mut self, text: &str) {
        if !self.is_inside || self.silent > 0 {
            return;
        }
        let is_verbatim = self.verbatim > 0;
        let out = self.out();
        let mut rest = text;
        while let Some((at, space)) = next_space(rest) {
            out.push_str(&rest[..at]);
            rest = &rest[at + space.len_utf8()..];
            match space {
                '\n' if is_verbatim && !out.is_empty() && !out.ends_with('\n') => out.push('\n'),
                _ if out.is_empty() || out.ends_with(['\n', ' ']) => {}
                _ => out.push(' '),
            }
        }
        out.push_str(rest);
    }
}

/// The first white space of a text, and where it is.
fn next_space(text: &str) -> Option<(usize, char)> {
    let mut from = 0;
    loop {
        let at = from + text.as_bytes()[from..].iter().position(|&byte| byte <= b' ' || byte >= 128)?;
        let c = text[at..].chars().next()?;
        if c.is_whitespace() {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
}

/// A text on one line.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The documents of a page: kind, id, title, text and, behind a bar, what only answers say.
    fn found(html: &str) -> Vec<String> {
        let shown = |it: Document| {
            let mark = if it.is_title { "=" } else { "" };
            format!("{}#{} {mark}{}: {}|{}", it.kind, it.id, it.title, it.text.replace('\n', " / "), it.answer.trim())
        };
        documents(html).into_iter().map(shown).collect()
    }

    #[test]
    fn a_page_is_cut_at_its_headings() {
        let html = "<title>no</title><nav>no</nav><main><nav>no</nav><h1 id=a>A <code>b</code></h1><p>One\ntwo</p><p>three</p>\
                    <h2 id=c>C &amp; d</h2><div><ul><li>x<li>y</ul></div><h3>Without an id</h3><pre>e\n f</pre></main><p>no";
        assert_eq!(found(html), ["p# =A b: One two / three|", "p#c C & d: x / y / Without an id / e / f|"]);
        assert_eq!(found("<title>no</title><body><p>a<h2 id=b>B</h2>c</body>"), ["p# : a|", "p#b B: c|"]);
        assert_eq!(found("<main></main>"), [""; 0]);
    }

    #[test]
    fn material_is_a_document_of_its_own_and_its_answers_are_apart() {
        let html = "<main><h2 id=h>H</h2><p>before</p><section class='practice practice-drill' data-practice=drill id=d>\
                    <p class=practice-kind>Drill</p><p class=practice-title>T</p><p>Do it.</p><h3 id=i>I</h3>in\
                    <details class='x answer'><summary>Answer</summary><h3 id=s>Secret</h3>word</details></section><p>after</p></main>";
        assert_eq!(found(html), ["p#h H: before / after|", "d#d T: Do it.|", "d#i I: in|Answer\nSecret\nword"]);
        let unnamed = "<main><section data-practice=drill><p class=practice-title>T</p>x</section></main>";
        assert_eq!(found(unnamed), ["p# : T / x|"]);
    }

    #[test]
    fn entries_of_lists_are_documents() {
        let html = "<main><h1>Glossary</h1><dl><div class=entry><dt id=xss>XSS <span class=also>also y</span></dt><dd>Script.</dd><dd class=entry-links>no</dd></div></dl>\
                    <ul><li class=entry id=r><p class=entry-title>R</p>org</li></ul></main>";
        assert_eq!(found(html), ["p# =Glossary: |", "t#xss XSS: Script.|", "p#r R: org|"]);
    }

    #[test]
    fn unbalanced_html_loses_nothing_behind_it() {
        let html = "<main><p>a</b></p></i><div><nav>no<div></nav>b</div></section><p>c</main>";
        assert_eq!(found(html), ["p# : a / b / c|"]);
    }
}
