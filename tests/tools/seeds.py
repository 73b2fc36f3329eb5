#!/usr/bin/env python3
"""A built site and the table of what candidates' notes ask for -> every item that the site does not have where it should.

    python3 seeds.py SITE [--table FILE]

The table (default: ../seeds/items.tsv) has a line for each item: its number, our name for it, page, anchor and key words.
A heading's words reach to the next heading of its level or above, those of another element to its end. An anchor
`list/key` is an item of a checklist, and must have a box to tick. Items for which the notes have a box (`open`, `ticked`)
must lead to such an anchor, each to its own. Numbers run from one, and there are as many of each kind as the notes have,
so that no line can be lost without a word.

A table that is wrong on purpose is checked against the site first. Prints `place: what is wrong`, then what was looked
at; exits with 1 if something is wrong, 2 for wrong usage. Knows nothing of the generator. Python 3.9+, standard library only.
"""

import argparse
import os
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "seeds", "items.tsv")
COLUMNS = ["item", "in short", "page", "anchor", "key words"]

# How many of each kind the three notes have.
COUNTS = {"000/heading": 34, "000/open": 71, "000/ticked": 8, "000/item": 16, "000/link": 6,
          "001/heading": 28, "001/item": 69, "002/heading": 47, "002/item": 105}
BOXES = {"open", "ticked"}

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNREAD = {"script", "style", "template", "nav"}
CLOSED_BY = {"li": {"li"}, "p": {"p"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"td", "th", "tr"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}


def plain(text):
    """As words are compared: one space, straight quotes, no case."""
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xA0: " ", 0xAD: None})
    return re.sub(r"\s+", " ", text).strip().casefold()


@dataclass
class Page(HTMLParser):
    """The text of a page's main part, by place: an id, `list/key` for an item of a checklist, and `` for all of it."""
    places: dict = field(default_factory=dict)     # place -> pieces of text
    boxes: set = field(default_factory=set)        # places that hold a box to tick
    open: list = field(default_factory=list)       # (tag, places that end with it)
    sections: list = field(default_factory=list)   # (level, id) of the headings that are above

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.places[""] = []

    def is_read(self):
        tags = [tag for tag, _ in self.open]
        return "main" in tags and not UNREAD.intersection(tags)

    def here(self):
        return ["", *(place for _, places in self.open for place in places), *(place for _, place in self.sections)]

    def handle_starttag(self, tag, attrs):
        values = dict(reversed(attrs))
        while self.open and self.open[-1][0] in CLOSED_BY.get(tag, ()):
            self.open.pop()
        level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else None
        places = []
        if self.is_read() and tag not in UNREAD:
            if level:
                self.sections = [section for section in self.sections if section[0] < level]
            if values.get("id") and level:
                self.sections.append((level, values["id"]))
                self.places.setdefault(values["id"], [])
            elif values.get("id"):
                places.append(values["id"])
            if values.get("data-key"):
                owner = next((place for _, above in reversed(self.open) for place in above), "")
                places.append(f"{owner}/{values['data-key']}")
            for place in places:
                self.places.setdefault(place, [])
            if tag == "input" and values.get("type") == "checkbox":
                self.boxes.update(self.here())
            if tag not in VOID:
                self.say(" ")
        if tag not in VOID:
            self.open.append((tag, places))

    def handle_endtag(self, tag):
        if tag in (name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        # Words of two blocks are no one word; `<b>I</b>'m` is rare enough to be written otherwise.
        if tag in ("p", "li", "td", "th", "tr", "dt", "dd", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "pre"):
            self.say(" ")

    def handle_data(self, data):
        self.say(data)

    def say(self, text):
        if self.is_read():
            for place in set(self.here()):
                self.places[place].append(text)


class Site:
    def __init__(self, root):
        self.root = root
        self.pages = {}

    def page(self, path):
        """The page, or None; read once."""
        if path not in self.pages:
            full = os.path.join(self.root, *path.split("/"))
            self.pages[path] = None
            if path.endswith(".html") and os.path.isfile(full):
                with open(full, encoding="utf-8") as file:
                    page = Page()
                    page.feed(file.read())
                    page.close()
                self.pages[path] = ({place: plain("".join(pieces)) for place, pieces in page.places.items()}, page.boxes)
        return self.pages[path]


def read(text, name):
    """(rows, problems): a row is (place of the line, item, page, anchor, key words)."""
    rows, problems, head = [], [], False
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not head:
            head = True
            if cells != COLUMNS:
                problems.append((place, f"the columns are {', '.join(COLUMNS)}"))
            continue
        if len(cells) != len(COLUMNS):
            problems.append((place, f"{len(cells)} columns instead of {len(COLUMNS)}"))
            continue
        item, short, page, anchor, words = (cell.strip() for cell in cells)
        if not re.fullmatch(r"\d{3}/[a-z]+/[1-9]\d*", item):
            problems.append((place, f"{item!r} is no item such as 000/open/1"))
            continue
        wanted = [[plain(one) for one in word.split("|")] for word in words.split(";")]
        if not short or not page or not all(one for word in wanted for one in word):
            problems.append((place, f"{item}: a name, a page or a key word is empty"))
            continue
        rows.append((place, item, page, anchor, wanted))
    if not rows:
        problems.append((name, "there is no item in the table"))
    return rows, problems


def count(rows, name, counts):
    """What is missing, double or too much in the table itself."""
    problems, numbers, boxes = [], {}, {}
    for place, item, page, anchor, _ in rows:
        kind, number = item.rsplit("/", 1)
        if kind not in counts:
            problems.append((place, f"{item}: the notes have no kind {kind}"))
            continue
        seen = numbers.setdefault(kind, {})
        if int(number) in seen:
            problems.append((place, f"{item} is also on {seen[int(number)]}"))
        seen[int(number)] = place
        if kind.rpartition("/")[2] in BOXES:
            if "/" not in anchor:
                problems.append((place, f"{item} has a box in the notes and no box of a checklist as its anchor"))
            elif (page, anchor) in boxes:
                problems.append((place, f"{item} shares its box with {boxes[page, anchor]}"))
            boxes[page, anchor] = item
    for kind, total in counts.items():
        for number in sorted(set(range(1, total + 1)) - set(numbers.get(kind, {}))):
            problems.append((name, f"{kind}/{number} is missing"))
        for number in sorted(set(numbers.get(kind, {})) - set(range(1, total + 1))):
            problems.append((numbers[kind][number], f"{kind}/{number}: the notes have {total}"))
    return problems


def compare(rows, site):
    """What the site lacks."""
    problems = []
    for place, item, path, anchor, wanted in rows:
        page = site.page(path)
        if page is None:
            problems.append((place, f"{item}: there is no page {path}"))
            continue
        texts, boxes = page
        at = f"{path}#{anchor}" if anchor else path
        if anchor not in texts:
            problems.append((place, f"{item}: there is no {at}"))
            continue
        if "/" in anchor and anchor not in boxes:
            problems.append((place, f"{item}: {at} has no box to tick"))
        missing = [" or ".join(one for one in word) for word in wanted if not any(one in texts[anchor] for one in word)]
        if missing:
            problems.append((place, f"{item}: {at} does not say {', '.join(missing)}"))
    return problems


def wrong_on_purpose(site, rows):
    """What the checks miss of a table that is wrong: nothing, if they look."""
    good = next((row for row in rows if not compare([row], site)), None)
    if good is None:
        return ["not one item of the table is in the site"]
    _, item, page, anchor, words = good
    missed = []
    for what, problems in {
        "a page that is not there": compare([("x", item, page + ".html", anchor, words)], site),
        "an anchor that is not there": compare([("x", item, page, anchor + "-no-such-place", words)], site),
        "a word that is not there": compare([("x", item, page, anchor, [*words, ["xyzzy no such words"]])], site),
        "an item that is missing": count([row for row in rows if row[1] != item], "x", COUNTS),
        "an item that is there twice": count([*rows, good], "x", COUNTS),
        "a line with a column too few": read("\t".join(COLUMNS) + "\n000/open/1\ta\tb\tc\n", "x")[1],
    }.items():
        if not problems:
            missed.append(f"{what} is not noticed: this checker has stopped looking")
    return missed


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="the built site")
    parser.add_argument("--table", default=TABLE, help="the table (default: tests/seeds/items.tsv)")
    args = parser.parse_args(argv)
    if not os.path.isdir(args.folder):
        parser.error(f"{args.folder} is no folder")
    name = os.path.relpath(args.table)
    try:
        with open(args.table, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"the table cannot be read: {error}")
    site = Site(args.folder)
    rows, problems = read(text, name)
    problems = [("seeds.py", missed) for missed in wrong_on_purpose(site, rows)] + problems
    problems += count(rows, name, COUNTS) + compare(rows, site)
    for place, message in problems:
        print(f"{place}: {message}")
    boxes = sum(item.split("/")[1] in BOXES for _, item, *_ in rows)
    read_pages = sum(page is not None for page in site.pages.values())
    print(f"{len(rows)} items, {boxes} of them boxes, on {read_pages} pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
