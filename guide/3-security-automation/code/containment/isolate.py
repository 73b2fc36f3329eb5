"""Isolates one instance in steps that can be repeated and undone. Without `act` it only says what it would do.

It never stops or ends the instance, since that loses its memory, and it leaves to a person what harms others: see `asks`.
"""

import datetime
import json

from botocore.exceptions import BotoCoreError, ClientError

SWITCH = "/security/isolate/enabled"
EXCEPTION = "security-isolate"  # tag on an instance: "ask until 2026-12-31"
TAG = "security-incident"


class Refused(Exception):
    """Nothing was changed: a person decides."""


class Incidents:
    """In the security account, out of reach of the account that is acted on: the switch, and what was there before, written once and never over."""

    def __init__(self, s3, ssm, bucket):
        self.s3, self.ssm, self.bucket = s3, ssm, bucket

    def switch(self):
        try:
            return self.ssm.get_parameter(Name=SWITCH)["Parameter"]["Value"]
        except ClientError as error:
            return f"unknown ({error.response['Error']['Code']})"

    def today(self, now):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"isolated/{now.date()}/")
        return {o["Key"].rpartition("/")[2] for page in pages for o in page.get("Contents", [])}

    def put_new(self, now, instance, before):
        key = f"isolated/{now.date()}/{instance}"
        try:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=json.dumps(before).encode(), IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] != "PreconditionFailed":
                raise
        return json.loads(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())


# region look
def look(session, instance_id):
    """Reads what the steps need, and what undoing them will need."""
    ec2, scaling = session.client("ec2"), session.client("autoscaling")
    one = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]
    groups = scaling.describe_auto_scaling_instances(InstanceIds=[instance_id])["AutoScalingInstances"]
    return {
        "instance": instance_id, "state": one["State"]["Name"], "vpc": one["VpcId"], "tags": {t["Key"]: t["Value"] for t in one.get("Tags", [])},
        "interfaces": {i["NetworkInterfaceId"]: {"groups": [g["GroupId"] for g in i["Groups"]], "subnet": i["SubnetId"],
                                                 "addresses": [*(a["PrivateIpAddress"] + "/32" for a in i["PrivateIpAddresses"]),
                                                               *(a["Ipv6Address"] + "/128" for a in i.get("Ipv6Addresses", []))]} for i in one["NetworkInterfaces"]},
        "volumes": [{"device": v["DeviceName"], "id": v["Ebs"]["VolumeId"]} for v in one["BlockDeviceMappings"]],
        "scaling": groups[0]["AutoScalingGroupName"] if groups else None, "profile": one.get("IamInstanceProfile", {}).get("Arn")}
# endregion look


# region may
def may(seen, incidents, now, most):
    """Whether this may act alone. A switch that is missing is off; too many in a day is a broken rule until a person says otherwise."""
    if (switch := incidents.switch()) != "yes":
        raise Refused(f"{SWITCH} is {switch}")
    exception = seen["tags"].get(EXCEPTION, "")
    if exception.startswith("ask until ") and exception.removeprefix("ask until ") >= str(now.date()):
        raise Refused(f"{seen['instance']} has an exception: {exception}")
    if seen["instance"] not in (today := incidents.today(now)) and len(today) >= most:
        raise Refused(f"{len(today)} instances were isolated today, and {most} is the most")
# endregion may


# region steps
def keep(session, seen, incident):
    """Nothing may end the instance or its disks while somebody looks."""
    ec2 = session.client("ec2")
    ec2.modify_instance_attribute(InstanceId=seen["instance"], DisableApiTermination={"Value": True})
    ec2.modify_instance_attribute(InstanceId=seen["instance"], BlockDeviceMappings=[
        {"DeviceName": v["device"], "Ebs": {"DeleteOnTermination": False, "VolumeId": v["id"]}} for v in seen["volumes"]])
    ec2.create_tags(Resources=[seen["instance"]], Tags=[{"Key": TAG, "Value": incident}])


def stand_by(session, seen, incident):
    """Out of its scaling group, which starts another one in its place and does not end this one as unhealthy."""
    if not seen["scaling"]:
        return
    scaling = session.client("autoscaling")
    state = scaling.describe_auto_scaling_instances(InstanceIds=[seen["instance"]])["AutoScalingInstances"][0]["LifecycleState"]
    if state == "InService":
        scaling.enter_standby(InstanceIds=[seen["instance"]], AutoScalingGroupName=seen["scaling"], ShouldDecrementDesiredCapacity=False)


def snapshot(session, seen, incident):
    """Before the network changes: what runs there may notice, and clean up."""
    ec2 = session.client("ec2")
    pages = ec2.get_paginator("describe_snapshots").paginate(OwnerIds=["self"], Filters=[{"Name": f"tag:{TAG}", "Values": [incident]}])
    there = {s["VolumeId"] for page in pages for s in page["Snapshots"]}
    for volume in seen["volumes"]:
        if volume["id"] not in there:
            ec2.create_snapshot(VolumeId=volume["id"], Description=f"{incident} {seen['instance']}",
                                TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": TAG, "Value": incident}]}])


# endregion steps
# region cut
def cut(session, seen, incident):
    """An empty group on every interface, and in the subnet's list a refusal for these addresses, which also ends connections that are open."""
    ec2 = session.client("ec2")
    name = {"Filters": [{"Name": "group-name", "Values": ["quarantine"]}, {"Name": "vpc-id", "Values": [seen["vpc"]]}]}
    found = ec2.describe_security_groups(**name)["SecurityGroups"]
    group = found[0]["GroupId"] if found else ec2.create_security_group(GroupName="quarantine", Description="No traffic", VpcId=seen["vpc"])["GroupId"]
    now = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    if now["IpPermissionsEgress"]:  # a new group lets everything out
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=now["IpPermissionsEgress"])
    if now["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=now["IpPermissions"])
    for interface, was in seen["interfaces"].items():
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=[group])
        acl = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [was["subnet"]]}])["NetworkAcls"][0]
        for address in was["addresses"]:
            for out in (False, True):
                entries = [e for e in acl["Entries"] if e["Egress"] == out]
                if any(block(e) == address and e["RuleAction"] == "deny" for e in entries):
                    continue
                entry = {"RuleNumber": next(n for n in range(1, 100) if n not in {e["RuleNumber"] for e in entries}), "Protocol": "-1", "RuleAction": "deny",
                         "Egress": out, "Ipv6CidrBlock" if ":" in address else "CidrBlock": address}
                ec2.create_network_acl_entry(NetworkAclId=acl["NetworkAclId"], **entry)
                acl["Entries"].append(entry)


def block(entry):
    return entry.get("CidrBlock") or entry.get("Ipv6CidrBlock")
# endregion cut


def check(session, seen, incident):
    """Read back. "Isolated" is what was seen, not what was asked for."""
    ec2 = session.client("ec2")
    for one in ec2.describe_network_interfaces(NetworkInterfaceIds=list(seen["interfaces"]))["NetworkInterfaces"]:
        groups = ec2.describe_security_groups(GroupIds=[g["GroupId"] for g in one["Groups"]])["SecurityGroups"]
        if any(g["IpPermissions"] or g["IpPermissionsEgress"] for g in groups):
            raise Refused(f"{one['NetworkInterfaceId']} still has rules")


# region isolate
def isolate(session, incidents, instance_id, incident, act=False, now=None, most=5):
    """What was done, what failed, and what a person is asked. May be called again: each step looks before it changes."""
    now = now or datetime.datetime.now(datetime.timezone.utc)
    seen = look(session, instance_id)
    may(seen, incidents, now, most)
    asks = ["Capture the memory before anybody stops it", "Check that its subnet's neighbours cannot be reached from it"]
    if seen["profile"]:
        asks.append(f"End the sessions of {seen['profile']}? Other instances with that role lose theirs too")
    steps = (keep, stand_by, snapshot, cut, check)
    if not act:
        return {"instance": instance_id, "would": [s.__name__ for s in steps], "asks": asks}
    seen = incidents.put_new(now, instance_id, seen)  # without a record of what was there nothing can be undone, so an error ends it here
    done, failed = [], {}
    for step in steps:
        try:
            step(session, seen, incident)
            done.append(step.__name__)
        except (ClientError, BotoCoreError, Refused) as error:  # a missing snapshot is no reason to leave it online
            failed[step.__name__] = f"{type(error).__name__}: {error}"
    return {"instance": instance_id, "done": done, "failed": failed, "isolated": "cut" in done and "check" in done, "asks": asks}
# endregion isolate


# region undo
def undo(session, seen):
    """Back to the groups of the record. Refusals in the subnet's list go, the snapshots stay, and the scaling group is a person's decision."""
    ec2 = session.client("ec2")
    for interface, was in seen["interfaces"].items():
        ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=was["groups"])
        acl = ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [was["subnet"]]}])["NetworkAcls"][0]
        for entry in acl["Entries"]:
            if entry["RuleAction"] == "deny" and block(entry) in was["addresses"]:
                ec2.delete_network_acl_entry(NetworkAclId=acl["NetworkAclId"], RuleNumber=entry["RuleNumber"], Egress=entry["Egress"])
# endregion undo
