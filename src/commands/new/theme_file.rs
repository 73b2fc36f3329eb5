//! `prepbook new theme-file`: a file of the built-in theme in the book's own, to be changed there; and a file of strings for
//! another language, with every English text as a comment.

use std::path::Path;

use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::commands::{Output, require_book};
use crate::pipeline::{self, BUILT_IN, Options};

/// The English texts.
const ENGLISH: &str = "strings/en.toml";

/// Copies the file at `path` of the built-in theme, such as `templates/partials/footer.html`.
pub fn run(root: &Path, path: &str, output: Output) -> Result<bool> {
    require_book(root)?;
    let derived = pipeline::derive(&Options { root: root.to_owned(), ..Options::default() })?;
    let theme = &derived.theme.folder;
    let named = path.strip_prefix(&format!("{theme}/")).unwrap_or(path);
    let find = |name: &str| BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes);
    let bytes = match find(named) {
        Some(bytes) if named != ENGLISH => bytes.to_vec(),
        _ if is_strings(named) => commented(find(ENGLISH).unwrap_or_default()),
        _ => {
            let near = nearest(named, BUILT_IN.iter().map(|(known, _)| *known));
            let help =
                near.map_or("they are listed in docs/theming.md".to_owned(), |near| format!("nearest is {near}"));
            return Err(Error::new(format!("the built-in theme has no file {named}")).with_help(help));
        }
    };
    let file = BookPath::new(&format!("{theme}/{named}")).unwrap_or_default().to_os(root);
    if file.exists() {
        return Err(Error::new(format!("{} is there already", file.display())));
    }
    files::check_below(root, &file)?;
    files::write_new(&file, &bytes)?;
    output.say(format_args!("made {}", file.display()));
    Ok(true)
}

/// Whether this is the name of a language's file.
fn is_strings(path: &str) -> bool {
    let tag = path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".toml"));
    tag.is_some_and(|tag| tag.len() > 1 && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// The English texts as comments, so that what is not translated yet is still missing; tables stay.
fn commented(english: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(english);
    let line = |line: &str| {
        let is_text = line.contains(" = ") && !line.starts_with('#');
        if is_text { format!("# {line}\n") } else { format!("{line}\n") }
    };
    text.lines().filter(|line| !line.starts_with("direction")).map(line).collect::<String>().into_bytes()
}
