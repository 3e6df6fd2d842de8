"""Figures opened: the number, the formula in words, the rows it was computed from, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.calculation import role_title
from fieldcast.kit.errors import Sentence
from fieldcast.settlement import queries as settlement
from fieldcast.supply import queries as supply
from fieldcast.supply.queries import ON_TIME_OVER
from fieldcast.trade import queries as trade
from fieldcast.trade.types import SEND_WITHIN, SEND_WITHIN_HOURS, DaySales
from fieldcast.web.county.day import MONTH, days_chart, month_of
from fieldcast.web.county.words import change, said_share, share
from fieldcast.web.shared import table as tables
from fieldcast.web.shared.spreadsheet import amount
from fieldcast.web.shared.table import Cell, Table
from fieldcast.web.shared.words import local_name, quantity, yuan

MOST_LATE: Final = 200


@dataclass(frozen=True)
class Column:
    """A column: its heading, how a cell is said, and where it leads. Plain cells are kept for the file."""

    title: str
    say: Callable[[Any], str] = str
    number: bool = True
    leads: Callable[[Any], str] | None = None

    def cell(self, value: Any) -> Cell:
        """A value in words."""
        if self.leads is None:
            return Cell(self.say(value))
        return Cell(self.say(value), href=self.leads(value), code=True)


@dataclass(frozen=True)
class Figure:
    """A figure with where it comes from. `rows` hold plain values (fen, counts, days), one for each column."""

    slug: str
    title: str
    value: str
    formula: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    nothing: str
    chart: dict[str, Any] | None = None
    links: tuple[tuple[str, str], ...] = field(default=())

    @property
    def head(self) -> list[str]:
        """The headings."""
        return [column.title for column in self.columns]

    @property
    def table(self) -> Table:
        """The rows in words."""
        rows = (
            tuple(column.cell(value) for column, value in zip(self.columns, row, strict=True))
            for row in self.rows
        )
        return Table(tuple(tables.Column(one.title, one.number) for one in self.columns), tuple(rows))


def sales(*, county_id: int, now: datetime) -> Figure:
    """Today's sales, among the days before."""
    month = _month(county_id, now)
    today, before = month[-1], month[-8]
    return Figure(
        slug="sales",
        title=gettext("Today's sales"),
        value=yuan(today.paid.amount_fen),
        formula=gettext(
            "The sum of the lines of orders paid today, by the time of payment, in the county's time, leaving out "
            "orders given back before they were sent. The same weekday a week ago: %(fen)s, all day (%(change)s)."
        )
        % {
            "fen": yuan(before.paid.amount_fen),
            "change": change(today.paid.amount_fen, before.paid.amount_fen),
        },
        columns=(
            Column(gettext("Day"), number=False),
            Column(gettext("Orders paid"), quantity),
            Column(gettext("Buyers"), quantity),
            Column(gettext("Packs"), quantity),
            Column(gettext("Sales"), yuan),
        ),
        rows=tuple(
            (one.day, one.paid.orders, one.buyers, one.paid.packs, one.paid.amount_fen)
            for one in reversed(month)
        ),
        nothing="",
        chart=days_chart(month),
        links=((gettext("The orders themselves"), reverse("county_orders")),),
    )


def farmers_share(*, county_id: int, now: datetime) -> Figure:
    """What farmers got of everything settled."""
    slices = settlement.where_it_went_since(county_id=county_id, since=now - MONTH)
    farmer = next((one for one in slices if one.role == "farmer"), None)
    whole = sum(max(0, one.amount_fen) for one in slices)
    return Figure(
        slug="share",
        title=gettext("Farmers' share"),
        value=said_share(farmer.basis_points if farmer else None),
        formula=gettext(
            "The farmers' statement lines ÷ everybody's, in statements issued in the last 30 days: %(farmer)s of "
            "%(whole)s. Every line names its order, its clause and its formula."
        )
        % {"farmer": yuan(farmer.amount_fen if farmer else 0), "whole": yuan(whole)},
        columns=(
            Column(gettext("Role"), number=False),
            Column(gettext("Amount"), yuan),
            Column(gettext("Part of it"), said_share),
        ),
        rows=tuple((role_title(one.role), one.amount_fen, one.basis_points) for one in slices),
        nothing=gettext("No statement was issued in the last 30 days."),
        links=((gettext("The statements"), reverse("county_settlement")),),
    )


def in_time(*, county_id: int, now: datetime) -> Figure:
    """Parcels sent in time, and those that wait for longer."""
    until, since = now - SEND_WITHIN, now - SEND_WITHIN - ON_TIME_OVER
    points = supply.on_time_bp(county_id=county_id, now=now)
    late = trade.late_orders(county_id=county_id, now=now, limit=MOST_LATE)
    return Figure(
        slug="in-time",
        title=gettext("Sent in time"),
        value=said_share(points),
        formula=gettext(
            "Of the orders paid from %(since)s to %(until)s, the part handed to a carrier within %(hours)s hours of "
            "payment. Younger orders still have time. Below: paid orders that have waited for longer and are not sent."
        )
        % {"since": _time(since), "until": _time(until), "hours": SEND_WITHIN_HOURS},
        columns=(
            Column(gettext("Order"), number=False, leads=_order_page),
            Column(gettext("Cooperative"), number=False),
            Column(gettext("Paid at"), number=False),
            Column(gettext("Hours waited"), quantity),
        ),
        rows=tuple(
            (one.number, local_name(one, "seller_name"), _time(one.paid_at), _hours(now - one.paid_at))
            for one in late
            if one.paid_at is not None
        ),
        nothing=gettext("No parcel is late."),
        links=((gettext("Paid, to be packed"), reverse("county_orders") + "?state=paid"),),
    )


def refunds(*, county_id: int, now: datetime) -> Figure:
    """What was asked back after sale."""
    month = _month(county_id, now)
    back, sold = sum(one.refunded_fen for one in month), sum(one.paid.amount_fen for one in month)
    return Figure(
        slug="refunds",
        title=gettext("Refunded after sale"),
        value=said_share(share(back, sold)),
        formula=gettext(
            "What was asked back of orders paid in the last 30 days ÷ what they were paid: %(back)s of %(sold)s. "
            "A refund counts on the day its order was paid."
        )
        % {"back": yuan(back), "sold": yuan(sold)},
        columns=(
            Column(gettext("Day"), number=False),
            Column(gettext("Sales"), yuan),
            Column(gettext("Refunded"), yuan),
            Column(gettext("Part of it"), said_share),
        ),
        rows=tuple(
            (one.day, one.paid.amount_fen, one.refunded_fen, share(one.refunded_fen, one.paid.amount_fen))
            for one in reversed(month)
            if one.paid.amount_fen
        ),
        nothing=gettext("Nothing was sold in the last 30 days."),
        links=((gettext("What needs attention"), reverse("county_attention")),),
    )


def orders(*, county_id: int, now: datetime) -> Figure:
    """Orders placed and paid."""
    month = _month(county_id, now)
    return Figure(
        slug="orders",
        title=gettext("Orders paid today"),
        value=quantity(month[-1].paid.orders),
        formula=gettext(
            "Orders by the day they were paid, leaving out those given back before they were sent. “Placed” counts "
            "every order by the day it was placed, also those never paid."
        ),
        columns=(
            Column(gettext("Day"), number=False),
            Column(gettext("Placed"), quantity),
            Column(gettext("Paid"), quantity),
            Column(gettext("Packs"), quantity),
        ),
        rows=tuple((one.day, one.placed, one.paid.orders, one.paid.packs) for one in reversed(month)),
        nothing="",
        links=((gettext("The orders themselves"), reverse("county_orders")),),
    )


FIGURES: Final[dict[str, Callable[..., Figure]]] = {
    "sales": sales,
    "share": farmers_share,
    "in-time": in_time,
    "refunds": refunds,
    "orders": orders,
}
TITLES: Final[dict[str, Sentence]] = {
    "sales": _("Today's sales"),
    "share": _("Farmers' share"),
    "in-time": _("Sent in time"),
    "refunds": _("Refunded after sale"),
    "orders": _("Orders paid today"),
}


def sheet(figure: Figure) -> list[Sequence[Any]]:
    """A figure's rows for a file: money in yuan, shares in percent, days and counts as they are."""
    turns = [_plain(column) for column in figure.columns]
    return [
        figure.head,
        *([turn(cell) for turn, cell in zip(turns, row, strict=True)] for row in figure.rows),
    ]


def _plain(column: Column) -> Callable[[Any], Any]:
    if column.say is yuan:
        return amount
    if column.say is said_share:
        return lambda points: None if points is None else Decimal(points).scaleb(-2)
    return lambda cell: cell


def _month(county_id: int, now: datetime) -> tuple[DaySales, ...]:
    return month_of(county_id=county_id, today=timezone.localdate(now))


def _time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%m-%d %H:%M}" if moment else ""


def _order_page(number: str) -> str:
    return reverse("county_order", args=[number])


def _hours(waited: timedelta) -> int:
    return int(waited.total_seconds() // 3600)
