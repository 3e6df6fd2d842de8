"""Offered: set aside for a session."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView
from fieldcast.catalog.words import several
from fieldcast.trace.facts.base import Fact, Speaker, Text, Whole
from fieldcast.trace.problems import MoreThanHarvested
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Offered(Fact):
    """So many packs of so many of the lot's units, in a session."""

    kind: ClassVar = EventKind.OFFERED
    biz_step: ClassVar = "stocking"
    said_by: ClassVar = Speaker.PLATFORM
    session: Annotated[int, Whole(label=_("Session"), least=1, most=2**63 - 1)]
    title: Annotated[str, Text(label=_("Title"))]
    packs: Annotated[int, Whole(label=_("Packs"), least=1, unit="pack")]
    pack_units: Annotated[int, Whole(label=_("In a pack"), least=1, unit="lot")]

    @property
    def disposition(self) -> str:
        """Buyers can have it."""
        return "sellable_accessible"

    def of_lot(self, lot: LotView) -> Self:
        """Not more than the lot."""
        if self.packs * self.pack_units > lot.quantity:
            raise MoreThanHarvested(
                field="packs",
                quantity=lot.quantity,
                unit=several(lot.product.unit),
                said=self.packs * self.pack_units,
            )
        return self
