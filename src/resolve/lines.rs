//! The lines of a source file, and where its regions are: found once, however many fences show a part of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::base::path::BookPath;
use crate::model::source::Source;

/// The lines of the files that fences show, put together when first asked for.
pub struct FileLines<'a> {
    texts: &'a BTreeMap<BookPath, Source>,
    lines: OnceLock<HashMap<&'a BookPath, OnceLock<Lines<'a>>>>,
}

impl<'a> FileLines<'a> {
    /// The lines of `texts`.
    #[must_use]
    pub fn new(texts: &'a BTreeMap<BookPath, Source>) -> Self {
        Self { texts, lines: OnceLock::new() }
    }

    /// The lines of the file `source`.
    pub fn of(&self, source: &'a Source) -> &Lines<'a> {
        let of_files = || self.texts.keys().map(|path| (path, OnceLock::new())).collect();
        let lines = self.lines.get_or_init(of_files).get(&source.path).expect("a text of those it was made of");
        lines.get_or_init(|| Lines::new(source.text.trim_start_matches('\u{feff}')))
    }
}

/// The lines of one file.
pub struct Lines<'a> {
    /// Without their ends.
    pub all: Vec<&'a str>,
    regions: HashMap<&'a str, Region>,
}

/// The lines between the two comments that mark a region: the first of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The index of the line behind the first comment.
    pub start: usize,
    /// The index of the last comment, if there is one.
    pub end: Option<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut all = Vec::new();
        let mut rest = text;
        // A `\r` alone ends a line, as in the editors that write it.
        while !rest.is_empty() {
            let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let end = if rest[length..].starts_with("\r\n") { length + 2 } else { (length + 1).min(rest.len()) };
            all.push(&rest[..length]);
            rest = &rest[end..];
        }
        let regions = regions(&all);
        Self { all, regions }
    }

    /// The region of that name.
    pub fn region(&self, name: &str) -> Option<Region> {
        self.regions.get(name).copied()
    }

    /// The names of its regions, sorted.
    pub fn region_names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = self.regions.keys().copied().collect();
        names.sort_unstable();
        names
    }
}

fn regions<'a>(lines: &[&'a str]) -> HashMap<&'a str, Region> {
    let mut regions: HashMap<&str, Region> = HashMap::new();
    // The names that are open, innermost last, and whether it is one that had been there before. An end with
    // a name may close one that is not the innermost, so what is in here may have ended.
    let mut open: Vec<(&str, bool)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let closed = match marker(line) {
            Some(Marker::Start(name)) => {
                open.push((name, regions.contains_key(name)));
                regions.entry(name).or_insert(Region { start: index + 1, end: None });
                None
            }
            Some(Marker::End(Some(name))) => {
                let ended = |name: &str| regions.get(name).is_some_and(|region| region.end.is_some());
                open.pop_if(|last| *last == (name, true) && ended(name));
                Some(name)
            }
            // An end without a name closes the innermost region.
            Some(Marker::End(None)) => {
                while open.pop_if(|(name, again)| !*again && regions[name].end.is_some()).is_some() {}
                open.pop().filter(|(_, again)| !again).map(|(name, _)| name)
            }
            None => None,
        };
        if let Some(region) = closed.and_then(|name| regions.get_mut(name)) {
            region.end.get_or_insert(index);
        }
    }
    regions
}

/// A comment line that starts or ends a region.
#[derive(Debug, PartialEq, Eq)]
pub enum Marker<'a> {
    /// Of that name.
    Start(&'a str),
    /// Of that name, or the innermost.
    End(Option<&'a str>),
}

/// A comment line that starts or ends a region: `# region x`, `//#region x`, `<!-- region: x -->`, or
/// mdBook's `ANCHOR: x` and `ANCHOR_END: x`.
pub fn marker(line: &str) -> Option<Marker<'_>> {
    let text = line.trim();
    let comment = text.trim_start_matches(['/', '#', '-', '<', '!', '*', ';', '%', ' ', '\t']);
    if comment.len() == text.len() {
        return None;
    }
    let comment = comment.trim_end_matches(['>', '-', '*', '/', ' ', '\t']);
    let (word, rest) = comment.split_at(comment.find([' ', ':']).unwrap_or(comment.len()));
    let name = rest.trim_start_matches([':', ' ']);
    let one_word = !name.is_empty() && !name.contains(char::is_whitespace);
    match word {
        "region" | "ANCHOR" if one_word => Some(Marker::Start(name)),
        "endregion" | "ANCHOR_END" if one_word => Some(Marker::End(Some(name))),
        "endregion" if name.is_empty() => Some(Marker::End(None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Marker, Region, marker};

    #[test]
    fn region_comments_of_many_languages() {
        for line in
            ["# region x", "    //#region x", "<!-- region: x -->", "-- region x", "/* region x */", "// ANCHOR: x"]
        {
            assert_eq!(marker(line), Some(Marker::Start("x")), "{line}");
        }
        assert_eq!(marker("# endregion x"), Some(Marker::End(Some("x"))));
        assert_eq!(marker("//#endregion"), Some(Marker::End(None)));
        for line in ["region x", "# region of interest here", "# regional x", "x = 1  # region y", ""] {
            assert_eq!(marker(line), None, "{line}");
        }
    }

    #[test]
    fn regions_nest_overlap_and_may_stay_open() {
        let text =
            "# region a\n# region b\n1\r# endregion a\r\n2\n# endregion b\n# region c\n# region d\n# endregion\n";
        let lines = Lines::new(text);
        assert_eq!((lines.all.len(), lines.all[2], lines.all[4]), (9, "1", "2"));
        let region = |start, end| Some(Region { start, end });
        assert_eq!(lines.region("a"), region(1, Some(3)));
        assert_eq!(lines.region("b"), region(2, Some(5)));
        assert_eq!(lines.region("c"), region(7, None));
        assert_eq!(lines.region("d"), region(8, Some(8)));
        assert_eq!(lines.region("e"), None);
        assert_eq!(lines.region_names(), ["a", "b", "c", "d"]);
        let twice = Lines::new("// region a\n// region a\n// endregion\n1\n// endregion\n");
        assert_eq!(twice.region("a"), region(1, Some(4)));
    }
}
