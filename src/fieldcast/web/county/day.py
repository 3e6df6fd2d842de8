"""The county's day as the dashboard shows it, read at once: a fixed number of statements, however much is sold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.calculation import Slice
from fieldcast.catalog.types import Category
from fieldcast.kit.errors import Sentence
from fieldcast.live import queries as live
from fieldcast.live.types import SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.supply import queries as supply
from fieldcast.supply.types import CategoryStock, ChannelSales
from fieldcast.trade import queries as trade
from fieldcast.trade.types import SEND_WITHIN_HOURS, DaySales, OrderState
from fieldcast.web.county.words import change, said_share, share
from fieldcast.web.sessions.held import Held, with_sales
from fieldcast.web.shared.days import short_day, weekday_name
from fieldcast.web.shared.words import CATEGORIES, quantity, unit_name, yuan

MONTH: Final = timedelta(days=30)
WEEK: Final = 7
COMING: Final = 3
PARCELS: Final[tuple[tuple[OrderState, Sentence, str], ...]] = (
    (OrderState.PAID, _("Paid, to be packed"), "persimmon"),
    (OrderState.PACKED, _("Packed"), "wheat"),
    (OrderState.SHIPPED, _("On the way"), "sky"),
    (OrderState.RECEIVED, _("Received"), "paddy"),
    (OrderState.CLOSED, _("Finished"), "paddy"),
    (OrderState.REFUNDED, _("Refunded"), "wheat"),
)


@dataclass(frozen=True)
class Tile:
    """A figure of the day; its address opens the rows, the formula and the time."""

    name: str
    value: str
    unit: str
    note: str
    tone: str
    url: str


@dataclass(frozen=True)
class CountyDay:
    """A county's day. `month` are the thirty days up to today, the last of them today."""

    month: tuple[DaySales, ...]
    stock: tuple[CategoryStock, ...]
    standing: Mapping[OrderState, int]
    on_time_bp: int | None
    outside: tuple[ChannelSales, ...]
    slices: tuple[Slice, ...]
    live: tuple[Held, ...]
    coming: tuple[SessionView, ...]

    @property
    def today(self) -> DaySales:
        """Today's sales."""
        return self.month[-1]

    @property
    def week_before(self) -> DaySales:
        """The same weekday a week before."""
        return self.month[-1 - WEEK]

    @property
    def refunded(self) -> tuple[int, int]:
        """Fen asked back after sale and fen sold in the thirty days."""
        return sum(one.refunded_fen for one in self.month), sum(one.paid.amount_fen for one in self.month)

    @property
    def parcels(self) -> list[dict[str, Any]]:
        """How many paid orders stand where, with the colour of their bar."""
        return [
            {
                "title": title,
                "tone": tone,
                "state": state.value,
                "count": self.standing[state],
            }
            for state, title, tone in PARCELS
        ]

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """Units by kind of produce."""
        return [{"title": CATEGORIES[Category(row.category)], "row": row} for row in self.stock]


def county_day(*, county_id: int, now: datetime) -> CountyDay:
    """Read a county's day."""
    today = timezone.localdate(now)
    on_air = live.live_now(county_id=county_id)
    return CountyDay(
        month=month_of(county_id=county_id, today=today),
        stock=supply.stock_by_category(county_id=county_id),
        standing=trade.parcels_by_state(county_id=county_id),
        on_time_bp=supply.on_time_bp(county_id=county_id, now=now),
        outside=supply.outside_sales(county_id=county_id),
        slices=settlement.where_it_went_since(county_id=county_id, since=now - MONTH),
        live=with_sales(on_air, now=now),
        coming=live.coming(county_id=county_id, now=now, limit=COMING),
    )


def month_of(*, county_id: int, today: date) -> tuple[DaySales, ...]:
    """The sales of thirty days, the last of them `today`."""
    return trade.sales_by_day(
        county_id=county_id, since=today - MONTH + timedelta(days=1), until=today + timedelta(days=1)
    )


def tiles(day: CountyDay) -> tuple[Tile, ...]:
    """The five figures every morning begins with."""
    today, before = day.today, day.week_before
    farmer = next((one for one in day.slices if one.role == "farmer"), None)
    back, sold = day.refunded
    return (
        _tile(
            "sales",
            gettext("Today's sales"),
            yuan(today.paid.amount_fen),
            note=_beside(today, before),
            tone="good" if today.paid.amount_fen > before.paid.amount_fen > 0 else "",
        ),
        _tile(
            "share",
            gettext("Farmers' share"),
            said_share(farmer.basis_points if farmer else None),
            note=gettext("of what was settled in 30 days")
            if farmer
            else gettext("nothing settled in 30 days"),
        ),
        _tile(
            "in-time",
            gettext("Sent in time"),
            said_share(day.on_time_bp),
            note=gettext("within %(hours)s hours of payment") % {"hours": SEND_WITHIN_HOURS},
        ),
        _tile(
            "refunds",
            gettext("Refunded after sale"),
            said_share(share(back, sold)),
            note=gettext("%(back)s of %(sold)s in 30 days") % {"back": yuan(back), "sold": yuan(sold)},
        ),
        _tile(
            "orders",
            gettext("Orders paid today"),
            quantity(today.paid.orders),
            unit=unit_name("order", today.paid.orders),
            note=gettext("of %(n)s placed") % {"n": quantity(today.placed)},
        ),
    )


def hours_chart(day: CountyDay) -> tuple[dict[str, Any], list[list[Any]]]:
    """Today's sales by hour, and the figures beside those of the week before."""
    name = gettext("Sales")
    option = {
        "unit": "yuan",
        "xAxis": {
            "type": "category",
            "data": [f"{hour}" for hour in range(24)],
            "axisLabel": {"interval": 2},
        },
        "yAxis": {"type": "value"},
        "series": [{"type": "bar", "name": name, "data": [fen / 100 for fen in day.today.hours]}],
    }
    head = [gettext("Hour"), gettext("Today"), weekday_before(day)]
    rows = [
        [f"{hour:02d}:00", yuan(today), yuan(before)]
        for hour, (today, before) in enumerate(zip(day.today.hours, day.week_before.hours, strict=True))
        if today or before
    ]
    return option, [head, *rows]


def days_chart(month: Sequence[DaySales]) -> dict[str, Any]:
    """Sales of thirty days."""
    return {
        "unit": "yuan",
        "xAxis": {"type": "category", "data": [short_day(one.day) for one in month]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": gettext("Sales"), "data": [one.paid.amount_fen / 100 for one in month]}
        ],
    }


def weekday_before(day: CountyDay) -> str:
    """Last Sunday, 上周日."""
    return gettext("Last %(weekday)s") % {"weekday": weekday_name(day.week_before.day)}


def _beside(today: DaySales, before: DaySales) -> str:
    weekday = weekday_name(before.day)
    if not before.paid.amount_fen:
        return gettext("nothing was sold last %(weekday)s") % {"weekday": weekday}
    places = {"change": change(today.paid.amount_fen, before.paid.amount_fen), "weekday": weekday}
    return gettext("%(change)s beside all of last %(weekday)s") % places


def _tile(slug: str, name: str, value: str, *, note: str, unit: str = "", tone: str = "") -> Tile:
    return Tile(
        name=name, value=value, unit=unit, note=note, tone=tone, url=reverse("county_figure", args=[slug])
    )
