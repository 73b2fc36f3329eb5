//! Images of Markdown to those without alternative text. Whether one is all there is of a link is for
//! `links` to say.

use crate::base::span::Span;

/// The images that are open; each with whether it has a text yet.
pub struct Images {
    wanted: bool,
    open: Vec<(Span, bool)>,
}

impl Images {
    pub fn new(wanted: bool) -> Self {
        Self { wanted, open: Vec::new() }
    }

    pub fn open(&mut self, span: Span) {
        self.open.push((span, false));
    }

    /// There is a text in the open images. Around one that has a text all have one.
    pub fn see(&mut self) {
        for (_, seen) in self.open.iter_mut().rev().take_while(|(_, seen)| !seen) {
            *seen = true;
        }
    }

    /// An image ends; where it is, if it has no text and that matters. One inside another is only a text.
    pub fn close(&mut self) -> Option<Span> {
        let (span, seen) = self.open.pop()?;
        (self.wanted && self.open.is_empty() && !seen).then_some(span)
    }
}
