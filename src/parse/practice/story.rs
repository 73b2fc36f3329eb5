//! `story`: situation, task, action and result, measured as they are spoken.

use super::{Prose, Reader};
use crate::base::span::Span;
use crate::config::PracticeRules;
use crate::diagnostic::catalog;
use crate::markdown::practice::Practice;
use crate::measure::{numbers, speech};
use crate::model::practice::story::{Metric, PARTS, Part, Story};
use crate::model::practice::time::shown;

/// How many seconds a story takes in all.
const TOTAL: (u32, u32) = (180, 255);

/// How many percent of its time a part takes at least.
const LEAST_PERCENT: u32 = 60;

/// How many metrics a story has at least.
const METRICS: usize = 2;

pub fn read(reader: &mut Reader<'_>, index: usize) -> Story {
    reader.wants_id(index);
    reader.wants_title(index);
    let name = reader.directive(index).name.span;
    let mut keys = reader.keys(index);
    let principles = keys.list("principle");
    if principles.is_empty() {
        keys.needs("principle", name);
    }
    let also = keys.list("also");
    let topic = keys.text("topic");
    let company = keys.text("company").map(|company| company.value);
    let fictional = keys.flag("fictional");
    keys.finish();
    let principles = reader.principles(principles);
    let also = reader.principles(also);
    let topic = reader.topic(topic);

    let mut spoken = Vec::new();
    for &(label, budget) in PARTS {
        match told(reader, index, label) {
            Some((prose, label_span)) => spoken.push((label, budget, prose, label_span)),
            None => {
                let place = reader.place(index);
                reader.reports.push(catalog::missing_part(place, "story", label));
            }
        }
    }
    let learning = told(reader, index, "Learning").map(|(prose, _)| prose);
    let mut parts = Vec::new();
    for (label, budget, prose, span) in &spoken {
        let mut words = speech::words(&prose.text);
        let mut text = prose.text.clone();
        if *label == "Result"
            && let Some(learning) = &learning
        {
            words += speech::words(&learning.text);
            text = format!("{text}\n{}", learning.text);
        }
        let seconds = speech::seconds(words, reader.rules.speaking_rate);
        parts.push(Part { name: label, text, words, budget: *budget, seconds, label: *span });
    }
    check_lengths(reader, index, &parts);
    check_persons(reader, index, spoken.iter().map(|(_, _, prose, _)| prose).chain(&learning));
    if let Some((.., result, span)) = spoken.iter().find(|(label, ..)| *label == "Result")
        && numbers::numbers(&result.text).is_empty()
    {
        let place = reader.at(*span);
        reader.reports.push(catalog::story_no_number(place));
    }
    let metrics = metrics(reader, index);
    let probes = reader.children(index, Practice::Probe).into_iter().map(|probe| reader.title(probe)).collect();
    let has_weak = reader.body(index).part("Weak").is_some();
    if has_weak && reader.body(index).part("Why").is_none() {
        let place = reader.place(index);
        reader.reports.push(catalog::missing_part(place, "story", "Why"));
    }
    Story { principles, also, topic, company, fictional, parts, metrics, probes, has_weak }
}

/// A part as it is spoken, and where its label is.
fn told(reader: &Reader<'_>, index: usize, label: &str) -> Option<(Prose, Span)> {
    let part = reader.body(index).part(label)?;
    Some((reader.prose(&part.steps), part.label?.1))
}

fn words_for(seconds: u32, rules: &PracticeRules) -> usize {
    (seconds as usize * rules.speaking_rate as usize).div_ceil(60)
}

fn check_lengths(reader: &mut Reader<'_>, index: usize, parts: &[Part]) {
    for part in parts {
        let most = part.budget + part.budget * reader.rules.tolerance / 100;
        let least = part.budget * LEAST_PERCENT / 100;
        let place = reader.at(part.label);
        // What a missing part would say stands in another.
        if part.seconds > most && parts.len() == PARTS.len() {
            let words = words_for(part.seconds - most, reader.rules);
            reader.reports.push(catalog::story_part_long(place, part.name, part.seconds, part.budget, words));
        } else if part.seconds < least {
            let words = words_for(least - part.seconds, reader.rules);
            reader.reports.push(catalog::story_part_short(place, part.name, part.seconds, part.budget, words));
        }
    }
    let total: u32 = parts.iter().map(|part| part.seconds).sum();
    if parts.len() == PARTS.len() && !(TOTAL.0..=TOTAL.1).contains(&total) {
        let is_long = total > TOTAL.1;
        let by = if is_long { total - TOTAL.1 } else { TOTAL.0 - total };
        let place = reader.place(index);
        let words = words_for(by, reader.rules);
        reader.reports.push(catalog::story_total(place, &shown(total), words, is_long));
    }
}

fn check_persons<'p>(reader: &mut Reader<'_>, index: usize, parts: impl Iterator<Item = &'p Prose>) {
    let (mut i, mut we) = (0, 0);
    for prose in parts {
        let persons = speech::persons(&prose.text);
        i += persons.i.len();
        we += persons.we.len();
        for range in persons.we {
            let word = prose.text[range.clone()].to_owned();
            let place = reader.at(prose.span(range));
            reader.reports.push(catalog::story_we(place, &word));
        }
    }
    if we > 0 && i <= we {
        let place = reader.place(index);
        reader.reports.push(catalog::story_few_i(place, i, we));
    }
}

fn metrics(reader: &mut Reader<'_>, index: usize) -> Vec<Metric> {
    let items = reader.items(index, "Metrics", true);
    if items.len() < METRICS {
        let label = reader.body(index).part("Metrics").and_then(|part| part.label);
        let place = label.map_or_else(|| reader.place(index), |(_, span)| reader.at(span));
        reader.reports.push(catalog::story_metrics(place, items.len()));
    }
    let mut metrics = Vec::new();
    for item in items {
        let mut keys = reader.item_keys(&item.braces);
        let customer = keys.flag("customer");
        keys.finish();
        if !item.text.contains(|c: char| c.is_ascii_digit()) && numbers::numbers(&item.text).is_empty() {
            let place = reader.at(item.span);
            reader.reports.push(catalog::story_metric_without_number(place));
        }
        metrics.push(Metric { text: item.markdown, customer });
    }
    metrics
}
