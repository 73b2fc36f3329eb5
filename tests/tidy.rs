//! House rules as tests: layers, crates in their files, file heads and sizes, lists that must be complete.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{repository, tree};
use prepbook::diagnostic::Code;

/// The modules of `src/` in the order of layers. A file may use modules of its own layer's line only where
/// they are its own, and those above it.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["diagnostic"],
    &["data"],
    &["config"],
    &["markdown"],
    &["highlight", "measure", "diagram", "search"],
    &["model"],
    &["theme", "epub", "print"],
    &["read", "parse", "index", "resolve", "render", "emit"],
    &["site"],
    &["pipeline"],
    &["import", "moving"],
    &["runner"],
    &["workspace"],
    &["server"],
    &["commands"],
    &["cli"],
    &["main"],
];

/// Stages that may use the theme; to the others it is unknown.
const MAY_USE_THEME: &[&str] = &["render", "pipeline"];

/// The files that a foreign crate, or a part of the standard library that touches the world, is confined
/// to; a folder ends with a slash.
const CONFINED: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic/print/human.rs"]),
    ("anstream", &["cli.rs", "commands/"]),
    ("blake3", &["base/hash.rs"]),
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli.rs"]),
    ("ctrlc", &["commands/stop.rs", "commands/test.rs"]),
    ("flate2", &["epub/archive.rs"]),
    ("html5gum", &["markdown/html.rs"]),
    ("httparse", &["server/http.rs"]),
    ("imagesize", &["read/references.rs"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["server/watch.rs"]),
    ("open", &["commands/serve.rs"]),
    ("pagefind_stem", &["search/stem.rs"]),
    ("pulldown_cmark", &["markdown/walk.rs"]),
    ("pulldown_cmark_escape", &["render/html.rs", "render/code.rs", "render/image.rs", "render/marks.rs"]),
    ("rayon", &["base/parallel.rs"]),
    ("rustix", &["base/process.rs"]),
    ("serde_saphyr", &["data/yaml.rs"]),
    ("socket2", &["server/http.rs"]),
    ("syntect", &["highlight/"]),
    ("tera", &["render/templates.rs"]),
    ("toml", &["data/toml.rs"]),
    ("two_face", &["highlight/"]),
    ("unicode_normalization", &["search/words.rs"]),
    ("walkdir", &["base/files.rs"]),
    ("std::fs", &["base/blobs.rs", "base/files.rs", "base/lock.rs"]),
    ("std::env", &["base/process.rs", "base/scratch.rs"]),
    // Only the first starts programs; the others end this one, or know its number.
    (
        "std::process",
        &["base/process.rs", "base/scratch.rs", "cli.rs", "commands/stop.rs", "commands/test.rs", "main.rs"],
    ),
    ("std::process::Command", &["base/process.rs"]),
];

/// Files longer than the limit, with the number of code lines they may have. May only shrink.
const LONG_FILES: &[(&str, usize)] = &[];

const LINE_LIMIT: usize = 400;

fn sources() -> BTreeMap<String, String> {
    let files = tree(&repository().join("src"));
    let rust = files.into_iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("sources are UTF-8"))).collect()
}

/// The part of a source file before its tests.
fn code(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

fn module(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or_else(|| panic!("{module} is in no layer"))
}

#[test]
fn modules_use_only_what_is_above_them() {
    let mut wrong = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| *path != "lib.rs") {
        let own = module(path);
        for (number, line) in code(text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used = used.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
                let place = format!("src/{path}:{}", number + 1);
                let same_layer_other = layer(used) == layer(own) && used != own;
                if layer(used) > layer(own) || same_layer_other {
                    wrong.push(format!("{place}: {own} may not use {used}"));
                }
                if used == "theme" && own != "theme" && !MAY_USE_THEME.contains(&own) {
                    wrong.push(format!("{place}: {own} may not know the theme"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_crates_stay_in_their_files() {
    let mut wrong = Vec::new();
    for (path, text) in &sources() {
        for (number, line) in code(text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (name, files) in CONFINED {
                let at = line.find(&format!("{name}::")).or_else(|| line.find(&format!("use {name};")));
                let word =
                    at.is_some_and(|at| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
                if word && !files.iter().any(|file| path == file || (file.ends_with('/') && path.starts_with(file))) {
                    wrong.push(format!("src/{path}:{}: {name} belongs in {files:?}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_say_what_they_are_and_stay_small() {
    let mut wrong = Vec::new();
    for (path, text) in &sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("src/{path}: wants a first line `//! what it turns into what`"));
        }
        let lines =
            code(text).lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count();
        let limit = LONG_FILES.iter().find(|(long, _)| long == path).map_or(LINE_LIMIT, |(_, lines)| *lines);
        if lines > limit {
            wrong.push(format!("src/{path}: {lines} lines of code; at most {limit}"));
        }
    }
    for (path, bytes) in tree(&repository().join("themes/handbook")) {
        let text = String::from_utf8_lossy(&bytes);
        let head = text.trim_start();
        // What others wrote stays as it was published.
        let is_ours = path.ends_with(".js") && !path.starts_with("js/vendor/");
        if is_ours && !head.starts_with("//") && !head.starts_with("/*") {
            wrong.push(format!("themes/handbook/{path}: wants a comment that says what it is"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_unfinished() {
    // Put together so that this file does not name what it looks for.
    let words = [("FIX", "ME"), ("TO", "DO"), ("X", "XX")].map(|(start, end)| start.to_owned() + end);
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "guide", "themes", "benches", "docs"] {
        for (path, bytes) in tree(&repository().join(folder)) {
            if path.contains("node_modules/")
                || path.contains("commonmark/")
                || path.contains("expected")
                || path == "tools/skipped.py"
                || path.ends_with(".png")
            {
                continue;
            }
            let text = String::from_utf8_lossy(&bytes);
            for (number, line) in text.lines().enumerate() {
                if words.iter().any(|word| line.split(|c: char| !c.is_alphanumeric()).any(|found| found == word)) {
                    wrong.push(format!("{folder}/{path}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_embedded_theme_is_the_folder() {
    let embedded: BTreeMap<String, Vec<u8>> =
        prepbook::theme::BUILT_IN.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    let folder = tree(&repository().join("themes/handbook"));
    let difference: BTreeSet<&String> =
        embedded.keys().chain(folder.keys()).filter(|path| embedded.get(*path) != folder.get(*path)).collect();
    assert!(difference.is_empty(), "src/theme/builtin.rs and themes/handbook/ differ: {difference:?}");
}

#[test]
fn every_kind_of_mistake_has_a_golden_book() {
    let mut shown = BTreeSet::new();
    let folders = ["tests/books", "tests/runner"].map(|folder| tree(&repository().join(folder)));
    for (path, bytes) in folders.into_iter().flatten() {
        if path.ends_with("/expected.txt") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            shown.extend(
                Code::ALL.iter().filter(|code| text.contains(&format!("[{}]", code.name()))).map(|code| code.name()),
            );
        }
    }
    // What git or other systems could not keep, or a machine must lack, is made by a test instead.
    let text = |name: &str| fs::read_to_string(repository().join("tests").join(name)).expect("the tests can be read");
    let made = text("files.rs") + &text("runner.rs");
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|name| !shown.contains(name) && !made.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no book in tests/books or tests/runner shows {missing:?}");
}

#[test]
fn the_architecture_names_files_that_are_there() {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let missing: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            ["src/", "tests/", "themes/", "benches/", "vendor/", "guide/"].iter().any(|start| word.starts_with(start))
        })
        .filter(|word| !word.contains(['<', '*', ' ']) && !repository().join(word).exists())
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md names {missing:?}");
}

#[test]
fn the_documents_list_every_kind_of_mistake() {
    let text = fs::read_to_string(repository().join("docs/diagnostics.md")).expect("docs/diagnostics.md");
    let row = |code: &Code| {
        let (name, level) = (code.name(), code.default_level().word());
        format!("| [`{name}`](codes/{name}.md) | {level} | {} |", code.meaning())
    };
    let expected: Vec<String> = Code::ALL.iter().map(row).collect();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| [`")).collect();
    assert_eq!(rows, expected, "awk -f docs/diagnostics.awk src/diagnostic/code.rs > docs/diagnostics.md");
}
