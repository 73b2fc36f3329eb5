"""Every feature works in both versions; every attack works on the vulnerable one only."""
import base64
import http.server
import hashlib
import importlib.util
import io
import json
import os
import pickle
import ssl
import threading
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

TEST_KEY = "only for tests: 32 bytes or more"
os.environ["CACHE_SECRET"] = TEST_KEY  # before the imports, which read it

import report_cache
import report_cache_fixed

RAN = []
REPORT = {"seller": "s1", "month": "2026-01", "rows": [["tax", 12.5], ["fees", 3]], "note": "it’s final"}
NEIGHBOUR = "https://neighbour.test/cache"

both = pytest.mark.parametrize("api", [report_cache, report_cache_fixed], ids=["vulnerable", "fixed"])


class RunsWhenLoaded:
    def __reduce__(self):
        return (exec, ("import test_report_cache; test_report_cache.RAN.append(1)",))


@pytest.fixture(autouse=True)
def nothing_ran():
    import test_report_cache

    test_report_cache.RAN.clear()


def ran():
    import test_report_cache  # the module that the payload finds, whatever name this file runs under

    return bool(test_report_cache.RAN)


def fresh(name):
    """The module as a new process would load it."""
    spec = importlib.util.spec_from_file_location("fresh_" + name, Path(__file__).with_name(name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def neighbour(monkeypatch):
    """What the neighbour answers, and what it was asked with."""
    asked = {}

    def urlopen(url, **options):
        asked.update(url=url, **options)
        return io.BytesIO(asked["body"])

    def build_opener(*handlers):
        [context] = [handler._context for handler in handlers if isinstance(handler, urllib.request.HTTPSHandler)]
        return SimpleNamespace(open=lambda url, timeout: urlopen(url, context=context, timeout=timeout))

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    monkeypatch.setattr("urllib.request.build_opener", build_opener)
    return asked


def served(api, store):
    if api is report_cache:
        return base64.b64encode(pickle.dumps(store))
    return json.dumps({key: raw.decode() for key, raw in store.items()}).encode()


# Features


@both
def test_returns_what_was_put(api):
    store = {}
    key = api.cache_key("s1", "tax", "2026-01")
    assert api.get(store, key) is None
    api.put(store, key, REPORT)
    assert api.get(store, key) == REPORT


@both
def test_refuses_an_entry_that_was_changed(api):
    store = {}
    key = api.cache_key("s1", "tax", "2026-01")
    api.put(store, key, REPORT)
    store[key] = b"0" * 16 + store[key][16:]
    with pytest.raises(ValueError):
        api.get(store, key)


@both
def test_warms_a_new_host(api, neighbour):
    old, new = {}, {}
    key = api.cache_key("s1", "tax", "2026-01")
    api.put(old, key, REPORT)
    neighbour["body"] = served(api, old)
    assert api.warm(new, NEIGHBOUR) == 1
    assert api.get(new, key) == REPORT


# Attacks


def load_a_planted_entry(api):
    try:
        api.get({"k": b"0" * 32 + pickle.dumps(RunsWhenLoaded())}, "k")
    except ValueError:
        pass
    return ran()


def test_p3_1_runs_code_of_whoever_can_write_to_the_store():
    assert not load_a_planted_entry(report_cache_fixed)
    assert load_a_planted_entry(report_cache)


def test_p3_2_forges_an_entry_on_a_host_without_a_key(monkeypatch):
    monkeypatch.delenv("CACHE_SECRET")
    blob = pickle.dumps({"forged": True})
    forged = hashlib.md5(b"change-me" + blob).hexdigest().encode() + blob
    assert fresh("report_cache").get({"k": forged}, "k") == {"forged": True}
    with pytest.raises(RuntimeError):
        fresh("report_cache_fixed")
    monkeypatch.setenv("CACHE_SECRET", "change-me")
    with pytest.raises(RuntimeError):
        fresh("report_cache_fixed")


def read_as_another_seller(api):
    store = {}
    api.put(store, api.cache_key("s1", "tax", "2026-01"), {"seller": "s1"})
    return api.get(store, api.cache_key("s2", "tax", "2026-01"))


def test_p3_3_reads_the_report_of_the_seller_who_came_first():
    assert read_as_another_seller(report_cache) == {"seller": "s1"}
    assert read_as_another_seller(report_cache_fixed) is None


def test_p3_3_moves_a_genuine_entry_under_another_key():
    def attack(api):
        store = {}
        api.put(store, "report:s1:tax:2026-01", {"seller": "s1"})
        store["report:s2:tax:2026-01"] = store["report:s1:tax:2026-01"]
        try:
            return api.get(store, "report:s2:tax:2026-01")
        except ValueError:
            return None

    assert attack(report_cache) == {"seller": "s1"}
    assert attack(report_cache_fixed) is None


def test_p3_3_fixed_signs_where_the_key_ends():
    whole = report_cache_fixed.sign("k", b"a\0b")
    assert whole not in (report_cache_fixed.sign("ka", b"\0b"), report_cache_fixed.sign("k\0a", b"b"), report_cache_fixed.sign("", b"ka\0b"))


@pytest.mark.parametrize("part", ["s1:tax", "", "a" * 65, "s1\n"])
def test_p3_3_fixed_refuses_parts_that_could_collide(part):
    with pytest.raises(ValueError):
        report_cache_fixed.cache_key(part, "tax", "2026-01")


def test_p3_6_believes_any_neighbour(neighbour):
    neighbour["body"] = b"{}"
    report_cache_fixed.warm({}, NEIGHBOUR)
    assert neighbour["context"].verify_mode == ssl.CERT_REQUIRED and neighbour["context"].check_hostname
    neighbour["body"] = base64.b64encode(pickle.dumps({}))
    report_cache.warm({}, NEIGHBOUR)
    assert neighbour["context"].verify_mode == ssl.CERT_NONE
    with pytest.raises(ValueError, match="https expected"):
        report_cache_fixed.warm({}, "http://neighbour.test/cache")


def test_p3_6_fixed_stops_reading_what_is_too_large(neighbour, monkeypatch):
    monkeypatch.setattr(report_cache_fixed, "LARGEST", 10)
    neighbour["body"] = b"{}" + b" " * 9
    with pytest.raises(ValueError, match="too large"):
        report_cache_fixed.warm({}, NEIGHBOUR)


def test_p3_6_fixed_stops_reading_what_never_ends(neighbour, monkeypatch):
    monkeypatch.setattr(report_cache_fixed, "TIME_IN_ALL", -1)
    neighbour["body"] = b"{}"
    with pytest.raises(ValueError, match="too slow"):
        report_cache_fixed.warm({}, NEIGHBOUR)


def test_p3_6_is_sent_on_to_another_host_without_tls():
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302 if self.path == "/cache" else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/cache"
    try:
        with pytest.raises(urllib.error.HTTPError):
            report_cache_fixed._open(url)
        assert asked == ["/cache"]
        with pytest.raises(EOFError):  # an empty pickle, from where the redirect led
            report_cache.warm({}, url)
        assert asked[1:] == ["/cache", "/elsewhere"]
    finally:
        server.shutdown()
        server.server_close()


def test_p3_6_runs_code_that_the_neighbour_sends(neighbour):
    neighbour["body"] = base64.b64encode(pickle.dumps({"k": RunsWhenLoaded()}))
    with pytest.raises(ValueError):
        report_cache_fixed.warm({}, NEIGHBOUR)
    assert not ran()
    report_cache.warm({}, NEIGHBOUR)
    assert ran()


@pytest.mark.parametrize("entries", [["k"], {"k": 1}, {"k": "0" * 64 + "{}"}])
def test_p3_6_fixed_takes_only_entries_with_a_tag_and_all_or_none(entries, neighbour):
    neighbour["body"] = json.dumps(entries).encode()
    store = {}
    with pytest.raises(ValueError):
        report_cache_fixed.warm(store, NEIGHBOUR)
    assert store == {}
