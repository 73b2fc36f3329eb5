//! A book in memory, and what must be true of it whatever it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use prepbook::base::path::BookPath;
use prepbook::base::progress::Progress;
use prepbook::config::Config;
use prepbook::diagnostic::{Code, Diagnostic, Format, Level, Place, Printing, print};
use prepbook::markdown::html;
use prepbook::markdown::walk::MarkdownOptions;
use prepbook::model::practice::data::DataKind;
use prepbook::model::source::Source;
use prepbook::parse;
use prepbook::pipeline::{self, Options, Report};

use super::common::{bare_theme, scratch_in_memory, site, write};

/// One small file of data of each kind.
pub const DATA: &[(&str, &str)] = &[
    (
        "a.threat-model.yaml",
        "id: m\ntitle: Model\nelements:\n  E1: {kind: external, name: Member, at: [0, 0]}\n  P1: {kind: process, name: Api, at: [1, 0]}\n\
         boundaries:\n  - {id: B1, name: Edge, contains: [P1]}\nflows:\n  F1: {from: E1, to: P1, data: order}\nthreats:\n  - {id: T1, \
         on: F1, stride: I, statement: Read, likelihood: low, impact: high, response: accept, residual: All}\n",
    ),
    (
        "a.questions.yaml",
        "questions:\n  - {id: q1, text: Who?, topic: a, level: easy, outline: one two three, wrong: Nobody}\n",
    ),
    ("a.plan.yaml", "id: w\ntitle: Week\ndays:\n  - {day: 1, items: [{do: Read, page: README.md, minutes: 30}]}\n"),
    ("glossary.yaml", "terms:\n  - {term: XSS, meaning: Script, see: [asvs]}\n"),
    ("references.yaml", "references:\n  - {id: asvs, title: ASVS, url: 'https://a.example/'}\n"),
    ("a.synonyms.yaml", "synonyms:\n  - words: [xss, script]\n"),
];

/// The files of a book by path.
#[derive(Clone, Debug)]
pub struct Book(BTreeMap<String, Vec<u8>>);

impl Book {
    /// A book with one of everything and no mistakes.
    pub fn small() -> Self {
        let config = "[book]\ntitle = \"Small\"\nsrc = \"guide\"\n\n[output.html]\nfavicon = \"image.svg\"\n\n\
                      [output.html.redirect]\n\"/old.html\" = \"page.html\"\n\n[lints]\n\"html/raw\" = \"warn\"\n";
        let page = "# Page\n\n[a](README.md#t) ![b](image.svg) [c](code.py#L2)\n\n```py file=code.py region=x\n```\n\n:::include{file=_included.md}\n";
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"></svg>\n";
        Self(bare_theme())
            .with("book.toml", config)
            .with("guide/README.md", "# T\n\n[a](page.md) ![b](image.png)\n")
            .with("guide/page.md", page)
            .with("guide/_included.md", "## Included\n\n[a](README.md)\n")
            .with("guide/SUMMARY.md", "# Summary\n\n[T](README.md)\n\n- [Page](page.md)\n")
            .with("guide/code.py", "x = 1\n# region x\ny = 2\n# endregion x\n")
            .with("guide/image.svg", svg)
            .with("guide/image.png", *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x02\0\0\0")
    }

    /// A small book that practises, from one file of data of each kind.
    pub fn practising() -> Self {
        DATA.iter().fold(Self::small(), |book, (name, text)| book.with(&format!("guide/{name}"), *text)).with(
            "guide/practice.md",
            ":::threat-model{src=a.threat-model.yaml}\n\n:::questions{topic=a}\n\n:::plan{src=a.plan.yaml}\n\n\
             :::attack-tree[Goal]{#t1 model=m}\n- Step {cost=1 threat=T1}\n:::\n\n:term[XSS] :ref[x]{asvs} \
             :claim[y]{official ref=asvs}\n",
        )
    }

    /// Writes the book below a folder.
    pub fn write(&self, folder: &Path) {
        write(folder, &self.0, false);
    }

    /// The book with another file at `path`.
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }

    /// The bytes of a file, if it is there.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }

    /// The text of a file of [`Book::small`].
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).expect("it is UTF-8")
    }
}

fn wrong<T>(what: impl Into<String>) -> Result<T, String> {
    Err(what.into())
}

/// Places lie in their files, on the borders of characters.
fn check_places<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    text: &dyn Fn(&BookPath) -> Option<Arc<str>>,
) -> Result<(), String> {
    for diagnostic in diagnostics {
        let places = diagnostic.notes.iter().map(|note| &note.place).chain([&diagnostic.place]);
        for Place { path, span } in places {
            let (Some(span), Some(text)) = (span, text(path)) else { continue };
            if text.get(span.range()).is_none() {
                return wrong(format!("{path} has no {span:?}: {diagnostic:?}"));
            }
        }
        if diagnostic.message.trim().is_empty() || diagnostic.message.contains(char::is_control) {
            return wrong(format!("no message: {diagnostic:?}"));
        }
    }
    Ok(())
}

/// All that can be said of a page alone.
pub fn examine_page(text: &str) -> Result<(), String> {
    let source = Source::new(BookPath::new("guide/a.md").expect("a plain name"), text.into());
    let mut config = Config::bare(Path::new("."));
    config.levels.extend(Code::ALL.iter().map(|&code| (code, Level::Warning)));
    let lints = parse::Lints::of(&config);
    for smart_punctuation in [false, true] {
        let parsed =
            parse::page(&source, MarkdownOptions { smart_punctuation, rustdoc_lines: smart_punctuation }, &lints);
        let texts = |_: &BookPath| Some(source.text.clone());
        check_places(&parsed.diagnostics, &texts)?;
        let spans = parsed.links.iter().map(|link| link.span);
        let spans = spans.chain(parsed.headings.iter().map(|heading| heading.span));
        let spans = spans.chain(parsed.fences.iter().map(|fence| fence.span));
        let spans = spans.chain(parsed.samples.iter().map(|sample| sample.span));
        if let Some(span) =
            spans.chain(parsed.anchors.iter().map(|anchor| anchor.span)).find(|s| text.get(s.range()).is_none())
        {
            return wrong(format!("no {span:?} in the page"));
        }
        for printing in every_format() {
            let _ = print(&parsed.diagnostics, &texts, &printing);
        }
    }
    Ok(())
}

/// All that can be said of a file of data alone.
pub fn examine_data(kind: DataKind, text: &str) -> Result<(), String> {
    let path = BookPath::new(&format!("guide/a{}", kind.ending())).expect("a plain name");
    let source = Source::new(path, text.into());
    let rules = Config::bare(Path::new(".")).practice;
    check_places(&parse::data(&source, kind, &rules).diagnostics, &|_: &BookPath| Some(source.text.clone()))
}

/// All that can be said of a book and its site.
pub fn examine(book: &Book) -> Result<(), String> {
    let folder = scratch_in_memory();
    let root = folder.path().join("book");
    write(&root, &book.0, false);
    let options = |output: &str| Options {
        root: root.clone(),
        output: Some(folder.path().join(output)),
        keep_going: true,
        ..Options::default()
    };
    let before = site(&root);
    let checked = with_threads(1, || pipeline::check(&options("none"), &Progress::default()))
        .map_err(|error| format!("check: {error}"))?;
    let built = |output: &str, threads| {
        let report = with_threads(threads, || pipeline::build(&options(output), &Progress::default()));
        report.map_err(|error| format!("build: {error}"))
    };
    let (one, three) = (built("one", 1)?, built("three", 3)?);
    if site(&root) != before {
        return wrong("the book was written to");
    }
    for report in [&checked, &one] {
        check_places(&report.diagnostics, &|path| report.texts.get(path).cloned())?;
    }
    if printed(&one) != printed(&three) {
        return wrong(format!("threads change messages:\n{}\n{}", printed(&one), printed(&three)));
    }
    // A build renders every page, so it may find what a check has not tried.
    let found: BTreeSet<String> = printed(&one).lines().map(str::to_owned).collect();
    if let Some(line) = printed(&checked).lines().find(|line| !found.contains(*line)) {
        return wrong(format!("a build does not say what a check says: {line}"));
    }
    let pages = site(&folder.path().join("one"));
    if pages != site(&folder.path().join("three")) {
        return wrong("threads change the site");
    }
    if one.emitted.is_some() == pages.is_empty() {
        return wrong("a site was published without files, or the other way round");
    }
    let own_template =
        book.0.iter().any(|(path, bytes)| path.starts_with("themes/") && bare_theme().get(path) != Some(bytes));
    let sources: Vec<String> = book
        .0
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).to_ascii_lowercase())
        .collect();
    let is_raw = |text: &str| sources.iter().any(|source| source.contains(text));
    for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let Ok(text) = std::str::from_utf8(bytes) else { return wrong(format!("{path} is not UTF-8")) };
        // The built-in theme, which a book without a readable book.toml gets, has scripts.
        if !own_template && !text.contains("assets/core-") {
            check_html(path, text, &is_raw)?;
        }
    }
    Ok(())
}

fn printed(report: &Report) -> String {
    let text = |path: &BookPath| report.texts.get(path).cloned();
    let [.., short] = every_format().map(|printing| print(&report.diagnostics, &text, &printing));
    short
}

/// Every format; the last is short.
fn every_format() -> [Printing; 6] {
    let plain = [Format::Human, Format::Json, Format::Sarif, Format::Github, Format::Short];
    let [human, json, sarif, github, short] = plain.map(|format| Printing { format, ..Printing::default() });
    [Printing { styled: true, ..human.clone() }, human, json, sarif, github, short]
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    pool.install(work)
}

/// A page has no script, no event handler and no foreign nesting but what the book has in raw HTML.
fn check_html(path: &str, text: &str, is_raw: &impl Fn(&str) -> bool) -> Result<(), String> {
    if is_raw("<") {
        for tag in html::tags(text).tags {
            if tag.name == "script" && !is_raw("<script") {
                return wrong(format!("{path} has a script that nobody wrote"));
            }
            let handler = tag.attributes.iter().find(|found| found.name.starts_with("on") && !is_raw(&found.name));
            if let Some(handler) = handler {
                return wrong(format!("{path} has `{}` that nobody wrote", handler.name));
            }
        }
        return Ok(());
    }
    // Without raw HTML every bracket is the generator's own, and elements nest.
    let mut open: Vec<&str> = Vec::new();
    let without_comments = text.split("<!--").map(|part| part.split_once("-->").map_or(part, |(_, rest)| rest));
    for part in without_comments.flat_map(|part| part.split('<').skip(1)) {
        let Some((tag, _)) = part.split_once('>') else { return wrong(format!("{path}: `<{part}` is not closed")) };
        let name = tag.split([' ', '\n']).next().unwrap_or("");
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => {
                return wrong(format!("{path}: `</{name}>` closes another\n{text}"));
            }
            Some(_) => {}
            None if name == "script" => return wrong(format!("{path} has a script")),
            None if tag.contains(" on") && tag.contains("on=") => return wrong(format!("{path} has a handler")),
            None if matches!(name, "img" | "br" | "hr" | "input" | "meta" | "link") => {}
            // What stands in a picture may close itself.
            None if tag.ends_with('/') && open.contains(&"svg") => {}
            None => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { wrong(format!("{path}: {open:?} stay open\n{text}")) }
}
