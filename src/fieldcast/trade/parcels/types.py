"""What trade tells of parcels."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SEND_WITHIN_HOURS: Final = (
    48  # from payment to the carrier; every sentence that promises it takes it from here
)
SEND_WITHIN: Final = timedelta(hours=SEND_WITHIN_HOURS)


class Step(StrEnum):
    """What a parcel goes through; the names are those of the lot's history."""

    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"


@dataclass(frozen=True)
class PackingItem:
    """Packs of one offer that wait to be packed. `since` is the oldest payment among them."""

    offer_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    unit: str
    pack_units: int
    orders: int
    packs: int
    since: datetime
