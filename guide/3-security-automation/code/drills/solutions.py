"""Model solutions of the eight tasks. Try first; each is one way of several."""

import base64
import collections
import datetime
import json
import re

# region top_failing
LINE = re.compile(r'(\S+) \S+ \S+ \[[^\]]*\] "[^"]*" (\d{3}) (?:\d+|-)\s*')


def top_failing(lines, count=3):
    failures, bad = collections.Counter(), 0
    for line in lines:  # one at a time: the file may be larger than memory
        match = LINE.fullmatch(line)
        if not match:
            bad += 1
        elif int(match[2]) >= 400:
            failures[match[1]] += 1
    return sorted(failures.items(), key=lambda item: (-item[1], item[0]))[:count], bad
# endregion top_failing


# region stuffing
def stuffing(events, window=60, accounts=5):
    recent, found = collections.defaultdict(collections.deque), set()
    for second, client, account, succeeded in events:
        if succeeded:
            continue
        failed = recent[client]
        failed.append((second, account))
        while failed[0][0] <= second - window:
            failed.popleft()
        if len({a for _, a in failed}) >= accounts:
            found.add(client)
    return found
# endregion stuffing


# region lint_policy
def as_list(value):
    return value if isinstance(value, list) else [value]


def lint_policy(document):
    problems = set()
    for statement in as_list(document["Statement"]):
        if statement["Effect"] != "Allow":
            continue
        actions = as_list(statement.get("Action", "*"))  # NotAction allows the rest: treat it as all
        everywhere = "NotResource" in statement or "*" in as_list(statement.get("Resource", []))
        if any(a in ("*", "*:*") for a in actions):
            problems.add("action *")
        if everywhere and not all(re.match(r"[\w-]+:(Get|List|Describe)", a) for a in actions):
            problems.add("resource *")
        if everywhere and any(re.fullmatch(re.escape(a).replace(r"\*", ".*"), "iam:PassRole", re.I) for a in actions):
            problems.add("passrole *")
    return sorted(problems)
# endregion lint_policy


# region open_buckets
SETTINGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def open_buckets(s3):
    unprotected, unknown = [], []
    for page in s3.get_paginator("list_buckets").paginate():
        for bucket in page.get("Buckets", []):
            try:
                answer = s3.get_public_access_block(Bucket=bucket["Name"])["PublicAccessBlockConfiguration"]
                if not all(answer.get(s) for s in SETTINGS):
                    unprotected.append(bucket["Name"])
            except Exception as error:
                code = getattr(error, "response", {}).get("Error", {}).get("Code")
                (unprotected if code == "NoSuchPublicAccessBlockConfiguration" else unknown).append(bucket["Name"])
    return unprotected, unknown
# endregion open_buckets


# region sign_ins
def sign_ins(events):
    found = []
    for event in events:
        detail = json.loads(event["CloudTrailEvent"])  # who and how is in here, as text
        who = detail.get("userIdentity", {})
        if detail["eventName"] == "ConsoleLogin" and (detail.get("responseElements") or {}).get("ConsoleLogin") != "Success":
            continue
        if who.get("type") == "Root" and "invokedBy" not in who and detail.get("eventType") != "AwsServiceEvent":
            found.append((detail["eventTime"], f"root: {detail['eventName']}"))
        elif detail["eventName"] == "ConsoleLogin":
            if who.get("type") == "IAMUser" and (detail.get("additionalEventData") or {}).get("MFAUsed") != "Yes":
                found.append((detail["eventTime"], f"no MFA: {who['userName']}"))
    return sorted(found)
# endregion sign_ins


# region affected
def affected(lock, advisories):
    def numbers(version):
        return [int(n) for n in version.split(".")]  # anything else raises: not compared is not safe
    return sorted((name, version, a["id"]) for name, version in lock.items() for a in advisories
                  if a["package"] == name and numbers(version) < numbers(a["fixed"]))
# endregion affected


# region post_policy
def post_policy(bucket, key, content_type, most, now, seconds=300):
    ends = (now + datetime.timedelta(seconds=seconds)).astimezone(datetime.timezone.utc)
    policy = {"expiration": ends.strftime("%Y-%m-%dT%H:%M:%SZ"), "conditions": [
        {"bucket": bucket}, ["eq", "$key", key], ["eq", "$Content-Type", content_type], ["content-length-range", 1, most]]}
    return base64.b64encode(json.dumps(policy).encode()).decode()
# endregion post_policy


# region token_bucket
class TokenBucket:
    def __init__(self, rate, burst, clock):
        self.rate, self.burst, self.clock = rate, burst, clock
        self.tokens, self.last = burst, clock()

    def allow(self):
        now = self.clock()
        self.tokens = min(self.burst, self.tokens + max(0, now - self.last) * self.rate)  # a clock may go backwards
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
# endregion token_bucket
