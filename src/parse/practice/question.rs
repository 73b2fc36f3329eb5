//! `question`, one on a page, and `questions`, a query for some.

use super::{LEVELS, Reader, level};
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::measure::speech;
use crate::model::practice::Level;
use crate::model::practice::question::{Query, Question};

/// How many words the outline of an answer has at least.
const OUTLINE_WORDS: usize = 15;

pub fn read(reader: &mut Reader<'_>, index: usize) -> Question {
    reader.wants_id(index);
    let directive = reader.directive(index);
    let name = directive.name.span;
    if directive.title.is_none() {
        reader.wants_title(index);
    }
    let mut keys = reader.keys(index);
    let topic = keys.text("topic");
    if !keys.has("level") {
        keys.needs("level", name);
    }
    let level = keys.read("level", LEVELS, level).map(|level| level.value);
    let minutes = keys.read("minutes", "whole minutes", |text| text.parse().ok().filter(|minutes| *minutes > 0));
    let principles = keys.list("principle");
    if topic.is_none() && principles.is_empty() {
        keys.report(|path| catalog::question_needs_topic(Place::at(path, name)));
    }
    let refs = keys.list("refs");
    let reported = keys.flag("reported");
    keys.finish();
    let topic = reader.topic(topic);
    let principles = reader.principles(principles);
    let texts = |reader: &mut Reader<'_>, label| {
        reader.items(index, label, false).into_iter().map(|item| item.markdown).collect::<Vec<String>>()
    };
    let outline = texts(reader, "Outline");
    let follow_ups = texts(reader, "Follow-ups");
    let outline = if outline.is_empty() { reader.written(index, "Outline").into_iter().collect() } else { outline };
    let text = directive.title.clone().unwrap_or_else(|| Spanned::new(String::new(), name));
    let question = Question {
        id: directive.id.clone(),
        text,
        topic,
        level,
        minutes: minutes.map(|minutes| minutes.value),
        principles,
        outline,
        wrong: reader.written(index, "Wrong"),
        why: reader.written(index, "Why"),
        follow_ups,
        refs,
        reported,
        span: name,
    };
    let outline = reader.body(index).part("Outline").and_then(|part| part.label).map(|(_, span)| span);
    check(&question, outline, reader.path, reader.reports);
    question
}

/// Reports what a question lacks, wherever it is written; `outline` is where its outline is.
pub fn check(question: &Question, outline: Option<Span>, path: &BookPath, reports: &mut Vec<Diagnostic>) {
    let words: usize = question.outline.iter().map(|point| speech::words(point)).sum();
    match outline {
        None => reports.push(catalog::question_no_outline(Place::at(path, question.span))),
        Some(span) if words < OUTLINE_WORDS => reports.push(catalog::question_thin(Place::at(path, span), words)),
        Some(_) => {}
    }
    if question.wrong.as_ref().is_none_or(|wrong| wrong.trim().is_empty()) {
        reports.push(catalog::question_no_wrong(Place::at(path, question.span)));
    }
}

pub fn query(reader: &mut Reader<'_>, index: usize) -> Query {
    let mut keys = reader.keys(index);
    let topics = keys.list("topic");
    let levels = keys.list("level");
    let principles = keys.list("principle");
    let ids = keys.list("ids");
    let limit = keys.read("limit", "a number of questions from 1", |text| text.parse().ok().filter(|limit| *limit > 0));
    let levels = self::levels(levels, &mut keys);
    keys.finish();
    for topic in &topics {
        super::check_topic(topic, reader.rules, reader.path, reader.reports);
    }
    let principles = reader.principles(principles);
    let span = reader.directive(index).name.span;
    Query { topics, levels, principles, ids, limit: limit.map(|limit| limit.value), span }
}

fn levels(written: Vec<Spanned<String>>, keys: &mut crate::markdown::keys::Keys<'_>) -> Vec<Spanned<Level>> {
    let mut levels = Vec::new();
    for word in written {
        match level(&word.value) {
            Some(level) => levels.push(Spanned::new(level, word.span)),
            None => keys.bad("level", word.span, &word.value, LEVELS),
        }
    }
    levels
}
