"""Moved: packed, shipped, received. One event tells of many parcels, and nothing in it names a buyer.

A lot's packs may go out, come back before they are sent and go out again, so the units of these may in the end be more
than the lot had; that they agree with the orders is trade's to check.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.trace.facts.base import Fact, Moment, Speaker, Whole
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Moved(Fact):
    """Parcels since the last telling, with the lot's units in them; `since` is the first one's time."""

    said_by: ClassVar = Speaker.PLATFORM
    parcels: Annotated[int, Whole(label=_("Parcels"), least=1, unit="parcel")]
    units: Annotated[int, Whole(label=_("Units"), least=1, most=2**63 - 1, unit="lot")]
    since: Annotated[datetime, Moment(label=_("Since"), key="from")]


@dataclass(frozen=True, kw_only=True)
class Packed(Moved):
    """Packed by the cooperative."""

    kind: ClassVar = EventKind.PACKED
    biz_step: ClassVar = "packing"

    @property
    def disposition(self) -> str:
        """On its way to the carrier."""
        return "in_progress"


@dataclass(frozen=True, kw_only=True)
class Shipped(Moved):
    """Handed to the carrier."""

    kind: ClassVar = EventKind.SHIPPED
    biz_step: ClassVar = "shipping"

    @property
    def disposition(self) -> str:
        """Between two places."""
        return "in_transit"


@dataclass(frozen=True, kw_only=True)
class Received(Moved):
    """At its buyers'."""

    kind: ClassVar = EventKind.RECEIVED
    biz_step: ClassVar = "receiving"

    @property
    def disposition(self) -> str:
        """A buyer's own."""
        return "retail_sold"
