//! `strings/<tag>.toml`: the words of the interface, one file for each language. Those of a region lie over those of its
//! language, and these over the English ones that the program brings along.

use std::collections::{BTreeMap, BTreeSet};

use super::{BUILT_IN, Files};
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::{Span, Spanned};
use crate::config::Config;
use crate::data::{self, Kind, Value};
use crate::diagnostic::{Diagnostic, Place, catalog};
use crate::model::plural;
use crate::model::strings::{Direction, Forms, Part, Strings, Text, parts};

/// The folder of the files.
const FOLDER: &str = "strings/";

/// The language that has every text.
const ENGLISH: &str = "en";

/// The sections beside the texts of templates: of the scripts of each file, of style sheets.
const SECTIONS: &[&str] =
    &["scripts", "practice-scripts", "search-scripts", "voice-scripts", "offline-scripts", "worker", "styles"];

/// The key that says which way a language is written.
const DIRECTION: &str = "direction";

/// The texts of one file by key, as written; keys of a section have its name before them.
type Flat = BTreeMap<String, Written>;

/// A text and where it stands.
struct Written {
    text: String,
    /// The place of its key.
    key: Span,
    /// Its own place.
    value: Span,
}

/// One file.
struct Language {
    tag: String,
    path: BookPath,
    texts: BTreeMap<String, Text>,
    direction: Option<Direction>,
}

/// Reads the words of the book's language; `own` are the files of the book's theme in `folder`. Files for other languages
/// are looked at too, since a theme may have several books.
pub fn read(
    config: &Config,
    folder: &BookPath,
    files: &Files,
    own: &[String],
    reports: &mut Vec<Diagnostic>,
) -> Strings {
    let english = english(files);
    let mut languages = Vec::new();
    for name in own.iter().filter(|name| name.starts_with(FOLDER) && name.ends_with(".toml")) {
        let path = folder.join(name).unwrap_or_default();
        let tag = name[FOLDER.len()..name.len() - ".toml".len()].to_owned();
        if !is_tag(&tag) {
            let message = "the file is not named after a language tag, such as de.toml or de-CH.toml";
            reports.push(catalog::theme_bad_file(Place::file(&path), message.to_owned()));
            continue;
        }
        let text = files.get(name).map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned());
        languages.push(language(tag, path, &text, &english, reports));
    }
    // The tag itself, and what is left of it without its last part, and so on.
    let wanted = config.language.value.as_str();
    let ends = wanted.match_indices('-').map(|(at, _)| at).chain([wanted.len()]);
    let tags: Vec<&str> = ends.map(|end| &wanted[..end]).collect();
    let find = |tag: &str| languages.iter().find(|language| language.tag.eq_ignore_ascii_case(tag));
    let ours: Vec<&Language> = tags.iter().filter_map(|tag| find(tag)).collect();
    let mut texts = grouped(&english, &english, ENGLISH).0;
    texts.remove(DIRECTION);
    let is_english = tags[0].eq_ignore_ascii_case(ENGLISH);
    if !is_english {
        let known: BTreeSet<&String> = ours.iter().flat_map(|language| language.texts.keys()).collect();
        let missing: Vec<&str> = texts.keys().filter(|key| !known.contains(key)).map(String::as_str).collect();
        if !missing.is_empty() {
            let file = format!("{folder}/{FOLDER}{}.toml", tags[0]);
            reports.push(match ours.first() {
                None => catalog::theme_untranslated(Place::at(&Config::path(), config.language.span), wanted, &file),
                Some(language) => catalog::theme_partly_translated(Place::file(&language.path), &missing, texts.len()),
            });
        }
    }
    let fallback = (!is_english).then(|| find(ENGLISH)).flatten();
    for language in fallback.into_iter().chain(ours.iter().copied()) {
        texts.extend(language.texts.clone());
    }
    let direction = ours.iter().rev().find_map(|language| language.direction);
    Strings::new(texts, direction.unwrap_or_else(|| Direction::of(wanted)))
}

/// Whether a file is named after a language: two or three letters, and maybe a script, a region and so on.
fn is_tag(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or("");
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_language && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The English texts: the program's, and those of the book's own that its templates, scripts or style sheets ask for.
fn english(files: &Files) -> Flat {
    let name = format!("{FOLDER}{ENGLISH}.toml");
    // What is wrong with the book's file is reported when it is held against these.
    let read = |bytes: &[u8]| flat(&BookPath::ROOT, &String::from_utf8_lossy(bytes), &mut Vec::new());
    let mut english = BUILT_IN.iter().find(|(path, _)| *path == name).map_or_else(Flat::new, |(_, bytes)| read(bytes));
    let own = files.get(&name).map_or_else(Flat::new, |bytes| read(bytes));
    for (key, text) in own {
        if !english.contains_key(&key) && is_asked_for(&key, files) {
            english.insert(key, text);
        }
    }
    english
}

/// Whether a file of the theme has `t.key`, `text.key` or `--word-key`, or the beginning of the key as a literal.
fn is_asked_for(key: &str, files: &Files) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    let base = name.rsplit_once('_').filter(|(_, form)| plural::FORMS.contains(form)).map_or(name, |(base, _)| base);
    let marks = [format!("t.{base}"), format!("--word-{}", base.replace('_', "-"))];
    let starts: Vec<String> = base.match_indices('_').map(|(at, _)| format!("\"{}\"", &base[..=at])).collect();
    files.iter().filter(|(path, _)| !path.starts_with(FOLDER)).any(|(_, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        let is_end = |end: usize| !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let has = |mark: &String| text.match_indices(mark.as_str()).any(|(at, mark)| is_end(at + mark.len()));
        marks.iter().any(has) || starts.iter().any(|start| text.contains(start.as_str()))
    })
}

/// One file of the book's theme, held against the English texts.
fn language(tag: String, path: BookPath, text: &str, english: &Flat, reports: &mut Vec<Diagnostic>) -> Language {
    let mut texts = flat(&path, text, reports);
    let direction = texts.remove(DIRECTION).and_then(|direction| {
        let parsed = Direction::parse(&direction.text);
        if parsed.is_none() {
            let message = format!("`direction` cannot be `{}`; it is ltr or rtl", direction.text);
            reports.push(catalog::theme_bad_file(Place::at(&path, direction.value), message));
        }
        parsed
    });
    let by_base = placeholders(english);
    let mut unknown = Vec::new();
    texts.retain(|key, text| {
        let base = base(key, english);
        let Some(known) = by_base.get(base) else {
            let near = nearest(key, english.keys().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; nearest is `{near}`"));
            let message = format!("there is no text `{key}`{hint}");
            reports.push(catalog::theme_bad_file(Place::at(&path, text.key), message));
            unknown.push(key.clone());
            return false;
        };
        if let Some(odd) = odd(&text.text) {
            reports.push(catalog::theme_odd_text(Place::at(&path, text.value), key, odd));
        }
        for name in names(&text.text).filter(|name| !known.contains(*name)) {
            let all: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
            let has = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
            let message = format!("`{key}` has no placeholder {{{name}}}; it has {has}");
            reports.push(catalog::theme_bad_file(Place::at(&path, text.value), message));
        }
        true
    });
    let (grouped, incomplete) = grouped(&texts, english, &tag);
    // A misspelt `_other` has been reported as such.
    let misspelt =
        |base: &str| unknown.iter().any(|key| key.strip_prefix(base).is_some_and(|rest| rest.starts_with('_')));
    for (base, span) in incomplete.into_iter().filter(|(base, _)| !misspelt(base)) {
        let message = format!("`{base}` wants the form `{base}_other` too, for all other numbers");
        reports.push(catalog::theme_bad_file(Place::at(&path, span), message));
    }
    let lacking = lacking_forms(&grouped, english, &tag);
    if !lacking.is_empty() {
        reports.push(catalog::theme_missing_forms(Place::file(&path), &tag, &lacking));
    }
    for (key, text) in &texts {
        let form = key.strip_prefix(base(key, english)).and_then(|rest| rest.strip_prefix('_'));
        if form.is_some_and(|form| form != "zero" && !plural::forms(&tag).contains(&form)) {
            reports.push(catalog::theme_unneeded_form(Place::at(&path, text.key), key, &tag));
        }
    }
    Language { tag, path, texts: grouped, direction }
}

/// The keys that are missing of texts with forms. What stands for a million alone may be left out, and `_one` where the
/// English text is the same for every number.
fn lacking_forms(texts: &BTreeMap<String, Text>, english: &Flat, tag: &str) -> Vec<String> {
    let needed: Vec<&str> = plural::FORMS.iter().copied().filter(|form| plural::is_common(tag, form)).collect();
    let forms = texts.iter().filter_map(|(key, text)| match text {
        Text::Forms(Forms { forms, .. }) => Some((key, forms)),
        Text::One(_) => None,
    });
    let missing = forms.flat_map(|(key, forms)| {
        let lacks = |form: &&&str| {
            !forms.contains_key(**form) && (**form != "one" || english.contains_key(&format!("{key}_one")))
        };
        needed.iter().filter(lacks).map(move |form| format!("{key}_{form}")).collect::<Vec<_>>()
    });
    missing.collect()
}

/// What is odd about a text: it says nothing, or has a brace that takes no value.
fn odd(text: &str) -> Option<&'static str> {
    let has_brace = |part: Part<'_>| matches!(part, Part::Literal(text) if text.contains(['{', '}']));
    match text {
        _ if text.trim().is_empty() => Some("is empty, so that nothing stands in its place"),
        _ if parts(text).any(has_brace) => Some("has a brace that is no placeholder"),
        _ => None,
    }
}

/// The texts of a file; what is none is reported.
fn flat(path: &BookPath, text: &str, reports: &mut Vec<Diagnostic>) -> Flat {
    let (tree, errors) = data::parse_toml(text);
    for error in errors {
        reports.push(catalog::theme_bad_file(Place::at(path, error.span), error.message));
    }
    let mut found = Flat::new();
    let mut take = |section: Option<&str>, entries: Vec<(Spanned<String>, Value)>| {
        let mut tables = Vec::new();
        for (key, value) in entries {
            let name = section.map_or(key.value.clone(), |section| format!("{section}.{}", key.value));
            match value.kind {
                Kind::Text(text) => {
                    found.insert(name, Written { text, key: key.span, value: value.span });
                }
                Kind::Map(entries) if SECTIONS.contains(&name.as_str()) => tables.push((name, entries)),
                Kind::Map(_) => {
                    let near = nearest(&name, SECTIONS.iter().copied());
                    let hint = near.map_or(String::new(), |near| format!("; nearest is `[{near}]`"));
                    let message = format!("there is no table `[{name}]`{hint}");
                    reports.push(catalog::theme_bad_file(Place::at(path, key.span), message));
                }
                other => {
                    let message = format!("`{name}` should be a text, and is {}", other.describe());
                    reports.push(catalog::theme_bad_file(Place::at(path, value.span), message));
                }
            }
        }
        tables
    };
    if let Kind::Map(entries) = tree.kind {
        for (section, entries) in take(None, entries) {
            take(Some(&section), entries);
        }
    }
    found
}

/// What a key is called without its form of number. Only English says which texts have forms.
fn base<'k>(key: &'k str, english: &Flat) -> &'k str {
    match key.rsplit_once('_') {
        Some((base, form)) if plural::FORMS.contains(&form) && english.contains_key(&format!("{base}_other")) => base,
        _ => key,
    }
}

/// Texts with their forms put together, and those that lack the last form.
fn grouped(flat: &Flat, english: &Flat, tag: &str) -> (BTreeMap<String, Text>, Vec<(String, Span)>) {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut incomplete = Vec::new();
    for (key, text) in flat {
        let base = base(key, english);
        if base == key {
            texts.insert(key.clone(), Text::One(text.text.clone()));
            continue;
        }
        let form = key[base.len() + 1..].to_owned();
        let forms = texts
            .entry(base.to_owned())
            .or_insert_with(|| Text::Forms(Forms { language: tag.to_owned(), forms: BTreeMap::new() }));
        if let Text::Forms(Forms { forms, .. }) = forms {
            if forms.is_empty() && !flat.contains_key(&format!("{base}_other")) {
                incomplete.push((base.to_owned(), text.key));
            }
            forms.insert(form, text.text.clone());
        }
    }
    for (base, _) in &incomplete {
        texts.remove(base);
    }
    (texts, incomplete)
}

/// The placeholders of each text, in whichever of its forms they stand.
fn placeholders(english: &Flat) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, text) in english {
        found.entry(base(key, english)).or_default().extend(names(&text.text));
    }
    found
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(|part| if let Part::Placeholder(name) = part { Some(name) } else { None })
}

/// The texts of the scripts of one file as a statement that adds them to `prepbook.text`, to stand in front of them.
pub fn script(strings: &Strings, section: &str) -> String {
    let texts: BTreeMap<&str, &Text> = strings.section(Some(section)).collect();
    let json = serde_json::to_string(&texts).expect("texts are JSON");
    format!("Object.assign((globalThis.prepbook ??= {{}}).text ??= {{}}, {json});\n")
}

/// The texts of style sheets as custom properties: `line_added` is `--word-line-added`.
pub fn style(strings: &Strings) -> String {
    let mut out = String::from(":root {");
    for (key, text) in strings.section(Some("styles")) {
        let Text::One(text) = text else { continue };
        out.push_str(&format!(" --word-{}: \"", key.replace('_', "-")));
        for c in text.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' | '\r' | '\u{c}' => out.push_str("\\a "),
                '\0' => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
        out.push_str("\";");
    }
    out + " }\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[(&str, &str)]) -> Strings {
        let texts = texts.iter().map(|(key, text)| ((*key).to_owned(), Text::One((*text).to_owned())));
        Strings::new(texts.collect(), Direction::Ltr)
    }

    #[test]
    fn a_books_own_texts_are_those_that_it_asks_for() {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec().into());
        let files = Files::from([
            file(
                "templates/page.html",
                "{{ t.own_text }} {{ t.own_count | fill(count=2) }} {{ t[\"own_kind_\" ~ x] }}",
            ),
            file("js/own.js", "text.own_label"),
            file("strings/en.toml", "{{ t.other }}"),
        ]);
        for key in ["own_text", "own_count_one", "own_kind_a", "scripts.own_label"] {
            assert!(is_asked_for(key, &files), "{key}");
        }
        for key in ["own", "own_te", "other", "own_kinds"] {
            assert!(!is_asked_for(key, &files), "{key}");
        }
    }

    #[test]
    fn scripts_and_styles_get_their_own_texts_and_nothing_breaks_out() {
        let strings = strings(&[("a", "x"), ("scripts.b", "\"; alert(1); \"\u{2028}"), ("styles.c_d", "\\\"\n} e")]);
        assert_eq!(
            script(&strings, "scripts"),
            "Object.assign((globalThis.prepbook ??= {}).text ??= {}, {\"b\":\"\\\"; alert(1); \\\"\u{2028}\"});\n"
        );
        assert_eq!(style(&strings), ":root { --word-c-d: \"\\\\\\\"\\a } e\"; }\n");
    }
}
