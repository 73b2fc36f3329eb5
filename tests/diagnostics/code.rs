//! Fixtures: the info strings of code fences. Knows only `check`.

use super::check;

#[test]
fn attributes_of_code_fences() {
    check(
        r#"
//- /a.md
```pyhton tilte="a b" mark=3-1 number=x
   ^^^^^^ warning[code/unknown-language] nearest is `python`
          ^^^^^ warning[code/unknown-attribute] nearest is `title`
                           ^^^ error[code/bad-attribute] `mark` cannot be `3-1`
                                      ^ error[code/bad-attribute] `number` cannot be `x`
```

~~~~ title="Größe" lines=1
                         ^ error[code/bad-attribute] `lines` means nothing without `file`
~~~~

  ```python run="now" file
            ^^^^^^^^^ error[code/bad-attribute] `run` cannot be `now`
                      ^^^^ error[code/bad-attribute] `file` has no value
  ```
"#,
    );
}

#[test]
fn code_fences_in_lists_and_quotes() {
    check(
        r#"
//- /a.md
- Größe

  ```pyhton mark=0
     ^^^^^^ warning[code/unknown-language] nearest is `python`
                 ^ error[code/bad-attribute] `mark` cannot be `0`
  ```

> > ```python title="a
                    ^ error[code/bad-attribute] this quotation mark is never closed
> > ```
"#,
    );
}

#[test]
fn included_code() {
    check(
        r#"
//- /a.md
```python file=code/app.py lines=2-4
                                 ^^^ error[code/bad-lines] `lines` names a line behind the end of the code
```

```python file="code/ap.py" title="ü"
               ^^^^^^^^^^^^ error[code/missing-file] nearest is `code/app.py`
```

```python region=b file=code/app.py
                 ^ error[code/missing-region] nearest is `a`
```
//- /code/app.py
# region a
x = 1
# endregion
"#,
    );
}

#[test]
fn what_would_vanish_from_a_fence() {
    check(
        r#"
//- /a.md
```py file=_a.py regoin=put
                 ^^^^^^ error[code/bad-attribute] nearest is `region`
```

```py file=_a.py region=get
                        ^^^ error[code/missing-region] its only region is `put`
```

```py file=_a.py region=put mark=1
                                 ^ error[code/bad-lines] the lines that are shown are 3 to 3
```

```py title=Put it here number
            ^^^^^^^^^^^ error[code/bad-attribute] put it in quotes: title="Put it here"
x = 1
```
//- /_a.py
x = 1
# region put
y = 2
# endregion put
"#,
    );
}

#[test]
fn fences_that_are_never_closed() {
    check(
        r#"
//- /a.md
> ```py
  ^^^^^ warning[code/unclosed] this code is never closed and goes on to the end of the list item or quote around it
> größe = 1

- ~~~~ text
  ^^^^^^^^^ warning[code/unclosed] close it with a line of 4 tildes
  größe
  ~~~

> ```py
> größe = 1
> ```

```
größe
````

```py
^^^^^ warning[code/unclosed] this code is never closed and goes on to the end of the page
größe = 1

# Größe
//- /b.md open
```
größe
```
//- /c.md crlf
```
größe
    ```

```
//- /d.md open
größe

```
^^^ warning[code/unclosed] if it was to close a block, one above it is not closed
"#,
    );
}

#[test]
fn lines_and_folders_in_the_path_of_a_file() {
    check(
        r#"
//- /a.md
```python file=größe.py
               ^^^^^^^^ error[code/missing-file] nearest is `code/größe.py`
```

```python file=code/größe.py#L1-L2
               ^^^^^^^^^^^^^^^^^^^ error[code/missing-file] write file=code/größe.py lines=1-2
```

```python file=code/größe.py:größe
               ^^^^^^^^^^^^^^^^^^^ error[code/missing-file] write file=code/größe.py region=größe
```
//- /code/größe.py
x = 1
y = 2
"#,
    );
}

#[test]
fn a_fence_that_takes_the_lines_of_directives() {
    check(
        r#"
//- /a.md
::::details[Größe]
:::note
```py
^^^^^ error[directive/unclosed] this code is never closed, and takes the line that closes `note`
größe = 1
:::
::::
//- /b.md
:::note
^^^^^^^ error[directive/unclosed] close it with a line of 3 colons

```py
^^^^^ warning[code/unclosed] close it with a line of 3 backticks
größe = 1
"#,
    );
}
