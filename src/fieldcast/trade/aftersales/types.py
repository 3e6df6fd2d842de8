"""What trade tells of buyers who ask for money back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.orders.types import OrderState

ANSWER_WITHIN: Final = timedelta(hours=48)  # the seller's time; then the county may answer too
OBJECT_WITHIN: Final = timedelta(hours=48)  # the buyer's time to object to the seller's answer
MOST_PHOTOS: Final = 6
MOST_LETTERS: Final = 300


class Wrong(StrEnum):
    """What is wrong with what was bought."""

    SPOILT = "spoilt"
    SHORT_WEIGHT = "short_weight"
    WRONG_GOODS = "wrong_goods"
    NOT_ARRIVED = "not_arrived"
    OTHER = "other"


# What can be wrong so far: nobody has seen the goods of a parcel that was not sent.
POSSIBLE: Final[Mapping[OrderState, tuple[Wrong, ...]]] = {
    OrderState.PAID: (Wrong.NOT_ARRIVED, Wrong.OTHER),
    OrderState.PACKED: (Wrong.NOT_ARRIVED, Wrong.OTHER),
    OrderState.SHIPPED: tuple(Wrong),
    OrderState.RECEIVED: tuple(Wrong),
}


class RequestState(StrEnum):
    """asked → given, refused, sent_again (by the seller), withdrawn; an answer of the seller may be objected → upheld,
    dismissed (by the county). Asked and not answered in time, the county may answer at once.
    """

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    SENT_AGAIN = "sent_again"
    OBJECTED = "objected"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


WAITING: Final = (RequestState.ASKED, RequestState.OBJECTED)
BY_SELLER: Final = (RequestState.GIVEN, RequestState.REFUSED, RequestState.SENT_AGAIN)
BY_COUNTY: Final = (RequestState.UPHELD, RequestState.DISMISSED)
GIVING: Final = (RequestState.GIVEN, RequestState.UPHELD)


def is_for_sending_again(wrong: Wrong, parcel: CarryingState | None) -> bool:
    """Could a parcel be brought once more instead: it could not be delivered, or its buyer says that it never came?"""
    fetched = parcel in (CarryingState.ON_THE_WAY, CarryingState.DELIVERED)
    return parcel == CarryingState.UNDELIVERED or (wrong == Wrong.NOT_ARRIVED and fetched)


class Which(StrEnum):
    """Which requests a list shows. `late`: those the county may answer."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"


@dataclass(frozen=True)
class RequestStepView:
    """One step: who came to this state, when, with which words; `amount_fen` is what was asked or given."""

    state: RequestState
    by_id: int | None
    at: datetime
    amount_fen: int
    words: str


@dataclass(frozen=True)
class RequestView:
    """A buyer's request. `packs` None: a sum was named. `open_until`: the buyer may object, so the order waits.

    `parcel`: where it is; None before it is packed.
    """

    id: int
    order_id: int
    order_number: str
    order_state: OrderState
    parcel: CarryingState | None
    county_id: int
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    seller_name_en: str
    wrong: Wrong
    packs: int | None
    asked_fen: int
    left_fen: int
    state: RequestState
    asked_at: datetime
    answer_until: datetime
    open_until: datetime | None
    steps: Sequence[RequestStepView]
    photos: Sequence[int]

    @property
    def words(self) -> str:
        """What the buyer wrote."""
        return self.steps[0].words

    @property
    def last(self) -> RequestStepView:
        """How it stands now, and since when."""
        return self.steps[-1]

    @property
    def given_fen(self) -> int:
        """What was given back for it."""
        return sum(step.amount_fen for step in self.steps if step.state in GIVING)

    @property
    def proposed_fen(self) -> int:
        """What would meet the request now: never more than is left to give."""
        return min(max(0, self.asked_fen - self.given_fen), self.left_fen)

    @property
    def waits(self) -> bool:
        """Does it wait for an answer?"""
        return self.state in WAITING

    @property
    def whole(self) -> bool:
        """Can only the whole price go back, because nothing was sent?"""
        return self.order_state in (OrderState.PAID, OrderState.PACKED)

    @property
    def for_sending_again(self) -> bool:
        """May it be answered by bringing the parcel once more?"""
        return self.state == RequestState.ASKED and is_for_sending_again(self.wrong, self.parcel)

    def county_may_send_again(self, now: datetime) -> bool:
        """May the county answer it so? What could not be delivered it may always have tried again; else, once late."""
        return self.for_sending_again and (self.parcel == CarryingState.UNDELIVERED or self.late(now))

    def late(self, now: datetime) -> bool:
        """Has the seller let the time go by?"""
        return self.state == RequestState.ASKED and self.answer_until <= now

    def at_county(self, now: datetime) -> bool:
        """May the county answer?"""
        return self.state == RequestState.OBJECTED or self.late(now)

    def objectable(self, now: datetime) -> bool:
        """May the buyer object? Once, in time, and not to what gave all that was asked."""
        in_time = self.open_until is not None and now < self.open_until
        return self.state in BY_SELLER and in_time and self.left_fen > 0
