//! Scripts without the comments that have lines of their own: types and reasons, which nobody's browser needs.

/// The script without comments that fill whole lines. A comment with code before or behind it stays, and so does one that
/// starts with `/*!`, as licences do. A text over several lines must have none that looks like a comment.
pub fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut inside = false;
    for line in script.split_inclusive('\n') {
        let bare = line.trim();
        let starts = bare.starts_with("/*") && !bare.starts_with("/*!");
        if !inside && !starts {
            kept.push_str(line);
            continue;
        }
        let from = if inside { 0 } else { 2 };
        match bare[from..].find("*/") {
            None => inside = true,
            Some(at) if from + at + 2 == bare.len() => inside = false,
            // Code follows: what was left out is the comment alone.
            Some(at) => {
                kept.push_str(if inside { &bare[from + at + 2..] } else { line.trim_end_matches(['\r', '\n']) });
                kept.push('\n');
                inside = false;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn whole_lines_go_and_all_else_stays() {
        let script = "/* A file\n   of scripts. */\n(function () {\n  /** @type {number} */\n  const a = /** @type {any} */ (1); // one\n\
                      \x20 /** @param {string} b */ const c = (b) => b; /* why */\n  /** two\n   lines */ a(\"/* no */\");\n\
                      \x20 // a line\n  const d = 4 /* five */ / 2;\n})();\n/*! licence */\n/**/\nlast()";
        let expected = "(function () {\n  const a = /** @type {any} */ (1); // one\n\
                        \x20 /** @param {string} b */ const c = (b) => b; /* why */\n a(\"/* no */\");\n\
                        \x20 // a line\n  const d = 4 /* five */ / 2;\n})();\n/*! licence */\nlast()";
        assert_eq!(without_comments(script), expected);
    }
}
