"""What a finding is, in one place for all rules, adapters and outputs."""

import dataclasses
import hashlib
import re

SEVERITIES = ("low", "medium", "high", "critical")


class ToolError(Exception):
    """Something could not be looked at. Never a clean result: exit status 2."""


@dataclasses.dataclass
class Rule:
    id: str
    language: str
    cwe: int
    severity: str
    title: str
    fix: str
    confidence: str = "medium"


@dataclasses.dataclass
class Finding:
    rule: str
    path: str
    line: int
    cwe: int | None
    severity: str
    title: str
    fix: str
    code: str = ""
    confidence: str = "medium"
    source: str = "scanner"
    fingerprint: str = ""


# region fingerprint
def fingerprints(findings):
    """Give each finding an identity that survives new lines above it, but not a change of the line itself."""
    seen = {}
    for finding in sorted(findings, key=lambda f: (f.path, f.line, f.rule, f.source, f.title)):
        code = re.sub(r"\s+", " ", finding.code).strip() or finding.title
        key = (finding.source, finding.rule, finding.path, code)
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(seen[key])))
        finding.fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return sorted(findings, key=lambda f: (-SEVERITIES.index(f.severity), f.path, f.line, f.rule))
# endregion fingerprint


SECRET_NAME = r"(?:secret|passw(?:or)?d|passphrase|api_?key|private_?key|signing_?key|hmac_?key|access_?key|auth_?token|pepper)"


def redact(code):
    """The line without what stands in quotes: a report travels further than the source."""
    return re.sub(r"""(["'`])(?:\\.|(?!\1).)+\1""", r"\1…\1", code)
