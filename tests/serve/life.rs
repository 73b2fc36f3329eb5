//! From the start to the end: ports, what is printed, signals, the browser.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use super::client::STUCK;
use super::common::{run, scratch, write};
use super::server::{LONG, Served, command, small_book, within};

/// The program with a port of its own.
fn on_port(port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
    command.args(["serve", "--color", "never", "-p", &port.to_string()]);
    command
}

#[test]
fn a_port_that_is_taken_is_left_alone_and_the_next_is_said() {
    let first = Served::small();
    let second = Served::book_with(&small_book(), on_port(first.port));
    assert!(second.port > first.port && second.port <= first.port + 100, "{} {}", first.port, second.port);
    second.hear(|line| line.starts_with(&format!("port {} is taken", first.port)));
    assert!(!first.has_said(|line| line.contains("taken")));
    first.write("guide/notes.txt", "of the first\n");
    second.write("guide/notes.txt", "of the second\n");
    let says = |served: &Served, text: &str| within(LONG, || (served.get("/notes.txt").text() == text).then_some(()));
    assert!(says(&first, "of the first\n").is_some() && says(&second, "of the second\n").is_some());
    drop(second);
    first.is_well();
}

#[test]
fn the_port_that_was_asked_for_is_taken_when_it_is_free() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let served = Served::book_with(&small_book(), on_port(port));
    // Somebody else may have been quicker.
    assert!(served.port == port || served.has_said(|line| line.starts_with(&format!("port {port} is taken"))));
    drop(served);
    // It can be had again at once, although connections to it have just ended.
    let again = Served::book_with(&small_book(), on_port(port));
    assert!(again.port == port || again.has_said(|line| line.starts_with(&format!("port {port} is taken"))));
}

#[test]
fn what_everybody_can_read_is_said() {
    let mut program = command();
    program.args(["-n", "0.0.0.0"]);
    let served = Served::book_with(&small_book(), program);
    served.hear(|line| line.contains("warning") && line.contains("network"));
    assert_eq!(served.url, format!("http://127.0.0.1:{}/", served.port));
    served.is_well();
    let local = Served::small();
    assert!(!local.has_said(|line| line.contains("warning")));
}

#[test]
fn a_host_that_is_none_is_trouble_that_is_said() {
    let scratch = scratch();
    write(scratch.path(), &small_book(), false);
    // An address of the documentation (RFC 5737), and a name that is never given (RFC 6761).
    for (host, words) in [("192.0.2.1", "cannot listen on 192.0.2.1"), ("nowhere.invalid", "nowhere.invalid")] {
        let run = run(scratch.path(), &["serve", "-p", "0", "-n", host], 2);
        assert_eq!(run.status, 2, "{host}: {}", run.err);
        assert!(run.err.starts_with("error: ") && run.err.contains(words), "{host}: {}", run.err);
        assert!(!run.err.contains("serving"), "{host}: {}", run.err);
    }
}

#[test]
fn a_folder_that_is_no_book_and_a_port_that_is_none_are_wrong_usage() {
    let scratch = scratch();
    let run_with = |arguments: &[&str]| run(scratch.path(), arguments, 2);
    let none = run_with(&["serve", "-p", "0"]);
    assert!(none.status == 2 && none.err.contains("is no book"), "{}", none.err);
    for port in ["65536", "-1", "x", ""] {
        assert_eq!(run_with(&["serve", "-p", port]).status, 2, "{port}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_port_for_administrators_is_trouble_that_is_said() {
    // Some systems give them to everybody, and the administrator may have any.
    if TcpListener::bind("127.0.0.1:1023").is_ok() {
        eprintln!("NOT TESTED HERE: port 1023 is not refused");
        return;
    }
    let scratch = scratch();
    write(scratch.path(), &small_book(), false);
    let run = run(scratch.path(), &["serve", "-p", "1023"], 2);
    assert_eq!(run.status, 2, "{}", run.err);
    assert!(run.err.contains("below 1024") && run.err.contains("-p"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to_and_leaves_nothing_behind() {
    use super::events::Stream;

    for signal in ["-INT", "-TERM"] {
        let mut served = Served::small();
        let before = super::common::tree(&served.root);
        let mut streams: Vec<Stream> = (0..5).map(|_| Stream::open(&served, "/index.html")).collect();
        for stream in &mut streams {
            assert!(stream.next().is_some());
        }
        for target in ["/", "/reading/first-page.html", "/site.json", "/nothing.html", "/notes.txt"] {
            served.get(target);
        }
        served.write("guide/1-reading/1-first-page.md", "# First page\n\nedited\n");
        let edited = || served.get("/reading/first-page.html").text().contains("edited").then_some(());
        assert!(within(LONG, edited).is_some(), "the edit was not seen");
        let sent = Command::new("kill").args([signal, &served.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let ended = served.end(STUCK).unwrap_or_else(|| panic!("{signal} has not ended it"));
        assert_eq!(ended.code(), Some(0), "{signal}");
        served.hear(|line| line == "stopped");
        let mut after = super::common::tree(&served.root);
        after.insert("guide/1-reading/1-first-page.md".into(), b"# First page\n".to_vec());
        assert!(before == after, "{signal}: something was written");
        assert!(!served.root.join("book").exists());
        assert!(streams.iter_mut().all(|stream| stream.ends()));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_printed_address_is_what_the_browser_is_opened_with() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = scratch();
    let script = folder.path().join("xdg-open");
    let opened = folder.path().join("opened");
    std::fs::write(&script, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{}'\n", opened.display())).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut files = small_book();
    let config = "[book]\ntitle = \"Small book\"\nsrc = \"guide\"\n[output.html]\nsite-url = \"/b/\"\n";
    files.insert("book.toml".into(), config.into());
    let mut program = command();
    program.arg("-o").env("PATH", &path).env_remove("BROWSER").stdin(Stdio::null());
    let served = Served::book_with(&files, program);
    let read = || std::fs::read_to_string(&opened).ok().filter(|text| text.ends_with('\n'));
    let url = within(LONG, read).expect("it is opened");
    assert_eq!(url, format!("{}\n", served.url));
    let mut program = command();
    program.env("PATH", &path);
    let quiet = Served::book_with(&small_book(), program);
    quiet.is_well();
    assert_eq!(read(), Some(url), "nothing is opened that nobody asked for");
}
