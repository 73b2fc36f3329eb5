"""Tests that the reader runs: DRILLS=mine python3 -m pytest -q -k top_failing. Without DRILLS they test the solutions."""

import base64
import datetime
import importlib
import json
import os

import pytest

drills = importlib.import_module(os.environ.get("DRILLS", "solutions"))


def line(client, status):
    return f'{client} - - [26/Nov/2026:09:00:00 +0000] "GET / HTTP/1.1" {status} 12'


def test_top_failing_counts_sorts_and_counts_bad_lines():
    lines = [line("b", 404), line("a", 500), line("a", 401), line("c", 200), line("d", 403), "", "nonsense", line("b", 200)]
    assert drills.top_failing(lines, 2) == ([("a", 2), ("b", 1)], 2)


def test_top_failing_takes_a_generator_and_is_not_fooled_by_a_path():
    evil = 'e - - [26/Nov/2026:09:00:00 +0000] "GET /?" 500 1 HTTP/1.1" 200 12'
    assert drills.top_failing((text for text in [line("a", 404), evil])) == ([("a", 1)], 1)


def failures(client, seconds, account=None):
    return [(s, client, account or f"user-{n}", False) for n, s in enumerate(seconds)]


@pytest.mark.parametrize("events, found", [
    (failures("a", [0, 10, 20, 30, 40]), {"a"}),
    (failures("a", [0, 10, 20, 30]), set()),
    (failures("a", [0, 10, 20, 30, 60]), set()),
    (failures("a", [0, 10, 20, 30, 59]), {"a"}),
    (failures("a", [0, 1, 2, 3, 4, 5], "ann"), set()),
    ([(0, "a", f"user-{n}", True) for n in range(9)], set()),
    ([], set()),
])
def test_stuffing_is_many_accounts_in_a_short_time(events, found):
    assert drills.stuffing(events) == found


def statement(**parts):
    return {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*", **parts}}


@pytest.mark.parametrize("document, problems", [
    (statement(), []),
    (statement(Action="*", Resource="*"), ["action *", "passrole *", "resource *"]),
    (statement(Action=["s3:GetObject", "s3:ListBucket"], Resource="*"), []),
    (statement(Action="cognito-idp:ListUsers", Resource="*"), []),
    (statement(Action="s3:PutObject", Resource=["*"]), ["resource *"]),
    (statement(Action="iam:Pass*", Resource="*"), ["passrole *", "resource *"]),
    (statement(Action="iam:PassRole", Resource="arn:aws:iam::111122223333:role/app"), []),
    ({"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}, []),
    ({"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}, ["action *", "passrole *", "resource *"]),
])
def test_lint_policy(document, problems):
    assert drills.lint_policy(document) == problems


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


class FakeS3:
    answers = {"good": dict.fromkeys(["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True),
               "half": {"BlockPublicAcls": True}, "none": Refused("NoSuchPublicAccessBlockConfiguration"), "secret": Refused("AccessDenied")}

    def get_paginator(self, name):
        assert name == "list_buckets"
        return self

    def paginate(self):
        return [{"Buckets": [{"Name": "good"}, {"Name": "half"}]}, {"Buckets": [{"Name": "none"}, {"Name": "secret"}]}, {}]

    def get_public_access_block(self, Bucket):
        answer = self.answers[Bucket]
        if isinstance(answer, Exception):
            raise answer
        return {"PublicAccessBlockConfiguration": answer}


def test_open_buckets_reads_all_pages_and_keeps_what_it_could_not_ask():
    assert drills.open_buckets(FakeS3()) == (["half", "none"], ["secret"])


def trail(name, kind, time="2026-11-26T09:00:00Z", who=None, **more):
    detail = {"eventName": name, "eventTime": time, "userIdentity": {"type": kind, **(who or {})}, **more}
    return {"EventName": name, "CloudTrailEvent": json.dumps(detail)}


def console(mfa, result="Success", kind="IAMUser"):
    return trail("ConsoleLogin", kind, who={"userName": "ann"}, responseElements={"ConsoleLogin": result}, additionalEventData={"MFAUsed": mfa})


def test_sign_ins_reads_what_is_inside_the_text():
    events = [console("Yes"), console("No", "Failure"), console("No", "Failure", "Root"), console("No", kind="AssumedRole"), trail("GetObject", "IAMUser", responseElements=None),
              trail("RunInstances", "Root", who={"invokedBy": "autoscaling.amazonaws.com"})]
    assert drills.sign_ins(events) == []
    assert drills.sign_ins([trail("CreateUser", "Root", "2026-11-26T10:00:00Z"), console("No")]) == [
        ("2026-11-26T09:00:00Z", "no MFA: ann"), ("2026-11-26T10:00:00Z", "root: CreateUser")]


def test_affected_compares_numbers_and_refuses_what_it_cannot_compare():
    known = [{"id": "EX-1", "package": "a", "fixed": "1.2.10"}]
    assert drills.affected({"a": "1.2.9", "b": "1.0"}, known) == [("a", "1.2.9", "EX-1")]
    assert drills.affected({"a": "1.2.10"}, known) == drills.affected({"a": "1.10"}, known) == []
    with pytest.raises(ValueError):
        drills.affected({"a": "latest"}, known)


def test_post_policy_fixes_key_type_size_and_time():
    now = datetime.datetime(2026, 11, 26, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
    policy = json.loads(base64.b64decode(drills.post_policy("uploads", "u/1", "image/png", 1000, now)))
    assert policy["expiration"] == "2026-11-26T09:05:00Z"
    assert {"bucket": "uploads"} in policy["conditions"] and ["content-length-range", 1, 1000] in policy["conditions"]
    assert ["eq", "$key", "u/1"] in policy["conditions"] and ["eq", "$Content-Type", "image/png"] in policy["conditions"]


def test_token_bucket_bursts_refills_and_survives_a_clock_that_goes_back():
    now = [0.0]
    bucket = drills.TokenBucket(2, 3, lambda: now[0])
    assert [bucket.allow() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.allow() for _ in range(2)] == [True, False]
    now[0] = 100.0
    assert [bucket.allow() for _ in range(4)] == [True, True, True, False]
    now[0] = 50.0
    assert bucket.allow() is False
