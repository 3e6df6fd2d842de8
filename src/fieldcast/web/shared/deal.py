"""What comes with a purchase, said before it is paid for and for as long as it is on its way: what carriage costs, when
it is sent, how long it takes, what happens when it spoils.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.clauses.after_sale import USUAL_SECONDS
from fieldcast.agreements.clauses.words import duration
from fieldcast.catalog import queries as catalog
from fieldcast.trade import queries as trade
from fieldcast.trade.parcels.lateness import SEND_WITHIN_HOURS

HURRIED_SECONDS = 3600


def usual_instead(seconds: int) -> str:
    """How long one usually has, in words, where an agreement of the demo gives no time to think; else ""."""
    return duration(USUAL_SECONDS) if settings.DEMO and 0 < seconds < HURRIED_SECONDS else ""


@dataclass(frozen=True)
class Deal:
    """Carriage is the seller's: agreements take it from the price. `days` None where too few parcels have come yet."""

    send_within_hours: int
    days: int | None
    refund_seconds: int
    fresh: bool = False

    @property
    def refund_time(self) -> str:
        """How long after it came a refund can be asked for, in words; "" where it cannot."""
        return duration(self.refund_seconds) if self.refund_seconds else ""

    @property
    def usual_time(self) -> str:
        """What it is where nobody waits to see how it ends; "" where this is no demonstration of it."""
        return usual_instead(self.refund_seconds)


def deal(*, agreement_version_id: int, seller_id: int, lot_id: int, now: datetime) -> Deal:
    """What is promised to whoever buys of a lot under an agreement from a cooperative."""
    terms = agreements.version(version_id=agreement_version_id).terms
    return Deal(
        send_within_hours=SEND_WITHIN_HOURS,
        days=trade.usual_days(seller_id=seller_id, now=now),
        refund_seconds=terms.after_sale_seconds,
        fresh=catalog.lot(lot_id=lot_id).product.fresh,
    )
