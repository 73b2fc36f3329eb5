"""What an IAM policy allows, read statically, and what is alarming about it.

Reading a policy over-approximates: a service control policy, a resource control policy, a permissions boundary or a
session policy may still forbid what it allows. So each finding says "allows", never "can".
"""

import functools
import re


class PolicyError(Exception):
    """A document that cannot be understood. Never "allows nothing"."""


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements(document):
    """The statements of a policy: `Statement` may be one object or a list of them."""
    if not isinstance(document, dict) or "Statement" not in document:
        raise PolicyError("no Statement")
    found = as_list(document["Statement"])
    for statement in found:
        if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny"):
            raise PolicyError("a statement without Effect")
        if ("Action" in statement) == ("NotAction" in statement):
            raise PolicyError("a statement needs Action or NotAction")
        if not all(isinstance(p, str) for key in ("Action", "NotAction", "Resource", "NotResource") for p in as_list(statement.get(key, []))):
            raise PolicyError("a pattern that is not text")
        tests = statement.get("Condition", {})
        if not isinstance(tests, dict) or not all(isinstance(keys, dict) for keys in tests.values()):
            raise PolicyError("a Condition that is none")
    return found


# region match
def matches(pattern, value):
    """IAM's own wildcards, `*` and `?`, and nothing else; names of actions do not mind their case."""
    return compiled(pattern).fullmatch(value) is not None


@functools.lru_cache(4096)
def compiled(pattern):
    """Each piece is found once and kept, `(?>…)`: a pattern from somebody else's policy cannot make us try for hours."""
    first, *rest = ("".join("." if c == "?" else re.escape(c) for c in piece) for piece in re.sub(r"\*+", "*", pattern).split("*"))
    inner = "".join(f"(?>.*?{piece})" for piece in rest[:-1]) + (".*" + rest[-1] if rest else "")
    return re.compile(first + inner, re.I | re.S)


def names(statement, action):
    if "NotAction" in statement:
        return not any(matches(p, action) for p in as_list(statement["NotAction"]))
    return any(matches(p, action) for p in as_list(statement["Action"]))


def broad(statement):
    """Whether the statement is about all resources, or about all roles, users, groups or policies of an account."""
    return "NotResource" in statement or any(takes_in_all(r) for r in as_list(statement.get("Resource", [])))


@functools.lru_cache(4096)
def takes_in_all(pattern):
    """Tried with a name that nobody has, in the pattern's own partition and account."""
    fields = (pattern.split(":") + [""] * 5)[:5]
    partition, account = (re.sub(r"[*?]", "1", fields[n]) or other for n, other in ((1, "aws"), (4, "111122223333")))
    return any(matches(pattern, f"arn:{partition}:iam::{account}:{kind}/zq7x9") for kind in ("role", "user", "group", "policy"))
# endregion match


# region allows
def allows(every, action, anywhere=False):
    """"no", "conditional" or "yes": what all statements together say of one action on all resources, or on any at all."""
    best = "no"
    for s in every:
        if s["Effect"] == "Deny" and names(s, action) and not s.get("Condition") and as_list(s.get("Resource")) == ["*"]:
            return "no"
    for s in every:
        if s["Effect"] == "Allow" and names(s, action) and (anywhere or broad(s)):
            if not s.get("Condition"):
                return "yes"
            best = "conditional"
    return best
# endregion allows


# Allowed together, these are as good as everything.
ADMIN = ("iam:AttachRolePolicy", "iam:CreateUser", "ec2:RunInstances", "s3:GetObject", "kms:Decrypt", "lambda:CreateFunction", "sts:AssumeRole")

# region escalation
ESCALATIONS = {
    "new policy version": ("iam:CreatePolicyVersion",),
    "default policy version": ("iam:SetDefaultPolicyVersion",),
    "attach to user": ("iam:AttachUserPolicy",),
    "attach to group": ("iam:AttachGroupPolicy",),
    "attach to role": ("iam:AttachRolePolicy",),
    "inline in user": ("iam:PutUserPolicy",),
    "inline in group": ("iam:PutGroupPolicy",),
    "inline in role": ("iam:PutRolePolicy",),
    "change of a trust policy": ("iam:UpdateAssumeRolePolicy", "sts:AssumeRole"),
    "access key of somebody": ("iam:CreateAccessKey",),
    "password of somebody": ("iam:UpdateLoginProfile",),
    "first password of somebody": ("iam:CreateLoginProfile",),
    "member of any group": ("iam:AddUserToGroup",),
    "role to a function": ("iam:PassRole", "lambda:CreateFunction"),
    "role to an instance": ("iam:PassRole", "ec2:RunInstances"),
    "role to a stack": ("iam:PassRole", "cloudformation:CreateStack"),
    "role to a container": ("iam:PassRole", "ecs:RunTask"),
    "role to a job": ("iam:PassRole", "glue:CreateJob"),
    "any role": ("sts:AssumeRole",),
}
# endregion escalation


def identity_findings(document_list):
    """(kind, severity, detail) of everything alarming in the policies of one user, group or role."""
    every = [s for document in document_list for s in statements(document)]
    answers = [allows(every, a) for a in ADMIN]
    if "no" not in answers:
        sure = all(a == "yes" for a in answers)
        yield "admin", "high" if sure else "medium", "allows everything" + ("" if sure else ", on a condition")
        return
    for label, actions in ESCALATIONS.items():
        # one function of one's own is enough to give a role to; the role has to be any
        answers = [allows(every, a, anywhere=not a.startswith(("iam:", "sts:"))) for a in actions]
        if "no" not in answers:
            sure = all(a == "yes" for a in answers)
            yield "escalation", "high" if sure else "medium", f"{label}: allows {' and '.join(actions)}" + ("" if sure else ", on a condition")


# region trust
NAMELESS = re.compile(r"\*|repo:[^/]*\*|(repo|project_path):[^/]+/\*")  # a star for the subject, its owner or its repository
STRANGERS = ("repo:zq7x9/zq7x9:ref:refs/heads/main", "project_path:zq7x9/zq7x9:ref_type:branch:ref:main", "system:serviceaccount:zq7x9:zq7x9")
LIMITS = re.compile(r"(ForAnyValue:)?(String|Arn)(Equals|EqualsIgnoreCase|Like)", re.I)  # `Not`, `IfExists`, `Null`, `ForAllValues` let others in


def limits(statement):
    """{key: values} of the conditions that let in whom they name, and nobody else."""
    found = {}
    for test, keys in statement.get("Condition", {}).items():
        for key, value in keys.items() if LIMITS.fullmatch(test) else ():
            values = [str(v) for v in as_list(value)]
            if not any(re.fullmatch(r"[*?]*\*[*?]*", v) for v in values):
                found[key.lower()] = values
    return found


def trust_findings(document, own, organisation):
    """(kind, severity, detail) of who may take a role: everybody, strangers, and pipelines that are not named."""
    for s in statements(document):
        if s["Effect"] != "Allow":
            continue
        if "NotPrincipal" in s:
            yield "trust", "critical", "everybody but the named may take it"
            continue
        principal = s.get("Principal", {})
        if principal != "*" and not isinstance(principal, dict):
            raise PolicyError("a Principal that is none")
        named = {"AWS": ["*"]} if principal == "*" else {k: as_list(v) for k, v in principal.items()}
        keys = limits(s)
        for who in named.get("AWS", []):
            yield from aws_principal(str(who), keys, own, organisation)
        for provider in named.get("Federated", []):
            subjects = [v for key, values in keys.items() if key.endswith(":sub") for v in values]
            if "oidc-provider" in str(provider) and (not subjects or any(NAMELESS.match(v) or any(matches(v, one) for one in STRANGERS) for v in subjects)):
                yield "trust", "high", f"{provider}: no repository is named"
            elif not re.search("(oidc|saml)-provider", str(provider)) and not any(re.search(":(aud|sub|app_id)$", key) for key in keys):
                yield "trust", "high", f"{provider}: users of any application may take it"


def aws_principal(who, keys, own, organisation):
    if who == "*":
        limited = keys.keys() & {"aws:principalorgid", "aws:principalaccount", "aws:principalarn", "aws:sourceaccount"}
        yield "trust", "medium" if limited else "critical", "every AWS account may take it" + (f", limited by {', '.join(sorted(limited))}" if limited else "")
        return
    match = re.search(r"(?<!\d)\d{12}(?!\d)", who)
    if not match or match[0] == own:
        return  # a principal that was deleted is an id without an account: nobody can use it
    if match[0] in organisation:
        yield "cross-account", "low", f"account {match[0]} of the organisation may take it"
    elif "sts:externalid" in keys:
        yield "trust", "medium", f"outside account {match[0]} may take it, with an external id"
    else:
        yield "trust", "high", f"outside account {match[0]} may take it, without an external id"
# endregion trust
