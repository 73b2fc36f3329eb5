//! Claims, terms and sources within a line.

use super::{Context, pages};
use crate::diagnostic::catalog;
use crate::model::practice::inline::{Inline, InlineMark};
use crate::model::url::{Url, fragment};
use crate::model::view::MarkView;

/// The views of a document's inline directives, in the order of the walk.
pub fn marks(context: &mut Context<'_, '_>, marks: &[Option<InlineMark>]) -> Vec<MarkView> {
    marks.iter().map(|mark| mark.as_ref().map_or(MarkView::Plain, |mark| view(context, mark))).collect()
}

fn view(context: &mut Context<'_, '_>, mark: &InlineMark) -> MarkView {
    match &mark.inline {
        Inline::Claim { standing, reference, checked_on } => {
            let source = reference.as_ref().and_then(|id| context.reference(id));
            let text = |key: &str| source.as_ref().and_then(|source| Some(source.get(key)?.as_str()?.to_owned()));
            let Some(standing) = standing else { return MarkView::Plain };
            MarkView::Claim {
                standing: standing.name(),
                source: text("title"),
                href: text("href"),
                checked_on: checked_on.clone(),
            }
        }
        Inline::Term(written) => {
            let registry = &context.resolver.book.practice;
            let Some(term) = registry.term(&written.value) else {
                let near = context.resolver.near.term(&written.value);
                let report = catalog::term_unknown(context.at(written.span), &written.value, near);
                context.reports.push(report);
                return MarkView::Plain;
            };
            // A term is a link where it stands first on a page.
            if !context.met.insert(format!("term {}", term.id.value)) {
                return MarkView::Plain;
            }
            let href = context.href(&Url::new(pages::GLOSSARY)) + &fragment(&pages::term_id(&term.id.value));
            MarkView::Term { meaning: term.meaning.clone(), href }
        }
        Inline::Reference(id) => match context.reference(id) {
            Some(source) => {
                let text = |key: &str| source.get(key).and_then(|text| text.as_str()).unwrap_or("").to_owned();
                MarkView::Reference { title: text("title"), href: text("href") }
            }
            None => MarkView::Plain,
        },
    }
}
