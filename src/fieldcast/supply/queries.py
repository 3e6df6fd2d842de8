"""Reads of supply: one page over production, storage, logistics and sales, from the rooms that own the figures."""

from datetime import date, datetime, timedelta

from fieldcast.catalog import queries as catalog
from fieldcast.outside import queries as outside
from fieldcast.outside.types import OutsideFilter
from fieldcast.supply.types import CategoryStock, ChannelSales, Overview
from fieldcast.trade import queries as trade
from fieldcast.trade.types import SEND_WITHIN, CategoryUnits

ON_TIME_OVER = timedelta(days=14)
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


def overview(*, county_id: int, day: date, now: datetime) -> Overview:
    """The county on `day`, with the same weekday a week before to compare."""
    before, *_between, sales = trade.sales_by_day(county_id=county_id, since=day - WEEK, until=day + ONE_DAY)
    parcels = trade.parcels_by_state(county_id=county_id)
    return Overview(
        day=day,
        stock=stock_by_category(county_id=county_id),
        placed=sales.placed,
        orders=sales.paid.orders,
        packs=sales.paid.packs,
        sales_fen=sales.paid.amount_fen,
        sales_week_before_fen=before.paid.amount_fen,
        hours=sales.hours,
        parcels={state.value: count for state, count in parcels.items()},
        on_time_bp=on_time_bp(county_id=county_id, now=now),
        outside=outside_sales(county_id=county_id),
        computed_at=now,
    )


def on_time_bp(*, county_id: int, now: datetime) -> int | None:
    """Of the orders paid from sixteen to two days ago, the part sent within 48 hours; None when there were none."""
    return trade.sent_in_time_bp(
        county_id=county_id,
        since=now - SEND_WITHIN - ON_TIME_OVER,
        until=now - SEND_WITHIN,
        within=SEND_WITHIN,
    )


def outside_sales(*, county_id: int) -> tuple[ChannelSales, ...]:
    """What was sold on each outside platform, the largest first; never part of the platform's own sales."""
    shares = outside.by_channel(which=OutsideFilter(county_id=county_id))
    return tuple(ChannelSales(channel=share.key, money=share.money) for share in shares)


def stock_by_category(*, county_id: int) -> tuple[CategoryStock, ...]:
    """Units of all lots by category and unit: two statements, however many lots there are."""
    gone = trade.stock_by_category(county_id=county_id)
    found = []
    for harvest in catalog.harvests(county_id=county_id):
        units = gone.get((harvest.category, harvest.unit), CategoryUnits())
        found.append(
            CategoryStock(
                category=harvest.category,
                unit=harvest.unit,
                lots=harvest.lots,
                harvested=harvest.quantity,
                on_hand=harvest.quantity - units.gone,
                reserved=units.reserved,
                sold=units.sold,
                written_off=units.written_off,
            )
        )
    return tuple(found)
