"""Every feature works in both versions; every attack works on the vulnerable one only."""
import hashlib
import random
import string
import time
from types import SimpleNamespace

import pytest

import password_reset
import password_reset_fixed

VICTIM, MALLORY, CLIENT = "victim@shop.test", "mallory@evil.test", "192.0.2.7"
NEW = "correct horse battery"

VULNERABLE = SimpleNamespace(
    module=password_reset,
    ask=lambda users, email, outbox, host: password_reset.request_reset(users, {"Host": host}, email, outbox),
    complete=password_reset.complete_reset,
    matches=lambda password, stored: hashlib.sha256(password.encode()).hexdigest() == stored,
)
FIXED = SimpleNamespace(
    module=password_reset_fixed,
    ask=lambda users, email, outbox, host: password_reset_fixed.request_reset(users, CLIENT, email, outbox),
    complete=lambda users, email, token, password: password_reset_fixed.complete_reset(
        users, CLIENT, token, password, []
    ),
    matches=password_reset_fixed.verify_password,
)
both = pytest.mark.parametrize("api", [VULNERABLE, FIXED], ids=["vulnerable", "fixed"])


@pytest.fixture(autouse=True)
def empty_and_quick(monkeypatch):
    for store in (password_reset.TOKENS, password_reset_fixed.TOKENS, password_reset_fixed.SEEN):
        store.clear()
    # The real cost is measured once, below. Elsewhere a cheap hash will do.
    monkeypatch.setattr(
        password_reset_fixed, "_scrypt", lambda password, salt: hashlib.sha256(salt + password.encode()).digest()
    )


def accounts():
    return {name: {"password": "as before", "sessions": ["thief's"]} for name in (VICTIM, MALLORY)}


def token_for(api, users, email, host="shop.test"):
    outbox = []
    api.ask(users, email, outbox, host)
    return outbox[-1][1].rsplit("token=", 1)[1]


# Features


@both
def test_sends_a_link_that_sets_a_new_password(api):
    users, outbox = accounts(), []
    assert api.ask(users, VICTIM, outbox, "shop.test") == (200, {"sent": True})
    [(address, link)] = outbox
    assert address == VICTIM and link.startswith("https://shop.test/password/reset?")
    assert api.complete(users, VICTIM, link.rsplit("token=", 1)[1], NEW) == (200, {"reset": True})
    assert api.matches(NEW, users[VICTIM]["password"])
    assert not api.matches("another", users[VICTIM]["password"])
    assert users[MALLORY]["password"] == "as before"


@both
def test_refuses_a_short_password_and_an_unknown_token(api):
    users = accounts()
    token = token_for(api, users, VICTIM)
    assert api.complete(users, VICTIM, token, "short")[0] == 400
    assert api.complete(users, VICTIM, "no such token", NEW)[0] == 400
    assert users == accounts()
    assert api.complete(users, VICTIM, token, NEW)[0] == 200


# Attacks


def test_p4_1_sets_anothers_password_with_a_token_of_ones_own():
    def attack(api):
        users = accounts()
        api.complete(users, VICTIM, token_for(api, users, MALLORY), NEW)
        return users[VICTIM]["password"] != "as before"

    assert attack(VULNERABLE)
    assert not attack(FIXED)


def test_p4_2_computes_the_token_from_the_clock():
    def attack(api):
        users = accounts()
        token_for(api, users, VICTIM)
        for second in range(3):
            random.seed(int(time.time()) - second)
            guess = "".join(random.choice(string.digits) for _ in range(6))
            if api.complete(users, VICTIM, guess, NEW)[0] == 200:
                return True
        return False

    assert attack(VULNERABLE)
    assert not attack(FIXED)


def test_p4_2_fixed_keeps_only_hashes_of_tokens():
    token = token_for(FIXED, accounts(), VICTIM)
    assert len(token) >= 43
    assert token not in password_reset_fixed.TOKENS


def test_p4_3_sends_the_victim_a_link_to_another_host():
    def attack(api):
        outbox = []
        api.ask(accounts(), VICTIM, outbox, "evil.test")
        return "evil.test" in outbox[0][1]

    assert attack(VULNERABLE)
    assert not attack(FIXED)


def test_p4_4_learns_who_has_an_account():
    def attack(api):
        return api.ask(accounts(), VICTIM, [], "shop.test") != api.ask(accounts(), "nobody@shop.test", [], "shop.test")

    assert attack(VULNERABLE)
    assert not attack(FIXED)


def test_p4_5_uses_a_token_twice():
    def attack(api):
        users = accounts()
        token = token_for(api, users, VICTIM)
        api.complete(users, VICTIM, token, NEW)
        return api.complete(users, VICTIM, token, "the attacker's choice")[0]

    assert attack(VULNERABLE) == 200
    assert attack(FIXED) == 400


def test_p4_5_uses_an_old_token(monkeypatch):
    def attack(api):
        users = accounts()
        token = token_for(api, users, VICTIM)
        now = time.time()
        with monkeypatch.context() as patched:
            patched.setattr("time.time", lambda: now + 16 * 60)
            return api.complete(users, VICTIM, token, NEW)[0]

    assert attack(VULNERABLE) == 200
    assert attack(FIXED) == 400


def test_p4_5_keeps_a_session_over_the_reset():
    def attack(api):
        users = accounts()
        api.complete(users, VICTIM, token_for(api, users, VICTIM), NEW)
        return users[VICTIM]["sessions"]

    assert attack(VULNERABLE) == ["thief's"]
    assert attack(FIXED) == []


def test_p4_5_fixed_tells_the_owner_and_drops_older_tokens():
    users, outbox = accounts(), []
    old, new = (token_for(FIXED, users, VICTIM) for _ in range(2))
    assert password_reset_fixed.complete_reset(users, CLIENT, old, NEW, outbox)[0] == 400
    assert password_reset_fixed.complete_reset(users, CLIENT, new, NEW, outbox)[0] == 200
    assert [address for address, _ in outbox] == [VICTIM]


def test_p4_6_looks_a_leaked_hash_up_in_a_table():
    table = {hashlib.sha256(guess.encode()).hexdigest(): guess for guess in ("password", NEW, "letmein!")}

    def attack(api):
        users = accounts()
        for email in users:
            api.complete(users, email, token_for(api, users, email), NEW)
        leaked = [user["password"] for user in users.values()]
        return [table.get(stored) for stored in leaked], len(set(leaked))

    assert attack(VULNERABLE) == ([NEW, NEW], 1)
    assert attack(FIXED) == ([None, None], 2)


def test_p4_6_tries_a_thousand_guesses_in_the_time_of_one(monkeypatch):
    monkeypatch.undo()  # the real cost
    start = time.perf_counter()
    stored = password_reset_fixed.hash_password("the owner's own")
    one = time.perf_counter() - start
    start = time.perf_counter()
    for guess in range(1000):
        hashlib.sha256(str(guess).encode()).hexdigest()
    assert time.perf_counter() - start < one
    assert password_reset_fixed.verify_password("the owner's own", stored)


def test_p4_7_floods_a_mailbox():
    def attack(api):
        outbox = []
        for _ in range(50):
            api.ask(accounts(), VICTIM, outbox, "shop.test")
        return len(outbox)

    assert attack(VULNERABLE) == 50
    assert attack(FIXED) == 3


def test_p4_7_guesses_without_end():
    def attack(api):
        return {api.complete(accounts(), VICTIM, f"guess {number}", NEW)[0] for number in range(500)}

    assert attack(VULNERABLE) == {400}
    assert attack(FIXED) == {400, 429}


def test_p4_7_fixed_keeps_no_more_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(password_reset_fixed, "MOST_SEEN", 50)
    for number in range(500):
        password_reset_fixed.request_reset({}, f"client {number}", f"{number}@evil.test", [])
    assert len(password_reset_fixed.SEEN) == 50


@pytest.mark.parametrize("word", [None, ["x"] * 12, "\ud800" * 12], ids=["none", "list", "half a character"])
def test_fixed_refuses_what_is_no_text_and_keeps_the_token(word):
    users = accounts()
    token = token_for(FIXED, users, VICTIM)
    assert password_reset_fixed.complete_reset(users, CLIENT, token, word, [])[0] == 400
    assert password_reset_fixed.complete_reset(users, CLIENT, word, NEW, [])[0] == 400
    assert FIXED.complete(users, VICTIM, token, NEW)[0] == 200


@pytest.mark.parametrize("email", [None, ["a"], "x" * 255], ids=["none", "list", "long"])
def test_fixed_refuses_what_is_no_address(email):
    assert password_reset_fixed.request_reset(accounts(), CLIENT, email, [])[0] == 400


def test_p4_4_fixed_looks_for_older_tokens_of_strangers_as_well(monkeypatch):
    searched = []

    class Watched(dict):
        def items(self):
            searched.append(1)
            return super().items()

    monkeypatch.setattr(password_reset_fixed, "TOKENS", Watched())
    for email in (VICTIM, "nobody@shop.test"):
        password_reset_fixed.request_reset(accounts(), CLIENT, email, [])
    assert len(searched) == 2
