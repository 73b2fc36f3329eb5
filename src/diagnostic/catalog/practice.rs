//! What is wrong with preparation material of any kind: ids, labels, topics, times.

use super::{end, maybe_help, missing, nearest_is, unknown};
use crate::base::path::BookPath;
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Thing};

pub fn practice_missing_id(place: Place, name: &str, suggestion: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingId, place, format!("this {name} has no id"))
        .help(format!(
            "give it one that stays, such as {{#{suggestion}}}: plans, links and the reader's browser use it"
        ))
        .hides([Thing::All(Ids::Material)])
}

pub fn practice_bad_id(place: Place, id: &str, suggestion: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeBadId, place, format!("`{id}` cannot be an id"))
        .help(format!("ids are lower-case letters, digits and hyphens, such as `{suggestion}`"))
        .hides([Thing::Id(id.to_owned()), Thing::Id(suggestion.to_owned()), Thing::All(Ids::Material)])
}

pub fn practice_duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeDuplicateId, place, format!("the id `{id}` is taken"))
        .note(first, "here")
        .help("an id stands for one thing in the whole book")
        .hides([Thing::Owner(id.to_owned()), Thing::All(Ids::Material)])
}

pub fn practice_heading_id(place: Place, id: &str, page: &BookPath) -> Diagnostic {
    let message = format!("the id `{id}` is a heading's or another thing's on {page}, which shows this");
    Diagnostic::new(Code::PracticeDuplicateId, place, message)
        .help("change one of them")
        .lacks([Thing::Owner(id.to_owned())])
}

pub fn list_duplicate_id(place: Place, id: &str, first: Place, kind: Ids) -> Diagnostic {
    Diagnostic::new(Code::PracticeDuplicateId, place, format!("the id `{id}` is in the list already"))
        .note(first, "here")
        .help("take one of them out, or give it an `id` of its own")
        .hides([Thing::All(kind)])
}

pub fn practice_unknown_id(place: Place, what: &str, id: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::PracticeUnknownId, place, format!("there is no {what} `{id}` in the book"));
    maybe_help(diagnostic, nearest_is(near)).lacks(unknown(id, near, Ids::Material))
}

pub fn practice_wrong_kind(place: Place, id: &str, found: &str, wanted: &str) -> Diagnostic {
    let message = format!("`{id}` is no {wanted}: it is {} {found}", if found.starts_with('a') { "an" } else { "a" });
    // A segment names either.
    let help = (wanted == "review or drill" && found == "question").then(|| format!("write question={id}"));
    maybe_help(Diagnostic::new(Code::PracticeUnknownId, place, message), help).lacks([Thing::Owner(id.to_owned())])
}

/// A label that is nearly one of the directive that is named at `of`.
pub fn unknown_label(place: Place, label: &str, near: &str, of: &Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeUnknownLabel, place, format!("no part is labelled `{label}`"))
        .help(format!("nearest is `{near}`: write **{near}.**"))
        .hides(missing(of, [near]))
        .hides([Thing::Directives(of.path.clone())])
}

/// It stands in bold as a label does, but for the full stop or the colon.
pub fn label_unmarked(place: Place, label: &str, of: &Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeUnknownLabel, place, format!("`{label}` alone in bold is no label, only text"))
        .help(format!("a label ends with a full stop or a colon: write **{label}.**"))
        .hides(missing(of, [label]))
        .hides([Thing::Directives(of.path.clone())])
}

pub fn same_title(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeSameTitle, place, format!("another {what} on this page has this title"))
        .help("give each its own: who hears the page, or reads a list of it, has nothing else to tell them apart")
}

pub fn label_is_directive(place: Place, label: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeUnknownLabel, place, format!("`{label}` is no label here"))
        .help(format!("make it a nested directive: :::{name}"))
}

pub fn label_twice(place: Place, label: &str) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    Diagnostic::new(Code::PracticeUnknownLabel, place, format!("there are two parts labelled `{label}`"))
        .help("put both into one")
        .hides([directives])
}

pub fn missing_part(place: Place, name: &str, label: &str) -> Diagnostic {
    let missing = missing(&place, [label]);
    Diagnostic::new(Code::PracticeMissingPart, place, format!("this {name} has no part `{label}`"))
        .help(format!("start a paragraph with **{label}.**"))
        .lacks(missing)
}

pub fn practice_empty(place: Place, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingPart, place, format!("this {name} says nothing")).help(wanted.to_owned())
}

pub fn unknown_topic(place: Place, topic: &str, near: Option<&str>, all: &str) -> Diagnostic {
    let end = end(&place);
    Diagnostic::new(Code::PracticeUnknownTopic, place, format!("`{topic}` is no topic of this book"))
        .help(nearest_is(near).unwrap_or_else(|| format!("`topics` in book.toml has {all}")))
        .lacks(end)
        .hides([Thing::Use(near.unwrap_or(topic).to_owned())])
}

pub fn unknown_principle(place: Place, principle: &str, near: Option<&str>, all: &str) -> Diagnostic {
    let end = end(&place);
    Diagnostic::new(Code::PracticeUnknownPrinciple, place, format!("`{principle}` is no principle of this book"))
        .help(nearest_is(near).unwrap_or_else(|| match all {
            "" => "they are listed under `principles` in book.toml".to_owned(),
            _ => format!("`principles` in book.toml has {all}"),
        }))
        .lacks(end)
        .hides([Thing::Use(near.unwrap_or(principle).to_owned())])
}

pub fn bad_time(place: Place, text: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeBadTime, place, format!("`{text}` is no time"))
        .help("every item of this list starts with one, such as 0:30")
}

pub fn uncovered_principle(place: Place, name: &str, id: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeUncovered, place, format!("no story is told for `{name}`"))
        .help("write one, or take the principle out of the list")
        .lacks([Thing::AnyUse, Thing::Use(id.to_owned())])
}

pub fn uncovered_topic(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::PracticeUncovered, place, format!("nothing in the book practises `{name}`"))
        .help("write a question or a drill for it, or take the topic out of the list")
        .lacks([Thing::AnyUse, Thing::Use(name.to_owned())])
}

pub fn drill_parts(place: Place, sum: &str, minutes: &str) -> Diagnostic {
    Diagnostic::new(Code::DrillPartsSum, place, format!("the parts take {sum}, and the drill has {minutes} minutes"))
        .help("change a part or `minutes`")
}

pub fn rubric_points(place: Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingPart, place, "this item of the rubric has no points")
        .help("start it with a number: 40 Threats that are specific to this system")
}

pub fn rubric_percent(place: Place, sum: u32) -> Diagnostic {
    Diagnostic::new(Code::DrillPartsSum, place, format!("the percentages of the rubric add up to {sum}, not to 100"))
        .help("change one; without `%` they are points, of which there may be any number")
}

pub fn drill_no_answer(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DrillNoAnswer, place, "this drill has no answer")
        .help("put one into a nested :::answer, so that whoever has tried can compare")
}

pub fn question_no_outline(place: Place) -> Diagnostic {
    let missing = missing(&place, ["Outline", "outline"]);
    Diagnostic::new(Code::PracticeMissingPart, place, "this question has no outline of an answer")
        .help("list its points under **Outline.** or, in YAML, under `outline:`")
        .lacks(missing)
}

pub fn question_thin(place: Place, words: usize) -> Diagnostic {
    Diagnostic::new(Code::QuestionThin, place, format!("an outline has 15 words or more, and this one has {words}"))
        .help("say what a good answer would name, not only its headline")
}

pub fn question_no_wrong(place: Place) -> Diagnostic {
    let missing = missing(&place, ["Wrong", "wrong"]);
    Diagnostic::new(Code::QuestionNoWrong, place, "this question has no tempting wrong answer")
        .help("say what many answer, and why it is wrong: that is what is learned from it")
        .lacks(missing)
}

pub fn question_similar(place: Place, percent: u32, first: Place) -> Diagnostic {
    let same = percent == 100;
    let message = if same {
        "this question is asked twice".into()
    } else {
        format!("this question is {percent} % like another one")
    };
    Diagnostic::new(Code::QuestionSimilar, place, message)
        .note(first, "this one")
        .help("merge them, or ask for something else")
}

pub fn questions_none(place: Place, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::QuestionsNone, place, format!("no question of the book matches {wanted}"))
        .lacks(wanted.starts_with("id ").then_some(Thing::All(Ids::Material)))
}

pub fn checklist_duplicate(place: Place, key: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ChecklistDuplicateKey, place, format!("two items of this list have the key `{key}`"))
        .note(first, "the other")
        .help("give one of them a key of its own: {#key} at its end")
}

pub fn checklist_same_text(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(
        Code::ChecklistDuplicateKey,
        place,
        "two items of this list say the same, so they would share a tick",
    )
    .note(first, "the other")
    .help("give one of them a key of its own: {#key} at its end")
}

pub fn checklist_no_box(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ChecklistTicked, place, "this item has no box").help("write it as - [ ] text")
}

pub fn checklist_empty(place: Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingPart, place, "this checklist has nothing to tick off")
        .help("write items as - [ ] text")
}

pub fn checklist_ticked(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ChecklistTicked, place, "this item is ticked off in the source")
        .help("write [ ]: ticks are the reader's")
}

pub fn plan_day_minutes(place: Place, day: u32, sum: u32, least: u16, most: u16) -> Diagnostic {
    let missing = missing(&place, ["exception"]);
    Diagnostic::new(Code::PlanDayMinutes, place, format!("day {day} takes {sum} minutes, not {least} to {most}"))
        .help("move something, or say why in `exception`")
        .lacks(missing)
}

pub fn plan_needless_exception(place: Place, day: u32) -> Diagnostic {
    Diagnostic::new(Code::PlanDayMinutes, place, format!("day {day} is no exception")).help("take out `exception`")
}

pub fn plan_day_order(place: Place, found: u32, wanted: u32) -> Diagnostic {
    Diagnostic::new(Code::PlanDayOrder, place, format!("this is day {found}, and day {wanted} comes here"))
}

pub fn plan_no_target(place: Place) -> Diagnostic {
    let missing = missing(&place, ["page", "practice"]);
    Diagnostic::new(Code::DataMissingKey, place, "this item names neither a `page` nor a `practice`")
        .help("say what to open: a page's path, or the id of a drill, review, story, question, checklist or simulation")
        .lacks(missing)
}
