//! When to look where: events of the file system, as they come, to looks. A save is looked at almost at once, a storm of
//! changes when it is over. A pure function of events and times, so that a test can play any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::workspace::Look;

/// What the file system says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A file was written and closed, or came into its place whole.
    Finished(PathBuf),
    /// A file is being changed, or has been: not every system tells when a program is done with it.
    Touched(PathBuf),
    /// A file or folder is gone from its place.
    Gone(PathBuf),
    /// A folder came or changed, or events were lost.
    Anything,
}

/// How long a file that was finished may still be followed by another event of the same save: a program that writes two
/// files, or a name that changes twice. The last event of a save comes within microseconds (`inotify`).
const FINISHED: Duration = Duration::from_millis(2);
/// How long a file that is being changed is given to be finished, where the system will tell of that and where not.
const TOUCHED: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 300 } else { 50 });
/// How long something that is gone is given to come back: many programs save by taking the old file away.
const GONE: Duration = Duration::from_millis(50);
/// How long to wait where anything may have changed.
const ANYTHING: Duration = Duration::from_millis(10);
/// From so many waiting files on, more are expected: a branch was switched, or a tool is at work.
const STORM: usize = 4;
/// The quiet that ends a storm.
const STORM_QUIET: Duration = Duration::from_millis(40);
/// How long anything waits at most, however much goes on happening.
const LONGEST: Duration = Duration::from_millis(500);
/// After so much quiet a look everywhere makes sure that nothing was missed.
const SURE: Duration = Duration::from_millis(200);

/// The events that wait to be looked at. Times are those since some moment that only the caller knows.
#[derive(Default)]
pub struct Pace {
    /// When each file may be looked at, and whether it is still being written.
    files: BTreeMap<PathBuf, (Duration, bool)>,
    /// When to look everywhere.
    everywhere: Option<Duration>,
    /// When the first of what waits happened, and the last.
    first: Option<Duration>,
    last: Duration,
    /// When to make sure.
    sure: Option<Duration>,
}

impl Pace {
    /// Takes note of what happens at `now`.
    pub fn note(&mut self, now: Duration, happening: Happening) {
        self.first.get_or_insert(now);
        self.last = now;
        match happening {
            Happening::Finished(path) => {
                self.files.insert(path, (now + FINISHED, false));
            }
            Happening::Touched(path) => {
                self.files.insert(path, (now + TOUCHED, true));
            }
            Happening::Gone(path) => {
                self.files.insert(path, (now + GONE, false));
            }
            Happening::Anything => {
                self.everywhere = Some(now + ANYTHING);
            }
        }
    }

    /// Forgets a file that was never a part of the book: a program has used it to save another. Whether it waited.
    pub fn forget(&mut self, path: &Path) -> bool {
        let waited = self.files.remove(path).is_some();
        self.rest();
        waited
    }

    /// What happens next is the first of its kind.
    fn rest(&mut self) {
        if self.files.is_empty() && self.everywhere.is_none() {
            self.first = None;
        }
    }

    /// The files that are still being written.
    #[must_use]
    pub fn unfinished(&self) -> BTreeSet<PathBuf> {
        let files = self.files.iter();
        files.filter(|(_, (_, is_unfinished))| *is_unfinished).map(|(path, _)| path.clone()).collect()
    }

    /// Wants another look everywhere, after a while.
    pub fn make_sure(&mut self, now: Duration) {
        self.sure = Some(now + SURE);
    }

    /// When there is something to do, if nothing else happens.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        self.waiting().into_iter().chain(self.sure).min()
    }

    fn is_storm(&self) -> bool {
        self.files.len() >= STORM
    }

    /// When something that waits may be looked at.
    fn waiting(&self) -> Option<Duration> {
        let files = self.files.values().map(|(due, _)| *due);
        let due = match (self.everywhere, self.is_storm()) {
            // That takes in all files.
            (Some(due), false) => due,
            (None, false) => files.min()?,
            (_, true) => files.max()?.max(self.last + STORM_QUIET),
        };
        Some(due.min(self.first? + LONGEST))
    }

    /// Where to look at `now`; `None` while it is too early.
    pub fn take(&mut self, now: Duration) -> Option<Look> {
        if self.waiting().is_none_or(|due| now < due) {
            return self.sure.take_if(|sure| *sure <= now).map(|_| Look::Everywhere(BTreeSet::new()));
        }
        self.make_sure(now);
        let is_all = self.is_storm() || self.first.is_some_and(|first| first + LONGEST <= now);
        let is_everywhere = self.everywhere.take().is_some();
        let is_ready =
            |(due, is_unfinished): (Duration, bool)| is_all || due <= now || (is_everywhere && !is_unfinished);
        let ready: BTreeSet<PathBuf> =
            self.files.iter().filter(|(_, state)| is_ready(**state)).map(|(path, _)| path.clone()).collect();
        self.files.retain(|path, _| !ready.contains(path));
        self.rest();
        Some(if is_everywhere { Look::Everywhere(ready) } else { Look::At(ready) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    fn at(paths: &[&str]) -> Option<Look> {
        Some(Look::At(paths.iter().map(PathBuf::from).collect()))
    }

    fn everywhere(paths: &[&str]) -> Look {
        Look::Everywhere(paths.iter().map(PathBuf::from).collect())
    }

    /// Plays events, and gives each look with the time at which it is due.
    fn play(events: &[(u64, Happening)]) -> Vec<(u64, Look)> {
        let mut pace = Pace::default();
        let mut looks = Vec::new();
        let mut events = events.iter().cloned().peekable();
        loop {
            let due = pace.due();
            match events.next_if(|(time, _)| due.is_none_or(|due| ms(*time) < due)) {
                Some((time, happening)) => pace.note(ms(time), happening),
                None => {
                    let Some(due) = due else { return looks };
                    looks.push((u64::try_from(due.as_millis()).unwrap(), pace.take(due).expect("it is due")));
                }
            }
        }
    }

    fn finished(path: &str) -> Happening {
        Happening::Finished(path.into())
    }

    fn touched(path: &str) -> Happening {
        Happening::Touched(path.into())
    }

    fn gone(path: &str) -> Happening {
        Happening::Gone(path.into())
    }

    #[test]
    fn a_save_is_looked_at_at_once_and_everywhere_when_it_is_quiet() {
        let looks = play(&[(0, touched("a")), (0, touched("a")), (1, finished("a"))]);
        assert_eq!(looks, [(3, at(&["a"]).unwrap()), (203, everywhere(&[]))]);
    }

    #[test]
    fn a_file_that_nobody_finishes_is_looked_at_after_a_while() {
        let after = u64::try_from(TOUCHED.as_millis()).unwrap();
        assert_eq!(play(&[(0, touched("a")), (30, touched("a"))])[0], (30 + after, at(&["a"]).unwrap()));
    }

    #[test]
    fn a_file_that_is_saved_by_taking_the_old_one_away_was_never_gone() {
        let looks = play(&[(0, gone("a")), (5, finished("a"))]);
        assert_eq!(looks[0], (7, at(&["a"]).unwrap()));
        assert_eq!(play(&[(0, gone("a"))])[0], (50, at(&["a"]).unwrap()));
    }

    #[test]
    fn a_storm_is_one_look_when_it_is_over() {
        let names: Vec<String> = (0..300).map(|number| format!("{number:03}")).collect();
        let events: Vec<(u64, Happening)> =
            names.iter().enumerate().map(|(index, name)| (index as u64 / 2, finished(name))).collect();
        let looks = play(&events);
        assert_eq!(looks.iter().filter(|(_, look)| matches!(look, Look::At(_))).count(), 1, "{looks:?}");
        assert_eq!(looks[0].0, 149 + 40);
    }

    #[test]
    fn nothing_waits_for_ever() {
        let events: Vec<(u64, Happening)> = (0..100).map(|tick| (tick * 20, touched("log"))).collect();
        let looks = play(&events);
        assert!(looks.iter().any(|(time, _)| *time <= 500), "{looks:?}");
    }

    #[test]
    fn a_new_folder_is_looked_into_and_once_more() {
        let looks = play(&[(0, Happening::Anything), (0, finished("b/c"))]);
        assert_eq!(looks, [(10, everywhere(&["b/c"])), (210, everywhere(&[]))]);
    }

    #[test]
    fn a_save_through_another_file_does_not_wait_for_that() {
        let mut pace = Pace::default();
        pace.note(ms(0), touched("a.new"));
        pace.note(ms(1), finished("a.new"));
        pace.forget(Path::new("a.new"));
        pace.note(ms(1), finished("a"));
        pace.note(ms(1), gone("b"));
        assert_eq!((pace.take(ms(3)), pace.due()), (at(&["a"]), Some(ms(51))));
        assert_eq!(pace.take(ms(51)), at(&["b"]));
    }

    #[test]
    fn what_is_being_written_stays_as_it_was_while_others_are_looked_at() {
        let mut pace = Pace::default();
        pace.note(ms(0), touched("a"));
        pace.note(ms(1), finished("b"));
        assert_eq!(pace.take(ms(3)), at(&["b"]));
        assert_eq!(pace.unfinished(), BTreeSet::from(["a".into()]));
        pace.note(ms(4), Happening::Anything);
        pace.note(ms(4), finished("b"));
        assert_eq!(pace.take(ms(14)), Some(everywhere(&["b"])));
        assert_eq!(pace.unfinished(), BTreeSet::from(["a".into()]));
        pace.note(ms(20), finished("a"));
        assert_eq!((pace.take(ms(22)), pace.unfinished()), (at(&["a"]), BTreeSet::new()));
    }

    #[test]
    fn what_was_forgotten_hurries_nothing_later() {
        let mut pace = Pace::default();
        pace.note(ms(0), touched("a.new"));
        assert!(pace.forget(Path::new("a.new")) && !pace.forget(Path::new("a.new")));
        pace.note(ms(2_000), gone("a"));
        assert_eq!(pace.take(ms(2_001)), None);
        assert_eq!(pace.due(), Some(ms(2_050)));
    }

    #[test]
    fn it_is_never_early() {
        let mut pace = Pace::default();
        pace.note(ms(0), finished("a"));
        assert_eq!(pace.take(ms(1)), None);
        assert_eq!(pace.take(ms(2)), at(&["a"]));
        assert_eq!(pace.take(ms(3)), None);
        assert_eq!(pace.due(), Some(ms(202)));
    }
}
