//! Characters that nobody can see to those that deceive or mean nothing: controls of the direction of
//! text (CVE-2021-42574, "Trojan Source"), and characters without a width.

use std::borrow::Cow;
use std::ops::Range;

use super::Lints;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, catalog};

/// The characters of `text` that may matter, with their places. Nearly always there are none.
pub fn find(text: &str) -> Vec<(usize, char)> {
    // The first byte of each in UTF-8; the other bytes are never a first one.
    const STARTS: [u8; 6] = [0xc2, 0xe1, 0xe2, 0xe3, 0xef, 0xf3];
    if text.is_ascii() {
        return Vec::new();
    }
    let starts = text.bytes().enumerate().filter(|(_, byte)| STARTS.contains(byte));
    let characters = starts.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)));
    characters.filter(|(_, c)| bidi(*c).is_some() || is_invisible(*c)).collect()
}

/// Reports what `found` has in `text`, of which the sorted ranges `code` are code.
pub fn check(
    text: &str,
    found: &[(usize, char)],
    code: &[Range<usize>],
    path: &BookPath,
    lints: &Lints,
    reports: &mut Vec<Diagnostic>,
) {
    let in_code = |at: usize| {
        let next = code.partition_point(|range| range.start <= at);
        next > 0 && code[next - 1].end > at
    };
    let mut page = Page { text, path, reports, open: Vec::new(), isolates: 0, seen: 0 };
    if lints.bidi {
        for &(at, c) in found.iter().filter(|(_, c)| bidi(*c).is_some()) {
            page.bidi(at, c, in_code(at));
        }
        page.close_all();
    }
    if lints.invisible {
        let mut rest = found;
        while let Some(&(at, _)) = rest.first() {
            let mut end = at;
            let next_to = |(at, c): &&(usize, char)| {
                let joins = *at == end && is_invisible(*c);
                end += c.len_utf8();
                joins
            };
            let count = rest.iter().take_while(next_to).count();
            page.invisible(&rest[..count], in_code(at));
            rest = &rest[count.max(1)..];
        }
    }
}

struct Page<'a> {
    text: &'a str,
    path: &'a BookPath,
    reports: &'a mut Vec<Diagnostic>,
    /// What is open in the paragraph, and how many of it are isolates.
    open: Vec<(usize, char)>,
    isolates: usize,
    /// How far paragraphs have been told apart.
    seen: usize,
}

/// What a control of direction does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bidi {
    Embed,
    Override,
    EndEmbed,
    Isolate,
    EndIsolate,
}

/// The explicit directional formatting characters of the Unicode Bidirectional Algorithm (UAX #9, 2.1-2.4).
fn bidi(c: char) -> Option<Bidi> {
    Some(match c {
        '\u{202a}' | '\u{202b}' => Bidi::Embed,
        '\u{202c}' => Bidi::EndEmbed,
        '\u{202d}' | '\u{202e}' => Bidi::Override,
        '\u{2066}'..='\u{2068}' => Bidi::Isolate,
        '\u{2069}' => Bidi::EndIsolate,
        _ => return None,
    })
}

fn is_invisible(c: char) -> bool {
    let no_width = matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    no_width || is_filler(c) || is_tag(c)
}

fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e007f}')
}

impl Page<'_> {
    fn place(&self, at: usize, c: char) -> crate::diagnostic::Place {
        super::at(self.path, Span::new(at..at + c.len_utf8()))
    }

    /// A control of direction. In code none is right; in prose what is opened is closed in its paragraph,
    /// and nothing turns the letters themselves round.
    fn bidi(&mut self, at: usize, c: char, in_code: bool) {
        let place = self.place(at, c);
        let name = name(c);
        if in_code {
            self.reports.push(catalog::bidi_in_code(place, &name, &format!("\\u{:04x}", c as u32)));
            return;
        }
        if has_blank_line(&self.text[self.seen..at]) {
            self.close_all();
        }
        self.seen = at;
        match bidi(c) {
            Some(Bidi::Embed) => self.open.push((at, c)),
            Some(Bidi::Isolate) => {
                self.open.push((at, c));
                self.isolates += 1;
            }
            Some(Bidi::Override) => {
                self.reports.push(catalog::bidi_override(place, &name));
                self.open.push((at, c));
            }
            Some(Bidi::EndEmbed) => {
                let ends = self.open.pop_if(|(_, c)| bidi(*c) != Some(Bidi::Isolate));
                if ends.is_none() {
                    self.reports.push(catalog::bidi_unopened(place, &name));
                }
            }
            Some(Bidi::EndIsolate) if self.isolates == 0 => {
                self.reports.push(catalog::bidi_unopened(place, &name));
            }
            Some(Bidi::EndIsolate) => {
                let isolate = self.open.iter().rposition(|(_, c)| bidi(*c) == Some(Bidi::Isolate));
                self.unclosed(isolate.map_or(0, |index| index + 1));
                self.open.pop();
                self.isolates -= 1;
            }
            None => {}
        }
    }

    fn close_all(&mut self) {
        self.unclosed(0);
        self.isolates = 0;
    }

    /// Reports what is open from number `from` on.
    fn unclosed(&mut self, from: usize) {
        for (at, c) in self.open.split_off(from) {
            let closing = match bidi(c) {
                Some(Bidi::Isolate) => '\u{2069}',
                Some(Bidi::Embed) => '\u{202c}',
                // Reported where it is.
                _ => continue,
            };
            self.reports.push(catalog::bidi_unclosed(self.place(at, c), &name(c), &name(closing)));
        }
    }

    /// Characters without a width that stand next to each other.
    fn invisible(&mut self, run: &[(usize, char)], in_code: bool) {
        let (Some(&(start, first)), Some(&(last, end))) = (run.first(), run.last()) else { return };
        let end = last + end.len_utf8();
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].chars().next();
        let deceives = |&(at, c): &(usize, char)| match c {
            // A mark of byte order.
            '\u{feff}' => at > 0,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => in_code,
            // Emoji and many scripts need joiners, and some have no other place to break a line.
            '\u{200b}'..='\u{200d}' => [before, after].into_iter().flatten().all(|c| c.is_ascii()),
            // The flags of England, Scotland and Wales.
            _ if is_tag(c) => before != Some('\u{1f3f4}') || !self.text[..end].ends_with('\u{e007f}'),
            _ => true,
        };
        if run.iter().any(deceives) {
            let place = super::at(self.path, Span::new(start..end));
            self.reports.push(catalog::text_invisible(place, &name(first), run.len(), in_code));
        }
    }
}

/// Whether there is a line of nothing but white space and marks of quotes between two characters.
fn has_blank_line(between: &str) -> bool {
    let mut lines = between.split('\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some() && line.trim_matches([' ', '\t', '\r', '>']).is_empty() {
            return true;
        }
    }
    false
}

/// `U+202E (RIGHT-TO-LEFT OVERRIDE)`.
fn name(c: char) -> String {
    let name: Cow<'_, str> = match c {
        '\u{ad}' => "SOFT HYPHEN".into(),
        '\u{115f}' => "HANGUL CHOSEONG FILLER".into(),
        '\u{1160}' => "HANGUL JUNGSEONG FILLER".into(),
        '\u{200b}' => "ZERO WIDTH SPACE".into(),
        '\u{200c}' => "ZERO WIDTH NON-JOINER".into(),
        '\u{200d}' => "ZERO WIDTH JOINER".into(),
        '\u{202a}' => "LEFT-TO-RIGHT EMBEDDING".into(),
        '\u{202b}' => "RIGHT-TO-LEFT EMBEDDING".into(),
        '\u{202c}' => "POP DIRECTIONAL FORMATTING".into(),
        '\u{202d}' => "LEFT-TO-RIGHT OVERRIDE".into(),
        '\u{202e}' => "RIGHT-TO-LEFT OVERRIDE".into(),
        '\u{2060}' => "WORD JOINER".into(),
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE".into(),
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE".into(),
        '\u{2068}' => "FIRST STRONG ISOLATE".into(),
        '\u{2069}' => "POP DIRECTIONAL ISOLATE".into(),
        '\u{3164}' => "HANGUL FILLER".into(),
        '\u{feff}' => "ZERO WIDTH NO-BREAK SPACE".into(),
        '\u{ffa0}' => "HALFWIDTH HANGUL FILLER".into(),
        '\u{e007f}' => "CANCEL TAG".into(),
        // Tag characters repeat ASCII; letters are what hidden instructions are written in.
        '\u{e0041}'..='\u{e005a}' => format!("TAG LATIN CAPITAL LETTER {}", ascii(c)).into(),
        '\u{e0061}'..='\u{e007a}' => format!("TAG LATIN SMALL LETTER {}", ascii(c).to_ascii_uppercase()).into(),
        _ => "a tag character".into(),
    };
    format!("U+{:04X} ({name})", c as u32)
}

/// The character that a tag character repeats.
fn ascii(tag: char) -> char {
    char::from_u32(tag as u32 - 0xe0000).unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of what is reported; `code` is where code stands.
    fn reported(text: &str, code: Range<usize>) -> Vec<String> {
        let path = BookPath::new("a.md").unwrap();
        let mut reports = Vec::new();
        check(text, &find(text), &[code], &path, &Lints::default(), &mut reports);
        reports.into_iter().map(|report| report.message.split(" (").next().unwrap_or("").to_owned()).collect()
    }

    fn prose(text: &str) -> Vec<String> {
        reported(text, 0..0)
    }

    fn code(text: &str) -> Vec<String> {
        reported(text, 0..text.len())
    }

    #[test]
    fn what_is_opened_in_prose_is_closed_in_its_paragraph() {
        assert_eq!(prose("a \u{2067}ש\u{2069} b \u{202b}ש\u{202c} c \u{2068}\n> ש\u{2069}"), [] as [&str; 0]);
        assert_eq!(prose("a \u{2067}ש\n\nb\u{2069}"), ["U+2067", "U+2069"]);
        assert_eq!(prose("\u{2068}a\n> \n> b\u{202c}"), ["U+2068", "U+202C"]);
        assert_eq!(prose("\u{2067}\u{202a}a\u{2069}\u{202c}"), ["U+202A", "U+202C"]);
        assert_eq!(prose("\u{202e}abc\u{202c}"), ["U+202E"]);
        assert_eq!(prose("\u{2066}a\r\nb\u{2069}\r\n\r\n\u{2066}c"), ["U+2066"]);
    }

    #[test]
    fn in_code_no_control_of_direction_is_right() {
        assert_eq!(code("\u{2067}ש\u{2069}"), ["U+2067", "U+2069"]);
        assert_eq!(reported("\u{2067}`\u{202e}`\u{2069}", 3..8), ["U+202E"]);
    }

    #[test]
    fn joiners_and_breaks_of_other_scripts_are_let_be() {
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}💻", "ไทย\u{200b}ภาษา", "so\u{ad}ft", "\u{feff}# A"]
        {
            assert_eq!(prose(text), [] as [&str; 0], "{text}");
        }
        let england = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
        assert_eq!(prose(england), [] as [&str; 0]);
    }

    #[test]
    fn what_means_nothing_is_reported_once_for_each_run() {
        assert_eq!(prose("a\u{200b}b\u{200d} c"), ["U+200B", "U+200D"]);
        assert_eq!(prose("a\u{feff}b"), ["U+FEFF"]);
        assert_eq!(prose("é\u{2060}ü"), ["U+2060"]);
        assert_eq!(prose("x\u{e0041}\u{e0042}"), ["2 characters stand here that nobody can see; the first is U+E0041"]);
        assert_eq!(code("a\u{ad}b \u{3164}"), ["U+00AD", "U+3164"]);
        assert_eq!(prose("\u{3164}"), [] as [&str; 0]);
    }

    #[test]
    fn names_are_unicodes() {
        assert_eq!(name('\u{e0061}'), "U+E0061 (TAG LATIN SMALL LETTER A)");
        assert_eq!(name('\u{202e}'), "U+202E (RIGHT-TO-LEFT OVERRIDE)");
        for c in ('\u{0}'..='\u{e0fff}').filter(|c| (bidi(*c).is_some() || is_invisible(*c)) && !is_tag(*c)) {
            assert!(!name(c).contains("a tag"), "{}", name(c));
        }
    }
}
