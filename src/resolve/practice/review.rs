//! Code reviews: where each finding stands in the sample, and the fixed version.

use std::cell::OnceCell;

use serde_json::{Value, json};

use super::{Context, around};
use crate::base::nearest::Nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Place, catalog};
use crate::highlight;
use crate::measure::{cwe, giveaway};
use crate::model::parsed::included;
use crate::model::practice::review::{Finding, Review};
use crate::model::practice::{Content, Material};
use crate::model::source::Source;
use crate::model::view::CodeView;

/// The sample of a review, wherever it stands.
struct Sample<'a> {
    text: &'a str,
    /// Its lines, once one is looked for in vain.
    lines: OnceCell<Nearest<'a>>,
    /// The file it is in.
    path: BookPath,
    /// Where its lines start: in the text, and in the file.
    runs: &'a [(usize, usize)],
}

impl Sample<'_> {
    /// The number of the line that byte `at` is on.
    fn line(&self, at: usize) -> usize {
        self.text[..at].bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    fn span(&self, range: std::ops::Range<usize>) -> Place {
        let index = self.runs.partition_point(|(start, _)| *start <= range.start).saturating_sub(1);
        let start = self.runs.get(index).map_or(range.start, |(text, source)| source + range.start - text);
        Place::at(&self.path, Span::new(start..start + range.len()))
    }
}

pub fn view(context: &mut Context<'_, '_>, material: &Material, review: &Review) -> (Value, Option<CodeView>) {
    let file = review.file.as_ref().and_then(|file| source(context, file, "sample"));
    let fixed = review.fixed.as_ref().and_then(|fixed| source(context, fixed, "fixed version"));
    if let (Some(file), Some(fixed), Some(named)) = (&file, &fixed, &review.fixed)
        && file.path == fixed.path
    {
        let report = catalog::review_same_file(context.at(named.span));
        context.reports.push(report);
    }
    let sample = match (&file, &review.sample) {
        (Some(source), _) => {
            Some(Sample { text: &source.text, lines: OnceCell::new(), path: source.path.clone(), runs: &[(0, 0)] })
        }
        (None, Some(sample)) => {
            if let Some(named) = included_sample(context, sample.number) {
                let report = catalog::review_file_in_fence(context.at(named));
                context.reports.push(report);
            }
            Some(Sample { text: &sample.text, lines: OnceCell::new(), path: context.file.clone(), runs: &sample.runs })
        }
        (None, None) => None,
    };
    let lines = sample.as_ref().map(|sample| check(context, material, review, sample));
    let (found, decoys) = lines.unwrap_or_default();
    let findings = review.findings.iter().enumerate();
    let findings: Vec<Value> = findings
        .map(|(number, finding)| facts(material, finding, number, found.get(number).copied().flatten()))
        .collect();
    let decoys = review.decoys.iter().enumerate().map(|(number, decoy)| {
        json!({"number": number + 1, "title": decoy.title, "line": decoys.get(number).copied().flatten()})
    });
    let decoys: Vec<Value> = decoys.collect();
    let language = language(context, review, file.as_ref());
    let link = |context: &Context<'_, '_>, source: &Option<Source>| {
        let source = source.as_ref()?;
        let listing = context.resolver.book.listings.get(&source.path)?;
        Some(json!({"name": source.path.name(), "href": context.href(&listing.url)}))
    };
    let code = sample.as_ref().map(|sample| CodeView {
        language: language.clone(),
        text: sample.text.trim_start_matches('\u{feff}').to_owned(),
    });
    let data = json!({
        "language": language.as_deref().and_then(highlight::language).map(highlight::Language::name).map(str::to_owned).or(language),
        "minutes": review.minutes,
        "topic": review.topic,
        "level": review.level,
        "file": link(context, &file),
        "fixed": link(context, &fixed),
        "findings": findings,
        "decoys": decoys,
    });
    (data, code)
}

/// Where the code block of that number names a file.
fn included_sample(context: &Context<'_, '_>, number: usize) -> Option<Span> {
    let id = context.resolver.sources.pages.binary_search_by(|source| source.path.cmp(context.file)).ok()?;
    context.resolver.parsed[id].samples.get(number)?.info.file.as_ref().map(|file| file.span)
}

/// The code's language: as named, of its file, of its fence.
fn language(context: &Context<'_, '_>, review: &Review, file: Option<&Source>) -> Option<String> {
    if let Some(language) = &review.language {
        return Some(language.value.clone());
    }
    if let Some(file) = file {
        return Some(file.path.extension().to_owned());
    }
    let sample = review.sample.as_ref()?;
    let id = context.resolver.sources.pages.binary_search_by(|source| source.path.cmp(context.file)).ok()?;
    let info = &context.resolver.parsed[id].samples.get(sample.number)?.info;
    info.language.as_ref().map(|language| language.value.clone())
}

fn source(context: &mut Context<'_, '_>, named: &Spanned<String>, what: &str) -> Option<Source> {
    let resolver = context.resolver;
    let Some(path) = included(context.file, &resolver.config.src, &named.value) else {
        let report = catalog::code_outside_book(context.at(named.span), &named.value);
        context.reports.push(report);
        return None;
    };
    if let Some(source) = resolver.references.texts.get(&path) {
        return Some(source.clone());
    }
    if !resolver.references.unreadable.contains(&path) {
        let near = resolver.near_file(&path, &named.value);
        let near = near.map(|near| near.relative_to(&context.file.parent()));
        let report = catalog::review_missing_file(context.at(named.span), what, &named.value, near.as_deref());
        context.reports.push(report);
    }
    None
}

type Lines = Vec<Option<usize>>;

/// The lines of findings and decoys; what cannot be found is reported.
fn check(context: &mut Context<'_, '_>, material: &Material, review: &Review, sample: &Sample<'_>) -> (Lines, Lines) {
    let mut lines = |at: &Option<Spanned<String>>, line: &Option<Spanned<u32>>| {
        self::line(context, sample, at.as_ref(), line.as_ref())
    };
    let found = review.findings.iter().map(|finding| lines(&finding.at, &finding.line)).collect();
    let decoys = review.decoys.iter().map(|decoy| lines(&decoy.at, &decoy.line)).collect();
    let language = language(context, review, None).unwrap_or_default();
    let language = if language.is_empty() { sample.path.extension().to_owned() } else { language };
    let name = highlight::language(&language).map_or(language, |language| language.name().to_lowercase());
    let title = material.id.as_ref().map_or(material_span(context, material), |id| id.span);
    for comment in giveaway::comments(sample.text, &name) {
        let place = sample.span(comment);
        let review = context.at(title);
        context.reports.push(catalog::review_gives_away(place, review));
    }
    (found, decoys)
}

fn material_span(context: &Context<'_, '_>, material: &Material) -> Span {
    let id = context.resolver.sources.pages.binary_search_by(|source| source.path.cmp(context.file)).ok();
    id.map_or(Span::default(), |id| context.resolver.parsed[id].directives[material.directive].name.span)
}

fn line(
    context: &mut Context<'_, '_>,
    sample: &Sample<'_>,
    at: Option<&Spanned<String>>,
    line: Option<&Spanned<u32>>,
) -> Option<usize> {
    let count = sample.text.lines().count();
    let Some(at) = at else {
        let line = line?;
        if line.value as usize > count {
            let report = catalog::review_no_line(context.at(line.span), line.value, count);
            context.reports.push(report);
            return None;
        }
        return Some(line.value as usize);
    };
    let places: Vec<usize> = sample.text.match_indices(at.value.as_str()).map(|(place, _)| place).take(20).collect();
    match places[..] {
        [] => {
            let near =
                sample.lines.get_or_init(|| Nearest::new(sample.text.lines().map(str::trim))).find(at.value.trim());
            let report = catalog::review_anchor_missing(context.at(at.span), &at.value, near);
            context.reports.push(report);
            None
        }
        [place] => {
            let found = sample.line(place);
            if let Some(line) = line.filter(|line| line.value as usize != found) {
                let report = catalog::review_line(context.at(line.span), line.value, found);
                context.reports.push(report);
            }
            Some(found)
        }
        _ => {
            let mut lines: Vec<usize> = places.iter().map(|place| sample.line(*place)).collect();
            lines.dedup();
            let report = catalog::review_anchor_ambiguous(context.at(at.span), &at.value, &lines);
            context.reports.push(report);
            None
        }
    }
}

fn facts(review: &Material, finding: &Finding, number: usize, line: Option<usize>) -> Value {
    let weaknesses = finding.cwe.iter().filter_map(|id| {
        let weakness = cwe::find(id.value)?;
        let href = format!("https://cwe.mitre.org/data/definitions/{}.html", id.value);
        Some(json!({"id": id.value, "name": weakness.name, "href": href}))
    });
    json!({
        "id": id(review, finding, number),
        "number": number + 1,
        "review": review.id,
        "title": finding.title,
        "severity": finding.severity,
        "cwe": weaknesses.collect::<Vec<Value>>(),
        "at": finding.at,
        "line": line,
    })
}

fn id(review: &Material, finding: &Finding, number: usize) -> Option<String> {
    let own = finding.id.as_ref().map(|id| id.value.clone());
    own.or_else(|| Some(format!("{}-{}", review.id.as_ref()?.value, number + 1)))
}

/// A finding by itself, as its own template sees it. Its line was looked for with the review's.
pub fn finding(context: &mut Context<'_, '_>, all: &[Material], material: &Material, number: usize) -> Value {
    let Some((outer, review)) = review_of(all, material) else { return json!({}) };
    let Some(finding) = review.findings.get(number) else { return json!({}) };
    let line = silent(context, review, finding.at.as_ref(), finding.line.as_ref());
    facts(outer, finding, number, line)
}

/// A decoy by itself.
pub fn decoy(context: &mut Context<'_, '_>, all: &[Material], material: &Material, number: usize) -> Value {
    let Some((_, review)) = review_of(all, material) else { return json!({}) };
    let Some(decoy) = review.decoys.get(number) else { return json!({}) };
    let line = silent(context, review, decoy.at.as_ref(), decoy.line.as_ref());
    json!({"number": number + 1, "line": line})
}

fn review_of<'m>(all: &'m [Material], material: &Material) -> Option<(&'m Material, &'m Review)> {
    let outer = around(all, material, |outer| matches!(outer.content, Content::Review(_)))?;
    match &outer.content {
        Content::Review(review) => Some((outer, review)),
        _ => None,
    }
}

/// The line of an anchor, without a report.
fn silent(
    context: &Context<'_, '_>,
    review: &Review,
    at: Option<&Spanned<String>>,
    line: Option<&Spanned<u32>>,
) -> Option<usize> {
    let resolver = context.resolver;
    let path = review.file.as_ref().and_then(|file| included(context.file, &resolver.config.src, &file.value));
    let text = match path {
        Some(path) => &*resolver.references.texts.get(&path)?.text,
        None => &review.sample.as_ref()?.text,
    };
    match at {
        Some(at) => {
            text.find(at.value.as_str()).map(|place| text[..place].bytes().filter(|byte| *byte == b'\n').count() + 1)
        }
        None => line.map(|line| line.value as usize),
    }
}
