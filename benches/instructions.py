#!/usr/bin/env python3
"""Counts the instructions of a build, and says when they have grown.

    python3 benches/instructions.py target/release/prepbook            compare with instructions.json
    UPDATE=1 python3 benches/instructions.py target/release/prepbook   take this program's counts over

Seconds differ from run to run on a busy machine; instructions, counted by valgrind's callgrind, stay the
same within a few thousandths. Counted are, on the corpus of 40 pages: a cold build (nothing published, no
blocks kept), the same build again, and the build after one paragraph was changed.

The counts in instructions.json were made by one compiler, C library, valgrind and processor's features: its
`made_by`. Where these are others, the parent commit is built and counted here instead, and this is said.
Exit 0: no count has grown by more than 5 %. 1: one has. 2: nothing could be compared, and why.

Python 3.9+, standard library only.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
BASELINE = os.path.join(HERE, "instructions.json")
PAGES = 40
SLACK = 0.05


class Impossible(Exception):
    """Why nothing can be compared."""


def said_by(*command, **options):
    """What a program prints."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def made_by():
    """What instructions depend on beside the program's source. Features, not names of processors: libraries
    choose their loops by them, and valgrind has AVX2 at most."""
    with open("/proc/cpuinfo", encoding="utf-8") as told:
        flags = re.search(r"^flags\s*:(.*)$", told.read(), re.MULTILINE)
    has = set(flags.group(1).split()) if flags else set()
    return {
        "rustc": said_by("rustc", "--version").strip(),
        "libc": " ".join(platform.libc_ver()),
        "valgrind": said_by("valgrind", "--version").strip(),
        "processor": " ".join([platform.machine(), *sorted(has & {"avx2", "bmi2", "erms", "fsrm", "sse4_2"})]),
    }


def count(prepbook, work, *arguments):
    """The instructions of one run. One thread: how work is shared out is not work."""
    out = os.path.join(work, "callgrind.out")
    environment = {"PATH": os.environ["PATH"], "HOME": work, "PREPBOOK_CACHE": os.path.join(work, "cache"), "RAYON_NUM_THREADS": "1"}
    run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", prepbook, *arguments],
                         cwd=work, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"^==\d+== Collected : (\d+)$", run.stderr, re.MULTILINE)
    if run.returncode != 0 or not found:
        raise Impossible(f"{prepbook} under valgrind: exit {run.returncode}\n{run.stderr}")
    return int(found.group(1))


def counts(prepbook):
    """Each build's instructions, by its name."""
    with tempfile.TemporaryDirectory(prefix="instructions-") as work:
        subprocess.run([sys.executable, os.path.join(HERE, "corpus.py"), "--pages", str(PAGES), "--out", work, "--peers", "neutral"],
                       check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(work, "manifest.json"), encoding="utf-8") as told:
            page = os.path.join(work, "neutral", json.load(told)["edit"]["page"])
        build = (os.path.abspath(prepbook), work, "build", "--quiet", "neutral", "-d", "site")
        found = {"cold": count(*build), "unchanged": count(*build)}
        with open(page, "a", encoding="utf-8") as text:
            text.write("\nOne paragraph more.\n")
        found["one paragraph"] = count(*build)
        return found


def of_parent():
    """The counts of the commit before this one, built here."""
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    tree = os.path.join(target, "checks", "parent")
    subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=False, stderr=subprocess.DEVNULL)
    shutil.rmtree(tree, ignore_errors=True)
    added = subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, "HEAD^"], cwd=ROOT, check=False)
    if added.returncode != 0:
        raise Impossible("the commit before this one is not in this clone")
    try:
        subprocess.run(["cargo", "build", "--quiet", "--locked", "--release", "--target-dir", os.path.join(target, "checks", "parent-target")],
                       cwd=tree, check=True)
        return counts(os.path.join(target, "checks", "parent-target", "release", "prepbook"))
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=False)


def compared(before, now):
    """A line for each count, and whether any has grown past the slack."""
    lines, grown = [], False
    for name, instructions in now.items():
        if name not in before:
            lines.append(f"{name}: {instructions:,} instructions; not counted before")
            continue
        ratio = instructions / before[name]
        verdict = ""
        if ratio > 1 + SLACK:
            verdict, grown = f": more than {SLACK:.0%} are not allowed", True
        elif ratio < 1 - SLACK:
            verdict = ": take it over with UPDATE=1"
        lines.append(f"{name}: {instructions:,} instructions, {ratio:.3f} of {before[name]:,}{verdict}")
    return lines, grown


def main(prepbook):
    if not shutil.which("valgrind"):
        raise Impossible("valgrind is missing, so no instructions were counted (Debian: apt-get install valgrind)")
    by, now = made_by(), counts(prepbook)
    if os.environ.get("UPDATE") == "1":
        with open(BASELINE, "w", encoding="utf-8") as kept:
            json.dump({"made_by": by, "pages": PAGES, "counts": now}, kept, indent=2)
            kept.write("\n")
        print("\n".join(f"{name}: {instructions:,} instructions" for name, instructions in now.items()))
        return 0
    with open(BASELINE, encoding="utf-8") as kept:
        baseline = json.load(kept)
    if baseline["made_by"] == by:
        print("compared with benches/instructions.json")
        before = baseline["counts"]
    else:
        print(f"benches/instructions.json was made by {baseline['made_by']}, and here is {by}: compared with the parent commit")
        before = of_parent()
    lines, grown = compared(before, now)
    print("\n".join(lines))
    return 1 if grown else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1]))
    except Impossible as why:
        print(why)
        sys.exit(2)
