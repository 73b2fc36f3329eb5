//! Who is not answered, and what for: other methods, other names, pages of other sites.

use super::client::request;
use super::server::Served;

#[test]
fn only_reading_is_possible() {
    let served = Served::small();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "NONSENSE", "get"] {
        let targets: &[&str] = if method == "CONNECT" { &["/", "127.0.0.1:80"] } else { &["/", "/nothing.html", "*"] };
        for target in targets {
            let answer = served.ask(method, target, &[]);
            assert!(matches!(answer.status, 400 | 405), "{method} {target}: {answer:?}");
            assert!(!answer.text().contains("Home"), "{method} {target}: {answer:?}");
        }
    }
    let refused = served.ask("POST", "/", &[]);
    assert_eq!((refused.status, refused.header("Allow")), (405, Some("GET, HEAD")));
    served.is_well();
}

/// What is answered to a request with exactly these headers.
fn status(served: &Served, target: &str, headers: &[&str]) -> u16 {
    served.says_to(&request("GET", target, headers)).map_or(0, |answer| answer.status)
}

#[test]
fn only_its_own_names_are_answered() {
    let served = Served::small();
    let port = served.port;
    for host in [
        format!("127.0.0.1:{port}"),
        "127.0.0.1".to_owned(),
        "127.0.0.1:1".to_owned(),
        format!("localhost:{port}"),
        "localhost".to_owned(),
        "LocalHost".to_owned(),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(status(&served, "/", &[&format!("Host: {host}")]), 200, "{host}");
        assert_eq!(status(&served, "/", &[&format!("hOST:{host}")]), 200, "{host}");
    }
    for host in [
        "",
        "a.example",
        "127.0.0.1.a.example",
        "localhost.a.example",
        "a.example:80",
        "localhost:",
        "localhost:x",
        "localhost:80@a.example",
        "localhost@a.example",
        "localhost, a.example",
        "localhost a.example",
        "http://localhost",
        "127.0.0.2",
        "0.0.0.0",
        "0x7f.1",
        "2130706433",
        "192.168.1.2",
        "::1",
    ] {
        for target in ["/", "/nothing.html", "/notes.txt", "/.prepbook/live.js", "/.prepbook/problems"] {
            let status = status(&served, target, &[&format!("Host: {host}")]);
            assert!(matches!(status, 400 | 403), "{host} {target}: {status}");
        }
    }
    served.is_well();
}

#[test]
fn a_request_has_one_host() {
    let served = Served::small();
    assert_eq!(status(&served, "/", &[]), 400);
    for (first, second) in [("localhost", "localhost"), ("localhost", "a.example"), ("a.example", "localhost")] {
        let status = status(&served, "/", &[&format!("Host: {first}"), &format!("host: {second}")]);
        assert!(matches!(status, 400 | 403), "{first} {second}: {status}");
    }
    // A header that is broken over lines is none, nor is one with a space in front of its colon.
    for headers in [&["Host: a.example", " localhost"][..], &["Host : localhost"]] {
        let status = status(&served, "/", headers);
        assert!(matches!(status, 0 | 400 | 403), "{headers:?}: {status}");
    }
}

#[test]
fn a_whole_url_is_answered_when_it_names_this_server() {
    let served = Served::small();
    let port = served.port;
    let host = format!("Host: 127.0.0.1:{port}");
    for own in [
        format!("http://127.0.0.1:{port}/notes.txt"),
        "http://localhost/notes.txt".to_owned(),
        format!("http://localhost:{port}"),
        format!("http://localhost:{port}/notes.txt?x"),
    ] {
        assert_eq!(status(&served, &own, &[&host]), 200, "{own}");
    }
    for foreign in [
        "http://a.example/notes.txt",
        "http://a.example:80/notes.txt",
        "http://127.0.0.1@a.example/notes.txt",
        "http://a.example@127.0.0.1/notes.txt",
        "http:///notes.txt",
        "https://127.0.0.1/notes.txt",
        "ftp://127.0.0.1/notes.txt",
        "file:///etc/passwd",
        "notes.txt",
        "127.0.0.1/notes.txt",
    ] {
        let status = status(&served, foreign, &[&host]);
        assert!(matches!(status, 400 | 403 | 404), "{foreign}: {status}");
    }
}

#[test]
fn what_the_script_asks_for_is_for_the_books_own_pages() {
    let served = Served::small();
    let port = served.port;
    let host = format!("Host: localhost:{port}");
    let own = format!("Origin: http://localhost:{port}");
    let problems = |headers: &[&str]| status(&served, "/.prepbook/problems", &[&[&*host], headers].concat());
    for headers in [
        &[][..],
        &[&*own],
        &["Sec-Fetch-Site: same-origin"],
        &["Sec-Fetch-Site: none"],
        &[&*own, "Sec-Fetch-Site: same-origin"],
    ] {
        assert_eq!(problems(headers), 200, "{headers:?}");
    }
    let (elsewhere, encrypted) =
        (format!("Origin: http://127.0.0.1:{port}"), format!("Origin: https://localhost:{port}"));
    for headers in [
        &["Origin: http://a.example"][..],
        &["Origin: null"],
        &["Origin: http://localhost"],
        &["Origin: http://localhost:1"],
        &[&*elsewhere],
        &[&*encrypted],
        &["Sec-Fetch-Site: cross-site"],
        &["Sec-Fetch-Site: same-site"],
        &[&*own, "Sec-Fetch-Site: cross-site"],
        &["Origin: http://a.example", "Sec-Fetch-Site: same-origin"],
    ] {
        assert_eq!(problems(headers), 403, "{headers:?}");
        let stream = status(&served, "/.prepbook/events?page=/index.html", &[&[&*host], headers].concat());
        assert_eq!(stream, 403, "{headers:?}");
    }
    for header in ["Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"] {
        assert_eq!(served.get("/.prepbook/problems").header(header), None);
    }
}

#[test]
fn its_own_folder_has_nothing_else() {
    let served = Served::small();
    for name in ["", "manifest.json", "live.css/", "LIVE.JS", "../index.html", "client/live.js", "events/x"] {
        let answer = served.get(&format!("/.prepbook/{name}"));
        assert!(matches!(answer.status, 400 | 404), "{name}: {answer:?}");
    }
    for query in ["", "?", "?page", "?page=", "?page=nowhere", "?page=/../x", "?page=%2F..%2Fx", "?other=/"] {
        assert_eq!(served.get(&format!("/.prepbook/events{query}")).status, 400, "{query}");
    }
}
