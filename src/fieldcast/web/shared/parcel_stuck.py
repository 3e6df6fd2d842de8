"""A parcel that could not be delivered: what its seller reads, and the county when the seller does not answer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fieldcast.trade import queries as trade
from fieldcast.trade.types import Carried, CarryingState, OrderView
from fieldcast.web.shared.carried import said_of
from fieldcast.web.shared.words import full_time


@dataclass(frozen=True)
class Stuck:
    """Why, and since when."""

    why: str
    since: str


def stuck_of(order: OrderView) -> Stuck | None:
    """What is said of an order whose parcel could not be delivered and waits for a word; None for all others."""
    found = trade.carrying_of(order_id=order.id) if order.shipped_at else None
    if found is None or found[1] != CarryingState.UNDELIVERED:
        return None
    steps = trade.carrying_steps(order_id=order.id)
    last = next(one for one in reversed(steps) if one.step == Carried.UNDELIVERED)
    return Stuck(why=" · ".join(said_of(last)) or _("not said"), since=full_time(last.at))
