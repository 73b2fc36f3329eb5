#!/usr/bin/env python3
"""A built site -> `file:line:column: what is wrong` for each of its EPUBs: what EPUBCheck says of it, warnings included.

    python3 epub.py CHECKER SITE

CHECKER is the folder that tests/tools/install.sh has put EPUBCheck into. An EPUB that is wrong on purpose is checked first: a
checker that stays silent about it has checked nothing. What EPUBCheck does not look at is looked at here: that the archive is
the same whenever it is made, and that nothing in it runs or is fetched.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# The first date that an archive can name.
DATE = (1980, 1, 1, 0, 0, 0)

# What each message on an EPUB that is wrong on purpose has to be about.
WRONG = {"RSC-005": "<p><div/></p>", "RSC-012": '<p><a href="#nowhere">nowhere</a></p>', "RSC-007": '<p><img src="x.png" alt=""/></p>'}


def messages(checker, epub):
    """What EPUBCheck says of a file."""
    jars = list(Path(checker).rglob("epubcheck.jar"))
    if len(jars) != 1:
        sys.exit(f"{checker} has no EPUBCheck: tests/tools/install.sh all")
    command = ["java", "-jar", str(jars[0]), "--json", "-", "--quiet", str(epub)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300)
    try:
        return json.loads(said.stdout)["messages"]
    except (json.JSONDecodeError, KeyError):
        sys.exit(f"EPUBCheck has failed:\n{said.stdout}{said.stderr}")


def checked(checker, epub):
    """How many files it has, and lines about what is wrong."""
    lines = []
    for message in messages(checker, epub):
        for at in message["locations"] or [{"path": "", "line": 0, "column": 0}]:
            place = f"{epub.name}/{at['path'].split('/', 1)[-1]}:{at['line']}:{at['column']}"
            lines.append(f"{place}: {message['severity'].lower()} {message['ID']}: {message['message']}")
    with zipfile.ZipFile(epub) as archive:
        names = archive.infolist()
        broken = archive.testzip()
        if broken:
            lines.append(f"{epub.name}/{broken}: its bytes are not those that were packed")
        first = names[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.extra:
            lines.append(f"{epub.name}: does not start with its plain type")
        for name in names:
            if name.date_time != DATE or name.flag_bits:
                lines.append(f"{epub.name}/{name.filename}: has a date or a flag of its own")
            if name.filename.endswith((".xhtml", ".svg")):
                text = archive.read(name).decode()
                for found in re.findall(r"<(?:script|form|input|button|iframe)\b|<[^<>]*\son[a-z]+=|<[^<>]*\ssrc=\"https?:", text):
                    lines.append(f"{epub.name}/{name.filename}: {found.strip()} is for a browser")
    return len(names), lines


def broken_copy(epub, folder, wrong):
    """The EPUB with something wrong at the end of its first page."""
    copy = Path(folder) / "wrong.epub"
    with zipfile.ZipFile(epub) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.infolist():
            data = old.read(name)
            if name.filename.endswith("/page-1.xhtml"):
                data = data.replace(b"</body>", wrong.encode() + b"</body>")
            new.writestr(name, data)
    return copy


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python3 epub.py CHECKER SITE")
    checker, site = sys.argv[1], Path(sys.argv[2])
    epubs = sorted(site.glob("*.epub"))
    if not epubs:
        sys.exit(f"{site} has no EPUB")
    with tempfile.TemporaryDirectory() as folder:
        copy = broken_copy(epubs[0], folder, "".join(WRONG.values()))
        found = {message["ID"] for message in messages(checker, copy)}
        if not found >= set(WRONG):
            sys.exit(f"EPUBCheck found {sorted(found)} where {sorted(WRONG)} are wrong")
    failed = False
    for epub in epubs:
        count, lines = checked(checker, epub)
        for line in lines:
            print(line)
        failed = failed or bool(lines)
        print(f"{epub.name}: {count} files, {epub.stat().st_size // 1024} KiB, {len(lines)} problems")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
