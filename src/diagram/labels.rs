//! Lines and frames to the texts beside them: titles of boundaries, and labels of flows where there is room.

use super::Diagram;
use super::marks::{self, RADIUS, Spot, spots};
use super::place::{self, Anchor, Label, Layout, Text};
use super::shapes::{Length, Point, Rect, Space, Thing};
use super::text;

/// The distance of a label from its own line: beside it, and beside a number on it.
const NEAR: Length = 30;
const FAR: Length = 125;
/// How many places on a line to pass over for the next attempt.
const STEP: usize = 3;
/// The widest label, and the widths to try when it does not fit on one line.
const WIDEST: Length = 2600;
const WIDTHS: [Length; 4] = [1500, 1150, 900, 700];

/// Puts the title of each frame at its upper left, or where lines that come down leave room for it. Says which
/// frames need more lines for theirs, and how many.
pub(super) fn titles(diagram: &Diagram, layout: &mut Layout) -> Vec<(usize, Length)> {
    let mut cut = Vec::new();
    let lines = &layout.lines;
    for (index, frame) in layout.frames.iter_mut().enumerate() {
        let text = place::title(diagram, frame.boundary);
        let most = usize::try_from((frame.head - 80) / text::LINE).unwrap_or(1).max(1);
        let band = Rect { bottom: frame.rect.top + frame.head, ..frame.rect };
        let mut blocks = vec![(band.left, band.left + 30), (band.right - 30, band.right)];
        for pair in lines.iter().flat_map(|line| line.points.windows(2)) {
            let run = Rect::between(pair[0], pair[1]);
            if run.meets(band) {
                blocks.push((run.left - 50, run.right + 50));
            }
        }
        blocks.sort_unstable();
        let mut gaps: Vec<(Length, Length)> = Vec::new();
        let mut from = band.left;
        for (start, end) in blocks {
            if start > from {
                gaps.push((from, start));
            }
            from = from.max(end);
        }
        let wrapped = |gap: &(Length, Length), most: usize| text::wrap(&text, (gap.1 - gap.0 - 60) / 29 * 25, most);
        let fits = |gap: &(Length, Length), most: usize| text::is_whole(&text, &wrapped(gap, most));
        let whole = gaps.iter().find(|gap| fits(gap, most));
        if whole.is_none() {
            let lines = (2..=4).find(|&lines| gaps.iter().any(|gap| fits(gap, lines))).unwrap_or(3);
            cut.extend(Length::try_from(lines).map(|lines| (index, lines)));
        }
        let widest = || gaps.iter().rev().max_by_key(|gap| gap.1 - gap.0);
        let Some(gap) = whole.or_else(widest) else { continue };
        let lines = wrapped(gap, most);
        let (width, height) = extent(&lines);
        let (left, top) = (gap.0 + 60, band.top + 40);
        let room = Rect { left, top, right: left + width * text::BOLD / 100, bottom: top + height };
        frame.title = Some(Text { lines, room, anchor: Anchor::Start });
    }
    cut
}

/// Sets the labels that find room beside the numbers of their flows, so that it is plain what they belong to. Where
/// there is none, the number moves along its line to where there is. Those with the shortest lines choose first.
pub(super) fn labels(diagram: &Diagram, layout: &mut Layout, space: &mut Space) {
    let mut order: Vec<(Length, usize)> = Vec::new();
    for (flow, _) in diagram.flows.iter().enumerate().filter(|(_, flow)| !flow.label.trim().is_empty()) {
        let hops = layout.lines.iter().filter(|line| line.flow == flow);
        let runs = hops.flat_map(|line| line.points.windows(2)).map(|pair| length(pair[0], pair[1]));
        if let Some(longest) = runs.max() {
            order.push((longest, flow));
        }
    }
    order.sort_unstable();
    for (_, flow) in order {
        let shapes = shapes(&diagram.flows[flow].label);
        let hops: Vec<usize> = (0..layout.lines.len()).filter(|&hop| layout.lines[hop].flow == flow).collect();
        let found = hops.iter().find_map(|&hop| Some((hop, beside(space, layout, hop, &shapes)?)));
        let Some((hop, (number, text))) = found else { continue };
        if number != layout.numbers[hop] {
            space.remove_number(hop);
            space.add(Rect::around(number, RADIUS, RADIUS), Thing::Number(hop));
            layout.numbers[hop] = number;
        }
        space.add(text.room, Thing::Solid);
        layout.labels.push(Label { flow, text });
    }
    layout.labels.sort_by_key(|label| label.flow);
}

/// The lines of a label, their width and their height.
type Shape = (Vec<String>, Length, Length);

/// The label on one line, two or three; nothing is cut.
fn shapes(label: &str) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for (room, most) in std::iter::once((WIDEST, 1)).chain(WIDTHS.map(|room| (room, 3))) {
        let lines = text::wrap(label, room, most);
        let (width, height) = extent(&lines);
        let is_new = shapes.iter().all(|shape| shape.0 != lines);
        if is_new && text::is_whole(label, &lines) {
            shapes.push((lines, width, height));
        }
    }
    shapes
}

/// The first place on a hop that has room for its number and for the label beside it.
fn beside(space: &Space, layout: &Layout, hop: usize, shapes: &[Shape]) -> Option<(Point, Text)> {
    let spots = spots(&layout.lines[hop].points);
    let current = spots.iter().find(|spot| spot.at == layout.numbers[hop]);
    let others = spots.iter().step_by(STEP).filter(|spot| spot.at != layout.numbers[hop]);
    for (n, spot) in current.into_iter().chain(others).enumerate() {
        let circle = Rect::around(spot.at, RADIUS, RADIUS);
        if n > 0 && !space.is_free(circle, |thing| marks::margin(thing, hop, true)) {
            continue;
        }
        for (lines, width, height) in shapes {
            for (center, anchor) in places(spot, *width, *height) {
                let room = Rect::around(center, width / 2, height / 2);
                if space.is_free(room, |thing| margin(thing, hop)) {
                    return Some((spot.at, Text { lines: lines.clone(), room, anchor }));
                }
            }
        }
    }
    None
}

/// Where a label may stand beside a number: across the line from it, or beside the line right after it.
fn places(spot: &Spot, width: Length, height: Length) -> Vec<(Point, Anchor)> {
    let (at, run) = (spot.at, spot.run);
    let mut places = Vec::with_capacity(10);
    if spot.is_level() {
        let [near, far, aside] = [height / 2 + NEAR, height / 2 + FAR, width / 2 + RADIUS + 30];
        let shift = (width / 2 - RADIUS).max(0);
        for x in [0, -shift, shift] {
            places.extend([-far, far].map(|y| (Point { x: at.x + x, y: at.y + y }, Anchor::Middle)));
        }
        for y in [-near, near] {
            places.push((Point { x: at.x + aside, y: at.y + y }, Anchor::Start));
            places.push((Point { x: at.x - aside, y: at.y + y }, Anchor::End));
        }
        // A little beyond the end of the run is still clearly beside it.
        places.retain(|(center, _)| run.left <= center.x - width / 2 + 100 && center.x + width / 2 - 100 <= run.right);
    } else {
        let [near, far, aside] = [width / 2 + NEAR + 20, width / 2 + FAR, height / 2 + RADIUS + 20];
        places.push((Point { x: at.x + far, y: at.y }, Anchor::Start));
        places.push((Point { x: at.x - far, y: at.y }, Anchor::End));
        for y in [-aside, aside] {
            places.push((Point { x: at.x + near, y: at.y + y }, Anchor::Start));
            places.push((Point { x: at.x - near, y: at.y + y }, Anchor::End));
        }
        places.retain(|(center, _)| run.top <= center.y - height / 2 + 30 && center.y + height / 2 - 30 <= run.bottom);
    }
    places
}

fn margin(thing: Thing, hop: usize) -> Option<Length> {
    match thing {
        Thing::Number(own) if own == hop => None,
        Thing::Solid | Thing::Border | Thing::Number(_) => Some(30),
        Thing::Outside => Some(20),
        Thing::Line(own) if own == hop => Some(10),
        // Nearer to another line than to its own, a label would seem to belong to that.
        Thing::Line(_) => Some(50),
    }
}

fn extent(lines: &[String]) -> (Length, Length) {
    let width = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
    (width, text::LINE * Length::try_from(lines.len()).unwrap_or(0))
}

fn length(a: Point, b: Point) -> Length {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}
