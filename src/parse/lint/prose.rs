//! The visible words of one block at a time, as a reader sees them in one line, to the banned phrases in
//! them with their places in the page, whatever markup stands between their words.

use super::phrases::Phrases;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, catalog};
use crate::parse::at;

/// Stands for what is no prose, such as code: no phrase goes over it.
const GAP: char = '\0';

/// The block that is being read. Without phrases it stays empty.
pub struct Prose<'a> {
    path: &'a BookPath,
    phrases: &'a Phrases,
    text: String,
    pieces: Vec<Piece>,
}

/// A part of the text, and where it is written.
struct Piece {
    start: usize,
    span: Span,
    /// It is written as it reads, so that each character has a place of its own.
    verbatim: bool,
}

impl<'a> Prose<'a> {
    pub fn new(path: &'a BookPath, phrases: &'a Phrases) -> Self {
        Self { path, phrases, text: String::new(), pieces: Vec::new() }
    }

    /// Words at `span`.
    pub fn words(&mut self, text: &str, span: Span) {
        if !self.phrases.is_empty() {
            let verbatim = span.range().len() == text.len();
            self.pieces.push(Piece { start: self.text.len(), span, verbatim });
            self.text.push_str(text);
        }
    }

    /// A line that the walk does not meet: in it, code may stand between backticks.
    pub fn line(&mut self, text: &str, span: Span) {
        let mut from = span.start as usize;
        for (number, part) in text.split('`').enumerate() {
            if number % 2 == 0 {
                self.words(part, Span::new(from..from + part.len()));
            } else {
                self.gap();
            }
            from += part.len() + 1;
        }
    }

    pub fn space(&mut self) {
        if !self.phrases.is_empty() {
            self.text.push(' ');
        }
    }

    pub fn gap(&mut self) {
        if !self.phrases.is_empty() {
            self.text.push(GAP);
        }
    }

    /// The block ends.
    pub fn end_block(&mut self, reports: &mut Vec<Diagnostic>) {
        if self.text.is_empty() {
            return;
        }
        for (range, banned) in self.phrases.find(&self.text) {
            let span = Span { start: self.place(range.start).start, end: self.place(range.end - 1).end };
            reports.push(catalog::banned_phrase(at(self.path, span), &banned.phrase, banned.instead.as_deref()));
        }
        self.text.clear();
        self.pieces.clear();
    }

    /// Where the byte at `offset` of the text is written.
    fn place(&self, offset: usize) -> Span {
        let piece = &self.pieces[self.pieces.partition_point(|piece| piece.start <= offset) - 1];
        if !piece.verbatim {
            return piece.span;
        }
        let start = piece.span.start as usize + offset - piece.start;
        Span::new(start..start + 1)
    }
}
