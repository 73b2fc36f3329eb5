//! What an answer is made of: heads, lengths, versions, parts.

use super::server::{Served, noise, small_book};

const PICTURE: &str = "/picture.png";
const LONG_PAGE: &str = "/long.html";
const PAGE: &str = "/reading/first-page.html";

/// A book with a large picture and a long page, and the bytes of the picture.
fn served() -> (Served, Vec<u8>) {
    let mut files = small_book();
    let picture = [b"\x89PNG\r\n\x1a\n".to_vec(), noise(100_000)].concat();
    files.insert("guide/picture.png".into(), picture.clone());
    files.insert("guide/long.md".into(), format!("# Long\n\n{}", "A paragraph.\n\n".repeat(5_000)).into());
    (Served::book(&files), picture)
}

#[test]
fn head_is_what_get_says_without_the_body() {
    let (served, _) = served();
    for target in ["/", PAGE, LONG_PAGE, PICTURE, "/notes.txt", "/reading", "/nothing.html", "/.prepbook/live.js"] {
        let (get, head) = (served.get(target), served.ask("HEAD", target, &[]));
        assert_eq!(head.head, get.head, "{target}");
        assert_eq!(head.body, b"", "{target}");
        assert!(!get.body.is_empty(), "{target}");
    }
}

#[test]
fn a_body_is_as_long_as_its_head_says() {
    let (served, picture) = served();
    for target in ["/", PAGE, LONG_PAGE, PICTURE, "/notes.txt", "/reading", "/nothing.html", "/.prepbook/problems"] {
        let answer = served.get(target);
        assert_eq!(answer.length(), answer.body.len(), "{target}");
        assert_eq!(answer.header("Transfer-Encoding"), None, "{target}");
    }
    assert!(served.get(LONG_PAGE).body.len() > 64 * 1024);
    assert!(served.get(PICTURE).body == picture);
}

#[test]
fn a_kind_is_said_and_never_guessed() {
    let (served, _) = served();
    for (target, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/nothing.html", "text/html; charset=utf-8"),
        (PICTURE, "image/png"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        ("/assets/handbook.css", "text/css; charset=utf-8"),
        ("/assets/core.js", "text/javascript; charset=utf-8"),
        ("/site.json", "application/json"),
        ("/.prepbook/live.css", "text/css; charset=utf-8"),
        ("/.prepbook/problems", "application/json"),
    ] {
        let answer = served.get(target);
        assert_eq!(answer.header("Content-Type"), Some(kind), "{target}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{target}");
        assert!(answer.header("Content-Security-Policy").is_some(), "{target}");
    }
}

#[test]
fn what_a_browser_has_is_not_sent_again_until_it_is_another() {
    let (served, _) = served();
    for target in ["/", PAGE, PICTURE, "/assets/handbook.css", "/.prepbook/live.js"] {
        let first = served.get(target);
        let tag = first.header("ETag").unwrap_or_else(|| panic!("{target} has no tag"));
        assert_eq!(first.header("Cache-Control"), Some("no-cache"), "{target}");
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        for method in ["GET", "HEAD"] {
            for known in [tag, &format!("\"x\", {tag}"), &format!("W/{tag}"), "*"] {
                let second = served.ask(method, target, &[&format!("If-None-Match: {known}")]);
                assert_eq!((second.status, &*second.body), (304, &b""[..]), "{method} {target} {known}");
                assert_eq!(second.header("ETag"), Some(tag));
                assert_eq!(second.header("Cache-Control"), Some("no-cache"));
            }
        }
        let other = served.ask("GET", target, &["If-None-Match: \"another\""]);
        assert!(other.status == 200 && other.body == first.body, "{target}");
    }
}

#[test]
fn a_part_of_a_page_or_of_a_file_can_be_asked_for() {
    let (served, _) = served();
    for target in [PAGE, LONG_PAGE, PICTURE] {
        let whole = served.get(target);
        assert_eq!(whole.header("Accept-Ranges"), Some("bytes"), "{target}");
        let length = whole.body.len();
        for (range, start, end) in [
            ("0-0".to_owned(), 0, 1),
            ("10-19".to_owned(), 10, 20),
            ("20-".to_owned(), 20, length),
            ("-7".to_owned(), length - 7, length),
            ("-99999999".to_owned(), 0, length),
            (format!("{}-99999999", length - 1), length - 1, length),
        ] {
            let part = served.ask("GET", target, &[&format!("Range: bytes={range}")]);
            assert_eq!(part.status, 206, "{target} {range}");
            assert!(part.body == whole.body[start..end], "{target} {range}");
            assert_eq!(part.length(), end - start, "{target} {range}");
            let said = format!("bytes {start}-{}/{length}", end - 1);
            assert_eq!(part.header("Content-Range"), Some(&*said), "{target} {range}");
        }
        for range in [format!("{length}-"), "99999999-".to_owned(), "-0".to_owned()] {
            let none = served.ask("GET", target, &[&format!("Range: bytes={range}")]);
            assert_eq!((none.status, &*none.body), (416, &b""[..]), "{target} {range}");
            assert_eq!(none.header("Content-Range"), Some(&*format!("bytes */{length}")), "{target} {range}");
        }
        // What may be ignored is: several parts, nonsense, other units.
        for range in ["bytes=0-1,4-5", "bytes=5-2", "bytes=a-b", "lines=0-1"] {
            let all = served.ask("GET", target, &[&format!("Range: {range}")]);
            assert!(all.status == 200 && all.body == whole.body, "{target} {range}");
        }
        let head = served.ask("HEAD", target, &["Range: bytes=0-1"]);
        assert_eq!((head.status, head.length()), (200, length), "{target}");
    }
}

#[test]
fn a_part_of_another_version_is_the_whole() {
    let (served, _) = served();
    for target in [PAGE, PICTURE] {
        let whole = served.get(target);
        let tag = whole.header("ETag").unwrap();
        let ask = |known: &str| served.ask("GET", target, &["Range: bytes=3-5", &format!("If-Range: {known}")]);
        assert!(ask(tag).status == 206 && ask(tag).body == whole.body[3..6], "{target}");
        for other in ["\"another\"", &format!("W/{tag}"), "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert!(ask(other).status == 200 && ask(other).body == whole.body, "{target} {other}");
        }
    }
}
