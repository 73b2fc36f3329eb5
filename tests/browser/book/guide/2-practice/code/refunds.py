from flask import request


def refund(database, ledger):
    order = request.form["order"]
    amount = int(request.form["amount"])
    row = database.execute("SELECT paid FROM orders WHERE id = '" + order + "'").fetchone()
    if row is None or amount > row["paid"]:
        return {"error": "no"}, 400
    ledger.pay(request.form["account"], amount)
    return {"refunded": amount}
