"""What trade tells of parcels."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
