"""Caches rendered seller reports in a Redis-like store that several services share."""
import hashlib
import hmac
import json
import os
import re
import ssl
import time
import urllib.parse
import urllib.request

TIME_LIMIT = 10  # seconds for one step of the network
TIME_IN_ALL = 60
LARGEST = 64 * 1024 * 1024
PART = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)  # no colon, so two sellers cannot share a key


def _secret():
    """There is no default: a host without a key must not start."""
    secret = os.environ.get("CACHE_SECRET", "").encode()
    if len(secret) < 32:
        raise RuntimeError("CACHE_SECRET is missing or shorter than 32 bytes")
    return secret


SECRET = _secret()


def sign(key, blob):
    # The key is signed as well, so that a genuine entry is worth nothing under another seller's key.
    # Its length comes first, so that no byte can move from the end of the key to the beginning of the value.
    name = key.encode()
    return hmac.new(SECRET, b"report-cache:%d:%b%b" % (len(name), name, blob), hashlib.sha256).hexdigest().encode()


def cache_key(seller_id, report_name, month):
    parts = [str(part) for part in (seller_id, report_name, month)]
    if not all(PART.fullmatch(part) for part in parts):
        raise ValueError("not a report")
    return ":".join(["report", *parts])


def put(store, key, value):
    blob = json.dumps(value).encode()
    store[key] = sign(key, blob) + blob


def get(store, key):
    raw = store.get(key)
    if raw is None:
        return None
    return json.loads(_verified(key, raw))


def warm(store, url):
    """Pre-loads a new host's cache from its neighbour."""
    if urllib.parse.urlsplit(url).scheme != "https":
        raise ValueError("https expected")
    with _open(url) as response:
        entries = json.loads(_read(response))
    if not isinstance(entries, dict) or not all(isinstance(raw, str) for raw in entries.values()):
        raise ValueError("entries expected")
    checked = {key: raw.encode() for key, raw in entries.items()}
    for key, raw in checked.items():
        _verified(key, raw)
    store.update(checked)
    return len(checked)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The usual one follows from https to http, and to any host."""

    def redirect_request(self, *_):
        return None


def _open(url):
    context = ssl.create_default_context()
    opener = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPSHandler(context=context))
    return opener.open(url, timeout=TIME_LIMIT)


def _read(response):
    body, end = bytearray(), time.monotonic() + TIME_IN_ALL
    while part := response.read1(65536):
        body += part
        if len(body) > LARGEST:
            raise ValueError("too large")
        if time.monotonic() > end:
            raise ValueError("too slow")
    return bytes(body)


def _verified(key, raw):
    """The entry's JSON, after its tag was compared and before anything was parsed."""
    tag, blob = raw[:64], raw[64:]
    if not hmac.compare_digest(tag, sign(key, blob)):
        raise ValueError("cache entry was tampered with")
    return blob
