from flask import request, session


def refund(database, ledger):
    order = request.form["order"]
    amount = int(request.form["amount"])
    owned = "SELECT paid, account FROM orders WHERE id = ? AND member = ?"
    row = database.execute(owned, (order, session["member"])).fetchone()
    if row is None or not 0 < amount <= row["paid"]:
        return {"error": "no"}, 400
    ledger.pay(row["account"], amount)
    return {"refunded": amount}
