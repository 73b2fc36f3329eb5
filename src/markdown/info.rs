//! The grammar of a code fence's info string: a language, then attributes.
//!
//! ```` ```python title="app.py" file=code/app.py lines=10-32 region=x mark=3,7-9 ins=4 del=5 number run ````
//!
//! What follows the language behind a comma or in braces is other tools' (rustdoc's `rust,ignore`,
//! Docusaurus' `{1,3}`) and is left alone, but for plain line numbers in braces, which mark lines. So are
//! words without a value that are not nearly one of ours.

use super::attributes::{self, Attribute, Refused};
use crate::base::nearest::{distance_within, nearest};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};

/// The attributes that a code fence knows.
pub const KEYS: &[&str] = &["title", "file", "lines", "region", "mark", "ins", "del", "number", "run"];

/// What an info string says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The language token, as written.
    pub language: Option<Spanned<String>>,
    /// A title above the block.
    pub title: Option<String>,
    /// A file of the book to take the code from.
    pub file: Option<Spanned<String>>,
    /// The lines of that file; up to its end where the last is `u32::MAX`.
    pub lines: Option<Spanned<Lines>>,
    /// The region of that file.
    pub region: Option<Spanned<String>>,
    /// Marked lines, by the numbers that are shown.
    pub mark: Option<Spanned<Lines>>,
    /// Inserted lines.
    pub ins: Option<Spanned<Lines>>,
    /// Deleted lines.
    pub del: Option<Spanned<Lines>>,
    /// Whether line numbers are shown.
    pub number: bool,
    /// The number of the first line, where one is given.
    pub first: Option<u32>,
    /// Whether the sample is marked to be run.
    pub run: bool,
}

/// A set of lines: ranges of line numbers from one, both ends included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(pub Vec<(u32, u32)>);

impl Lines {
    /// Reads `3,7-9`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.trim().parse::<u32>().ok().filter(|&number| number > 0);
        let range = |part: &str| match part.split_once('-') {
            Some((first, last)) => Some((number(first)?, number(last)?)).filter(|(first, last)| first <= last),
            None => number(part).map(|line| (line, line)),
        };
        let mut ranges = text.split(',').map(range).collect::<Option<Vec<_>>>()?;
        // In order and without overlap, so that a line is looked up without going through all.
        ranges.sort_unstable();
        ranges.dedup_by(|next, before| {
            let overlap = next.0 <= before.1;
            if overlap {
                before.1 = before.1.max(next.1);
            }
            overlap
        });
        Some(Self(ranges))
    }

    /// Whether `line` is in the set.
    #[must_use]
    pub fn contains(&self, line: u32) -> bool {
        let behind = self.0.partition_point(|&(first, _)| first <= line);
        behind > 0 && line <= self.0[behind - 1].1
    }

    /// The largest line; 0 for the empty set.
    #[must_use]
    pub fn last(&self) -> u32 {
        self.0.last().map_or(0, |&(_, last)| last)
    }
}

/// Reads the info string `text`, which stands at byte `offset` of the file at `path`.
pub fn parse(text: &str, offset: usize, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) -> Info {
    let mut info = Info::default();
    let trimmed = text.trim_start();
    let offset = offset + text.len() - trimmed.len();
    let text = trimmed.trim_end();
    let mut at = text.find(|c: char| c.is_whitespace() || c == ',' || c == '{').unwrap_or(text.len());
    // A first word with an equals sign is an attribute of a block without a language.
    if text[..at].contains('=') {
        at = 0;
    }
    if at > 0 {
        info.language = Some(Spanned::new(text[..at].to_owned(), Span::new(offset..offset + at)));
    }
    if text[at..].starts_with(',') {
        at += text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
    }
    let rest = text[at..].trim_start();
    let mut at = text.len() - rest.len();
    if rest.starts_with('{') {
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        let inner = rest[..end].trim_matches(['{', '}']);
        if let Some(lines) = Lines::parse(inner) {
            info.mark = Some(Spanned::new(lines, Span::new(offset + at..offset + at + end)));
        }
        at += end;
    }
    match attributes::parse(&text[at..], offset + at) {
        Ok(attributes) => {
            let braces = info.mark.as_ref().map(|_| "mark");
            let mut given: Vec<String> = braces.into_iter().map(str::to_owned).collect();
            let has_file = attributes.iter().any(|attribute| attribute.key.value == "file");
            // Behind Rust, words are rustdoc's.
            let is_rust = info.language.as_ref().is_some_and(|language| language.value == "rust");
            // A title without quotes, and how much of it has been read.
            let mut cut: Option<Span> = None;
            for attribute in attributes {
                let key = &attribute.key;
                let is_word = attribute.value.is_none() && !KEYS.contains(&key.value.as_str());
                if let Some(title) = cut.filter(|title| is_word && !is_rust && title.end + 1 == key.span.start) {
                    cut = Some(Span { start: title.start, end: key.span.end });
                    continue;
                }
                report_cut(cut, &info, text, offset, path, diagnostics);
                let is_bare =
                    |value: &&Spanned<String>| key.value == "title" && value.span.range().len() == value.value.len();
                cut = attribute.value.as_ref().filter(is_bare).map(|value| value.span);
                let part = ["region", "lines"].into_iter().find(|part| distance_within(&key.value, part, 1).is_some());
                if let Some(part) =
                    part.filter(|part| has_file && *part != key.value && !KEYS.contains(&key.value.as_str()))
                {
                    diagnostics.push(catalog::code_misspelt_part(Place::at(path, key.span), &key.value, part));
                    continue;
                }
                if given.contains(&key.value) {
                    diagnostics.push(catalog::code_given_twice(Place::at(path, key.span), &key.value));
                    continue;
                }
                if KEYS.contains(&key.value.as_str()) {
                    given.push(key.value.clone());
                }
                read(&mut info, attribute, path, diagnostics);
            }
            report_cut(cut, &info, text, offset, path, diagnostics);
        }
        // Without an equals sign it is a remark in words, as in `rust,ignore (isn't run)`.
        Err(_) if !rest.contains('=') => {}
        Err(Refused { message, span }) => diagnostics.push(catalog::code_syntax(Place::at(path, span), message)),
    }
    if info.file.is_none() {
        for (key, span) in
            [("lines", info.lines.as_ref().map(|l| l.span)), ("region", info.region.as_ref().map(|r| r.span))]
        {
            if let Some(span) = span {
                diagnostics.push(catalog::code_needs_file(Place::at(path, span), key));
            }
        }
    }
    info
}

/// Reports a title that goes on behind what was taken for it.
fn report_cut(
    cut: Option<Span>,
    info: &Info,
    text: &str,
    offset: usize,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((span, title)) = cut.zip(info.title.as_ref()).filter(|(span, title)| span.range().len() > title.len())
    else {
        return;
    };
    let whole = text.get(span.start as usize - offset..span.end as usize - offset).unwrap_or(title);
    diagnostics.push(catalog::code_title_cut(Place::at(path, span), title, whole));
}

fn read(info: &mut Info, attribute: Attribute, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) {
    let place = Place::at(path, attribute.span());
    let Attribute { key, value } = attribute;
    let key_name = key.value.as_str();
    if !KEYS.contains(&key_name) {
        // A word is another tool's (rustdoc's `ignore`, mdBook's `editable`) unless it is nearly ours.
        if value.is_none() && !KEYS.iter().any(|key| distance_within(key_name, key, 1).is_some()) {
            return;
        }
        let near = nearest(key_name, KEYS.iter().copied());
        diagnostics.push(catalog::code_unknown_attribute(Place::at(path, key.span), key_name, near, KEYS));
        return;
    }
    let mut lines = |wanted: &Option<Spanned<String>>| -> Option<Spanned<Lines>> {
        let text = wanted.as_ref()?;
        let lines = Lines::parse(&text.value);
        if lines.is_none() {
            let place = Place::at(path, text.span);
            diagnostics.push(catalog::code_bad_attribute(place, key_name, &text.value, "line numbers such as 3,7-9"));
        }
        Some(Spanned::new(lines?, text.span))
    };
    match (key_name, &value) {
        ("title", Some(text)) => info.title = Some(text.value.clone()),
        ("file", Some(_)) => info.file = value,
        ("region", Some(_)) => info.region = value,
        ("lines", Some(_)) => info.lines = lines(&value),
        ("mark", Some(_)) => info.mark = lines(&value),
        ("ins", Some(_)) => info.ins = lines(&value),
        ("del", Some(_)) => info.del = lines(&value),
        ("number", None) => info.number = true,
        ("number", Some(text)) => {
            info.number = true;
            info.first = text.value.parse().ok().filter(|&first| first > 0);
            if info.first.is_none() {
                let place = Place::at(path, text.span);
                diagnostics.push(catalog::code_bad_attribute(
                    place,
                    key_name,
                    &text.value,
                    "the number of the first line",
                ));
            }
        }
        ("run", None) => info.run = true,
        ("run", Some(text)) => {
            diagnostics.push(catalog::code_bad_attribute(place, key_name, &text.value, "no value: it is a flag"));
        }
        _ => diagnostics.push(catalog::code_bad_attribute(place, key_name, "", "a value, as in title=\"app.py\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Info, Vec<String>) {
        let mut diagnostics = Vec::new();
        let info = parse(text, 3, &BookPath::new("a.md").unwrap(), &mut diagnostics);
        (info, diagnostics.into_iter().map(|d| format!("{}@{}", d.code.name(), d.place.span.unwrap().start)).collect())
    }

    #[test]
    fn language_and_attributes() {
        let (info, problems) = read(r#"python title="a \"b\"" file=x.py lines=10-32 mark=3,7-9 number run"#);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(info.language.unwrap().value, "python");
        assert_eq!(info.title.as_deref(), Some("a \"b\""));
        assert!(info.mark.unwrap().value.contains(8) && info.number && info.run);
    }

    #[test]
    fn what_other_tools_write_is_left_alone() {
        for (text, language) in
            [("rust,ignore,editable", "rust"), ("js {1,3}", "js"), ("python{.line}", "python"), ("sh", "sh")]
        {
            let (info, problems) = read(text);
            assert_eq!((info.language.unwrap().value.as_str(), problems.len()), (language, 0), "{text}");
        }
        for text in ["rust ignore", "rust, editable", "rust,ignore (illustrative)", "rust,ignore (isn't run)"] {
            let (info, problems) = read(text);
            assert_eq!((info.language.unwrap().value.as_str(), problems.len()), ("rust", 0), "{text}");
        }
        assert!(read("js {1,3}").0.mark.unwrap().value.contains(3));
        assert_eq!(read("title=x").0.language, None);
    }

    #[test]
    fn mistakes_have_their_place() {
        assert_eq!(read("py tilte=x").1, ["code/unknown-attribute@6"]);
        assert_eq!(read("py numbr").1, ["code/unknown-attribute@6"]);
        assert_eq!(read("py weird=x").1, ["code/unknown-attribute@6"]);
        assert_eq!(read("py mark=3-1").1, ["code/bad-attribute@11"]);
        assert_eq!(read("py title=\"x").1, ["code/bad-attribute@12"]);
        assert_eq!(read("py lines=1-2").1, ["code/bad-attribute@12"]);
        assert_eq!(read("py title").1, ["code/bad-attribute@6"]);
        assert_eq!(read("py ins=1 ins=2").1, ["code/bad-attribute@12"]);
        assert_eq!(read("py {1} mark=2").1, ["code/bad-attribute@10"]);
        assert_eq!(read("py number number=4").1, ["code/bad-attribute@13"]);
        assert_eq!(read("rust ignore ignore").1, Vec::<String>::new());
    }
}
