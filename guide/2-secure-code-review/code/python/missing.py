"""Ten handlers. `user` comes from a verified session; each handler lacks one line."""


def read_invoice(invoices, user, invoice_id):
    return invoices[invoice_id]


def delete_comment(comments, user, comment_id):
    if comment_id not in comments:
        raise KeyError("no such comment")
    del comments[comment_id]


def transfer(accounts, user, target, cents):
    if accounts[user["id"]] < cents:
        raise ValueError("not enough")
    accounts[target] += cents
    accounts[user["id"]] -= cents


def confirm_address(tokens, users, token, now):
    entry = tokens.pop(token)
    users[entry["user"]]["email"] = entry["email"]


def apply_coupon(order, coupon):
    if coupon["ends"] < order["date"]:
        raise ValueError("too late")
    order["cents"] -= coupon["cents"]


def list_customers(customers, user, search):
    return [name for name in customers if search.lower() in name.lower()]


def change_address(users, user, password_is_right, address):
    users[user["id"]]["address"] = address


def export(tables, user, tenant):
    if user["role"] not in ("auditor", "admin"):
        raise PermissionError("auditors only")
    return tables[tenant]


def mark_paid(orders, event):
    if not event["signature_is_right"]:
        raise PermissionError("not from the provider")
    orders[event["order"]]["status"] = "paid"


def set_role(users, user, other, role):
    if user["role"] != "admin":
        raise PermissionError("administrators only")
    users[other]["role"] = role
