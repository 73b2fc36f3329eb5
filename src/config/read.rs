//! The text of `book.toml` to a [`Config`]: which keys there are, their types and their defaults. Keys
//! follow mdBook's names wherever they mean the same.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Config, DefaultTheme, Epub, PracticeRules, Redirect, Site, identifier, phrases};
use crate::base::nearest::nearest;
use crate::base::path::{BookPath, tidy};
use crate::base::span::Spanned;
use crate::data::{self, Codes, Kind, Table};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Place, catalog};

/// The name of the file.
pub const FILE: &str = "book.toml";

const CODES: Codes = Codes {
    wrong_type: Code::ConfigWrongType,
    bad_value: Code::ConfigBadValue,
    misspelt: Code::ConfigMisspeltKey,
    unknown: Code::ConfigUnknownKey,
    numbers_are_texts: false,
};

/// mdBook's keys that mean nothing here, by table.
const MDBOOK_TOP: &[&str] = &["rust", "preprocessor"];
const MDBOOK_BOOK: &[&str] = &["multilingual", "text-direction"];
const MDBOOK_BUILD: &[&str] = &["create-missing", "use-default-preprocessors", "extra-watch-dirs"];
const MDBOOK_OUTPUT: &[&str] = &["latex", "linkcheck", "linkcheck2", "man", "markdown", "pandoc", "pdf", "typst"];
const MDBOOK_HTML: &[&str] = &[
    "admonitions",
    "code",
    "copy-fonts",
    "definition-lists",
    "fold",
    "git-repository-icon",
    "google-analytics",
    "hash-files",
    "input-404",
    "livereload-url",
    "mathjax-support",
    "no-section-label",
    "playground",
    "playpen",
    "preferred-dark-theme",
    "search",
    "sidebar-header-nav",
];
const MDBOOK_EPUB: &[&str] = &[
    "additional-css",
    "additional-resources",
    "command",
    "curly-quotes",
    "epub-version",
    "footnote-backrefs",
    "no-section-label",
    "optional",
    "title",
    "use-default-css",
];
const MDBOOK_PRINT: &[&str] = &["page-break"];

/// Reads `text`, the book.toml of the book at `root`.
pub fn config(root: &Path, text: &str, diagnostics: &mut Diagnostics) -> Config {
    let path = Config::path();
    let (tree, errors) = data::parse_toml(text);
    for error in errors {
        diagnostics.push(catalog::config_syntax(Place::at(&path, error.span), &error.message, error.help));
    }
    let mut found = Vec::new();
    let config = read(root, &path, tree, &mut found);
    diagnostics.extend(found);
    config
}

fn read(root: &Path, path: &BookPath, tree: data::Value, found: &mut Vec<Diagnostic>) -> Config {
    let mut config = Config { bare: false, src: default_src(), title: "Handbook".to_owned(), ..Config::bare(root) };
    let mut top = Table::new(path, CODES, FILE, tree, found);
    top.ignore(MDBOOK_TOP, ignored);

    top.ignore(&["search"], |place, _| catalog::no_search_settings(place));
    let mut book = top.table("book");
    book.ignore(MDBOOK_BOOK, ignored);
    let id = book.text("id");
    if let Some(title) = book.text("title") {
        config.title = title.value;
    }
    config.id = identifier(id.as_ref().map_or(&config.title, |id| &id.value));
    if let Some(id) = id.filter(|id| id.value != config.id) {
        book.bad("id", id.span, &id.value, "lower-case letters, digits and hyphens");
    }
    config.authors = values(book.texts("authors"));
    config.description = book.text("description").map(|text| text.value).unwrap_or_default();
    if let Some(language) = book.text("language") {
        if is_language(&language.value) {
            config.language = language;
        } else {
            let named = LANGUAGES.iter().find(|(name, _)| language.value.eq_ignore_ascii_case(name));
            let near = named.map_or(String::new(), |(_, tag)| format!("; write `{tag}`"));
            let wanted = format!("a language tag such as en or de-CH{near}");
            book.bad("language", language.span, &language.value, &wanted);
        }
    }
    if let Some(src) = book.text("src") {
        match BookPath::new(&src.value).filter(|_| !src.value.starts_with('/')) {
            Some(inside) => {
                config.src = inside;
                config.src_named = Some(src.span);
            }
            None => book.bad("src", src.span, &src.value, "a folder inside the book"),
        }
    }
    book.finish();

    let mut build = top.table("build");
    build.ignore(MDBOOK_BUILD, ignored);
    if let Some(folder) = build.text("build-dir") {
        if folder.value.contains(char::is_control) {
            build.bad("build-dir", folder.span, &folder.value, "a folder");
        } else if holds_book(root, &config.src, &folder.value) {
            build.bad("build-dir", folder.span, &folder.value, "a folder that holds neither the book nor its pages");
        } else {
            config.build_dir = PathBuf::from(folder.value);
        }
    }
    build.finish();

    let mut output = top.table("output");
    read_html(root, &mut config, output.table("html"));
    config.epub = read_epub(output.table("epub"));
    output.ignore(MDBOOK_OUTPUT, ignored);
    output.finish();

    config.practice = PracticeRules::read(top.table("practice"));
    read_test(&mut config, top.table("test"));

    let mut lints = top.table("lints");
    for (name, value) in lints.rest() {
        if name.value == phrases::KEY {
            config.banned_phrases = phrases::read(&mut lints, value, CODES.wrong_type);
            continue;
        }
        read_lint(&mut config, &mut lints, &name, &value);
    }
    for (name, meant) in [("redirect", "[output.html.redirect]"), ("html", "[output.html]"), ("epub", "[output.epub]")]
    {
        top.elsewhere(name, meant);
    }
    top.finish();
    config
}

/// Names that are taken for tags, and the tags.
const LANGUAGES: &[(&str, &str)] = &[
    ("chinese", "zh"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("portuguese", "pt"),
    ("spanish", "es"),
];

/// Whether a text is of the form of a language tag (RFC 5646): all languages have two or three letters.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    let is_first = matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_private = first.eq_ignore_ascii_case("x") && tag.len() > 2;
    (is_first || is_private) && parts.all(is_part)
}

fn read_test(config: &mut Config, mut test: Table<'_>) {
    let mut between = |key, most: u32, wanted: &str| {
        let number = test.integer(key)?;
        let fits = u32::try_from(number.value).ok().filter(|value| (1..=most).contains(value));
        if fits.is_none() {
            test.bad(key, number.span, &number.value.to_string(), wanted);
        }
        fits
    };
    if let Some(seconds) = between("timeout", 24 * 60 * 60, "seconds, a day at the most") {
        config.test_limits.time = Duration::from_secs(seconds.into());
    }
    if let Some(kibibytes) = between("output-limit", 1024 * 1024, "KiB, a GiB at the most") {
        config.test_limits.output = kibibytes as usize * 1024;
    }
    test.finish();
}

fn read_html(root: &Path, config: &mut Config, mut html: Table<'_>) {
    html.ignore(MDBOOK_HTML, ignored);
    if let Some(url) = html.text("site-url") {
        match Site::parse(&url.value) {
            Some(site) => config.site = site,
            None => html.bad(
                "site-url",
                url.span,
                &url.value,
                "a path such as /handbook/ or a whole URL such as https://me.example/handbook/",
            ),
        }
    }
    config.git_repository_url = web(&mut html, "git-repository-url").map(|url| url.value);
    if let Some(template) = web(&mut html, "edit-url-template") {
        if template.value.contains("{path}") {
            config.edit_url_template = Some(template.value);
        } else {
            let wanted = "{path} where the page's file goes, as in https://example.com/edit/main/{path}";
            html.bad("edit-url-template", template.span, &template.value, wanted);
        }
    }
    if let Some(theme) = html.text("theme") {
        let plain = !theme.value.is_empty() && !theme.value.contains(['/', '\\', '.']);
        if theme.value == "handbook" || (plain && root.join("themes").join(&theme.value).is_dir()) {
            config.theme = theme.value;
        } else if root.join(&theme.value).is_dir() {
            // mdBook's key of that name is a folder of overrides for mdBook's own theme.
            let place = Place::at(html.path(), theme.span);
            let name = html.full_name("theme");
            html.report(ignored(place, &name));
        } else {
            html.bad("theme", theme.span, &theme.value, "handbook, or a folder under themes/");
        }
    }
    // mdBook's names of themes are taken for the scheme they have.
    let themes = ["system", "light", "dark", "rust", "coal", "navy", "ayu"];
    config.default_theme = match html.choice("default-theme", &themes) {
        Some("light" | "rust") => DefaultTheme::Light,
        Some("dark" | "coal" | "navy" | "ayu") => DefaultTheme::Dark,
        _ => DefaultTheme::System,
    };
    config.favicon = picture(&mut html, "favicon");
    config.logo = picture(&mut html, "logo");
    config.card = picture(&mut html, "card");
    config.additional_css = html.texts("additional-css");
    config.additional_js = html.texts("additional-js");
    // mdBook's older name of the same switch.
    let curly_quotes = html.flag("curly-quotes");
    config.smart_punctuation = html.flag("smart-punctuation").or(curly_quotes).unwrap_or(false);
    if let Some(name) = html.text("cname") {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        if name.value.contains('.') && name.value.chars().all(plain) {
            config.cname = Some(name.value);
        } else {
            html.bad("cname", name.span, &name.value, "a host's name alone, such as handbook.example");
        }
    }
    config.last_updated = html.placed_flag("last-updated").filter(|flag| flag.value).map(|flag| flag.span);
    let mut print = html.table("print");
    print.ignore(MDBOOK_PRINT, ignored);
    config.print = print.flag("enable");
    print.finish();
    let mut redirect = html.table("redirect");
    for (from, value) in redirect.rest() {
        match value.kind {
            Kind::Text(to) => config.redirects.push(Redirect { from, to: Spanned::new(to, value.span) }),
            other => {
                let place = Place::at(redirect.path(), value.span);
                let found = other.describe();
                redirect.report(catalog::wrong_type(CODES.wrong_type, place, &from.value, "an address", found));
            }
        }
    }
    html.finish();
}

/// The keys of mdbook-epub where they mean the same; the book is made only if it is asked for, since it costs time.
fn read_epub(mut table: Table<'_>) -> Option<Epub> {
    table.ignore(MDBOOK_EPUB, ignored);
    let is_wanted = table.flag("enable").unwrap_or(false);
    let identifier = table.text("identifier").map(|text| text.value).filter(|text| !text.trim().is_empty());
    let mut cover = table.text("cover-image");
    if let Some(named) = cover.take_if(|named| !is_picture(&named.value)) {
        table.bad("cover-image", named.span, &named.value, "a PNG, JPEG, GIF, WebP or SVG file");
    }
    table.finish();
    is_wanted.then_some(Epub { identifier, cover })
}

/// Whether it is a picture that every reading system shows.
fn is_picture(path: &str) -> bool {
    has_ending(path, &["gif", "jpeg", "jpg", "png", "svg", "webp"])
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    endings.contains(&ending.as_str())
}

fn read_lint(config: &mut Config, lints: &mut Table<'_>, name: &Spanned<String>, value: &data::Value) {
    let place = Place::at(lints.path(), name.span);
    let Some(code) = Code::parse(&name.value) else {
        let near = nearest(&name.value, Code::ALL.iter().map(|code| code.name()).chain([phrases::KEY]));
        lints.report(catalog::unknown_lint(place, &name.value, near));
        return;
    };
    let Kind::Text(text) = &value.kind else {
        let place = Place::at(lints.path(), value.span);
        lints.report(catalog::wrong_type(CODES.wrong_type, place, &name.value, "a level", value.kind.describe()));
        return;
    };
    match Level::parse(text) {
        Some(level) => {
            config.levels.insert(code, level);
        }
        None => lints.bad(&name.value, value.span, text, "one of error, warn, note, off"),
    }
}

/// Whether the book's folder or its source folder is `folder` or lies in it.
fn holds_book(root: &Path, src: &BookPath, folder: &str) -> bool {
    let Ok(root) = std::path::absolute(root) else { return false };
    let folder = tidy(&root.join(folder));
    [root.clone(), src.to_os(&root)].iter().any(|held| tidy(held).starts_with(&folder))
}

fn picture(table: &mut Table<'_>, key: &'static str) -> Option<Spanned<String>> {
    let named = table.text(key)?;
    if is_picture(&named.value) || has_ending(&named.value, &["apng", "avif", "bmp", "ico"]) {
        return Some(named);
    }
    table.bad(key, named.span, &named.value, "a picture, such as an SVG, PNG or ICO file");
    None
}

fn web(table: &mut Table<'_>, key: &'static str) -> Option<Spanned<String>> {
    let text = table.text(key)?;
    if text.value.starts_with("https://") || text.value.starts_with("http://") {
        return Some(text);
    }
    table.bad(key, text.span, &text.value, "an address that starts with https://");
    None
}

fn ignored(place: Place, key: &str) -> Diagnostic {
    catalog::ignored_key(place, key)
}

fn default_src() -> BookPath {
    BookPath::new("src").expect("a plain name")
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
