//! `prepbook mv`: moves a page, another file or a folder of the book, and rewrites what names it.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use super::{Output, count, print, require_book};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::{self, LineIndex};
use crate::moving::{self, Move, Plan, Planned};
use crate::pipeline::{self, Derived, Options};
use crate::read;

/// How to move.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Old addresses lead on.
    pub redirect: bool,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// Runs the command; `false` when the book would have mistakes that it does not have now.
pub fn run(root: &Path, from: &Path, to: &Path, how: How, output: Output) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), drafts: true, ..Options::default() })?;
    let step = step(&derived, from, to)?;
    let plan = match moving::plan(&derived, step.clone(), how.redirect)? {
        Planned::Fine(plan) => plan,
        Planned::Broken(report) => {
            output.diagnostics(root, &report, false)?;
            let found = diagnostic::summary(report.counts());
            output.say(format_args!("nothing was moved: the book would have {found} more, as shown"));
            return Ok(false);
        }
    };
    if let Some(path) = plan.texts.keys().find(|path| path.to_os(root).is_symlink()) {
        return Err(Error::new(format!("{path} would have to be written anew, and is a link to another file")));
    }
    if how.dry_run {
        print(&lines(&plan))?;
        output.say("nothing was moved");
    } else {
        plan.carry_out(root)?;
        if output.verbose {
            output.say(lines(&plan).trim_end());
        } else {
            output.say(format_args!("{} -> {}", step.from, step.to));
        }
        let links = plan.links();
        if links > 0 {
            output.say(format_args!("{} rewritten in {}", count(links, "reference"), count(plan.texts.len(), "file")));
        }
    }
    for url in &plan.lost {
        output.say(format_args!("nothing leads on from the old address /{}", url.as_str()));
    }
    for (path, name) in &plan.others {
        output.say(format_args!("{path} names {name}, too, in a form that is not rewritten"));
    }
    Ok(true)
}

/// What a plan changes, a line each.
fn lines(plan: &Plan) -> String {
    let mut lines = format!("{} -> {}\n", plan.step.from, plan.step.to);
    for (path, edits) in &plan.edits {
        let text = plan.texts.get(path).map_or("", |(before, _)| &**before);
        let index = LineIndex::new(text);
        for edit in edits {
            let (line, column) = index.position(edit.span.start as usize);
            let (before, after) = (edit.span.slice(text).trim(), edit.text.trim());
            let change = if before.is_empty() { format!("+ {after}") } else { format!("{before} -> {after}") };
            let _ = writeln!(lines, "{path}:{line}:{column}: {}", change.replace(['\n', '\r'], "\\n"));
        }
    }
    lines
}

/// The move that is meant, if the book can have it.
fn step(derived: &Derived, from: &Path, to: &Path) -> Result<Move> {
    let src = &derived.config.src;
    let given = from;
    let exists = |path: &BookPath| path.to_os(derived.root()).symlink_metadata().is_ok();
    let here = from_here(derived.root(), from).filter(exists);
    let below = from_source(src, from).filter(exists);
    let (from, is_here) = match (here, below) {
        (Some(here), Some(below)) if here != below => {
            return Err(Error::new(format!("{} may be {here} or {below}", from.display()))
                .with_help("write `./` in front of it for the first"));
        }
        (Some(here), _) => (here, true),
        (None, Some(below)) => (below, false),
        (None, None) => return Err(missing(derived, from)),
    };
    let is_folder = files::is_folder(&from.to_os(derived.root()));
    let target = if is_here { from_here(derived.root(), to) } else { from_source(src, to) };
    let Some(mut target) = target else {
        return Err(Error::new(format!("{} lies outside the book", to.display())));
    };
    let into = to.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if into || files::is_folder(&target.to_os(derived.root())) {
        target = target.join(from.name()).expect("a plain name");
    }
    let refuse = |what: String| Err(Error::new(what));
    if from == target {
        return refuse(format!("{from} is there already"));
    }
    if exists(&target) {
        return refuse(format!("{target} is there already, and would be written over"));
    }
    if src.is_within(&from) {
        return Err(Error::new(format!("{from} holds the whole book"))
            .with_help("rename the folder yourself, and `src` in book.toml with it"));
    }
    if target.is_within(&from) {
        return refuse(format!("{from} cannot go into itself"));
    }
    if !is_part(derived, &from) {
        return refuse(format!("{} is no part of the book", given.display()));
    }
    if derived.sources.summary.as_ref().is_some_and(|summary| summary.path == from) {
        return refuse(format!("{from} has its place and its name from mdBook"));
    }
    if from.is_within(src) && !target.is_within(src) {
        return Err(Error::new(format!("{target} would leave the book"))
            .with_help(format!("its pages and files lie in {src}/: perhaps {src}/{target}")));
    }
    let output = from_here(derived.root(), &derived.output);
    let themes = BookPath::new("themes").filter(|_| !derived.config.bare);
    let closed = output.iter().chain(&themes).find(|folder| target.is_within(folder) && **folder != BookPath::ROOT);
    if let Some(folder) = closed.or(Some(&Config::path()).filter(|config| target == **config)) {
        return refuse(format!("{target} would leave the book: nothing in {folder} is part of it"));
    }
    if target.parts().any(|name| read::is_ignored(Path::new(name))) {
        return refuse(format!("{target} would leave the book: files of such names are ignored"));
    }
    let is_page = |path: &BookPath| path.extension().eq_ignore_ascii_case("md");
    if !is_folder && is_page(&from) != is_page(&target) {
        let help = if is_page(&from) { format!("name it {target}.md") } else { "only Markdown is a page".to_owned() };
        return Err(Error::new(format!(
            "{target} would be {}",
            if is_page(&from) { "no page any more" } else { "a page" }
        ))
        .with_help(help));
    }
    let all = files::walk(&from.to_os(derived.root()), |_, _| false);
    let links = all.iter().find(|entry| entry.kind == files::EntryKind::Symlink).map(|entry| entry.path.clone());
    let own = Some(from.to_os(derived.root())).filter(|path| path.is_symlink());
    if let Some(link) = own.or(links) {
        return refuse(format!("{} is a symbolic link; what it leads to may depend on where it is", link.display()));
    }
    Ok(Move { from, to: target })
}

/// Whether a file is one of the book's, or a folder holds some.
fn is_part(derived: &Derived, path: &BookPath) -> bool {
    let sources = &derived.sources;
    let pages = sources.pages.iter().chain(&sources.summary).map(|source| &source.path);
    let mut all = pages.chain(&sources.files).chain(&sources.named).chain(&*derived.outside);
    all.any(|file| file.is_within(path))
}

/// A path in the folder that the program runs in, as one of the book at `root`.
fn from_here(root: &Path, path: &Path) -> Option<BookPath> {
    let whole = std::path::absolute(path).ok()?;
    let mut there = PathBuf::new();
    // Links are followed as far as there is anything; the last name is the thing itself.
    let parts: Vec<Component<'_>> = whole.components().collect();
    for (index, part) in parts.iter().enumerate() {
        match part {
            Component::ParentDir => drop(there.pop()),
            part => there.push(part),
        }
        if index + 1 < parts.len() {
            there = files::real_path(&there).unwrap_or(there);
        }
    }
    let below = there.strip_prefix(files::real_path(root)?).ok()?;
    BookPath::new(&below.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// A path in the source folder, as one of the book.
fn from_source(src: &BookPath, path: &Path) -> Option<BookPath> {
    let path = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let is_from_here = ["/", "./", "../"].iter().any(|start| path.starts_with(start)) || path == "." || path == "..";
    src.join(&path).filter(|_| !is_from_here)
}

fn missing(derived: &Derived, given: &Path) -> Error {
    let error = Error::new(format!("there is no {} in the book", given.display()));
    let src = &derived.config.src;
    let pages = derived.sources.pages.iter().map(|source| &source.path);
    let known: Vec<&str> = pages.chain(&derived.sources.files).filter_map(|path| path.below(src)).collect();
    let written = given.to_string_lossy().into_owned();
    let written = written.strip_prefix(&format!("{src}/")).unwrap_or(&written);
    match nearest(written, known.iter().copied()) {
        Some(near) => error.with_help(format!("nearest is {near}")),
        None => error.with_help("name it from the source folder, or from this one"),
    }
}
