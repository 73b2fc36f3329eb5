//! What is wrong with a file of the book, whatever it holds.

use crate::diagnostic::{Code, Diagnostic, Place};

pub fn name_not_utf8(place: Place) -> Diagnostic {
    Diagnostic::new(Code::FileNameNotUtf8, place, "this name is not valid UTF-8, so it has no address")
        .help("rename the file")
}

pub fn not_utf8(place: Place, offset: usize, line: usize, utf16: bool) -> Diagnostic {
    let message = format!("not valid UTF-8: byte {} on line {line}", offset + 1);
    Diagnostic::new(Code::FileNotUtf8, place, message).help(if utf16 {
        "it looks like UTF-16: save it as UTF-8"
    } else {
        "save it as UTF-8"
    })
}

pub fn unreadable(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, place, format!("cannot be read: {why}"))
}

pub fn symlink(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileSymlink, place, format!("this symbolic link {why}"))
        .help("put the file itself into the book, or link to a file inside it")
}

pub fn reserved_name(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(Code::FileReservedName, place, format!("this name {why}")).help("rename it")
}

pub fn case_clash(place: Place, other: Place) -> Diagnostic {
    Diagnostic::new(Code::FileCaseClash, place, "this name differs from another only in case")
        .note(other, "the other one")
        .help("rename one of them: macOS and Windows take both for one")
}

pub fn accent_clash(place: Place, other: Place) -> Diagnostic {
    let message = "this name differs from another only in how its accents are encoded";
    Diagnostic::new(Code::FileCaseClash, place, message)
        .note(other, "the other one")
        .help("rename one of them: macOS takes both for one")
}
