//! Threat models and attack trees: the drawing, the tables, what is covered.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Context, data};
use crate::base::nearest::nearest;
use crate::base::span::Spanned;
use crate::diagnostic::catalog;
use crate::diagram::{self, Captions};
use crate::model::practice::attack_tree::{AttackTree, Node};
use crate::model::practice::data::{Data, DataKind};
use crate::model::practice::threat_model::{FLOW_LETTERS, STRIDE, Threat, ThreatModel};
use crate::model::strings::Strings;

pub fn view(context: &mut Context<'_, '_>, src: &Spanned<String>) -> Value {
    let Some((path, Data::ThreatModel(model))) = data::find(context, src, DataKind::ThreatModel) else {
        return json!({"threats": []});
    };
    if !context.met.insert(format!("data {path}")) {
        let report = catalog::data_twice(context.at(src.span), &src.value);
        context.reports.push(report);
    }
    let file = context.resolver.book.files.get(&path).map(|url| context.href(url));
    let id = model.id.as_ref().map_or("model", |id| &id.value);
    let title = model.title.as_ref().map_or("", |title| &title.value);
    let strings = context.resolver.strings;
    let captions = Captions {
        id_prefix: format!("{id}.dfd"),
        title: strings.fill("diagram_title", &[("title", title)]),
        description: described(&model, strings),
    };
    let crossings = model.crossings();
    let flows: Vec<Value> = model
        .flows
        .iter()
        .enumerate()
        .map(|(number, flow)| {
            json!({
                "id": flow.id,
                "number": number + 1,
                "stops": flow.stops.iter().map(|stop| json!({"id": stop.value, "name": name(&model, &stop.value)})).collect::<Vec<Value>>(),
                "data": flow.data,
                "over": flow.over,
                "both": flow.both,
                "crosses": crossings.get(&number),
            })
        })
        .collect();
    let mut ranked: Vec<&Threat> = model.threats.iter().collect();
    ranked.sort_by_key(|threat| threat.rank);
    json!({
        "id": model.id,
        "title": model.title,
        "description": model.description,
        "minutes": model.minutes,
        "topic": model.topic,
        "level": model.level,
        "file": file,
        "svg": diagram::svg(&model.diagram(), &captions),
        "elements": model.elements,
        "flows": flows,
        "boundaries": model.boundaries,
        "threats": ranked.iter().map(|threat| self::threat(id, threat, strings)).collect::<Vec<Value>>(),
        "letters": letters(STRIDE, strings),
        "coverage": coverage(&model),
        "trees": model.trees.iter().map(|tree| drawn(tree, Some(id))).collect::<Vec<Value>>(),
    })
}

fn name<'m>(model: &'m ThreatModel, id: &str) -> Option<&'m str> {
    model.elements.iter().find(|element| element.id.value == id).map(|element| element.name.as_str())
}

/// The drawing in words.
fn described(model: &ThreatModel, strings: &Strings) -> String {
    let count = |count: usize| count.to_string();
    let elements = strings.fill("element_count", &[("count", &count(model.elements.len()))]);
    let flows = strings.fill("flow_count", &[("count", &count(model.flows.len()))]);
    let boundaries = strings.fill("boundary_count", &[("count", &count(model.boundaries.len()))]);
    let counts = [("elements", &*elements), ("flows", &*flows), ("boundaries", &*boundaries)];
    strings.fill("diagram_description", &counts)
}

/// Letters of STRIDE with their words.
fn letters(letters: &str, strings: &Strings) -> Vec<Value> {
    let word = |letter: char| strings.text(&format!("stride_{}", letter.to_ascii_lowercase())).to_owned();
    letters.chars().map(|letter| json!({"letter": letter, "word": word(letter)})).collect()
}

/// Ids in a model are its own, so a threat's anchor has the model's in front.
fn threat(model: &str, threat: &Threat, strings: &Strings) -> Value {
    json!({
        "id": threat.id,
        "anchor": anchor(model, &threat.id.value),
        "rank": threat.rank,
        "on": threat.on,
        "stride": letters(&threat.stride.value, strings),
        "statement": threat.statement,
        "likelihood": threat.likelihood,
        "impact": threat.impact,
        "why": threat.why,
        "response": threat.response,
        "mitigation": threat.mitigation,
        "test": threat.test,
        "residual": threat.residual,
    })
}

fn anchor(model: &str, threat: &str) -> String {
    crate::model::practice::threat_model::anchor(model, threat)
}

/// Which letters threats cover, for each flow and element: the threats, a hole, or nothing where a letter does not fit.
fn coverage(model: &ThreatModel) -> Vec<Value> {
    let mut by_place: BTreeMap<&str, Vec<&Threat>> = BTreeMap::new();
    for threat in &model.threats {
        for place in &threat.on {
            by_place.entry(&place.value).or_default().push(threat);
        }
    }
    let crossings = model.crossings();
    let row = |id: &str, name: String, fitting: &str, is_crossing: bool| {
        let threats = by_place.get(id).map_or(&[][..], Vec::as_slice);
        let cells = STRIDE.chars().map(|letter| {
            let found: Vec<&str> = threats
                .iter()
                .filter(|threat| threat.stride.value.contains(letter))
                .map(|threat| threat.id.value.as_str())
                .collect();
            json!({"threats": found, "fits": fitting.contains(letter)})
        });
        json!({"id": id, "name": name, "cells": cells.collect::<Vec<Value>>(), "crosses": is_crossing, "is_covered": !threats.is_empty()})
    };
    let flows =
        model.flows.iter().enumerate().map(|(number, flow)| {
            row(&flow.id.value, flow.data.clone(), FLOW_LETTERS, crossings.contains_key(&number))
        });
    let elements = model
        .elements
        .iter()
        .map(|element| row(&element.id.value, element.name.clone(), element.kind.letters(), false));
    flows.chain(elements).collect()
}

/// An attack tree on a page. Its threats are those of a model.
pub fn tree(context: &mut Context<'_, '_>, model: Option<&Spanned<String>>, tree: &AttackTree) -> Value {
    let Some(id) = model else { return drawn(tree, None) };
    let Some(home) = context.find(id, "threat model", &["threat-model"]).cloned() else { return drawn(tree, None) };
    let page = context.href_of(&id.value, &home);
    let data = match home.owner {
        crate::model::practice::registry::Owner::Data(number) => context.resolver.data.get(number),
        _ => None,
    };
    if let Some(Data::ThreatModel(model)) = data.and_then(|data| data.content.as_ref()) {
        for leaf in tree.leaves() {
            let Some(threat) = &leaf.threat else { continue };
            let known = model.threats.iter().map(|threat| threat.id.value.as_str());
            if !known.clone().any(|known| known == threat.value) {
                let near = nearest(&threat.value, known);
                let report = catalog::tree_unknown_threat(context.at(threat.span), &threat.value, near);
                context.reports.push(report);
            }
        }
    }
    let prefix = page.map_or(String::new(), |page| page.split('#').next().unwrap_or("").to_owned());
    let mut view = drawn(tree, Some(&id.value));
    if let Value::Object(fields) = &mut view {
        fields.insert("page".into(), json!(prefix));
    }
    view
}

fn drawn(tree: &AttackTree, model: Option<&str>) -> Value {
    json!({
        "id": tree.id,
        "title": tree.goal,
        "goal": tree.goal,
        "unit": tree.unit,
        "cost": tree.cost.map(cost),
        "all": tree.all,
        "page": "",
        "nodes": tree.nodes.iter().map(|node| self::node(node, model)).collect::<Vec<Value>>(),
    })
}

fn node(node: &Node, model: Option<&str>) -> Value {
    json!({
        "step": node.step,
        "cost": node.cost.map(cost),
        "threat": node.threat,
        "anchor": node.threat.as_ref().zip(model).map(|(threat, model)| anchor(model, &threat.value)),
        "all": node.all,
        "cheapest": node.cheapest,
        "nodes": node.nodes.iter().map(|below| self::node(below, model)).collect::<Vec<Value>>(),
    })
}

/// A cost as people write it.
fn cost(cost: f64) -> String {
    format!("{}", (cost * 100.0).round() / 100.0)
}
