//! A diagram to failed assertions about its layout.

use super::super::marks::RADIUS;
use super::super::place::Layout;
use super::super::shapes::{Point, Rect};
use super::super::{Diagram, grid, layout, problems};

/// Everything that holds for a diagram, and for its boundaries if it has no problems.
pub(super) fn all(diagram: &Diagram) -> Layout {
    let layout = layout(diagram);
    lines(&layout);
    lanes(&layout);
    numbers(&layout);
    texts(&layout);
    if problems(diagram).is_empty() {
        frames(diagram, &layout);
    }
    layout
}

fn runs(points: &[Point]) -> impl Iterator<Item = Rect> {
    points.windows(2).map(|pair| Rect::between(pair[0], pair[1]))
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.left < inner.left && inner.right < outer.right && outer.top < inner.top && inner.bottom < outer.bottom
}

fn on_border(rect: Rect, at: Point) -> bool {
    let inset = 100;
    let upright = (rect.top + inset..=rect.bottom - inset).contains(&at.y);
    let level = (rect.left + inset..=rect.right - inset).contains(&at.x);
    (at.x == rect.left || at.x == rect.right) && upright || (at.y == rect.top || at.y == rect.bottom) && level
}

/// Lines are orthogonal, end on the borders of their boxes and pass through no box.
fn lines(layout: &Layout) {
    let canvas = Rect { left: 0, top: 0, right: layout.width, bottom: layout.height };
    for (n, a) in layout.boxes.iter().enumerate() {
        assert!(holds(canvas, *a));
        assert!(layout.boxes[..n].iter().all(|b| !a.grown(20).meets(*b)), "boxes overlap");
    }
    for line in &layout.lines {
        let (first, last) = (line.points[0], line.points[line.points.len() - 1]);
        assert!(on_border(layout.boxes[line.from], first), "{line:?} begins in the air");
        assert!(on_border(layout.boxes[line.to], last), "{line:?} ends in the air");
        for run in runs(&line.points) {
            assert!((run.left == run.right) != (run.top == run.bottom), "{line:?} is not orthogonal");
            assert!(holds(canvas, run), "{line:?} leaves the drawing");
            assert!(layout.boxes.iter().all(|rect| !rect.meets(run)), "{line:?} passes through a box");
        }
        // The run into a box has room for the arrowhead.
        let head = runs(&line.points).last().map(|run| run.right - run.left + run.bottom - run.top);
        assert!(head >= Some(150), "{line:?} ends with a short run");
    }
}

/// No line lies on another or on itself, nor so close that the eye takes two for one.
fn lanes(layout: &Layout) {
    let all: Vec<(usize, Rect)> =
        layout.lines.iter().enumerate().flat_map(|(n, line)| runs(&line.points).map(move |run| (n, run))).collect();
    for (n, (a_line, a)) in all.iter().enumerate() {
        for (b_line, b) in &all[..n] {
            let parallel = (a.left == a.right) == (b.left == b.right);
            assert!(!parallel || !a.grown(100).meets(*b), "{a:?} of {a_line} lies on {b:?} of {b_line}");
        }
    }
}

/// Numbers are on their lines, away from boxes, borders and each other.
fn numbers(layout: &Layout) {
    assert_eq!(layout.numbers.len(), layout.lines.len());
    for (n, (at, line)) in layout.numbers.iter().zip(&layout.lines).enumerate() {
        let point = Rect::between(*at, *at);
        let circle = point.grown(RADIUS);
        let canvas = Rect { left: 0, top: 0, right: layout.width, bottom: layout.height };
        assert!(holds(canvas, circle), "a number leaves the drawing");
        assert!(runs(&line.points).any(|run| run.grown(1).meets(point)), "a number is not on its line");
        assert!(layout.boxes.iter().all(|rect| !rect.meets(circle)), "the number of {line:?} is on a box");
        for other in &layout.numbers[..n] {
            let (x, y) = (i64::from(at.x - other.x), i64::from(at.y - other.y));
            let least = i64::from(RADIUS) * 2;
            assert!(x * x + y * y >= least * least, "the number of {line:?} is on another");
        }
    }
}

/// No text is on a box, a line, a number, a border or another text.
fn texts(layout: &Layout) {
    let titles = layout.frames.iter().filter_map(|frame| frame.title.as_ref()).map(|title| title.room);
    let bars = layout.bars.iter().filter_map(|bar| bar.text.as_ref()).map(|text| text.room);
    let labels = layout.labels.iter().map(|label| label.text.room);
    let all: Vec<Rect> = titles.clone().chain(bars.clone()).chain(labels.clone()).collect();
    let canvas = Rect { left: 0, top: 0, right: layout.width, bottom: layout.height };
    for bar in &layout.bars {
        assert!(holds(canvas, Rect::between(bar.from, bar.to)), "{bar:?} leaves the drawing");
    }
    for (n, &text) in all.iter().enumerate() {
        assert!(holds(canvas, text), "a text leaves the drawing");
        assert!(all[..n].iter().all(|other| !other.meets(text)), "texts overlap");
        assert!(layout.boxes.iter().all(|rect| !rect.meets(text)), "a text is on a box");
        for line in &layout.lines {
            assert!(runs(&line.points).all(|run| !run.meets(text)), "{line:?} passes through a text");
        }
    }
    for text in bars.chain(labels) {
        let circles = layout.numbers.iter().map(|&at| Rect::around(at, RADIUS, RADIUS));
        assert!(circles.into_iter().all(|circle| !circle.meets(text)), "a label is on a number");
        let borders = layout.frames.iter().flat_map(|frame| frame.rect.sides());
        assert!(borders.into_iter().all(|border| !border.meets(text)), "a label is on a border");
    }
}

/// Boundaries surround their elements and their children, and nobody else; their borders touch nothing.
fn frames(diagram: &Diagram, layout: &Layout) {
    let contents = grid::contents(diagram);
    let outer = |mut at: usize, around: usize| {
        while let Some(parent) = diagram.boundaries[at].parent {
            if parent == around {
                return true;
            }
            at = parent;
        }
        false
    };
    for (n, frame) in layout.frames.iter().enumerate() {
        for (element, &rect) in layout.boxes.iter().enumerate() {
            let inside = contents[frame.boundary].contains(&element);
            let fits = if inside { holds(frame.rect, rect.grown(50)) } else { !frame.rect.grown(50).meets(rect) };
            assert!(fits, "element {element} and boundary {}", frame.boundary);
        }
        for other in &layout.frames[..n] {
            let nested = outer(frame.boundary, other.boundary);
            let (a, b) = (frame.rect.grown(40), other.rect);
            assert!(if nested { holds(b, a) } else { !a.meets(b) }, "{} and {}", frame.boundary, other.boundary);
        }
        let title = frame.title.as_ref().map(|title| title.room);
        assert!(title.is_none_or(|title| holds(frame.rect, title)), "a title does not fit: {frame:?}");
        assert!(title.is_some(), "no title on {frame:?}");
        for &at in &layout.numbers {
            let circle = Rect::around(at, RADIUS, RADIUS);
            assert!(frame.rect.sides().iter().all(|side| !side.meets(circle)), "a number is on a border");
            assert!(title.is_none_or(|title| !title.meets(circle)), "a number is on a title");
        }
        for other in &layout.frames {
            assert!(other.rect.sides().iter().all(|side| title.is_none_or(|title| !title.meets(*side))));
        }
    }
}
