//! Many at once, slow ones, silent ones, those that leave: nobody else waits for them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::client::{Answer, connect, read_answer, talk};
use super::events::Stream;
use super::server::{Served, noise, small_book};

/// How long an answer may take while many ask.
const BUSY: Duration = Duration::from_secs(2);

/// These tests do not disturb each other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request that leaves it to the server whether the connection is kept.
fn kept(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n").into_bytes()
}

/// A small book with a page and a file of some length, and a file that fits into no buffer.
fn served() -> Served {
    let mut files = small_book();
    files.insert("guide/longer.md".into(), format!("# Longer\n\n{}", "A paragraph.\n\n".repeat(150)).into());
    files.insert("guide/longer.txt".into(), noise(4_000));
    files.insert("guide/large.bin".into(), noise(20_000_000));
    Served::book(&files)
}

#[test]
fn an_answer_does_not_wait_for_the_other_ends_word() {
    let _alone = alone();
    let served = served();
    // Pages are sent in one piece, files are not.
    for target in ["/longer.html", "/longer.txt"] {
        // 40 ms each, if heads and bodies wait for each other's acknowledgement.
        let start = Instant::now();
        let mut stream = None::<TcpStream>;
        for _ in 0..30 {
            let mut connection = stream.take().unwrap_or_else(|| connect(served.port).unwrap());
            connection.write_all(&kept(target)).unwrap();
            let answer = read_answer(&mut connection).unwrap();
            assert!(answer.status == 200 && answer.body.len() > 2 * 1024);
            let is_kept = answer.header("Connection").is_none_or(|value| !value.eq_ignore_ascii_case("close"));
            stream = is_kept.then_some(connection);
        }
        let took = start.elapsed();
        assert!(took < Duration::from_secs(1), "{target}: {took:?}");
    }
}

#[test]
fn everybody_is_answered_in_a_burst_while_pages_are_open() {
    let _alone = alone();
    let served = served();
    let mut streams: Vec<Stream> = (0..6).map(|_| Stream::open(&served, "/index.html")).collect();
    for stream in &mut streams {
        assert!(stream.next().is_some());
    }
    let port = served.port;
    let slowest = std::thread::scope(|scope| {
        let client = |number: usize| {
            let targets = ["/longer.html", "/notes.txt", "/reading/", "/assets/handbook.css", "/nothing"];
            let mut slowest = Duration::ZERO;
            for round in 0..40 {
                let target = targets[(number + round) % targets.len()];
                let start = Instant::now();
                // Some ask for the end of the connection, some leave it to the server, as browsers do.
                let answer = if round % 2 == 0 {
                    let mut stream = connect(port).unwrap();
                    stream.write_all(&kept(target)).unwrap();
                    read_answer(&mut stream).unwrap_or_else(|error| panic!("{number} {round} {target}: {error}"))
                } else {
                    let asked = super::client::request("GET", target, &["Host: localhost"]);
                    let bytes = talk(port, &asked).unwrap_or_else(|error| panic!("{number} {round} {target}: {error}"));
                    Answer::of(&bytes).unwrap_or_else(|| panic!("{number} {round} {target}: no answer"))
                };
                assert!(answer.status == if target == "/nothing" { 404 } else { 200 }, "{target}: {answer:?}");
                slowest = slowest.max(start.elapsed());
            }
            slowest
        };
        let clients: Vec<_> = (0..6).map(|number| scope.spawn(move || client(number))).collect();
        clients.into_iter().map(|client| client.join().expect("all were answered")).max().expect("there are some")
    });
    assert!(slowest < BUSY, "{slowest:?}");
    served.write("guide/README.md", "# Home\n\nedited\n");
    for stream in &mut streams {
        assert!(stream.next().is_some(), "a stream has died of it");
    }
}

#[test]
fn those_who_say_nothing_or_take_nothing_keep_nobody_waiting() {
    let _alone = alone();
    let served = served();
    let port = served.port;
    let silent: Vec<TcpStream> = (0..50).map(|_| connect(port).unwrap()).collect();
    let mut deaf: Vec<TcpStream> = (0..20).map(|_| connect(port).unwrap()).collect();
    for stream in &mut deaf {
        stream.write_all(&kept("/large.bin")).unwrap();
    }
    let mut slow: Vec<TcpStream> = (0..20).map(|_| connect(port).unwrap()).collect();
    let request = kept("/notes.txt");
    let end = Instant::now() + Duration::from_secs(3);
    let mut sent = 0;
    while Instant::now() < end {
        for stream in &mut slow {
            // Whoever is cut off for being slow has not kept anybody waiting.
            let _ = stream.write_all(&request[sent..=sent]);
        }
        sent = (sent + 1).min(request.len() - 1);
        let start = Instant::now();
        served.is_well();
        assert!(start.elapsed() < super::client::STUCK, "{:?}", start.elapsed());
        std::thread::sleep(Duration::from_millis(50));
    }
    // The large file comes whole to whoever takes it.
    assert_eq!(served.get("/large.bin").body.len(), 20_000_000);
    let mut stream = Stream::open(&served, "/index.html");
    assert!(stream.next().is_some());
    served.write("guide/README.md", "# Home\n\nedited\n");
    assert!(stream.next().is_some());
    drop((silent, deaf, slow));
    served.is_well();
}

#[test]
fn thousands_that_come_and_go_leave_the_server_as_it_was() {
    let _alone = alone();
    let served = served();
    for batch in 0..20 {
        let mut streams: Vec<TcpStream> = (0..100).map(|_| connect(served.port).unwrap()).collect();
        for (number, stream) in streams.iter_mut().enumerate() {
            let part: &[u8] = match (batch + number) % 4 {
                0 => b"",
                1 => b"GET /note",
                2 => b"GET / HTTP/1.1\r\nHost: local",
                _ => b"GET /notes.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
            };
            stream.write_all(part).unwrap();
        }
    }
    served.is_well();
}

#[test]
fn one_that_leaves_in_the_middle_of_an_answer_is_forgotten() {
    let _alone = alone();
    let served = served();
    for round in 0..40 {
        let mut stream = connect(served.port).unwrap();
        stream.write_all(&kept("/large.bin")).unwrap();
        if round % 2 == 0 {
            let mut part = vec![0; 10_000];
            stream.read_exact(&mut part).unwrap();
        }
    }
    served.is_well();
    assert_eq!(served.get("/large.bin").body.len(), 20_000_000);
}

#[test]
fn one_open_page_too_many_is_told_so_and_pages_come_all_the_same() {
    let _alone = alone();
    let served = served();
    let mut streams: Vec<Stream> = (0..200).map(|_| Stream::open(&served, "/index.html")).collect();
    let more = served.get("/.prepbook/events?page=/index.html");
    assert_eq!(more.status, 503, "{more:?}");
    served.is_well();
    served.write("guide/README.md", "# Home\n\nedited\n");
    for stream in &mut streams {
        assert!(stream.next().is_some() && stream.next().is_some());
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;
    use crate::server::{LONG, command_after, within};

    /// How many files a server has open, and how many threads.
    fn entries(served: &Served, kind: &str) -> usize {
        std::fs::read_dir(format!("/proc/{}/{kind}", served.id())).expect("it runs").count()
    }

    /// That it answers, be it after a while.
    fn answers_again(served: &Served, time: Duration) -> bool {
        let asked = super::super::client::request("GET", "/notes.txt", &["Host: localhost"]);
        let is_well = || talk(served.port, &asked).ok().filter(|answer| answer.ends_with(b"\r\n\r\nnotes\n"));
        within(time, is_well).is_some()
    }

    #[test]
    fn a_server_without_files_to_spare_recovers() {
        let _alone = alone();
        // It may run out of them at any of several steps of taking a connection.
        for limit in 61..=64 {
            let mut served = Served::book_with(&small_book(), command_after(&format!("ulimit -n {limit}")));
            let streams: Vec<TcpStream> = (0..100).filter_map(|_| connect(served.port).ok()).collect();
            assert!(streams.len() > 60, "the system keeps them waiting, whatever the server does");
            // It takes as many as it can, or as it will.
            let _ = within(Duration::from_secs(1), || (entries(&served, "fd") + 2 >= limit).then_some(()));
            assert!(served.end(Duration::from_millis(500)).is_none(), "it has crashed");
            // What is saved meanwhile is not lost, although the book cannot be read.
            served.write("guide/1-reading/1-first-page.md", "# First page\n\nedited\n");
            drop(streams);
            assert!(answers_again(&served, Duration::from_secs(10)), "with {limit} files it is lost for good");
            assert!(Stream::open(&served, "/index.html").next().is_some());
            let edited = || served.get("/reading/first-page.html").text().contains("edited").then_some(());
            assert!(within(LONG, edited).is_some(), "the edit was lost");
        }
    }

    #[test]
    fn streams_that_are_left_leave_no_thread_behind() {
        let served = served();
        served.is_well();
        let before = entries(&served, "task");
        let streams: Vec<Stream> = (0..20).map(|_| Stream::open(&served, "/index.html")).collect();
        assert!(entries(&served, "task") >= before, "they are being served");
        drop(streams);
        let gone = within(Duration::from_secs(25), || (entries(&served, "task") <= before + 5).then_some(()));
        assert!(gone.is_some(), "{} threads before, {} now", before, entries(&served, "task"));
    }

    #[test]
    fn requests_that_are_refused_leave_no_thread_behind() {
        let _alone = alone();
        let served = served();
        served.is_well();
        let (threads, files) = (entries(&served, "task"), entries(&served, "fd"));
        for text in [
            "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n",
            "GET ü\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
        ] {
            for _ in 0..10 {
                let mut stream = connect(served.port).unwrap();
                stream.write_all(text.as_bytes()).unwrap();
                stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
                let _ = stream.read(&mut [0; 100]);
            }
        }
        let gone = within(LONG, || {
            (entries(&served, "task") <= threads + 5 && entries(&served, "fd") <= files + 5).then_some(())
        });
        assert!(
            gone.is_some(),
            "{threads} threads and {files} files before, {} and {} now",
            entries(&served, "task"),
            entries(&served, "fd")
        );
    }
}
