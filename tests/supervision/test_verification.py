"""What a host says was sold, held against orders, payments and parcels."""

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from fieldcast.kit.errors import NotFound
from fieldcast.live.types import SessionState
from fieldcast.supervision import queries
from fieldcast.supervision.loaders import load_session_books, load_verification
from fieldcast.supervision.operations import (
    MOST_FEN,
    MOST_PACKS,
    NothingToReport,
    ReportOutOfRange,
    report_sales,
)
from fieldcast.supervision.types import Verification
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW, make_person
from tests.factories.market import make_stall
from tests.factories.trade import PRICE_FEN, Sale, later, make_order, make_sale, make_session, sale_with_paid
from tests.web.shared.desk import make_officer

pytestmark = pytest.mark.django_db


def report(sale: Sale, *, packs: int, amount_fen: int, seconds: int = 60) -> None:
    """The presenter says what was sold."""
    report_sales(
        by=sale.stall.presenter,
        session_id=sale.session.id,
        packs=packs,
        amount_fen=amount_fen,
        now=later(seconds),
    )


def check(sale: Sale) -> Verification:
    """The report beside the records."""
    return queries.verify_session(session_id=sale.session.id, now=later(120))


def test_a_session_nobody_reported_on_is_unknown_and_not_zero() -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    found = check(sale)
    assert found.agrees is None
    assert (found.packs.reported, found.packs.difference, found.reported_at) == (None, None, None)
    assert (found.packs.paid, found.amount.paid) == (2, 2 * PRICE_FEN)


def test_each_figure_counts_how_far_its_orders_came() -> None:
    sale = make_sale()
    for until in ("reserved", "paid", "packed", "shipped", "received", "closed"):
        make_order(sale, until=until)
    found = check(sale)
    assert (found.packs.orders, found.packs.paid, found.packs.parcels) == (6, 5, 3)
    assert (found.amount.orders, found.amount.paid, found.amount.parcels) == (
        6 * PRICE_FEN,
        5 * PRICE_FEN,
        3 * PRICE_FEN,
    )


def test_a_report_that_says_what_was_paid_agrees() -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    make_order(sale, until="reserved")
    report(sale, packs=2, amount_fen=2 * PRICE_FEN)
    found = check(sale)
    assert found.agrees is True
    assert (found.packs.difference, found.amount.difference) == (0, 0)
    assert found.reported_at == later(60)


@pytest.mark.parametrize(
    ("packs", "amount_fen", "difference"),
    [(3, 2 * PRICE_FEN, (1, 0)), (2, 3 * PRICE_FEN, (0, PRICE_FEN)), (0, 0, (-2, -2 * PRICE_FEN))],
)
def test_a_report_of_other_figures_differs(packs: int, amount_fen: int, difference: tuple[int, int]) -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    report(sale, packs=packs, amount_fen=amount_fen)
    found = check(sale)
    assert found.agrees is False
    assert (found.packs.difference, found.amount.difference) == difference


def test_an_order_given_back_before_it_was_sent_no_longer_counts_as_paid() -> None:
    sale, order = sale_with_paid()
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="不要了", now=later(30))
    found = check(sale)
    assert (found.packs.orders, found.packs.paid) == (1, 0)


def test_the_latest_report_is_the_one_that_counts_and_the_earlier_is_kept() -> None:
    sale, _order = sale_with_paid()
    report(sale, packs=9, amount_fen=9 * PRICE_FEN, seconds=60)
    report(sale, packs=1, amount_fen=PRICE_FEN, seconds=61)
    assert check(sale).agrees is True
    assert check(sale).reported_at == later(61)
    from fieldcast.supervision.models import SalesReport

    assert SalesReport.objects.filter(session_id=sale.session.id).count() == 2


def test_many_sessions_are_verified_as_one_is() -> None:
    sale = make_sale()
    for until in ("reserved", "paid", "shipped"):
        make_order(sale, until=until)
    report(sale, packs=2, amount_fen=2 * PRICE_FEN)
    quiet = make_sale()
    now = later(120)
    both = queries.verifications(session_ids=[sale.session.id, quiet.session.id, 999_999], now=now)
    assert set(both) == {sale.session.id, quiet.session.id}
    assert both[sale.session.id] == check(sale)
    assert both[quiet.session.id].packs.orders == 0
    alone = trade.session_sales(session_id=sale.session.id)
    paid = both[sale.session.id]
    assert (paid.packs.paid, paid.amount.paid) == (alone.paid.packs, alone.paid.amount_fen)
    assert (paid.packs.orders, paid.packs.parcels) == (alone.placed.packs, alone.shipped.packs)


def test_verifying_more_sessions_takes_no_more_statements() -> None:
    from django.db import connection

    sessions = [make_sale().session.id for _number in range(4)]
    counts = []
    for some in (sessions[:1], sessions):
        with CaptureQueriesContext(connection) as asked:
            queries.verifications(session_ids=some, now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3


def test_a_session_that_has_not_begun_cannot_be_reported_on() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    with pytest.raises(NothingToReport):
        report_sales(by=stall.presenter, session_id=session.id, packs=1, amount_fen=1, now=NOW)


@pytest.mark.parametrize("figures", [(-1, 0), (0, -1), (MOST_PACKS + 1, 0), (0, MOST_FEN + 1)])
def test_an_impossible_report_is_refused_and_nothing_is_kept(figures: tuple[int, int]) -> None:
    sale = make_sale()
    with pytest.raises(ReportOutOfRange):
        report(sale, packs=figures[0], amount_fen=figures[1])
    assert check(sale).agrees is None


def test_a_report_on_nothing_is_not_found() -> None:
    stall = make_stall()
    with pytest.raises(NotFound):
        report_sales(by=stall.presenter, session_id=999_999, packs=1, amount_fen=1, now=NOW)
    with pytest.raises(NotFound):
        queries.verify_session(session_id=999_999, now=NOW)


def test_a_verification_is_for_the_parties_and_the_authority() -> None:
    sale = make_sale()
    who = [sale.stall.chief, sale.stall.presenter, make_officer(sale.stall.county_id)]
    for person in who:
        assert load_verification(by=person, session_id=sale.session.id, now=NOW)
        assert load_session_books(by=person, session_id=sale.session.id)
    strangers: list[Any] = [make_person(county_id=sale.stall.county_id), sale.stall.driver]
    for person in strangers:
        with pytest.raises(NotFound):
            load_verification(by=person, session_id=sale.session.id, now=NOW)
        with pytest.raises(NotFound):
            load_session_books(by=person, session_id=sale.session.id)


def test_the_books_of_a_session_stand_side_by_side() -> None:
    sale = make_sale()
    make_order(sale, until="closed", packs=2)
    make_order(sale, until="reserved")
    books = queries.session_books(session_id=sale.session.id)
    assert sale.session.state == SessionState.LIVE
    assert (books.sales.paid.packs, books.sales.placed.orders) == (2, 2)
    assert (books.payments.packs, books.payments.held, books.payments.paid) == (100, 1, 1)
    assert (books.settlement.statements, books.settlement.settled_fen) == (0, 0)
