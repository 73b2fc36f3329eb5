//! Fixtures: what a book holds twice or to no purpose, and what is given twice. Knows only `check`.

use super::check;

#[test]
fn paragraphs_that_are_in_the_book_twice() {
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
"prose/duplicate-paragraph" = "warn"
//- /README.md
# Home

:::include{file=_part.md}

> Größe one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
> eighteen nineteen twenty *one* two three four five six seven eight nine thirty one two three four five six seven
> eight nine forty.
//- /_part.md
A part that is on two pages: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty one two three four five six seven eight nine thirty one two three four five.
//- /a.md
:::include{file=_part.md}

- Größe one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^... warning[prose/duplicate-paragraph] this paragraph of 41 words is in the book already
  eighteen nineteen twenty one two three four five six seven eight nine thirty one two three four five six seven
  eight nine forty.

~~~text
Größe one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty one two three four five six seven eight nine thirty one two three four five six seven
eight nine forty.
~~~
//- /b.md
---
draft: true
---
Größe one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty one two three four five six seven eight nine thirty one two three four five six seven
eight nine forty.
"#,
    );
}

#[test]
fn pages_that_nothing_leads_to() {
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
"page/orphan" = "warn"
//- /README.md
:::include{file=x/_part.md}

<a href="1-html.md">HTML</a> [reference] [published](published) [other](other.txt)
                                                     ^^^^^^^^^ note[link/published-path] write `2-published.md`

[reference]: reference.md
[definition]: definition.md
//- /404.md
//- /1-html.md
//- /2-published.md
//- /definition.md
^ warning[page/orphan] no other page links to this one in its text
//- /draft.md
---
draft: true
---
[a](self.md)
//- /other.txt
//- /reference.md
//- /required.md
//- /self.md
^ warning[page/orphan] no other page links to this one in its text
[self](self.md)
//- /x/_part.md
[included](included.md)
//- /x/README.md
---
prerequisites: ../required.md
---
//- /x/included.md
"#,
    );
}

#[test]
fn a_summary_leads_to_what_it_lists() {
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
"page/orphan" = "warn"
"summary/unlisted" = "off"
//- /SUMMARY.md
[Home](README.md)
- [A](a.md)
//- /README.md
//- /a.md
//- /b.md
^ warning[page/orphan] no other page links to this one in its text
"#,
    );
}

#[test]
fn files_that_nothing_names() {
    check(
        r##"
//- /book.toml
[book]
src = "guide"
[output.html]
additional-css = ["style/book.css", "guide/more.css"]
favicon = "icon.svg"
redirect."/old.html" = "moved.txt"
[lints]
"file/unused" = "warn"
//- /style/book.css
@import url("../outside.css"); p { background: url(../paper.png) }
//- /guide/README.md
[a](a.html) ![b](b.svg) <img src="c.png" srcset="d.png 2x"> `unused.txt`

~~~python file=code/main.py
~~~

:::include{file=_used.md}

[definition]: only.txt
//- /guide/_used.md
//- /guide/_unused.md
^ warning[file/unused] nothing in the book refers to this file
//- /guide/a.html
<script src="js/app.js?v=1"></script>
//- /guide/b.svg
<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>
//- /guide/c.png
//- /guide/code/config.yaml
^ warning[file/unused] nothing in the book refers to this file
//- /guide/code/helper.py
import json
//- /guide/code/import.js
^ warning[file/unused] nothing in the book refers to this file
//- /guide/code/main.py
from helper import help
//- /guide/d.png
//- /guide/draft.md
---
draft: true
---
[later](later.txt)
//- /guide/icon.svg
//- /guide/js/app.js
fetch("data.json")
//- /guide/js/data.json
{}
//- /guide/later.txt
//- /guide/more.css
//- /guide/moved.txt
//- /guide/only.txt
^ warning[file/unused] nothing in the book refers to this file
//- /guide/outside.css
p { background: url("../img/none.png") }
//- /guide/paper.png
//- /guide/robots.txt
//- /guide/unused.css
^ warning[file/unused] nothing in the book refers to this file
p { background: url(unused.png) }
//- /guide/unused.png
^ warning[file/unused] nothing in the book refers to this file
//- /guide/unused.txt
^ warning[file/unused] nothing in the book refers to this file
//- /themes/handbook/templates/partials/footer.html
<p>{{ book.title }} <img src="{{ page.root }}badge.png"></p>
//- /guide/badge.png
"##,
    );
}

#[test]
fn reference_definitions() {
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
"link/unused-reference" = "warn"
//- /a.md crlf bom
[used] ![pic] [Größe]

[//]: # (a remark)
[used]: a.md
[pic]: p.svg
[größe]: a.md
[left over]: a.md "title"
^^^^^^^^^^^ warning[link/unused-reference] no link uses the definition [left over]: …
[USED]: a.md
> [Used]: p.svg
  ^^^^^^ warning[link/duplicate-reference] [used] is defined already
//- /p.svg
<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>
"#,
    );
}

#[test]
fn text_in_the_summary() {
    check(
        r"
//- /SUMMARY.md bom
# Größe

<!-- a remark -->
See [A](a.md) first.
^^^ warning[summary/ignored-text] SUMMARY.md holds links to pages

- Größe **one**
  ^^^^^^^^^^^ warning[summary/ignored-text] an entry is [Title](page.md)
  - [B](b.md) – *new*
                 ^^^ warning[summary/ignored-text] this text is no link
- [C]()

---

# Part
//- /a.md
//- /b.md
",
    );
}

#[test]
fn orders_that_are_alike() {
    check(
        r"
//- /1-a.md
//- /b.md
---
order: 2
---
//- /c.md
---
title: C
order: +2 # ä
       ^^ warning[page/duplicate-number] two entries of this folder have the number 2
---
//- /d.md
---
order: 1
       ^ warning[page/duplicate-number] two entries of this folder have the number 1
---
//- /x/e.md
---
order: 2
---
",
    );
}

#[test]
fn attributes_that_are_given_twice() {
    check(
        r#"
//- /a.md
:::details[Größe]{open #a open}
                          ^^^^ error[directive/bad-value] `open` is given twice; take one of them out
:::

:::note{#b id=c}
           ^^ error[directive/bad-value] `id` is given twice
:::

~~~py ins=1 title="ä" ins=2
                      ^^^ error[code/bad-attribute] `ins` is given twice; take one of them out
x
y
~~~
"#,
    );
}

#[test]
fn ids_that_are_given_twice() {
    check(
        r"
//- /a.md
## Größe { .x #one }
## Größe {#one .x}
           ^^^ error[heading/duplicate-id] the id `one` is given twice on this page
## Größe
Größe {#größe}
        ^^^^^ error[heading/duplicate-id] the id `größe` is given twice on this page
=====
",
    );
}
