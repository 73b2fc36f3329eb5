//! The layout to SVG: geometry as attributes, looks as classes only, since the policy of a page may forbid styles.

use super::marks::{ARROW, RADIUS};
use super::place::{Anchor, Frame, Layout, Line, Text};
use super::shapes::{Length, Point, Rect};
use super::text::{self, escape};
use super::{Captions, Diagram, Element, ElementKind, Flow};

/// The radius of the corners of lines, of processes and of frames.
const BEND: Length = 60;
const PROCESS: Length = 160;
const FRAME: Length = 80;

/// See [`super::svg`].
pub(super) fn svg(diagram: &Diagram, layout: &Layout, captions: &Captions) -> String {
    let mut out = Out(String::new());
    let (width, height) = (layout.width, layout.height);
    out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dfd\" direction=\"ltr\" role=\"img\"");
    out.attribute("aria-labelledby", &format!("{0}-title {0}-desc", captions.id_prefix));
    out.raw(" viewBox=\"0 0 ");
    out.raw(&format!("{} {}\"", Tenths(width), Tenths(height)));
    out.lengths(&[("width", width), ("height", height)]);
    out.raw(">\n<title");
    out.attribute("id", &format!("{}-title", captions.id_prefix));
    out.raw(">");
    escape(&mut out.0, &captions.title);
    out.raw("</title>\n<desc");
    out.attribute("id", &format!("{}-desc", captions.id_prefix));
    out.raw(">");
    escape(&mut out.0, &captions.description);
    out.raw("</desc>\n");
    for frame in &layout.frames {
        out.frame(diagram, frame);
    }
    for (index, flow) in diagram.flows.iter().enumerate() {
        out.flow(layout, index, flow);
    }
    out.bars(diagram, layout);
    for (element, &rect) in diagram.elements.iter().zip(&layout.boxes) {
        out.element(element, rect);
    }
    out.raw("</svg>\n");
    out.0
}

/// A length as CSS pixels with at most one decimal.
struct Tenths(Length);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        if rest == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{rest}") }
    }
}

struct Out(String);

impl Out {
    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        escape(&mut self.0, value);
        self.0.push('"');
    }

    fn lengths(&mut self, attributes: &[(&str, Length)]) {
        for &(name, value) in attributes {
            self.attribute(name, &Tenths(value).to_string());
        }
    }

    /// Opens a group that scripts find by its id and that shows its full name on hovering.
    fn open(&mut self, class: &str, id: &str, name: &str) {
        self.raw("<g");
        self.attribute("class", class);
        self.attribute("data-id", id);
        self.raw("><title>");
        escape(&mut self.0, format!("{id} {name}").trim());
        self.raw("</title>");
    }

    fn rect(&mut self, rect: Rect, radius: Length) {
        self.raw("<rect");
        let (width, height) = (rect.right - rect.left, rect.bottom - rect.top);
        self.lengths(&[("x", rect.left), ("y", rect.top), ("width", width), ("height", height)]);
        if radius > 0 {
            self.lengths(&[("rx", radius)]);
        }
        self.raw("/>");
    }

    fn path(&mut self, class: &str, d: &str) {
        self.raw("<path");
        if !class.is_empty() {
            self.attribute("class", class);
        }
        self.attribute("d", d);
        self.raw("/>");
    }

    /// One line of text; `at` is on its base line.
    fn line(&mut self, class: &str, anchor: Anchor, size: Length, at: Point, line: &str) {
        self.raw("<text");
        self.attribute("class", class);
        self.lengths(&[("x", at.x), ("y", at.y), ("font-size", size)]);
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.attribute("text-anchor", "middle"),
            Anchor::End => self.attribute("text-anchor", "end"),
        }
        self.raw(">");
        escape(&mut self.0, line);
        self.raw("</text>");
    }

    fn text(&mut self, class: &str, text: &Text) {
        let x = match text.anchor {
            Anchor::Start => text.room.left,
            Anchor::Middle => (text.room.left + text.room.right) / 2,
            Anchor::End => text.room.right,
        };
        let mut y = text.room.top + 118;
        for line in &text.lines {
            self.line(class, text.anchor, text::SIZE * 10, Point { x, y }, line);
            y += text::LINE;
        }
    }

    fn frame(&mut self, diagram: &Diagram, frame: &Frame) {
        let boundary = &diagram.boundaries[frame.boundary];
        self.open("dfd-boundary", &boundary.id, &boundary.name);
        self.rect(frame.rect, FRAME);
        if let Some(title) = &frame.title {
            self.text("dfd-boundary-title", title);
        }
        self.raw("</g>\n");
    }

    fn bars(&mut self, diagram: &Diagram, layout: &Layout) {
        for bar in &layout.bars {
            let boundary = &diagram.boundaries[bar.boundary];
            self.open("dfd-crossing", &boundary.id, &boundary.name);
            self.path(
                "",
                &format!("M{} {}L{} {}", Tenths(bar.from.x), Tenths(bar.from.y), Tenths(bar.to.x), Tenths(bar.to.y)),
            );
            if let Some(text) = &bar.text {
                self.text("dfd-boundary-title", text);
            }
            self.raw("</g>\n");
        }
    }

    fn flow(&mut self, layout: &Layout, index: usize, flow: &Flow) {
        let hops = || layout.lines.iter().zip(&layout.numbers).filter(move |(line, _)| line.flow == index);
        if hops().next().is_none() {
            return;
        }
        self.open("dfd-flow", &flow.id, &flow.label);
        for (line, _) in hops() {
            self.path("dfd-line", &outline(line, flow.both_ways));
            if let ([first, second, ..], [.., before, last]) = (&line.points[..], &line.points[..]) {
                self.path("dfd-arrow", &arrow(*before, *last));
                if flow.both_ways {
                    self.path("dfd-arrow", &arrow(*second, *first));
                }
            }
        }
        for (_, at) in hops() {
            self.raw("<circle");
            self.attribute("class", "dfd-number");
            self.lengths(&[("cx", at.x), ("cy", at.y), ("r", RADIUS)]);
            self.raw("/>");
            let number = flow.number.to_string();
            let size = match number.len() {
                0..=2 => 110,
                3 => 90,
                digits => 270 / Length::try_from(digits).unwrap_or(27).max(1),
            };
            let base = Point { x: at.x, y: at.y + size * 36 / 100 };
            self.line("dfd-number-text", Anchor::Middle, size, base, &number);
        }
        for label in layout.labels.iter().filter(|label| label.flow == index) {
            self.text("dfd-label", &label.text);
        }
        self.raw("</g>\n");
    }

    fn element(&mut self, element: &Element, rect: Rect) {
        let (class, radius) = match element.kind {
            ElementKind::External => ("dfd-element dfd-external", 0),
            ElementKind::Process => ("dfd-element dfd-process", PROCESS),
            ElementKind::Store => ("dfd-element dfd-store", 0),
        };
        self.open(class, &element.id, &element.name);
        self.rect(rect, radius);
        if element.kind == ElementKind::Store {
            let [left, right, top, bottom] = [rect.left, rect.right, rect.top, rect.bottom].map(Tenths);
            self.path("", &format!("M{left} {top}H{right}M{left} {bottom}H{right}"));
        }
        let id = text::wrap(&element.id, rect.right - rect.left - 240, 1);
        for id in &id {
            self.line("dfd-id", Anchor::Start, 120, Point { x: rect.left + 100, y: rect.top + 150 }, id);
        }
        let lines = text::wrap(&element.name, rect.right - rect.left - 140, 3);
        let height = text::LINE * Length::try_from(lines.len()).unwrap_or(0);
        // Three lines go down a little more, away from the id.
        let below = if lines.len() > 2 { 140 } else { 80 };
        let middle = Point { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom + below) / 2 };
        let mut at = Point { x: middle.x, y: middle.y - height / 2 + 118 };
        for line in &lines {
            self.line("dfd-name", Anchor::Middle, text::SIZE * 10, at, line);
            at.y += text::LINE;
        }
        self.raw("</g>\n");
    }
}

/// The path of a line with round corners. It ends within its arrowheads, so that their tips stay sharp.
fn outline(line: &Line, both_ways: bool) -> String {
    let mut points = line.points.clone();
    let count = points.len();
    if count < 2 {
        return String::new();
    }
    points[count - 1] = towards(points[count - 1], points[count - 2], ARROW[0] - 20);
    if both_ways {
        points[0] = towards(points[0], points[1], ARROW[0] - 20);
    }
    let mut d = format!("M{} {}", Tenths(points[0].x), Tenths(points[0].y));
    for corner in points.windows(3) {
        let [a, b, c] = [corner[0], corner[1], corner[2]];
        let radius = BEND.min(distance(a, b) / 2).min(distance(b, c) / 2);
        let (from, to) = (towards(b, a, radius), towards(b, c, radius));
        d.push_str(&format!("L{} {}", Tenths(from.x), Tenths(from.y)));
        d.push_str(&format!("Q{} {} {} {}", Tenths(b.x), Tenths(b.y), Tenths(to.x), Tenths(to.y)));
    }
    d.push_str(&format!("L{} {}", Tenths(points[count - 1].x), Tenths(points[count - 1].y)));
    d
}

fn arrow(from: Point, tip: Point) -> String {
    let [length, half] = ARROW;
    let back = towards(tip, from, length);
    let (x, y) = if from.y == tip.y { (0, half) } else { (half, 0) };
    let corners = [tip, Point { x: back.x + x, y: back.y + y }, Point { x: back.x - x, y: back.y - y }];
    let [a, b, c] = corners.map(|corner| format!("{} {}", Tenths(corner.x), Tenths(corner.y)));
    format!("M{a}L{b}L{c}Z")
}

/// The point so far from one on the way to another, along an axis.
fn towards(from: Point, to: Point, by: Length) -> Point {
    Point { x: from.x + (to.x - from.x).signum() * by, y: from.y + (to.y - from.y).signum() * by }
}

fn distance(a: Point, b: Point) -> Length {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}
