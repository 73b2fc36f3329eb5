//! Directives: names and attributes of opening lines, read into types. A closed set.

use super::attributes::Attribute;
use super::fence::{FenceLine, Opening, Unread};
use super::keys::Keys;
use super::practice::Practice;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
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

impl Kind {
    /// What a directive wants to hold, if that is not just anything: then it must not be empty either.
    #[must_use]
    pub fn holds(&self) -> Option<&'static str> {
        match self {
            Self::Tabs { .. } => Some("only :::tab[Title] directives"),
            Self::Compare => Some("only :::weak and :::strong directives"),
            Self::Steps => Some("one numbered list"),
            Self::Cards => Some("one list"),
            Self::Figure => Some("what its title is the caption of: a picture, a table, code"),
            _ => None,
        }
    }

    /// What a directive that must not be empty wants.
    #[must_use]
    pub fn must_hold(&self) -> Option<&'static str> {
        match self {
            Self::Weak | Self::Strong => Some("one of the two answers that are compared"),
            _ => self.holds(),
        }
    }
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
        self.close.is_none() && means_no_body(&self.name.value)
    }

    /// Whether it is closed by a line of its own number of colons. What stands in one that is not may have been meant to
    /// stand behind it.
    #[must_use]
    pub fn is_closed(&self, fences: &[FenceLine]) -> bool {
        self.close.is_some_and(|close| fences[close].colons == fences[self.open].colons)
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied().chain(Practice::names())
}

/// Whether a directive of that name has no body and no closing line.
pub fn has_no_body(name: &str) -> bool {
    name == "include" || Practice::named(name).is_some_and(Practice::is_leaf)
}

/// Whether it is the name of such a directive, or one that is not known and was probably meant for it.
pub fn means_no_body(name: &str) -> bool {
    let is_known = names().any(|known| known == name);
    has_no_body(name) || (!is_known && nearest(name, names()).is_some_and(has_no_body))
}

/// Reads the opening line with the number `open`; pairing says where it closes and what it stands in.
pub fn read(
    opening: &Result<Opening, Unread>,
    open: usize,
    close: Option<usize>,
    parent: Option<usize>,
    path: &BookPath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Directive {
    let opening = match opening {
        Ok(opening) => opening.clone(),
        Err(Unread { name, refused }) => {
            diagnostics.push(catalog::directive_syntax(Place::at(path, refused.span), refused.message));
            let (kind, name) = (Kind::Unknown, name.clone());
            return Directive { kind, name, title: None, id: None, attributes: Vec::new(), open, close, parent };
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
        return Directive { kind, name: opening.name, title, id, attributes, open, close, parent };
    }
    let mut keys =
        Keys::new(path, &opening.name.value, opening.attributes.clone(), diagnostics).about(opening.name.span);
    // What is included has ids of its own.
    let id = if opening.name.value == "include" { None } else { keys.text("id") };
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
        let names: Vec<&str> = names().collect();
        let name = &opening.name.value;
        diagnostics.push(catalog::directive_unknown(place, name, nearest(name, names.iter().copied()), &names));
    }
    if matches!(kind, Kind::Tab | Kind::Figure) && title.is_none() {
        let place = Place::at(path, opening.name.span);
        diagnostics.push(catalog::directive_needs_title(place, &opening.name.value));
    }
    Directive { kind, name: opening.name, title, id, attributes: Vec::new(), open, close, parent }
}
