//! One constructor per diagnostic: the only file that writes the messages an author reads. Grouped by what
//! the mistake is in; the callers pass what they have at hand.

#![expect(missing_docs, reason = "a constructor's name and its message say what it is for")]

use super::{Code, Diagnostic, Place};

/// "nearest is x", where there is a nearest.
fn nearest_is(near: Option<&str>) -> Option<String> {
    near.map(|near| format!("nearest is `{near}`"))
}

/// "nearest is x", or all that would be possible.
fn nearest_or_all(near: Option<&str>, what: &str, all: &[&str]) -> String {
    nearest_is(near).unwrap_or_else(|| format!("{what} are {}", all.join(", ")))
}

fn maybe_help(diagnostic: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

// Structured data: book.toml and front matter.

pub fn config_syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigSyntax, place, message)
}

pub fn wrong_type(code: Code, place: Place, key: &str, wanted: &str, found: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(code, place, format!("`{key}` wants {wanted}, and this is {found}"));
    let quoted = wanted == "a text" && matches!(found, "true or false");
    let boolean = wanted == "true or false" && found == "a text";
    match (quoted, boolean) {
        (true, _) => diagnostic.help("put it in quotes"),
        (_, true) if code == Code::FrontMatterWrongType => {
            diagnostic.help("write true or false, without quotes; `yes`, `no`, `on` and `off` are texts in YAML 1.2")
        }
        (_, true) => diagnostic.help("write true or false, without quotes"),
        _ => diagnostic,
    }
}

pub fn bad_value(code: Code, place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(code, place, format!("`{key}` cannot be `{found}`")).help(format!("it wants {wanted}"))
}

pub fn misspelt_key(code: Code, place: Place, key: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(code, place, format!("`{key}` is not a key")).help(format!("nearest is `{meant}`"))
}

pub fn unknown_key(code: Code, place: Place, key: &str, table: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let mut known = known.to_vec();
    known.sort_unstable();
    Diagnostic::new(code, place, format!("`{key}` means nothing in {table}"))
        .help(nearest_or_all(near, "its keys", &known))
}

pub fn ignored_key(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigIgnoredKey, place, format!("`{key}` is mdBook's and has no effect here"))
}

pub fn unknown_lint(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::ConfigBadValue, place, format!("there is no lint `{name}`"));
    diagnostic.help(
        nearest_is(near).unwrap_or_else(|| "lints are named as in diagnostics, such as \"link/missing-anchor\"".into()),
    )
}

pub fn front_matter_syntax(place: Place, message: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::FrontMatterSyntax, place, format!("the front matter is not valid YAML: {message}"));
    if message.contains("mapping values are not allowed") {
        return diagnostic.help("a value that contains a colon and a space needs quotes");
    }
    diagnostic
}

pub fn front_matter_toml(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FrontMatterSyntax, place, "this front matter is TOML, and prepbook reads YAML")
        .help("write `key: value` lines between two lines `---`")
}

pub fn front_matter_misplaced(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::FrontMatterMisplaced,
        place,
        "front matter starts on the first line; here it is shown as text",
    )
    .help("take out what stands above it")
}

pub fn front_matter_unclosed(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FrontMatterUnclosed, place, "the front matter opens here and never closes")
        .help("close it with a line `---`; for a horizontal line, leave a blank line below")
}

// Files.

pub fn name_not_utf8(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FileNameNotUtf8, place, "this name is not valid UTF-8, so it has no address")
        .help("rename the file")
}

pub fn not_utf8(place: Place, offset: usize, line: usize, utf16: bool) -> Diagnostic {
    let message = format!("not valid UTF-8: byte {} on line {line}", offset + 1);
    Diagnostic::new(Code::FileNotUtf8, place, message).help(if utf16 {
        "it looks like UTF-16: save it as UTF-8"
    } else {
        "save it as UTF-8"
    })
}

pub fn unreadable(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, place, format!("cannot be read: {why}"))
}

pub fn symlink(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileSymlink, place, format!("this symbolic link {why}"))
        .help("put the file itself into the book, or link to a file inside it")
}

pub fn reserved_name(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileReservedName, place, format!("this name {why}")).help("rename it")
}

pub fn case_clash(place: Place, other: Place) -> Diagnostic {
    Diagnostic::new(Code::FileCaseClash, place, "this name differs from another only in case")
        .note(other, "the other one")
}

// The shape of the book.

pub fn duplicate_url(place: Place, url: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::PageDuplicateUrl, place, format!("this would be published at {url}, and so would another"))
        .note(first, "the other one")
        .help("rename one of them")
}

pub fn reserved_url(place: Place, url: &str) -> Diagnostic {
    Diagnostic::new(Code::PageReservedUrl, place, format!("{url} is an address that the site needs itself"))
        .help("rename the file")
}

pub fn duplicate_number(place: Place, number: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::PageDuplicateNumber, place, format!("two entries of this folder have the number {number}"))
        .note(first, "the other one")
        .help("give one another number; until then they are ordered by name")
}

pub fn redirect_bad(place: Place, from: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::RedirectBad, place, format!("the old address `{from}` cannot be used: {why}"))
}

pub fn summary_bad_entry(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("`{target}` is not a Markdown file of the book");
    maybe_help(Diagnostic::new(Code::SummaryBadEntry, place, message), nearest_is(near))
}

pub fn summary_duplicate(place: Place, target: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::SummaryDuplicate, place, format!("`{target}` is listed twice"))
        .note(first, "first listed here")
}

pub fn summary_unlisted(place: Place) -> Diagnostic {
    Diagnostic::new(Code::SummaryUnlisted, place, "not listed in SUMMARY.md: published, but not in the contents")
}

// Links.

pub fn missing_page(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(Diagnostic::new(Code::LinkMissingPage, place, format!("there is no page `{target}`")), nearest_is(near))
}

pub fn missing_file(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(Diagnostic::new(Code::LinkMissingFile, place, format!("there is no file `{target}`")), nearest_is(near))
}

pub fn missing_anchor(place: Place, page: &str, anchor: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("there is no heading or id #{anchor} in {page}");
    maybe_help(Diagnostic::new(Code::LinkMissingAnchor, place, message), near.map(|near| format!("nearest is #{near}")))
}

pub fn missing_line(place: Place, file: &str, anchor: &str, lines: usize) -> Diagnostic {
    let message = format!("there is no line #{anchor} in {file}");
    Diagnostic::new(Code::LinkMissingAnchor, place, message).help(format!("its lines are #L1 to #L{lines}"))
}

pub fn outside_book(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkOutsideBook, place, format!("`{target}` leads out of the book's source folder"))
        .help("only files in the source folder are published")
}

pub fn link_draft(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LinkDraft,
        place,
        format!("`{target}` is a draft, so this link leads nowhere in the published site"),
    )
    .help("publish the draft, or take the link out")
}

pub fn bad_scheme(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkBadScheme, place, "this link would run script in the reader's browser")
        .help("show the address as code instead")
}

pub fn published_path(place: Place, target: &str, source: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkPublishedPath, place, format!("`{target}` is the published path; links name the file"))
        .help(format!("write `{source}`, which also works on GitHub"))
}

pub fn empty_target(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkEmptyTarget, place, format!("this {what} leads nowhere"))
        .help("name a file or an address between the parentheses")
}

pub fn empty_text(place: Place) -> Diagnostic {
    Diagnostic::new(Code::LinkEmptyText, place, "this link has no text, so nobody can see or press it")
        .help("write a text between the brackets")
}

pub fn undefined_reference(place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LinkUndefinedReference,
        place,
        format!("there is no definition [{label}]: …, so this is shown as text"),
    )
    .help("define it, or escape the bracket as \\[")
}

pub fn image_remote(place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::ImageRemote,
        place,
        "this image is on another site, and a page loads images of its own site only",
    )
    .help("put the image into the book, or link to it")
}

pub fn image_unreadable(place: Place, target: &str) -> Diagnostic {
    Diagnostic::new(Code::ImageUnreadable, place, format!("the width and height of `{target}` cannot be found out"))
        .help("without them the page jumps while it loads; is it really an image?")
}

// Headings, footnotes, HTML.

pub fn duplicate_id(place: Place, id: &str, first: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::HeadingDuplicateId, place, format!("the id `{id}` is given twice on this page"));
    match first {
        Some(first) => diagnostic.note(first, "first given here"),
        None => diagnostic,
    }
}

pub fn footnote_undefined(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the footnote `{name}` is not defined, so this is shown as text");
    maybe_help(Diagnostic::new(Code::FootnoteUndefined, place, message), nearest_is(near))
}

pub fn footnote_unused(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::FootnoteUnused, place, format!("nothing refers to the footnote `{name}`, so it is not shown"))
}

pub fn footnote_duplicate(place: Place, name: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Code::FootnoteDuplicate, place, format!("the footnote `{name}` is defined twice"))
        .note(first, "first defined here")
}

pub fn html_raw(place: Place) -> Diagnostic {
    Diagnostic::new(Code::HtmlRaw, place, "raw HTML")
}

pub fn html_blocked(place: Place, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::HtmlBlocked, place, format!("the published page allows no {what}, so this has no effect"))
        .help(help)
}

pub fn html_too_many_attributes(place: Place, limit: usize) -> Diagnostic {
    let message = format!(
        "this tag has more than {limit} attributes; the links from here to the end of this HTML are not checked"
    );
    Diagnostic::new(Code::HtmlTooManyAttributes, place, message).help("split the element, or take it out")
}

pub fn unknown_alert(place: Place, name: &str, near: &str) -> Diagnostic {
    Diagnostic::new(Code::AlertUnknown, place, format!("there is no alert `{name}`, so this is a plain quote"))
        .help(format!("nearest is `[!{near}]`"))
}

pub fn mdbook_template(place: Place) -> Diagnostic {
    Diagnostic::new(Code::MdbookTemplate, place, "mdBook's `{{#…}}` means nothing here, so this is shown as text")
        .help("for code, write a fence with file=path; for Markdown, :::include{file=path}")
}

// Code fences.

pub fn unknown_language(place: Place, language: &str, near: Option<&str>) -> Diagnostic {
    let help = nearest_is(near).unwrap_or_else(|| "use `text` for code without a grammar".into());
    Diagnostic::new(Code::CodeUnknownLanguage, place, format!("no grammar is known for `{language}`")).help(help)
}

pub fn not_highlighted(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeNotHighlighted, place, format!("shown without highlighting: {why}"))
}

pub fn diagram(place: Place, language: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeDiagram, place, format!("`{language}` is not drawn: it is shown as code"))
        .help("for a picture, put an image into the book")
}

pub fn code_syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, message)
}

pub fn code_bad_attribute(place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        if found.is_empty() { format!("`{key}` has no value") } else { format!("`{key}` cannot be `{found}`") };
    Diagnostic::new(Code::CodeBadAttribute, place, message).help(format!("it wants {wanted}"))
}

pub fn code_needs_file(place: Place, key: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeBadAttribute, place, format!("`{key}` means nothing without `file`"))
        .help("name the file that the code comes from: file=path/to/file")
}

pub fn code_unknown_attribute(place: Place, key: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::CodeUnknownAttribute, place, format!("a code fence has no attribute `{key}`"))
        .help(nearest_or_all(near, "its attributes", known))
}

pub fn code_missing_file(place: Place, file: &str, near: Option<&str>) -> Diagnostic {
    maybe_help(
        Diagnostic::new(Code::CodeMissingFile, place, format!("there is no file `{file}` to include")),
        nearest_is(near),
    )
}

pub fn code_missing_region(place: Place, region: &str, file: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::CodeMissingRegion, place, format!("{file} has no region `{region}`"));
    let help = nearest_is(near);
    diagnostic.help(help.unwrap_or_else(|| format!("mark it with comments `region {region}` and `endregion {region}`")))
}

pub fn code_unclosed_region(place: Place, region: &str, file: &str) -> Diagnostic {
    Diagnostic::new(Code::CodeMissingRegion, place, format!("the region `{region}` of {file} never ends"))
        .help(format!("end it with a comment `endregion {region}`"))
}

pub fn code_bad_lines(place: Place, key: &str, lines: usize) -> Diagnostic {
    let message = format!("`{key}` names a line behind the end of the code");
    Diagnostic::new(Code::CodeBadLines, place, message).help(format!("the last line is {lines}"))
}

pub fn code_lines_not_one_range(place: Place) -> Diagnostic {
    Diagnostic::new(Code::CodeBadLines, place, "`lines` wants one range")
        .help("for several parts, write several blocks")
}

// Directives and includes.

pub fn directive_syntax(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveSyntax, place, message).help("the form is :::name[Title]{#id key=value flag}")
}

pub fn directive_unknown(place: Place, name: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::DirectiveUnknown, place, format!("there is no directive `{name}`")).help(nearest_or_all(
        near,
        "directives",
        all,
    ))
}

pub fn directive_unknown_key(place: Place, name: &str, key: &str, near: Option<&str>, known: &[&str]) -> Diagnostic {
    Diagnostic::new(Code::DirectiveUnknownKey, place, format!("`{name}` has no attribute `{key}`"))
        .help(nearest_or_all(near, "its attributes", known))
}

pub fn directive_bad_value(place: Place, key: &str, found: &str, wanted: &str) -> Diagnostic {
    let message =
        if found.is_empty() { format!("`{key}` has no value") } else { format!("`{key}` cannot be `{found}`") };
    Diagnostic::new(Code::DirectiveBadValue, place, message).help(format!("it wants {wanted}"))
}

pub fn directive_needs(place: Place, name: &str, key: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveBadValue, place, format!("`{name}` needs `{key}`"))
        .help(format!("write :::{name}{{{key}=…}}"))
}

pub fn directive_needs_title(place: Place, name: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveBadValue, place, format!("`{name}` needs a title"))
        .help(format!("write :::{name}[Title]"))
}

pub fn directive_unopened(place: Place, colons: usize, waiting: Option<(&String, usize)>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::DirectiveUnopened, place, "this line closes nothing");
    match waiting {
        Some((name, wanted)) => {
            diagnostic.help(format!("`{name}` is open and closes with {wanted} colons, not {colons}"))
        }
        None => diagnostic.help("no directive is open here"),
    }
}

pub fn directive_unclosed(place: Place, name: &str, colons: usize) -> Diagnostic {
    Diagnostic::new(Code::DirectiveUnclosed, place, format!("`{name}` is never closed"))
        .help(format!("close it with a line of {colons} colons"))
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

pub fn directive_inside_html(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveInsideHtml, place, "inside raw HTML this line is text")
        .help("leave a blank line between the HTML and the directive")
}

pub fn directive_inside_footnote(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveInsideFootnote, place, "a directive cannot stand inside a footnote")
        .help("a footnote ends where a line is not indented: check the indentation, or move the directive out")
}

pub fn directive_not_alone(place: Place) -> Diagnostic {
    Diagnostic::new(Code::DirectiveNotAlone, place, "behind a list or quote marker these colons are text")
        .help("give the directive a line of its own, indented as the list item's text; quotes cannot hold directives")
}

pub fn directive_wrong_parent(place: Place, name: &str, parent: &str) -> Diagnostic {
    Diagnostic::new(Code::DirectiveMisplaced, place, format!("`{name}` stands only inside `{parent}`"))
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

pub fn include_cycle(place: Place, file: &str) -> Diagnostic {
    Diagnostic::new(Code::IncludeCycle, place, format!("including `{file}` here would never end"))
        .help("it includes this file itself, directly or through others")
}

// The theme.

pub fn theme_bad_file(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::ThemeBadFile, place, message)
}

pub fn theme_unknown_file(place: Place) -> Diagnostic {
    Diagnostic::new(Code::ThemeUnknownFile, place, "nothing uses this file of the theme")
        .help("name it in theme.toml, or move it away")
}

pub fn template(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::ThemeTemplate, place, message)
}

pub fn template_missing(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("the theme has no template `{name}`");
    maybe_help(Diagnostic::new(Code::ThemeTemplate, place, message), nearest_is(near))
}

// What stands between the configuration and the pages.

pub fn missing_source(place: Place, src: &str) -> Diagnostic {
    Diagnostic::new(Code::ConfigBadValue, place, format!("there is no source folder `{src}`"))
        .help("create it, or name another one as `src` under [book]; `src = \".\"` is the book's own folder")
}

pub fn bad_url(place: Place, url: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::PageBadUrl, place, format!("the address {url} cannot be used: {why}"))
        .help("rename the file or folder")
}

pub fn redirect_missing_target(place: Place, target: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("this old address leads to `{target}`, which is not there");
    maybe_help(Diagnostic::new(Code::RedirectMissingTarget, place, message), nearest_is(near))
}

pub fn wrong_case(place: Place, target: &str, file: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkWrongCase, place, format!("`{target}` differs from the file's name in case"))
        .help(format!("write `{file}`: GitHub and Linux tell them apart"))
}
