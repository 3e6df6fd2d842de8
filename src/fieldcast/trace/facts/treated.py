"""Treated: sprayed or fertilised."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import LotView
from fieldcast.trace.facts.base import Fact, Text, When, Whole
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Treated(Fact):
    """Sprayed or fertilised, in the field or afterwards; done by the household.

    `amount` is text, because labels give doses a mu, a litre or a tree.
    """

    kind: ClassVar = EventKind.TREATED
    biz_step: ClassVar = "other"
    when: ClassVar = When.ANY
    old_names: ClassVar = {"agent": "product", "dose": "amount"}
    product: Annotated[str, Text(label=_("What was used"))]
    amount: Annotated[str, Text(label=_("How much"))] = ""
    interval_days: Annotated[
        int, Whole(label=_("Days to wait before picking"), help=_("As the label says."), most=365, unit="day")
    ]

    @property
    def disposition(self) -> str:
        """Growing."""
        return "in_progress"

    @classmethod
    def actor_of(cls, lot: LotView) -> int:
        """The household whose plot it is."""
        return lot.plot.household_id
