//! Code in a known language into the places of its comments. A scanner of strings and comments, no parser: it
//! knows nothing else of the language, and takes code that is incomplete or wrong.

use std::ops::Range;

/// Longer patterns, in characters, are divisions or slips, and longer here-documents, in lines, are none: nothing
/// is looked for without end.
const LONGEST_PATTERN: usize = 2_000;
const LONGEST_DOCUMENT: usize = 500;

/// How a family of languages writes comments and strings.
#[derive(Debug, Default)]
struct Family {
    /// What starts a comment that the line ends.
    line: &'static [&'static str],
    /// What starts and ends a comment of several lines.
    block: &'static [(&'static str, &'static str)],
    /// Marks that start and end a string, the longest first, and whether it may hold line ends.
    strings: &'static [(&'static str, bool)],
    /// A backslash hides the mark behind it; otherwise the doubled mark stands for itself.
    escapes: bool,
    quirk: Quirk,
}

/// What one language does that its family does not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Quirk {
    #[default]
    None,
    /// `/'/` is no string, and code stands inside `${}` of a template.
    JavaScript,
    /// A string that is a statement of its own is documentation.
    Python,
    /// `#` starts a comment only where a word may start; in single quotes a backslash hides nothing.
    Shell,
    /// The same, and a quotation mark inside a word is an apostrophe.
    Yaml,
    /// `'a` is a lifetime unless the character is closed.
    Rust,
    /// Nothing hides the end of a string in backticks.
    Go,
}

const SLASH: Family = Family {
    line: &["//"],
    block: &[("/*", "*/")],
    strings: &[("\"\"\"", true), ("\"", false), ("'", false)],
    escapes: true,
    quirk: Quirk::None,
};
const JAVASCRIPT: Family =
    Family { strings: &[("\"", false), ("'", false), ("`", true)], quirk: Quirk::JavaScript, ..SLASH };
const GO: Family = Family { strings: &[("\"", false), ("'", false), ("`", true)], quirk: Quirk::Go, ..SLASH };
const RUST: Family = Family { strings: &[("\"", true), ("'", false)], quirk: Quirk::Rust, ..SLASH };
const PHP: Family = Family { line: &["//", "#"], strings: &[("\"", true), ("'", true)], ..SLASH };
const STYLE: Family = Family { line: &[], ..SLASH };
const HASH: Family =
    Family { line: &["#"], block: &[], strings: &[("\"", false), ("'", false)], escapes: true, quirk: Quirk::None };
const TERRAFORM: Family = Family { line: &["#", "//"], block: &[("/*", "*/")], strings: &[("\"", false)], ..HASH };
const PYTHON: Family =
    Family { strings: &[("\"\"\"", true), ("'''", true), ("\"", false), ("'", false)], quirk: Quirk::Python, ..HASH };
const SHELL: Family = Family { strings: &[("\"", true), ("'", true)], quirk: Quirk::Shell, ..HASH };
const YAML: Family = Family { strings: &[("\"", true), ("'", true)], quirk: Quirk::Yaml, ..HASH };
const SQL: Family = Family {
    line: &["--"],
    block: &[("/*", "*/")],
    strings: &[("'", true), ("\"", true)],
    escapes: false,
    quirk: Quirk::None,
};
const MARKUP: Family =
    Family { line: &[], block: &[("<!--", "-->")], strings: &[], escapes: false, quirk: Quirk::None };

/// The family of a language by its name or the ending of its files.
fn family(language: &str) -> Option<&'static Family> {
    Some(match language.to_lowercase().as_str() {
        "c" | "h" | "cc" | "cpp" | "c++" | "cxx" | "hpp" | "cs" | "csharp" | "c#" | "dart" | "groovy" | "java"
        | "kotlin" | "kt" | "objc" | "objective-c" | "proto" | "protobuf" | "scala" | "solidity" | "swift" => &SLASH,
        "cjs" | "javascript" | "js" | "jsonc" | "jsx" | "mjs" | "node" | "ts" | "tsx" | "typescript" => &JAVASCRIPT,
        "go" | "golang" => &GO,
        "rs" | "rust" => &RUST,
        "php" => &PHP,
        "css" | "scss" | "less" => &STYLE,
        "docker" | "dockerfile" | "ini" | "make" | "makefile" | "perl" | "pl" | "powershell" | "ps1" | "r" | "rb"
        | "ruby" | "toml" | "graphql" | "elixir" | "rego" => &HASH,
        "hcl" | "terraform" | "tf" => &TERRAFORM,
        "py" | "python" | "python3" => &PYTHON,
        "bash" | "console" | "sh" | "shell" | "shellscript" | "zsh" => &SHELL,
        "yaml" | "yml" => &YAML,
        "sql" | "mysql" | "plpgsql" | "postgres" | "postgresql" => &SQL,
        "html" | "svg" | "vue" | "xml" => &MARKUP,
        _ => return None,
    })
}

/// Where the comments of `code` are, marks included, in order, as byte ranges. `language` is a name or a file's
/// ending, in any case ("java", "TypeScript", "yml"); of a language that is not known, no comments are. Of Python,
/// documentation strings are comments too. What follows an unclosed mark counts as far as the code goes.
#[must_use]
pub fn comments(code: &str, language: &str) -> Vec<Range<usize>> {
    let Some(family) = family(language) else { return Vec::new() };
    let mut scanner =
        Scanner { code, family, at: 0, found: Vec::new(), depth: 0, templates: Vec::new(), last: 0..0, line: 0 };
    while scanner.at < code.len() {
        scanner.step();
    }
    scanner.found
}

struct Scanner<'a> {
    code: &'a str,
    family: &'static Family,
    at: usize,
    found: Vec<Range<usize>>,
    /// How many brackets are open.
    depth: usize,
    /// The depths at which a `}` leads back into a JavaScript template.
    templates: Vec<usize>,
    /// The last word or mark of code.
    last: Range<usize>,
    /// Where the line starts; while a string goes over lines, where the string's first line does.
    line: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    fn before(&self, at: usize) -> char {
        self.code[..at].chars().next_back().unwrap_or('\n')
    }

    /// Takes one comment, string, word or mark.
    fn step(&mut self) {
        let rest = self.rest();
        let start = self.at;
        let spaced = self.before(self.at).is_whitespace() || matches!(self.before(self.at), ';' | '(' | '|' | '&');
        let line = self.family.line.iter().any(|mark| rest.starts_with(mark));
        let starts = spaced || !matches!(self.family.quirk, Quirk::Shell | Quirk::Yaml);
        if line && starts && !self.rest().starts_with("#{") {
            self.at += rest.find('\n').unwrap_or(rest.len());
            self.found.push(start..self.at);
        } else if let Some((open, close)) = self.family.block.iter().find(|(open, _)| rest.starts_with(open)) {
            let inner = &rest[open.len()..];
            self.at += inner.find(close).map_or(rest.len(), |end| open.len() + end + close.len());
            self.found.push(start..self.at);
        } else if let Some(&(mark, long)) = self.family.strings.iter().find(|(mark, _)| rest.starts_with(mark))
            && self.is_string(mark, spaced)
        {
            let documents = self.family.quirk == Quirk::Python && self.is_statement();
            self.at += mark.len();
            self.string(mark, long);
            if documents && self.ends_statement() {
                self.found.push(start..self.at);
            }
            self.last = start..self.at;
        } else if self.family.quirk == Quirk::JavaScript && rest.starts_with('/') && self.is_pattern() {
            self.pattern();
            self.last = start..self.at;
        } else {
            self.code_word();
        }
    }

    /// Whether a string starts at the `mark` here.
    fn is_string(&self, mark: &str, spaced: bool) -> bool {
        let behind = &self.rest()[mark.len()..];
        match self.family.quirk {
            Quirk::Yaml => spaced || matches!(self.before(self.at), ',' | ':'),
            Quirk::Rust if mark == "'" => behind.starts_with('\\') || behind.chars().nth(1) == Some('\''),
            _ => true,
        }
    }

    /// Goes behind the end of the string whose opening `mark` is passed.
    fn string(&mut self, mark: &str, long: bool) {
        let quirk = self.family.quirk;
        let escapes = match quirk {
            Quirk::Shell | Quirk::Yaml => mark != "'",
            Quirk::Go => mark != "`",
            _ => self.family.escapes,
        };
        while let Some(c) = self.rest().chars().next() {
            if c == '\\' && escapes {
                // The hidden character may be any.
                self.at += 1 + self.rest()[1..].chars().next().map_or(0, char::len_utf8);
            } else if self.rest().starts_with(mark) {
                self.at += mark.len();
                if self.family.escapes || !self.rest().starts_with(mark) {
                    return;
                }
                self.at += mark.len();
            } else if c == '\n' && !long {
                return;
            } else if mark == "`" && quirk == Quirk::JavaScript && self.rest().starts_with("${") {
                self.at += 2;
                self.templates.push(self.depth);
                self.depth += 1;
                return;
            } else {
                self.at += c.len_utf8();
            }
        }
    }

    /// Takes a word, a line end, white space or one mark of code.
    fn code_word(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let start = self.at;
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        self.at += if is_word(c) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        match c {
            '\n' => self.line = self.at,
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => {
                self.depth = self.depth.saturating_sub(1);
                if c == '}' && self.templates.last() == Some(&self.depth) {
                    self.templates.pop();
                    self.string("`", true);
                }
            }
            '<' if self.family.quirk == Quirk::Shell
                && self.before(start) != '<'
                && rest.starts_with("<<")
                && !rest.starts_with("<<<") =>
            {
                self.here_document()
            }
            // A backslash hides the mark behind it in a shell's code too.
            '\\' if self.family.quirk == Quirk::Shell => self.at += rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        if !c.is_whitespace() {
            self.last = start..self.at;
        }
    }

    /// Goes behind the text that a shell's `<<WORD` takes from the following lines.
    fn here_document(&mut self) {
        let rest = &self.rest()[1..];
        let named = rest.trim_start_matches('-').trim_start_matches([' ', '\t', '\'', '"', '\\']);
        let word = &named[..named.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(named.len())];
        if word.is_empty() {
            return;
        }
        let mut passed = 0;
        for (number, line) in rest.split_inclusive('\n').enumerate().take(LONGEST_DOCUMENT) {
            passed += line.len();
            if number > 0 && line.trim() == word {
                self.at += 1 + passed;
                return;
            }
        }
        // Without an end it is a shift or a piece of something: it hides nothing.
        self.at += 1;
    }

    /// Whether a `/` starts a pattern: what stands before it cannot be divided.
    fn is_pattern(&self) -> bool {
        let last = &self.code[self.last.clone()];
        let divisible = last
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ')' | ']' | '}' | '"' | '\'' | '`'));
        !divisible
            || matches!(
                last,
                "return" | "typeof" | "case" | "in" | "of" | "delete" | "void" | "throw" | "await" | "yield"
            )
    }

    /// Goes behind a pattern, or behind its first `/` when the line ends before the pattern does.
    fn pattern(&mut self) {
        let (mut in_class, mut hidden) = (false, false);
        for (at, c) in self.rest().char_indices().skip(1).take(LONGEST_PATTERN) {
            match c {
                '\n' => break,
                _ if hidden => hidden = false,
                '\\' => hidden = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    self.at += at + 1;
                    return;
                }
                _ => {}
            }
        }
        self.at += 1;
    }

    /// Whether a string that starts here starts a statement of Python.
    fn is_statement(&self) -> bool {
        let prefix = self.code[self.line..self.at].trim();
        self.depth == 0 && matches!(prefix, "" | "r" | "R" | "u" | "U")
    }

    /// Whether nothing else stands behind the string on its line.
    fn ends_statement(&self) -> bool {
        let line = self.rest().split('\n').next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with(['#', ';'])
    }
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn comments_are_told_from_strings_and_code() {
        for (language, code, expected) in [
            (
                "java",
                "a(\"// no\"); // yes\n/* and\n * this */ b('\"'); // too",
                vec!["// yes", "/* and\n * this */", "// too"],
            ),
            ("java", "String s = \"\"\"\n  // no \" no\n  \"\"\"; // yes", vec!["// yes"]),
            ("java", "a(\"\\\"// no\"); \"open // no\n// yes", vec!["// yes"]),
            ("JavaScript", "x = /https?:\\/\\/['\"]/.test(y) // yes", vec!["// yes"]),
            (
                "js",
                "x = a / b / c // yes '\n`// no ${f(`// no`, {a: '}'}) /* yes */} // no` // too",
                vec!["// yes '", "/* yes */", "// too"],
            ),
            ("ts", "return /[/]\"/ // yes\nlet n = a[1] / 2 // too", vec!["// yes", "// too"]),
            ("go", "s := `\\` // yes\nr := '\"' // too", vec!["// yes", "// too"]),
            ("rust", "fn f<'a>(x: &'a str) { '\"'; '\\'' } // yes", vec!["// yes"]),
            ("c", "#include <x> // yes\nchar c = '\\''; /* too", vec!["// yes", "/* too"]),
            ("php", "# yes\n$a = '# no'; // too", vec!["# yes", "// too"]),
            ("python", "x = '# no' # yes\ny = '''\n# no\n'''", vec!["# yes"]),
            (
                "python",
                "\"\"\"Module.\"\"\"\ndef f():\n    r'''Doc\n    more'''\n    x = \"\"\"no\"\"\"\n    'a word'\n    return (\n        'no'\n    )",
                vec!["\"\"\"Module.\"\"\"", "'''Doc\n    more'''", "'a word'"],
            ),
            ("sql", "SELECT '-- no', 'it''s -- no' -- yes\n/* too */ FROM a-b", vec!["-- yes", "/* too */"]),
            ("yaml", "a: don't # yes\nb: '# no' # too\nc: \"# no\"\nd: x#no\n# last", vec!["# yes", "# too", "# last"]),
            ("bash", "echo ${#a} \"# no\" '# no' a#b # yes\necho \\' # too", vec!["# yes", "# too"]),
            ("sh", "cat <<'EOF'\n# no, don't\nEOF\n# yes\ncat <<< a # too", vec!["# yes", "# too"]),
            ("html", "<a title=\"x\"><!-- yes\n--> // no", vec!["<!-- yes\n-->"]),
            ("ruby", "\"#{a} # no\" # yes", vec!["# yes"]),
            ("klingon", "// no", vec![]),
            ("java", "// été\r\n\"é\\é\"", vec!["// été\r"]),
        ] {
            let found: Vec<&str> = comments(code, language).into_iter().map(|range| &code[range]).collect();
            assert_eq!(found, expected, "{language}: {code}");
        }
    }

    #[test]
    fn any_code_is_taken() {
        let pieces =
            ["'", "\"", "`", "${", "}", "/", "*", "#", "\\", "é", "\n", "<<A", "--", "\"\"\"", "<!--", " ", "a"];
        for language in ["java", "js", "go", "rust", "py", "sh", "yaml", "sql", "html", "php", "tf"] {
            for seed in 0..3_000_usize {
                let (mut code, mut state) = (String::new(), seed);
                for _ in 0..8 {
                    code += pieces[state % pieces.len()];
                    state = state / pieces.len() + state * 7 + 3;
                }
                let mut end = 0;
                for range in comments(&code, language) {
                    assert!(range.start >= end && code.get(range.clone()).is_some(), "{language}: {code:?}");
                    end = range.end;
                }
            }
        }
    }

    /// The cost grows with the length, whatever is opened and never closed.
    #[test]
    fn hostile_code_is_no_danger() {
        for piece in ["/", "\"", "`${", "'", "/*", "#", "'''", "(", "<<A\n", "\\"] {
            for language in ["js", "python", "sh", "rust"] {
                assert!(comments(&piece.repeat(20_000), language).len() <= 20_000);
            }
        }
    }
}
