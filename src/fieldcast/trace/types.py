"""What trace tells the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """Steps of a lot's life. What each says, and its name in EPCIS 2.0, is its dataclass in `trace.facts`."""

    PLANTED = "planted"
    TREATED = "treated"
    HARVESTED = "harvested"
    SPLIT = "split"
    GRADED = "graded"
    INSPECTED = "inspected"
    STORED = "stored"
    OFFERED = "offered"
    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    WRITTEN_OFF = "written_off"
    STOPPED = "stopped"
    RESUMED = "resumed"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class EventView:
    """One event. `facts` are its figures (plain JSON); `hash` covers everything here and `previous_hash`."""

    id: int
    lot_id: int
    sequence: int
    kind: EventKind
    at: datetime
    recorded_at: datetime
    actor: str
    actor_en: str
    facts: Mapping[str, Any]
    corrects: int | None
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class History:
    """A lot's events in order, and whether their chain holds. `broken_at` is the first event that does not fit."""

    events: tuple[EventView, ...]
    intact: bool
    broken_at: int | None


@dataclass(frozen=True)
class Stop:
    """The latest stop of a lot's sale."""

    reason: str
    by_authority: bool


@dataclass(frozen=True)
class Checked:
    """What the last sweeps found in a county's histories. `broken` are lots whose chain did not hold.

    `since`: every history was computed from its first event at that time or later; None when `waiting` lots have not
    been looked at yet, or there is no lot.
    """

    broken: tuple[int, ...]
    since: datetime | None
    waiting: int
