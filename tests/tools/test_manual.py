"""Small manuals and pieces of the program -> what manual.py must miss in them, and sound ones -> nothing.

    python3 -m unittest discover -s tests/tools
"""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import manual                                                        # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
EXAMPLE = """```markdown file=a.md region=box title="Source"
```

<div class="result">

<!-- region box -->
:::note[A *title*]
The :term[word]{id}, `not :code[this]`.
:::
<!-- endregion box -->

</div>
"""
HELP = "Commands:\n  build  Publish\n  help   Print\n\nOptions:\n"
BUILD = "  -d, --dest-dir <DIR>\n      --strict\n  -h, --help\n"
HOME = """`prepbook init my-book`

```markdown title="guide/a.md"
# A

[b](README.md)
```

Now change `README.md` in the
link to `READ.md`.

```text
error: no READ.md
```
"""


class Examples(unittest.TestCase):
    def test_a_sound_example_is_shown_and_framed(self):
        problems, texts = manual.examples("practice/a.md", EXAMPLE)
        self.assertEqual((problems, len(texts)), ([], 1))
        self.assertEqual(manual.directives(texts), {"note", "term", "code"})

    def test_an_example_that_is_not_shown_by_its_own_page_is_found(self):
        for wrong in [EXAMPLE.replace("file=a.md", "file=b.md"), EXAMPLE.replace("region=box title", "region=other title")]:
            self.assertIn("a.md: the example `box` is not shown as source", manual.examples("a.md", wrong)[0])

    def test_an_example_without_a_frame_is_found(self):
        problems, _ = manual.examples("a.md", EXAMPLE.replace("<div class=\"result\">\n", ""))
        self.assertEqual(problems, ["a.md: the example `box` has no frame"])

    def test_an_example_that_is_not_closed_is_found(self):
        problems, _ = manual.examples("a.md", EXAMPLE.replace("endregion box", "endregion bax"))
        self.assertIn("a.md: an example is not closed, or there twice", problems)

    def test_a_directive_or_an_attribute_without_an_example_is_found(self):
        problems, count = manual.check_examples(ROOT, {"a.md": EXAMPLE})
        self.assertEqual(count, 1)
        self.assertIn("docs: example of the directive `threat-model` is missing", problems)
        self.assertIn("docs: example of the fence's attribute `region` is missing", problems)
        self.assertNotIn("docs: example of the directive `note` is missing", problems)


class Keys(unittest.TestCase):
    def test_the_program_is_read(self):
        self.assertLessEqual({"note", "include", "drill", "segment", "claim"}, set(manual.known_directives(ROOT)))
        self.assertLessEqual({"title", "site-url", "cname", "enable", "timeout", "day-minutes", "banned-phrases", "lints"}, manual.config_keys(ROOT))
        self.assertLessEqual({"cwe", "severity", "cost", "open", "fixed", "customer"}, manual.attributes(ROOT))

    def test_a_key_of_the_book_counts_below_the_heading_of_a_table(self):
        page = "| `no` | x |\n\n## `[output.html]`\n\n| `theme` | x |\n| `error` | x |\n\n## Other\n\n| `neither` | x |\n"
        self.assertEqual(manual.said_config(page), {"output", "html", "theme"})

    def test_properties_are_found_at_any_depth(self):
        schema = {"properties": {"a": {"items": {"properties": {"b": {}}}}}, "anyOf": [{"properties": {"c": {}}}]}
        self.assertEqual(manual.properties(schema), {"a", "b", "c"})

    def test_what_is_missing_and_what_is_too_much_is_said(self):
        self.assertEqual(manual.compare("p", "key", ["a", "b"], ["b", "c"]), ["p: key `a` is missing", "p: there is no key `c`"])
        self.assertEqual(manual.compare("p", "key", ["a"], ["a", "c"], both=False), [])


class Commands(unittest.TestCase):
    def check(self, page):
        return manual.check_commands({"commands.md": page}, lambda *words: HELP if words == ("--help",) else BUILD)

    def test_short_and_long_names_of_options_count(self):
        page = "| [`prepbook build`](#build) | x |\n\n## build\n\n`-d DIR` and `--strict`\n"
        self.assertEqual(self.check(page), [])
        self.assertEqual(self.check(page.replace("--strict", "--stricter")), ["commands.md: `--strict` of build is missing"])
        self.assertEqual(self.check(page.replace("prepbook build", "prepbook bald")),
                         ["commands.md: command `build` is missing", "commands.md: there is no command `bald`"])


class Interface(unittest.TestCase):
    def test_the_page_says_what_the_program_has(self):
        page = manual.read(ROOT, "docs/theme-interface.md")
        self.assertEqual(manual.check_interface(ROOT, page), [])
        for name, wrong in [("`--ink`", "property `ink` is missing"), ("`print.html`", "template `print.html` is missing"),
                            ("`worker`", "key of theme.toml `worker` is missing"), ("| `k` ", "class of code `k` is missing"),
                            ("`prepbook:attempt`", "event `prepbook:attempt` is missing")]:
            found = manual.check_interface(ROOT, page.replace(name, name.replace("`", "")))
            self.assertIn(f"theme-interface.md: {wrong}", found)
        found = manual.check_interface(ROOT, page.replace("`version` 1", "`version` 2"))
        self.assertEqual(len(found), 2, found)


class Markup(unittest.TestCase):
    PAGE = "## Stable: what stands in `content`\n\n| Written | Elements |\n|---|---|\n| x | `div.tabs`, with `data-key`, of `section.tab > p` |\n"

    def test_what_no_page_has_is_found(self):
        html = '<div class="wide tabs" data-key="a"><section class="tab"><p>'
        self.assertEqual(manual.check_markup(self.PAGE, html), [])
        self.assertEqual(manual.check_markup(self.PAGE, html.replace("wide tabs", "wide")),
                         ["theme-interface.md: class or attribute of a page `tabs` is missing"])
        self.assertEqual(manual.check_markup(self.PAGE, html.replace("data-key", "data-kay")),
                         ["theme-interface.md: class or attribute of a page `data-key` is missing"])
        self.assertEqual(manual.check_markup(self.PAGE, html.replace("<section", "<div")),
                         ["theme-interface.md: element of a page `section` is missing"])


class FirstSteps(unittest.TestCase):
    def run_with(self, said, home=HOME, status=1):
        def run(folder, *words):
            if words[0] == "init":
                os.makedirs(os.path.join(folder, "my-book", "guide"))
                return 0, ""
            with open(os.path.join(folder, "guide", "a.md"), encoding="utf-8") as file:
                return (status, said) if "(READ.md)" in file.read() else (0, "")
        return manual.check_first_steps(home, run)

    def test_steps_that_do_as_they_say(self):
        self.assertEqual(self.run_with("error: no READ.md\nmore"), [])

    def test_another_message_another_end_and_no_steps_are_found(self):
        self.assertIn("other words", self.run_with("error: none")[0])
        self.assertIn("end with 0", self.run_with("error: no READ.md", status=0)[0])
        self.assertEqual(self.run_with("", home="Nothing."), ["README.md: the first steps are not there"])


if __name__ == "__main__":
    unittest.main()
