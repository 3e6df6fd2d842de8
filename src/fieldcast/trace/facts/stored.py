"""Stored: put into a cold store."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.trace.facts.base import Fact, Fraction, Text
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Stored(Fact):
    """Where, and how cold it was there, in degrees Celsius to a tenth."""

    kind: ClassVar = EventKind.STORED
    biz_step: ClassVar = "storing"
    store: Annotated[str, Text(label=_("Where"))]
    celsius: Annotated[
        Decimal | None, Fraction(label=_("Temperature in ℃"), least=-40, most=40, places=1, unit="℃")
    ] = None

    @property
    def disposition(self) -> str:
        """There, and not yet where buyers can have it."""
        return "sellable_not_accessible"
