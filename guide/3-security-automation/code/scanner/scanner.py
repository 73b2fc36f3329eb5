"""A security scanner to read, run and defend.

    python3 scanner.py scan PATH...        findings; exit status 0 clean, 1 findings, 2 something was not looked at
    python3 scanner.py rules               what it knows
    python3 scanner.py baseline PATH...    the fingerprints of today, so that a gate sees only what is new
    python3 scanner.py report FILE         a stored scan (JSON) as Markdown or SARIF
"""

import argparse
import collections
import dataclasses
import datetime
import json
import os
import pathlib
import sys

import adapters
import dependencies
import rules_python
import rules_tokens
import score
from model import SEVERITIES, Finding, ToolError, fingerprints

RULES = {**rules_python.RULES, **rules_tokens.RULES}
LANGUAGES = {".py": rules_python, ".java": rules_tokens, ".js": rules_tokens, ".mjs": rules_tokens, ".cjs": rules_tokens}
SKIPPED = {".git", "node_modules", "__pycache__", ".venv", "venv", "dist", "build", "target"}
LARGEST = 1_000_000


@dataclasses.dataclass
class Result:
    findings: list
    errors: list
    files: int = 0
    suppressed: int = 0
    known: int = 0


# region scan
def files_of(paths):
    for path in map(pathlib.Path, paths):
        if path.is_file():
            yield path, path.name
        elif path.is_dir():
            for folder, names, files in os.walk(path):  # does not follow links to folders
                names[:] = sorted(set(names) - SKIPPED)
                for name in sorted(files):
                    file = pathlib.Path(folder, name)
                    yield file, file.relative_to(path).as_posix()
        else:
            raise ToolError(f"{path}: no such file or folder")


def scan(paths, osv=None, imports=()):
    """Look at everything; what could not be looked at is an error of the result, never a silence."""
    result = Result([], [])
    known = dependencies.advisories(osv) if osv else None
    for path, shown in files_of(paths):
        language = LANGUAGES.get(path.suffix)
        lockfile = dependencies.is_lockfile(path.name)
        if not language and not lockfile:
            continue
        try:
            if path.stat().st_size > LARGEST:
                raise ToolError(f"{shown}: larger than {LARGEST:,} bytes")
            text = path.read_text(encoding="utf-8")
            if language:
                result.findings += language.scan(shown, text)
            elif known is None:
                raise ToolError(f"{shown}: a lockfile, and no advisories to compare it with (--osv FILE)")
            else:
                result.findings += dependencies.scan(shown, text, known)
            result.files += 1
        except (ToolError, OSError, UnicodeDecodeError) as error:
            result.errors.append(str(error) if isinstance(error, ToolError) else f"{shown}: {error}")
    for item in imports:
        tool, _, file = item.partition("=")
        try:
            result.findings += adapters.read(tool, file)
        except ToolError as error:
            result.errors.append(str(error))
    if not result.files and not imports:
        result.errors.append("nothing was looked at")
    result.findings = fingerprints(result.findings)
    return result
# endregion scan


# region suppress
def suppress(result, path, today=None):
    """Leave out what somebody decided to live with: by name, with a reason, until a day."""
    today = today or datetime.date.today()
    entries = load(path, list)
    active = set()
    for entry in entries:
        missing = [k for k in ("fingerprint", "reason", "owner", "expires") if not isinstance(entry, dict) or not entry.get(k)]
        if missing:
            raise ToolError(f"{path}: an entry lacks {', '.join(missing)}")
        try:
            if datetime.date.fromisoformat(entry["expires"]) >= today:
                active.add(entry["fingerprint"])
        except (TypeError, ValueError):
            raise ToolError(f"{path}: expires is a day such as 2026-12-31") from None
    kept = [f for f in result.findings if f.fingerprint not in active]
    result.suppressed, result.findings = len(result.findings) - len(kept), kept
# endregion suppress


def against_baseline(result, path):
    old = set(load(path, list))
    new = [f for f in result.findings if f.fingerprint not in old]
    result.known, result.findings = len(result.findings) - len(new), new


def load(path, kind):
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except (OSError, ValueError) as error:
        raise ToolError(f"{path}: {error}") from None
    if not isinstance(value, kind):
        raise ToolError(f"{path}: a JSON {kind.__name__} is expected")
    return value


# region gate
def exit_status(result, fail_on):
    """A scan that is incomplete never passes, whatever it found."""
    if result.errors:
        return 2
    worst = max((SEVERITIES.index(f.severity) for f in result.findings), default=-1)
    return 1 if worst >= SEVERITIES.index(fail_on) else 0
# endregion gate


def as_json(result):
    return json.dumps(dataclasses.asdict(result), indent=2, ensure_ascii=False)


def as_text(result):
    lines = [f"{f.path}:{f.line}: {f.severity}: {f.title} [{f.rule}{f', CWE-{f.cwe}' if f.cwe else ''}] {f.fix}" for f in result.findings]
    return "\n".join([*lines, *(f"not looked at: {e}" for e in result.errors), summary(result)])


def summary(result):
    count = collections.Counter(f.severity for f in result.findings)
    parts = [f"{count[s]} {s}" for s in reversed(SEVERITIES) if count[s]]
    return (f"{result.files} files, {len(result.findings)} findings{' (' + ', '.join(parts) + ')' if parts else ''}, "
            f"{result.known} known, {result.suppressed} suppressed, {len(result.errors)} not looked at")


def cell(text):
    """Text of a source or of another tool as text of a table, never as markup."""
    for char in "\\`*_{}[]<>|":
        text = text.replace(char, "\\" + char if char not in "<>" else {"<": "&lt;", ">": "&gt;"}[char])
    return " ".join(text.split())


def as_markdown(result):
    lines = [summary(result), "", "| Severity | Where | What | CWE | Fix |", "|---|---|---|---|---|"]
    lines += [f"| {f.severity} | {cell(f.path)}:{f.line} | {cell(f.title)} | {f.cwe or ''} | {cell(f.fix)} |" for f in result.findings]
    return "\n".join(lines + [f"\nNot looked at: {cell(e)}" for e in result.errors])


def as_sarif(result):
    used = {}
    for f in result.findings:
        used.setdefault(f.rule, f)
    rules = [{"id": r, "shortDescription": {"text": f.title}, "help": {"text": f.fix or f.title},
              "properties": {"tags": ["security", *([f"external/cwe/cwe-{f.cwe:03}"] if f.cwe else [])]}} for r, f in sorted(used.items())]
    index = {rule["id"]: i for i, rule in enumerate(rules)}
    level = {"low": "note", "medium": "warning", "high": "error", "critical": "error"}
    results = [{"ruleId": f.rule, "ruleIndex": index[f.rule], "level": level[f.severity], "message": {"text": f"{f.title}. {f.fix}"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": f.path}, "region": {"startLine": f.line}}}],
                "partialFingerprints": {"scanner/v1": f.fingerprint}} for f in result.findings]
    run = {"tool": {"driver": {"name": "handbook-scanner", "version": "1.0.0", "rules": rules}}, "columnKind": "unicodeCodePoints",
           "invocations": [{"executionSuccessful": not result.errors,
                            "toolExecutionNotifications": [{"level": "error", "message": {"text": e}} for e in result.errors]}],
           "results": results}
    return json.dumps({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, indent=2)


FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown, "sarif": as_sarif}


def stored(path):
    data = load(path, dict)
    try:
        result = Result(**{**data, "findings": [Finding(**f) for f in data["findings"]]})
        if any(f.severity not in SEVERITIES for f in result.findings):
            raise TypeError("unknown severity")
        return result
    except (TypeError, KeyError) as error:
        raise ToolError(f"{path}: not a stored scan: {error}") from None


def parse(arguments):
    parser = argparse.ArgumentParser(prog="scanner", description="Find security flaws in Python, Java, JavaScript and lockfiles.",
                                     epilog="Exit status: 0 clean, 1 findings at the threshold or above, 2 something was not looked at.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("scan", "look at files"), ("baseline", "print the fingerprints of today")):
        sub = commands.add_parser(name, help=text, description=text.capitalize())
        sub.add_argument("paths", nargs="*", metavar="PATH")
        sub.add_argument("--osv", metavar="FILE", help="advisories for lockfiles, in the OSV format")
        sub.add_argument("--import", dest="imports", action="append", default=[], metavar="TOOL=FILE",
                         help=f"the output of {', '.join(adapters.ADAPTERS)}")
        if name == "scan":
            sub.add_argument("--format", choices=FORMATS, default="text")
            sub.add_argument("--fail-on", choices=SEVERITIES, default="medium")
            sub.add_argument("--baseline", metavar="FILE", help="report only what is not in it")
            sub.add_argument("--suppress", metavar="FILE", help="JSON: fingerprint, reason, owner, expires")
            sub.add_argument("--score", metavar="PRACTICE", help="compare with the findings of a practice.json")
    commands.add_parser("rules", help="list the rules").add_argument("--format", choices=("text", "json"), default="text")
    sub = commands.add_parser("report", help="a stored scan in another format")
    sub.add_argument("file", metavar="FILE")
    sub.add_argument("--format", choices=FORMATS, default="markdown")
    sub.add_argument("--fail-on", choices=SEVERITIES, default="medium")
    return parser.parse_args(arguments)


def run(options):
    if options.command == "rules":
        if options.format == "json":
            print(json.dumps([{k: getattr(r, k) for k in ("id", "language", "cwe", "severity", "confidence", "title", "fix")} for r in RULES.values()], indent=2))
        else:
            print("\n".join(f"{r.id:22} CWE-{r.cwe:<5} {r.severity:9} {r.title}" for r in RULES.values()))
        return 0
    if options.command == "report":
        result = stored(options.file)
        print(FORMATS[options.format](result))
        return exit_status(result, options.fail_on)
    result = scan(options.paths, options.osv, options.imports)
    if options.command == "baseline":
        for error in result.errors:
            print(f"scanner: {error}", file=sys.stderr)
        print(json.dumps(sorted({f.fingerprint for f in result.findings}), indent=2))
        return 2 if result.errors else 0
    if options.score:
        print(score.table(score.measure(score.from_practice(load(options.score, dict)), result.findings)))
        return 2 if result.errors else 0
    if options.suppress:
        suppress(result, options.suppress)
    if options.baseline:
        against_baseline(result, options.baseline)
    print(FORMATS[options.format](result))
    return exit_status(result, options.fail_on)


def main(arguments=None):
    try:
        return run(parse(arguments))
    except ToolError as error:
        print(f"scanner: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
