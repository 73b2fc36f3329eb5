#!/usr/bin/env python3
"""What prepbook is built from -> whether we may use it, and the notices that go with the program.

    python3 licences.py            checks, prints what is wrong, exits with 1 if anything is
    python3 licences.py --write    writes THIRD-PARTY.md anew

It checks every package in Cargo.lock, for each platform and also those that only build or test: its licence can be met
with what deny.toml allows, it comes from crates.io or a folder of this repository, never from git. What is vendored must
have a record in vendor/. THIRD-PARTY.md must be what is compiled into the released binaries and the theme's scripts, with
the texts of their licences. Where a licence gives a choice, the one that deny.toml names first is taken.

Knows Cargo's metadata and what licence files look like, nothing of what the packages do. Python 3.9+, standard library only.
"""

import glob
import json
import os
import re
import struct
import subprocess
import sys
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOTICES = os.path.join(ROOT, "THIRD-PARTY.md")
REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"

# What a release is built for (.github/workflows/release.yml); notices are the union.
TARGETS = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl", "x86_64-apple-darwin", "aarch64-apple-darwin",
           "x86_64-pc-windows-msvc"]

# Words by which the text of a licence is known among the files of a package.
SIGNS = {
    "MIT": "Permission is hereby granted, free of charge",
    "Apache-2.0": "Apache License",
    "BSD-2-Clause": "Redistributions in binary form",
    "BSD-3-Clause": "may be used to endorse or promote",
    "ISC": "Permission to use, copy, modify, and",
    "Zlib": "This software is provided 'as-is'",
    "CC0-1.0": "CC0 1.0 Universal",
    "Unicode-3.0": "UNICODE LICENSE V3",
}

# Texts that stand elsewhere in a package, or are of what it has taken in: (licence, file, what it is of).
ELSEWHERE = {
    "pagefind_stem": [("MIT", "src/lib.rs", None), ("BSD-3-Clause", "src/lib.rs", "Snowball's stemmers, in pagefind_stem")],
    "libmimalloc-sys": [("MIT", "c_src/mimalloc/v3/LICENSE", "mimalloc, in libmimalloc-sys")],
    "onig_sys": [("BSD-2-Clause", "oniguruma/COPYING", "Oniguruma, in onig_sys")],
    "granit-parser": [("MIT", f".licenses/{name}-MIT", None) for name in ("ChenYuheng", "Ethiraric")] + [("MIT", "LICENSE", None)],
}

# Packages that say in Cargo.toml that they are under MIT, and bring no text of it.
TEXTLESS = {"block2", "dispatch2", "objc2", "objc2-core-foundation", "objc2-core-services", "objc2-encode"}

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

# What the compiler adds: no package of Cargo's.
COMPILER = [
    ("Rust's standard library", "MIT", "Copyright (c) The Rust Project Contributors\n\n" + MIT),
    ("musl, in the binaries for Linux", "MIT", "Copyright © 2005-2020 Rich Felker, et al.\n\n" + MIT),
]

# two-face's names for the licences of grammars, by number; those marked with None ask for no notice.
GRAMMARS = [None, "MIT", "BSD-2-Clause", "BSD-2-Clause", None, "BSD-3-Clause", "Apache-2.0", None]


class Wrong(Exception):
    """Something that a person has to decide or mend."""


def read(path):
    with open(path, encoding="utf-8", errors="replace", newline=None) as file:
        return file.read()


def allowed(text):
    """The licences that deny.toml allows, in its order."""
    table = re.search(r"^\[licenses\]$(.*?)(?=^\[|\Z)", text, re.M | re.S)
    found = table and re.search(r"^allow = \[([^\]]*)\]", table.group(1), re.M | re.S)
    if not found:
        raise Wrong("deny.toml: no `allow` under [licenses]")
    return re.findall(r'"([^"]+)"', found.group(1))


def choices(expression):
    """All sets of licences that meet an SPDX expression. Old ones have a slash for OR."""
    words = re.findall(r"[()]|[^\s()/]+|/", expression)

    def alternatives():
        found = together()
        while words and words[0] in ("OR", "/"):
            words.pop(0)
            found = found + together()
        return found

    def together():
        found = one()
        while words and words[0] == "AND":
            words.pop(0)
            right = one()
            found = [left | other for left in found for other in right]
        return found

    def one():
        word = words.pop(0) if words else ""
        if word == "(":
            found = alternatives()
            if not words or words.pop(0) != ")":
                raise Wrong(f"not a licence expression: {expression}")
            return found
        if not re.fullmatch(r"[A-Za-z0-9.+-]+", word) or word in ("OR", "AND", "WITH"):
            raise Wrong(f"not a licence expression: {expression}")
        if words and words[0] == "WITH":
            words.pop(0)
            word += " WITH " + (words.pop(0) if words else "")
        return [frozenset([word])]

    found = alternatives()
    if words:
        raise Wrong(f"not a licence expression: {expression}")
    return found


def chosen(expression, allow):
    """The licences to go by, in order; None if what is allowed cannot meet the expression."""
    possible = [choice for choice in choices(expression) if choice <= set(allow)]
    if not possible:
        return None
    return sorted(min(possible, key=lambda choice: sorted(allow.index(name) for name in choice)), key=allow.index)


def metadata(*arguments):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def compiled(data):
    """Packages whose code is in the binary: not what runs at build time, not what only tests use, not our own."""
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    packages = {package["id"]: package for package in data["packages"]}
    root = data["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        here = waiting.pop()
        is_macro = any("proc-macro" in target["kind"] for target in packages[here]["targets"])
        if here in found or is_macro:
            continue
        found.add(here)
        waiting += [dep["pkg"] for dep in nodes[here]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
    return [packages[name] for name in found if name != root]


def package_problems(packages, lock, allow, root=ROOT):
    """What is wrong with where packages are from and what they are licensed under."""
    found = [f"Cargo.lock: {source} is from git; only crates.io and vendor/ are" for source in re.findall(r'^source = "(git\+[^"]+)"', lock, re.M)]
    for package in packages:
        name = f"{package['name']} {package['version']}"
        folder = os.path.dirname(package["manifest_path"])
        inside = os.path.commonpath([root, folder]) == root
        if package["source"] is None and not inside:
            found.append(f"{name}: is in {folder}, outside this repository")
        elif package["source"] not in (None, REGISTRY):
            found.append(f"{name}: is from {package['source']}")
        if not package["license"]:
            found.append(f"{name}: says no licence")
        elif chosen(package["license"], allow) is None:
            found.append(f"{name}: {package['license']} cannot be met with what deny.toml allows")
    return found


def vendor_problems(root=ROOT):
    """Files that others wrote and no record in vendor/ names, and records of licences that are not allowed."""
    allow = allowed(read(os.path.join(root, "deny.toml")))
    recorded, found = set(), []
    for path in sorted(glob.glob(os.path.join(root, "vendor", "*.json"))):
        record, place = json.loads(read(path)), "vendor/" + os.path.basename(path)
        folder = os.path.join("vendor", record["name"])
        inside = os.path.isdir(os.path.join(root, folder))
        recorded.update(os.path.join(folder, name) if inside else name for name in [*record["files"], *record.get("added", [])])
        licence = record.get("license") or record.get("licence") or ""
        if not licence or chosen(licence, allow) is None:
            found.append(f"{place}: {licence or 'no licence'} is not allowed")
    folders = [os.path.join("vendor", name) for name in sorted(os.listdir(os.path.join(root, "vendor")))]
    folders += [os.path.relpath(path, root) for path in sorted(glob.glob(os.path.join(root, "themes", "*", "js", "vendor")))]
    for folder in folders:
        for above, _, names in os.walk(os.path.join(root, folder)):
            for path in (os.path.relpath(os.path.join(above, name), root) for name in sorted(names)):
                if path not in recorded:
                    found.append(f"{path}: no record in vendor/ names it")
    return found


def texts(folder, licences):
    """(licence, text) of each licence, from the package's files."""
    names = [name for name in sorted(os.listdir(folder)) if re.match(r"(un)?licen[cs]e|copying|copyright|notice", name, re.I)]
    files = [read(os.path.join(folder, name)) for name in names if os.path.isfile(os.path.join(folder, name))]
    for licence in licences:
        # A file with several licences comes after those with one.
        fitting = sorted((sum(sign in text for sign in SIGNS.values()), place, text) for place, text in enumerate(files) if SIGNS[licence] in text)
        if not fitting:
            raise Wrong(f"{folder}: no file has the text of {licence}; ELSEWHERE in tests/tools/licences.py can say where it is")
        yield licence, fitting[0][2]


def comment(text, sign):
    """The part of a source file's comment, between rules of dashes, that has the licence."""
    parts = re.split(r"^ \* ---$", text.split("*/")[0], flags=re.M)
    part = next((part for part in parts if sign in re.sub(r"\s*\n \* ?", " ", part)), None)
    if part is None:
        raise Wrong(f"no comment has the words: {sign}")
    return "\n".join(re.sub(r"^ \* ?", "", line) for line in part.strip("\n").split("\n"))


def grammars(folder):
    """(name, licence, text) of each grammar that asks for a notice, from two-face's own list (bincode, deflated)."""
    with open(os.path.join(folder, "generated", "acknowledgements_full.bin"), "rb") as file:
        data = zlib.decompress(file.read())
    place = 0

    def number(form, size):
        nonlocal place
        value = struct.unpack_from(form, data, place)[0]
        place += size
        return value

    def word():
        nonlocal place
        size = number("<Q", 8)
        place += size
        return data[place - size:place].decode("utf-8")

    for _ in range(number("<Q", 8)):
        kind, text, path = number("<I", 4), word(), word()
        name = re.fullmatch(r"syntaxes/\d+_\w+/(.+)/[^/]+", path)
        if kind >= len(GRAMMARS) or not name:
            raise Wrong(f"two-face has a grammar that is new to tests/tools/licences.py: {path} ({kind})")
        if GRAMMARS[kind]:
            yield f"the grammar {name.group(1)}", GRAMMARS[kind], text


def entries(packages, allow):
    """(name, licences, [(what it is of, licence, text)]) of everything in the program and its theme, in order."""
    for package in sorted(packages, key=lambda package: (package["name"], package["version"])):
        name, folder = f"{package['name']} {package['version']}", os.path.dirname(package["manifest_path"])
        licences = chosen(package["license"], allow)
        elsewhere = ELSEWHERE.get(package["name"], [])
        if package["name"] in TEXTLESS and licences == ["MIT"]:
            yield name, licences, [(name, "MIT", f"Copyright (c) the authors of {package['repository']}\n\n{MIT}")]
            continue
        in_files = [licence for licence in licences if licence not in [item[0] for item in elsewhere if item[2] is None]]
        found = [(name, licence, text) for licence, text in texts(folder, in_files)]
        for licence, path, of in elsewhere:
            text = read(os.path.join(folder, path))
            found.append((of or name, licence, comment(text, SIGNS[licence]) if path.endswith(".rs") else text))
        if package["name"] == "two-face":
            found += list(grammars(folder))
        yield name, licences, found
    for path in sorted(glob.glob(os.path.join(ROOT, "vendor", "*.json"))):
        record = json.loads(read(path))
        if record["name"] not in [package["name"] for package in packages]:
            name, licences = f"{record['name']} {record['version']}", chosen(record["license"], allow)
            text = next(file for file in record["files"] if "LICENSE" in file)
            yield f"{name} (a script of the theme)", licences, [(name, licences[0], read(os.path.join(ROOT, text)))]
    for name, licence, text in COMPILER:
        yield name, [licence], [(name, licence, text)]
    head = [line[2:] for line in read(os.path.join(ROOT, "src", "measure", "cwe.tsv")).split("\n") if line.startswith("# ")]
    terms = "\n".join(head[next(at for at, line in enumerate(head) if line.startswith("Copyright")):])
    yield "the list of weaknesses, CWE", ["CWE Terms of Use"], [("CWE", "CWE Terms of Use", terms)]


def notices(packages, allow):
    """THIRD-PARTY.md."""
    rows, groups = [], {}
    for name, licences, found in entries(packages, allow):
        rows.append(f"| {name} | {' and '.join(licences)} |")
        for of, licence, text in found:
            text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n")).strip()
            # Copies that differ in how lines are broken are one text.
            groups.setdefault((licence, " ".join(text.split())), (text, []))[1].append(of)
    lines = [
        "# Third-party notices", "",
        "prepbook contains the work of others: what is compiled into its released binaries, on any platform, and the scripts",
        "in its theme. Here is what that is, the licence under which it is used (of several, one), and each licence's text.",
        "Made by `python3 tests/tools/licences.py --write`; a test compares.", "",
        "| Part | Licence |", "|---|---|", *rows, "",
    ]
    order = list(allow) + ["CWE Terms of Use"]
    for (licence, _), (text, of) in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), item[1][1])):
        lines += [f"## {licence}: {', '.join(of)}", "", "~~~~text", text, "~~~~", ""]
    return "\n".join(lines)


def main(arguments):
    if arguments not in ([], ["--write"]):
        print("usage: licences.py [--write]", file=sys.stderr)
        return 2
    try:
        allow = allowed(read(os.path.join(ROOT, "deny.toml")))
        unknown = [name for name in allow if name not in SIGNS]
        if unknown:
            raise Wrong(f"deny.toml allows {', '.join(unknown)}, whose text tests/tools/licences.py does not know (SIGNS)")
        everything = metadata()["packages"]
        targets = [word for target in TARGETS for word in ("--filter-platform", target)]
        binary = compiled(metadata(*targets))
        problems = package_problems(everything, read(os.path.join(ROOT, "Cargo.lock")), allow) + vendor_problems()
        if not problems:
            text = notices(binary, allow)
            if arguments:
                with open(NOTICES, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            elif not os.path.exists(NOTICES) or read(NOTICES) != text:
                problems.append("THIRD-PARTY.md: is not up to date; python3 tests/tools/licences.py --write")
    except Wrong as wrong:
        problems, everything, binary = [str(wrong)], [], []
    for line in problems:
        print(line)
    print(f"{len(everything)} packages, {len(binary)} in the binary, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
