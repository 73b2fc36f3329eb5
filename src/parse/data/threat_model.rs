//! `*.threat-model.yaml`: elements, flows, boundaries, threats and attack trees, and whether they go together.

mod check;

use super::{File, head};
use crate::base::span::{Span, Spanned};
use crate::data::{Kind, Table, Value};
use crate::diagnostic::{Place, catalog};
use crate::model::practice::attack_tree::{AttackTree, Node};
use crate::model::practice::threat_model::{
    Boundary, DEGREES, Element, ElementKind, Flow, RESPONSES, STRIDE, Threat, ThreatModel,
};

/// How much a drawing holds.
const MOST_ELEMENTS: usize = 100;
const MOST_FLOWS: usize = 300;
const MOST_BOUNDARIES: usize = 40;

pub fn read(file: &mut File<'_>, mut table: Table<'_>) -> ThreatModel {
    let start = Span::new(0..0);
    let id = file.id(&mut table, "the threat model", start);
    let title = file.needed(&mut table, "title", "the threat model", start);
    let description = table.text("description").map(|text| text.value);
    let minutes = File::minutes(&mut table);
    let topic = file.topic(&mut table);
    let level = File::level(&mut table);
    let elements = table.entries("elements");
    let elements: Vec<Element> = elements.into_iter().map(|(id, value)| element(file, &mut table, id, value)).collect();
    let flows = table.entries("flows");
    let flows: Vec<Flow> = flows.into_iter().map(|(id, value)| flow(file, &mut table, id, value)).collect();
    let boundaries = table.entries("boundaries");
    let boundaries: Vec<Boundary> =
        boundaries.into_iter().map(|(id, value)| boundary(file, &mut table, id, value)).collect();
    let threats = table.list("threats");
    let count = threats.len();
    let threats: Vec<Threat> = threats.into_iter().map(|value| threat(file, &mut table, value, count)).collect();
    let trees = table.list("attack-trees");
    let trees: Vec<AttackTree> = trees.into_iter().map(|value| tree(file, &mut table, value)).collect();
    for (key, is_empty) in [("elements", elements.is_empty()), ("threats", threats.is_empty())] {
        if is_empty {
            table.missing(start, key, "the threat model");
        }
    }
    let mut model =
        ThreatModel { id, title, description, minutes, topic, level, elements, flows, boundaries, threats, trees };
    for (count, most, of) in [
        (model.elements.len(), MOST_ELEMENTS, "elements"),
        (model.flows.len(), MOST_FLOWS, "flows"),
        (model.boundaries.len(), MOST_BOUNDARIES, "boundaries"),
    ] {
        if count > most {
            table.report(catalog::model_too_large(file.at(start), most, of));
        }
    }
    model.elements.truncate(MOST_ELEMENTS);
    model.flows.truncate(MOST_FLOWS);
    model.boundaries.truncate(MOST_BOUNDARIES);
    let mut found = Vec::new();
    // What crosses what is not known of a model that is read in part.
    let is_whole = !table.has_errors() && !model.threats.is_empty();
    check::check(&mut model, is_whole, &|span| Place::at(file.path, span), &mut found);
    for tree in &mut model.trees {
        crate::parse::practice::check_tree(tree, |span| Place::at(file.path, span), &mut found);
        tree.weigh();
    }
    found.into_iter().for_each(|report| table.report(report));
    table.finish();
    model
}

fn element(file: &File<'_>, table: &mut Table<'_>, id: Spanned<String>, value: Value) -> Element {
    let place = id.span;
    let mut entry = table.nested("an element", value);
    entry.about(place);
    if !entry.has("kind") {
        entry.missing(place, "kind", &id.value);
    }
    let kind = entry.choice("kind", ElementKind::NAMES).and_then(ElementKind::named).unwrap_or(ElementKind::Process);
    let name = file.needed(&mut entry, "name", &id.value, place).map_or(String::new(), |name| name.value);
    if !entry.has("at") {
        entry.missing(place, "at", &id.value);
    }
    let at = cell(file.text, &mut entry);
    let inside = entry.text("in");
    entry.finish();
    Element { id, kind, name, at, inside }
}

/// `at: [column, row]`.
fn cell(text: &str, entry: &mut Table<'_>) -> Option<(u32, u32)> {
    let values = entry.list("at");
    let number = |value: &Value| match &value.kind {
        Kind::Number(number) => number.parse::<u32>().ok().filter(|number| *number < 1000),
        _ => None,
    };
    match values.iter().map(number).collect::<Option<Vec<u32>>>().as_deref() {
        Some([column, row]) => return Some((*column, *row)),
        _ if values.is_empty() => {}
        _ => {
            let span = Span { start: values[0].span.start, end: values[values.len() - 1].span.end };
            let shown = span.slice(text).to_owned();
            entry.bad("at", span, &shown, "column and row from 0 to 999, as in [0, 1]");
        }
    }
    None
}

fn flow(file: &File<'_>, table: &mut Table<'_>, id: Spanned<String>, value: Value) -> Flow {
    let place = id.span;
    let mut entry = table.nested("a flow", value);
    entry.about(place);
    let from = file.needed(&mut entry, "from", &id.value, place);
    if !entry.has("to") {
        entry.missing(place, "to", &id.value);
    }
    let to = entry.texts("to");
    let data = file.needed(&mut entry, "data", &id.value, place).map_or(String::new(), |data| data.value);
    let over = entry.text("over").map(|over| over.value);
    let both = entry.flag("both").unwrap_or(false);
    entry.finish();
    Flow { id, stops: from.into_iter().chain(to).collect(), data, over, both }
}

fn boundary(file: &File<'_>, table: &mut Table<'_>, id: Spanned<String>, value: Value) -> Boundary {
    let place = id.span;
    let mut entry = table.nested("a boundary", value);
    entry.about(place);
    let name = file.needed(&mut entry, "name", &id.value, place).map_or(String::new(), |name| name.value);
    let inside = entry.text("in");
    let crossed_by = entry.texts("crossed-by");
    entry.finish();
    Boundary { id, name, inside, crossed_by }
}

fn threat(file: &File<'_>, table: &mut Table<'_>, value: Value, count: usize) -> Threat {
    let place = head(&value);
    let mut entry = table.nested("a threat", value);
    let id = file.name(&mut entry, "id", "this threat", place).unwrap_or_else(|| Spanned::new(String::new(), place));
    let name = if id.value.is_empty() { "this threat".to_owned() } else { id.value.clone() };
    let mut has = Vec::new();
    for key in ["on", "stride", "likelihood", "impact", "response"] {
        if entry.has(key) {
            has.push(key);
        } else {
            entry.missing(place, key, &name);
        }
    }
    let on = entry.texts("on");
    let letters = entry.texts("stride");
    for (key, is_empty) in [("on", on.is_empty()), ("stride", letters.is_empty())] {
        if is_empty && has.contains(&key) {
            entry.missing(place, key, &name);
        }
    }
    let span = letters
        .first()
        .zip(letters.last())
        .map_or(place, |(first, last)| Span { start: first.span.start, end: last.span.end });
    let is_bad = |text: &&Spanned<String>| text.value.is_empty() || !text.value.chars().all(|c| STRIDE.contains(c));
    let bad: Vec<&Spanned<String>> = letters.iter().filter(is_bad).collect();
    if let (Some(first), Some(last)) = (bad.first(), bad.last()) {
        let written = bad.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join(", ");
        let meant = written.to_uppercase();
        let is_meant = meant.chars().all(|c| STRIDE.contains(c) || ", ".contains(c)) && !meant.is_empty();
        let place = file.at(Span { start: first.span.start, end: last.span.end });
        entry.report(catalog::model_bad_letter(place, &written, if is_meant { &meant } else { "" }));
    }
    // In the order of the word, each once.
    let stride = STRIDE.chars().filter(|c| letters.iter().any(|text| text.value.contains(*c))).collect();
    let statement = file.needed(&mut entry, "statement", &name, place).map_or(String::new(), |text| text.value);
    let likelihood = entry.choice("likelihood", DEGREES).unwrap_or("medium");
    let impact = entry.choice("impact", DEGREES).unwrap_or("medium");
    let why = entry.text("why").map(|why| why.value);
    let response = entry.choice("response", RESPONSES).unwrap_or("");
    let [mitigation, test, residual] = ["mitigation", "test", "residual"].map(|key| entry.text(key));
    let text = |text: Option<Spanned<String>>| text.map(|text| text.value).filter(|text| !text.trim().is_empty());
    let rank = entry.integer("rank");
    let known = |rank: &Spanned<i64>| usize::try_from(rank.value).ok().filter(|rank| (1..=count).contains(rank));
    if let Some(rank) = rank.as_ref().filter(|rank| known(rank).is_none()) {
        entry.report(catalog::model_rank_range(file.at(rank.span), rank.value, count));
    }
    entry.finish();
    Threat {
        id,
        on,
        stride: Spanned::new(stride, span),
        statement,
        likelihood,
        impact,
        why,
        response,
        mitigation: text(mitigation),
        test: text(test),
        residual: text(residual),
        rank: rank.as_ref().and_then(known).unwrap_or(0),
        rank_span: rank.map(|rank| rank.span),
        span: place,
    }
}

fn tree(file: &File<'_>, table: &mut Table<'_>, value: Value) -> AttackTree {
    let place = head(&value);
    let mut entry = table.nested("an attack tree", value);
    let id = if entry.has("id") { file.id(&mut entry, "this attack tree", place) } else { None };
    let goal = file.needed(&mut entry, "goal", "this attack tree", place).map_or(String::new(), |goal| goal.value);
    let unit = entry.text("unit").map(|unit| unit.value);
    let (all, nodes) = below(file, &mut entry);
    if nodes.is_empty() {
        entry.missing(place, "any", "this attack tree");
    }
    entry.finish();
    AttackTree { id, goal, unit, cost: None, all, nodes }
}

/// The steps below a step: `any` of them or `all`.
fn below(file: &File<'_>, entry: &mut Table<'_>) -> (bool, Vec<Node>) {
    let any = entry.list("any");
    let all = entry.list("all");
    let is_all = any.is_empty() && !all.is_empty();
    let nodes = any.into_iter().chain(all).map(|value| node(file, entry, value)).collect();
    (is_all, nodes)
}

fn node(file: &File<'_>, table: &mut Table<'_>, value: Value) -> Node {
    let place = head(&value);
    let mut entry = table.nested("a step", value);
    let step = file.needed(&mut entry, "step", "this step", place).map_or(String::new(), |step| step.value);
    let cost = entry.number("cost");
    if let Some(cost) = cost.as_ref().filter(|cost| cost.value < 0.0) {
        entry.bad("cost", cost.span, &cost.value.to_string(), "a number from 0");
    }
    let cost = cost.map(|cost| cost.value.max(0.0));
    let threat = entry.text("threat");
    let (all, nodes) = below(file, &mut entry);
    entry.finish();
    Node { step, cost, threat, all, nodes, cheapest: false, span: place }
}
