"""Who bears what the county gives back: checked before it decides, and kept line by line until the sale is settled.

Settlement reads it (`FinishedLine.borne`): everyone else gets what they would have got, and the bearer owes it.
"""

from collections.abc import Mapping
from typing import Final

from fieldcast.agreements import queries as agreements
from fieldcast.trade.aftersales.problems import BearerNotInSale
from fieldcast.trade.aftersales.types import BorneBy
from fieldcast.trade.models import BorneRefund, Order, OrderLine, Refund

# Whoever packs is the cooperative that sells; every other bearer is called as agreements call it.
ROLES: Final[Mapping[BorneBy, str]] = {
    **{one: one.value for one in BorneBy},
    BorneBy.PACKER: "cooperative",
}
_ALWAYS: Final = ("farmer", "cooperative", "carrier", "platform")


def check_bearer(order: Order, borne_by: BorneBy) -> None:
    """Raise `BearerNotInSale` where nobody took this part in the sale."""
    role = ROLES[borne_by]
    if role in _ALWAYS:
        return
    ids = set(OrderLine.objects.filter(order=order).values_list("agreement_version_id", flat=True))
    if any(role not in version.parties for version in agreements.versions(ids=ids).values()):
        raise BearerNotInSale


def refunded_before(order: Order) -> dict[int, int]:
    """What went back of each of an order's lines so far, under its lock."""
    return dict(OrderLine.objects.filter(order=order).values_list("id", "refunded_fen"))


def note(order: Order, refund: Refund, borne_by: BorneBy, *, before: Mapping[int, int]) -> None:
    """Keep what of each line this refund took, and who bears it."""
    BorneRefund.objects.bulk_create(
        BorneRefund(line_id=line_id, refund=refund, role=ROLES[borne_by], amount_fen=fen - before[line_id])
        for line_id, fen in sorted(refunded_before(order).items())
        if fen > before[line_id]
    )
