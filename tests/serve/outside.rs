//! Nothing is served but the book, however it is asked for.

use std::fs;

use super::client::{STUCK, talk};
use super::server::{Served, small_book};

/// What stands in every file that must never be served.
const CANARY: &str = "the canary sings";

/// A book with files in it and beside it that are none of anybody's business.
fn served() -> Served {
    let mut files = small_book();
    for path in [
        ".env",
        "secret.txt",
        "guide/.env",
        "guide/.git/config",
        "guide/.prepbook/manifest",
        "guide/.prepbook/manifest.json",
        "guide/x.md~",
        "guide/.hidden/a.md",
        "guide/#x.md#",
        "book/index.html",
        "book/canary.txt",
    ] {
        files.insert(path.into(), CANARY.into());
    }
    let served = Served::book(&files);
    fs::write(served.root.parent().expect("it is in a folder").join("canary.txt"), CANARY).expect("it can be written");
    served
}

/// What comes back, be it an answer or an end; it is never a secret, and never nothing at all.
fn reply(served: &Served, line: &[u8]) -> Vec<u8> {
    let shown = String::from_utf8_lossy(line).into_owned();
    let head = format!("\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", served.port);
    let reply = talk(served.port, &[line, head.as_bytes()].concat())
        .unwrap_or_else(|error| panic!("{shown}: nothing for {STUCK:?} ({error})"));
    let text = String::from_utf8_lossy(&reply);
    assert!(!text.contains(CANARY) && !text.contains("root:x:"), "{shown}: {text}");
    reply
}

/// That a target is refused, or is nothing.
fn is_nothing(served: &Served, target: &str) {
    let reply = reply(served, format!("GET {target} HTTP/1.1").as_bytes());
    let text = String::from_utf8_lossy(&reply);
    let status = text.split(' ').nth(1).unwrap_or("");
    assert!(matches!(status, "" | "400" | "403" | "404"), "{target}: {text}");
}

#[test]
fn no_path_leads_out_of_the_book() {
    let served = served();
    for up in
        ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..%00", "..;", "...", "..%c0%af", "%c0%ae%c0%ae", "..%2f.."]
    {
        for slash in ["/", "//", "%2f", "%2F", "\\", "%5c", "%5C", "/./"] {
            for rest in ["canary.txt", "secret.txt", "book/canary.txt", "etc/passwd"] {
                is_nothing(&served, &format!("/{up}{slash}{rest}"));
                is_nothing(&served, &format!("/reading{slash}{up}{slash}{up}{slash}{rest}"));
            }
        }
    }
    served.is_well();
}

#[test]
fn a_path_of_the_machine_is_none_of_the_book() {
    let served = served();
    let canary = served.root.with_file_name("canary.txt").display().to_string();
    for path in ["/etc/passwd", &canary] {
        for target in [
            path.to_owned(),
            format!("/{path}"),
            format!("//{path}"),
            format!("/{}", path.replace('/', "%2f")),
            format!("http://127.0.0.1{path}"),
            format!("http://127.0.0.1/{path}"),
            format!("file://{path}"),
            format!("/C:{path}"),
            format!("/index.html{path}"),
            format!("/notes.txt{path}"),
        ] {
            is_nothing(&served, &target);
        }
    }
    served.is_well();
}

#[test]
fn hidden_files_and_copies_of_editors_are_not_served() {
    let served = served();
    for path in [
        ".env",
        ".git/config",
        ".git",
        ".git/",
        ".prepbook/manifest",
        ".prepbook/manifest.json",
        "x.md~",
        ".hidden/a.md",
        ".hidden/a.html",
        ".hidden/a",
        ".hidden",
        "hidden/a.html",
        "x.md",
        "x.html",
        "%23x.md%23",
        "secret.txt",
        "book.toml",
        "book/index.html",
        "book/canary.txt",
        "themes/handbook/theme.toml",
    ] {
        for prefix in ["/", "//", "/./", "/guide/", "/%67uide/", "/reading/../", "/GUIDE/"] {
            for target in [format!("{prefix}{path}"), format!("{prefix}{}", path.replace('.', "%2e"))] {
                is_nothing(&served, &target);
            }
        }
        is_nothing(&served, &format!("/{path}%00.html"));
        is_nothing(&served, &format!("/{path}/."));
        is_nothing(&served, &format!("http://localhost/{path}"));
    }
    served.is_well();
}

#[test]
fn characters_that_no_address_has_are_refused() {
    let served = served();
    for target in [
        "/%00",
        "/notes.txt%00",
        "/notes.txt%00.html",
        "/%0a",
        "/%0d%0aX:%20y",
        "/%7f",
        "/%1b",
        "/%ff",
        "/%c3",
        "/%",
        "/%4",
        "/%zz",
        "/%u002e",
        "notes.txt",
        "*",
        "?",
        "#",
        "\\notes.txt",
        "/\\notes.txt",
    ] {
        is_nothing(&served, target);
    }
    for line in [
        "GET /ü HTTP/1.1".as_bytes(),
        b"GET /\xff\xfe HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET /notes.txt\x00 HTTP/1.1",
        b"GET /\x01\x1b[31m HTTP/1.1",
        b"GET /a\tb HTTP/1.1",
        b"GET /a b HTTP/1.1",
        b"GET  / HTTP/1.1",
        b"GET\t/\tHTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET",
        b"GET /",
        b"GET / HTTP/9.9",
        b"GET / http/1.1",
        b"/",
        b"",
        b" ",
        b"\x00",
    ] {
        let reply = reply(&served, line);
        let text = String::from_utf8_lossy(&reply);
        let is_refused = reply.is_empty() || text.starts_with("HTTP/1.1 4") || text.starts_with("HTTP/1.1 5");
        assert!(is_refused, "{}: {text}", String::from_utf8_lossy(line));
    }
    served.is_well();
}

#[test]
fn an_address_has_8_kilobytes_at_most() {
    let served = served();
    let target = |length: usize| format!("/{}", "a".repeat(length - 1));
    assert_eq!(served.get(&target(8 * 1024)).status, 404);
    assert_eq!(served.get(&target(8 * 1024 + 1)).status, 414);
    assert_eq!(served.get(&target(60 * 1024)).status, 414);
    assert_eq!(served.get(&format!("/?{}", target(8 * 1024))).status, 414);
    served.is_well();
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;
    use crate::server::{LONG, within};

    #[test]
    fn a_link_that_leads_out_of_the_book_is_not_followed() {
        let files = small_book();
        let scratch = crate::common::scratch();
        let root = scratch.path().join("book");
        crate::common::write(&root, &files, false);
        let outside = scratch.path().join("outside");
        fs::create_dir(&outside).unwrap();
        for name in ["canary.txt", "page.md", "page.html"] {
            fs::write(outside.join(name), CANARY).unwrap();
            symlink(outside.join(name), root.join("guide").join(format!("link-{name}"))).unwrap();
            symlink(format!("../../outside/{name}"), root.join("guide").join(format!("up-{name}"))).unwrap();
        }
        symlink(&outside, root.join("guide/folder")).unwrap();
        symlink("/etc/passwd", root.join("guide/passwd.txt")).unwrap();
        let served = Served::folder(&root, crate::server::command());
        for name in ["canary.txt", "page.md", "page.html"] {
            for prefix in ["link-", "up-", "folder/", "guide/link-", "folder//"] {
                is_nothing(&served, &format!("/{prefix}{name}"));
            }
        }
        is_nothing(&served, "/passwd.txt");
        is_nothing(&served, "/folder/");
        served.is_well();
    }

    #[test]
    fn a_file_that_becomes_a_pipe_or_a_folder_is_not_waited_for() {
        let served = served();
        let notes = served.root.join("guide/notes.txt");
        fs::remove_file(&notes).unwrap();
        assert!(Command::new("mkfifo").arg(&notes).status().unwrap().success());
        let is_gone = || (served.get("/notes.txt").status == 404).then_some(());
        assert!(within(LONG, is_gone).is_some());
        fs::remove_file(&notes).unwrap();
        fs::create_dir(&notes).unwrap();
        for target in ["/notes.txt", "/notes.txt/"] {
            is_nothing(&served, target);
        }
        served.is_well();
        fs::remove_dir(&notes).unwrap();
        served.write("guide/notes.txt", "again\n");
        let is_back = || (served.get("/notes.txt").text() == "again\n").then_some(());
        assert!(within(LONG, is_back).is_some());
    }

    #[test]
    fn a_file_that_becomes_a_link_out_of_the_book_is_not_served() {
        let served = served();
        let canary = served.root.with_file_name("canary.txt");
        assert_eq!(served.get("/notes.txt").text(), "notes\n");
        for path in ["guide/notes.txt", "guide/1-reading/1-first-page.md"] {
            let made = served.root.join("made");
            symlink(&canary, &made).unwrap();
            fs::rename(&made, served.root.join(path)).unwrap();
        }
        // Whether it has been noticed by now or not.
        let noticed = within(LONG, || {
            let notes = reply(&served, b"GET /notes.txt HTTP/1.1");
            reply(&served, b"GET /reading/first-page.html HTTP/1.1");
            notes.starts_with(b"HTTP/1.1 404").then_some(())
        });
        assert!(noticed.is_some());
        // So is a folder on the way to it.
        let outside = served.root.with_file_name("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("notes.txt"), CANARY).unwrap();
        fs::write(outside.join("1-first-page.md"), CANARY).unwrap();
        fs::rename(served.root.join("guide/1-reading"), served.root.with_file_name("away")).unwrap();
        symlink(&outside, served.root.join("guide/1-reading")).unwrap();
        let gone = within(LONG, || {
            is_nothing(&served, "/reading/notes.txt");
            reply(&served, b"GET /reading/first-page.html HTTP/1.1").starts_with(b"HTTP/1.1 404").then_some(())
        });
        assert!(gone.is_some());
        served.is_well();
    }
}
