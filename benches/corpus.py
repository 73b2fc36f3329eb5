#!/usr/bin/env python3
"""Generate a synthetic handbook, and the same handbook laid out for other generators.

The corpus is N markdown pages in eight numbered folders, each page about
1,000-1,400 words (code included): YAML front matter, H2/H3 headings, prose
with emphasis and inline code, 4-8 cross-links to other pages (relative .md
links, about half of them to an #anchor that exists), a table, a task list, a
bullet list, a blockquote, a footnote and three fenced code blocks of 15-40
lines, each in another of python, java, javascript, bash, json and yaml.

    python3 corpus.py --pages 1000 --out corpus-1000

writes corpus-1000/neutral (plain markdown, the reference form) and one
folder per peer next to it, with that peer's configuration, templates and the
smallest change to the markdown that the peer needs (see PEERS), plus
manifest.json: what was written, and which file and URL to use for an edit
latency test. Output depends only on --pages, --seed and the two --…-nav.

Every page holds one line `Build marker: token-<8 hex digits>.`; the token is
different on every page and is the thing to change in an edit latency test.

Python 3.9+, standard library only.
"""

import argparse
import json
import os
import re
import shutil
import sys
from functools import partial

from handbook.files import save
from handbook.hugo import write_hugo
from handbook.node import write_eleventy, write_starlight, write_vitepress
from handbook.pages import build_pages
from handbook.plain import write_mdbook, write_mkdocs, write_neutral
from handbook.vocabulary import SECTIONS
from handbook.zola import write_zola


def prepbook_address(url):
    """prepbook takes the numbers out of addresses, so that renumbering breaks no link."""
    return "/" + re.sub(r"(^|/)\d+-", r"\1", url) + ".html"


# name: (writer, folder of the pages, address of a page for the edit test)
PEERS = {
    "neutral": (write_neutral, "", prepbook_address),
    "mdbook": (write_mdbook, "src/", "/{}.html".format),
    "zola": (write_zola, "content/", "/{}/".format),
    "hugo": (write_hugo, "content/", "/{}/".format),
    "mkdocs": (write_mkdocs, "docs/", "/{}/".format),
    "zensical": (write_mkdocs, "docs/", "/{}/".format),
    "vitepress": (write_vitepress, "", "/{}.md".format),
    "starlight": (write_starlight, "src/content/docs/", "/{}/".format),
    "eleventy": (write_eleventy, "content/", "/{}/".format),
}


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, required=True, help="how many pages, 8 or more")
    parser.add_argument("--out", required=True, help="folder to write; the peer folders in it are replaced")
    parser.add_argument("--seed", default="handbook", help="any text (default: handbook)")
    parser.add_argument("--peers", default=",".join(PEERS), help="comma-separated, default: all (%(default)s)")
    parser.add_argument("--zola-nav", choices=("section", "data"), default="section",
                        help="where Zola's sidebar gets the current section's pages (default: section)")
    parser.add_argument("--hugo-nav", choices=("plain", "cached"), default="plain",
                        help="whether Hugo's sidebar is rendered for each page or once a section (default: plain)")
    args = parser.parse_args(argv)
    if args.pages < len(SECTIONS):
        parser.error(f"--pages must be {len(SECTIONS)} or more")
    names = args.peers.split(",")
    unknown = set(names) - set(PEERS)
    if unknown:
        parser.error("unknown peers: " + ", ".join(sorted(unknown)))
    options = {"zola": {"nav": args.zola_nav}, "hugo": {"nav": args.hugo_nav}}

    pages = build_pages(args.pages, args.seed)
    edit = pages[len(pages) // 2]
    manifest = {
        "pages": args.pages,
        "seed": args.seed,
        "words": sum(len(p.body.split()) for p in pages),
        "bytes": sum(len(p.body.encode()) for p in pages),
        "edit": {"page": edit.path, "token": edit.token, "peers": {}},
    }
    for name in names:
        write, folder, address = PEERS[name]
        write = partial(write, **options.get(name, {}))
        root = os.path.join(args.out, name)
        shutil.rmtree(root, ignore_errors=True)
        write(root, pages)
        manifest["edit"]["peers"][name] = {
            "file": f"{name}/{folder}{edit.path}",
            "url": address(edit.url),
        }
    save(args.out, "manifest.json", json.dumps(manifest, indent=2) + "\n")
    print(f"{args.pages} pages, {manifest['words']} words, {manifest['bytes']} bytes of markdown "
          f"in {args.out}: {', '.join(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
