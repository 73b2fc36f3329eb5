//! What made trouble once, each as it was found.

use super::book::{Book, examine, examine_page};

fn page(text: &str) {
    if let Err(wrong) = examine_page(text).and_then(|()| examine(&Book::small().with("guide/a.md", text))) {
        panic!("{wrong}");
    }
}

#[test]
fn the_number_of_the_last_line_is_the_largest_there_is() {
    page("```py file=code.py number=4294967295 mark=4294967295\n```\n\n```py number=4294967295 mark=1\nx\ny\n```\n");
}

fn book(book: &Book) {
    if let Err(wrong) = examine(book) {
        panic!("{wrong}");
    }
}

#[test]
fn a_folder_has_two_pages() {
    book(&Book::small().with("guide/index.md", ""));
    book(&Book::small().with("guide/index.md", ":::steps\n[](a.md)](a.md)"));
    book(&Book::small().with("guide/f/index.md", "").with("guide/f/README.md", "").with("guide/f/g/a.md", ""));
}

#[test]
fn a_page_lies_below_the_address_of_another() {
    book(&Book::small().with("guide/a.md", "").with("guide/a.html/1-.md", ""));
    book(&Book::small().with("guide/assets", "").with("guide/contents", ""));
    book(&Book::small().with("guide/site.json/a.md", "").with("guide/contents/root.js/a.md", ""));
}

#[test]
fn book_toml_is_not_utf8() {
    book(&Book::small().with("book.toml", [0x5b, 0x80]));
}

#[test]
fn addresses_are_too_long_to_store() {
    let old = format!(
        "---\nredirect_from: ['{}', '{}', 'a%00b', 'con', 'x.', '.PREPBOOK/manifest/']\n---\n",
        "é".repeat(200),
        "a/".repeat(1_500)
    );
    book(&Book::small().with("guide/old.md", old));
    // The names of a chapter's folders make one file name of the contents.
    let (one, two) = ("a".repeat(200), "b".repeat(200));
    let summary = format!("# S\n\n- [a]({one}/{two}/README.md)\n  - [b]({one}/{two}/c.md)\n- [T](README.md)\n");
    let pages = ["README.md", "c.md"].map(|name| format!("guide/{one}/{two}/{name}"));
    book(&Book::small().with(&pages[0], "# A\n").with(&pages[1], "# B\n").with("guide/SUMMARY.md", summary));
}
