//! `attack-tree`: a nested list with costs.

use super::Reader;
use super::prose::ListItem;
use crate::base::span::Spanned;
use crate::diagnostic::{Place, catalog};
use crate::model::practice::Content;
use crate::model::practice::attack_tree::{AttackTree, MOST_LEVELS, Node};

pub fn read(reader: &mut Reader<'_>, index: usize) -> Content {
    reader.wants_title(index);
    let directive = reader.directive(index);
    if let Some(id) = &directive.id {
        reader.check_id(id);
    }
    let mut keys = reader.keys(index);
    let model = keys.text("model");
    let unit = keys.text("unit").map(|unit| unit.value);
    let all = keys.choice("goal", &["any", "all"]).is_some_and(|goal| goal.value == "all");
    keys.finish();
    let steps: Vec<usize> = reader.body(index).parts.iter().flat_map(|part| part.steps.iter().copied()).collect();
    let mut nodes = Vec::new();
    for list in reader.lists(&steps, true) {
        reader.take_list(list.span, true);
        for item in &list.items {
            nodes.push(node(reader, item));
        }
    }
    if nodes.is_empty() {
        let place = reader.place(index);
        reader.reports.push(catalog::practice_empty(place, "attack tree", "write its steps as a list"));
    }
    let mut tree = AttackTree { id: directive.id.clone(), goal: reader.title(index), unit, cost: None, all, nodes };
    check(&mut tree, |span| Place::at(reader.path, span), reader.reports);
    if model.is_none()
        && let Some(named) = tree.leaves().into_iter().find_map(|leaf| leaf.threat.as_ref())
    {
        let place = reader.at(named.span);
        reader.reports.push(catalog::tree_no_model(place));
    }
    tree.weigh();
    Content::AttackTree { model, tree }
}

fn node(reader: &mut Reader<'_>, item: &ListItem) -> Node {
    let mut keys = reader.item_keys(&item.braces).about(item.span);
    let cost = keys.read("cost", "a number from 0", |text| {
        text.parse::<f64>().ok().filter(|cost| cost.is_finite() && *cost >= 0.0)
    });
    let threat = keys.text("threat");
    keys.finish();
    let marked = |mark: &str| {
        let text = item.markdown.as_str();
        let bold = text.strip_prefix("**").and_then(|text| text.split_once("**"));
        let (word, rest) = bold.or_else(|| text.split_once(' ').filter(|(word, _)| *word == mark))?;
        let is_it = word.trim_end_matches([':', '.']).eq_ignore_ascii_case(mark);
        is_it.then(|| rest.trim_start_matches([' ', ':']).to_owned())
    };
    let (all, step) = match (marked("AND"), marked("OR")) {
        (Some(step), _) => (true, step),
        (_, Some(step)) => (false, step),
        _ => (false, item.markdown.clone()),
    };
    let nodes = item.items.iter().map(|below| node(reader, below)).collect();
    let cost: Option<Spanned<f64>> = cost;
    if step.is_empty() {
        let place = reader.at(item.span);
        reader.reports.push(catalog::tree_no_step(place));
    }
    Node { step, cost: cost.map(|cost| cost.value), threat, all, nodes, cheapest: false, span: item.span }
}

/// Reports steps without a cost, and costs that follow from others. Comes before the tree is weighed.
pub fn check(
    tree: &mut AttackTree,
    place: impl Fn(crate::base::span::Span) -> Place,
    reports: &mut Vec<crate::diagnostic::Diagnostic>,
) {
    if let Some(span) = tree.cut() {
        reports.push(catalog::tree_too_deep(place(span), MOST_LEVELS));
        return;
    }
    let mut waiting: Vec<&Node> = tree.nodes.iter().rev().collect();
    while let Some(node) = waiting.pop() {
        if let Some(threat) = node.threat.as_ref().filter(|_| !node.nodes.is_empty()) {
            reports.push(catalog::tree_inner_threat(place(threat.span)));
        }
        match (node.nodes.is_empty(), node.cost) {
            (true, None) => reports.push(catalog::tree_no_cost(place(node.span))),
            (false, Some(_)) => reports.push(catalog::tree_needless_cost(place(node.span))),
            _ => {}
        }
        waiting.extend(node.nodes.iter().rev());
    }
}
