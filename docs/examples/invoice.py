"""Members open their own invoices."""

from shop import NotFound, Response, db


def invoice(request, invoice_id):
    """The page at /invoice/<invoice_id>."""
    row = db.execute("SELECT body FROM invoice WHERE id = " + invoice_id).fetchone()
    if row is None:
        raise NotFound()
    return Response(row["body"], media_type="application/pdf")
