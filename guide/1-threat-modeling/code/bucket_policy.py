"""Whether the Deny statements of a bucket policy refuse a request: as much of the evaluation as this book's policy needs.

It knows two operators, and refuses to answer for a policy that uses anything else, such as a star in an action. What it
leaves out: Allow, roles' own policies, policies of the organisation. For those, use AWS's own simulator.
"""
OPERATORS = {
    # Negated operators are true for a key that the request does not have. This is what makes a missing tag a no.
    "StringNotEquals": lambda found, expected: found != expected,
    "ArnNotEquals": lambda found, expected: found != expected,
}


def denied_by(policy, action, resource, context):
    """The Sid of the first statement that denies the request, or None."""
    for statement in policy["Statement"]:
        if not set(statement) <= {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}:
            raise ValueError("no such element is understood")
        if statement["Effect"] != "Deny" or statement["Principal"] != "*":
            raise ValueError("only Deny for everybody is understood")
        if any("*" in name or "?" in name for name in _many(statement["Action"])):
            raise ValueError("actions are understood by their full name only")
        if action not in _many(statement["Action"]) or not _fits(statement["Resource"], resource):
            continue
        conditions = [
            OPERATORS[operator](context.get(key), _one(expected))
            for operator, keys in statement.get("Condition", {}).items()
            for key, expected in keys.items()
        ]
        if all(conditions):  # all conditions of a statement must hold
            return statement["Sid"]
    return None


def _many(value):
    return value if isinstance(value, list) else [value]


def _one(value):
    if not isinstance(value, str) or "*" in value or "?" in value or "${" in value:
        raise ValueError("one plain value for a key is understood")
    return value


def _fits(pattern, resource):
    if not isinstance(pattern, str) or "*" in pattern[:-1] or "?" in pattern:
        raise ValueError("one resource, with a star at most at its end, is understood")
    return resource.startswith(pattern[:-1]) if pattern.endswith("*") else resource == pattern
