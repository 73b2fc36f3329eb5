"""For each handler: what it is for works in both versions, and the attack works where the line is missing."""
import pytest

import missing
import missing_fixed

ANN = {"id": "ann", "role": "viewer", "tenant": "mine"}
AUDITOR = {**ANN, "role": "auditor"}
SUPPORT = {**ANN, "role": "support"}
ADMIN = {**ANN, "role": "admin"}


def order():
    return {"cents": 1000, "date": 1, "coupons": [], "status": "open"}


COUPON = {"code": "HALF", "cents": 500, "ends": 9}

# name, what is allowed, what is not; each makes its own data and returns what came of it
CASES = {
    "read_invoice": (
        lambda api: api.read_invoice({1: {"customer": "ann"}}, ANN, 1)["customer"],
        lambda api: api.read_invoice({2: {"customer": "bob"}}, ANN, 2)["customer"],
    ),
    "delete_comment": (
        lambda api: after({1: {"author": "ann"}}, lambda comments: api.delete_comment(comments, ANN, 1)),
        lambda api: after({1: {"author": "bob"}}, lambda comments: api.delete_comment(comments, ANN, 1)),
    ),
    "transfer": (
        lambda api: after({"ann": 10, "bob": 10}, lambda accounts: api.transfer(accounts, ANN, "bob", 5)),
        lambda api: after({"ann": 10, "bob": 10}, lambda accounts: api.transfer(accounts, ANN, "bob", -5)),
    ),
    "confirm_address": (
        lambda api: after({"ann": {}}, lambda users: api.confirm_address({"t": {"user": "ann", "email": "e", "ends": 9}}, users, "t", 1)),
        lambda api: after({"ann": {}}, lambda users: api.confirm_address({"t": {"user": "ann", "email": "e", "ends": 9}}, users, "t", 10)),
    ),
    "apply_coupon": (
        lambda api: after(order(), lambda it: api.apply_coupon(it, COUPON))["cents"],
        lambda api: after(order(), lambda it: [api.apply_coupon(it, COUPON) for _ in range(2)])["cents"],
    ),
    "list_customers": (
        lambda api: api.list_customers(["Ann", "Bob"], SUPPORT, "an"),
        lambda api: api.list_customers(["Ann", "Bob"], ANN, ""),
    ),
    "change_address": (
        lambda api: after({"ann": {}}, lambda users: api.change_address(users, ANN, True, "new")),
        lambda api: after({"ann": {}}, lambda users: api.change_address(users, ANN, False, "new")),
    ),
    "export": (
        lambda api: api.export({"mine": "rows"}, AUDITOR, "mine"),
        lambda api: api.export({"victim": "rows"}, AUDITOR, "victim"),
    ),
    "mark_paid": (
        lambda api: after({1: order()}, lambda orders: api.mark_paid(orders, {"signature_is_right": True, "order": 1, "cents": 1000})),
        lambda api: after({1: order()}, lambda orders: api.mark_paid(orders, {"signature_is_right": True, "order": 1, "cents": 1})),
    ),
    "set_role": (
        lambda api: after({"bob": {"role": "viewer"}}, lambda users: api.set_role(users, ADMIN, "bob", "support")),
        lambda api: after({"bob": {"role": "viewer"}}, lambda users: api.set_role(users, ADMIN, "bob", "admin")),
    ),
}


def after(data, act):
    act(data)
    return data


@pytest.mark.parametrize("name", CASES)
def test_feature(name):
    feature, _ = CASES[name]
    assert feature(missing) is not None
    assert str(feature(missing_fixed)).replace("'coupons': ['HALF']", "'coupons': []") == str(feature(missing))


@pytest.mark.parametrize("api", [missing, missing_fixed])
def test_no_money_is_lost_on_the_way_to_nobody(api):
    accounts = {"ann": 10}
    with pytest.raises(KeyError):
        api.transfer(accounts, ANN, "nobody", 5)
    assert accounts == {"ann": 10}


@pytest.mark.parametrize("name", CASES)
def test_attack(name):
    _, attack = CASES[name]
    attack(missing)  # nothing stops it
    with pytest.raises((KeyError, PermissionError, ValueError)):
        attack(missing_fixed)
