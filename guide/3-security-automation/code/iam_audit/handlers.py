"""The audit in three functions, for a state machine: list the accounts, audit one, gather. The checks are those of audit.py.

The checkpoint is a bucket: an account is done when its findings lie there. A second execution with the same run takes only
those that are missing.
"""

import datetime
import functools
import json
import os
import re

import boto3
from botocore.exceptions import ClientError

import asff
import audit


# region store
class Store:
    """JSON in one bucket, a value in each line, as Athena reads it."""

    def __init__(self, s3, bucket):
        self.s3, self.bucket = s3, bucket

    def put(self, key, values):
        body = "".join(json.dumps(v, sort_keys=True) + "\n" for v in values)
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=body.encode())

    def get(self, key):
        """The values, or None if nothing is there."""
        try:
            body = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read().decode()
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return None
            raise
        return [json.loads(line) for line in body.splitlines()]

    def names(self, prefix):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return {o["Key"].rpartition("/")[2].removesuffix(".json") for page in pages for o in page.get("Contents", [])}
# endregion store


@functools.cache
def here():
    """What a function is connected to: made once in each of its environments."""
    aws = audit.Aws(os.environ["AUDIT_ROLE"], region=os.environ["AWS_REGION"])
    return aws, Store(boto3.client("s3"), os.environ["BUCKET"])


def keys(event):
    run = event["run"]
    if not re.fullmatch(r"[0-9A-Za-z-]{1,64}", run, re.ASCII):
        raise ValueError("a run is named by letters, digits and hyphens")
    return run, f"runs/{run}/organisation.json", f"findings/run={run}/", f"failures/run={run}/"


# region list
def list_accounts(event, context, connected=here):
    """Writes down who is to be audited before anybody is. The list is what coverage is counted against."""
    aws, store = connected()
    run, listing, done, _ = keys(event)
    about = store.get(listing)
    if about is None:  # a second execution of a run keeps the first one's list
        accounts = sorted(aws.accounts(), key=lambda a: a["Id"])
        small = [{k: a[k] for k in ("Id", "State", "Status", "Paths") if k in a} for a in accounts]
        about = [{"organisation": aws.organisation()}, {"accounts": small}]
        store.put(listing, about)
    active = [a["Id"] for a in about[1]["accounts"] if audit.state(a) == "ACTIVE"]
    finished = store.names(done)
    todo = [{"account": a} for a in active if a not in finished]
    key = f"runs/{run}/todo.json"
    store.put(key, [todo])  # one line with a list, as the map reads it
    return {"run": run, "bucket": store.bucket, "key": key, "active": len(active), "todo": len(todo)}
# endregion list


# region one
@functools.lru_cache(2)
def members(store, listing):
    return frozenset(a["Id"] for a in store.get(listing)[1]["accounts"])


def one_account(event, context, connected=here):
    """One account, once or several times: the same key is written, so a repeated call changes nothing."""
    aws, store = connected()
    _, listing, done, failures = keys(event)
    account = event["account"]
    if account not in members(store, listing):  # it names a role and a place in the bucket
        raise ValueError("not an account of this run")
    try:
        today = datetime.datetime.now(datetime.timezone.utc)
        found = audit.audit_account(aws.iam(account), account, members(store, listing), today)
    except Exception as error:  # a result too: the map goes on, and the account does not disappear
        why = audit.reason(error)
        store.put(f"{failures}{account}.json", [{"account": account, "failed": why}])
        return {"account": account, "failed": why}
    store.put(f"{done}{account}.json", found)
    return {"account": account, "findings": len(found)}  # a number: what a state may hand on is limited
# endregion one


# region gather
def gather(event, context, connected=here):
    """Counts against the list, and reports as audit.py does. An account that left nothing behind has failed."""
    aws, store = connected()
    run, listing, done, failures = keys(event)
    about, accounts = store.get(listing)[0]["organisation"], {a["Id"]: a for a in store.get(listing)[1]["accounts"]}
    active = [i for i, a in sorted(accounts.items()) if audit.state(a) == "ACTIVE"]
    finished, found, failed = store.names(done), {}, {}
    for account in active:
        if account in finished:
            found[account] = store.get(f"{done}{account}.json")
        else:
            left = store.get(f"{failures}{account}.json")
            failed[account] = left[0]["failed"] if left else "no result: the function did not end"
    regions = os.environ.get("ANALYZER_REGIONS", "").split()
    result = audit.assemble(aws, about, accounts, found, failed, regions, os.environ.get("OWNER_TAG", "owner"))
    by_analyzer = [f for f in result["findings"] if f["kind"] in asff.BY_ANALYZER]
    store.put(f"findings/run={run}/access-analyzer.json", by_analyzer)
    rows = [{"account": i, "outcome": "audited" if i in found else "failed" if i in failed else "skipped",
             "reason": failed.get(i) or result["skipped"].get(i, ""), **result["places"].get(i, {"unit": "", "owner": ""})} for i in sorted(accounts)]
    store.put(f"accounts/run={run}/accounts.json", rows)
    store.s3.put_object(Bucket=store.bucket, Key=f"reports/{run}.md", Body=audit.as_markdown(result).encode())
    where = {"partition": aws.partition, "region": aws.region}
    rows_of = {i: [] for i in found}
    for f in result["findings"]:
        rows_of.get(f["account"], []).append(f)
    for account, mine in rows_of.items():
        earlier = store.get(f"asff/{account}.json")
        files = asff.per_account({**result, "audited": [account], "findings": mine}, {account: earlier[0] if earlier else []}, where)
        store.put(f"asff/{account}.json", files.values())
    status = audit.exit_status(result, os.environ.get("FAIL_ON", "high"), float(os.environ.get("COVERAGE", "0.99")))
    return {"run": run, "status": status, "coverage": round(audit.coverage(result), 4), "failed": len(failed), "report": f"reports/{run}.md"}
# endregion gather
