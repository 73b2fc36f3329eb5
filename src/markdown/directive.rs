//! Directives: fence lines paired, names and attributes read into types. A closed set; every misuse of the
//! fence lines is diagnosed here, misuse of the content by whoever walks the page.

use std::collections::HashMap;

use super::attributes::Attribute;
use super::fence::{FenceLine, Opening};
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
    /// The class and, with a capital, the default title.
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

    /// The title of a callout that has none of its own.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// What a directive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A box that stands out.
    Callout(Callout),
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
    /// Markdown from another file. Has no body and no closing line.
    Include {
        /// The file, as written.
        file: Spanned<String>,
    },
    /// A name that is not known, or an opening line that could not be read.
    Unknown,
}

/// The names that are known.
pub const NAMES: &[&str] = &[
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
        let leaf = directive.include().is_some();
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
            return Directive { kind: Kind::Unknown, name, title: None, id: None, open, close: None, parent };
        }
    };
    // `:::note[]` has no title of its own.
    let title = opening.title.filter(|title| !title.value.trim().is_empty());
    let mut keys = Keys {
        path,
        name: &opening.name.value,
        attributes: opening.attributes.clone(),
        known: Vec::new(),
        diagnostics,
    };
    let id = keys.text("id");
    let kind = match opening.name.value.as_str() {
        // VitePress' and Docusaurus' names of the same boxes.
        "note" | "info" => Kind::Callout(Callout::Note),
        "tip" => Kind::Callout(Callout::Tip),
        "important" => Kind::Callout(Callout::Important),
        "warning" => Kind::Callout(Callout::Warning),
        "caution" | "danger" => Kind::Callout(Callout::Caution),
        "details" => Kind::Details { open: keys.flag("open") },
        "tabs" => Kind::Tabs { key: keys.text("key").map(|key| key.value) },
        "tab" => Kind::Tab,
        "steps" => Kind::Steps,
        "compare" => Kind::Compare,
        "weak" => Kind::Weak,
        "strong" => Kind::Strong,
        "cards" => Kind::Cards,
        "include" => match keys.text("file") {
            Some(file) => Kind::Include { file },
            None => {
                keys.diagnostics.push(catalog::directive_needs(Place::at(path, opening.name.span), "include", "file"));
                Kind::Include { file: Spanned::new(String::new(), opening.name.span) }
            }
        },
        name => {
            let place = Place::at(path, opening.name.span);
            let near = nearest(name, NAMES.iter().copied());
            keys.diagnostics.push(catalog::directive_unknown(place, name, near, NAMES));
            keys.attributes.clear();
            Kind::Unknown
        }
    };
    if kind == Kind::Tab && title.is_none() {
        let place = Place::at(path, opening.name.span);
        keys.diagnostics.push(catalog::directive_needs_title(place, "tab"));
    }
    keys.finish();
    Directive { kind, name: opening.name, title, id, open, close: None, parent }
}

/// The attributes of one directive, being read.
struct Keys<'a> {
    path: &'a BookPath,
    name: &'a str,
    attributes: Vec<Attribute>,
    known: Vec<&'static str>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Keys<'_> {
    fn take(&mut self, key: &'static str) -> Option<Attribute> {
        self.known.push(key);
        let index = self.attributes.iter().position(|attribute| attribute.key.value == key)?;
        Some(self.attributes.remove(index))
    }

    fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let attribute = self.take(key)?;
        if attribute.value.is_none() {
            let place = Place::at(self.path, attribute.key.span);
            self.diagnostics.push(catalog::directive_bad_value(place, key, "", "a value, as in key=\"a value\""));
        }
        attribute.value
    }

    fn flag(&mut self, key: &'static str) -> bool {
        let Some(attribute) = self.take(key) else { return false };
        if let Some(value) = &attribute.value {
            let place = Place::at(self.path, value.span);
            self.diagnostics.push(catalog::directive_bad_value(place, key, &value.value, "no value: it is a flag"));
        }
        true
    }

    fn finish(self) {
        for attribute in self.attributes {
            let key = &attribute.key;
            let place = Place::at(self.path, key.span);
            // The first of a name was taken; what is left of a known one stands there again.
            if self.known.contains(&key.value.as_str()) {
                self.diagnostics.push(catalog::directive_given_twice(place, &key.value));
                continue;
            }
            let near = nearest(&key.value, self.known.iter().copied());
            self.diagnostics.push(catalog::directive_unknown_key(place, self.name, &key.value, near, &self.known));
        }
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
