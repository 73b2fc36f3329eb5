#!/usr/bin/env python3
"""What GitHub and pre-commit read of this repository -> what no schema says of it.

    python3 workflows.py

Every foreign action is pinned by its commit, with the version beside it; no text from outside is put into a script; no
permission is given to all jobs but reading; hooks call what there is, and docs/publishing.md has every input and hook,
with actions of the versions that our own workflows have. Wants this Python to have tests/tools/requirements.txt.
"""

import glob
import os
import re
import sys

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What a script may have put into it: our own words, in a matrix.
OURS = re.compile(r"\$\{\{\s*matrix\.[a-z]+\s*\}\}")


def steps(document):
    """Every step of a workflow or an action."""
    jobs = document.get("jobs", {}).values()
    return [step for job in jobs for step in job.get("steps", [])] + document.get("runs", {}).get("steps", [])


def problems(text):
    """What is wrong with a workflow or an action."""
    document = yaml.safe_load(text)
    found = []
    for step in steps(document):
        uses, script = step.get("uses", ""), step.get("run", "")
        if uses and not uses.startswith("./"):
            line = next(line for line in text.split("\n") if uses in line)
            if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line):
                found.append(f"{uses} is not pinned by its commit, with `# vX.Y.Z` behind")
        if "${{" in OURS.sub("", script):
            found.append(f"a script has an expression in it, which belongs in env: {script.strip().splitlines()[0]}")
    if "jobs" in document and document.get("permissions") != {"contents": "read"}:
        found.append("all jobs together may do no more than `contents: read`")
    return found


def pinned(text):
    """The version of each foreign action that a workflow is pinned to."""
    return dict(re.findall(r"uses: (actions/[a-z-]+)@[0-9a-f]{40} # (v\d+)", text))


def example_problems(text, known):
    """What is wrong with the actions that a page of the manual shows: our own workflows are tried, so theirs are the versions."""
    named = re.findall(r"(actions/[a-z-]+)@(v\d+)", text)
    return [f"shows {name}@{version}, and our own workflows have {known[name]}" for name, version in named if known.get(name, version) != version]


def hook_problems(text):
    """What is wrong with .pre-commit-hooks.yaml."""
    found = []
    for hook in yaml.safe_load(text):
        name = hook.get("id", "a hook")
        for key in ("id", "name", "description", "entry", "language"):
            if not isinstance(hook.get(key), str):
                found.append(f"{name}: wants {key}")
        if hook.get("language") not in ("rust", "system") or not str(hook.get("entry")).startswith("prepbook "):
            found.append(f"{name}: calls no prepbook")
        if hook.get("pass_filenames") is not False or hook.get("require_serial") is not True:
            found.append(f"{name}: a book is looked at once and as a whole")
    return found


def main():
    found = []
    files = sorted(glob.glob(os.path.join(ROOT, ".github", "workflows", "*"))) + [os.path.join(ROOT, "action.yml")]
    known = {}
    for path in files:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        known.update(pinned(text))
        found += [f"{os.path.relpath(path, ROOT)}: {problem}" for problem in problems(text)]
    for path in sorted(glob.glob(os.path.join(ROOT, "docs", "*.md"))):
        with open(path, encoding="utf-8") as file:
            found += [f"{os.path.relpath(path, ROOT)}: {problem}" for problem in example_problems(file.read(), known)]
    with open(os.path.join(ROOT, ".pre-commit-hooks.yaml"), encoding="utf-8") as file:
        found += [f".pre-commit-hooks.yaml: {problem}" for problem in hook_problems(file.read())]
    with open(os.path.join(ROOT, "action.yml"), encoding="utf-8") as file:
        words = [f"{name}:" for name in yaml.safe_load(file)["inputs"]]
    with open(os.path.join(ROOT, ".pre-commit-hooks.yaml"), encoding="utf-8") as file:
        words += [hook["id"] for hook in yaml.safe_load(file)]
    with open(os.path.join(ROOT, "docs", "publishing.md"), encoding="utf-8") as file:
        text = file.read()
    found += [f"docs/publishing.md: does not have {word}" for word in words if word not in text]
    # It must see what is wrong, too.
    for text in ["jobs: {a: {steps: [{uses: a/b@v4}]}}\npermissions: {contents: read}", "jobs: {}\npermissions: write-all",
                 "runs: {steps: [{run: 'echo ${{ github.head_ref }}'}]}"]:
        if len(problems(text)) != 1:
            found.append(f"workflows.py passes {text!r}")
    if len(example_problems("uses: actions/checkout@v1, actions/other@v1", known)) != 1:
        found.append("workflows.py passes an old version of an action")
    for line in found:
        print(line)
    print(f"{len(files) + 1} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
