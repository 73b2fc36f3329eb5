"""A grant to upload one object to S3: a signed POST policy, made with the standard library alone."""
import base64
import hashlib
import hmac
import json
from datetime import timedelta

LARGEST = {"image/jpeg": 5_000_000, "image/png": 5_000_000, "application/pdf": 25_000_000}
MINUTES = 5


# region grant
def grant(bucket, key, content_type, credentials, region, now):
    """The form fields with which whoever holds them may upload this one object, once or more, for five minutes.

    `key` is made by the server: a random name below the member's own prefix, never one that a client sent.
    """
    date, time = now.strftime("%Y%m%d"), now.strftime("%Y%m%dT%H%M%SZ")
    fields = {
        "key": key,
        "Content-Type": content_type,
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": f"{credentials['id']}/{date}/{region}/s3/aws4_request",
        "x-amz-date": time,
    }
    if credentials.get("session"):
        fields["x-amz-security-token"] = credentials["session"]
    policy = {
        "expiration": (now + timedelta(minutes=MINUTES)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "conditions": [
            {"bucket": bucket},
            ["content-length-range", 1, LARGEST[content_type]],  # an unknown type is a KeyError, and no grant
            *({name: value} for name, value in fields.items()),  # each of them exactly so
        ],
    }
    document = base64.b64encode(json.dumps(policy).encode()).decode()
    key_of_day = signing_key(credentials["secret"], date, region, "s3")
    return {**fields, "policy": document, "x-amz-signature": _hmac(key_of_day, document).hex()}
# endregion grant


def signing_key(secret, date, region, service):
    """The key of Signature Version 4 for one day, Region and service."""
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = _hmac(key, part)
    return key


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
