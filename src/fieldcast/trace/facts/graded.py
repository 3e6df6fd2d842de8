"""Graded: sorted, and what was sorted out."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Final, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import GRADES, LotView, Unit
from fieldcast.catalog.words import several
from fieldcast.trace.facts.base import Choice, Fact, Text, Whole
from fieldcast.trace.problems import MoreThanCameIn, MoreThanHarvested, WrongUnit
from fieldcast.trace.types import EventKind

# What becomes of what is sorted out, where it is not another lot's grade.
WRITTEN_OFF: Final = "written off"


@dataclass(frozen=True, kw_only=True)
class Graded(Fact):
    """What came in and what was sorted out, in the lot's unit, which is filled in where it is not said.

    `becomes` says what it became in the same step: written off, or a lot of the lower grade named, whose code is
    `into`. Records of before that was asked do not say it.
    """

    kind: ClassVar = EventKind.GRADED
    biz_step: ClassVar = "inspecting"
    moves_stock: ClassVar = True
    filled_in: ClassVar = frozenset({"into"})
    received: Annotated[int, Whole(label=_("How much came in"), least=1, unit="lot")]
    sorted_out: Annotated[int, Whole(label=_("How much was sorted out"), unit="lot")]
    grade: Annotated[str, Text(label=_("Grade"), most=20, offered=GRADES)]
    unit: Annotated[Unit | None, Choice(label=_("Unit"), of=Unit, asked=False)] = None
    becomes: Annotated[
        str,
        Text(
            label=_("What becomes of what was sorted out"),
            help=_("A lower grade is a lot of its own, from the same plot and day."),
            most=20,
            offered=(WRITTEN_OFF, *GRADES[1:]),
        ),
    ] = ""
    into: Annotated[str, Text(label=_("Lot it became"), most=24, asked=False)] = ""

    def check(self) -> None:
        """Not more is sorted out than came in."""
        if self.sorted_out > self.received:
            raise MoreThanCameIn(field="sorted_out")

    @property
    def disposition(self) -> str:
        """On its way to be sold."""
        return "in_progress"

    def of_lot(self, lot: LotView) -> Self:
        """In the lot's unit, and not more than the lot."""
        if self.unit is not None and self.unit != lot.product.unit:
            raise WrongUnit(field="unit", unit=several(lot.product.unit), said=several(self.unit))
        if self.received > lot.quantity:
            raise MoreThanHarvested(
                field="received", quantity=lot.quantity, unit=several(lot.product.unit), said=self.received
            )
        return replace(self, unit=lot.product.unit)

    @classmethod
    def usual(cls, lot: LotView) -> dict[str, Any]:
        """All of the lot, in its grade."""
        return {"received": lot.quantity, "grade": lot.grade}
