//! Requests that are not a browser's: bodies, promises that are not kept, other versions of the protocol.

use std::io::{ErrorKind, Write as _};

use super::client::{Answer, connect, request, talk};
use super::server::{Served, small_book};

/// That the server has answered or ended the connection, and goes on.
fn is_handled(served: &Served, bytes: &[u8]) -> Option<Answer> {
    let answer = served.says_to(bytes);
    if let Some(answer) = &answer {
        assert!((400..600).contains(&answer.status), "{answer:?}");
    }
    served.is_well();
    answer
}

fn post(headers: &[&str], body: &str) -> Vec<u8> {
    let headers = [&["Host: localhost"], headers].concat();
    [request("POST", "/", &headers), body.into()].concat()
}

#[test]
fn a_body_is_not_waited_for() {
    let served = Served::small();
    for bytes in [
        post(&["Content-Length: 5"], "abcde"),
        post(&["Content-Length: 5000"], &"a".repeat(5000)),
        post(&["Transfer-Encoding: chunked"], "5\r\nabcde\r\n0\r\n\r\n"),
        // It never comes.
        post(&["Content-Length: 5000"], ""),
        post(&["Content-Length: 5000"], "abc"),
        post(&["Transfer-Encoding: chunked"], ""),
        post(&["Transfer-Encoding: chunked"], "ffff\r\nabc"),
        post(&["Expect: 100-continue", "Content-Length: 5"], ""),
        post(&["Expect: something"], ""),
        post(&["Content-Length: -1"], ""),
        post(&["Content-Length: x"], ""),
    ] {
        is_handled(&served, &bytes);
    }
}

#[test]
fn a_length_that_is_only_claimed_costs_nothing() {
    for length in ["18446744073709551615", "9223372036854775807", "900000000000000", "20000000000"] {
        let served = Served::small();
        for method in ["GET", "POST"] {
            let claim = format!("Content-Length: {length}");
            // Whether it is answered or not.
            let _ = talk(served.port, &request(method, "/", &["Host: localhost", &claim]));
            served.is_well();
        }
    }
}

#[test]
fn another_version_of_the_protocol_is_refused() {
    let served = Served::small();
    for text in [
        "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: localhost\r\n\r\n",
        "GET /\r\n\r\n",
    ] {
        is_handled(&served, text.as_bytes());
    }
    // An old client is answered all the same if it says which host it means.
    let old = served.says_to(b"GET /notes.txt HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("an answer");
    assert_eq!((old.status, old.text().as_str()), (200, "notes\n"));
}

#[test]
fn every_answer_ends_its_connection() {
    let served = Served::small();
    for target in ["/", "/notes.txt", "/nothing.html", "/reading"] {
        let asked = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
        let answer = served.says_to(asked.as_bytes()).expect("an answer");
        assert_eq!(answer.header("Connection"), Some("close"), "{target}");
        assert_eq!(answer.body.len(), answer.length(), "{target}");
    }
}

#[test]
fn a_head_without_end_is_cut_off() {
    let served = Served::small();
    for start in ["GET /", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "] {
        let mut stream = connect(served.port).unwrap();
        stream.write_all(start.as_bytes()).unwrap();
        let line = [b'a'; 64 * 1024];
        // 16 megabytes.
        let cut = (0..256).find_map(|_| stream.write_all(&line).err());
        assert!(cut.is_some_and(|error| error.kind() != ErrorKind::WouldBlock), "{start}");
        served.is_well();
    }
}

#[test]
fn many_headers_are_answered_or_refused() {
    let served = Served::book(&small_book());
    let many: Vec<String> = (0..1_000).map(|number| format!("X-{number}: y")).collect();
    let mut headers: Vec<&str> = many.iter().map(String::as_str).collect();
    headers.push("Host: localhost");
    let answer = served.says_to(&request("GET", "/", &headers));
    assert!(answer.is_none_or(|answer| matches!(answer.status, 200 | 400 | 431)));
    for header in ["no colon", ": no name", "Nöt: ascii", "X: \u{1}\u{7f}", "X:", "a b: c"] {
        let answer = served.says_to(&request("GET", "/", &["Host: localhost", header]));
        assert!(answer.is_none_or(|answer| matches!(answer.status, 200 | 400)), "{header}");
    }
    served.is_well();
}
