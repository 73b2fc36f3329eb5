//! Fixtures: links, images, reference definitions and raw HTML. Knows only `check`.

use super::check;

#[test]
fn links_behind_tabs_and_wide_characters() {
    check(
        r#"
//- /a.md
日本	🎉é [x](nowhere.md "Title") and ![y](nowhere.png)
          ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
                                       ^^^^^^^^^^^ error[link/missing-file] there is no file `nowhere.png`
"#,
    );
}

#[test]
fn links_after_a_mark_on_the_first_line() {
    check(
        r"
//- /a.md crlf bom
[x](nowhere.md) [y](#nowhere)
    ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
                    ^^^^^^^^ error[link/missing-anchor] there is no heading or id #nowhere in this page
",
    );
}

#[test]
fn links_in_lists_and_quotes() {
    check(
        r"
//- /a.md
- One

  1. > [x](nowhere.md)
           ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
     > over [two
     > lines](nowhere.md)
              ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
",
    );
}

#[test]
fn escaped_and_bracketed_targets() {
    check(
        r"
//- /a.md
[x](<no where.md>) [y](nowhere&#46;md) [z](no%20where.md#a)
     ^^^^^^^^^^^ error[link/missing-page] there is no page `no where.md`
                       ^^^^^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
                                           ^^^^^^^^^^^^^^^ error[link/missing-page] there is no page `no where.md`
",
    );
}

#[test]
fn reference_definitions_are_reported_once() {
    check(
        r#"
//- /a.md
[x][a] [y][a] [a] ![z][b]

[a]: nowhere.md#x "Title"
     ^^^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
  [b]:
    <no where.png>
     ^^^^^^^^^^^^ error[link/missing-file] there is no file `no where.png`
[unused]: /nowhere.md
"#,
    );
}

#[test]
fn references_without_a_definition() {
    check(
        r"
//- /a.md
Größe [x][nöwhere] and ![y][no
      ^^^^^^^^^^^^ warning[link/undefined-reference] there is no definition [nöwhere]: …
                       ^^^^^^^... warning[link/undefined-reference] there is no definition [no where]: …
where].
",
    );
}

#[test]
fn anchors_of_this_and_other_pages() {
    check(
        r"
//- /1-a.md
# Title
[x](#titel) [y](2-b.md#setup) [z](2-b.md#set-up) [code](app.py#L3)
    ^^^^^^ error[link/missing-anchor] nearest is #title
                ^^^^^^^^^^^^ error[link/missing-anchor] nearest is #set-up
                                                        ^^^^^^^^^ error[link/missing-anchor] there is no line #L3 in app.py
//- /2-b.md
## Set up
//- /app.py
one = 1
two = 2
",
    );
}

#[test]
fn raw_html_over_several_lines() {
    check(
        r#"
//- /a.md
# Ä

<p>
Größe <a
  href="nowhere.md"
        ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
>x</a>
<img src=nowhere.png>
         ^^^^^^^^^^^ error[link/missing-file] there is no file `nowhere.png`
</p>

Inline <a href='#nowhere'>ü</a> and <b
                ^^^^^^^^ error[link/missing-anchor] there is no heading or id #nowhere in this page
id="ä">
    ^ error[heading/duplicate-id] the id `ä` is given twice on this page
"#,
    );
}

#[test]
fn each_address_of_a_srcset() {
    check(
        r#"
//- /a.svg
<svg width="4" height="3"></svg>
//- /a.md
<img src="a.svg" alt="x" srcset="a.svg, b.svg 2x,https://a.example/c.png 3x">
                                        ^^^^^ error[link/missing-file] nearest is `a.svg`
                                                 ^^^^^^^^^^^^^^^^^^^^^^^ warning[image/remote] on another site
"#,
    );
}

#[test]
fn raw_html_in_a_quote_with_windows_line_ends() {
    check(
        r#"
//- /a.md crlf
> <div id="a">
> <a href="nowhere.md">x</a>
           ^^^^^^^^^^ error[link/missing-page] there is no page `nowhere.md`
> </div>
>
> <p id="a"></p>
         ^ error[heading/duplicate-id] the id `a` is given twice on this page
"#,
    );
}

#[test]
fn scripts() {
    check(
        r#"
//- /a.md
[x](JavaScript:alert(1)) <a href="data:text/html,x">y</a> ![z](data:image/png;base64,aaaa)
    ^^^^^^^^^^^^^^^^^^^ error[link/bad-scheme] this link would run script in the reader's browser
                                  ^^^^^^^^^^^^^^^^ error[link/bad-scheme] this link would run script in the reader's browser
"#,
    );
}
