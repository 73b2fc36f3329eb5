//! What is served is what `build` writes, byte for byte, but for the script that keeps pages new, the names of the theme's
//! files, and the service worker.

use std::path::Path;
use std::sync::Mutex;

use super::client::encoded;
use super::common::{Run, bare_theme, copy, folders, repository, run, scratch, site, tree, write};
use super::server::{Files, Served, command, small_book};

/// Cases of which `build` can publish nothing, because their theme cannot be used.
const UNPUBLISHED: &[&str] = &["theme-syntax"];

/// What only a published site has, besides an EPUB: a service worker would show what was, where a page is to be as its sources
/// are.
const OF_AN_EDITION: &[&str] = &["sw.js", "offline.json"];

/// How many books are served at a time.
const TOGETHER: usize = 2;

#[test]
fn every_book_is_served_as_it_is_published() {
    let cases = Mutex::new(folders(&repository().join("tests/books")));
    let failures = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(case) = cases.lock().expect("nobody panics with it").pop() else { return };
            let name = case.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
            let is_published = !UNPUBLISHED.contains(&name);
            let compared = std::panic::catch_unwind(|| compare_case(&case, is_published));
            if let Err(problems) = compared.unwrap_or_else(|_| Err("the server has failed".to_owned())) {
                failures.lock().expect("nobody panics with it").push(format!("{name}: {problems}"));
            }
        }
    };
    std::thread::scope(|scope| (0..TOGETHER).for_each(|_| drop(scope.spawn(work))));
    let failures = failures.into_inner().expect("nobody has panicked");
    assert!(failures.is_empty(), "{} books:\n{}", failures.len(), failures.join("\n"));
}

/// A golden book, as `tests/books.rs` understands it.
fn compare_case(case: &Path, is_published: bool) -> Result<(), String> {
    let mut input = tree(case);
    let args = input.remove("args").map_or(String::new(), |bytes| String::from_utf8_lossy(&bytes).into_owned());
    input.retain(|path, _| !path.starts_with("expected/") && path != "expected.txt");
    if input.contains_key("book.toml") && !input.keys().any(|path| path.starts_with("themes/")) {
        input.extend(bare_theme());
    }
    let drafts: &[&str] = if args.contains("--drafts") { &["--drafts"] } else { &[] };
    let scratch = scratch();
    let root = scratch.path().join("a-book");
    write(&root, &input, false);
    compare(&root, drafts, is_published)
}

#[test]
fn the_handbook_theme_is_served_as_it_is_published() {
    let scratch = scratch();
    let root = scratch.path().join("book");
    copy(&repository().join("tests/browser/book"), &root);
    compare(&root, &[], true).unwrap();
}

/// Builds the book and serves it, and compares every address.
fn compare(root: &Path, drafts: &[&str], is_published: bool) -> Result<(), String> {
    let source = tree(root);
    let output = root.with_file_name("output");
    let output_name = output.to_str().expect("names in tests are UTF-8");
    let built = run(root, &[&["build", "--keep-going", "--quiet", "-d", output_name], drafts].concat(), 2);
    let Run { status, err, .. } = built;
    let site = site(&output);
    if status == 2 || site.is_empty() == is_published {
        return Err(format!("build ended with status {status} and wrote {} files: {err}", site.len()));
    }
    let mut program = command();
    program.args(drafts);
    let served = Served::folder(root, program);
    let base = served.url.splitn(4, '/').nth(3).expect("it has a path");
    let names = Names::of(&site);
    let mut problems = Vec::new();
    for (path, published) in &site {
        let is_page = path.ends_with(".html") && !is_copy(&source, published) && !is_redirect(&site, &source, path);
        let plain = names.plain(path);
        for address in [path, &plain] {
            let answer = served.get(&encoded(&format!("/{base}{address}")));
            let (scripts, body) = without_script(&answer.body);
            if OF_AN_EDITION.contains(&address.as_str()) {
                if answer.status != 404 {
                    problems.push(format!("/{base}{address} is {}", answer.status));
                }
            } else if answer.status != 200 {
                problems.push(format!("/{base}{address} is {}", answer.status));
            } else if scripts != usize::from(is_page) {
                problems.push(format!("/{base}{address} has {scripts} scripts of ours"));
            } else if names.plain_in(&body) != names.plain_in(&without_worker(published)) {
                problems.push(format!(
                    "/{base}{address} is not what was published:\n{}\n--- but:\n{}",
                    String::from_utf8_lossy(published),
                    answer.text()
                ));
            }
        }
    }
    let home = served.get(&encoded(&format!("/{base}")));
    let expected = if is_published { 200 } else { 500 };
    if home.status != expected {
        problems.push(format!("the home page is {}: {}", home.status, home.text()));
    }
    if tree(root) != source {
        problems.push("something was written into the book".to_owned());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Whether these are the bytes of a file of the book.
fn is_copy(source: &Files, bytes: &[u8]) -> bool {
    source.values().any(|known| known == bytes)
}

/// Whether it is made by the theme's template of pages that only lead on.
fn is_redirect(site: &Files, source: &Files, path: &str) -> bool {
    let text = String::from_utf8_lossy(&site[path]).into_owned();
    let is_bare = source.get("themes/handbook/templates/redirect.html").is_some_and(|template| {
        let start = template.split(|&byte| byte == b'{').next().unwrap_or_default();
        String::from_utf8_lossy(template).contains("<!-- to:")
            && text.as_bytes().starts_with(start)
            && text.contains("<!-- to:")
    });
    is_bare || text.contains("http-equiv=\"refresh\"")
}

/// How many script elements of the server a page has, and the page without them.
fn without_script(body: &[u8]) -> (usize, Vec<u8>) {
    let mut rest = body;
    let (mut scripts, mut out) = (0, Vec::new());
    while let Some(start) = find(rest, b"<script src=\"/.prepbook/live.js\" data-state=\"") {
        out.extend_from_slice(&rest[..start]);
        let end = find(&rest[start..], b"\"></script>").expect("the element ends");
        rest = &rest[start + end + "\"></script>".len()..];
        scripts += 1;
    }
    out.extend_from_slice(rest);
    (scripts, out)
}

/// A published page as it would be without a service worker.
fn without_worker(page: &[u8]) -> Vec<u8> {
    let Some(start) = find(page, b" data-worker=\"") else { return page.to_vec() };
    let end = find(&page[start..], b" defer>").expect("the element ends");
    [&page[..start], &page[start + end..]].concat()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The names of the theme's files, published and served.
struct Names(Vec<(String, String)>);

impl Names {
    fn of(site: &Files) -> Self {
        let plain = |path: &String| {
            let (name, hash) = path.strip_prefix("assets/")?.split_once('-')?;
            let (hash, extension) = hash.split_once('.')?;
            let is_hash = hash.len() == 10 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_ours = matches!(
                (name, extension),
                ("handbook" | "practice" | "search" | "voice", "css")
                    | ("boot" | "core" | "practice" | "search" | "voice", "js")
            );
            (is_hash && is_ours).then(|| (path.clone(), format!("assets/{name}.{extension}")))
        };
        Self(site.keys().filter_map(plain).collect())
    }

    fn plain(&self, path: &str) -> String {
        self.0.iter().find(|(known, _)| known == path).map_or(path, |(_, plain)| plain).to_owned()
    }

    fn plain_in(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for (name, plain) in &self.0 {
            while let Some(start) = find(&bytes, name.as_bytes()) {
                bytes.splice(start..start + name.len(), plain.bytes());
            }
        }
        bytes
    }
}

#[test]
fn a_site_that_has_a_path_is_served_below_it() {
    let mut files = small_book();
    let config =
        "[book]\ntitle = \"Small book\"\nsrc = \"guide\"\n[output.html]\nsite-url = \"https://a.example/b/c\"\n";
    files.insert("book.toml".into(), config.into());
    let served = Served::book(&files);
    assert_eq!(served.url, format!("http://127.0.0.1:{}/b/c/", served.port));
    assert_eq!(served.get("/b/c/").status, 200);
    for (from, to) in [
        ("/", "/b/c/"),
        ("/index.html", "/b/c/index.html"),
        ("/reading/first-page.html", "/b/c/reading/first-page.html"),
        ("/b/c/reading", "/b/c/reading/"),
        ("/b/c/reading/first-page", "/b/c/reading/first-page.html"),
    ] {
        let answer = served.get(from);
        assert_eq!((answer.status, answer.header("Location")), (302, Some(to)), "{from}");
    }
    for missing in ["/nothing.html", "/b/nothing.html", "/b/c/nothing.html", "/b/c/b/c/index.html"] {
        assert_eq!(served.get(missing).status, 404, "{missing}");
    }
}

#[test]
fn a_path_with_letters_of_any_kind_is_reached_by_the_printed_address() {
    for path in ["/b%20c/", "/gr%C3%B6%C3%9Fe/", "/größe/"] {
        let mut files = small_book();
        let config = format!("[book]\ntitle = \"Small book\"\nsrc = \"guide\"\n[output.html]\nsite-url = \"{path}\"\n");
        files.insert("book.toml".into(), config.into());
        let served = Served::book(&files);
        // What a browser makes of the address: it encodes what no address can have, and leaves the rest alone.
        let sent = |text: &str| {
            let encode = |c: char| if c.is_ascii() { c.to_string() } else { encoded(&c.to_string()) };
            text.chars().map(encode).collect::<String>()
        };
        let printed = sent(&served.url).splitn(4, '/').nth(3).expect("it has a path").to_owned();
        let home = served.get(&format!("/{printed}"));
        assert!(home.status == 200 && home.text().contains("Home"), "{path}: {home:?}");
        for (from, to) in [("/".to_owned(), ""), (format!("/{printed}reading"), "reading/")] {
            let answer = served.get(&from);
            let location = answer.header("Location").unwrap_or_else(|| panic!("{path}: {answer:?}"));
            assert!(location.is_ascii(), "{path}: {location}");
            assert_eq!(location, format!("/{printed}{to}"), "{path}");
            assert_eq!(served.get(location).status, 200, "{path}");
        }
    }
}
