"""Sends a stored scan to AWS Security Hub CSPM, in its finding format (ASFF). Without --send it only shows what it would do.

    python3 send_findings.py scan.json --repository shop --state state.json [--send]

Exit status: 0 all accepted (or shown), 1 some findings were not accepted, 2 nothing could be sent.
"""

import argparse
import datetime
import json
import os
import random
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BATCH, LARGEST, TITLE, DESCRIPTION = 100, 240_000, 256, 1024
LABELS = {"info": "INFORMATIONAL", "low": "LOW", "medium": "MEDIUM", "high": "HIGH", "critical": "CRITICAL"}


class CannotSend(Exception):
    """Nothing was sent."""


def cut(text, length):
    text = " ".join(str(text).split()) or "(none)"
    return text if len(text) <= length else text[:length - 1] + "…"


# region finding
def to_asff(finding, where, created, now):
    """One finding of the scanner as ASFF. What people edit in Security Hub (note, workflow) is not ours to send."""
    account, region, partition, repository = where["account"], where["region"], where["partition"], where["repository"]
    return {
        "SchemaVersion": "2018-10-08",
        "Id": f"handbook-scanner/{repository}/{finding['fingerprint']}",  # the same in every run
        "ProductArn": f"arn:{partition}:securityhub:{region}:{account}:product/{account}/default",
        "GeneratorId": f"handbook-scanner/{finding['rule']}",
        "AwsAccountId": account,
        "CreatedAt": created,
        "UpdatedAt": now,
        "Title": cut(finding["title"], TITLE),
        "Description": cut(f"{finding['title']} in {finding['path']}, line {finding['line']}. {finding['fix']}", DESCRIPTION),
        "Resources": [{
            "Type": "Other", "Id": cut(f"{repository}/{finding['path']}", 512), "Partition": partition, "Region": region,
            "Details": {"Other": {"line": str(finding["line"]), "cwe": str(finding.get("cwe") or "unknown")}}}],
        "FindingProviderFields": {
            "Severity": {"Label": LABELS[finding["severity"]], "Original": finding["severity"]},
            "Types": ["Software and Configuration Checks/Vulnerabilities"]},
        "RecordState": "ACTIVE",
    }
# endregion finding


# region plan
def plan(scan, state, where, now):
    """What to send: all that is there, and as archived what was there before and is gone."""
    if scan.get("errors") or not scan.get("files"):
        raise CannotSend("the scan is incomplete: what it does not list is not fixed")
    findings = {}
    for finding in scan["findings"]:
        known = state.get(finding["fingerprint"], {})
        findings[finding["fingerprint"]] = to_asff(finding, where, known.get("CreatedAt", now), now)
    for fingerprint, known in state.items():
        if fingerprint not in findings:
            findings[fingerprint] = {**known, "UpdatedAt": now, "RecordState": "ARCHIVED"}
    for fingerprint, finding in findings.items():
        if finding["AwsAccountId"] != where["account"]:
            raise CannotSend(f"a finding belongs to account {finding['AwsAccountId']}, and the caller is {where['account']}")
        if len(json.dumps(finding).encode()) > LARGEST:
            raise CannotSend(f"finding {fingerprint[:12]} is larger than {LARGEST:,} bytes")
    return findings
# endregion plan


# region send
def send(client, findings, tries=4, sleep=time.sleep, jitter=random.random):
    """In batches; asks again for those that were refused; returns the Ids that never were accepted, with the reason."""
    failed = {}
    every = list(findings)
    for start in range(0, len(every), BATCH):
        batch = every[start:start + BATCH]
        for attempt in range(tries):
            try:
                answer = client.batch_import_findings(Findings=batch)
                refused = {f["Id"]: f"{f['ErrorCode']}: {f['ErrorMessage']}" for f in answer.get("FailedFindings", [])}
                if answer["FailedCount"] != len(refused):
                    refused = {f["Id"]: "the answer does not say which failed" for f in batch}
            except (ClientError, BotoCoreError) as error:
                refused = {f["Id"]: f"{type(error).__name__}: {error}" for f in batch}
            batch = [f for f in batch if f["Id"] in refused]
            if not batch:
                break
            if attempt < tries - 1:
                sleep(2 ** attempt * (0.5 + jitter()))
        failed.update({f["Id"]: refused[f["Id"]] for f in batch})
    return failed
# endregion send


# region state
def next_state(state, findings, failed):
    """What was accepted is remembered; what was refused stays as it was, so that the next run tries it again."""
    after = dict(state)
    for fingerprint, finding in findings.items():
        if finding["Id"] in failed:
            continue
        if finding["RecordState"] == "ARCHIVED":
            after.pop(fingerprint, None)
        else:
            after[fingerprint] = finding
    return after
# endregion state


def load(path, missing=None):
    try:
        with open(path, encoding="utf-8") as file:
            value = json.load(file)
    except FileNotFoundError:
        if missing is None:
            raise CannotSend(f"{path}: no such file") from None
        return missing
    except (OSError, ValueError) as error:
        raise CannotSend(f"{path}: {error}") from None
    if not isinstance(value, dict):
        raise CannotSend(f"{path}: a JSON object is expected")
    return value


def save(path, value):
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
    os.replace(f"{path}.new", path)


def run(options, session):
    me = session.client("sts").get_caller_identity()
    where = {"account": me["Account"], "partition": me["Arn"].split(":")[1], "region": options.region, "repository": options.repository}
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    state = load(options.state, {})
    try:
        findings = plan(load(options.scan), state, where, now)
    except (KeyError, TypeError, AttributeError) as error:
        raise CannotSend(f"not a stored scan or state: {type(error).__name__} {error}") from None
    archived = sum(f["RecordState"] == "ARCHIVED" for f in findings.values())
    print(f"{len(findings) - archived} active and {archived} archived findings for account {where['account']}")
    if not options.send:
        print("nothing was sent; --send sends")
        return 0
    client = session.client("securityhub", config=Config(retries={"mode": "standard", "max_attempts": 5}))
    failed = send(client, findings.values())
    save(options.state, next_state(state, findings, failed))
    for name, why in failed.items():
        print(f"not accepted: {name}: {why}", file=sys.stderr)
    return 1 if failed else 0


def main(arguments=None, session=None):
    parser = argparse.ArgumentParser(description="Send a stored scan to Security Hub CSPM. Without --send, show what would be sent.",
                                     epilog="Exit status: 0 all accepted or shown, 1 some were not accepted, 2 nothing could be sent.")
    parser.add_argument("scan", help="the scanner's JSON")
    parser.add_argument("--repository", required=True, help="a name that is part of every Id")
    parser.add_argument("--state", required=True, help="what was sent before; made if it is not there")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--send", action="store_true", help="really send")
    options = parser.parse_args(arguments)
    try:
        return run(options, session or boto3.Session(region_name=options.region))
    except (CannotSend, ClientError, BotoCoreError, OSError) as error:
        print(f"send_findings: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
