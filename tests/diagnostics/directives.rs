//! Fixtures: the fence lines of directives and what stands between them. Knows only `check`.

use super::check;

#[test]
fn a_word_in_a_directive() {
    check(
        r"
//- /a.md
:::nota[Title]
   ^^^^ error[directive/unknown] nearest is `note`
:::
",
    );
}

#[test]
fn titles_and_attributes_of_directives() {
    check(
        r#"
//- /a.md
:::note[Größe]{colour=red #a}
               ^^^^^^ error[directive/unknown-key] `note` has no attribute `colour`
:::

::::details[x]{open="ja"}
                    ^^^^ error[directive/bad-value] `open` cannot be `ja`
::::

:::note{id=a}
           ^ error[heading/duplicate-id] the id `a` is given twice on this page
:::

:::tip[Größe
      ^ error[directive/syntax] this bracket is never closed
:::

:::tip{a="ü}
         ^ error[directive/syntax] this quotation mark is never closed
:::
"#,
    );
}

#[test]
fn nested_directives() {
    check(
        r"
//- /a.md
- Größe

  ::::details[A]
  :::tabs
  Text.
  ^^^^^ error[directive/misplaced] `tabs` holds only :::tab[Title] directives

  :::tab
     ^^^ error[directive/bad-value] `tab` needs a title
  :::
  :::
  ::::

:::steps
Not a list
^^^^^^^^^^ error[directive/misplaced] `steps` holds one numbered list
over lines.
:::
",
    );
}

#[test]
fn directives_that_open_or_close_alone() {
    check(
        r"
//- /a.md crlf
:::note
::::tip
^^^^^^^ error[directive/unclosed] `tip` is never closed
:::
:::
^^^ error[directive/unopened] this line closes nothing
Größe
	:::
 ^^^ error[directive/not-alone] these colons are text
",
    );
}

#[test]
fn directives_in_the_wrong_place() {
    check(
        r"
//- /a.md
- :::note
  ^^^^^^^ error[directive/not-alone] these colons are text
> ::: tip
  ^^^^^^^ error[directive/not-alone] these colons are text

<div>
:::note
^^^^^^^ error[directive/inside-html] inside raw HTML this line is text
</div>

Text[^1]

[^1]: Note

    :::tip[x]
    ^^^^^^^^^ error[directive/inside-footnote] a directive cannot stand inside a footnote
    :::
    ^^^ error[directive/inside-footnote] a directive cannot stand inside a footnote
",
    );
}

#[test]
fn directives_across_the_border_of_a_list() {
    check(
        r"
//- /a.md
- Item

  :::note[Größe]
  Text
:::
^^^ error[directive/crossing] `note` closes at another depth
",
    );
}
