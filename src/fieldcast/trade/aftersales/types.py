"""What trade tells of buyers who ask for money back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.trade.carrying.types import CarryingState
from fieldcast.trade.orders.types import OrderState

OBJECT_WITHIN: Final = timedelta(
    hours=48
)  # to object to the seller's answer, or to appeal against the county's
SEND_BACK_WITHIN: Final = timedelta(days=7)  # the buyer's time to send goods back that the seller takes back
CONFIRM_WITHIN: Final = timedelta(days=10)  # the seller's time to say that what was sent back has come
MANY_WITHIN: Final = timedelta(days=90)  # requests of this time are counted together
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


class Remedy(StrEnum):
    """What a buyer wants: money alone, money for goods that go back, other goods for them, or a part of the price."""

    REFUND_ONLY = "refund_only"
    RETURN_AND_REFUND = "return_and_refund"
    EXCHANGE = "exchange"
    PART = "part"


# Of goods that came; where nothing came, or nothing was sent, only money can go back.
DAMAGE: Final = (Wrong.SPOILT, Wrong.SHORT_WEIGHT)


class HeldFor(StrEnum):
    """Why a request waits for a person and is not granted by itself. It is never refused for it."""

    NOTHING = ""
    LATE = "late"  # damage that was reported after its time
    MANY = "many"  # its buyer asks unusually often


class BorneBy(StrEnum):
    """Who bears what the county gives back, by cause."""

    FARMER = "farmer"
    PACKER = "packer"
    CARRIER = "carrier"
    HOST = "host"
    PLATFORM = "platform"


class RequestState(StrEnum):
    """asked → given, refused, sent_again, exchanged (by the seller), granted (by nobody, when the seller is silent),
    withdrawn; or agreed → sent_back → given, refused, granted, where goods go back first. An answer of the seller may
    be objected → upheld, dismissed (by the county), and that once appealed → final.

    What is held for a person is not granted by itself: its buyer may bring it before the county at once, and the county
    answers what the seller has let go by.
    """

    ASKED = "asked"
    GIVEN = "given"
    GRANTED = "granted"
    REFUSED = "refused"
    SENT_AGAIN = "sent_again"
    EXCHANGED = "exchanged"
    AGREED = "agreed"
    SENT_BACK = "sent_back"
    OBJECTED = "objected"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    APPEALED = "appealed"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


WAITING: Final = (
    RequestState.ASKED,
    RequestState.AGREED,
    RequestState.SENT_BACK,
    RequestState.OBJECTED,
    RequestState.APPEALED,
)
FOR_SELLER: Final = (RequestState.ASKED, RequestState.SENT_BACK)
FOR_COUNTY: Final = (RequestState.OBJECTED, RequestState.APPEALED)
BY_SELLER: Final = (
    RequestState.GIVEN,
    RequestState.REFUSED,
    RequestState.SENT_AGAIN,
    RequestState.EXCHANGED,
)
BY_COUNTY: Final = (RequestState.UPHELD, RequestState.DISMISSED)
GIVING: Final = (RequestState.GIVEN, RequestState.GRANTED, RequestState.UPHELD, RequestState.FINAL)
TAKEN_BACK: Final = (
    RequestState.ASKED,
    RequestState.AGREED,
    RequestState.OBJECTED,
)  # by the buyer, from here


def remedies_for(wrong: Wrong, state: OrderState) -> tuple[Remedy, ...]:
    """What can be asked for: goods that nobody has cannot go back, be exchanged or be bad in part."""
    if wrong == Wrong.NOT_ARRIVED or state not in (OrderState.SHIPPED, OrderState.RECEIVED):
        return (Remedy.REFUND_ONLY,)
    if wrong in DAMAGE:
        return tuple(Remedy)
    return (Remedy.REFUND_ONLY, Remedy.RETURN_AND_REFUND, Remedy.EXCHANGE)


def is_for_sending_again(wrong: Wrong, parcel: CarryingState | None) -> bool:
    """Could a parcel be brought once more instead: it could not be delivered, or its buyer says that it never came?"""
    fetched = parcel in (CarryingState.ON_THE_WAY, CarryingState.DELIVERED)
    return parcel == CarryingState.UNDELIVERED or (wrong == Wrong.NOT_ARRIVED and fetched)


class Which(StrEnum):
    """Which requests a list shows. `late`: those the county may answer; what it need not is granted by itself."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"


@dataclass(frozen=True)
class RequestStepView:
    """One step: who came to this state, when, with which words; `amount_fen` is what was asked or given.

    `borne_by` is said by the county alone.
    """

    state: RequestState
    by_id: int | None
    at: datetime
    amount_fen: int
    words: str
    borne_by: BorneBy | None = None


@dataclass(frozen=True)
class ReturnedView:
    """What became of a lot's units that came back: who said so, when and why."""

    lot_id: int
    put_back: int
    written_off: int
    why: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True)
class RequestView:
    """A buyer's request. `packs` None: a sum was named, or it is about `damaged_units` of `all_units`.

    `due_at`: until when the step that it waits for is to be taken. `open_until`: the buyer may object, or appeal, so
    the order waits. `parcel`: where it is; None before it is packed. `new_parcel`:
    the number of what was sent in exchange.
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
    received_at: datetime | None
    wrong: Wrong
    remedy: Remedy
    packs: int | None
    damaged_units: int | None
    all_units: int | None
    held_for: HeldFor
    asked_fen: int
    left_fen: int
    state: RequestState
    asked_at: datetime
    answer_until: datetime
    due_at: datetime | None
    open_until: datetime | None
    steps: Sequence[RequestStepView]
    photos: Sequence[int]
    new_parcel: str = ""
    settled_goods: Sequence[ReturnedView] = ()

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

    @property
    def exchanges(self) -> bool:
        """May it be answered by sending other goods for those that came?"""
        fetched = self.parcel in (CarryingState.ON_THE_WAY, CarryingState.DELIVERED)
        return self.state == RequestState.ASKED and self.remedy == Remedy.EXCHANGE and fetched

    @property
    def takes_back(self) -> bool:
        """May it be answered by letting the goods come back first?"""
        return self.state == RequestState.ASKED and self.remedy == Remedy.RETURN_AND_REFUND

    @property
    def awaits_parcel(self) -> bool:
        """Are other goods on their way to its buyer?"""
        return self.state == RequestState.EXCHANGED and self.parcel == CarryingState.ON_THE_WAY

    @property
    def came_back(self) -> bool:
        """Have goods come back, or may they have, for others that were sent?"""
        if self.state == RequestState.SENT_BACK:
            return False
        states = {step.state for step in self.steps}
        return bool(states & {RequestState.SENT_BACK, RequestState.EXCHANGED})

    @property
    def held(self) -> bool:
        """Does it wait for a person, and is not granted by itself?"""
        return self.held_for != HeldFor.NOTHING

    def late(self, now: datetime) -> bool:
        """Has the seller let the time go by?"""
        return self.state == RequestState.ASKED and self.answer_until <= now

    def at_county(self, now: datetime) -> bool:
        """May the county answer?"""
        return self.state in FOR_COUNTY or (self.held and self.late(now))

    def objectable(self, now: datetime) -> bool:
        """May the buyer bring it before the county? Once: in time, and not what gave all that was asked; at once what
        is held for a person.
        """
        if self.state == RequestState.ASKED:
            return self.held
        return self.state in BY_SELLER and self._open(now) and self.left_fen > 0

    def appealable(self, now: datetime) -> bool:
        """May buyer or seller appeal against what the county decided? Once, and in time."""
        return self.state in BY_COUNTY and self._open(now)

    def decider_id(self) -> int | None:
        """Who decided for the county, where somebody did."""
        return next((step.by_id for step in self.steps if step.state in BY_COUNTY), None)

    def _open(self, now: datetime) -> bool:
        return self.open_until is not None and now < self.open_until


@dataclass(frozen=True)
class ClaimRecord:
    """What was asked of, or by, one in `MANY_WITHIN`: requests, orders, what was given back of them."""

    requests: int
    given: int
    given_fen: int
    orders: int


@dataclass(frozen=True)
class AnswerTimes:
    """How soon sellers answer in `MANY_WITHIN`. `median` None: nothing was answered. Silence counts as late."""

    asked: int
    in_time: int
    median: timedelta | None

    @property
    def share(self) -> int:
        """Of a hundred requests, how many were answered in time."""
        return round(100 * self.in_time / self.asked) if self.asked else 0


@dataclass(frozen=True)
class SellerTimes:
    """How soon one seller answers in `MANY_WITHIN`; `worst` counts what waits unanswered so far, too."""

    seller_id: int
    seller_name: str
    seller_name_en: str
    times: AnswerTimes
    worst: timedelta | None


@dataclass(frozen=True)
class Reused:
    """A photo of one request, `file_id`, that looks like one of another, `request_id`."""

    file_id: int
    request_id: int
