"""What the endpoints about buyers who ask for money back take and give."""

from datetime import datetime
from typing import Any

from ninja import Schema

from fieldcast.api.fields import Count, Fen, PositiveFen, Text
from fieldcast.trade.types import RequestState, RequestView, Wrong


class RefundRequestIn(Schema):
    """What is wrong, in `words`; the price of so many `packs`, or a sum, is asked back."""

    wrong: Wrong
    words: Text
    packs: Count | None = None
    amount_fen: PositiveFen | None = None


class AnswerIn(Schema):
    """`amount_fen` goes back; 0 refuses, with words."""

    amount_fen: Fen
    words: Text = ""


class ObjectionIn(Schema):
    """Why the answer is not right."""

    words: Text


class StepOut(Schema):
    """A state the request came to; `amount_fen` is what was asked or given."""

    state: RequestState
    at: datetime
    amount_fen: int
    words: str


class RefundRequestOut(Schema):
    """A buyer's request. `proposed_fen` would meet it; `open_until`: the buyer may object until then."""

    id: int
    order_number: str
    wrong: Wrong
    packs: int | None
    asked_fen: int
    given_fen: int
    proposed_fen: int
    state: RequestState
    asked_at: datetime
    answer_until: datetime
    open_until: datetime | None
    photos: int
    steps: list[StepOut]

    @staticmethod
    def of(one: RequestView) -> "RefundRequestOut":
        """The request as plain values."""
        steps = [
            StepOut(**{name: getattr(step, name) for name in StepOut.model_fields}) for step in one.steps
        ]
        own: dict[str, Any] = {"photos": len(one.photos), "steps": steps}
        same = {name: getattr(one, name) for name in RefundRequestOut.model_fields if name not in own}
        return RefundRequestOut(**same, **own)
