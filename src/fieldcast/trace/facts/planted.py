"""Planted: what was sown or set on the plot, before anything was picked."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView
from fieldcast.trace.facts.base import Fact, Text, When
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Planted(Fact):
    """Sown or set; done by the household. Orchards bear many lots of one planting, so it may lie years back."""

    kind: ClassVar = EventKind.PLANTED
    biz_step: ClassVar = "other"
    when: ClassVar = When.UNTIL_HARVEST
    variety: Annotated[str, Text(label=_("Variety"))]
    note: Annotated[str, Text(label=_("Note"), most=200)] = ""

    @property
    def disposition(self) -> str:
        """Growing."""
        return "in_progress"

    @classmethod
    def actor_of(cls, lot: LotView) -> int:
        """The household whose plot it is."""
        return lot.plot.household_id
