"""What the consoles read: right, filtered, in pages, and in a handful of statements however long the list."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.agreements import operations as agreements_operations
from fieldcast.kit.errors import NotFound
from fieldcast.trade import operations, queries
from fieldcast.trade.loaders import load_offer_of
from fieldcast.trade.models import OrderLine
from fieldcast.trade.orders.finished import net_fen_of_lines
from fieldcast.trade.types import SEND_WITHIN, OrderState, Stage
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.factories.trade import (
    HOLD_SECONDS,
    PRICE_FEN,
    later,
    make_buyer,
    make_offer,
    make_order,
    make_sale,
    make_session,
    paid_notice,
    place,
    sale_with_shipped,
    send_notice,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def statements(call: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


def test_a_buyers_orders_are_newest_first_in_pages_and_by_state() -> None:
    sale = make_sale(per_buyer_limit=50)
    buyer = make_buyer(sale)
    numbers = [make_order(sale, by=buyer, now=later(n)).number for n in range(5)]
    place(sale, by=buyer, now=later(9))
    make_order(sale)
    page = queries.orders_of_buyer(buyer_id=buyer.pk, page=2, per_page=4)
    assert (page.total, page.pages, page.number, page.has_next) == (6, 2, 2, False)
    assert [order.number for order in page.items] == [numbers[1], numbers[0]]
    reserved = queries.orders_of_buyer(buyer_id=buyer.pk, state=OrderState.RESERVED)
    assert reserved.total == 1


def test_a_sellers_orders_are_found_by_session_number_title_lot_and_tracking_number() -> None:
    sale, other = make_sale(), make_sale()
    mine = make_order(sale, until="shipped")
    make_order(sale)
    theirs = make_order(other)
    seller_id = sale.stall.cooperative.id

    def found(**filters: Any) -> set[int]:
        return {order.id for order in queries.orders_of_seller(seller_id=seller_id, **filters).items}

    assert len(found()) == 2
    assert theirs.id not in found()
    assert found(search=mine.number.lower()) == {mine.id}
    assert found(search=queries.order(order_id=mine.id).tracking_number) == {mine.id}
    assert len(found(search="黄桃")) == 2
    assert len(found(search=sale.stall.lot.code)) == 2
    assert found(search=theirs.number) == set()
    assert found(search="\x00") == found()
    assert found(session_id=other.session.id) == set()
    assert found(state=OrderState.SHIPPED) == {mine.id}


def test_lists_take_the_same_number_of_statements_however_long_they_are() -> None:
    sale = make_sale(per_buyer_limit=50)
    buyer = make_buyer(sale)
    seller_id, session_id = sale.stall.cooperative.id, sale.session.id
    county_id = sale.stall.county_id
    lists = {
        "buyer": lambda: queries.orders_of_buyer(buyer_id=buyer.pk),
        "seller": lambda: queries.orders_of_seller(seller_id=seller_id),
        "to pack": lambda: queries.orders_to_pack(seller_id=seller_id),
        "packing list": lambda: queries.packing_list(county_id=county_id, seller_id=seller_id),
        "offers": lambda: queries.offers_of_session(session_id=session_id),
        "sales": lambda: queries.session_sales(session_id=session_id),
        "finished": queries.finished_lines,
        "carrier": lambda: queries.orders_of_carrier(carrier_id=sale.stall.carrier.id),
        "imbalance": lambda: queries.stock_imbalance(county_id=None),
        "sales of sessions": lambda: queries.sales_of_sessions(session_ids=[session_id]),
        "offers of sessions": lambda: queries.offers_of_sessions(session_ids=[session_id]),
        "stock by category": lambda: queries.stock_by_category(county_id=county_id),
    }
    make_order(sale, by=buyer)
    make_order(sale, by=buyer, until="closed")
    few = {name: statements(call) for name, call in lists.items()}
    for _ in range(4):
        make_order(sale, by=buyer)
        make_order(sale, by=make_buyer(sale), until="closed")
    make_offer(sale.stall, sale.session, packs=5)
    assert {name: statements(call) for name, call in lists.items()} == few
    assert max(few.values()) <= 7


def test_orders_to_pack_wait_longest_first() -> None:
    sale = make_sale()
    second = make_order(sale, now=later(20))
    first = make_order(sale, now=later(10))
    make_order(sale, until="packed")
    place(sale)
    page = queries.orders_to_pack(seller_id=sale.stall.cooperative.id)
    assert [order.id for order in page.items] == [first.id, second.id]


def test_the_packing_list_adds_up_what_waits_for_a_cooperative_and_for_a_household() -> None:
    sale = make_sale()
    make_order(sale, packs=2, now=later(5))
    make_order(sale, packs=1)
    make_order(sale, until="packed")
    household_id = sale.stall.lot.plot.household_id
    county_id = sale.stall.county_id
    choices: list[dict[str, int]] = [
        {},
        {"seller_id": sale.stall.cooperative.id},
        {"household_id": household_id},
    ]
    for filters in choices:
        (item,) = queries.packing_list(county_id=county_id, **filters)
        assert (item.orders, item.packs, item.pack_units, item.since) == (2, 3, 5, NOW)
        assert item.lot_code == sale.stall.lot.code
    assert queries.packing_list(county_id=county_id, seller_id=0) == ()
    assert queries.packing_list(county_id=county_id, household_id=0) == ()
    assert queries.packing_list(county_id=make_sale().stall.county_id) == ()


def test_many_sessions_sales_are_each_ones_own() -> None:
    first, second, nothing = make_sale(), make_sale(), make_sale()
    make_order(first, packs=2, until="shipped")
    make_order(first, packs=1)
    place(first)
    make_order(second, packs=3)
    ids = [sale.session.id for sale in (first, second, nothing)]
    found = queries.sales_of_sessions(session_ids=ids)
    for session_id in ids:
        alone, beside = queries.session_sales(session_id=session_id), found[session_id]
        assert (beside.placed_packs, beside.placed_fen) == (alone.placed.packs, alone.placed.amount_fen)
        assert (beside.paid_packs, beside.paid_fen) == (alone.paid.packs, alone.paid.amount_fen)
        assert (beside.shipped_packs, beside.shipped_fen) == (alone.shipped.packs, alone.shipped.amount_fen)
    assert (found[ids[0]].paid_packs, found[ids[1]].paid_packs, found[ids[2]].paid_packs) == (3, 3, 0)
    with CaptureQueriesContext(connection) as asked:
        queries.sales_of_sessions(session_ids=ids)
    assert len(asked) == 1


def test_many_sessions_offers_are_each_ones_own() -> None:
    first, second = make_sale(), make_sale()
    make_offer(first.stall, first.session, packs=5)
    ids = [first.session.id, second.session.id]
    found = queries.offers_of_sessions(session_ids=ids)
    assert found == {session_id: queries.offers_of_session(session_id=session_id) for session_id in ids}
    assert [len(found[session_id]) for session_id in ids] == [2, 1]


def test_a_carriers_parcels_are_its_own() -> None:
    sale, other = make_sale(), make_sale()
    order = make_order(sale, until="shipped")
    make_order(other, until="shipped")
    page = queries.orders_of_carrier(carrier_id=sale.stall.carrier.id)
    assert [found.id for found in page.items] == [order.id]
    assert queries.orders_of_carrier(carrier_id=sale.stall.carrier.id, state=OrderState.CLOSED).total == 0


def test_orders_that_wait_too_long_for_shipment_are_found() -> None:
    sale = make_sale()
    old = make_order(sale, until="packed", now=NOW)
    make_order(sale, now=later(100))
    sent = make_order(sale, until="shipped")
    now = later(50) + SEND_WITHIN
    found = queries.late_orders(county_id=sale.stall.county_id, now=now)
    assert [order.id for order in found] == [old.id]
    assert queries.late_orders(county_id=0, now=now) == ()
    theirs: dict[str, Any] = {"county_id": sale.stall.county_id, "now": now}
    assert queries.late_orders(seller_id=sale.stall.cooperative.id, **theirs) == found
    assert queries.late_orders(seller_id=sale.stall.host.id, **theirs) == ()
    assert queries.is_late(found[0], now=now)
    assert not queries.is_late(found[0], now=later(0) + SEND_WITHIN)
    assert not queries.is_late(queries.order(order_id=sent.id), now=now)


def test_a_sessions_sales_say_how_far_its_orders_came() -> None:
    sale = make_sale(per_buyer_limit=50)
    buyer = make_buyer(sale)
    make_order(sale, by=buyer, packs=2)
    make_order(sale, by=buyer, until="shipped", packs=1)
    received = make_order(sale, until="received")
    back = make_order(sale, packs=3)
    operations.refund_order(by=sale.stall.chief, order_id=back.id, reason="", now=NOW)
    operations.refund_after_sale(
        by=sale.stall.chief, order_id=received.id, amount_fen=500, reason="", now=NOW
    )
    cancelled = place(sale, by=buyer)
    operations.cancel_order(by=buyer, order_id=cancelled.order_id, now=NOW)
    place(sale)
    operations.expire_due(now=later(HOLD_SECONDS))
    place(sale, now=later(HOLD_SECONDS))
    sales = queries.session_sales(session_id=sale.session.id)
    assert sales.placed == Stage(orders=7, packs=10, amount_fen=10 * PRICE_FEN)
    assert sales.paid == Stage(orders=3, packs=4, amount_fen=4 * PRICE_FEN)
    assert sales.shipped == Stage(orders=2, packs=2, amount_fen=2 * PRICE_FEN)
    assert sales.refunded_before_shipment == Stage(orders=1, packs=3, amount_fen=3 * PRICE_FEN)
    assert (sales.expired, sales.cancelled, sales.refunded_fen, sales.buyers) == (1, 1, 500, 2)
    (offer,) = sales.offers
    assert (offer.packs, offer.amount_fen, offer.refunded_fen) == (4, 4 * PRICE_FEN, 500)


def test_a_session_without_orders_sold_nothing() -> None:
    sales = queries.session_sales(session_id=make_sale().session.id)
    assert (sales.placed, sales.paid, sales.buyers, sales.offers) == (Stage(0, 0, 0), Stage(0, 0, 0), 0, ())


def test_a_day_runs_from_midnight_to_midnight_where_the_county_lies() -> None:
    sale = make_sale(hold_seconds=3600)
    before_midnight = datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
    after_midnight = before_midnight + timedelta(seconds=1)
    make_order(sale, packs=1)
    make_order(sale, packs=2, now=before_midnight)
    make_order(sale, packs=3, now=after_midnight)
    place(sale)
    county_id = sale.stall.county_id
    today = queries.day_sales(county_id=county_id, day=TODAY)
    assert today.paid == Stage(orders=2, packs=3, amount_fen=3 * PRICE_FEN)
    assert (today.placed, today.buyers, today.refunded_fen) == (3, 2, 0)
    assert (today.hours[14], today.hours[23], sum(today.hours)) == (PRICE_FEN, 2 * PRICE_FEN, 3 * PRICE_FEN)
    days = queries.sales_by_day(
        county_id=county_id, since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=2)
    )
    assert [day.paid.packs for day in days] == [0, 3, 3]
    assert [len(day.hours) for day in days] == [24, 24, 24]


def test_parcels_are_counted_by_state() -> None:
    sale = make_sale()
    for until in ("reserved", "paid", "paid", "shipped", "closed"):
        make_order(sale, until=until)
    counted = queries.parcels_by_state(county_id=sale.stall.county_id)
    assert counted == {"paid": 2, "packed": 0, "shipped": 1, "received": 0, "closed": 1, "refunded": 0}
    assert sum(queries.parcels_by_state(county_id=sale.stall.county_id, since=later(1)).values()) == 0


def test_finished_lines_are_those_settlement_may_settle() -> None:
    sale = make_sale()
    closed = make_order(sale, until="closed", packs=2)
    make_order(sale, until="received")
    back = make_order(sale)
    operations.refund_order(by=sale.stall.chief, order_id=back.id, reason="", now=NOW)
    (line,) = queries.finished_lines()
    assert (line.order_number, line.packs, line.pack_units, line.price_fen) == (
        closed.number,
        2,
        5,
        PRICE_FEN,
    )
    assert line.farmer_id == sale.stall.lot.plot.household_id
    assert line.carrier_id == sale.stall.carrier.id
    assert line.product_code == sale.stall.lot.product.code
    assert queries.finished_lines(after_id=line.order_line_id) == ()
    settled = OrderLine.objects.filter(id=line.order_line_id).values("id")
    assert queries.finished_lines(settled=settled) == ()


def test_who_has_not_agreed_is_asked_for_all_versions_at_once() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session, packs=1)
    few = statements(lambda: queries.not_agreed(session=session))
    assert queries.not_agreed(session=session) == ()
    for _number in range(3):
        version = agreements_operations.create_agreement(
            by=stall.chief,
            county_id=stall.county_id,
            name="另约",
            cooperative_id=stall.cooperative.id,
            host_id=stall.host.id,
            carrier_id=stall.carrier.id,
            terms=stall.version.terms,
            now=NOW,
        )
        make_offer(stall, session, packs=1, agreement_version_id=version.id)
    agreements_operations.consent(
        by=stall.presenter, version_id=version.id, organisation_id=stall.host.id, now=NOW
    )
    missing = queries.not_agreed(session=session)
    assert {one.id for one in missing} == {stall.host.id, stall.carrier.id}
    assert [one.id for one in queries.not_agreed(session=session, version_id=version.id)] == [
        stall.carrier.id
    ]
    # and one more, to say who they are
    assert statements(lambda: queries.not_agreed(session=session)) == few + 1


def test_finished_lines_say_what_their_rows_say() -> None:
    sale, other = make_sale(), make_sale()
    for one, packs in ((sale, 1), (other, 3), (sale, 2)):
        make_order(one, until="closed", packs=packs)
    OrderLine.objects.filter(packs=3).update(refunded_fen=70)
    rows = OrderLine.objects.select_related("order__shipment", "lot__product", "lot__plot__farm").order_by(
        "id"
    )
    assert [
        (line.order_line_id, line.order_id, line.order_number, line.session_id, line.county_id, line.lot_id)
        for line in queries.finished_lines()
    ] == [
        (
            row.pk,
            row.order_id,
            row.order.number,
            row.order.session_id,
            row.order.county_id,
            row.lot_id,
        )
        for row in rows
    ]
    assert [
        (
            line.product_code,
            line.packs,
            line.pack_units,
            line.price_fen,
            line.refunded_fen,
            line.agreement_version_id,
            line.seller_id,
            line.farmer_id,
            line.carrier_id,
            line.finished_at,
        )
        for line in queries.finished_lines()
    ] == [
        (
            row.lot.product.code,
            row.packs,
            row.pack_units,
            row.price_fen,
            row.refunded_fen,
            row.agreement_version_id,
            row.order.seller_id,
            row.lot.plot.farm.household_id,
            row.order.shipment.carrier_id,
            row.order.closed_at,
        )
        for row in rows
    ]


def test_finished_lines_of_several_sellers_are_each_ones_first() -> None:
    sale, other, nothing = make_sale(), make_sale(), make_sale()
    for one in (sale, other, sale, sale):
        make_order(one, until="closed")
    ids = [one.stall.cooperative.id for one in (sale, other, nothing)]
    settled = OrderLine.objects.filter(id=queries.finished_lines()[0].order_line_id).values("id")
    found = queries.finished_lines_of(seller_ids=ids, settled=settled, limit=2)
    assert found == {one: queries.finished_lines(seller_id=one, settled=settled, limit=2) for one in ids}
    assert [len(found[one]) for one in ids] == [2, 1, 0]
    few = queries.finished_lines_of(seller_ids=ids, settled=settled, limit=1)
    assert [len(few[one]) for one in ids] == [1, 1, 0]
    assert statements(
        lambda: queries.finished_lines_of(seller_ids=ids, settled=settled, limit=2)
    ) == statements(lambda: queries.finished_lines_of(seller_ids=ids[:1], settled=settled, limit=2))


def test_finished_lines_come_in_id_order_and_limited() -> None:
    sale = make_sale()
    for _ in range(3):
        make_order(sale, until="closed")
    ids = [line.order_line_id for line in queries.finished_lines()]
    assert ids == sorted(ids)
    assert [line.order_line_id for line in queries.finished_lines(after_id=ids[0], limit=1)] == ids[1:2]


def test_offers_come_in_the_order_of_the_run_sheet() -> None:
    sale = make_sale(packs=10)
    last = make_offer(sale.stall, sale.session, packs=5, position=9)
    first = make_offer(sale.stall, sale.session, packs=5, position=0)
    ids = [offer.id for offer in queries.offers_of_session(session_id=sale.session.id)]
    assert ids == [sale.offer.id, first.id, last.id]
    assert {offer.id for offer in queries.offers_of_lot(lot_id=sale.stall.lot.id)} == set(ids)
    other = make_session(sale.stall, open_=False)
    assert queries.offers_of_session(session_id=other.id) == ()


def test_a_sessions_payments_are_counted_with_what_went_wrong() -> None:
    sale = make_sale(packs=20)
    content = paid_notice(place(sale).order_id)
    send_notice(content)
    send_notice(content)
    buyer = make_buyer(sale)
    late = place(sale, by=buyer)
    late_content = paid_notice(late.order_id)
    operations.cancel_order(by=buyer, order_id=late.order_id, now=NOW)
    send_notice(late_content)
    place(sale)
    counts = queries.session_payments(session_id=sale.session.id)
    assert (counts.packs, counts.held, counts.paid) == (20, 1, 2)
    assert (counts.notified_twice, counts.stale, counts.returned) == (1, 0, 1)
    assert (counts.refunds, counts.refunds_open) == (1, 1)
    assert queries.session_payments(session_id=make_sale().session.id).paid == 0


def test_what_was_kept_of_lines_is_paid_less_refunded() -> None:
    sale = make_sale()
    order = make_order(sale, until="received", packs=2)
    operations.refund_after_sale(by=sale.stall.chief, order_id=order.id, amount_fen=500, reason="", now=NOW)
    line_id = order.lines[0].id
    assert net_fen_of_lines(order_line_ids=[line_id, 0]) == {line_id: 2 * PRICE_FEN - 500}


def test_parcels_sent_in_time_are_a_share_of_those_paid_for() -> None:
    sale, _order = sale_with_shipped()
    late = make_order(sale, until="packed")
    operations.ship(by=sale.stall.chief, order_id=late.id, tracking_number="YT7654321", now=later(7200))
    make_order(sale)
    hour = timedelta(hours=1)

    def share(since: datetime) -> int | None:
        county_id = sale.stall.county_id
        return queries.sent_in_time_bp(county_id=county_id, since=since, until=later(1), within=hour)

    assert share(NOW) == 3333
    assert share(later(0.5)) is None


def test_an_offer_is_found_in_its_own_session_only() -> None:
    sale, other = make_sale(), make_sale()
    chief, offer_id = sale.stall.chief, sale.offer.id
    assert load_offer_of(by=chief, offer_id=offer_id, session_id=sale.session.id) == sale.offer
    with pytest.raises(NotFound):
        load_offer_of(by=chief, offer_id=offer_id, session_id=other.session.id)
