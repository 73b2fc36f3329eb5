//! The index read back as a browser reads it, compared with the texts it was made of.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use super::encode::take_number;
use super::stem::Stems;
use super::words::{Word, words};
use super::{Digest, IndexFile, Page, ROOT, Settings, digest, files};

/// A document, and in it the field, the impact and the places of a word.
type Occurrence = (u32, u32, u32, Vec<u32>);

/// An index, read.
struct Index {
    root: Value,
    words: BTreeMap<String, Vec<Occurrence>>,
    /// Words that are forms of each other.
    forms: Vec<BTreeSet<String>>,
    endings: Vec<String>,
    shards: usize,
}

fn value(file: &IndexFile) -> Value {
    let start = file.text.find(',').expect("a name, then a value");
    serde_json::from_str(&file.text[start + 1..file.text.len() - ");\n".len()]).expect("JSON")
}

fn unfold(coded: &str) -> Vec<String> {
    let mut before = String::new();
    let lines = coded.split('\n').filter(|line| !line.is_empty()).map(|line| {
        let shared = line[..1].parse::<usize>().unwrap_or_else(|_| usize::from_str_radix(&line[..1], 36).unwrap());
        before = before.chars().take(shared).chain(line[1..].chars()).collect();
        before.clone()
    });
    lines.collect()
}

fn base64(text: &str) -> Vec<u8> {
    let digit = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|b| *b != b'=').map(|b| u32::from(digit(b))).collect();
    let bytes = digits.chunks(4).flat_map(|four| {
        let bits = four.iter().enumerate().fold(0, |bits, (at, digit)| bits | digit << (18 - 6 * at));
        [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8].into_iter().take(four.len() - 1).collect::<Vec<_>>()
    });
    bytes.collect()
}

fn read(files: &[IndexFile]) -> Index {
    let named =
        |path: &Value| files.iter().find(|file| file.path == path.as_str().unwrap()).expect("a file that is listed");
    let root = value(&files[0]);
    assert_eq!(files[0].path, format!("{ROOT}.js"));
    let list = |key: &str| root[key].as_array().expect("a list").clone();
    let mut index =
        Index { words: BTreeMap::new(), forms: Vec::new(), endings: Vec::new(), shards: 0, root: root.clone() };
    for (first, path) in list("terms").iter().zip(list("termFiles")) {
        let file = value(named(&path));
        let words = unfold(file["words"].as_str().unwrap());
        assert_eq!(words.first().map(String::as_str), first.as_str());
        let data = base64(file["data"].as_str().unwrap());
        let mut rest = &*data;
        for (at, word) in words.iter().enumerate() {
            let back = take_number(&mut rest) as usize;
            if back > 0 {
                let before = &words[at - back];
                let forms = index.forms.iter_mut().find(|forms| forms.contains(before));
                match forms {
                    Some(forms) => drop(forms.insert(word.clone())),
                    None => index.forms.push([before.clone(), word.clone()].into()),
                }
            }
            let length = take_number(&mut rest) as usize;
            let (mut postings, behind) = rest.split_at(length);
            rest = behind;
            let mut list = Vec::new();
            let mut next = 0;
            while !postings.is_empty() {
                let head = take_number(&mut postings);
                next += head >> 5;
                let field = head >> 2 & 7;
                let mut places = Vec::new();
                let (mut place, mut more) = (0, field >= 2);
                while more {
                    let step = take_number(&mut postings);
                    place += step >> 1;
                    places.push(place - 1);
                    more = step & 1 == 1;
                }
                list.push((next - 1, field, head & 3, places));
            }
            index.words.insert(word.clone(), list);
        }
        assert!(rest.is_empty());
        index.shards += 1;
    }
    for (first, path) in list("endings").iter().zip(list("endingFiles")) {
        let words = unfold(value(named(&path))["words"].as_str().unwrap());
        assert_eq!(words.first().map(String::as_str), first.as_str());
        index.endings.extend(words);
    }
    index
}

fn settings() -> Settings {
    Settings { language: "en".to_owned(), synonyms: vec![vec!["XSS".to_owned(), "Cross-site scripting".to_owned()]] }
}

fn built(pages: &[String]) -> (Vec<Vec<IndexFile>>, Index) {
    let (texts, digests): (Vec<Vec<IndexFile>>, Vec<Digest>) = pages
        .iter()
        .enumerate()
        .map(|(number, html)| {
            let page = Page { number, url: &format!("{number}.html"), title: "Guide" };
            digest(page, &format!("<main>{html}</main>"))
        })
        .unzip();
    (texts, read(&files(&digests, &settings())))
}

#[test]
fn an_index_says_where_words_stand() {
    let pages = [
        "<h1>Threat models</h1><p>A model of .env threats, modelling A01:2021.</p><h2 id=x>Attack</h2><p>the attack</p>".to_owned(),
        "<section data-practice=question id=q><p class=practice-title>Why attacks?</p><details class=answer>Secret threats</details></section>"
            .to_owned(),
    ];
    let (texts, index) = built(&pages);
    let of = |word: &str| index.words.get(word).cloned().unwrap_or_default();
    assert_eq!(of("threat"), [(0, 4, 3, vec![0])]);
    // Heading words from 0, the text from eight behind them.
    assert_eq!(of("threats"), [(0, 2, 2, vec![14]), (2, 0, 0, vec![])]);
    assert_eq!((of(".env"), of("env")), (of("env"), vec![(0, 2, 2, vec![13])]));
    assert_eq!((&of("a01")[0].3, &of("2021")[0].3), (&vec![16], &vec![17]));
    assert_eq!(of("attack"), [(1, 3, 3, vec![0, 10])]);
    assert_eq!(of("guide").iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(), [(0, 1), (1, 1), (2, 1)]);
    assert_eq!(of("secret"), [(2, 0, 0, vec![])]);
    let forms = |word: &str| index.forms.iter().find(|forms| forms.contains(word)).cloned().unwrap_or_default();
    assert_eq!(forms("attack"), ["attack", "attacks"].map(str::to_owned).into());
    assert_eq!(forms("model"), ["model", "modelling", "models"].map(str::to_owned).into());
    assert_eq!((&index.root["pages"], &index.root["kinds"]), (&"2 1".into(), &"p2q1".into()));
    assert_eq!(index.root["synonyms"], serde_json::json!([["xss", "cross site scripting"]]));
    let shown = value(&texts[1][0]);
    assert_eq!(texts[1][0].path, "search/1.js");
    assert_eq!(
        shown["documents"],
        serde_json::json!([{"id": "q", "title": "Why attacks?", "text": "", "answer": true}])
    );
    assert!(!texts[1][0].text.contains("Secret"));
}

#[test]
fn long_pages_have_several_files() {
    let section = |number: usize| format!("<h2 id=s{number}>Section {number}</h2><p>{}</p>", "some words ".repeat(300));
    let (texts, index) = built(&[(0..5).map(section).collect(), "<p>x</p>".to_owned()]);
    let paths: Vec<&str> = texts.iter().flatten().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        ["search/0-0.js", "search/0-1.js", "search/0-2.js", "search/0-3.js", "search/0-4.js", "search/1.js"]
    );
    assert_eq!(index.root["pages"], "1,1,1,1,1 1");
}

#[test]
fn common_words_are_kept_in_headings_only() {
    let page = |number: usize| {
        let heading = if number == 7 { "The common heading" } else { "Another" };
        format!("<h2 id=a>{heading}</h2><p>the text n{number}</p>")
    };
    let (_, index) = built(&(0..300).map(page).collect::<Vec<_>>());
    assert_eq!(index.root["common"], serde_json::json!(["another", "guide", "text", "the"]));
    assert_eq!(index.words["the"], [(7, 3, 2, vec![0, 11])]);
    assert!(index.words["text"].is_empty() && index.words["n299"].len() == 1);
}

fn naive(pages: &[String]) -> BTreeMap<String, Vec<(u32, Vec<u32>)>> {
    let mut all: BTreeMap<String, Vec<(u32, Vec<u32>)>> = BTreeMap::new();
    for (document, text) in pages.iter().enumerate() {
        let mut at = 8;
        words(text, |word| {
            let (Word::Plain(word) | Word::Special(word), step) = (word, u32::from(matches!(word, Word::Plain(_))));
            let list = all.entry(word.to_owned()).or_default();
            let document = document as u32;
            match list.last_mut().filter(|last| last.0 == document) {
                Some(last) if last.1.last() == Some(&at) => {}
                Some(last) => last.1.push(at),
                None => list.push((document, vec![at])),
            }
            at += step;
        });
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_a_text_is_in_the_index_at_its_places(
        pages in prop::collection::vec("([a-f]{1,5}(s|ing|ed|es)?[ .,+#-]{1,2}|[.@][a-z]{2}|é[a-z]){0,400}", 1..60)
    ) {
        let html: Vec<String> = pages.iter().map(|text| format!("<p>{text}</p>")).collect();
        let kept: Vec<String> = pages.iter().filter(|text| !text.trim().is_empty()).cloned().collect();
        let (_, index) = built(&html);
        let found: BTreeMap<String, Vec<(u32, Vec<u32>)>> = index
            .words
            .iter()
            .filter(|(word, _)| *word != "guide")
            .map(|(word, list)| (word.clone(), list.iter().map(|it| (it.0, it.3.clone())).collect()))
            .collect();
        prop_assert_eq!(&found, &naive(&kept));
        // Shards follow each other in order, and words read backwards are the same words.
        let mut reversed: Vec<String> = index.words.keys().map(|word| word.chars().rev().collect()).collect();
        reversed.sort();
        prop_assert_eq!(&index.endings, &reversed);
        let stems = Stems::of("en");
        for forms in &index.forms {
            let stem: BTreeSet<Option<String>> = forms.iter().map(|word| stems.stem(word)).collect();
            prop_assert_eq!(stem.len(), 1);
        }
        let with_stem = index.words.keys().filter_map(|word| Some((stems.stem(word)?, word)));
        let mut by_stem: BTreeMap<String, usize> = BTreeMap::new();
        with_stem.for_each(|(stem, _)| *by_stem.entry(stem).or_default() += 1);
        prop_assert_eq!(index.forms.len(), by_stem.values().filter(|count| **count > 1).count());
        prop_assert!(index.words.len() < 3_000 || index.shards > 1);
    }
}
