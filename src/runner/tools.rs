//! The programs that run code: where they are, and whether they are new enough. Each is asked once, in the caller's
//! environment, so that what stands in for a program (pyenv, asdf, nvm) may find it.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::bench::Bench;
use super::report::{Missing, Ran, remembered};
use crate::base::process::{self, Limits};

/// What has been asked for.
#[derive(Default)]
pub struct Tools {
    python: OnceCell<Result<Python, Missing>>,
    java: OnceCell<Result<Java, Missing>>,
    node: OnceCell<Result<PathBuf, Missing>>,
}

/// A Python.
#[derive(Clone, Debug)]
pub struct Python {
    /// The program itself.
    pub program: PathBuf,
    /// Its version.
    pub version: String,
}

/// A JDK.
#[derive(Clone, Debug)]
pub struct Java {
    /// The launcher.
    pub java: PathBuf,
    /// The compiler.
    pub javac: PathBuf,
}

const PATIENCE: Limits = Limits { time: Duration::from_secs(60), output: 64 * 1024 };

impl Tools {
    /// A Python that pytest can be installed for.
    pub fn python(&self, bench: &Bench<'_>) -> Ran<Python> {
        once(&self.python, || {
            let name = if cfg!(windows) { "python" } else { "python3" };
            let script = "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:3])))";
            let said = asked(bench, "Python", name, &["-c", script], "install Python 3.9 or newer")?;
            let (program, version) = said.trim().split_once('\n').unwrap_or_default();
            new_enough("Python", version.trim(), [3, 9])?;
            Ok(Python { program: program.trim().into(), version: version.trim().to_owned() })
        })
    }

    /// A JDK that compiles for Java 17.
    pub fn java(&self, bench: &Bench<'_>) -> Ran<Java> {
        once(&self.java, || {
            let help = "install a JDK of version 17 or newer";
            let said = asked(bench, "Java", "java", &["-XshowSettings:properties", "-version"], help)?;
            let property = |name: &str| {
                let mut lines = said.lines().filter_map(|line| line.split_once('='));
                lines.find(|(key, _)| key.trim() == name).map_or("", |(_, value)| value.trim())
            };
            new_enough("Java", property("java.specification.version"), [17, 0])?;
            let program = |name| Path::new(property("java.home")).join("bin").join(process::with_suffix(name));
            let java = Java { java: program("java"), javac: program("javac") };
            if java.javac.is_file() { Ok(java) } else { Err(missing("Java has no compiler here", help).into()) }
        })
    }

    /// A Node.js whose test runner can be told how to report.
    pub fn node(&self, bench: &Bench<'_>) -> Ran<PathBuf> {
        once(&self.node, || {
            let script = "console.log(process.execPath + '\\n' + process.versions.node)";
            let said = asked(bench, "Node.js", "node", &["-e", script], "install Node.js 20.10 or newer")?;
            let (program, version) = said.trim().split_once('\n').unwrap_or_default();
            new_enough("Node.js", version.trim(), [20, 10])?;
            Ok(program.trim().into())
        })
    }
}

fn once<T: Clone>(cell: &OnceCell<Result<T, Missing>>, ask: impl FnOnce() -> Ran<T>) -> Ran<T> {
    let known = match cell.get() {
        Some(known) => known,
        None => {
            let answer = remembered(ask())?;
            cell.get_or_init(|| answer)
        }
    };
    Ok(known.clone()?)
}

fn missing(why: &str, help: &str) -> Missing {
    Missing { why: why.to_owned(), help: help.to_owned(), output: String::new() }
}

/// What a program says of itself.
fn asked(bench: &Bench<'_>, name: &str, program: &str, arguments: &[&str], help: &str) -> Ran<String> {
    let path = process::find(program).ok_or_else(|| missing(&format!("{name} (`{program}`) is not there"), help))?;
    let ended = bench.prepare(&path, arguments.iter().map(Into::into).collect(), PATIENCE)?;
    if ended.is_success() {
        return Ok(ended.output);
    }
    let output = bench.shown(&ended.output);
    Err(Missing { output, ..missing(&format!("{name} (`{program}`) does not start"), help) }.into())
}

fn new_enough(name: &str, version: &str, wanted: [u32; 2]) -> Result<(), Missing> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = [parts.next().unwrap_or(0), parts.next().unwrap_or(0)];
    if found >= wanted {
        return Ok(());
    }
    let [major, minor] = wanted;
    let wanted = if minor == 0 { major.to_string() } else { format!("{major}.{minor}") };
    Err(missing(&format!("{name} {version} is too old"), &format!("install {name} {wanted} or newer")))
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn versions_are_compared_number_by_number() {
        for version in ["20.10.0", "20.20.2", "21.0.0", "100.1"] {
            assert_eq!(new_enough("Node.js", version, [20, 10]), Ok(()), "{version}");
        }
        for version in ["20.9.0", "18.20.1", "8", ""] {
            assert!(new_enough("Node.js", version, [20, 10]).is_err(), "{version}");
        }
        let old = new_enough("Java", "11", [17, 0]).unwrap_err();
        assert_eq!((old.why.as_str(), old.help.as_str()), ("Java 11 is too old", "install Java 17 or newer"));
    }
}
