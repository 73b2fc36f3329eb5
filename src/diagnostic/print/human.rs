//! Diagnostics to source lines with carets. The only file that knows annotate-snippets.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Lines, Texts, on_one_line, summary};
use crate::base::span::Span;
use crate::diagnostic::{Code, Counts, Diagnostic, Place, Severity};

/// How many diagnostics a person is shown before the rest is only counted.
const LIMIT: usize = 200;

/// How many warnings or notes of the same words are shown.
const SAME: usize = 3;

/// How many kinds of those left out are named.
const KINDS: usize = 6;

/// How much of a source line is shown behind the place, in bytes.
const LINE_LIMIT: usize = 400;

/// Prints the worst [`LIMIT`], in their order, and counts the rest. `styled` adds terminal colours.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &mut Texts<'_>, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let (diagnostics, repeated) = first_of_each(diagnostics);
    let (shown, rest) = worst(&diagnostics);
    let mut out = String::new();
    for diagnostic in shown {
        one(&mut out, diagnostic, texts, &renderer);
    }
    for (first, more) in repeated {
        let Diagnostic { severity, code, message, .. } = first;
        let kind = format!("{}[{}]", severity.word(), code.name());
        let _ = writeln!(out, "… and {more} more like the one at {}: {kind}: {message}", texts.position(&first.place));
    }
    if !rest.is_empty() {
        left_out(&mut out, &rest);
    }
    out
}

/// All but the warnings and notes that say again, of other places, what [`SAME`] others say: one cause may
/// have hundreds. Of those the first, and how many more there are.
fn first_of_each(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<(&Diagnostic, usize)>) {
    let mut said: HashMap<(Code, &str), (usize, usize)> = HashMap::new();
    let mut kept = Vec::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let (_, count) = said.entry((diagnostic.code, &diagnostic.message)).or_insert((index, 0));
        *count += 1;
        if *count <= SAME || diagnostic.severity == Severity::Error {
            kept.push(diagnostic);
        }
    }
    let is_error = |first: usize| diagnostics[first].severity == Severity::Error;
    let mut repeated: Vec<(usize, usize)> =
        said.into_values().filter(|(first, count)| *count > SAME && !is_error(*first)).collect();
    repeated.sort_unstable();
    (kept, repeated.into_iter().map(|(first, count)| (&diagnostics[first], count - SAME)).collect())
}

/// The worst [`LIMIT`] and the others: no number of notes may hide an error.
fn worst<'a>(diagnostics: &[&'a Diagnostic]) -> (Vec<&'a Diagnostic>, Vec<&'a Diagnostic>) {
    let mut indices: Vec<usize> = (0..diagnostics.len()).collect();
    indices.sort_by_key(|index| diagnostics[*index].severity);
    let (shown, rest) = indices.split_at_mut(LIMIT.min(diagnostics.len()));
    shown.sort_unstable();
    let named = |indices: &[usize]| indices.iter().map(|index| diagnostics[*index]).collect();
    (named(shown), named(rest))
}

fn left_out(out: &mut String, rest: &[&Diagnostic]) {
    let mut counts = Counts::default();
    let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in rest {
        counts.add(diagnostic.severity);
        *by_code.entry(diagnostic.code).or_default() += 1;
    }
    let mut kinds: Vec<(Code, usize)> = by_code.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let others = kinds.len().saturating_sub(KINDS);
    kinds.truncate(KINDS);
    let mut named: Vec<String> = kinds.iter().map(|(code, count)| format!("{count} {}", code.name())).collect();
    if others > 0 {
        named.push(format!("{others} more kinds"));
    }
    let _ = writeln!(out, "… and {} more: {}", rest.len(), summary(counts));
    let _ = writeln!(out, "  {}; --format short prints all", named.join(", "));
}

fn one(out: &mut String, diagnostic: &Diagnostic, texts: &mut Texts<'_>, renderer: &Renderer) {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut groups = Vec::new();
    let title = level.primary_title(diagnostic.message.clone()).id(diagnostic.code.name());
    let mut group = with_snippet(Group::with_title(title), &diagnostic.place, texts);
    let lines = diagnostic.output_lines();
    if !lines.is_empty() {
        group = group.element(Level::NOTE.message(tame(&lines.join("\n"))));
    }
    groups.push(group);
    for note in &diagnostic.notes {
        let title = Level::NOTE.secondary_title(note.message.clone());
        groups.push(with_snippet(Group::with_title(title), &note.place, texts));
    }
    if let Some(help) = &diagnostic.help {
        groups.push(Group::with_title(Level::HELP.secondary_title(&**help)));
    }
    out.push_str(&renderer.render(&groups));
    out.push_str("\n\n");
}

fn with_snippet<'a>(group: Group<'a>, place: &Place, texts: &mut Texts<'_>) -> Group<'a> {
    let path = on_one_line(&place.path);
    match place.span.zip(texts.get(&place.path)).map(|(span, lines)| Excerpt::new(lines, span)) {
        Some(Excerpt { drawn: Some((text, span)), line, .. }) => group
            .element(Snippet::source(text).line_start(line).path(path).annotation(AnnotationKind::Primary.span(span))),
        Some(Excerpt { line, column, .. }) => group.element(Origin::path(path).line(line).char_column(column)),
        None => group.element(Origin::path(path)),
    }
}

/// The first line of a span, so that neither a long page nor a long span costs or shows more than a line.
struct Excerpt {
    line: usize,
    column: usize,
    /// The line, as far as it is shown, and the place in it. None so far into a line that nobody looks
    /// for carets.
    drawn: Option<(String, std::ops::Range<usize>)>,
}

impl Excerpt {
    fn new(lines: &Lines, span: Span) -> Self {
        let place = lines.locate(span.start as usize);
        let (text, line) = (lines.text(), lines.line_around(place.offset));
        let start = place.offset.min(line.end);
        let near = |offset: usize| text.floor_char_boundary((offset + LINE_LIMIT).min(line.end));
        let drawn = (start - line.start <= LINE_LIMIT).then(|| {
            let end = text.floor_char_boundary((span.end as usize).clamp(start, near(start)));
            let [before, marked, behind] =
                [line.start..start, start..end, end..near(end)].map(|part| tame(&text[part]));
            let span = before.len()..before.len() + marked.len();
            (before + &marked + &behind, span)
        });
        Self { line: place.line, column: place.column, drawn }
    }
}

/// A part of a line without what a terminal may obey, or show in another width than is counted here: C1
/// controls, line separators, and the wish for a picture (U+FE0F), which becomes one for a sign (U+FE0E).
/// As many characters as before, since they are counted again. The crate sees to other controls.
fn tame(text: &str) -> String {
    let tamed = |c| match c {
        '\u{fe0f}' => '\u{fe0e}',
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(tamed).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::many;
    use super::super::{Format, Printing, print, tests};
    use super::{Code, Diagnostic, LIMIT, LINE_LIMIT, Place, Span};
    use crate::base::path::BookPath;

    fn printed(text: &str, span: std::ops::Range<usize>) -> String {
        let out = tests::printed(text, span, Format::Human);
        // Without the note, which stands at the start of the text.
        out.split("\n  |\nnote").next().unwrap_or_default().split("\n   |\nnote").next().unwrap_or_default().to_owned()
    }

    /// How many columns of a terminal lie between the `| ` and the carets, and how many carets there are.
    fn carets(out: &str) -> (usize, usize) {
        let line =
            out.lines().find(|line| line.trim_end().ends_with('^')).unwrap_or_else(|| panic!("no carets: {out}"));
        let (_, drawn) = line.split_once("| ").expect("a gutter");
        (drawn.find('^').expect("a caret"), drawn.matches('^').count())
    }

    #[test]
    fn carets_stand_under_the_place_whatever_is_in_front_of_it() {
        // The text before the place, and how wide a terminal shows it; a tab is shown as four blanks.
        let table = [
            ("", 0),
            ("plain ", 6),
            ("\u{feff}mark ", 5),
            ("\t", 4),
            ("a\tb\t", 10),
            ("日本", 4),
            ("日本\t", 8),
            ("e\u{301}", 1),
            ("i\u{308}\u{323}x", 2),
            ("🙂 ", 3),
            // Joined by U+200D, which is not shown: three pictures side by side.
            ("👩\u{200d}👩\u{200d}👧", 6),
            ("🇨🇭", 2),
            ("한국어 ", 7),
            ("a\u{2028}b", 3),
            ("\u{9b}31m", 4),
            ("❤\u{fe0f}", 1),
            ("1\u{fe0f}\u{20e3}", 1),
            ("\u{a0}", 1),
        ];
        for (before, width) in table {
            for (lines, end) in [("", ""), ("first\n", "\n"), ("first\r\n", "\r\nlast"), ("first\r", "\rlast")] {
                let (mark, before) =
                    before.strip_prefix('\u{feff}').map_or(("", before), |before| ("\u{feff}", before));
                let text = format!("{mark}{lines}{before}y.md{end}");
                let start = text.find("y.md").unwrap();
                let out = printed(&text, start..start + 4);
                assert_eq!(carets(&out), (width, 4), "{text:?}\n{out}");
                let number = 1 + usize::from(!lines.is_empty());
                let place = format!("--> guide/a.md:{number}:{}", before.chars().count() + 1);
                assert!(out.lines().any(|line| line.trim() == place), "{place}\n{out}");
            }
        }
    }

    #[test]
    fn as_many_carets_as_columns() {
        for (marked, width) in [("日本", 4), ("e\u{301}a", 2), ("\t", 4), ("👩\u{200d}👧", 4)] {
            assert_eq!(carets(&printed(&format!("x{marked}y"), 1..1 + marked.len())), (1, width), "{marked:?}");
        }
    }

    #[test]
    fn an_empty_place_is_one_caret() {
        assert_eq!(carets(&printed("ab\r\ncd", 2..2)), (2, 1));
        assert_eq!(carets(&printed("ab\r\ncd", 3..3)), (2, 1), "inside the line end");
        assert_eq!(carets(&printed("ab", 2..2)), (2, 1));
        assert_eq!(carets(&printed("", 0..0)), (0, 1));
        let behind = printed("ab\n", 3..3);
        assert!(behind.contains("a.md:2:1"), "{behind}");
        assert_eq!(carets(&behind), (0, 1));
    }

    #[test]
    fn a_span_behind_the_end_or_over_lines_is_shown_on_its_first_line() {
        assert_eq!(carets(&printed("ab\ncd", 0..5)), (0, 2));
        assert_eq!(carets(&printed("ab\r\ncd", 1..6)), (1, 1));
        assert_eq!(carets(&printed("ab\rcd", 1..5)), (1, 1));
        assert!(printed("", 7..9).contains("a.md:1:1"));
    }

    #[test]
    fn carets_stay_under_the_place_where_the_line_is_cut_to_fit() {
        for filler in ["é ", "日本語 ", "e\u{301}"] {
            let before = filler.repeat(LINE_LIMIT / filler.len());
            let text = format!("{before}y.md{}", filler.repeat(500));
            let out = printed(&text, before.len()..before.len() + 4);
            let rows: Vec<&str> = out.lines().collect();
            let row = rows.iter().position(|row| row.contains('^')).unwrap_or_else(|| panic!("no carets: {out}"));
            let (shown, _) = rows[row - 1].split_once("y.md").expect("the place is shown");
            let wide = |c: char| if c >= '\u{1100}' { 2 } else { usize::from(c != '\u{301}') };
            let width: usize = shown.chars().map(wide).sum();
            assert_eq!(rows[row].find('^'), Some(width), "{out}");
        }
    }

    #[test]
    fn far_into_a_line_the_place_is_named_and_not_drawn() {
        let out = printed(&format!("{}x", "é ".repeat(500)), 1500..1501);
        assert!(out.contains("--> guide/a.md:1:1001") && !out.contains('^'), "{out}");
    }

    #[test]
    fn no_number_of_notes_hides_an_error() {
        let out = print(&many(LIMIT + 50), &|_| None, &Printing::default());
        assert!(out.contains("error[link/missing-page]: big"), "{out}");
        assert_eq!(out.matches("note[summary/unlisted]").count(), LIMIT - 1);
        let end = "… and 51 more: 51 notes\n  51 summary/unlisted; --format short prints all\n";
        assert!(out.ends_with(end), "{out}");
        let few = print(&many(LIMIT - 1), &|_| None, &Printing::default());
        assert!(!few.contains('…'), "{few}");
    }

    #[test]
    fn what_is_said_of_hundreds_is_shown_three_times() {
        let path = BookPath::new("guide/a.md").unwrap();
        let one = |at: usize, message: &str| {
            Diagnostic::new(Code::SummaryUnlisted, Place::at(&path, Span::new(at..at + 1)), message)
        };
        let mut all: Vec<Diagnostic> = (0..20).map(|at| one(at, "same")).collect();
        all.push(one(20, "other"));
        let out = print(&all, &|_| Some("x".repeat(30).into()), &Printing::default());
        assert_eq!((out.matches(": same\n").count(), out.matches(": other\n").count()), (4, 1), "{out}");
        let end = "… and 17 more like the one at guide/a.md:1:1: note[summary/unlisted]: same\n";
        assert!(out.ends_with(end), "{out}");
    }
}
