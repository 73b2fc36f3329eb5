//! Proves that the vendored sources are upstream's, byte for byte, but for the
//! patch beside them and the files that the record says were added. Knows checksums and unified diffs, nothing of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

fn vendor() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vendor")
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file under a folder, by its path from there with forward slashes.
fn files(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let entry = entry.expect("the entry can be read");
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            files(&entry.path(), &path, found);
        } else {
            found.insert(path);
        }
    }
}

/// A unified diff by the file it changes: for each hunk the first line in the
/// new file, from zero, then the lines before and after.
#[derive(Default)]
struct Hunk<'a> {
    new_start: usize,
    old: Vec<&'a str>,
    new: Vec<&'a str>,
}

fn hunks(patch: &str) -> BTreeMap<&str, Vec<Hunk<'_>>> {
    let mut patched: BTreeMap<&str, Vec<Hunk<'_>>> = BTreeMap::new();
    let mut file = "";
    for line in patch.split_inclusive('\n') {
        if line.starts_with("--- a/") {
        } else if let Some(path) = line.strip_prefix("+++ b/") {
            file = path.trim_end();
        } else if line.starts_with("@@ ") {
            let (_, start) = line.split_once(" +").expect("a hunk names its new lines");
            let digits: String = start.chars().take_while(char::is_ascii_digit).collect();
            let new_start = digits.parse::<usize>().expect("lines have numbers") - 1;
            patched.entry(file).or_default().push(Hunk { new_start, ..Hunk::default() });
        } else {
            let hunk = patched.get_mut(file).and_then(|hunks| hunks.last_mut());
            let hunk = hunk.expect("lines belong to a hunk");
            let (mark, text) = line.split_at(1);
            assert!(matches!(mark, " " | "-" | "+"), "not a unified diff: {line:?}");
            if mark != "+" {
                hunk.old.push(text);
            }
            if mark != "-" {
                hunk.new.push(text);
            }
        }
    }
    patched
}

/// The text before the hunks, or none when they were never applied to it.
fn reversed(text: &str, hunks: &[Hunk<'_>]) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut old = String::new();
    let mut done = 0;
    for hunk in hunks {
        let end = hunk.new_start + hunk.new.len();
        if lines.get(hunk.new_start..end)? != hunk.new {
            return None;
        }
        old.extend(lines.get(done..hunk.new_start)?.iter().copied());
        old.extend(hunk.old.iter().copied());
        done = end;
    }
    old.extend(lines[done..].iter().copied());
    Some(old)
}

fn strings(value: &Value) -> BTreeSet<String> {
    let array = value.as_array().expect("a list");
    array.iter().map(|item| item.as_str().expect("a string").to_owned()).collect()
}

#[test]
fn vendored_files_are_upstreams_once_the_patch_is_reversed() {
    let record = fs::read_to_string(vendor().join("syntect.json")).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    let patch = fs::read_to_string(vendor().join(record["patch"].as_str().unwrap())).unwrap();
    let patched = hunks(&patch);
    let folder = vendor().join("syntect");

    assert_eq!(
        patched.keys().map(|&path| path.to_owned()).collect::<BTreeSet<_>>(),
        strings(&record["patched"]),
        "the record names what the patch changes"
    );

    let (recorded, added) = (record["files"].as_object().unwrap(), record["added"].as_object().unwrap());
    let mut present = BTreeSet::new();
    files(&folder, "", &mut present);
    assert_eq!(present, recorded.keys().chain(added.keys()).cloned().collect(), "the record names what is here");
    for (path, checksum) in added {
        assert_eq!(sha256(&fs::read(folder.join(path)).unwrap()), *checksum, "{path} is not as recorded");
    }

    for (path, checksum) in recorded {
        let mut text = fs::read_to_string(folder.join(path)).unwrap();
        if let Some(hunks) = patched.get(path.as_str()) {
            assert_ne!(sha256(text.as_bytes()), *checksum, "{path} is said to be patched");
            text = reversed(&text, hunks).unwrap_or_else(|| panic!("{path} is not as patched"));
        }
        assert_eq!(sha256(text.as_bytes()), *checksum, "{path} is not upstream's");
    }
}

#[test]
fn the_record_names_the_version_that_the_manifest_asks_for() {
    let record = fs::read_to_string(vendor().join("syntect.json")).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    let (name, version) = (record["name"].as_str().unwrap(), record["version"].as_str().unwrap());

    let own = fs::read_to_string(vendor().join("syntect/Cargo.toml")).unwrap();
    assert!(own.contains(&format!("\nname = \"{name}\"\nversion = \"{version}\"\n")));

    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let ours = fs::read_to_string(ours).unwrap();
    assert!(ours.contains(&format!("\n{name} = {{ version = \"={version}\"")));
    assert!(ours.contains(&format!("\n{name} = {{ path = \"vendor/{name}\" }}")));
}

#[test]
fn reversing_a_patch_restores_the_text_and_notices_any_other_text() {
    let patch = "--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n+bb\n c\n@@ -6 +7 @@\n-f\n+F\n";
    let patched = hunks(patch);
    let hunks = &patched["x"];
    assert_eq!(reversed("a\nB\nbb\nc\nd\ne\nF\ng\n", hunks).as_deref(), Some("a\nb\nc\nd\ne\nf\ng\n"));
    for other in ["a\nb\nc\nd\ne\nf\ng\n", "a\nB\nbb\nc\nd\ne\nf\n", "a\nB\n", ""] {
        assert_eq!(reversed(other, hunks), None, "{other:?}");
    }
}
