//! Texts to estimated widths, wrapped lines, and characters that are safe in XML.

use super::shapes::Length;

/// The size of names, labels and titles in CSS pixels.
pub(super) const SIZE: Length = 13;

/// The distance between two lines of text, in tenths.
pub(super) const LINE: Length = 155;

/// How wide a text is, in tenths of a pixel, at [`SIZE`]. Fonts differ, so this leans to the wide side.
pub(super) fn width(text: &str) -> Length {
    text.chars().map(char_width).fold(0, Length::saturating_add).min(LONGEST)
}

/// No text is measured as longer than this, so that sums stay within bounds.
const LONGEST: Length = 1_000_000;

/// Bold text against plain text, in hundredths.
pub(super) const BOLD: Length = 116;

/// Thousandths of an em by class of character, times the size.
fn char_width(c: char) -> Length {
    let thousandths = match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}' => 310,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '"' | '`' => 390,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '\u{2014}' | '\u{2026}' => 930,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '~' | '#' => 700,
        '!'..='~' => 590,
        _ if is_joined(c) => 0,
        _ if is_wide(c) => 1180,
        '\0'..='\u{24f}' => 620,
        _ => 720,
    };
    thousandths * SIZE / 100
}

/// Characters that stand on the one before: marks, joiners, selectors.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x64b..=0x65f | 0x200b..=0x200f
        | 0x202a..=0x202e | 0x2060..=0x2064 | 0x2066..=0x2069 | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f
        | 0xfeff | 0x1f3fb..=0x1f3ff | 0xe0000..=0xe01ef)
}

/// Scripts that fill a square, between whose characters a line may end.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xa960..=0xa97f | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd)
}

/// A text in at most `most` lines, none wider than `room`. What does not fit ends in an ellipsis.
pub(super) fn wrap(text: &str, room: Length, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut wide = 0;
    for (spaced, piece) in pieces(text) {
        let own = width(piece);
        let gap = if spaced && !line.is_empty() { char_width(' ') } else { 0 };
        if !line.is_empty() && wide + gap + own > room {
            if lines.len() + 1 >= most {
                // The rest goes onto the last line all the same, to be cut there.
                line.push_str(if spaced { " " } else { "" });
                line.push_str(piece);
                break;
            }
            lines.push(cut(&line, room));
            line.clear();
            wide = 0;
        }
        if gap > 0 && !line.is_empty() {
            line.push(' ');
            wide += gap;
        }
        line.push_str(piece);
        wide += own;
    }
    if !line.is_empty() && most > 0 {
        lines.push(cut(&line, room));
    }
    lines
}

/// Whether [`wrap`] showed all of the text.
pub(super) fn is_whole(text: &str, lines: &[String]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    letters(text) == lines.iter().map(|line| letters(line)).sum::<usize>()
        && (text.ends_with('\u{2026}') || !lines.iter().any(|line| line.ends_with('\u{2026}')))
}

/// The pieces that stay on one line, each with whether a space goes before it.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let mut start = 0;
        let mut spaced = true;
        let mut before = None;
        for (at, c) in word.char_indices() {
            let breaks =
                before.is_some_and(|b| is_wide(b) && is_wide(c) || matches!(b, '/' | '-' | '_') && at - start > 3);
            if breaks {
                found.push((spaced, &word[start..at]));
                start = at;
                spaced = false;
            }
            if !is_joined(c) {
                before = Some(c);
            }
        }
        found.push((spaced, &word[start..]));
    }
    found
}

/// The line, or as much of it as fits with an ellipsis.
fn cut(line: &str, room: Length) -> String {
    if width(line) <= room {
        return line.to_owned();
    }
    let mut left = room - char_width('\u{2026}');
    let mut kept = String::new();
    for c in line.chars() {
        left -= char_width(c);
        if left < 0 {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('\u{2026}');
    kept
}

/// Appends a text to XML, as content or within double quotes. What XML forbids becomes a replacement character.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}
