//! A threat model as a drawing, and which of its flows cross which boundaries.

use std::collections::{BTreeMap, BTreeSet};

use super::threat_model::{ElementKind, ThreatModel};
use crate::diagram;

impl ThreatModel {
    /// The boundaries around an element, innermost first.
    #[must_use]
    pub fn around(&self, element: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let element = self.elements.iter().find(|known| known.id.value == element);
        let mut next = element.and_then(|element| element.inside.as_ref());
        while let Some(id) = next.filter(|id| !found.contains(&id.value.as_str())) {
            found.push(&id.value);
            let boundary = self.boundaries.iter().find(|boundary| boundary.id.value == id.value);
            next = boundary.and_then(|boundary| boundary.inside.as_ref());
        }
        found
    }

    /// The boundaries that flows cross, by the number of the flow, for those that cross any.
    #[must_use]
    pub fn crossings(&self) -> BTreeMap<usize, Vec<&str>> {
        let mut crossings: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (number, flow) in self.flows.iter().enumerate() {
            let mut crossed: Vec<&str> = Vec::new();
            for hop in flow.stops.windows(2) {
                let (from, to) = (self.around(&hop[0].value), self.around(&hop[1].value));
                crossed.extend(from.iter().filter(|id| !to.contains(id)));
                crossed.extend(to.iter().filter(|id| !from.contains(id)));
            }
            let is_named = |crossed_by: &[crate::base::span::Spanned<String>]| {
                crossed_by.iter().any(|crossing| crossing.value == flow.id.value)
            };
            let named = self.boundaries.iter().filter(|boundary| is_named(&boundary.crossed_by));
            crossed.extend(named.map(|boundary| boundary.id.value.as_str()));
            let mut seen = BTreeSet::new();
            crossed.retain(|id| seen.insert(*id));
            if !crossed.is_empty() {
                crossings.insert(number, crossed);
            }
        }
        crossings
    }

    /// The model as a drawing. What refers to nothing, which is reported elsewhere, is left out.
    #[must_use]
    pub fn diagram(&self) -> diagram::Diagram {
        let element = |id: &str| self.elements.iter().position(|element| element.id.value == id);
        let boundary = |id: &str| self.boundaries.iter().position(|boundary| boundary.id.value == id);
        let flow = |id: &str| self.flows.iter().position(|flow| flow.id.value == id);
        let elements = self.elements.iter().map(|element| diagram::Element {
            id: element.id.value.clone(),
            name: element.name.clone(),
            kind: match element.kind {
                ElementKind::External => diagram::ElementKind::External,
                ElementKind::Process => diagram::ElementKind::Process,
                ElementKind::Store => diagram::ElementKind::Store,
            },
            at: element.at.unwrap_or((0, 0)),
        });
        let flows = self.flows.iter().enumerate().map(|(index, flow)| diagram::Flow {
            id: flow.id.value.clone(),
            number: index + 1,
            stops: flow.stops.iter().filter_map(|stop| element(&stop.value)).collect(),
            label: flow.data.clone(),
            both_ways: flow.both,
        });
        let boundaries = self.boundaries.iter().map(|boundary_of| diagram::Boundary {
            id: boundary_of.id.value.clone(),
            name: boundary_of.name.clone(),
            parent: boundary_of.inside.as_ref().and_then(|id| boundary(&id.value)),
            members: (0..self.elements.len())
                .filter(|&index| {
                    self.elements[index].inside.as_ref().is_some_and(|inside| inside.value == boundary_of.id.value)
                })
                .collect(),
            crossed_by: boundary_of.crossed_by.iter().filter_map(|id| flow(&id.value)).collect(),
        });
        diagram::Diagram { elements: elements.collect(), flows: flows.collect(), boundaries: boundaries.collect() }
    }
}
