"""What goes to Security Hub CSPM: shape by botocore's own model, ids that stay, archiving that never closes what was not read."""

import copy
import datetime
import json
import pathlib

import boto3
import moto
import pytest
from botocore.stub import Stubber

import asff
import audit
import policy
import send_asff
import simulate

HERE = pathlib.Path(__file__).parent
WHERE = {"partition": "aws", "region": "eu-west-1"}
NOW = datetime.datetime(2026, 11, 26, 9, tzinfo=datetime.timezone.utc)
LATER = NOW + datetime.timedelta(days=1)
FIRST = "100000000000"


@pytest.fixture
def result():
    """20 accounts, an administrator in the first and in the eleventh."""
    return audit.audit(simulate.SimulatedAws(20, 0, roles=4), today=NOW)


def without(result, account):
    """The same run a day later, with the account mended."""
    return {**result, "findings": [f for f in result["findings"] if f["account"] != account]}


def row(**change):
    return {"account": "111122223333", "kind": "admin", "severity": "high", "who": "role/app", "arn": "arn:aws:iam::111122223333:role/team/app", "detail": "allows everything", **change}


PLACE = {"unit": "Workloads/Shops", "owner": "shops@example.com"}


def test_the_model_of_the_service_knows_every_field_and_all_required_ones_are_there():
    client = boto3.client("securityhub", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing")
    sent = asff.to_asff(row(), WHERE, PLACE, asff.stamp(NOW), asff.stamp(NOW))
    shape = client.meta.service_model.shape_for("AwsSecurityFinding")
    assert set(shape.required_members) <= set(sent) <= set(shape.members)
    assert set(asff.LABELS.values()) < set(client.meta.service_model.shape_for("SeverityLabel").enum)
    with Stubber(client) as stub:
        stub.add_response("batch_import_findings", {"FailedCount": 0, "SuccessCount": 1, "FailedFindings": []}, {"Findings": [sent]})
        client.batch_import_findings(Findings=[sent])


@pytest.mark.parametrize("arn, expected", [
    ("arn:aws:iam::111122223333:role/team/app", ("AwsIamRole", "arn:aws:iam::111122223333:role/team/app")),
    ("arn:aws-us-gov:iam::111122223333:user/ann", ("AwsIamUser", "arn:aws-us-gov:iam::111122223333:user/ann")),
    ("arn:aws:iam::111122223333:group/g", ("AwsIamGroup", "arn:aws:iam::111122223333:group/g")),
    ("arn:aws:iam::111122223333:root", ("AwsAccount", "AWS::::Account:111122223333")),
    ("arn:aws:s3:::example-bucket", ("Other", "arn:aws:s3:::example-bucket")),
    ("", ("Other", "role/app")),
])
def test_the_resource_has_the_type_that_security_hub_knows(arn, expected):
    found = asff.resource(row(arn=arn), WHERE)
    assert (found["Type"], found["Id"]) == expected


@pytest.mark.parametrize("length", [0, 1, 256, 1024, 50_000])
def test_texts_keep_within_their_limits_and_have_no_control_characters(length):
    sent = asff.to_asff(row(who="ä" * length + "\x1b\n", detail="x" * length), WHERE, {"unit": "u" * length, "owner": ""}, "", "")
    assert 1 <= len(sent["Title"]) <= 256 and 1 <= len(sent["Description"]) <= 1024 and "\x1b" not in sent["Title"]
    assert all(1 <= len(v) <= 1024 for v in sent["ProductFields"].values()) and len(json.dumps(sent).encode()) <= 240_000


def test_an_id_stays_when_severity_order_or_day_change_and_differs_between_accounts():
    assert asff.identity(row()) == asff.identity(row(severity="low", who="other words"))
    assert asff.identity(row()) != asff.identity(row(account="444455556666"))
    key = {"user": "ann", "arn": "a", "password_enabled": "false", "mfa_active": "false", "access_key_1_active": "true", "access_key_2_active": "false",
           "access_key_1_last_rotated": "2026-01-01T00:00:00Z", "access_key_1_last_used_date": "2026-11-01T00:00:00Z"}
    assert list(audit.credential_findings(key, NOW)) == list(audit.credential_findings(key, LATER)) != []


def test_every_account_that_was_read_has_a_file_and_each_file_its_own_account(result):
    files = asff.per_account(result, {}, WHERE, NOW)
    assert len(files) == 20 and sum(map(len, files.values())) == 2
    assert all(f["AwsAccountId"] == account and f":{account}:product/{account}/default" in f["ProductArn"] for account, found in files.items() for f in found)
    assert files[FIRST][0]["ProductFields"]["iam-audit/owner"].endswith("@example.com")


def test_the_first_day_stays_what_is_gone_is_archived_and_what_comes_back_is_active(result):
    one = asff.per_account(result, {}, WHERE, NOW)
    two = asff.per_account(result, one, WHERE, LATER)
    assert two[FIRST][0]["CreatedAt"] == asff.stamp(NOW) and two[FIRST][0]["UpdatedAt"] == asff.stamp(LATER)
    gone = asff.per_account(without(result, FIRST), two, WHERE, LATER)
    assert [f["RecordState"] for f in gone[FIRST]] == ["ARCHIVED"]
    back = asff.per_account(result, gone, WHERE, LATER)
    assert [(f["RecordState"], f["CreatedAt"]) for f in back[FIRST]] == [("ACTIVE", asff.stamp(NOW))]
    assert asff.per_account(without(result, FIRST), gone, WHERE, LATER + datetime.timedelta(days=31))[FIRST] == []


def test_an_account_that_failed_keeps_its_file(result, tmp_path):
    asff.write(tmp_path, asff.per_account(result, {}, WHERE, NOW))
    before = (tmp_path / f"{FIRST}.json").read_bytes()
    failed = {**without(result, FIRST), "audited": [a for a in result["audited"] if a != FIRST], "failed": {FIRST: "AccessDenied in AssumeRole"}}
    asff.write(tmp_path, asff.per_account(failed, asff.read(tmp_path), WHERE, LATER))
    assert (tmp_path / f"{FIRST}.json").read_bytes() == before
    assert (tmp_path / f"{FIRST}.json").stat().st_mode & 0o077 == 0 and not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("analysed, state", [(False, "ACTIVE"), (True, "ARCHIVED")])
def test_a_finding_of_access_analyzer_is_archived_only_if_it_was_asked(result, analysed, state):
    more = copy.deepcopy(result)
    more["findings"].append(row(account=FIRST, kind="external-access", arn="arn:aws:s3:::example-bucket"))
    one = asff.per_account(more, {}, WHERE, NOW)
    two = asff.per_account({**result, "analysed": analysed}, one, WHERE, LATER)
    assert {f["GeneratorId"]: f["RecordState"] for f in two[FIRST]} == {"iam-audit/admin": "ACTIVE", "iam-audit/external-access": state}


@pytest.mark.parametrize("text", ["{", "{}1", "[{}]", '[{"AwsAccountId": "1"}]', "[1]"])
def test_a_strange_file_stops_the_run_before_anything_is_written(tmp_path, text):
    (tmp_path / "111122223333.json").write_text(text, encoding="utf-8")
    with pytest.raises(asff.NotOurs):
        asff.read(tmp_path)


@pytest.fixture
def files(result, tmp_path):
    asff.write(tmp_path, asff.per_account(result, {}, WHERE, NOW))
    return tmp_path


def test_each_account_imports_its_own_findings(files, monkeypatch):
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    with moto.mock_aws():
        session = boto3.Session(region_name="eu-west-1")
        assert send_asff.main([str(files), "--send"], session) == 0
        given = session.client("sts").assume_role(RoleArn=f"arn:aws:iam::{FIRST}:role/Any", RoleSessionName="test")["Credentials"]
        there = session.client("securityhub", aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"])
        assert [f["AwsAccountId"] for f in there.get_findings()["Findings"]] == [FIRST]
        assert session.client("securityhub").get_findings()["Findings"] == []


def test_nothing_is_sent_without_the_option(files, capsys):
    assert send_asff.main([str(files)], session=None) == 0
    assert capsys.readouterr().out == "2 findings of 2 accounts\nnothing was sent; --send sends\n"
    (files / "999988887777.json").write_text("x", encoding="utf-8")
    assert send_asff.main([str(files)], session=None) == 2


def test_an_account_that_refuses_is_named_and_the_others_are_sent():
    sts = boto3.client("sts", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing")
    given = {"AccessKeyId": "testing-testing-", "SecretAccessKey": "testing", "SessionToken": "testing", "Expiration": NOW}
    with Stubber(sts) as stub:
        stub.add_client_error("assume_role", "AccessDenied")
        stub.add_response("assume_role", {"Credentials": given})
        sent = []

        class Hub:
            def batch_import_findings(self, Findings):
                sent.extend(Findings)
                return {"FailedCount": 0, "SuccessCount": len(Findings), "FailedFindings": []}
        refused = send_asff.send_all(sts, lambda _: Hub(), "Import", {"1": [{"Id": "a"}], "2": [{"Id": "b"}]})
    assert list(refused) == ["1"] and "AccessDenied" in refused["1"]["a"] and sent == [{"Id": "b"}]


def test_the_role_that_imports_may_do_nothing_else():
    document = json.loads((HERE / "import-role-policy.json").read_text(encoding="utf-8"))
    assert [s["Action"] for s in policy.statements(document)] == ["securityhub:BatchImportFindings"]


def test_the_runner_reads_the_organisation_and_enters_by_one_role():
    document, audit_role = (json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")) for name in ("runner-policy", "audit-role-policy"))
    own = set(policy.statements(audit_role)[0]["Action"])  # it reads its own account as itself
    assert own <= {a for s in policy.statements(document) for a in policy.as_list(s["Action"])}
    for s in policy.statements(document):
        for action in policy.as_list(s["Action"]):
            service, name = action.split(":")
            assert (service, s["Resource"]) == ("sts", "arn:aws:iam::*:role/SecurityAudit") or name.startswith(("Describe", "List")) or action in own
    assert list(policy.identity_findings([document])) == []


def test_a_link_that_waits_in_the_folder_is_not_written_through(result, tmp_path):
    precious, folder = tmp_path / "precious", tmp_path / "findings"
    precious.write_text("mine", encoding="utf-8")
    folder.mkdir()
    (folder / f"{FIRST}.new").symlink_to(precious)
    asff.write(folder, asff.per_account(result, {}, WHERE, NOW))
    assert precious.read_text(encoding="utf-8") == "mine" and FIRST in asff.read(folder)
