//! A sample that is marked `run` to what comes of it: its code is written to a file by itself and run, and the lines that it
//! fails at are those of the page, or of the file that the page shows.

use std::ffi::OsString;
use std::path::Path;

use super::bench::{Bench, trimmed, word};
use super::discover::{LANGUAGES, Language};
use super::report::{Outcome, Ran, in_words, is_good, output};
use super::{java, javascript, python};
use crate::base::files;
use crate::base::process::{End, Ended, with_suffix};
use crate::diagnostic::{Diagnostic, LineIndex, Place, catalog};
use crate::pipeline::Runnable;

/// How diagnostics call a sample.
const WHAT: &str = "this sample";

/// That nothing can run a sample.
pub fn not_run(sample: &Runnable) -> Diagnostic {
    let language = sample.language.as_ref();
    let place = language.map_or(sample.opening, |language| language.span);
    catalog::test_language_not_run(Place::at(&sample.page, place), language.map(|it| it.value.as_str()), LANGUAGES)
}

/// Runs a sample.
pub fn sample(bench: &Bench<'_>, language: Language, sample: &Runnable) -> Ran<Outcome> {
    let name = match language {
        Language::Python => "sample.py",
        Language::Java => "Sample.java",
        Language::JavaScript => "sample.mjs",
    };
    let folder = bench.new_folder()?;
    let file = folder.join(name);
    files::write(&file, sample.text.as_bytes())?;
    let ended = run(bench, language, sample, &folder, &file)?;
    let failure = Failure { bench, language, sample, file: &file, ended: &ended };
    Ok(if is_good(&ended) { Outcome::pass() } else { failure.outcome() })
}

fn run(bench: &Bench<'_>, language: Language, sample: &Runnable, folder: &Path, file: &Path) -> Ran<Ended> {
    let named = OsString::from(file);
    Ok(match language {
        Language::Python => {
            let python = bench.tools.python(bench)?;
            // What a sample imports may be pinned beside its page; most need nothing.
            let pinned = python::pinned(bench, &sample.page);
            let has_needs = !pinned.is_empty();
            let programs = has_needs.then(|| bench.environments.programs(bench, &python, &pinned)).transpose()?;
            let program = programs.as_ref().map_or(python.program, |programs| programs.join(with_suffix("python")));
            let environment = bench.environment(programs.as_deref(), python::variables(bench)?)?;
            bench.run(&program, vec![named], folder, &environment)?
        }
        Language::Java => {
            let java = bench.tools.java(bench)?;
            let environment = bench.environment(None, [])?;
            let mut arguments = java::options(&environment);
            arguments.extend(["--source".into(), "17".into(), named]);
            bench.run(&java.java, arguments, folder, &environment)?
        }
        Language::JavaScript => {
            let node = bench.tools.node(bench)?;
            let environment = bench.environment(None, javascript::variables(bench)?)?;
            bench.run(&node, vec![named], folder, &environment)?
        }
    })
}

/// A sample that has not ended well.
struct Failure<'a> {
    bench: &'a Bench<'a>,
    language: Language,
    sample: &'a Runnable,
    /// The file that was made of it.
    file: &'a Path,
    ended: &'a Ended,
}

impl Failure<'_> {
    fn outcome(&self) -> Outcome {
        let opening = Place::at(&self.sample.page, self.sample.opening);
        let ended = Ended { output: self.translated(), ..self.ended.clone() };
        let said = java::last_exception(&output(self.bench, &ended));
        if ended.end == End::TimeUp {
            let found = catalog::test_timeout(opening, WHAT, self.bench.limits().time.as_secs());
            return Outcome::fail(found.output(&said));
        }
        let errors = self.compiler_errors(&opening);
        if !errors.is_empty() {
            return Outcome { failed: 1, found: errors, ..Outcome::default() };
        }
        let (message, line) = self.error();
        let place = line.and_then(|line| self.place(line, None)).unwrap_or(opening);
        let why = message.unwrap_or_else(|| in_words(&ended));
        let found = catalog::test_failed(place, WHAT, &self.bench.shown(&why)).output(&said);
        Outcome::fail(self.shown_by(found))
    }

    fn compiler_errors(&self, opening: &Place) -> Vec<Diagnostic> {
        if self.language != Language::Java {
            return Vec::new();
        }
        let remarks = java::compiler(&self.ended.output).into_iter();
        let errors = remarks.filter(|remark| remark.is_error && Path::new(remark.file) == self.file);
        let told = |remark: java::Remark<'_>| {
            let place = self.place(remark.line, remark.column).unwrap_or_else(|| opening.clone());
            self.shown_by(java::told(place, &remark))
        };
        errors.map(told).collect()
    }

    /// What has ended the sample, and the line of it that this is about.
    fn error(&self) -> (Option<String>, Option<usize>) {
        let said = &self.ended.output;
        // Without a line there was no error, only a status.
        let named = |line: Option<&usize>, message: fn(&str) -> Option<String>| {
            (line.and_then(|_| message(said)), line.copied())
        };
        match self.language {
            Language::Python => named(lines_of(said, self.file).last(), last_line),
            Language::JavaScript => named(lines_of(said, self.file).first(), error_of_node),
            Language::Java => {
                let thrown = java::thrown(said);
                let is_own = |frame: &&java::Frame| self.file.file_name().is_some_and(|name| *name == *frame.file);
                let line = thrown.iter().flat_map(|thrown| &thrown.frames).find(is_own).map(|frame| frame.line);
                // The launcher's own, such as that there is no `main`.
                let refused = || said.lines().find_map(|line| line.strip_prefix("error: ").map(str::to_owned));
                (thrown.map(|thrown| thrown.message).or_else(refused), line)
            }
        }
    }

    /// Where a line of the code is written; `None` where it has no such line.
    fn place(&self, line: usize, column: Option<usize>) -> Option<Place> {
        let Runnable { file, lines, .. } = self.sample;
        // The end of the code is a line behind it.
        let end = lines.last().filter(|_| line == lines.len() + 1);
        let span = *lines.get(line.checked_sub(1)?).or(end)?;
        let text = self.bench.text(file)?;
        Some(Place::at(file, column.map_or_else(|| trimmed(&text, span), |column| word(&text, span, column))))
    }

    /// What is wrong in a file that the page shows, with the block that shows it.
    fn shown_by(&self, found: Diagnostic) -> Diagnostic {
        let Runnable { page, opening, .. } = self.sample;
        if found.place.path == *page { found } else { found.shown_by(Place::at(page, *opening)) }
    }

    /// The output, in which the file that was made of the sample is the one that it is written in, with that one's lines.
    fn translated(&self) -> String {
        let Runnable { file, lines, .. } = self.sample;
        let text = self.bench.text(file).unwrap_or_default();
        let index = LineIndex::new(&*text);
        let line_of = |number: usize| Some(index.position(lines.get(number.checked_sub(1)?)?.start as usize).0);
        let renamed = |output: &str, name: &str, file: &str| {
            let mut parts = output.split(name);
            let mut out = parts.next().unwrap_or("").to_owned();
            for part in parts {
                let numbered = number_in(part)
                    .and_then(|(before, number, behind)| Some(format!("{file}{before}{}{behind}", line_of(number)?)));
                out.push_str(&numbered.unwrap_or_else(|| format!("{file}{part}")));
            }
            out
        };
        let name = self.file.to_string_lossy();
        let output = renamed(&self.ended.output.replace(&format!("file://{name}"), &name), &name, file.as_str());
        // In the traces of Java a file has no folder.
        renamed(&output, "(Sample.java", &format!("({file}"))
    }
}

/// The lines of `file` that `output` names: `File "…/sample.py", line 3`, `…/sample.mjs:3:9`.
fn lines_of(output: &str, file: &Path) -> Vec<usize> {
    let file = file.to_string_lossy();
    output.split(&*file).skip(1).filter_map(|rest| number_in(rest).map(|(_, number, _)| number)).collect()
}

/// The number of the line behind a file's name: what is in front of it, itself, and what is behind it.
fn number_in(rest: &str) -> Option<(&str, usize, &str)> {
    let start = ["\", line ", ":"].iter().find(|start| rest.starts_with(**start))?.len();
    let length = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
    Some((&rest[..start], rest[start..start + length].parse().ok()?, &rest[start + length..]))
}

/// The last line that says something.
fn last_line(output: &str) -> Option<String> {
    output.lines().rfind(|line| !line.trim().is_empty()).map(|line| line.trim().to_owned())
}

/// What Node.js says of the error that has ended it, in a line and without its code: `AssertionError [ERR_ASSERTION]: …`.
/// Words that end with a colon go on in the lines below, and what the error came from tells more.
fn error_of_node(output: &str) -> Option<String> {
    let is_error = |line: &&str| {
        let name = line.split([':', ' ']).next().unwrap_or("");
        name.ends_with("Error") && name.chars().all(char::is_alphanumeric)
    };
    let start = output.lines().position(|line| is_error(&line))?;
    let is_frame = |line: &str| line.trim_start().starts_with("at ") || line.ends_with(" {");
    let mut lines = output.lines().skip(start).take_while(|line| !is_frame(line));
    let mut words = lines.next()?.to_owned();
    if words.ends_with(':') {
        lines.flat_map(str::split_whitespace).for_each(|word| words.extend([" ", word]));
    }
    let causes = output.lines().skip(start).filter_map(|line| line.trim_start().strip_prefix("[cause]: "));
    for cause in causes {
        words.extend([": ", cause.trim_end_matches(" {")]);
    }
    Some(match words.split_once(" [").and_then(|(name, rest)| Some((name, rest.split_once(']')?.1))) {
        Some((name, rest)) if !name.contains(':') => format!("{name}{rest}"),
        _ => words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_behind_the_files_name() {
        let file = Path::new("/tmp/x/1/sample.py");
        let python = "  File \"/tmp/x/1/sample.py\", line 12, in <module>\n  File \"/tmp/x/1/sample.py\", line 3, in f\n  File \"/usr/lib/a.py\", line 9\n";
        assert_eq!(lines_of(python, file), [12, 3]);
        let node =
            "file:///tmp/x/1/sample.mjs:7\n    at file:///tmp/x/1/sample.mjs:2:9\n    at file:///tmp/x/1/sample.mjs\n";
        assert_eq!(lines_of(node, Path::new("/tmp/x/1/sample.mjs")), [7, 2]);
    }

    #[test]
    fn errors_of_node_are_named_in_a_line() {
        let assertion = "file:///x.mjs:3\nassert(x);\n^\n\nAssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2\n\n    at file:///x.mjs:3:1\n";
        assert_eq!(error_of_node(assertion).unwrap(), "AssertionError: Expected values to be strictly equal: 1 !== 2");
        let plain = "node:internal:1\nSyntaxError: Unexpected token ';' [0]\n    at x\n";
        assert_eq!(error_of_node(plain).unwrap(), "SyntaxError: Unexpected token ';' [0]");
        let caused = "TypeError: fetch failed\n    at node:internal:1:2 {\n  [cause]: Error: refused\n      at x {\n    code: 1\n";
        assert_eq!(error_of_node(caused).unwrap(), "TypeError: fetch failed: Error: refused");
        assert_eq!(error_of_node("NotAnErrorAtAll\nno\n"), None);
    }
}
