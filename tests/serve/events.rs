//! The stream of states that keeps an open page new.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use super::client::{STUCK, connect, encoded};
use super::server::Served;

/// An open stream of events.
pub struct Stream {
    reader: BufReader<TcpStream>,
    pub head: String,
}

impl Stream {
    /// Opens the stream for the page at `path`, and reads its head.
    pub fn open(served: &Served, path: &str) -> Self {
        let mut stream = connect(served.port).expect("it listens");
        let port = served.port;
        let request = format!(
            "GET /.prepbook/events?page={path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\
             Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("it takes requests");
        let mut stream = Self { reader: BufReader::new(stream), head: String::new() };
        while let Some(line) = stream.line().filter(|line| !line.is_empty()) {
            stream.head.push_str(&line);
            stream.head.push('\n');
        }
        assert!(stream.head.starts_with("HTTP/1.1 200 "), "{}", stream.head);
        stream
    }

    /// The next line, unless nothing comes.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let count = self.reader.read_line(&mut line).ok()?;
        (count > 0).then(|| line.trim_end().to_owned())
    }

    /// The next state, unless none comes.
    pub fn next(&mut self) -> Option<serde_json::Value> {
        let start = Instant::now();
        while start.elapsed() < STUCK {
            if let Some(data) = self.line()?.strip_prefix("data: ") {
                return Some(serde_json::from_str(data).expect("a state is JSON"));
            }
        }
        None
    }

    /// Whether the server has ended it.
    pub fn ends(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < STUCK {
            match self.reader.read_line(&mut String::new()) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return super::client::is_end(&error),
            }
        }
        false
    }
}

#[test]
fn the_state_comes_at_once_and_again_after_each_edit() {
    let served = Served::small();
    let mut stream = Stream::open(&served, "/reading/first-page.html");
    assert!(stream.head.contains("Content-Type: text/event-stream"), "{}", stream.head);
    let mut last = stream.next().expect("the first state comes at once");
    assert!(last["page"].is_string() && last["errors"] == 0 && last["problems"] == "", "{last}");
    for number in 0..5 {
        served.write("guide/1-reading/1-first-page.md", &format!("# First page\n\nedit {number}\n"));
        let state = stream.next().unwrap_or_else(|| panic!("no event after edit {number}"));
        assert_ne!(state["page"], last["page"]);
        assert_ne!(state["version"], last["version"]);
        assert_eq!(state["contents"], last["contents"]);
        assert!(served.get("/reading/first-page.html").text().contains(&format!("edit {number}")));
        last = state;
    }
    served.write("guide/1-reading/1-first-page.md", "# First page\n\n[gone](nowhere.md)\n");
    let state = stream.next().expect("a mistake is an event");
    assert!(state["errors"] == 1 && state["held"] == true && state["page"] == last["page"], "{state}");
    let problems: serde_json::Value = serde_json::from_str(&served.get("/.prepbook/problems").text()).unwrap();
    assert_eq!(problems["problems"][0]["code"], "link/missing-page", "{problems}");
}

#[test]
fn a_page_and_its_stream_are_of_one_mind() {
    let served = Served::small();
    for path in ["/", "/index.html", "/reading/", "/reading/first-page.html", "/contents.html"] {
        let page = served.get(path).text();
        let start = page.find("data-state=\"").expect("the page has its state") + "data-state=\"".len();
        let state = page[start..].split('"').next().expect("it ends").replace("&quot;", "\"");
        let state: serde_json::Value = serde_json::from_str(&state).unwrap();
        assert_eq!(Stream::open(&served, path).next(), Some(state), "{path}");
    }
    // Browsers encode a path that is encoded already.
    let once = encoded("/reading/größe-und-maß.html");
    assert_eq!(served.get(&once).status, 200);
    for path in [once.clone(), once.replace('%', "%25"), once.replace('%', "%25").replace('/', "%2F")] {
        let state = Stream::open(&served, &path).next().expect("a state");
        assert!(state["page"].is_string(), "{path}: {state}");
    }
}

#[test]
fn a_page_that_does_not_exist_is_waited_for() {
    let served = Served::small();
    let mut stream = Stream::open(&served, "/reading/third.html");
    let state = stream.next().expect("the first state comes at once");
    assert!(state["page"].is_null() && state["held"] == false, "{state}");
    served.write("guide/1-reading/3-third.md", "# Third\n");
    let state = stream.next().expect("a new page is an event");
    assert!(state["page"].is_string(), "{state}");
}

#[test]
fn a_stream_is_not_asked_for_its_head() {
    let served = Served::small();
    for page in ["/index.html", "/nowhere.html"] {
        let answer = served.ask("HEAD", &format!("/.prepbook/events?page={page}"), &[]);
        assert!(answer.body.is_empty() && matches!(answer.status, 200 | 405), "{answer:?}");
    }
    served.is_well();
}

#[test]
fn a_page_that_has_no_stream_can_ask() {
    let served = Served::small();
    let answer = served.get("/.prepbook/state?page=%2Findex.html");
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("application/json")));
    let first = Stream::open(&served, "/index.html").next().expect("the state comes at once");
    let asked: serde_json::Value = serde_json::from_str(&answer.text()).expect("a state is JSON");
    assert_eq!(asked, first);
    let asked = served.ask("GET", "/.prepbook/state?page=%2F", &["Origin: http://evil.example"]);
    assert_eq!(asked.status, 403);
    assert_eq!(served.ask("HEAD", "/.prepbook/state?page=%2F", &[]).status, 200);
}
