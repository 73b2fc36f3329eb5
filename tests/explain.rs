//! The explanations in `docs/codes`: each kind of mistake has one, in one form, and its examples do what
//! they say. And the command that prints them.
//!
//! ```text
//! # link/missing-page
//!
//! What was found, why it matters, how it is mended.
//!
//! ## Failing
//!
//! `guide/a.md`:
//!
//! (a fence with the file)
//!
//! ## Mended
//!
//! (the same again)
//! ```
//!
//! Each example is a book of its own. Below it lie the files of [`DEFAULTS`]; a `book.toml` of the failing
//! example stays for the mended one. What a fence cannot hold is made by commands, in a fence `sh` below
//! the line [`COMMANDS`]. A line ``Also reports: `a/b` `` names what the failing example cannot do
//! without. `CODE=link cargo test --test explain` looks at some codes only.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{repository, run, scratch, tree, write};
use prepbook::base::progress::Progress;
use prepbook::diagnostic::{Code, Level, Severity};
use prepbook::pipeline::{self, Options};

/// What every example starts from.
const DEFAULTS: &[(&str, &str)] =
    &[("book.toml", "[book]\nsrc = \"guide\"\n"), ("guide/README.md", "# Home\n\nWelcome.\n")];

/// What stands above a fence of commands.
const COMMANDS: &str = "In the book's folder:";

/// Programs that an example's commands may call.
const HARMLESS: &[&str] = &["printf", "ln", "mkdir", "mkfifo"];

/// The book of one example.
#[derive(Debug, Default)]
struct Example {
    files: BTreeMap<String, String>,
    commands: String,
    also: BTreeSet<String>,
}

/// An explanation, read.
#[derive(Debug, Default)]
struct Explanation {
    title: String,
    words: usize,
    failing: Example,
    mended: Example,
}

/// Reads an explanation, or says why it is none.
fn parse(text: &str) -> Result<Explanation, String> {
    let mut explanation = Explanation::default();
    let mut part = "";
    let mut path = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let example = match part {
            "## Failing" => Some(&mut explanation.failing),
            "## Mended" => Some(&mut explanation.mended),
            _ => None,
        };
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks >= 3 {
            let mut body = String::new();
            loop {
                match lines.next() {
                    Some(inner) if inner == &line[..marks] => break,
                    Some(inner) => body.extend([inner, "\n"]),
                    None => return Err(format!("`{line}` is never closed")),
                }
            }
            let example = example.ok_or("a fence before the first example")?;
            match path.take() {
                None => return Err(format!("`{line}` has no line with its file above it")),
                Some(COMMANDS) => example.commands.push_str(&body),
                Some(path) if example.files.insert(path.to_owned(), body).is_some() => {
                    return Err(format!("{path} is there twice"));
                }
                Some(_) => {}
            }
        } else if let Some(title) = line.strip_prefix("# ") {
            title.clone_into(&mut explanation.title);
        } else if line.starts_with("## ") {
            let expected = match part {
                "" => "## Failing",
                _ => "## Mended",
            };
            if line != expected {
                return Err(format!("`{line}` where `{expected}` belongs"));
            }
            part = expected;
        } else if let Some(example) = example {
            if path.is_some() && !line.is_empty() {
                return Err(format!("`{line}` where a fence belongs"));
            }
            if let Some(codes) = line.strip_prefix("Also reports:") {
                example.also.extend(codes.split('`').skip(1).step_by(2).map(str::to_owned));
            } else if let Some(named) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) {
                path = Some(named);
            } else if line == COMMANDS {
                path = Some(COMMANDS);
            }
        } else {
            explanation.words += line.split_whitespace().count();
        }
    }
    if part != "## Mended" {
        return Err("wants a part `## Failing` and a part `## Mended`".to_owned());
    }
    if let Some(path) = path {
        return Err(format!("{path} has no fence"));
    }
    Ok(explanation)
}

/// What `check`, or for code that is run `test`, says about an example.
struct Said {
    found: Vec<(Code, Severity)>,
    /// The same for whoever reads a failure.
    printed: String,
    /// What the code that the example is about counts as in this book.
    level: Level,
}

/// The codes that only `test` reports.
const OF_TEST: &str = "test/";

fn said(example: &Example, code: Code) -> Said {
    let book = scratch();
    let mut files: BTreeMap<String, Vec<u8>> =
        DEFAULTS.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    files.extend(example.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
    write(book.path(), &files, false);
    if !example.commands.is_empty() {
        let made = Command::new("sh").args(["-ec", &example.commands]).current_dir(book.path()).status();
        assert!(made.expect("sh starts").success(), "{}: {}", code.name(), example.commands);
    }
    let options = Options { root: book.path().to_owned(), ..Options::default() };
    let level = pipeline::derive(&options).expect("the book can be read").config.level(code);
    if code.name().starts_with(OF_TEST) {
        return tested(book.path(), code, level);
    }
    let report = pipeline::check(&options, &Progress::default()).expect("the book can be read");
    let mut printed = String::new();
    for diagnostic in &report.diagnostics {
        let (path, severity, name) = (&diagnostic.place.path, diagnostic.severity.word(), diagnostic.code.name());
        let _ = writeln!(printed, "  {path}: {severity}[{name}]: {}", diagnostic.message);
    }
    let found = report.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect();
    Said { found, printed, level }
}

/// What `test` says about the book in `folder`; what it would lack on another machine is not there.
fn tested(folder: &Path, code: Code, level: Level) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
    command.args(["test", "--format", "json", "-q"]).current_dir(folder);
    if code == Code::TestRunnerMissing {
        command.env("PATH", "");
    }
    let output = command.output().expect("the program starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let lines = printed.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let severity = |word: &str| match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Note,
    };
    let found =
        lines.filter_map(|line| Some((Code::parse(line["code"].as_str()?)?, severity(line["severity"].as_str()?))));
    Said { found: found.collect(), printed: printed.clone(), level }
}

/// What is wrong with the explanation `text` of `code`.
fn problems(code: Code, text: &str) -> Vec<String> {
    let explanation = match parse(text) {
        Ok(explanation) => explanation,
        Err(problem) => return vec![problem],
    };
    let Explanation { title, words, failing, mut mended } = explanation;
    let mut problems = Vec::new();
    if title != code.name() || !text.starts_with("# ") {
        problems.push(format!("starts with `# {}`", code.name()));
    }
    if words < 25 {
        problems.push(format!("explains in {words} words; wants 25 or more"));
    }
    for line in failing.commands.lines().chain(mended.commands.lines()) {
        let harmless = HARMLESS.contains(&line.split(' ').next().unwrap_or(""));
        if !harmless || [" /", "..", ";", "&", "|"].iter().any(|part| line.contains(part)) {
            problems.push(format!("`{line}`: an example calls one of {HARMLESS:?} a line, inside the book"));
        }
    }
    for path in failing.files.keys().chain(mended.files.keys()) {
        if path.starts_with('/') || path.contains("..") {
            problems.push(format!("{path} lies outside the book"));
        }
    }
    if !mended.also.is_empty() {
        problems.push("the mended example may report nothing".to_owned());
    }
    if let Some(config) = failing.files.get("book.toml") {
        mended.files.entry("book.toml".to_owned()).or_insert_with(|| config.clone());
    }
    if (&failing.files, &failing.commands) == (&mended.files, &mended.commands) {
        problems.push("the mended example is the failing one".to_owned());
    }
    if !problems.is_empty() {
        return problems;
    }

    let Said { found, printed, level } = said(&failing, code);
    let severity = match level {
        Level::Error => Some(Severity::Error),
        Level::Warning => Some(Severity::Warning),
        Level::Note => Some(Severity::Note),
        Level::Off => None,
    };
    if !found.iter().any(|(other, as_what)| *other == code && Some(*as_what) == severity) {
        problems.push(format!("the failing example does not report it as {}, but:\n{printed}", level.word()));
    }
    let others: BTreeSet<&str> = found
        .iter()
        .filter(|(other, severity)| *other != code && *severity != Severity::Note)
        .map(|(other, _)| other.name())
        .collect();
    let also: BTreeSet<&str> = failing.also.iter().map(String::as_str).collect();
    if others != also {
        problems.push(format!("the failing example also reports {others:?}, not {also:?}:\n{printed}"));
    }
    let Said { found, printed, level } = said(&mended, code);
    if level == Level::Off {
        problems.push("the mended example turns it off".to_owned());
    }
    if found.iter().any(|(other, severity)| *other == code || *severity != Severity::Note) {
        problems.push(format!("the mended example reports:\n{printed}"));
    }
    problems
}

// Some examples want names that differ in case alone, or files that Windows does not have.
#[cfg(target_os = "linux")]
#[test]
fn every_example_fails_and_is_mended_as_it_says() {
    let wanted = std::env::var("CODE").unwrap_or_default();
    let codes: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.name().starts_with(&wanted)).collect();
    assert!(!codes.is_empty(), "no code starts with CODE={wanted}");
    let mut wrong = String::new();
    for code in codes {
        let file = format!("docs/codes/{}.md", code.name());
        // Not the text in the program, so that an edit to a file can be tried without building it anew.
        let text = fs::read_to_string(repository().join(&file)).expect("the explanation can be read");
        for problem in problems(code, &text) {
            let _ = writeln!(wrong, "{file}: {problem}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_file_belongs_to_a_code() {
    let files: Vec<String> = tree(&repository().join("docs/codes")).into_keys().collect();
    let mut expected: Vec<String> = Code::ALL.iter().map(|code| format!("{}.md", code.name())).collect();
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn links_between_explanations_lead_somewhere() {
    let folder = repository().join("docs/codes");
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let area = code.name().split('/').next().unwrap_or("");
        // Examples have links of their own, and code shows some.
        let text = code.explanation().split("\n## ").next().unwrap_or("");
        let text: String = text.split('`').step_by(2).collect();
        let targets = text.split("](").skip(1).filter_map(|rest| Some(rest.split(')').next()?.to_owned()));
        wrong.extend(targets.filter(|target| !folder.join(area).join(target).is_file()).map(|t| (code.name(), t)));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_form_is_held() {
    let part = |text: &str| format!("# a/b\n\nWords.\n\n## Failing\n\n{text}\n## Mended\n");
    let read = |text: &str| parse(&part(text));
    let good =
        read("`a.md`:\n\n````markdown\n```\nx\n```\n````\n\nAlso reports: `c/d`, `e/f`\n").expect("is well formed");
    assert_eq!(good.failing.files["a.md"], "```\nx\n```\n");
    assert_eq!(Vec::from_iter(&good.failing.also), ["c/d", "e/f"]);
    assert_eq!((good.title.as_str(), good.words), ("a/b", 1));
    let made = read("In the book's folder:\n\n```sh\nprintf x\n```\n").expect("is well formed");
    assert_eq!(made.failing.commands, "printf x\n");
    for bad in [
        "```markdown\nx\n```\n",
        "`a.md`:\n",
        "`a.md`:\n\n```markdown\n",
        "`a.md`:\n\nWords.\n\n```markdown\n```\n",
        "`a.md`:\n\n```markdown\n```\n\n`a.md`:\n\n```markdown\n```\n",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
    for bad in ["# a/b\n\nWords.\n", "# a/b\n\n## Failing\n", "# a/b\n\n## Mended\n\n## Failing\n"] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn explanations_that_do_not_do_what_they_say_are_found() {
    let words = "word ".repeat(25);
    let found = |failing: &str, mended: &str| {
        let text = format!(
            "# link/missing-page\n\n{words}\n\n## Failing\n\n`guide/a.md`:\n\n```markdown\n{failing}\n```\n\n\
             ## Mended\n\n`guide/a.md`:\n\n```markdown\n{mended}\n```\n"
        );
        problems(Code::LinkMissingPage, &text).join("\n")
    };
    assert_eq!(found("[x](b.md)", "[x](README.md)"), "");
    assert!(found("[x](README.md)", "x").contains("does not report it as error"));
    assert!(found("[x](b.md) [](README.md)", "x").contains("also reports {\"link/empty-text\"}"));
    assert!(found("[x](b.md)", "[x](c.md)").contains("the mended example reports"));
    assert!(found("[x](b.md)", "[x](b.md)").contains("is the failing one"));
    let dangerous = "printf x > /etc/passwd\nrm -r guide\nln -s ../.. guide/up\nprintf x; rm -r guide";
    let text = format!(
        "# link/missing-page\n\n{words}\n\n## Failing\n\n{COMMANDS}\n\n```sh\n{dangerous}\n```\n\n\
         `../a.md`:\n\n```markdown\n```\n\n## Mended\n"
    );
    assert_eq!(problems(Code::LinkMissingPage, &text).len(), 5);
}

fn explain(arguments: &[&str]) -> common::Run {
    run(&std::env::temp_dir(), &[&["explain"], arguments].concat(), 1)
}

#[test]
fn a_code_is_explained_however_it_is_written() {
    let code = explain(&["link/missing-page"]);
    assert_eq!((code.status, code.err.as_str()), (0, ""));
    let head = "link/missing-page: error by default\n\nA link names a page that is not in the book, so readers would";
    assert!(code.out.starts_with(head), "{}", code.out);
    assert!(code.out.contains("\nguide/a.md\n    Start with [the study plan]("), "{}", code.out);
    for pasted in ["Link/Missing-Page", "error[link/missing-page]", "error[link/missing-page]: there is no page"] {
        assert_eq!(explain(&[pasted]).out, code.out, "{pasted}");
    }
    for code in Code::ALL {
        assert!(!explain(&[code.name()]).out.contains('\u{1b}'), "{}", code.name());
    }
}

#[test]
fn an_area_and_nothing_list_codes() {
    let area = explain(&["footnote"]);
    assert_eq!(area.status, 0);
    let names: Vec<&str> = area.out.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["footnote/duplicate", "footnote/undefined", "footnote/unused"]);
    assert!(area.out.lines().all(|line| line.contains("warning") && line.ends_with('.')), "{}", area.out);
    assert_eq!(explain(&["footnote/"]).out, area.out);
    let all = explain(&[]);
    assert_eq!(all.out.lines().filter(|line| !line.is_empty()).count(), Code::ALL.len());
}

#[test]
fn an_unknown_code_gets_the_nearest() {
    for (typed, near) in
        [("link/mising-page", "link/missing-page"), ("missing-page", "link/missing-page"), ("lnik", "link")]
    {
        let run = explain(&[typed]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{typed}");
        assert_eq!(run.err, format!("error: there is no code `{typed}`\nhelp: nearest is `{near}`\n"));
    }
    assert!(explain(&["quicksort"]).err.contains("`prepbook explain` lists all codes"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
    let output = command.arg("explain").stdout(writer).stderr(Stdio::piped()).output().expect("the program starts");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn messages_for_people_end_with_where_there_is_more() {
    let scratch = scratch();
    let hint = "`prepbook explain link/missing-page` tells more\n";
    let check = |arguments: &[&str]| run(scratch.path(), &[&["check"], arguments].concat(), 1).err;
    let page = |text: &str| fs::write(scratch.path().join("README.md"), text).expect("can be written");
    page("[](README.md) [x](nowhere.md) [y](#nowhere)\n");
    assert_eq!(check(&[]).matches(hint).count(), 1);
    assert_eq!(check(&["--quiet"]).matches("tells more").count(), 0);
    assert_eq!(check(&["--format", "short"]).matches("tells more").count(), 0);
    page("# Fine\n");
    assert_eq!(check(&[]).matches("tells more").count(), 0);
}
