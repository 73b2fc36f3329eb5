"""The moved parts: the state machine is walked through here, with the functions of handlers.py and a bucket of moto."""

import json
import pathlib
import re
import sqlite3
import urllib.parse

import boto3
import moto
import pytest
from botocore.stub import Stubber

import asff
import audit
import config_view
import handlers
import simulate
from test_audit import EC2_TRUST, OPEN_TRUST, planted

HERE = pathlib.Path(__file__).parent
MACHINE = json.loads((HERE / "state-machine.json").read_text(encoding="utf-8"))
BUCKET = "example-iam-audit"


@pytest.fixture(scope="module")
def aws():
    with planted(40) as found:
        yield found


@pytest.fixture
def store(aws):
    """An empty bucket."""
    s3 = aws.session.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield handlers.Store(s3, BUCKET)
    for item in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        s3.delete_object(Bucket=BUCKET, Key=item["Key"])
    s3.delete_bucket(Bucket=BUCKET)


# region walk
class Walk:
    """Executes what this machine uses of the States language, and refuses everything else. It is no substitute for the service."""

    KNOWN = {"Type", "Comment", "Resource", "Parameters", "ResultSelector", "ResultPath", "TimeoutSeconds", "Retry", "Next", "End", "Choices", "Default",
             "ItemReader", "ItemSelector", "MaxConcurrency", "ToleratedFailurePercentage", "ItemProcessor", "ResultWriter", "Error", "Cause"}

    def __init__(self, functions, store):
        self.functions, self.store, self.visited = functions, store, []

    def run(self, machine, data):
        name = machine["StartAt"]
        while True:
            state = machine["States"][name]
            assert set(state) <= self.KNOWN, name
            self.visited.append(name)
            if state["Type"] in ("Fail", "Succeed"):
                return name, data
            if state["Type"] == "Choice":
                name = next((c["Next"] for c in state["Choices"] if self.holds(c, data)), state["Default"])
                continue
            answer = self.task(state, data) if state["Type"] == "Task" else self.each(state, data)
            data = {**data, state["ResultPath"].removeprefix("$."): answer} if "ResultPath" in state else answer
            assert len(json.dumps(data).encode()) <= 262_144, name  # what a state may hand on
            if state.get("End"):
                return name, data
            name = state["Next"]

    @staticmethod
    def fill(template, data, item=None):
        if not isinstance(template, dict):
            return template
        filled = {}
        for key, value in template.items():
            if key.endswith(".$"):
                steps = value.removeprefix("$$.Map.Item.Value" if value.startswith("$$.") else "$").strip(".").split(".")
                value = item if value.startswith("$$.") else data
                for step in steps:
                    value = value[step]
                filled[key[:-2]] = value
            else:
                filled[key] = Walk.fill(value, data, item)
        return filled

    @staticmethod
    def holds(choice, data):
        value = data[choice["Variable"].removeprefix("$.")]
        return value > choice["NumericGreaterThan"] if "NumericGreaterThan" in choice else value >= choice["NumericGreaterThanEquals"]

    def task(self, state, data):
        asked = self.fill(state["Parameters"], data)
        function = self.functions[re.fullmatch(r"\$\{(\w+)\}", asked["FunctionName"])[1]]
        answer = function(json.loads(json.dumps(asked["Payload"])), None)
        return self.fill(state["ResultSelector"], {"Payload": answer})

    def each(self, state, data):
        place = self.fill(state["ItemReader"]["Parameters"], data)
        body = self.store.s3.get_object(Bucket=place["Bucket"], Key=place["Key"])["Body"].read()
        for item in json.loads(body):
            try:
                self.run(state["ItemProcessor"], self.fill(state["ItemSelector"], data, item))
            except RuntimeError:  # a function that died: the map tolerates it
                assert state["ToleratedFailurePercentage"] == 100
        return {"written": True}
# endregion walk


def functions(aws, store, **instead):
    def with_connection(handler):
        return lambda event, context: handler(event, context, lambda: (aws, store))
    return {name: with_connection(instead.get(name, getattr(handlers, name))) for name in ("list_accounts", "one_account", "gather")}


def walk(aws, store, run="2026-11-26", **instead):
    walked = Walk(functions(aws, store, **instead), store)
    name, data = walked.run(MACHINE, {"run": run})
    return name, data, walked


def test_the_machine_finds_what_one_process_finds(aws, store, monkeypatch, tmp_path):
    monkeypatch.setenv("COVERAGE", "0.95")
    result = audit.audit(aws, sleep=lambda _: None)
    aws.attempts = 0
    name, data, _ = walk(aws, store)
    assert name == "Reported" and data == {"status": 1, "coverage": round(38 / 39, 4), "report": "reports/2026-11-26.md"}
    rows = [r for n in store.names("findings/run=2026-11-26/") for r in store.get(f"findings/run=2026-11-26/{n}.json")]
    assert sorted(rows, key=str) == sorted(result["findings"], key=str)
    report = store.s3.get_object(Bucket=BUCKET, Key="reports/2026-11-26.md")["Body"].read().decode()
    assert report == audit.as_markdown({**result, "resumed": 0})
    assert store.get(f"failures/run=2026-11-26/{aws.broken}.json") == [{"account": aws.broken, "failed": "AccessDenied in AssumeRole"}]
    assert [f["RecordState"] for f in store.get(f"asff/{aws.opens[0]}.json")[0]] == ["ACTIVE", "ACTIVE"]
    assert store.get(f"asff/{aws.broken}.json") is None
    for name in store.names("asff/"):  # what send_asff.py is given
        (tmp_path / f"{name}.json").write_bytes(store.s3.get_object(Bucket=BUCKET, Key=f"asff/{name}.json")["Body"].read())
    assert len(asff.read(tmp_path)) == 38


class SmallAws(simulate.SimulatedAws):
    """Twelve accounts, two with an administrator. One refuses, one is closed."""

    broken, closed, admins = "100000000003", "100000000005", ("100000000000", "100000000010")

    def __init__(self):
        super().__init__(12, 0, roles=4)
        self.region, self.assumed = "eu-west-1", []

    def accounts(self):
        for account in super().accounts():
            yield {**account, "State": "CLOSED"} if account["Id"] == self.closed else account

    def iam(self, account):
        self.assumed.append(account)
        if account == self.broken:
            raise PermissionError("no")
        return super().iam(account)


@pytest.fixture
def small():
    return SmallAws()


def test_a_second_execution_of_the_run_takes_only_what_is_missing(small, store):
    walk(small, store)
    small.assumed.clear()
    _, _, walked = walk(small, store)
    assert small.assumed == [small.broken] and walked.visited.count("OneAccount") == 1


def test_when_nothing_is_missing_no_map_is_started(small, store):
    small.broken = None
    assert walk(small, store)[0] == "Reported"
    _, data, walked = walk(small, store)
    assert "EachAccount" not in walked.visited and data["coverage"] == 1.0


def test_an_account_twice_is_an_account_once(small, store):
    def twice(event, context, connected):
        handlers.one_account(event, context, connected)
        return handlers.one_account(event, context, connected)
    walk(small, store, one_account=twice)
    assert len(store.get(f"findings/run=2026-11-26/{small.admins[0]}.json")) == 1


def test_a_function_that_dies_does_not_hide_its_account(small, store):
    def dies(event, context, connected):
        if event["account"] == small.admins[0]:
            raise RuntimeError("out of memory")
        return handlers.one_account(event, context, connected)
    name, data, _ = walk(small, store, one_account=dies)
    rows = {r["account"]: r for r in store.get("accounts/run=2026-11-26/accounts.json")}
    assert name == "Incomplete" and data["coverage"] == round(9 / 11, 4)
    assert rows[small.admins[0]]["outcome"] == "failed" and rows[small.admins[0]]["reason"] == "no result: the function did not end"
    assert rows[small.closed] == {"account": small.closed, "outcome": "skipped", "reason": "CLOSED", "unit": "", "owner": ""} and len(rows) == 12


@pytest.mark.parametrize("run", ["", "../other", "a/b", "x" * 65, "2026 11"])
def test_the_name_of_a_run_cannot_leave_its_place(run):
    with pytest.raises(ValueError):
        handlers.keys({"run": run})


def test_the_definition_bounds_everything():
    states = {**MACHINE["States"], **MACHINE["States"]["EachAccount"]["ItemProcessor"]["States"]}
    named = {MACHINE["StartAt"], "OneAccount"} | {s[k] for s in states.values() for k in ("Next", "Default") if k in s} | {c["Next"] for s in states.values() for c in s.get("Choices", [])}
    assert named == set(states)  # every name exists, and every state is reached
    each = states["EachAccount"]
    assert 1 <= each["MaxConcurrency"] <= 50 and each["ItemProcessor"]["ProcessorConfig"]["Mode"] == "DISTRIBUTED"
    assert "ResultWriter" in each  # results of thousands do not fit into what a state may hand on
    for name, state in states.items():
        if state["Type"] == "Task":
            assert state["TimeoutSeconds"] <= 900 and state["Retry"][0]["MaxAttempts"] <= 3, name
            assert hasattr(handlers, state["Parameters"]["FunctionName"][2:-1]), name


@pytest.fixture
def tables(small, store):
    """Two runs as Athena would see them, in SQLite: what they share of SQL is all that the questions use."""
    walk(small, store, "2026-11-25")
    walk(small, store, "2026-11-26")
    for account in small.admins:  # on the second day one is mended, and one could not be read
        store.put(f"findings/run=2026-11-26/{account}.json", [])
    rows = store.get("accounts/run=2026-11-26/accounts.json")
    store.put("accounts/run=2026-11-26/accounts.json", [{**r, "outcome": "failed"} if r["account"] == small.admins[1] else r for r in rows])
    db = sqlite3.connect(":memory:")
    for table, prefix in (("iam_findings", "findings"), ("iam_accounts", "accounts")):
        text = (HERE / "athena-tables.sql").read_text(encoding="utf-8")
        columns = re.findall(r"(\w+) string", re.search(rf"{table} \((.*?)\)", text, re.S)[1])
        db.execute(f"CREATE TABLE {table} ({', '.join(columns)}, run)")
        for run in ("2026-11-25", "2026-11-26"):
            for name in store.names(f"{prefix}/run={run}/"):
                for row in store.get(f"{prefix}/run={run}/{name}.json"):
                    assert set(row) == set(columns)
                    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * (len(columns) + 1))})", [row[c] for c in columns] + [run])
    return db


def question(name):
    text = (HERE / "athena-questions.sql").read_text(encoding="utf-8")
    return re.search(rf"-- region {name}\n(.*?);\n-- endregion {name}", text, re.S)[1]


def test_questions_in_sql(tables, small):
    assert tables.execute(question("coverage")).fetchall() == [("2026-11-25", 12, 10, 1), ("2026-11-26", 12, 9, 2)]
    groups = tables.execute(question("groups").replace("2026-11-26", "2026-11-25")).fetchall()
    assert groups == [("Team 1", "owner-2@example.com", "high", 1), ("Team 5", "owner-1@example.com", "high", 1)]
    gone = [(row[0], row[-1]) for row in tables.execute(question("gone"))]
    assert gone == [(small.admins[0], "mended"), (small.admins[1], "not known")]


def test_trust_policies_come_from_the_aggregator_without_entering_the_account(monkeypatch):
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "testing")
    with moto.mock_aws():
        iam, config = boto3.client("iam"), boto3.client("config", region_name="eu-west-1")
        config.put_configuration_aggregator(ConfigurationAggregatorName="org", AccountAggregationSources=[{"AccountIds": ["123456789012"], "AwsRegions": ["eu-west-1", "us-east-1"]}])
        for n in range(120):
            iam.create_role(RoleName=f"role-{n}", AssumeRolePolicyDocument=OPEN_TRUST if n == 7 else EC2_TRUST)
        items = list(config_view.roles(config, "org"))
        assert len(items) == 120  # each once, although it is listed for two Regions
        found = list(config_view.findings(items, {"123456789012"}))
    assert [(f["who"], f["kind"], f["severity"]) for f in found] == [("role/role-7", "trust", "critical")]


def stubbed(*answers):
    client = boto3.client("config", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing")
    stub = Stubber(client)
    for answer in answers:
        stub.add_response(*answer)
    stub.activate()
    return client


def test_what_the_aggregator_does_not_know_is_named():
    def source(account, status, kind="ACCOUNT"):
        return {"SourceId": account, "SourceType": kind, "AwsRegion": "eu-west-1", "LastUpdateStatus": status}
    client = stubbed(
        ("describe_configuration_aggregator_sources_status", {"AggregatedSourceStatusList": [source("Organization", "SUCCEEDED", "ORGANIZATION"), source("1", "SUCCEEDED")], "NextToken": "t"}),
        ("describe_configuration_aggregator_sources_status", {"AggregatedSourceStatusList": [source("2", "SUCCEEDED"), source("2", "OUTDATED")]}))
    assert config_view.unknown_accounts(client, "org", {"1", "2", "3"}) == {"2": "OUTDATED, SUCCEEDED", "3": "not in the aggregator"}


def test_a_role_that_does_not_come_is_an_error_and_one_that_comes_late_is_there():
    one = {"SourceAccountId": "1" * 12, "SourceRegion": "eu-west-1", "ResourceType": "AWS::IAM::Role", "ResourceId": "AROAEXAMPLE"}
    item = {"accountId": "1" * 12, "arn": "arn:aws:iam::111111111111:role/a", "resourceName": "a", "configuration": json.dumps({"assumeRolePolicyDocument": urllib.parse.quote(OPEN_TRUST)})}
    listed = ("list_aggregate_discovered_resources", {"ResourceIdentifiers": [one]})
    later = ("batch_get_aggregate_resource_config", {"BaseConfigurationItems": [], "UnprocessedResourceIdentifiers": [one]})
    items = list(config_view.roles(stubbed(listed, later, ("batch_get_aggregate_resource_config", {"BaseConfigurationItems": [item]})), "org"))
    assert [f["severity"] for f in config_view.findings(items, set())] == ["critical"]
    with pytest.raises(config_view.PolicyError):
        list(config_view.roles(stubbed(listed, later, later, later), "org"))
    assert [f["kind"] for f in config_view.findings([{**item, "configuration": "{}"}], set())] == ["unreadable"]


@pytest.mark.parametrize("account", ["999988887777", "../../other", "111122223333:role/Admin", "", None])
def test_an_account_that_is_not_of_this_run_is_neither_entered_nor_stored(small, store, account):
    connected = lambda: (small, store)  # noqa: E731
    handlers.list_accounts({"run": "2026-11-26"}, None, connected)
    with pytest.raises(ValueError):
        handlers.one_account({"run": "2026-11-26", "account": account}, None, connected)
    assert small.assumed == [] and not store.names("findings/") and not store.names("failures/")
