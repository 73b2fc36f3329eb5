"""Measures the scanner on the handbook's own samples: `python3 measure.py` prints what `measured.txt` holds."""

import pathlib
import re
import sys

import scanner
import score
from model import ToolError

REVIEWS = pathlib.Path(__file__).resolve().parents[3] / "2-secure-code-review"


def known_flaws():
    """The findings of the exercises, from their pages: the same as in the built site's practice.json."""
    for page in sorted((REVIEWS / "exercises").glob("[jpn]?-*.md")):
        text = page.read_text(encoding="utf-8")
        review = re.search(r"::review\[[^\]]*\]\{([^}]*)\}", text)[1]
        path, language = re.search(r"\bfile=(\S+)", review)[1], re.search(r"\blanguage=(\w+)", review)[1]
        for title, attributes in re.findall(r"::finding\[(.*?)\]\{(.*)\}$", text, re.M):
            cwe = tuple(map(int, re.search(r"\bcwe=([\d,]+)", attributes)[1].split(",")))
            yield score.Known(path.rsplit("/", 1)[-1], language, int(re.search(r"\bline=(\d+)", attributes)[1]), cwe, re.search(r"\bseverity=(\w+)", attributes)[1], title)


# region pairs
def pairs():
    """Weak and fixed samples of the pattern pages: language, name, kind, findings in each."""
    for language, name in (("java", "java/Patterns.java"), ("javascript", "javascript/patterns.mjs"), ("python", "python/patterns.py")):
        page = (REVIEWS / f"{language}-security-patterns.md").read_text(encoding="utf-8")
        findings = scanner.scan([REVIEWS / "code" / name]).findings
        lines = (REVIEWS / "code" / name).read_text(encoding="utf-8").splitlines()
        place = {m[2]: n for n, line in enumerate(lines, 1) if (m := re.search(r"\b(region) ([\w-]+)$", line)) and "endregion" not in line}
        end = {m[1]: n for n, line in enumerate(lines, 1) if (m := re.search(r"\bendregion ([\w-]+)$", line))}
        for sample, cwe in re.findall(r"region=([\w-]+)-weak\b.*?\*CWE-(\d+)\.\*", page, re.S):
            hits = [[f for f in findings if place[f"{sample}-{kind}"] < f.line < end[f"{sample}-{kind}"] and score.same_class(f.cwe, (int(cwe),))] for kind in ("weak", "fixed")]
            yield language, sample, int(cwe), *hits
# endregion pairs


def report():
    if not REVIEWS.is_dir():
        raise ToolError(f"the samples of chapter 2 are not at {REVIEWS}")
    known = list(known_flaws())
    samples = sorted({REVIEWS / "code" / k.language / k.path for k in known})
    rows = score.measure(known, scanner.scan(samples).findings)
    out = ["Exercises of chapter 2: 15 files", "", score.table(rows), "", "Fixed versions of the exercises: 15 files", ""]
    for language, ending in (("java", "Fixed.java"), ("javascript", ".fixed.mjs"), ("python", "_fixed.py")):
        stem = re.compile(r"\.(java|mjs|py)$")
        files = [REVIEWS / "code" / language / (stem.sub("", k) + ending) for k in sorted({k.path for k in known if k.language == language})]
        out.append(f"{language:12}{len(scanner.scan(files).findings):>4} alarms in {len(files)} files")
    out += ["", "Second set, weak and fixed samples of the pattern pages", "", f"{'language':12}{'flaws':>7}{'found':>7}{'recall':>8}{'alarms on fixed':>17}"]
    seen = list(pairs())
    for language in ("java", "javascript", "python", "all"):
        some = [p for p in seen if language in (p[0], "all")]
        found = sum(bool(p[3]) for p in some)
        out.append(f"{language:12}{len(some):>7}{found:>7}{found / len(some):>8.0%}{sum(len(p[4]) for p in some):>17}")
    out += ["", "missed: " + ", ".join(f"{p[0]} {p[1]}" for p in seen if not p[3])]
    return "\n".join(out)


if __name__ == "__main__":
    try:
        print(report())
    except ToolError as error:
        sys.exit(print(f"measure: {error}", file=sys.stderr) or 2)
