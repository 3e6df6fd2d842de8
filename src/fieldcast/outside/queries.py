"""Reads of orders from outside, for reports: sums by channel, day and province, a list, and the files they came from.

What always holds: nothing here is added to the platform's own sales; a day is a day in China; money is whole fen.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate

from fieldcast.kit.errors import NotFound
from fieldcast.kit.months import CHINA
from fieldcast.kit.pages import Page, paginate
from fieldcast.outside.models import ImportBatch, OutsideOrder, OutsideOrderRevision
from fieldcast.outside.types import BatchRow, Money, OutsideFilter, OutsideOrderRow, Revision, Share

_SUMS = {
    "orders": Count("id"),
    "paid_orders": Count("id", filter=Q(paid_at__isnull=False)),
    "amount": Coalesce(Sum("amount_fen"), 0),
    "paid": Coalesce(Sum("paid_fen"), 0),
    "refund": Coalesce(Sum("refund_fen"), 0),
    "unknown": Count("id", filter=Q(refund_fen__isnull=True)),
}


def totals(*, which: OutsideFilter) -> Money:
    """Sums over the orders that `which` names; zeros when there are none."""
    return _money(_orders(which).aggregate(**_SUMS))


def by_channel(*, which: OutsideFilter) -> tuple[Share, ...]:
    """Sums for each channel, the largest first."""
    return _shares(_orders(which), "channel", "-amount")


def by_day(*, which: OutsideFilter) -> tuple[Share, ...]:
    """Sums for each day an order was placed on (`2026-05-01`), in order; days without orders are not named."""
    return _shares(_orders(which).annotate(day=TruncDate("created_at", tzinfo=CHINA)), "day", "day")


def by_province(*, which: OutsideFilter) -> tuple[Share, ...]:
    """Sums for each province parcels went to, the largest first; "" where the export did not say."""
    return _shares(_orders(which), "province", "-amount")


def orders(*, which: OutsideFilter, page: int = 1, per_page: int = 50) -> Page[OutsideOrderRow]:
    """The orders that `which` names, newest first."""
    return paginate(_orders(which).order_by("-created_at", "-id"), _order_rows, page, per_page)


def revisions(*, county_id: int, order_id: int) -> tuple[Revision, ...]:
    """What an order said before, newest first; empty when nothing ever changed, or it is not in this county."""
    rows = OutsideOrderRevision.objects.filter(order_id=order_id, order__county_id=county_id).order_by("-id")
    return tuple(
        Revision(
            amount_fen=row.amount_fen,
            paid_fen=row.paid_fen,
            refund_fen=row.refund_fen,
            paid_at=row.paid_at,
            batch_id=row.batch_id,
            replaced_by_batch_id=row.replaced_by_id,
            replaced_at=row.replaced_at,
        )
        for row in rows
    )


def batches(
    *, county_id: int, organisation_id: int | None = None, page: int = 1, per_page: int = 20
) -> Page[BatchRow]:
    """The files that changed something, newest first: an organisation's, or all of the county's when None."""
    rows = ImportBatch.objects.filter(county_id=county_id)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return paginate(rows.order_by("-created_at", "-id"), _batch_rows, page, per_page)


def batch(*, batch_id: int) -> BatchRow:
    """One file. Raises `NotFound`. The loader checks whose it is."""
    found = _batch_rows(ImportBatch.objects.filter(id=batch_id))
    if not found:
        raise NotFound("batch")
    return found[0]


def _orders(which: OutsideFilter) -> "QuerySet[OutsideOrder]":
    found = OutsideOrder.objects.filter(county_id=which.county_id)
    exact = {
        "organisation_id": which.organisation_id,
        "channel": which.channel or None,
        "province": which.province or None,
        "outside_number": which.number or None,
        "batch_id": which.batch_id,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if which.since is not None:
        found = found.filter(created_at__gte=datetime.combine(which.since, time(), CHINA))
    if which.until is not None:
        found = found.filter(created_at__lt=datetime.combine(which.until + timedelta(days=1), time(), CHINA))
    return found


def _shares(rows: "QuerySet[Any]", key: str, order: str) -> tuple[Share, ...]:
    grouped: Any = rows.values(key).annotate(
        **_SUMS
    )  # the sums are named in a dict, which the type checker cannot see
    return tuple(Share(key=str(row[key]), money=_money(row)) for row in grouped.order_by(order, key))


def _money(row: dict[str, Any]) -> Money:
    return Money(
        orders=row["orders"],
        paid_orders=row["paid_orders"],
        amount_fen=int(row["amount"]),
        paid_fen=int(row["paid"]),
        refund_fen=int(row["refund"]),
        refunds_unknown=row["unknown"],
    )


def _order_rows(rows: Sequence[OutsideOrder]) -> list[OutsideOrderRow]:
    return [
        OutsideOrderRow(
            id=row.pk,
            channel=row.channel,
            number=row.outside_number,
            organisation_id=row.organisation_id,
            amount_fen=row.amount_fen,
            paid_fen=row.paid_fen,
            refund_fen=row.refund_fen,
            province=row.province,
            city=row.city,
            product_title=row.product_title,
            quantity=row.quantity,
            created_at=row.created_at,
            paid_at=row.paid_at,
            batch_id=row.batch_id,
        )
        for row in rows
    ]


def _batch_rows(rows: "Sequence[ImportBatch] | QuerySet[ImportBatch]") -> list[BatchRow]:
    return [
        BatchRow(
            id=row.pk,
            channel=row.channel,
            file_name=row.file_name,
            sha256=row.sha256,
            organisation_id=row.organisation_id,
            rows=row.rows,
            inserted=row.inserted,
            updated=row.updated,
            unchanged=row.unchanged,
            older=row.older,
            imported_by_id=row.imported_by_id,
            created_at=row.created_at,
        )
        for row in rows
    ]
