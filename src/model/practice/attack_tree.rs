//! An attack tree: ways to a goal, and what each costs.

use serde::Serialize;

use crate::base::span::{Span, Spanned};

/// Ways to a goal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttackTree {
    /// What it is called in the book.
    pub id: Option<Spanned<String>>,
    /// What the attacker wants, as inline Markdown.
    pub goal: String,
    /// What costs are counted in.
    pub unit: Option<String>,
    /// What the cheapest way costs; none where a cost is missing.
    pub cost: Option<f64>,
    /// Whether all of its nodes are needed.
    pub all: bool,
    /// The first steps.
    pub nodes: Vec<Node>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// What is done, as inline Markdown.
    pub step: String,
    /// What it costs: as stated, or computed from the steps below it.
    pub cost: Option<f64>,
    /// The threat that it stands for.
    pub threat: Option<Spanned<String>>,
    /// Whether all steps below it are needed.
    pub all: bool,
    /// The steps below it.
    pub nodes: Vec<Self>,
    /// It is on the cheapest way.
    pub cheapest: bool,
    /// Where it is.
    #[serde(skip)]
    pub span: Span,
}

/// How many levels of steps a tree has at most.
pub const MOST_LEVELS: usize = 12;

impl AttackTree {
    /// Leaves out what is nested too deep; gives the first step that has lost something.
    pub fn cut(&mut self) -> Option<Span> {
        fn cut(nodes: &mut [Node], left: usize) -> Option<Span> {
            let mut first = None;
            for node in nodes.iter_mut().filter(|node| !node.nodes.is_empty()) {
                let lost = if left == 0 {
                    node.nodes.clear();
                    Some(node.span)
                } else {
                    cut(&mut node.nodes, left - 1)
                };
                first = first.or(lost);
            }
            first
        }
        cut(&mut self.nodes, MOST_LEVELS - 1)
    }

    /// Computes costs from the leaves up and marks the cheapest way; of several, the first.
    pub fn weigh(&mut self) {
        self.cost = weigh(&mut self.nodes, self.all);
        if self.cost.is_some() {
            mark(&mut self.nodes, self.all);
        }
    }

    /// Every step without steps below it.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Node> {
        fn collect<'a>(nodes: &'a [Node], leaves: &mut Vec<&'a Node>) {
            for node in nodes {
                if node.nodes.is_empty() {
                    leaves.push(node);
                }
                collect(&node.nodes, leaves);
            }
        }
        let mut leaves = Vec::new();
        collect(&self.nodes, &mut leaves);
        leaves
    }
}

fn weigh(nodes: &mut [Node], all: bool) -> Option<f64> {
    let costs: Vec<Option<f64>> = nodes
        .iter_mut()
        .map(|node| {
            if !node.nodes.is_empty() {
                node.cost = weigh(&mut node.nodes, node.all);
            }
            node.cost
        })
        .collect();
    if all {
        costs.into_iter().sum()
    } else {
        costs.into_iter().collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::min)
    }
}

fn mark(nodes: &mut [Node], all: bool) {
    let cheapest = nodes.iter().filter_map(|node| node.cost).reduce(f64::min);
    let first = nodes.iter().position(|node| node.cost == cheapest);
    for (index, node) in nodes.iter_mut().enumerate() {
        if all || Some(index) == first {
            node.cheapest = true;
            mark(&mut node.nodes, node.all);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(cost: Option<f64>, all: bool, nodes: Vec<Node>) -> Node {
        Node { step: String::new(), cost, threat: None, all, nodes, cheapest: false, span: Span::default() }
    }

    #[test]
    fn the_cheapest_way_is_found_and_marked() {
        let both = node(None, true, vec![node(Some(2.0), false, vec![]), node(Some(3.0), false, vec![])]);
        let nodes = vec![node(Some(6.0), false, vec![]), both, node(Some(5.0), false, vec![])];
        let mut tree = AttackTree { id: None, goal: String::new(), unit: None, cost: None, all: false, nodes };
        tree.weigh();
        assert_eq!(tree.cost, Some(5.0));
        let marked: Vec<bool> = tree.nodes.iter().map(|node| node.cheapest).collect();
        assert_eq!(marked, [false, true, false]);
        assert!(tree.nodes[1].nodes.iter().all(|node| node.cheapest));
        assert_eq!(tree.leaves().len(), 4);
    }
}
