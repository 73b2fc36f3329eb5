"""Folders of other projects' Markdown -> pages, so that generators meet real text and real code.

What only its own generator understands goes: front matter, template marks, and links and pictures that lead to other
files; links keep their text, those of a form that is hard to take apart their place. Code stays as it is. Knows nothing of any generator's layout.
"""

import os
import re

from .pages import Page, page_path
from .vocabulary import SECTIONS

FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.M)
LOCAL = r"(?!<?https?:|mailto:|#|\s)"
IMAGE = re.compile(r"!\[[^\]]*\]\(" + LOCAL + r"[^)]*\)")
LINK = re.compile(r"\[([^\[\]]*)\]\(" + LOCAL + r"[^)]*\)")
OTHER = re.compile(r"\]\(" + LOCAL + r"[^)]*\)")
DEFINITION = re.compile(r"^([\s>*-]*\[[^\]^]+\]:\s*)" + LOCAL + r"\S+")
ELSEWHERE = "https://handbook.example/elsewhere"


def cleaned(text):
    lines, fence = [], None
    for line in FRONT.sub("", text).split("\n"):
        mark = FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = None
        elif mark:
            fence = mark[1]
        else:
            line = LINK.sub(r"\1", IMAGE.sub("", DEFINITION.sub(r"\1" + ELSEWHERE, line)))
            line = OTHER.sub(f"]({ELSEWHERE})", line)
        lines.append(line.replace("{{", "{ {").replace("{%", "{ %"))
    if fence:
        lines.append(fence)
    return "\n".join(lines)


def read_trees(folders):
    """The pages in these folders, by path, spread over the sections."""
    found = []
    for folder in folders:
        for place, folders_below, names in os.walk(folder):
            folders_below.sort()
            found += [os.path.join(place, name) for name in sorted(names) if name.endswith(".md")]
    pages = []
    for number, path in enumerate(found, 1):
        with open(path, encoding="utf-8", errors="replace", newline=None) as file:
            body = cleaned(file.read())
        title = TITLE.search(body)
        if title:
            body = body[:title.start()] + body[title.end():]
        title = re.sub(r"[`*_\[\]]", "", title[1]) if title else os.path.basename(path)[:-3]
        section = (number - 1) * len(SECTIONS) // len(found)
        pages.append(Page(number=number, section=section, title=title, description="", token="", headings=[],
                          path=page_path(section, number, f"{number} {os.path.basename(path)[:-3]}"), words=None,
                          body=body.strip() + "\n"))
    return pages
