"""Findings of the audit in the format of Security Hub CSPM (ASFF), a file for each member account.

The files are their own memory: the next run keeps the day on which a finding was first seen, and archives what is gone.
An account that could not be read keeps its file as it was, since what was not read is not mended.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re

LABELS = {"low": "LOW", "medium": "MEDIUM", "high": "HIGH", "critical": "CRITICAL"}
TYPES = {"role": "AwsIamRole", "user": "AwsIamUser", "group": "AwsIamGroup"}
BY_ANALYZER = ("external-access", "internal-access", "unused-access", "unanalysed")
KEPT = datetime.timedelta(days=30)  # how long an archived finding is written again, in case it was not sent


class NotOurs(Exception):
    """A file in the folder is not what this program writes."""


def stamp(moment):
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def cut(text, length):
    text = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split()) or "(none)"
    return text if len(text) <= length else text[:length - 1] + "…"


# region finding
def identity(finding):
    """The same in every run, as long as the same is said of the same thing: no dates, no order, no severity."""
    text = "\n".join(finding[k] for k in ("account", "kind", "arn", "detail"))
    return f"iam-audit/{finding['account']}/{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def resource(finding, where):
    kind = re.fullmatch(r"arn:[\w-]+:iam::\d{12}:(role|user|group)/.+", finding["arn"])
    root = finding["arn"].endswith(":root")
    known = TYPES[kind[1]] if kind else "AwsAccount" if root else "Other"
    name = f"AWS::::Account:{finding['account']}" if root else finding["arn"] or finding["who"]
    return {"Type": known, "Id": cut(name, 512), "Partition": where["partition"], "Region": where["region"]}


def to_asff(finding, where, place, created, now):
    account = finding["account"]
    return {
        "SchemaVersion": "2018-10-08",
        "Id": identity(finding),
        "ProductArn": f"arn:{where['partition']}:securityhub:{where['region']}:{account}:product/{account}/default",
        "GeneratorId": f"iam-audit/{finding['kind']}",
        "AwsAccountId": account,  # the caller of BatchImportFindings must be this account
        "CreatedAt": created,
        "UpdatedAt": now,
        "Title": cut(f"IAM audit: {finding['kind']} at {finding['who']}", 256),
        "Description": cut(f"{finding['detail']}. Read from policies alone: other policies may forbid it.", 1024),
        "Resources": [resource(finding, where)],
        "FindingProviderFields": {"Severity": {"Label": LABELS[finding["severity"]], "Original": finding["severity"]},
                                  "Types": ["Software and Configuration Checks/AWS Security Best Practices"]},
        "ProductFields": {"iam-audit/unit": cut(place["unit"], 1024), "iam-audit/owner": cut(place["owner"], 1024)},
        "RecordState": "ACTIVE",
    }
# endregion finding


# region account
def per_account(result, earlier, where, now=None):
    """{account: findings} for every account that was read; others are left out, so that their files stay as they are."""
    now = now or datetime.datetime.now(datetime.timezone.utc)
    files = {}
    for account in result["audited"]:
        known = {f["Id"]: f for f in earlier.get(account, [])}
        mine = {identity(f): f for f in result["findings"] if f["account"] == account}
        files[account] = [to_asff(f, where, result["places"][account], known.get(i, {}).get("CreatedAt", stamp(now)), stamp(now)) for i, f in sorted(mine.items())]
        for gone in (f for i, f in sorted(known.items()) if i not in mine):
            if gone["RecordState"] == "ARCHIVED":
                if now - datetime.datetime.fromisoformat(gone["UpdatedAt"].replace("Z", "+00:00")) > KEPT:
                    continue
            elif gone["GeneratorId"].rpartition("/")[2] not in BY_ANALYZER or result["analysed"]:  # nobody asked, so nobody knows
                gone = {**gone, "RecordState": "ARCHIVED", "UpdatedAt": stamp(now)}
            files[account].append(gone)
    return files
# endregion account


def read(folder):
    """{account: findings} of an earlier run."""
    files = {}
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            mine = all(f["AwsAccountId"] == path.stem and f["Id"] and f["RecordState"] and f["CreatedAt"] and f["UpdatedAt"] and f["GeneratorId"] for f in found)
        except (ValueError, KeyError, TypeError):
            mine = False
        if not mine:
            raise NotOurs(f"{path} is not a file of findings for that account")
        files[path.stem] = found
    return files


def write(folder, files):
    """Whole files or none, for their owner alone: it is a list of open doors."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for account, findings in files.items():
        path = pathlib.Path(folder) / f"{account}.json"
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)  # what lies there may be a link to somewhere else
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(findings, file, indent=1)
        os.replace(new, path)
