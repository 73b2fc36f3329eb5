//! Every hop of a flow to a way through the tracks: the cheapest one, with bends, borders and crowds at a price.

use super::Diagram;
use super::grid::{Axis, Grid};

/// A place where a column of tracks meets a row of tracks.
pub(super) type Node = (usize, usize);

/// A flow's way from one of its stops to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    pub flow: usize,
    pub from: usize,
    pub to: usize,
    /// Where it begins, bends and ends.
    pub corners: Vec<Node>,
}

const BEND: u32 = 14;
/// For entering or leaving a boundary: a detour through another zone of trust would be a lie.
const BORDER: u32 = 40;
/// For crossing a line, once for each.
const CROSS: u32 = 7;
/// For running beside a line, once for each and step.
const SHARE: u32 = 1;
/// For passing where the title of a boundary goes.
const TITLE: u32 = 30;
/// For another line at the same side of a box.
const SIDE: u32 = 3;
/// For a line at a side that is full, and how many lines fill a flank and a top.
const FULL: u32 = 60;
const FLANK: u16 = 4;
const TOP: u16 = 6;

/// The hops of all flows, in the order of flows and stops. Short ones choose first, as they have the least choice.
pub(super) fn hops(diagram: &Diagram, grid: &Grid) -> Vec<Hop> {
    let mut hops = Vec::new();
    for (flow, stops) in diagram.flows.iter().map(|flow| &flow.stops).enumerate() {
        let known: Vec<usize> = stops.iter().copied().filter(|&stop| stop < diagram.elements.len()).collect();
        let pairs = known.windows(2);
        hops.extend(pairs.map(|pair| Hop { flow, from: pair[0], to: pair[1], corners: Vec::new() }));
    }
    let mut order: Vec<usize> = (0..hops.len()).collect();
    let distance = |hop: &Hop| {
        let (from, to) = (grid.cells[hop.from], grid.cells[hop.to]);
        (usize::from(from.0 != to.0 && from.1 != to.1), from.0.abs_diff(to.0) + from.1.abs_diff(to.1))
    };
    order.sort_by_key(|&hop| (distance(&hops[hop]), hop));
    let mut router = Router::new(grid);
    for hop in order {
        let (from, to) = (hops[hop].from, hops[hop].to);
        let corners = if from == to { router.circle(from) } else { router.find(from, to) };
        router.occupy(from, to, &corners);
        hops[hop].corners = corners;
    }
    hops.retain(|hop| hop.corners.len() > 1);
    hops
}

/// A way in which to go: the axis in the lower bit (0 is across), backwards in the upper.
const MOVES: [(usize, bool); 4] = [(0, false), (0, true), (1, false), (1, true)];

struct Router<'a> {
    grid: &'a Grid,
    columns: usize,
    /// How far each track is from the first, in rough steps.
    along: [Vec<u32>; 2],
    blocked: Vec<bool>,
    /// The boundaries around each node, as bits; beyond 64 they cost nothing.
    zones: Vec<u64>,
    /// The price of coming down to a node, or going up from it, for the title there; the highest means never.
    titles: Vec<u32>,
    /// How many lines run across each node, and down each node.
    used: [Vec<u16>; 2],
    /// How many lines there are at the right, left, bottom and top of each element.
    sides: Vec<[u16; 4]>,
    best: Vec<u32>,
    came_from: Vec<u32>,
    touched: Vec<usize>,
    queue: Vec<Vec<u32>>,
}

const NEVER: u32 = u32::MAX;

impl<'a> Router<'a> {
    fn new(grid: &'a Grid) -> Router<'a> {
        let (columns, rows) = (grid.x.tracks.len(), grid.y.tracks.len());
        let nodes = columns * rows;
        let mut router = Router {
            grid,
            columns,
            along: [steps(&grid.x, 14), steps(&grid.y, 8)],
            blocked: vec![false; nodes],
            zones: vec![0; nodes],
            titles: vec![0; nodes],
            used: [vec![0; nodes], vec![0; nodes]],
            sides: vec![[0; 4]; grid.cells.len()],
            best: vec![NEVER; nodes * 2],
            came_from: vec![NEVER; nodes * 2],
            touched: Vec::new(),
            queue: Vec::new(),
        };
        for &cell in &grid.cells {
            let node = router.node(cell);
            router.blocked[node] = true;
        }
        for (bit, zone) in grid.zones.iter().enumerate() {
            for y in zone.y.0..=zone.y.1 {
                for x in zone.x.0..=zone.x.1 {
                    let node = y * columns + x;
                    router.zones[node] |= if bit < 64 { 1 << bit } else { 0 };
                }
            }
            // The first strip within stays free, so that there is room for the id at least.
            let top = zone.y.0 * columns;
            router.titles[top + zone.x.0] = NEVER;
            for x in zone.x.0 + 1..=zone.x.1.min(zone.x.0 + 2) {
                router.titles[top + x] = router.titles[top + x].max(TITLE);
            }
        }
        router
    }

    fn node(&self, (x, y): Node) -> usize {
        y * self.columns + x
    }

    /// The node one step on, and how far that is.
    fn step(&self, (x, y): Node, (axis, back): (usize, bool)) -> Option<(Node, u32)> {
        let (at, along) = (if axis == 0 { x } else { y }, &self.along[axis]);
        let next = if back { at.checked_sub(1)? } else { at + 1 };
        let far = along.get(next)?.abs_diff(along[at]);
        Some((if axis == 0 { (next, y) } else { (x, next) }, far))
    }

    /// What a step costs beyond its length: what it crosses, enters, or runs beside.
    fn toll(&self, from: usize, to: usize, (axis, back): (usize, bool)) -> u32 {
        let title = if axis == 0 { 0 } else { self.titles[if back { from } else { to }] };
        if title == NEVER {
            return NEVER;
        }
        let borders = (self.zones[from] ^ self.zones[to]).count_ones();
        let crossed = u32::from(self.used[1 - axis][to].min(4));
        title + borders * BORDER + crossed * CROSS + u32::from(self.used[axis][to].min(8)) * SHARE
    }

    fn side_toll(&self, element: usize, side: usize) -> u32 {
        let lines = self.sides[element][side];
        u32::from(lines) * SIDE + if lines >= if side < 2 { FLANK } else { TOP } { FULL * u32::from(lines) } else { 0 }
    }

    /// The least that the rest of the way can cost.
    fn ahead(&self, at: Node, to: Node, axis: usize) -> u32 {
        let [x, y] = &self.along;
        let bend = if if axis == 0 { at.1 != to.1 } else { at.0 != to.0 } { BEND } else { 0 };
        x[at.0].abs_diff(x[to.0]) + y[at.1].abs_diff(y[to.1]) + bend
    }

    /// The cheapest way: a search by cost so far plus cost ahead, with a bucket for each sum.
    fn find(&mut self, from: usize, to: usize) -> Vec<Node> {
        let (start, goal) = (self.grid.cells[from], self.grid.cells[to]);
        let origin = self.ahead(start, goal, 0).min(self.ahead(start, goal, 1));
        self.reach(start, goal, None, from, to, origin);
        let mut level = 0;
        let mut end = None;
        while level < self.queue.len() {
            let Some(state) = self.queue[level].pop() else {
                level += 1;
                continue;
            };
            let (node, axis) = (state as usize / 2, state as usize % 2);
            let at = (node % self.columns, node / self.columns);
            if (self.best[state as usize] + self.ahead(at, goal, axis)) as usize != level + origin as usize {
                continue;
            }
            if at == goal {
                end = Some(state as usize);
                break;
            }
            self.reach(at, goal, Some(axis), from, to, origin);
        }
        let corners = end.map_or_else(Vec::new, |end| self.trace(start, end));
        for state in self.touched.drain(..) {
            self.best[state] = NEVER;
        }
        for bucket in &mut self.queue {
            bucket.clear();
        }
        corners
    }

    /// Notes what can be reached in one step. Without an axis this is the start, which lies in an element.
    fn reach(&mut self, at: Node, goal: Node, axis: Option<usize>, from: usize, to: usize, origin: u32) {
        let node = self.node(at);
        let state = axis.map(|axis| node * 2 + axis);
        let so_far = state.map_or(0, |state| self.best[state]);
        for (side, way) in MOVES.into_iter().enumerate() {
            let Some((next, far)) = self.step(at, way) else { continue };
            let next_node = self.node(next);
            if self.blocked[next_node] && next != goal {
                continue;
            }
            let toll = self.toll(node, next_node, way);
            if toll == NEVER {
                continue;
            }
            let leave = if axis.is_none() { self.side_toll(from, side) } else { 0 };
            // The side that a move to the right arrives at is the left one: the other of the pair.
            let arrive = if next == goal { self.side_toll(to, side ^ 1) } else { 0 };
            let bend = if axis.is_some_and(|axis| axis != way.0) { BEND } else { 0 };
            let cost = so_far + far + toll + leave + arrive + bend;
            let next_state = next_node * 2 + way.0;
            if cost < self.best[next_state] {
                if self.best[next_state] == NEVER {
                    self.touched.push(next_state);
                }
                self.best[next_state] = cost;
                self.came_from[next_state] = state.map_or(NEVER, |state| state as u32);
                let level = (cost + self.ahead(next, goal, way.0)).saturating_sub(origin) as usize;
                if self.queue.len() <= level {
                    self.queue.resize_with(level + 1, Vec::new);
                }
                self.queue[level].push(next_state as u32);
            }
        }
    }

    /// The corners of the way that was found, from its start.
    fn trace(&self, start: Node, end: usize) -> Vec<Node> {
        let mut corners = Vec::new();
        let mut state = end as u32;
        let mut axis = usize::MAX;
        while state != NEVER {
            let (node, its_axis) = (state as usize / 2, state as usize % 2);
            if its_axis != axis {
                corners.push((node % self.columns, node / self.columns));
                axis = its_axis;
            }
            state = self.came_from[state as usize];
        }
        corners.push(start);
        corners.reverse();
        corners
    }

    /// A loop at the corner of an element where it is in the way least.
    fn circle(&self, element: usize) -> Vec<Node> {
        let (x, y) = self.grid.cells[element];
        let ways = [(0, 2), (1, 2), (0, 3), (1, 3)].map(|(flank, top)| {
            let (beside, below) = (if flank == 0 { x + 1 } else { x - 1 }, if top == 2 { y + 1 } else { y - 1 });
            let corners = vec![(x, y), (beside, y), (beside, below), (x, below), (x, y)];
            let crowd: u32 = corners[1..4]
                .iter()
                .map(|&corner| self.node(corner))
                .map(|n| u32::from(self.used[0][n]) + u32::from(self.used[1][n]))
                .sum();
            (crowd * CROSS + self.side_toll(element, flank) + self.side_toll(element, top), corners)
        });
        ways.into_iter().min_by_key(|way| way.0).map_or_else(Vec::new, |way| way.1)
    }

    /// Notes that a line runs here, for those that come later.
    fn occupy(&mut self, from: usize, to: usize, corners: &[Node]) {
        let side = |at: Node, next: Node| match (at.0.cmp(&next.0), at.1.cmp(&next.1)) {
            (std::cmp::Ordering::Less, _) => 0,
            (std::cmp::Ordering::Greater, _) => 1,
            (_, std::cmp::Ordering::Less) => 2,
            _ => 3,
        };
        if let ([first, second, ..], [.., before, last]) = (corners, corners) {
            for (element, side) in [(from, side(*first, *second)), (to, side(*last, *before))] {
                self.sides[element][side] = self.sides[element][side].saturating_add(1);
            }
        }
        for pair in corners.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let axis = usize::from(a.0 == b.0);
            for y in a.1.min(b.1)..=a.1.max(b.1) {
                for x in a.0.min(b.0)..=a.0.max(b.0) {
                    let node = self.node((x, y));
                    self.used[axis][node] = self.used[axis][node].saturating_add(1);
                }
            }
        }
    }
}

/// How far the middle of each track is from that of the first; a strip counts 4.
fn steps(axis: &Axis, cell: u32) -> Vec<u32> {
    let mut at = 0;
    let mut along = Vec::with_capacity(axis.tracks.len());
    for track in &axis.tracks {
        let half = if track.is_cell { cell / 2 } else { 2 };
        along.push(at + half);
        at += half * 2;
    }
    along
}
