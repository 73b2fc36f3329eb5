//! A title and authors to a cover, drawn as the books of a series are: a band, a sign, and the title set as large as it fits.

use std::fmt::Write as _;

use super::write::escaped;
use crate::model::strings::Direction;

/// What stands on a cover.
pub struct Cover<'a> {
    /// The book's title.
    pub title: &'a str,
    /// Its authors.
    pub authors: &'a str,
    /// Which way it is written.
    pub direction: Direction,
}

const WIDTH: u32 = 1600;
const HEIGHT: u32 = 2400;

/// The band at the side, and the margins of the text.
const BAND: u32 = 260;
const MARGIN: u32 = 110;

/// From one line to the next, in hundredths of the size of the letters.
const LEADING: u32 = 118;

const INK: &str = "#1e2126";
const PAPER: &str = "#fdfcf9";
const RUBRIC: &str = "#a1331b";

/// The cover as SVG.
#[must_use]
pub fn cover(cover: &Cover<'_>) -> String {
    let room = WIDTH - BAND - 2 * MARGIN;
    let (size, lines) = set(cover.title, room);
    let is_rtl = cover.direction == Direction::Rtl;
    let (band, text) = if is_rtl { (WIDTH - BAND, WIDTH - BAND - MARGIN) } else { (0, BAND + MARGIN) };
    let direction = if is_rtl { " direction=\"rtl\"" } else { "" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\"{direction}>\n\
         <title>{}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{PAPER}\"/>\n\
         <rect x=\"{band}\" width=\"{BAND}\" height=\"{HEIGHT}\" fill=\"{RUBRIC}\"/>\n\
         <path transform=\"translate({band} 180) scale(.5)\" fill=\"{PAPER}\" \
         d=\"M372 112H226a92 92 0 0 0 0 184h22v104h40V152h28v248h40V152h16z\"/>\n\
         <g font-family=\"Georgia, 'Noto Serif', serif\" fill=\"{INK}\">\n",
        escaped(cover.title),
    );
    let mut y = 420 + size;
    for line in &lines {
        let _ = writeln!(
            out,
            "<text x=\"{text}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"700\">{}</text>",
            escaped(line)
        );
        y += size * LEADING / 100;
    }
    let rule = if is_rtl { text - 240 } else { text };
    let _ = writeln!(out, "<rect x=\"{rule}\" y=\"{}\" width=\"240\" height=\"14\" fill=\"{RUBRIC}\"/>", y - size / 2);
    let (size, mut lines) = (56, broken(cover.authors, 56, room));
    lines.truncate(12);
    let mut y = HEIGHT - 180 - size * LEADING / 100 * u32::try_from(lines.len().saturating_sub(1)).unwrap_or(0);
    for line in &lines {
        let _ = writeln!(out, "<text x=\"{text}\" y=\"{y}\" font-size=\"{size}\">{}</text>", escaped(line));
        y += size * LEADING / 100;
    }
    out += "</g>\n</svg>\n";
    out
}

/// The largest letters in which a title fits, and its lines.
fn set(title: &str, room: u32) -> (u32, Vec<String>) {
    const SIZES: [u32; 6] = [190, 160, 135, 110, 90, 70];
    let fits = |size: u32, lines: &[String]| {
        let longest = title.split_whitespace().map(|word| width(word, size)).max().unwrap_or(0);
        longest <= room && size * LEADING / 100 * u32::try_from(lines.len()).unwrap_or(u32::MAX / 1000) <= 1300
    };
    let set = SIZES.map(|size| (size, broken(title, size, room)));
    let [.., (smallest, lines)] = &set;
    let last = (*smallest, lines.iter().take(15).cloned().collect());
    set.into_iter().find(|(size, lines)| fits(*size, lines)).unwrap_or(last)
}

/// A text in lines of at most `room`, between words where that is possible.
fn broken(text: &str, size: u32, room: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(String::new()),
        }
        let line = lines.last_mut().expect("there is one");
        if line.is_empty() {
            let mut part = String::new();
            for c in word.chars() {
                if !part.is_empty() && width(&part, size) + width(c.encode_utf8(&mut [0; 4]), size) > room {
                    lines.insert(lines.len() - 1, std::mem::take(&mut part));
                }
                part.push(c);
            }
            *lines.last_mut().expect("there is one") = part;
        }
    }
    lines
}

/// About how wide a text is: the letters of an alphabet a little more than half as wide as high, those of Chinese, Japanese and
/// Korean as wide as high.
fn width(text: &str, size: u32) -> u32 {
    text.chars().map(|c| if c >= '\u{2e80}' { size } else { size * 54 / 100 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_set_as_large_as_they_fit() {
        let (size, lines) = set("Amazon Security Engineer Interview Handbook", 1120);
        assert_eq!((size, lines.join("|").as_str()), (190, "Amazon|Security|Engineer|Interview|Handbook"));
        let (size, lines) = set(&"word ".repeat(200), 1120);
        assert_eq!((size, lines.len()), (70, 15));
        let (_, lines) = set(&"面".repeat(30), 1120);
        assert!(lines.len() > 1 && lines.concat() == "面".repeat(30), "{lines:?}");
        assert_eq!(broken("", 70, 1120), [] as [&str; 0]);
    }
}
