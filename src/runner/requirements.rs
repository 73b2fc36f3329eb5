//! A requirements.txt to the lines of it that are pinned, and a report of each that is not.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::{Bench, trimmed};
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// The name of the file.
pub const FILE: &str = "requirements.txt";

/// The files that were read.
#[derive(Default)]
pub struct Requirements {
    pinned: BTreeMap<BookPath, String>,
    reports: Vec<Diagnostic>,
}

impl Requirements {
    /// What is pinned in the file at `path`, as pip reads it; empty where nothing is.
    pub fn pinned(&mut self, bench: &Bench<'_>, path: &BookPath) -> String {
        if let Some(known) = self.pinned.get(path) {
            return known.clone();
        }
        let text = bench.text(path).unwrap_or_default();
        let (pinned, others) = read(&text);
        let report = |span: Span| catalog::test_unpinned(Place::at(path, span), span.slice(&text));
        self.reports.extend(others.into_iter().map(report));
        self.pinned.insert(path.clone(), pinned.clone());
        pinned
    }

    /// What is not pinned in those that were asked for.
    pub fn reports(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.reports)
    }
}

/// The pinned lines of a file, each once, and where the others are.
fn read(text: &str) -> (String, Vec<Span>) {
    let (mut pinned, mut others) = (BTreeSet::new(), Vec::new());
    let mut offset = 0;
    let mut logical = (String::new(), 0);
    for line in text.trim_start_matches('\u{feff}').split_inclusive('\n') {
        let start = text.len() - text.trim_start_matches('\u{feff}').len() + offset;
        offset += line.len();
        let plain = line.split(" #").next().unwrap_or("").trim();
        if logical.0.is_empty() {
            logical.1 = start;
        }
        if let Some(continued) = plain.strip_suffix('\\') {
            logical.0.extend([continued.trim(), " "]);
            continue;
        }
        logical.0.push_str(plain);
        let (requirement, from) = std::mem::take(&mut logical);
        let requirement = requirement.trim();
        if requirement.is_empty() || requirement.starts_with('#') {
            continue;
        }
        if is_pinned(requirement) {
            pinned.insert(requirement.to_owned());
        } else {
            let first = text[from..].split(['\n', '\\']).next().unwrap_or("").split(" #").next().unwrap_or("");
            others.push(trimmed(text, Span::new(from..from + first.len())));
        }
    }
    (pinned.iter().fold(String::new(), |text, line| text + line + "\n"), others)
}

/// Whether a line is `name==version`, with extras, a marker and hashes where there are any.
fn is_pinned(line: &str) -> bool {
    let Some((name, rest)) = line.split_once("==") else { return false };
    let name = name.trim_end();
    let (name, extras) = name.split_once('[').unwrap_or((name, ""));
    let is_word = |text: &str, more: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let rest = rest.trim_start();
    let end = rest.find([' ', ';']).unwrap_or(rest.len());
    let (version, rest) = (&rest[..end], rest[end..].trim_start());
    is_word(name, "-_.")
        && (extras.is_empty() || extras.ends_with(']'))
        && is_word(version, ".!+-_")
        && (rest.is_empty() || rest.starts_with(';') || rest.starts_with("--hash"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_lines_that_name_one_version_are_pinned() {
        let text = "# what the scanner needs\n\nmoto[s3]==5.1.0 ; python_version >= \"3.9\"\nboto3 == 1.40.1 # why\n\
                    attrs==25.4.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n";
        let (pinned, others) = read(text);
        let expected = "attrs==25.4.0 --hash=sha256:00 --hash=sha256:01\nboto3 == 1.40.1\n\
                        moto[s3]==5.1.0 ; python_version >= \"3.9\"\n";
        assert_eq!((pinned.as_str(), others.len()), (expected, 0));
    }

    #[test]
    fn other_lines_are_reported_where_they_stand() {
        let text = "\u{feff}flask\nflask>=3  # latest\r\nflask==3.*\nflask===3\n-r other.txt\n--index-url https://a.example\n\
                    flask @ https://a.example/f.whl\n./here\nflask==3,!=3.1\n>=1==2\nflask>=3 \\\n  --hash=sha256:00\n";
        let (pinned, others) = read(text);
        assert_eq!(pinned, "");
        let found: Vec<&str> = others.iter().map(|span| span.slice(text)).collect();
        let expected = [
            "flask",
            "flask>=3",
            "flask==3.*",
            "flask===3",
            "-r other.txt",
            "--index-url https://a.example",
            "flask @ https://a.example/f.whl",
            "./here",
            "flask==3,!=3.1",
            ">=1==2",
            "flask>=3",
        ];
        assert_eq!(found, expected);
    }
}
