"""The trust policies of all roles, from what an AWS Config aggregator has recorded: no account is entered.

It answers less than the audit (roles only, as of the last recording), and it says which accounts it knows nothing of.
"""

import collections
import json
import urllib.parse

from policy import PolicyError, trust_findings

BATCH = 100  # the most that BatchGetAggregateResourceConfig takes


# region known
def unknown_accounts(client, aggregator, accounts):
    """Accounts of which the aggregator has nothing, or nothing new, with the reason."""
    states = collections.defaultdict(set)
    for page in client.get_paginator("describe_configuration_aggregator_sources_status").paginate(ConfigurationAggregatorName=aggregator):
        for source in page["AggregatedSourceStatusList"]:
            if source["SourceType"] == "ACCOUNT":
                states[source["SourceId"]].add(source["LastUpdateStatus"])
    return {a: "not in the aggregator" if not states[a] else ", ".join(sorted(states[a])) for a in sorted(accounts) if states[a] != {"SUCCEEDED"}}
# endregion known


# region roles
def roles(client, aggregator, tries=3):
    """Every role once, although a role may be recorded in several Regions. What does not come is an error, never an absence."""
    wanted, seen = [], set()
    for page in client.get_paginator("list_aggregate_discovered_resources").paginate(ConfigurationAggregatorName=aggregator, ResourceType="AWS::IAM::Role"):
        for one in page["ResourceIdentifiers"]:
            if (one["SourceAccountId"], one["ResourceId"]) not in seen:
                seen.add((one["SourceAccountId"], one["ResourceId"]))
                wanted.append(one)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start:start + BATCH]
        for _ in range(tries):
            answer = client.batch_get_aggregate_resource_config(ConfigurationAggregatorName=aggregator, ResourceIdentifiers=batch)
            yield from answer["BaseConfigurationItems"]
            batch = answer.get("UnprocessedResourceIdentifiers", [])
            if not batch:
                break
        else:
            raise PolicyError(f"{len(batch)} roles did not come from the aggregator")


def findings(items, organisation):
    """The same check as in the audit, on the same document; here it is text with percent signs in an item that is text."""
    for item in items:
        account, arn = item["accountId"], item["arn"]
        row = {"account": account, "who": f"role/{item['resourceName']}", "arn": arn}
        try:
            document = json.loads(urllib.parse.unquote(json.loads(item["configuration"])["assumeRolePolicyDocument"]))
            for kind, severity, detail in trust_findings(document, account, organisation):
                yield {**row, "kind": kind, "severity": severity, "detail": detail}
        except (PolicyError, ValueError, KeyError, TypeError) as error:
            yield {**row, "kind": "unreadable", "severity": "high", "detail": f"a policy could not be read: {type(error).__name__}"}
# endregion roles
