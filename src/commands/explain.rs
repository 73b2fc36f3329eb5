//! `prepbook explain`: a code to its explanation, an area or nothing to a table of codes.
//!
//! What there is to say stands in `docs/codes`; only how it looks in a terminal is decided here.

use std::fmt::Write as _;

use super::print;
use crate::base::error::{Error, Result};
use crate::base::nearest::nearest;
use crate::diagnostic::{Code, Level};

/// Prints what is known of `topic`, which may be pasted from a message; without one, a table of all codes.
pub fn run(topic: Option<&str>) -> Result<bool> {
    let name = topic.map(pasted).unwrap_or_default();
    if let Some(code) = Code::parse(&name) {
        return print(&explanation(code)).map(|()| true);
    }
    let area: Vec<Code> = Code::ALL.iter().copied().filter(|code| name.is_empty() || area_of(*code) == name).collect();
    if area.is_empty() {
        return Err(unknown(&name));
    }
    print(&table(&area)).map(|()| true)
}

/// The name in `error[link/missing-page]: …`, in lower case; an area may end with its slash.
fn pasted(topic: &str) -> String {
    let inside = topic.split_once('[').map_or(topic, |(_, rest)| rest.split(']').next().unwrap_or(rest));
    inside.trim_matches(|c: char| c.is_whitespace() || "`'\"/:".contains(c)).to_lowercase()
}

fn area_of(code: Code) -> &'static str {
    code.name().split('/').next().unwrap_or("")
}

fn unknown(name: &str) -> Error {
    let second = |code: &Code| code.name().rsplit('/').next() == Some(name);
    let near = Code::ALL.iter().find(|code| second(code)).map(|code| code.name());
    let names = Code::ALL.iter().flat_map(|&code| [area_of(code), code.name()]);
    let help = match near.or_else(|| nearest(name, names)) {
        Some(near) => format!("nearest is `{near}`"),
        None => "`prepbook explain` lists all codes".to_owned(),
    };
    Error::new(format!("there is no code `{}`", name.escape_debug())).with_help(help)
}

/// One line for each code, with a blank line between areas.
fn table(codes: &[Code]) -> String {
    let width = codes.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let mut out = String::new();
    let mut area = codes.first().copied().map(area_of);
    for &code in codes {
        if area.replace(area_of(code)) != Some(area_of(code)) {
            out.push('\n');
        }
        let level = styled(colour(code.default_level()), &format!("{:7}", code.default_level().word()));
        let _ = writeln!(out, "{}  {level}  {}", styled(BOLD, &format!("{:width$}", code.name())), code.meaning());
    }
    out
}

fn explanation(code: Code) -> String {
    let level = code.default_level();
    let name = styled(BOLD, code.name());
    let level = styled(colour(level), level.word());
    // It opens with what the code means.
    format!("{name}: {level} by default\n\n{}", terminal(code.explanation()))
}

/// An explanation as it reads well in a terminal: without its title and the targets of links, headings
/// and names of files highlighted, examples indented instead of fenced. Lines stay as they are broken.
fn terminal(markdown: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<&str> = None;
    let mut lines = markdown.lines().skip_while(|line| line.starts_with("# ") || line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        if let Some(open) = fence {
            match line == open {
                true => fence = None,
                false if line.is_empty() => out.push('\n'),
                false => out.extend(["    ", line, "\n"]),
            }
        } else if marks.len() >= 3 {
            fence = Some(marks);
        } else if let Some(heading) = line.strip_prefix("## ") {
            out.extend([&styled(BOLD, heading), "\n"]);
        } else if let Some(path) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) {
            out.extend([&styled(CYAN, path), "\n"]);
            // The example's indentation sets it off already.
            lines.next_if_eq(&"");
        } else {
            out.extend([&without_targets(line), "\n"]);
        }
    }
    out
}

/// A line of prose with `[text](target)` as its text alone; code spans stay as they are.
fn without_targets(line: &str) -> String {
    let link = |text: &str| {
        let (before, rest) = text.split_once('[')?;
        let (words, rest) = rest.split_once("](")?;
        let (_, after) = rest.split_once(')')?;
        Some(format!("{before}{words}{after}"))
    };
    let prose = |(index, part): (usize, &str)| {
        let mut part = part.to_owned();
        while index % 2 == 0
            && let Some(shorter) = link(&part)
        {
            part = shorter;
        }
        part
    };
    line.split('`').enumerate().map(prose).collect::<Vec<_>>().join("`")
}

const BOLD: &str = "1";
const CYAN: &str = "36";

fn colour(level: Level) -> &'static str {
    match level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Note => "1;32",
        Level::Off => "2",
    }
}

/// `text` in a style of ECMA-48's SGR; anstream takes it out where no terminal shows it.
fn styled(style: &str, text: &str) -> String {
    format!("\u{1b}[{style}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_pasted() {
        for topic in
            ["link/draft", "LINK/Draft", "error[link/draft]: x", "[link/draft]", "`link/draft`", " link/draft: "]
        {
            assert_eq!(pasted(topic), "link/draft", "{topic}");
        }
        assert_eq!(pasted("link/"), "link");
    }

    #[test]
    fn examples_are_indented_and_keep_their_own_fences() {
        let markdown = "# a/b\n\nWords with `[code]()`, [links](c.md)\nand [more](d.md).\n\n## Failing\n\n`a.md`:\n\n````markdown\n```sh\n\nls\n```\n````\n\nEnd.\n";
        let plain = terminal(markdown).replace("\u{1b}[0m", "").replace("\u{1b}[1m", "").replace("\u{1b}[36m", "");
        assert_eq!(
            plain,
            "Words with `[code]()`, links\nand more.\n\nFailing\n\na.md\n    ```sh\n\n    ls\n    ```\n\nEnd.\n"
        );
    }
}
