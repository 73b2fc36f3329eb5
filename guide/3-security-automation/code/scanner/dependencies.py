"""Versions of a lockfile against a local file of advisories in the OSV format. No network."""

import json
import re

from model import Finding, ToolError

LABELS = {"LOW": "low", "MODERATE": "medium", "MEDIUM": "medium", "HIGH": "high", "CRITICAL": "critical"}


def is_lockfile(name):
    return name in ("package-lock.json", "requirements.txt") or re.fullmatch(r"requirements[\w.-]*\.(?:txt|lock)", name) is not None


def packages(path, text):
    """(ecosystem, name, version, line) of each package; a line that is not pinned is an error, not a silence."""
    if path.endswith("package-lock.json"):
        try:
            entries = json.loads(text)["packages"]
        except (ValueError, KeyError, TypeError):
            raise ToolError(f"{path}: not a package-lock.json of version 2 or 3") from None
        for key, entry in entries.items():
            if key and not entry.get("link"):
                yield "npm", key.rsplit("node_modules/", 1)[-1], str(entry.get("version", "")), 1
        return
    for number, line in enumerate(text.splitlines(), 1):
        line = re.split(r"\s+#|\s*;|\s+--hash|\s*\\$", line)[0].strip()
        if not line or line.startswith(("#", "--hash")):
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*==\s*([\w.!+]+)", line)
        if not match:
            raise ToolError(f"{path}:{number}: `{line[:40]}` has no fixed version, so it cannot be compared")
        yield "PyPI", re.sub(r"[-_.]+", "-", match[1]).lower(), match[2], number


# region versions
def version(text):
    """Numbers compared as numbers; a release candidate before its release. Anything else is an error."""
    match = re.fullmatch(r"v?(\d+(?:\.\d+)*)(?:[-.]?(a|b|c|rc|alpha|beta|dev|pre)[.-]?(\d*)[\w.]*)?(?:\.?post\d+)?(?:\+[\w.-]+)?", text)
    if not match:
        raise ToolError(f"version `{text[:40]}` cannot be ordered")
    numbers = [int(n) for n in match[1].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return numbers, match[2] is None, match[2] or "", int(match[3] or 0)


def affected(entry, installed):
    if installed in entry.get("versions", []):
        return True
    for span in entry.get("ranges", []):
        if span.get("type") not in ("ECOSYSTEM", "SEMVER"):
            continue
        inside = False
        for event in span.get("events", []):
            if "introduced" in event:
                inside |= event["introduced"] == "0" or version(installed) >= version(event["introduced"])
            elif "fixed" in event and version(installed) >= version(event["fixed"]):
                inside = False
            elif "last_affected" in event and version(installed) > version(event["last_affected"]):
                inside = False
        if inside:
            return True
    return False
# endregion versions


def advisories(path):
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        known = data if isinstance(data, list) else data.get("vulns") or [data]
        return [a for a in known if not a.get("withdrawn") and a["id"] and a["affected"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ToolError(f"{path}: not a file of OSV advisories: {error}") from None


def scan(path, text, known):
    for ecosystem, name, installed, line in packages(path, text):
        for advisory in known:
            for entry in advisory["affected"]:
                package = entry.get("package", {})
                wanted = re.sub(r"[-_.]+", "-", package.get("name", "")).lower() if ecosystem == "PyPI" else package.get("name")
                if package.get("ecosystem") == ecosystem and wanted == name and affected(entry, installed):
                    label = str(advisory.get("database_specific", {}).get("severity", "")).upper()
                    fixed = [e["fixed"] for r in entry.get("ranges", []) for e in r.get("events", []) if "fixed" in e]
                    fix = f"Update to {fixed[-1]} or later." if fixed else "No fixed version is listed."
                    yield Finding(advisory["id"], path, line, 1395, LABELS.get(label, "high"),
                                  f"{name} {installed}: {advisory.get('summary', 'known vulnerability')}", fix, f"{name}=={installed}", "high")
                    break
