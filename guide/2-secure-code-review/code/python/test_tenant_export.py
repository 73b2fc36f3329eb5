"""Every feature works in both versions; every attack works on the vulnerable one only."""
import json
import logging

import pytest

import tenant_export
import tenant_export_fixed

AUDIT = "https://audit.example"
both = pytest.mark.parametrize("api", [tenant_export, tenant_export_fixed], ids=["vulnerable", "fixed"])


class S3:
    """Signs nothing, and remembers what it was asked to sign."""

    def __init__(self):
        self.signed = None

    def generate_presigned_url(self, operation, Params, ExpiresIn):
        self.signed = {**Params, "seconds": ExpiresIn}
        return f"https://signed.test/{Params['Key']}"


def ask(api, body=None, headers=None, claims=None):
    """The answer, and what was signed."""
    s3 = S3()
    event = {
        "headers": {"origin": AUDIT, "authorization": "Bearer of the auditor", **(headers or {})},
        "requestContext": {
            "requestId": "r-1",
            "authorizer": {"claims": {"sub": "u-7", "custom:tenant": "mine", "custom:role": "auditor", **(claims or {})}},
        },
        "body": json.dumps({"name": "january", **(body or {})}),
    }
    return api.handler(event, None, s3), s3.signed


# Features


@both
@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_gives_a_link_to_ones_own_export(api, role):
    answer, signed = ask(api, claims={"custom:role": role})
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {"url": "https://signed.test/exports/mine/january.csv"}
    assert (signed["Bucket"], signed["Key"]) == ("tenant-exports-prod", "exports/mine/january.csv")


@both
def test_lets_the_audit_site_read_the_answer(api):
    headers = ask(api)[0]["headers"]
    assert headers["Access-Control-Allow-Origin"] == AUDIT
    assert headers["Access-Control-Allow-Credentials"] == "true"


@both
def test_refuses_a_viewer(api):
    answer, signed = ask(api, claims={"custom:role": "viewer"})
    assert (answer["statusCode"], signed) == (403, None)


# Attacks


def test_p5_1_exports_another_tenants_data():
    def attack(api):
        return ask(api, headers={"x-tenant-id": "victim"})[1]["Key"]

    assert attack(tenant_export) == "exports/victim/january.csv"
    assert attack(tenant_export_fixed) == "exports/mine/january.csv"


@pytest.mark.parametrize("tenant", [None, "", "mine/../victim", 7])
def test_p5_1_fixed_refuses_a_claim_that_is_no_tenant(tenant):
    answer, signed = ask(tenant_export_fixed, claims={"custom:tenant": tenant}, headers={"x-tenant-id": "victim"})
    assert (answer["statusCode"], signed) == (403, None)


def test_p5_2_becomes_an_administrator_by_saying_so():
    def attack(api):
        return ask(api, body={"role": "admin"}, claims={"custom:role": "viewer"})[0]["statusCode"]

    assert attack(tenant_export) == 200
    assert attack(tenant_export_fixed) == 403


def test_p5_3_has_an_object_of_another_bucket_signed():
    def attack(api):
        return ask(api, body={"bucket": "hr-payroll"})[1]["Bucket"]

    assert attack(tenant_export) == "hr-payroll"
    assert attack(tenant_export_fixed) == "tenant-exports-prod"


def test_p5_4_reads_an_auditors_token_in_the_log(caplog):
    def attack(api):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            ask(api)
        return "Bearer of the auditor" in caplog.text

    assert attack(tenant_export)
    assert not attack(tenant_export_fixed)
    assert caplog.messages == ["export request=r-1 by=u-7 tenant=mine role=auditor name=january allowed=True"]


def test_p5_4_fixed_writes_no_words_of_the_caller(caplog):
    with caplog.at_level(logging.INFO):
        ask(tenant_export_fixed, body={"name": "x\nexport request=r-2 allowed=True"}, claims={"custom:role": ["admin"]})
    assert caplog.messages == ["export request=r-1 by=u-7 tenant=mine role=- name=- allowed=False"]


def test_p5_5_uses_a_forwarded_link_a_day_later():
    assert ask(tenant_export)[1]["seconds"] > 24 * 3600
    assert ask(tenant_export_fixed)[1]["seconds"] <= 300


def test_p5_6_reads_the_answer_from_another_site():
    def attack(api):
        return ask(api, headers={"origin": "https://evil.test"})[0]["headers"].get("Access-Control-Allow-Origin")

    assert attack(tenant_export) == "https://evil.test"
    assert attack(tenant_export_fixed) is None


@both
def test_a_name_with_dots_does_not_climb(api):
    """Keys are plain text to S3. The fixed version refuses the name all the same, for the tools that come after."""
    answer, signed = ask(api, body={"name": "../victim/january"})
    assert signed is None or signed["Key"] == "exports/mine/../victim/january.csv"
    assert answer["statusCode"] in (200, 400)


@pytest.mark.parametrize("body", [None, "", "[]", "{}", '{"name": 1}', '{"name": "a/b"}', "[" * 100_000], ids=range(7))
def test_fixed_asks_for_a_name(body):
    event = {
        "headers": None,
        "requestContext": {"authorizer": {"claims": {"custom:tenant": "mine", "custom:role": "admin"}}},
        "body": body,
    }
    assert tenant_export_fixed.handler(event, None, S3())["statusCode"] == 400
