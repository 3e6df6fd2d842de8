"""What is received and not closed yet: lines that may be paid early, and of how many lines money went back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from fieldcast.trade.aftersales.steps import held
from fieldcast.trade.models import Order, OrderLine
from fieldcast.trade.orders.borne import losses_of
from fieldcast.trade.orders.finished import ITS_OWN, SAID, views_of
from fieldcast.trade.orders.types import FinishedLine, OrderState

_SAID: Final = {**SAID, "finished_at": F("order__received_at")}


def received_versions(
    *, before: datetime, paid: "QuerySet[Any, Any]", now: datetime
) -> frozenset[tuple[int, int]]:
    """Sellers and agreement versions of lines that were received before a moment, are not closed and not in `paid`."""
    rows = _received(before, paid, now).order_by()
    return frozenset(rows.values_list("order__seller_id", "agreement_version_id").distinct())


def received_lines(
    *,
    seller_id: int,
    version_ids: Iterable[int],
    before: datetime,
    paid: "QuerySet[Any, Any]",
    now: datetime,
    limit: int,
) -> tuple[FinishedLine, ...]:
    """Those of one seller and of these versions, the longest received first; `finished_at` is when they were.

    An order of which somebody asks for money back is left out until that is answered.
    """
    rows = _received(before, paid, now).filter(
        order__seller_id=seller_id, agreement_version_id__in=set(version_ids)
    )
    return views_of(rows.order_by("order__received_at", "id").values(*ITS_OWN, **_SAID)[:limit])


def refunded_of_received(*, since: datetime, until: datetime) -> dict[tuple[int, int], tuple[int, int]]:
    """Lines received in [since, until) and those of which money went back after, by county and seller."""
    rows = OrderLine.objects.filter(order__received_at__gte=since, order__received_at__lt=until).order_by()
    sums = rows.values_list("order__county_id", "order__seller_id").annotate(
        every=Count("id"), back=Count("id", filter=Q(refunded_fen__gt=0))
    )
    return {(county, seller): (every, back) for county, seller, every, back in sums}


def _received(before: datetime, paid: "QuerySet[Any, Any]", now: datetime) -> "QuerySet[OrderLine]":
    waits = Order.objects.filter(held(now), pk=OuterRef("order_id"))
    return OrderLine.objects.filter(
        ~Exists(waits),
        ~Exists(paid.filter(pk=OuterRef("id"))),
        order__state=OrderState.RECEIVED.value,
        order__received_at__lte=before,
        order__after_sale_until__gt=now,
        settled_at__isnull=True,
    )


def lines_as_they_were(*, moments: Mapping[int, tuple[datetime, int]]) -> tuple[FinishedLine, ...]:
    """Lines by id as they were at a moment, when so much was left of their price; for whoever reckons it again."""
    rows = OrderLine.objects.filter(id__in=moments, order__received_at__isnull=False)
    found = views_of(rows.order_by("id").values(*ITS_OWN, **_SAID))
    losses = losses_of(moments, until={line_id: at for line_id, (at, _left) in moments.items()})
    return tuple(
        replace(
            line,
            refunded_fen=line.packs * line.price_fen - moments[line.order_line_id][1],
            borne=losses.get(line.order_line_id, ()),
        )
        for line in found
    )
