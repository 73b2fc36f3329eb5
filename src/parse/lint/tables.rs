//! Tables, Markdown's and raw HTML's, to those whose columns have no names.

use std::ops::Range;

use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, catalog};
use crate::parse::{at, first_line};

/// The tables that are open.
pub struct Tables<'a> {
    path: &'a BookPath,
    text: &'a str,
    wanted: bool,
    /// The header row being read, and whether there is anything in it.
    head: Option<(Span, bool)>,
    /// The open tables of raw HTML, each with whether it has a header cell or needs none.
    html: Vec<(Span, bool)>,
}

impl<'a> Tables<'a> {
    pub fn new(path: &'a BookPath, text: &'a str, wanted: bool) -> Self {
        Self { path, text, wanted, head: None, html: Vec::new() }
    }

    pub fn head(&mut self, range: &Range<usize>) {
        let row = first_line(&self.text[range.clone()]).trim_end();
        self.head = Some((Span::new(range.start..range.start + row.len()), false));
    }

    /// There is something in the header row.
    pub fn see(&mut self) {
        if let Some((_, seen)) = &mut self.head {
            *seen = true;
        }
    }

    pub fn end_head(&mut self, reports: &mut Vec<Diagnostic>) {
        if let Some((row, false)) = self.head.take()
            && self.wanted
        {
            reports.push(catalog::table_no_header(at(self.path, row)));
        }
    }

    pub fn open_html(&mut self, tag: Span, decorates: bool) {
        self.html.push((tag, decorates));
    }

    pub fn html_header(&mut self) {
        if let Some((_, has_header)) = self.html.last_mut() {
            *has_header = true;
        }
    }

    pub fn close_html(&mut self, reports: &mut Vec<Diagnostic>) {
        if let Some((tag, false)) = self.html.pop()
            && self.wanted
        {
            reports.push(catalog::html_table_no_header(at(self.path, tag)));
        }
    }

    /// The page ends, and with it the tables that nothing closes.
    pub fn finish(&mut self, reports: &mut Vec<Diagnostic>) {
        while !self.html.is_empty() {
            self.close_html(reports);
        }
    }
}
