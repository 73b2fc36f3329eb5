//! Diagnostics to text: `human` (source line and carets) and `short` (one line each). The only file that
//! knows annotate-snippets.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Counts, Diagnostic, LineIndex, Place, Severity, visible};
use crate::base::path::BookPath;
use crate::base::span::Span;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the source line and carets, for people.
    Human,
    /// `path:line:column: severity[code]: message; help`, one line each.
    Short,
}

/// How many diagnostics a person is shown before the rest is only counted; other programs get all.
const LIMIT: usize = 200;

/// How much of a source line is shown behind the place, in bytes.
const LINE_LIMIT: usize = 400;

/// Prints `diagnostics` in their order. `text` gives a file's text where there is one; `styled` adds
/// terminal colours.
#[must_use]
pub fn print(
    diagnostics: &[Diagnostic],
    text: &dyn Fn(&BookPath) -> Option<Arc<str>>,
    format: Format,
    styled: bool,
) -> String {
    let mut texts = Texts { text, known: HashMap::new() };
    let mut out = String::new();
    let shown = match format {
        Format::Human => LIMIT,
        Format::Short => usize::MAX,
    };
    for diagnostic in diagnostics.iter().take(shown) {
        match format {
            Format::Human => human(&mut out, diagnostic, &mut texts, styled),
            Format::Short => short(&mut out, diagnostic, &mut texts),
        }
    }
    if let Some(rest) = diagnostics.get(shown..).filter(|rest| !rest.is_empty()) {
        let _ = writeln!(out, "… and {} more: {}", rest.len(), summary(Counts::of(rest)));
    }
    out
}

/// "2 errors, 1 warning", or an empty text when there is nothing to count.
#[must_use]
pub fn summary(counts: Counts) -> String {
    [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>()
        .join(", ")
}

struct Texts<'a> {
    text: &'a dyn Fn(&BookPath) -> Option<Arc<str>>,
    /// With the places of their lines: thousands of diagnostics may be about one file.
    known: HashMap<BookPath, Option<Text>>,
}

type Text = (Arc<str>, LineIndex<Arc<str>>);

impl Texts<'_> {
    fn get(&mut self, path: &BookPath) -> Option<&Text> {
        if !self.known.contains_key(path) {
            let text = (self.text)(path).map(|text| (text.clone(), LineIndex::new(text)));
            self.known.insert(path.clone(), text);
        }
        self.known[path].as_ref()
    }

    /// `path:line:column`, or the path alone where no place in it is known.
    fn position(&mut self, place: &Place) -> String {
        match (place.span, self.get(&place.path)) {
            (Some(span), Some((_, lines))) => {
                let (line, column) = lines.position(span.start as usize);
                format!("{}:{line}:{column}", printed(&place.path))
            }
            _ => printed(&place.path),
        }
    }
}

/// A path on one line, whatever its name.
fn printed(path: &BookPath) -> String {
    path.to_string().chars().flat_map(visible).collect()
}

fn short(out: &mut String, diagnostic: &Diagnostic, texts: &mut Texts<'_>) {
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

fn human(out: &mut String, diagnostic: &Diagnostic, texts: &mut Texts<'_>, styled: bool) {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut groups = Vec::new();
    let title = level.primary_title(diagnostic.message.clone()).id(diagnostic.code.name());
    groups.push(with_snippet(Group::with_title(title), &diagnostic.place, texts));
    for note in &diagnostic.notes {
        let title = Level::NOTE.secondary_title(note.message.clone());
        groups.push(with_snippet(Group::with_title(title), &note.place, texts));
    }
    if let Some(help) = &diagnostic.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(help.clone())));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    out.push_str(&renderer.render(&groups));
    out.push_str("\n\n");
}

fn with_snippet<'a>(group: Group<'a>, place: &Place, texts: &mut Texts<'_>) -> Group<'a> {
    let shown = place.span.zip(texts.get(&place.path)).map(|(span, (text, lines))| Excerpt::new(text, lines, span));
    match shown {
        // So far into a line nobody looks for carets.
        Some(excerpt) if excerpt.span.start > LINE_LIMIT => {
            let path = printed(&place.path);
            let column = excerpt.text[..excerpt.span.start].chars().count() + 1;
            group.element(Origin::path(path).line(excerpt.line).char_column(column))
        }
        Some(excerpt) => group.element(
            Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .path(printed(&place.path))
                .annotation(AnnotationKind::Primary.span(excerpt.span)),
        ),
        None => group.element(Origin::path(printed(&place.path))),
    }
}

/// The first line of a span, so that neither a long page nor a long span costs or shows more than a line.
struct Excerpt {
    text: String,
    line: usize,
    span: std::ops::Range<usize>,
}

impl Excerpt {
    fn new(text: &str, lines: &LineIndex<Arc<str>>, span: Span) -> Self {
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let start = text.floor_char_boundary((span.start as usize).min(text.len())).max(first);
        let line_start = text[..start].rfind(['\n', '\r']).map_or(first, |offset| offset + 1).max(first);
        let rest = &text[start..];
        let line_end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = text.floor_char_boundary((span.end as usize).clamp(start, line_end));
        let cut_end = text.floor_char_boundary(line_end.min(end.max(start) + LINE_LIMIT));
        let (line, _) = lines.position(start);
        Self { text: text[line_start..cut_end].to_owned(), line, span: start - line_start..end - line_start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn printed(text: &str, span: std::ops::Range<usize>, format: Format) -> String {
        let path = BookPath::new("a.md").unwrap();
        let diagnostic = Diagnostic::new(Code::LinkMissingPage, Place::at(&path, Span::new(span)), "no such page")
            .help("nearest is b.md");
        let text: Arc<str> = text.into();
        print(&[diagnostic], &|_| Some(text.clone()), format, false)
    }

    #[test]
    fn short_is_one_line() {
        assert_eq!(
            printed("one\ntwo [x](y.md)\n", 12..16, Format::Short),
            "a.md:2:9: error[link/missing-page]: no such page; nearest is b.md\n"
        );
    }

    #[test]
    fn carets_stand_under_the_place_after_wide_characters_and_tabs() {
        let text = "\u{feff}first\r\n日本\t[x](y.md)\r\n";
        let start = text.find("y.md").unwrap();
        let out = printed(text, start..start + 4, Format::Human);
        assert!(out.contains("--> a.md:2:8"), "{out}");
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[3].contains("日本    [x](y.md)"), "{out}");
        assert!(lines[4].ends_with("^^^^"), "{out}");
    }

    #[test]
    fn far_into_a_line_the_place_is_named_and_not_drawn() {
        let out = printed(&format!("{}x", "é ".repeat(500)), 1500..1501, Format::Human);
        assert!(out.contains("--> a.md:1:1001") && !out.contains('^'), "{out}");
    }

    #[test]
    fn a_span_behind_the_end_or_over_lines_is_shown_on_its_first_line() {
        assert!(printed("ab\ncd", 0..5, Format::Human).contains("^^"));
        assert!(printed("", 7..9, Format::Human).contains("a.md:1:1"));
    }
}
