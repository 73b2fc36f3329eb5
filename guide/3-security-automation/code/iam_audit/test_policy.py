"""Policies one by one: what is allowed, what is alarming, and what is not a policy."""

import json
import pathlib
import time

import pytest

import policy

HERE = pathlib.Path(__file__).parent
C = {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


@pytest.mark.parametrize("statement, action, expected", [
    (allow("*"), "s3:GetObject", "yes"),
    ([allow("*")], "s3:GetObject", "yes"),
    (allow("*:*"), "s3:GetObject", "yes"),
    (allow("s3:*"), "s3:GetObject", "yes"),
    (allow("S3:getobject"), "s3:GetObject", "yes"),
    (allow("s3:Get?bject"), "s3:GetObject", "yes"),
    (allow("s3:Get*"), "s3:PutObject", "no"),
    (allow(["ec2:*", "s3:Get*"]), "s3:GetObject", "yes"),
    (allow("s3.GetObject"), "s3:GetObject", "no"),
    (allow("s3:GetObject", "arn:aws:s3:::one/*"), "s3:GetObject", "no"),
    (allow("iam:PassRole", "arn:aws:iam::111122223333:role/*"), "iam:PassRole", "yes"),
    (allow("iam:PassRole", "arn:aws:iam::*:role/*"), "iam:PassRole", "yes"),
    (allow("iam:PassRole", "arn:aws-cn:iam::111122223333:role/*"), "iam:PassRole", "yes"),
    (allow("iam:PassRole", "arn:aws:iam::111122223333:role/app-*"), "iam:PassRole", "no"),
    (allow("iam:PassRole", ["arn:aws:iam::111122223333:role/a", "*"]), "iam:PassRole", "yes"),
    (allow("s3:*", Condition=C), "s3:GetObject", "conditional"),
    ([allow("s3:*", Condition=C), allow("s3:*")], "s3:GetObject", "yes"),
    ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, "s3:GetObject", "yes"),
    ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, "iam:PassRole", "no"),
    ({"Effect": "Allow", "NotAction": ["iam:*", "s3:*"], "Resource": "*"}, "s3:GetObject", "no"),
    ({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::one/*"}, "s3:GetObject", "yes"),
    ([allow("*"), deny("s3:*")], "s3:GetObject", "no"),
    ([allow("*"), deny("s3:*", Condition=C)], "s3:GetObject", "yes"),
    ([allow("*"), deny("s3:*", "arn:aws:s3:::one/*")], "s3:GetObject", "yes"),
    ([deny("*")], "s3:GetObject", "no"),
    ([allow("*"), {"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}], "iam:PassRole", "no"),
    ([], "s3:GetObject", "no"),
])
def test_what_a_policy_allows(statement, action, expected):
    assert policy.allows(policy.statements({"Statement": statement}), action) == expected


@pytest.mark.parametrize("document", [None, [], {}, {"Statement": "x"}, {"Statement": [{"Action": "*"}]}, {"Statement": {"Effect": "allow", "Action": "*"}},
                                      {"Statement": {"Effect": "Allow"}}, {"Statement": {"Effect": "Allow", "Action": "*", "NotAction": "*"}},
                                      {"Statement": {"Effect": "Allow", "Action": {"a": 1}, "Resource": "*"}}])
def test_what_is_no_policy_is_an_error_and_not_a_no(document):
    with pytest.raises(policy.PolicyError):
        policy.allows(policy.statements(document), "s3:GetObject")


def kinds(*statements):
    return [(k, s) for k, s, _ in policy.identity_findings([{"Statement": list(statements)}])]


def test_an_administrator_is_one_finding():
    assert kinds(allow("*")) == [("admin", "high")]
    assert kinds(allow("*", Condition=C)) == [("admin", "medium")]
    assert kinds({"Effect": "Allow", "NotAction": "aws-portal:*", "Resource": "*"}) == [("admin", "high")]


@pytest.mark.parametrize("label, actions", policy.ESCALATIONS.items())
def test_every_way_up_is_found_and_needs_all_its_parts(label, actions):
    found = list(policy.identity_findings([{"Statement": allow(a)} for a in actions]))
    assert label in [d.split(":")[0] for _, _, d in found]
    if len(actions) > 1:
        assert label not in [d.split(":")[0] for _, _, d in policy.identity_findings([{"Statement": allow(actions[0])}])]
    assert kinds(*(allow(a, "arn:aws:iam::111122223333:role/only-this") for a in actions)) == []


OWN, ORG = "111122223333", {"111122223333", "444455556666"}
OIDC = {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}


@pytest.mark.parametrize("principal, condition, expected", [
    ("*", None, ["critical"]),
    ({"AWS": "*"}, None, ["critical"]),
    ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, ["medium"]),
    ({"AWS": "arn:aws:iam::111122223333:root"}, None, []),
    ({"AWS": "444455556666"}, None, ["low"]),
    ({"AWS": ["arn:aws:iam::999988887777:root"]}, None, ["high"]),
    ({"AWS": "arn:aws:iam::999988887777:role/vendor"}, {"StringEquals": {"sts:ExternalId": "x"}}, ["medium"]),
    ({"AWS": "AROAEXAMPLEID"}, None, []),
    ({"Service": "ec2.amazonaws.com"}, None, []),
    (OIDC, {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example@1/*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:exa*/shop:ref:refs/heads/main"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/shop:ref:refs/heads/*"}}, []),
    (OIDC, {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:example/shop:ref:refs/heads/main"}}, []),
])
def test_who_may_take_a_role(principal, condition, expected):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **({"Condition": condition} if condition else {})}
    assert [s for _, s, _ in policy.trust_findings({"Statement": statement}, OWN, ORG)] == expected


def test_not_principal_is_everybody_else():
    statement = {"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "sts:AssumeRole"}
    assert [s for _, s, _ in policy.trust_findings({"Statement": statement}, OWN, ORG)] == ["critical"]


def test_our_own_role_may_only_read_and_only_our_runner_may_take_it():
    document = json.loads((HERE / "audit-role-policy.json").read_text(encoding="utf-8"))
    actions = [a for s in policy.statements(document) for a in policy.as_list(s["Action"])]
    assert all(a.split(":")[1].startswith(("Get", "GenerateCredentialReport")) and "*" not in a for a in actions)
    assert list(policy.identity_findings([document])) == []
    trust = json.loads((HERE / "audit-role-trust.json").read_text(encoding="utf-8"))
    assert [s for _, s, _ in policy.trust_findings(trust, "999988887777", ORG)] == ["low"]
    assert "aws:PrincipalOrgID" in trust["Statement"][0]["Condition"]["StringEquals"]


# What an account's owner may write to stay unseen, or to keep the audit busy.

@pytest.mark.parametrize("resource", ["arn:aws:*", "arn:*", "*:*", "arn:aws:*:*:*:*", "arn:aws:iam:*:*:*", "arn:aws:iam::*:*", "arn:aws:iam::111122223333:*/*", "arn:aws:iam::1111*:role/*",
                                      "arn:aws:iam::11112222333?:role/*", "arn:aws:iam::*:role/?*", "*role/*", "arn:?ws:iam::*:role/*"])
def test_all_roles_can_be_written_in_many_ways(resource):
    assert policy.allows([allow("iam:PassRole", resource)], "iam:PassRole") == "yes"


@pytest.mark.parametrize("resource", ["arn:aws:iam::111122223333:role/app", "arn:aws:iam::*:role/app-*", "arn:aws:s3:::*", "arn:aws:iam::*:role/app/*", []])
def test_some_roles_or_other_things_are_not_all_roles(resource):
    assert policy.allows([allow("iam:PassRole", resource)], "iam:PassRole") == "no"


@pytest.mark.parametrize("action, resource", [("lambda:CreateFunction", "arn:aws:lambda:eu-west-1:111122223333:function:*"), ("ec2:RunInstances", "arn:aws:ec2:*:*:*"),
                                              ("cloudformation:CreateStack", "arn:aws:cloudformation:*:*:stack/mine/*")])
def test_one_function_to_give_a_role_to_is_enough(action, resource):
    found = [d for _, _, d in policy.identity_findings([{"Statement": [allow("iam:PassRole"), allow(action, resource)]}])]
    assert len(found) == 1 and action in found[0]


def test_an_empty_condition_is_none():
    assert kinds(allow("*", Condition={})) == [("admin", "high")]
    assert kinds(allow("*"), deny("*", Condition={})) == []


def test_a_pattern_cannot_keep_the_audit_busy():
    start = time.monotonic()
    for pattern in ("*?" * 11 + "!", "*?" * 400, "*" + "a*" * 400, "*i*a*m*" * 50 + "!"):
        assert not policy.matches(pattern, "iam:UpdateAssumeRolePolicy")
    assert policy.matches("i*m:*Role*Po?icy", "iam:UpdateAssumeRolePolicy") and policy.matches("*licy", "iam:UpdateAssumeRolePolicy")
    assert not policy.matches("iam:*Policy*Policy", "iam:UpdateAssumeRolePolicy") and policy.matches("*?*", "a") and not policy.matches("a*a", "a")
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("principal, condition, expected", [
    ({"AWS": "*"}, {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}, ["critical"]),
    ({"AWS": "*"}, {"StringLike": {"aws:PrincipalArn": "*"}}, ["critical"]),
    ({"AWS": "*"}, {"Null": {"aws:PrincipalOrgID": "true"}}, ["critical"]),
    ({"AWS": "*"}, {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-1"}}, ["critical"]),
    ({"AWS": "999988887777"}, {"StringNotEquals": {"sts:ExternalId": "x"}}, ["high"]),
    ({"AWS": "999988887777"}, {"StringLike": {"sts:ExternalId": "*"}}, ["high"]),
    (OIDC, {"StringNotLike": {"token.actions.githubusercontent.com:sub": "repo:example/old:*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "?*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "r*"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "*:ref:refs/heads/main"}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": ["repo:example/shop:*", "repo:*"]}}, ["high"]),
    (OIDC, {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/shop:*"}}, []),
    ({"Federated": "cognito-identity.amazonaws.com"}, None, ["high"]),
    ({"Federated": "cognito-identity.amazonaws.com"}, {"StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:pool"}}, []),
    ({"Federated": "arn:aws:iam::111122223333:saml-provider/example"}, {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}, []),
])
def test_a_condition_that_lets_strangers_in_lowers_nothing(principal, condition, expected):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **({"Condition": condition} if condition else {})}
    assert [s for _, s, _ in policy.trust_findings({"Statement": statement}, OWN, ORG)] == expected


@pytest.mark.parametrize("change", [{"Principal": "somebody"}, {"Principal": []}, {"Condition": []}, {"Condition": {"StringEquals": "x"}}, {"Action": [7]}])
def test_a_trust_policy_that_is_none_is_an_error_of_its_own(change):
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", **change}
    with pytest.raises(policy.PolicyError):
        list(policy.trust_findings({"Statement": statement}, OWN, ORG))
