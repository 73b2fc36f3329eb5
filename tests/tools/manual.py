#!/usr/bin/env python3
"""The manual in docs/ and the program -> what the program knows and the manual does not say, or the other way round.

    python3 manual.py PREPBOOK SITE [--root FOLDER]

An example is a region of a page that the page also shows as code, so that its source and its result are the same lines:
every region must be shown, by its own page, and stand in a frame. Every directive must be in such an example. The keys of
book.toml, front matter, YAML, directives, fences and theme.toml, the commands with their options, the templates, custom properties,
events and versions that themes and programs rely on must be those that the manual names. What the program knows is asked of
the program where it can say it, and read from its source where it cannot. The home page's first steps are taken: its book
builds without a word, and its mistake is reported in the words that stand there. What is promised to stand in `content` must be
somewhere in SITE, the built manual.

Prints `place: what is wrong`, then what was looked at; exits with 1 if something is wrong, 2 for wrong usage. Python 3.9+,
standard library only.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ["threat-model", "plan", "questions", "glossary", "references", "synonyms"]
BOOK = ["init", "my-book"]   # how the home page makes a book, and where


def read(root, *path):
    with open(os.path.join(root, *path), encoding="utf-8") as file:
        return file.read()


def files(folder, ending):
    """Every file below the folder with that ending: path from the folder -> text."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ending):
                path = os.path.relpath(os.path.join(place, name), folder)
                found[path.replace(os.sep, "/")] = read(place, name)
    return found


def compare(place, what, known, said, both=True):
    """What is known and not said; and, if `both`, what is said and not known."""
    problems = [f"{place}: {what} `{name}` is missing" for name in sorted(set(known) - set(said))]
    if both:
        problems += [f"{place}: there is no {what} `{name}`" for name in sorted(set(said) - set(known))]
    return problems


def names_in(text, name):
    """The texts of the constant list of that name in a file of Rust."""
    lists = re.findall(rf"const {name}: &\[&str\] = &\[(.*?)\];", text, re.S)
    if len(lists) != 1:
        raise SystemExit(f"there is no list {name}, or several: has the source changed?")
    return re.findall(r'"([^"]+)"', lists[0])


def cells(text):
    """The rows of all tables: a list of cells for each."""
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.splitlines() if line.startswith("| ")]


def coded(text):
    """What stands in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def section(text, heading):
    """What stands below a heading of level 2."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    return found.group(1) if found else ""


# --- examples -----------------------------------------------------------------------------------

REGION = re.compile(r"^<!-- region ([\w-]+) -->\n(.*?)^<!-- endregion \1 -->\n", re.S | re.M)
FENCE = re.compile(r"^```markdown file=(\S+) region=([\w-]+) title=\"Source\"\n```\n", re.M)
FRAMED = re.compile(r"^<div class=\"result\">\n\n<!-- region ([\w-]+) -->\n.*?^<!-- endregion \1 -->\n\n</div>\n", re.S | re.M)


def examples(path, text):
    """(problems, texts of the examples) of a page."""
    regions = {match.group(1): match.group(2) for match in REGION.finditer(text)}
    shown = [region for file, region in FENCE.findall(text) if file == os.path.basename(path)]
    framed = FRAMED.findall(text)
    problems = [f"{path}: the example `{name}` is not shown as source" for name in regions if name not in shown]
    problems += [f"{path}: the example `{name}` has no frame" for name in regions if name not in framed]
    problems += [f"{path}: there is no example `{name}`" for name in shown if name not in regions]
    if text.count("<!-- region ") != len(regions):
        problems.append(f"{path}: an example is not closed, or there twice")
    return problems, list(regions.values())


def directives(texts):
    """The names of all directives in the examples."""
    found = set()
    for text in texts:
        found.update(re.findall(r"^ *:{3,}([a-z-]+)", text, re.M))
        found.update(re.findall(r"(?<![\w:\\]):([a-z]+)\[", text))
    return found


# --- what the program knows ---------------------------------------------------------------------


def known_directives(root):
    rows = re.findall(r"\b(?:row|part|leaf)\(\w+, \"([a-z-]+)\"", read(root, "src/markdown/practice.rs"))
    return names_in(read(root, "src/markdown/directive.rs"), "NAMES") + names_in(read(root, "src/markdown/marks.rs"), "NAMES") + rows


def config_keys(root):
    """The keys of book.toml, with the tables that hold some."""
    text = read(root, "src/config/read.rs") + read(root, "src/config/practice.rs")
    keys = re.findall(r"\.(?:text|texts|list_of_texts|flag|placed_flag|integer|choice|table)\(\s*\"([a-z-]+)\"", text)
    keys += re.findall(r"\b(?:web|picture)\(&mut \w+, \"([a-z-]+)\"", text) + re.findall(r"\bbetween\(\"([a-z-]+)\"", text)
    return set(keys) | set(re.findall(r"KEY: &str = \"([a-z-]+)\"", read(root, "src/config/phrases.rs")))


def said_config(text):
    """The keys of book.toml that the page has: those of the rows below headings `[table]`, and the parts of these."""
    said, inside = set(), False
    for line in text.splitlines():
        if line.startswith("## "):
            table = re.fullmatch(r"## `\[([a-z.]+)\]`", line)
            inside = bool(table)
            said.update(table.group(1).split(".") if table else [])
        row = re.match(r"\| `([a-z-]+)` \|", line)
        if inside and row:
            said.add(row.group(1))
        # Older names stand where the newer one is explained.
        said.update(re.findall(r"`([a-z-]+)` is mdBook's older name", line) if inside else [])
    return said - set(["error", "warn", "note", "off"])


def attributes(root):
    """The keys that directives and items of lists may have."""
    texts = files(os.path.join(root, "src/parse/practice"), ".rs")
    texts["directive.rs"] = read(root, "src/markdown/directive.rs")
    calls = r"\bkeys\s*\.\s*(?:text|choice|flag|read|list)\(\s*\"([a-z-]+)\""
    return {key for text in texts.values() for key in re.findall(calls, text)} - {"id"}


def properties(schema):
    """The names of all properties in a JSON Schema."""
    if isinstance(schema, list):
        return {name for part in schema for name in properties(part)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*(properties(part) for part in schema.values()))


def options(help_text):
    """The options of a command, but for those that all have."""
    return set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", help_text, re.M)) - {"--color", "--quiet", "--verbose", "--help", "--version"}


def commands(help_text):
    """The commands that the program lists."""
    listed = re.search(r"^Commands:\n(.*?)\n\n", help_text, re.S | re.M)
    return re.findall(r"^  ([a-z]+)", listed.group(1), re.M) if listed else []


# --- the checks ---------------------------------------------------------------------------------


def check_examples(root, pages):
    problems, texts = [], []
    for path, text in pages.items():
        wrong, found = examples(path, text)
        problems += wrong
        texts += found
    problems += compare("docs", "example of the directive", known_directives(root), directives(texts), both=False)
    fences = names_in(read(root, "src/markdown/info.rs"), "KEYS")
    used = {key for text in texts for line in re.findall(r"^`{3,}\w+ (.*)", text, re.M) for key in re.findall(r"(?:^| )([a-z]+)", line)}
    return problems + compare("docs", "example of the fence's attribute", fences, used, both=False), len(texts)


def check_keys(root, pages, ask):
    problems = compare("configuration.md", "key", config_keys(root), said_config(pages["configuration.md"]))
    schema = json.loads(ask("schema", "front-matter"))
    rows = [row[0].strip("`") for row in cells(section(pages["front-matter.md"], "Keys")) if row[0].startswith("`")]
    problems += compare("front-matter.md", "key", schema["properties"], rows)
    practice = [text for path, text in pages.items() if path.startswith("practice/")]
    # The files of data that the pages show are part of what they say.
    shown = files(os.path.join(root, "docs"), ".yaml").values()
    words = {word for text in practice + [pages["writing.md"]] for code in coded(text) for word in re.findall(r"[a-z-]+", code)}
    problems += compare("docs/practice", "attribute", attributes(root), words, both=False)
    words |= {word for text in [*practice, *shown, pages["searching.md"]] for word in re.findall(r"([a-z_-]+):(?= |$)", text, re.M)}
    for kind in KINDS:
        problems += compare("docs/practice", f"key of {kind}", properties(json.loads(ask("schema", kind))), words, both=False)
    return problems


def check_commands(pages, ask):
    said = pages["commands.md"]
    listed = re.findall(r"^\| \[`prepbook ([a-z]+)`\]", said, re.M)
    known = [name for name in commands(ask("--help")) if name != "help"]
    problems = compare("commands.md", "command", known, listed)
    for name in known:
        own = section(said, name) + pages.get(f"{name}.md", "")
        short = dict(re.findall(r"^ +(-\w), (--[a-z-]+)", ask(name, "--help"), re.M))
        for option in sorted(options(ask(name, "--help"))):
            others = [letter for letter, long in short.items() if long == option]
            if not any(re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", own) for form in [option, *others]):
                problems.append(f"commands.md: `{option}` of {name} is missing")
    return problems


def check_interface(root, page):
    tokens = re.findall(r"^ *--([a-z0-9-]+):", read(root, "themes/handbook/css/tokens.css"), re.M)
    rows = " ".join(row[1] for row in cells(section(page, "Stable: custom properties")))
    problems = compare("theme-interface.md", "property", tokens, [name[2:] for name in coded(rows) if name.startswith("--")])
    manifest = read(root, "src/theme/manifest.rs")
    said = [name for row in cells(section(page, "Stable: templates")) for name in coded(row[0])]
    problems += compare("theme-interface.md", "template", [*names_in(manifest, "TEMPLATES"), "print.html"], said)
    keys = re.findall(r"\b(?:table\.texts?|colour)\(\"([a-z-]+)\"\)", manifest)
    problems += compare("theme-interface.md", "key of theme.toml", keys, coded(section(page, "Stable: files")), both=False)
    scripts = [*files(os.path.join(root, "themes/handbook/js"), ".js").values(), *files(os.path.join(root, "src/server/client"), ".js").values()]
    events = {name for text in scripts for name in re.findall(r"Event\(\"(prepbook:[a-z-]+)\"", text)}
    problems += compare("theme-interface.md", "event", events, [name for name in coded(page) if name.startswith("prepbook:")])
    letters = set(re.findall(r"(?:Class|Whole)\(b'(\w)'\)", read(root, "src/highlight/classes.rs")))
    problems += compare("theme-interface.md", "class of code", letters, re.findall(r"\| `(\w)` (?=\|)", page))
    data = section(page, "Stable: data")
    for what, path, pattern in [("practice.json", "src/site/practice.rs", r"VERSION: u32 = (\d+)"),
                                ("the search index", "src/search/index.rs", r"VERSION: u32 = (\d+)"),
                                ("diagnostics as JSON", "src/diagnostic/print/json.rs", r"SCHEMA: u32 = (\d+)")]:
        version = re.search(pattern, read(root, path))
        row = next((row for row in cells(data) if what in row[0].replace("`", "")), None)
        if not version or not row or not re.search(rf" {version.group(1)}$", row[1]):
            problems.append(f"theme-interface.md: the version of {what} is not {version and version.group(1)}")
    return problems


def check_markup(page, html):
    """Elements, classes and attributes that are promised and that no page has."""
    promised = " ".join(code for row in cells(section(page, "Stable: what stands in `content`")) for code in coded(row[-1]))
    classes = {name for value in re.findall(r'\bclass="([^"]*)"', html) for name in value.split()}
    found = set(re.findall(r"[\w-]+", " ".join(sorted(classes)))) | {"language-NAME"} | set(re.findall(r"\b(data-[a-z]+)\b", html))
    names = re.findall(r"\.([a-z][\w-]*)", promised) + re.findall(r"\bdfd-[a-z]+", promised) + re.findall(r"\bdata-[a-z]+", promised)
    elements = re.findall(r"(?:^|[ >])([a-z]+)(?=\.[a-z])", promised)
    problems = compare("theme-interface.md", "class or attribute of a page", names, found, both=False)
    return problems + compare("theme-interface.md", "element of a page", elements, re.findall(r"<([a-z]+)\b", html), both=False)


def check_first_steps(home, run):
    """Takes the steps of the home page, in a folder of its own. `run(folder, *arguments)` gives (status, what was said)."""
    page = re.search(r"^```markdown title=\"(\S+)\"\n(.*?)^```\n", home, re.S | re.M)
    mistake = re.search(r"^```text\n(.*?)^```\n", home, re.S | re.M)
    change = re.search(r"change `(\S+)` in the link to `(\S+)`", " ".join(home.split()))
    if not (page and mistake and change) or " ".join(["prepbook", *BOOK]) not in home:
        return ["README.md: the first steps are not there"]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        run(folder, *BOOK)
        book = os.path.join(folder, BOOK[1])
        _, drill = examples("README.md", home)
        path = os.path.join(book, *page.group(1).split("/"))
        for text, wanted in [(page.group(2), 0), (page.group(2) + "\n" + "".join(drill), 0),
                             (page.group(2).replace(f"({change.group(1)})", f"({change.group(2)})"), 1)]:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            status, said = run(book, "build", "--strict", "--quiet")
            if status != wanted or (wanted == 0 and said):
                problems.append(f"README.md: the first steps end with {status}:\n{said}")
        if mistake.group(1).strip() not in said:
            problems.append(f"README.md: the mistake is reported in other words:\n{said}")
    return problems


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepbook")
    parser.add_argument("site")
    parser.add_argument("--root", default=os.path.join(HERE, "..", ".."))
    options_given = parser.parse_args(arguments)
    root, program = options_given.root, os.path.abspath(options_given.prepbook)

    def run(folder, *words):
        done = subprocess.run([program, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        return done.returncode, done.stdout

    def ask(*words):
        status, said = run(root, *words)
        if status:
            raise SystemExit(f"prepbook {' '.join(words)}: {said}")
        return said

    pages = {path: text for path, text in files(os.path.join(root, "docs"), ".md").items() if not path.startswith("codes/")}
    problems, count = check_examples(root, pages)
    problems += check_keys(root, pages, ask)
    problems += check_commands(pages, ask)
    problems += check_interface(root, pages["theme-interface.md"])
    problems += check_markup(pages["theme-interface.md"], "".join(files(options_given.site, ".html").values()))
    problems += check_first_steps(pages["README.md"], run)
    for problem in problems:
        print(problem)
    print(f"{len(pages)} pages, {count} examples, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
