//! The fence lines of directives: found line by line outside code, paired, and masked so that CommonMark
//! sees a block of its own of the same length. Every byte offset of the text stays true.

use std::borrow::Cow;

use super::attributes::{self, Attribute, Refused};
use crate::base::span::{Span, Spanned};

/// One line of colons, or an include in mdBook's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FenceLine {
    /// From the first colon to the end of the line, without the line's terminator.
    pub span: Span,
    /// How many colons.
    pub colons: usize,
    /// What it opens; `None` for a line that closes.
    pub opening: Option<Result<Opening, Unread>>,
}

/// What an opening line says: `:::name[Title]{#id key=value flag}`. A title may also stand behind the name
/// without brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The directive's name.
    pub name: Spanned<String>,
    /// Its title, as written.
    pub title: Option<Spanned<String>>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// An opening line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The directive's name; an empty one where there is none.
    pub name: Spanned<String>,
    /// Why.
    pub refused: Refused,
}

const MDBOOK_INCLUDE: &str = "{{#include ";

/// Finds the lines that look like fence lines, outside fenced code. Whether the walk meets each one as a
/// block of its own is for the walk to say.
#[must_use]
pub fn find(text: &str, body: usize) -> Vec<FenceLine> {
    let mut lines = Vec::new();
    if !text[body..].contains(":::") && !text[body..].contains(MDBOOK_INCLUDE) {
        return lines;
    }
    let mut code: Option<(char, usize)> = None;
    let mut offset = body;
    for line in text[body..].split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        let start = offset + (content.len() - content.trim_start_matches([' ', '\t']).len());
        offset += line.len();
        let trimmed = &text[start..start + content.trim_start_matches([' ', '\t']).len()];
        match code {
            Some((mark, length)) => {
                let run = run_of(trimmed, mark);
                if run >= length && trimmed[run..].trim().is_empty() {
                    code = None;
                }
            }
            None => {
                code = code_fence(trimmed);
                if code.is_none() && trimmed.starts_with(":::") {
                    lines.push(fence_line(trimmed, start));
                } else if code.is_none() {
                    lines.extend(mdbook_include(trimmed, start));
                }
            }
        }
    }
    lines
}

fn run_of(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// The mark and length of an opening code fence, also behind list and quote markers.
fn code_fence(trimmed: &str) -> Option<(char, usize)> {
    let mut rest = trimmed;
    loop {
        for mark in ['`', '~'] {
            let length = run_of(rest, mark);
            if length >= 3 && !(mark == '`' && rest[length..].contains('`')) {
                return Some((mark, length));
            }
        }
        let digits = run_of_digits(rest);
        let marker = if rest.starts_with(['-', '*', '+', '>']) {
            1
        } else if digits > 0 && rest[digits..].starts_with(['.', ')']) {
            digits + 1
        } else {
            return None;
        };
        let after = &rest[marker..];
        if !rest.starts_with('>') && !after.starts_with([' ', '\t']) {
            return None;
        }
        rest = after.trim_start_matches([' ', '\t']);
    }
}

fn run_of_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).take(9).count()
}

fn fence_line(text: &str, start: usize) -> FenceLine {
    let text = text.trim_end();
    let colons = run_of(text, ':');
    let span = Span::new(start..start + text.len());
    let opening = (colons < text.len()).then(|| opening(text, colons, start));
    FenceLine { span, colons, opening }
}

/// mdBook's `{{#include page.md}}` alone on its line, which is `:::include{file=page.md}`.
fn mdbook_include(text: &str, start: usize) -> Option<FenceLine> {
    let text = text.trim_end();
    let file = text.strip_prefix(MDBOOK_INCLUDE)?.strip_suffix("}}")?.trim();
    let page = file.len() > 3 && file[file.len().saturating_sub(3)..].eq_ignore_ascii_case(".md");
    if !page || file.contains(['{', '}', ':']) {
        return None;
    }
    let at = |part: &str| {
        let from = start + text.find(part).unwrap_or(0);
        Span::new(from..from + part.len())
    };
    let key = Spanned::new("file".to_owned(), at(file));
    let attribute = Attribute { key, value: Some(Spanned::new(file.to_owned(), at(file))) };
    let name = Spanned::new("include".to_owned(), at("include"));
    let opening = Opening { name, title: None, attributes: vec![attribute] };
    Some(FenceLine { span: Span::new(start..start + text.len()), colons: 3, opening: Some(Ok(opening)) })
}

fn opening(text: &str, colons: usize, start: usize) -> Result<Opening, Unread> {
    let name_start = text.len() - text[colons..].trim_start().len();
    let name_length =
        text[name_start..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len() - name_start);
    let rest = name_start + name_length;
    let name = Spanned::new(text[name_start..rest].to_owned(), Span::new(start + name_start..start + rest));
    if name_length == 0 {
        let span = Span::new(start..start + text.len());
        let refused = Refused { message: "a directive's name is missing behind the colons", span };
        return Err(Unread { name, refused });
    }
    match behind_name(text, rest, start) {
        Ok((title, attributes)) => Ok(Opening { name, title, attributes }),
        Err(refused) => Err(Unread { name, refused }),
    }
}

const PARENTHESES: &str = "attributes stand in braces, not in parentheses";

/// The title and the attributes, which stand from `rest` on.
fn behind_name(
    text: &str,
    mut rest: usize,
    start: usize,
) -> Result<(Option<Spanned<String>>, Vec<Attribute>), Refused> {
    let at = |from: usize, to: usize| Span::new(start + from..start + to);
    let mut title = None;
    if text[rest..].starts_with('[') {
        let Some(length) = bracketed_length(&text[rest..]) else {
            return Err(Refused { message: "this bracket is never closed", span: at(rest, rest + 1) });
        };
        title = Some(Spanned::new(text[rest + 1..rest + length - 1].to_owned(), at(rest + 1, rest + length - 1)));
        rest += length;
    } else if text[rest..].starts_with([' ', '\t']) {
        // The form of VitePress: the title stands behind the name as it is.
        let end = text[rest..].find('{').map_or(text.len(), |brace| rest + brace);
        let words = text[rest..end].trim();
        if words.starts_with('(') && words.ends_with(')') && (words.contains('=') || words.starts_with("(#")) {
            let from = end - text[rest..end].trim_start().len();
            return Err(Refused { message: PARENTHESES, span: at(from, from + words.len()) });
        }
        if !words.is_empty() {
            let from = end - text[rest..end].trim_start().len();
            title = Some(Spanned::new(words.to_owned(), at(from, from + words.len())));
        }
        rest = end;
    }
    let after = text[rest..].trim_start();
    let rest = text.len() - after.len();
    let mut attributes = Vec::new();
    if after.starts_with('{') {
        let Some(inner) = after.strip_suffix('}') else {
            if after.ends_with(']') && after.contains("}[") {
                return Err(Refused { message: "the title stands before the braces", span: at(rest, text.len()) });
            }
            return Err(Refused { message: "this brace is never closed", span: at(rest, rest + 1) });
        };
        attributes = attributes::parse(&inner[1..], start + rest + 1)?;
    } else if after.starts_with('(') && after.ends_with(')') {
        return Err(Refused { message: PARENTHESES, span: at(rest, text.len()) });
    } else if !after.is_empty() {
        return Err(Refused { message: "this is neither a [title] nor {attributes}", span: at(rest, text.len()) });
    }
    Ok((title, attributes))
}

/// The length of the bracketed text that `text` starts with; brackets nest, backslashes escape.
fn bracketed_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Replaces each fence line by a processing instruction of the same length: `:::note` becomes `<?xxx?>`.
///
/// CommonMark's HTML blocks of that kind (0.31.2, section 4.6, condition 3) may interrupt a paragraph and
/// end on the line they start on, so what stands between two fence lines is parsed as it would be alone,
/// while footnotes and link references stay those of the whole page.
#[must_use]
pub fn mask<'a>(text: &'a str, lines: &[FenceLine]) -> Cow<'a, str> {
    if lines.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for line in lines {
        let range = line.span.range();
        masked.push_str(&text[end..range.start]);
        masked.push_str("<?");
        masked.extend(std::iter::repeat_n('x', range.len().saturating_sub(4)));
        // Three colons leave room for `<?>` only, which opens and closes at once.
        masked.push_str(if range.len() > 3 { "?>" } else { ">" });
        end = range.end;
    }
    masked.push_str(&text[end..]);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        find(text, 0)
            .into_iter()
            .map(|line| match line.opening {
                Some(Ok(opening)) => {
                    format!(
                        "{}[{}]{}",
                        opening.name.value,
                        opening.title.map_or(String::new(), |t| t.value),
                        opening.attributes.len()
                    )
                }
                Some(Err(refused)) => format!("!{}", refused.refused.message),
                None => "/".to_owned(),
            })
            .collect()
    }

    #[test]
    fn titles_stand_in_brackets_or_behind_the_name() {
        let text = ":::note\n::: tip Read this\n::::tab[A \\] [b]]{key=os}\n::::\n:::details More {open}\n";
        assert_eq!(names(text), ["note[]0", "tip[Read this]0", "tab[A \\] [b]]1", "/", "details[More]1"]);
    }

    #[test]
    fn code_is_left_alone() {
        let text = "```md\n:::note\n```\n- ~~~\n  :::note\n  ~~~\n1. ```\n   :::x\n   ````\n`:::`\n:::note\n";
        assert_eq!(names(text), ["note[]0"]);
    }

    #[test]
    fn mdbooks_includes_of_pages_are_ours() {
        let text = "{{#include a.md}}\n> {{#include b.md}}\n  {{#include ../c.MD }} \n{{#include d.rs}}\n{{#include e.md:2}}\n{{#include .md}}\n";
        assert_eq!(names(text), ["include[]1", "include[]1"]);
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(names(":::!x\n:::a[b\n:::a{b\n:::a[b] c\n").len(), 4);
        assert!(names(":::!x\n:::a[b\n:::a{b\n:::a[b] c\n").iter().all(|name| name.starts_with('!')));
    }

    /// Exhaustive over short inputs: masking never changes a length or a line.
    #[test]
    fn masking_keeps_every_offset() {
        let alphabet = [':', '`', '\n', '-', ' ', 'é', '['];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| alphabet.iter().map(move |c| format!("{text}{c}"))).collect();
        }
        for text in texts.iter().map(|text| format!(":::{text}")) {
            let lines = find(&text, 0);
            let masked = mask(&text, &lines);
            assert_eq!(masked.len(), text.len(), "{text:?}");
            let breaks = |text: &str| text.match_indices('\n').map(|(index, _)| index).collect::<Vec<_>>();
            assert_eq!(breaks(&masked), breaks(&text), "{text:?}");
        }
    }
}
