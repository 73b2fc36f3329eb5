//! The history of the book to the day on which each file was changed last, by one `git log`. Only a whole history tells: in
//! a shallow clone every file is as old as the clone.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use crate::base::path::BookPath;
use crate::base::process::{self, Call, Halt, Limits};

/// The day on which a file was changed last, `2026-11-26`, in the time zone of whoever committed it.
pub type Dates = BTreeMap<BookPath, String>;

/// What precedes a date among the names of files, none of which can hold it.
const MARK: char = '\u{1}';

/// What reading a history may take.
const LIMITS: Limits = Limits { time: Duration::from_mins(1), output: 256 << 20 };

/// The dates of the files in the folder `src` of the book at `root`.
///
/// # Errors
///
/// There is no history to read, and why.
pub fn dates(root: &Path, src: &BookPath) -> Result<Dates, String> {
    let git = process::find("git").ok_or("there is no git here")?;
    let ask = |arguments: &[&str]| {
        // Its own settings may start programs, and what is asked here needs none of them.
        let own = ["-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-optional-locks", "--no-pager"];
        let arguments: Vec<OsString> = own.iter().chain(arguments).map(Into::into).collect();
        // Whose repositories may be read stands in the caller's own settings.
        let call = Call { program: &git, arguments, folder: root, environment: None, limits: LIMITS };
        let ended = process::run(&call, &Halt::default()).map_err(|error| error.to_string())?;
        if ended.is_success() && ended.left_out == 0 {
            return Ok(ended.output);
        }
        let said = ended.output.lines().next().unwrap_or("it does not answer");
        let is_outside = said.contains("not a git repository");
        Err(if is_outside { "the book is in no git repository".to_owned() } else { format!("git: {said}") })
    };
    if ask(&["rev-parse", "--is-shallow-repository"])?.trim() == "true" {
        return Err("this is a shallow clone, whose history is cut off".to_owned());
    }
    let folder = if src.as_str().is_empty() { "." } else { src.as_str() };
    let format = format!("--format={MARK}%cs");
    ask(&["log", &format, "--name-only", "-z", "--no-renames", "--relative", "--", folder]).map(|log| read(&log))
}

/// What `git log -z` says. Dates need not fall from one commit to the next.
fn read(log: &str) -> Dates {
    let mut dates = Dates::new();
    let mut date = "";
    for token in log.split('\0').map(|token| token.trim_start_matches('\n')) {
        if let Some(day) = token.strip_prefix(MARK) {
            date = day;
        } else if let Some(path) = BookPath::new(token).filter(|path| *path != BookPath::ROOT) {
            let known = dates.entry(path).or_default();
            if known.as_str() < date {
                date.clone_into(known);
            }
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_day_counts() {
        let log = "\u{1}2026-11-20\0\nguide/a.md\0guide/ü b.md\0\u{1}2026-11-26\0\nguide/a.md\0\u{1}2026-11-01\0\nguide/a.md\0";
        let dates = read(log);
        let of = |path: &str| dates.get(&BookPath::new(path).unwrap()).map(String::as_str);
        assert_eq!(of("guide/a.md"), Some("2026-11-26"));
        assert_eq!(of("guide/ü b.md"), Some("2026-11-20"));
        assert_eq!(read(""), Dates::new());
    }
}
