//! A place that names a file to what is written there after a move: the path in the place's own form, everything else of it
//! as it was.

use std::fmt::Write as _;

use super::named::{Form, Named, Names};
use super::{Move, cannot};
use crate::base::error::Result;
use crate::base::path::BookPath;
use crate::model::parsed::{included, referred};
use crate::model::url::decode;

/// What is written at a place of `text` after the move, if it is something else than before.
///
/// # Errors
///
/// What stands there is none of the forms that can be written anew.
pub fn anew(named: &Named, step: &Move, src: &BookPath, text: &str) -> Result<Option<String>> {
    let file = step.of(&named.file);
    let Some((target, is_folder)) = target(named, step) else { return Ok(None) };
    let leads = match named.form {
        Form::Toml => [BookPath::new(&named.written), src.join(&named.written)].contains(&Some(target.clone())),
        Form::Attribute | Form::Include => included(&file, src, &named.written).as_ref() == Some(&target),
        _ => referred(&file, src, &named.written).as_ref() == Some(&target),
    };
    let is_published = matches!(&named.names, Names::Published(page) if step.of(page) != *page || file != named.file);
    if leads && !is_published {
        return Ok(None);
    }
    if matches!(named.names, Names::Published(_)) && !is_published {
        return Ok(None);
    }
    let path = match named.form {
        Form::Toml => target.as_str().to_owned(),
        _ => reference(&file, &target, is_folder, src, &named.written),
    };
    let before = named.span.slice(text);
    // What stands in angle brackets may have spaces.
    let is_bracketed = text[..named.span.start as usize].ends_with('<');
    let written = in_form(named, before, &path, is_bracketed);
    written.map(Some).ok_or_else(|| cannot(&named.file, named.span, text))
}

/// What it names after the move, and whether that is a folder.
fn target(named: &Named, step: &Move) -> Option<(BookPath, bool)> {
    match &named.names {
        Names::Nothing => None,
        Names::Path(path) | Names::Published(path) => Some((step.of(path), false)),
        Names::Folder { folder, page } if folder == page => Some((step.of(folder), true)),
        Names::Folder { folder, page } => {
            let (folder, page) = (step.of(folder), step.of(page));
            let stem = page.stem();
            let is_index = stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index");
            let is_beside = page.parent().join(stem).as_ref() == Some(&folder);
            match () {
                () if is_index => Some((page.parent(), true)),
                () if is_beside => Some((folder, true)),
                () => Some((page, false)),
            }
        }
    }
}

/// The reference from `file` to `target`, of the kind that `before` is: from the source folder or from the file, with or
/// without `./` and a slash at its end.
fn reference(file: &BookPath, target: &BookPath, is_folder: bool, src: &BookPath, before: &str) -> String {
    let rooted = target.below(src).filter(|_| before.starts_with('/'));
    let mut path = match rooted {
        Some(below) => format!("/{below}"),
        None => target.relative_to(&file.parent()),
    };
    if path.is_empty() || (rooted.is_none() && before.starts_with("./") && !path.starts_with("../")) {
        path.insert_str(0, "./");
    }
    if is_folder && before.ends_with('/') && !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// `path` in the form of the place, where `before` stands now.
fn in_form(named: &Named, before: &str, path: &str, is_bracketed: bool) -> Option<String> {
    let is_plain = |raw: &str| decode(raw) == named.written;
    match named.form {
        Form::Link => {
            let (raw, rest) = split(before, &['?', '#']);
            // The parser has taken out what is escaped; what it has not found is the whole link.
            let escaped = raw.contains(['\\', '&']) && !raw.contains("](") && !raw.contains("]:");
            (is_plain(raw) || escaped).then(|| encoded(path, "()<>\"'`|[]\\&*", !is_bracketed) + rest)
        }
        Form::Html => {
            let (raw, rest) = split(before, &['?', '#']);
            (is_plain(raw) || raw.contains('&')).then(|| encoded(path, "<>\"'`&=", true) + rest)
        }
        Form::Include => (before == named.written && !path.contains([':', '{', '}', '\n'])).then(|| path.to_owned()),
        Form::Attribute => attribute(before, path, &named.written),
        Form::YamlLink => yaml(before, &encoded(path, "", false), &['?', '#'], is_plain),
        Form::YamlPath => yaml(before, path, &['#'], |raw| raw == named.written),
        Form::Toml => match before.chars().next()? {
            '\'' if !path.contains(['\'', '\n']) && !before.starts_with("'''") => Some(format!("'{path}'")),
            '"' | '\'' => Some(quoted(path)),
            _ => None,
        },
    }
}

/// What stands before the first of the `marks`, and the rest.
fn split<'a>(text: &'a str, marks: &[char]) -> (&'a str, &'a str) {
    text.split_at(text.find(marks).unwrap_or(text.len()))
}

/// A path in a link: percent-encoded where it would be read as something else.
fn encoded(path: &str, special: &str, spaces: bool) -> String {
    let mut out = String::with_capacity(path.len());
    // A colon in the first name would make a scheme of it.
    let first = path.find('/').unwrap_or(path.len());
    for (at, c) in path.char_indices() {
        let is_special = c.is_control()
            || "%?#".contains(c)
            || special.contains(c)
            || (c.is_whitespace() && (spaces || c != ' '))
            || (c == ':' && at < first);
        if is_special {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A value of an attribute.
fn attribute(before: &str, path: &str, written: &str) -> Option<String> {
    let quote = before.chars().next().filter(|c| matches!(c, '"' | '\''));
    if quote.is_none() && before != written {
        return None;
    }
    let is_word = !path.is_empty() && !path.contains(|c: char| c.is_whitespace() || "\"'{}`".contains(c));
    let escaped = |quote: char| {
        let escaped: String =
            path.chars().flat_map(|c| ((c == quote || c == '\\').then_some('\\')).into_iter().chain([c])).collect();
        format!("{quote}{escaped}{quote}")
    };
    Some(match quote {
        Some(quote) => escaped(quote),
        None if is_word => path.to_owned(),
        None => escaped('"'),
    })
}

/// A text in YAML, of which what stands behind one of the `marks` stays.
fn yaml(before: &str, path: &str, marks: &[char], is_written: impl Fn(&str) -> bool) -> Option<String> {
    let quote = before.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote {
        Some(quote) => before.strip_prefix(quote)?.strip_suffix(quote)?,
        None => before,
    };
    let (raw, rest) = split(inner, marks);
    if !is_written(raw) {
        return None;
    }
    let value = format!("{path}{rest}");
    Some(match quote {
        Some('"') => quoted(&value),
        Some(_) => format!("'{}'", value.replace('\'', "''")),
        None => scalar(&value),
    })
}

/// A text as a scalar of YAML, without quotation marks where it needs none.
pub fn scalar(text: &str) -> String {
    let is_start = |c: char| c.is_alphanumeric() || "./_".contains(c);
    let is_inner = |c: char| c.is_alphanumeric() || "./_-+~@=#?()%".contains(c);
    let is_word = text.starts_with(is_start) && text.chars().all(is_inner) && text.parse::<f64>().is_err();
    let is_path = text.contains(['/', '.']) && text.chars().any(char::is_alphabetic);
    if is_word && is_path { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}

/// A text in double quotes, as JSON, YAML and TOML have it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;

    fn path(text: &str) -> BookPath {
        BookPath::new(text).unwrap()
    }

    /// What `before` becomes in `g/a/x.md` when it names `g/b/y.md`, which goes to `to`.
    fn becomes(form: Form, before: &str, written: &str, to: &str) -> Option<String> {
        let names = Names::Path(path("g/b/y.md"));
        let span = Span::new(0..before.len());
        let named = Named { file: path("g/a/x.md"), span, form, written: written.to_owned(), names };
        let step = Move { from: path("g/b/y.md"), to: path(to) };
        anew(&named, &step, &path("g"), before).unwrap()
    }

    #[test]
    fn links_keep_their_form() {
        for (before, to, after) in [
            ("../b/y.md", "g/a/z.md", "z.md"),
            ("../b/y.md#part", "g/c/z.md", "../c/z.md#part"),
            ("../b/y.md?q=1#part", "g/a/z 1.md", "z%201.md?q=1#part"),
            ("/b/y.md", "g/c/z.md", "/c/z.md"),
            ("./../b/y.md", "g/a/z.md", "./z.md"),
            ("..\\/b/y.md", "g/a/(z).md", "%28z%29.md"),
            ("../b/y.md", "g/a/z:1#2.md", "z%3A1%232.md"),
        ] {
            if cfg!(windows) && to.contains(':') {
                continue; // No file has such a name there.
            }
            let written = decode(split(&before.replace('\\', ""), &['?', '#']).0);
            assert_eq!(becomes(Form::Link, before, &written, to).as_deref(), Some(after), "{before}");
        }
        assert_eq!(becomes(Form::Html, "../b/y.md#x", "../b/y.md", "g/a&b/z.md").as_deref(), Some("../a%26b/z.md#x"));
    }

    #[test]
    fn attributes_and_yaml_are_quoted_where_they_must_be() {
        let cases = [
            (Form::Attribute, "../b/y.md", "g/a/z.md", "z.md"),
            (Form::Attribute, "../b/y.md", "g/a/z 1.md", "\"z 1.md\""),
            (Form::Attribute, "'../b/y.md'", "g/a/it's.md", "'it\\'s.md'"),
            (Form::Include, "../b/y.md", "g/a/z.md", "z.md"),
            (Form::YamlLink, "../b/y.md#p", "g/a/z.md", "z.md#p"),
            (Form::YamlLink, "'../b/y.md'", "g/a/it's.md", "'it''s.md'"),
            (Form::YamlPath, "\"../b/y.md#p\"", "g/c/z.md", "\"../c/z.md#p\""),
            (Form::YamlPath, "../b/y.md", "g/a/1: z.md", "'1: z.md'"),
            (Form::Toml, "\"b/y.md\"", "g/a/z.md", "\"g/a/z.md\""),
            (Form::Toml, "'b/y.md'", "g/a/z.md", "'g/a/z.md'"),
        ];
        for (form, before, to, after) in cases {
            if cfg!(windows) && to.contains(':') {
                continue;
            }
            let written = split(before.trim_matches(['"', '\'']), &['#']).0;
            assert_eq!(becomes(form, before, written, to).as_deref(), Some(after), "{before} {to}");
        }
    }

    #[test]
    fn what_leads_there_already_stays() {
        let names = Names::Path(path("g/a/z.md"));
        let named =
            Named { file: path("g/a/x.md"), span: Span::new(0..4), form: Form::Link, written: "z.md".into(), names };
        let step = Move { from: path("g/a"), to: path("g/b") };
        assert_eq!(anew(&named, &step, &path("g"), "z.md").unwrap(), None);
    }
}
