//! What is wrong with stories, reviews, simulations, sums and statements.

use super::{maybe_help, missing, nearest_is, unknown};
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Thing};

fn cut(words: usize) -> String {
    format!("cut about {words} {}", if words == 1 { "word" } else { "words" })
}

fn more(words: usize) -> String {
    format!("say about {words} {} more", if words == 1 { "word" } else { "words" })
}

pub fn story_part_long(place: Place, part: &str, seconds: u32, budget: u32, words: usize) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    let message = format!("{part} takes {seconds} s to say, and its time is {budget} s");
    Diagnostic::new(Code::StoryPartLength, place, message).help(cut(words)).lacks([directives])
}

pub fn story_part_short(place: Place, part: &str, seconds: u32, budget: u32, words: usize) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    let message = format!("{part} takes {seconds} s to say, not even 60 % of its {budget} s");
    Diagnostic::new(Code::StoryPartLength, place, message).help(more(words)).lacks([directives])
}

pub fn story_total(place: Place, total: &str, words: usize, is_long: bool) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    let help = if is_long { cut(words) } else { more(words) };
    Diagnostic::new(Code::StoryTotalLength, place, format!("the story takes {total}, not 3:00 to 4:15"))
        .help(help)
        .lacks([directives])
}

pub fn story_metrics(place: Place, count: usize) -> Diagnostic {
    let missing = missing(&place, ["Metrics"]);
    Diagnostic::new(Code::StoryMetrics, place, format!("a story has two metrics or more, and this one has {count}"))
        .help("list them under **Metrics.**: what changed, from which number to which")
        .lacks(missing)
}

pub fn story_metric_without_number(place: Place) -> Diagnostic {
    Diagnostic::new(Code::StoryMetrics, place, "this metric has no number").help("say from what to what it changed")
}

pub fn story_no_number(place: Place) -> Diagnostic {
    Diagnostic::new(Code::StoryNoNumber, place, "the result has no number").help("say how much, how many or how long")
}

pub fn story_we(place: Place, word: &str) -> Diagnostic {
    Diagnostic::new(Code::StoryWe, place, format!("`{word}` acts here"))
        .help("say who did it: “I”, or the person by their role")
}

pub fn story_few_i(place: Place, i: usize, we: usize) -> Diagnostic {
    Diagnostic::new(Code::StoryFewI, place, format!("the story says “we” {we} times and “I” {i} times"))
        .help("an interviewer asks what you did yourself")
}

pub fn review_anchor_missing(place: Place, anchor: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ReviewAnchor, place, format!("the sample has no `{anchor}`"));
    maybe_help(diagnostic, near.map(|near| format!("nearest is `{near}`")))
}

pub fn review_anchor_ambiguous(place: Place, anchor: &str, lines: &[usize]) -> Diagnostic {
    let numbers = lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let on = if lines.len() == 1 { "line" } else { "lines" };
    Diagnostic::new(Code::ReviewAnchor, place, format!("the sample has `{anchor}` more than once: on {on} {numbers}"))
        .help("take more of its line")
}

pub fn review_line(place: Place, wanted: u32, found: usize) -> Diagnostic {
    Diagnostic::new(Code::ReviewLine, place, format!("the anchor is on line {found}, not {wanted}"))
}

pub fn review_no_line(place: Place, line: u32, lines: usize) -> Diagnostic {
    Diagnostic::new(Code::ReviewLine, place, format!("the sample has no line {line}")).help(format!("it has {lines}"))
}

pub fn review_unplaced(place: Place, name: &str) -> Diagnostic {
    let missing = missing(&place, ["at", "line"]);
    Diagnostic::new(Code::ReviewAnchor, place, format!("this {name} says nowhere what it is about"))
        .help("give it at=\"text of the sample\" or line=")
        .lacks(missing)
}

pub fn review_unknown_cwe(place: Place, id: u32, near: &[String], version: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ReviewUnknownCwe, place, format!("CWE {version} has no weakness {id}"));
    if near.is_empty() {
        return diagnostic.help("it may be a category or a view, which are no weaknesses: name one that it holds");
    }
    diagnostic.help(format!("perhaps {}", near.join(" or ")))
}

pub fn review_deprecated_cwe(place: Place, id: u32, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ReviewUnknownCwe,
        place,
        format!("CWE-{id} is deprecated: {}", name.trim_start_matches("DEPRECATED: ")),
    )
}

pub fn review_missing_file(place: Place, what: &str, file: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::ReviewMissingFile, place, format!("there is no file `{file}` for the {what}"));
    maybe_help(diagnostic, nearest_is(near))
}

pub fn review_same_file(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ReviewMissingFile, place, "the fixed version is the sample itself")
}

pub fn review_no_sample(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ReviewNoSample, place, "this review has no sample")
        .help("give it file=, or put a code block into it")
}

pub fn review_file_in_fence(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ReviewNoSample, place, "the sample of a review is not included by its code block")
        .help("write file= on the review instead")
}

pub fn review_gives_away(place: Place, sample: Place) -> Diagnostic {
    Diagnostic::new(Code::ReviewGivesAway, place, "a comment in the sample gives the answer away")
        .note(sample, "this review shows it")
        .help("take it out: whoever searches must find by reading code")
}

pub fn review_no_findings(place: Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingPart, place, "this review has no finding")
        .help("add a nested :::finding[Title]{cwe=… severity=… at=\"…\"}")
}

pub fn review_no_fix(place: Place) -> Diagnostic {
    let missing = missing(&place, ["Fix"]);
    Diagnostic::new(Code::ReviewNoFix, place, "this finding does not say how it is fixed")
        .help("start a paragraph with **Fix.**")
        .lacks(missing)
}

pub fn review_nobody_harmed(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ReviewNobodyHarmed, place, "this finding does not say who is harmed")
        .help("name a person and what happens to them: a customer, a member, an agent")
}

pub fn simulation_gap(place: Place, starts: &str, wanted: &str) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    Diagnostic::new(
        Code::SimulationGap,
        place,
        format!("this segment starts at {starts}, and the one before ends at {wanted}"),
    )
    .lacks([directives])
}

pub fn simulation_start(place: Place, starts: &str) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    Diagnostic::new(Code::SimulationGap, place, format!("the first segment starts at {starts}, not at 0:00"))
        .lacks([directives])
}

pub fn simulation_length(place: Place, sum: u32, minutes: u32) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    Diagnostic::new(
        Code::SimulationLength,
        place,
        format!("the segments take {sum} minutes, and the simulation {minutes}"),
    )
    .lacks([directives])
}

/// `of` is where the simulation is named, `starts` are the times at which its segments start.
pub fn simulation_halves(place: Place, at: &str, starts: &[String], of: &Place) -> Diagnostic {
    let help = match starts {
        [] => "say technical=MINUTES on the simulation".to_owned(),
        _ => format!("segments start at {}: let one start there, or say technical=MINUTES", starts.join(", ")),
    };
    Diagnostic::new(Code::SimulationHalves, place, format!("no segment starts at {at}, where the technical half ends"))
        .help(help)
        .lacks(missing(of, ["technical"]))
        .lacks([Thing::Directives(of.path.clone())])
}

pub fn simulation_wrong_half(place: Place, kind: &str, at: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SimulationHalves,
        place,
        format!("a {kind} segment stands on the wrong side of {at}, where the technical half ends"),
    )
}

pub fn simulation_principles(place: Place, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::SimulationPrinciples,
        place,
        format!("a simulation asks for two or three principles, and this one for {count}"),
    )
}

pub fn simulation_cue(place: Place, at: &str, from: &str, to: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SimulationGap,
        place,
        format!("{at} is not within the segment, which starts at {from} and ends before {to}"),
    )
}

pub fn simulation_silent(place: Place) -> Diagnostic {
    Diagnostic::new(Code::PracticeMissingPart, place, "nothing is asked in this segment")
        .help("write what the interviewer says, or give it question=, topic= or principle=")
}

pub fn calc_syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::CalcSyntax, place, message)
}

pub fn calc_item(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CalcSyntax, place, "this is neither an input nor a result")
        .help("write `name: number unit {source=\"…\"}` or `name = expression = number unit`")
}

pub fn calc_input(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CalcSyntax, place, "an input is one number")
        .help("such as 10,000, 2.5 million or 5 %; what is computed is a result: name = expression = number")
}

pub fn calc_result(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CalcSyntax, place, "the result is missing here").help("state the number that comes out")
}

pub fn calc_name(place: Place, name: &str, suggestion: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::CalcSyntax, place, format!("`{name}` cannot be a name"));
    match suggestion {
        Some(suggestion) => diagnostic.help(format!("names have no spaces: `{suggestion}`")),
        None => diagnostic.help("a name has letters, digits and hyphens, and starts with a letter"),
    }
}

pub fn calc_taken(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::CalcSyntax, place, format!("`{name}` is there already")).help("give this one another name")
}

pub fn calc_unknown_name(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::CalcUnknownName, place, format!("no input or earlier result is called `{name}`")),
        nearest_is(near),
    )
}

pub fn calc_wrong_result(place: Place, stated: &str, computed: &str) -> Diagnostic {
    Diagnostic::new(Code::CalcWrongResult, place, format!("this is not {stated}")).help(format!("it is {computed}"))
}

pub fn calc_no_source(place: Place, name: &str) -> Diagnostic {
    let missing = missing(&place, ["source", "ref", "assumption"]);
    Diagnostic::new(Code::CalcNoSource, place, format!("`{name}` does not say where it comes from"))
        .help("add {source=\"…\"}, {ref=id} or {assumption}")
        .lacks(missing)
}

pub fn claim_no_standing(place: Place) -> Diagnostic {
    let missing = missing(&place, ["official", "reported", "advice"]);
    Diagnostic::new(Code::ClaimNoStanding, place, "this claim does not say how it is backed")
        .help("write {official ref=id}, {reported} or {advice} behind it")
        .lacks(missing)
}

pub fn claim_two_standings(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ClaimNoStanding, place, "this claim says twice how it is backed")
        .help("leave one of official, reported and advice")
}

pub fn claim_no_source(place: Place) -> Diagnostic {
    let missing = missing(&place, ["ref"]);
    Diagnostic::new(Code::ClaimNoSource, place, "an official claim needs its source")
        .help("add ref=id, from references.yaml")
        .lacks(missing)
}

pub fn term_unknown(place: Place, term: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::TermUnknown, place, format!("the glossary has no `{term}`")),
        nearest_is(near).or_else(|| Some("terms are listed in glossary.yaml".into())),
    )
    .hides([Thing::Use(near.unwrap_or(term).to_lowercase())])
    .lacks(unknown(&term.to_lowercase(), near, Ids::Term))
}

pub fn term_unused(place: Place, term: &str, id: &str) -> Diagnostic {
    Diagnostic::new(Code::TermUnused, place, format!("nothing uses the term `{term}`")).lacks([
        Thing::Use(id.to_owned()),
        Thing::Use(term.to_lowercase()),
        Thing::Id(id.to_owned()),
        Thing::AnyUse,
    ])
}

pub fn ref_unknown(place: Place, id: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::RefUnknown, place, format!("there is no reference `{id}`")),
        nearest_is(near).or_else(|| Some("references are listed in references.yaml".into())),
    )
    .hides([Thing::Use(near.unwrap_or(id).to_owned())])
    .lacks(unknown(id, near, Ids::Reference))
}

pub fn ref_unused(place: Place, id: &str) -> Diagnostic {
    Diagnostic::new(Code::RefUnused, place, format!("nothing cites `{id}`")).lacks([
        Thing::Use(id.to_owned()),
        Thing::Id(id.to_owned()),
        Thing::AnyUse,
    ])
}

pub fn ref_not_https(place: Place, url: &str) -> Diagnostic {
    Diagnostic::new(Code::RefNotHttps, place, format!("`{url}` is no https address")).help(
        match url.split_once("://") {
            Some(("http", rest)) => format!("write https://{rest}, if the site has it"),
            Some(_) => "sources are cited by an address that starts with https://".to_owned(),
            None => format!("write https://{url}"),
        },
    )
}
