"""Small sites and tables -> the items that seeds.py must miss in them, and sound ones -> none.

    python3 -m unittest discover -s tests/tools
"""

import contextlib
import io
import os
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import seeds                                                         # noqa: E402

HEAD = "\t".join(seeds.COLUMNS)
COUNTS = {"000/heading": 2, "000/open": 2}
PAGE = """<!doctype html><title>t</title><header id="chrome">Chrome words</header><main>
<nav id="toc">Contents words</nav>
<header><h1 id="title">The <em>whole</em> page</h1></header>
<h2 id="one">First</h2><p>It’s one&nbsp;thing,
with <code>boto3</code> in it.<h3 id="below">Below</h3><ul><li>deep<li>deeper</ul>
<h2 id="two">Second</h2><p>Another thing<script>hidden()</script></p>
<section id="list"><p>List</p><ul><li data-key="a"><input type="checkbox" aria-label="not text"> Tick <b>me</b></li><li data-key="b">No box</li>
<li data-key="c"><input type=checkbox> Tick it</li></ul></section><p>after</p></main>"""
SOUND = ["000/heading/1\ta\ta.html\tone\tone thing; boto3", "000/heading/2\tb\tp/b.html\t\twhole page",
         "000/open/1\tc\ta.html\tlist/a\ttick me", "000/open/2\td\ta.html\tlist/c\ttick it|no such"]


def run(lines, head=HEAD, pages=("a.html", "p/b.html")):
    """(exit status, output) of the checker over a site of these pages."""
    with tempfile.TemporaryDirectory() as folder:
        for path in pages:
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                file.write(PAGE)
        table = os.path.join(folder, "items.tsv")
        with open(table, "w", encoding="utf-8") as file:
            file.write("# a comment\n" + "\n".join([head, *lines]) + "\n")
        out = io.StringIO()
        with contextlib.redirect_stdout(out), mock.patch.object(seeds, "COUNTS", COUNTS):
            status = seeds.main([folder, "--table", table])
        return status, out.getvalue().replace(os.path.relpath(table), "items.tsv")


class Case(unittest.TestCase):
    def broken(self, lines, place, words, head=HEAD):
        status, out = run(lines, head)
        found = out.splitlines()[:-1]
        self.assertEqual(status, 1, out)
        self.assertEqual([line.startswith(place + ": ") and words in line for line in found], [True], out)

    def changed(self, number, line, place, words):
        self.broken([*SOUND[:number], line, *SOUND[number + 1:]], place, words)


class Table(Case):
    def test_a_sound_table_says_what_was_looked_at(self):
        self.assertEqual(run(SOUND), (0, "4 items, 2 of them boxes, on 2 pages, 0 problems\n"))

    def test_lines_that_cannot_be_read(self):
        self.broken([*SOUND, "000/open/1\tc\ta.html"], "items.tsv:7", "3 columns instead of 5")
        self.broken([*SOUND, "0/open\tc\ta.html\t\tx"], "items.tsv:7", "no item such as")
        self.broken([*SOUND, "000/open/1\tc\ta.html\t\tx; "], "items.tsv:7", "a key word is empty")
        self.broken([*SOUND, "000/open/1\t\ta.html\t\tx"], "items.tsv:7", "is empty")
        self.broken(SOUND, "items.tsv:2", "the columns are", head="item\tpage")

    def test_an_item_that_is_missing_double_or_unknown(self):
        self.broken(SOUND[:3], "items.tsv", "000/open/2 is missing")
        self.broken([*SOUND, SOUND[0]], "items.tsv:7", "000/heading/1 is also on items.tsv:3")
        self.broken([*SOUND, "000/heading/3\tx\ta.html\tone\tone"], "items.tsv:7", "the notes have 2")
        self.broken([*SOUND, "003/heading/1\tx\ta.html\tone\tone"], "items.tsv:7", "no kind 003/heading")

    def test_a_box_leads_to_a_box_of_its_own(self):
        self.changed(3, "000/open/2\td\ta.html\tlist/a\ttick", "items.tsv:6", "shares its box with 000/open/1")
        self.changed(3, "000/open/2\td\ta.html\tone\tone", "items.tsv:6", "no box of a checklist")
        self.changed(3, "000/open/2\td\ta.html\tlist/b\tno box", "items.tsv:6", "has no box to tick")

    def test_an_empty_table(self):
        status, out = run([])
        self.assertEqual(status, 1)
        self.assertIn("there is no item in the table", out)
        self.assertIn("not one item of the table is in the site", out)


class Site(Case):
    def test_a_page_an_anchor_and_a_word_that_are_not_there(self):
        self.changed(0, "000/heading/1\ta\tc.html\tone\tone", "items.tsv:3", "there is no page c.html")
        self.changed(0, "000/heading/1\ta\t../a.html\tone\tone", "items.tsv:3", "there is no page")
        self.changed(0, "000/heading/1\ta\ta.html\tthree\tone", "items.tsv:3", "there is no a.html#three")
        self.changed(0, "000/heading/1\ta\ta.html\tone\tone thing; xyz|zyx", "items.tsv:3", "a.html#one does not say xyz or zyx")

    def test_words_count_where_they_stand(self):
        for anchor, has, lacks in (("one", "first; deeper; it's one thing, with boto3", "another"), ("below", "below; deep", "boto3"),
                                   ("two", "another thing; after; tick me", "deep"), ("list", "list; tick it", "after"),
                                   ("list/a", "tick me", "no box"), ("", "whole page; after", "chrome words"), ("title", "whole; after", "contents words"),
                                   ("two", "second", "hidden"), ("list/a", "tick", "not text")):
            with self.subTest(anchor=anchor, lacks=lacks):
                self.assertEqual(run([f"000/heading/1\ta\ta.html\t{anchor}\t{has}", *SOUND[1:]])[0], 0)
                self.changed(0, f"000/heading/1\ta\ta.html\t{anchor}\t{lacks}", "items.tsv:3", f"does not say {lacks}")

    def test_what_is_outside_the_content_is_no_anchor(self):
        self.changed(0, "000/heading/1\ta\ta.html\tchrome\tchrome words", "items.tsv:3", "there is no a.html#chrome")
        self.changed(0, "000/heading/1\ta\ta.html\ttoc\tcontents words", "items.tsv:3", "there is no a.html#toc")


class Alarm(Case):
    def test_a_checker_that_stopped_looking_does_not_pass(self):
        for function, result in (("compare", []), ("count", []), ("read", ([("x", "000/heading/1", "a.html", "one", [["one"]])], []))):
            with self.subTest(function), mock.patch.object(seeds, function, lambda *_, result=result: result):
                status, out = run(SOUND)
                self.assertEqual(status, 1)
                self.assertIn("this checker has stopped looking", out)

    def test_wrong_usage(self):
        for arguments in (["/no/such/folder"], [os.path.dirname(os.path.abspath(__file__)), "--table", "/no/such/table"], []):
            with self.subTest(arguments), contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as end:
                seeds.main(arguments)
            self.assertEqual(end.exception.code, 2)


class OurTable(unittest.TestCase):
    def test_it_is_complete_by_itself(self):
        with open(seeds.TABLE, encoding="utf-8") as file:
            rows, problems = seeds.read(file.read(), "items.tsv")
        self.assertEqual(problems + seeds.count(rows, "items.tsv", seeds.COUNTS), [])
        boxes = [item for _, item, *_ in rows if item.split("/")[1] in seeds.BOXES]
        self.assertEqual((len(boxes), sum("ticked" in item for item in boxes)), (79, 8))


if __name__ == "__main__":
    unittest.main()
