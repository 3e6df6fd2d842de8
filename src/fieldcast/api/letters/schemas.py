"""What the endpoints of letters take and give."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Schema

from fieldcast.api.fields import Text
from fieldcast.trade.types import ConversationView, LetterView, Side


class LetterIn(Schema):
    """1 to 1,000 letters on one line. Until an order is paid, phone numbers and chat ids in them are not kept."""

    words: Text


class NoAnswerIn(Schema):
    """Why no answer is needed; the buyer does not read it."""

    reason: Text


class CloseIn(Schema):
    """Why a conversation is closed; the buyer reads it."""

    reason: Text


class LetterOut(Schema):
    """A letter. `side`: who wrote it; `photos` counts them."""

    id: int
    side: Side
    at: datetime
    words: str
    photos: int

    @staticmethod
    def of(one: LetterView) -> "LetterOut":
        """The letter as plain values."""
        return LetterOut(id=one.id, side=one.side, at=one.at, words=one.words, photos=len(one.photos))


class ConversationOut(Schema):
    """About the order, or the lot, that is named. `waiting_since`: the buyer waits; `letters` counts all there are."""

    id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    order_number: str
    lot_id: int | None
    begun_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    answer_until: datetime | None
    closed_at: datetime | None
    letters: int
    newest: list[LetterOut]

    @staticmethod
    def of(one: ConversationView, letters: Sequence[LetterView] = ()) -> "ConversationOut":
        """The conversation as plain values, with its newest `letters`; without them the last alone."""
        own: dict[str, Any] = {"newest": [LetterOut.of(letter) for letter in letters or (one.latest,)]}
        same = {name: getattr(one, name) for name in ConversationOut.model_fields if name not in own}
        return ConversationOut(**same, **own)
