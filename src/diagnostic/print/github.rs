//! Diagnostics to GitHub's workflow commands (`::error file=…::…`), which a runner makes into annotations.
//! It keeps ten of each severity in a step, so the worst come first.

use std::fmt::Write as _;

use super::{Printing, Texts, with_help};
use crate::diagnostic::{Diagnostic, LineIndex, Severity};

/// Prints all, errors first, then in their order.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &mut Texts<'_>, printing: &Printing) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    let mut out = String::new();
    for diagnostic in sorted {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = format!("{}{}", printing.folder, diagnostic.place.path);
        let _ = write!(out, "::{command} file={}", property(&file));
        if let Some((start, end)) = texts.region(&diagnostic.place, LineIndex::locate_on_a_line) {
            let _ = write!(out, ",line={},endLine={}", start.line, end.line);
            // Over several lines, a runner takes no columns.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
        }
        // The step's log shows the message and nothing else, so the place stands there too.
        let mut message =
            format!("{}{}: {}", printing.folder, texts.position(&diagnostic.place), with_help(diagnostic));
        for note in &diagnostic.notes {
            let _ = write!(message, "\n{}{}: {}", printing.folder, texts.position(&note.place), note.message);
        }
        for line in diagnostic.output_lines() {
            let _ = write!(message, "\n{line}");
        }
        let _ = writeln!(out, ",title={}::{}", property(diagnostic.code.name()), data(&message));
    }
    out
}

/// Prints what ended the run early.
pub(super) fn print_failure(error: &str) -> String {
    format!("::error title=prepbook::{}\n", data(error))
}

/// A message as it is written in a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value as it is written in a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{many, printed};
    use super::super::{Format, Printing, print};
    use super::{data, print_failure, property};

    #[test]
    fn an_annotation_has_a_place_and_a_log_line_that_names_it() {
        assert_eq!(
            printed("one\ntwo [x](y.md)\n", 12..16, Format::Github),
            "::error file=my book/guide/a.md,line=2,endLine=2,col=9,endColumn=13,title=link/missing-page::\
             my book/guide/a.md:2:9: no such page; nearest is b.md%0Amy book/guide/a.md:1:1: starts here\n"
        );
    }

    #[test]
    fn over_several_lines_there_are_no_columns_and_no_line_behind_the_last() {
        let out = printed("one\ntwo\n", 0..8, Format::Github);
        assert!(out.contains(",line=1,endLine=2,title="), "{out}");
    }

    #[test]
    fn errors_come_first() {
        let out = print(&many(20), &|_| None, &Printing { format: Format::Github, ..Printing::default() });
        assert!(out.starts_with("::error file=a.md,title=link/missing-page::a.md: big\n::notice "), "{out}");
    }

    #[test]
    fn what_ends_a_command_or_a_value_is_escaped() {
        assert_eq!(data("50 %: a,b\r\n::error::"), "50 %25: a,b%0D%0A::error::");
        assert_eq!(property("a%0A:b,c\n"), "a%250A%3Ab%2Cc%0A");
        assert_eq!(print_failure("cannot\nread"), "::error title=prepbook::cannot%0Aread\n");
    }
}
