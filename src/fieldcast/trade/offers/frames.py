"""What rooms show of offers, made by `trade/sql/room_frame.sql` alone, and told when something changed.

A frame tells of a stop only when that is what changed: an order that was begun before a stop and commits after it must
not put the goods back on sale in the rooms that were told.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from fieldcast.kit import sql
from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.trade.models import Offer

OFFERS_A_MESSAGE = 60  # about 110 bytes each: below what one message can carry
STOPPED: Final[Mapping[str, Any]] = {"left": 0, "stopped": True}  # no older figure can contradict it
_OF_SESSION: Final = """
SELECT o.id, trade_room_frame(o) FROM trade_offer o WHERE o.session_id = %s ORDER BY o.position, o.id
"""
_OF_OFFERS: Final = """
SELECT o.session_id, o.id, trade_room_frame(o) FROM trade_offer o WHERE o.id = ANY (%s) ORDER BY o.session_id, o.id
"""


def room_frames(*, session_id: int) -> dict[str, Mapping[str, Any]]:
    """What a room shows of all its offers, by offer id, in the order of the run sheet."""
    return {str(offer_id): frame for offer_id, frame in sql.rows(_OF_SESSION, [session_id])}


def tell(offers: Iterable[Offer], *, resumed: bool = False) -> None:
    """Send what is written of these offers to the rooms that show them, once this commits.

    `resumed` says that their lot's sale goes on again.
    """
    told = sql.rows(_OF_OFFERS, [[offer.pk for offer in offers]])
    _send(
        (session_id, offer_id, frame if resumed else {key: frame[key] for key in frame if key != "stopped"})
        for session_id, offer_id, frame in told
    )


def tell_stopped(offers: Iterable[Offer]) -> None:
    """Send to the rooms that show these offers that nothing of them is to be had, once this commits."""
    _send((offer.session_id, offer.pk, STOPPED) for offer in offers)


def _send(told: Iterable[tuple[int, int, Mapping[str, Any]]]) -> None:
    by_session: dict[int, list[tuple[str, Mapping[str, Any]]]] = {}
    for session_id, offer_id, frame in told:
        by_session.setdefault(session_id, []).append((str(offer_id), frame))
    for session_id, frames in by_session.items():
        for start in range(0, len(frames), OFFERS_A_MESSAGE):
            part = dict(frames[start : start + OFFERS_A_MESSAGE])
            publish(LIVE_CHANNEL, {"s": session_id, "offers": part})
