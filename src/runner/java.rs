//! A project of Java to what its programs say: all of it is compiled once, then each `…Test` is run with assertions.

use std::ffi::OsString;
use std::path::Path;

use super::bench::{Bench, Variable};
use super::discover::{Suite, main_line, package};
use super::report::{Outcome, Ran, in_words, is_good, output};
use crate::base::files;
use crate::base::path::BookPath;
use crate::base::process::{End, Ended};
use crate::diagnostic::{Diagnostic, Place, catalog};

/// Runs the tests of a project.
pub fn suite(bench: &Bench<'_>, suite: &Suite) -> Ran<Outcome> {
    let java = bench.tools.java(bench)?;
    let is_source = |path: &&BookPath| path.extension() == "java" && path.is_within(&suite.folder);
    let sources: Vec<&BookPath> = bench.files.iter().filter(is_source).collect();
    let own = bench.new_folder()?;
    let classes = own.join("classes");
    files::create_folder(&classes)?;
    let folder = bench.real(&suite.folder);
    let environment = bench.environment(None, [])?;
    let list = own.join("sources");
    let named = sources.iter().map(|path| quoted(&bench.real(path)));
    files::write(&list, named.collect::<String>().as_bytes())?;
    let mut arguments: Vec<OsString> =
        ["-J-XX:-UsePerfData", "--release", "17", "-Xlint:all", "-proc:none"].map(Into::into).into();
    arguments.extend(["-encoding".into(), "UTF-8".into(), "-d".into(), classes.clone().into(), after("@", &list)]);
    let compiled = bench.run(&java.javac, arguments, &folder, &environment)?;
    let mut outcome = Outcome { found: remarks(bench, &compiled), ..Outcome::default() };
    if !compiled.is_success() {
        outcome.failed = suite.tests.len();
        if !outcome.found.iter().any(|found| found.code == crate::diagnostic::Code::TestDoesNotCompile) {
            let place = bench.line(&suite.tests[0], 1);
            let found = match compiled.end {
                End::TimeUp => catalog::test_timeout(place, "the compiler", bench.limits().time.as_secs()),
                _ => catalog::test_does_not_compile(place, &in_words(&compiled)),
            };
            outcome.found.push(found.output(&output(bench, &compiled)));
        }
        return Ok(outcome);
    }
    for test in &suite.tests {
        let text = bench.text(test).unwrap_or_default();
        let class = package(&text).map_or_else(String::new, |package| format!("{package}.")) + test.stem();
        let mut arguments = options(&environment);
        arguments.extend(["-cp".into(), classes.clone().into(), class.clone().into()]);
        let ended = bench.run(&java.java, arguments, &folder, &environment)?;
        if is_good(&ended) {
            outcome.passed += 1;
            continue;
        }
        outcome.failed += 1;
        let main = bench.line(test, main_line(&text).unwrap_or(1));
        let what = format!("`{}`", test.stem());
        if ended.end == End::TimeUp {
            let found = catalog::test_timeout(main, &what, bench.limits().time.as_secs());
            outcome.found.push(found.output(&output(bench, &ended)));
            continue;
        }
        let thrown = thrown(&ended.output);
        let frames = thrown.iter().flat_map(|thrown| &thrown.frames);
        let mut places = frames.filter_map(|frame| Some(bench.line(source(&sources, frame)?, frame.line)));
        let place = places.next().unwrap_or_else(|| main.clone());
        let outermost = places.last().unwrap_or_else(|| place.clone());
        let why = thrown.as_ref().map_or_else(|| in_words(&ended), |thrown| thrown.message.clone());
        let said = last_exception(&output(bench, &ended));
        let found = catalog::test_failed(place.clone(), &what, &bench.shown(&why)).output(&said);
        outcome.found.push(if outermost == place { found } else { found.in_test(outermost) });
    }
    Ok(outcome)
}

/// What the launcher is told of every program: assertions count, nothing is left behind, and the usual ways to the network
/// lead to a port of this machine where nobody listens.
pub fn options(environment: &[Variable]) -> Vec<OsString> {
    let mut options: Vec<OsString> = ["-ea", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8"].map(Into::into).into();
    for kind in ["socks", "http.", "https."] {
        let (host, port) = if kind == "socks" { ("ProxyHost", "ProxyPort") } else { ("proxyHost", "proxyPort") };
        options.extend([format!("-D{kind}{host}=127.0.0.1").into(), format!("-D{kind}{port}=9").into()]);
    }
    for (property, variable) in [("-Duser.home=", "HOME"), ("-Djava.io.tmpdir=", "TMPDIR")] {
        let value = environment.iter().find(|(name, _)| *name == variable);
        options.extend(value.map(|(_, value)| after(property, Path::new(value))));
    }
    options
}

fn after(start: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(start);
    argument.push(path);
    argument
}

/// A path as javac's lists of arguments have it.
fn quoted(path: &Path) -> String {
    format!("\"{}\"\n", path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\""))
}

/// An error or a warning of the compiler.
#[derive(Debug, PartialEq, Eq)]
pub struct Remark<'a> {
    /// The file, as it was given.
    pub file: &'a str,
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one, where it is shown.
    pub column: Option<usize>,
    /// Whether it is an error.
    pub is_error: bool,
    /// What is wrong.
    pub message: &'a str,
}

/// What the compiler has said.
pub fn compiler(output: &str) -> Vec<Remark<'_>> {
    let mut remarks: Vec<Remark<'_>> = Vec::new();
    for line in output.lines() {
        if let Some(remark) = remark(line) {
            remarks.push(remark);
        } else if let Some(last) = remarks.last_mut().filter(|_| line.trim() == "^") {
            last.column.get_or_insert(line.chars().count());
        }
    }
    remarks
}

/// `/guide/Cart.java:3: error: ';' expected`
fn remark(line: &str) -> Option<Remark<'_>> {
    let at = line.find(".java:")? + ".java".len();
    let (number, rest) = line[at + 1..].split_once(": ")?;
    let (kind, message) = rest.split_once(": ")?;
    let is_error = match kind {
        "error" => true,
        "warning" => false,
        _ => return None,
    };
    Some(Remark { file: &line[..at], line: number.parse().ok()?, column: None, is_error, message })
}

fn remarks(bench: &Bench<'_>, compiled: &Ended) -> Vec<Diagnostic> {
    let one = |remark: Remark<'_>| {
        let path = bench.book_path(Path::new(remark.file))?;
        let place = match remark.column {
            Some(column) => bench.column(&path, remark.line, column),
            None => bench.line(&path, remark.line),
        };
        Some(told(place, &remark))
    };
    compiler(&compiled.output).into_iter().filter_map(one).collect()
}

/// A remark as a diagnostic.
pub fn told(place: Place, remark: &Remark<'_>) -> Diagnostic {
    if remark.is_error {
        catalog::test_does_not_compile(place, remark.message)
    } else {
        catalog::test_compiler_warning(place, remark.message)
    }
}

/// How the launcher starts to tell of an exception that no thread has caught.
const UNCAUGHT: &str = "Exception in thread \"";

/// An exception that has ended a program.
#[derive(Debug, PartialEq, Eq)]
pub struct Thrown {
    /// Its kind and its words.
    pub message: String,
    /// The calls that it went through, innermost first.
    pub frames: Vec<Frame>,
}

/// A call in a stack trace.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    /// The package of its class, as a folder; empty for none.
    pub package: String,
    /// The name of its file.
    pub file: String,
    /// The line, from one.
    pub line: usize,
}

/// The exception that a program has ended with: the last one that no thread has caught.
pub fn thrown(output: &str) -> Option<Thrown> {
    let start = output.rfind(UNCAUGHT)?;
    let mut lines = output[start..].lines();
    let (_, message) = lines.next()?.split_once("\" ")?;
    let message = message.strip_prefix("java.lang.").unwrap_or(message).to_owned();
    Some(Thrown { message, frames: lines.filter_map(frame).collect() })
}

/// The start of the last stack trace in `output`, which tells more than its end; all of it where there is none.
pub fn last_exception(output: &str) -> String {
    let Some(start) = output.rfind(UNCAUGHT) else { return output.to_owned() };
    output[start..].lines().take(10).collect::<Vec<_>>().join("\n")
}

/// `at org.shop.Cart$Line.total(Cart.java:12)`
fn frame(line: &str) -> Option<Frame> {
    let call = line.trim_start().strip_prefix("at ")?;
    let (call, place) = call.split_once('(')?;
    let (file, number) = place.strip_suffix(')')?.rsplit_once(':')?;
    // In front of the class stand its loader and its module.
    let class = call.rsplit('/').next()?.rsplit_once('.')?.0;
    let package = class.rsplit_once('.').map_or("", |(package, _)| package).replace('.', "/");
    Some(Frame { package, file: file.to_owned(), line: number.parse().ok()? })
}

/// The file among `sources` that a call is written in.
fn source<'a>(sources: &[&'a BookPath], frame: &Frame) -> Option<&'a BookPath> {
    let wanted =
        if frame.package.is_empty() { frame.file.clone() } else { format!("{}/{}", frame.package, frame.file) };
    let is_it = |path: &&&BookPath| {
        path.as_str().strip_suffix(&wanted).is_some_and(|start| start.is_empty() || start.ends_with('/'))
    };
    sources.iter().find(is_it).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compilers_remarks_have_lines_and_columns() {
        let output = "/guide/a b/Cart.java:3: error: ';' expected\n    int x = 1\n             ^\n\
                      /guide/a b/Cart.java:9: warning: [rawtypes] found raw type: List\n\tList x;\n\t^\n  missing type\n\
                      warning: [path] bad path element\n2 errors\n";
        let found = compiler(output);
        let at =
            |line, column, is_error, message| Remark { file: "/guide/a b/Cart.java", line, column, is_error, message };
        let expected =
            [at(3, Some(14), true, "';' expected"), at(9, Some(2), false, "[rawtypes] found raw type: List")];
        assert_eq!(found, expected);
    }

    #[test]
    fn stack_traces_lead_to_files() {
        let output = "handled: java.lang.Error\n\tat Other.main(Other.java:1)\n\
                      Exception in thread \"main\" java.lang.AssertionError: off by one\n\
                      \tat java.base/java.util.ArrayList.get(ArrayList.java:427)\n\tat org.shop.Cart$Line.lambda$total$0(Cart.java:12)\n\
                      \tat app//CartTest.main(CartTest.java:5)\n\tat Native.call(Native Method)\n\
                      Caused by: x\n";
        let found = thrown(output).unwrap();
        assert_eq!(found.message, "AssertionError: off by one");
        let frames: Vec<(&str, &str, usize)> =
            found.frames.iter().map(|frame| (frame.package.as_str(), frame.file.as_str(), frame.line)).collect();
        assert_eq!(
            frames,
            [("java/util", "ArrayList.java", 427), ("org/shop", "Cart.java", 12), ("", "CartTest.java", 5)]
        );
        let paths = ["guide/CartTest.java", "guide/org/shop/Cart.java", "guide/x/Cart.java"]
            .map(|path| BookPath::new(path).unwrap());
        let sources: Vec<&BookPath> = paths.iter().collect();
        let named = |index: usize| source(&sources, &found.frames[index]).map(BookPath::as_str);
        assert_eq!(
            [named(0), named(1), named(2)],
            [None, Some("guide/org/shop/Cart.java"), Some("guide/CartTest.java")]
        );
        assert_eq!(thrown("all is well\n"), None);
    }
}
