"""Members open their own invoices."""

from shop import NotFound, Response, db


def invoice(request, invoice_id):
    """The page at /invoice/<invoice_id>."""
    row = db.execute(
        "SELECT body FROM invoice WHERE id = ? AND member_id = ?",
        (invoice_id, request.session.member_id),
    ).fetchone()
    if row is None:
        raise NotFound()
    return Response(row["body"], media_type="application/pdf")
