//! Directives: fence lines paired, names and attributes read into types. A closed set; every misuse of the
//! fence lines is diagnosed here, misuse of the content by whoever walks the page.

use std::collections::HashMap;

use super::attributes::Attribute;
use super::fence::{FenceLine, Opening};
use super::keys::Keys;
use super::practice::Practice;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::{Diagnostic, Place, catalog};

/// The five kinds of callout, as in GitHub's alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callout {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Must be known.
    Important,
    /// Needs care.
    Warning,
    /// Dangerous.
    Caution,
}

impl Callout {
    /// The class.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

/// What a directive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A box that stands out.
    Callout {
        /// Which.
        callout: Callout,
        /// Whether it also goes on the cram sheet.
        cram: bool,
    },
    /// Folded until the reader opens it.
    Details {
        /// Unfolded from the start.
        open: bool,
    },
    /// Alternatives side by side, one shown at a time.
    Tabs {
        /// Tabs with one key switch together.
        key: Option<String>,
    },
    /// One of several tabs.
    Tab,
    /// An ordered list as steps.
    Steps,
    /// A weak and a strong answer side by side.
    Compare,
    /// The weak half of a comparison.
    Weak,
    /// The strong half of a comparison.
    Strong,
    /// A list as cards.
    Cards,
    /// Anything with a caption, which is its title.
    Figure,
    /// Markdown from another file. Has no body and no closing line.
    Include {
        /// The file, as written.
        file: Spanned<String>,
    },
    /// Preparation material; its attributes are read with its body.
    Practice(Practice),
    /// A name that is not known, or an opening line that could not be read.
    Unknown,
}

/// The names that are known, beside those of [`Practice`].
const NAMES: &[&str] = &[
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "details",
    "tabs",
    "tab",
    "steps",
    "compare",
    "weak",
    "strong",
    "cards",
    "figure",
    "include",
];

/// One directive of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// What it is.
    pub kind: Kind,
    /// Its name as written.
    pub name: Spanned<String>,
    /// Its title as written.
    pub title: Option<Spanned<String>>,
    /// Its id.
    pub id: Option<Spanned<String>>,
    /// Its other attributes, where it is preparation material.
    pub attributes: Vec<Attribute>,
    /// The number of its opening fence line.
    pub open: usize,
    /// The number of its closing fence line, if it has one.
    pub close: Option<usize>,
    /// The directive it stands in.
    pub parent: Option<usize>,
}

impl Directive {
    /// The file that an `include` names.
    #[must_use]
    pub fn include(&self) -> Option<&Spanned<String>> {
        match &self.kind {
            Kind::Include { file } => Some(file),
            _ => None,
        }
    }

    /// What kind of preparation material it holds.
    #[must_use]
    pub fn practice(&self) -> Option<Practice> {
        match self.kind {
            Kind::Practice(practice) => Some(practice),
            _ => None,
        }
    }

    /// Whether it has no body and no closing line.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.include().is_some() || self.practice().is_some_and(Practice::is_leaf)
    }
}

/// Pairs the fence lines of the page at `path`. A line closes the innermost open directive of its own
/// number of colons, so that both more colons inside and more colons outside read naturally.
pub fn pair(fences: &[FenceLine], path: &BookPath, diagnostics: &mut Vec<Diagnostic>) -> Vec<Directive> {
    let mut directives: Vec<Directive> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // By number of colons: the places in `open`, so that a line is paired without looking at all that are open.
    let mut by_colons: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, fence) in fences.iter().enumerate() {
        let Some(opening) = &fence.opening else {
            let places = by_colons.entry(fence.colons).or_default();
            // Those behind the end are of directives that an outer one has closed.
            while places.last().is_some_and(|&depth| {
                open.get(depth).is_none_or(|&at: &usize| fences[directives[at].open].colons != fence.colons)
            }) {
                places.pop();
            }
            let Some(depth) = places.pop() else {
                let waiting = open.last().map(|&at| (&directives[at].name.value, fences[directives[at].open].colons));
                diagnostics.push(catalog::directive_unopened(Place::at(path, fence.span), fence.colons, waiting));
                continue;
            };
            for unclosed in open.drain(depth + 1..) {
                report_unclosed(&directives[unclosed], fences, path, diagnostics);
            }
            let closed = open.pop().expect("the position was found in it");
            directives[closed].close = Some(index);
            continue;
        };
        let parent = open.last().copied();
        let directive = read(opening, index, fence.span, parent, path, diagnostics);
        let leaf = directive.is_leaf();
        directives.push(directive);
        if !leaf {
            by_colons.entry(fence.colons).or_default().push(open.len());
            open.push(directives.len() - 1);
        }
    }
    for unclosed in open {
        report_unclosed(&directives[unclosed], fences, path, diagnostics);
    }
    for index in 0..directives.len() {
        check_place(&directives, index, path, diagnostics);
    }
    directives
}

fn report_unclosed(directive: &Directive, fences: &[FenceLine], path: &BookPath, diagnostics: &mut Vec<Diagnostic>) {
    let fence = &fences[directive.open];
    let place = Place::at(path, fence.span);
    diagnostics.push(catalog::directive_unclosed(place, &directive.name.value, fence.colons));
}

fn check_place(directives: &[Directive], index: usize, path: &BookPath, diagnostics: &mut Vec<Diagnostic>) {
    let directive = &directives[index];
    if let Some(practice) = directive.practice() {
        check_practice(directives, directive, practice, path, diagnostics);
        return;
    }
    let wanted = match directive.kind {
        Kind::Tab => "tabs",
        Kind::Weak | Kind::Strong => "compare",
        _ => return,
    };
    let parent = directive.parent.map(|parent| &directives[parent].kind);
    let fits = match directive.kind {
        Kind::Tab => matches!(parent, Some(Kind::Tabs { .. })),
        _ => matches!(parent, Some(Kind::Compare)),
    };
    if !fits {
        let place = Place::at(path, directive.name.span);
        diagnostics.push(catalog::directive_wrong_parent(place, &directive.name.value, wanted));
    }
}

/// Preparation material stands in other material only where it belongs to it.
fn check_practice(
    directives: &[Directive],
    directive: &Directive,
    practice: Practice,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let around = std::iter::successors(directive.parent, |&outer| directives[outer].parent);
    let outer = around.clone().find_map(|outer| directives[outer].practice());
    let is_direct = directive.parent.is_some_and(|outer| directives[outer].practice().is_some());
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

fn read(
    opening: &Result<Opening, super::attributes::Refused>,
    open: usize,
    line: Span,
    parent: Option<usize>,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Directive {
    let opening = match opening {
        Ok(opening) => opening.clone(),
        Err(refused) => {
            diagnostics.push(catalog::directive_syntax(Place::at(path, refused.span), refused.message));
            let name = Spanned::new(String::new(), line);
            return Directive {
                kind: Kind::Unknown,
                name,
                title: None,
                id: None,
                attributes: Vec::new(),
                open,
                close: None,
                parent,
            };
        }
    };
    // `:::note[]` has no title of its own.
    let title = opening.title.filter(|title| !title.value.trim().is_empty());
    if let Some(practice) = Practice::named(&opening.name.value) {
        let mut attributes = opening.attributes;
        // The first is the id; another one is reported with the other attributes. What has no body of its own has none.
        let is_id = |attribute: &Attribute| attribute.key.value == "id" && attribute.value.is_some();
        let id = if practice.is_leaf() { None } else { attributes.iter().position(is_id) };
        let id = id.and_then(|index| attributes.remove(index).value);
        let kind = Kind::Practice(practice);
        return Directive { kind, name: opening.name, title, id, attributes, open, close: None, parent };
    }
    let mut keys = Keys::new(path, &opening.name.value, opening.attributes.clone(), diagnostics);
    let id = keys.text("id");
    let callout = |callout, keys: &mut Keys<'_>| Kind::Callout { callout, cram: keys.flag("cram") };
    let mut is_known = true;
    let kind = match opening.name.value.as_str() {
        // VitePress' and Docusaurus' names of the same boxes.
        "note" | "info" => callout(Callout::Note, &mut keys),
        "tip" => callout(Callout::Tip, &mut keys),
        "important" => callout(Callout::Important, &mut keys),
        "warning" => callout(Callout::Warning, &mut keys),
        "caution" | "danger" => callout(Callout::Caution, &mut keys),
        "details" => Kind::Details { open: keys.flag("open") },
        "tabs" => Kind::Tabs { key: keys.text("key").map(|key| key.value) },
        "tab" => Kind::Tab,
        "steps" => Kind::Steps,
        "compare" => Kind::Compare,
        "weak" => Kind::Weak,
        "strong" => Kind::Strong,
        "cards" => Kind::Cards,
        "figure" => Kind::Figure,
        "include" => match keys.text("file") {
            Some(file) => Kind::Include { file },
            None => {
                keys.needs("file", opening.name.span);
                Kind::Include { file: Spanned::new(String::new(), opening.name.span) }
            }
        },
        _ => {
            is_known = false;
            Kind::Unknown
        }
    };
    if is_known {
        keys.finish();
    } else {
        let place = Place::at(path, opening.name.span);
        let names: Vec<&str> = NAMES.iter().copied().chain(Practice::names()).collect();
        let name = &opening.name.value;
        diagnostics.push(catalog::directive_unknown(place, name, nearest(name, names.iter().copied()), &names));
    }
    if matches!(kind, Kind::Tab | Kind::Figure) && title.is_none() {
        let place = Place::at(path, opening.name.span);
        diagnostics.push(catalog::directive_needs_title(place, &opening.name.value));
    }
    Directive { kind, name: opening.name, title, id, attributes: Vec::new(), open, close: None, parent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::fence;

    /// Name, whether it is closed, parent.
    type Shape = (String, bool, Option<usize>);

    fn paired(text: &str) -> (Vec<Shape>, Vec<&'static str>) {
        let mut diagnostics = Vec::new();
        let directives = pair(&fence::find(text, 0), &BookPath::new("a.md").unwrap(), &mut diagnostics);
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
