//! The words of the shipped theme all come from `strings/en.toml`: no template, script or style sheet has its own, every
//! text there is used, and every text that is used is there.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{repository, run, scratch, site, tree};
use prepbook::markdown::html;
use prepbook::model::plural;

/// Attributes that are read out or drawn.
const SAID: &[&str] = &[
    "abbr",
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "content",
    "data-label",
    "data-mark",
    "label",
    "placeholder",
    "summary",
    "title",
    "value",
];

/// The files of the theme below `folder` by path.
fn theme(folder: &str) -> BTreeMap<String, String> {
    let files = tree(&repository().join("themes/handbook").join(folder));
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).expect("the theme is UTF-8"))).collect()
}

/// The keys of en.toml with their sections before them, those with forms once.
fn keys() -> BTreeSet<String> {
    let text = &theme("strings")["en.toml"];
    let mut section = String::new();
    let mut keys = BTreeSet::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            // Those of all scripts are in one object, so that no key may be there twice.
            let name = name.trim_end_matches(']');
            section = format!("{}.", if name.ends_with("scripts") { "scripts" } else { name });
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            assert!(keys.insert(format!("{section}{key}")), "{key} is there twice");
        }
    }
    let forms: Vec<String> = keys.iter().filter_map(|key| Some(key.strip_suffix("_other")?.to_owned())).collect();
    let has_form = |key: &String, base: &String| {
        key.strip_prefix(base.as_str())
            .and_then(|form| form.strip_prefix('_'))
            .is_some_and(|form| plural::FORMS.contains(&form))
    };
    keys.retain(|key| !forms.iter().any(|base| has_form(key, base)));
    keys.extend(forms);
    keys.remove("direction");
    keys
}

/// The identifiers that stand behind `mark` in `text`.
fn behind<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let places = text.match_indices(mark).filter(|(at, _)| !text[..*at].ends_with(|c| is_part(c) || c == '.'));
    places.map(|(at, _)| text[at + mark.len()..].split(|c| !is_part(c)).next().unwrap_or("")).collect()
}

/// A template as its expressions and statements, and as the HTML around them. In an attribute an expression leaves nothing,
/// elsewhere a space.
fn split(template: &str) -> (Vec<&str>, String) {
    let (mut code, mut html, mut rest) = (Vec::new(), String::new(), template);
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let end = match &rest[at..at + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let length = rest[at..].find(end).expect("what opens is closed") + 2;
        if end != "#}" {
            code.push(&rest[at + 2..at + length - 2]);
        }
        html.push_str(&rest[..at]);
        rest = &rest[at + length..];
    }
    (code, html + rest)
}

/// The text of a piece of HTML without its tags and character references.
fn words(html: &str) -> String {
    let (mut out, mut rest) = (String::new(), html);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        // A `>` in an attribute would end the tag too early, and what is left of it be found: none has one.
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
        out.push(' ');
    }
    out.push_str(rest);
    let mut text = String::new();
    for (index, piece) in out.split('&').enumerate() {
        match piece.split_once(';').filter(|(name, _)| index > 0 && name.chars().all(char::is_alphanumeric)) {
            Some((_, behind)) => text.push_str(behind),
            None => text.push_str(piece),
        }
    }
    text
}

fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.split('"').skip(1).step_by(2)
}

/// What a template says by itself.
fn said(template: &str) -> Vec<String> {
    let (code, html) = split(template);
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    // Names are lower-case, in one word, and nobody reads them.
    let is_name = |text: &str| !text.chars().any(|c| c.is_uppercase() || c.is_whitespace() || !c.is_ascii());
    let mut found: Vec<String> = code
        .into_iter()
        .flat_map(literals)
        .filter(|text| has_words(text) && !is_name(text))
        .map(str::to_owned)
        .collect();
    let text = words(&html);
    found.extend(text.lines().map(str::trim).filter(|line| has_words(line)).map(str::to_owned));
    for attribute in html::attributes(&html) {
        let is_said = SAID.contains(&&*attribute.name) && attribute.tag != "meta";
        if is_said && has_words(&attribute.value) {
            found.push(format!("{}=\"{}\"", attribute.name, attribute.value));
        }
    }
    found
}

#[test]
fn what_a_template_says_by_itself_is_found() {
    for (template, found) in [
        ("<p class=\"a\">{{ t.next }} &ndash; {# why #}<b>{% if a == \"b c\" %}1{% endif %}</b></p>", "b c"),
        ("<p>Next</p>", "Next"),
        ("<a aria-label=\"Go {{ x }}\" href=\"Go\">", "aria-label=\"Go \""),
        ("{% <a kind=\"Attack tree\"> %}{{ \"page\" ~ 'x' }}", "Attack tree"),
        ("<td data-label=\"{{ t.a }}\" data-id=\"x\"></td>", ""),
    ] {
        assert_eq!(said(template).join("|"), found, "{template}");
    }
}

#[test]
fn no_template_says_anything_by_itself() {
    let mut wrong = Vec::new();
    for (path, template) in theme("templates") {
        wrong.extend(said(&template).into_iter().map(|text| format!("templates/{path}: {text}")));
    }
    assert!(wrong.is_empty(), "move these to strings/en.toml:\n{}", wrong.join("\n"));
}

#[test]
fn no_style_sheet_draws_words() {
    let mut wrong = Vec::new();
    for (path, text) in theme("css") {
        let contents = text.split("content:").skip(1).filter_map(|rest| rest.split([';', '}']).next());
        for literal in contents.flat_map(literals) {
            // An escape is one character, whatever letters its number has.
            let mut shown = literal.split('\\');
            let first = shown.next().unwrap_or("").to_owned();
            let rest = shown.map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
            if rest.fold(first, |all, part| all + part).chars().any(char::is_alphabetic) {
                wrong.push(format!("css/{path}: {literal}"));
            }
        }
    }
    assert!(wrong.is_empty(), "move these to [styles] in strings/en.toml:\n{}", wrong.join("\n"));
}

#[test]
fn every_text_is_used_and_every_text_that_is_used_is_there() {
    // Whole keys, and the beginnings of those that are put together.
    let (mut used, mut starts) = (BTreeSet::new(), BTreeSet::new());
    for template in theme("templates").into_values() {
        for code in split(&template).0 {
            used.extend(behind(code, "t.").into_iter().map(str::to_owned));
            let places = code.match_indices("t[\"").map(|(at, mark)| &code[at + mark.len()..]);
            starts.extend(places.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    for text in theme("js").into_values().filter(|text| text.contains("text } = prepbook;")) {
        let keys = behind(&text, "text.").into_iter().filter(|key| !key.is_empty());
        used.extend(keys.map(|key| format!("scripts.{key}")));
        let places = text.split("words[\"").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
        starts.extend(places.map(|start| format!("scripts.{start}")));
    }
    let worker = &theme("js")["worker.js"];
    used.extend(behind(worker, "WORDS.").into_iter().map(|key| format!("worker.{key}")));
    for text in theme("css").into_values() {
        used.extend(behind(&text, "var(--word-").into_iter().map(|key| format!("styles.{}", key.replace('-', "_"))));
    }
    for (path, bytes) in tree(&repository().join("src")) {
        if !["epub/", "render/", "resolve/", "site/"].iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let text = String::from_utf8(bytes).expect("sources are UTF-8");
        // However the lines are broken.
        let text: String = text.split_whitespace().collect();
        let keys = |mark: &'static str| {
            let rests = text.split(mark).skip(1);
            let key = |rest: &str| rest.split(['"', '{']).next().unwrap_or("").replace("practice-scripts.", "scripts.");
            rests.map(key).collect::<Vec<String>>()
        };
        used.extend(keys("strings.text(\"").into_iter().chain(keys("strings.fill(\"")));
        starts.extend(keys("strings.text(&format!(\""));
    }
    let keys = keys();
    let missing: Vec<&String> = used.iter().filter(|key| !keys.contains(*key)).collect();
    assert!(missing.is_empty(), "strings/en.toml lacks {missing:?}");
    let unknown: Vec<&String> = starts.iter().filter(|start| !keys.iter().any(|key| key.starts_with(*start))).collect();
    assert!(unknown.is_empty(), "no key in strings/en.toml starts with {unknown:?}");
    let is_used =
        |key: &String| used.contains(key) || starts.iter().any(|start| !start.is_empty() && key.starts_with(start));
    let unused: Vec<&String> = keys.iter().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?} in strings/en.toml");
}

#[test]
fn the_types_of_scripts_list_their_texts() {
    let types = std::fs::read_to_string(repository().join("tests/js/prepbook.d.ts")).expect("tests/js/prepbook.d.ts");
    let list = types.split("text: Record<").nth(1).and_then(|rest| rest.split(", TextForms>").next()).expect("a list");
    let listed: BTreeSet<String> = literals(list).map(|key| format!("scripts.{key}")).collect();
    let keys: BTreeSet<String> = keys().into_iter().filter(|key| key.starts_with("scripts.")).collect();
    assert_eq!(listed, keys);
}

/// A book whose every text is marked: without the marks its pages are the English ones, and no text is shown that has none.
#[test]
fn another_language_takes_the_place_of_every_text() {
    let english = &theme("strings")["en.toml"];
    let marked: String = english
        .lines()
        .map(|line| match line.split_once(" = \"").filter(|(key, _)| *key != "direction") {
            Some((key, text)) => format!("{key} = \"⟦{}⟧\"\n", text.trim_end_matches('"')),
            None => format!("{line}\n"),
        })
        .collect();
    let scratch = scratch();
    let build = |language: &str, strings: Option<&str>| {
        let folder = scratch.path().join(language);
        common::copy(&repository().join("tests/browser/book"), &folder);
        let config = std::fs::read_to_string(folder.join("book.toml")).expect("book.toml");
        let config = config.replace("language = \"en\"", &format!("language = \"{language}\""));
        std::fs::write(folder.join("book.toml"), config).expect("can be written");
        if let Some(strings) = strings {
            let own = folder.join("themes/handbook/strings");
            std::fs::create_dir_all(&own).expect("can be made");
            std::fs::write(own.join(format!("{language}.toml")), strings).expect("can be written");
        }
        let built = run(&folder, &["build", "--strict", "--format", "short"], 2);
        assert_eq!((built.status, built.err.contains("note")), (0, false), "{}{}", built.out, built.err);
        let pages = site(&folder.join("book")).into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages
            .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
            .collect::<BTreeMap<String, String>>()
    };
    let (english, other) = (build("en", None), build("qps", Some(&marked)));
    assert_eq!(english.len(), other.len());
    let mut marks = 0;
    for (path, page) in &other {
        marks += page.matches('⟦').count();
        let plain = page.replace(['⟦', '⟧'], "").replace("lang=\"qps\"", "lang=\"en\"");
        // Style sheets and scripts have other texts in them, so other names.
        let same = |page: &str| {
            let mut parts = page.split("assets/");
            let first = parts.next().unwrap_or("").to_owned();
            parts.fold(first, |all, part| all + part.split_once('"').map_or(part, |(_, behind)| behind))
        };
        assert_eq!(same(&plain), same(&english[path]), "{path}");
    }
    assert!(marks > 1000, "{marks} texts");
}
