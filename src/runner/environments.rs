//! Virtual environments of Python with pytest in them: made when they are first needed, kept in the book's folder, known by
//! what is in them. What is installed is pinned, and installed by pip as its user has set it up.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::bench::Bench;
use super::report::{Missing, Ran, remembered};
use super::tools::Python;
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::hash::Hash;
use crate::base::lock::{Lock, lock};
use crate::base::process::{self, Ended, Limits};

/// The folder in the book's own. Names that start with a dot are no part of a book.
const FOLDER: &str = ".prepbook-test";

/// pytest and what it needs.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// How long one step of making an environment may take: packages come from wherever pip gets them.
const PATIENCE: Limits = Limits { time: Duration::from_secs(600), output: 64 * 1024 };

/// The environments that were asked for.
pub struct Environments {
    folder: PathBuf,
    known: RefCell<BTreeMap<String, std::result::Result<PathBuf, Missing>>>,
}

impl Environments {
    /// Those of the book at `root`.
    pub fn new(root: &Path) -> Self {
        Self { folder: root.join(FOLDER), known: RefCell::default() }
    }

    /// The folder of programs of an environment that has pytest and what is `pinned`.
    pub fn programs(&self, bench: &Bench<'_>, python: &Python, pinned: &str) -> Ran<PathBuf> {
        // What an environment is made of: another version of any of it is another environment.
        let contents = format!("{}\n{}\n{REQUIREMENTS}{pinned}", python.program.display(), python.version);
        if let Some(known) = self.known.borrow().get(&contents) {
            return Ok(known.clone()?);
        }
        let made = remembered(self.made(bench, python, pinned, &contents))?;
        self.known.borrow_mut().insert(contents, made.clone());
        Ok(made?)
    }

    fn made(&self, bench: &Bench<'_>, python: &Python, pinned: &str, contents: &str) -> Ran<PathBuf> {
        let hash = Hash::of(contents.as_bytes()).to_string();
        let folder = self.folder.join(format!("python-{}", &hash[..16]));
        // Written when all is in it: one that was left half made is made anew.
        let label = folder.join("prepbook.txt");
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let own = programs.join(process::with_suffix("python"));
        let _lock = self.lock()?;
        if files::read_if_there(&label)?.as_deref() == Some(contents.as_bytes()) && own.is_file() {
            return Ok(programs);
        }
        files::remove_folder(&folder)?;
        files::write(&self.folder.join(".gitignore"), b"*\n")?;
        let texts = |words: &[&str]| words.iter().map(Into::into).collect::<Vec<OsString>>();
        let mut arguments = texts(&["-m", "venv"]);
        arguments.push(folder.clone().into());
        let made = bench.prepare(&python.program, arguments, PATIENCE)?;
        if !made.is_success() {
            let help = "Debian and Ubuntu have the module `venv` in the package python3-venv";
            return Err(missing(bench, "Python cannot make a virtual environment", help, &made).into());
        }
        // A package that would have to be built is not installed: building it would run its code.
        let common = ["-m", "pip", "install", "--no-input", "--no-deps", "--only-binary", ":all:", "--no-user"];
        let common = [&common[..], &["--disable-pip-version-check", "--quiet"]].concat();
        let own_file = bench.helper("requirements.txt", REQUIREMENTS)?;
        let mut steps = vec![("pip cannot install pytest", vec!["--require-hashes"], own_file)];
        if !pinned.is_empty() {
            let file = bench.new_folder()?.join("requirements.txt");
            files::write(&file, pinned.as_bytes())?;
            steps.push(("pip cannot install what requirements.txt names", Vec::new(), file));
        }
        for (why, more, file) in steps {
            let mut arguments = texts(&[&common[..], &more, &["-r"]].concat());
            arguments.push(file.into());
            let installed = bench.prepare(&own, arguments, PATIENCE)?;
            if !installed.is_success() {
                let help =
                    "pip installs from where its own configuration says; without a network, give it `find-links`";
                return Err(missing(bench, why, help, &installed).into());
            }
        }
        files::write(&label, contents.as_bytes())?;
        Ok(programs)
    }

    /// Keeps other runs from making the same environment at the same time.
    fn lock(&self) -> Result<Lock> {
        let path = self.folder.join("lock");
        let start = Instant::now();
        while start.elapsed() < PATIENCE.time {
            if let Some(lock) = lock(&path)? {
                return Ok(lock);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Err(Error::new(format!("another run has held {} for ten minutes", path.display())))
    }
}

fn missing(bench: &Bench<'_>, why: &str, help: &str, ended: &Ended) -> Missing {
    Missing { why: why.to_owned(), help: help.to_owned(), output: bench.shown(&ended.output) }
}
