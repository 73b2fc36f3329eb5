//! What several tests share: copying books, running the program on them, looking at folders and pages.

#![allow(dead_code, reason = "each test uses some of it")]

pub mod archive;
pub mod edits;
mod folders;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

#[allow(unused_imports, reason = "each test uses some of it")]
pub use folders::*;

/// What a run of the program printed and said.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in `folder`.
pub fn run(folder: &Path, arguments: &[&str], threads: usize) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(arguments)
        .args(["--color", "never"])
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", threads.to_string())
        .env("PREPBOOK_CACHE", "")
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    let status = output.status.code().expect("the program was not killed");
    Run { status, out: text(output.stdout), err: text(output.stderr) }
}

/// What is wrong with a site by itself: links and fragments that lead nowhere, ids given twice. Knows
/// nothing of how the site was made, so it and the link resolver check each other.
pub fn police(site: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, Vec<(String, String, String)>> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), attributes(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, attributes) in &pages {
        for (_, _, id) in attributes.iter().filter(|(_, name, _)| name == "id") {
            if !ids.entry(path).or_default().insert(id) {
                problems.push(format!("{path}: the id {id} is given twice"));
            }
        }
    }
    for (path, attributes) in &pages {
        for (_, _, target) in attributes.iter().filter(|(_, name, _)| matches!(name.as_str(), "href" | "src")) {
            if target.starts_with('/') || target.contains(':') {
                continue;
            }
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let Some(file) = resolved(path, file) else {
                problems.push(format!("{path}: {target} leads out of the site"));
                continue;
            };
            if !site.contains_key(&file) {
                problems.push(format!("{path}: {target} leads nowhere"));
            } else if !fragment.is_empty() && fragment != "top" {
                let known = ids.get(file.as_str()).is_some_and(|ids| ids.contains(decoded(fragment).as_str()));
                if !known {
                    problems.push(format!("{path}: {target} names no id"));
                }
            }
        }
    }
    problems
}

fn attributes(html: &str) -> Vec<(String, String, String)> {
    let found = prepbook::markdown::html::attributes(html);
    found
        .into_iter()
        .map(|attribute| (attribute.tag.into_owned(), attribute.name.into_owned(), attribute.value.into_owned()))
        .collect()
}

fn resolved(page: &str, target: &str) -> Option<String> {
    let target = decoded(target.split('?').next().unwrap_or(""));
    if target.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn decoded(text: &str) -> String {
    prepbook::model::url::decode(text)
}

/// A small generator of repeatable random numbers (xorshift64*, Vigna 2016).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    /// One of `items`.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}
