"""The tests of two controls of the upload model: U5, the grant, and U7, the bucket policy."""
import base64
import hmac
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bucket_policy import denied_by
from presigned_post import LARGEST, grant, signing_key

BUCKET, REGION = "example-quarantine", "eu-west-1"
KEY = "members/17/3f9c"
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=timezone.utc)
CREDENTIALS = {"id": "EXAMPLEKEYID", "secret": "an example that signs nothing real", "session": "example session"}
SCANNER = "arn:aws:iam::111122223333:role/scanner"
WORKER = "arn:aws:iam::111122223333:role/worker"
POLICY = json.loads(Path(__file__).with_name("quarantine-bucket-policy.json").read_text())


def s3_accepts(form, size, at=NOW, bucket=BUCKET):
    """What S3 checks of a POST: the signature over the policy, its end, and each condition."""
    day = form["x-amz-credential"].split("/")[1]
    expected = hmac.new(signing_key(CREDENTIALS["secret"], day, REGION, "s3"), form["policy"].encode(), "sha256").hexdigest()
    policy = json.loads(base64.b64decode(form["policy"]))
    if form["x-amz-signature"] != expected or at >= datetime.fromisoformat(policy["expiration"].replace("Z", "+00:00")):
        return False
    named = {"policy", "x-amz-signature"}
    for condition in policy["conditions"]:
        if isinstance(condition, list):
            _, least, most = condition
            if not least <= size <= most:
                return False
        else:
            [(name, value)] = condition.items()
            named.add(name)
            if {**form, "bucket": bucket}.get(name) != value:
                return False
    return set(form) <= named  # a field that no condition names is refused


def granted(content_type="image/png"):
    return grant(BUCKET, KEY, content_type, CREDENTIALS, REGION, NOW)


def test_the_signing_key_is_the_one_of_the_documentation():
    # The example of the IAM guide on deriving a signing key.
    key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20120215", "us-east-1", "iam")
    assert key.hex() == "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"


def test_u5_the_grant_is_good_for_what_it_names():
    assert s3_accepts(granted(), 1)
    assert s3_accepts(granted(), LARGEST["image/png"])
    assert s3_accepts(granted(), 1000, at=NOW + timedelta(minutes=4))


@pytest.mark.parametrize(
    "changes, size, minutes, bucket",
    [
        ({"key": "members/18/0000"}, 1000, 0, BUCKET),
        ({"Content-Type": "text/html"}, 1000, 0, BUCKET),
        ({}, LARGEST["image/png"] + 1, 0, BUCKET),
        ({}, 0, 0, BUCKET),
        ({}, 1000, 6, BUCKET),
        ({}, 1000, 0, "example-clean"),
        ({"acl": "public-read"}, 1000, 0, BUCKET),
        ({"x-amz-signature": "0" * 64}, 1000, 0, BUCKET),
    ],
    ids=["another key", "another type", "too large", "empty", "too late", "another bucket", "a field too many", "no signature"],
)
def test_u5_and_for_nothing_else(changes, size, minutes, bucket):
    assert not s3_accepts({**granted(), **changes}, size, NOW + timedelta(minutes=minutes), bucket)


def test_u5_a_longer_policy_needs_another_signature():
    form = granted()
    policy = json.loads(base64.b64decode(form["policy"]))
    policy["expiration"] = "2030-01-01T00:00:00Z"
    assert not s3_accepts({**form, "policy": base64.b64encode(json.dumps(policy).encode()).decode()}, 1000)


@pytest.mark.parametrize("content_type", ["image/svg+xml", "text/html", ""])
def test_u5_there_is_no_grant_for_other_types(content_type):
    with pytest.raises(KeyError):
        granted(content_type)


def request(action, principal, tag=None):
    context = {"aws:PrincipalArn": principal}
    if tag is not None:
        context["s3:ExistingObjectTag/GuardDutyMalwareScanStatus"] = tag
    return denied_by(POLICY, action, f"arn:aws:s3:::{BUCKET}/{KEY}", context)


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:GetObjectVersion"])
def test_u7_the_worker_reads_what_was_found_clean_and_nothing_else(action):
    assert request(action, WORKER, "NO_THREATS_FOUND") is None
    for tag in ("THREATS_FOUND", "UNSUPPORTED", "ACCESS_DENIED", "FAILED", "no_threats_found", "", None):
        assert request(action, WORKER, tag) == "ReadOnlyWhatWasFoundClean"


@pytest.mark.parametrize(
    "change",
    [
        {"Action": "s3:*"},
        {"Action": ["s3:GetObject*"]},
        {"NotAction": "s3:GetObject"},
        {"Resource": "arn:aws:s3:::*/members/*"},
        {"Condition": {"ArnNotEquals": {"aws:PrincipalArn": [SCANNER, WORKER]}}},
        {"Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}},
    ],
)
def test_u7_the_evaluator_gives_no_answer_that_it_does_not_know(change):
    statement = {"Sid": "S", "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **change}
    with pytest.raises(ValueError):
        denied_by({"Statement": [statement]}, "s3:GetObject", "arn:aws:s3:::b/k", {"aws:PrincipalArn": WORKER})


def test_u7_the_scanner_reads_before_there_is_a_tag():
    assert request("s3:GetObject", SCANNER) is None


@pytest.mark.parametrize("action", ["s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:DeleteObjectTagging"])
def test_u7_nobody_but_the_scanner_tags(action):
    assert request(action, SCANNER) is None
    for principal in (WORKER, "arn:aws:iam::111122223333:role/admin", "arn:aws:iam::444455556666:role/scanner"):
        assert request(action, principal) == "OnlyTheScannerTags"
