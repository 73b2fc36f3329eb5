//! Diagnostics to JSON Lines: an object for each and, at the end, one that counts them. `docs/formats.md`
//! promises its fields; what is taken away or changes its meaning there raises [`SCHEMA`].

use serde::Serialize;

use super::{Printing, Texts};
use crate::diagnostic::{Counts, Diagnostic, LineIndex, Place, Position};

/// The version of the fields. A new field does not raise it.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct DiagnosticLine<'a> {
    kind: &'static str,
    schema: u32,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: PlaceFields,
    notes: Vec<NoteFields<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    output: &'a [String],
}

#[derive(Serialize)]
struct NoteFields<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: PlaceFields,
}

#[derive(Serialize)]
struct PlaceFields {
    path: String,
    file: String,
    start: Option<PositionFields>,
    end: Option<PositionFields>,
}

#[derive(Serialize)]
struct PositionFields {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct SummaryLine {
    kind: &'static str,
    schema: u32,
    version: &'static str,
    pages: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    ok: bool,
}

/// Prints all, in their order.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &mut Texts<'_>, printing: &Printing) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let notes = diagnostic.notes.iter();
        let line = DiagnosticLine {
            kind: "diagnostic",
            schema: SCHEMA,
            code: diagnostic.code.name(),
            severity: diagnostic.severity.word(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            place: fields(&diagnostic.place, texts, printing),
            notes: notes
                .map(|note| NoteFields { message: &note.message, place: fields(&note.place, texts, printing) })
                .collect(),
            output: diagnostic.output_lines(),
        };
        push(&mut out, &line);
    }
    let Counts { errors, warnings, notes } = Counts::of(diagnostics);
    let line = SummaryLine {
        kind: "summary",
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        pages: printing.pages,
        errors,
        warnings,
        notes,
        ok: printing.healthy,
    };
    push(&mut out, &line);
    out
}

fn push(out: &mut String, line: &impl Serialize) {
    out.push_str(&serde_json::to_string(line).expect("texts and numbers are JSON"));
    out.push('\n');
}

fn fields(place: &Place, texts: &mut Texts<'_>, printing: &Printing) -> PlaceFields {
    let position =
        |position: Position| PositionFields { line: position.line, column: position.column, offset: position.offset };
    let (start, end) = texts.region(place, LineIndex::locate).unzip();
    PlaceFields {
        path: place.path.to_string(),
        file: format!("{}{}", printing.folder, place.path),
        start: start.map(position),
        end: end.map(position),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{many, printed};
    use super::super::{Format, Printing, print};

    #[test]
    fn every_line_is_an_object_and_the_last_one_counts() {
        let out = printed("\u{feff}# 🙂\r\n\té [x](y.md)", 19..23, Format::Json);
        let note = r#"{"message":"starts here","path":"guide/a.md","file":"my book/guide/a.md","start":{"line":1,"column":1,"offset":3},"end":{"line":1,"column":1,"offset":3}}"#;
        let diagnostic = format!(
            r#"{{"kind":"diagnostic","schema":1,"code":"link/missing-page","severity":"error","message":"no such page","help":"nearest is b.md","path":"guide/a.md","file":"my book/guide/a.md","start":{{"line":2,"column":8,"offset":19}},"end":{{"line":2,"column":12,"offset":23}},"notes":[{note}]}}"#
        );
        let summary =
            r#"{"kind":"summary","schema":1,"version":"0.1.0","pages":3,"errors":1,"warnings":0,"notes":0,"ok":false}"#
                .replace("0.1.0", env!("CARGO_PKG_VERSION"));
        assert_eq!(out.lines().collect::<Vec<_>>(), [diagnostic, summary]);
    }

    #[test]
    fn a_file_as_a_whole_has_no_start_and_no_end() {
        let out = print(&many(0), &|_| None, &Printing { format: Format::Json, healthy: true, ..Printing::default() });
        assert!(
            out.contains(r#""help":null,"path":"a.md","file":"a.md","start":null,"end":null,"notes":[]}"#),
            "{out}"
        );
        assert!(out.ends_with("\"ok\":true}\n"), "{out}");
    }
}
