"""What the endpoints about buyers who ask for money back take and give."""

from datetime import datetime
from typing import Any

from ninja import Schema

from fieldcast.api.fields import Count, Fen, PositiveFen, Text, Words
from fieldcast.trade.types import BorneBy, HeldFor, Remedy, RequestState, RequestView, Wrong


class RefundRequestIn(Schema):
    """What is wrong, in `words`; the price of so many `packs`, or a sum, is asked back.

    With `remedy` `part` it is about `damaged_units` of all that were bought, and the sum is worked out; `exchange` is
    by the pack.
    """

    wrong: Wrong
    words: Text
    remedy: Remedy = Remedy.REFUND_ONLY
    damaged_units: Count | None = None
    packs: Count | None = None
    amount_fen: PositiveFen | None = None


class AnswerIn(Schema):
    """`amount_fen` goes back; 0 refuses, with words. The county always has words, and says who bears what goes back."""

    amount_fen: Fen
    words: Text = ""
    borne_by: BorneBy | None = None


class ObjectionIn(Schema):
    """Why the answer, or the decision, is not right; or what is done with the goods."""

    words: Text


class ExchangeIn(ObjectionIn):
    """How other goods are sent; `tracking_number`: of the new parcel, else it goes under the order's with an ending."""

    tracking_number: Words = ""


class StepOut(Schema):
    """A state the request came to; `amount_fen` is what was asked or given."""

    state: RequestState
    at: datetime
    amount_fen: int
    words: str
    borne_by: BorneBy | None


class RefundRequestOut(Schema):
    """A buyer's request. `proposed_fen` would meet it; `due_at`: the next step is taken until then, or happens by
    itself unless `held_for` says why a person looks at it; `open_until`: the buyer may object, or both sides appeal.
    """

    id: int
    order_number: str
    wrong: Wrong
    remedy: Remedy
    packs: int | None
    damaged_units: int | None
    all_units: int | None
    held_for: HeldFor
    asked_fen: int
    given_fen: int
    proposed_fen: int
    state: RequestState
    asked_at: datetime
    answer_until: datetime
    due_at: datetime | None
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
