"""Whatever bytes come, a notice has an outcome and is kept: true ones that say nonsense, names that no column holds."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as some

from fieldcast.trade import operations, queries
from fieldcast.trade.models import ForgedNotice, Payment, PaymentNotice, Refund
from fieldcast.trade.payments import naming
from fieldcast.trade.providers.interface import Event
from fieldcast.trade.providers.sandbox import keys
from fieldcast.trade.providers.sandbox.signing import NOTICE
from fieldcast.trade.types import NoticeOutcome, OrderState
from tests.factories.accounts import NOW
from tests.factories.trade import (
    PRICE_FEN,
    assert_balanced,
    later,
    make_sale,
    notice,
    paid_notice,
    place,
    refund_notice,
    sale_with_paid,
    send_notice,
)

pytestmark = pytest.mark.django_db
DEEP = 20_000
HALF = "\ud800"  # of a surrogate pair: JSON can say it, UTF-8 cannot


def send(body: bytes, *, now: datetime = NOW) -> NoticeOutcome:
    """What the sandbox itself signed, whatever it is."""
    headers = keys.signer(Path(settings.HOME), "provider").headers(purpose=NOTICE, body=body, now=now)
    return operations.receive_notice(provider="sandbox", headers=headers, body=body, now=now)


def kept() -> PaymentNotice:
    return PaymentNotice.objects.latest("id")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        b"[" * DEEP + b"]" * DEEP,
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b"1" * 5000,
        b"NaN",
        b"[]",
        b'"\\ud800"',
        json.dumps({"notice_id": "N1"}).encode(),
        json.dumps({"notice_id": "N1"}).encode("utf-16"),
        b"%PDF-1.7",
    ],
    ids=lambda body: ascii(body[:12]),
)
def test_a_signed_notice_that_cannot_be_read_is_kept_for_a_person(body: bytes) -> None:
    assert send(body) == NoticeOutcome.MISMATCHED
    assert (kept().reason, kept().outcome) == ("unreadable", "mismatched")
    assert send(body) == NoticeOutcome.DUPLICATE
    assert send(body + b" ") == NoticeOutcome.MISMATCHED
    assert not ForgedNotice.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount_fen": True}, "unreadable"),
        ({"amount_fen": 39.8}, "unreadable"),
        ({"amount_fen": float("nan")}, "unreadable"),
        ({"amount_fen": "3980"}, "unreadable"),
        ({"amount_fen": None}, "unreadable"),
        ({"amount_fen": -3980}, "amount_differs"),
        ({"amount_fen": 2**70}, "amount_differs"),
        ({"amount_fen": 0}, "amount_differs"),
        ({"event": "payment.exploded"}, "unknown_event"),
        ({"event": ["payment.succeeded"]}, "unknown_event"),
        ({"event": HALF}, "unknown_event"),
        ({"reference": "P\x00"}, "unknown_payment"),
        ({"reference": HALF}, "unknown_payment"),
        ({"reference": "P" * 5000}, "unknown_payment"),
        ({"reference": 7}, "unreadable"),
        ({"provider_ref": "S\x00"}, "unreadable"),
        ({"provider_ref": HALF}, "unreadable"),
        ({"occurred_at": "9999-12-31T23:59:59.999999-23:59"}, "impossible_time"),
        ({"occurred_at": "0001-01-01T00:00:00+23:59"}, "impossible_time"),
        ({"occurred_at": "1999-12-31T23:59:59+00:00"}, "impossible_time"),
        ({"occurred_at": later(301).isoformat()}, "impossible_time"),
        ({"occurred_at": "2026-11-22T12:00:00+99:00"}, "unreadable"),
        ({"occurred_at": "2026-11-22T12:00:00"}, "unreadable"),
        ({"occurred_at": 0}, "unreadable"),
    ],
)
def test_a_signed_notice_that_says_what_cannot_be_books_nothing_and_says_why(
    change: dict[str, Any], reason: str
) -> None:
    sale = make_sale()
    placed = place(sale)
    content = {**paid_notice(placed.order_id), **change}
    assert send(json.dumps(content).encode()) == NoticeOutcome.MISMATCHED
    assert kept().reason == reason
    assert queries.order(order_id=placed.order_id).state == OrderState.RESERVED
    assert reason in {row.reason for row in queries.notices(county_id=sale.stall.county_id)}


@pytest.mark.parametrize("name", ["N\x00", HALF, "N" * 5000, "asked:P1", "", "号" * 64, "N\x00\u202e"])
def test_whatever_name_a_notice_gives_itself_it_pays_once(name: str) -> None:
    sale = make_sale()
    placed = place(sale)
    content = paid_notice(placed.order_id, notice_id=name)
    assert send_notice(content) == NoticeOutcome.APPLIED
    assert send_notice(content) == NoticeOutcome.DUPLICATE
    assert queries.order(order_id=placed.order_id).state == OrderState.PAID
    assert_balanced()


def test_two_notices_alike_in_their_first_sixty_four_letters_are_two() -> None:
    sale = make_sale()
    first, second = place(sale), place(sale)
    alike = "N" * 64
    assert send_notice(paid_notice(first.order_id, notice_id=alike + "1")) == NoticeOutcome.APPLIED
    assert send_notice(paid_notice(second.order_id, notice_id=alike + "2")) == NoticeOutcome.APPLIED
    again = notice(Event.PAYMENT_FAILED, Payment.objects.latest("id").reference, PRICE_FEN)
    assert send_notice({**again, "notice_id": alike}) == NoticeOutcome.STALE
    assert len(set(PaymentNotice.objects.values_list("notice_id", flat=True))) == 3


@trying(max_examples=40, deadline=None, database=None, derandomize=True)
@given(first=some.text(max_size=90), second=some.text(max_size=90))
def test_no_two_names_of_a_provider_become_one_of_ours(first: str, second: str) -> None:
    ours = [naming.notice_id(name) for name in (first, second, naming.notice_id(first + "\x00"))]
    assert len(set(ours)) == len({first, second, naming.notice_id(first + "\x00")})
    assert all(len(name) <= 64 and naming.storable(name) for name in ours)


def test_a_refund_with_a_name_that_cannot_be_is_not_known() -> None:
    sale, order = sale_with_paid()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(2))
    refund = Refund.objects.select_related("payment").get(order_id=order.id)
    for name in ("R\x00", HALF, "", "R" * 5000):
        body = json.dumps(refund_notice(refund, refund_reference=name)).encode()
        assert send(body) == NoticeOutcome.MISMATCHED
        assert kept().reason == "unknown_refund"
    assert send_notice(refund_notice(refund)) == NoticeOutcome.APPLIED


def test_a_cut_reference_is_not_taken_for_another() -> None:
    content = notice(Event.PAYMENT_SUCCEEDED, "P" * 41, 100)
    send_notice(content)
    assert kept().reference == "P" * 39 + "…"


def test_what_our_own_rules_refuse_is_kept_and_nothing_of_it_is_done() -> None:
    """A hold that is gone is no state the program makes; a hand in the database does."""
    sale, order = sale_with_paid()
    operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="", now=later(2))
    refund = Refund.objects.select_related("payment").get(order_id=order.id)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_hold SET released_at = %s", [NOW])
    assert send_notice(refund_notice(refund)) == NoticeOutcome.MISMATCHED
    assert kept().reason
    refund.refresh_from_db()
    assert refund.state == "requested"


ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(some.characters()),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("notice_id", "event", "provider_ref", "reference", "amount_fen", "occurred_at", "refund_reference")
TIMES = some.datetimes(timezones=some.just(UTC)).map(lambda at: at.isoformat()) | some.text()
FIELDS = some.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NAMES, ANYTHING),
        "event": some.sampled_from([*Event]) | ANYTHING,
        "occurred_at": TIMES | some.just(NOW.isoformat()),
        "notice_id": some.text(some.characters(), max_size=90),
    },
)


@trying(
    max_examples=80,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=FIELDS, raw=some.binary(max_size=60), as_is=some.booleans(), moved=some.integers(-400, 400))
def test_whatever_a_provider_signs_has_an_outcome_and_is_kept(
    changes: dict[str, Any], raw: bytes, as_is: bool, moved: int
) -> None:
    body = raw if as_is else json.dumps({**EXAMPLE, **changes}).encode()
    before = PaymentNotice.objects.count() + ForgedNotice.objects.count()
    with transaction.atomic():
        assert send(body, now=NOW + timedelta(seconds=moved)) in NoticeOutcome
        assert PaymentNotice.objects.count() + ForgedNotice.objects.count() == before + 1
        transaction.set_rollback(True)


EXAMPLE = notice(Event.PAYMENT_SUCCEEDED, "P000000-UNKNOWN", 100)
