//! The elements, flows and trust boundaries of a threat model to an accessible SVG data-flow diagram.
//!
//! The steps, each in its file: `grid` turns cells and boundaries into tracks, `route` finds a way for every
//! hop of a flow, `lanes` keeps the ways apart, `place` gives everything its coordinates, `marks` and
//! `labels` put numbers and texts where they touch nothing, and `write` writes the SVG.

mod grid;
mod labels;
mod lanes;
mod marks;
mod place;
mod route;
mod shapes;
mod text;
mod write;

#[cfg(test)]
mod tests;

/// What there is to draw. Indices refer to the lists of this value; those out of range are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The boxes.
    pub elements: Vec<Element>,
    /// The lines between boxes.
    pub flows: Vec<Flow>,
    /// The dashed frames around boxes.
    pub boundaries: Vec<Boundary>,
}

/// An external entity, a process or a data store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its short name, such as `P3`.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// Which symbol it gets.
    pub kind: ElementKind,
    /// Its grid cell: column, then row. Only the order counts, so gaps take no room.
    pub at: (u32, u32),
}

/// The symbols of a data-flow diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// Somebody or something outside the system: a rectangle.
    External,
    /// Something that works on data: a rounded rectangle.
    Process,
    /// Something that keeps data: two lines.
    Store,
}

/// Data on its way from element to element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Its short name, such as `F1`.
    pub id: String,
    /// The number in the circle on its line.
    pub number: usize,
    /// The elements it visits, two or more; the same one twice in a row is drawn as a loop.
    pub stops: Vec<usize>,
    /// Data and protocol. Left out of the drawing where there is no room.
    pub label: String,
    /// Whether data also goes back.
    pub both_ways: bool,
}

/// A trust boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// Its short name, such as `B1`.
    pub id: String,
    /// Its name in words.
    pub name: String,
    /// The boundary around it.
    pub parent: Option<usize>,
    /// The elements directly inside.
    pub members: Vec<usize>,
    /// The flows across it. Drawn only for a boundary that surrounds nothing: as a short bar on each.
    pub crossed_by: Vec<usize>,
}

/// Why a diagram cannot be drawn truthfully as it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Two elements are in one cell.
    Overlap {
        /// The element that comes first in the list.
        first: usize,
        /// The element that comes later.
        second: usize,
    },
    /// An element lies within the rectangle of a boundary that it is not in.
    Inside {
        /// The element.
        element: usize,
        /// The boundary.
        boundary: usize,
    },
    /// The rectangles of two boundaries overlap, and neither boundary is in the other.
    Crossing {
        /// The boundary that comes first in the list.
        first: usize,
        /// The boundary that comes later.
        second: usize,
    },
}

/// The texts of the figure as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captions {
    /// What the ids of this figure begin with; unique on the page.
    pub id_prefix: String,
    /// The accessible name.
    pub title: String,
    /// The accessible description.
    pub description: String,
}

/// What keeps the diagram from being drawn truthfully: overlaps, then strangers in boundaries, then crossings,
/// each in the order of the lists.
pub fn problems(diagram: &Diagram) -> Vec<Problem> {
    grid::problems(diagram)
}

/// The diagram as an `svg` element to be put into a page. The same input gives the same bytes.
///
/// There are no styles in it: the classes `dfd`, `dfd-element`, `dfd-flow` and so on are for a style sheet.
/// A diagram with [`problems`] is drawn too: elements that share a cell are set side by side.
pub fn svg(diagram: &Diagram, captions: &Captions) -> String {
    write::svg(diagram, &layout(diagram), captions)
}

/// All the steps before writing.
fn layout(diagram: &Diagram) -> place::Layout {
    let grid = grid::Grid::new(diagram);
    let hops = route::hops(diagram, &grid);
    let ways = lanes::Ways::new(&grid, hops);
    marks::layout(diagram, &grid, &ways)
}
