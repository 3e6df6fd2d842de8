"""Reads of dues."""

from collections.abc import Iterable

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from fieldcast.settlement.dues.types import Cause, DueView
from fieldcast.settlement.models import Due


def open_of_debtors(*, parties: Iterable[str]) -> dict[str, tuple[DueView, ...]]:
    """What parties still owe, the oldest first; parties that owe nothing are left out. One statement."""
    found: dict[str, list[DueView]] = {}
    for row in _open(Due.objects.filter(debtor__in=set(parties))):
        found.setdefault(row.debtor, []).append(row)
    return {party: tuple(dues) for party, dues in found.items()}


def open_to_creditor(*, party: str) -> tuple[DueView, ...]:
    """What others still owe a party, the oldest first."""
    return tuple(_open(Due.objects.filter(creditor=party)))


def open_of_county(*, county_id: int) -> tuple[DueView, ...]:
    """Everything that is still owed in a county, the oldest first."""
    return tuple(_open(Due.objects.filter(county_id=county_id)))


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
        )
        for row in rows.filter(left_fen__gt=0).order_by("id")
    ]
