//! Lines to the marks on them: a number on every hop, and bars for boundaries that surround nothing.

use super::Diagram;
use super::grid::{self, Grid};
use super::labels;
use super::lanes::{Run, Ways};
use super::place::{self, Anchor, Bar, Extra, Layout, Text};
use super::shapes::{Length, Point, Rect, Space, Thing};
use super::text;

/// The radius of the circle around a number.
pub(super) const RADIUS: Length = 90;
/// The length of an arrowhead, and half its breadth.
pub(super) const ARROW: [Length; 2] = [95, 45];
/// Half the length of a bar.
const BAR: Length = 110;
/// How often tracks get wider to make room for numbers.
const ATTEMPTS: usize = 8;
const STEP: Length = 60;

/// Coordinates of everything. Where a mark finds no place, the tracks there get wider, and it all starts anew.
pub(super) fn layout(diagram: &Diagram, grid: &Grid, ways: &Ways) -> Layout {
    let mut extra = Extra::new(grid);
    let bars = bars(diagram);
    for attempt in 1.. {
        let mut layout = place::place(diagram, grid, ways, &extra);
        let cut = labels::titles(diagram, &mut layout);
        if attempt == 1 && !cut.is_empty() {
            for (frame, lines) in cut {
                extra.title_lines[frame] = lines;
            }
            continue;
        }
        let mut space = space(&layout);
        let crowded = mark(diagram, &mut layout, &mut space, &bars, attempt);
        if crowded.is_empty() || attempt >= ATTEMPTS {
            labels::labels(diagram, &mut layout, &mut space);
            return layout;
        }
        // Once for each strip: what crowds together may need only one gap to come apart.
        let mut strips: Vec<(usize, usize)> = crowded.into_iter().filter_map(|hop| tight(grid, ways.of(hop))).collect();
        strips.sort_unstable();
        strips.dedup();
        for (axis, strip) in strips {
            extra.strips[axis][strip] += 140;
        }
    }
    Layout::default()
}

/// The pairs of a boundary that surrounds nothing and a flow across it.
fn bars(diagram: &Diagram) -> Vec<(usize, usize)> {
    let contents = grid::contents(diagram);
    let empty = diagram.boundaries.iter().enumerate().filter(|(index, _)| contents[*index].is_empty());
    let mut bars = Vec::new();
    for (index, boundary) in empty {
        let mut flows: Vec<usize> = boundary.crossed_by.clone();
        flows.sort_unstable();
        flows.dedup();
        bars.extend(flows.into_iter().map(|flow| (index, flow)));
    }
    bars
}

/// The axis and strip that would give the longest run of a hop more room.
fn tight(grid: &Grid, runs: &[Run]) -> Option<(usize, usize)> {
    let longest = runs.iter().max_by_key(|run| (run.high.track - run.low.track, run.axis))?;
    let tracks = [&grid.x.tracks, &grid.y.tracks][longest.axis];
    let mut strips = (longest.low.track..=longest.high.track).filter(|&track| !tracks[track].is_cell);
    let mut inner = strips.clone().filter(|&track| longest.low.track < track && track < longest.high.track);
    // A whole gutter if the run passes one, else the strip that it turns in.
    let strip = inner.clone().find(|&track| tracks[track].is_outer).or(inner.next_back()).or(strips.next_back())?;
    Some((longest.axis, strip))
}

/// What is there before the marks.
fn space(layout: &Layout) -> Space {
    let mut space = Space::new(layout.width, layout.height);
    for &rect in &layout.boxes {
        space.add(rect, Thing::Solid);
    }
    for frame in &layout.frames {
        for side in frame.rect.sides() {
            space.add(side, Thing::Border);
        }
        if let Some(title) = &frame.title {
            space.add(title.room, Thing::Solid);
        }
    }
    for (hop, line) in layout.lines.iter().enumerate() {
        for pair in line.points.windows(2) {
            space.add(Rect::between(pair[0], pair[1]), Thing::Line(hop));
        }
        if let ([first, second, ..], [.., before, last]) = (&line.points[..], &line.points[..]) {
            space.add(head(*before, *last), Thing::Solid);
            // A line has its head at one end only, but what is at the other end must not look like it had one.
            space.add(head(*second, *first), Thing::Solid);
        }
    }
    space
}

/// The rectangle of an arrowhead.
fn head(from: Point, tip: Point) -> Rect {
    let [length, half] = ARROW;
    let back = Point { x: tip.x + (from.x - tip.x).signum() * length, y: tip.y + (from.y - tip.y).signum() * length };
    let (half_width, half_height) = if from.y == tip.y { (0, half) } else { (half, 0) };
    let rect = Rect::between(back, tip);
    Rect {
        left: rect.left - half_width,
        right: rect.right + half_width,
        top: rect.top - half_height,
        bottom: rect.bottom + half_height,
    }
}

/// Sets numbers and bars, and says which hops had no good place for theirs. The last attempt takes what it gets.
fn mark(
    diagram: &Diagram,
    layout: &mut Layout,
    space: &mut Space,
    bars: &[(usize, usize)],
    attempt: usize,
) -> Vec<usize> {
    let mut crowded = Vec::new();
    for hop in 0..layout.lines.len() {
        let spots = spots(&layout.lines[hop].points);
        let around = |at: Point| Rect::around(at, RADIUS, RADIUS);
        let found = spots.iter().find(|spot| space.is_free(around(spot.at), |thing| margin(thing, hop, true)));
        // On top of a crossing line a number is hard to attribute, and on another number unreadable.
        let covering = || spots.iter().find(|spot| space.is_free(around(spot.at), |thing| margin(thing, hop, false)));
        let spot = match found {
            Some(spot) => spot.at,
            None => {
                crowded.push(hop);
                let any = if attempt >= ATTEMPTS { covering() } else { None }.or(spots.first());
                any.map_or(middle(&layout.lines[hop].points), |spot| spot.at)
            }
        };
        space.add(around(spot), Thing::Number(hop));
        layout.numbers.push(spot);
    }
    for &(boundary, flow) in bars {
        let hops: Vec<usize> = (0..layout.lines.len()).filter(|&hop| layout.lines[hop].flow == flow).collect();
        let id = &diagram.boundaries[boundary].id;
        let found = hops.iter().find_map(|&hop| {
            let spots = spots(&layout.lines[hop].points);
            spots.into_iter().find_map(|spot| bar(space, hop, spot, id))
        });
        // In the middle of a bundle there is no room for a text, and more space does not help for long.
        let bare = || {
            hops.iter().find_map(|&hop| {
                let spots = spots(&layout.lines[hop].points);
                let ends = spots.into_iter().map(|spot| across(spot.at, spot.is_level()));
                ends.into_iter().find(|&(from, to)| bar_fits(space, hop, from, to)).map(|ends| (ends, None))
            })
        };
        let bar = found.or_else(bare).or_else(|| {
            let points = &layout.lines[*hops.first()?].points;
            crowded.extend(hops.first());
            Some((across(middle(points), points.first()?.y == points.get(1)?.y), None))
        });
        let Some(((from, to), text)) = bar else { continue };
        if text.is_none() && attempt < ATTEMPTS / 2 {
            crowded.extend(hops.first());
        }
        space.add(Rect::between(from, to).grown(15), Thing::Solid);
        if let Some(text) = &text {
            space.add(text.room, Thing::Solid);
        }
        layout.bars.push(Bar { boundary, flow, from, to, text });
    }
    crowded
}

/// How near a mark of a hop may come to a thing.
pub(super) fn margin(thing: Thing, hop: usize, minds_lines: bool) -> Option<Length> {
    match thing {
        Thing::Number(own) if own == hop => None,
        Thing::Solid | Thing::Number(_) => Some(25),
        Thing::Border => Some(30),
        Thing::Outside => Some(0),
        Thing::Line(other) if other == hop || !minds_lines => None,
        Thing::Line(_) => Some(20),
    }
}

/// A place on a line, and the run that it is on.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub at: Point,
    pub run: Rect,
}

impl Spot {
    pub fn is_level(&self) -> bool {
        self.run.top == self.run.bottom
    }
}

/// The places for a mark on a line, best first: the middle of the longest run, then away from it.
pub(super) fn spots(points: &[Point]) -> Vec<Spot> {
    let mut runs: Vec<(Length, usize)> = Vec::new();
    for (index, pair) in points.windows(2).enumerate() {
        runs.push((-(pair[0].x - pair[1].x).abs() - (pair[0].y - pair[1].y).abs(), index));
    }
    runs.sort_unstable();
    let mut spots = Vec::new();
    for (_, index) in runs {
        let (a, b) = (points[index], points[index + 1]);
        let is_level = a.y == b.y;
        let (from, to) = if is_level { (a.x.min(b.x), a.x.max(b.x)) } else { (a.y.min(b.y), a.y.max(b.y)) };
        let (low, high) = (from + RADIUS + 20, to - RADIUS - 20);
        let middle = (from + to) / 2;
        for n in 0.. {
            let (before, after) = (middle - n * STEP, middle + n * STEP);
            if before < low && after > high {
                break;
            }
            let places = [before, after].into_iter().take(if n == 0 { 1 } else { 2 });
            for at in places.filter(|at| (low..=high).contains(at)) {
                let at = if is_level { Point { x: at, y: a.y } } else { Point { x: a.x, y: at } };
                spots.push(Spot { at, run: Rect::between(a, b) });
            }
        }
    }
    spots
}

/// A point on a line that is too short for anything better.
fn middle(points: &[Point]) -> Point {
    let half = points.len().saturating_sub(1) / 2;
    match points.get(half..half + 2) {
        Some([a, b]) => Point { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
        _ => points.first().copied().unwrap_or(Point { x: 0, y: 0 }),
    }
}

fn across(at: Point, is_level: bool) -> (Point, Point) {
    let (x, y) = if is_level { (0, BAR) } else { (BAR, 0) };
    (Point { x: at.x - x, y: at.y - y }, Point { x: at.x + x, y: at.y + y })
}

fn bar_fits(space: &Space, hop: usize, from: Point, to: Point) -> bool {
    let near = |thing| if thing == Thing::Number(hop) { Some(25) } else { margin(thing, hop, true) };
    space.is_free(Rect::between(from, to).grown(15), near)
}

/// A bar at a place with its id at one of its ends, if both are free there.
fn bar(space: &Space, hop: usize, spot: Spot, id: &str) -> Option<((Point, Point), Option<Text>)> {
    let (from, to) = across(spot.at, spot.is_level());
    if !bar_fits(space, hop, from, to) {
        return None;
    }
    let (half_width, half_height) = (text::width(id) * text::BOLD / 200, text::LINE / 2);
    let places = if spot.is_level() {
        [
            (Point { x: from.x, y: from.y - half_height - 10 }, Anchor::Middle),
            (Point { x: to.x, y: to.y + half_height + 10 }, Anchor::Middle),
        ]
    } else {
        [
            (Point { x: to.x + half_width + 30, y: to.y }, Anchor::Start),
            (Point { x: from.x - half_width - 30, y: from.y }, Anchor::End),
        ]
    };
    let free = |(at, anchor): (Point, Anchor)| {
        let room = Rect::around(at, half_width, half_height);
        let is_free = space.is_free(room, |thing| margin(thing, usize::MAX, true));
        is_free.then(|| Text { lines: vec![id.to_owned()], room, anchor })
    };
    places.into_iter().find_map(free).map(|text| ((from, to), Some(text)))
}
