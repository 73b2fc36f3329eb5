//! Whether a threat model goes together: ids, boundaries, what is covered, letters, responses, ranks, places.

use std::collections::{BTreeSet, HashMap};

use crate::base::nearest::nearest;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::diagram::{self, Problem};
use crate::model::practice::threat_model::{FLOW_LETTERS, Flow, STRIDE, Threat, ThreatModel, stride_word};

type At<'a> = &'a dyn Fn(Span) -> Place;

/// Reports all that does not go together, and ranks the threats; `is_whole` says that nothing is wrong with it so far.
pub fn check(model: &mut ThreatModel, is_whole: bool, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    unique(model, at, reports);
    references(model, at, reports);
    let has_cycle = cycles(model, at, reports);
    if !has_cycle && is_whole {
        covered(model, at, reports);
    }
    letters(model, at, reports);
    responses(model, at, reports);
    rank(model, at, reports);
    if !has_cycle {
        places(model, at, reports);
    }
}

fn unique(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    let ids = model.elements.iter().map(|element| &element.id).chain(model.flows.iter().map(|flow| &flow.id));
    let ids = ids.chain(model.boundaries.iter().map(|boundary| &boundary.id));
    let ids = ids.chain(model.threats.iter().map(|threat| &threat.id).filter(|id| !id.value.is_empty()));
    // Anchors and file systems know no case.
    let mut known: HashMap<String, Span> = HashMap::new();
    for id in ids {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !id.value.chars().all(plain) {
            reports.push(catalog::model_bad_id(at(id.span), &id.value));
        }
        match known.get(&id.value.to_lowercase()) {
            Some(&first) => reports.push(catalog::model_duplicate_id(at(id.span), &id.value, at(first))),
            None => {
                known.insert(id.value.to_lowercase(), id.span);
            }
        }
    }
}

fn references(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    let elements: BTreeSet<&str> = model.elements.iter().map(|element| element.id.value.as_str()).collect();
    let flows: BTreeSet<&str> = model.flows.iter().map(|flow| flow.id.value.as_str()).collect();
    let boundaries: BTreeSet<&str> = model.boundaries.iter().map(|boundary| boundary.id.value.as_str()).collect();
    let threats: BTreeSet<&str> = model.threats.iter().map(|threat| threat.id.value.as_str()).collect();
    let mut wants = |what: &str, id: &Spanned<String>, known: &BTreeSet<&str>| {
        if !known.contains(id.value.as_str()) {
            let near = nearest(&id.value, known.iter().copied());
            reports.push(catalog::model_unknown_id(at(id.span), what, &id.value, near));
        }
    };
    for flow in &model.flows {
        flow.stops.iter().for_each(|stop| wants("element", stop, &elements));
    }
    let inside = model.elements.iter().filter_map(|element| element.inside.as_ref());
    inside
        .chain(model.boundaries.iter().filter_map(|boundary| boundary.inside.as_ref()))
        .for_each(|id| wants("boundary", id, &boundaries));
    for boundary in &model.boundaries {
        boundary.crossed_by.iter().for_each(|flow| wants("flow", flow, &flows));
    }
    let places: BTreeSet<&str> = elements.union(&flows).copied().collect();
    for threat in &model.threats {
        threat.on.iter().for_each(|place| wants("element or flow", place, &places));
    }
    for leaf in model.trees.iter().flat_map(|tree| tree.leaves()) {
        if let Some(threat) = leaf.threat.as_ref().filter(|threat| !threats.contains(threat.value.as_str())) {
            let near = nearest(&threat.value, threats.iter().copied());
            reports.push(catalog::tree_unknown_threat(at(threat.span), &threat.value, near));
        }
    }
    for flow in model.flows.iter().filter(|flow| is_still(flow)) {
        reports.push(catalog::model_self_flow(at(flow.id.span)));
    }
    let used = model.elements.iter().filter_map(|element| element.inside.as_ref());
    let used = used.chain(model.boundaries.iter().filter_map(|boundary| boundary.inside.as_ref()));
    let used: BTreeSet<&str> = used.map(|id| id.value.as_str()).collect();
    for boundary in &model.boundaries {
        if boundary.crossed_by.is_empty() && !used.contains(boundary.id.value.as_str()) {
            reports.push(catalog::model_empty_boundary(at(boundary.id.span), &boundary.id.value));
        }
    }
}

/// Whether a flow, or a part of it, goes from an element to itself.
fn is_still(flow: &Flow) -> bool {
    flow.stops.len() < 2 || flow.stops.windows(2).any(|hop| hop[0].value == hop[1].value)
}

fn cycles(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) -> bool {
    let around: HashMap<&str, &str> = model
        .boundaries
        .iter()
        .filter_map(|boundary| Some((boundary.id.value.as_str(), boundary.inside.as_ref()?.value.as_str())))
        .collect();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for boundary in &model.boundaries {
        let id = boundary.id.value.as_str();
        let mut seen = vec![id];
        let mut next = around.get(id);
        while let Some(&outer) = next {
            if outer == id {
                // One report for each ring.
                if !seen.iter().any(|id| reported.contains(id)) {
                    let place = boundary.inside.as_ref().map_or(boundary.id.span, |inside| inside.span);
                    reports.push(catalog::model_cycle(at(place), id));
                }
                reported.extend(&seen);
                break;
            }
            if seen.contains(&outer) {
                break;
            }
            seen.push(outer);
            next = around.get(outer);
        }
    }
    !reported.is_empty()
}

fn covered(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    for (number, crossed) in model.crossings() {
        let flow = &model.flows[number];
        if !model.threats.iter().any(|threat| threat.on.iter().any(|place| place.value == flow.id.value)) {
            reports.push(catalog::model_uncovered_flow(at(flow.id.span), &flow.id.value, &crossed.join(" and ")));
        }
    }
}

/// The letters that fit an element or flow; a flow counts with its ends.
fn fitting(model: &ThreatModel, place: &str) -> Option<String> {
    let of =
        |id: &str| model.elements.iter().find(|element| element.id.value == id).map(|element| element.kind.letters());
    if let Some(letters) = of(place) {
        return Some(letters.to_owned());
    }
    let flow = model.flows.iter().find(|flow| flow.id.value == place)?;
    let ends = flow.stops.iter().filter_map(|stop| of(&stop.value));
    let fits = |c: char| FLOW_LETTERS.contains(c) || ends.clone().any(|letters| letters.contains(c));
    Some(STRIDE.chars().filter(|&c| fits(c)).collect())
}

fn letters(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    for threat in &model.threats {
        let places: Option<Vec<String>> = threat.on.iter().map(|place| fitting(model, &place.value)).collect();
        let Some(places) = places.filter(|places| !places.is_empty()) else { continue };
        for letter in threat.stride.value.chars() {
            if !places.iter().any(|fitting| fitting.contains(letter)) {
                let on: Vec<&str> = threat.on.iter().map(|place| place.value.as_str()).collect();
                let fits: String =
                    STRIDE.chars().filter(|&c| places.iter().any(|fitting| fitting.contains(c))).collect();
                let report =
                    catalog::model_letter(at(threat.stride.span), letter, stride_word(letter), &on.join(", "), &fits);
                reports.push(report);
            }
        }
    }
}

fn responses(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    for threat in &model.threats {
        let mut lacks = |key: &str, value: &Option<String>, why: &str| {
            if value.is_none() {
                let place = at(threat.span);
                reports.push(catalog::model_response(place, &threat.id.value, threat.response, key, why));
            }
        };
        match threat.response {
            "mitigate" => {
                lacks("mitigation", &threat.mitigation, "say what is built");
                lacks("test", &threat.test, "say how one would see that it works: who tries what, and what happens");
            }
            "eliminate" => lacks("mitigation", &threat.mitigation, "say what is left out or redesigned"),
            "transfer" => lacks("mitigation", &threat.mitigation, "say who takes it over, and by what agreement"),
            "" => {}
            _ => lacks("residual", &threat.residual, "say what remains, who accepts it and until when"),
        }
    }
}

/// Ranks as written are checked, and computed where none is written.
fn rank(model: &mut ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    let threats = &mut model.threats;
    let written = threats.iter().filter(|threat| threat.rank_span.is_some()).count();
    if written == 0 {
        let mut order: Vec<usize> = (0..threats.len()).collect();
        let key = |threat: &Threat| {
            let (impact, likelihood) = threat.weight();
            (std::cmp::Reverse(impact * likelihood), std::cmp::Reverse(impact))
        };
        order.sort_by_key(|&index| key(&threats[index]));
        for (rank, index) in order.into_iter().enumerate() {
            threats[index].rank = rank + 1;
        }
        return;
    }
    let mut known: HashMap<usize, Span> = HashMap::new();
    for threat in threats.iter() {
        match (threat.rank_span, threat.rank) {
            (None, _) => reports.push(catalog::model_no_rank(at(threat.span), &threat.id.value)),
            (Some(_), 0) => {}
            (Some(span), rank) => match known.get(&rank) {
                Some(&first) => reports.push(catalog::model_rank_twice(at(span), rank, at(first))),
                None => {
                    known.insert(rank, span);
                }
            },
        }
    }
    let mut ranked: Vec<&Threat> = threats.iter().filter(|threat| threat.rank > 0).collect();
    ranked.sort_by_key(|threat| threat.rank);
    for (index, lower) in ranked.iter().enumerate() {
        let (impact, likelihood) = lower.weight();
        let above = ranked[..index].iter().find(|upper| {
            let (upper_impact, upper_likelihood) = upper.weight();
            upper_impact <= impact && upper_likelihood <= likelihood && upper.weight() != lower.weight()
        });
        if let (Some(upper), Some(span)) = (above, lower.rank_span) {
            reports.push(catalog::model_rank_order(at(span), &upper.id.value, &lower.id.value));
        }
    }
}

fn places(model: &ThreatModel, at: At<'_>, reports: &mut Vec<Diagnostic>) {
    // Where a place is missing, which was reported, nothing is known of it.
    if model.elements.iter().any(|element| element.at.is_none()) {
        return;
    }
    for problem in diagram::problems(&model.diagram()) {
        let element = |index: usize| &model.elements[index].id;
        let boundary = |index: usize| &model.boundaries[index].id;
        reports.push(match problem {
            Problem::Overlap { first, second } => {
                catalog::model_overlap(at(element(second).span), &element(first).value, &element(second).value)
            }
            Problem::Inside { element: index, boundary: around } => {
                catalog::model_inside(at(element(index).span), &element(index).value, &boundary(around).value)
            }
            Problem::Crossing { first, second } => {
                catalog::model_crossing(at(boundary(second).span), &boundary(first).value, &boundary(second).value)
            }
        });
    }
}
