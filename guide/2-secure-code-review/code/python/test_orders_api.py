"""Every feature works in both versions; every attack works on the vulnerable one only."""
import logging
import sqlite3

import pytest

import orders_api
import orders_api_fixed

ALICE = {"id": 7, "is_staff": False}
BOB = {"id": 8, "is_staff": False}
SUPPORT = {"id": 1, "is_staff": True}
BOBS_ORDER = 3

both = pytest.mark.parametrize("api", [orders_api, orders_api_fixed], ids=["vulnerable", "fixed"])


def shop():
    """Alice has orders 1 and 2, Bob has 3."""
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.executescript(
        """
        CREATE TABLE orders(id INTEGER PRIMARY KEY, customer_id INTEGER, created_at TEXT, total_cents INTEGER,
            status TEXT, note TEXT, gift_wrap INTEGER, fraud_score REAL, card_fingerprint TEXT);
        INSERT INTO orders VALUES
            (1, 7, '2026-01-02', 1000, 'open', 'it''s a gift', 0, 0.1, 'aaaa'),
            (2, 7, '2026-01-01', 2000, 'sent', '100% wool', 0, 0.1, 'aaaa'),
            (3, 8, '2026-01-03', 9900, 'open', 'secret gift', 1, 0.9, 'f00d');
        """
    )
    return db


@pytest.fixture
def db():
    with_orders = shop()
    yield with_orders
    with_orders.close()


def stored(db, order_id):
    return dict(db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone())


# Features


@both
def test_lists_own_orders_by_date(api, db):
    assert api.list_orders(db, ALICE, {}) == (
        200,
        [{"id": 2, "total_cents": 2000, "status": "sent"}, {"id": 1, "total_cents": 1000, "status": "open"}],
    )


@both
@pytest.mark.parametrize(
    "sort, ids", [("created_at", [2, 1]), ("id", [1, 2]), ("status", [1, 2]), ("total_cents", [1, 2])]
)
def test_lists_in_the_order_asked_for(api, db, sort, ids):
    assert [order["id"] for order in api.list_orders(db, ALICE, {"sort": sort})[1]] == ids


@both
def test_reads_own_order(api, db):
    status, order = api.get_order(db, ALICE, 1)
    shown = {"id": 1, "created_at": "2026-01-02", "total_cents": 1000, "status": "open", "note": "it's a gift"}
    assert status == 200
    assert shown.items() <= order.items()


@both
def test_answers_404_for_an_order_that_is_not_there(api, db):
    assert api.get_order(db, ALICE, 99)[0] == 404
    assert api.update_order(db, ALICE, 99, {"note": "x"})[0] == 404


@both
@pytest.mark.parametrize(
    "change", [{"note": "for Ann's birthday"}, {"note": ""}, {"gift_wrap": 1}, {"note": "x", "gift_wrap": 1}]
)
def test_changes_what_the_order_page_sends_and_nothing_else(api, db, change):
    before = stored(db, 1)
    assert api.update_order(db, ALICE, 1, change) == (200, {"updated": sorted(change)})
    assert stored(db, 1) == {**before, **change}
    assert not db.in_transaction


@both
def test_does_not_change_another_customers_order(api, db):
    before = stored(db, BOBS_ORDER)
    assert api.update_order(db, ALICE, BOBS_ORDER, {"note": "mine now"})[0] == 404
    assert stored(db, BOBS_ORDER) == before


@both
def test_finds_own_notes(api, db):
    assert api.search_notes(db, BOB, "SECRET") == (200, [{"id": 3, "note": "secret gift"}])
    assert api.search_notes(db, ALICE, "it's") == (200, [{"id": 1, "note": "it's a gift"}])
    assert api.search_notes(db, ALICE, "100%") == (200, [{"id": 2, "note": "100% wool"}])
    assert api.search_notes(db, ALICE, "nothing like it") == (200, [])


@both
def test_finds_all_notes_for_staff(api, db):
    assert {row["id"] for row in api.search_notes(db, SUPPORT, "gift")[1]} == {1, 3}


# Attacks: each returns what the attacker gets, or None


def read_orders_of_others(api, db):
    answers = {order_id: api.get_order(db, ALICE, order_id) for order_id in range(1, 100)}
    return {
        order_id: order["note"]
        for order_id, (status, order) in answers.items()
        if status == 200 and stored(db, order_id)["customer_id"] != ALICE["id"]
    }


def test_p1_1_reads_orders_of_others(db):
    assert read_orders_of_others(orders_api, db) == {BOBS_ORDER: "secret gift"}
    assert read_orders_of_others(orders_api_fixed, db) == {}
    # What is not mine looks like what is not there.
    assert orders_api_fixed.get_order(db, ALICE, BOBS_ORDER) == orders_api_fixed.get_order(db, ALICE, 99)


def sort_out_a_secret(api, db):
    """Asks for one character after another: the order of Alice's rows says yes or no."""
    secret = ""
    while True:
        for character in "0123456789abcdef":
            guess = secret + character
            status, orders = api.list_orders(db, ALICE, {"sort": (
                f"CASE WHEN (SELECT substr(card_fingerprint, 1, {len(guess)}) FROM orders WHERE id = {BOBS_ORDER})"
                f" = '{guess}' THEN id ELSE -id END"
            )})
            if status != 200:
                return None
            if [order["id"] for order in orders] == [1, 2]:
                secret = guess
                break
        else:
            return secret or None


def test_p1_2_sorts_out_a_secret_of_another_row(db):
    assert sort_out_a_secret(orders_api, db) == "f00d"
    assert sort_out_a_secret(orders_api_fixed, db) is None
    assert orders_api_fixed.list_orders(db, ALICE, {"sort": "card_fingerprint"})[0] == 400


def patch(api, body):
    """The status, and which columns of Alice's order 1 are changed, to what."""
    db = shop()
    before = stored(db, 1)
    status, _ = api.update_order(db, ALICE, 1, body)
    after = stored(db, 1)
    db.close()
    return status, {name: value for name, value in after.items() if value != before[name]}


@pytest.mark.parametrize(
    "body, gain",
    [
        ({"total_cents": 1}, {"total_cents": 1}),
        ({"note": "thanks", "status": "refunded"}, {"note": "thanks", "status": "refunded"}),
        ({"customer_id": 8}, {"customer_id": 8}),
        (
            {"note = (SELECT card_fingerprint FROM orders WHERE id = 3), gift_wrap": 1},
            {"note": "f00d", "gift_wrap": 1},
        ),
        ({"note": "x" * 501}, {"note": "x" * 501}),
        ({"note": 12}, {"note": "12"}),
        ({"gift_wrap": "free"}, {"gift_wrap": "free"}),
    ],
    ids=["price", "status", "owner", "sql in a name", "long note", "note of a wrong type", "flag of a wrong type"],
)
def test_p1_3_writes_what_the_page_does_not_offer(body, gain):
    assert patch(orders_api, body) == (200, gain)
    assert patch(orders_api_fixed, body) == (400, {})


@pytest.mark.parametrize("body", [{}, [], None, "note"])
def test_p1_3_fixed_refuses_a_body_without_fields(body):
    assert patch(orders_api_fixed, body) == (400, {})


def search_notes_of_others(api, db):
    found = api.search_notes(db, ALICE, "")[1]
    return {row["id"] for row in found} - {1, 2}


def test_p1_4_searches_notes_of_others(db):
    assert search_notes_of_others(orders_api, db) == {BOBS_ORDER}
    assert search_notes_of_others(orders_api_fixed, db) == set()


def search_other_columns(api, db, user):
    found = api.search_notes(db, user, "none' UNION SELECT id, card_fingerprint FROM orders --")[1]
    return {row["note"] for row in found}


def test_p1_4_reaches_other_columns_from_the_support_desk(db):
    assert search_other_columns(orders_api, db, SUPPORT) == {"aaaa", "f00d"}
    assert search_other_columns(orders_api_fixed, db, SUPPORT) == set()


@both
def test_p1_4_doubled_quotes_stop_this_text_from_a_customer(api, db):
    assert search_other_columns(api, db, ALICE) == set()


def search_unnoticed(api, db, caplog):
    caplog.clear()
    with caplog.at_level(logging.INFO):
        api.search_notes(db, SUPPORT, "gift")
    return not caplog.records


def test_p1_4_searches_as_staff_unnoticed(db, caplog):
    assert search_unnoticed(orders_api, db, caplog)
    assert not search_unnoticed(orders_api_fixed, db, caplog)
    assert caplog.messages == ["staff 1 searched all notes for 'gift'"]


def test_p1_4_fixed_takes_wildcards_literally(db):
    assert orders_api_fixed.search_notes(db, SUPPORT, "%")[1] == [{"id": 2, "note": "100% wool"}]
    assert orders_api_fixed.search_notes(db, SUPPORT, "_")[1] == []
    assert orders_api_fixed.search_notes(db, SUPPORT, "\\")[1] == []


def internal_fields(api, db):
    return set(api.get_order(db, ALICE, 1)[1]) - {"id", "created_at", "total_cents", "status", "note", "gift_wrap"}


def test_p1_5_shows_internal_fields(db):
    assert internal_fields(orders_api, db) == {"customer_id", "fraud_score", "card_fingerprint"}
    assert internal_fields(orders_api_fixed, db) == set()


@pytest.mark.parametrize("text", [None, ["gift"], "a" * 60_000, "\ud800"], ids=["none", "list", "long", "half a character"])
def test_fixed_refuses_what_is_no_text_instead_of_failing(text, db):
    assert orders_api_fixed.search_notes(db, SUPPORT, text)[0] == 400
    assert orders_api_fixed.update_order(db, ALICE, 1, {"note": text})[0] == 400
    assert orders_api_fixed.list_orders(db, ALICE, {"sort": text})[0] == 400


def test_fixed_logs_the_number_of_the_order_and_not_what_was_asked_for(db, caplog):
    with caplog.at_level(logging.INFO):
        assert orders_api_fixed.get_order(db, ALICE, " 1\n\n")[0] == 200
    assert caplog.messages == ["user 7 read order 1"]
