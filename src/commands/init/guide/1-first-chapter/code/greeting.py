"""A file beside the page that shows a part of it."""


# region greet
def greet(name: str) -> str:
    """Greets somebody by name."""
    return f"Hello, {name}"
# endregion greet


if __name__ == "__main__":
    assert greet("reader") == "Hello, reader"
