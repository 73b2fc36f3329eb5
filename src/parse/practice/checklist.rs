//! `checklist`: items with keys that outlive edits.

use std::collections::HashMap;

use super::Reader;
use crate::base::hash::Hash;
use crate::base::nearest::distance_within;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::catalog;
use crate::model::practice::Tick;
use crate::model::practice::checklist::{Checklist, Item};
use crate::model::practice::time::Minutes;

use super::prose::ListItem;

/// The phase of the list that a plan names when the interview is near.
const EMERGENCY: &str = "emergency";

pub fn read(reader: &mut Reader<'_>, index: usize) -> Checklist {
    reader.wants_id(index);
    reader.wants_title(index);
    let mut keys = reader.keys(index);
    let phase = keys.text("phase");
    // The one that means something to a plan; all others are the book's own.
    if let Some(phase) = phase.as_ref().filter(|phase| phase.value != EMERGENCY)
        && distance_within(&phase.value, EMERGENCY, 2).is_some()
    {
        keys.bad("phase", phase.span, &phase.value, "words of the book's own, or `emergency`, as plans know it");
    }
    let phase = phase.map(|phase| phase.value);
    keys.finish();
    let steps: Vec<usize> = reader.body(index).parts.iter().flat_map(|part| part.steps.iter().copied()).collect();
    let mut items = Vec::new();
    let mut known = HashMap::new();
    for list in reader.lists(&steps, true) {
        // A list without any box is text.
        let has_boxes = list.items.iter().any(|item| item.is_task);
        for item in list.items.iter().filter(|item| has_boxes && !item.is_task) {
            let place = reader.at(item.span);
            reader.reports.push(catalog::checklist_no_box(place));
        }
        for item in &list.items {
            collect(reader, item, &mut known, &mut items);
        }
    }
    if items.is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::checklist_empty(place));
    }
    Checklist { phase, items }
}

/// Whole minutes; nobody ticks off what takes longer than a day.
fn minutes(text: &str) -> Option<u32> {
    Minutes::parse(text).filter(|range| range.least == range.most && range.most <= 1_440).map(|range| range.most.into())
}

fn collect(reader: &mut Reader<'_>, item: &ListItem, known: &mut HashMap<String, Span>, items: &mut Vec<Item>) {
    if item.is_task {
        let mut keys = reader.item_keys(&item.braces);
        let id = keys.text("id");
        let minutes = keys.read("minutes", "whole minutes", minutes).map(|minutes| minutes.value);
        keys.finish();
        if let Some(id) = &id {
            reader.check_id(id);
        }
        let is_given = id.is_some();
        let key = id.unwrap_or_else(|| Spanned::new(Hash::of(item.text.as_bytes()).short(), item.span));
        match known.get(&key.value) {
            Some(&first) => {
                let first = reader.at(first);
                let place = reader.at(key.span);
                let report = if is_given {
                    catalog::checklist_duplicate(place, &key.value, first)
                } else {
                    catalog::checklist_same_text(place, first)
                };
                reader.reports.push(report);
            }
            None => {
                known.insert(key.value.clone(), key.span);
            }
        }
        // The box stands between the item's start and its text.
        let head = Span { start: item.start, end: item.span.start };
        if head.slice(reader.source).to_ascii_lowercase().contains("[x]") {
            let place = reader.at(item.span);
            reader.reports.push(catalog::checklist_ticked(place));
        }
        reader.layout.ticks.push(Tick { item: item.start, key: key.value.clone(), text: item.text.clone(), minutes });
        items.push(Item { key, text: item.text.clone(), minutes });
    }
    for below in &item.items {
        collect(reader, below, known, items);
    }
}
