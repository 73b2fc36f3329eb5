//! Stories.

use serde_json::{Value, json};

use super::{Context, shown};
use crate::model::practice::story::Story;

pub fn view(context: &Context<'_, '_>, story: &Story) -> Value {
    let parts = story.parts.iter().map(|part| {
        json!({
            "name": part.name,
            "words": part.words,
            "seconds": part.seconds,
            "time": shown(part.seconds),
            "budget": part.budget,
            "budget_time": shown(part.budget),
        })
    });
    let total: u32 = story.parts.iter().map(|part| part.seconds).sum();
    json!({
        "principles": context.principles(&story.principles),
        "also": context.principles(&story.also),
        "company": story.company,
        "topic": story.topic,
        "fictional": story.fictional,
        "parts": parts.collect::<Vec<Value>>(),
        "total": shown(total),
        "rate": context.resolver.config.practice.speaking_rate,
        "metrics": story.metrics,
        "has_weak": story.has_weak,
    })
}
