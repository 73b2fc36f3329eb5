//! The general directives to HTML: what stands before and behind their bodies.

use std::collections::HashMap;

use super::html::{attribute, inline};
use crate::markdown::directive::{Callout, Directive, Kind};
use crate::markdown::walk::MarkdownOptions;
use crate::model::parsed::Parsed;

/// What a fence line does; the number is the directive's.
#[derive(Clone, Copy, Debug)]
pub enum Edge {
    /// It opens a directive.
    Open(usize),
    /// It closes a directive.
    Close(usize),
}

/// What each fence line of a page does.
pub fn edges(parsed: &Parsed) -> HashMap<usize, Edge> {
    let mut edges = HashMap::new();
    for (index, directive) in parsed.directives.iter().enumerate() {
        edges.insert(directive.open, Edge::Open(index));
        if let Some(close) = directive.close {
            edges.insert(close, Edge::Close(index));
        }
    }
    edges
}

/// Writes what stands before a directive's body.
pub fn open(out: &mut String, directive: &Directive, options: MarkdownOptions) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let title = directive.title.as_ref().map(|title| inline(&title.value, options));
    let title = |default: &str| title.clone().unwrap_or_else(|| default.to_owned());
    let id = directive.id.as_ref().map_or(String::new(), |id| {
        let mut html = String::from(" id=\"");
        attribute(&mut html, &id.value);
        html + "\""
    });
    let html = match &directive.kind {
        Kind::Callout(callout) => {
            open_callout(out, *callout, &title(callout.title()), Some(&id));
            return;
        }
        Kind::Details { open } => {
            let open = if *open { " open" } else { "" };
            format!("<details class=\"details\"{id}{open}><summary>{}</summary>\n", title("Details"))
        }
        Kind::Tabs { key } => {
            let key = key.as_ref().map_or(String::new(), |key| {
                let mut html = String::from(" data-key=\"");
                attribute(&mut html, key);
                html + "\""
            });
            format!("<div class=\"tabs\"{id}{key}>\n")
        }
        Kind::Tab => {
            let mut name = String::new();
            attribute(&mut name, directive.title.as_ref().map_or("", |title| &title.value));
            format!("<section class=\"tab\"{id} data-tab=\"{name}\"><p class=\"tab-title\">{}</p>\n", title(""))
        }
        Kind::Steps => format!("<div class=\"steps\"{id}>\n"),
        Kind::Cards => format!("<div class=\"cards\"{id}>\n"),
        Kind::Compare => format!("<div class=\"compare\"{id}>\n"),
        Kind::Weak => format!("<section class=\"weak\"{id}><p class=\"compare-title\">{}</p>\n", title("Weak")),
        Kind::Strong => format!("<section class=\"strong\"{id}><p class=\"compare-title\">{}</p>\n", title("Strong")),
        Kind::Include { .. } => return,
        Kind::Unknown => format!("<div{id}>\n"),
    };
    out.push_str(&html);
}

/// Writes what stands behind a directive's body.
pub fn close(out: &mut String, directive: &Directive) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(match directive.kind {
        Kind::Details { .. } => "</details>\n",
        Kind::Tab | Kind::Weak | Kind::Strong => "</section>\n",
        Kind::Include { .. } => "",
        Kind::Callout(_) | Kind::Tabs { .. } | Kind::Steps | Kind::Cards | Kind::Compare | Kind::Unknown => "</div>\n",
    });
}

/// Opens a callout; `title` is HTML, `id` an attribute with its leading space.
pub fn open_callout(out: &mut String, callout: Callout, title: &str, id: Option<&str>) {
    out.push_str(&format!(
        "<div class=\"callout {}\" role=\"note\"{}><p class=\"callout-title\">{title}</p>\n",
        callout.name(),
        id.unwrap_or("")
    ));
}
