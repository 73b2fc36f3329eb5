//! A project of JavaScript to what `node --test` says of it, without the network.

use std::ffi::OsString;
use std::path::Path;

use super::bench::{Bench, Variable};
use super::discover::Suite;
use super::events;
use super::report::{Outcome, Ran};
use crate::base::error::Result;

const GUARD: &str = include_str!("refuse-network.mjs");
const REPORTER: &str = include_str!("reporter.mjs");

/// Runs the tests of a project.
pub fn suite(bench: &Bench<'_>, suite: &Suite) -> Ran<Outcome> {
    let node = bench.tools.node(bench)?;
    let reporter = url(&bench.helper("reporter.mjs", REPORTER)?);
    let report = bench.new_folder()?.join("report.jsonl");
    let mut destination = OsString::from("--test-reporter-destination=");
    destination.push(&report);
    let mut arguments: Vec<OsString> = ["--test", "--test-concurrency=1"].map(Into::into).into();
    arguments.extend([format!("--test-reporter={reporter}").into(), destination]);
    arguments.extend(suite.tests.iter().map(|test| bench.real(test).into()));
    let environment = bench.environment(None, variables(bench)?)?;
    let ended = bench.run(&node, arguments, &bench.real(&suite.folder), &environment)?;
    Ok(events::outcome(bench, suite, &ended, &report)?)
}

/// What the environment of Node.js has beside the common part: the guard in front of every program.
pub fn variables(bench: &Bench<'_>) -> Result<Vec<Variable>> {
    let guard = url(&bench.helper("refuse-network.mjs", GUARD)?);
    Ok(vec![("NODE_OPTIONS", format!("--import={guard}").into())])
}

/// A path as a URL, which has no blanks in it.
fn url(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let start = if path.starts_with('/') { "file://" } else { "file:///" };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/:._-~".contains(&byte);
    path.bytes().fold(start.to_owned(), |url, byte| {
        if plain(byte) { url + &char::from(byte).to_string() } else { url + &format!("%{byte:02X}") }
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::url;

    #[test]
    fn urls_have_no_blanks() {
        assert_eq!(url(Path::new("/tmp/a b/é.mjs")), "file:///tmp/a%20b/%C3%A9.mjs");
    }
}
