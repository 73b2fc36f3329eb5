//! Fixtures: the lints of one page. Most know only `check`.

use prepbook::base::progress::Progress;
use prepbook::diagnostic::{self, Format, Printing};
use prepbook::pipeline::{self, Options};

use super::check;
use super::common::{scratch, write};

/// A fixture with a `book.toml` that has `lints` on.
#[track_caller]
fn check_with(lints: &str, text: &str) {
    check(&format!("//- /book.toml\n[book]\nsrc = \".\"\n\n[lints]\n{lints}\n{}", text.trim_start()));
}

#[test]
fn heading_levels_go_down_one_by_one() {
    check_with(
        "\"heading/skipped-level\" = \"warn\"",
        r"
//- /a.md
### Any first

#### Four

## Two

#### Four
^^^^^^^^^ warning[heading/skipped-level] this heading is of level 4, and the one before it of level 2; make it one of level 3

# One

> ### Three
  ^^^^^^^^^ warning[heading/skipped-level] of level 3, and the one before it of level 1
//- /html.md
# One

<h2>Two</h2>

### Three

<h6>Six</h6>
^^^ warning[heading/skipped-level] this heading is of level 6, and the one before it of level 3
",
    );
}

#[test]
fn included_headings_count_where_they_are_shown() {
    check_with(
        "\"heading/skipped-level\" = \"error\"\n\"heading/second-title\" = \"error\"",
        r"
//- /a.md
# A

## B

:::include{file=_c.md}

##### E
^^^^^^^ error[heading/skipped-level] this heading is of level 5, and the one before it of level 1
//- /_c.md
#### C
^^^^^^ error[heading/skipped-level] this heading is of level 4, and the one before it of level 2

# D
^^^ error[heading/second-title] this page has another heading of level 1, its title
",
    );
}

#[test]
fn a_page_has_one_title() {
    check_with(
        "\"heading/second-title\" = \"warn\"",
        r"
//- /a.md
# A

::::tabs
:::tab[One]
# B
^^^ warning[heading/second-title] make it one of level 2
:::
::::

C
^ warning[heading/second-title] this page has another heading of level 1
=
//- /b.md
## B

# The title stands further down
",
    );
}

#[test]
fn images_have_a_text() {
    check_with(
        "\"image/missing-alt\" = \"warn\"\n\"image/remote\" = \"off\"",
        r#"
//- /a.md
See ![](https://a.b/c.png) and ![ ](https://a.b/c.png "Title") and ![`c`](https://a.b/c.png)
    ^^^^^^^^^^^^^^^^^^^^^^ warning[image/missing-alt] this image has no alternative text; say between the brackets
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[image/missing-alt] this image has no alternative text

[![](https://a.b/c.png)](b.md) [![](https://a.b/c.png) text](b.md)
 ^^^^^^^^^^^^^^^^^^^^^^ warning[image/missing-alt] the link has no name
                                ^^^^^^^^^^^^^^^^^^^^^^ warning[image/missing-alt] this image has no alternative text

<p><img src="https://a.b/c.png"> <img alt="" src="https://a.b/c.png"> <img alt src="https://a.b/c.png"></p>
   ^^^^ warning[image/missing-alt] this image has no `alt`; say in alt="…"

Inline <img src="https://a.b/c.png"> <img src="https://a.b/c.png" role="none"> <img src="https://a.b/c.png" alt="C">
       ^^^^ warning[image/missing-alt] this image has no `alt`
//- /b.md
# B
"#,
    );
}

#[test]
fn link_texts_say_where_they_lead() {
    check_with(
        "\"link/vague-text\" = \"warn\"\n\"image/remote\" = \"off\"",
        r#"
//- /a.md
The plan is [here](b.md), [**Click
             ^^^^ warning[link/vague-text] `here` does not say where this link leads; make the link of the words
                             ^^^^^... warning[link/vague-text] `click here` does not say
here**](b.md "") and [Read  more …][b].
                      ^^^^^^^^^^^^ warning[link/vague-text] `read more`

[![more](https://a.b/c.png)](b.md) <a href="b.md">this link</a> <a href="b.md" aria-label="The plan">link</a>
   ^^^^ warning[link/vague-text] `more`
                                                  ^^^^^^^^^ warning[link/vague-text] `this link`

<div><a href="b.md"><img alt="Link" src="https://a.b/c.png"></a></div>
                              ^^^^ warning[link/vague-text] `link`

Fine: [`more`](b.md), [here](b.md "The plan"), [here is the plan](b.md), <a name="x">here</a>, <b>here</b>.

[b]: b.md
//- /b.md
# B
"#,
    );
}

#[test]
fn links_of_raw_html_have_a_text() {
    check(
        r##"
//- /a.md
Inline <a href="b.md"></a> and <a href="b.md"> </a>, <a href="b.md" aria-label="B"></a>, <a href="b.md" title="B"></a>,
       ^^ warning[link/empty-text] this link has no text, so nobody can see or press it; write a text before `</a>`
                               ^^ warning[link/empty-text] this link has no text
<a href="b.md">B</a>, <a href="b.md"><img alt="B" src="data:image/png;base64,x"></a>, <a href="b.md">`b`</a>, <a id="x"></a>,
<a href="b.md"><i class="icon"></i></a>, <a href="#y" aria-hidden="true"></a>.

> <p id="y"><a
            ^^ warning[link/empty-text] this link has no text
> href="b.md"></a></p>

<a href="b.md">

With *words* in a block of its own

</a>
//- /b.md
# B
"##,
    );
}

#[test]
fn tables_name_their_columns() {
    check_with(
        "\"table/no-header\" = \"warn\"",
        r#"
//- /a.md
|   |   |
^^^^^^^^^ warning[table/no-header] this table has an empty header, so its columns have no names; name the columns
|---|---|
| a | b |

|   | B |
|---|---|
| a | b |

> | `a` |
> |-----|

<table><tr><td>a</td></tr></table>
^^^^^^ warning[table/no-header] this table has no header cell, so its columns have no names
<table><tr><th>a</th></tr></table>
<table role="presentation"><tr><td>

a

<table>
^^^^^^ warning[table/no-header] this table has no header cell
</td></tr></table>
</table>
"#,
    );
}

#[test]
fn banned_phrases_are_found_across_lines_and_markup() {
    check_with(
        r#"banned-phrases = ["simply", "in today's fast-paced world", { phrase = "Utilise", use = "use" }]"#,
        r#"
//- /a.md
---
title: Simply a title
       ^^^^^^ warning[prose/banned-phrase] this book does not say `simply`; say it in other words
description: "To utilise"
                 ^^^^^^^ warning[prose/banned-phrase] this book does not say `Utilise`; write `use`
tags: [simply]
---
# It is *sim*ply so
         ^^^^^^^ warning[prose/banned-phrase] `simply`

> It works in **today’s
           ^^^^^^^^^^^^... warning[prose/banned-phrase] `in today's fast-paced world`
> fast-paced** world. [Simply](b.md "simply") ![utilise](data:image/png;base64,x) it.
                       ^^^^^^ warning[prose/banned-phrase] `simply`
                                                ^^^^^^^ warning[prose/banned-phrase] `Utilise`

Fine: `simply`, simply-typed, https://a.b/simply, <https://a.b/simply>, [x](simply.md), <i title="simply">x</i>,
<code>simply</code>, utilised, simp`x`ly, in today's `x` fast-paced world.

```text
simply
```

:::note[Simply `simply` simply]{id=simply}
        ^^^^^^ warning[prose/banned-phrase] `simply`
                        ^^^^^^ warning[prose/banned-phrase] `simply`
| a | b |
|---|---|
| in today's | fast-paced world |
| x | simply |
      ^^^^^^ warning[prose/banned-phrase] `simply`
:::

<div class="simply">
<p>Say it simply</p> <pre>simply</pre> <img src="data:image/png;base64,x" alt="Utilise it">
          ^^^^^^ warning[prose/banned-phrase] `simply`
                                                                               ^^^^^^^ warning[prose/banned-phrase] `Utilise`
</div>

Caf&eacute;, simply&nbsp;put.[^1]
             ^^^^^^ warning[prose/banned-phrase] `simply`

[^1]: Simply.
      ^^^^^^ warning[prose/banned-phrase] `simply`
//- /b.md
# B
//- /simply.md
# S
"#,
    );
}

#[test]
fn banned_phrases_are_texts_or_tables() {
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
banned-phrases = ["", "…", 7, { use = "x" }, { phrase = "a", instead = "b" }, { phrase = 1 }, ["a"], "a a a a a a a a a a a a a a a a a a a a a"]
                  ^^ error[config/bad-value] `banned-phrases` cannot be ``; it wants a word, or a phrase of at most 20
                      ^^^ error[config/bad-value] `banned-phrases` cannot be `…`
                           ^ error[config/wrong-type] `banned-phrases` wants a text or { phrase = "…", use = "…" }, and this is a number
                              ^^^^^^^^^^^^^ error[config/bad-value] this banned phrase has no `phrase`; write { phrase = "utilise", use = "use" }
                                                             ^^^^^^^ warning[config/unknown-key] `instead` means nothing in a banned phrase; its keys are phrase, use
                                                                                         ^ error[config/wrong-type] `phrase` wants a text
                                                                                              ^^^^^ error[config/wrong-type] and this is a list
                                                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[config/bad-value] of at most 20 words
//- /a.md
# Title
"#,
    );
    check(
        r#"
//- /book.toml
[book]
src = "."
[lints]
banned-phrase = ["a"]
^^^^^^^^^^^^^ error[config/bad-value] there is no lint `banned-phrase`; nearest is `banned-phrases`
banned-phrases = "a"
                 ^^^ error[config/wrong-type] `banned-phrases` wants a list of phrases
//- /a.md
# A
"#,
    );
}

/// Put together here, so that no scanner takes this file for a leak.
#[test]
fn secrets_are_found_in_prose_code_and_shown_files() {
    let text = r"
//- /a.md
---
title: KEY
       ^^^^^^^^^^^^^^^^^^^^ warning[secret/live-looking] this looks like a real AWS access key id (AKIA…, ASIA…)
---
é KEY and `KEY`
  ^^^^^^^^^^^^^^^^^^^^ warning[secret/live-looking] if it is one, revoke it
                            ^^^^^^^^^^^^^^^^^^^^ warning[secret/live-looking] this looks like a real AWS

```sh file=app.sh
```

[app](app.py), AKIAIOSFODNN7EXAMPLE
//- /app.sh
export TOKEN=PAT
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[secret/live-looking] GitHub personal access token (ghp_…)
//- /app.py
url = 'https://deploy:PASS@git.corp-site.com'
                      ^^^^^^^^^^ warning[secret/live-looking] this looks like a real password in an address
";
    let [key, token] =
        [["AKIA", "Q7ZR2TNVWKXB4MHC"], ["ghp", "_q7Zr2TnVw9KxB4mHc8LsJd3Fp6GyQe5Ra1Uo"]].map(|parts| parts.concat());
    // The carets above stand where these will.
    check(&text.replace("KEY", &key).replace("PAT", &token).replace("PASS", "q7Zr2TnVw9"));
}

/// The log of a build may be public.
#[test]
fn secrets_are_not_printed() {
    let token = ["ghp", "_q7Zr2TnVw9KxB4mHc8LsJd3Fp6GyQe5Ra1Uo"].concat();
    let book = scratch();
    let page = format!("# A\n\n[x](nowhere.md) {token} [y]({token})\n");
    write(book.path(), &[("a.md".to_owned(), page.into_bytes())].into_iter().collect(), false);
    let options = Options { root: book.path().to_owned(), ..Options::default() };
    let report = pipeline::check(&options, &Progress::default()).expect("the book can be read");
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github] {
        let text = |path: &_| report.texts.get(path).cloned();
        let printed = diagnostic::print(&report.diagnostics, &text, &Printing { format, ..Printing::default() });
        assert!(printed.contains("nowhere.md") && printed.contains("secret/live-looking"), "{printed}");
        assert!(!printed.contains(&token[4..12]) && !printed.contains(&token[32..]), "{printed}");
    }
}

#[test]
fn controls_of_direction_are_closed_in_prose_and_absent_from_code() {
    check(
        "
//- /a.md
Fine: \u{2067}שלום\u{2069} and \u{202b}שלום\u{202c}.

Open \u{2066}abc
     ^ warning[text/bidi-control] U+2066 (LEFT-TO-RIGHT ISOLATE) is not closed in this paragraph; close it with U+2069 (POP

Turned \u{202e}abc\u{202c}, `\u{2067}x\u{2069}`
       ^ warning[text/bidi-control] U+202E (RIGHT-TO-LEFT OVERRIDE) makes the letters behind it read backwards
               ^ warning[text/bidi-control] U+2067 (RIGHT-TO-LEFT ISOLATE) makes this code read in another order
                 ^ warning[text/bidi-control] such as \\u2069

```py file=app.py
```
//- /app.py
if admin: \u{2066}# no
          ^ warning[text/bidi-control] such as \\u2066
",
    );
}

#[test]
fn characters_that_nobody_sees_are_reported() {
    check(
        "
//- /a.md bom
# T\u{200b}itle
   ^ warning[text/invisible] U+200B (ZERO WIDTH SPACE) stands here, and nobody can see it; take it out: searching

Fine: می\u{200c}خواهم, so\u{ad}ft, 👩\u{200d}💻. Read\u{e0061}\u{e0062}\u{e0063} me.
                                ^^^ warning[text/invisible] 3 characters stand here that nobody can see; the first is U+E0061

    code\u{ad}
        ^ warning[text/invisible] U+00AD (SOFT HYPHEN) stands here, and nobody can see it; take it out: whoever copies
",
    );
}

#[test]
fn what_is_off_is_not_reported() {
    check_with(
        r#"banned-phrases = ["simply"]
"prose/banned-phrase" = "off"
"secret/live-looking" = "off"
"text/bidi-control" = "off"
"text/invisible" = "off"
"link/empty-text" = "off""#,
        &"
//- /a.md
# A

### Simply [here](b.md) \u{202e} \u{200b}x KEY ![](data:image/png;base64,x) <a href=\"b.md\"></a>

# B

|  |
|--|
//- /b.md
# B
"
        .replace("KEY", &["AKIA", "Q7ZR2TNVWKXB4MHC"].concat()),
    );
}
