//! A fenced code block to its sample: the info string read, and what of it does not fit the code.

use super::{Reports, at};
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::catalog;
use crate::highlight;
use crate::markdown::walk::MarkdownOptions;
use crate::markdown::{info, rustdoc};
use crate::model::parsed::Sample;

/// Languages that GitHub draws and a book does not.
const DRAWN: &[&str] = &["mermaid", "math"];

/// Words that rustdoc and mdBook take in place of a language: the code is Rust, or they do not care.
const RUSTDOC: &[&str] = &[
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "test_harness",
    "standalone_crate",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
    "editable",
    "noplayground",
    "noplaypen",
    "mdbook-runnable",
];

/// Reads the opening line of the block at `span`.
pub fn open(text: &str, span: Span, options: MarkdownOptions, path: &BookPath, reports: Reports<'_>) -> Sample {
    let line = super::first_line(span.slice(text));
    let fence = line.trim_start_matches([' ', '\t']);
    let mark = fence.chars().next().unwrap_or('`');
    let info_text = fence.trim_start_matches(mark);
    let offset = span.start as usize + line.len() - info_text.len();
    let info = info::parse(info_text, offset, path, reports);
    if let Some(language) = &info.language {
        let (name, place) = (&language.value, at(path, language.span));
        if DRAWN.iter().any(|drawn| name.eq_ignore_ascii_case(drawn)) {
            reports.push(catalog::diagram(place, name));
        } else if highlight::language(name).is_none() && !RUSTDOC.contains(&name.as_str()) {
            reports.push(catalog::unknown_language(place, name, highlight::nearest(name)));
        }
    }
    let start = span.start as usize;
    let is_rust = info.language.as_ref().is_some_and(|language| language.value == "rust");
    Sample { info, is_rustdoc: is_rust && options.rustdoc_lines, span: Span::new(start..start + line.trim_end().len()) }
}

/// Checks a block against the code that the page has in it. Code from a file is checked where it is known.
pub fn close(sample: &Sample, code: &str, path: &BookPath, reports: Reports<'_>) {
    let info = &sample.info;
    if info.file.is_some() {
        return;
    }
    let shown = if sample.is_rustdoc { &*rustdoc::shown_lines(code) } else { code };
    let count = u32::try_from(shown.lines().count()).unwrap_or(u32::MAX);
    let first = info.first.unwrap_or(1);
    let last = first.saturating_add(count.max(1) - 1);
    for (key, lines) in [("mark", &info.mark), ("ins", &info.ins), ("del", &info.del)] {
        if let Some(lines) = lines.as_ref().filter(|lines| lines.value.last() > last) {
            reports.push(catalog::code_bad_lines(at(path, lines.span), key, last as usize));
        }
    }
    let language = info.language.as_ref().and_then(|language| highlight::language(&language.value));
    // Text over a limit is not highlighted, so this is quick; a language without a grammar has no limits.
    let limit = language.filter(|_| highlight::limit(code).is_some()).and_then(|it| highlight::lines(it, code).limit);
    if let Some(limit) = limit {
        reports.push(catalog::not_highlighted(at(path, sample.span), &limit.to_string()));
    }
}

/// Reports a block at `span` that no line closes: CommonMark ends it with what it stands in, or with the page. `end` is
/// where its last line of code ends; `taken` tells the names of directives, and where they open, whose closing lines it has
/// taken if it goes on to the end of the page.
pub fn check_closed<'d>(
    sample: &Sample,
    text: &str,
    span: Span,
    end: usize,
    taken: impl FnOnce() -> Vec<(&'d str, Span)>,
    path: &BookPath,
    reports: Reports<'_>,
) {
    let opening = sample.span.slice(text).trim_start();
    let mark = opening.chars().next().unwrap_or('`');
    let length = opening.len() - opening.trim_start_matches(mark).len();
    // Behind the code, a closing line is all there is, but for marks of quotes.
    let behind = end.max(sample.span.range().end)..span.range().end.max(sample.span.range().end);
    let behind = text.get(behind).unwrap_or("").trim_matches(|c: char| c.is_whitespace() || c == '>');
    if behind.len() >= length && behind.chars().all(|c| c == mark) {
        return;
    }
    let place = at(path, sample.span);
    let is_rest = text.get(span.range().end..).unwrap_or("").trim().is_empty();
    let taken = if is_rest { taken() } else { Vec::new() };
    reports.push(match &taken[..] {
        [] => catalog::code_unclosed(place, mark, length, is_rest),
        taken => catalog::code_takes_lines(place, mark, length, taken),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(info: &str, code: &str) -> Vec<(&'static str, String)> {
        reported_with(MarkdownOptions::default(), info, code)
    }

    fn reported_with(options: MarkdownOptions, info: &str, code: &str) -> Vec<(&'static str, String)> {
        let text = format!("```{info}\n{code}```\n");
        let path = BookPath::new("a.md").unwrap();
        let mut reports = Vec::new();
        let sample = open(&text, Span::new(0..text.len()), options, &path, &mut reports);
        close(&sample, code, &path, &mut reports);
        let part = |span: Span| span.slice(&text).to_owned();
        reports.into_iter().map(|report| (report.code.name(), part(report.place.span.unwrap()))).collect()
    }

    fn one(code: &'static str, part: &str) -> Vec<(&'static str, String)> {
        vec![(code, part.to_owned())]
    }

    #[test]
    fn marked_lines_are_lines_of_the_block() {
        assert_eq!(reported("py mark=9", "x\n"), one("code/bad-lines", "9"));
        assert_eq!(reported("py ins=1-2 del=3", "x\ny\n"), one("code/bad-lines", "3"));
        assert_eq!(reported("py number=10 mark=11", "x\ny\n"), []);
        assert_eq!(reported("py number=10 mark=12", "x\ny\n"), one("code/bad-lines", "12"));
        assert_eq!(reported("py mark=1", ""), []);
        assert_eq!(reported("py file=a.py mark=9", "x\n"), []);
        let options = MarkdownOptions { rustdoc_lines: true, ..MarkdownOptions::default() };
        assert_eq!(reported_with(options, "rust mark=2", "# x\ny\n"), one("code/bad-lines", "2"));
        assert_eq!(reported_with(options, "py mark=2", "# x\ny\n"), []);
        assert_eq!(reported("rust mark=2", "# x\ny\n"), []);
    }

    #[test]
    fn languages_are_known_or_rustdocs_words() {
        assert_eq!(reported("ignore", "x\n"), []);
        assert_eq!(reported("no_run", "x\n"), []);
        assert_eq!(reported("klingon", "x\n"), one("code/unknown-language", "klingon"));
    }

    #[test]
    fn diagrams_and_large_blocks_are_noted() {
        assert_eq!(reported("mermaid", "graph TD\n"), one("code/diagram", "mermaid"));
        assert_eq!(reported("Math", "x\n"), one("code/diagram", "Math"));
        let long = "x".repeat(highlight::MAX_LINE_CHARACTERS + 1) + "\n";
        assert_eq!(reported("py", &long), one("code/not-highlighted", "```py"));
        assert_eq!(reported("text", &long), []);
    }
}
