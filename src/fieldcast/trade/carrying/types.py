"""What trade tells of parcels that are carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.trade.orders.types import Delivery, LineView, OrderState

SHOWN_DELIVERED: Final = timedelta(days=14)  # how long a carrier's list shows what was delivered
MOST_LETTERS: Final = 200


class CarryingState(StrEnum):
    """Where a parcel is. `on_the_way`: the carrier has it. `goes_back`: its whole price went back undelivered."""

    TO_FETCH = "to_fetch"
    ON_THE_WAY = "on_the_way"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    GOES_BACK = "goes_back"
    BROUGHT_BACK = "brought_back"


MOVES: Final[Mapping[CarryingState, tuple[CarryingState, ...]]] = {
    CarryingState.TO_FETCH: (CarryingState.ON_THE_WAY,),
    CarryingState.ON_THE_WAY: (CarryingState.DELIVERED, CarryingState.UNDELIVERED),
    CarryingState.DELIVERED: (CarryingState.ON_THE_WAY,),  # its buyer says that it never came
    CarryingState.UNDELIVERED: (
        CarryingState.ON_THE_WAY,
        CarryingState.DELIVERED,
        CarryingState.GOES_BACK,
    ),
    CarryingState.GOES_BACK: (CarryingState.BROUGHT_BACK,),
}


class Carried(StrEnum):
    """A step of a parcel's way. `again`: the seller asks for another try."""

    CHOSEN = "chosen"
    FETCHED = "fetched"
    PASSED = "passed"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    AGAIN = "again"
    BROUGHT_BACK = "brought_back"


class To(StrEnum):
    """To whom a parcel was delivered."""

    DOOR = "door"
    POINT = "point"
    NEIGHBOUR = "neighbour"


class Hindrance(StrEnum):
    """Why a parcel could not be delivered."""

    NOBODY = "nobody"
    ADDRESS = "address"
    REFUSED = "refused"
    DAMAGED = "damaged"


class Round(StrEnum):
    """The lists of a carrier's day."""

    TO_FETCH = "to_fetch"
    ON_THE_WAY = "on_the_way"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class CarryingStepView:
    """One step. `at` is when they say it was, `noted_at` when the house heard of it.

    `boxes` are those taken over; `detail` is a value of `To` or `Hindrance`; `words` a place, a name or a remark.
    """

    step: Carried
    by_id: int | None
    carrier_id: int
    at: datetime
    noted_at: datetime
    boxes: int | None
    detail: str
    words: str


@dataclass(frozen=True)
class ParcelView:
    """A parcel as its carrier sees it: `delivery` masked, unless a loader that writes the reading down gives it whole.

    `steps` in order. `held_back`: a lot in it is stopped, so it is not handed over.
    """

    order_id: int
    number: str
    tracking_number: str
    county_id: int
    carrier_id: int
    seller_id: int
    seller_name: str
    seller_name_en: str
    seller_village: str
    seller_village_en: str
    state: CarryingState
    order_state: OrderState
    changed_at: datetime
    lines: tuple[LineView, ...]
    delivery: Delivery
    packed_at: datetime | None
    shipped_at: datetime | None
    held_back: bool
    steps: tuple[CarryingStepView, ...]

    @property
    def boxes(self) -> int:
        """How many boxes it is."""
        return sum(line.packs for line in self.lines)

    @property
    def round(self) -> Round:
        """Which list it stands in."""
        if self.state == CarryingState.TO_FETCH:
            return Round.TO_FETCH
        over = (CarryingState.DELIVERED, CarryingState.BROUGHT_BACK)
        return Round.DELIVERED if self.state in over else Round.ON_THE_WAY

    @property
    def may_be_read(self) -> bool:
        """Does its carrier need the whole address now?"""
        return self.state in (CarryingState.ON_THE_WAY, CarryingState.UNDELIVERED)

    @property
    def hindrance(self) -> CarryingStepView | None:
        """Why it could not be delivered, while that is so."""
        if self.state not in (CarryingState.UNDELIVERED, CarryingState.GOES_BACK):
            return None
        return next((one for one in reversed(self.steps) if one.step == Carried.UNDELIVERED), None)

    @property
    def again(self) -> CarryingStepView | None:
        """How its seller wants it tried again, until it is."""
        if self.state != CarryingState.ON_THE_WAY:
            return None
        return next((one for one in reversed(self.steps) if one.step == Carried.AGAIN), None)
