"""Opens one ticket for each finding that the rule in event-pattern.json lets through, however often the event comes."""


# region ticket
def handler(event, context, tickets):
    """`tickets.put_new(key, text)` stores only if the key is new, as a conditional write does. Returns what is new."""
    opened = []
    for finding in event["detail"]["findings"]:
        text = f"{finding['Severity']['Label']}: {finding['Title']} ({finding['Resources'][0]['Id']})"
        if tickets.put_new(finding["Id"], text):  # events come at least once, sometimes twice
            opened.append(finding["Id"])
    return opened
# endregion ticket
