//! Addresses as people write them, and what may have been meant by those that do not exist.

use super::server::{Files, Served, small_book};

fn leads(served: &Served, from: &str, to: &str) {
    let answer = served.get(from);
    assert_eq!((answer.status, answer.header("Location")), (302, Some(to)), "{from}");
    assert_eq!(served.get(to).status, 200, "{to}");
}

#[test]
fn folders_and_pages_are_found_without_the_end_of_their_addresses() {
    let served = Served::small();
    assert!(served.get("/reading/").body == served.get("/reading/index.html").body);
    assert!(served.get("/").body == served.get("/index.html").body);
    assert_eq!(served.get("/reading/?x=1&y=//").status, 200);
    leads(&served, "/reading", "/reading/");
    leads(&served, "/reading/first-page", "/reading/first-page.html");
    leads(&served, "/contents", "/contents.html");
}

#[test]
fn the_path_of_a_source_file_leads_to_its_page() {
    let served = Served::small();
    for (from, to) in [
        ("/README.md", "/index.html"),
        ("/guide/README.md", "/index.html"),
        ("/1-reading", "/reading/index.html"),
        ("/1-reading/", "/reading/index.html"),
        ("/1-reading/README.md", "/reading/index.html"),
        ("/guide/1-reading/README.md", "/reading/index.html"),
        ("/1-reading/1-first-page.md", "/reading/first-page.html"),
        ("/guide/1-reading/1-first-page.md", "/reading/first-page.html"),
    ] {
        leads(&served, from, to);
    }
    let answer = served.get("/1-reading/2-gr%C3%B6%C3%9Fe%20und%20ma%C3%9F.md");
    let to = answer.header("Location").unwrap_or_else(|| panic!("{answer:?}"));
    assert!(to.is_ascii() && !to.contains(' '), "{to}");
    assert!(served.get(to).text().contains("Größe"), "{to}");
}

#[test]
fn no_redirect_leaves_the_host() {
    let mut files = small_book();
    let config = "[book]\ntitle = \"Small book\"\nsrc = \"guide\"\n[output.html]\nsite-url = \"/b/\"\n";
    let plain = Served::book(&files);
    files.insert("book.toml".into(), config.into());
    let below = Served::book(&files);
    for served in [plain, below] {
        for path in ["reading", "1-reading", "README.md", "guide", "index.html", "reading/first-page", "b", "b/reading"]
        {
            for target in [
                format!("/{path}"),
                format!("//{path}"),
                format!("///{path}"),
                format!("/b//{path}"),
                format!("//a.example/{path}"),
                format!("/%09/a.example/{path}"),
                format!("/\\a.example/{path}"),
                format!("http://127.0.0.1//{path}"),
                format!("http://127.0.0.1//a.example/{path}"),
                format!("/{path}?//a.example"),
            ] {
                let answer = served.get(&target);
                let is_local = |to: &str| to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
                if answer.status == 302 {
                    assert!(answer.header("Location").is_some_and(is_local), "{target}: {answer:?}");
                } else {
                    assert!(matches!(answer.status, 200 | 400 | 404), "{target}: {answer:?}");
                    assert_eq!(answer.header("Location"), None, "{target}");
                }
            }
        }
    }
}

#[test]
fn an_unknown_address_shows_what_may_have_been_meant() {
    let served = Served::small();
    for target in ["/reading/frist-page.html", "/first-page.html", "/reding/first-page", "/old/first-page.md"] {
        let answer = served.get(target);
        assert_eq!(answer.status, 404, "{target}");
        let text = answer.text();
        assert!(text.contains("<a href=\"/reading/first-page.html\">First page</a>"), "{target}: {text}");
        assert!(text.contains("/.prepbook/live.js"), "{target}: the page comes back by itself: {text}");
    }
    let nothing_like_it = served.get("/qqqq.html");
    assert_eq!(nothing_like_it.status, 404);
    assert!(!nothing_like_it.text().contains("Did you mean"), "{nothing_like_it:?}");
}

#[test]
fn an_address_and_a_title_cannot_write_into_the_page() {
    let mut files: Files = small_book();
    files.insert("guide/script.md".into(), b"# Script `<script>alert(1)</script>`\n".to_vec());
    let served = Served::book(&files);
    for target in ["/%3Cscript%3Ealert(1)%3C/script%3E", "/scrip%22%3E%3Cb%3E", "/<script>", "/scrip\"<b>"] {
        let text = served.get(target).text();
        let ours = text.matches("<script").count() - text.matches("<script src=\"/.prepbook/").count();
        let in_theme = served.get("/qqqq").text();
        let known = in_theme.matches("<script").count() - in_theme.matches("<script src=\"/.prepbook/").count();
        assert_eq!(ours, known, "{target}: {text}");
        assert!(!text.contains("<b>"), "{target}: {text}");
    }
}

#[test]
fn who_asks_for_a_picture_gets_no_page() {
    let served = Served::small();
    for accept in ["image/*", "image/avif,image/webp,image/png", "text/css"] {
        let answer = served.ask("GET", "/reading/frist-page.png", &[&format!("Accept: {accept}")]);
        assert_eq!(answer.status, 404);
        assert!(answer.body.len() < 200 && !answer.text().contains('<'), "{answer:?}");
    }
    for accept in ["text/html,application/xhtml+xml", "*/*"] {
        let answer = served.ask("GET", "/reading/frist-page", &[&format!("Accept: {accept}")]);
        assert!(answer.status == 404 && answer.text().contains("<title>"), "{answer:?}");
    }
}
