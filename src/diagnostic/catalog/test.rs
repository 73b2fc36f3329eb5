//! What is wrong with the guide's code when it is run.

use crate::diagnostic::{Code, Diagnostic, Place};

pub fn test_failed(place: Place, what: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::TestFailed, place, format!("{what} fails: {why}"))
}

pub fn test_timeout(place: Place, what: &str, seconds: u64) -> Diagnostic {
    Diagnostic::new(Code::TestTimeout, place, format!("{what} had not ended after {seconds} s, and was stopped"))
        .help("let it do less, or raise `timeout` under [test] in book.toml")
}

pub fn test_does_not_compile(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::TestDoesNotCompile, place, format!("this does not compile: {why}"))
}

pub fn test_compiler_warning(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(Code::TestCompilerWarning, place, format!("the compiler warns: {what}"))
}

pub fn test_language_not_run(place: Place, language: Option<&str>, known: &str) -> Diagnostic {
    let what = language.map_or("a sample without a language".to_owned(), |language| format!("`{language}`"));
    Diagnostic::new(Code::TestNotRun, place, format!("marked `run`, but {what} cannot be run"))
        .help(format!("what can be run is {known}; for anything else take `run` away"))
}

pub fn test_file_not_run(place: Place, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::TestNotRun, place, format!("named like a test, but {why}")).help(help)
}

pub fn test_skipped(place: Place, name: &str, why: &str) -> Diagnostic {
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    Diagnostic::new(Code::TestSkipped, place, format!("the test `{name}` is skipped{why}"))
}

pub fn test_runner_missing(place: Place, why: &str, skipped: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::TestRunnerMissing, place, format!("{why}: {skipped} not run")).help(help)
}

pub fn test_unpinned(place: Place, requirement: &str) -> Diagnostic {
    Diagnostic::new(Code::TestUnpinned, place, format!("`{requirement}` does not name one version: not installed"))
        .help("write name==version, and what it needs itself in lines of its own, as `pip freeze` prints them")
}

impl Diagnostic {
    /// With the place of the test that went through this one.
    #[must_use]
    pub fn in_test(self, test: Place) -> Self {
        self.note(test, "in this test")
    }

    /// With the place of the fence that shows this code.
    #[must_use]
    pub fn shown_by(self, fence: Place) -> Self {
        self.note(fence, "run because this block shows it")
    }
}
