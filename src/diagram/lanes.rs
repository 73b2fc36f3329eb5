//! Ways through the tracks to lanes: each straight run of a line gets its place beside the others in its track.

use super::grid::Grid;
use super::route::{Hop, Node};

/// A straight run of a hop within one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub hop: usize,
    /// 0 across, 1 down.
    pub axis: usize,
    /// The row or column of tracks that it lies in.
    pub track: usize,
    /// The tracks it reaches from and to, the lower one first.
    pub low: End,
    pub high: End,
    /// Its lane, of how many there are beside each other here.
    pub lane: usize,
    pub lanes: usize,
}

/// Where a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub track: usize,
    /// The run that the hop goes on with, or none at an element.
    pub next: Option<usize>,
    /// Whether the hop turns to lower tracks (-1) or to higher ones (1); 0 at an element.
    pub turn: i8,
}

/// The hops with the runs they are made of.
pub(super) struct Ways {
    pub hops: Vec<Hop>,
    pub runs: Vec<Run>,
    /// The index of the first run of each hop; the others follow it.
    pub first: Vec<usize>,
}

impl Ways {
    pub fn new(grid: &Grid, hops: Vec<Hop>) -> Ways {
        let mut runs = Vec::new();
        let mut first = Vec::with_capacity(hops.len());
        for (index, hop) in hops.iter().enumerate() {
            first.push(runs.len());
            runs_of(index, &hop.corners, &mut runs);
        }
        let mut ways = Ways { hops, runs, first };
        let groups = [ways.groups(1, grid.x.tracks.len()), ways.groups(0, grid.y.tracks.len())];
        // How lanes are best ordered in one direction depends on those in the other, so it takes two rounds.
        for _ in 0..2 {
            for group in groups.iter().flatten() {
                ways.order(group);
            }
        }
        ways
    }

    /// The runs of a hop, in its direction.
    pub fn of(&self, hop: usize) -> &[Run] {
        let end = self.first.get(hop + 1).copied().unwrap_or(self.runs.len());
        &self.runs[self.first[hop]..end]
    }

    /// Sets of runs that have to keep apart, directly or through others.
    fn groups(&self, axis: usize, tracks: usize) -> Vec<Vec<usize>> {
        let mut by_track = vec![Vec::new(); tracks];
        for (index, run) in self.runs.iter().enumerate().filter(|(_, run)| run.axis == axis) {
            by_track[run.track].push(index);
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for mut track in by_track {
            track.sort_by_key(|&run| (self.runs[run].low.track, self.runs[run].high.track, run));
            let mut reach = None;
            for index in track {
                let run = &self.runs[index];
                let joins = reach.is_some_and(|reach| meets_after(reach, run));
                match groups.last_mut() {
                    Some(group) if joins => group.push(index),
                    _ => groups.push(vec![index]),
                }
                reach = if joins { reach.max(Some(run.high.track)) } else { Some(run.high.track) };
            }
        }
        groups
    }

    /// Orders the runs of a group so that few lines cross, and packs them into lanes.
    fn order(&mut self, group: &[usize]) {
        let mut order: Vec<usize> = Vec::with_capacity(group.len());
        for &run in group {
            self.insert(&mut order, run);
        }
        for &run in group {
            order.retain(|&other| other != run);
            self.insert(&mut order, run);
        }
        let mut lanes: Vec<usize> = Vec::with_capacity(order.len());
        for (n, &run) in order.iter().enumerate() {
            let beside =
                order[..n].iter().zip(&lanes).filter(|(other, _)| overlap(&self.runs[**other], &self.runs[run]));
            lanes.push(beside.map(|(_, lane)| lane + 1).max().unwrap_or(0));
        }
        let count = lanes.iter().max().map_or(1, |last| last + 1);
        for (&run, lane) in order.iter().zip(lanes) {
            self.runs[run].lane = lane;
            self.runs[run].lanes = count;
        }
    }

    /// Puts a run where it crosses the fewest of those that are there.
    fn insert(&self, order: &mut Vec<usize>, run: usize) {
        let mut cost: i32 = order.iter().map(|&other| self.crossings(other, run)).sum();
        let (mut best, mut place) = (cost, order.len());
        for (n, &other) in order.iter().enumerate().rev() {
            cost += self.crossings(run, other) - self.crossings(other, run);
            if cost < best {
                (best, place) = (cost, n);
            }
        }
        order.insert(place, run);
    }

    /// How often two runs cross each other's ends if the first lies before the second, plus a tie-break.
    fn crossings(&self, before: usize, after: usize) -> i32 {
        let (before, after) = (&self.runs[before], &self.runs[after]);
        if !overlap(before, after) {
            return 0;
        }
        let within = |end: End, run: &Run| {
            let at = self.position(end);
            i32::from(self.position(run.low) < at && at < self.position(run.high))
        };
        let down = [before.low, before.high].into_iter().filter(|end| end.turn > 0).map(|end| within(end, after));
        let up = [after.low, after.high].into_iter().filter(|end| end.turn < 0).map(|end| within(end, before));
        down.chain(up).sum()
    }

    /// A number that orders ends along a run: by track, then by lane.
    fn position(&self, end: End) -> i64 {
        let lane = end.next.map_or(0, |next| {
            let next = &self.runs[next];
            2 * next.lane as i64 - next.lanes.saturating_sub(1) as i64
        });
        end.track as i64 * 100_000 + lane
    }
}

/// Whether a run that begins no earlier than those before it comes too near them. `reach` is how far they go. Two
/// runs that both end at a box from opposite sides have the box between them.
fn meets_after(reach: usize, run: &Run) -> bool {
    run.low.track < reach || run.low.track == reach && run.low.next.is_some()
}

fn overlap(a: &Run, b: &Run) -> bool {
    let (first, second) = if a.low.track <= b.low.track { (a, b) } else { (b, a) };
    meets_after(first.high.track, second)
}

fn runs_of(hop: usize, corners: &[Node], runs: &mut Vec<Run>) {
    let base = runs.len();
    let count = corners.len().saturating_sub(1);
    for n in 0..count {
        let (a, b) = (corners[n], corners[n + 1]);
        let axis = usize::from(a.0 == b.0);
        let along = |node: Node| if axis == 0 { node.0 } else { node.1 };
        let across = |node: Node| if axis == 0 { node.1 } else { node.0 };
        let turn = |to: Node| if across(to) < across(a) { -1 } else { 1 };
        let begin = End {
            track: along(a),
            next: n.checked_sub(1).map(|before| base + before),
            turn: if n > 0 { turn(corners[n - 1]) } else { 0 },
        };
        let end = End {
            track: along(b),
            next: (n + 1 < count).then_some(base + n + 1),
            turn: if n + 1 < count { turn(corners[n + 2]) } else { 0 },
        };
        let (low, high) = if along(a) <= along(b) { (begin, end) } else { (end, begin) };
        runs.push(Run { hop, axis, track: across(a), low, high, lane: 0, lanes: 1 });
    }
}
