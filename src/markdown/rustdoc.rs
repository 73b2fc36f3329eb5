//! A line of a Rust sample to what rustdoc and mdBook show of it: lines that are only there to compile are
//! hidden.

use std::borrow::Cow;

/// The line as it is shown; `None` for one that is `#` alone or starts with `# `. `##` stands for `#`.
#[must_use]
pub fn shown(line: &str) -> Option<Cow<'_, str>> {
    let text = line.trim();
    if text == "#" || text.starts_with("# ") {
        return None;
    }
    Some(if text.starts_with("##") { Cow::Owned(line.replacen("##", "#", 1)) } else { Cow::Borrowed(line) })
}

/// The lines of `code` that are shown.
#[must_use]
pub fn shown_lines(code: &str) -> String {
    code.lines().filter_map(shown).fold(String::with_capacity(code.len()), |text, line| text + &line + "\n")
}

#[cfg(test)]
mod tests {
    use super::{shown, shown_lines};

    #[test]
    fn lines_that_only_compile_are_hidden() {
        for line in ["#", "# ", "  #\r", "# use a::B;", "\t # }"] {
            assert_eq!(shown(line), None, "{line:?}");
        }
        for (line, text) in [
            ("#[derive(Debug)]", "#[derive(Debug)]"),
            ("#![no_std]", "#![no_std]"),
            ("  ## x", "  # x"),
            ("##[a]", "#[a]"),
            ("### x", "## x"),
            ("let a = \"# b\";", "let a = \"# b\";"),
            ("#x", "#x"),
            ("", ""),
        ] {
            assert_eq!(shown(line).as_deref(), Some(text));
        }
        assert_eq!(shown_lines("# fn main() {\n    let x = 5;\n\n# }\n"), "    let x = 5;\n\n");
    }
}
