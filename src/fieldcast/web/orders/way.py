"""Where a parcel that was sent is, as its buyer reads it first: what its carrier or seller said of it last."""

from dataclasses import dataclass
from typing import Final

from fieldcast.trade import queries as trade
from fieldcast.trade.types import Carried, OrderState, OrderView
from fieldcast.web.shared.carried import said_of

TELLING: Final = (Carried.UNDELIVERED, Carried.AGAIN, Carried.DELIVERED)


@dataclass(frozen=True)
class Way:
    """What was said last, and in which words."""

    step: Carried
    words: str


def way_of(order: OrderView) -> Way | None:
    """None for what was not sent or has come, and while the carrier simply has it."""
    if order.state != OrderState.SHIPPED:
        return None
    steps = reversed(trade.carrying_steps(order_id=order.id))
    last = next((one for one in steps if one.step in TELLING), None)
    return Way(last.step, " · ".join(said_of(last))) if last else None
