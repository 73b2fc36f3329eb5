//! Cells and boundaries to tracks: the columns and rows that hold elements, and the strips between them.
//!
//! An axis is a run of tracks: gutter, cell, gutter, cell, ..., gutter. A gutter is one strip, and one more for
//! each border of a boundary that runs through it, so that a line in a strip is clearly inside or outside.

use super::{Diagram, Problem};

/// A column, a row, or a strip in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Track {
    pub is_cell: bool,
    /// The number of the gutter, or of the cell after it.
    pub gutter: usize,
    /// Whether it is the strip of its gutter that the fewest boundaries reach into.
    pub is_outer: bool,
}

/// The tracks from left to right, or from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Axis {
    pub tracks: Vec<Track>,
    /// The tracks that are cells.
    pub cells: Vec<usize>,
}

/// The tracks that a boundary reaches over, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    pub boundary: usize,
    pub x: (usize, usize),
    pub y: (usize, usize),
}

/// The diagram without coordinates.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub x: Axis,
    pub y: Axis,
    /// The cell of each element, as tracks.
    pub cells: Vec<(usize, usize)>,
    /// The boundaries that surround something, outer ones first.
    pub zones: Vec<Zone>,
}

impl Grid {
    pub fn new(diagram: &Diagram) -> Grid {
        let (columns, rows) = ranks(diagram);
        let boxes = boxes(diagram, &columns, &rows);
        let across: Vec<_> = boxes.iter().map(|b| (b.boundary, b.columns, b.rows)).collect();
        let down: Vec<_> = boxes.iter().map(|b| (b.boundary, b.rows, b.columns)).collect();
        let (x, spans_x) = axis(columns.iter().max().map_or(0, |last| last + 1), &across, diagram);
        let (y, spans_y) = axis(rows.iter().max().map_or(0, |last| last + 1), &down, diagram);
        let cells = columns.iter().zip(&rows).map(|(&column, &row)| (x.cells[column], y.cells[row])).collect();
        let spans = spans_x.into_iter().zip(spans_y);
        let mut zones: Vec<Zone> =
            boxes.iter().zip(spans).map(|(b, (x, y))| Zone { boundary: b.boundary, x, y }).collect();
        zones.reverse();
        Grid { x, y, cells, zones }
    }
}

/// The ranks of columns and of rows. An element whose cell is taken gets a column of its own right after it.
fn ranks(diagram: &Diagram) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..diagram.elements.len()).collect();
    order.sort_by_key(|&e| (diagram.elements[e].at, e));
    let mut columns = vec![(0, 0); order.len()];
    for (position, &element) in order.iter().enumerate() {
        let at = diagram.elements[element].at;
        let before = position.checked_sub(1).map(|before| order[before]);
        let taken =
            before.filter(|&before| diagram.elements[before].at == at).map_or(0, |before| columns[before].1 + 1);
        columns[element] = (at.0, taken);
    }
    (ranked(&columns), ranked(&diagram.elements.iter().map(|element| element.at.1).collect::<Vec<_>>()))
}

fn ranked<T: Ord + Copy>(values: &[T]) -> Vec<usize> {
    let mut known = values.to_vec();
    known.sort_unstable();
    known.dedup();
    values.iter().map(|value| known.binary_search(value).unwrap_or_default()).collect()
}

struct Box {
    boundary: usize,
    columns: (usize, usize),
    rows: (usize, usize),
}

/// The cells that each boundary spans, inner boundaries first.
fn boxes(diagram: &Diagram, columns: &[usize], rows: &[usize]) -> Vec<Box> {
    let mut order: Vec<(usize, usize)> =
        (0..diagram.boundaries.len()).map(|b| (usize::MAX - ancestors(diagram, b).len(), b)).collect();
    order.sort_unstable();
    let contents = contents(diagram);
    let span = |of: &[usize], inside: &[usize]| {
        let low = inside.iter().map(|&e| of[e]).min()?;
        Some((low, inside.iter().map(|&e| of[e]).max()?))
    };
    let place = |(_, boundary): (usize, usize)| {
        let inside = &contents[boundary];
        Some(Box { boundary, columns: span(columns, inside)?, rows: span(rows, inside)? })
    };
    order.into_iter().filter_map(place).collect()
}

/// A boundary with the cells it spans along an axis and across it.
type Span = (usize, (usize, usize), (usize, usize));

/// Builds the tracks of one axis, and says which tracks each boundary spans.
///
/// In a gutter come first the borders of boundaries that end there, inner ones first, then those of boundaries
/// that begin, outer ones first. Borders that lie beyond each other's ends may share a place.
fn axis(cells: usize, boxes: &[Span], diagram: &Diagram) -> (Axis, Vec<(usize, usize)>) {
    let opening = levels(boxes, diagram, |b| b.1.0);
    let closing = levels(boxes, diagram, |b| b.1.1 + 1);
    let deepest = |levels: &[usize], at: &dyn Fn(&Span) -> usize, gutter: usize| {
        boxes.iter().zip(levels).filter(|(b, _)| at(b) == gutter).map(|(_, &level)| level).max().unwrap_or(0)
    };
    let mut axis = Axis::default();
    let mut gutters = Vec::new();
    for gutter in 0..=cells {
        let ends = deepest(&closing, &|b| b.1.1 + 1, gutter);
        let begins = deepest(&opening, &|b| b.1.0, gutter);
        gutters.push((axis.tracks.len(), ends + begins + 1));
        axis.tracks.extend((0..=ends + begins).map(|n| Track { is_cell: false, gutter, is_outer: n == ends }));
        if gutter < cells {
            axis.cells.push(axis.tracks.len());
            axis.tracks.push(Track { is_cell: true, gutter, is_outer: false });
        }
    }
    let span = |(b, (&opens, &closes)): (&Span, (&usize, &usize))| {
        let (begin, strips) = gutters[b.1.0];
        (begin + strips - opens, gutters[b.1.1 + 1].0 + closes - 1)
    };
    let spans = boxes.iter().zip(opening.iter().zip(&closing)).map(span).collect();
    (axis, spans)
}

/// How many borders each border has to leave room for on its inner side, itself included.
fn levels(boxes: &[Span], diagram: &Diagram, gutter: impl Fn(&Span) -> usize) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::with_capacity(boxes.len());
    for (n, b) in boxes.iter().enumerate() {
        let overlaps = |other: &Span| other.2.0 <= b.2.1 && b.2.0 <= other.2.1;
        let within = |other: &Span| ancestors(diagram, other.0).contains(&b.0);
        let inner = boxes[..n]
            .iter()
            .zip(&levels)
            .filter(|(other, _)| gutter(other) == gutter(b) && (overlaps(other) || within(other)));
        levels.push(1 + inner.map(|(_, &level)| level).max().unwrap_or(0));
    }
    levels
}

/// The boundaries around a boundary, from the inside out; stops where parents go round in a circle.
fn ancestors(diagram: &Diagram, boundary: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = boundary;
    while let Some(parent) = diagram.boundaries.get(at).and_then(|b| b.parent) {
        if parent >= diagram.boundaries.len() || parent == boundary || found.contains(&parent) {
            break;
        }
        found.push(parent);
        at = parent;
    }
    found
}

/// The elements in each boundary, directly or through a child, each once and in order.
pub(super) fn contents(diagram: &Diagram) -> Vec<Vec<usize>> {
    let mut contents = vec![Vec::new(); diagram.boundaries.len()];
    for (index, boundary) in diagram.boundaries.iter().enumerate() {
        let members = boundary.members.iter().copied().filter(|&member| member < diagram.elements.len());
        let members: Vec<usize> = members.collect();
        for around in std::iter::once(index).chain(ancestors(diagram, index)) {
            contents[around].extend(&members);
        }
    }
    for inside in &mut contents {
        inside.sort_unstable();
        inside.dedup();
    }
    contents
}

/// See [`super::problems`].
pub(super) fn problems(diagram: &Diagram) -> Vec<Problem> {
    let at = |element: usize| diagram.elements[element].at;
    let contents = contents(diagram);
    let rectangle = |inside: &Vec<usize>| {
        let columns = inside.iter().map(|&e| at(e).0);
        let rows = inside.iter().map(|&e| at(e).1);
        Some((columns.clone().min()?, rows.clone().min()?, columns.max()?, rows.max()?))
    };
    let rectangles: Vec<_> = contents.iter().map(rectangle).collect();
    let mut problems = Vec::new();
    for first in 0..diagram.elements.len() {
        let later = first + 1..diagram.elements.len();
        problems.extend(later.filter(|&e| at(e) == at(first)).map(|second| Problem::Overlap { first, second }));
    }
    for (boundary, rectangle) in rectangles.iter().enumerate() {
        let Some((left, top, right, bottom)) = *rectangle else { continue };
        for element in (0..diagram.elements.len()).filter(|element| contents[boundary].binary_search(element).is_err())
        {
            let (column, row) = at(element);
            if (left..=right).contains(&column) && (top..=bottom).contains(&row) {
                problems.push(Problem::Inside { element, boundary });
            }
        }
    }
    for first in 0..rectangles.len() {
        for second in first + 1..rectangles.len() {
            let (Some(a), Some(b)) = (rectangles[first], rectangles[second]) else { continue };
            let overlap = a.0 <= b.2 && b.0 <= a.2 && a.1 <= b.3 && b.1 <= a.3;
            let nested = ancestors(diagram, first).contains(&second) || ancestors(diagram, second).contains(&first);
            if overlap && !nested {
                problems.push(Problem::Crossing { first, second });
            }
        }
    }
    problems
}
