"""The format against botocore's own model, sending against moto and stubs, and what must never happen."""

import copy
import json
import pathlib

import boto3
import moto
import pytest
from botocore.stub import Stubber

import send_findings as s
import ticket

WHERE = {"account": "123456789012", "region": "eu-west-1", "partition": "aws", "repository": "shop"}
NOW, LATER = "2026-11-26T09:00:00.000Z", "2026-11-27T09:00:00.000Z"


def finding(n=1, **change):
    return {"rule": "py-sql", "path": "app/a.py", "line": 3, "cwe": 89, "severity": "critical", "title": "SQL from values", "fix": "Bind.",
            "fingerprint": f"{n:064x}", **change}


def scan(*findings, **change):
    return {"findings": list(findings), "errors": [], "files": 1, **change}


@pytest.fixture
def client():
    return boto3.client("securityhub", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing")


def test_all_required_fields_are_there_and_the_model_accepts_them(client):
    sent = s.to_asff(finding(), WHERE, NOW, LATER)
    shape = client.meta.service_model.shape_for("AwsSecurityFinding")
    assert set(shape.required_members) <= set(sent) <= set(shape.members)
    labels = client.meta.service_model.shape_for("SeverityLabel").enum
    assert set(s.LABELS.values()) == set(labels)
    with Stubber(client) as stub:  # checks names and types of the request
        stub.add_response("batch_import_findings", {"FailedCount": 0, "SuccessCount": 1, "FailedFindings": []}, {"Findings": [sent]})
        assert s.send(client, [sent]) == {}


def test_what_people_edit_is_never_sent():
    sent = s.to_asff(finding(), WHERE, NOW, LATER)
    assert not {"Note", "Workflow", "UserDefinedFields", "VerificationState", "Severity", "Types"} & set(sent)


@pytest.mark.parametrize("length", [0, 1, 255, 256, 257, 1023, 1024, 1025, 100_000])
def test_texts_keep_within_their_limits(length):
    sent = s.to_asff(finding(title="ä" * length, fix="x" * length, path="p" * length), WHERE, NOW, NOW)
    assert 1 <= len(sent["Title"]) <= 256 and 1 <= len(sent["Description"]) <= 1024 and 1 <= len(sent["Resources"][0]["Id"]) <= 512
    assert len(json.dumps(sent).encode()) <= s.LARGEST


def test_an_id_stays_and_the_first_day_stays():
    first = s.plan(scan(finding()), {}, WHERE, NOW)
    state = s.next_state({}, first, {})
    second = s.plan(scan(finding(line=30)), state, WHERE, LATER)
    (a,), (b,) = first.values(), second.values()
    assert (a["Id"], a["CreatedAt"]) == (b["Id"], b["CreatedAt"]) and b["UpdatedAt"] == LATER


def test_what_is_gone_is_archived_once():
    state = s.next_state({}, s.plan(scan(finding(1), finding(2)), {}, WHERE, NOW), {})
    gone = s.plan(scan(finding(1)), state, WHERE, LATER)
    assert [f["RecordState"] for f in gone.values()] == ["ACTIVE", "ARCHIVED"]
    assert list(s.next_state(state, gone, {})) == [finding(1)["fingerprint"]]


@pytest.mark.parametrize("change", [{"errors": ["a.py: not Python"]}, {"files": 0}])
def test_an_incomplete_scan_archives_nothing(change):
    state = s.next_state({}, s.plan(scan(finding()), {}, WHERE, NOW), {})
    with pytest.raises(s.CannotSend, match="incomplete"):
        s.plan(scan(**change), state, WHERE, LATER)


def test_a_finding_of_another_account_is_refused():
    state = s.next_state({}, s.plan(scan(finding()), {}, {**WHERE, "account": "999988887777"}, NOW), {})
    with pytest.raises(s.CannotSend, match="999988887777"):
        s.plan(scan(), state, WHERE, LATER)


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_the_partition_is_the_callers(partition):
    sent = s.to_asff(finding(), {**WHERE, "partition": partition}, NOW, NOW)
    assert sent["ProductArn"] == f"arn:{partition}:securityhub:eu-west-1:123456789012:product/123456789012/default"


class Fake:
    """Refuses chosen Ids for a number of calls, and keeps what it was asked."""

    def __init__(self, refuse=None, times=99):
        self.refuse, self.times, self.calls = refuse or set(), times, []

    def batch_import_findings(self, Findings):
        self.calls.append([f["Id"] for f in Findings])
        refused = [f["Id"] for f in Findings if f["Id"] in self.refuse] if len(self.calls) <= self.times else []
        return {"FailedCount": len(refused), "SuccessCount": len(Findings) - len(refused),
                "FailedFindings": [{"Id": i, "ErrorCode": "InternalFailure", "ErrorMessage": "later"} for i in refused]}


def many(count):
    return s.plan(scan(*(finding(n) for n in range(count))), {}, WHERE, NOW)


@pytest.mark.parametrize("count, sizes", [(0, []), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])])
def test_batches_hold_a_hundred_at_most_and_every_finding_once(count, sizes):
    fake = Fake()
    assert s.send(fake, many(count).values()) == {}
    assert [len(c) for c in fake.calls] == sizes
    assert len({i for c in fake.calls for i in c}) == count


def test_only_the_refused_are_sent_again_and_waited_for_longer_each_time():
    findings = many(3)
    bad = next(iter(findings.values()))["Id"]
    fake, waits = Fake({bad}, times=2), []
    assert s.send(fake, findings.values(), sleep=waits.append, jitter=lambda: 0.5) == {}
    assert [len(c) for c in fake.calls] == [3, 1, 1] and waits == [1.0, 2.0]


def test_what_is_never_accepted_is_named_and_stays_for_the_next_run():
    findings = many(3)
    fingerprint, bad = next(iter(findings.items()))
    failed = s.send(Fake({bad["Id"]}), findings.values(), sleep=lambda _: None)
    assert failed == {bad["Id"]: "InternalFailure: later"}
    assert fingerprint not in s.next_state({}, findings, failed) and len(s.next_state({}, findings, failed)) == 2


def test_a_throttled_call_is_tried_again(client):
    findings = many(1)
    with Stubber(client) as stub:
        stub.add_client_error("batch_import_findings", "ThrottlingException")
        stub.add_response("batch_import_findings", {"FailedCount": 0, "SuccessCount": 1})
        assert s.send(client, findings.values(), sleep=lambda _: None) == {}


def test_the_golden_file():
    expected = json.loads((pathlib.Path(__file__).parent / "golden.asff.json").read_text(encoding="utf-8"))
    assert s.to_asff(finding(), WHERE, NOW, LATER) == expected


def test_command_line_sends_only_when_told(tmp_path, capsys, monkeypatch):
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    file, state = tmp_path / "scan.json", tmp_path / "state.json"
    file.write_text(json.dumps(scan(finding(1), finding(2))), encoding="utf-8")
    arguments = [str(file), "--repository", "shop", "--state", str(state)]
    with moto.mock_aws():
        session = boto3.Session(region_name="eu-west-1")
        hub = session.client("securityhub")
        assert s.main(arguments, session) == 0
        assert hub.get_findings()["Findings"] == [] and not state.exists()
        assert s.main([*arguments, "--send"], session) == 0
        assert len(hub.get_findings()["Findings"]) == 2 and len(json.loads(state.read_text(encoding="utf-8"))) == 2
        file.write_text(json.dumps(scan(errors=["x"])), encoding="utf-8")
        assert s.main([*arguments, "--send"], session) == 2
        file.write_text("{", encoding="utf-8")
        assert s.main([*arguments, "--send"], session) == 2
    with pytest.raises(SystemExit) as stopped:
        s.main(["--help"])
    assert stopped.value.code == 0


class Tickets(dict):
    def put_new(self, key, text):
        return self.setdefault(key, text) is text and len(self) > 0


def test_one_ticket_however_often_the_event_comes():
    one = {**s.to_asff(finding(), WHERE, NOW, NOW), "Severity": {"Label": "CRITICAL"}}
    event, tickets = {"detail": {"findings": [one]}}, Tickets()
    assert ticket.handler(event, None, tickets) == [one["Id"]]
    assert ticket.handler(copy.deepcopy(event), None, tickets) == []
    assert list(tickets.values()) == ["CRITICAL: SQL from values (shop/app/a.py)"]


def test_the_rule_asks_for_new_active_and_severe():
    pattern = json.loads((pathlib.Path(__file__).parent / "event-pattern.json").read_text(encoding="utf-8"))
    assert pattern["detail"]["findings"] == {"Severity": {"Label": ["HIGH", "CRITICAL"]}, "RecordState": ["ACTIVE"], "Workflow": {"Status": ["NEW"]}}
