//! What the text at the start of a match can begin with.

use super::set::{classes, Set, WORDS};
use super::{Pairs, END, OTHER};

/// A pattern, as far as it matters here.
#[derive(Debug)]
pub(super) enum Node {
    /// One character, and the classes of those of ASCII. With `folds`, one of another script may stand for several.
    Character { set: Set, classes: u64, folds: bool },
    Anchor(Anchor),
    /// One after another.
    All(Vec<Node>),
    One(Vec<Node>),
    /// Said to come next, without being passed over.
    Ahead(Box<Node>),
    Repeat { node: Box<Node>, least: u32, more: bool },
    /// Takes nothing and restricts nothing.
    Nothing,
    /// Might be any text.
    Anything,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Anchor {
    LineStart,
    LineEnd,
    Boundary,
}

/// What may come next: its first three bytes, or no text at all.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Ahead {
    /// Of the first byte and the second.
    pub(super) first: Pairs,
    /// Of the second byte and the third.
    pub(super) second: Pairs,
    pub(super) at_end: bool,
}

pub(super) const ANY: Ahead = Ahead { first: Pairs::ALL, second: Pairs::ALL, at_end: true };
const NONE: Ahead = Ahead { first: Pairs::NONE, second: Pairs::NONE, at_end: false };

impl Ahead {
    /// A character of these classes or, if so said, of another script, and then this.
    fn behind(&self, ascii: u64, other: bool, folds: bool) -> Ahead {
        let mut ahead = Ahead { first: Pairs::NONE, second: self.first, at_end: false };
        if self.at_end {
            ahead.second.add(1 << END, 1 << END);
        }
        ahead.first.add(ascii, ahead.second.firsts);
        if other {
            // Another byte of the character follows, or what a character of several stands for.
            ahead.first.add(1 << OTHER, if folds { !0 } else { 1 << OTHER });
            ahead.second.add(if folds { !0 } else { 1 << OTHER }, !0);
        }
        ahead
    }

    fn or(&mut self, other: &Ahead) {
        self.first.or(&other.first);
        self.second.or(&other.second);
        self.at_end |= other.at_end;
    }

    fn and(&mut self, other: &Ahead) {
        self.first.and(&other.first);
        self.second.and(&other.second);
        self.at_end &= other.at_end;
    }

    /// Only if it begins with one of these classes.
    fn if_first(&mut self, classes: u64) {
        let mut only = ANY;
        for (first, row) in only.first.rows.iter_mut().enumerate() {
            *row = if classes >> first & 1 != 0 { !0 } else { 0 };
        }
        only.at_end = classes >> END & 1 != 0;
        self.and(&only);
    }
}

impl Node {
    /// What may come where this begins, if `after` may come after it. So many repetitions are around it.
    fn before(&self, after: &Ahead, around: u32) -> Ahead {
        match self {
            Node::Nothing | Node::Anchor(Anchor::LineStart | Anchor::Boundary) => after.clone(),
            Node::Anything => ANY,
            Node::Anchor(Anchor::LineEnd) => {
                let mut only = after.clone();
                only.if_first(1 << END);
                only
            }
            Node::Character { set, classes, folds } => after.behind(*classes, set.other, *folds),
            Node::All(nodes) => match Node::opening(nodes) {
                Some((index, _)) => Node::in_turn(&nodes[..=index], &ANY, |node, after| node.before(after, around)),
                None => Node::in_turn(nodes, after, |node, after| node.before(after, around)),
            },
            Node::One(nodes) => {
                let mut any = NONE;
                for node in nodes {
                    // Lists of words can be long.
                    let opening = if let Node::All(nodes) = node { Node::opening(nodes) } else { None };
                    match opening {
                        Some((2, [first, second, third])) => {
                            any.first.add(first, second);
                            any.second.add(second, third);
                        }
                        _ => any.or(&node.before(after, around)),
                    }
                }
                any
            }
            Node::Ahead(node) => {
                let mut both = node.before(&ANY, around);
                both.and(after);
                both
            }
            // Each repetition around others takes several turns of them: what comes behind the first turn may be anything
            // there, so that patterns of any depth are looked through in little time.
            Node::Repeat { node, least, more: true } if around > 1 => {
                let mut any = node.before(&ANY, around);
                if *least == 0 {
                    any.or(after);
                }
                any
            }
            Node::Repeat { node, least, more } => {
                let around = around + 1;
                let mut ahead = after.clone();
                // Three bytes come from at most three turns that take something.
                let turns = 3_u32.div_ceil(node.shortest().max(1));
                if *more && ahead != ANY {
                    for _ in 0..turns {
                        let mut longer = node.before(&ahead, around);
                        longer.or(&ahead);
                        if longer == ahead {
                            break;
                        }
                        ahead = longer;
                    }
                }
                for _ in 0..(*least).min(turns) {
                    ahead = node.before(&ahead, around);
                }
                ahead
            }
        }
    }

    /// The least number of bytes that it takes, up to three.
    fn shortest(&self) -> u32 {
        let shortest = match self {
            // Where case is ignored, one character may stand for several of a pattern, which takes fewer bytes then.
            Node::Character { folds, .. } => u32::from(!folds),
            Node::All(nodes) => nodes.iter().map(Node::shortest).sum(),
            Node::One(nodes) => nodes.iter().map(Node::shortest).min().unwrap_or(0),
            Node::Repeat { node, least, .. } => (*least).min(3) * node.shortest(),
            Node::Anchor(_) | Node::Ahead(_) | Node::Nothing | Node::Anything => 0,
        };
        shortest.min(3)
    }

    /// The index of the third character, if nodes open with three of ASCII, anchors aside, and their classes. What follows
    /// them does not matter.
    fn opening(nodes: &[Node]) -> Option<(usize, [u64; 3])> {
        let (mut opening, mut count) = ([0; 3], 0);
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Character { set, classes, .. } if !set.other => opening[count] = *classes,
                Node::Nothing | Node::Anchor(_) => continue,
                _ => return None,
            }
            count += 1;
            if count == 3 {
                return Some((index, opening));
            }
        }
        None
    }

    /// Nodes one after another.
    fn in_turn(nodes: &[Node], after: &Ahead, mut before: impl FnMut(&Node, &Ahead) -> Ahead) -> Ahead {
        let mut ahead = after.clone();
        for (index, node) in nodes.iter().enumerate().rev() {
            if matches!(node, Node::Anchor(Anchor::Boundary)) && index > 0 && nodes[index - 1].ends_a_word() {
                ahead.if_first(classes(!WORDS) | 1 << OTHER);
            }
            ahead = before(node, &ahead);
        }
        ahead
    }

    /// Whether it takes something, the end of which is of a word for certain.
    fn ends_a_word(&self) -> bool {
        match self {
            Node::Character { set, .. } => !set.other && set.ascii & !WORDS == 0,
            Node::All(nodes) => nodes.last().is_some_and(Node::ends_a_word),
            Node::One(nodes) => nodes.iter().all(Node::ends_a_word),
            Node::Repeat { node, least, .. } => *least > 0 && node.ends_a_word(),
            Node::Anchor(_) | Node::Ahead(_) | Node::Nothing | Node::Anything => false,
        }
    }

    /// As [`before`](Self::before) with nothing around it; also finds the fewest pairs of which there must be one somewhere
    /// in what is matched or looked at.
    pub(super) fn needs(&self, after: &Ahead, fewest: &mut Option<Pairs>) -> Ahead {
        let ahead = match self {
            Node::All(nodes) => Node::in_turn(nodes, after, |node, after| node.needs(after, fewest)),
            Node::Ahead(node) => {
                let mut both = node.needs(&ANY, fewest);
                both.and(after);
                both
            }
            Node::Repeat { node, least, .. } if *least > 0 => {
                node.needs(&ANY, fewest);
                self.before(after, 0)
            }
            _ => self.before(after, 0),
        };
        let most = fewest.as_ref().map_or(64 * 64, Pairs::count);
        if !ahead.at_end && ahead.first.count() < most {
            *fewest = Some(ahead.first);
        }
        ahead
    }

    /// Whether each match begins with this anchor.
    pub(super) fn begins_with(&self, anchor: Anchor) -> bool {
        match self {
            Node::Anchor(own) => *own == anchor,
            Node::One(nodes) => nodes.iter().all(|node| node.begins_with(anchor)),
            Node::Ahead(node) => node.begins_with(anchor),
            Node::Repeat { node, least, .. } => *least > 0 && node.begins_with(anchor),
            Node::All(nodes) => {
                nodes.iter().find(|node| !matches!(node, Node::Nothing)).is_some_and(|node| node.begins_with(anchor))
            }
            _ => false,
        }
    }
}
