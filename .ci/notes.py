#!/usr/bin/env python3
"""A tag and CHANGELOG.md -> the notes of that release, if the tag, Cargo.toml and the changelog agree.

    python3 .ci/notes.py v0.1.0

Prints the section `## 0.1.0 - 2026-12-01` without its heading; exits with 1 where there is none, or Cargo.toml has another
version. Python 3.9+, standard library only.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def section(changelog, version):
    """The text below the heading of a version; None if it has none."""
    found = re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    return found and found.group(1).strip() or None


def main(arguments, root=ROOT):
    if len(arguments) != 1:
        print("usage: notes.py TAG", file=sys.stderr)
        return 2
    tag = arguments[0]
    version = re.search(r'^version = "(.+)"$', (root / "Cargo.toml").read_text(encoding="utf-8"), re.M).group(1)
    if tag != f"v{version}":
        print(f"the tag is {tag}, and Cargo.toml has version {version}", file=sys.stderr)
        return 1
    notes = section((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    if notes is None:
        print(f"CHANGELOG.md: no section `## {version} - YEAR-MONTH-DAY` with text below", file=sys.stderr)
        return 1
    print(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
