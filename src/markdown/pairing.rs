//! Fence lines to directives: which line closes which, and what stands in what. Every misuse of the fence lines is
//! diagnosed here, misuse of the content by whoever walks the page.

use std::collections::{HashMap, HashSet};

use super::directive::{Directive, Kind, has_no_body, means_no_body, read};
use super::fence::FenceLine;
use super::practice::Practice;
use crate::base::path::BookPath;
use crate::base::span::Span;
use crate::diagnostic::{Diagnostic, Place, catalog};

/// Pairs the fence lines of the page at `path`, whose text is `source`. A line closes the innermost open directive of its
/// own number of colons, so that both more colons inside and more colons outside read naturally.
pub fn pair(fences: &[FenceLine], source: &str, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) -> Vec<Directive> {
    let mut pairs = pairs(fences, &HashMap::new());
    // A line that closes nothing was meant for what is open there and never closed: once it closes that, what follows
    // stands where its author put it.
    let unclosed = |open: &usize| pairs.closes[*open].is_none();
    let mut taken = HashSet::new();
    let mut meant: HashMap<usize, usize> = HashMap::new();
    for &(line, waiting) in &pairs.strays {
        if let Some(open) = waiting.filter(unclosed).filter(|open| taken.insert(*open)) {
            meant.insert(line, open);
        }
    }
    if !meant.is_empty() {
        pairs = self::pairs(fences, &meant);
    }
    let mut directives: Vec<Directive> = Vec::new();
    // By fence line: the directive that it opens.
    let mut opened: HashMap<usize, usize> = HashMap::new();
    for (line, opening) in fences.iter().enumerate().filter_map(|(line, fence)| Some((line, fence.opening.as_ref()?))) {
        opened.insert(line, directives.len());
        let parent = pairs.parents[line].map(|parent| opened[&parent]);
        directives.push(read(opening, line, pairs.closes[line], parent, path, diagnostics));
    }
    for directive in &directives {
        report_unclosed(directive, fences, path, diagnostics);
    }
    for &(line, waiting) in &pairs.strays {
        let place = Place::at(path, fences[line].span);
        let before = line.checked_sub(1).and_then(|before| Some(&directives[*opened.get(&before)?]));
        let is_it = |leaf: &&Directive| {
            let between = &source[fences[leaf.open].span.range().end..fences[line].span.range().start];
            leaf.is_leaf() && fences[leaf.open].colons == fences[line].colons && between.trim().is_empty()
        };
        let leaf = before.filter(is_it);
        diagnostics.push(if let Some(leaf) = leaf {
            let opened = Place::at(path, fences[leaf.open].span);
            catalog::directive_closes_leaf(place, &leaf.name.value, opened)
        } else if let Some(open) = waiting {
            let name = &directives[opened[&open]].name.value;
            catalog::directive_unopened(place, fences[line].colons, name, fences[open].colons)
        } else {
            let from = line.checked_sub(1).map_or(0, |before| fences[before].span.range().end);
            catalog::directive_nothing_open(place, two_colons(&source[from..fences[line].span.range().start]))
        });
    }
    let mut met = HashMap::new();
    let mut around: Vec<Around> = Vec::with_capacity(directives.len());
    for directive in &directives {
        let outer = directive.parent.map(|outer| (&directives[outer], &around[outer]));
        let own = Around {
            is_lost: outer.is_some_and(|(outer, around)| around.is_lost || !outer.is_closed(fences)),
            practice: outer.and_then(|(outer, around)| outer.practice().or(around.practice)),
        };
        if !own.is_lost {
            check_place(directive, outer.map(|(outer, _)| outer), own.practice, path, diagnostics);
            check_twice(directive, fences, &mut met, path, diagnostics);
        }
        around.push(own);
    }
    directives
}

/// The last line that would open a directive, had it three colons: with two it is text.
fn two_colons(text: &str) -> Option<&str> {
    let name = |line: &str| {
        line.trim_start().strip_prefix("::").map(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    text.lines().rev().find(|line| name(line) == Some(true)).map(str::trim)
}

/// What belongs to what, by number of fence line.
struct Pairs {
    /// Of an opening line: the line that closes it.
    closes: Vec<Option<usize>>,
    /// Of an opening line: the innermost line that is open there.
    parents: Vec<Option<usize>>,
    /// The closing lines that close nothing, each with the innermost line that is open there.
    strays: Vec<(usize, Option<usize>)>,
}

/// Pairs lines; those in `meant` close the line given there, whatever their number of colons.
fn pairs(fences: &[FenceLine], meant: &HashMap<usize, usize>) -> Pairs {
    let mut pairs = Pairs { closes: vec![None; fences.len()], parents: vec![None; fences.len()], strays: Vec::new() };
    let mut open: Vec<usize> = Vec::new();
    // By number of colons: the places in `open`, so that a line is paired without looking at all that are open.
    let mut by_colons: HashMap<usize, Vec<usize>> = HashMap::new();
    // The last opening line, if its name is not known and was probably meant for a directive without a body; should the
    // next line close it, so be it.
    let mut perhaps: Option<usize> = None;
    for (line, fence) in fences.iter().enumerate() {
        let Some(opening) = &fence.opening else {
            let places = by_colons.entry(fence.colons).or_default();
            // Those behind the end are of directives that an outer one has closed.
            while places
                .last()
                .is_some_and(|&depth| open.get(depth).is_none_or(|&at| fences[at].colons != fence.colons))
            {
                places.pop();
            }
            let meant = meant.get(&line).and_then(|meant| open.binary_search(meant).ok());
            if let Some(depth) = meant.or_else(|| places.pop()) {
                pairs.closes[open[depth]] = Some(line);
                open.truncate(depth);
            } else if let Some(at) = perhaps.filter(|at| at + 1 == line && fences[*at].colons == fence.colons) {
                pairs.closes[at] = Some(line);
            } else {
                pairs.strays.push((line, open.last().copied()));
            }
            continue;
        };
        pairs.parents[line] = open.last().copied();
        let name = opening.as_ref().map_or_else(|unread| &unread.name.value, |opening| &opening.name.value);
        if means_no_body(name) {
            perhaps = Some(line).filter(|_| !has_no_body(name));
            continue;
        }
        by_colons.entry(fence.colons).or_default().push(open.len());
        open.push(line);
    }
    pairs
}

fn report_unclosed(directive: &Directive, fences: &[FenceLine], path: &BookPath, diagnostics: &mut Vec<Diagnostic>) {
    let name = &directive.name.value;
    if directive.is_closed(fences) || means_no_body(name) {
        return;
    }
    let fence = &fences[directive.open];
    let place = Place::at(path, fence.span);
    diagnostics.push(match directive.close {
        Some(close) => {
            let closed = Place::at(path, fences[close].span);
            catalog::directive_other_colons(place, name, fence.colons, fences[close].colons, closed)
        }
        // Its opening line could not be read, which was reported.
        None if directive.kind == Kind::Unknown && fence.opening.as_ref().is_some_and(Result::is_err) => return,
        None => catalog::directive_unclosed(place, name, fence.colons),
    });
}

/// What stands around a directive.
struct Around {
    /// One that is not closed, so that this may have been meant to stand behind it: nothing is said of its place.
    is_lost: bool,
    /// The innermost preparation material.
    practice: Option<Practice>,
}

/// Checks the place of a directive, `parent` being what it stands in and `outer` the innermost material around it.
fn check_place(
    directive: &Directive,
    parent: Option<&Directive>,
    outer: Option<Practice>,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(practice) = directive.practice() {
        let is_direct = parent.is_some_and(|parent| parent.practice().is_some());
        check_practice(directive, practice, outer, is_direct, path, diagnostics);
        return;
    }
    let wanted = match directive.kind {
        Kind::Tab => "tabs",
        Kind::Weak | Kind::Strong => "compare",
        _ => return,
    };
    let parent = parent.map(|parent| &parent.kind);
    let fits = match directive.kind {
        Kind::Tab => matches!(parent, Some(Kind::Tabs { .. })),
        _ => matches!(parent, Some(Kind::Compare)),
    };
    if !fits {
        let place = Place::at(path, directive.name.span);
        diagnostics.push(catalog::directive_wrong_parent(place, &directive.name.value, wanted));
    }
}

/// What stands in a comparison, and a title among tabs, is there once. `met` are those so far, by what they stand in.
fn check_twice(
    directive: &Directive,
    fences: &[FenceLine],
    met: &mut HashMap<(Option<usize>, String), Span>,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (what, span) = match (&directive.kind, &directive.title) {
        (Kind::Weak | Kind::Strong, _) => (directive.name.value.clone(), directive.name.span),
        (Kind::Tab, Some(title)) => (title.value.trim().to_owned(), title.span),
        _ => return,
    };
    let Some(&first) = met.get(&(directive.parent, what.clone())) else {
        met.insert((directive.parent, what), span);
        return;
    };
    // One that is not closed may have been meant to stand elsewhere.
    if !directive.is_closed(fences) {
        return;
    }
    let (place, first) = (Place::at(path, span), Place::at(path, first));
    diagnostics.push(match directive.kind {
        Kind::Tab => catalog::tab_title_twice(place, &what, first),
        _ => catalog::compare_twice(place, &what, first),
    });
}

/// Preparation material stands in other material, `outer`, only where it belongs to it.
fn check_practice(
    directive: &Directive,
    practice: Practice,
    outer: Option<Practice>,
    is_direct: bool,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let place = || Place::at(path, directive.name.span);
    match (practice.parent(), outer) {
        (Some(parent), outer) if outer != Some(parent) || !is_direct => {
            diagnostics.push(catalog::directive_wrong_parent(place(), &directive.name.value, parent.name()));
        }
        (None, Some(outer)) if !practice.may_stand_in(outer) => {
            diagnostics.push(catalog::directive_nested(place(), &directive.name.value, outer.name()));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::fence;

    /// Name, whether it is closed, parent.
    type Shape = (String, bool, Option<usize>);

    fn paired(text: &str) -> (Vec<Shape>, Vec<&'static str>) {
        let mut diagnostics = Vec::new();
        let directives = pair(&fence::find(text, 0), text, &BookPath::new("a.md").unwrap(), &mut diagnostics);
        let shape = directives.into_iter().map(|d| (d.name.value, d.close.is_some(), d.parent)).collect();
        (shape, diagnostics.into_iter().map(|diagnostic| diagnostic.code.name()).collect())
    }

    #[test]
    fn both_ways_of_nesting_work() {
        for text in
            ["::::tabs\n:::tab[A]\n:::\n::::\n", ":::tabs\n::::tab[A]\n::::\n:::\n", ":::tabs\n:::tab[A]\n:::\n:::\n"]
        {
            let expected = vec![("tabs".to_owned(), true, None), ("tab".to_owned(), true, Some(0))];
            assert_eq!(paired(text), (expected, vec![]), "{text}");
        }
    }

    #[test]
    fn mistakes_are_all_found() {
        assert_eq!(paired(":::note\n").1, ["directive/unclosed"]);
        assert_eq!(paired(":::\n").1, ["directive/unopened"]);
        assert_eq!(paired("::::note\n:::tip\n::::\n").1, ["directive/unclosed"]);
        assert_eq!(paired(":::nte\n:::\n").1, ["directive/unknown"]);
        assert_eq!(paired(":::tab[x]\n:::\n").1, ["directive/misplaced"]);
        assert_eq!(paired(":::note{colour=red}\n:::\n").1, ["directive/unknown-key"]);
        assert_eq!(paired(":::details{open=1}\n:::\n").1, ["directive/bad-value"]);
        assert_eq!(paired(":::include\n").1, ["directive/bad-value"]);
        assert_eq!(paired("::::tabs\n:::tab[ ]\n:::\n::::\n").1, ["directive/bad-value"]);
        assert_eq!(paired(":::include{file=a.md}\n").1, Vec::<&str>::new());
        assert_eq!(paired(":::details{open open}\n:::\n").1, ["directive/bad-value"]);
        assert_eq!(paired(":::note{#a id=b}\n:::\n").1, ["directive/bad-value"]);
    }
}
