"""Reads of dues."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from fieldcast.settlement.dues.types import Cause, DueView
from fieldcast.settlement.models import Due, SettledLine
from fieldcast.trade.types import OrderState

# What was paid early of a line is given back when the line is settled: until then nobody is asked for it.
_PAYABLE = ~Q(cause=Cause.EARLY.value) | Exists(
    SettledLine.objects.filter(order_line_id=OuterRef("order_line_id"))
)


def open_of_debtors(*, parties: Iterable[str]) -> dict[str, tuple[DueView, ...]]:
    """What parties still owe, the oldest first; parties that owe nothing are left out. One statement."""
    found: dict[str, list[DueView]] = {}
    for row in _open(Due.objects.filter(_PAYABLE, debtor__in=set(parties))):
        found.setdefault(row.debtor, []).append(row)
    return {party: tuple(dues) for party, dues in found.items()}


def open_to_creditor(*, party: str) -> tuple[DueView, ...]:
    """What others still owe a party, the oldest first."""
    return tuple(_open(Due.objects.filter(_PAYABLE, creditor=party)))


def open_of_county(*, county_id: int) -> tuple[DueView, ...]:
    """Everything that is still owed in a county, the oldest first."""
    return tuple(_open(Due.objects.filter(_PAYABLE, county_id=county_id)))


def early_of_lines(*, order_line_ids: Iterable[int]) -> tuple[DueView, ...]:
    """What was paid early of these lines and not given back, the oldest first."""
    rows = Due.objects.filter(cause=Cause.EARLY.value, order_line_id__in=set(order_line_ids))
    return tuple(_open(rows))


def waiting_early(*, parties: Iterable[str]) -> frozenset[str]:
    """Those of the parties that were paid early of a line whose time is over and that is not settled: it waits."""
    rows = Due.objects.filter(
        ~_PAYABLE, debtor__in=set(parties), order_line__order__state=OrderState.CLOSED.value
    )
    return frozenset(rows.values_list("debtor", flat=True))


def _open(rows: "QuerySet[Due]") -> list[DueView]:
    rows = rows.annotate(left_fen=F("amount_fen") - Coalesce(Sum("parts__amount_fen"), 0))
    return [
        DueView(
            id=row.pk,
            debtor=row.debtor,
            creditor=row.creditor,
            amount_fen=row.amount_fen,
            left_fen=row.left_fen,
            cause=Cause(row.cause),
            reference=row.reference,
            most_bp=row.most_bp,
            seller_id=row.seller_id,
            at=row.at,
            order_line_id=row.order_line_id,
        )
        for row in rows.filter(left_fen__gt=0).order_by("id")
    ]
