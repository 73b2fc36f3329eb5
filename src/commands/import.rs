//! `prepbook import mdbook`: makes a prepbook of an mdBook, in a folder of its own, and says what became of it.

use std::fmt::Write as _;
use std::path::Path;

use super::{Output, count, print};
use crate::base::error::{Error, Result};
use crate::base::files::{self, EntryKind, Reader};
use crate::base::path::BookPath;
use crate::base::progress::Progress;
use crate::config::FILE;
use crate::diagnostic::{self, Format, Printing};
use crate::import::{self, Content, Imported, Kind, Original};
use crate::pipeline::{self, Options, Report};
use crate::read;

/// Makes the book at `to` of the mdBook at `from`; `false` when the new book has errors.
pub fn mdbook(from: &Path, to: &Path, output: Output) -> Result<bool> {
    let config = from.join(FILE);
    if !config.is_file() {
        return Err(Error::new(format!("{} is no mdBook: it has no book.toml", from.display()))
            .with_help("a folder of Markdown is a prepbook as it is: `prepbook build` takes it"));
    }
    let target = free(from, to)?;
    let text = Reader::default().read_text(&config)?;
    let root = files::real_path(from).unwrap_or_else(|| from.to_owned());
    let inside = |path: &BookPath| files::real_path(&path.to_os(from)).filter(|real| real.starts_with(&root));
    let original = Original {
        config: &text,
        files: &|folder: &BookPath| files_of(from, folder),
        bytes: &|path: &BookPath| Reader::default().read(&inside(path)?).ok(),
    };
    let imported = import::book(&original)?;
    write(from, &target, &imported)?;
    let report = pipeline::check(&Options { root: to.to_owned(), ..Options::default() }, &Progress::default())?;
    print(&told(from, to, &imported, &report))?;
    let looks = imported.notes.iter().filter(|note| note.kind == Kind::Look).count() + report.diagnostics.len();
    output.say(format_args!(
        "made a book in {}: {}, {} changed, {} to look at",
        to.display(),
        count(imported.files.len(), "file"),
        count(imported.notes.len() + report.diagnostics.len() - looks, "thing"),
        count(looks, "thing")
    ));
    output.say(format_args!("see it: prepbook serve {} -o", to.display()));
    Ok(report.counts().healthy(false))
}

/// Makes sure that the new book has a place of its own; gives its whole path.
fn free(from: &Path, to: &Path) -> Result<std::path::PathBuf> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let target = files::real_path(to).unwrap_or_else(|| {
        let whole = whole(to);
        let above = whole.parent().and_then(files::real_path);
        above.zip(whole.file_name()).map_or(whole.clone(), |(above, name)| above.join(name))
    });
    let source = files::real_path(from).unwrap_or_else(|| whole(from));
    if target.starts_with(&source) || source.starts_with(&target) {
        return Err(Error::new(format!("{} and {} lie in each other", from.display(), to.display()))
            .with_help("name a folder beside the mdBook, which is only read"));
    }
    if files::occupied(to) || !files::names(&target)?.is_empty() {
        return Err(Error::new(format!("{} is not empty", to.display())).with_help("name a new folder"));
    }
    Ok(target)
}

/// The files below a folder of the mdBook that are a part of it.
fn files_of(root: &Path, folder: &BookPath) -> Vec<BookPath> {
    let entries = files::walk(&folder.to_os(root), |path, _| read::is_ignored(path));
    let path = |entry: &files::Entry| {
        let below = entry.path.strip_prefix(root).ok()?;
        let names: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
        BookPath::new(&names?.join("/"))
    };
    entries.iter().filter(|entry| matches!(entry.kind, EntryKind::File | EntryKind::Symlink)).filter_map(path).collect()
}

/// Writes the new book beside its place, and moves it there as a whole.
fn write(from: &Path, target: &Path, imported: &Imported) -> Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let made = target.with_file_name(format!(".{name}.new"));
    files::create_folder(target.parent().unwrap_or(target))?;
    if !files::create_private_folder(&made)? {
        return Err(
            Error::new(format!("{} is in the way", made.display())).with_help("remove it: a stopped run left it")
        );
    }
    let fill = || {
        for (path, content) in &imported.files {
            let file = path.to_os(&made);
            match content {
                Content::Text(text) => files::write_new(&file, text.as_bytes())?,
                Content::Copy(original) => files::write_new(&file, &Reader::default().read(&original.to_os(from))?)?,
            }
        }
        files::make_public(&made)?;
        // A folder that is there is empty.
        files::remove_hollow_folders(target);
        files::rename(&made, target)
    };
    fill().inspect_err(|_| {
        // The first error is the one to tell.
        let _ = files::remove_folder(&made);
    })
}

/// The report: a line for each thing, first what was changed, then what wants a look.
fn told(from: &Path, to: &Path, imported: &Imported, report: &Report) -> String {
    let mut told = String::new();
    let folder = |path: &Path| format!("{}/", path.to_string_lossy().trim_end_matches(['/', '\\']));
    for (kind, word) in [(Kind::Changed, "changed"), (Kind::Look, "look")] {
        for note in imported.notes.iter().filter(|note| note.kind == kind) {
            let line = if note.line > 0 { format!(":{}", note.line) } else { String::new() };
            let _ = writeln!(told, "{word}: {}{}{line}: {}", folder(from), note.path, note.text);
        }
    }
    let text = |path: &BookPath| report.texts.get(path).cloned();
    let printing = Printing { format: Format::Short, ..Printing::default() };
    for line in diagnostic::print(&report.diagnostics, &text, &printing).lines() {
        let _ = writeln!(told, "look: {}{line}", folder(to));
    }
    told
}
