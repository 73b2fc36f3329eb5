//! Fixtures: book.toml, the summary, the theme, and files as a whole. Knows only `check`.

use super::check;

#[test]
fn keys_and_values_of_the_configuration() {
    check(
        r#"
//- /a.md
//- /book.toml crlf bom
[book]
src = "."
titel = "Größe"
^^^^^ error[config/misspelt-key] nearest is `title`
title = 'Größe' # comment
language = "d e"
           ^^^^^ error[config/bad-value] `language` cannot be `d e`
authors = ["ä", true]
                ^^^^ error[config/wrong-type] `authors` wants a text

[output.html]
site-url = "x"
           ^^^ error[config/bad-value] `site-url` cannot be `x`
"smart-punctuation" = "ja"
                      ^^^^ error[config/wrong-type] `smart-punctuation` wants true or false
playground.editable = true
^^^^^^^^^^ note[config/ignored-key] `output.html.playground` is mdBook's and has no effect here

[lints]
"link/misssing-page" = "off"
^^^^^^^^^^^^^^^^^^^^ error[config/bad-value] nearest is `link/missing-page`
"html/raw" = "loud"
             ^^^^^^ error[config/bad-value] `html/raw` cannot be `loud`
"#,
    );
}

#[test]
fn syntax_of_the_configuration() {
    check(
        r#"
//- /a.md
//- /book.toml
[book]
src = "."
title = "Größe
              ^ error[config/syntax] invalid basic string, expected `"`
"#,
    );
}

#[test]
fn the_summary() {
    check(
        r"
//- /SUMMARY.md
# Größe

- [Größe](a.md)
  - [B](nowhere.md)
    ^^^^^^^^^^^^^^^ error[summary/bad-entry] `nowhere.md` is not a Markdown file of the book
  - [A](./a.md)
    ^^^^^^^^^^^ error[summary/duplicate] `./a.md` is listed twice
//- /a.md
//- /b.md
^ note[summary/unlisted] not listed in SUMMARY.md: published, but not in the contents
",
    );
}

#[test]
fn templates() {
    check(
        r"
//- /a.md
---
template: pag.html
          ^^^^^^^^ error[theme/template] nearest is `page.html`
---
//- /themes/handbook/templates/page.html
<p>Größe {{ page.titel }}</p>
                 ^^^^^ error[theme/template] `titel` is not defined
",
    );
}

#[test]
fn files_as_a_whole() {
    check(
        r"
//- /1-a.md
//- /1-b.md
^ warning[page/duplicate-number] two entries of this folder have the number 1
//- /2-a.md
^ error[page/duplicate-url] this would be published at a.html, and so would another
",
    );
}

#[test]
fn values_that_do_other_than_was_meant() {
    check(
        r#"
//- /guide/a.md
//- /book.toml
[book]
src = "guide"
[build]
build-dir = "guide/../"
            ^^^^^^^^^^^ error[config/bad-value] it wants a folder that holds neither the book nor its pages
[output.html]
edit-url-template = "https://a.example/edit"
                    ^^^^^^^^^^^^^^^^^^^^^^^^ error[config/bad-value] {path}
logo = "README.md"
       ^^^^^^^^^^^ error[config/bad-value] it wants a picture
card = "../card.png"
       ^^^^^^^^^^^^^ error[link/missing-file] `../card.png` is outside the book
cname = "https://a.example"
        ^^^^^^^^^^^^^^^^^^^ error[config/bad-value] a host's name alone
input-404 = "no.md"
^^^^^^^^^ note[config/ignored-key] `404.md`
[html]
 ^^^^ warning[config/unknown-key] write `[output.html]`
"#,
    );
}

#[test]
fn a_source_folder_that_is_not_there() {
    check(
        r#"
//- /guide/a.md
//- /book.toml
[book]
src = "giude"
      ^^^^^^^ error[config/missing-source] there is no source folder `giude`
[practice]
principles = ["Earn Trust"]
"#,
    );
}
