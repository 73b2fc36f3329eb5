//! Diagnostics to one line each: `path:line:column: severity[code]: message; help`.

use std::fmt::Write as _;

use super::Texts;
use crate::diagnostic::Diagnostic;

/// Prints all, in their order.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &mut Texts<'_>) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let _ = write!(
            out,
            "{}: {}[{}]: {}",
            texts.position(&diagnostic.place),
            diagnostic.severity.word(),
            diagnostic.code.name(),
            diagnostic.message
        );
        for note in &diagnostic.notes {
            let _ = write!(out, "; {}: {}", note.message, texts.position(&note.place));
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "; {help}");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::printed;

    #[test]
    fn short_is_one_line() {
        assert_eq!(
            printed("one\ntwo [x](y.md)\n", 12..16, Format::Short),
            "guide/a.md:2:9: error[link/missing-page]: no such page; starts here: guide/a.md:1:1; nearest is b.md\n"
        );
    }
}
