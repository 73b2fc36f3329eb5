//! Hundreds of made-up diagrams to what must hold for every drawing.

use super::super::{Boundary, Diagram, Element, ElementKind, Flow, problems, svg};
use super::{captions, check};

/// A small generator of numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % end.max(1)
    }
}

const WORDS: [&str; 8] = ["upload", "worker", "of", "the", "member's", "authentication", "bucket", "日本語"];

fn words(dice: &mut Dice) -> String {
    let count = 1 + dice.below(4);
    (0..count).map(|_| WORDS[dice.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// A rectangle of cells: first and last column, first and last row.
type Cells = (usize, usize, usize, usize);

fn part(dice: &mut Dice, (left, right, top, bottom): Cells) -> Cells {
    let (a, b) = (left + dice.below(right - left + 1), left + dice.below(right - left + 1));
    let (c, d) = (top + dice.below(bottom - top + 1), top + dice.below(bottom - top + 1));
    (a.min(b), a.max(b), c.min(d), c.max(d))
}

/// A diagram of at most so many elements and flows, with boundaries that have no problems.
fn diagram(dice: &mut Dice, most: usize, flows: usize) -> Diagram {
    let (columns, rows) = (1 + dice.below(8), 1 + dice.below(8));
    let mut cells: Vec<(usize, usize)> = (0..columns).flat_map(|x| (0..rows).map(move |y| (x, y))).collect();
    let count = (1 + dice.below(most)).min(cells.len());
    let mut elements = Vec::new();
    for n in 0..count {
        let at = cells.swap_remove(dice.below(cells.len()));
        let kind = [ElementKind::External, ElementKind::Process, ElementKind::Store][dice.below(3)];
        elements.push(Element { id: format!("P{n}"), name: words(dice), kind, at: (at.0 as u32, at.1 as u32) });
    }
    let flows = (0..dice.below(flows + 1)).map(|n| {
        let stops = 2 + dice.below(8) / 6;
        let stops = (0..stops).map(|_| dice.below(count)).collect();
        Flow { id: format!("F{n}"), number: n + 1, stops, label: words(dice), both_ways: dice.below(4) == 0 }
    });
    let flows: Vec<Flow> = flows.collect();
    let mut areas: Vec<(Cells, Option<usize>)> = Vec::new();
    for _ in 0..dice.below(7) * 3 {
        let parent = if areas.is_empty() || dice.below(3) == 0 { None } else { Some(dice.below(areas.len())) };
        let within = parent.map_or((0, columns - 1, 0, rows - 1), |parent: usize| areas[parent].0);
        let area = part(dice, within);
        let clashes = |other: &(Cells, Option<usize>)| {
            let (a, b) = (area, other.0);
            other.1 == parent && a.0 <= b.1 && b.0 <= a.1 && a.2 <= b.3 && b.2 <= a.3
        };
        if areas.len() < 6 && !areas.iter().any(clashes) {
            areas.push((area, parent));
        }
    }
    let innermost = |element: &Element| {
        let (x, y) = (element.at.0 as usize, element.at.1 as usize);
        areas.iter().rposition(|((a, b, c, d), _)| (*a..=*b).contains(&x) && (*c..=*d).contains(&y))
    };
    let boundaries = areas.iter().enumerate().map(|(n, &(_, parent))| Boundary {
        id: format!("B{n}"),
        name: words(dice),
        parent,
        members: (0..count).filter(|&element| innermost(&elements[element]) == Some(n)).collect(),
        crossed_by: (0..2).map(|_| dice.below(flows.len())).collect(),
    });
    let boundaries = boundaries.collect();
    Diagram { elements, flows, boundaries }
}

#[test]
fn random_diagrams_hold() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..220 {
        let diagram = diagram(&mut dice, 25, 40);
        assert_eq!(problems(&diagram), []);
        check::all(&diagram);
        assert_eq!(svg(&diagram, &captions()), svg(&diagram.clone(), &captions()));
    }
}

#[test]
fn random_diagrams_with_problems_are_drawn() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut with_problems = 0;
    for _ in 0..140 {
        let mut diagram = diagram(&mut dice, 25, 40);
        for element in &mut diagram.elements {
            element.at = (element.at.0 / 2, element.at.1);
        }
        let count = diagram.elements.len();
        for boundary in &mut diagram.boundaries {
            boundary.members.push(dice.below(count));
        }
        with_problems += usize::from(!problems(&diagram).is_empty());
        check::all(&diagram);
    }
    assert!(with_problems > 90);
}

#[test]
fn crowded_diagrams_hold() {
    let mut dice = Dice(0xd1b5_4a32_d192_ed03);
    let mut drawn = 0;
    while drawn < 40 {
        let diagram = diagram(&mut dice, 40, 60);
        if diagram.elements.len() >= 20 && diagram.flows.len() >= 35 {
            let layout = check::all(&diagram);
            assert!(layout.labels.len() * 4 > diagram.flows.len(), "few labels found room");
            drawn += 1;
        }
    }
}
