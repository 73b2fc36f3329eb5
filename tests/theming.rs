//! `docs/theming.md` does what it says: each of its examples is built and shows what it promises, and its tables of what
//! templates see are those of real pages.
//!
//! A line with a path in backticks and a colon names a file of the book, which the next fence holds. After "Gives, in" it
//! names a page of the site, and the fence what that page has in it. Every heading starts another book.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{repository, run, scratch, write};
use prepbook::model::view::Body;
use prepbook::pipeline::{self, Item, Options};
use serde_json::Value;

/// What every example starts from.
const DEFAULTS: &[(&str, &str)] =
    &[("book.toml", "[book]\ntitle = \"Handbook\"\nsrc = \"guide\"\n"), ("guide/README.md", "# Home\n\nWelcome.\n")];

/// One example: a book, and what pages of its site have in them.
#[derive(Default)]
struct Example {
    heading: String,
    files: BTreeMap<String, Vec<u8>>,
    shows: Vec<(String, String)>,
}

fn document() -> String {
    fs::read_to_string(repository().join("docs/theming.md")).expect("docs/theming.md")
}

/// The examples of a document, one for each heading that has some.
fn examples(text: &str) -> Vec<Example> {
    let mut found = vec![Example::default()];
    let mut named: Option<(bool, String)> = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            found.push(Example { heading: line.trim_start_matches(['#', ' ']).to_owned(), ..Example::default() });
        }
        let (is_shown, rest) = line.strip_prefix("Gives, in ").map_or((false, line), |rest| (true, rest));
        if let Some(path) = rest.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:")) {
            named = Some((is_shown, path.to_owned()));
            continue;
        }
        let fence = line.chars().take_while(|c| *c == '`').count();
        if fence < 3 {
            assert!(named.is_none() || line.is_empty(), "a file is named, and no fence follows: {line}");
            continue;
        }
        let end = "`".repeat(fence);
        let body: String = lines.by_ref().take_while(|line| *line != end).map(|line| format!("{line}\n")).collect();
        let example = found.last_mut().expect("there is one");
        match named.take() {
            Some((true, path)) => example.shows.push((path, body)),
            Some((false, path)) => {
                assert!(example.files.insert(path.clone(), body.into_bytes()).is_none(), "{path} is there twice");
            }
            None => {}
        }
    }
    found.retain(|example| !example.files.is_empty() || !example.shows.is_empty());
    found
}

/// What is wrong with an example.
fn problem(example: &Example) -> Option<String> {
    if example.shows.is_empty() {
        return Some("does not say what it gives".to_owned());
    }
    let book = scratch();
    let mut files: BTreeMap<String, Vec<u8>> =
        DEFAULTS.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files.extend(example.files.clone());
    write(book.path(), &files, false);
    let built = run(book.path(), &["build", "--strict", "--format", "short", "--quiet"], 1);
    if built.status != 0 {
        return Some(format!("{}{}", built.out, built.err));
    }
    for (page, wanted) in &example.shows {
        let path = built_file(&book.path().join("book"), page)?;
        let text = fs::read_to_string(&path).unwrap_or_default();
        if !text.contains(wanted.trim_end()) {
            return Some(format!("{page} does not have\n{wanted}but\n{text}"));
        }
    }
    None
}

/// A file of a site; one whose name carries a hash is named without it, as `assets/core.js`.
fn built_file(site: &Path, name: &str) -> Option<std::path::PathBuf> {
    let exact = site.join(name);
    if exact.is_file() {
        return Some(exact);
    }
    let (start, end) = exact.to_str()?.rsplit_once('.')?;
    let (start, end) = (format!("{start}-"), format!(".{end}"));
    let entries = fs::read_dir(exact.parent()?).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    entries.into_iter().find(|path| path.to_str().is_some_and(|path| path.starts_with(&start) && path.ends_with(&end)))
}

#[test]
fn every_example_is_a_book_that_shows_what_it_says() {
    let examples = examples(&document());
    assert!(examples.len() >= 6, "{} examples", examples.len());
    let mut wrong = String::new();
    for example in &examples {
        if let Some(problem) = problem(example) {
            let _ = writeln!(wrong, "{}: {problem}", example.heading);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_example_that_does_not_do_what_it_says_is_found() {
    let said =
        |text: &str| examples(text).iter().map(|example| problem(example).unwrap_or_default()).collect::<String>();
    let page = "`themes/handbook/templates/page.html`:\n\n```html\n<p>{{ book.title }}</p>\n```\n\n";
    assert_eq!(said(&format!("# A\n\n{page}Gives, in `index.html`:\n\n```html\n<p>Handbook</p>\n```\n")), "");
    assert!(
        said(&format!("# A\n\n{page}Gives, in `index.html`:\n\n```html\n<p>Other</p>\n```\n"))
            .contains("does not have")
    );
    assert!(said(&format!("# A\n\n{page}")).contains("does not say"));
    let wrong = page.replace("title", "titel");
    assert!(said(&format!("# A\n\n{wrong}Gives, in `index.html`:\n\n```html\n```\n")).contains("theme/template"));
}

/// The fields that values have, by their path, and the kinds of value that each was seen with. A list's entries are
/// `list[]`; entries within entries of the same list are those again.
type Fields = BTreeMap<String, BTreeSet<&'static str>>;

fn collect(value: &Value, path: &str, fields: &mut Fields) {
    // Two lists have entries that a template of their own sees as `it`.
    let path = match path {
        "simulation/it.segments[]" => "segment/it",
        "threat-model/it.trees[]" => "attack-tree/it",
        path => path,
    };
    let kind = match value {
        Value::Null => "none",
        Value::Bool(_) => "flag",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "table",
    };
    fields.entry(path.to_owned()).or_default().insert(kind);
    match value {
        Value::Array(entries) => {
            let last = path.rsplit('.').next().unwrap_or(path);
            // `children[].children` is a list of the same entries.
            let entry = match path.split_once(&format!("{last}[].{last}")) {
                Some((start, "")) => format!("{start}{last}[]"),
                _ => format!("{path}[]"),
            };
            entries.iter().for_each(|value| collect(value, &entry, fields));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| collect(value, &format!("{path}.{key}"), fields));
        }
        _ => {}
    }
}

/// What the templates of a book's pages see: of the page, and of each kind of preparation material.
fn seen(root: &Path, fields: &mut Fields) {
    let derived =
        pipeline::derive(&Options { root: root.to_owned(), ..Options::default() }).expect("the book can be read");
    let resolver = derived.resolver(&derived.theme.names);
    for (_, item) in derived.plan.items() {
        if let Item::Redirect(number) = item {
            let view = serde_json::to_value(derived.redirect(*number)).expect("is JSON");
            collect(&view, "redirect", fields);
        }
        let Some((view, _)) = derived.view(&resolver, item) else { continue };
        for (name, value) in serde_json::to_value(&view.context).expect("is JSON").as_object().expect("is a table") {
            collect(value, name, fields);
        }
        let Body::Documents(documents) = &view.body else { continue };
        for material in documents.iter().flat_map(|document| document.practice.values()) {
            let kind = material.template.trim_start_matches("practice/").trim_end_matches(".html");
            collect(&material.data, &format!("{kind}/it"), fields);
        }
    }
}

/// What stands above the fields that several kinds of material have.
const SHARED: &str = "Fields of several";

/// What the document says: a row for each field with its type and its meaning, below headings that may start with the name of
/// a template.
fn documented() -> BTreeMap<String, String> {
    let mut prefix = String::new();
    let mut rows = BTreeMap::new();
    for line in document().lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let template = heading.strip_prefix("`practice/").and_then(|rest| rest.strip_suffix(".html`"));
            prefix = template.map_or(String::new(), |kind| format!("{kind}/"));
            match heading {
                "`redirect.html`" => prefix = "redirect.".to_owned(),
                SHARED => prefix = "*/".to_owned(),
                _ => {}
            }
        }
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if let [field, kind, meaning] = cells[..]
            && let Some(field) = field.strip_prefix('`').and_then(|field| field.strip_suffix('`'))
            && line.starts_with("| `")
        {
            assert!(!meaning.is_empty(), "{field} means nothing");
            assert!(
                rows.insert(format!("{prefix}{field}"), kind.to_owned()).is_none(),
                "{prefix}{field} is there twice"
            );
        }
    }
    rows
}

#[test]
fn every_field_that_templates_see_is_documented_and_no_other() {
    let mut fields = Fields::new();
    seen(&repository().join("tests/browser/book"), &mut fields);
    seen(repository(), &mut fields);
    for book in ["practice-calc", "practice-questions", "practice-simulation", "print"] {
        seen(&repository().join("tests/books").join(book), &mut fields);
    }
    let book = scratch();
    let files = [
        ("book.toml", OTHER_BOOK),
        ("guide/README.md", "# Home\n"),
        ("guide/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        ("guide/extra.css", "p { margin: 0 }\n"),
        ("guide/extra.js", "\"use strict\";\n"),
    ];
    write(book.path(), &files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into(), false);
    seen(book.path(), &mut fields);
    // Tables and entries that hold others say all they have to say in these, and what `it` is stands in the text.
    let holds = |path: &String| fields.keys().any(|other| other.starts_with(&format!("{path}.")));
    let leaves: BTreeMap<&String, &BTreeSet<&str>> =
        fields.iter().filter(|(path, _)| !holds(path) && !path.ends_with("/it")).collect();
    let rows = documented();
    let shared = |path: &str| path.split_once('/').map(|(_, field)| format!("*/{field}"));
    let row = |path: &str| rows.get(path).or_else(|| rows.get(&shared(path)?));
    let mut wrong = String::new();
    for (path, kinds) in &leaves {
        match row(path) {
            None => {
                let _ = writeln!(wrong, "missing: | `{path}` | {kinds:?} | |");
            }
            Some(written) => {
                let possible: BTreeSet<&str> = written.split(" or ").collect();
                if !kinds.is_subset(&possible) {
                    let _ = writeln!(wrong, "{path} is {written}, and was seen as {kinds:?}");
                }
            }
        }
    }
    let is_seen =
        |path: &String| fields.contains_key(path) || fields.keys().any(|field| shared(field).as_ref() == Some(path));
    for path in rows.keys().filter(|path| !is_seen(path)) {
        let _ = writeln!(wrong, "no page has {path}");
    }
    assert!(wrong.is_empty(), "docs/theming.md:\n{wrong}");
}

/// What the other books do not have.
const OTHER_BOOK: &str = "\
[book]\ntitle = \"Other\"\nsrc = \"guide\"\n\n[output.html]\nsite-url = \"https://example.com/\"\nlogo = \"guide/logo.svg\"\nfavicon = \"guide/logo.svg\"\n\
additional-css = [\"guide/extra.css\"]\nadditional-js = [\"guide/extra.js\"]\n\n[output.html.redirect]\n\"/old.html\" = \"index.html\"\n";
