//! `review`: a sample, its flaws, and what only looks like one. What stands in a file is looked at by later stages.

use super::{LEVELS, Reader, level};
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Place, catalog};
use crate::highlight;
use crate::markdown::practice::Practice;
use crate::markdown::walk::{CodeBlockKind, Event, Item, Tag, TagEnd};
use crate::measure::{cwe, person};
use crate::model::practice::review::{Decoy, Finding, Review, SEVERITIES, Sample};
use crate::model::practice::time::Minutes;

pub fn read(reader: &mut Reader<'_>, index: usize) -> Review {
    reader.wants_id(index);
    reader.wants_title(index);
    let name = reader.directive(index).name.span;
    let mut keys = reader.keys(index);
    for key in ["minutes", "level"] {
        if !keys.has(key) {
            keys.needs(key, name);
        }
    }
    let language = keys.text("language");
    if let Some(language) = language.as_ref().filter(|language| highlight::language(&language.value).is_none()) {
        let (name, near) = (&language.value, highlight::nearest(&language.value));
        keys.report(|path| catalog::unknown_language(Place::at(path, language.span), name, near));
    }
    let minutes = keys.read("minutes", "minutes such as 8 or 5-10, the lower first", Minutes::parse);
    let topic = keys.text("topic");
    let level = keys.read("level", LEVELS, level).map(|level| level.value);
    let file = keys.text("file");
    let fixed = keys.text("fixed");
    keys.finish();
    let topic = reader.topic(topic);
    let sample = if file.is_some() { None } else { sample(reader, index) };
    // The template shows it, with the lines of its findings.
    reader.layout.taken.extend(sample.as_ref().map(|sample| sample.span));
    if file.is_none() && sample.is_none() {
        let place = reader.place(index);
        reader.reports.push(catalog::review_no_sample(place));
    }
    let findings: Vec<Finding> =
        reader.children(index, Practice::Finding).into_iter().map(|child| finding(reader, child)).collect();
    if findings.is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::review_no_findings(place));
    }
    let decoys = reader.children(index, Practice::Decoy).into_iter().map(|child| decoy(reader, child)).collect();
    let scenario = reader.lead(index);
    Review { language, minutes, topic, level, file, fixed, sample, scenario, findings, decoys }
}

/// The first code block in the text before any label.
fn sample(reader: &Reader<'_>, index: usize) -> Option<Sample> {
    let steps = reader.body(index).lead();
    let is_fenced = |step: usize| {
        matches!(reader.steps[step].0, Item::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))))
    };
    let first = steps.iter().position(|&step| is_fenced(step))?;
    let number = (0..steps[first]).filter(|&step| is_fenced(step)).count();
    let mut text = String::new();
    let mut runs = Vec::new();
    for &step in &steps[first + 1..] {
        match &reader.steps[step] {
            (Item::Event(Event::Text(part)), range) => {
                runs.push((text.len(), range.start));
                text.push_str(part);
            }
            (Item::Event(Event::End(TagEnd::CodeBlock)), _) => break,
            _ => {}
        }
    }
    let span = Span::new(reader.steps[steps[first]].1.clone());
    Some(Sample { number, text, runs, span })
}

fn finding(reader: &mut Reader<'_>, index: usize) -> Finding {
    reader.wants_title(index);
    let directive = reader.directive(index);
    let name = directive.name.span;
    if let Some(id) = &directive.id {
        reader.check_id(id);
    }
    let mut keys = reader.keys(index);
    let written = keys.list("cwe");
    if written.is_empty() {
        keys.needs("cwe", name);
    }
    if !keys.has("severity") {
        keys.needs("severity", name);
    }
    let severity = keys.choice("severity", SEVERITIES);
    let at = keys.text("at");
    let line = keys.read("line", "the number of a line", |text| text.parse().ok().filter(|line| *line > 0));
    let mut cwe = Vec::new();
    for id in written {
        match id.value.trim_start_matches("CWE-").parse::<u32>() {
            Ok(number) => cwe.push(Spanned::new(number, id.span)),
            Err(_) => {
                let meant = cwe::by_name(&id.value).map_or(String::new(), |id| format!("; this may be {id}"));
                let wanted = format!("numbers of the CWE list, such as 639 or \"362, 367\"{meant}");
                keys.bad("cwe", id.span, &id.value, &wanted);
            }
        }
    }
    keys.finish();
    check_cwe(reader, &cwe);
    if at.is_none() && line.is_none() {
        let place = reader.place(index);
        reader.reports.push(catalog::review_unplaced(place, "finding"));
    }
    let impact = reader.lead(index);
    let fix = reader.part(index, "Fix").unwrap_or_default();
    let place = reader.place(index);
    if fix.trim().is_empty() {
        reader.reports.push(catalog::review_no_fix(place.clone()));
    }
    if !person::is_named(&impact) {
        reader.reports.push(catalog::review_nobody_harmed(place));
    }
    let severity = severity.map_or("", |severity| severity.value);
    Finding { id: directive.id.clone(), title: reader.title(index), cwe, severity, at, line, impact, fix, span: name }
}

fn check_cwe(reader: &mut Reader<'_>, ids: &[Spanned<u32>]) {
    for id in ids {
        let place = reader.at(id.span);
        match cwe::find(id.value) {
            Some(weakness) if weakness.deprecated => {
                reader.reports.push(catalog::review_deprecated_cwe(place, id.value, weakness.name));
            }
            Some(_) => {}
            None => {
                let near: Vec<String> = cwe::near(id.value)
                    .into_iter()
                    .filter_map(cwe::find)
                    .map(|near| format!("{} ({})", near.id, near.name))
                    .collect();
                reader.reports.push(catalog::review_unknown_cwe(place, id.value, &near, cwe::version()));
            }
        }
    }
}

fn decoy(reader: &mut Reader<'_>, index: usize) -> Decoy {
    reader.wants_title(index);
    let mut keys = reader.keys(index);
    let at = keys.text("at");
    let line = keys.read("line", "the number of a line", |text| text.parse().ok().filter(|line| *line > 0));
    keys.finish();
    reader.wants_text(index, "decoy", "say why it is fine");
    Decoy { title: reader.title(index), at, line, text: reader.lead(index), span: reader.directive(index).name.span }
}
