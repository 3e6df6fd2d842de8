"""What is owed by penalties, and what letters stand for, read from the rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from fieldcast.agreements.bonds.models import GuaranteeLetter, LetterCall, Penalty, PenaltyPaid
from fieldcast.agreements.bonds.types import BondKey, Debt, LetterView


def with_owed(rows: "QuerySet[Penalty]") -> "QuerySet[Any]":
    """Penalties with `called_fen` of banks, what of that is paid, and `owed_fen` by the payer."""
    called = _sum(LetterCall.objects.filter(penalty=OuterRef("pk")), "penalty")
    paid = PenaltyPaid.objects.filter(penalty=OuterRef("pk"))
    return rows.annotate(
        called_fen=called,
        banked_fen=_sum(paid.exclude(call=None), "penalty"),
        own_fen=_sum(paid.filter(call=None), "penalty"),
    ).annotate(owed_fen=F("amount_fen") - F("cash_fen") - F("called_fen") - F("own_fen"))


def debts_of(*, agreement_ids: Iterable[int]) -> dict[BondKey, list[Debt]]:
    """What payers still owe under several agreements, the oldest penalty first, in one statement."""
    found: dict[BondKey, list[Debt]] = defaultdict(list)
    rows = with_owed(Penalty.objects.filter(agreement_id__in=set(agreement_ids))).filter(owed_fen__gt=0)
    columns = ("agreement_id", "payer_id", "id", "receiver_id", "owed_fen")
    for agreement_id, payer_id, *debt in rows.order_by("id").values_list(*columns):
        found[BondKey(agreement_id, payer_id)].append(Debt(*debt))
    return found


def letters_of(*, agreement_ids: Iterable[int]) -> dict[BondKey, list[LetterView]]:
    """The guarantee letters of several agreements, those that run out first at the head, in one statement."""
    return _letters(GuaranteeLetter.objects.filter(agreement_id__in=set(agreement_ids)))


def letter_of(*, letter_id: int) -> LetterView | None:
    """One letter, or None."""
    found = _letters(GuaranteeLetter.objects.filter(id=letter_id))
    return next((one for views in found.values() for one in views), None)


def open_calls(*, letter_id: int) -> list[tuple[LetterCall, int]]:
    """What a bank was called for and has not paid, the oldest first, with how much of it."""
    rows = LetterCall.objects.filter(letter_id=letter_id).select_related("penalty")
    paid = _sum(PenaltyPaid.objects.filter(call=OuterRef("pk")), "call")
    left = [(row, row.amount_fen - row.paid_fen) for row in rows.annotate(paid_fen=paid).order_by("id")]
    return [(row, fen) for row, fen in left if fen]


def _letters(rows: "QuerySet[GuaranteeLetter]") -> dict[BondKey, list[LetterView]]:
    found: dict[BondKey, list[LetterView]] = defaultdict(list)
    calls = LetterCall.objects.filter(letter=OuterRef("pk"))
    paid = PenaltyPaid.objects.filter(call__letter=OuterRef("pk"))
    views = rows.annotate(called_fen=_sum(calls, "letter"), paid_fen=_sum(paid, "call__letter"))
    # encrypted: opening them would be work for nothing
    shown = views.select_related("by").defer("by__phone", "by__name")
    for row in shown.order_by("valid_until", "id"):
        key = BondKey(row.agreement_id, row.organisation_id)
        found[key].append(
            LetterView(
                id=row.pk,
                bond=key,
                bank=row.bank,
                number=row.number,
                amount_fen=row.amount_fen,
                valid_until=row.valid_until,
                file_id=row.file_id,
                called_fen=row.called_fen,
                unpaid_fen=row.called_fen - row.paid_fen,
                by=row.by.display_name,
                at=row.at,
            )
        )
    return found


def _sum(rows: "QuerySet[LetterCall] | QuerySet[PenaltyPaid]", by: str) -> Coalesce:
    """The sum of `amount_fen` of the rows of one, as a column; zero where there are none."""
    sums = rows.order_by().values(by).annotate(fen=Sum("amount_fen")).values("fen")
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), 0)
