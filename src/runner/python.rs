//! A project of Python to what pytest says of it, in a virtual environment of its own and without the network.

use std::ffi::OsString;
use std::path::Path;

use super::bench::{Bench, Variable};
use super::discover::{Suite, nearest};
use super::report::{Outcome, Ran};
use super::{events, requirements};
use crate::base::error::Result;
use crate::base::files;
use crate::base::path::BookPath;

const GUARD: &str = include_str!("sitecustomize.py");
const PLUGIN: &str = include_str!("prepbook_pytest.py");

/// The files by which pytest may be set up, in its own order, and what they then have in them.
const SETTINGS: &[(&str, &str)] =
    &[("pytest.ini", ""), ("pyproject.toml", "[tool.pytest"), ("tox.ini", "[pytest]"), ("setup.cfg", "[tool:pytest]")];

/// Runs the tests of a project.
pub fn suite(bench: &Bench<'_>, suite: &Suite) -> Ran<Outcome> {
    let python = bench.tools.python(bench)?;
    let programs = bench.environments.programs(bench, &python, &pinned(bench, &suite.tests[0]))?;
    bench.helper("prepbook_pytest.py", PLUGIN)?;
    let own = bench.new_folder()?;
    let report = own.join("report.jsonl");
    let folder = bench.real(&suite.folder);
    let settings = SETTINGS.iter().find_map(|(name, mark)| {
        let file = suite.folder.join(name).filter(|file| bench.files.contains(file))?;
        bench.text(&file)?.contains(mark).then_some(file)
    });
    let settings = match settings {
        Some(file) => bench.real(&file),
        // Or pytest would look for settings in the folders above the book.
        None => {
            let none = own.join("pytest.ini");
            files::write(&none, b"[pytest]\n")?;
            none
        }
    };
    let with = |name: &str, path: &Path| {
        let mut argument = OsString::from(name);
        argument.push(path);
        argument
    };
    let mut arguments: Vec<OsString> =
        ["-m", "pytest", "-p", "prepbook_pytest", "-p", "no:cacheprovider"].map(Into::into).into();
    arguments
        .extend(["-q", "--no-header", "--tb=short", "--color=no", "--continue-on-collection-errors"].map(Into::into));
    // What tests print is bounded here, and would not be in pytest's own files.
    arguments.push("--capture=no".into());
    arguments.extend([with("--rootdir=", &folder), with("--confcutdir=", &folder)]);
    arguments.extend(["-c".into(), settings.into(), with("--prepbook-report=", &report)]);
    arguments.push(with("--prepbook-root=", &bench.real(&BookPath::ROOT)));
    arguments.extend(suite.tests.iter().map(|test| bench.real(test).into()));
    let environment = bench.environment(Some(&programs), variables(bench)?)?;
    let program = programs.join(crate::base::process::with_suffix("python"));
    let ended = bench.run(&program, arguments, &folder, &environment)?;
    Ok(events::outcome(bench, suite, &ended, &report)?)
}

/// What Python's environment has beside the common part: the guard in front of every module, and no traces.
pub fn variables(bench: &Bench<'_>) -> Result<Vec<Variable>> {
    let guard = bench.helper("sitecustomize.py", GUARD)?;
    let folder = guard.parent().unwrap_or(&guard).to_owned();
    Ok(vec![("PYTHONPATH", folder.into()), ("PYTHONDONTWRITEBYTECODE", "1".into()), ("PYTHONHASHSEED", "0".into())])
}

/// What is pinned for the file at `path`: by the nearest requirements.txt above it.
pub fn pinned(bench: &Bench<'_>, path: &BookPath) -> String {
    let folder = nearest(&bench.files, path, &bench.derived.config.src, &[requirements::FILE]);
    let file = folder.and_then(|folder| folder.join(requirements::FILE));
    file.map(|file| bench.requirements.borrow_mut().pinned(bench, &file)).unwrap_or_default()
}
