//! The grammar of attributes in code fences and directives: `key=value flag #id .class "quoted"`.
//! Values are bare words, or quoted with `"` or `'` and backslash escapes.

use crate::base::span::{Span, Spanned};

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name; `#x` becomes `id`, `.x` becomes `class`.
    pub key: Spanned<String>,
    /// Its value, unescaped; `None` for a flag.
    pub value: Option<Spanned<String>>,
}

impl Attribute {
    /// Where the whole attribute is.
    #[must_use]
    pub fn span(&self) -> Span {
        let end = self.value.as_ref().map_or(self.key.span.end, |value| value.span.end);
        Span { start: self.key.span.start, end: end.max(self.key.span.end) }
    }
}

/// What the grammar refuses, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: &'static str,
    /// Where.
    pub span: Span,
}

/// Reads all of `text`, which stands at byte `offset` of its file.
pub fn parse(text: &str, offset: usize) -> Result<Vec<Attribute>, Refused> {
    let mut scanner = Scanner { text, at: 0, offset };
    let mut attributes = Vec::new();
    loop {
        scanner.skip_space();
        if scanner.rest().is_empty() {
            return Ok(attributes);
        }
        attributes.push(scanner.attribute()?);
    }
}

/// The length of the quoted text that `text` starts with (with its quotes), `None` when it never ends.
#[must_use]
pub fn quoted_length(text: &str) -> Option<usize> {
    let quote = text.chars().next()?;
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(index + c.len_utf8()),
            _ => {}
        }
    }
    None
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    offset: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start..self.offset + end)
    }

    fn refuse(&self, message: &'static str, length: usize) -> Refused {
        Refused { message, span: self.span(self.at, (self.at + length).min(self.text.len())) }
    }

    fn attribute(&mut self) -> Result<Attribute, Refused> {
        let start = self.at;
        for (mark, key) in [('#', "id"), ('.', "class")] {
            if self.rest().starts_with(mark) {
                self.at += 1;
                let value = self.word();
                if value.value.is_empty() {
                    return Err(Refused { message: "a name is missing here", span: self.span(start, start + 1) });
                }
                return Ok(Attribute {
                    key: Spanned::new(key.to_owned(), self.span(start, start + 1)),
                    value: Some(value),
                });
            }
        }
        let length = self.rest().find(|c: char| c.is_whitespace() || "=\"'{}".contains(c)).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.refuse("an attribute's name is missing here", 1));
        }
        self.at += length;
        let key = Spanned::new(self.text[start..self.at].to_owned(), self.span(start, self.at));
        if !self.rest().starts_with('=') {
            return Ok(Attribute { key, value: None });
        }
        self.at += 1;
        let value = if self.rest().starts_with(['"', '\'']) { self.quoted()? } else { self.word() };
        if value.value.is_empty() && value.span.range().is_empty() {
            return Err(Refused {
                message: "a value is missing behind the equals sign",
                span: self.span(start, self.at),
            });
        }
        Ok(Attribute { key, value: Some(value) })
    }

    fn word(&mut self) -> Spanned<String> {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(rest.len());
        Spanned::new(self.text[start..self.at].to_owned(), self.span(start, self.at))
    }

    fn quoted(&mut self) -> Result<Spanned<String>, Refused> {
        let Some(length) = quoted_length(self.rest()) else {
            return Err(self.refuse("this quotation mark is never closed", 1));
        };
        let start = self.at;
        self.at += length;
        let mut value = String::new();
        let mut escaped = false;
        for c in self.text[start + 1..self.at - 1].chars() {
            if c == '\\' && !escaped {
                escaped = true;
                continue;
            }
            // A backslash stands for itself unless it escapes a quote or another backslash.
            if escaped && !matches!(c, '"' | '\'' | '\\') {
                value.push('\\');
            }
            escaped = false;
            value.push(c);
        }
        Ok(Spanned::new(value, self.span(start, self.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, Option<String>)> {
        let attributes = parse(text, 0).unwrap_or_else(|refused| panic!("{refused:?}"));
        attributes.into_iter().map(|a| (a.key.value, a.value.map(|value| value.value))).collect()
    }

    #[test]
    fn words_quotes_escapes_and_marks() {
        let text = r#"#id .wide title="a \"b\" c\n" file='x y' cwe=362,367 run"#;
        let expected = [
            ("id", Some("id")),
            ("class", Some("wide")),
            ("title", Some(r#"a "b" c\n"#)),
            ("file", Some("x y")),
            ("cwe", Some("362,367")),
            ("run", None),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(key, value)| (key.to_string(), value.map(str::to_owned))).collect();
        assert_eq!(pairs(text), expected);
    }

    #[test]
    fn what_is_refused_has_its_place() {
        for (text, start) in [("a=\"b", 2), ("a= b", 0), ("x =1", 2), ("# a", 0), ("a \"b\"", 2)] {
            let refused = parse(text, 10).expect_err(text);
            assert_eq!(refused.span.start, 10 + start, "{text}: {refused:?}");
        }
    }
}
