//! Tracks and lanes to coordinates: boxes, lines and frames.

use super::Diagram;
use super::grid::{Axis, Grid};
use super::lanes::{Run, Ways};
use super::shapes::{Length, Point, Rect};
use super::text;

/// Everything with its coordinates, before it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub width: Length,
    pub height: Length,
    /// One for each element.
    pub boxes: Vec<Rect>,
    /// One for each hop, in the order of flows.
    pub lines: Vec<Line>,
    /// Outer boundaries first.
    pub frames: Vec<Frame>,
    /// The middle of the number of each line.
    pub numbers: Vec<Point>,
    pub bars: Vec<Bar>,
    pub labels: Vec<Label>,
}

/// The line of a hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub flow: usize,
    pub from: usize,
    pub to: usize,
    pub points: Vec<Point>,
}

/// A boundary around something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub boundary: usize,
    pub rect: Rect,
    /// How much room there is for the title below the upper border.
    pub head: Length,
    pub title: Option<Text>,
}

/// A boundary that surrounds nothing, as a bar across a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub boundary: usize,
    pub flow: usize,
    pub from: Point,
    pub to: Point,
    /// Its id, unless there is no room.
    pub text: Option<Text>,
}

/// The label of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub flow: usize,
    pub text: Text,
}

/// Lines of text in a rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub lines: Vec<String>,
    pub room: Rect,
    pub anchor: Anchor,
}

/// Which side of its rectangle a text keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The size of an element: column width and row height. Only more lines than fit its sides make it larger.
const CELL: [Length; 2] = [1340, 740];
/// How far from the corner of a box the first line arrives.
const INSET: Length = 120;
/// The least and the most distance between lines side by side.
const LANE: Length = 150;
const WIDE_LANE: Length = 220;
/// The space around the drawing, for lines and borders at its edge.
const MARGIN: Length = 80;
/// The least width of a gutter that lines cross: numbers and arrowheads need it.
const CROSSED: [Length; 2] = [620, 520];
/// Up to this width of the whole, gutters get wider to hold labels, by at most `LABEL_ROOM` each.
const COMFORTABLE: Length = 11_000;
const LABEL_ROOM: Length = 560;

/// The start and size of each track of an axis, and where lanes lie in it.
struct Tracks {
    /// One more than there are tracks: the last is the end of all.
    starts: Vec<Length>,
    /// The part of each track that lanes may use.
    usable: Vec<(Length, Length)>,
    cells: Vec<bool>,
}

impl Tracks {
    /// Where a run lies across its direction.
    fn position(&self, run: &Run) -> Length {
        let (low, high) = self.usable[run.track];
        let gaps = Length::try_from(run.lanes.saturating_sub(1)).unwrap_or(Length::MAX);
        let lane = Length::try_from(run.lane).unwrap_or(0);
        let spacing = ((high - low) / gaps.max(1)).min(if self.cells[run.track] { 200 } else { WIDE_LANE });
        (low + high) / 2 + (2 * lane - gaps) * spacing / 2
    }

    fn end(&self) -> Length {
        self.starts.last().copied().unwrap_or(MARGIN)
    }
}

/// What an attempt found to be too small.
pub(super) struct Extra {
    /// Additional space for tracks, by axis.
    pub strips: [Vec<Length>; 2],
    /// The lines of the title of each zone.
    pub title_lines: Vec<Length>,
}

impl Extra {
    pub fn new(grid: &Grid) -> Extra {
        let strips = [vec![0; grid.x.tracks.len()], vec![0; grid.y.tracks.len()]];
        Extra { strips, title_lines: vec![1; grid.zones.len()] }
    }
}

/// Coordinates of all but the marks.
pub(super) fn place(diagram: &Diagram, grid: &Grid, ways: &Ways, extra: &Extra) -> Layout {
    let no_heads = vec![0; grid.x.tracks.len()];
    let heads: Vec<Length> = extra.title_lines.iter().map(|lines| lines * text::LINE + 80).collect();
    let mut row_heads = vec![0; grid.y.tracks.len()];
    for (zone, &head) in grid.zones.iter().zip(&heads) {
        row_heads[zone.y.0] = head.max(row_heads[zone.y.0]);
    }
    let labelled = diagram.flows.iter().any(|flow| !flow.label.trim().is_empty());
    let tracks = [
        tracks(0, &grid.x, &ways.runs, &extra.strips[0], &no_heads, labelled),
        tracks(1, &grid.y, &ways.runs, &extra.strips[1], &row_heads, false),
    ];
    let [across, down] = &tracks;
    let boxes: Vec<Rect> = grid.cells.iter().map(|&(x, y)| area(&tracks, (x, x), (y, y))).collect();
    let zones = grid.zones.iter().zip(heads);
    let frames = zones.map(|(zone, head)| Frame {
        boundary: zone.boundary,
        rect: area(&tracks, zone.x, zone.y),
        head,
        title: None,
    });
    let lines = ways.hops.iter().enumerate().map(|(index, hop)| Line {
        flow: hop.flow,
        from: hop.from,
        to: hop.to,
        points: points(&tracks, ways.of(index), boxes[hop.from], boxes[hop.to]),
    });
    Layout {
        width: across.end() + MARGIN,
        height: down.end() + MARGIN,
        lines: lines.collect(),
        frames: frames.collect(),
        boxes,
        ..Layout::default()
    }
}

fn area(tracks: &[Tracks; 2], x: (usize, usize), y: (usize, usize)) -> Rect {
    let [across, down] = tracks;
    Rect {
        left: across.starts[x.0],
        right: across.starts[x.1 + 1],
        top: down.starts[y.0],
        bottom: down.starts[y.1 + 1],
    }
}

/// The ends and bends of a hop.
fn points(tracks: &[Tracks; 2], runs: &[Run], from: Rect, to: Rect) -> Vec<Point> {
    // A run across has its place on the axis that goes down.
    let position = |run: &Run| tracks[1 - run.axis].position(run);
    let end = |run: &Run, at: Rect, is_low: bool| match (run.axis, is_low) {
        (0, true) => Point { x: at.right, y: position(run) },
        (0, false) => Point { x: at.left, y: position(run) },
        (_, true) => Point { x: position(run), y: at.bottom },
        (_, false) => Point { x: position(run), y: at.top },
    };
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    // A run that is all of its hop is known by its tracks alone; others by which end has no further run.
    let starts_low = if runs.len() == 1 { from.left < to.left || from.top < to.top } else { first.low.next.is_none() };
    let ends_low = if runs.len() == 1 { !starts_low } else { last.low.next.is_none() };
    let mut points = vec![end(first, from, starts_low)];
    for pair in runs.windows(2) {
        let (a, b) = (position(&pair[0]), position(&pair[1]));
        points.push(if pair[0].axis == 0 { Point { x: b, y: a } } else { Point { x: a, y: b } });
    }
    points.push(end(last, to, ends_low));
    points
}

/// The text on a frame.
pub(super) fn title(diagram: &Diagram, boundary: usize) -> String {
    let boundary = &diagram.boundaries[boundary];
    format!("{} {}", boundary.id, boundary.name).trim().to_owned()
}

/// What a strip lies against.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Edge,
    Cell,
    Border,
}

impl Side {
    /// The distance of the nearest lane.
    fn pad(self) -> Length {
        match self {
            Side::Edge => 60,
            Side::Cell => 200,
            Side::Border => 110,
        }
    }
}

/// The size of every track of an axis (0 is x), from what is in it.
fn tracks(n: usize, axis: &Axis, runs: &[Run], extra: &[Length], heads: &[Length], labelled: bool) -> Tracks {
    let count = axis.tracks.len();
    let side = |track: Option<usize>| match track.and_then(|track| axis.tracks.get(track)) {
        None => Side::Edge,
        Some(track) if track.is_cell => Side::Cell,
        Some(_) => Side::Border,
    };
    let mut lanes: Vec<Length> = vec![0; count];
    let mut passed = vec![false; count];
    for run in runs {
        if run.axis == n {
            (run.low.track + 1..run.high.track).for_each(|track| passed[track] = true);
        } else {
            lanes[run.track] = lanes[run.track].max(Length::try_from(run.lanes).unwrap_or(0));
        }
    }
    let mut sizes: Vec<Length> = Vec::with_capacity(count);
    let mut pads = Vec::with_capacity(count);
    for (index, track) in axis.tracks.iter().enumerate() {
        let (before, after) = (side(index.checked_sub(1)), side(Some(index + 1)));
        let is_edge = before == Side::Edge || after == Side::Edge;
        let size = match (track.is_cell, lanes[index]) {
            (true, lanes) => CELL[n].max(2 * INSET + (lanes - 1) * LANE),
            (_, 0) if is_edge => 0,
            (_, 0) => (before.pad() + after.pad()) * 6 / 10,
            (_, lanes) => before.pad() + after.pad() + (lanes - 1) * LANE,
        };
        sizes.push(size + extra[index] + heads[index]);
        pads.push(if track.is_cell { (INSET, INSET) } else { (before.pad() + heads[index], after.pad()) });
    }
    let crossed: Vec<usize> = (0..count).filter(|&index| axis.tracks[index].is_outer && passed[index]).collect();
    for &strip in &crossed {
        let gutter =
            (0..count).filter(|&t| !axis.tracks[t].is_cell && axis.tracks[t].gutter == axis.tracks[strip].gutter);
        let total: Length = gutter.map(|t| sizes[t]).sum();
        sizes[strip] += (CROSSED[n] - total).max(0);
    }
    let spare = COMFORTABLE - sizes.iter().copied().fold(0, Length::saturating_add);
    if labelled && spare > 0 {
        let each = spare / Length::try_from(crossed.len()).unwrap_or(1).max(1);
        for &strip in &crossed {
            sizes[strip] += each.min(LABEL_ROOM);
        }
    }
    let mut starts = vec![MARGIN];
    let mut usable = Vec::with_capacity(count);
    let mut at: Length = MARGIN;
    for (size, (low, high)) in sizes.into_iter().zip(pads) {
        let end = at.saturating_add(size);
        let (first, last) = (at.saturating_add(low), end.saturating_sub(high));
        usable.push(if first <= last { (first, last) } else { ((at + end) / 2, (at + end) / 2) });
        starts.push(end);
        at = end;
    }
    Tracks { starts, usable, cells: axis.tracks.iter().map(|track| track.is_cell).collect() }
}
