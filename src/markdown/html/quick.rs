//! HTML as programs write it, read in one pass and mostly without copying: a page of ours is read again for search, for
//! paper and for the EPUB. Where it is written in any other way this stops, and the tokenizer reads on (HTML, section 13.2.5).

use std::borrow::Cow;
use std::ops::Range;

use super::{HtmlAttribute, HtmlTag, MAX_ATTRIBUTES, Token};

/// Gives the tags and texts that `html` begins with to `on`. Where it stopped, in bytes: between two of them, or at the end.
pub(super) fn read<'a>(html: &'a str, on: &mut impl FnMut(Token<'a>)) -> usize {
    let mut at = 0;
    while at < html.len() {
        let end = if html.as_bytes()[at] == b'<' {
            markup(html, at, on)
        } else {
            let end = html[at..].find('<').map_or(html.len(), |length| at + length);
            decoded(&html[at..end]).map(|value| {
                on(Token::Text { value, range: at..end });
                end
            })
        };
        match end {
            Some(end) => at = end,
            None => break,
        }
    }
    at
}

/// What begins with a bracket at `at`. Its end; `None` if it is written in another way than is read here.
fn markup<'a>(html: &'a str, at: usize, on: &mut impl FnMut(Token<'a>)) -> Option<usize> {
    let bytes = html.as_bytes();
    match bytes.get(at + 1)? {
        b'/' => {
            let name = name(html, at + 2)?;
            let end = name.end + 1;
            (bytes.get(name.end) == Some(&b'>')).then(|| {
                on(Token::End { name: Cow::Borrowed(&html[name]), range: at..end });
                end
            })
        }
        b'!' => {
            let rest = &html[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                let length = comment.find("-->")?;
                let text = &comment[..length];
                let is_odd = text.starts_with(['>', '-']) || text.contains("--!") || text.contains(['\0', '\r']);
                return (!is_odd).then_some(at + 4 + length + 3);
            }
            const DOCTYPE: &str = "<!doctype html>";
            let is_doctype = rest.get(..DOCTYPE.len()).is_some_and(|it| it.eq_ignore_ascii_case(DOCTYPE));
            is_doctype.then_some(at + DOCTYPE.len())
        }
        _ => start_tag(html, at, on),
    }
}

fn start_tag<'a>(html: &'a str, at: usize, on: &mut impl FnMut(Token<'a>)) -> Option<usize> {
    let bytes = html.as_bytes();
    let range = at..name(html, at + 1)?.end;
    let name = Cow::Borrowed(&html[at + 1..range.end]);
    let mut attributes = Vec::new();
    let mut here = range.end;
    loop {
        let spaced = here + bytes[here..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t')).count();
        let end = match bytes.get(spaced)? {
            b'>' => Some(spaced + 1),
            b'/' if bytes.get(spaced + 1) == Some(&b'>') => Some(spaced + 2),
            _ => None,
        };
        if let Some(end) = end {
            on(Token::Start(HtmlTag { name, range, attributes, end }));
            return Some(end);
        }
        if spaced == here || attributes.len() == MAX_ATTRIBUTES {
            return None;
        }
        let (attribute, end) = attribute(html, spaced, &name)?;
        attributes.push(attribute);
        here = end;
    }
}

/// The attribute at `at`, and where it ends.
fn attribute<'a>(html: &'a str, at: usize, tag: &Cow<'a, str>) -> Option<(HtmlAttribute<'a>, usize)> {
    let bytes = html.as_bytes();
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let end = at + bytes[at..].iter().take_while(is_name).count();
    let written = &html[at..end];
    let has_capitals = written.bytes().any(|byte| byte.is_ascii_uppercase());
    let name = if has_capitals { Cow::Owned(written.to_ascii_lowercase()) } else { Cow::Borrowed(written) };
    let (value, range, quoted, next) = match bytes.get(end)? {
        b'=' => value(html, end + 1)?,
        b' ' | b'\n' | b'\t' | b'/' | b'>' => (Cow::Borrowed(""), end..end, false, end),
        _ => return None,
    };
    // The tokenizer tells nothing of a value that is empty.
    let (range, quoted) = if value.is_empty() { (end..end, false) } else { (range, quoted) };
    let whole = at..if value.is_empty() { end } else { range.end + usize::from(quoted) };
    (end > at).then(|| (HtmlAttribute { tag: tag.clone(), name, value, range, quoted, whole }, next))
}

/// The value at `at`: what it says, where, whether in quotes, and what comes behind it.
fn value(html: &str, at: usize) -> Option<(Cow<'_, str>, Range<usize>, bool, usize)> {
    let bytes = html.as_bytes();
    let quote = *bytes.get(at)?;
    if matches!(quote, b'"' | b'\'') {
        let length = bytes[at + 1..].iter().position(|byte| *byte == quote)?;
        let range = at + 1..at + 1 + length;
        let next = range.end + 1;
        return Some((decoded(&html[range.clone()])?, range, true, next));
    }
    let is_plain =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'#' | b',' | b';');
    let end = at + bytes[at..].iter().take_while(is_plain).count();
    let is_ended = matches!(bytes.get(end)?, b' ' | b'\n' | b'\t' | b'>');
    (end > at && is_ended).then(|| (Cow::Borrowed(&html[at..end]), at..end, false, end))
}

/// The name of a tag at `at`, where it is in lower case.
fn name(html: &str, at: usize) -> Option<Range<usize>> {
    let rest = &html.as_bytes()[at..];
    let length =
        rest.iter().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || **byte == b'-').count();
    rest.first().is_some_and(u8::is_ascii_lowercase).then_some(at..at + length)
}

/// What a text or a value says; `None` for what is written in another way than by programs.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'\0' | b'\r')) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\0', '\r']) {
        out.push_str(&rest[..at]);
        let reference = rest[at..].strip_prefix('&')?;
        let end = reference.find(';')?;
        out.push(match &reference[..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "nbsp" => '\u{a0}',
            // Those for characters of ASCII, and no others: many have rules of their own.
            number => {
                let number = number.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) if !hex.starts_with('+') => u32::from_str_radix(hex, 16),
                    None if !number.starts_with('+') => number.parse(),
                    _ => return None,
                };
                code.ok().filter(|code| (0x20..0x7f).contains(code)).and_then(char::from_u32)?
            }
        });
        rest = &reference[end + 1..];
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::super::{tokenize, tokens};
    use super::*;

    /// The tokens, with neighbouring texts as one.
    fn joined(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
        let mut joined: Vec<Token<'_>> = Vec::new();
        for token in tokens {
            if let (Some(Token::Text { value, range }), Token::Text { value: more, range: behind }) =
                (joined.last_mut(), &token)
            {
                value.to_mut().push_str(more);
                range.end = behind.end;
            } else {
                joined.push(token);
            }
        }
        joined
    }

    /// The tokenizer's own, from the beginning.
    fn slow(html: &str) -> Vec<Token<'_>> {
        let mut tokens = Vec::new();
        tokenize(html, 0, |token| tokens.push(token));
        tokens
    }

    fn read_alone(html: &str) -> usize {
        read(html, &mut |_| {})
    }

    #[test]
    fn what_programs_write_is_read_to_its_end() {
        for html in [
            "",
            "é text",
            "<!DOCTYPE html>\n<html lang=\"de\"><!-- a - b -->",
            "<p class='a \"b\"'>x &amp; y &#39;z&#x27; &nbsp;</p><br/><img src=a.png alt=\"\" hidden>",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0,0\"/></svg>",
        ] {
            assert_eq!(read_alone(html), html.len(), "{html}");
            assert_eq!(joined(tokens(html)), joined(slow(html)), "{html}");
        }
    }

    #[test]
    fn it_stops_before_anything_else() {
        for html in [
            "<P>",
            "</p >",
            "<p a = b>",
            "<p a=\"b\"c>",
            "<p a=b/>",
            "<?x>",
            "< p>",
            "<p",
            "<p a=\"b",
            "a&b",
            "a\r\nb",
            "a\0",
            "&copy;",
            "&#128;",
            "&#+65;",
            "<!-->",
            "<!--->",
            "<!-- a --!> b -->",
            "<!doctype x>",
            "<p =a>",
        ] {
            assert_eq!(read_alone(&format!("<i>{html}")), "<i>".len(), "{html}");
        }
        let many = format!("<a {}>", "x=\"1\" ".repeat(MAX_ATTRIBUTES + 1));
        assert_eq!(read_alone(&many), 0);
    }

    /// Random strings of what tokenizers disagree about.
    #[test]
    fn it_reads_as_the_tokenizer_does() {
        const PARTS: &[&str] = &[
            "<",
            ">",
            "/",
            "=",
            "\"",
            "'",
            " ",
            "\n",
            "\t",
            "\r",
            "\0",
            "\u{c}",
            "a",
            "B",
            "é",
            "-",
            "--",
            "!",
            "&",
            ";",
            "&amp;",
            "&#65;",
            "&#x2F",
            "&#0;",
            "&not",
            "&notin;",
            "<p",
            "</p>",
            "<p>",
            " class=\"a b\"",
            " id=x",
            " hidden",
            " alt=\"\"",
            " viewBox=\"0 0\"",
            "/>",
            "<!--",
            "-->",
            "--!>",
            "<!doctype html>",
            "<script>",
            "</script>",
            "<style>",
            "<title>",
            "</title>",
            "<textarea>",
            "<plaintext>",
            "<![CDATA[",
            "]]>",
            "<?",
            "text ",
            "<br/>",
            "\u{feff}",
            "\u{fdd0}",
        ];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        let mut read_on = 0;
        for _ in 0..20_000 {
            let html: String = (0..random(14)).map(|_| PARTS[random(PARTS.len())]).collect();
            assert_eq!(joined(tokens(&html)), joined(slow(&html)), "{html:?}");
            read_on += usize::from(read_alone(&html) > 0);
        }
        assert!(read_on > 2_000, "only {read_on} were begun");
    }
}
