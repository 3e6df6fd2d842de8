"""Guaranteed live sale: what was accepted and not sold is paid to the farmer by those who bear it (B1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.rounding import paired, split
from fieldcast.agreements.composed.shapes import FARMER, Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import weighed


@dataclass(frozen=True)
class Unsold(PeriodClause):
    """`price_fen` by grade for each unit that was accepted and not sold, less what it brought all the same."""

    kind: ClassVar = "unsold"
    title: ClassVar = _("What was not sold")
    price_fen: Mapping[str, int]
    bearers: Mapping[str, int]

    @classmethod
    def read(cls, fields: Fields) -> "Unsold":
        """From JSON."""
        return cls(price_fen=fields.prices("price_fen"), bearers=fields.weights("bearers"))

    def moves(
        self, facts: Facts, _lines: Reckoned, _held: Mapping[str, int], number: int
    ) -> tuple[Move, ...]:
        """From each who bears it, by largest remainder."""
        left = {
            grade: max(0, facts.accepted.get(grade, 0) - facts.sold.get(grade, 0)) for grade in self.price_fen
        }
        owed_fen = sum(self.price_fen[grade] * units for grade, units in left.items()) - facts.salvage_fen
        inputs = {
            "units": left,
            "price_fen": dict(self.price_fen),
            "salvage_fen": facts.salvage_fen,
            "weights": paired(self.bearers),
        }
        return tuple(
            Move(
                clause=number,
                giver=giver,
                taker=FARMER,
                amount_fen=fen,
                formula="unsold",
                inputs={**inputs, "giver": giver},
            )
            for giver, fen in split(max(0, owed_fen), self.bearers).items()
            if fen
        )

    def says(self) -> str:
        """Who bears it."""
        words = gettext("What was accepted and not sold is paid to the farmer, borne by %(bearers)s.")
        return words % {"bearers": weighed(self.bearers)}
