//! A plain quote to whether it was meant for one of GitHub's alerts.

use super::{at, first_line};
use crate::base::nearest::distance_within;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, catalog};

/// GitHub's alerts.
const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// What is wrong with a quote that starts like an alert, of a kind that is nearly a known one, or with more on that line
/// than its kind.
pub fn plain_quote(text: &str, span: Span, path: &BookPath) -> Option<Diagnostic> {
    let line = first_line(span.slice(text));
    let inside = line.trim_start_matches(['>', ' ', '\t']).trim_end().strip_prefix("[!")?;
    let (name, behind) = inside.split_once(']')?;
    let (fold, words) = behind.split_at(usize::from(behind.starts_with(['-', '+', ':'])));
    // A link, or a reference, is none.
    if !words.is_empty() && !words.starts_with([' ', '\t']) {
        return None;
    }
    let distance = |known: &&str| distance_within(name, known, 2);
    let near = ALERTS.iter().copied().filter(|known| distance(known).is_some()).min_by_key(distance)?;
    let start = span.start as usize + line.find("[!").unwrap_or(0);
    let end = start + name.len() + 3;
    if !name.eq_ignore_ascii_case(near) {
        return Some(catalog::unknown_alert(at(path, Span::new(start..end)), name, near));
    }
    let words = words.trim();
    let behind = if words.is_empty() { fold } else { words };
    let from = text[end..].find(behind).map_or(end, |by| end + by);
    Some(catalog::alert_behind(at(path, Span::new(from..from + behind.len())), near, words))
}
