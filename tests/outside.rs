//! Nothing outside a book is read into its site or its messages, whatever the book says, and nothing is
//! written outside its output folder: a file with a secret lies beside each book, and a list of all files is
//! compared.

#![cfg(unix)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use common::{Run, bare_theme, run, scratch, tree, write};
use prepbook::base::hash::Hash;

const SECRET: &str = "canary-51ce7a";

/// A folder with secrets, and below it a book with one page.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = scratch();
        for name in
            ["secret.md", "secret.py", "secret.svg", "secret.html", "book.toml", "theme.toml", "templates/page.html"]
        {
            let path = folder.path().join("outside").join(name);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            let text = format!("# {SECRET}\n\n<svg width=\"1\" height=\"1\"><!-- {SECRET} --></svg>\n");
            fs::write(path, text).expect("the file can be written");
        }
        let place = Self { folder };
        write(&place.book(), &bare_theme(), false);
        place.file("book.toml", "[book]\nsrc = \"guide\"\n");
        place.file("guide/README.md", "# Home\n");
        place
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("a/book")
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    fn file(&self, path: &str, text: &str) {
        let target = self.book().join(path);
        fs::create_dir_all(target.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(target, text).expect("the file can be written");
    }

    fn link(&self, target: impl AsRef<Path>, path: &str) {
        let path = self.book().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        let _ = fs::remove_file(&path);
        symlink(target, path).expect("a link can be made");
    }

    /// Every file but those of the output folder, whose bytes tell.
    fn files(&self, output: &str) -> BTreeMap<String, Vec<u8>> {
        let output = format!("a/book/{output}/");
        let mut files = BTreeMap::new();
        collect(self.folder.path(), "", &mut files);
        files.into_iter().filter(|(path, _)| !path.starts_with(&output)).collect()
    }

    /// Builds the book twice, and finds the secret nowhere and nothing written elsewhere.
    fn keeps_its_secret(&self, output: &str) -> Run {
        let before = self.files(output);
        let mut last = None;
        for format in ["human", "short"] {
            let run = run(&self.book(), &["build", "--keep-going", "--format", format], 2);
            let said = format!("{}{}", run.out, run.err);
            assert!(!said.contains(SECRET), "{said}");
            assert_ne!(run.status, 101, "{said}");
            last = Some(run);
        }
        for (path, bytes) in tree(&self.book().join(output)) {
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path} has the secret");
        }
        let after = self.files(output);
        let changed: Vec<&String> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        assert!(changed.is_empty(), "{changed:?}");
        last.expect("it was built")
    }
}

/// The files below `folder`; links are listed and not followed.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let entry = entry.expect("the entry can be read");
        let path = format!("{prefix}{}", entry.file_name().display());
        let kind = entry.file_type().expect("the entry is there");
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            let bytes = if kind.is_file() { fs::read(entry.path()).expect("the file can be read") } else { Vec::new() };
            files.insert(path, bytes);
        }
    }
}

/// The ways to `outside/<name>` from a page of the book.
fn ways(outside: &Path, name: &str) -> Vec<String> {
    let absolute = outside.join(name).display().to_string();
    let mut ways = vec![
        format!("../../../outside/{name}"),
        format!("x/../../../../outside/{name}"),
        format!("/../../../outside/{name}"),
        format!("..//..//..//outside/{name}"),
        format!("%2e%2e/%2e%2e/%2E%2E/outside/{name}"),
        format!("..%2f..%2f..%2foutside%2f{name}"),
        format!("..\\..\\..\\outside\\{name}"),
        format!("..%5c..%5c..%5coutside%5c{name}"),
        format!("%252e%252e/%252e%252e/%252e%252e/outside/{name}"),
        format!("C:{absolute}"),
        format!("//localhost{absolute}"),
        format!("file://{absolute}"),
        format!("../../../outside/{name}%00.md"),
        format!("README.md/../../../../outside/{name}"),
    ];
    ways.push(absolute);
    ways
}

#[test]
fn no_target_leads_out() {
    let place = Place::new();
    let mut page = String::from("---\nprerequisites:\n");
    let all = ["secret.md", "secret.py", "secret.svg", "secret.html"].map(|name| ways(&place.outside(), name));
    for way in all.iter().flatten() {
        page.push_str(&format!("  - '{way}'\n"));
    }
    page.push_str("redirect_from:\n");
    for way in all.iter().flatten() {
        page.push_str(&format!("  - '{way}'\n"));
    }
    page.push_str("template: ../../../../outside/templates/page.html\n---\n# T\n\n");
    let mut summary = String::from("# S\n\n[Home](README.md)\n\n");
    for (index, way) in all.iter().flatten().enumerate() {
        page.push_str(&format!(
            "[a](<{way}>) ![b](<{way}>) <a href=\"{way}\">c</a> <img src=\"{way}\">\n\n[d{index}]: <{way}>\n\n\
             ```py file=\"{way}\"\n```\n\n```py file=\"{way}\" lines=1\n```\n\n:::include{{file=\"{way}\"}}\n\n"
        ));
        summary.push_str(&format!("- [a](<{way}>)\n"));
    }
    place.file("guide/page.md", &page);
    let run = place.keeps_its_secret("book");
    assert_eq!(run.status, 1);
    for code in ["link/outside-book", "template", "redirect/bad"] {
        assert!(run.err.contains(code), "{code} is not reported");
    }
    place.file("guide/SUMMARY.md", &summary);
    assert_eq!(place.keeps_its_secret("book").status, 1);
}

#[test]
fn no_setting_leads_out() {
    let place = Place::new();
    let quoted = |ways: Vec<String>| ways.iter().map(|way| format!("'{way}'")).collect::<Vec<_>>();
    for way in quoted(ways(&place.outside(), "secret.svg")) {
        place.file(
            "book.toml",
            &format!(
                "[book]\nsrc = \"guide\"\n[output.html]\nfavicon = {way}\nlogo = {way}\nadditional-css = [{way}]\n\
                 additional-js = [{way}]\n[output.html.redirect]\n{way} = {way}\n"
            ),
        );
        assert_eq!(place.keeps_its_secret("book").status, 1, "{way}");
    }
    for way in quoted(ways(&place.outside(), "").into_iter().chain(["..".into(), "../..".into(), "/".into()]).collect())
    {
        place.file("book.toml", &format!("[book]\nsrc = {way}\n"));
        place.keeps_its_secret("book");
        place.file("book.toml", &format!("[book]\nsrc = \"guide\"\n[output.html]\ntheme = {way}\n"));
        place.keeps_its_secret("book");
    }
}

#[test]
fn no_practice_leads_out() {
    let place = Place::new();
    for name in ["secret.threat-model.yaml", "secret.plan.yaml"] {
        fs::write(place.outside().join(name), format!("id: x\ntitle: {SECRET}\n")).expect("the file can be written");
    }
    let mut page = String::from("# T\n\n");
    let mut plan = String::from("id: p\ntitle: P\ndays:\n");
    for (number, way) in ways(&place.outside(), "secret.py").iter().enumerate() {
        page.push_str(&format!(
            "::::review[R]{{#r{number} minutes=5 level=easy language=python file=\"{way}\" fixed=\"{way}\"}}\nRead it.\n\n\
             :::finding[F]{{cwe=79 severity=low line=1 at=\"{way}\"}}\nx\n:::\n::::\n\n\
             ```python title=\"{way}\" file=\"{way}\" region=a run\n```\n\n{{{{#include {way}}}}}\n\n"
        ));
        plan.push_str(&format!("  - {{day: {}, items: [{{page: '{way}', minutes: 30}}]}}\n", number + 1));
    }
    for way in ["secret.threat-model.yaml", "secret.plan.yaml"].iter().flat_map(|name| ways(&place.outside(), name)) {
        page.push_str(&format!(":::threat-model{{src=\"{way}\"}}\n\n:::plan{{src=\"{way}\"}}\n\n"));
    }
    place.file("guide/page.md", &page);
    place.file("guide/own.plan.yaml", &plan);
    place.file("guide/plan.md", "# Plan\n\n:::plan{src=own.plan.yaml}\n");
    assert_eq!(place.keeps_its_secret("book").status, 1);
    // A card is read for its size, and published.
    for way in ways(&place.outside(), "secret.svg") {
        place.file("book.toml", &format!("[book]\nsrc = \"guide\"\n[output.html]\ncard = '{way}'\n"));
        assert_eq!(place.keeps_its_secret("book").status, 1, "{way}");
    }
}

#[test]
fn no_code_outside_is_run() {
    let place = Place::new();
    let marker = place.outside().join("ran");
    let code = format!("open({:?}, 'w').close()\n", marker.display().to_string());
    fs::create_dir_all(place.outside().join("tests")).expect("the folder can be made");
    for name in ["tests/test_outside.py", "test_outside.py"] {
        fs::write(place.outside().join(name), &code).expect("the file can be written");
    }
    place.link(place.outside(), "guide/1-a/code");
    place.link(place.outside().join("test_outside.py"), "guide/1-a/test_linked.py");
    place.file("guide/page.md", "# T\n\n```python run file=\"1-a/code/test_outside.py\"\n```\n");
    for arguments in [&["test"][..], &["test", ".", "../../outside"], &["test", ".", "guide/1-a/code/tests"]] {
        let run = run(&place.book(), arguments, 2);
        assert_ne!(run.status, 101, "{}", run.err);
        assert!(!marker.exists(), "{arguments:?} has run it: {}{}", run.out, run.err);
    }
}

#[test]
fn no_theme_leads_out() {
    for way in ways(&Place::new().outside(), "templates/page.html") {
        let place = Place::new();
        let theme = fs::read_to_string(place.book().join("themes/handbook/theme.toml")).expect("the theme has it");
        let way = way.replace('\\', "\\\\");
        place.file("themes/handbook/theme.toml", &format!("{theme}\nfiles = [\"{way}\"]\n"));
        place.keeps_its_secret("book");
        for tag in ["include", "extends"] {
            let place = Place::new();
            place.file("themes/handbook/templates/page.html", &format!("{{% {tag} \"{way}\" %}}"));
            assert_eq!(place.keeps_its_secret("book").status, 1, "{tag} {way}");
        }
    }
}

#[test]
fn no_symbolic_link_leads_out() {
    let place = Place::new();
    let outside = place.outside();
    place.link(outside.join("secret.md"), "guide/absolute.md");
    place.link("../../../outside/secret.md", "guide/relative.md");
    place.link("relative.md", "guide/chain.md");
    place.link(&outside, "guide/folder");
    place.link("folder/secret.py", "guide/through.py");
    place.link("itself.md", "guide/itself.md");
    place.link("../book", "guide/output");
    for name in ["secret.py", "secret.svg", "secret.html"] {
        place.link(outside.join(name), &format!("guide/{name}"));
    }
    place.file(
        "guide/page.md",
        "# T\n\n[a](absolute.md) [b](relative.md) [c](chain.md) [d](folder/secret.md) [e](secret.py) [f](secret.html) \
         ![g](secret.svg) ![h](folder/secret.svg)\n\n```py file=secret.py\n```\n\n```py file=folder/secret.py\n```\n\n\
         ```py file=through.py\n```\n\n:::include{file=absolute.md}\n\n:::include{file=folder/secret.md}\n",
    );
    let run = place.keeps_its_secret("book");
    assert_eq!((run.status, run.err.matches("error[file/symlink]").count()), (1, 10), "{}", run.err);
}

#[test]
fn no_symbolic_link_of_the_configuration_or_the_theme_leads_out() {
    let place = Place::new();
    place.link(place.outside().join("book.toml"), "book.toml");
    let run = place.keeps_its_secret("book");
    assert!(run.err.contains("book.toml: error[file/symlink]"), "{}", run.err);

    let place = Place::new();
    place.link(place.outside().join("secret.svg"), "icon.svg");
    place.link(place.outside(), "folder");
    place.file(
        "book.toml",
        "[book]\nsrc = \"guide\"\n[output.html]\nfavicon = \"icon.svg\"\nlogo = \"folder/secret.svg\"\n",
    );
    let run = place.keeps_its_secret("book");
    assert_eq!(run.err.matches("error[file/symlink]").count(), 2, "{}", run.err);

    let place = Place::new();
    fs::remove_dir_all(place.book().join("guide")).expect("the folder can be removed");
    place.link(place.outside(), "guide");
    let run = place.keeps_its_secret("book");
    assert!(run.err.contains("guide: error[file/symlink]: this symbolic link leads out of the book"), "{}", run.err);

    for path in ["templates/page.html", "theme.toml", "js/boot.js"] {
        let place = Place::new();
        place.link(place.outside().join("templates/page.html"), &format!("themes/handbook/{path}"));
        let run = place.keeps_its_secret("book");
        assert!(run.err.contains(&format!("themes/handbook/{path}: error[theme/bad-file]")), "{}", run.err);
    }
    let place = Place::new();
    fs::remove_dir_all(place.book().join("themes/handbook")).expect("the folder can be removed");
    place.link(place.outside(), "themes/handbook");
    let run = place.keeps_its_secret("book");
    assert!(run.err.contains("error[theme/bad-file]"), "{}", run.err);
}

#[test]
fn the_output_folder_may_be_anywhere_and_nothing_else_is_written() {
    // Below the source folder; its own files are no part of the book.
    let place = Place::new();
    place.file("book.toml", "[book]\nsrc = \"guide\"\n[build]\nbuild-dir = \"guide/out\"\n");
    assert_eq!(place.keeps_its_secret("guide/out").status, 0);
    let pages = tree(&place.book().join("guide/out"));
    assert!(pages.contains_key("index.html") && !pages.keys().any(|path| path.starts_with("out/")), "{pages:?}");
    // Folders with files that prepbook did not write are left alone.
    for (folder, status) in
        [(".", 1), ("", 1), ("guide", 1), ("..", 1), ("../..", 1), ("../../outside", 2), ("themes", 2)]
    {
        let place = Place::new();
        place.file("book.toml", &format!("[book]\nsrc = \"guide\"\n[build]\nbuild-dir = \"{folder}\"\n"));
        let run = place.keeps_its_secret("book");
        assert_eq!(run.status, status, "{folder}: {}", run.err);
    }
    let place = Place::new();
    place.file("book.toml", "[book]\nsrc = \"guide\"\n[build]\nbuild-dir = \"a\\u0000b\"\n");
    let run = place.keeps_its_secret("book");
    assert!(run.err.contains("book.toml:4:13: error[config/bad-value]"), "{}", run.err);
}

/// The files outside are as they were, whatever is done to the book.
fn keeps_outside(place: &Place, what: &str, runs: &[&[&str]]) -> Vec<Run> {
    let list = |folder: &Path| {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files);
        files
    };
    let before = list(&place.outside());
    let runs = runs.iter().map(|arguments| run(&place.book(), arguments, 2)).collect::<Vec<_>>();
    assert!(list(&place.outside()) == before, "{what}: {:?}", list(&place.outside()).keys());
    for run in &runs {
        assert!(run.status == 0 || run.status == 2, "{what}: {} {}", run.status, run.err);
    }
    runs
}

#[test]
fn no_link_in_the_output_folder_leads_out() {
    // A folder of the site comes to be a link to one that holds the same.
    let place = Place::new();
    place.file("guide/1-a/README.md", "# A\n");
    place.file("guide/1-a/b.md", "# B\n");
    assert_eq!(place.keeps_its_secret("book").status, 0);
    fs::rename(place.book().join("book/a"), place.outside().join("a")).expect("the folder can be moved");
    place.link(place.outside().join("a"), "book/a");
    place.file("guide/1-a/b.md", "# B, edited\n");
    let runs = keeps_outside(&place, "a folder", &[&["build"], &["build"]]);
    assert!(runs[1].status == 2 && runs[1].err.contains("book/a is in the way"), "{}", runs[1].err);
    // Nor does anything go away there, neither a page nor a folder.
    fs::remove_dir_all(place.book().join("guide/1-a")).expect("the folder can be removed");
    let runs = keeps_outside(&place, "a folder", &[&["build"], &["clean"]]);
    assert_eq!(runs.iter().map(|run| run.status).collect::<Vec<_>>(), [0, 0], "{}", runs[0].err);

    // A file does, which is no more than that: the link is replaced.
    let place = Place::new();
    assert_eq!(place.keeps_its_secret("book").status, 0);
    place.link(place.outside().join("secret.html"), "book/index.html");
    place.file("guide/README.md", "# Home, edited\n");
    keeps_outside(&place, "a file", &[&["build"], &["clean"]]);
}

#[test]
fn no_link_among_our_own_notes_leads_out() {
    for name in
        ["lock", "manifest.json", "manifest.json.new", "journal.json", "journal.json.new", "staging", "staging/0"]
    {
        for target in ["secret.md", "templates", "nothing"] {
            let place = Place::new();
            assert_eq!(place.keeps_its_secret("book").status, 0);
            let _ = fs::remove_dir_all(place.book().join("book/.prepbook").join(name));
            place.link(place.outside().join(target), &format!("book/.prepbook/{name}"));
            place.file("guide/README.md", "# Home, edited\n");
            keeps_outside(&place, &format!("{name} to {target}"), &[&["build"], &["clean"]]);
        }
    }
    // The folder itself, and what it would take for its own there.
    for (known, output) in [(true, "book"), (false, "book"), (true, "elsewhere/site")] {
        let place = Place::new();
        place.file("book.toml", &format!("[book]\nsrc = \"guide\"\n[build]\nbuild-dir = \"{output}\"\n"));
        assert_eq!(place.keeps_its_secret(output).status, 0);
        let own = place.book().join(output).join(".prepbook");
        if known {
            for entry in fs::read_dir(&own).expect("the folder can be listed") {
                let entry = entry.expect("the entry can be read");
                fs::copy(entry.path(), place.outside().join(entry.file_name())).expect("the file can be copied");
            }
        }
        for name in ["lock", "staging/0", "staging/more/1"] {
            let path = place.outside().join(name);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
            fs::write(path, "not prepbook's").expect("the file can be written");
        }
        fs::remove_dir_all(&own).expect("the folder can be removed");
        place.link(place.outside(), &format!("{output}/.prepbook"));
        place.file("guide/README.md", "# Home, edited\n");
        let runs = keeps_outside(&place, "the folder", &[&["build"], &["clean"], &["build"]]);
        assert!(
            runs.iter().all(|run| run.status == 2 && run.err.contains(".prepbook is in the way")),
            "{}",
            runs[0].err
        );
    }
}

#[test]
fn no_notes_name_files_outside() {
    // A book from elsewhere may bring an output folder with notes of its own making.
    let place = Place::new();
    assert_eq!(place.keeps_its_secret("book").status, 0);
    let notes = place.book().join("book/.prepbook/manifest.json");
    let text = fs::read_to_string(&notes).expect("the manifest can be read");
    for url in
        ["../../../../outside/secret.md", "../../guide/README.md", "/etc/hostname", "a/../../x", ".prepbook/lock"]
    {
        // As if it were as it had been written.
        let bytes = fs::read(place.outside().join("secret.md")).expect("the file can be read");
        let entry = format!("[\"{url}\",\"{}\",{},1,null]", Hash::of(&bytes), bytes.len());
        let forged = text.replacen("\"files\":[", &format!("\"files\":[{entry},"), 1);
        assert_ne!(forged, text, "the manifest has another form");
        fs::write(&notes, forged).expect("the manifest can be written");
        place.file("guide/README.md", &format!("# {url}\n"));
        keeps_outside(&place, url, &[&["build"], &["clean"]]);
        assert!(place.book().join("guide/README.md").is_file(), "{url}");
        let _ = fs::remove_dir_all(place.book().join("book"));
        assert_eq!(place.keeps_its_secret("book").status, 0);
    }
}

#[test]
fn nothing_new_is_made_outside() {
    let place = Place::new();
    place.link(place.outside(), "guide/link");
    let absolute = place.outside().join("new.md").display().to_string();
    let ways =
        ["../new.md", "guide/../../new.md", "guide/x/../../../new.md", "guide/link/new.md", "link/a/new.md", &absolute];
    for way in ways {
        for kind in ["page", "drill", "question", "plan"] {
            let runs = keeps_outside(&place, way, &[&["new", kind, way]]);
            assert_eq!(runs[0].status, 2, "{kind} {way}");
        }
    }
    assert!(!place.folder.path().join("a/new.md").exists());
    place.link(place.outside(), ".schemas");
    keeps_outside(&place, ".schemas", &[&["new", "question", "asked"]]);

    place.link(place.outside(), "fresh/guide");
    let runs = keeps_outside(&place, "init", &[&["init", "fresh"]]);
    assert!(runs[0].status == 2 && runs[0].err.contains("is a symbolic link"), "{}", runs[0].err);
    assert!(!place.book().join("fresh/book.toml").exists(), "half of a book was made");
}
