"""Split: a lot begins with what was sorted out of another one."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView, Unit
from fieldcast.trace.facts.base import Choice, Fact, Speaker, Text, Whole, first_unlike
from fieldcast.trace.problems import OtherLotsFact
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Split(Fact):
    """Sorted out of the lot named: its figures, written once, when it is sorted out."""

    kind: ClassVar = EventKind.SPLIT
    biz_step: ClassVar = "commissioning"
    said_by: ClassVar = Speaker.PLATFORM
    origin: Annotated[str, Text(label=_("Sorted out of lot"), most=24)]
    quantity: Annotated[int, Whole(label=_("How much"), least=1, most=2**31 - 1, unit="lot")]
    unit: Annotated[Unit, Choice(label=_("Unit"), of=Unit)]
    grade: Annotated[str, Text(label=_("Grade"), most=20)]

    @property
    def disposition(self) -> str:
        """There is a lot from now on."""
        return "active"

    def of_lot(self, lot: LotView) -> Self:
        """Every figure is the lot's own."""
        unlike = first_unlike(
            (
                ("quantity", lot.quantity, self.quantity),
                ("unit", lot.product.unit, self.unit),
                ("grade", lot.grade, self.grade),
            )
        )
        if unlike:
            name, kept, said = unlike
            raise OtherLotsFact(field=name, lot=lot.code, kept=kept, said=said)
        return self
