//! `drill`: an exercise against the clock.

use super::{LEVELS, Reader, level};
use crate::diagnostic::catalog;
use crate::markdown::practice::Practice;
use crate::model::practice::drill::{Drill, KINDS, Points};
use crate::model::practice::time::{Minutes, shown};

pub fn read(reader: &mut Reader<'_>, index: usize) -> Drill {
    reader.wants_id(index);
    reader.wants_title(index);
    let name = reader.directive(index).name.span;
    let mut keys = reader.keys(index);
    let kind = keys.choice("kind", KINDS).map(|kind| kind.value);
    if !keys.has("minutes") {
        keys.needs("minutes", name);
    }
    let minutes = keys.read("minutes", "minutes such as 15 or 15-20, the lower first", Minutes::parse);
    let topic = keys.text("topic");
    let level = keys.read("level", LEVELS, level).map(|level| level.value);
    let principles = keys.list("principle");
    keys.finish();
    let topic = reader.topic(topic);
    let principles = reader.principles(principles);
    let body = reader.body(index);
    let before = reader.reports.len();
    let parts = reader.timed(body.lead());
    let all_timed = reader.reports.len() == before;
    let sum: u32 = parts.iter().map(|part| part.seconds.value).sum();
    if let Some(minutes) = &minutes
        && !parts.is_empty()
        && all_timed
        && !minutes.value.hold(sum)
    {
        let place = reader.at(minutes.span);
        reader.reports.push(catalog::drill_parts(place, &shown(sum), &minutes.value.to_string()));
    }
    if reader.children(index, Practice::Answer).is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::drill_no_answer(place));
    }
    let mut rubric = Vec::new();
    let mut percent = 0;
    for item in reader.items(index, "Rubric", false) {
        let (points, text) = item.markdown.split_once(' ').unwrap_or((&item.markdown, ""));
        match points.trim_end_matches('%').parse::<u16>().map(u32::from) {
            Ok(count) if points.ends_with('%') || text.starts_with("% ") => {
                percent += 1;
                rubric.push(Points { points: count, text: text.trim_start_matches('%').trim().to_owned() });
            }
            Ok(points) => rubric.push(Points { points, text: text.trim_start_matches('%').trim().to_owned() }),
            Err(_) => {
                let place = reader.at(item.span);
                reader.reports.push(catalog::rubric_points(place));
            }
        }
    }
    let sum: u32 = rubric.iter().map(|points| points.points).sum();
    if percent > 0 && percent == rubric.len() && sum != 100 {
        let label = reader.body(index).part("Rubric").and_then(|part| part.label);
        let place = label.map_or(reader.place(index), |(_, span)| reader.at(span));
        reader.reports.push(catalog::rubric_percent(place, sum));
    }
    let prompt = reader.told(index);
    if prompt.trim().is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::practice_empty(place, "drill", "say what to do"));
    }
    Drill { kind, minutes, topic, level, principles, prompt, parts, rubric }
}
