//! Phone screens and their parts.

use serde_json::{Value, json};

use super::{Context, around, shown};
use crate::diagnostic::catalog;
use crate::model::practice::registry::Entry;
use crate::model::practice::simulation::{Segment, Simulation};
use crate::model::practice::{Content, Material};

pub fn view(context: &mut Context<'_, '_>, simulation: &Simulation) -> Value {
    let segments: Vec<Value> = simulation.segments.iter().map(|segment| facts(context, segment)).collect();
    json!({
        "minutes": simulation.minutes,
        "technical": simulation.technical,
        "behavioural": simulation.minutes.value.saturating_sub(simulation.technical),
        "segments": segments,
    })
}

pub fn segment(context: &mut Context<'_, '_>, all: &[Material], material: &Material, number: usize) -> Value {
    let outer = around(all, material, |outer| matches!(outer.content, Content::Simulation(_)));
    let Some(Content::Simulation(simulation)) = outer.map(|outer| &outer.content) else { return json!({}) };
    let Some(segment) = simulation.segments.get(number) else { return json!({}) };
    if let Some(query) = segment.draw.as_ref().filter(|query| context.resolver.book.practice.select(query).is_empty()) {
        let report = catalog::questions_none(context.at(query.span), &super::questions::described(context, query));
        context.reports.push(report);
    }
    if let Some(id) = &segment.question {
        context.find(id, "question", &["question"]);
    }
    if let Some(id) = &segment.practice {
        context.find(id, "review or drill", &["review", "drill"]);
    }
    facts(context, segment)
}

fn facts(context: &Context<'_, '_>, segment: &Segment) -> Value {
    let at = segment.at.as_ref().map_or(0, |at| at.value);
    let minutes = segment.minutes.as_ref().map_or(0, |minutes| minutes.value);
    let registry = &context.resolver.book.practice;
    let question = segment.question.as_ref().and_then(|id| {
        let named = |entry: &&Entry| entry.question.id.as_ref().is_some_and(|found| found.value == id.value);
        asked(context, registry.bank.iter().find(named)?)
    });
    let drawn = segment.draw.iter().flat_map(|query| registry.select(query));
    let pool: Vec<Value> = drawn.filter_map(|number| asked(context, &registry.bank[number])).collect();
    let practice = segment.practice.as_ref().and_then(|id| {
        let home = registry.by_id.get(&id.value)?;
        Some(json!({"id": id.value, "kind": home.kind, "title": home.title, "href": context.href_of(&id.value, home)}))
    });
    let cues =
        segment.cues.iter().map(|cue| json!({"at": cue.at.value, "time": shown(cue.at.value), "text": cue.text}));
    json!({
        "title": segment.title,
        "at": at,
        "from": shown(at),
        "to": shown(at + minutes),
        "minutes": minutes,
        "kind": segment.kind,
        "principles": context.principles(&segment.principles),
        "question": question,
        "practice": practice,
        "draw": segment.draw,
        "pool": pool,
        "cues": cues.collect::<Vec<Value>>(),
        "has_signals": !segment.signals.is_empty(),
    })
}

/// A question of the bank as an interviewer asks it.
fn asked(context: &Context<'_, '_>, entry: &Entry) -> Option<Value> {
    let question = &entry.question;
    let id = question.id.as_ref()?;
    let href = context.resolver.book.practice.by_id.get(&id.value).and_then(|home| context.href_of(&id.value, home));
    Some(json!({"id": id.value, "text": question.text, "href": href, "follow_ups": question.follow_ups}))
}
