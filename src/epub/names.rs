//! Ids of a page to ids of XHTML, and files to their media types.

/// An id of a page as XHTML has it: a name of XML without colons. What is none gets its beginning, and its other characters
/// as numbers, so that two ids stay two.
#[must_use]
pub fn id(id: &str) -> String {
    const START: &str = "x.";
    if is_name(id) && !id.starts_with(START) {
        return id.to_owned();
    }
    let mut name = START.to_owned();
    for c in id.chars() {
        if is_inside(c) && c != '.' { name.push(c) } else { name.push_str(&format!(".{:x}.", u32::from(c))) }
    }
    name
}

/// Whether `text` is a name without colons (Namespaces in XML 1.0, section 3).
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.starts_with(is_first) && text.chars().all(is_inside)
}

fn is_first(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn is_inside(c: char) -> bool {
    is_first(c) || matches!(c, '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The media type of a picture that every reading system shows (EPUB 3.3, section 3.2), by its name.
#[must_use]
pub fn picture(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "gif" => "image/gif",
        "jpeg" | "jpg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_names_and_stay_apart() {
        let ids = ["a", "é-1", "Fn-a", "q.title", "1-a", "a:b", "x.a", "", "a.b c", "x..61.", "a b"];
        let names = ids.map(id);
        assert_eq!(names[..5].join(" "), "a é-1 Fn-a q.title x.1-a");
        let mut sorted = names.to_vec();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), ids.len(), "{names:?}");
        assert!(names.iter().all(|name| is_name(name)), "{names:?}");
    }

    #[test]
    fn pictures_are_known_by_their_names() {
        assert_eq!([picture("a.PNG"), picture("a.b.svg")], [Some("image/png"), Some("image/svg+xml")]);
        assert_eq!([picture("a.avif"), picture("png")], [None, None]);
    }
}
