"""The audit against moto's AWS with 200 accounts and planted faults, and against stubs where moto has no answer."""

import contextlib
import datetime
import functools
import json
import threading

import boto3
import moto
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.stub import Stubber

import audit
import simulate

TODAY = datetime.datetime(2026, 11, 26, tzinfo=datetime.timezone.utc)
FAST = Config(retries={"mode": "standard", "max_attempts": 4})
ADMIN = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
OPEN_TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]})
EC2_TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


@contextlib.contextmanager
def planted(count):
    """So many accounts. Planted: 3 administrators, 2 open trusts, 1 broken, 1 throttled for a while, 1 closed; 2 in a unit with an owner."""
    with moto.mock_aws(), pytest.MonkeyPatch.context() as patch:
        for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            patch.setenv(key, "testing")
        session = boto3.Session(region_name="eu-west-1")
        organizations = session.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        for n in range(count - 1):
            organizations.create_account(AccountName=f"team-{n}", Email=f"team-{n}@example.com")
        yield PlantedAws("SecurityAudit", session, config=FAST)


@pytest.fixture(scope="module")
def aws():
    with planted(200) as found:
        yield found


class PlantedAws(audit.Aws):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        listed = sorted(a["Id"] for a in super().accounts())
        self.members = [a for a in listed if a != self.own]
        self.admins, self.opens = self.members[:3], self.members[3:5]
        self.broken, self.slow, self.closed = self.members[5:8]
        self.attempts, self.assumed, self.guard = 0, [], threading.Lock()
        for account in self.admins:
            self.plain_iam(account).create_role(RoleName="=cmd", AssumeRolePolicyDocument=EC2_TRUST)
            self.plain_iam(account).put_role_policy(RoleName="=cmd", PolicyName="p", PolicyDocument=ADMIN)
        for account in self.opens:
            self.plain_iam(account).create_role(RoleName="open", AssumeRolePolicyDocument=OPEN_TRUST)
        organizations = self.client("organizations")
        root = organizations.list_roots()["Roots"][0]["Id"]
        workloads = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
        self.shops = organizations.create_organizational_unit(ParentId=workloads, Name="Shops")["OrganizationalUnit"]["Id"]
        organizations.move_account(AccountId=self.admins[0], SourceParentId=root, DestinationParentId=self.shops)
        organizations.move_account(AccountId=self.opens[0], SourceParentId=root, DestinationParentId=self.shops)
        for account in (self.admins[0], self.opens[0]):
            organizations.tag_resource(ResourceId=account, Tags=[{"Key": "cost", "Value": "7"}, {"Key": "owner", "Value": "shops@example.com"}])

    def plain_iam(self, account):
        return super().iam(account)

    def accounts(self):
        for account in super().accounts():
            yield {**account, "State": "CLOSED"} if account["Id"] == self.closed else account

    def iam(self, account):
        with self.guard:
            self.assumed.append(account)
        if account == self.broken:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole")
        client = self.plain_iam(account)
        if account == self.slow:
            client.meta.events.register_first("before-send.iam.GetAccountAuthorizationDetails", self.throttle)
        return client

    def throttle(self, request, **_):
        self.attempts += 1
        if self.attempts > 2:
            return None
        body = b"<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"
        answer = AWSResponse(request.url, 400, {}, None)
        answer._content = body
        return answer


@pytest.fixture(scope="module")
def run_file(tmp_path_factory):
    return tmp_path_factory.mktemp("run") / "run.jsonl"


@pytest.fixture(scope="module")
def result(aws, run_file):
    aws.attempts, aws.assumed = 0, []
    return audit.audit(aws, run_file, workers=8, today=TODAY, sleep=lambda _: None)


def test_the_planted_findings_are_found_and_no_others_of_their_kind(aws, result):
    assert result["accounts"] == 200
    assert {f["account"] for f in result["findings"] if f["kind"] == "admin"} == set(aws.admins)
    assert {f["account"] for f in result["findings"] if f["severity"] == "critical"} == set(aws.opens)


def test_a_broken_account_is_reported_and_ends_nothing(aws, result):
    assert result["failed"] == {aws.broken: "AccessDenied in AssumeRole"}
    assert len(result["audited"]) == 198
    assert audit.exit_status(result, "high", 0.999) == 3
    assert audit.exit_status(result, "high", 0.99) == 1


def test_a_closed_account_is_skipped_by_name_and_never_entered(aws, result):
    assert result["skipped"] == {aws.closed: "CLOSED"}
    assert aws.closed not in aws.assumed and len(aws.assumed) == len(set(aws.assumed)) == 199


def test_throttling_is_waited_out(aws, result):
    assert aws.attempts == 3 and aws.slow not in result["failed"]


def test_a_run_goes_on_where_it_was_stopped_and_tries_failures_again(aws, result, run_file, tmp_path):
    path = tmp_path / "copy.jsonl"
    path.write_bytes(run_file.read_bytes())
    path.chmod(0o600)
    assert run_file.stat().st_mode & 0o077 == 0
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == 199
    path.write_text("".join(lines[:170]) + lines[170][:10], encoding="utf-8")  # half a line: the machine stopped
    aws.assumed = []
    second = audit.audit(aws, path, workers=8, today=TODAY, sleep=lambda _: None)
    assert second["resumed"] == 169 and len(aws.assumed) == 30 and aws.broken in aws.assumed
    assert second["findings"] == result["findings"]


def test_a_checkpoint_of_another_organisation_is_refused(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"organisation": "o-other", "format": 2}\n', encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(audit.CannotAudit, match="another organisation"):
        audit.audit(simulate.SimulatedAws(3, 0), path)


def test_results_do_not_depend_on_the_number_of_workers():
    assert audit.audit(simulate.SimulatedAws(50, 0.001, roles=4), workers=1, today=TODAY) == audit.audit(simulate.SimulatedAws(50, 0.001, roles=4), workers=16, today=TODAY)


def test_the_simulated_run_makes_the_calls_that_the_page_counts():
    aws = simulate.SimulatedAws(100, 0, roles=4)
    result = audit.audit(aws, today=TODAY)
    assert dict(aws.calls) == {"ListAccounts": 5, "AssumeRole": 100, "GetAccountAuthorizationDetails": 200, "GenerateCredentialReport": 100, "GetCredentialReport": 100,
                               "ListTagsForResource": 10}
    assert len(result["findings"]) == 10 and audit.coverage(result) == 1.0


def test_units_and_owners_are_known_and_the_worst_unit_comes_first(aws, result):
    assert result["places"][aws.admins[0]] == {"unit": "Workloads/Shops", "owner": "shops@example.com"}
    assert result["places"][aws.admins[1]] == result["places"][aws.broken] == {"unit": "/", "owner": "nobody"}
    serious = {**result, "findings": [f for f in result["findings"] if f["severity"] != "low"]}  # moto's own role makes a low one in each account
    assert [(u, o, len(rows)) for u, o, rows in audit.grouped(serious)] == [("/", "nobody", 3), ("Workloads/Shops", "shops@example.com", 2)]
    text = audit.as_markdown(serious)
    assert "\n## Workloads/Shops\n" in text and "\n### shops@example.com: 1 critical, 1 high\n" in text
    assert text.splitlines()[0].startswith("198 of 200 accounts audited") and f"| {aws.broken} | nobody |" in text


def test_a_path_in_the_list_saves_the_way_upwards(aws):
    path = f"o-exampleorgid/r-root/{aws.shops}/111122223333/"
    assert aws.unit({"Id": "111122223333", "Paths": [path]}) == "Shops"
    assert aws.unit({"Id": "111122223333", "Paths": ["o-exampleorgid/r-root/111122223333/"]}) == "/"


def test_an_owner_that_cannot_be_read_is_said_and_costs_no_finding():
    class Refused(simulate.SimulatedAws):
        def owner(self, account, tag):
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "ListTagsForResource")
    result = audit.audit(Refused(10, 0), today=TODAY)
    assert len(result["findings"]) == 1  # and nobody is asked about accounts without rows
    assert result["places"] == {"100000000000": {"unit": "Team 5", "owner": "unknown: AccessDeniedException in ListTagsForResource"}}


ANALYZER = "arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/{}"


def analyzer(name, kind="ORGANIZATION", status="ACTIVE"):
    return {"arn": ANALYZER.format(name), "name": name, "type": kind, "createdAt": TODAY, "status": status}


def analysed(number, resource, kind="ExternalAccess", **more):
    return {"id": str(number), "resourceType": "AWS::IAM::Role" if ":role/" in resource else "AWS::S3::Bucket", "resource": resource,
            "resourceOwnerAccount": "444455556666", "status": "ACTIVE", "findingType": kind, "analyzedAt": TODAY, "createdAt": TODAY, "updatedAt": TODAY, **more}


def analyzer_client(*answers):
    """A stub that gives these pages: analyzers first, then findings of each."""
    client = boto3.client("accessanalyzer", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing", config=FAST)
    stub = Stubber(client)
    for name, answer, *asked in answers:
        stub.add_response(name, answer, *asked) if isinstance(answer, dict) else stub.add_client_error(name, answer)
    stub.activate()
    return client


ROLE, BUCKET = "arn:aws:iam::444455556666:role/deploy", "arn:aws:s3:::example-bucket"


def test_findings_of_access_analyzer_are_read_from_all_pages_and_only_active_ones():
    ask = {"analyzerArn": ANALYZER.format("org"), "filter": {"status": {"eq": ["ACTIVE"]}}}
    client = analyzer_client(
        ("list_analyzers", {"analyzers": [analyzer("org")], "nextToken": "t"}), ("list_analyzers", {"analyzers": [analyzer("off", status="FAILED")]}),
        ("list_findings_v2", {"findings": [analysed(1, ROLE)], "nextToken": "t"}, ask),
        ("list_findings_v2", {"findings": [analysed(2, BUCKET, error="ACCESS_DENIED"), analysed(3, ROLE, "UnusedPermission")]}, {**ask, "nextToken": "t"}))
    found, gaps = audit.analyzer_findings(client, "eu-west-1")
    assert [(f["kind"], f["severity"], f["arn"]) for f in found] == [("external-access", "high", ROLE), ("unanalysed", "medium", BUCKET), ("unused-access", "low", ROLE)]
    assert gaps == ["eu-west-1: analyzer off is FAILED"]


class WithAnalyzers(simulate.SimulatedAws):
    """Simulated accounts, and analyzers from stubs."""

    def __init__(self, count, regions):
        super().__init__(count, 0, roles=2)
        self.regions = regions

    def client(self, service, region):
        return analyzer_client(*self.regions[region])


def one_region(*findings):
    return [("list_analyzers", {"analyzers": [analyzer("org")]}), ("list_findings_v2", {"findings": list(findings)})]


def test_a_role_that_every_region_reports_is_one_row_and_stands_with_its_account():
    aws = WithAnalyzers(3, {"eu-west-1": one_region(analysed(1, ROLE), analysed(2, BUCKET)), "us-east-1": one_region(analysed(9, ROLE))})
    result = audit.audit(aws, today=TODAY, regions=["us-east-1", "eu-west-1"])
    rows = [f for f in result["findings"] if f["account"] == "444455556666"]
    assert [(f["who"], f["detail"]) for f in rows] == [("AWS::IAM::Role", "ExternalAccess, says Access Analyzer in eu-west-1"), ("AWS::S3::Bucket", "ExternalAccess, says Access Analyzer in eu-west-1")]
    assert result["analysed"] and audit.exit_status(result, "critical", 1.0) == 0


def test_a_region_without_an_analyzer_is_a_gap_and_a_region_that_refuses_makes_the_report_incomplete():
    none = audit.audit(WithAnalyzers(3, {"eu-west-1": [("list_analyzers", {"analyzers": []})]}), today=TODAY, regions=["eu-west-1"])
    assert not none["analysed"] and audit.exit_status(none, "critical", 1.0) == 0
    assert "- Not covered: eu-west-1: nothing looks for external access in the whole organisation" in audit.as_markdown(none)
    refused = audit.audit(WithAnalyzers(3, {"eu-west-1": [("list_analyzers", "AccessDeniedException")]}), today=TODAY, regions=["eu-west-1"])
    assert refused["broken"] == ["Access Analyzer in eu-west-1: AccessDeniedException in ListAnalyzers"]
    assert audit.exit_status(refused, "critical", 1.0) == 3 and "- Could not be asked: " in audit.as_markdown(refused)


def test_state_comes_before_status():
    assert audit.state({"State": "SUSPENDED", "Status": "ACTIVE"}) == "SUSPENDED"
    assert audit.state({"Status": "ACTIVE"}) == "ACTIVE"
    assert audit.state({}) == "ACTIVE"  # nothing said: it is tried


def stubbed():
    client = boto3.client("iam", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing", config=FAST)
    return client, Stubber(client)


def role(name):
    return {"RoleName": name, "Arn": f"arn:aws:iam::111122223333:role/{name}", "AssumeRolePolicyDocument": EC2_TRUST,
            "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": ADMIN}], "AttachedManagedPolicies": []}


def test_all_pages_are_read_and_the_credential_report_is_waited_for():
    client, stub = stubbed()
    stub.add_response("get_account_authorization_details", {"RoleDetailList": [role("role-a")], "IsTruncated": True, "Marker": "m"})
    stub.add_response("get_account_authorization_details", {"RoleDetailList": [role("role-b")], "IsTruncated": False}, {"Marker": "m"})
    stub.add_response("generate_credential_report", {"State": "STARTED"})
    stub.add_response("generate_credential_report", {"State": "COMPLETE"})
    stub.add_response("get_credential_report", {"Content": simulate.REPORT})
    waits = []
    with stub:
        found = audit.audit_account(client, "111122223333", {"111122223333"}, TODAY, waits.append)
    assert [(f["who"], f["kind"]) for f in found] == [("role/role-a", "admin"), ("role/role-b", "admin")] and waits == [2]
    stub.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["AccessDenied", "ExpiredToken"])
def test_an_error_in_the_middle_fails_the_account(code):
    client, stub = stubbed()
    stub.add_response("get_account_authorization_details", {"RoleDetailList": [role("role-a")], "IsTruncated": True, "Marker": "m"})
    stub.add_client_error("get_account_authorization_details", code)
    with stub, pytest.raises(ClientError, match=code):
        audit.audit_account(client, "111122223333", set(), TODAY)


def row(**change):
    return {"user": "ann", "arn": "arn:aws:iam::111122223333:user/ann", "password_enabled": "false", "mfa_active": "false", "access_key_1_active": "false", "access_key_2_active": "false",
            "access_key_1_last_rotated": "2026-11-01T00:00:00+00:00", "access_key_1_last_used_date": "2026-11-20T00:00:00+00:00", **change}


@pytest.mark.parametrize("change, kinds", [
    ({}, []),
    ({"password_enabled": "true"}, ["no-mfa"]),
    ({"password_enabled": "true", "mfa_active": "true"}, []),
    ({"access_key_1_active": "true"}, []),
    ({"access_key_1_active": "true", "access_key_1_last_used_date": "N/A"}, ["unused-key"]),
    ({"access_key_1_active": "true", "access_key_1_last_rotated": "2026-01-01T00:00:00Z"}, ["old-key"]),
    ({"user": "<root_account>", "password_enabled": "not_supported"}, []),
    ({"user": "<root_account>", "access_key_1_active": "true"}, ["root-key"]),
])
def test_credentials(change, kinds):
    assert [k for k, _, _ in audit.credential_findings(row(**change), TODAY)] == kinds


def test_a_policy_without_its_text_is_a_finding():
    client, stub = stubbed()
    one = {**role("role-a"), "AttachedManagedPolicies": [{"PolicyName": "p", "PolicyArn": "arn:aws:iam::111122223333:policy/p-gone"}]}
    stub.add_response("get_account_authorization_details", {"RoleDetailList": [one], "IsTruncated": False})
    stub.add_response("generate_credential_report", {"State": "COMPLETE"})
    stub.add_response("get_credential_report", {"Content": simulate.REPORT})
    with stub:
        assert [f["kind"] for f in audit.audit_account(client, "111122223333", set(), TODAY)] == ["unreadable", "admin"]  # and its other policy is still read


def test_names_from_other_accounts_stay_text(result):
    text = audit.as_csv(result)
    assert "role/=cmd" in text
    evil = {**result, "failed": {"1": "a|b\n[x](y)"}, "places": {"1": {"unit": "=<i>", "owner": "a\n# b"}},
            "findings": [{"account": "1", "severity": "low", "kind": "k", "who": "=cmd|x", "arn": "", "detail": "<b>\x1b"}]}
    assert "'=cmd|x" in audit.as_csv(evil) and "'=<i>" in audit.as_csv(evil)
    assert "<i>" not in audit.as_markdown(evil) and "\n# b" not in audit.as_markdown(evil)
    assert "a\\|b?\\[x\\](y)" in audit.as_markdown(evil) and "<b>" not in audit.as_markdown(evil) and "\x1b" not in audit.as_markdown(evil)


def test_command_line(capsys, tmp_path):
    def simulated(_, region):
        return simulate.SimulatedAws(20, 0)
    assert audit.main([], connect=simulated) == 1
    assert "20 of 20 accounts audited" in capsys.readouterr().out
    assert audit.main(["--fail-on", "critical", "--format", "json"], connect=simulated) == 0
    json.loads(capsys.readouterr().out)
    assert audit.main(["--fail-on", "critical", "--asff", str(tmp_path / "findings")], connect=simulated) == 0
    assert len(list((tmp_path / "findings").glob("*.json"))) == 20
    (tmp_path / "findings" / "100000000000.json").write_text("[{}]", encoding="utf-8")
    assert audit.main(["--asff", str(tmp_path / "findings")], connect=simulated) == 2

    class Refused(simulate.SimulatedAws):
        def organisation(self):
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "DescribeOrganization")
    assert audit.main([], connect=lambda _, region: Refused(1)) == 2
    for arguments, status in ((["--help"], 0), (["--workers", "0"], 2), (["--role", "a b"], 2), (["--coverage", "2"], 2)):
        with pytest.raises(SystemExit) as stopped:
            audit.main(arguments, connect=simulated)
        assert stopped.value.code == status


# What may be done to a run: a checkpoint from somebody else, a path that is not ours, an error that looks like a result.

def header(started=TODAY, organisation="o-simulated"):
    return json.dumps({"organisation": organisation, "format": 3, "started": started.isoformat()}) + "\n"


ROW = {"account": "100000000000", "severity": "high", "kind": "admin", "who": "role/a", "detail": "d", "arn": "arn"}


def done(account="100000000000", findings=()):
    return json.dumps({"account": account, "findings": list(findings)}) + "\n"


@pytest.mark.parametrize("text", [
    "notes of somebody\n", "notes of somebody", "[1]\n", "7\n", "null\n", "\xff", "{}\n",
    header(organisation="o-other"),
    header(TODAY - datetime.timedelta(days=2)) + done(),  # the findings of the day before yesterday are not those of today
    header(TODAY + datetime.timedelta(days=2)) + done(),
    header() + "7\n", header() + "null\n", header() + "{}\n", header() + "\xff\n" + done(),
    header() + done(findings=[{**ROW, "severity": "none"}]),
    header() + done(findings=[{**ROW, "account": "100000000001"}]),
    header() + done(findings=[{k: v for k, v in ROW.items() if k != "arn"}]),
    header() + done(findings=["x"]), header() + json.dumps({"account": "100000000000", "findings": None}) + "\n",
    header() + done(findings=[ROW]) + done(),  # a second line for the account would hide the first
])
def test_what_is_no_checkpoint_of_this_run_is_refused_and_left_as_it_is(text, tmp_path, monkeypatch):
    path = tmp_path / "run.jsonl"
    path.write_bytes(text.encode("latin-1"))
    path.chmod(0o600)
    with pytest.raises(audit.CannotAudit):
        audit.audit(simulate.SimulatedAws(3, 0), path, today=TODAY)
    assert path.read_bytes() == text.encode("latin-1")
    monkeypatch.setattr(audit, "audit", functools.partial(audit.audit, today=TODAY))
    assert audit.main(["--checkpoint", str(path)], connect=lambda *_, **__: simulate.SimulatedAws(3, 0)) == 2


def test_half_a_header_is_begun_again(tmp_path):
    path = tmp_path / "run.jsonl"
    for text in ("", header()[:-1], '{"organisation": "o-sim'):
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        assert audit.audit(simulate.SimulatedAws(3, 0), path, today=TODAY)["resumed"] == 0
        assert len(path.read_text(encoding="utf-8").splitlines()) == 4


def test_a_checkpoint_that_others_may_write_or_read_or_that_is_a_link_is_refused(tmp_path):
    path, link = tmp_path / "run.jsonl", tmp_path / "link.jsonl"
    path.write_text(header(), encoding="utf-8")
    link.symlink_to(path)
    for mode in (0o660, 0o602, 0o644):
        path.chmod(mode)
        with pytest.raises(audit.CannotAudit, match="alone"):
            audit.audit(simulate.SimulatedAws(3, 0), path, today=TODAY)
    path.chmod(0o600)
    with pytest.raises(OSError):
        audit.audit(simulate.SimulatedAws(3, 0), link, today=TODAY)


def test_findings_that_cannot_be_written_down_do_not_stand_twice(monkeypatch, tmp_path):
    def full(self, entry):
        if "account" in entry:
            raise OSError("no space left")
    monkeypatch.setattr(audit.Checkpoint, "write", full)
    result = audit.audit(simulate.SimulatedAws(3, 0), tmp_path / "run.jsonl", today=TODAY)
    assert result["audited"] == [] and len(result["failed"]) == 3


def test_an_unreadable_policy_hides_neither_the_others_nor_the_trust_and_fails_the_run():
    client, stub = stubbed()
    one = {**role("role-a"), "AssumeRolePolicyDocument": OPEN_TRUST, "AttachedManagedPolicies": [{"PolicyName": "p", "PolicyArn": "arn:aws:iam::111122223333:policy/p-gone"}]}
    one["RolePolicyList"] = [{"PolicyName": "bad", "PolicyDocument": "{}"}, *one["RolePolicyList"]]
    stub.add_response("get_account_authorization_details", {"RoleDetailList": [one], "IsTruncated": False})
    stub.add_response("generate_credential_report", {"State": "COMPLETE"})
    stub.add_response("get_credential_report", {"Content": simulate.REPORT})
    with stub:
        found = audit.audit_account(client, "111122223333", set(), TODAY)
    assert sorted((f["kind"], f["severity"]) for f in found) == [("admin", "high"), ("trust", "critical"), ("unreadable", "high"), ("unreadable", "high")]
    assert len({f["detail"] for f in found}) == 4


@pytest.mark.parametrize("content", [b"", b"user,arn\n", simulate.REPORT.replace(b"access_key_2_active", b"key_2")])
def test_a_credential_report_without_its_columns_fails_the_account(content):
    client, stub = stubbed()
    stub.add_response("get_account_authorization_details", {"IsTruncated": False})
    stub.add_response("generate_credential_report", {"State": "COMPLETE"})
    stub.add_response("get_credential_report", {"Content": content})
    with stub, pytest.raises(audit.PolicyError):
        audit.audit_account(client, "111122223333", set(), TODAY)


def test_an_account_of_which_no_state_is_known_is_tried_and_not_skipped():
    class Silent(simulate.SimulatedAws):
        def accounts(self):
            yield from ({"Id": a["Id"]} for a in super().accounts())
    assert len(audit.audit(Silent(3, 0), today=TODAY)["audited"]) == 3


def test_the_report_names_who_was_skipped_and_what_nobody_asked(aws, result):
    assert f"- Skipped: {aws.closed} (CLOSED)" in audit.as_markdown(result)
    assert "- Not asked: IAM Access Analyzer" in audit.as_markdown(result)


def test_cells_of_a_spreadsheet_are_neither_formulas_nor_controls():
    values = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "\x1b]0;x\x07", ""]
    rows = [{"account": "1", "severity": "low", "kind": "k", "who": v, "arn": v, "detail": "d"} for v in values]
    text = audit.as_csv({"findings": rows, "places": {"1": {"unit": "", "owner": "=1"}}})
    assert "\x1b" not in text and "\x07" not in text
    for row in audit.csv.reader(audit.io.StringIO(text)):
        assert row[0] in ("unit", "") and all(not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in row)


@pytest.mark.parametrize("where", ["unit", "organisation"])
def test_a_fault_of_the_audit_itself_is_no_finding(where, capsys):
    class Odd(simulate.SimulatedAws):
        pass
    setattr(Odd, where, lambda *_: [][0])
    status = audit.main(["--fail-on", "critical"], connect=lambda *_, **__: Odd(20, 0))
    assert status == (2 if where == "organisation" else 0)  # a unit that is unknown costs no finding
    assert "Traceback" not in capsys.readouterr().err


def test_an_answer_of_a_region_that_makes_no_sense_leaves_the_report_incomplete(monkeypatch):
    monkeypatch.setattr(audit, "analyzer_findings", lambda *_: {}["resourceOwnerAccount"])
    result = audit.audit(WithAnalyzers(3, {"eu-west-1": []}), today=TODAY, regions=["eu-west-1"])
    assert audit.exit_status(result, "critical", 1.0) == 3


def test_no_secret_reaches_report_checkpoint_or_messages(tmp_path, capsys):
    class Leaky(simulate.SimulatedAws):
        def iam(self, account):
            raise ClientError({"Error": {"Code": "ExpiredToken", "Message": "SECRETVALUE"}, "Credentials": "SECRETVALUE"}, "AssumeRole")
    for form in audit.FORMATS:
        audit.main(["--format", form, "--checkpoint", str(tmp_path / f"{form}.jsonl")], connect=lambda *_, **__: Leaky(3, 0))
        said = capsys.readouterr()
        assert "SECRETVALUE" not in said.out + said.err + (tmp_path / f"{form}.jsonl").read_text(encoding="utf-8")
