//! Questions: one on its page, and those that a query finds.

use serde_json::{Value, json};

use super::Context;
use crate::base::nearest::nearest;
use crate::diagnostic::catalog;
use crate::model::practice::question::{Query, Question};
use crate::model::practice::registry::{Entry, Owner};
use crate::model::url::fragment;

pub fn view(context: &mut Context<'_, '_>, question: &Question) -> Value {
    let refs = context.references(&question.refs);
    facts(context, question, refs)
}

fn facts(context: &Context<'_, '_>, question: &Question, refs: Value) -> Value {
    json!({
        "id": question.id,
        "text": question.text,
        "topic": question.topic,
        "level": question.level,
        "minutes": question.minutes(),
        "principles": context.principles(&question.principles),
        "reported": question.reported,
        "refs": refs,
    })
}

pub fn matching(context: &mut Context<'_, '_>, query: &Query) -> Value {
    let book = context.resolver.book;
    for id in &query.ids {
        let known = book.practice.by_id.get(&id.value);
        if known.is_none_or(|home| home.kind != "question") {
            context.find(id, "question", &["question"]);
        }
    }
    let numbers = book.practice.select(query);
    // A topic that the book does not have was reported.
    let rules = &context.resolver.config.practice;
    if numbers.is_empty() && query.topics.iter().all(|topic| rules.topic(&topic.value).is_ok()) {
        let report = catalog::questions_none(context.at(query.span), &described(context, query));
        context.reports.push(report);
    }
    let questions: Vec<Value> = numbers.iter().map(|&number| shown(context, &book.practice.bank[number])).collect();
    json!({"id": null, "questions": questions, "count": numbers.len()})
}

/// A question as it is shown away from where it is written. Its sources are checked there.
fn shown(context: &mut Context<'_, '_>, entry: &Entry) -> Value {
    let question = &entry.question;
    let known = question.refs.iter().filter(|id| context.resolver.book.practice.references.contains_key(&id.value));
    let known: Vec<_> = known.cloned().collect();
    let refs = context.references(&known);
    let mut view = facts(context, question, refs);
    let home = entry.page.map(|page| context.resolver.book.page(page));
    let is_home = home.is_some_and(|page| page.url == context.page.url);
    let is_first =
        is_home && question.id.as_ref().is_some_and(|id| context.met.insert(format!("question {}", id.value)));
    let href = home.filter(|_| !is_home).zip(question.id.as_ref());
    if let Value::Object(fields) = &mut view {
        fields.insert("outline".into(), json!(question.outline));
        fields.insert("wrong".into(), json!(question.wrong));
        fields.insert("why".into(), json!(question.why));
        fields.insert("follow_ups".into(), json!(question.follow_ups));
        fields.insert("is_home".into(), json!(is_first && is_from_file(context, question)));
        fields.insert("href".into(), json!(href.map(|(page, id)| context.href(&page.url) + &fragment(&id.value))));
    }
    view
}

/// Whether a question is written in a file of data, so that this page is where its id stands.
fn is_from_file(context: &Context<'_, '_>, question: &Question) -> bool {
    let home = question.id.as_ref().and_then(|id| context.resolver.book.practice.by_id.get(&id.value));
    home.is_some_and(|home| matches!(home.owner, Owner::Bank(_)))
}

/// What a query asks for, in words; the part of it that nothing has comes with what is nearest.
pub fn described(context: &Context<'_, '_>, query: &Query) -> String {
    let join = |name: &str, values: Vec<&str>| (!values.is_empty()).then(|| format!("{name} {}", values.join(" or ")));
    let parts = [
        join("topic", query.topics.iter().map(|topic| topic.value.as_str()).collect()),
        join("level", query.levels.iter().map(|level| level.value.name()).collect()),
        join("principle", query.principles.iter().map(|principle| principle.value.as_str()).collect()),
        join("id", query.ids.iter().map(|id| id.value.as_str()).collect()),
    ];
    let wanted: Vec<String> = parts.into_iter().flatten().collect();
    let bank = &context.resolver.book.practice.bank;
    if bank.is_empty() {
        return format!(
            "{}: there are no questions yet",
            if wanted.is_empty() { "this".into() } else { wanted.join(", ") }
        );
    }
    let known = bank.iter().filter_map(|entry| Some(entry.question.topic.as_ref()?.value.as_str()));
    let near =
        query.topics.iter().find_map(|topic| nearest(&topic.value, known.clone()).filter(|near| *near != topic.value));
    let near = near.map_or(String::new(), |near| format!("; there are some on `{near}`"));
    format!("{}{near}", wanted.join(", "))
}
