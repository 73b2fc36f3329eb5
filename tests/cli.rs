//! The running program: commands, exit statuses, what it says about folders that are no book.

mod common;

use std::fs;
use std::path::Path;

use common::{Run, repository, run, scratch, site, tree, write};

fn at(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, arguments, 2)
}

/// A new book in a new folder.
fn new_book() -> tempfile::TempDir {
    let scratch = scratch();
    assert_eq!(at(scratch.path(), &["init", "."]).status, 0);
    scratch
}

#[test]
fn a_new_book_has_nothing_wrong_and_builds() {
    let book = new_book();
    let built = at(book.path(), &["build", "--strict"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let home = Path::new(".").join("book").join("index.html");
    assert!(built.err.contains(&format!("open {}", home.display())), "{}", built.err);
    assert!(!built.err.contains("warning") && !built.err.contains("note"), "{}", built.err);
    let pages = site(&book.path().join("book"));
    assert_eq!(common::police(&pages), Vec::<String>::new());
    assert!(
        pages.contains_key("first-chapter/writing.html") && pages.contains_key("first-chapter/code/greeting.py.html")
    );
}

#[test]
fn the_version_is_that_of_the_package_and_names_no_day() {
    let version = env!("CARGO_PKG_VERSION");
    for argument in ["--version", "-V"] {
        let said = at(repository(), &[argument]);
        assert_eq!((said.status, said.out.trim_end()), (0, format!("prepbook {version}").as_str()), "{argument}");
    }
}

#[test]
fn init_never_writes_over_anything() {
    let book = new_book();
    fs::write(book.path().join("guide/README.md"), "mine").unwrap();
    let again = at(book.path(), &["init"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("already holds book.toml"), "{}", again.err);
    assert_eq!(fs::read_to_string(book.path().join("guide/README.md")).unwrap(), "mine");
}

#[test]
fn errors_leave_the_last_good_site_and_end_with_status_1() {
    let book = new_book();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    let before = tree(&book.path().join("book"));
    let home = book.path().join("guide/README.md");
    fs::write(&home, "# Home\n\n[gone](gone.md)\n").unwrap();
    let broken = at(book.path(), &["build"]);
    assert_eq!(broken.status, 1);
    assert!(broken.err.contains("README.md:3:8") && broken.err.contains("the last good site stays"), "{}", broken.err);
    assert_eq!(tree(&book.path().join("book")), before);
    assert_eq!(at(book.path(), &["check"]).status, 1);
    let forced = at(book.path(), &["build", "--keep-going"]);
    assert_eq!(forced.status, 1);
    assert_ne!(site(&book.path().join("book")), before);
}

#[test]
fn strict_makes_warnings_count() {
    let book = new_book();
    fs::write(book.path().join("guide/README.md"), "# Home\n\n```klingon\nx\n```\n").unwrap();
    assert_eq!(at(book.path(), &["check"]).status, 0);
    assert_eq!(at(book.path(), &["check", "--strict"]).status, 1);
    let strict = at(book.path(), &["build", "--strict"]);
    assert_eq!(strict.status, 1);
    assert!(!book.path().join("book/index.html").exists());
}

#[test]
fn folders_that_are_no_book_get_a_friendly_word() {
    let scratch = scratch();
    for command in ["build", "check", "clean"] {
        let run = at(scratch.path(), &[command]);
        assert_eq!(run.status, 2, "{command}");
        assert!(run.err.contains("is no book") && run.err.contains("prepbook init"), "{command}: {}", run.err);
    }
    assert_eq!(at(scratch.path(), &["build", "nowhere"]).status, 2);
    let book = new_book();
    let inside = at(&book.path().join("guide"), &["build"]);
    assert_eq!(inside.status, 2);
    assert!(inside.err.contains("inside a book"), "{}", inside.err);
    assert_eq!(at(scratch.path(), &["build", "--no-such-option"]).status, 2);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_foreign_files_stay() {
    let book = new_book();
    let output = book.path().join("book");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("thesis.txt"), "years of work").unwrap();
    let refused = at(book.path(), &["build"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("did not write: `thesis.txt`"), "{}", refused.err);
    fs::remove_file(output.join("thesis.txt")).unwrap();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    fs::write(output.join("thesis.txt"), "years of work").unwrap();
    fs::write(output.join("first-chapter/mine.html"), "mine").unwrap();
    fs::remove_dir_all(book.path().join("guide/1-first-chapter")).unwrap();
    fs::write(book.path().join("guide/README.md"), "# Home\n").unwrap();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    assert!(!output.join("first-chapter/writing.html").exists(), "what is no longer part of the site goes");
    assert_eq!(fs::read_to_string(output.join("first-chapter/mine.html")).unwrap(), "mine");
    assert_eq!(at(book.path(), &["clean"]).status, 0);
    let left: Vec<String> = tree(&output).into_keys().collect();
    assert_eq!(left, ["first-chapter/mine.html", "thesis.txt"]);
}

#[test]
fn a_site_may_stand_in_a_checkout_and_around_another() {
    let book = new_book();
    let output = book.path().join("book");
    fs::create_dir_all(output.join(".git")).unwrap();
    fs::write(output.join(".git/HEAD"), "ref: refs/heads/gh-pages").unwrap();
    fs::write(output.join(".DS_Store"), "").unwrap();
    assert_eq!(at(book.path(), &["build", "-d", "book/manual"]).status, 0);
    let manual = tree(&output.join("manual"));
    let around = at(book.path(), &["build"]);
    assert_eq!(around.status, 0, "{}", around.err);
    assert_eq!(at(book.path(), &["clean"]).status, 0);
    assert_eq!(tree(&output.join("manual")), manual);
    assert!(output.join(".git/HEAD").is_file() && !output.join("index.html").exists());
    let nothing = at(book.path(), &["clean", "-d", "nowhere"]);
    assert_eq!(nothing.status, 0);
    assert!(nothing.err.contains("there is no site in nowhere"), "{}", nothing.err);
}

#[test]
fn what_is_taken_for_the_book_is_said() {
    let book = new_book();
    let guide = at(book.path(), &["check", "guide"]);
    assert!(guide.err.contains("these are the pages of the book"), "{}", guide.err);
    let bare = scratch();
    fs::write(bare.path().join("notes.md"), "[gone](gone.md)\n").unwrap();
    let run = at(bare.path(), &["build"]);
    assert!(run.err.contains("there is no book.toml; the whole folder"), "{}", run.err);
    fs::write(bare.path().join("notes.md"), "# Notes\n").unwrap();
    let run = at(bare.path(), &["build"]);
    assert!(run.status == 0 && !run.err.contains("book.toml"), "{}", run.err);
    let run = at(bare.path(), &["check", "-d", "site"]);
    assert!(run.status == 2 && run.err.contains("`prepbook build -d site`"), "{}", run.err);
    for url in ["https://me:secret@a.example/", "a.example"] {
        let run = at(bare.path(), &["build", "--base-url", url]);
        assert!(run.status == 2 && run.err.contains("it wants a path such as"), "{}", run.err);
    }
    let run = at(book.path(), &["build", "-d", "guide/../site"]);
    assert!(run.err.ends_with(&format!("open {}\n", Path::new("site").join("index.html").display())), "{}", run.err);
    assert!(at(bare.path(), &["completions", "bash"]).out.contains("link/missing-page"));
}

#[test]
fn a_page_of_ours_that_somebody_changed_is_written_again() {
    let book = new_book();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    let page = book.path().join("book/index.html");
    let right = fs::read(&page).unwrap();
    fs::write(&page, "changed").unwrap();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    assert_eq!(fs::read(&page).unwrap(), right);
}

#[test]
fn a_stopped_run_is_finished_by_the_next() {
    let book = new_book();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    fs::write(book.path().join("guide/README.md"), "# Another home\n\n[on](1-first-chapter/README.md)\n").unwrap();
    let good = scratch();
    assert_eq!(at(book.path(), &["build", "-d", good.path().join("site").to_str().unwrap()]).status, 0);
    // What a run that was stopped between its decision and its last move leaves behind.
    let own = book.path().join("book/.prepbook");
    let other = good.path().join("site/.prepbook/manifest.json");
    let read = |path: &Path| serde_json::from_slice::<serde_json::Value>(&fs::read(path).unwrap()).unwrap();
    let (before, mut journal) = (read(&own.join("manifest.json")), read(&other));
    let files = |manifest: &serde_json::Value| manifest["files"].as_array().unwrap().clone();
    let is_left = |file: &serde_json::Value| files(&journal).iter().any(|other| other[0] == file[0]);
    let removed: Vec<_> = files(&before).into_iter().filter(|file| !is_left(file)).collect();
    assert!(!removed.is_empty(), "the names of the index's files go by what they say");
    journal["removed"] = removed.iter().map(|file| serde_json::json!([file[0], file[1]])).collect();
    journal["moves"] = serde_json::json!([[7, "index.html"]]);
    fs::create_dir_all(own.join("staging")).unwrap();
    fs::copy(good.path().join("site/index.html"), own.join("staging/7")).unwrap();
    fs::write(own.join("journal.json"), journal.to_string()).unwrap();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    assert_eq!(site(&book.path().join("book")), site(&good.path().join("site")));
    assert!(!own.join("journal.json").exists() && !own.join("staging").exists());
    // Garbage in our own folder does not stop a run either.
    fs::write(own.join("journal.json"), "{").unwrap();
    fs::write(own.join("manifest.json"), "[]").unwrap();
    assert_eq!(at(book.path(), &["build"]).status, 0);
    assert_eq!(site(&book.path().join("book")), site(&good.path().join("site")));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let scratch = scratch();
    let files = |paths: &[&str]| paths.iter().map(|path| ((*path).to_owned(), b"# Title\n".to_vec())).collect();
    let book = scratch.path().join("b");
    for paths in
        [&["README.md", "x.html/y.md", "z.md"][..], &["README.md", "x.md", "z.html/y.md"], &["README.md", "z.md"]]
    {
        let _ = fs::remove_dir_all(book.join("x.html"));
        let _ = fs::remove_dir_all(book.join("z.html"));
        let _ = fs::remove_file(book.join("x.md"));
        let _ = fs::remove_file(book.join("z.md"));
        fs::create_dir_all(&book).unwrap();
        write(&book, &files(paths), false);
        let built = at(scratch.path(), &["build", "b"]);
        assert_eq!(built.status, 0, "{paths:?}: {}", built.err);
        let clean = scratch.path().join("clean");
        let _ = fs::remove_dir_all(&clean);
        assert_eq!(at(scratch.path(), &["build", "b", "-d", clean.to_str().unwrap()]).status, 0);
        assert_eq!(site(&book.join("book")), site(&clean));
    }
}

#[test]
fn the_working_directory_does_not_matter() {
    let book = new_book();
    let parent = book.path().parent().unwrap();
    let name = book.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(at(book.path(), &["build", "-d", "one"]).status, 0);
    assert_eq!(at(parent, &["build", name, "-d", &format!("{name}/two")]).status, 0);
    assert_eq!(site(&book.path().join("one")), site(&book.path().join("two")));
    // Neither is part of the book, although both lie in it.
    assert_eq!(at(book.path(), &["build", ".", "-d", "one"]).status, 0);
}

#[test]
fn new_page_list_and_completions() {
    let book = new_book();
    let made = at(book.path(), &["new", "page", "1-first-chapter/3-tenants"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let file = book.path().join("guide/1-first-chapter/3-tenants.md");
    assert!(fs::read_to_string(&file).unwrap().contains("# Tenants"));
    assert_eq!(at(book.path(), &["new", "page", "1-first-chapter/3-tenants"]).status, 2, "never over a file");
    assert_eq!(at(book.path(), &["new", "page", "../x"]).status, 2);
    assert_eq!(at(book.path(), &["check", "--strict"]).status, 0, "a new page has nothing wrong");
    let pages = at(book.path(), &["list", "pages", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&pages.out).unwrap();
    let urls: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["url"].as_str().unwrap()).collect();
    assert_eq!(
        urls,
        [
            "index.html",
            "first-chapter/index.html",
            "first-chapter/writing.html",
            "first-chapter/practising.html",
            "first-chapter/tenants.html"
        ]
    );
    fs::write(&file, "# T\n\n[a](https://a.example/) [b](1-writing.md)\n").unwrap();
    let links = at(book.path(), &["list", "links", "--external"]);
    assert_eq!(links.out.trim(), "guide/1-first-chapter/3-tenants.md:3:5  https://a.example/");
}

#[test]
fn every_shell_gets_completions_that_it_understands() {
    let folder = scratch();
    let commands =
        ["build", "check", "test", "serve", "clean", "init", "new", "mv", "import", "list", "schema", "explain"];
    for (shell, program) in
        [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("powershell", "pwsh"), ("elvish", "elvish")]
    {
        let script = at(folder.path(), &["completions", shell]);
        assert_eq!(script.status, 0, "{shell}");
        let missing: Vec<&&str> = commands.iter().filter(|command| !script.out.contains(**command)).collect();
        assert!(missing.is_empty(), "{shell} is not told of {missing:?}");
        let file = folder.path().join(shell);
        fs::write(&file, &script.out).unwrap();
        // These two read a script without running it.
        let arguments = match shell {
            "bash" | "zsh" => ["-n"],
            "fish" => ["--no-execute"],
            _ => continue,
        };
        match std::process::Command::new(program).args(arguments).arg(&file).output() {
            Ok(read) => assert!(read.status.success(), "{shell}: {}", String::from_utf8_lossy(&read.stderr)),
            // It is not installed here; bash is everywhere where the tests run.
            Err(error) => assert!(shell != "bash", "bash: {error}"),
        }
    }
    // Files and folders are offered where they are wanted.
    let bash = at(folder.path(), &["completions", "bash"]).out;
    assert!(bash.contains("compopt -o plusdirs"), "-d takes a folder");
    let zsh = at(folder.path(), &["completions", "zsh"]).out;
    for hint in [
        "::book -- The folder of the book:_files -/",
        ":from -- What to move:_files",
        "::folder -- The folder of the new book:_files -/",
    ] {
        assert!(zsh.contains(hint), "{hint}");
    }
}

#[test]
fn whoever_types_only_the_name_is_told_what_to_do_next() {
    let folder = scratch();
    let alone = at(folder.path(), &[]);
    assert_eq!(alone.status, 0, "{}", alone.err);
    assert!(alone.out.contains("prepbook init my-book") && alone.out.contains("prepbook --help"), "{}", alone.out);
    let book = new_book();
    let there = at(book.path(), &[]);
    assert!(
        there.out.starts_with("This folder is a book.") && there.out.contains("prepbook serve -o"),
        "{}",
        there.out
    );
}

#[test]
fn each_folder_that_is_no_book_is_told_apart() {
    let folder = scratch();
    for command in ["build", "serve", "check"] {
        let empty = at(folder.path(), &[command]);
        assert_eq!(empty.status, 2);
        assert!(
            empty.err.contains("this folder is no book") && empty.err.contains("`prepbook init` makes"),
            "{}",
            empty.err
        );
    }
    fs::create_dir(folder.path().join("sub")).unwrap();
    let named = at(folder.path(), &["build", "sub"]);
    assert!(named.err.contains("`prepbook init sub` makes a book there"), "{}", named.err);
    fs::write(folder.path().join("code.c"), "int x;\n").unwrap();
    let full = at(folder.path(), &["build"]);
    assert!(full.err.contains("`prepbook init my-book`"), "{}", full.err);
    // A home folder may hold all Markdown that there is, and is still not meant.
    fs::write(folder.path().join("notes.md"), "# Mine\n").unwrap();
    for command in ["build", "serve"] {
        let home = std::process::Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args([command, "--color", "never"])
            .current_dir(folder.path())
            .env(if cfg!(windows) { "USERPROFILE" } else { "HOME" }, folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&home.stderr).into_owned();
        assert!(home.status.code() == Some(2) && said.contains("your home folder is no book"), "{said}");
    }
    assert!(!folder.path().join("book").exists());
    assert_eq!(at(folder.path(), &["build"]).status, 0, "elsewhere it is a book");
}

#[test]
fn everything_to_practise_is_listed() {
    let book = new_book();
    let table = at(book.path(), &["list", "practice"]);
    let line = table.out.lines().next().expect("there is something to practise");
    let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let url = "first-chapter/practising.html#explain-a-flaw";
    assert_eq!(cells, ["drill", "explain-a-flaw", "Explain a flaw", "5", "easy", "-", url]);
    let rows: serde_json::Value =
        serde_json::from_str(&at(book.path(), &["list", "practice", "--json"]).out).expect("it is JSON");
    let ids: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["explain-a-flaw", "before-you-draw", "uploads-a-second", "before"]);
    assert_eq!(at(book.path(), &["list", "practice", "--external"]).status, 2);
}

#[test]
fn new_theme_files_are_the_built_in_ones_and_languages_begin_as_comments() {
    let book = new_book();
    let config =
        fs::read_to_string(book.path().join("book.toml")).unwrap().replace("language = \"en\"", "language = \"pl\"");
    fs::write(book.path().join("book.toml"), config).unwrap();
    for path in ["templates/partials/footer.html", "strings/pl.toml"] {
        let made = at(book.path(), &["new", "theme-file", path]);
        assert_eq!(made.status, 0, "{}", made.err);
        assert_eq!(at(book.path(), &["new", "theme-file", path]).status, 2, "never over a file");
    }
    let theme = book.path().join("themes/handbook");
    let built_in = repository().join("themes/handbook/templates/partials/footer.html");
    assert_eq!(fs::read(theme.join("templates/partials/footer.html")).unwrap(), fs::read(built_in).unwrap());
    let words = theme.join("strings/pl.toml");
    let text = fs::read_to_string(&words).unwrap();
    assert!(text.contains("\n# next = \"Next\"\n") && text.contains("\n[scripts]\n"), "{text}");
    fs::write(&words, text.replace("# next = \"Next\"", "next = \"Dalej\"")).unwrap();
    let checked = at(book.path(), &["check", "--strict", "--format", "short"]);
    assert_eq!(checked.status, 0, "{}", checked.err);
    assert!(checked.err.contains("texts are missing and stay English"), "{}", checked.err);
    let wrong = at(book.path(), &["new", "theme-file", "templates/partials/foter.html"]);
    assert!(wrong.status == 2 && wrong.err.contains("nearest is templates/partials/footer.html"), "{}", wrong.err);
    for path in ["../x", "strings/../../x.toml", "strings/x y.toml"] {
        assert_eq!(at(book.path(), &["new", "theme-file", path]).status, 2, "{path}");
    }
}

#[test]
fn new_material_gets_ids_that_are_free_and_its_own_place() {
    let book = new_book();
    for kind in ["drill", "story", "review", "question", "threat-model", "plan"] {
        for path in ["3-more/before", "3-more/questions/before", "guide/3-more/é"] {
            let path = format!("{path}-{kind}");
            let made = at(book.path(), &["new", kind, &path]);
            assert_eq!(made.status, 0, "{kind} {path}: {}", made.err);
            assert_eq!(at(book.path(), &["new", kind, &path]).status, 2, "never over a file");
        }
    }
    let checked = at(book.path(), &["check", "--format", "short"]);
    // The same examples again and again are near-duplicates of each other.
    let others = checked.err.lines().filter(|line| line.contains(": error[") || line.contains(": warning["));
    let others: Vec<&str> = others.filter(|line| !line.contains("[question/similar]")).collect();
    assert_eq!(others, [] as [&str; 0]);
    assert_eq!(at(book.path(), &["new", "drill", "../x"]).status, 2);
    assert_eq!(at(book.path(), &["schema", "plan"]).status, 0);
}

#[test]
fn the_embedded_theme_is_enough() {
    // Both outside of the repository, whose history would date the pages of one.
    let built = |folders: &[&str]| {
        let scratch = scratch();
        for folder in folders {
            write(&scratch.path().join(folder), &tree(&repository().join(folder)), false);
        }
        fs::copy(repository().join("book.toml"), scratch.path().join("book.toml")).unwrap();
        let built = at(scratch.path(), &["build", "--strict"]);
        assert_eq!(built.status, 0, "{}", built.err);
        site(&scratch.path().join("book"))
    };
    assert!(built(&["guide"]) == built(&["guide", "themes"]), "they are the same, byte for byte");
}

#[test]
fn stages_are_timed_for_people_and_for_programs() {
    let book = new_book();
    let built = at(book.path(), &["build", "--timings"]);
    assert!(built.err.lines().any(|line| line.trim_start().starts_with("render ")), "{}", built.err);
    let built = at(book.path(), &["build", "--quiet", "--timings=json"]);
    let line: serde_json::Value = serde_json::from_str(&built.err).expect("one line of JSON and nothing else");
    assert!(line["pages"].as_u64() > Some(1), "{line}");
    assert_eq!(line["published"]["rendered"], 0, "nothing has changed: {line}");
    let stages = line["stages"].as_object().expect("stages by name");
    let sum: f64 = stages.values().filter_map(serde_json::Value::as_f64).sum();
    assert!(stages.contains_key("parse") && sum <= line["milliseconds"].as_f64().expect("a number"), "{line}");
    assert_eq!(at(book.path(), &["build", "--timings=xml"]).status, 2);
}
