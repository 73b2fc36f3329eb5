"""Lambda behind an API Gateway authorizer. Gives an auditor a link to a tenant's CSV export."""
import json
import logging
import re

log = logging.getLogger("export")
BUCKET = "tenant-exports-prod"
LIFETIME = 300  # seconds
ORIGINS = {"https://audit.example"}
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)


def handler(event, context, s3):
    # Only the authorizer's claims say who this is. Headers and body are the caller's own words.
    claims = event["requestContext"]["authorizer"]["claims"]
    tenant, role = claims.get("custom:tenant"), claims.get("custom:role")
    name = _name(event.get("body"))
    allowed = role in ("admin", "auditor") and isinstance(tenant, str) and NAME.fullmatch(tenant)
    # These fields and no others, so that no token can reach the log: who got a link to what.
    log.info("export request=%s by=%s tenant=%s role=%s name=%s allowed=%s",
             event["requestContext"].get("requestId"), _plain(claims.get("sub")), _plain(tenant), _plain(role),
             _plain(name), bool(allowed))
    if not allowed:
        return _answer(event, 403, {"error": "forbidden"})
    if name is None:
        return _answer(event, 400, {"error": "name of an export expected"})
    url = s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": BUCKET, "Key": f"exports/{tenant}/{name}.csv"},
        ExpiresIn=LIFETIME,
    )
    return _answer(event, 200, {"url": url})


def _plain(value):
    """For the log: a word of the form that we expect, or nothing."""
    return value if isinstance(value, str) and NAME.fullmatch(value) else "-"


def _name(body):
    try:
        name = json.loads(body)["name"]
    except (TypeError, ValueError, KeyError, RecursionError):
        return None
    return name if isinstance(name, str) and NAME.fullmatch(name) else None


def _answer(event, status, body):
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "Vary": "Origin"}
    origin = (event.get("headers") or {}).get("origin")
    if origin in ORIGINS:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
