//! Fixtures: what stands at the head of a page, ids, footnotes and includes. Knows only `check`.

use super::check;

#[test]
fn a_value_in_front_matter() {
    check(
        r#"
//- /a.md
---
title: "Größe: x"
minutes:   ten
           ^^^ error[front-matter/bad-value] `minutes` cannot be `ten`
tags: [a, {b: 1}, "c"]
          ^ error[front-matter/wrong-type] `tags` wants a text
search:
  exclude: no
           ^^ error[front-matter/wrong-type] `exclude` wants true or false
---
"#,
    );
}

#[test]
fn a_key_in_front_matter_behind_a_mark_and_with_windows_line_ends() {
    check(
        r"
//- /a.md crlf bom
---
titel: x
^^^^^ error[front-matter/misspelt-key] nearest is `title`
order: 1
colour: red
^^^^^^ warning[front-matter/unknown-key] `colour` means nothing
---
# Title
[x](nowhere.md)
    ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
",
    );
}

#[test]
fn broken_yaml() {
    check(
        r#"
//- /a.md bom
---
title: "ü"
description: a: b
              ^ error[front-matter/syntax] not valid YAML
---
"#,
    );
}

#[test]
fn front_matter_that_never_closes() {
    check(
        r"
//- /a.md bom
---
^^^ error[front-matter/unclosed] never closes
title: x
# Title
",
    );
}

#[test]
fn prerequisites() {
    check(
        r#"
//- /a.md
---
prerequisites:
  - "b.md" # ä
  - nowhere.md#x
    ^^^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
---
//- /b.md
"#,
    );
}

#[test]
fn redirects() {
    check(
        r#"
//- /a.md
---
redirect_from: ["/ä.html", "/a.html?x", ../x]
                           ^^^^^^^^^^^ error[redirect/bad] `/a.html?x` cannot be used
                                        ^^^^ error[redirect/bad] `../x` cannot be used
---
"#,
    );
}

#[test]
fn footnotes() {
    check(
        r"
//- /a.md
Größe[^größe] and[^b].

[^größe]: x
[^b]: x
[^b]: y
  ^ warning[footnote/duplicate] the footnote `b` is defined twice

- [^c]: z
    ^ warning[footnote/unused] nothing refers to the footnote `c`
",
    );
}

#[test]
fn ids_given_twice() {
    check(
        r#"
//- /a.md
## Größe
<a id="größe"></a>
       ^^^^^ error[heading/duplicate-id] the id `größe` is given twice on this page

## One {#one}
## Two {#one}
         ^^^ error[heading/duplicate-id] the id `one` is given twice on this page

:::note{#one}
         ^^^ error[heading/duplicate-id] the id `one` is given twice on this page
:::
"#,
    );
}

#[test]
fn includes() {
    check(
        r#"
//- /_shared.md
[x](nowhere.md)
    ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`

:::include{file=a.md}
                ^^^^ error[include/cycle] including `a.md`
//- /a.md
Größe

:::include{file="_shraed.md"}
                ^^^^^^^^^^^^ error[include/missing] nearest is `_shared.md`

- Item

  :::include{file=_shared.md}
//- /b/README.md
:::include
   ^^^^^^^ error[directive/bad-value] `include` needs `file`
"#,
    );
}

#[test]
fn braces_behind_headings() {
    check(
        r"
//- /a.md
# Größe {#größe .x}

## Code {#Code größe}
               ^^^^^ warning[heading/braces] an id has no spaces: {#code-größe}

## GET /größe/{id}
              ^^^^ warning[heading/braces] `{id}` at the end of a heading is taken for its id

## GET /größe/{id} ##

Größe {id}
      ^^^^ warning[heading/braces] make it code
---

## Größe {# größe}
         ^^^^^^^^^ warning[heading/braces] an id is written {#größe}

## Größe \{id\}

## `{id}`
",
    );
}

#[test]
fn quotes_that_are_nearly_alerts() {
    check(
        r"
//- /a.md
> [!WARNING] Größe
             ^^^^^ warning[alert/unknown] a box with a title of its own is :::warning[Größe]
> größer

- > [!note]-
           ^ warning[alert/unknown] what is folded is written :::details[Title]
  > größer

> [!TIPP] Größe
  ^^^^^^^ warning[alert/unknown] nearest is `[!TIP]`

> [!NOTE](a.md) Größe

> [!QUESTION] Größe
",
    );
}

#[test]
fn search_in_front_matter() {
    check(
        r"
//- /a.md
---
search: exclude
        ^^^^^^^ error[front-matter/wrong-type] to keep the page out of search, write `search: {exclude: true}`
---
",
    );
}
