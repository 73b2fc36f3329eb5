"""A measured run on accounts that exist only in memory: `python3 simulate.py 2000` prints time, memory and calls."""

import argparse
import collections
import resource
import threading
import time

import audit

OPEN = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::example/*"}]}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
REPORT = b"user,arn,password_enabled,mfa_active,access_key_1_active,access_key_2_active\n<root_account>,arn:aws:iam::111122223333:root,not_supported,true,false,false\n"


class SimulatedAws:
    """`count` accounts with 50 roles each; every tenth has an administrator. Each call waits for `delay` seconds."""

    def __init__(self, count, delay=0.02, roles=50):
        self.count, self.delay, self.roles = count, delay, roles
        self.partition = "aws"
        self.calls, self.lock = collections.Counter(), threading.Lock()

    def call(self, name):
        with self.lock:
            self.calls[name] += 1
        time.sleep(self.delay)

    def organisation(self):
        return {"Id": "o-simulated", "MasterAccountId": "100000000000"}

    def accounts(self):
        for n in range(self.count):
            if n % 20 == 0:
                self.call("ListAccounts")
            yield {"Id": str(100_000_000_000 + n), "State": "ACTIVE"}

    def unit(self, account):
        return f"Team {int(account['Id']) % 7}"

    def owner(self, account, tag):
        self.call("ListTagsForResource")
        return f"owner-{int(account['Id']) % 3}@example.com"

    def iam(self, account):
        self.call("AssumeRole")
        return SimulatedIam(self, int(account))


class SimulatedIam:
    def __init__(self, aws, number):
        self.aws, self.number = aws, number

    def get_paginator(self, _):
        return self

    def paginate(self):
        for page in range(2):
            self.aws.call("GetAccountAuthorizationDetails")
            half = range(page * self.aws.roles // 2, (page + 1) * self.aws.roles // 2)
            yield {"RoleDetailList": [{"RoleName": f"role-{n}", "Arn": f"arn:aws:iam::{self.number}:role/role-{n}", "AssumeRolePolicyDocument": TRUST, "AttachedManagedPolicies": [],
                                       "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": OPEN if n == 0 and self.number % 10 == 0 else READ}]} for n in half]}

    def generate_credential_report(self):
        self.aws.call("GenerateCredentialReport")
        return {"State": "COMPLETE"}

    def get_credential_report(self):
        self.aws.call("GetCredentialReport")
        return {"Content": REPORT}


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Measure the audit on simulated accounts.")
    parser.add_argument("accounts", type=int, nargs="?", default=2000)
    parser.add_argument("--workers", type=int, default=24)
    parser.add_argument("--delay", type=float, default=0.02, help="seconds that each call takes (default 0.02)")
    options = parser.parse_args(arguments)
    aws, start = SimulatedAws(options.accounts, options.delay), time.monotonic()
    result = audit.audit(aws, workers=options.workers)
    seconds = time.monotonic() - start
    print(f"accounts {len(result['audited'])}, workers {options.workers}, {options.delay * 1000:.0f} ms a call")
    print(f"findings {len(result['findings'])}, calls {sum(aws.calls.values())}")
    print(f"time {seconds:.1f} s, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
