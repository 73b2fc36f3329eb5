//! `prepbook new`: a new file of a book.

use std::path::Path;

use super::{Output, require_book};
use crate::base::error::{Error, Result};
use crate::base::files;
use crate::base::files::Reader;
use crate::base::path::BookPath;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::order;

/// Makes a page at `path`, from the source folder (a path from the book's root works too).
pub fn page(root: &Path, path: &str, output: Output) -> Result<bool> {
    require_book(root)?;
    let config = Config::load(root, Reader::default(), &mut Diagnostics::default())?;
    let outside =
        || Error::new(format!("{path} is not a place in the book")).with_help("name a file below the source folder");
    let plain = !path.starts_with('/') && !path.ends_with('/');
    let named = BookPath::new(path).filter(|named| plain && *named != BookPath::ROOT).ok_or_else(outside)?;
    let inside = if named.is_within(&config.src) { named } else { config.src.join(path).ok_or_else(outside)? };
    let page = match inside.extension() {
        "md" => inside,
        _ => BookPath::new(&format!("{inside}.md")).ok_or_else(outside)?,
    };
    let name = if page.stem().eq_ignore_ascii_case("readme") {
        page.parent().name().to_owned()
    } else {
        page.stem().to_owned()
    };
    let title = order::title(&order::split(&name).rest);
    let quoted = serde_json::to_string(&title).expect("a string is JSON, and JSON strings are YAML");
    let text = format!("---\ntitle: {quoted}\ndescription: \"\"\n---\n\n# {title}\n\n");
    files::write_new(&page.to_os(root), text.as_bytes())?;
    output.say(format_args!("made {}", page.to_os(root).display()));
    Ok(true)
}
