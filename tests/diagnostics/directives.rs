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

#[test]
fn one_that_is_never_closed_is_one_mistake() {
    check(
        r"
//- /a.md
::::tabs{key=os}
^^^^^^^^^^^^^^^^ error[directive/unclosed] close it with a line of 4 colons

:::tab[Linux]
Text.
:::

## What follows

- is no tab

//- /b.md
::::drill[Say it]{#say kind=technical minutes=5}
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[directive/unclosed] `drill` is never closed
Say it.

:::answer
It.
:::

:::checklist[Before]{#before}
- [ ] Look {#look}
:::
",
    );
}

#[test]
fn closed_with_another_number_of_colons() {
    check(
        r"
//- /a.md
:::tabs
^^^^^^^ error[directive/unclosed] `tabs` is opened with 3 colons and closed with 4
:::tab[Linux]
Text.
:::
::::

Text behind it, and

:::steps
- no numbers
^^^^^^^^^^^^ error[directive/misplaced] `steps` holds one numbered list
:::
",
    );
}

#[test]
fn unknown_names_of_directives_without_a_closing_line() {
    check(
        r#"
//- /a.md
::::note
:::includ{file=_b.md}
   ^^^^^^ error[directive/unknown] nearest is `include`
:::

:::threatmodel{src=a.threat-model.yaml}
   ^^^^^^^^^^^ error[directive/unknown] nearest is `threat-model`

:::include{file="_b.md}
                ^ error[directive/syntax] this quotation mark is never closed

:::include{file=_b.md}
:::
^^^ error[directive/unopened] `include` has no closing line
::::

:::tip{cram}[Ten words]
      ^^^^^^^^^^^^^^^^^ error[directive/syntax] the title stands before the braces
:::

//- /c.md
::note
Text.
:::
^^^ error[directive/unopened] `::note` above it is text

//- /_b.md
Text.
"#,
    );
}

#[test]
fn what_is_compared_stands_there_once() {
    check(
        r"
//- /a.md
::::compare
:::weak
   ^^^^ error[directive/misplaced] `weak` is empty
:::
:::strong
Größe
:::
:::strong
   ^^^^^^ error[directive/misplaced] this comparison has a `strong` already
Größer
:::
::::

::::tabs
:::tab[Größe]
x
:::
:::tab[Größe]
       ^^^^^ error[directive/bad-value] another tab here is called `Größe`
y
:::
::::

::::tabs
:::tab[Größe]
z
:::
::::
",
    );
}

#[test]
fn parentheses_and_spaces_where_none_belong() {
    check(
        r"
//- /a.md
Größe :claim [größe]{advice}, :ref[größe](iso) and :term[größe](b.md), (:ref[b] (c)), :ref [x](b.md).
            ^ error[directive/syntax] write :claim[words]
                               ^^^ error[directive/syntax] write :ref[words]{iso}
                                                    ^^^^ error[directive/syntax] write :term[words]{id}
                                                                             ^ error[ref/unknown] there is no reference `b`

:::note[Größe](open=yes)
              ^^^^^^^^^^ error[directive/syntax] attributes stand in braces, not in parentheses
:::

:::note (#größe)
        ^^^^^^^^ error[directive/syntax] attributes stand in braces, not in parentheses
:::

:::note (optional)
:::
//- /b.md
# Größe
",
    );
}

#[test]
fn what_is_included_has_no_id() {
    check(
        r"
//- /a.md
:::include{file=_b.md #größe}
                      ^ error[directive/unknown-key] `include` has no attribute `id`
//- /_b.md
Größe
",
    );
}
