"""Audits IAM in all accounts of an organisation, and says which accounts it could not read.

    python3 audit.py --role SecurityAudit --checkpoint run.jsonl --analyzer-regions eu-west-1 --asff findings

It only reads in AWS. Exit status: 0 nothing at the threshold, 1 findings, 2 the audit could not start, 3 too few accounts
or not all Regions could be read (which comes before 1: a report that is not complete is not a result).
"""

import argparse
import collections
import concurrent.futures
import csv
import datetime
import io
import json
import os
import re
import stat
import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import asff
from policy import PolicyError, identity_findings, statements, trust_findings

SEVERITIES = ("low", "medium", "high", "critical")
CONFIG = Config(retries={"mode": "adaptive", "max_attempts": 6}, connect_timeout=5, read_timeout=30)


class CannotAudit(Exception):
    """The audit cannot start or go on as a whole."""


# region connect
class Aws:
    """Everything that talks to AWS. Tests and the simulation put something else in its place."""

    def __init__(self, role, session=None, region="eu-west-1", config=CONFIG):
        self.role, self.region, self.config = role, region, config
        self.session = session or boto3.Session(region_name=region)
        self.lock, self.made, self.names = threading.Lock(), {}, {}
        self.sts = self.client("sts")
        me = self.sts.get_caller_identity()
        self.own, self.partition = me["Account"], me["Arn"].split(":")[1]

    def client(self, service, region=None, **credentials):
        with self.lock:  # clients may be shared between threads, a session may not
            if not credentials and (service, region) in self.made:
                return self.made[service, region]
            client = self.session.client(service, region_name=region or self.region, config=self.config, **credentials)
            if not credentials:
                self.made[service, region] = client
            return client

    def organisation(self):
        return self.client("organizations").describe_organization()["Organization"]

    def accounts(self):
        for page in self.client("organizations").get_paginator("list_accounts").paginate():
            yield from page["Accounts"]

    def iam(self, account):
        """A client for IAM in one account, by a role there that may only read."""
        if account == self.own:
            return self.client("iam")
        given = self.sts.assume_role(
            RoleArn=f"arn:{self.partition}:iam::{account}:role/{self.role}",
            RoleSessionName="iam-audit", SourceIdentity="iam-audit", DurationSeconds=900)["Credentials"]
        return self.client("iam", aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"],
                           aws_session_token=given["SessionToken"])
    # endregion connect

    # region place
    def unit(self, account):
        """The organisational unit of an account, by names: `Workloads/Shops`, or `/` for one right below the root."""
        client = self.client("organizations")
        path = next(iter(account.get("Paths") or []), "")
        ids = [part for part in path.split("/") if part.startswith("ou-")]
        child = account["Id"]
        while not path:  # the answer had no path: ask upwards
            parent = client.list_parents(ChildId=child)["Parents"][0]
            if parent["Type"] == "ROOT":
                break
            child = parent["Id"]
            ids.insert(0, child)
        for one in ids:
            if one not in self.names:
                self.names[one] = client.describe_organizational_unit(OrganizationalUnitId=one)["OrganizationalUnit"]["Name"]
        return "/".join(self.names[one] for one in ids) or "/"

    def owner(self, account, tag):
        """Who gets the rows of an account: its tag, or nobody."""
        for page in self.client("organizations").get_paginator("list_tags_for_resource").paginate(ResourceId=account["Id"]):
            for one in page["Tags"]:
                if one["Key"] == tag:
                    return one["Value"]
        return "nobody"
    # endregion place


def state(account):
    """`State` replaces `Status`, which AWS announced to retire on 9 September 2026."""
    return account.get("State") or account.get("Status") or "ACTIVE"  # nothing said: it is tried, and then it is audited or failed


def unread(document):
    """Why a document cannot be read, or nothing."""
    try:
        statements(document)
    except PolicyError as error:
        return str(error)


# region account
def audit_account(iam, account, organisation, today, sleep=None):
    """All findings of one account. Any error ends this account, and is the caller's to keep."""
    found, managed = [], {}
    details = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
    for page in iam.get_paginator("get_account_authorization_details").paginate():
        for key in details:
            details[key] += page.get(key, [])
    for p in details["Policies"]:
        managed[p["Arn"]] = next((v["Document"] for v in p["PolicyVersionList"] if v["IsDefaultVersion"]), None)

    def add(kind, severity, who, arn, detail):
        found.append({"account": account, "kind": kind, "severity": severity, "who": who, "arn": arn, "detail": detail})

    def keep(who, arn, what, check, *given):
        """What a check says; a document that it cannot read is a finding too, and hides no other."""
        try:
            for kind, severity, detail in check(*given):
                add(kind, severity, who, arn, detail)
        except PolicyError as error:
            add("unreadable", "high", who, arn, f"{what} could not be read: {error}")

    for kind, key, inline in (("user", "UserDetailList", "UserPolicyList"), ("group", "GroupDetailList", "GroupPolicyList"), ("role", "RoleDetailList", "RolePolicyList")):
        for one in details[key]:
            who, arn = f"{kind}/{one[kind.capitalize() + 'Name']}", one["Arn"]
            named = [(p["PolicyName"], p["PolicyDocument"]) for p in one.get(inline, [])]
            named += [(p["PolicyArn"], managed.get(p["PolicyArn"])) for p in one.get("AttachedManagedPolicies", [])]
            for name, document in named:
                if why := unread(document):
                    add("unreadable", "high", who, arn, f"{name} could not be read: {why}")
            keep(who, arn, "its policies", identity_findings, [document for _, document in named if not unread(document)])
            if kind == "role":
                keep(who, arn, "its trust policy", trust_findings, one["AssumeRolePolicyDocument"], account, organisation)
    for row in credential_report(iam, sleep):
        for kind, severity, detail in credential_findings(row, today):
            add(kind, severity, f"user/{row['user']}", row["arn"], detail)
    return found
# endregion account


# region credentials
def credential_report(iam, sleep=None, tries=30):
    """The report is made on demand; asking again is free until it is ready."""
    wait = sleep or threading.Event().wait
    for _ in range(tries):
        if iam.generate_credential_report()["State"] == "COMPLETE":
            text = iam.get_credential_report()["Content"].decode("utf-8")
            table = csv.DictReader(io.StringIO(text))
            if not {"user", "arn", "password_enabled", "mfa_active", "access_key_1_active", "access_key_2_active"} <= set(table.fieldnames or ()):
                raise PolicyError("the credential report has not the columns that it should have")
            return list(table)
        wait(2)
    raise PolicyError("the credential report was not ready in time")


def credential_findings(row, today, oldest=90):
    root = row["user"] == "<root_account>"
    if not root and row["password_enabled"].lower() == "true" and row["mfa_active"].lower() != "true":
        yield "no-mfa", "high", "a console password without MFA"
    for number in ("1", "2"):
        if row[f"access_key_{number}_active"].lower() != "true":
            continue
        if root:
            yield "root-key", "critical", "the root user has an access key"
            continue
        try:
            made = datetime.datetime.fromisoformat(row[f"access_key_{number}_last_rotated"].replace("Z", "+00:00"))
        except ValueError:
            raise PolicyError("an active key without its age") from None
        if row[f"access_key_{number}_last_used_date"] in ("N/A", "no_information"):
            yield "unused-key", "medium", f"access key {number}, made on {made.date()}, was never used"
        elif (today - made).days > oldest:
            yield "old-key", "medium", f"access key {number}, made on {made.date()}, is older than {oldest} days"
# endregion credentials


# region analyzer
ANALYZER = {"ExternalAccess": ("external-access", "high"), "InternalAccess": ("internal-access", "medium")}  # the rest is unused access


def analyzer_findings(client, region):
    """What IAM Access Analyzer has found in one Region, for all accounts that its analyzers here look at; and what is not looked at."""
    found, gaps = [], []
    analyzers = [a for page in client.get_paginator("list_analyzers").paginate() for a in page["analyzers"]]
    gaps += [f"{region}: analyzer {a['name']} is {a['status']}" for a in analyzers if a["status"] != "ACTIVE"]
    if not any(a["type"] == "ORGANIZATION" and a["status"] == "ACTIVE" for a in analyzers):
        gaps.append(f"{region}: nothing looks for external access in the whole organisation")
    for analyzer in analyzers:
        if analyzer["status"] != "ACTIVE":
            continue
        for page in client.get_paginator("list_findings_v2").paginate(analyzerArn=analyzer["arn"], filter={"status": {"eq": ["ACTIVE"]}}):
            for f in page["findings"]:
                kind, severity = ANALYZER.get(f.get("findingType"), ("unused-access", "low"))
                if f.get("error"):
                    kind, severity = "unanalysed", "medium"
                found.append({"account": f["resourceOwnerAccount"], "kind": kind, "severity": severity, "who": f["resourceType"], "arn": f.get("resource", ""),
                              "detail": f"{f.get('findingType')}, says Access Analyzer in {region}" + (f", which could not read it: {f['error']}" if f.get("error") else "")})
    return found, gaps


def ask_analyzers(aws, regions):
    """All Regions. A role is known in each of them, so its finding is kept once; a Region that does not answer makes the report incomplete."""
    found, gaps, broken = {}, [], []
    for region in sorted(regions):
        try:
            more, missing = analyzer_findings(aws.client("accessanalyzer", region), region)
        except Exception as error:
            broken.append(f"Access Analyzer in {region}: {reason(error)}")
            continue
        gaps += missing
        for f in more:
            found.setdefault((f["account"], f["arn"], f["kind"], f["detail"].split(",")[0]), f)
    return list(found.values()), gaps, broken
# endregion analyzer


# region checkpoint
class Checkpoint:
    """One line for each finished account, so that a run that was stopped goes on where it was. What is not ours is refused as it is."""

    OLDEST = datetime.timedelta(hours=24)  # what was read before is not today's audit

    def __init__(self, path, organisation, now):
        self.file, self.done = None, {}
        if not path:
            return
        self.file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b")
        try:
            about = os.fstat(self.file.fileno())
            if about.st_uid != os.geteuid() or about.st_mode & 0o077 or not stat.S_ISREG(about.st_mode):
                raise CannotAudit(f"{path} must belong to you alone (mode 600)")
            *lines, half = self.file.read().split(b"\n")  # half a line: the machine stopped while it was written
            if not lines and not half.startswith(b'{"organisation": '[:len(half)]):
                raise CannotAudit(f"{path} is not a checkpoint")
            for number, line in enumerate(lines):
                self.take(path, number, line, organisation, now)
        except CannotAudit:
            self.file.close()
            raise
        self.file.seek(-len(half), os.SEEK_END)
        self.file.truncate()
        if not lines:
            self.write({"organisation": organisation, "format": 3, "started": now.isoformat()})

    def take(self, path, number, line, organisation, now):
        try:
            entry = json.loads(line)
            if number == 0:
                known = (entry["organisation"], entry["format"]) == (organisation, 3)
                if known and not abs(now - datetime.datetime.fromisoformat(entry["started"])) <= self.OLDEST:
                    raise CannotAudit(f"{path} was begun at {entry['started']}: begin a new one")
            else:
                account, findings = entry["account"], entry["findings"]
                known = isinstance(findings, list) and account not in self.done and all(genuine(f, account) for f in findings)
                self.done[account] = findings
        except (ValueError, KeyError, TypeError, RecursionError):
            known = False
        if not known:
            raise CannotAudit(f"{path} " + (f"has a line {number + 1} that is not ours" if number else "belongs to another organisation or version"))

    def write(self, entry):
        if self.file:
            self.file.write(json.dumps(entry).encode() + b"\n")
            self.file.flush()

    def finish(self, account, findings):
        self.write({"account": account, "findings": findings})
        self.done[account] = findings
# endregion checkpoint


def genuine(finding, account):
    texts = ("account", "kind", "severity", "who", "arn", "detail")
    return set(finding) == set(texts) and all(isinstance(finding[k], str) for k in texts) and finding["account"] == account and finding["severity"] in SEVERITIES


# region run
def audit(aws, checkpoint_path=None, workers=16, today=None, sleep=None, regions=(), tag="owner"):
    """Audits every active account; what cannot be read is kept with its reason."""
    today = today or datetime.datetime.now(datetime.timezone.utc)
    try:
        about = aws.organisation()
        accounts = {a["Id"]: a for a in aws.accounts()}
    except (ClientError, BotoCoreError) as error:
        raise CannotAudit(f"the accounts cannot be listed: {reason(error)}") from None
    ids, active = set(accounts), sorted(i for i in accounts if state(accounts[i]) == "ACTIVE")
    checkpoint = Checkpoint(checkpoint_path, about["Id"], today)
    resumed = len(checkpoint.done.keys() & ids)
    todo = [i for i in active if i not in checkpoint.done]
    failed = {}

    def one(account):
        return audit_account(aws.iam(account), account, ids, today, sleep)

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        waiting, left = {}, iter(todo)
        while True:
            while len(waiting) < 2 * workers and (account := next(left, None)):  # never more than this in memory
                waiting[pool.submit(one, account)] = account
            if not waiting:
                break
            for future in concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED).done:
                account = waiting.pop(future)
                try:
                    checkpoint.finish(account, future.result())
                except Exception as error:  # one account never ends the run, and never disappears
                    failed[account] = reason(error)
    if checkpoint.file:
        checkpoint.file.close()
    found = {i: checkpoint.done[i] for i in active if i in checkpoint.done}
    return {**assemble(aws, about, accounts, found, failed, regions, tag), "resumed": resumed}
# endregion run


# region assemble
def assemble(aws, about, accounts, found, failed, regions, tag):
    """The result of a run, from what each account gave, wherever it was audited."""
    skipped = {i: state(a) for i, a in sorted(accounts.items()) if state(a) != "ACTIVE"}
    more, gaps, broken = ask_analyzers(aws, regions)
    findings = [f for one in found.values() for f in one] + more
    findings.sort(key=lambda f: (-SEVERITIES.index(f["severity"]), f["account"], f["kind"], f["who"], f["detail"], f["arn"]))
    asked = sorted({f["account"] for f in findings} | failed.keys())  # nobody is asked about accounts without rows
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        places = dict(zip(asked, pool.map(lambda i: place(aws, accounts.get(i, {"Id": i}), tag), asked)))
    return {"organisation": about["Id"], "management": about.get("MasterAccountId"), "accounts": len(accounts), "audited": sorted(found),
            "skipped": skipped, "failed": dict(sorted(failed.items())), "gaps": gaps, "broken": broken, "analysed": bool(regions) and not gaps and not broken,
            "places": places, "findings": findings}


def place(aws, account, tag):
    """Where an account hangs, and who owns it. An answer that is missing is said, and costs no finding."""
    known = {}
    for what, ask in (("unit", lambda: aws.unit(account)), ("owner", lambda: aws.owner(account, tag))):
        try:
            known[what] = ask()
        except Exception as error:
            known[what] = f"unknown: {reason(error)}"
    return known
# endregion assemble


def reason(error):
    if isinstance(error, ClientError):
        return f"{error.response['Error'].get('Code')} in {error.operation_name}"
    return f"{type(error).__name__}: {str(error)[:120]}"


def coverage(result):
    wanted = result["accounts"] - len(result["skipped"])
    return len(result["audited"]) / wanted if wanted else 0.0


def exit_status(result, fail_on, least):
    if coverage(result) < least or result["broken"]:
        return 3
    worst = max((SEVERITIES.index(f["severity"]) for f in result["findings"]), default=-1)
    return 1 if worst >= SEVERITIES.index(fail_on) else 0


# region output
def printable(text):
    return "".join(c if c.isprintable() else "?" for c in str(text))


def plain(text):
    """Names come from other accounts: no line breaks, no control characters, no markup."""
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", printable(text).replace("&", "&amp;").replace("<", "&lt;"))


def as_csv(result):
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["unit", "owner", "account", "severity", "kind", "who", "detail", "arn"])
    for f in result["findings"]:
        where = result["places"][f["account"]]
        # a spreadsheet runs a cell that starts like a formula, and a role may be named `=cmd`
        rows.writerow([("'" + v if v.startswith(tuple("=+-@＝＋－＠")) else v) for v in map(printable, (where["unit"], where["owner"], *(f[k] for k in ("account", "severity", "kind", "who", "detail", "arn"))))])
    return out.getvalue()
# endregion output


# region grouped
def grouped(result):
    """[(unit, owner, findings)]: whoever has the worst comes first. `findings` are sorted already."""
    groups = collections.defaultdict(list)
    for f in result["findings"]:
        where = result["places"][f["account"]]
        groups[where["unit"], where["owner"]].append(f)
    worst = {unit: max(SEVERITIES.index(f["severity"]) for (u, _), rows in groups.items() if u == unit for f in rows) for unit, _ in groups}
    return sorted(((u, o, rows) for (u, o), rows in groups.items()), key=lambda g: (-worst[g[0]], g[0], -SEVERITIES.index(g[2][0]["severity"]), g[1]))
# endregion grouped


def as_markdown(result):
    lines = [f"{len(result['audited'])} of {result['accounts']} accounts audited ({result.get('resumed', 0)} from before), "
             f"{len(result['skipped'])} skipped, {len(result['failed'])} failed, {len(result['findings'])} findings", ""]
    lines += [f"- Could not be asked: {plain(text)}" for text in result["broken"]] + [f"- Not covered: {plain(text)}" for text in result["gaps"]]
    if result["skipped"]:
        lines.append("- Skipped: " + ", ".join(f"{a} ({plain(why)})" for a, why in result["skipped"].items()))
    if not (result["analysed"] or result["broken"] or result["gaps"]):
        lines.append("- Not asked: IAM Access Analyzer, so nothing here speaks of buckets, keys and queues")
    if result["failed"]:
        lines += ["", "| Failed | Owner | Why |", "|---|---|---|", *(f"| {a} | {plain(result['places'][a]['owner'])} | {plain(why)} |" for a, why in result["failed"].items())]
    lines += ["", f"Management account {result['management']}: service and resource control policies do not restrict it."]
    before = None
    for unit, owner, rows in grouped(result):
        if unit != before:
            lines += ["", f"## {plain(unit)}"]
            before = unit
        count = collections.Counter(f["severity"] for f in rows)
        said = ", ".join(f"{count[s]} {s}" for s in reversed(SEVERITIES) if count[s])
        lines += ["", f"### {plain(owner)}: {said}", "", "| Severity | Account | Kind | Who | What was read |", "|---|---|---|---|---|"]
        lines += [f"| {f['severity']} | {f['account']} | {f['kind']} | {plain(f['who'])} | {plain(f['detail'])} |" for f in rows]
    lines += ["", "Read from policies alone: control policies, boundaries and session policies may forbid what is listed here."]
    return "\n".join(lines)


FORMATS = {"json": lambda r: json.dumps(r, indent=2), "csv": as_csv, "markdown": as_markdown}


def main(arguments=None, connect=Aws):
    parser = argparse.ArgumentParser(description="Read-only audit of IAM in all accounts of an organisation.",
                                     epilog="Exit status: 0 nothing at the threshold, 1 findings, 2 could not start, 3 too few accounts or Regions read.")
    parser.add_argument("--role", default="SecurityAudit", help="name of the role to assume in each account")
    parser.add_argument("--region", default="eu-west-1", help="Region of the STS endpoint")
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--checkpoint", metavar="FILE", help="go on where a run with this file was stopped")
    parser.add_argument("--coverage", type=float, default=0.99, help="least share of active accounts (default 0.99)")
    parser.add_argument("--fail-on", choices=SEVERITIES, default="high")
    parser.add_argument("--format", choices=FORMATS, default="markdown")
    parser.add_argument("--owner-tag", default="owner", help="tag of an account that names its owner (default owner)")
    parser.add_argument("--analyzer-regions", metavar="REGION", nargs="*", default=[], help="Regions whose analyzers in this account are asked")
    parser.add_argument("--asff", metavar="FOLDER", help="also write findings for Security Hub CSPM, a file for each account")
    options = parser.parse_args(arguments)
    if not 1 <= options.workers <= 64 or not 0 < options.coverage <= 1:
        parser.error("--workers is 1 to 64, --coverage above 0 and at most 1")
    if not re.fullmatch(r"[\w+=,.@/-]{1,128}", options.role, re.ASCII):
        parser.error("--role is a name")
    try:
        earlier = asff.read(options.asff) if options.asff else {}
        aws = connect(options.role, region=options.region)
        result = audit(aws, options.checkpoint, options.workers, regions=options.analyzer_regions, tag=options.owner_tag)
        if options.asff:
            asff.write(options.asff, asff.per_account(result, earlier, {"partition": aws.partition, "region": options.region}))
    except (CannotAudit, asff.NotOurs, ClientError, BotoCoreError, OSError) as error:
        print(f"audit: {reason(error) if isinstance(error, ClientError) else printable(error)}", file=sys.stderr)
        return 2
    except Exception as error:  # without this Python ends with 1, which means findings
        print(f"audit: the audit itself failed: {printable(reason(error))}", file=sys.stderr)
        return 2
    print(FORMATS[options.format](result))
    return exit_status(result, options.fail_on, options.coverage)


if __name__ == "__main__":
    sys.exit(main())
