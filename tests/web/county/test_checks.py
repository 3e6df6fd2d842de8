"""Do the books hold? Asked by a button, answered rule by rule, with the time."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from fieldcast.demo.cast import make_cast
from fieldcast.kit import restarts
from fieldcast.kit.restarts import Program, Why
from fieldcast.supervision.queries import READ_WITHIN
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import NoticeCount
from fieldcast.trade.providers.errors import UnknownProvider
from fieldcast.trade.providers.interface import Event
from tests.factories.accounts import NOW
from tests.factories.trade import later, make_order, notice, send_notice
from tests.web.county.office import make_desk
from tests.web.shared.clock import Turn
from tests.web.shared.reading import words

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
    assert text.count(" holds") == 18
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


def test_what_is_new_is_read_since_everything_was_and_both_are_said(clock: Turn) -> None:
    desk = make_desk()
    make_order(desk.sale)
    assert "All rows have not been read" in words(desk.get("checks/"))
    clock(later(3600))
    desk.client.post("/county/checks/", {"all": "1"})
    text = words(desk.get("checks/"))
    assert "read row by row; nothing is out of place" in text
    assert "All rows were last read, and nothing was out of place, on 2026-11-22 15:00" in text
    clock(later(7200))
    desk.client.post("/county/checks/")
    text = words(desk.get("checks/"))
    assert "Checked 2026-11-22 16:00" in text
    assert "read from 2026-11-22 15:00 on, when all before was right" in text
    clock(later(3600) + 3 * READ_WITHIN)
    assert "last read with nothing out of place 6 days ago" in words(desk.get("attention/"))


def test_forged_notices_are_listed_with_what_became_of_them() -> None:
    desk = make_desk()
    assert "No notice" in words(desk.get("notices/"))
    make_order(desk.sale)
    trade_operations.receive_notice(provider="sandbox", headers={"x": "1"}, body=b"{}", now=NOW)
    text = words(desk.get("notices/"))
    assert "Forged" in text
    assert "Applied" in text
    assert "Applied" not in words(desk.get("notices/", outcome="rejected")).split("What became of it")[1]
    assert desk.get("notices/", outcome="?").status_code == 200


def test_a_machine_on_which_nothing_was_started_again_says_since_when(
    tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    desk = make_desk()
    assert "Nothing is known" in words(desk.get("checks/"))
    (tmp_path / "run").mkdir()
    restarts.write(tmp_path, since=NOW, programs=[Program("pages")])
    assert "None was started again since" in words(desk.get("checks/"))


def test_what_was_started_again_is_shown_with_its_reason_and_how_long_it_took(
    tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "run").mkdir()
    fell = Program("database", count=2, last_at=NOW, why=Why.KILLED, recovered_s=3.24, longest_s=4.0)
    hangs = Program("jobs", count=1, last_at=NOW, why=Why.HUNG)
    camera = Program("session-7", count=1, last_at=NOW, why=Why.ENDED)
    restarts.write(tmp_path, since=NOW, programs=[fell, hangs, camera, Program("pages")])
    text = words(make_desk().get("checks/"))
    assert "Database was killed 2" in text
    assert "3.2 s" in text
    assert "did not answer any more" in text
    assert "Video of session 7 ended with an error" in text
    assert "not yet" in text
    assert "Page server" not in text


def test_a_flood_of_forged_notices_is_one_entry_with_its_number_and_times() -> None:
    desk = make_desk()
    trade_operations.receive_notice(provider="sandbox", headers={"x": "1"}, body=b"{}", now=NOW)
    NoticeCount.objects.create(
        provider="sandbox",
        outcome="rejected",
        reason="bad_signature",
        hour=NOW,
        shard=0,
        count=12_339,
        first_at=later(60),
        last_at=later(3600),
    )
    text = words(desk.get("notices/"))
    assert "12,340 forged notices from “trial payments”, 2026-11-22 14:00 to 2026-11-22 15:00" in text
    assert "The signature does not fit: 12,339 · No signature that can be read: 1" in text
    assert "1 of them can be read below" in text
    assert text.count("12,340 forged") == 1
    assert "forged notices from" not in words(desk.get("notices/", outcome="applied"))
    assert "12,340 forged payment notices" in words(desk.get("attention/"))


def test_notices_to_an_address_of_no_provider_are_told_apart() -> None:
    desk = make_desk()
    with pytest.raises(UnknownProvider):
        trade_operations.receive_notice(provider="nobody", headers={}, body=b"", now=NOW)
    assert "1 notice to an address of no provider" in words(desk.get("notices/"))
    assert "forged payment notice" not in words(desk.get("attention/"))


def test_what_a_rehearsal_forges_is_told_apart_and_alarms_nobody(settings: Settings) -> None:
    """By the token of somebody of its own county, not by what it says: that any forger could say."""
    desk, url = make_desk(), "/payments/notices/sandbox"
    token = make_cast(buyers=1, now=timezone.now()).officer.token
    body = {"reference": "forged-1"}
    for demo in (True, False):
        settings.DEMO = demo
        for by in (token, "fc_stranger"):
            headers = {"Authorization": f"Bearer {by}"}
            assert Client().post(url, body, "application/json", headers=headers).status_code == 401
    text = words(desk.get("notices/"))
    assert "1 notice that a rehearsal forged to see it refused" in text
    assert "3 forged notices from “trial payments”" in text
    assert "3 forged payment notices" in words(desk.get("attention/"))


def test_why_a_true_notice_was_not_used_is_said() -> None:
    desk = make_desk()
    send_notice(notice(Event.PAYMENT_SUCCEEDED, "P000000-UNKNOWN", 100))
    assert "A payment we do not know" in words(desk.get("notices/"))
