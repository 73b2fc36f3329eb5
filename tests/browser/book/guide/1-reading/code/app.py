"""A small service, for the pages that show it."""

import hmac


def load(store: dict, key: str) -> bytes:
    """The value under a key, or nothing."""
    return store.get(key, b"")


# region check
def same(one: bytes, other: bytes) -> bool:
    """Compares in constant time, which takes a comment that is long enough to run past the edge of a phone."""
    return hmac.compare_digest(one, other)
# endregion check


def main() -> None:
    print(same(load({}, "a"), b""))
