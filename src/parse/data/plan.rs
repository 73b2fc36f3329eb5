//! `*.plan.yaml`: days with something to do.

use super::{File, count, head};
use crate::base::nearest::nearest;
use crate::base::span::Spanned;
use crate::data::{Kind, Table, Value};
use crate::diagnostic::catalog;
use crate::model::practice::plan::{Day, Item, Plan};

pub fn read(file: &mut File<'_>, mut table: Table<'_>) -> Plan {
    let start = crate::base::span::Span::new(0..0);
    let id = file.id(&mut table, "the plan", start);
    let title = file.needed(&mut table, "title", "the plan", start);
    let minutes = File::minutes(&mut table);
    let bounds = minutes.map_or(file.rules.day_minutes, |minutes| (minutes.least, minutes.most));
    let entries = table.list("days");
    if entries.is_empty() {
        table.missing(start, "days", "the plan");
    }
    check_weekdays(&entries, &mut table);
    let mut days: Vec<Day> = Vec::new();
    // Behind a day without a number any may come.
    let mut wanted = Some(1);
    for entry in entries {
        let place = head(&entry);
        let day = day(file, &mut table, entry);
        let before = std::mem::replace(&mut wanted, day.as_ref().map(|day| day.day.value.saturating_add(1)));
        let Some(day) = day else { continue };
        if let Some(wanted) = before.filter(|wanted| *wanted != day.day.value) {
            table.report(catalog::plan_day_order(file.at(day.day.span), day.day.value, wanted));
        }
        let sum: u32 = day.items.iter().map(|item| item.minutes).fold(0, u32::saturating_add);
        let is_usual = (u32::from(bounds.0)..=u32::from(bounds.1)).contains(&sum);
        let is_known = !day.items.is_empty() && day.items.iter().all(|item| item.minutes > 0);
        if !is_known {
            // What is missing was reported.
        } else if !is_usual && day.exception.is_none() {
            let place = file.at(day.day.span);
            table.report(catalog::plan_day_minutes(place, day.day.value, sum, bounds.0, bounds.1));
        } else if is_usual && day.exception.is_some() {
            table.report(catalog::plan_needless_exception(file.at(place), day.day.value));
        }
        days.push(day);
    }
    table.finish();
    Plan { id, title, minutes, days }
}

/// English names of the days, short ones first: a slip in one is likelier.
const WEEKDAYS: &[&str] = &[
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "Tues",
    "Weds",
    "Thur",
    "Thurs",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Reports what is nearly an English name where others are. Other languages have other names, of which nothing is known.
fn check_weekdays(entries: &[Value], table: &mut Table<'_>) {
    let is_known = |written: &Spanned<String>| {
        let name = written.value.trim_end_matches('.');
        WEEKDAYS.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let (known, others): (Vec<_>, Vec<_>) = entries.iter().filter_map(weekday).partition(is_known);
    for written in others.iter().filter(|_| !known.is_empty()) {
        if let Some(near) = nearest(&written.value, WEEKDAYS.iter().copied()) {
            let wanted = format!("a day of the week, as the others; nearest is `{near}`");
            table.bad("weekday", written.span, &written.value, &wanted);
        }
    }
}

/// The weekday that an entry says.
fn weekday(entry: &Value) -> Option<Spanned<String>> {
    let Kind::Map(entries) = &entry.kind else { return None };
    let (_, value) = entries.iter().find(|(key, _)| key.value == "weekday")?;
    match &value.kind {
        Kind::Text(text) => Some(Spanned::new(text.clone(), value.span)),
        _ => None,
    }
}

fn day(file: &File<'_>, table: &mut Table<'_>, entry: Value) -> Option<Day> {
    let place = head(&entry);
    let mut entry = table.nested("a day", entry);
    if !entry.has("day") {
        entry.missing(place, "day", "this day");
    }
    let day = count(&mut entry, "day");
    if let Some(day) = &day {
        entry.about(day.span);
    }
    let weekday = entry.text("weekday").map(|weekday| weekday.value);
    let items = entry.list("items");
    if items.is_empty() {
        entry.missing(place, "items", "this day");
    }
    let items = items.into_iter().map(|item| self::item(file, &mut entry, item)).collect();
    let evidence = entry.text("evidence").map(|evidence| evidence.value);
    let exception = entry.text("exception").map(|why| why.value);
    entry.finish();
    Some(Day { day: day?, weekday, items, evidence, exception })
}

fn item(file: &File<'_>, table: &mut Table<'_>, item: Value) -> Item {
    let place = head(&item);
    let mut item = table.nested("an item of a day", item);
    let text = file.needed(&mut item, "do", "this item", place).map_or(String::new(), |text| text.value);
    let page = item.text("page");
    let practice = item.text("practice");
    if page.is_none() && practice.is_none() && !item.is_broken() {
        item.report(catalog::plan_no_target(file.at(place)));
    }
    if !item.has("minutes") {
        item.missing(place, "minutes", "this item");
    }
    let minutes = count(&mut item, "minutes").map_or(0, |minutes| minutes.value);
    item.finish();
    Item { text, page, practice, minutes, span: place }
}
