"""What a room shows, put together from the rooms of the house: the session from live, its offers from trade, the lots
behind them from the catalogue. Read once for the page and, in fewer words, whenever a phone has missed something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fieldcast.catalog import queries as catalog
from fieldcast.live import queries as live
from fieldcast.live.types import MessageView, SessionState, SessionView, TranscriptView
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OfferView

CHAT_SHOWN = 30
LINES_SHOWN = 50


@dataclass(frozen=True)
class Goods:
    """An offer as the room shows it. `taken` counts packs sold or held; `harvested_on` is the lot's day."""

    offer: OfferView
    harvested_on: date | None

    @property
    def taken(self) -> int:
        """Packs that cannot be bought any more."""
        return self.offer.packs - self.offer.left

    @property
    def open(self) -> bool:
        """Is it still offered, whether or not something is left?"""
        return self.offer.state == OfferState.OPEN


@dataclass(frozen=True)
class ChatLine:
    """A line of chat with the question it answers, when that is still in sight."""

    message: MessageView
    question: MessageView | None


@dataclass(frozen=True)
class Scene:
    """Everything one room page shows. `hosted` counts the host's sessions up to now."""

    session: SessionView
    goods: tuple[Goods, ...]
    chat: tuple[ChatLine, ...]
    transcript: tuple[TranscriptView, ...]
    hosted: int
    next_session: SessionView | None

    @property
    def explaining(self) -> Goods | None:
        """What the host shows now; before the first word, the first thing that can be bought."""
        chosen = [one for one in self.goods if one.offer.id == self.session.explaining_offer_id]
        return next(iter(chosen or [one for one in self.goods if one.offer.left] or self.goods), None)

    @property
    def is_explained(self) -> bool:
        """Has the host said which offer is being explained?"""
        return any(one.offer.id == self.session.explaining_offer_id for one in self.goods)

    @property
    def sold_out(self) -> bool:
        """Was there something, and is all of it gone? What was stopped is not gone: it does not come back unpaid."""
        sellable = [one for one in self.goods if not one.offer.stopped]
        return bool(sellable) and not any(one.offer.left for one in sellable)

    @property
    def packs_sold(self) -> int:
        """Packs paid for."""
        return sum(one.offer.sold for one in self.goods)


def goods_of(*, session_id: int) -> tuple[Goods, ...]:
    """A session's offers in their order, with their lots' harvest day."""
    offers = trade.offers_of_session(session_id=session_id)
    lots = catalog.lots_by_ids(ids={offer.lot_id for offer in offers}) if offers else {}
    return tuple(
        Goods(offer=offer, harvested_on=lots[offer.lot_id].harvested_on if offer.lot_id in lots else None)
        for offer in offers
    )


def lot_shown(*, session: SessionView) -> int | None:
    """The lot that the room shows now, else the first of those on sale, else of any; None while nothing is on offer."""
    offers = trade.offers_of_session(session_id=session.id)
    explained = [one for one in offers if one.id == session.explaining_offer_id]
    return next((one.lot_id for one in explained or [one for one in offers if one.left] or offers), None)


def scene(*, session: SessionView, now: datetime) -> Scene:
    """The whole room; what comes next is looked up once the session is over."""
    over = session.state == SessionState.ENDED
    return Scene(
        session=session,
        goods=goods_of(session_id=session.id),
        chat=_with_questions(live.recent_messages(session_id=session.id, limit=CHAT_SHOWN)),
        transcript=live.transcript(session_id=session.id, limit=LINES_SHOWN),
        hosted=live.hosted(host_id=session.host_id),
        next_session=trade.next_of_host(host_id=session.host_id, now=now) if over else None,
    )


def snapshot(*, session: SessionView, at: int) -> dict[str, Any]:
    """The room's state as one frame: what a listener who missed frames reads. `at` is the frame id it stands for."""
    return {
        "id": at,
        "state": session.state.value,
        "explaining": session.explaining_offer_id,
        "likes": session.counts.likes,
        "viewers": session.counts.viewers,
        "offers": trade.room_frames(session_id=session.id),
        "chat": [chat_facts(one) for one in live.recent_messages(session_id=session.id, limit=CHAT_SHOWN)],
        "transcript": [
            {"id": line.id, "at": line.at.isoformat(timespec="milliseconds"), "text": line.text}
            for line in live.transcript(session_id=session.id, limit=LINES_SHOWN)
        ],
    }


def chat_facts(message: MessageView) -> Mapping[str, Any]:
    """A line of chat as frames carry it."""
    return {
        "id": message.id,
        "name": message.name,
        "kind": message.kind.value,
        "text": message.text,
        "answers": message.answers,
        "at": message.at.isoformat(timespec="milliseconds"),
    }


def _with_questions(messages: tuple[MessageView, ...]) -> tuple[ChatLine, ...]:
    asked = {message.id: message for message in messages}
    return tuple(ChatLine(message=one, question=asked.get(one.answers or 0)) for one in messages)
