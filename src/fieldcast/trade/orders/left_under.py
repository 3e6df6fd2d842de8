"""What is still open of what was sold under versions of an agreement: lines that are not settled, claims that wait."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from fieldcast.trade.aftersales.steps import WAITS
from fieldcast.trade.models import OrderLine, RefundRequest
from fieldcast.trade.orders.types import SOLD


@dataclass(frozen=True)
class LeftUnder:
    """Lines that are paid for and not settled, what buyers paid for them and did not get back, and open claims."""

    lines: int
    fen: int
    claims: int


def left_under(*, version_ids: Iterable[int], seller_id: int) -> LeftUnder:
    """What is left, of all these versions of a seller together."""
    ids = set(version_ids)
    rows = OrderLine.objects.filter(
        order__seller_id=seller_id,
        agreement_version_id__in=ids,
        order__state__in=SOLD,
        settled_at__isnull=True,
    )
    found = rows.aggregate(
        lines=Count("id"), fen=Coalesce(Sum(F("packs") * F("price_fen") - F("refunded_fen")), 0)
    )
    claims = RefundRequest.objects.filter(
        WAITS, order__seller_id=seller_id, order__lines__agreement_version_id__in=ids
    )
    return LeftUnder(lines=found["lines"], fen=found["fen"], claims=claims.distinct().count())
