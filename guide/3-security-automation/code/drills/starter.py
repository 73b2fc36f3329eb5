"""Eight tasks. Copy this file to `mine.py`, and run the tests of one:  DRILLS=mine python3 -m pytest -q -k top_failing"""


def top_failing(lines, count=3):
    """(client, failures) of those with most answers of 400 or above, most first, then by name; and how many lines were bad.

    A line is: client - - [time] "GET /path HTTP/1.1" 404 123. One with another quote inside is bad. `lines` may be a generator over more than fits in memory.
    """
    raise NotImplementedError


def stuffing(events, window=60, accounts=5):
    """Clients that failed to sign in to at least `accounts` different accounts within `window` seconds: 0 to 59 are 60 seconds, 0 to 60 are not.

    `events` are (second, client, account, succeeded), in order of time.
    """
    raise NotImplementedError


def lint_policy(document):
    """Sorted names of what is wrong: "action *", "resource *" for a statement that changes things, "passrole *"."""
    raise NotImplementedError


def open_buckets(s3):
    """(names, names) of buckets without all four settings of Block Public Access, and of those that could not be asked, each in the order listed."""
    raise NotImplementedError


def sign_ins(events):
    """Sorted (time, what) of root use and of console sign-ins without MFA, from the results of LookupEvents.

    `time` is the text in the event; `what` is "root: CreateUser" or "no MFA: ann".
    """
    raise NotImplementedError


def affected(lock, advisories):
    """Sorted (name, version, advisory) of `{name: version}` below the version in which an advisory is fixed."""
    raise NotImplementedError


def post_policy(bucket, key, content_type, most, now, seconds=300):
    """The policy of a form for S3, as base64 text: this key, this type, 1 to so many bytes, so many seconds.

    The conditions are {"bucket": ...}, ["eq", "$key", ...], ["eq", "$Content-Type", ...], ["content-length-range", 1, ...].
    """
    raise NotImplementedError


class TokenBucket:
    """`allow()` is true `burst` times at once, and then `rate` times a second. `clock()` gives seconds."""

    def __init__(self, rate, burst, clock):
        raise NotImplementedError
