#!/usr/bin/env python3
"""The logs of the test runs -> whether every test in them really ran.

    python3 skipped.py LOGS NAME...

reads LOGS/NAME.log of each run named. A run that ran nothing is as bad as one that skipped: zero tests is
a failure. A Rust test may be ignored if its reason begins with `by name:`, which is the mark of the
few that take minutes. Knows the words of cargo test, node's TAP and unittest, and nothing of the tests.

Python 3.9+, standard library only.
"""

import os
import re
import sys


def problems(name, text):
    found = []
    ran = 0
    # cargo test: `test a::b ... ignored, reason` and `test result: ok. 12 passed; 0 failed; 1 ignored; ...`
    for test, reason in re.findall(r"^test (.+) \.\.\. ignored(?:, (.*))?$", text, re.M):
        if not reason.startswith("by name:"):
            found.append(f"{name}: {test} is ignored")
    # Doctests report an ignored example without a reason.
    for passed, filtered in re.findall(r"^test result: .*?(\d+) passed;.*?(\d+) filtered out", text, re.M):
        ran += int(passed)
        if int(filtered):
            found.append(f"{name}: {filtered} tests were filtered out")
    # node --test, TAP: `# tests 12`, `# skipped 0`, and a directive on the test's own line.
    for test, word in re.findall(r"^\s*(?:not )?ok \d+ - (.*?) # (SKIP|TODO)\b", text, re.M | re.I):
        found.append(f"{name}: {test} is marked {word}")
    for tests in re.findall(r"^# tests (\d+)$", text, re.M):
        ran += int(tests)
    for word, count in re.findall(r"^# (skipped|todo|cancelled) (\d+)$", text, re.M):
        if int(count) and not any(word[:4] in line.lower() for line in found):
            found.append(f"{name}: {count} {word}")
    # unittest: `Ran 35 tests in 0.1s`, `OK (skipped=1)`
    for tests in re.findall(r"^Ran (\d+) tests? in", text, re.M):
        ran += int(tests)
    for count in re.findall(r"^OK \(.*?(?:skipped|expected failures)=(\d+)", text, re.M):
        found.append(f"{name}: {count} skipped or expected to fail")
    if ran == 0:
        found.append(f"{name}: no test ran")
    return found, ran


def main(arguments):
    if len(arguments) < 2:
        print("usage: skipped.py LOGS NAME...", file=sys.stderr)
        return 2
    folder, *names = arguments
    found, total = [], 0
    for name in names:
        with open(os.path.join(folder, name + ".log"), encoding="utf-8", errors="replace") as file:
            lines, ran = problems(name, file.read())
        found += lines
        total += ran
        print(f"{name}: {ran} ran")
    for line in found:
        print(line)
    print(f"{total} ran, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
