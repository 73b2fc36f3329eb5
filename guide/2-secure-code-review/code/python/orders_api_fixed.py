"""Customer order API. `user` comes from a verified session: {"id": 7, "is_staff": False}."""
import logging

log = logging.getLogger("orders")
audit = logging.getLogger("orders.audit")

# Every statement is a constant: a request chooses one and fills in its values, and never adds to its text.
LIST_SORTED_BY = {
    column: f"SELECT id, total_cents, status FROM orders WHERE customer_id = ? ORDER BY {column}"
    for column in ("created_at", "id", "status", "total_cents")
}
# Columns are named one by one, so that a new one stays inside until somebody decides to show it.
GET_OWN = """
    SELECT id, created_at, total_cents, status, note, gift_wrap
    FROM orders WHERE id = ? AND customer_id = ?
"""
UPDATE_OWN = """
    UPDATE orders SET note = COALESCE(?, note), gift_wrap = COALESCE(?, gift_wrap)
    WHERE id = ? AND customer_id = ?
"""
SEARCH_OWN = r"SELECT id, note FROM orders WHERE customer_id = ? AND note LIKE ? ESCAPE '\' LIMIT 50"
SEARCH_ALL = r"SELECT id, note FROM orders WHERE note LIKE ? ESCAPE '\' LIMIT 50"

EDITABLE = {
    "note": lambda value: _is_text(value, 500),
    "gift_wrap": lambda value: isinstance(value, int) and value in (0, 1),
}


def list_orders(db, user, params):
    """GET /orders?sort=created_at"""
    sort = params.get("sort", "created_at")
    sql = LIST_SORTED_BY.get(sort) if isinstance(sort, str) else None
    if sql is None:
        return 400, {"error": "cannot sort by that"}
    return 200, [dict(row) for row in db.execute(sql, (user["id"],))]


def get_order(db, user, order_id):
    """GET /orders/{order_id}"""
    row = db.execute(GET_OWN, (order_id, user["id"])).fetchone()
    if row is None:
        return 404, {"error": "order not found"}
    log.info("user %s read order %s", user["id"], row["id"])  # ours: SQLite also finds 1 for " 1\n"
    return 200, dict(row)


def update_order(db, user, order_id, body):
    """PATCH /orders/{order_id} - the order page sends {"note": "..."} or {"gift_wrap": 1}"""
    if not isinstance(body, dict) or not body:
        return 400, {"error": "nothing to update"}
    if not all(name in EDITABLE and EDITABLE[name](value) for name, value in body.items()):
        return 400, {"error": "only note (text, 500 characters) and gift_wrap (0 or 1) can be changed"}
    with db:
        changed = db.execute(
            UPDATE_OWN, (body.get("note"), body.get("gift_wrap"), order_id, user["id"])
        ).rowcount
    if not changed:
        return 404, {"error": "order not found"}
    return 200, {"updated": sorted(body)}


def search_notes(db, user, text):
    """GET /orders/search?q=... - used by customers and by support staff"""
    if not _is_text(text, 100):
        return 400, {"error": "text of at most 100 characters expected"}
    pattern = f"%{_literal(text)}%"
    if user["is_staff"]:
        # %r, so that a line break in the text cannot start a record of its own.
        audit.info("staff %s searched all notes for %r", user["id"], text)
        rows = db.execute(SEARCH_ALL, (pattern,))
    else:
        rows = db.execute(SEARCH_OWN, (user["id"], pattern))
    return 200, [dict(row) for row in rows]


def _is_text(value, longest):
    """Text of UTF-8. JSON can carry halves of characters, which the database refuses with an error of its own."""
    return isinstance(value, str) and len(value) <= longest and not any("\ud800" <= c <= "\udfff" for c in value)


def _literal(text):
    """The text as LIKE finds it: % and _ stand for themselves."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
