//! Code that a fence takes from a file: the lines or the region, and the caption that leads to it.

use std::borrow::Cow;

use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::markdown::info::Info;
use crate::markdown::rustdoc;
use crate::model::book::{MAX_TAKEN_IN, Page};
use crate::model::parsed::{Sample, included};
use crate::model::strings::Strings;
use crate::model::view::{Caption, SampleView};

use super::Resolver;
use super::lines::{Lines, Region, marker};

/// Resolves a fenced code block of the file at `file` on `page`, which has `room` for so much code from files.
pub fn sample(
    resolver: &Resolver<'_>,
    page: &Page,
    file: &BookPath,
    sample: &Sample,
    room: &mut usize,
    reports: &mut Vec<Diagnostic>,
) -> SampleView {
    let info = &sample.info;
    let title = info.title.clone().map(|text| Caption { text, href: None });
    let Some(named) = &info.file else {
        return SampleView { first_line: info.first.unwrap_or(1), caption: title, ..SampleView::default() };
    };
    let Some((path, part)) = from_file(resolver, file, sample, named, reports) else {
        return SampleView { first_line: 1, caption: title, ..SampleView::default() };
    };
    let Some(left) = room.checked_sub(part.text.len()) else {
        reports.push(catalog::code_too_much(Place::at(file, named.span), &named.value, MAX_TAKEN_IN));
        return SampleView { first_line: 1, caption: title, ..SampleView::default() };
    };
    *room = left;
    check_marks(info, &part, file, reports);
    let first = part.first;
    let href = resolver.book.listings.get(path).map(|listing| {
        let href = listing.url.href_from(&page.url);
        if part.whole { href } else { format!("{href}#L{first}") }
    });
    let caption = Some(Caption {
        text: title.map_or_else(|| part.describe(&named.value, resolver.strings), |title| title.text),
        href,
    });
    SampleView { text: Some(part.text), first_line: info.first.unwrap_or(first), gaps: part.gaps, caption }
}

/// Code that a block shows of a file.
pub struct Taken<'a> {
    /// The file.
    pub path: &'a BookPath,
    /// The code.
    pub text: String,
    /// The number of each of its lines in the file.
    pub lines: Vec<u32>,
}

/// The code that a block of the file at `file` takes from another; `None` where it takes none, or cannot.
pub fn taken<'a>(
    resolver: &Resolver<'a>,
    file: &BookPath,
    sample: &Sample,
    reports: &mut Vec<Diagnostic>,
) -> Option<Taken<'a>> {
    let (path, part) = from_file(resolver, file, sample, sample.info.file.as_ref()?, reports)?;
    let number = |index: u32| {
        let behind = part.gaps.partition_point(|&(at, _)| at <= index);
        part.first + index + behind.checked_sub(1).map_or(0, |gap| part.gaps[gap].1)
    };
    let lines = (0..).zip(part.text.lines()).map(|(index, _)| number(index)).collect();
    Some(Taken { path, text: part.text, lines })
}

/// The file that is named, and the part of it that is shown.
fn from_file<'a>(
    resolver: &Resolver<'a>,
    file: &BookPath,
    sample: &Sample,
    named: &Spanned<String>,
    reports: &mut Vec<Diagnostic>,
) -> Option<(&'a BookPath, Part)> {
    let place = Place::at(file, named.span);
    let Some(path) = included(file, &resolver.config.src, &named.value) else {
        // On Windows also what has a colon leads out.
        let meant = part_in_path(resolver, file, &named.value, &place);
        reports.push(meant.unwrap_or_else(|| catalog::code_outside_book(place, &named.value)));
        return None;
    };
    let Some((path, source)) = resolver.references.texts.get_key_value(&path) else {
        if resolver.references.unreadable.contains(&path) {
            return None;
        }
        reports.push(missing(resolver, file, &path, &named.value, place));
        return None;
    };
    let part = part(resolver.lines.of(source), sample, file, &named.value, reports)?;
    Some((path, part))
}

/// The file at `path`, as it is `written`, is not there.
fn missing(resolver: &Resolver<'_>, file: &BookPath, path: &BookPath, written: &str, place: Place) -> Diagnostic {
    part_in_path(resolver, file, written, &place).unwrap_or_else(|| {
        let near = resolver.near_file(path, written).map(|near| near.relative_to(&file.parent()));
        catalog::code_missing_file(place, written, near.as_deref())
    })
}

/// What is written names a part of a file behind its path, as other programs have it.
fn part_in_path(resolver: &Resolver<'_>, file: &BookPath, written: &str, place: &Place) -> Option<Diagnostic> {
    let (base, part) = written.rsplit_once(['#', ':'])?;
    let base = included(file, &resolver.config.src, base).filter(|base| resolver.book.files.contains_key(base))?;
    Some(catalog::code_part_in_path(place.clone(), written, &base.relative_to(&file.parent()), part))
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
    fn describe(&self, name: &str, strings: &Strings) -> String {
        let (first, last) = (self.first.to_string(), self.last.to_string());
        match (self.whole, self.first == self.last) {
            (true, _) => name.to_owned(),
            (false, true) => strings.fill("file_line", &[("file", name), ("line", &first)]),
            (false, false) => strings.fill("file_lines", &[("file", name), ("first", &first), ("last", &last)]),
        }
    }
}

fn part(
    lines: &Lines<'_>,
    sample: &Sample,
    file: &BookPath,
    name: &str,
    reports: &mut Vec<Diagnostic>,
) -> Option<Part> {
    let info = &sample.info;
    let (mut from, mut to) = (0, lines.all.len());
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
    let shown = |line| match marker(line) {
        Some(_) => None,
        None if sample.is_rustdoc => rustdoc::shown(line),
        None => Some(Cow::Borrowed(line)),
    };
    while from < to && shown(lines.all[from]).is_none() {
        from += 1;
    }
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let mut text = String::new();
    let mut gaps = Vec::new();
    let (mut count, mut left_out) = (0, 0);
    for line in &lines.all[from..to] {
        let Some(line) = shown(line) else {
            left_out += 1;
            gaps.pop_if(|&mut (at, _)| at == count);
            gaps.push((count, left_out));
            continue;
        };
        count += 1;
        text.push_str(&line);
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
    lines: &Lines<'_>,
    wanted: &Spanned<String>,
    file: &BookPath,
    name: &str,
    reports: &mut Vec<Diagnostic>,
) -> Option<(usize, usize)> {
    let place = Place::at(file, wanted.span);
    let Some(Region { start, end }) = lines.region(&wanted.value) else {
        let all = lines.region_names();
        let near = nearest(&wanted.value, all.iter().copied());
        reports.push(catalog::code_missing_region(place, &wanted.value, name, near, &all));
        return None;
    };
    let Some(end) = end else {
        reports.push(catalog::code_unclosed_region(place, &wanted.value, name));
        return None;
    };
    Some((start, end))
}

/// Marked lines must be lines of the code, by the numbers that are shown.
fn check_marks(info: &Info, part: &Part, file: &BookPath, reports: &mut Vec<Diagnostic>) {
    let count = u32::try_from(part.text.lines().count()).unwrap_or(u32::MAX);
    let left_out = part.gaps.last().map_or(0, |&(_, left_out)| left_out);
    let first = info.first.unwrap_or(part.first);
    let last = first.saturating_add(count.max(1) - 1).saturating_add(left_out);
    for (key, lines) in [("mark", &info.mark), ("ins", &info.ins), ("del", &info.del)] {
        if let Some(lines) = lines.as_ref().filter(|lines| lines.value.last() > last) {
            reports.push(catalog::code_bad_lines(Place::at(file, lines.span), key, last as usize));
        } else if let Some(lines) =
            lines.as_ref().filter(|lines| !(first..=last).any(|line| lines.value.contains(line)))
        {
            reports.push(catalog::code_marks_nothing(Place::at(file, lines.span), key, first, last));
        }
    }
}
