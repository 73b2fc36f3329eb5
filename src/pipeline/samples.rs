//! The samples that are marked `run`: the code that readers see, each line with where it is written.

use std::collections::BTreeSet;

use super::Derived;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, LineIndex};
use crate::model::parsed::Sample;
use crate::model::source::{Source, SourceId};
use crate::parse;
use crate::resolve::Resolver;

/// A sample that is marked `run`.
#[derive(Clone, Debug)]
pub struct Runnable {
    /// The file that has the block.
    pub page: BookPath,
    /// The block's opening line.
    pub opening: Span,
    /// Its language, as written.
    pub language: Option<Spanned<String>>,
    /// The file that has the code; the page itself, or the one that the block shows a part of.
    pub file: BookPath,
    /// The code.
    pub text: String,
    /// Where each of its lines is written in `file`.
    pub lines: Vec<Span>,
}

impl Derived {
    /// The samples of all pages that are published, in the order of files, and what keeps others from being run.
    #[must_use]
    pub fn runnable(&self) -> (Vec<Runnable>, Vec<Diagnostic>) {
        let (mut found, mut reports) = (Vec::new(), Vec::new());
        let resolver = self.resolver(&self.theme.names);
        let documents = self.book.pages.iter().flat_map(|page| &page.documents);
        let sources: BTreeSet<SourceId> = documents.map(|document| document.source).collect();
        for SourceId(number) in sources {
            let (source, parsed) = (&self.sources.pages[number as usize], &self.parsed[number as usize]);
            if !parsed.samples.iter().any(|sample| sample.info.run) {
                continue;
            }
            let written = parse::written(source, parsed, self.markdown_options());
            for (sample, lines) in parsed.samples.iter().zip(written).filter(|(sample, _)| sample.info.run) {
                found.extend(one(&resolver, source, sample, lines, &mut reports));
            }
        }
        (found, reports)
    }
}

fn one(
    resolver: &Resolver<'_>,
    source: &Source,
    sample: &Sample,
    written: Vec<parse::Line>,
    reports: &mut Vec<Diagnostic>,
) -> Option<Runnable> {
    let (file, text, lines) = if sample.info.file.is_some() {
        let taken = resolver.taken(&source.path, sample, reports)?;
        let index = LineIndex::new(&resolver.references.texts[taken.path].text);
        let lines = taken.lines.iter().map(|line| Span::new(index.line(*line as usize))).collect();
        (taken.path.clone(), taken.text, lines)
    } else {
        let text = written.iter().fold(String::new(), |text, line| text + &line.text + "\n");
        (source.path.clone(), text, written.iter().map(|line| line.span).collect())
    };
    let language = sample.info.language.clone();
    Some(Runnable { page: source.path.clone(), opening: sample.span, language, file, text, lines })
}
