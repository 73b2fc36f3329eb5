"""Findings of other tools, from the files that they wrote. Nothing is started here.

Each adapter refuses a file that does not look like its tool's: an empty or half-written file must not become
"no findings".
"""

import json
import re

from model import SEVERITIES, Finding, ToolError

LABELS = {"low": "low", "info": "low", "note": "low", "moderate": "medium", "medium": "medium", "warning": "medium",
          "high": "high", "error": "high", "critical": "critical"}


def severity(label):
    try:
        return LABELS[str(label).lower()]
    except KeyError:
        raise ToolError(f"severity `{label}` is not known") from None


def number(texts):
    for text in texts if isinstance(texts, list) else [texts]:
        match = re.search(r"\b(?i:cwe)[-/ ]?0*(\d+)", str(text))
        if match:
            return int(match[1])
    return None


def bandit(data):
    if data["errors"]:
        raise ToolError(f"bandit could not read {data['errors'][0].get('filename')}")
    for r in data["results"]:
        yield Finding(r["test_id"], r["filename"], r["line_number"], r.get("issue_cwe", {}).get("id"), severity(r["issue_severity"]),
                      r["issue_text"], r.get("more_info", ""), "", r["issue_confidence"].lower())


def semgrep(data):
    if [e for e in data["errors"] if e.get("level") == "error"]:
        raise ToolError("semgrep reports errors")
    for r in data["results"]:
        extra = r["extra"]
        yield Finding(r["check_id"], r["path"], r["start"]["line"], number(extra.get("metadata", {}).get("cwe", [])),
                      severity(extra["severity"]), extra["message"], extra.get("fix", ""))


def npm_audit(data):
    if data.get("auditReportVersion") != 2:
        raise ToolError("npm audit: report version 2 is expected")
    for name, entry in data["vulnerabilities"].items():
        for cause in entry["via"]:
            if isinstance(cause, dict):  # a text is the name of another entry
                yield Finding(cause["url"].rsplit("/", 1)[-1], "package-lock.json", 1, number(cause.get("cwe", [])),
                              severity(cause["severity"]), f"{name}: {cause['title']}", f"Outside {cause['range']}")


def osv_scanner(data):
    for result in data["results"]:
        for package in result["packages"]:
            info = package["package"]
            for v in package["vulnerabilities"]:
                label = v.get("database_specific", {}).get("severity", "high")
                yield Finding(v["id"], result["source"]["path"], 1, number(v.get("database_specific", {}).get("cwe_ids", [])),
                              severity(label), f"{info['name']} {info['version']}: {v.get('summary', '')}", "")


def sarif(data):
    if data["version"] != "2.1.0":
        raise ToolError("SARIF 2.1.0 is expected")
    for run in data["runs"]:
        if any(not i.get("executionSuccessful", True) for i in run.get("invocations", [])):
            raise ToolError(f"{run['tool']['driver']['name']} says that it failed")
        rules = {r["id"]: r for r in run["tool"]["driver"].get("rules", [])}
        for r in run.get("results", []):
            if r.get("suppressions"):
                continue
            place = r["locations"][0]["physicalLocation"]
            tags = rules.get(r.get("ruleId"), {}).get("properties", {}).get("tags", [])
            yield Finding(r["ruleId"], place["artifactLocation"]["uri"], place.get("region", {}).get("startLine", 1), number(tags),
                          severity(r.get("level", "warning")), r["message"]["text"], "")


ADAPTERS = {"bandit": bandit, "semgrep": semgrep, "npm-audit": npm_audit, "osv-scanner": osv_scanner, "sarif": sarif}


# region read
def read(tool, path):
    if tool not in ADAPTERS:
        raise ToolError(f"no adapter for `{tool}`; there are {', '.join(ADAPTERS)}")
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        found = list(ADAPTERS[tool](data))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ToolError(f"{tool}: {path} is not its output: {type(error).__name__} {error}") from None
    for finding in found:
        finding.source = tool
        assert finding.severity in SEVERITIES
    return found
# endregion read
