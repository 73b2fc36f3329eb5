"""Password reset. `client` is the address that our own edge saw; `outbox` sends e-mail, later and elsewhere."""
import hashlib
import secrets
import time

BASE_URL = "https://shop.test"  # configured, never taken from a request
LIFETIME = 15 * 60
LONGEST = 128  # more would only keep the hash busy

TOKENS = {}  # hash of a token -> whose it is, and when it was made
# One process's memory is enough to show the rule; a fleet keeps both in a store that it shares.
SEEN = {}
MOST_SEEN = 100_000  # at this many the oldest go, so that made-up addresses cannot fill the memory


def request_reset(users, client, email, outbox):
    """POST /password/forgot"""
    if not isinstance(email, str) or len(email) > 254:
        return 400, {"error": "an e-mail address expected"}
    if not (_within("asks", client, 20) and _within("mails", email, 3)):
        return 429, {"error": "try again later"}
    # The same work for a stranger's address, down to the search for older tokens: the answer is the same, and its time.
    token = secrets.token_urlsafe(32)
    digest, now = _digest(token), time.time()
    for old in [key for key, entry in TOKENS.items() if entry["email"] == email or now - entry["created"] > LIFETIME]:
        del TOKENS[old]
    if email in users:
        TOKENS[digest] = {"email": email, "created": now}
        outbox.append((email, f"{BASE_URL}/password/reset?token={token}"))
    return 200, {"sent": True}


def complete_reset(users, client, token, new_password, outbox):
    """POST /password/reset"""
    if not _within("tries", client, 10):
        return 429, {"error": "try again later"}
    # All that can be wrong with the words is refused before the token is spent.
    if not (_is_text(token) and _is_text(new_password) and 8 <= len(new_password) <= LONGEST):
        return 400, {"error": "choose a password of 8 to 128 characters"}
    entry = TOKENS.pop(_digest(token), None)  # used once, whatever happens next
    if entry is None or time.time() - entry["created"] > LIFETIME:
        return 400, {"error": "invalid token"}
    # Whose password it is, the token says. The form has no say.
    user = users[entry["email"]]
    user["password"] = hash_password(new_password)
    user["sessions"] = []
    outbox.append((entry["email"], "Your password was changed. If it was not you, reply to this message."))
    return 200, {"reset": True}


def hash_password(password):
    # scrypt, because the standard library has no Argon2id. About 128 MiB and half a second for each guess.
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_scrypt(password, salt).hex()}"


def verify_password(password, stored):
    _, salt, digest = stored.split(":")
    return secrets.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), digest)


def _scrypt(password, salt):
    return hashlib.scrypt(password.encode(), salt=salt, n=2**17, r=8, p=1, maxmem=2**28, dklen=32)


def _is_text(value):
    """JSON can carry other types, and halves of characters, which have no bytes."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _within(what, who, limit, seconds=15 * 60):
    now = time.time()
    times = [then for then in SEEN.get((what, who), []) if now - then < seconds]
    if len(times) >= limit:
        return False
    SEEN.pop((what, who), None)  # and to the end, so that the first is the one not seen for longest
    while len(SEEN) >= MOST_SEEN:
        del SEEN[next(iter(SEEN))]
    SEEN[what, who] = [*times, now]
    return True
