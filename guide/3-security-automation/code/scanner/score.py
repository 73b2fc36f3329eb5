"""How many of the known flaws the scanner finds, and how often it is wrong."""

import collections
import dataclasses

# A rule and a finding may name neighbours of one class: both say where to look, and the reader finds the same flaw.
FAMILIES = (
    {20, 601, 640, 644, 918, 441}, {22, 23, 36, 59, 73}, {77, 78, 88}, {79, 80, 83, 116, 1336}, {89, 564, 943},
    {94, 95, 96, 1336}, {200, 209, 532, 497, 215, 598}, {208, 203, 204, 385}, {284, 285, 639, 862, 863, 306},
    {295, 296, 297, 319}, {320, 321, 259, 798, 1188, 1392, 547}, {326, 327, 328, 759, 760, 916, 329},
    {330, 331, 335, 338, 340}, {345, 347, 346, 348, 352, 290, 294}, {362, 366, 367}, {377, 378, 379, 732, 276},
    {390, 391, 392, 703, 755, 636, 754}, {400, 405, 409, 770, 776, 789, 1333}, {489, 11}, {502}, {611, 776, 827},
    {614, 1004, 1275, 922}, {915, 1321}, {190, 681, 682, 840, 472}, {942, 346}, {117, 532}, {1022}, {829, 494, 353},
)


@dataclasses.dataclass
class Known:
    path: str
    language: str
    line: int
    cwe: tuple
    severity: str
    title: str


def from_practice(data):
    """The findings of all reviews in a site's practice.json."""
    return [Known(review["file"].rsplit("/", 1)[-1], review["language"], finding["line"], tuple(finding["cwe"]), finding["severity"], finding["title"])
            for review in data["items"] if review["kind"] == "review" for finding in review["findings"]]


# region match
def same_class(cwe, known):
    return any(cwe == k or any(cwe in family and k in family for family in FAMILIES) for k in known)


def measure(known, findings):
    """A flaw is found by an alarm of its class on its line or a neighbouring one. Every other alarm is a false one."""
    rows = {}
    for language in sorted({k.language for k in known}):
        flaws = [k for k in known if k.language == language]
        files = {k.path for k in flaws}
        alarms = [f for f in findings if f.path.rsplit("/", 1)[-1] in files]
        used, missed = set(), []
        for flaw in flaws:
            hits = [i for i, f in enumerate(alarms) if f.path.rsplit("/", 1)[-1] == flaw.path and abs(f.line - flaw.line) <= 1 and same_class(f.cwe, flaw.cwe)]
            used.update(hits)
            if not hits:
                missed.append(flaw)
        rows[language] = {"flaws": len(flaws), "found": len(flaws) - len(missed), "alarms": len(alarms), "false": len(alarms) - len(used), "missed": missed,
                          "false_alarms": [f for i, f in enumerate(alarms) if i not in used]}
    return rows
# endregion match


def table(rows):
    lines = [f"{'language':12}{'flaws':>7}{'found':>7}{'recall':>8}{'alarms':>8}{'false':>7}"]
    for language, row in rows.items():
        lines.append(f"{language:12}{row['flaws']:>7}{row['found']:>7}{row['found'] / row['flaws']:>8.0%}{row['alarms']:>8}{row['false']:>7}")
    flaws, found, alarms, false = (sum(r[k] for r in rows.values()) for k in ("flaws", "found", "alarms", "false"))
    lines.append(f"{'all':12}{flaws:>7}{found:>7}{found / flaws:>8.0%}{alarms:>8}{false:>7}")
    classes = collections.Counter(f"CWE-{m.cwe[0]}" for r in rows.values() for m in r["missed"])
    lines += ["", "missed, by class: " + ", ".join(f"{c} {n}" for c, n in sorted(classes.items(), key=lambda i: (-i[1], int(i[0][4:]))))]
    return "\n".join(lines)
