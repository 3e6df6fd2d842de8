"""Do the books hold? Asked by a button, answered rule by rule, with the time."""

import pytest
from django.db import connection

from fieldcast.trade import operations as trade
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_order
from tests.web.coop.desk import Turn, words
from tests.web.county.office import make_desk

pytestmark = pytest.mark.django_db


def test_nothing_is_checked_unasked() -> None:
    text = words(make_desk().get("checks/"))
    assert "Not checked yet" in text
    assert "Check now" in text


def test_books_that_hold_are_said_to_hold_rule_by_rule(clock: Turn) -> None:
    desk = make_desk()
    make_order(desk.sale)
    clock(later(3600))
    response = desk.client.post("/county/checks/")
    assert response["Location"] == "/county/checks/"
    clock(later(7200))
    text = words(desk.get("checks/"))
    assert "The books hold" in text
    assert text.count(" holds") == 13
    assert "Checked 2026-11-22 15:00" in text
    assert "Check again" in text


def test_books_that_do_not_hold_name_the_rule_the_figure_and_the_details() -> None:
    desk = make_desk()
    make_order(desk.sale)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE trade_lotstock SET sold = sold + 5, on_hand = on_hand - 5")
        cursor.execute("SET LOCAL session_replication_role = origin")
    desk.client.post("/county/checks/")
    text = words(desk.get("checks/"))
    assert "The books do not hold" in text
    assert "Stop paying out until it is explained." in text
    assert "broken" in text
    assert "stock: {" in text
    assert "found since" in text


def test_a_check_is_this_persons_own_and_changes_nothing() -> None:
    desk = make_desk()
    desk.client.post("/county/checks/")
    assert "Not checked yet" in words(make_desk(desk.sale).get("checks/"))


def test_forged_notices_are_listed_with_what_became_of_them() -> None:
    desk = make_desk()
    assert "No notice" in words(desk.get("notices/"))
    make_order(desk.sale)
    trade.receive_notice(provider="sandbox", headers={"x": "1"}, body=b"{}", now=NOW)
    text = words(desk.get("notices/"))
    assert "Forged" in text
    assert "Applied" in text
    assert "Applied" not in words(desk.get("notices/", outcome="rejected")).split("What became of it")[1]
    assert desk.get("notices/", outcome="?").status_code == 200
