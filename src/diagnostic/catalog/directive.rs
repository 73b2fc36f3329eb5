//! What is wrong with directives and includes.

use super::{closing, end, maybe_help, missing, nearest_is, nearest_or_all};
use crate::diagnostic::{Code, Diagnostic, Ids, Place, Thing};

/// What is not known of a page where one of its directives is not understood: what belongs to which, and its id.
fn unread(place: &Place) -> [Thing; 2] {
    [Thing::Directives(place.path.clone()), Thing::All(Ids::Material)]
}

pub fn directive_syntax(place: Place, message: &str) -> Diagnostic {
    let unread = unread(&place);
    Diagnostic::new(Code::DirectiveSyntax, place, message)
        .help("the form is :::name[Title]{#id key=value flag}")
        .hides(unread)
}

pub fn directive_unknown(place: Place, name: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    let unread = unread(&place);
    Diagnostic::new(Code::DirectiveUnknown, place, format!("there is no directive `{name}`"))
        .help(nearest_or_all(near, "directives", all))
        .hides(unread)
}

pub fn directive_unknown_key(place: Place, name: &str, key: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let help = match key {
        "id" if matches!(name, "term" | "ref") => format!("its id stands alone in the braces: :{name}[words]{{id}}"),
        "title" | "caption" => format!("the title stands in brackets: :::{name}[Title]"),
        _ if known.is_empty() => "it has none".to_owned(),
        _ => nearest_or_all(near, "its attributes", known),
    };
    let uses = matches!(near, Some("topic" | "principle" | "refs" | "ref")).then_some(Thing::AnyUse);
    Diagnostic::new(Code::DirectiveUnknownKey, place, format!("`{name}` has no attribute `{key}`"))
        .help(help)
        .hides(uses)
}

pub fn directive_bad_value(place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        if found.is_empty() { format!("`{key}` has no value") } else { format!("`{key}` cannot be `{found}`") };
    let end = end(&place);
    Diagnostic::new(Code::DirectiveBadValue, place, message).help(format!("it wants {wanted}")).lacks(end)
}

/// A value without quotes that was meant to go on behind a space.
pub fn directive_value_cut(place: Place, value: &str, whole: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::DirectiveBadValue, place, format!("without quotes this value ends with `{value}`"))
            .hides([Thing::AnyUse]);
    match whole.contains(", ") {
        true => diagnostic.help(format!("put it in quotes, \"{whole}\", or leave no space behind the comma")),
        false => diagnostic.help(format!("put it in quotes: \"{whole}\"")),
    }
}

pub fn directive_needs(place: Place, name: &str, key: &str) -> Diagnostic {
    let missing = missing(&place, [key]);
    Diagnostic::new(Code::DirectiveBadValue, place, format!("`{name}` needs `{key}`"))
        .help(format!("write :::{name}{{{key}=…}}"))
        .lacks(missing)
}

pub fn question_needs_topic(place: Place) -> Diagnostic {
    let missing = missing(&place, ["topic", "principle"]);
    Diagnostic::new(Code::DirectiveBadValue, place, "`question` needs `topic` or `principle`")
        .help("write :::question{topic=…}, or {principle=…} where it asks for behaviour")
        .lacks(missing)
}

pub fn directive_needs_title(place: Place, name: &str) -> Diagnostic {
    let missing = missing(&place, ["title", "caption"]);
    Diagnostic::new(Code::DirectiveBadValue, place, format!("`{name}` needs a title"))
        .help(format!("write :::{name}[Title]"))
        .lacks(missing)
}

pub fn directive_unopened(place: Place, colons: usize, open: &str, wanted: usize) -> Diagnostic {
    Diagnostic::new(Code::DirectiveUnopened, place, NOTHING)
        .help(format!("`{open}` is open and closes with {wanted} colons, not {colons}"))
}

pub fn directive_nothing_open(place: Place, two_colons: Option<&str>) -> Diagnostic {
    let directives = Thing::Directives(place.path.clone());
    let diagnostic = Diagnostic::new(Code::DirectiveUnopened, place, NOTHING).lacks([directives]);
    match two_colons {
        Some(line) => diagnostic.help(format!("`{line}` above it is text: a directive opens with three colons")),
        None => diagnostic.help("no directive is open here"),
    }
}

pub fn directive_closes_leaf(place: Place, name: &str, opened: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveUnopened, place, NOTHING)
        .note(opened, "this line is all of it")
        .help(format!("`{name}` has no closing line; take this one out"))
}

const NOTHING: &str = "this line closes nothing";

pub fn directive_unclosed(place: Place, name: &str, colons: usize) -> Diagnostic {
    let closing = place.span.map(|span| closing(&place.path, span));
    Diagnostic::new(Code::DirectiveUnclosed, place, format!("`{name}` is never closed"))
        .help(format!("close it with a line of {colons} colons"))
        .lacks(closing)
}

pub fn directive_other_colons(place: Place, name: &str, opens: usize, closes: usize, closed: Place) -> Diagnostic {
    let message = format!("`{name}` is opened with {opens} colons and closed with {closes}");
    Diagnostic::new(Code::DirectiveUnclosed, place, message)
        .note(closed, "closed here")
        .help("give both lines the same number of colons")
}

pub fn directive_crossing(place: Place, name: &str, opened: Place) -> Diagnostic {
    Diagnostic::new(
        Code::DirectiveCrossing,
        place,
        format!("`{name}` closes at another depth of a list or quote than it opened"),
    )
    .note(opened, "opened here")
    .help("indent both lines alike")
}

/// A line that closes says no more than the one that opens.
pub fn directive_inside_html(place: Place, line: &str) -> Diagnostic {
    let [directives, ids] = unread(&place);
    let diagnostic = Diagnostic::new(Code::DirectiveInsideHtml, place, "inside raw HTML this line is text")
        .help("leave a blank line between the HTML and the directive");
    let closes = line.chars().all(|c| c == ':');
    if closes { diagnostic.lacks([directives]) } else { diagnostic.hides([directives, ids]) }
}

pub fn directive_inside_footnote(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveInsideFootnote, place, "a directive cannot stand inside a footnote")
        .help("a footnote ends where a line is not indented: check the indentation, or move the directive out")
}

pub fn directive_not_alone(place: Place) -> Diagnostic {
    let unread = unread(&place);
    Diagnostic::new(Code::DirectiveNotAlone, place, "behind a list or quote marker these colons are text")
        .help("give the directive a line of its own, indented as the list item's text; quotes cannot hold directives")
        .hides(unread)
}

pub fn directive_wrong_parent(place: Place, name: &str, parent: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` stands only inside `{parent}`"))
}

pub fn directive_nested(place: Place, name: &str, outer: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` cannot stand inside `{outer}`"))
        .help(format!("close `{outer}` before it"))
}

pub fn mark_without_words(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveSyntax, place, format!("`{name}` has no words"))
        .help(format!("write :{name}[words]{{…}}"))
        .hides([Thing::AnyUse])
}

/// `place` is from the end of its name to its words.
pub fn mark_apart(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DirectiveSyntax,
        place,
        format!("between `:{name}` and its bracket is a space, so this is text"),
    )
    .help(format!("write :{name}[words]"))
    .hides([Thing::AnyUse])
}

/// The target of the link that it is, `written` at the byte `start`, is not reported as well.
pub fn mark_parentheses(place: Place, name: &str, written: &str, start: u32) -> Diagnostic {
    let end = start + u32::try_from(written.len()).unwrap_or(0);
    let link = Thing::End(place.path.clone(), end);
    let form = if name == "claim" { "{official ref=id}" } else { "{id}" };
    Diagnostic::new(Code::DirectiveSyntax, place, format!("`{name}` has no target in parentheses, so this is a link"))
        .help(match written.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') && !written.is_empty() {
            true => format!("write :{name}[words]{{{written}}}"),
            false => format!("write :{name}[words]{form}"),
        })
        .hides([link, Thing::AnyUse])
}

pub fn mark_misplaced(place: Place, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` {why}")).help("put it into plain text beside it")
}

pub fn compare_twice(place: Place, name: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("this comparison has a `{name}` already"))
        .note(first, "the other one")
        .help("one `weak` and one `strong` stand side by side; compare others in a `compare` of their own")
}

pub fn tab_title_twice(place: Place, title: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveBadValue, place, format!("another tab here is called `{title}`"))
        .note(first, "the other one")
        .help("give each a title of its own, by which readers tell them apart")
}

/// `place` is the first of two pairs.
pub fn item_braces_twice(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveSyntax, place, "a list item has one pair of braces, and this one has two")
        .help("put everything into one pair, with spaces between: {key=value flag}")
}

pub fn lost_in_list(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, "this is lost: the items of this list are read as data")
        .help("an item is one line of text with code and emphasis; put anything else above the list")
}

pub fn directive_empty(place: Place, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` is empty")).help(format!("it holds {wanted}"))
}

pub fn directive_wrong_content(place: Place, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` holds {wanted}"))
}

pub fn include_missing(place: Place, file: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no Markdown file `{file}` to include");
    maybe_help(Diagnostic::new(Code::IncludeMissing, place, message), nearest_is(near))
}

pub fn include_too_much(place: Place, file: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::IncludeTooMuch, place, format!("`{file}` is not included any more: {why}"))
        .help("make pages of parts of it, and link to them")
}

pub fn include_cycle(place: Place, file: &str) -> Diagnostic {
    Diagnostic::new(Code::IncludeCycle, place, format!("including `{file}` here would never end"))
        .help("it includes this file itself, directly or through others")
}
