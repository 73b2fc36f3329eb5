"""What the first script does on moto's AWS, and that the second one does not."""

import datetime
import json
import pathlib

import boto3
import moto
import pytest
from botocore.exceptions import ClientError
from moto.ec2.models.elastic_network_interfaces import NetworkInterface

import isolate as second
import isolate_first as first

NOW = datetime.datetime(2026, 11, 26, 9, tzinfo=datetime.timezone.utc)
BUCKET = "example-incidents"


class Call(str):
    """The name of a call, and the action that a policy must allow for it."""

    def __new__(cls, model):
        self = super().__new__(cls, model.name)
        self.action = f"{model.service_model.service_name}:{model.name}"
        return self


class Cloud:
    """A network of its own, an instance with two interfaces in a scaling group, and a note of every call that changes something."""

    def __init__(self, session, calls):
        self.session, self.calls = session, calls
        ec2 = self.ec2 = self.session.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.1.1.0/24")["Subnet"]["SubnetId"]
        self.web = ec2.create_security_group(GroupName="web", Description="web", VpcId=self.vpc)["GroupId"]
        scaling = self.scaling = self.session.client("autoscaling")
        scaling.create_launch_configuration(LaunchConfigurationName="web", ImageId="ami-12345678", InstanceType="t3.micro", SecurityGroups=[self.web])
        scaling.create_auto_scaling_group(AutoScalingGroupName="web", LaunchConfigurationName="web", MinSize=1, MaxSize=3, DesiredCapacity=1, VPCZoneIdentifier=self.subnet)
        self.id = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["Instances"][0]["InstanceId"]
        extra = ec2.create_network_interface(SubnetId=self.subnet, Groups=[self.web])["NetworkInterface"]["NetworkInterfaceId"]
        ec2.attach_network_interface(NetworkInterfaceId=extra, InstanceId=self.id, DeviceIndex=1)
        s3 = self.session.client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self.incidents = second.Incidents(s3, self.session.client("ssm"), BUCKET)
        self.switch("yes")
        self.calls.clear()

    def switch(self, value):
        self.incidents.ssm.put_parameter(Name=second.SWITCH, Value=value, Type="String", Overwrite=True)

    def isolate(self, **more):
        return second.isolate(self.session, self.incidents, self.id, "INC-1", **{"act": True, "now": NOW, **more})

    def instance(self):
        return self.ec2.describe_instances(InstanceIds=[self.id])["Reservations"][0]["Instances"][0]

    def rules(self):
        groups = {g["GroupId"] for i in self.instance()["NetworkInterfaces"] for g in i["Groups"]}
        return [g["IpPermissions"] + g["IpPermissionsEgress"] for g in self.ec2.describe_security_groups(GroupIds=list(groups))["SecurityGroups"]]

    def denied(self):
        acl = self.ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [self.subnet]}])["NetworkAcls"][0]
        return sorted((second.block(e), e["Egress"]) for e in acl["Entries"] if e["RuleAction"] == "deny" and e["RuleNumber"] < 100)


@pytest.fixture(scope="module")
def noted():
    """A session, which takes a while to make, and the names of all calls of its clients."""
    calls = []
    with pytest.MonkeyPatch.context() as patch:
        for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(key, "testing")
        session = boto3.Session(region_name="eu-west-1")
        session.events.register("before-call", lambda model, **_: calls.append(Call(model)))
        yield session, calls


@pytest.fixture
def cloud(noted, monkeypatch):
    # moto adds an instance's first groups to those of its interfaces for ever; AWS replaces an interface's groups
    monkeypatch.setattr(NetworkInterface, "group_set", property(lambda self: self._group_set or self.instance.security_groups))
    with moto.mock_aws():
        yield Cloud(*noted)


@pytest.fixture
def wrong(cloud, monkeypatch):
    """The first script, with its calls noted."""
    monkeypatch.setattr(first.boto3, "client", cloud.session.client)
    return cloud


def test_the_first_script_makes_its_group_in_another_network_and_lets_everything_out(wrong):
    first.isolate(wrong.id)
    group = wrong.ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["quarantine"]}])["SecurityGroups"][0]
    assert group["VpcId"] != wrong.vpc  # AWS would refuse it for this instance; moto does not mind
    assert group["IpPermissionsEgress"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]


def test_the_first_script_stops_the_instance_before_it_keeps_anything_and_leaves_it_in_the_scaling_group(wrong):
    first.isolate(wrong.id)
    changes = [c for c in wrong.calls if not c.startswith("Describe")]
    assert changes.index("StopInstances") < changes.index("CreateSnapshot")
    assert wrong.scaling.describe_auto_scaling_instances(InstanceIds=[wrong.id])["AutoScalingInstances"][0]["LifecycleState"] == "InService"


def test_the_first_script_fails_the_second_time_it_is_needed(wrong):
    first.isolate(wrong.id)
    with pytest.raises(ClientError, match="InvalidGroup.Duplicate"):
        first.isolate(wrong.id)


def test_every_interface_has_no_rules_and_the_subnet_refuses_both_directions(cloud):
    result = cloud.isolate()
    assert result["isolated"] and result["failed"] == {}
    assert cloud.rules() == [[]]
    addresses = [i["PrivateIpAddress"] for i in cloud.instance()["NetworkInterfaces"]]
    assert len(addresses) == 2 and cloud.denied() == sorted((f"{a}/32", out) for a in addresses for out in (False, True))


def test_addresses_of_both_kinds_are_refused(cloud):
    seen = second.look(cloud.session, cloud.id)
    for interface in seen["interfaces"].values():
        interface["addresses"] = ["10.1.1.9/32", "2001:db8::9/128"]
    second.cut(cloud.session, seen, "INC-1")
    acl = cloud.ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [cloud.subnet]}])["NetworkAcls"][0]
    assert sorted((second.block(e), e["Egress"]) for e in acl["Entries"] if e["RuleNumber"] < 100) == [
        ("10.1.1.9/32", False), ("10.1.1.9/32", True), ("2001:db8::9/128", False), ("2001:db8::9/128", True)]
    second.undo(cloud.session, seen)
    assert cloud.denied() == []


def test_evidence_comes_first_nothing_is_stopped_and_a_new_instance_serves(cloud):
    cloud.isolate()
    changes = [c for c in cloud.calls if not c.startswith(("Describe", "Get", "List"))]
    assert changes[0] == "PutObject"  # what was there before
    assert changes.index("EnterStandby") < changes.index("CreateSnapshot") < changes.index("ModifyNetworkInterfaceAttribute")
    assert not {"StopInstances", "TerminateInstances"} & set(changes)
    states = [i["LifecycleState"] for i in cloud.scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["Instances"]]
    assert sorted(states) == ["InService", "Standby"]
    assert cloud.ec2.describe_instance_attribute(InstanceId=cloud.id, Attribute="disableApiTermination")["DisableApiTermination"]["Value"]


def test_twice_is_once(cloud):
    cloud.isolate()
    before = (cloud.denied(), len(cloud.ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]), cloud.rules())
    assert cloud.isolate()["isolated"]
    assert before == (cloud.denied(), len(cloud.ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]), cloud.rules())


def test_a_step_that_fails_is_named_and_the_instance_is_cut_off_all_the_same(cloud, monkeypatch):
    def refuse(session, seen, incident):
        raise ClientError({"Error": {"Code": "SnapshotCreationPerVolumeRateExceeded", "Message": ""}}, "CreateSnapshot")
    refuse.__name__ = "snapshot"
    monkeypatch.setattr(second, "snapshot", refuse)
    result = cloud.isolate()
    assert result["isolated"] and list(result["failed"]) == ["snapshot"] and cloud.rules() == [[]]


def test_without_a_record_nothing_is_changed(cloud, monkeypatch):
    def full(*_):
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "PutObject")
    monkeypatch.setattr(cloud.incidents, "put_new", full)
    with pytest.raises(ClientError):
        cloud.isolate()
    assert cloud.denied() == [] and "ModifyNetworkInterfaceAttribute" not in cloud.calls


def test_a_dry_run_reads_only_and_asks_what_a_person_must_decide(cloud):
    result = cloud.isolate(act=False)
    assert result["would"] == ["keep", "stand_by", "snapshot", "cut", "check"] and "memory" in result["asks"][0]
    assert all(c.startswith(("Describe", "Get", "List")) for c in cloud.calls)


@pytest.mark.parametrize("value", ["no", "", "Yes"])
def test_the_switch(cloud, value):
    cloud.incidents.ssm.delete_parameter(Name=second.SWITCH) if not value else cloud.switch(value)
    with pytest.raises(second.Refused, match="enabled"):
        cloud.isolate()


@pytest.mark.parametrize("text, allowed", [("ask until 2026-11-26", False), ("ask until 2026-11-25", True), ("something else", True)])
def test_an_exception_ends_on_its_day(cloud, text, allowed):
    cloud.ec2.create_tags(Resources=[cloud.id], Tags=[{"Key": second.EXCEPTION, "Value": text}])
    if allowed:
        assert cloud.isolate()["isolated"]
    else:
        with pytest.raises(second.Refused, match="exception"):
            cloud.isolate()


def test_too_many_in_a_day_are_a_persons_decision_and_a_repetition_is_not_one_more(cloud):
    assert cloud.isolate(most=1)["isolated"] and cloud.isolate(most=1)["isolated"]
    assert cloud.incidents.today(NOW) == {cloud.id}
    cloud.incidents.put_new(NOW, "i-other", {})
    with pytest.raises(second.Refused, match="most"):
        second.may({"instance": "i-new", "tags": {}}, cloud.incidents, NOW, 2)


def test_the_role_may_do_what_the_steps_do_and_nothing_else(cloud):
    found = cloud.ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["quarantine"]}])["SecurityGroups"]
    assert not found
    group = cloud.ec2.create_security_group(GroupName="quarantine", Description="No traffic", VpcId=cloud.vpc)["GroupId"]
    cloud.ec2.authorize_security_group_ingress(GroupId=group, CidrIp="10.0.0.0/8", IpProtocol="tcp", FromPort=22, ToPort=22)  # somebody left a door
    cloud.calls.clear()
    seen = second.look(cloud.session, cloud.id)
    assert cloud.isolate()["isolated"]
    second.undo(cloud.session, seen)
    made = {c.action for c in cloud.calls if not c.action.startswith(("s3:", "ssm:"))}
    document = json.loads((pathlib.Path(__file__).parent / "response-role-policy.json").read_text(encoding="utf-8"))
    assert made | {"ec2:CreateSecurityGroup"} == {a for s in document["Statement"] for a in s["Action"]}
    assert all(s["Effect"] == "Allow" and "*" not in a for s in document["Statement"] for a in s["Action"])


def test_it_can_be_undone_from_the_record(cloud):
    cloud.isolate()
    cloud.isolate()  # the record is still the first one
    record = json.loads(cloud.incidents.s3.get_object(Bucket=BUCKET, Key=f"isolated/2026-11-26/{cloud.id}")["Body"].read())
    second.undo(cloud.session, record)
    assert {g["GroupId"] for i in cloud.instance()["NetworkInterfaces"] for g in i["Groups"]} == {cloud.web} and cloud.denied() == []
