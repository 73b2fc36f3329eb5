//! Saves of every kind to what the running program shows, on the real file system. What is waited for is a condition, with
//! a bound; that something does not happen is shown by what happens next.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::common::{bare_theme, run};
use super::server::{Files, LONG, Served, command, within};

/// A small book with code from beside its source folder.
fn book() -> Files {
    let mut files = bare_theme();
    files.insert("book.toml".into(), b"[book]\ntitle = \"Book\"\nsrc = \"guide\"\n".to_vec());
    files.insert("guide/README.md".into(), b"# Home\n\nfirst\n\n[a](1-a/1-page.md)\n".to_vec());
    files.insert("guide/1-a/1-page.md".into(), b"# Page\n\nfirst\n".to_vec());
    files.insert("guide/1-a/2-other.md".into(), b"# Other\n\n```python file=../../outside/code.py\n```\n".to_vec());
    files.insert("outside/code.py".into(), b"first = 1\n".to_vec());
    files
}

fn served() -> Served {
    Served::book(&book())
}

impl Served {
    /// Waits until what is at `target` shows `text`.
    fn shows(&self, target: &str, text: &str) {
        let mut last = None;
        let shown = within(LONG, || {
            let answer = last.insert(self.get(target));
            (answer.status == 200 && answer.text().contains(text)).then_some(())
        });
        assert!(shown.is_some(), "{target} never showed {text}: {last:?}");
    }

    /// Waits until there is nothing at `target`.
    fn has_nothing_at(&self, target: &str) {
        let gone = within(LONG, || (self.get(target).status == 404).then_some(()));
        assert!(gone.is_some(), "{target} is still there");
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The files that it has said have changed, by line.
    fn changes(&self) -> Vec<String> {
        let lines = self.lines().into_iter();
        lines
            .filter_map(|line| Some(line.split_once(" in ").filter(|(_, took)| took.contains(" ms"))?.0.to_owned()))
            .collect()
    }
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("the file can be moved");
}

const PAGE: &str = "guide/1-a/1-page.md";

/// Programs save in these ways; after each the next must still be seen.
#[test]
fn every_way_of_saving_is_seen_again_and_again() {
    let served = served();
    let page = served.at(PAGE);
    for round in 0..2 {
        let text = |way: &str| format!("# Page\n\n{way} {round}\n");
        // In place.
        served.write(PAGE, &text("in-place"));
        served.shows("/a/page.html", &format!("in-place {round}"));
        // Through another file that takes the old one's place.
        served.write("guide/1-a/.page.tmp", &text("atomic"));
        rename(&served.at("guide/1-a/.page.tmp"), &page);
        served.shows("/a/page.html", &format!("atomic {round}"));
        served.write("guide/1-a/sedX1y2z3", &text("through-a-name-of-its-own"));
        rename(&served.at("guide/1-a/sedX1y2z3"), &page);
        served.shows("/a/page.html", &format!("through-a-name-of-its-own {round}"));
        // Vim: tries the folder, puts the old file aside, writes a new one, takes the old one away.
        served.write("guide/1-a/4913", "");
        fs::remove_file(served.at("guide/1-a/4913")).unwrap();
        rename(&page, &served.at("guide/1-a/1-page.md~"));
        served.write(PAGE, &text("vim"));
        fs::remove_file(served.at("guide/1-a/1-page.md~")).unwrap();
        served.shows("/a/page.html", &format!("vim {round}"));
        // Emacs: a lock that leads nowhere, an automatic copy, a backup, then in place.
        #[cfg(unix)]
        std::os::unix::fs::symlink("me@machine.1", served.at("guide/1-a/.#1-page.md")).unwrap();
        served.write("guide/1-a/#1-page.md#", "half");
        fs::copy(&page, served.at("guide/1-a/1-page.md~")).unwrap();
        served.write(PAGE, &text("emacs"));
        for left in [".#1-page.md", "#1-page.md#"] {
            let _ = fs::remove_file(served.at("guide/1-a").join(left));
        }
        served.shows("/a/page.html", &format!("emacs {round}"));
        // In many small writes.
        let mut file = fs::File::create(&page).unwrap();
        for word in text("piece-by-piece").split_inclusive(' ') {
            file.write_all(word.as_bytes()).unwrap();
            file.flush().unwrap();
        }
        drop(file);
        served.shows("/a/page.html", &format!("piece-by-piece {round}"));
        // Away, and back.
        fs::remove_file(&page).unwrap();
        served.write(PAGE, &text("anew"));
        served.shows("/a/page.html", &format!("anew {round}"));
    }
}

#[test]
fn a_file_that_stays_open_is_seen_too() {
    let served = served();
    let mut file = fs::OpenOptions::new().append(true).open(served.at(PAGE)).unwrap();
    file.write_all(b"\nnot closed\n").unwrap();
    served.shows("/a/page.html", "not closed");
}

#[test]
fn folders_come_move_and_go() {
    let served = served();
    // A file is in it before anybody can watch it.
    served.write("guide/2-new/deeper/1-x.md", "# X\n\nfirst x\n");
    served.shows("/new/deeper/x.html", "first x");
    served.write("guide/2-new/deeper/1-x.md", "# X\n\nsecond x\n");
    served.shows("/new/deeper/x.html", "second x");
    rename(&served.at("guide/2-new"), &served.at("guide/3-moved"));
    served.shows("/moved/deeper/x.html", "second x");
    served.has_nothing_at("/new/deeper/x.html");
    served.write("guide/3-moved/deeper/1-x.md", "# X\n\nthird x\n");
    served.shows("/moved/deeper/x.html", "third x");
    // Another folder in its place.
    fs::remove_dir_all(served.at("guide/3-moved")).unwrap();
    served.write("guide/3-moved/deeper/1-x.md", "# X\n\nfourth x\n");
    served.shows("/moved/deeper/x.html", "fourth x");
    served.write("guide/3-moved/deeper/1-x.md", "# X\n\nfifth x\n");
    served.shows("/moved/deeper/x.html", "fifth x");
    fs::remove_dir_all(served.at("guide/3-moved")).unwrap();
    served.has_nothing_at("/moved/deeper/x.html");
}

#[test]
fn pages_come_and_go() {
    let served = served();
    served.write("guide/1-a/3-third.md", "# Third\n");
    served.shows("/contents/root.js", "contents");
    served.shows("/a/third.html", "Third");
    served.shows("/contents.html", "Third");
    rename(&served.at("guide/1-a/3-third.md"), &served.at("guide/1-a/4-fourth.md"));
    served.shows("/a/fourth.html", "Third");
    served.has_nothing_at("/a/third.html");
    fs::remove_file(served.at("guide/1-a/4-fourth.md")).unwrap();
    served.has_nothing_at("/a/fourth.html");
}

#[test]
fn a_branch_switch_of_300_files_is_a_few_steps() {
    let served = served();
    for number in 0..300 {
        served.write(&format!("guide/2-many/{number}-p{number}.md"), &format!("# P{number}\n\nbefore\n"));
    }
    served.shows("/many/p299.html", "before");
    let before = served.changes().len();
    // As git does it: the old file is taken away, the new one written.
    for number in 0..300 {
        let path = format!("guide/2-many/{number}-p{number}.md");
        fs::remove_file(served.at(&path)).unwrap();
        served.write(&path, &format!("# P{number}\n\nafter\n"));
    }
    for number in [0, 150, 299] {
        served.shows(&format!("/many/p{number}.html"), "after");
    }
    let steps = served.changes().len() - before;
    assert!(steps < 30, "{steps} steps");
}

#[test]
fn configuration_theme_and_included_files_count() {
    let served = served();
    served.write("book.toml", "[book]\ntitle = \"Renamed\"\nsrc = \"guide\"\n");
    served.shows("/site.json", "\"title\":\"Renamed\"");
    served.write("outside/code.py", "second = 2\n");
    served.shows("/a/other.html", "second");
    let template = "themes/handbook/templates/page.html";
    let text = fs::read_to_string(served.at(template)).unwrap();
    served.write(template, &format!("{text}<!-- another template -->\n"));
    served.shows("/a/page.html", "another template");
    served.write("themes/handbook/js/boot.js", "\"another script\";\n");
    served.shows("/assets/boot.js", "another script");
    // Another source folder.
    served.write("pages/README.md", "# Elsewhere\n\nfrom another folder\n");
    served.write("book.toml", "[book]\ntitle = \"Renamed\"\nsrc = \"pages\"\n");
    served.shows("/", "from another folder");
    served.write("pages/README.md", "# Elsewhere\n\nand watched there\n");
    served.shows("/", "and watched there");
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_counts() {
    let served = served();
    served.write("shared/text.md", "# Shared\n\nfirst shared\n");
    std::os::unix::fs::symlink("../../shared/text.md", served.at("guide/1-a/3-shared.md")).unwrap();
    served.shows("/a/shared.html", "first shared");
    served.write("shared/text.md", "# Shared\n\nsecond shared\n");
    served.shows("/a/shared.html", "second shared");
}

#[test]
fn what_is_no_part_of_the_book_and_reading_never_count() {
    let served = served();
    // What a build does is nothing to the server.
    assert_eq!(run(&served.root, &["build", "-q"], 2).status, 0);
    for path in
        ["book/index.html", "guide/.hidden.md", "guide/1-a/x.md~", "guide/1-a/.git/x.md", "guide/node_modules/x.md"]
    {
        served.write(path, "changed");
    }
    for _ in 0..20 {
        fs::read(served.at(PAGE)).unwrap();
        served.get("/a/page.html");
    }
    served.write(PAGE, "# Page\n\nthe only change\n");
    served.shows("/a/page.html", "the only change");
    served.hear(|line| line.starts_with(PAGE));
    assert_eq!(served.changes(), [PAGE]);
}

#[test]
fn without_events_changes_are_found_as_well() {
    let served = Served::book_with(&book(), {
        let mut command = command();
        command.arg("--poll");
        command
    });
    served.write(PAGE, "# Page\n\nfound\n");
    served.shows("/a/page.html", "found");
    served.write("guide/2-new/1-x.md", "# X\n\nfound too\n");
    served.shows("/new/x.html", "found too");
    fs::remove_file(served.at("guide/2-new/1-x.md")).unwrap();
    served.has_nothing_at("/new/x.html");
}

#[test]
fn a_mistake_is_told_once_and_the_page_stays_as_it_was() {
    let served = served();
    served.write(PAGE, "# Page\n\nbroken [x](nowhere.md)\n");
    served.hear(|line| line.contains("error[link/missing-page]"));
    served.hear(|line| line == "guide/1-a/1-page.md:3:12" || line.contains("guide/1-a/1-page.md:3:12"));
    served.shows("/.prepbook/problems", "link/missing-page");
    served.shows("/a/page.html", "first");
    assert!(!served.get("/a/page.html").text().contains("broken"));
    // Other pages go on.
    served.write("guide/README.md", "# Home\n\ngoes on\n\n[a](1-a/1-page.md)\n");
    served.shows("/", "goes on");
    served.write(PAGE, "# Page\n\nmended\n");
    served.shows("/a/page.html", "mended");
    served.hear(|line| line.contains("1 mended"));
    let told = served.lines().iter().filter(|line| line.contains("error[link/missing-page]")).count();
    assert_eq!(told, 1);
}

#[test]
fn a_broken_configuration_or_template_leaves_the_book_as_it_was() {
    let served = served();
    served.write("book.toml", "[book\n");
    served.hear(|line| line.contains("error[config/syntax]"));
    served.shows("/a/page.html", "first");
    served.write("book.toml", "[book]\ntitle = \"Book\"\nsrc = \"guide\"\n");
    served.hear(|line| line.contains("mended"));
    let template = "themes/handbook/templates/page.html";
    let text = fs::read_to_string(served.at(template)).unwrap();
    served.write(template, "{{ nowhere");
    served.shows("/.prepbook/problems", "theme/");
    served.shows("/a/page.html", "first");
    served.write(template, &text);
    served.shows("/.prepbook/problems", "\"errors\":0");
    served.write(PAGE, "# Page\n\nsecond\n");
    served.shows("/a/page.html", "second");
}

#[test]
fn a_book_that_is_away_for_a_while_is_served_on() {
    let served = served();
    let away = served.root.with_extension("away");
    rename(&served.root, &away);
    served.shows("/.prepbook/problems", "there is no folder");
    served.shows("/a/page.html", "first");
    rename(&away, &served.root);
    served.shows("/.prepbook/problems", "\"errors\":0");
    served.write(PAGE, "# Page\n\nback\n");
    served.shows("/a/page.html", "back");
    served.hear(|line| line == "the book can be read again");
    let told = served.lines().iter().filter(|line| line.contains("there is no folder")).count();
    assert_eq!(told, 1);
}

#[test]
fn a_source_folder_that_is_away_for_a_while_is_served_on() {
    let served = served();
    rename(&served.at("guide"), &served.at("away"));
    served.shows("/.prepbook/problems", "\"errors\":1");
    served.shows("/a/page.html", "first");
    rename(&served.at("away"), &served.at("guide"));
    served.shows("/.prepbook/problems", "\"errors\":0");
    served.write(PAGE, "# Page\n\nback\n");
    served.shows("/a/page.html", "back");
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Puts a link in the place of whatever is there.
    fn link(target: &str, path: &Path) {
        let new = path.with_extension("new.tmp");
        symlink(target, &new).expect("the link can be made");
        rename(&new, path);
    }

    #[test]
    fn a_page_that_becomes_a_link_out_of_the_book_is_not_followed() {
        for arguments in [&[][..], &["--poll"]] {
            let mut files = book();
            files.insert("guide/plain.md".into(), b"hello plain\n".to_vec());
            let mut command = command();
            command.args(arguments);
            let served = Served::book_with(&files, command);
            fs::write(served.root.with_file_name("secret"), "the secret\n").unwrap();
            link("../../secret", &served.at("guide/plain.md"));
            served.shows("/.prepbook/problems", "file/symlink");
            assert!(!served.get("/plain.html").text().contains("the secret"));
        }
    }

    #[test]
    fn what_a_link_leads_through_counts_and_what_it_does_not_find_yet() {
        let served = served();
        for (path, text) in [("real/r.md", "# R\n\none\n"), ("real/s.md", "# S\n\nother\n"), ("mid/x", "")] {
            served.write(path, text);
        }
        symlink("../real/r.md", served.at("mid/l.md")).unwrap();
        symlink("../mid/l.md", served.at("guide/linked.md")).unwrap();
        served.shows("/linked.html", "one");
        link("../real/s.md", &served.at("mid/l.md"));
        served.shows("/linked.html", "other");
        symlink("../later/d.md", served.at("guide/dangling.md")).unwrap();
        served.shows("/.prepbook/problems", "leads nowhere");
        served.write("later/d.md", "# D\n\nthere now\n");
        served.shows("/dangling.html", "there now");
        fs::remove_file(served.at("later/d.md")).unwrap();
        served.shows("/.prepbook/problems", "leads nowhere");
    }

    #[test]
    fn a_page_and_a_link_to_it_change_together() {
        let served = served();
        symlink("1-page.md", served.at("guide/1-a/3-same.md")).unwrap();
        served.shows("/a/same.html", "first");
        served.write(PAGE, "# Page\n\nboth\n");
        served.shows("/a/page.html", "both");
        assert!(served.get("/a/same.html").text().contains("both"));
    }
}

#[test]
fn a_folder_further_up_may_go() {
    let mut files = bare_theme();
    files.insert("book.toml".into(), b"[book]\nsrc = \"docs/guide\"\n".to_vec());
    files.insert("docs/guide/README.md".into(), b"# Home\n".to_vec());
    let served = Served::book(&files);
    rename(&served.at("docs"), &served.at("away"));
    served.shows("/.prepbook/problems", "there is no source folder");
}

#[test]
fn included_files_count_whatever_their_names() {
    let mut files = book();
    files.insert("guide/1-a/2-other.md".into(), b"# Other\n\n```text file=../../.settings\n```\n".to_vec());
    files.insert(".settings".into(), b"old settings\n".to_vec());
    let served = Served::book(&files);
    served.shows("/a/other.html", "old settings");
    served.write(".settings", "new settings\n");
    served.shows("/a/other.html", "new settings");
}

#[test]
fn a_folder_of_the_outputs_name_may_be_a_part_of_the_book() {
    let files = [("README.md", "# Home\n"), ("book/a.md", "# A\n\nfirst\n")];
    let served = Served::book(&files.map(|(path, text)| (path.to_owned(), text.into())).into());
    served.shows("/book/a.html", "first");
    served.write("book/a.md", "# A\n\nsecond\n");
    served.shows("/book/a.html", "second");
}

#[test]
fn the_books_own_files_may_have_the_names_of_the_themes() {
    let mut files = book();
    files.insert("guide/assets/core.js".into(), b"\"the book's own\";\n".to_vec());
    let served = Served::book(&files);
    served.shows("/assets/core.js", "the book's own");
}

#[test]
fn a_template_that_a_page_breaks_and_mends_is_told_of() {
    let mut files = book();
    files.insert("themes/handbook/templates/x.html".into(), b"<p>{{ page.description | upper }}</p>\n".to_vec());
    files.insert(PAGE.into(), b"---\ntemplate: x.html\ndescription: words\n---\n# Page\n".to_vec());
    let served = Served::book(&files);
    served.shows("/a/page.html", "WORDS");
    served.write(PAGE, "---\ntemplate: x.html\n---\n# Page\n");
    served.shows("/.prepbook/problems", "theme/");
    served.write(PAGE, "---\ntemplate: x.html\ndescription: again\n---\n# Page\n");
    served.shows("/a/page.html", "AGAIN");
    served.shows("/.prepbook/problems", "\"errors\":0");
}

#[test]
fn a_page_that_cannot_be_read_stays_as_it_was() {
    let served = served();
    fs::write(served.at(PAGE), b"# P\xe4ge\n").unwrap();
    served.shows("/.prepbook/problems", "file/not-utf8");
    served.shows("/a/page.html", "first");
    served.write(PAGE, "# Page\n\nreadable\n");
    served.shows("/a/page.html", "readable");
}

#[test]
fn equal_mistakes_are_counted_one_by_one() {
    let served = served();
    served.write(PAGE, "# Page\n\n[x](no.md)\n");
    served.hear(|line| line.ends_with(": 1 new; the book has 1 error"));
    served.write(PAGE, "# Page\n\n[x](no.md)\n\n[x](no.md)\n");
    served.hear(|line| line.ends_with(": 1 new; the book has 2 errors"));
    served.write(PAGE, "# Page\n\n[x](no.md)\n\ntext\n");
    served.hear(|line| line.ends_with(": 1 mended; the book has 1 error"));
    served.write(PAGE, "# Page\n");
    served.hear(|line| line.ends_with(": 1 mended; nothing is wrong any more"));
}

/// A program that writes slowly, or a shell that empties a file before it has something to put in, is waited for, whatever
/// else happens meanwhile.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_being_written_stays_as_it_was() {
    let served = served();
    for round in 0..10 {
        let mut file = fs::File::create(served.at(PAGE)).unwrap();
        // Another save, of which everybody is to know.
        served.write("guide/README.md", &format!("# Home {round}\n\n[a](1-a/1-page.md)\n"));
        served.shows("/", &format!("Home {round}"));
        let text = served.get("/a/page.html").text();
        assert!(text.contains("first") || text.contains("written"), "{text}");
        file.write_all(format!("# Page\n\nwritten {round}\n").as_bytes()).unwrap();
        drop(file);
        served.shows("/a/page.html", &format!("written {round}"));
    }
}

#[test]
fn another_path_of_the_site_is_said() {
    let served = served();
    served.write("book.toml", "[book]\ntitle = \"Book\"\nsrc = \"guide\"\n[output.html]\nsite-url = \"/sub/\"\n");
    served.hear(|line| line.starts_with("the book is at http://127.0.0.1:") && line.ends_with("/sub/ now"));
    served.shows("/sub/a/page.html", "first");
}
