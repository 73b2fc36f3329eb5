//! The headings of one page, included ones in their place, to what is wrong with their levels. Raw HTML's
//! count, since a reader's browser makes no difference.

use super::Resolver;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Code, Diagnostic, Level, Place, catalog};
use crate::model::book::Page;

/// Checks the headings of `page`. The first may be of any level: the page's title may stand in its front
/// matter, or be its file's name. Down, no level may be skipped; up, any (WCAG 2.2, technique H42, shows
/// such an outline, and axe-core's rule `heading-order` asks for it).
pub fn check(resolver: &Resolver<'_>, page: &Page, reports: &mut Vec<Diagnostic>) {
    let on = |code| resolver.config.level(code) != Level::Off;
    let (skipped, second) = (on(Code::HeadingSkippedLevel), on(Code::HeadingSecondTitle));
    if !skipped && !second {
        return;
    }
    let mut headings = Vec::new();
    collect(resolver, page, 0, &mut headings);
    let place = |(_, path, span): &(u8, &BookPath, Span)| Place::at(path, *span);
    let title = headings.iter().find(|(level, ..)| *level == 1);
    for pair in headings.windows(2) {
        let (before, heading) = (&pair[0], &pair[1]);
        if skipped && heading.0 > before.0 + 1 {
            reports.push(catalog::heading_skipped_level(place(heading), heading.0, before.0, place(before)));
        }
        if let Some(title) = title.filter(|title| second && heading.0 == 1 && *title != heading) {
            reports.push(catalog::heading_second_title(place(heading), place(title)));
        }
    }
}

/// What stands at a place of a document.
enum Part {
    Heading(u8, Span),
    Included(usize),
}

fn collect<'a>(resolver: &Resolver<'a>, page: &Page, number: usize, headings: &mut Vec<(u8, &'a BookPath, Span)>) {
    let Some(document) = page.documents.get(number) else { return };
    let source = document.source.0 as usize;
    let (path, parsed) = (&resolver.sources.pages[source].path, &resolver.parsed[source]);
    let own = parsed.headings.iter().map(|heading| (heading.span.start, Part::Heading(heading.level, heading.span)));
    let html = parsed.html_headings.iter().map(|&(level, span)| (span.start, Part::Heading(level, span)));
    let included = document.includes.iter().map(|(&directive, &number)| {
        (parsed.fences[parsed.directives[directive].open].span.start, Part::Included(number))
    });
    let mut parts: Vec<(u32, Part)> = own.chain(html).chain(included).collect();
    parts.sort_by_key(|(start, _)| *start);
    for (_, part) in parts {
        match part {
            Part::Heading(level, span) => headings.push((level, path, span)),
            Part::Included(number) => collect(resolver, page, number, headings),
        }
    }
}
