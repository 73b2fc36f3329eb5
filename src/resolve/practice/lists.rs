//! Drills and checklists.

use serde_json::{Value, json};

use super::{Context, shown};
use crate::model::practice::checklist::Checklist;
use crate::model::practice::drill::Drill;

pub fn drill(context: &Context<'_, '_>, drill: &Drill) -> Value {
    let parts = drill
        .parts
        .iter()
        .map(|part| json!({"seconds": part.seconds.value, "time": shown(part.seconds.value), "text": part.text}));
    let total: u32 = drill.parts.iter().map(|part| part.seconds.value).sum();
    json!({
        "kind": drill.kind,
        "minutes": drill.minutes,
        "topic": drill.topic,
        "level": drill.level,
        "principles": context.principles(&drill.principles),
        "parts": parts.collect::<Vec<Value>>(),
        "total": shown(total),
        "points": drill.rubric.iter().map(|points| points.points).sum::<u32>(),
    })
}

pub fn checklist(checklist: &Checklist) -> Value {
    json!({
        "phase": checklist.phase,
        "count": checklist.items.len(),
        "minutes": checklist.items.iter().filter_map(|item| item.minutes).sum::<u32>(),
    })
}
