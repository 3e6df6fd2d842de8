"""What the endpoints of parcels take and give."""

from datetime import datetime
from enum import StrEnum

from ninja import Schema

from fieldcast.api.fields import Id, Moment, Note, Number, Words
from fieldcast.api.trade.schemas import DeliveryOut, LineOut
from fieldcast.trade.types import Carried, CarryingState, Hindrance, OrderState, Round, To


class Taken(StrEnum):
    """A step that a carrier's people take."""

    FETCHED = "fetched"
    PASSED = "passed"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    BROUGHT_BACK = "brought_back"


class ParcelStepIn(Schema):
    """A step of a parcel. `at` is when it was, now where it is left out.

    `boxes` taken over and an own `tracking_number` belong to `fetched`, `to` to `delivered`, `why` to `undelivered`;
    `words` are a remark, a place or a neighbour's name.
    """

    step: Taken
    at: Moment | None = None
    boxes: Number | None = None
    tracking_number: Words = ""
    to: To = To.DOOR
    why: Hindrance | None = None
    words: Note = ""


class CarrierIn(Schema):
    """Which carrier fetches a packed order."""

    carrier_id: Id


class AgainIn(Schema):
    """How the carrier is to try again."""

    words: Note


class CarryingStepOut(Schema):
    """A step: when it was by who took it, and when the platform heard of it."""

    step: Carried
    at: datetime
    noted_at: datetime
    boxes: int | None
    detail: str
    words: str


class ParcelOut(Schema):
    """A parcel as its carrier sees it; where it goes is masked."""

    number: str
    tracking_number: str
    carrier_id: int
    seller_id: int
    seller_name: str
    seller_name_en: str
    seller_village: str
    seller_village_en: str
    state: CarryingState
    order_state: OrderState
    round: Round
    changed_at: datetime
    boxes: int
    lines: list[LineOut]
    delivery: DeliveryOut
    held_back: bool
    steps: list[CarryingStepOut]
