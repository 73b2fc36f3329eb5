//! `simulation`: a phone screen, minute by minute.

use std::collections::BTreeSet;

use super::{LEVELS, Reader, level};
use crate::base::span::Spanned;
use crate::diagnostic::catalog;
use crate::markdown::practice::Practice;
use crate::model::practice::question::Query;
use crate::model::practice::simulation::{Cue, KINDS, Segment, Simulation};
use crate::model::practice::time::{clock, shown};

pub fn read(reader: &mut Reader<'_>, index: usize) -> Simulation {
    reader.wants_id(index);
    reader.wants_title(index);
    let name = reader.directive(index).name.span;
    let mut keys = reader.keys(index);
    if !keys.has("minutes") {
        keys.needs("minutes", name);
    }
    let minutes = keys.read("minutes", "whole minutes", whole);
    let minutes = minutes.unwrap_or_else(|| Spanned::new(60, name));
    let technical = keys.read("technical", "whole minutes", whole);
    let technical = technical.unwrap_or_else(|| Spanned::new(minutes.value / 2, minutes.span));
    keys.finish();
    let segments: Vec<Segment> =
        reader.children(index, Practice::Segment).into_iter().map(|child| segment(reader, child)).collect();
    if segments.is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::practice_empty(place, "simulation", "add nested :::segment directives"));
    } else {
        check_clock(reader, &minutes, &segments);
        check_halves(reader, index, minutes.value, &technical, &segments);
        let principles: BTreeSet<&str> =
            segments.iter().flat_map(|segment| &segment.principles).map(|principle| principle.value.as_str()).collect();
        if !(2..=3).contains(&principles.len()) {
            let place = reader.place(index);
            reader.reports.push(catalog::simulation_principles(place, principles.len()));
        }
    }
    let text = reader.lead(index);
    Simulation { minutes, technical: technical.value, text, segments }
}

fn whole(text: &str) -> Option<u32> {
    text.parse().ok().filter(|minutes| (1..=600).contains(minutes))
}

fn segment(reader: &mut Reader<'_>, index: usize) -> Segment {
    reader.wants_title(index);
    let name = reader.directive(index).name.span;
    let mut keys = reader.keys(index);
    for key in ["at", "minutes", "kind"] {
        if !keys.has(key) {
            keys.needs(key, name);
        }
    }
    let at = keys.read("at", "hours and minutes from the start, such as 0:30", clock);
    let minutes = keys.read("minutes", "whole minutes", whole);
    let kind = keys.choice("kind", KINDS).map(|kind| kind.value);

    let principles = keys.list("principle");
    let question = keys.text("question");
    let practice = keys.text("practice");
    let topic = keys.text("topic");
    let level = keys.read("level", LEVELS, level);
    keys.finish();
    let topic = reader.topic(topic);
    let principles = reader.principles(principles);
    let body = reader.body(index);
    let cues = reader.timed(body.lead()).into_iter().map(|step| Cue { at: step.seconds, text: step.text });
    let cues: Vec<Cue> = cues.collect();
    let script = reader.told(index);
    let says_nothing = script.trim().is_empty() && cues.is_empty() && question.is_none() && practice.is_none();
    let may_be_silent = matches!(kind, Some("opening" | "questions" | "closing"));
    let draw = says_nothing && (topic.is_some() || level.is_some() || !principles.is_empty());
    if says_nothing && !draw && !may_be_silent {
        let place = reader.place(index);
        reader.reports.push(catalog::simulation_silent(place));
    }
    if let (Some(at), Some(minutes)) = (&at, &minutes) {
        let (from, to) = (at.value, at.value + minutes.value);
        for cue in cues.iter().filter(|cue| !(from..to).contains(&cue.at.value)) {
            let place = reader.at(cue.at.span);
            let report = catalog::simulation_cue(place, &shown(cue.at.value), &shown(from), &shown(to));
            reader.reports.push(report);
        }
    }
    let draw = draw.then(|| Query {
        topics: topic.into_iter().collect(),
        levels: level.into_iter().collect(),
        principles: principles.clone(),
        span: name,
        ..Query::default()
    });
    let signals = reader.part(index, "Signals").unwrap_or_default();
    Segment {
        title: reader.title(index),
        at,
        minutes,
        kind,
        principles,
        question,
        practice,
        draw,
        script,
        cues,
        signals,
        span: name,
    }
}

fn check_clock(reader: &mut Reader<'_>, minutes: &Spanned<u32>, segments: &[Segment]) {
    let mut end = 0;
    for segment in segments {
        let (Some(at), Some(length)) = (&segment.at, &segment.minutes) else { return };
        if at.value != end {
            let place = reader.at(at.span);
            reader.reports.push(match end {
                0 => catalog::simulation_start(place, &shown(at.value)),
                _ => catalog::simulation_gap(place, &shown(at.value), &shown(end)),
            });
            return;
        }
        end += length.value;
    }
    if end != minutes.value {
        let place = reader.at(minutes.span);
        reader.reports.push(catalog::simulation_length(place, end, minutes.value));
    }
}

fn check_halves(reader: &mut Reader<'_>, index: usize, minutes: u32, technical: &Spanned<u32>, segments: &[Segment]) {
    let border = shown(technical.value);
    let starts: Vec<u32> = segments.iter().filter_map(|segment| segment.at.as_ref()).map(|at| at.value).collect();
    if !starts.contains(&technical.value) && technical.value < minutes {
        let (place, of) = (reader.at(technical.span), reader.place(index));
        let starts: Vec<String> = starts.into_iter().filter(|start| *start > 0).map(shown).collect();
        reader.reports.push(catalog::simulation_halves(place, &border, &starts, &of));
        return;
    }
    for segment in segments {
        let Some(at) = &segment.at else { continue };
        let (kind, is_wrong) = match segment.kind {
            Some("technical") => ("technical", at.value >= technical.value),
            Some("behavioural") => ("behavioural", at.value < technical.value),
            _ => continue,
        };
        if is_wrong {
            let place = reader.at(at.span);
            reader.reports.push(catalog::simulation_wrong_half(place, kind, &border));
        }
    }
}
