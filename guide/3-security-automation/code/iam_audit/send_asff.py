"""Sends the audit's files of findings to Security Hub CSPM, each from the account that it is about. Shows only, unless --send is given.

    python3 send_asff.py findings --role SecurityFindingsImport [--send]

Exit status: 0 all accepted (or shown), 1 some findings or accounts were not, 2 nothing could be sent.
"""

import argparse
import pathlib
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import asff

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "security_hub"))
from send_findings import send  # noqa: E402  batches, partial failure and back-off are there


# region send
def send_all(sts, connect, role, files, partition="aws"):
    """{account: {finding: why}} of what was not accepted. One account that refuses does not stop the others."""
    refused = {}
    for account, findings in files.items():
        try:
            given = sts.assume_role(RoleArn=f"arn:{partition}:iam::{account}:role/{role}", RoleSessionName="iam-audit-import",
                                    SourceIdentity="iam-audit", DurationSeconds=900)["Credentials"]
            failed = send(connect(given), findings)
        except (ClientError, BotoCoreError) as error:
            failed = {f["Id"]: f"{type(error).__name__}: {error}" for f in findings} or {"(no finding)": str(error)}
        if failed:
            refused[account] = failed
    return refused
# endregion send


def main(arguments=None, session=None):
    parser = argparse.ArgumentParser(description="Send the audit's findings to Security Hub CSPM. Without --send, show what would be sent.",
                                     epilog="Exit status: 0 all accepted or shown, 1 some were not accepted, 2 nothing could be sent.")
    parser.add_argument("folder", help="what audit.py --asff has written")
    parser.add_argument("--role", default="SecurityFindingsImport", help="role in each account that may import findings, and nothing else")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--send", action="store_true", help="really send")
    options = parser.parse_args(arguments)
    try:
        files = {a: found for a, found in asff.read(options.folder).items() if found}
        print(f"{sum(map(len, files.values()))} findings of {len(files)} accounts")
        if not options.send:
            print("nothing was sent; --send sends")
            return 0
        session = session or boto3.Session(region_name=options.region)
        sts = session.client("sts")
        partition = sts.get_caller_identity()["Arn"].split(":")[1]

        def connect(given):
            return session.client("securityhub", region_name=options.region, config=Config(retries={"mode": "standard", "max_attempts": 5}),
                                  aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"])
        refused = send_all(sts, connect, options.role, files, partition)
    except (asff.NotOurs, ClientError, BotoCoreError, OSError) as error:
        print(f"send_asff: {error}", file=sys.stderr)
        return 2
    for account, failed in refused.items():
        for name, why in failed.items():
            print(f"not accepted: {account} {name}: {why}", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
