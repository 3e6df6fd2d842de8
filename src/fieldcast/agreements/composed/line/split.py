"""Profit sharing: what is left is split by weights (B4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.rounding import paired, split
from fieldcast.agreements.composed.shapes import Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import weighed


@dataclass(frozen=True)
class Split(LineClause):
    """What the clauses before left, by largest remainder; nothing where nothing is left."""

    kind: ClassVar = "split"
    title: ClassVar = _("Profit sharing")
    weights: Mapping[str, int]

    @classmethod
    def read(cls, fields: Fields) -> "Split":
        """From JSON."""
        return cls(weights=fields.weights("weights"))

    def parts(self, _line: Line, before: Before) -> tuple[Part, ...]:
        """One for each who has a weight, in the order in which they are written."""
        left_fen = before.left_fen
        amounts = split(max(0, left_fen), self.weights)
        return tuple(
            Part(
                role=role,
                amount_fen=amount_fen,
                formula="split" if left_fen > 0 else "nothing_left",
                inputs={"left_fen": left_fen, "weights": paired(self.weights), "role": role},
            )
            for role, amount_fen in amounts.items()
        )

    def says(self) -> str:
        """The weights."""
        return gettext("What is left until here is shared: %(weights)s.") % {"weights": weighed(self.weights)}
