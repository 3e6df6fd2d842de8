"""Lost: written off, for good."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView
from fieldcast.catalog.words import several
from fieldcast.trace.facts.base import Fact, Speaker, Text, Whole
from fieldcast.trace.problems import MoreThanHarvested
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class WrittenOff(Fact):
    """Units that will not be sold, and why. Written by the platform when the stock is told."""

    kind: ClassVar = EventKind.WRITTEN_OFF
    biz_step: ClassVar = "other"
    said_by: ClassVar = Speaker.PLATFORM
    units: Annotated[int, Whole(label=_("How much was lost"), least=1, most=2**31 - 1, unit="lot")]
    reason: Annotated[
        str, Text(label=_("Why"), help=_("A few words, such as: frost, rotten in the store."), most=200)
    ]

    @property
    def disposition(self) -> str:
        """Not for sale."""
        return "non_sellable_other"

    def of_lot(self, lot: LotView) -> Self:
        """Not more than the lot."""
        if self.units > lot.quantity:
            raise MoreThanHarvested(
                field="units", quantity=lot.quantity, unit=several(lot.product.unit), said=self.units
            )
        return self
