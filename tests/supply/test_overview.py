"""The county's day: production, stock, parcels, own sales, and beside them what was sold elsewhere."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fieldcast.supply import queries
from fieldcast.supply.types import Overview
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_county
from tests.factories.catalog import make_lot
from tests.factories.trade import (
    PACK_UNITS,
    PRICE_FEN,
    Sale,
    later,
    make_order,
    make_sale,
    sale_with_paid,
    sale_with_shipped,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def overview(sale: Sale, *, seconds: float = 60, day: date = TODAY) -> Overview:
    """The day in the sale's county."""
    return queries.overview(county_id=sale.stall.county_id, day=day, now=later(seconds))


def test_a_county_without_anything_has_an_empty_day() -> None:
    found = queries.overview(county_id=make_county(), day=TODAY, now=NOW)
    assert (found.stock, found.outside, found.on_time_bp) == ((), (), None)
    assert (found.placed, found.orders, found.sales_fen, sum(found.hours)) == (0, 0, 0, 0)
    assert set(found.parcels.values()) == {0}


def test_sales_are_what_was_paid_today_by_the_hour() -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    make_order(sale, until="reserved")
    make_order(sale, now=later(3600))
    found = overview(sale)
    assert (found.placed, found.orders, found.packs, found.sales_fen) == (3, 2, 3, 3 * PRICE_FEN)
    hour = timezone.localtime(NOW).hour
    assert found.hours[hour : hour + 2] == (2 * PRICE_FEN, PRICE_FEN)
    assert sum(found.hours) == found.sales_fen


def test_a_day_is_the_countys_and_not_the_worlds() -> None:
    sale = make_sale()
    late_evening = later(timedelta(hours=9, minutes=59).total_seconds())  # 23:59 in Shanghai, still the 22nd
    make_order(sale, now=late_evening)
    assert overview(sale).sales_fen == PRICE_FEN
    assert overview(sale, day=TODAY + timedelta(days=1)).sales_fen == 0


def test_the_same_weekday_a_week_before_stands_beside_today() -> None:
    sale, _order = sale_with_paid()
    make_order(sale, now=later(timedelta(days=7).total_seconds()), packs=2)
    found = overview(sale, day=TODAY + timedelta(days=7))
    assert (found.sales_fen, found.sales_week_before_fen) == (2 * PRICE_FEN, PRICE_FEN)
    assert overview(sale, day=TODAY + timedelta(days=6)).sales_week_before_fen == 0


def test_an_order_given_back_before_it_was_sent_is_no_sale() -> None:
    sale, order = sale_with_paid()
    trade_operations.refund_order(by=sale.stall.chief, order_id=order.id, reason="不要了", now=later(30))
    found = overview(sale)
    assert (found.orders, found.sales_fen, found.parcels["refunded"]) == (0, 0, 1)


def test_parcels_are_counted_where_they_stand() -> None:
    sale = make_sale()
    for until in ("closed", "reserved", "paid", "paid", "packed", "shipped", "received"):
        make_order(sale, until=until)
    found = overview(sale).parcels
    assert dict(found) == {
        "paid": 2,
        "packed": 1,
        "shipped": 1,
        "received": 1,
        "closed": 1,
        "refunded": 0,
    }


def test_stock_of_a_kind_adds_up_over_its_lots() -> None:
    sale = make_sale(quantity=1000)
    make_order(sale, packs=2)
    make_order(sale, until="reserved")
    make_lot(cooperative=sale.stall.cooperative, quantity=300)
    trade_operations.write_off(
        by=sale.stall.chief, lot_id=sale.stall.lot.id, units=20, reason="霜冻", now=NOW
    )
    (row,) = overview(sale).stock
    assert (row.category, row.unit, row.lots, row.harvested) == ("fruit", "jin", 2, 1300)
    assert (row.sold, row.reserved, row.written_off) == (2 * PACK_UNITS, PACK_UNITS, 20)
    assert row.harvested == row.on_hand + row.reserved + row.sold + row.written_off


def test_sent_in_time_counts_only_orders_whose_time_is_over() -> None:
    sale, _order = sale_with_shipped()
    make_order(sale)
    assert overview(sale).on_time_bp is None
    assert overview(sale, seconds=timedelta(days=3).total_seconds()).on_time_bp == 5000


def test_a_day_takes_as_many_statements_however_much_is_sold() -> None:
    sale = make_sale()
    counts = []
    for _number in range(3):
        make_order(sale)
        with CaptureQueriesContext(connection) as asked:
            overview(sale)
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 12


def test_a_county_of_many_lots_takes_as_many_statements_as_one_of_one() -> None:
    sale = make_sale()
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as asked:
            overview(sale)
        counts.append(len(asked))
        for _lot in range(5):
            make_lot(cooperative=sale.stall.cooperative, quantity=10)
    assert counts[0] == counts[1]
    with CaptureQueriesContext(connection) as asked:
        (row,) = queries.stock_by_category(county_id=sale.stall.county_id)
    assert len(asked) == 2
    assert row.lots == 11
