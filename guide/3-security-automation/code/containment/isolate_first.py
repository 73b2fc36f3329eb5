"""Isolates an instance that GuardDuty has reported."""

import boto3


# region isolate
def isolate(instance_id, region="eu-west-1"):
    ec2 = boto3.client("ec2", region_name=region)
    group = ec2.create_security_group(GroupName="quarantine", Description="No traffic")
    ec2.modify_instance_attribute(InstanceId=instance_id, Groups=[group["GroupId"]])
    ec2.stop_instances(InstanceIds=[instance_id])
    volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}])
    for volume in volumes["Volumes"]:
        ec2.create_snapshot(VolumeId=volume["VolumeId"], Description="evidence")
    print(f"{instance_id} is isolated")
# endregion isolate
