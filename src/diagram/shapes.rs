//! Rectangles to whether they touch: points, rectangles, and a space that finds what is near without looking at all.

/// A length in tenths of a CSS pixel: integers, so that every machine gets the same bytes.
pub(super) type Length = i32;

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub x: Length,
    pub y: Length,
}

/// A rectangle with `left <= right` and `top <= bottom`; a line is a rectangle without breadth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub left: Length,
    pub top: Length,
    pub right: Length,
    pub bottom: Length,
}

impl Rect {
    pub fn between(a: Point, b: Point) -> Rect {
        Rect { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    pub fn around(at: Point, half_width: Length, half_height: Length) -> Rect {
        Rect { left: at.x - half_width, top: at.y - half_height, right: at.x + half_width, bottom: at.y + half_height }
    }

    pub fn grown(self, by: Length) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether the insides meet; rectangles that share only an edge do not.
    pub fn meets(self, other: Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The four sides as lines.
    pub fn sides(self) -> [Rect; 4] {
        [
            Rect { bottom: self.top, ..self },
            Rect { top: self.bottom, ..self },
            Rect { right: self.left, ..self },
            Rect { left: self.right, ..self },
        ]
    }
}

/// What stands somewhere, and how much distance others keep from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// An element, an arrowhead, a title, a label.
    Solid,
    /// The number of a hop.
    Number(usize),
    /// The border of a boundary.
    Border,
    /// The line of a hop.
    Line(usize),
    /// What is beyond the drawing.
    Outside,
}

/// Things in a plane, sorted into squares so that a query looks only at its neighbourhood.
pub(super) struct Space {
    columns: usize,
    rows: usize,
    squares: Vec<Vec<u32>>,
    things: Vec<Option<(Rect, Thing)>>,
}

const SQUARE: Length = 900;

impl Space {
    pub fn new(width: Length, height: Length) -> Space {
        let columns = square(width) + 1;
        let rows = square(height) + 1;
        let mut space = Space { columns, rows, squares: vec![Vec::new(); columns * rows], things: Vec::new() };
        let all = Rect { left: 0, top: 0, right: width, bottom: height };
        let far = all.grown(SQUARE * 100);
        for side in [
            Rect { bottom: all.top, ..far },
            Rect { top: all.bottom, ..far },
            Rect { right: all.left, ..far },
            Rect { left: all.right, ..far },
        ] {
            space.add(side, Thing::Outside);
        }
        space
    }

    pub fn add(&mut self, rect: Rect, thing: Thing) {
        let index = u32::try_from(self.things.len()).unwrap_or(u32::MAX);
        self.things.push(Some((rect, thing)));
        for y in square(rect.top).min(self.rows - 1)..=square(rect.bottom).min(self.rows - 1) {
            for x in square(rect.left).min(self.columns - 1)..=square(rect.right).min(self.columns - 1) {
                self.squares[y * self.columns + x].push(index);
            }
        }
    }

    /// Takes the number of a hop away, as it goes elsewhere.
    pub fn remove_number(&mut self, hop: usize) {
        for thing in self.things.iter_mut().filter(|thing| matches!(thing, Some((_, Thing::Number(of))) if *of == hop))
        {
            *thing = None;
        }
    }

    /// Whether nothing is in the rectangle; `margin` says how near a thing may come, or that it does not count.
    pub fn is_free(&self, rect: Rect, margin: impl Fn(Thing) -> Option<Length>) -> bool {
        // No margin is wider than this.
        let near = rect.grown(60);
        for y in square(near.top).min(self.rows - 1)..=square(near.bottom).min(self.rows - 1) {
            for x in square(near.left).min(self.columns - 1)..=square(near.right).min(self.columns - 1) {
                for &index in &self.squares[y * self.columns + x] {
                    let Some(&Some((other, thing))) = self.things.get(index as usize) else { continue };
                    if margin(thing).is_some_and(|margin| rect.grown(margin).meets(other)) {
                        return false;
                    }
                }
            }
        }
        true
    }
}

fn square(at: Length) -> usize {
    usize::try_from(at / SQUARE).unwrap_or(0)
}
