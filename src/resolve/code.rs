//! Code that a fence takes from a file: the lines or the region, and the caption that leads to it.

use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::info::Info;
use crate::markdown::plain;
use crate::model::book::Page;
use crate::model::parsed::{Sample, included};
use crate::model::view::{Caption, SampleView};

use super::Resolver;

/// Resolves a fenced code block of the file at `file` on `page`.
pub fn sample(
    resolver: &Resolver<'_>,
    page: &Page,
    file: &BookPath,
    sample: &Sample,
    reports: &mut Vec<Diagnostic>,
) -> SampleView {
    let info = &sample.info;
    let title = info.title.clone().map(|text| Caption { text, href: None });
    let Some(named) = &info.file else {
        return SampleView { first_line: info.first.unwrap_or(1), caption: title, ..SampleView::default() };
    };
    let place = Place::at(file, named.span);
    let Some(path) = included(file, &resolver.config.src, &named.value) else {
        reports.push(catalog::code_outside_book(place, &named.value));
        return SampleView { first_line: 1, caption: title, ..SampleView::default() };
    };
    let Some((path, source)) = resolver.references.texts.get_key_value(&path) else {
        if resolver.references.unreadable.contains(&path) {
            return SampleView { first_line: 1, caption: title, ..SampleView::default() };
        }
        let folder = file.parent();
        let names: Vec<String> = resolver.book.files.keys().map(|path| path.relative_to(&folder)).collect();
        reports.push(catalog::code_missing_file(
            place,
            &named.value,
            nearest(&named.value, names.iter().map(String::as_str)),
        ));
        return SampleView { first_line: 1, caption: title, ..SampleView::default() };
    };
    let text = plain::line_feeds(source.text.trim_start_matches('\u{feff}'));
    let lines: Vec<&str> = text.lines().collect();
    let Some(part) = part(&lines, info, file, &named.value, reports) else {
        return SampleView { first_line: 1, caption: title, ..SampleView::default() };
    };
    check_marks(info, &part, file, reports);
    let first = part.first;
    let href = resolver.book.listings.get(path).map(|listing| {
        let href = listing.url.href_from(&page.url);
        if part.whole { href } else { format!("{href}#L{first}") }
    });
    let caption = Some(Caption { text: title.map_or_else(|| part.describe(&named.value), |title| title.text), href });
    SampleView { text: Some(part.text), first_line: info.first.unwrap_or(first), gaps: part.gaps, caption }
}

/// Some lines of a file.
struct Part {
    text: String,
    /// The number of the first line in the file.
    first: u32,
    last: u32,
    whole: bool,
    /// As in [`SampleView`].
    gaps: Vec<(u32, u32)>,
}

impl Part {
    fn describe(&self, name: &str) -> String {
        match (self.whole, self.first == self.last) {
            (true, _) => name.to_owned(),
            (false, true) => format!("{name}, line {}", self.first),
            (false, false) => format!("{name}, lines {}-{}", self.first, self.last),
        }
    }
}

fn part(lines: &[&str], info: &Info, file: &BookPath, name: &str, reports: &mut Vec<Diagnostic>) -> Option<Part> {
    let (mut from, mut to) = (0, lines.len());
    if let Some(wanted) = &info.region {
        (from, to) = region(lines, wanted, file, name, reports)?;
    }
    if let Some(wanted) = &info.lines {
        let [(first, last)] = wanted.value.0[..] else {
            reports.push(catalog::code_lines_not_one_range(Place::at(file, wanted.span)));
            return None;
        };
        if last as usize > to && last != u32::MAX {
            reports.push(catalog::code_bad_lines(Place::at(file, wanted.span), "lines", to));
            return None;
        }
        from = from.max(first as usize - 1);
        to = to.min(last as usize);
    }
    // The comments that mark regions are for the build, not for the reader: they are taken out, and the
    // numbers of the lines behind them stay those of the file.
    while from < to && marker(lines[from]).is_some() {
        from += 1;
    }
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let mut text = String::new();
    let mut gaps = Vec::new();
    let (mut shown, mut left_out) = (0, 0);
    for line in &lines[from..to] {
        if marker(line).is_some() {
            left_out += 1;
            gaps.retain(|&(at, _)| at != shown);
            gaps.push((shown, left_out));
            continue;
        }
        shown += 1;
        text.push_str(line);
        text.push('\n');
    }
    Some(Part {
        text,
        first: number(from + 1),
        last: number(to),
        whole: info.region.is_none() && info.lines.is_none(),
        gaps,
    })
}

/// The lines between `region NAME` and `endregion NAME`.
fn region(
    lines: &[&str],
    wanted: &Spanned<String>,
    file: &BookPath,
    name: &str,
    reports: &mut Vec<Diagnostic>,
) -> Option<(usize, usize)> {
    let place = Place::at(file, wanted.span);
    let start = lines.iter().position(|line| marker(line) == Some(Marker::Start(&wanted.value)));
    let Some(start) = start else {
        let names = lines.iter().filter_map(|line| match marker(line) {
            Some(Marker::Start(name)) => Some(name),
            _ => None,
        });
        reports.push(catalog::code_missing_region(place, &wanted.value, name, nearest(&wanted.value, names)));
        return None;
    };
    // An end without a name closes the innermost region.
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        match marker(line) {
            Some(Marker::End(Some(name))) if name == wanted.value => return Some((start + 1, index)),
            Some(Marker::End(None)) if depth == 0 => return Some((start + 1, index)),
            Some(Marker::Start(_)) => depth += 1,
            Some(Marker::End(_)) => depth = depth.saturating_sub(1),
            None => {}
        }
    }
    reports.push(catalog::code_unclosed_region(place, &wanted.value, name));
    None
}

#[derive(Debug, PartialEq, Eq)]
enum Marker<'a> {
    Start(&'a str),
    End(Option<&'a str>),
}

/// A comment line that starts or ends a region: `# region x`, `//#region x`, `<!-- region: x -->`, or
/// mdBook's `ANCHOR: x` and `ANCHOR_END: x`.
fn marker(line: &str) -> Option<Marker<'_>> {
    let text = line.trim();
    let comment = text.trim_start_matches(['/', '#', '-', '<', '!', '*', ';', '%', ' ', '\t']);
    if comment.len() == text.len() {
        return None;
    }
    let comment = comment.trim_end_matches(['>', '-', '*', '/', ' ', '\t']);
    let (word, rest) = comment.split_at(comment.find([' ', ':']).unwrap_or(comment.len()));
    let name = rest.trim_start_matches([':', ' ']);
    let one_word = !name.is_empty() && !name.contains(char::is_whitespace);
    match word {
        "region" | "ANCHOR" if one_word => Some(Marker::Start(name)),
        "endregion" | "ANCHOR_END" if one_word => Some(Marker::End(Some(name))),
        "endregion" if name.is_empty() => Some(Marker::End(None)),
        _ => None,
    }
}

/// Marked lines must be lines of the code, by the numbers that are shown.
fn check_marks(info: &Info, part: &Part, file: &BookPath, reports: &mut Vec<Diagnostic>) {
    let count = u32::try_from(part.text.lines().count()).unwrap_or(u32::MAX);
    let left_out = part.gaps.last().map_or(0, |&(_, left_out)| left_out);
    let last = info.first.unwrap_or(part.first) + count.max(1) - 1 + left_out;
    for (key, lines) in [("mark", &info.mark), ("ins", &info.ins), ("del", &info.del)] {
        if let Some(lines) = lines.as_ref().filter(|lines| lines.value.last() > last) {
            reports.push(catalog::code_bad_lines(Place::at(file, lines.span), key, last as usize));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Marker, marker};

    #[test]
    fn region_comments_of_many_languages() {
        for line in
            ["# region x", "    //#region x", "<!-- region: x -->", "-- region x", "/* region x */", "// ANCHOR: x"]
        {
            assert_eq!(marker(line), Some(Marker::Start("x")), "{line}");
        }
        assert_eq!(marker("# endregion x"), Some(Marker::End(Some("x"))));
        assert_eq!(marker("//#endregion"), Some(Marker::End(None)));
        for line in ["region x", "# region of interest here", "# regional x", "x = 1  # region y", ""] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
