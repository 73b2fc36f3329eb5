//! Diagnostics to a SARIF 2.1.0 log. Its sections are those of the OASIS standard; `docs/formats.md` says
//! what of it is used.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Serialize;

use super::{Printing, Texts, with_help};
use crate::base::hash::Hash;
use crate::diagnostic::{Code, Diagnostic, Level, LineIndex, Place, Severity};

/// How much of the source is a part of a fingerprint, in bytes.
const FINGERPRINT_LIMIT: usize = 400;

/// What our lines end with, the longest first (3.14.26).
const LINE_ENDS: &[&str] = &["\r\n", "\r", "\n"];

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation<'a>; 1],
    default_encoding: &'static str,
    newline_sequences: &'static [&'static str],
    column_kind: &'static str,
    /// Absent where the book was not looked at (3.14.23).
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<Outcome>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message<&'static str>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    exit_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_execution_notifications: Option<[Notification<'a>; 1]>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Message<&'a str>,
}

#[derive(Serialize)]
struct Message<T> {
    text: T,
}

/// What the standard calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message<String>,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "mistake/v1")]
    mistake: String,
}

/// Prints all, in their order.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &mut Texts<'_>, printing: &Printing) -> String {
    let codes: BTreeMap<Code, usize> = diagnostics.iter().map(|diagnostic| (diagnostic.code, 0)).collect();
    let codes: BTreeMap<Code, usize> = codes.into_keys().enumerate().map(|(index, code)| (code, index)).collect();
    let mut seen = HashMap::new();
    let results = diagnostics.iter().map(|diagnostic| Outcome {
        rule_id: diagnostic.code.name(),
        rule_index: codes[&diagnostic.code],
        level: level(diagnostic.severity),
        message: Message { text: escaped(&with_help(diagnostic)) },
        locations: [Location { id: None, physical_location: place(&diagnostic.place, texts, printing), message: None }],
        related_locations: diagnostic
            .notes
            .iter()
            .enumerate()
            .map(|(index, note)| Location {
                id: Some(index),
                physical_location: place(&note.place, texts, printing),
                message: Some(Message { text: escaped(&note.message) }),
            })
            .collect(),
        partial_fingerprints: Fingerprints { mistake: fingerprint(diagnostic, texts, &mut seen) },
    });
    let results = Some(results.collect());
    let invocation = Invocation {
        execution_successful: true,
        exit_code: u8::from(!printing.healthy),
        tool_execution_notifications: None,
    };
    log(codes.into_keys().map(rule).collect(), invocation, results)
}

/// A log of a run that ended early because of `error`.
pub(super) fn print_failure(error: &str) -> String {
    let text = escaped(error);
    let notification = Notification { level: "error", message: Message { text: &text } };
    let invocation =
        Invocation { execution_successful: false, exit_code: 2, tool_execution_notifications: Some([notification]) };
    log(Vec::new(), invocation, None)
}

fn log(rules: Vec<Rule>, invocation: Invocation<'_>, results: Option<Vec<Outcome>>) -> String {
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules,
    };
    let run = Run {
        tool: Tool { driver },
        invocations: [invocation],
        default_encoding: "UTF-8",
        newline_sequences: LINE_ENDS,
        column_kind: "utf16CodeUnits",
        results,
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    let log = Log { schema, version: "2.1.0", runs: [run] };
    serde_json::to_string(&log).expect("texts and numbers are JSON") + "\n"
}

fn rule(code: Code) -> Rule {
    let (enabled, level) = match code.default_level() {
        Level::Error => (true, level(Severity::Error)),
        Level::Warning => (true, level(Severity::Warning)),
        Level::Note => (true, level(Severity::Note)),
        Level::Off => (false, level(Severity::Note)),
    };
    Rule {
        id: code.name(),
        short_description: Message { text: code.meaning() },
        default_configuration: Configuration { enabled, level },
    }
}

fn level(severity: Severity) -> &'static str {
    severity.word()
}

fn place(place: &Place, texts: &mut Texts<'_>, printing: &Printing) -> PhysicalLocation {
    let region = texts.region(place, LineIndex::locate_on_a_line).map(|(start, end)| Region {
        start_line: start.line,
        start_column: start.utf16_column,
        end_line: end.line,
        end_column: end.utf16_column,
    });
    let uri = percent_encoded(&format!("{}{}", printing.folder, place.path));
    PhysicalLocation { artifact_location: ArtifactLocation { uri, uri_base_id: "%SRCROOT%" }, region }
}

/// What stays the same when lines are added or removed elsewhere: the kind, the file, the words, what the
/// place covers, and which of several equal ones it is.
fn fingerprint(diagnostic: &Diagnostic, texts: &mut Texts<'_>, seen: &mut HashMap<Hash, usize>) -> String {
    let covered = diagnostic.place.span.zip(texts.get(&diagnostic.place.path)).map_or("", |(span, lines)| {
        let text = lines.text();
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        &text[start..text.floor_char_boundary((span.end as usize).clamp(start, start + FINGERPRINT_LIMIT))]
    });
    let parts = [diagnostic.code.name(), diagnostic.place.path.as_str(), &diagnostic.message, covered];
    let hash = Hash::of(parts.join("\0").as_bytes());
    let count = seen.entry(hash).or_default();
    *count += 1;
    format!("{hash}:{count}")
}

/// A plain message: braces would stand for arguments (3.11.5).
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A path as a relative reference of RFC 3986. A colon is encoded, since it could end a scheme.
fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::super::tests::{many, printed};
    use super::super::{Format, Printing, print};
    use super::{Code, Diagnostic, Place, escaped, percent_encoded, print_failure};
    use crate::base::path::BookPath;
    use crate::base::span::Span;

    fn log(text: &str) -> Value {
        serde_json::from_str(text).expect("one JSON value")
    }

    fn regions(log: &Value) -> Vec<[u64; 4]> {
        let results = log["runs"][0]["results"].as_array().expect("results");
        let number = |region: &Value, key: &str| region[key].as_u64().expect("a number");
        let region = |result: &Value| {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            ["startLine", "startColumn", "endLine", "endColumn"].map(|key| number(region, key))
        };
        results.iter().map(region).collect()
    }

    #[test]
    fn columns_are_utf_16_code_units_without_the_byte_order_mark() {
        let text = "\u{feff}🙂 x\r\n\te\u{301}\u{323} 日 y\rz 👩‍👧\n";
        let place = |needle: &str| {
            let start = text.find(needle).unwrap();
            Place::at(&BookPath::new("a.md").unwrap(), Span::new(start..start + needle.len()))
        };
        let whole = Place::at(&BookPath::new("a.md").unwrap(), Span::new(0..text.len()));
        let end = Place::at(&BookPath::new("a.md").unwrap(), Span::new(text.len()..text.len()));
        let places = [place("x"), place("日"), place("y"), place("👩‍👧"), whole, end];
        let all: Vec<Diagnostic> =
            places.into_iter().map(|place| Diagnostic::new(Code::HtmlRaw, place, "here")).collect();
        let text: Arc<str> = text.into();
        let printing = Printing { format: Format::Sarif, ..Printing::default() };
        let log = log(&print(&all, &|_| Some(text.clone()), &printing));
        let expected = [[1, 4, 1, 5], [2, 6, 2, 7], [2, 8, 2, 9], [3, 3, 3, 8], [1, 1, 3, 9], [3, 9, 3, 9]];
        assert_eq!(regions(&log), expected);
    }

    #[test]
    fn a_result_names_its_rule_its_place_and_the_places_around_it() {
        let log = log(&printed("one\ntwo [x](y.md)\n", 12..16, Format::Sarif));
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(run["invocations"], json!([{ "executionSuccessful": true, "exitCode": 1 }]));
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        let rule = json!({
            "id": "link/missing-page",
            "shortDescription": { "text": Code::LinkMissingPage.meaning() },
            "defaultConfiguration": { "enabled": true, "level": "error" },
        });
        assert_eq!(run["tool"]["driver"]["rules"], json!([rule]));
        let artifact = json!({ "uri": "my%20book/guide/a.md", "uriBaseId": "%SRCROOT%" });
        let region =
            |start, end, line| json!({ "startLine": line, "startColumn": start, "endLine": line, "endColumn": end });
        let fingerprint = run["results"][0]["partialFingerprints"]["mistake/v1"].clone();
        assert!(fingerprint.as_str().is_some_and(|text| text.len() == 34 && text.ends_with(":1")), "{fingerprint}");
        let result = json!({
            "ruleId": "link/missing-page",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "no such page; nearest is b.md" },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact, "region": region(9, 13, 2) } }],
            "relatedLocations": [{
                "id": 0,
                "physicalLocation": { "artifactLocation": artifact, "region": region(1, 1, 1) },
                "message": { "text": "starts here" },
            }],
            "partialFingerprints": { "mistake/v1": fingerprint },
        });
        assert_eq!(run["results"], json!([result]));
    }

    #[test]
    fn fingerprints_stay_when_lines_are_added_and_differ_between_equal_mistakes() {
        let one = log(&printed("one\n[x](y.md)\n", 8..12, Format::Sarif));
        let moved = log(&printed("new\n\none [x](y.md)\n", 13..17, Format::Sarif));
        let print_of = |log: &Value, index: usize| log["runs"][0]["results"][index]["partialFingerprints"].clone();
        assert_eq!(print_of(&one, 0), print_of(&moved, 0));
        let printing = Printing { format: Format::Sarif, ..Printing::default() };
        let several = log(&print(&many(2), &|_| None, &printing));
        assert_ne!(print_of(&several, 0), print_of(&several, 1));
        assert_eq!(several["runs"][0]["results"][2]["ruleIndex"], 0);
        assert_eq!(several["runs"][0]["results"][0]["ruleIndex"], 1);
        assert_eq!(several["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"], Value::Null);
    }

    #[test]
    fn a_run_that_ended_early_has_no_results() {
        let log = log(&print_failure("cannot read {x}"));
        let notification = json!({ "level": "error", "message": { "text": "cannot read {{x}}" } });
        let invocation =
            json!({ "executionSuccessful": false, "exitCode": 2, "toolExecutionNotifications": [notification] });
        assert_eq!(log["runs"][0]["invocations"], json!([invocation]));
        assert_eq!(log["runs"][0].get("results"), None);
    }

    #[test]
    fn paths_are_percent_encoded_and_braces_doubled() {
        assert_eq!(percent_encoded("a b/ü#?%:x.md"), "a%20b/%C3%BC%23%3F%25%3Ax.md");
        assert_eq!(escaped("`{{#include x}}`"), "`{{{{#include x}}}}`");
    }
}
