"""What a supervisor should look at first, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.desk import queries as desk
from fieldcast.desk.operations import answer
from fieldcast.ledger import operations as ledger_operations
from fieldcast.ledger.types import Entry
from fieldcast.settlement.operations import settle_due
from fieldcast.supervision import queries
from fieldcast.supervision.operations import report_sales
from fieldcast.supervision.types import AttentionItem
from fieldcast.trace.operations import check_histories
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Refund
from tests.factories.accounts import NOW, make_county
from tests.factories.cover import give_deposit, make_officer
from tests.factories.guards import behind_its_back
from tests.factories.trace import make_event
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    later,
    make_order,
    make_sale,
    paid_notice,
    place,
    sale_with_closed,
    sale_with_paid,
    sale_with_received,
    send_notice,
)

pytestmark = pytest.mark.django_db


def found(sale: Sale, *, seconds: float = 0, **options: bool) -> tuple[AttentionItem, ...]:
    """What needs attention in the sale's county."""
    return queries.attention(county_id=sale.stall.county_id, now=later(seconds), **options)


def end(sale: Sale) -> None:
    """The session is over."""
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(10))


def report(sale: Sale, *, packs: int, amount_fen: int) -> None:
    """The presenter says what was sold."""
    report_sales(
        by=sale.stall.presenter,
        session_id=sale.session.id,
        packs=packs,
        amount_fen=amount_fen,
        now=later(20),
    )


def stop(sale: Sale) -> None:
    """The lot may not be sold."""
    set_lot_state(lot_id=sale.stall.lot.id, state=LotState.STOPPED)


def tamper(sale: Sale) -> None:
    """Someone with the database in their hands changes what was published, and the sweep comes by."""
    behind_its_back(
        "UPDATE trace_lotevent SET facts = jsonb_set(facts, '{quantity}', '5000') WHERE lot_id = %s",
        sale.stall.lot.id,
    )
    check_histories(now=NOW)


def stick(sale: Sale, amount_fen: int = 500) -> Refund:
    """A refund the provider would not take."""
    order = make_order(sale, until="received")
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=amount_fen, reason="坏果", now=later(5)
    )
    Refund.objects.filter(order_id=order.id).update(state="failed")
    return Refund.objects.select_related("order").get(order_id=order.id)


def test_a_county_where_all_is_well_needs_nobody() -> None:
    sale, _order = sale_with_closed()
    make_order(sale)
    assert found(sale, seconds=60) == ()


def test_a_history_that_was_changed_is_the_first_thing_to_see() -> None:
    sale = make_sale()
    stick(sale)
    tamper(sale)
    first, second = found(sale)
    assert (first.kind, first.severity, first.link) == (
        "broken_history",
        "danger",
        f"lot:{sale.stall.lot.id}",
    )
    assert second.kind == "stuck_refund"


def test_histories_can_be_left_for_later_and_asked_for_alone() -> None:
    sale = make_sale()
    tamper(sale)
    assert found(sale, with_histories=False) == ()
    (item,) = queries.broken_histories(county_id=sale.stall.county_id, now=NOW)
    assert item.subject == sale.stall.lot.code
    assert queries.broken_histories(county_id=make_county("别的县"), now=NOW) == ()


def test_a_stopped_lot_says_how_many_paid_orders_of_it_wait() -> None:
    sale = make_sale()
    for until in ("paid", "paid", "shipped", "closed", "reserved"):
        make_order(sale, until=until)
    stop(sale)
    (item,) = found(sale)
    assert (item.kind, item.severity, item.figure) == ("stopped_lot", "danger", 2)
    assert sale.stall.lot.code in item.subject


def test_food_that_failed_its_test_stands_before_everything_else() -> None:
    sale = make_sale()
    make_order(sale)
    tamper(sale)
    failed = {"result": "fail", "residue": "above limits"}
    make_event(sale.stall.lot, EventKind.INSPECTED, failed, by=sale.stall.chief, at=later(30), now=later(30))
    first, second = found(sale, seconds=60)
    assert (first.kind, first.figure, first.since) == ("failed_test", 1, later(30))
    assert second.kind == "broken_history"


def test_more_stopped_lots_take_no_more_statements() -> None:
    sales = [make_sale() for _number in range(3)]
    counts = []
    for sale in sales:
        stop(sale)
        with CaptureQueriesContext(connection) as asked:
            for one in sales:
                found(one, with_histories=False)
        counts.append(len(asked))
    assert counts[1] - counts[0] == counts[2] - counts[1]


def test_a_forged_notice_is_told_for_a_day() -> None:
    sale = make_sale()
    trade_operations.receive_notice(provider="sandbox", headers={"x": "1"}, body=b'{"paid": true}', now=NOW)
    trade_operations.receive_notice(
        provider="sandbox", headers={"x": "1"}, body=b'{"paid": 1}', now=later(60)
    )
    (item,) = found(sale, seconds=120)
    assert (item.kind, item.severity, item.figure, item.since) == ("forged_notice", "danger", 2, NOW)
    assert found(sale, seconds=timedelta(days=2).total_seconds()) == ()


def test_a_true_notice_that_does_not_fit_is_told_until_somebody_says_what_was_done() -> None:
    sale = make_sale()
    officer = make_officer(sale.stall.county_id)
    placed = place(sale)
    send_notice(paid_notice(placed.order_id, amount_fen=PRICE_FEN - 1))
    (item,) = found(sale, seconds=120)
    assert (item.kind, item.severity, item.figure, item.link) == (
        "unusable_notice",
        "caution",
        1,
        "notices:mismatched",
    )
    two_days = timedelta(days=2).total_seconds()
    assert "unusable_notice" in {one.kind for one in found(sale, seconds=two_days)}
    (waits,) = desk.waiting_for(person_id=officer.pk)
    answer(by=officer, item_id=waits.id, words="已核对", now=later(180))
    assert "unusable_notice" not in {one.kind for one in found(sale, seconds=240)}


def test_a_report_that_differs_is_told_once_the_session_is_over() -> None:
    sale, _order = sale_with_paid()
    report(sale, packs=3, amount_fen=3 * PRICE_FEN)
    assert found(sale, seconds=30) == ()
    end(sale)
    (item,) = found(sale, seconds=30)
    assert (item.kind, item.severity, item.figure) == ("reported_sales_differ", "caution", 2)
    assert item.link == f"session:{sale.session.id}"


def test_a_report_that_agrees_is_nothing_to_see() -> None:
    sale, _order = sale_with_paid()
    end(sale)
    report(sale, packs=1, amount_fen=PRICE_FEN)
    assert found(sale, seconds=30) == ()


def test_a_corrected_report_is_nothing_to_see_any_more() -> None:
    sale, _order = sale_with_paid()
    end(sale)
    report(sale, packs=9, amount_fen=PRICE_FEN)
    report(sale, packs=1, amount_fen=PRICE_FEN)
    assert found(sale, seconds=30) == ()
    since = NOW - timedelta(days=1)
    county_id = sale.stall.county_id
    assert queries.differing_reports(county_id=county_id, since=since, now=later(30)) == ()


def test_a_report_from_long_ago_is_left_alone() -> None:
    sale, _order = sale_with_closed()
    end(sale)
    report(sale, packs=9, amount_fen=1)
    settle_due(now=later(3600))
    assert found(sale, seconds=timedelta(days=15).total_seconds()) == ()


def test_parcels_are_late_forty_eight_hours_after_payment() -> None:
    sale, _order = sale_with_paid()
    make_order(sale, until="packed")
    make_order(sale, until="shipped")
    two_days = timedelta(hours=48).total_seconds()
    assert found(sale, seconds=two_days) == ()
    (item,) = found(sale, seconds=two_days + 1)
    assert (item.kind, item.severity, item.figure, item.since) == ("late_parcels", "caution", 2, NOW)
    assert item.subject == sale.stall.cooperative.name


def test_a_refund_the_provider_would_not_take_names_its_order_and_amount() -> None:
    sale = make_sale()
    refund = stick(sale, 700)
    (item,) = found(sale, seconds=60)
    assert (item.kind, item.figure, item.since) == ("stuck_refund", 700, later(5))
    assert item.link == f"order:{refund.order.number}"


def test_many_of_one_kind_do_not_hide_the_only_one_of_another() -> None:
    sale = make_sale(packs=100)
    for _number in range(14):
        stick(sale)
    make_order(sale, now=later(60))
    kinds = [item.kind for item in found(sale, seconds=timedelta(hours=50).total_seconds())]
    assert kinds.count("stuck_refund") == 14
    assert kinds.count("late_parcels") == 1


def test_another_county_sees_nothing_of_ours() -> None:
    sale, _order = sale_with_paid()
    stick(sale)
    end(sale)
    report(sale, packs=9, amount_fen=1)
    stop(sale)
    later_on = later(timedelta(days=3).total_seconds())
    assert queries.attention(county_id=make_county("别的县"), now=later_on) == ()
    assert {item.kind for item in queries.attention(county_id=sale.stall.county_id, now=later_on)} == {
        "stopped_lot",
        "reported_sales_differ",
        "late_parcels",
        "stuck_refund",
    }


def test_a_seller_whose_sales_wait_for_cover_is_named_with_what_is_missing() -> None:
    sale, order = sale_with_received()
    refund = trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=order.total_fen, reason="坏果", now=NOW
    )
    trade_operations.confirm_known(refund_id=refund.id, now=NOW)
    trade_operations.close_due(now=later(120))
    (item,) = found(sale, seconds=200)
    assert (item.kind, item.severity, item.link) == ("waiting_for_cover", "caution", "cover")
    assert (item.facts["lines"], item.facts["missing_fen"]) == (1, 2760)
    give_deposit(sale.stall, 2760)
    settle_due(now=later(200))
    assert found(sale, seconds=200) == ()


def test_what_was_paid_out_before_anything_stood_behind_it_is_on_the_list_until_it_is_paid_back() -> None:
    sale = make_sale()
    cooperative = sale.stall.cooperative
    make_order(sale, until="closed", packs=3)
    ledger_operations.transfer(
        client_id="settle:old", kind="settlement", county_id=sale.stall.county_id, now=NOW,
        entries=[Entry(cooperative.party, "advance", -400), Entry("org:0", "wallet", 400)],
    )  # fmt: skip
    assert [(item.kind, item.figure) for item in found(sale)] == [("uncovered_debt", 400)]
    settle_due(now=later(3600))
    assert found(sale) == ()
