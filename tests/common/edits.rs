//! Random books, and edits of the kinds that authors make.

#![allow(dead_code, reason = "each test uses some of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use prepbook::pipeline::Options;

use super::{Random, bare_theme, set_modified, tree, write};

/// The files of a book by path; the disk is made to equal it after each edit.
pub type Files = BTreeMap<String, Vec<u8>>;

const CHAPTERS: [&str; 2] = ["1-one", "2-two"];

pub const CONFIG: &str = "[book]\ntitle = \"Book\"\nsrc = \"guide\"\n";

pub fn new_book(random: &mut Random) -> Files {
    let mut files = bare_theme();
    let template = files.get_mut("themes/handbook/templates/page.html").expect("the theme has it");
    template.extend_from_slice(b"<!-- {{ assets.style }} {{ assets.contents }} {{ book.title }} -->\n");
    let manifest = "name = \"bare\"\nstyles = [\"css/a.css\"]\nboot = \"js/boot.js\"\nscripts = []\n";
    files.insert("themes/handbook/theme.toml".into(), manifest.into());
    files.insert("themes/handbook/css/a.css".into(), b"a {}\n".to_vec());
    files.insert("book.toml".into(), CONFIG.into());
    files.insert("guide/README.md".into(), b"# Home\n\n[one](1-one/README.md)\n".to_vec());
    for chapter in CHAPTERS {
        files.insert(format!("guide/{chapter}/README.md"), page(random));
        for number in ["1-first", "2-second"] {
            files.insert(format!("guide/{chapter}/{number}.md"), page(random));
        }
    }
    files.insert("guide/1-one/code.py".into(), b"# region a\nx = 1\n# endregion a\ny = 2\n".to_vec());
    files.insert("guide/picture.svg".into(), b"<svg width=\"4\" height=\"3\"></svg>".to_vec());
    files.insert("guide/table.csv".into(), b"a,b\n".to_vec());
    files.insert("guide/thing.html".into(), b"<p>a file</p>\n".to_vec());
    for (path, text) in DATA {
        files.insert((*path).into(), text.as_bytes().to_vec());
    }
    files
}

/// Files of data that pages show.
const DATA: &[(&str, &str)] = &[
    (
        "guide/m.threat-model.yaml",
        "id: m\ntitle: Model\nelements:\n  E1: {kind: external, name: Member, at: [0, 0]}\n  P1: {kind: process, name: Api, at: [1, 0]}\n\
         flows:\n  F1: {from: E1, to: P1, data: order}\nthreats:\n  - {id: T1, on: F1, stride: I, statement: Read, likelihood: low, \
         impact: high, response: accept, residual: All}\n",
    ),
    (
        "guide/all.questions.yaml",
        "questions:\n  - {id: q1, text: Who?, topic: a, level: easy, outline: one two three four five six seven eight nine ten eleven \
         twelve thirteen fourteen fifteen, wrong: Nobody}\n",
    ),
    (
        "guide/w.plan.yaml",
        "id: w\ntitle: Week\ndays:\n  - {day: 1, items: [{do: Read, page: README.md, minutes: 30}]}\n",
    ),
    ("guide/glossary.yaml", "terms:\n  - {term: XSS, meaning: Script}\n"),
    ("guide/references.yaml", "references:\n  - {id: asvs, title: ASVS, url: 'https://a.example/'}\n"),
];

/// What practises something, of which some is wrong.
const MATERIAL: &[&str] = &[
    "::::drill[Draw]{#d1 minutes=2 topic=a}\nDraw it.\n\n- 1:00 Boxes\n- 1:00 Lines\n\n:::answer\nAs `here`.\n:::\n::::",
    "::::drill[Write]{#d2 minutes=5}\nWrite [it](1-first.md).\n\n**Success.**\n\n- Done\n::::",
    ":::question[What?]{#q2 topic=b level=hard}\n**Outline.** Short.\n\n**Wrong.** That.\n:::",
    ":::questions{topic=a}",
    ":::questions{level=hard limit=1}",
    ":::checklist[List]{#c1}\n- [ ] One {#one}\n- [ ] Two\n  - [ ] Three {minutes=3}\n:::",
    ":::threat-model{src=../m.threat-model.yaml}",
    ":::plan{src=../w.plan.yaml}",
    ":::calc[Sum]{#s1}\n- a: 2 {assumption}\n- b = a * 2 = 4 things\n:::",
    ":::attack-tree[Goal]{#t1 model=m}\n- Step {cost=1 threat=T1}\n:::",
    "::::review[Code]{#r1 minutes=5 level=easy file=../1-one/code.py}\nFind it.\n\n:::finding[Flaw]{cwe=79 severity=low at=\"x =\"}\nA \
     customer sees it.\n\n**Fix.** Mend it.\n:::\n::::",
    ":term[XSS] and :term[XSS], :ref[see]{asvs}, :claim[so]{official ref=asvs}, :term[other]{nothing}",
];

pub fn page(random: &mut Random) -> Vec<u8> {
    let titles = ["Alpha", "Beta", "Gamma delta", "Épsilon"];
    let links = [
        "[a](1-first.md)",
        "[b](../2-two/README.md#more)",
        "[c](../1-one/code.py#L2)",
        "![d](../picture.svg)",
        "[e](nowhere.md)",
        "<a href=\"../README.md\">f</a>",
        "[g](../2-two/2-second.md#beta)",
        "[h](../table.csv)",
        "[i](../Data.csv)",
    ];
    let blocks = [
        "```python\nx = 1\n```",
        "```python file=../1-one/code.py region=a\n```",
        ":::note[Box]\ntext\n:::",
        "note[^1]\n\n[^1]: foot",
        "> [!TIP]\n> tip",
        ":::include{file=1-first.md}",
    ];
    let material = random.below(3) == 0;
    let front = [
        "",
        "",
        "---\norder: 9\n---\n",
        "---\ndraft: true\n---\n",
        "---\nredirect_from: /old.html\n---\n",
        "---\ntitle: Named\n---\n",
        "---\nredirect_from: [/old/one.html, /old/two.html]\norder: 2\n---\n",
    ];
    let mut text = String::from(*random.pick(&front));
    text.push_str(&format!("# {}\n\n", random.pick(&titles)));
    for _ in 0..random.below(4) {
        text.push_str(&format!(
            "## {}\n\n{} {}\n\n{}\n\n",
            random.pick(&["More", "Beta", "Why"]),
            random.pick(&links),
            random.pick(&links),
            if material { random.pick(MATERIAL) } else { random.pick(&blocks) }
        ));
    }
    text.into_bytes()
}

/// One edit of the kinds an author makes; what it was.
pub fn edit(files: &mut Files, options: &mut Options, random: &mut Random) -> String {
    let pages: Vec<String> =
        files.keys().filter(|path| path.starts_with("guide/") && path.ends_with(".md")).cloned().collect();
    let path = random.pick(&pages).clone();
    let home = path == "guide/README.md";
    match random.below(27) {
        0..=2 => {
            files.insert(path.clone(), page(random));
            format!("rewrite {path}")
        }
        3 => {
            let text = String::from_utf8_lossy(&files[&path]).replace("# ", "# Renamed ");
            files.insert(path.clone(), text.into_bytes());
            format!("rename the headings of {path}")
        }
        4 | 5 => {
            files.get_mut(&path).expect("it is there").extend_from_slice(b"\nOne more paragraph.\n");
            format!("append to {path}")
        }
        6 if !home => {
            files.remove(&path);
            format!("delete {path}")
        }
        7 => {
            let bytes = files.remove(&path).expect("it is there");
            let moved = path.replace("first", "moved").replace("second", "first").replace("README", "0-second");
            files.insert(moved.clone(), bytes);
            format!("move {path} to {moved}")
        }
        8 => {
            let chapter = format!("guide/{}/", random.pick(&CHAPTERS));
            let moved: Vec<String> = files.keys().filter(|path| path.starts_with(&chapter)).cloned().collect();
            for path in moved {
                let bytes = files.remove(&path).expect("it is there");
                files.insert(path.replacen("guide/", "guide/9-", 1), bytes);
            }
            format!("rename the folder {chapter}")
        }
        9 => {
            let name = *random.pick(&["page", "listing", "contents", "not-found", "redirect"]);
            let template = files.get_mut(&format!("themes/handbook/templates/{name}.html")).expect("the theme has it");
            template.extend_from_slice(b"<!-- changed -->\n");
            format!("change the template {name}")
        }
        10 => {
            let style = format!("a {{ margin: {}px }}\n", random.below(9));
            files.insert("themes/handbook/css/a.css".into(), style.into_bytes());
            "change the style sheet".into()
        }
        11 => {
            let (width, height) = (1 + random.below(9), 1 + random.below(3));
            let picture = format!("<svg width=\"{width}\" height=\"{height}\"></svg>");
            files.insert("guide/picture.svg".into(), picture.into_bytes());
            "change a picture".into()
        }
        12 | 13 => configure(files, random),
        14 => {
            let code = format!("# region a\nx = {}\n# endregion a\n", random.below(50));
            files.insert("guide/1-one/code.py".into(), code.into_bytes());
            "change a source file".into()
        }
        15 => {
            let text = String::from_utf8_lossy(&files[&path]).into_owned();
            let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(&*text, |it| it.1);
            let front = match random.below(4) {
                0 => format!("---\norder: {}\n---\n", random.below(9)),
                1 => "---\ndraft: true\n---\n".to_owned(),
                2 => format!("---\nredirect_from: /was/{}.html\n---\n", random.below(4)),
                _ => String::new(),
            };
            let text = format!("{front}{body}");
            files.insert(path.clone(), text.into_bytes());
            format!("other front matter in {path}")
        }
        16 => summary(files, &pages, random),
        17 => {
            // A file becomes a folder, or a folder a file.
            if files.remove("guide/thing.html").is_some() {
                files.insert("guide/thing.html/README.md".into(), page(random));
                files.insert("guide/thing.html/more.md".into(), page(random));
            } else {
                files.retain(|path, _| !path.starts_with("guide/thing.html/"));
                files.insert("guide/thing.html".into(), b"<p>a file again</p>\n".to_vec());
            }
            "turn a file into a folder, or back".into()
        }
        18 => {
            // Two names that differ in nothing but case.
            let other = |path: &str| match path.rsplit_once('/') {
                Some((folder, name)) if name.contains(char::is_lowercase) => {
                    format!("{folder}/{}", name.to_uppercase())
                }
                _ => path.to_lowercase(),
            };
            let asset = files.keys().find(|path| path.to_lowercase() == "guide/table.csv").cloned();
            let old = if random.below(2) == 0 { asset.unwrap_or(path) } else { path };
            let new = other(&old).replace(".MD", ".md");
            let bytes = files.remove(&old).expect("it is there");
            files.insert(new.clone(), bytes);
            format!("rename {old} to {new}")
        }
        19 => {
            options.drafts = !options.drafts;
            format!("--drafts={}", options.drafts)
        }
        20 => {
            let url = *random.pick(&["", "/sub/", "https://a.example/b/"]);
            options.base_url = Some(url.to_owned()).filter(|url| !url.is_empty());
            format!("--base-url {url}")
        }
        21 if files.contains_key("guide/Data.csv") => {
            files.remove("guide/Data.csv");
            "take a file away".into()
        }
        21 => {
            files.insert("guide/Data.csv".into(), b"c,d\n".to_vec());
            "add a file".into()
        }
        22 => {
            let link = *random.pick(&["[t](/table.csv)", "![p](/picture.svg)", "[c](/1-one/code.py#L1)"]);
            files.get_mut(&path).expect("it is there").extend_from_slice(format!("\n{link}\n").as_bytes());
            format!("link {link} in {path}")
        }
        23 | 24 => {
            let (data, whole) = *random.pick(DATA);
            match (random.below(4), files.remove(data)) {
                (0, Some(_)) => return format!("take {data} away"),
                (1, Some(bytes)) => {
                    let text = String::from_utf8_lossy(&bytes).replace("high", "low").replace("XSS", "CSRF");
                    files.insert(data.into(), text.replace("Read", "Say").into_bytes());
                }
                (2, Some(mut bytes)) => {
                    bytes.extend_from_slice(b"  what: is this\n");
                    files.insert(data.into(), bytes);
                }
                _ => {
                    files.insert(data.into(), whole.as_bytes().to_vec());
                }
            }
            format!("change {data}")
        }
        25 => {
            let text = *random.pick(MATERIAL);
            files.get_mut(&path).expect("it is there").extend_from_slice(format!("\n{text}\n").as_bytes());
            format!("practise {text:?} in {path}")
        }
        _ => "change nothing".into(),
    }
}

/// Another `book.toml`, or none.
fn configure(files: &mut Files, random: &mut Random) -> String {
    if random.below(6) == 0 {
        files.remove("book.toml");
        return "delete book.toml".into();
    }
    let mut config = format!("[book]\ntitle = \"Book {}\"\nsrc = \"guide\"\n", random.below(3));
    let smart = random.below(2) == 0;
    config.push_str(&format!("[output.html]\nsmart-punctuation = {smart}\n"));
    if random.below(3) == 0 {
        config.push_str("git-repository-url = \"https://a.example/b\"\n");
    }
    if random.below(2) == 0 {
        let to = *random.pick(&["one/first.html", "two/index.html#more", "https://a.example/", "nowhere.html"]);
        config.push_str(&format!("[output.html.redirect]\n\"/config-{}.html\" = \"{to}\"\n", random.below(2)));
    }
    if random.below(2) == 0 {
        let level = *random.pick(&["error", "warn", "off"]);
        config.push_str(&format!("[lints]\n\"link/missing-page\" = \"{level}\"\n"));
    }
    if random.below(2) == 0 {
        config.push_str("[output.epub]\nenable = true\n");
    }
    files.insert("book.toml".into(), config.clone().into_bytes());
    format!("configure {config:?}")
}

/// `SUMMARY.md` comes, changes or goes.
fn summary(files: &mut Files, pages: &[String], random: &mut Random) -> String {
    if random.below(3) == 0 && files.remove("guide/SUMMARY.md").is_some() {
        return "delete SUMMARY.md".into();
    }
    let mut text = String::from("# Summary\n\n");
    for path in pages.iter().filter(|path| !path.ends_with("SUMMARY.md")) {
        if random.below(3) > 0 {
            let name = path.trim_start_matches("guide/");
            text.push_str(&format!("- [Entry {}]({name})\n", random.below(5)));
        }
        if random.below(5) == 0 {
            text.push_str("\n# Part\n\n");
        }
    }
    files.insert("guide/SUMMARY.md".into(), text.into_bytes());
    "write SUMMARY.md".into()
}

/// Makes the folder hold exactly `files`. All are of one moment, so that nothing but the bytes tells a new file from
/// an old one.
pub fn sync(root: &Path, files: &Files) {
    let mut changed = BTreeMap::new();
    let on_disk = tree(root);
    for path in on_disk.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(root.join(path)).expect("the file can be removed");
        // A folder may become a file.
        let folders = root.join(path);
        for folder in folders.ancestors().skip(1).take_while(|folder| *folder != root) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
    for (path, bytes) in files.iter().filter(|(path, bytes)| on_disk.get(*path) != Some(*bytes)) {
        changed.insert(path.clone(), bytes.clone());
    }
    write(root, &changed, false);
    for path in changed.keys() {
        set_modified(&root.join(path), SystemTime::UNIX_EPOCH);
    }
}

/// The number in an environment variable.
pub fn number(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}

/// Runs a script for each seed below `scripts`, on two threads.
pub fn run_scripts(scripts: u64, run: impl Fn(u64) + Sync) {
    assert!(scripts > 0, "no scripts are no test");
    let next = AtomicU64::new(0);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= scripts {
                break;
            }
            run(seed);
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| drop(scope.spawn(work))));
}
