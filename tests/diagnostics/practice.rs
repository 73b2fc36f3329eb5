//! Fixtures: preparation material, in Markdown and in files of data. Knows only `check`.

use super::check;

#[test]
fn ids_of_material() {
    check(
        r"
//- /a.md
:::checklist[Größe]
   ^^^^^^^^^ error[practice/missing-id] this checklist has no id
- [ ] Breathe
:::

:::checklist[Größe]{#Größe}
                     ^^^^^ error[practice/bad-id] `Größe` cannot be an id
- [ ] Breathe
:::

:::checklist[Twice]{#one}
- [ ] Breathe
:::

:::checklist[On a page]{#one}
                         ^^^ error[heading/duplicate-id] the id `one` is given twice on this page
- [ ] Breathe
:::
//- /b.md
:::checklist[In the book]{#one}
                           ^^^ error[practice/duplicate-id] the id `one` is taken
- [ ] Breathe
:::
//- /c.plan.yaml
id: one
    ^^^ error[practice/duplicate-id] the id `one` is taken
title: In a file
days:
  - {day: 1, items: [{do: Read, page: b.md, minutes: 30}]}
//- /d.plan.yaml
id: D_1
    ^^^ error[practice/bad-id] `D_1` cannot be an id
title: Größe
days:
  - {day: 1, items: [{do: Read, practice: two, minutes: 30}]}
",
    );
}

#[test]
fn labels_and_times() {
    check(
        r"
//- /a.md
:::question[Größe?]{#größe level=easy}
   ^^^^^^^^ error[directive/bad-value] `question` needs `topic`
                     ^^^^^ error[practice/bad-id] `größe` cannot be an id
**Outlin.** Größe, and fourteen words more, which is as many as it takes to say something here.
  ^^^^^^ error[practice/unknown-label] no part is labelled `Outlin`

**Outline.** Größe, and fourteen words more, which is as many as it takes to say something here.

**Answer.** No label at all.

**Outline:** Größe.
^^^^^^^^^^^^ error[practice/unknown-label] there are two parts labelled `Outline`

**Wrong.** x
:::

::::drill[Größe]{#d minutes=5}
    ^^^^^ error[drill/no-answer] this drill has no answer
- 0:30 Größe
- Größe
  ^^^^^ error[practice/bad-time] `Größe` is no time
- 5:5 y
  ^^^ error[practice/bad-time] `5:5` is no time

Do it.

**Answer.** It is a directive.
  ^^^^^^ error[practice/unknown-label] `Answer` is no label here

**Rubric.**

- größer
  ^^^^^^ error[practice/missing-part] this item of the rubric has no points

**Success**
  ^^^^^^^ error[practice/unknown-label] a label ends with a full stop or a colon: write **Success.**
::::

::::drill[Größe]{#e minutes=5}
    ^^^^^ error[drill/no-answer] this drill has no answer
Do it, and **Rubric** is a word.

**Answer**
  ^^^^^^ error[practice/unknown-label] make it a nested directive: :::answer
Größe
::::
",
    );
}

#[test]
fn topics_and_principles() {
    check(
        r#"
//- /book.toml
[book]
src = "."

[practice]
topics = ["größe", "code"]
principles = ["Earn Trust", "Größe"]
//- /a.md
:::drill[x]{#d minutes=5 topic=größ principle="earn-trust, Größ,x"}
                               ^^^^ error[practice/unknown-topic] `größ` is no topic of this book
                                                           ^^^^ error[practice/unknown-principle] `Größ` is no principle of this book
                                                                ^ error[practice/unknown-principle] `x` is no principle of this book
Do it.

:::answer
Yes.
:::
:::

:::drill[x]{#e minutes=5 principle="\"Größ\", x"}
                                   ^^^^^^^^^^^^^ error[practice/unknown-principle] `"Größ"` is no principle of this book
                                   ^^^^^^^^^^^^^ error[practice/unknown-principle] `x` is no principle of this book
Do it.

:::answer
Yes.
:::
:::

:::questions{topic=codes principle=erntrust level=easy,hrad}
                   ^^^^^ error[practice/unknown-topic] `codes` is no topic of this book
                                   ^^^^^^^^ error[practice/unknown-principle] `erntrust` is no principle of this book
                                                       ^^^^ error[directive/bad-value] `level` cannot be `hrad`
//- /b.questions.yaml
questions:
  - id: q
    text: Größe?
    topic: größer
           ^^^^^^ error[practice/unknown-topic] `größer` is no topic of this book
    principle: [Größe, "größ"]
                       ^^^^^^ error[practice/unknown-principle] `größ` is no principle of this book
    level: easy
    outline: Größe, and fourteen words more, which is as many as it takes to say something here.
    wrong: x
"#,
    );
}

#[test]
fn drills() {
    check(
        r"
//- /a.md
::::drill[Größe]{#größe kind=speking minutes=5-6 level=easy level=hard colour=red}
    ^^^^^ error[drill/no-answer] this drill has no answer
                  ^^^^^ error[practice/bad-id] `größe` cannot be an id
                             ^^^^^^^ error[directive/bad-value] `kind` cannot be `speking`
                                             ^^^ error[drill/parts-sum] the parts take 2:30
                                                            ^^^^^ error[directive/bad-value] `level` is given twice
                                                                       ^^^^^^ error[directive/unknown-key] `drill` has no attribute `colour`
Größe.

- 2:00 Größe
- 0:30 y
::::

- Größe

  :::drill{#two minutes=x}
     ^^^^^ error[directive/bad-value] `drill` needs a title
     ^^^^^ error[drill/no-answer] this drill has no answer
     ^^^^^ error[practice/missing-part] this drill says nothing
                        ^ error[directive/bad-value] `minutes` cannot be `x`
  :::
",
    );
}

#[test]
fn stories() {
    check(
        r#"
//- /a.md
:::story[Größe]{#größe also=x company}
   ^^^^^ error[directive/bad-value] `story` needs `principle`
   ^^^^^ error[practice/missing-part] this story has no part `Action`
   ^^^^^ error[practice/missing-part] this story has no part `Why`
   ^^^^^ error[story/few-i] the story says “we” 2 times and “I” 0 times
                 ^^^^^ error[practice/bad-id] `größe` cannot be an id
                              ^^^^^^^ error[directive/bad-value] `company` has no value
**Situation.** Größe, and *we* were „große“.
^^^^^^^^^^^^^^ error[story/part-length] Situation takes 5 s to say, not even 60 % of its 45 s
                           ^^ warning[story/we] `we` acts here

**Task.** “We know”, they said, and we’d go. It is a task that takes as long to say as tasks do at most, or so.
                                    ^^^^ warning[story/we] `we’d` acts here

**Result.** Größe.
^^^^^^^^^^^ error[story/no-number] the result has no number
^^^^^^^^^^^ error[story/part-length] Result takes 1 s to say, not even 60 % of its 45 s

**Weak.** We.

**Metrics.**

- Größe {customer}
  ^^^^^ error[story/metrics] this metric has no number
- Größe: größer {client}
  ^^^^^^^^^^^^^ error[story/metrics] this metric has no number
                 ^^^^^^ error[directive/unknown-key] `list item` has no attribute `client`

::::probe
    ^^^^^ error[directive/bad-value] `probe` needs a title
    ^^^^^ error[practice/missing-part] this probe says nothing
::::
:::
//- /b.md
:::story[Short]{#short principle=ownership}
   ^^^^^ error[story/total-length] the story takes 0:10, not 3:00 to 4:15
**Situation.** I was.
^^^^^^^^^^^^^^ error[story/part-length] Situation takes 2 s to say, not even 60 % of its 45 s

**Task.** I had.
^^^^^^^^^ error[story/part-length] Task takes 2 s to say, not even 60 % of its 30 s

**Action.** I did, größer.
^^^^^^^^^^^ error[story/part-length] Action takes 3 s to say, not even 60 % of its 120 s

**Result.** I won 5.
^^^^^^^^^^^ error[story/part-length] Result takes 3 s to say, not even 60 % of its 45 s

**Metrics.**
^^^^^^^^^^^^ error[story/metrics] a story has two metrics or more, and this one has 1

- 5
:::
//- /book.toml
[book]
src = "."

[practice]
speaking-rate = 60
"#,
    );
}

#[test]
fn reviews() {
    check(
        r#"
//- /a.md
::::review[Größe]{#größe minutes=5 level=easy file=code/größe.py fixed=code/größ.py}
                   ^^^^^ error[practice/bad-id] `größe` cannot be an id
                                                                       ^^^^^^^^^^^^ error[review/missing-file] there is no file `code/größ.py` for the fixed version
:::finding[Größe]{cwe=79,9999 severity=hihg at="grö" line=2}
                         ^^^^ error[review/unknown-cwe] CWE 4.20 has no weakness 9999
                                       ^^^^ error[directive/bad-value] `severity` cannot be `hihg`
                                               ^^^^^ error[review/anchor] the sample has `grö` more than once: on line 2
A customer.

**Fix.** x
:::

:::finding[Größe]{cwe="CWE-79, größe" severity=high at="\"größer\"" line=1}
   ^^^^^^^ error[review/no-fix] this finding does not say how it is fixed
   ^^^^^^^ error[review/nobody-harmed] this finding does not say who is harmed
                               ^^^^^ error[directive/bad-value] `cwe` cannot be `größe`
                                                                         ^ error[review/line] the anchor is on line 2, not 1
Größe.
:::

:::finding[Größe]{severity=high at="größte"}
   ^^^^^^^ error[directive/bad-value] `finding` needs `cwe`
                                   ^^^^^^^^ error[review/anchor] the sample has no `größte`
A customer.

**Fix.** x
:::

:::finding[Größe]{cwe=79 severity=high}
   ^^^^^^^ error[review/anchor] this finding says nowhere what it is about
A customer.

**Fix.** x
:::

:::decoy[Größe]{line=3}
   ^^^^^ error[practice/missing-part] this decoy says nothing
                     ^ error[review/line] the sample has no line 3
:::
::::

::::review[No sample]{#no-sample language=pyhton}
    ^^^^^^ error[directive/bad-value] `review` needs `level`
    ^^^^^^ error[directive/bad-value] `review` needs `minutes`
    ^^^^^^ error[practice/missing-part] this review has no finding
    ^^^^^^ error[review/no-sample] this review has no sample
                                          ^^^^^^ warning[code/unknown-language] nearest is `python`
::::
//- /code/größe.py
# É: no check here
     ^^^^^^^^ error[review/gives-away] a comment in the sample gives the answer away
größe = "größer"
"#,
    );
}

#[test]
fn comments_in_samples_on_a_page() {
    check(
        r#"
//- /a.md
- Größe

  ::::review[Größe]{#r minutes=5 level=easy}
  ```java
  größe(); // É
    größer(); // É insecure
                   ^^^^^^^^ error[review/gives-away] a comment in the sample gives the answer away
  ```

  :::finding[x]{cwe=79 severity=high at="größe"}
                                        ^^^^^^^ error[review/anchor] the sample has `größe` more than once: on lines 1, 2
  A customer.

  **Fix.** x
  :::
  ::::
//- /b.md crlf
::::review[Größe]{#r2 minutes=5 level=easy}
```java
größe(); // É
größer(); // É insecure
               ^^^^^^^^ error[review/gives-away] a comment in the sample gives the answer away
```

:::finding[x]{cwe=79 severity=high at="größe"}
                                      ^^^^^^^ error[review/anchor] the sample has `größe` more than once: on lines 1, 2
A customer.

**Fix.** x
:::
::::
"#,
    );
}

#[test]
fn questions() {
    check(
        r#"
//- /a.md
:::question[Größe?]{#q1}
   ^^^^^^^^ error[directive/bad-value] `question` needs `level`
   ^^^^^^^^ error[directive/bad-value] `question` needs `topic`
   ^^^^^^^^ error[question/no-wrong] this question has no tempting wrong answer
**Outline.** Größe.
^^^^^^^^^^^^ error[question/thin] an outline has 15 words or more, and this one has 1
:::

:::question[How do you rank what you have found in it?]{#q2 topic=x level=easy refs=asvs}
   ^^^^^^^^ error[practice/missing-part] this question has no outline of an answer
   ^^^^^^^^ error[question/no-wrong] this question has no tempting wrong answer
                                                                                    ^^^^ error[ref/unknown] there is no reference `asvs`
:::

:::questions{topic=y limit=0}
   ^^^^^^^^^ error[questions/none] no question of the book matches topic y
                           ^ error[directive/bad-value] `limit` cannot be `0`

:::questions{ids="q1, größe"}
//- /b.questions.yaml
questions:
  - id: q3
        ^^ error[question/no-wrong] this question has no tempting wrong answer
        ^^ warning[question/similar] this question is 66 % like another one
    text: How do you rank all that you have found in it?
    topic: x
    level: easy
    outline:
      - Größe
        ^^^^^... error[question/thin] an outline has 15 words or more, and this one has 2
      - Größer
    refs: [asvs]
           ^^^^ error[ref/unknown] there is no reference `asvs`
  - text: Größe!
    ^^^^ error[data/missing-key] this question has no `id`
    ^^^^ error[practice/missing-part] this question has no outline of an answer
    ^^^^ error[question/no-wrong] this question has no tempting wrong answer
    ^^^^ warning[question/similar] this question is asked twice
    topic: [x]
           ^ error[data/wrong-type] `topic` wants a text, and this is a list
    level: größe
           ^^^^^ error[data/bad-value] `level` cannot be `größe`
"#,
    );
}

#[test]
fn simulations() {
    check(
        r"
//- /a.md
::::simulation[Größe]{#a minutes=20}
    ^^^^^^^^^^ error[simulation/principles] a simulation asks for two or three principles
:::segment[Größe]{at=0:00 minutes=9 kind=technical principle=x}
- 0:09 Größe
  ^^^^ error[simulation/gap] 0:09 is not within the segment
:::

:::segment[Größe]{at=0:10 minutes=10 kind=behavioural question=q}
                     ^^^^ error[simulation/gap] this segment starts at 0:10
                                                               ^ error[practice/unknown-id] there is no question `q` in the book
:::
::::

::::simulation[Größe]{#b minutes=20 technical=11}
    ^^^^^^^^^^ error[simulation/principles] a simulation asks for two or three principles
                                 ^^ error[simulation/length] the segments take 22 minutes
                                              ^^ error[simulation/halves] segments start at 0:10
:::segment[Größe]{at=0:00 minutes=10 kind=behavioural}
Größe
:::

:::segment[Größe]{at=0:10 minutes=11 kind=technicl practice=größe}
                                          ^^^^^^^^ error[directive/bad-value] `kind` cannot be `technicl`
                                                            ^^^^^ error[practice/unknown-id] there is no review or drill `größe` in the book
:::

:::segment[Größe]{at=0:21 minutes=1 kind=technical practice=q1}
                                                            ^^ error[practice/unknown-id] write question=q1
:::
::::

:::question[Größe?]{#q1 topic=x level=easy}
**Outline.** Größe, and fourteen words more, which is as many as it takes to say something here.

**Wrong.** x
:::
",
    );
}

#[test]
fn checklists() {
    check(
        r"
//- /a.md crlf
:::checklist[Größe]{#a}
- [x] Größe
      ^^^^^ warning[checklist/ticked] this item is ticked off in the source
- Größe
  ^^^^^ warning[checklist/ticked] this item has no box
- [ ] Größe
      ^^^^^ error[checklist/duplicate-key] two items of this list say the same
- [ ] Größe, größer {#größe}
                      ^^^^^ error[practice/bad-id] `größe` cannot be an id
- [ ] Größer {#größe minutes=x}
               ^^^^^ error[checklist/duplicate-key] two items of this list have the key `größe`
               ^^^^^ error[practice/bad-id] `größe` cannot be an id
                             ^ error[directive/bad-value] `minutes` cannot be `x`
- [ ] Größer {colour=red}
              ^^^^^^ error[directive/unknown-key] `list item` has no attribute `colour`
- [ ] Größtes {minutes=5} {#k}
              ^^^^^^^^^^^ error[directive/syntax] put everything into one pair
:::

:::checklist[Größe]{#c phase=emergncy}
                             ^^^^^^^^ error[directive/bad-value] or `emergency`, as plans know it
- [ ] Größe
:::

:::checklist[Größe]{#b}
   ^^^^^^^^^ error[practice/missing-part] this checklist has nothing to tick off
- Größe
:::
",
    );
}

#[test]
fn plans() {
    check(
        r#"
//- /a.md
::::simulation[Größe]{#a minutes=20}
    ^^^^^^^^^^ error[simulation/principles] a simulation asks for two or three principles, and this one for 1
:::segment[Größe]{at=0:00 minutes=9 kind=technical principle=x}
- 0:09 Größe
  ^^^^ error[simulation/gap] 0:09 is not within the segment, which starts at 0:00 and ends before 0:09
:::

:::segment[Größe]{at=0:10 minutes=10 kind=behavioural question=q}
                     ^^^^ error[simulation/gap] this segment starts at 0:10, and the one before ends at 0:09
                                                               ^ error[practice/unknown-id] there is no question `q` in the book
:::
::::

::::simulation[Größe]{#b minutes=20 technical=11}
    ^^^^^^^^^^ error[simulation/principles] a simulation asks for two or three principles, and this one for 0
                                 ^^ error[simulation/length] the segments take 21 minutes, and the simulation 20
                                              ^^ error[simulation/halves] segments start at 0:10
:::segment[Größe]{at=0:00 minutes=10 kind=behavioural}
Größe
:::

:::segment[Größe]{at=0:10 minutes=11 kind=technicl practice=größe}
                                          ^^^^^^^^ error[directive/bad-value] `kind` cannot be `technicl`
                                                            ^^^^^ error[practice/unknown-id] there is no review or drill `größe` in the book
:::
::::
"#,
    );
}

#[test]
fn calculations() {
    check(
        r"
//- /a.md
:::calc[Größe]
- größe: 5 €
  ^^^^^ error[calc/no-source] `größe` does not say where it comes from
- größer: 30-45 € {assumption}
          ^^^^^ error[calc/syntax] an input is one number
- zwei größen: 5 {source}
  ^^^^^^^^^^^ error[calc/syntax] `zwei größen` cannot be a name
                  ^^^^^^ error[directive/bad-value] `source` has no value
- x = (größ + größe) * 2 = 5
       ^^^^ error[calc/unknown-name] no input or earlier result is called `größ`
- größte = größe + = 5
                  ^ error[calc/syntax] a number or a name is missing here
- y = `größe / (größe - 5)` = 5
               ^^^^^^^^^^^ error[calc/syntax] this is zero, and nothing can be divided by it
- z = (größe * 3 = 15
      ^ error[calc/syntax] this parenthesis is not closed
- u = größe * 3 = 16 €
                  ^^ error[calc/wrong-result] this is not 16
- p = größe / 10 = 60 % €
                   ^^^^ error[calc/wrong-result] it is 50 %
- q: 1 {source=Größe} {assumption}
       ^^^^^^^^^^^^^^ error[directive/syntax] a list item has one pair of braces, and this one has two
- größe = größe * 2 = 10
  ^^^^^ error[calc/syntax] `größe` is there already
- w = größe * 3
  ^^^^^^^^^^^^^ error[calc/syntax] this is neither an input nor a result
- v = größe * 3 =
    ^ error[calc/syntax] the result is missing here
- größe
  ^^^^^ error[calc/syntax] this is neither an input nor a result
:::

:::calc
   ^^^^ error[practice/missing-part] this calculation says nothing
:::
",
    );
}

#[test]
fn claims_terms_and_sources() {
    check(
        r#"
//- /a.md
Größe :claim[Größe] and :claim[Größe]{official}, :claim[x]{reported advice},
       ^^^^^ error[claim/no-standing] this claim does not say how it is backed
                         ^^^^^ error[claim/no-source] an official claim needs its source
                                                  ^^^^^ error[claim/no-standing] this claim says twice how it is backed
:clam[größe]{official} :claim[größe]{official ref=größe checked_on=größe}.
 ^^^^ error[directive/unknown] there is no directive `clam`
                                                                   ^^^^^ error[directive/bad-value] `checked_on` cannot be `größe`

> :term[Größe *und* mehr], :term[x]{größe}, :term[x]{größe=x}
        ^^^^^^^^^^^^^^^^ error[term/unknown] the glossary has no `Größe *und* mehr`
                                                  ^ error[term/unknown] the glossary has no `x`
                                                     ^^^^^ error[directive/unknown-key] `term` has no attribute `größe`
> :ref[Größe

- **:ref[Größe]{größe}** :ref[]{asvs} :ref[x]{asvs
                          ^^^ error[practice/missing-part] this ref says nothing
                                             ^ error[directive/syntax] this brace is never closed

Größe :ref{asvs}, "a:term{x}", \:ref{x}, `:ref{x}` and *:claim{official}*
       ^^^ error[directive/syntax] `ref` has no words
                                                         ^^^^^ error[directive/syntax] `claim` has no words

# Größe :term[asvs]
         ^^^^ error[directive/misplaced] `term` cannot stand in a heading
//- /glossary.yaml
terms:
  - {term: Größe!, meaning: "Größe", see: [größer], refs: ["größe"]}
                                           ^^^^^^ error[term/unknown] the glossary has no `größer`
  - {term: größe, id: größe-2, meaning: }
     ^^^^ error[data/missing-key] this term has no `meaning`
                      ^^^^^^^ error[practice/bad-id] `größe-2` cannot be an id
//- /references.yaml
references:
  - {id: asvs, title: Größe, url: "größe.de"}
                                  ^^^^^^^^^^ error[ref/not-https] `größe.de` is no https address
  - {id: asvs, title: Größe, type: größe, checked_on: größe}
         ^^^^ error[practice/duplicate-id] the id `asvs` is in the list already
                                   ^^^^^ error[data/bad-value] `type` cannot be `größe`
                                                      ^^^^^ error[data/bad-value] `checked_on` cannot be `größe`
  - {id: unused, title: "Größe", url: "https://example.com"}
"#,
    );
}

#[test]
fn files_of_data() {
    check(
        r#"
//- /a.md
:::checklist[Größe]{#a-list}
- [ ] Größe
:::
//- /a.plan.yaml
id: a
title: Größe: größer
            ^ error[data/syntax] the plan is not valid YAML: mapping values are not allowed in this context
//- /b.plan.yaml
id: b
title: [größe, x
       ^ error[data/syntax] the plan is not valid YAML: unclosed bracket '['
//- /c.plan.yaml bom
id: c
größe: "größe
       ^ error[data/syntax] the plan is not valid YAML: this quotation mark is never closed
//- /d.questions.yaml crlf bom
questions:
  - id: größe
        ^^^^^ error[practice/bad-id] `größe` cannot be an id
    id2: größe
    ^^^ error[data/misspelt-key] `id2` is not a key
    text: [größe]
          ^ error[data/wrong-type] `text` wants a text
    topics: größe
    ^^^^^^ error[data/misspelt-key] `topics` is not a key
    topic: größe
    level: größe
           ^^^^^ error[data/bad-value] `level` cannot be `größe`
    minutes: 1.5
             ^^^ error[data/bad-value] `minutes` cannot be `1.5`
    reported: "ja"
              ^^^^ error[data/wrong-type] `reported` wants true or false
    größe: größe
    ^^^^^ warning[data/unknown-key] `größe` means nothing in a question
    outline: Größe, and fourteen words more, which is as many as it takes to say something here.
    wrong: x
  - größe
    ^^^^^ error[data/wrong-type] `a question` wants a table of keys and values
//- /e.questions.yaml
- größe
^ error[data/wrong-type] write a line `questions:` above the list
//- /f.questions.yaml
questions:
  - id: f
    text: Größe?
    topic: größe
    level: easy
    outline: [{first}, "Größe, and fourteen words more, which is as many as it takes to say something here."]
              ^ error[data/wrong-type] a text that starts with a brace
    wrong: [x]
           ^ error[data/wrong-type] a text that starts with a bracket needs quotes
"#,
    );
}

#[test]
fn files_of_data_that_take_no_part() {
    check(
        r#"
//- /a.md
[Größe](plans.yaml), and what a draft shows:
//- /draft.md
---
draft: true
---
# Größe

:::plan{src=b.plan.yaml}
//- /a.plan.yaml
^ warning[data/unused] show it by a line :::plan{src=a.plan.yaml}
id: a
title: Größe
days:
  - day: 1
    items:
      - {do: Größe, minutes: 30, page: a.md}
//- /b.plan.yaml
id: b
title: Größe
days:
  - day: 1
    items:
      - {do: Größe, minutes: 30, page: a.md}
//- /plans.yaml
//- /plant.yaml
//- /größe/question.yml
^ warning[data/unused] call it `questions.yml`
//- /größe/a.threat_model.yaml
^ warning[data/unused] call it `a.threat-model.yaml`
//- /Glossary.yaml
^ warning[data/unused] call it `glossary.yaml`
"#,
    );
}

#[test]
fn dates_and_weekdays() {
    check(
        r#"
//- /a.md
:::plan{src=a.plan.yaml}

:ref[x]{a} :ref[x]{b} :ref[x]{c} :ref[x]{d} :ref[x]{e}
//- /references.yaml
references:
  - {id: a, title: Größe, date: 2025-13}
                                ^^^^^^^ error[data/bad-value] `date` cannot be `2025-13`
  - {id: b, title: Größe, date: 2025-02-30, checked_on: 2025-02-30}
                                ^^^^^^^^^^ error[data/bad-value] `date` cannot be `2025-02-30`
                                                        ^^^^^^^^^^ error[data/bad-value] `checked_on` cannot be `2025-02-30`
  - {id: c, title: Größe, date: 2025-12}
  - {id: d, title: Größe, date: spring 2025}
  - {id: e, title: Größe, date: 2024-2025}
//- /a.plan.yaml
id: a
title: Größe
days:
  - day: 1
    weekday: Mon
    items:
      - {do: Größe, minutes: 30, page: /a.md}
  - day: 2
    weekday: Teu
             ^^^ error[data/bad-value] nearest is `Tue`
    items:
      - {do: Größe, minutes: 30, page: a.md}
  - day: 3
    weekday: weds.
    items:
      - {do: Größe, minutes: 30, page: a.md}
"#,
    );
}

#[test]
fn paths_that_are_counted_from_elsewhere() {
    check(
        r#"
//- /book.toml
[book]
src = "guide"
//- /guide/README.md
:::plan{src=größe/a.plan.yaml}
//- /guide/größe/b.md
[x](größe/b.md) [x](guide/größe/README.md)
    ^^^^^^^^^^ error[link/missing-page] nearest is `b.md`
                    ^^^^^^^^^^^^^^^^^^^^^ error[link/missing-page] nearest is `README.md`
//- /guide/größe/README.md
# Größe
//- /guide/größe/a.plan.yaml
id: a
title: Größe
days:
  - day: 1
    items:
      - {do: Größe, minutes: 30, page: größe/b.md}
                                       ^^^^^^^^^^ error[link/missing-page] nearest is `b.md`
"#,
    );
}

#[test]
fn titles_of_attack_trees() {
    check(
        r#"
//- /a.md
:::attack-tree[Größe]
- Größe {cost=1}
:::

:::attack-tree[Größe]
               ^^^^^ warning[practice/same-title] another attack tree on this page has this title
- Größe {cost=1}
:::
"#,
    );
}

#[test]
fn a_rubric_in_per_cent() {
    check(
        r#"
//- /a.md
::::drill[Größe]{#a minutes=5}
Größe.

**Rubric.**
^^^^^^^^^^^ error[drill/parts-sum] the percentages of the rubric add up to 110
- 60 % Größe
- 30% Größe
- 20% Größe

:::answer
Größe
:::
::::

::::drill[Größe]{#b minutes=5}
Größe.

**Rubric.**

- 60 Größe
- 20% Größe

:::answer
Größe
:::
::::
"#,
    );
}

#[test]
fn threat_models() {
    check(
        r#"
//- /a.threat-model.yaml
^ warning[data/unused] no page shows the threat model
id: a
title: Größe
elements:
  E1: {kind: extern, name: Größe, at: [0, 0]}
             ^^^^^^ error[data/bad-value] `kind` cannot be `extern`
  e1: {kind: store, name: Größe, at: [0, 0]}
  ^^ error[model/duplicate-id] the model has two of `e1`
  P1: {kind: process, name: Größe, at: ["ö", 1], in: "größe"}
                                        ^^^^^^ error[data/bad-value] `at` cannot be `"ö"
                                                     ^^^^^^^ error[model/unknown-id] the model has no boundary `größe`
  Ö: {kind: store, at: [2, 0]}
  ^ error[data/missing-key] Ö has no `name`
  ^ error[practice/bad-id] `Ö` cannot be an id
flows:
  F1: {from: E1, to: [P2, "größe"], data: Größe}
                      ^^ error[model/unknown-id] the model has no element `P2`
                          ^^^^^^^ error[model/unknown-id] the model has no element `größe`
  F2: {from: e1, to: e1, data: Größe}
  ^^ error[model/unknown-id] this flow goes nowhere
boundaries:
  B1: {name: Größe, in: B2}
                        ^^ error[model/cycle] the boundary `B1` would be around itself
  B2: {name: Größe, in: B1, crossed-by: F3}
                                        ^^ error[model/unknown-id] the model has no flow `F3`
  B3: {name: Größe}
  ^^ error[model/unknown-id] nothing is in B3
threats:
  - {id: T1, on: [größe, F1], stride: [Ö, S], statement: Größe, likelihood: hoch, impact: low, response: mitigate, rank: 1}
     ^^ error[model/response] T1 is to mitigate
     ^^ error[model/response] T1 is to mitigate
                  ^^^^^ error[model/unknown-id] the model has no element or flow `größe`
                                       ^ error[model/letter] `Ö` is no letter of STRIDE
                                                                            ^^^^ error[data/bad-value] `likelihood` cannot be `hoch`
  - {id: "T1", on: Ö, stride: [T, S], statement: Größe, likelihood: low, impact: low, response: accept, rank: 1, residual: Größe}
         ^^^^ error[model/duplicate-id] the model has two of `T1`
                               ^^^^ error[model/letter] S (Spoofing) does not fit Ö
                                                                                                              ^ error[model/rank] two threats have rank 1
  - {id: T3, statement: Größe, rank: 7}
     ^^ error[data/missing-key] T3 has no `impact`
     ^^ error[data/missing-key] T3 has no `likelihood`
     ^^ error[data/missing-key] T3 has no `on`
     ^^ error[data/missing-key] T3 has no `response`
     ^^ error[data/missing-key] T3 has no `stride`
                                     ^ error[model/rank] `7` is no rank: there are 4 threats
  - {id: T4, on: Ö, stride: T, statement: Größe, likelihood: high, impact: high, response: transfer, mitigation: Größe}
     ^^ error[model/rank] T4 has no rank, and others have one
attack-trees:
  - goal: Größe
    any:
      - {step: Größe}
         ^^^^ error[tree/no-cost] this step has no cost
      - {step: Größe, cost: 1, threat: "größe"}
                                       ^^^^^^^ error[tree/unknown-threat] the model has no threat `größe`
      - step: Größe
        ^^^^ error[tree/no-cost] the cost of this step follows from the steps below it
        cost: 1
        any: [{step: Größe, cost: ö}]
                                  ^ error[data/wrong-type] `cost` wants a number
//- /b.threat-model.yaml crlf bom
^ warning[data/unused] no page shows the threat model
id: b
title: Größe
elements:
  E1: {kind: external, name: Größe, at: [0, 0]}
  P1: {kind: process, name: "Größe", at: [1, 0], in: B1}
  E2: {kind: external, name: "Größe", at: [2, 0]}
  ^^ error[model/inside] E2 lies inside B1
  P2: {kind: process, name: Größe, at: [3, 0], in: B1}
  S1: {kind: store, name: Größe, at: [1, 1], in: B2}
  S2: {kind: store, name: Größe, at: [3, 2], in: B2}
  S3: {kind: store, name: Größe, at: [2, 1], in: B3}
  ^^ error[model/inside] S3 lies inside B2
  S4: {kind: store, name: Größe, at: [2, 3], in: B3}
  S5: {kind: store, name: Größe, at: [2, 3]}
  ^^ error[model/inside] S5 lies inside B3
  ^^ error[model/overlap] S5 stands on S4
flows:
  F1: {from: E1, to: P1, data: Größe}
  ^^ error[model/uncovered-flow] F1 crosses B1, and no threat is on it
boundaries:
  B1: {name: Größe}
  B2: {name: Größe}
  B3: {name: Größe}
  ^^ error[model/inside] B2 and B3 overlap
threats:
  - {id: T1, on: P1, stride: S, statement: Größe, likelihood: low, impact: low, rank: 1, response: accept, residual: x}
  - {id: T2, on: P1, stride: S, statement: Größe, likelihood: high, impact: low, rank: 2, response: accept, residual: x}
                                                                                       ^ error[model/rank] T1 ranks above T2
"#,
    );
}

#[test]
fn attack_trees() {
    check(
        r#"
//- /a.md
:::attack-tree[Größe]{#a model=größe}
                               ^^^^^ error[practice/unknown-id] there is no threat model `größe` in the book
- Größe
  ^^^^^ error[tree/no-cost] this step has no cost
- *Größe* {cost=ö threat=größe}
                ^ error[directive/bad-value] `cost` cannot be `ö`
- **AND** Größe {cost=1}
  ^^^^^^^^^^^^^ error[tree/no-cost] the cost of this step follows from the steps below it
  - Größe {cost=1 threat=größe}
:::

:::attack-tree[Größer]{#b}
- Größe {cost=1 threat=größe}
                       ^^^^^ error[tree/unknown-threat] a threat is named
:::

:::attack-tree[Größter]{#c model=m goal=x}
                                        ^ error[directive/bad-value] `goal` cannot be `x`
- Größe {cost=1 threat="größe"}
                       ^^^^^^^ error[tree/unknown-threat] the model has no threat `größe`
- {cost=1}
  ^^^^^^^^ error[tree/no-cost] this step has no cost
:::
//- /b.threat-model.yaml
^ warning[data/unused] :::threat-model{src=b.threat-model.yaml}
id: m
title: Größe
elements: {P1: {kind: process, name: Größe, at: [0, 0]}}
threats:
  - {id: T1, on: P1, stride: S, statement: Größe, likelihood: low, impact: low, response: accept, residual: Größe}
"#,
    );
}

#[test]
fn material_in_the_wrong_place() {
    check(
        r#"
//- /a.md
<div>
:::drill[Größe]{#a minutes=5}
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[directive/inside-html] inside raw HTML this line is text
Größe
:::
</div>

Größe[^1]

[^1]: Größe

    :::checklist[Größe]{#b}
    ^^^^^^^^^^^^^^^^^^^^^^^ error[directive/inside-footnote] a directive cannot stand inside a footnote
    - [ ] Größe
    :::
    ^^^ error[directive/inside-footnote] a directive cannot stand inside a footnote

- :::checklist[Größe]{#c}
  ^^^^^^^^^^^^^^^^^^^^^^^ error[directive/not-alone] behind a list or quote marker these colons are text

::::finding[Größe]{cwe=79}
    ^^^^^^^ error[directive/misplaced] `finding` stands only inside `review`
:::drill[Größe]{#d minutes=5}
   ^^^^^ error[directive/misplaced] `drill` cannot stand inside `finding`
Größe

:::answer
:::question[Größe]{#e}
   ^^^^^^^^ error[directive/bad-value] `question` needs `level`
   ^^^^^^^^ error[directive/bad-value] `question` needs `topic`
   ^^^^^^^^ error[directive/misplaced] `question` cannot stand inside `answer`
   ^^^^^^^^ error[practice/missing-part] this question has no outline of an answer
   ^^^^^^^^ error[question/no-wrong] this question has no tempting wrong answer
:::
:::
:::
::::

:::plan{src="" größe=x}
        ^^^^^^ error[directive/bad-value] `src` has no value
               ^^^^^ error[directive/unknown-key] `plan` has no attribute `größe`

:::threat-model{src=../../a.threat-model.yaml}
                    ^^^^^^^^^^^^^^^^^^^^^^^^^ error[link/outside-book] `../../a.threat-model.yaml` leads out of the book's source folder
"#,
    );
}

#[test]
fn a_threat_model_of_too_many_elements() {
    let element =
        |number: usize| format!("  E{number}: {{kind: process, name: App, at: [{}, {}]}}\n", number % 12, number / 12);
    let elements: String = (0..101).map(element).collect();
    check(&format!(
        r"
//- /a.md
:::threat-model{{src=a.threat-model.yaml}}
//- /a.threat-model.yaml
id: a
^ error[data/too-large] at most 100 elements
title: Größe
elements:
{elements}threats:
  - {{id: T1, on: E0, stride: S, statement: x, likelihood: low, impact: low, response: accept, residual: x}}
",
    ));
}

#[test]
fn ids_that_cannot_be_hide_what_asks_for_them() {
    check(
        r#"
//- /a.md
:::question[Why?]{#isr_not topic=a level=easy refs=misra,cert}
                   ^^^^^^^ error[practice/bad-id] such as `isr-not`
**Outline.** One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.

**Wrong.** Never. **Why.** Ever.
:::

:::questions{ids=isr-not}

A :term[interrupt]{isr} and :claim[ten]{official ref=cert}.
//- /references.yaml
references:
  - id: MISRA
        ^^^^^ error[practice/bad-id] such as `misra`
    title: One
  - id: cert
    ^^ error[data/missing-key] this reference has no `title`
//- /glossary.yaml
terms:
  - tern: ISR
    ^^^^ error[data/misspelt-key] nearest is `term`
    meaning: One
"#,
    );
}

#[test]
fn files_that_cannot_be_read_hide_what_asks_for_them() {
    check(
        r#"
//- /a.md
A :term[interrupt]{isr} and :claim[ten]{official ref=cert}.

:::attack-tree[A]{#a model=tm-one}
- Step {cost=1 threat=T1}
:::
//- /references.yaml
references:
  - id: cert
    title: One
   url: https://example.com
   ^ error[data/syntax] this line is indented otherwise
//- /glossary.yaml
terms:
  - term: ISR
    meaning: RTOS: two
                 ^ error[data/syntax] a value that contains a colon and a space needs quotes
//- /m.threat-model.yaml
id: tm-one
title: One
threats: [{id: T1, statement: SPI: fast}]
                                 ^ error[data/syntax] `,` or `}` is missing before this
//- /b.plan.yaml
id: b
title: One
days:
	- day: 1
^ error[data/syntax] indent with spaces
"#,
    );
}

#[test]
fn what_is_misspelt_or_cannot_be_read_is_not_missing() {
    check(
        r#"
//- /a.md
:::drill[Say it]{#a kind=technical minute=5}
                                   ^^^^^^ error[directive/unknown-key] nearest is `minutes`
Say it.

:::answer
It.
:::
:::

:::calc[Sum]{#b}
- baud 115200 bits
  ^^^^^^^^^^^^^^^^ error[calc/syntax] neither an input nor a result
- frame: 10 bits {assumptoin}
                  ^^^^^^^^^^ error[directive/unknown-key] nearest is `assumption`
- bytes = baud / frame = 11520 bytes
- share = bytes * 2 = 23040 bytes
:::

:::attack-tree[A]{#c unit=man days}
                          ^^^^^^^^ error[directive/bad-value] put it in quotes: "man days"
- Step {cost=cheap}
             ^^^^^ error[directive/bad-value] `cost` cannot be `cheap`
:::

A :claim[ten]{offical}.
              ^^^^^^^ error[directive/unknown-key] nearest is `official`

:::include{src=_b.md}
           ^^^ error[directive/unknown-key] nearest is `file`

:::figure{caption="A"}
          ^^^^^^^ error[directive/unknown-key] the title stands in brackets
`x`
:::

//- /c.plan.yaml
id: d
tilte: One
^^^^^ error[data/misspelt-key] nearest is `title`
days:
  - day: one
         ^^^ error[data/wrong-type] `day` wants a whole number
    items: [{do: Read, page: a.md, minutes: 30}]
  - day: 2
    exception: true
               ^^^^ error[data/wrong-type] `exception` wants a text
    items: [{do: Read, practise: a, minutes: 5}]
                       ^^^^^^^^ error[data/misspelt-key] nearest is `practice`
"#,
    );
}
