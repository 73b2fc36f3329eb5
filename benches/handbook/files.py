"""What the layouts of all peers share: front matter, link rewriting, saving. Knows no peer."""

import json
import os
import posixpath
import re

from .pages import pages_in
from .vocabulary import SECTIONS

LINK = re.compile(r"\]\(([^)\s:]+\.md)(#[^)\s]*)?\)")


def relink(body, folder, make):
    """Rewrite each relative .md link: make(path from the root, '#anchor' or '')."""
    def sub(match):
        path = posixpath.normpath(posixpath.join(folder, match.group(1)))
        return f"]({make(path, match.group(2) or '')})"
    return LINK.sub(sub, body)


def front(**items):
    """YAML front matter; values are JSON scalars, which YAML reads as they are."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in items.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def save(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def sections_with_pages(pages):
    for i, (folder, title) in enumerate(SECTIONS):
        group = pages_in(pages, i)
        if group:
            yield i, folder, title, group
