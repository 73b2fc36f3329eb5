//! A style sheet to what of it is worth sending. It knows comments and strings, and nothing else of the language.

/// The style sheet without its comments, which are for those who change it; a fifth of what pages would load. What is left
/// keeps its lines.
pub fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.strip_prefix("/*") {
            Some(comment) => {
                // As in browsers, one that is left open takes the rest.
                rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
                continue;
            }
            None if rest.starts_with('/') => 1,
            None => string(rest),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// How long the string at the start is, both quotes included; one that is not closed ends with its line.
fn string(text: &str) -> usize {
    let quote = text.as_bytes()[0];
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'\n' => return at,
            _ if byte == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[track_caller]
    fn becomes(sheet: &str, expected: &str) {
        assert_eq!(without_comments(sheet), expected);
    }

    #[test]
    fn comments_go_and_the_lines_that_held_nothing_else() {
        becomes(
            "/* Why.\n   Still why. */\na { b: c; /* d */ }\n\n/**/e { f: g / h }",
            "a { b: c;  }\ne { f: g / h }\n",
        );
    }

    #[test]
    fn strings_are_no_comments() {
        becomes(
            r#"a::after { content: "/* b */" '\'/*"'; } /* c */"#,
            "a::after { content: \"/* b */\" '\\'/*\"'; }\n",
        );
        becomes("a { content: \"open\n/* b */ }", "a { content: \"open\n }\n");
    }

    #[test]
    fn what_is_left_open_takes_the_rest() {
        becomes("a {} /* b", "a {}\n");
        becomes("a { content: \"b\\", "a { content: \"b\\\n");
        becomes("", "");
    }
}
