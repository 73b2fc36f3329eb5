//! `*.questions.yaml` and `questions/*.yaml`: a bank of questions.

use super::{File, head, values};
use crate::base::span::{Span, Spanned};
use crate::data::{Table, Value};
use crate::diagnostic::catalog::questions_missing;
use crate::model::practice::question::Question;
use crate::parse::practice::check_question;

/// Keys of a question, one of which the bank has where its only question is no entry of a list.
const KEYS: [&str; 5] = ["text", "topic", "level", "outline", "wrong"];

pub fn read(file: &mut File<'_>, mut table: Table<'_>) -> Vec<Question> {
    if !table.is_broken() && !table.has("questions") && KEYS.iter().any(|key| table.has(key)) {
        let start = table.rest().first().map_or(Span::default(), |(key, _)| key.span);
        table.report(questions_missing(file.at(start)));
        return Vec::new();
    }
    let entries = table.list("questions");
    let questions = entries.into_iter().filter_map(|entry| question(file, &mut table, entry)).collect();
    table.finish();
    questions
}

fn question(file: &File<'_>, table: &mut Table<'_>, entry: Value) -> Option<Question> {
    let place = head(&entry);
    let mut found = Vec::new();
    let mut entry = table.nested("a question", entry);
    if entry.is_broken() {
        return None;
    }
    let id = file.id(&mut entry, "this question", place);
    entry.about(id.as_ref().map_or(place, |id| id.span));
    let text = file.needed(&mut entry, "text", "this question", place);
    let topic = file.topic(&mut entry);
    let principles = file.principles(&mut entry, "principle");
    if topic.is_none() && principles.is_empty() {
        entry.missing(place, "topic", "this question");
    }
    if !entry.has("level") {
        entry.missing(place, "level", "this question");
    }
    let level = File::level(&mut entry);
    let minutes = super::count(&mut entry, "minutes").and_then(|minutes| u16::try_from(minutes.value).ok());
    let outline = entry.texts("outline");
    let outline_place =
        outline.first().zip(outline.last()).map(|(first, last)| Span { start: first.span.start, end: last.span.end });
    let question = Question {
        span: id.as_ref().map_or(place, |id| id.span),
        id,
        text: text.unwrap_or_else(|| Spanned::new(String::new(), place)),
        topic,
        level,
        minutes,
        principles,
        outline: values(outline),
        wrong: entry.text("wrong").map(|wrong| wrong.value),
        why: entry.text("why").map(|why| why.value),
        follow_ups: values(entry.texts("follow-ups")),
        refs: entry.texts("refs"),
        reported: entry.flag("reported").unwrap_or(false),
    };
    entry.finish();
    check_question(&question, outline_place, file.path, &mut found);
    found.into_iter().for_each(|report| table.report(report));
    Some(question)
}
