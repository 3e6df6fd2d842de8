"""Harvested: a lot begins."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView, Unit
from fieldcast.catalog.words import several
from fieldcast.kit.said import said
from fieldcast.trace.facts.base import (
    MOST_UNITS,
    Choice,
    Day,
    Fact,
    Fraction,
    Speaker,
    Text,
    Whole,
    first_unlike,
)
from fieldcast.trace.problems import MoreThanHarvested, OtherLotsFact, WrongUnit
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Harvested(Fact):
    """Picked: the lot's own figures, written once, when it is registered. A correction may lower the quantity."""

    kind: ClassVar = EventKind.HARVESTED
    biz_step: ClassVar = "commissioning"
    said_by: ClassVar = Speaker.PLATFORM
    quantity: Annotated[int, Whole(label=_("How much"), least=1, most=2**31 - 1, unit="lot")]
    unit: Annotated[Unit, Choice(label=_("Unit"), of=Unit)]
    grade: Annotated[str, Text(label=_("Grade"), most=20)]
    plot: Annotated[str, Text(label=_("Plot"), most=40)]
    area_mu: Annotated[Decimal, Fraction(label=_("Area"), least=0, most=MOST_UNITS, places=2, unit="mu")]
    day: Annotated[date, Day(label=_("Picked on"))]

    @property
    def disposition(self) -> str:
        """There is a lot from now on."""
        return "active"

    def of_lot(self, lot: LotView) -> Self:
        """Every figure is the lot's own."""
        if self.unit != lot.product.unit:
            raise WrongUnit(field="unit", unit=several(lot.product.unit), said=several(self.unit))
        unlike = first_unlike(
            (
                ("plot", said(lot.plot.name), self.plot),
                ("area_mu", lot.plot.area_mu, self.area_mu),
                ("day", lot.harvested_on, self.day),
                ("grade", said(lot.grade), self.grade),
            )
        )
        if unlike:
            name, kept, told = unlike
            raise OtherLotsFact(field=name, lot=lot.code, kept=kept, said=told)
        if self.quantity > lot.quantity:
            raise MoreThanHarvested(
                field="quantity", quantity=lot.quantity, unit=several(lot.product.unit), said=self.quantity
            )
        return self
