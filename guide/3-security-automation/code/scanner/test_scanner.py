"""The command, the gate, the outputs, dependencies and stored output of other tools."""

import datetime
import json
import pathlib

import pytest

import adapters
import dependencies
import scanner
from model import ToolError

STORED = pathlib.Path(__file__).parent / "stored"
OSV = str(STORED / "advisories.osv.json")
BAD = "import os\nos.system(command)\neval(text)\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text(BAD, encoding="utf-8")
    (tmp_path / "app" / "b.mjs").write_text("element.innerHTML = name;\n", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "c.js").write_text("eval(text);\n", encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    status = scanner.main([str(a) for a in arguments])
    return status, *capsys.readouterr()


def test_status_follows_the_threshold(folder, capsys):
    assert run(capsys, "scan", folder)[0] == 1
    assert run(capsys, "scan", folder, "--fail-on", "critical")[0] == 0
    (folder / "clean").mkdir()
    (folder / "clean" / "a.py").write_text("a = 1\n", encoding="utf-8")
    assert run(capsys, "scan", folder / "clean")[0] == 0


@pytest.mark.parametrize("name, content", [("x.py", b"def (:\n"), ("x.py", b"\xff\xfe"), ("x.py", b"a = 1\0"), ("package-lock.json", b"{"),
                                           ("requirements.txt", b"flask>=2\n")])
def test_what_cannot_be_read_never_passes(folder, capsys, name, content):
    (folder / "app" / "a.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "app" / "b.mjs").unlink()
    (folder / "app" / name).write_bytes(content)
    status, out, _ = run(capsys, "scan", folder, "--osv", OSV, "--fail-on", "critical")
    assert status == 2
    assert "not looked at: app/" + name in out


def test_nothing_to_look_at_never_passes(tmp_path, capsys):
    assert run(capsys, "scan", tmp_path)[0] == 2
    assert run(capsys, "scan", tmp_path / "none")[0] == 2
    assert run(capsys, "scan")[0] == 2


def test_a_lockfile_without_advisories_never_passes(folder, capsys):
    (folder / "requirements.txt").write_text("example-parser==1.2.10\n", encoding="utf-8")
    assert run(capsys, "scan", folder, "--fail-on", "critical")[0] == 2
    assert run(capsys, "scan", folder, "--fail-on", "critical", "--osv", OSV)[0] == 0


def test_fingerprints_survive_new_lines_above_and_tell_repetitions_apart(folder):
    first = {f.fingerprint for f in scanner.scan([folder]).findings}
    (folder / "app" / "a.py").write_text("# a comment\n\n" + BAD, encoding="utf-8")
    assert {f.fingerprint for f in scanner.scan([folder]).findings} == first
    (folder / "app" / "a.py").write_text(BAD + "eval(text)\n", encoding="utf-8")
    second = {f.fingerprint for f in scanner.scan([folder]).findings}
    assert len(second) == len(first) + 1 and first < second


def test_the_same_input_gives_the_same_bytes(folder, capsys):
    for form in scanner.FORMATS:
        assert run(capsys, "scan", folder, "--format", form) == run(capsys, "scan", folder, "--format", form)


def test_a_baseline_leaves_only_what_is_new(folder, capsys):
    status, out, _ = run(capsys, "baseline", folder)
    assert status == 0
    (folder / "base.json").write_text(out, encoding="utf-8")
    assert run(capsys, "scan", folder, "--baseline", folder / "base.json")[0] == 0
    (folder / "app" / "b.mjs").write_text("element.innerHTML = name;\neval(text);\n", encoding="utf-8")
    status, out, _ = run(capsys, "scan", folder, "--baseline", folder / "base.json")
    assert status == 1 and "js-eval" in out and "js-html" not in out and "3 known" in out


def test_a_suppression_needs_reason_owner_and_day_and_ends(folder):
    entry = {"fingerprint": scanner.scan([folder]).findings[0].fingerprint, "reason": "behind the sign-in", "owner": "A. Owner", "expires": "2026-12-31"}
    file = folder / "s.json"
    file.write_text(json.dumps([entry]), encoding="utf-8")
    for day, count in ((datetime.date(2026, 12, 31), 1), (datetime.date(2027, 1, 1), 0)):
        result = scanner.scan([folder])
        scanner.suppress(result, file, day)
        assert result.suppressed == count and len(result.findings) == 3 - count
    for key in entry:
        file.write_text(json.dumps([{**entry, key: ""}]), encoding="utf-8")
        with pytest.raises(ToolError, match=key):
            scanner.suppress(scanner.scan([folder]), file)


def test_sarif_has_what_the_standard_requires(folder, capsys):
    (folder / "app" / "x.py").write_text("def (:\n", encoding="utf-8")
    data = json.loads(run(capsys, "scan", folder, "--format", "sarif")[1])
    assert data["version"] == "2.1.0"
    (one,) = data["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert one["tool"]["driver"]["name"] and len({r["id"] for r in rules}) == len(rules)
    assert one["invocations"][0]["executionSuccessful"] is False
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"] and result["level"] in ("note", "warning", "error")
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1 and not place["artifactLocation"]["uri"].startswith("/")
    assert {"external/cwe/cwe-078"} <= {t for r in rules for t in r["properties"]["tags"]}
    with pytest.raises(ToolError, match="failed"):
        list(adapters.sarif(data))


def test_our_sarif_is_read_back(folder, capsys, tmp_path):
    file = tmp_path / "out.sarif"
    file.write_text(run(capsys, "scan", folder, "--format", "sarif")[1], encoding="utf-8")
    assert sorted((f.rule, f.line, f.cwe) for f in adapters.read("sarif", file)) == sorted((f.rule, f.line, f.cwe) for f in scanner.scan([folder]).findings)


def test_a_stored_scan_is_reported_again(folder, capsys):
    file = folder / "scan.json"
    file.write_text(run(capsys, "scan", folder, "--format", "json")[1], encoding="utf-8")
    status, out, _ = run(capsys, "report", file)
    assert status == 1 and out.startswith("2 files, 3 findings (3 high)")
    file.write_text('{"findings": [], "errors": ["x"], "files": 1}', encoding="utf-8")
    assert run(capsys, "report", file)[0] == 2
    file.write_text("{}", encoding="utf-8")
    assert run(capsys, "report", file)[0] == 2


def test_a_name_cannot_become_markup_in_the_report():
    assert scanner.cell("a|b <img src=x> `c` [d](e)\n# f") == "a\\|b &lt;img src=x&gt; \\`c\\` \\[d\\](e) # f"


def test_versions_are_compared_as_numbers():
    order = ["1.2", "1.2.9", "1.2.10rc1", "1.2.10", "1.10", "2.0b2", "2.0"]
    assert sorted(order, key=dependencies.version) == order
    assert dependencies.version("1.0") == dependencies.version("1.0.0")
    with pytest.raises(ToolError):
        dependencies.version("latest")


@pytest.mark.parametrize("installed, found", [("1.2.0", 1), ("1.2.9", 1), ("1.2.10", 0), ("2.0", 1), ("2.0.2", 1), ("2.0.3", 0)])
def test_a_python_package_in_an_affected_range(installed, found):
    known = dependencies.advisories(OSV)
    assert len(list(dependencies.scan("requirements.txt", f"example.parser=={installed} --hash=sha256:00\n", known))) == found


def test_an_npm_package_deep_in_the_tree():
    lock = {"packages": {"": {}, "node_modules/a/node_modules/@example/merge": {"version": "2.0.0"}, "node_modules/@example/merge": {"version": "2.0.1"}}}
    found = list(dependencies.scan("package-lock.json", json.dumps(lock), dependencies.advisories(OSV)))
    assert [(f.rule, f.severity) for f in found] == [("EXAMPLE-2026-2", "medium")]


@pytest.mark.parametrize("tool, expected", [("bandit", ("B301", 502, "medium", 12)), ("semgrep", ("python.sql.concat", 89, "high", 30)),
                                            ("npm-audit", ("GHSA-0000-0000-0001", 1321, "medium", 1)), ("osv-scanner", ("EXAMPLE-2026-1", 22, "high", 1))])
def test_reads_the_stored_output_of_other_tools(tool, expected, tmp_path, capsys):
    file = STORED / f"{tool}.json"
    (found,) = adapters.read(tool, file)
    assert (found.rule, found.cwe, found.severity, found.line) == expected and found.source == tool
    broken = tmp_path / "broken.json"
    for text in ("", "{", "{}", "[]", "null", file.read_text(encoding="utf-8")[:-5]):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(ToolError):
            adapters.read(tool, broken)
        assert run(capsys, "scan", "--import", f"{tool}={broken}")[0] == 2
    assert run(capsys, "scan", "--import", f"{tool}={tmp_path / 'none.json'}")[0] == 2


def test_help_and_rules(capsys):
    for command in ([], ["scan"], ["rules"], ["baseline"], ["report"]):
        with pytest.raises(SystemExit) as stopped:
            scanner.main([*command, "--help"])
        assert stopped.value.code == 0
    capsys.readouterr()
    status, out, _ = run(capsys, "rules", "--format", "json")
    assert status == 0 and len(json.loads(out)) == len(scanner.RULES) == 105
