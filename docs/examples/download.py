"""A download that looks whose document it is."""


class NotFound(Exception):
    """There is no such document, or none of this member's."""


# region check
def download(member, documents, number):
    """The body of a member's document."""
    document = documents.get(number)
    if document is None or document["owner"] != member:
        raise NotFound(number)
    return document["body"]
# endregion check


if __name__ == "__main__":
    shelf = {7: {"owner": "ana", "body": "invoice"}}
    assert download("ana", shelf, 7) == "invoice"
