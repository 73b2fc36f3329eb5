//! Inline directives to claims, terms and sources.

use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, Thing, catalog};
use crate::markdown::keys::Keys;
use crate::markdown::marks::{Mark, NAMES, Problem};
use crate::model::practice::inline::{Inline, InlineMark, Standing};
use crate::parse::front_matter::is_date;

/// Reads the inline directives of the page at `path`, whose text is `source`. Each has its fact, so that the nth is the
/// nth of the walk; one that cannot be read has none.
pub fn read(path: &BookPath, source: &str, marks: &[Mark], reports: &mut Vec<Diagnostic>) -> Vec<Option<InlineMark>> {
    marks.iter().map(|mark| one(path, source, mark, reports)).collect()
}

fn one(path: &BookPath, source: &str, mark: &Mark, reports: &mut Vec<Diagnostic>) -> Option<InlineMark> {
    let name = mark.name.value.as_str();
    let place = || Place::at(path, mark.name.span);
    if !NAMES.contains(&name) {
        let near = crate::base::nearest::nearest(name, NAMES.iter().copied());
        reports.push(catalog::directive_unknown(place(), name, near, NAMES));
        return None;
    }
    if let Some(problem) = mark.problem {
        reports.push(match problem {
            Problem::InHeading => catalog::mark_misplaced(place(), name, "cannot stand in a heading"),
            Problem::InLink => catalog::mark_misplaced(place(), name, "cannot stand in a link or an image"),
            Problem::HoldsLink => catalog::mark_misplaced(place(), name, "is a link, and cannot hold another"),
            Problem::Crossing => catalog::mark_misplaced(place(), name, "cuts through emphasis"),
            Problem::NoWords => catalog::mark_without_words(place(), name),
            Problem::Apart => {
                let bracket = Span { start: mark.name.span.end, end: mark.words.start - 1 };
                catalog::mark_apart(Place::at(path, bracket), name)
            }
            Problem::Parentheses => {
                let target = source.get(mark.words.end as usize + 2..).unwrap_or("");
                let target = target.split([')', ' ', '\t', '\n', '\r']).next().unwrap_or("");
                catalog::mark_parentheses(place(), name, target, mark.words.end + 2)
            }
        });
        return None;
    }
    let attributes = match &mark.attributes {
        Ok(attributes) => attributes.clone(),
        Err(refused) => {
            reports.push(catalog::directive_syntax(Place::at(path, refused.span), refused.message));
            return None;
        }
    };
    let words = mark.words.slice(source).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        let report = catalog::practice_empty(place(), name, "put words between the brackets");
        reports.push(report.hides([Thing::AnyUse]));
        return None;
    }
    let mut keys = Keys::new(path, name, attributes, reports).about(mark.name.span);
    let inline = match name {
        "claim" => claim(&mut keys, mark),
        "term" => Inline::Term(keys.any_flag().unwrap_or(Spanned::new(words, mark.words))),
        _ => Inline::Reference(keys.any_flag().unwrap_or(Spanned::new(words, mark.words))),
    };
    keys.finish();
    if let Inline::Claim { standing, reference, .. } = &inline {
        match standing {
            None => reports.push(catalog::claim_no_standing(place())),
            Some(Standing::Official) if reference.is_none() => reports.push(catalog::claim_no_source(place())),
            Some(_) => {}
        }
    }
    Some(InlineMark { inline, span: mark.span, words: mark.words })
}

fn claim(keys: &mut Keys<'_>, mark: &Mark) -> Inline {
    let said: Vec<Standing> =
        Standing::NAMES.iter().filter(|name| keys.flag(name)).filter_map(|name| Standing::named(name)).collect();
    if said.len() > 1 {
        keys.report(|path| catalog::claim_two_standings(Place::at(path, mark.name.span)));
    }
    let standing = said.first().copied();
    let reference = keys.text("ref");
    let date = |text: &str| is_date(text).then(|| text.to_owned());
    let checked_on = keys.read("checked_on", "a date such as 2026-11-22", date).map(|date| date.value);
    Inline::Claim { standing, reference, checked_on }
}
