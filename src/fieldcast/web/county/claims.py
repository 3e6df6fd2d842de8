"""What a mediator reads beside a request for money back: lots and grades, the parcel's way, what was said in the room,
when the photos were taken, and the records of both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotView
from fieldcast.files import queries as files
from fieldcast.live.explained import Explained, explained
from fieldcast.trace import queries as trace
from fieldcast.trade import queries as trade
from fieldcast.trade.types import ClaimRecord, LineView, OrderView, RequestView
from fieldcast.web.shared.facts import Told, tell
from fieldcast.web.shared.order_told import ToldStep, for_staff
from fieldcast.web.shared.words import full_time


@dataclass(frozen=True)
class Goods:
    """A line with its lot, what was said of it, and what happened to it: graded, stored and how cold."""

    line: LineView
    lot: LotView
    said: Sequence[Explained]
    history: Sequence[Told]


@dataclass(frozen=True)
class Matter:
    """All that is known of a request. `taken` is empty for a photo of which it is not known."""

    order: OrderView
    goods: Sequence[Goods]
    way: Sequence[ToldStep]
    taken: Sequence[str]
    buyer: ClaimRecord
    seller: ClaimRecord


def matter_of(one: RequestView, order: OrderView, *, now: datetime) -> Matter:
    """What stands behind a request, for the county."""
    lots = catalog.lots_by_ids(ids={line.lot_id for line in order.lines})
    moments = files.taken_at(ids=set(one.photos))
    return Matter(
        order=order,
        goods=[
            Goods(
                line=line,
                lot=lots[line.lot_id],
                said=explained(session_id=order.session_id, offer_id=line.offer_id),
                history=_history(lots[line.lot_id], now),
            )
            for line in order.lines
        ],
        way=for_staff(order),
        taken=[_moment(moments.get(file_id)) for file_id in one.photos],
        buyer=trade.claims_of_buyer(buyer_id=one.buyer_id, county_id=one.county_id, now=now),
        seller=trade.claims_against(seller_id=one.seller_id, now=now),
    )


def _history(lot: LotView, now: datetime) -> Sequence[Told]:
    return tell(trace.history(lot_id=lot.id), unit=lot.product.unit.value, now=now)


def _moment(at: datetime | None) -> str:
    """A camera's time: here where it said its zone, else as it stood on its clock."""
    if at is None:
        return ""
    return full_time(at) if at.tzinfo else at.strftime("%Y-%m-%d %H:%M:%S")
