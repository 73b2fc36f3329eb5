//! Plans: days whose items lead to pages and material.

use serde_json::{Value, json};

use super::{Context, data};
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::book::PageId;
use crate::model::parsed::referred;
use crate::model::practice::data::{Data, DataKind};
use crate::model::practice::plan::{Item, Plan};
use crate::model::url::fragment;
use crate::resolve::Resolver;

pub fn view(context: &mut Context<'_, '_>, src: &Spanned<String>) -> Value {
    let Some((path, Data::Plan(plan))) = data::find(context, src, DataKind::Plan) else {
        return json!({"days": [], "minutes": 0});
    };
    if !context.met.insert(format!("data {path}")) {
        let report = catalog::data_twice(context.at(src.span), &src.value);
        context.reports.push(report);
    }
    let days: Vec<Value> = plan
        .days
        .iter()
        .map(|day| {
            let items: Vec<Value> = day.items.iter().map(|item| self::item(context, &path, item)).collect();
            json!({
                "day": day.day,
                "week": day.day.value.saturating_sub(1) / 7 + 1,
                "weekday": day.weekday,
                "items": items,
                "minutes": day.items.iter().map(|item| item.minutes).sum::<u32>(),
                "evidence": day.evidence,
                "exception": day.exception,
            })
        })
        .collect();
    json!({
        "id": plan.id,
        "title": plan.title,
        "days": days,
        "minutes": plan.days.iter().flat_map(|day| &day.items).map(|item| item.minutes).sum::<u32>(),
    })
}

fn item(context: &Context<'_, '_>, path: &BookPath, item: &Item) -> Value {
    let book = context.resolver.book;
    let material = item.practice.as_ref().and_then(|id| {
        let home = book.practice.by_id.get(&id.value)?;
        Some((home.kind, context.href_of(&id.value, home)))
    });
    let page = item.page.as_ref().and_then(|page| {
        let (id, anchor) = page_of(context.resolver, path, &page.value).ok()?;
        Some(context.href(&book.page(id).url) + &anchor.map_or(String::new(), fragment))
    });
    let href = material.as_ref().and_then(|(_, href)| href.clone()).or(page);
    json!({
        "do": item.text,
        "minutes": item.minutes,
        "practice": item.practice,
        "kind": material.map(|(kind, _)| kind),
        "href": href,
    })
}

/// The page that a path in the file at `file` names, and what stands behind `#`.
///
/// # Errors
///
/// The path without what stands behind `#`.
fn page_of<'p>(
    resolver: &Resolver<'_>,
    file: &BookPath,
    written: &'p str,
) -> Result<(PageId, Option<&'p str>), &'p str> {
    let (path, anchor) = written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor)));
    let book = resolver.book;
    let named = referred(file, &resolver.config.src, path).ok_or(path)?;
    let id = book.by_file.get(&named).or_else(|| book.by_folder.get(&named)).ok_or(path)?;
    Ok((*id, anchor))
}

/// Reports items that lead nowhere.
pub fn check(resolver: &Resolver<'_>, path: &BookPath, plan: &Plan, reports: &mut Vec<Diagnostic>) {
    let registry = &resolver.book.practice;
    for item in plan.days.iter().flat_map(|day| &day.items) {
        if let Some(id) = item.practice.as_ref().filter(|id| !registry.by_id.contains_key(&id.value)) {
            let near = resolver.near.material(&id.value);
            reports.push(catalog::practice_unknown_id(Place::at(path, id.span), "material", &id.value, near));
        }
        let Some(page) = &item.page else { continue };
        let place = || Place::at(path, page.span);
        match page_of(resolver, path, &page.value) {
            Ok((_, Some("top"))) => {}
            Ok((id, Some(anchor))) if !resolver.book.page(id).anchors.contains(anchor) => {
                let page = resolver.book.page(id);
                let shown = page.path.relative_to(&path.parent());
                reports.push(catalog::missing_anchor(place(), &shown, anchor, resolver.near.anchor(page, anchor)));
            }
            Ok(_) => {}
            Err(written) => {
                let named = referred(path, &resolver.config.src, written);
                if let Some(draft) = named.as_ref().filter(|named| resolver.book.drafts.contains(*named)) {
                    reports.push(catalog::link_draft(place(), draft.as_str()));
                    continue;
                }
                let pages = resolver.near.pages();
                let name = written.rsplit('/').next().unwrap_or(written);
                let near = resolver.page_of_root(written);
                let near = near.or_else(|| pages.of_name(name)).or_else(|| pages.nearest(&named?, written));
                let near = near.map(|near| near.relative_to(&path.parent()));
                reports.push(catalog::missing_page(place(), written, near.as_deref()));
            }
        }
    }
}
