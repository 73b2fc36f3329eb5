//! `prepbook new`: a new file of a book, valid as it is and telling what belongs in it.

pub mod theme_file;

use std::path::Path;

use super::{Output, require_book, schema};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::path::BookPath;
use crate::model::order;
use crate::model::slug::slug;
use crate::pipeline::{self, Derived, Options};

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page with front matter and a title.
    Page,
    /// A page with a drill.
    Drill,
    /// A page with a story.
    Story,
    /// A page with a code review.
    Review,
    /// A file of questions.
    Question,
    /// A threat model, and a page that shows it.
    ThreatModel,
    /// A plan, and a page that shows it.
    Plan,
}

/// A file to be made: what its name ends with, and its text.
type Template = (&'static str, &'static str);

impl Kind {
    fn templates(self) -> &'static [Template] {
        match self {
            Self::Page => &[(".md", include_str!("page.md"))],
            Self::Drill => &[(".md", include_str!("drill.md"))],
            Self::Story => &[(".md", include_str!("story.md"))],
            Self::Review => &[(".md", include_str!("review.md"))],
            Self::Question => &[(".questions.yaml", include_str!("question.yaml"))],
            Self::ThreatModel => {
                &[(".threat-model.yaml", include_str!("threat-model.yaml")), (".md", include_str!("threat-model.md"))]
            }
            Self::Plan => &[(".plan.yaml", include_str!("plan.yaml")), (".md", include_str!("plan.md"))],
        }
    }

    /// What its id starts with, so that a page of the same name can have a heading of that name.
    fn prefix(self) -> &'static str {
        match self {
            Self::ThreatModel => "tm-",
            Self::Plan => "plan-",
            _ => "",
        }
    }

    /// The schema that editors check the file of data with.
    fn schema(self) -> Option<schema::Kind> {
        match self {
            Self::Question => Some(schema::Kind::Questions),
            Self::ThreatModel => Some(schema::Kind::ThreatModel),
            Self::Plan => Some(schema::Kind::Plan),
            Self::Page | Self::Drill | Self::Story | Self::Review => None,
        }
    }
}

/// Where schemas are kept in a book: names with a dot are no part of it.
const SCHEMAS: &str = ".schemas";

/// Makes a file of that kind at `path`, from the source folder (a path from the book's root works too).
pub fn run(root: &Path, kind: Kind, path: &str, output: Output) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), ..Options::default() })?;
    let inside = place(&derived, path)?;
    let stem = stem(&inside, kind);
    let files: Vec<(BookPath, &str)> = kind
        .templates()
        .iter()
        .filter_map(|(ending, text)| Some((inside.parent().join(&name(&inside, &stem, ending))?, *text)))
        .collect();
    let taken = files.iter().find(|(file, _)| file.to_os(root).exists());
    if let Some((file, _)) = taken {
        return Err(Error::new(format!("{} is there already", file.to_os(root).display())));
    }
    let schema = kind.schema().map(|schema| (root.join(SCHEMAS).join(schema.file()), schema));
    let mut paths = files.iter().map(|(file, _)| file.to_os(root)).chain(schema.iter().map(|(file, _)| file.clone()));
    paths.try_for_each(|path| files::check_below(root, &path))?;
    let values = Values::new(&derived, &inside, &stem, kind);
    for (file, text) in &files {
        files::write_new(&file.to_os(root), values.fill(text).as_bytes())?;
        output.say(format_args!("made {}", file.to_os(root).display()));
    }
    if let Some((file, schema)) = schema.filter(|(file, _)| !file.exists()) {
        files::write_new(&file, schema.text().as_bytes())?;
        output.say(format_args!("made {}, which editors check it with", file.display()));
    }
    Ok(true)
}

fn place(derived: &Derived, path: &str) -> Result<BookPath> {
    let outside =
        || Error::new(format!("{path} is not a place in the book")).with_help("name a file below the source folder");
    let plain = !path.starts_with('/') && !path.ends_with('/');
    let named = BookPath::new(path).filter(|named| plain && *named != BookPath::ROOT).ok_or_else(outside)?;
    let src = &derived.config.src;
    if named.is_within(src) { Ok(named) } else { src.join(path).ok_or_else(outside) }
}

/// The name without what all files of that kind end with.
fn stem(inside: &BookPath, kind: Kind) -> String {
    let name = inside.name();
    let endings = kind.templates().iter().map(|(ending, _)| *ending).chain([".yaml", ".md"]);
    let stem = endings.into_iter().find_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    stem.unwrap_or(name).to_owned()
}

/// A bank in a folder `questions` needs no more in its name.
fn name(inside: &BookPath, stem: &str, ending: &str) -> String {
    let is_short = ending == ".questions.yaml" && inside.parent().name() == "questions";
    format!("{stem}{}", if is_short { ".yaml" } else { ending })
}

/// What stands in the place of names in braces.
struct Values(Vec<(&'static str, String)>);

impl Values {
    fn new(derived: &Derived, inside: &BookPath, stem: &str, kind: Kind) -> Self {
        let is_folder = stem.eq_ignore_ascii_case("readme");
        let shown = if is_folder { inside.parent().name().to_owned() } else { stem.to_owned() };
        let rest = order::split(&shown).rest;
        let title = order::title(&rest);
        let rules = &derived.config.practice;
        let up = "../".repeat(inside.parent().parts().count());
        let home = derived.book.page(derived.book.root);
        let home = if home.source.is_some() { home.path.clone() } else { inside.clone() };
        let home = if home == *inside { format!("{stem}.md") } else { home.relative_to(&inside.parent()) };
        Self(vec![
            ("quoted", serde_json::to_string(&title).expect("a string is JSON, and JSON strings are YAML")),
            ("title", title),
            ("id", free_id(derived, &format!("{}{rest}", kind.prefix()))),
            ("topic", rules.topics.first().map_or("threat-modelling", |topic| &topic.value).to_owned()),
            ("principle", rules.principles.first().map_or("ownership", |principle| &principle.id).to_owned()),
            ("schema", kind.schema().map_or(String::new(), |schema| format!("{up}{SCHEMAS}/{}", schema.file()))),
            ("file", name(inside, stem, kind.templates()[0].0)),
            ("home", home),
            ("least", rules.day_minutes.0.to_string()),
            ("most", rules.day_minutes.1.to_string()),
        ])
    }

    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
    }
}

/// An id after a name that nothing in the book has.
fn free_id(derived: &Derived, name: &str) -> String {
    let plain: String = slug(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let base = if words.is_empty() { "material".to_owned() } else { words.join("-") };
    let is_free = |id: &String| !derived.book.practice.by_id.contains_key(id);
    std::iter::once(base.clone())
        .chain((2_u32..).map(|number| format!("{base}-{number}")))
        .find(is_free)
        .unwrap_or(base)
}
