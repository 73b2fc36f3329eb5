"""The same ten handlers with their missing line. `user` comes from a verified session."""


def read_invoice(invoices, user, invoice_id):
    if invoices[invoice_id]["customer"] != user["id"]:  # whose is it?
        raise KeyError("no such invoice")
    return invoices[invoice_id]


def delete_comment(comments, user, comment_id):
    if comment_id not in comments:
        raise KeyError("no such comment")
    if comments[comment_id]["author"] != user["id"] and user["role"] != "moderator":  # who may do this?
        raise PermissionError("not yours")
    del comments[comment_id]


def transfer(accounts, user, target, cents):
    if not isinstance(cents, int) or cents <= 0:  # minus five moves money the other way
        raise ValueError("an amount expected")
    if accounts[user["id"]] < cents:
        raise ValueError("not enough")
    accounts[target] += cents
    accounts[user["id"]] -= cents


def confirm_address(tokens, users, token, now):
    entry = tokens.pop(token)
    if now > entry["ends"]:  # until when?
        raise ValueError("too late")
    users[entry["user"]]["email"] = entry["email"]


def apply_coupon(order, coupon):
    if coupon["ends"] < order["date"]:
        raise ValueError("too late")
    if coupon["code"] in order["coupons"] or coupon["cents"] > order["cents"]:  # how often, and down to what?
        raise ValueError("cannot be used")
    order["coupons"].append(coupon["code"])
    order["cents"] -= coupon["cents"]


def list_customers(customers, user, search):
    if user["role"] != "support":  # hidden in the page is not forbidden on the server
        raise PermissionError("support only")
    return [name for name in customers if search.lower() in name.lower()]


def change_address(users, user, password_is_right, address):
    if not password_is_right:  # a session that was left open is not the customer
        raise PermissionError("password needed")
    users[user["id"]]["address"] = address


def export(tables, user, tenant):
    if user["role"] not in ("auditor", "admin"):
        raise PermissionError("auditors only")
    if tenant != user["tenant"]:  # auditor of what?
        raise KeyError("no such tenant")
    return tables[tenant]


def mark_paid(orders, event):
    if not event["signature_is_right"]:
        raise PermissionError("not from the provider")
    if event["cents"] != orders[event["order"]]["cents"]:  # genuine, and for something else
        raise ValueError("another amount")
    orders[event["order"]]["status"] = "paid"


def set_role(users, user, other, role):
    if user["role"] != "admin":
        raise PermissionError("administrators only")
    if role not in ("viewer", "support") or other == user["id"]:  # how far up, and oneself?
        raise ValueError("not by this form")
    users[other]["role"] = role
