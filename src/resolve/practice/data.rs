//! Files of data: the one that a directive shows, and what only the book can tell is wrong with them.

use super::{Context, plan};
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::parsed::referred;
use crate::model::practice::data::{Data, DataKind};
use crate::resolve::Resolver;

/// The file that `src` names, with what it holds; reported where there is none of that kind.
pub fn find(context: &mut Context<'_, '_>, src: &Spanned<String>, kind: DataKind) -> Option<(BookPath, Data)> {
    let resolver = context.resolver;
    if src.value.is_empty() {
        return None;
    }
    let Some(path) = referred(context.file, &resolver.config.src, &src.value) else {
        let report = catalog::outside_book(context.at(src.span), &src.value);
        context.reports.push(report);
        return None;
    };
    if DataKind::of(&path) != Some(kind) {
        let is_there = resolver.book.files.contains_key(&path) || resolver.book.by_file.contains_key(&path);
        let report = if is_there {
            catalog::data_wrong_name(context.at(src.span), &src.value, kind.ending())
        } else {
            missing(context, src, &path, kind)
        };
        context.reports.push(report);
        return None;
    }
    let Some(&number) = resolver.book.practice.data.get(&path) else {
        // One that cannot be read was reported.
        if !resolver.book.files.contains_key(&path) {
            let report = missing(context, src, &path, kind);
            context.reports.push(report);
        }
        return None;
    };
    resolver.data[number].content.clone().map(|content| (path, content))
}

fn missing(context: &Context<'_, '_>, src: &Spanned<String>, path: &BookPath, kind: DataKind) -> Diagnostic {
    let files = context.resolver.near.files();
    let of_kind = || {
        let stem = path.stem().split('.').next().unwrap_or("");
        let is_like = |known: &&BookPath| DataKind::of(known) == Some(kind) && known.stem().starts_with(stem);
        context.resolver.book.practice.data.keys().filter(is_like).min()
    };
    let near = of_kind().or_else(|| files.nearest(path, &src.value));
    let near = near.map(|near| near.relative_to(&context.file.parent()));
    catalog::data_missing_file(context.at(src.span), &src.value, near.as_deref())
}

/// What only the book can tell is wrong with its files of data.
#[must_use]
pub fn check(resolver: &Resolver<'_>) -> Vec<Diagnostic> {
    let mut reports = Vec::new();
    let registry = &resolver.book.practice;
    for (source, data) in resolver.sources.data.iter().zip(resolver.data) {
        let path = &source.path;
        let refs: Vec<&Spanned<String>> = match &data.content {
            Some(Data::Plan(plan)) => {
                plan::check(resolver, path, plan, &mut reports);
                Vec::new()
            }
            Some(Data::Questions(questions)) => questions.iter().flat_map(|question| &question.refs).collect(),
            Some(Data::Glossary(terms)) => {
                for see in terms.iter().flat_map(|term| &term.see).filter(|see| registry.term(&see.value).is_none()) {
                    let near = resolver.near.term(&see.value);
                    reports.push(catalog::term_unknown(Place::at(path, see.span), &see.value, near));
                }
                terms.iter().flat_map(|term| &term.refs).collect()
            }
            Some(Data::ThreatModel(_) | Data::References(_) | Data::Synonyms(_)) | None => Vec::new(),
        };
        for id in refs.into_iter().filter(|id| !registry.references.contains_key(&id.value)) {
            let near = resolver.near.reference(&id.value);
            reports.push(catalog::ref_unknown(Place::at(path, id.span), &id.value, near));
        }
    }
    reports
}
