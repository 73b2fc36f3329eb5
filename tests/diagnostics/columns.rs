//! Fixtures: places behind characters that are not one byte, one column or one code unit, and at the ends of
//! lines and files. Knows only `check`.

use super::check;

#[test]
fn behind_wide_joined_and_combining_characters_and_tabs() {
    check(
        "
//- /a.md
# A

🙂 [x](n.md) 👩\u{200d}👧 [y](n.md) e\u{301}\u{323} [z](n.md)
      ^^^^ error[link/missing-page] no page
                    ^^^^ error[link/missing-page] no page
                                  ^^^^ error[link/missing-page] no page
- 日本\t[x](n.md)
         ^^^^ error[link/missing-page] no page
",
    );
}

#[test]
fn a_line_separator_ends_no_line() {
    check(
        "
//- /a.md
# A

a\u{2028}b\u{85}c [x](n.md)
          ^^^^ error[link/missing-page] no page
",
    );
}

#[test]
fn lines_may_end_with_a_carriage_return() {
    check(
        r"
//- /a.md cr bom
# A 🙂

🙂 [x](n.md)
      ^^^^ error[link/missing-page] no page

[y](n.md)
    ^^^^ error[link/missing-page] no page
",
    );
}

#[test]
fn at_the_very_end_of_a_file() {
    check(
        r"
//- /a.md open
# A

é [x](n.md)
      ^^^^ error[link/missing-page] no page
//- /b.md crlf open
# B

:::note 🙂
^^^^^^^^^ error[directive/unclosed] never closed
//- /book.toml open bom
[book]
src = '.'
titel = '🙂'
^^^^^ error[config/misspelt-key] nearest is `title`
",
    );
}

#[test]
fn in_front_matter_and_in_the_configuration() {
    check(
        "
//- /a.md crlf bom
---
title: 日本🙂
minutes:   e\u{301}🙂
           ^^^ error[front-matter/bad-value] `minutes` cannot be
search: {exclude: '🙂', a: 1}
                  ^^^ error[front-matter/wrong-type] `exclude` wants true or false
                       ^ warning[front-matter/unknown-key] `a` means nothing
---
//- /book.toml crlf
[book] # 🙂
src = '.'
authors = ['日本', true]
                 ^^^^ error[config/wrong-type] `authors` wants a text
language =\t'🙂'
           ^^^ error[config/bad-value] `language` cannot be
",
    );
}
